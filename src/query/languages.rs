//! What is asked of `lang:` -> a problem when it is no code, with the code of the language that was named.

use super::ast::{Query, TermKind};
use super::problems::{Problem, quoted};
use crate::text::languages::LANGUAGES;

/// Says that a value is no code of a language; its place is the beginning of the text, since flags are not part of it.
pub fn no_language(value: &str) -> Option<Problem> {
    let lower = value.trim().to_lowercase();
    let is_code = lower.len() == 2 && lower.bytes().all(|it| it.is_ascii_alphabetic());
    if is_code || !lower.starts_with(char::is_alphabetic) || lower == "none" {
        return None;
    }
    let typed: Vec<char> = value.trim().chars().collect();
    let hint = match code_of(&lower) {
        Some(code) => format!("did you mean `lang:{code}`?"),
        None => "languages go by their code of two letters, as in `lang:de`".to_owned(),
    };
    Some(Problem {
        message: format!("`{}` is no code of a language", quoted(&typed)),
        hint: Some(hint),
        start: 0,
        end: 0,
    })
}

/// The values that are looked for in a part of `lang:`.
pub(super) fn values(query: &Query) -> Vec<&str> {
    match query {
        Query::Term(term) if matches!(term.kind, TermKind::Stem | TermKind::Exact) => {
            vec![&term.text]
        }
        Query::Phrase(phrase) => match phrase.words.as_slice() {
            [word] => vec![&word.text],
            _ => Vec::new(),
        },
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            parts.iter().flat_map(values).collect()
        }
        Query::Not(inner) | Query::Boost { inner, .. } => values(inner),
        Query::All
        | Query::Term(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => Vec::new(),
    }
}

/// The code of a language by its English name or the beginning of it (`eng`), or of its kind in one country (`en-GB`).
fn code_of(lower: &str) -> Option<&'static str> {
    let named = |is_it: &dyn Fn(&str) -> bool| {
        LANGUAGES.iter().find(|it| is_it(&it.name.to_lowercase())).map(|it| it.code)
    };
    let region = || {
        let (code, _) = lower.split_once(['-', '_'])?;
        LANGUAGES.iter().find(|it| it.code == code).map(|it| it.code)
    };
    named(&|name| name == lower)
        .or_else(region)
        .or_else(|| named(&|name| lower.len() > 2 && name.starts_with(lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_codes() {
        let hint = |value: &str| no_language(value).and_then(|it| it.hint);
        for (value, code) in
            [("english", "en"), ("German", "de"), ("eng", "en"), ("pt-BR", "pt"), ("zh_TW", "zh")]
        {
            assert_eq!(hint(value), Some(format!("did you mean `lang:{code}`?")), "{value}");
        }
        for code in ["en", "DE", "xx", "none", ""] {
            assert_eq!(hint(code), None, "{code}");
        }
        assert!(hint("klingon").is_some_and(|it| it.contains("two letters")));
    }
}
