//! The words for what somebody does at a paper -> the name that stands before or behind them.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::word_table;

/// The name in front of a role: `Ottilie Farrant Diplomatic Editor`. The whole text where no role stands.
pub(super) fn before(text: &str) -> &str {
    let words: Vec<(usize, &str)> = words(text).collect();
    // Fewer than two words before it are no name, and `Editor` may be one.
    let Some(mut cut) = (2..words.len()).find(|at| is_noun(words[*at].1)) else { return text };
    while cut > 2 && is_adjective(words[cut - 1].1) {
        cut -= 1;
    }
    text.get(..words[cut].0).map_or(text, |name| name.trim_end_matches([' ', ',', '-', '–', '—']))
}

/// The name behind a role: `Staff Writer Ann Lee`. The whole text where none stands in front.
pub(super) fn behind(text: &str) -> &str {
    let words: Vec<(usize, &str)> = words(text).collect();
    let roles = words.iter().take_while(|(_, word)| is_noun(word) || is_adjective(word)).count();
    let noun = words.iter().take(roles).any(|(_, word)| is_noun(word));
    if !noun || words.len() < roles + 2 {
        return text;
    }
    text.get(words[roles].0..).unwrap_or(text)
}

/// The name a role is written on to: `Ulrich AhlersKorrespondent`.
pub(super) fn unglued(text: &str) -> &str {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let seam = before.is_lowercase() && c.is_uppercase();
        before = c;
        if !seam {
            continue;
        }
        let tail = text.get(at..).unwrap_or_default().split(' ').next().unwrap_or_default();
        if is_noun(tail) {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

/// Whether a text says what somebody does, and nothing else: `Senior Contributor`, `Leitender Redakteur`.
pub(super) fn is_role(text: &str) -> bool {
    let text = text.split([',', '·', '|']).next().unwrap_or(text);
    if text.len() > 80 {
        return false;
    }
    let mut nouns = 0;
    let mut others = 0;
    for (_, word) in words(text) {
        if is_noun(word) {
            nouns += 1;
        } else if !is_adjective(word) {
            others += 1;
        }
    }
    nouns > 0 && others <= 2
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - start, word))
}

fn is_noun(word: &str) -> bool {
    /// The rows as one set: every word of every line that may be a credit is asked for.
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| all_words(NOUNS));
    let folded = folded(word);
    WORDS.contains(folded.as_ref())
        || NOUN_ENDINGS.iter().any(|end| folded.len() > end.len() + 2 && folded.ends_with(end))
}

fn is_adjective(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| all_words(ADJECTIVES));
    WORDS.contains(folded(word).as_ref())
}

fn all_words(rows: &'static [(&str, &str)]) -> FxHashSet<&'static str> {
    rows.iter().flat_map(|(_, row)| row.split_whitespace()).collect()
}

fn folded(word: &str) -> Cow<'_, str> {
    word_table::folded(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// What people at a paper are, a row a language.
static NOUNS: &[(&str, &str)] = &[
    (
        "en",
        "correspondent correspondents reporter reporters editor editors writer writers columnist contributor \
            contributors journalist producer commentator critic blogger analyst staff freelancer intern",
    ),
    (
        "de",
        "redakteur redakteurin korrespondent korrespondentin reporter reporterin autor autorin journalist \
            journalistin volontär volontärin kolumnist kolumnistin gastautor gastautorin",
    ),
    (
        "fr",
        "correspondant correspondante journaliste rédacteur rédactrice envoyé envoyée chroniqueur chroniqueuse \
            éditorialiste",
    ),
    (
        "es",
        "corresponsal periodista redactor redactora enviado enviada columnista reportero reportera",
    ),
    (
        "pt",
        "correspondente jornalista repórter redator redatora enviado enviada colunista editor editora",
    ),
    ("it", "corrispondente giornalista inviato inviata redattore redattrice editorialista"),
    ("nl", "verslaggever redacteur correspondent columnist journalist"),
    ("sv", "reporter redaktör korrespondent krönikör journalist"),
    ("da", "journalist redaktør korrespondent"),
    ("nb", "journalist redaktør korrespondent"),
    ("fi", "toimittaja kirjeenvaihtaja päätoimittaja"),
    ("pl", "dziennikarz dziennikarka korespondent korespondentka redaktor redaktorka"),
    ("cs", "redaktor redaktorka zpravodaj zpravodajka novinář novinářka reportér"),
    ("hu", "újságíró szerkesztő tudósító"),
    ("ro", "corespondent jurnalist redactor reporter"),
    ("tr", "muhabir muhabiri editör editörü yazarı"),
    ("el", "ανταποκριτής δημοσιογράφος"),
    ("ru", "корреспондент обозреватель журналист редактор собкор колумнист"),
    ("uk", "кореспондент журналіст журналістка редактор оглядач"),
    ("bg", "кореспондент журналист репортер"),
    ("id", "wartawan jurnalis kontributor"),
];

/// Endings of words that are written in one: `Wirtschaftsredakteur`, `utrikeskorrespondent`.
static NOUN_ENDINGS: &[&str] = &[
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "reporter",
    "reporterin",
    "correspondent",
    "verslaggever",
    "redacteur",
    "redaktör",
    "redaktør",
    "journalist",
];

/// Words that say of what, or of which rank.
static ADJECTIVES: &[(&str, &str)] = &[
    (
        "en",
        "diplomatic political senior chief business economics economic economy defence defense foreign sports sport \
            health science staff special environment environmental legal crime education technology tech media arts \
            culture religion transport energy financial finance markets city national international european asia \
            africa europe home affairs security military investigative contributing deputy assistant associate \
            managing executive lead general regional local capitol washington white house news social features \
            online digital ap press guest former and",
    ),
    (
        "de",
        "leitender leitende leitenden politischer politische stellvertretender stellvertretende freier freie unser \
            unsere von aus",
    ),
    ("fr", "spécial spéciale permanent permanente notre grand politique économique"),
    ("es", "especial político política nuestro nuestra"),
    ("pt", "especial político nosso"),
    ("it", "speciale politico nostro nostra dal"),
    ("pl", "specjalny nasz"),
    ("ru", "специальный наш собственный политический"),
    ("uk", "спеціальний наш власний"),
];

#[cfg(test)]
mod tests {
    use super::{before, behind, is_role};

    #[test]
    fn names_beside_roles() {
        for (text, name) in [
            ("Ottilie Farrant Diplomatic Editor", "Ottilie Farrant"),
            ("Ann Lee Staff Writer", "Ann Lee"),
            ("Ann Lee Senior Political Correspondent in London", "Ann Lee"),
            ("Holger Ahlers Wirtschaftsredakteur", "Holger Ahlers"),
            ("Ann Lee", "Ann Lee"),
            ("Chief Editor", "Chief Editor"),
        ] {
            assert_eq!(before(text), name);
        }
        for (text, name) in [
            ("Staff Writer Ann Lee", "Ann Lee"),
            ("Diplomatic Editor Ottilie Farrant", "Ottilie Farrant"),
            ("Ann Lee", "Ann Lee"),
            ("Chief Ann Lee", "Chief Ann Lee"),
            ("Staff Writer", "Staff Writer"),
        ] {
            assert_eq!(behind(text), name);
        }
        assert!(is_role("Leitender Wirtschaftsredakteur"));
        assert!(is_role("BBC News reporter"));
        assert!(!is_role("Ann Lee"));
    }
}
