//! The text of a `names.toml` -> its names; the first thing that is wrong with it, with its line and what to do.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;
use unicode_normalization::UnicodeNormalization;

use super::ListedName;
use super::list::key;
use crate::article::EntityKind;

/// What is wrong with a file of names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct NamesError {
    /// Where, counted from 1.
    pub line: usize,
    /// What.
    pub message: String,
    /// What to do.
    pub hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    name: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    kind: Option<EntityKind>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    hidden: bool,
}

/// How an entry looks.
const EXAMPLE: &str = "a name is written as `[[name]]` and below it `name = \"...\"`, `kind = \"person\"` (or \
                       `\"organization\"`, `\"place\"`), `aliases = [\"...\"]` or `hidden = true`";

/// The names of a file.
pub fn parse(text: &str) -> Result<Vec<ListedName>, NamesError> {
    // Editors on Windows begin files with this mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = toml::from_str(text).map_err(|error| NamesError {
        line: line_of(text, error.span().map_or(0, |it| it.start)),
        message: error.message().split_whitespace().collect::<Vec<_>>().join(" "),
        hint: EXAMPLE.to_owned(),
    })?;
    let mut names: Vec<ListedName> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for entry in file.name {
        let begin = entry.span().start;
        let Entry { name, kind, aliases, hidden } = entry.into_inner();
        let mut forms = Vec::new();
        for form in std::iter::once(name).chain(aliases) {
            let at = form.span().start;
            let form = tidy(form.get_ref());
            let wrong =
                |message, hint: String| NamesError { line: line_of(text, at), message, hint };
            let key = key(&form);
            if !form.contains(char::is_alphanumeric) {
                let hint = "give a name with letters, or leave it out".to_owned();
                return Err(wrong(format!("`{form}` is no name"), hint));
            }
            match known.get(&key) {
                Some(other) if *other != names.len() => {
                    let other = names.get(*other).map_or("", |it| it.name.as_str());
                    return Err(wrong(
                        format!("`{form}` is a name of `{other}` already"),
                        "each name and alias may stand for one name only (capitals and full stops make no \
                         difference): take it out of one of the two"
                            .to_owned(),
                    ));
                }
                Some(_) => {}
                None => {
                    known.insert(key, names.len());
                    forms.push(form);
                }
            }
        }
        let mut forms = forms.into_iter();
        let Some(name) = forms.next() else { continue };
        if kind.is_none() && !hidden {
            return Err(NamesError {
                line: line_of(text, begin),
                message: format!("`{name}` has no kind"),
                hint:
                    "add `kind = \"person\"`, `\"organization\"` or `\"place\"`, or `hidden = true`"
                        .to_owned(),
            });
        }
        names.push(ListedName { name, kind, aliases: forms.collect(), hidden });
    }
    Ok(names)
}

/// As texts are: composed letters, single spaces, no control characters.
fn tidy(form: &str) -> String {
    let composed: String = form.nfc().filter(|it| it.is_whitespace() || !it.is_control()).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|it| *it == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_file() {
        let text = "\u{feff}# Names\n[[name]]\nname = \"Collective  Security Treaty Organization\"\nkind = \"organization\"\n\
                    aliases = [\"CSTO\", \"C.S.T.O.\", \"ОДКБ\"]\n\n[[name]]\nname = \"Third World\"\nhidden = true\n";
        let names = parse(text).unwrap();
        assert_eq!(names.len(), 2);
        assert_eq!(names[0].name, "Collective Security Treaty Organization");
        assert_eq!(names[0].kind, Some(EntityKind::Organization));
        assert_eq!(names[0].aliases, ["CSTO", "ОДКБ"], "full stops make no other name");
        assert!(names[1].hidden);
        assert_eq!(parse("").unwrap(), []);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let error = |text: &str| {
            let error = parse(text).unwrap_err();
            assert!(!error.hint.is_empty());
            error.to_string()
        };
        let entry = "[[name]]\nname = \"Ilona Varga\"\nkind = \"person\"\n";
        assert_eq!(
            error("[[name]]\nname = \"Ilona Varga\"\n"),
            "line 1: `Ilona Varga` has no kind"
        );
        assert_eq!(
            error(&format!(
                "{entry}aliases = [\"Varga\"]\n[[name]]\nname = \"VARGA\"\nhidden = true\n"
            )),
            "line 6: `VARGA` is a name of `Ilona Varga` already"
        );
        assert_eq!(error("[[name]]\nname = \" . \"\n"), "line 2: `.` is no name");
        insta::assert_snapshot!(error(&format!("{entry}alias = [\"Varga\"]\n")), @"line 4: unknown field `alias`, expected one of `name`, `kind`, `aliases`, `hidden`");
        insta::assert_snapshot!(error("[[name]]\nname = \"Varga\"\nkind = \"firm\"\n"), @"line 3: unknown variant `firm`, expected one of `person`, `organization`, `place`");
        insta::assert_snapshot!(error("[[name]]\nname = \"Varga\nkind = 1"), @r#"line 2: invalid basic string, expected `"`"#);
        insta::assert_snapshot!(error("[[names]]\nname = \"Varga\"\n"), @"line 1: unknown field `names`, expected `name`");
        insta::assert_snapshot!(error("[[name]]\nkind = \"person\"\n"), @"line 1: missing field `name`");
        insta::assert_snapshot!(error("name = \"Varga\"\n"), @r#"line 1: invalid type: string "Varga", expected a sequence"#);
    }
}
