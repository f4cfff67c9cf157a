//! Takes the text between two words and gives whether a sentence ends there.

/// Whether a sentence ends in `gap`, the text between a word and the next; `before` is the word as written,
/// `next` the first letter of the next one.
///
/// A full stop ends no sentence after a title or an abbreviation (`Mr.`, `Sept.`), a single letter (an initial) or
/// a word with stops inside (`U.S.`), nor before a lower-case letter.
pub(super) fn ends_sentence(before: &str, gap: &str, next: char) -> bool {
    let mut full_stop = false;
    for sign in gap.chars() {
        match sign {
            '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' => {
                return !next.is_lowercase() || matches!(sign, '。' | '！' | '？');
            }
            '.' => full_stop = true,
            _ => {}
        }
    }
    full_stop
        && !next.is_lowercase()
        && gap.contains(char::is_whitespace)
        && !before.contains('.')
        && before.chars().nth(1).is_some()
        && !ABBREVIATIONS.contains(&before.to_lowercase().as_str())
}

/// Words after which a full stop is only a full stop; sorted by nothing, looked up a few times an article.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "maj",
    "gov", "sen", "rep", "rev", "hon", "pres", "st", "jr", "sr", "vs", "no", "nr", "art", "vol",
    "fig", "approx", "inc", "corp", "ltd", "co", "bros", "dept", "est", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun", "bzw", "ca", "usw", "evtl", "ggf", "sog", "inkl", "mme", "mlle", "sra", "sr",
    "dña", "ing", "mgr", "им", "ул", "стр", "тыс", "млн", "млрд", "руб", "гг", "св",
];

#[cfg(test)]
mod tests {
    use super::ends_sentence;

    #[test]
    fn ends() {
        assert!(ends_sentence("Sochi", ". ", 'T'));
        assert!(ends_sentence("back", ".\" ", 'H'));
        assert!(ends_sentence("go", "? ", 'Y'));
        assert!(ends_sentence("終了", "。", '東'));
        assert!(!ends_sentence("Mr", ". ", 'P'));
        assert!(!ends_sentence("J", ". ", 'P'));
        assert!(!ends_sentence("U.S", ". ", 'P'));
        assert!(!ends_sentence("e.g", ". ", 'a'));
        assert!(!ends_sentence("Sochi", ", ", 'T'));
        assert!(!ends_sentence("said", ". ", 'a'));
    }
}
