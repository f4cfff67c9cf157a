//! The beginning of a line -> whether its words open a byline, in many languages, and what follows them.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

/// Whether the words that open a byline are a word that also opens sentences, or say what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `By`, `Von`, `Di`: a name must follow, with a capital.
    Word,
    /// `Author:`, `Reported by`.
    Label,
}

/// The kind of opening a line has, and what follows it.
pub(super) fn opening(line: &str) -> Option<(Kind, &str)> {
    let first = line.chars().next()?;
    let rows = BY_INITIAL.get(&plain_letter(first))?;
    let mut best: Option<(Kind, &str, usize)> = None;
    for (kind, words) in rows {
        let mut end = 0;
        let mut letters = line.chars();
        let same = words.chars().all(|expected| {
            let found = letters.next();
            end += found.map_or(0, char::len_utf8);
            found.is_some_and(|found| plain_letter(found) == expected)
        });
        if same && best.is_none_or(|(_, _, longest)| end > longest) {
            best = Some((*kind, words, end));
        }
    }
    let (kind, words, end) = best?;
    let rest = line.get(end..)?;
    let solid = !first.is_lowercase() && !first.is_uppercase();
    let marked = rest.trim_start().starts_with([':', '：', '-', '–', '—', '/', '／', '・', '|']);
    let spaced = rest.starts_with(char::is_whitespace);
    if !(spaced || marked || solid) {
        return None;
    }
    // `Text` and `Report` open sentences too: one word needs its colon, but for the clearest.
    let clear = ["autor", "author", "автор", "avtor", "аутор", "auteur", "作者"];
    let unclear = !words.contains(' ') && !clear.iter().any(|it| words.starts_with(it));
    if kind == Kind::Label && unclear && !marked && !solid {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '/' | '／' | '・' | '|')
    });
    (!rest.is_empty()).then_some((kind, rest))
}

/// The words that open a byline, a row a language: words that are also common words, then labels. In lower
/// case, ' for every apostrophe.
static OPENINGS: &[(&str, &str, &str)] = &[
    (
        "en",
        "by",
        "author's name,authors' names,author's names,authors,author,written by,reported by,\
         reporting by,report by,story by,words by,text by,an article by,posted by,\
         contributed by,byline,article by,recipe by,view all posts by,all posts by,more from,more by",
    ),
    (
        "de",
        "von",
        "autorin,autoren,autor,text,text von,ein gastbeitrag von,ein kommentar von,kommentar von,gastbeitrag von,essay von,\
         ein bericht von,eine analyse von,interview von,bericht,verfasst von,geschrieben von,interview,ein beitrag von,beitrag von,\
         alle artikel von,alle beiträge von,zeige alle beiträge von,mehr von,veröffentlicht von",
    ),
    (
        "fr",
        "par",
        "auteur,auteure,auteurs,propos recueillis par,texte,écrit par,article de,publié par",
    ),
    ("es", "por", "autor,autora,autores,texto,escrito por,redactado por,firma,un texto de"),
    ("pt", "por", "autor,autora,texto,texto de,escrito por,reportagem,reportagem de"),
    ("it", "di", "autore,autrice,a cura di,testo di,scritto da,articolo di,dal nostro inviato"),
    ("nl", "door", "auteur,tekst,geschreven door"),
    ("sv", "av", "text,text av,skribent,reporter,skriven av"),
    ("da", "af", "tekst,skrevet af,journalist"),
    ("nb", "av", "tekst,skrevet av,journalist"),
    ("fi", "", "teksti,kirjoittaja,kirjoittanut,toimittaja"),
    ("pl", "", "autor,autorka,autorzy,tekst,opracował,opracowała,opracowanie,oprac"),
    ("cs", "", "autor,autorka,autoři,text,napsal,napsala,připravil"),
    ("sk", "", "autor,autorka,text,napísal"),
    ("hr", "", "autor,autorica,piše,tekst,napisao,napisala"),
    ("sl", "", "avtor,avtorica,piše"),
    ("hu", "", "szerző,írta,szöveg"),
    ("ro", "de", "autor,autori,text,scris de,un articol de"),
    ("tr", "", "yazar,yazan,haber,haberi yazan"),
    ("el", "", "του,της,γράφει,γράφει ο,γράφει η,συντάκτης,κείμενο,ρεπορτάζ"),
    (
        "ru",
        "",
        "автор,авторы,текст,имя автора,автор статьи,беседовал,беседовала,подготовил,\
         подготовила",
    ),
    ("uk", "", "автор,автори,авторка,текст,підготував,підготувала"),
    ("bg", "от", "автор,текст"),
    ("sr", "", "аутор,пише,текст,autor,piše"),
    ("zh", "", "作者,记者,記者,文,本报记者,撰文"),
    ("ja", "", "文,執筆,筆者,記者,取材・文"),
    ("ko", "", "글,기자,작성자"),
    ("ar", "", "بقلم,كتب,كتبت,الكاتب,إعداد"),
    ("he", "", "מאת"),
    ("fa", "", "نویسنده,نوشته"),
    ("id", "oleh", "penulis,reporter,ditulis oleh"),
    ("vi", "", "tác giả,bài viết"),
    ("hi", "", "लेखक"),
    ("ca", "per", "autor,text"),
];

type ByInitial = HashMap<char, Vec<(Kind, &'static str)>, FxBuildHasher>;

/// The openings by their first letter: nearly all lines are done with after one look.
static BY_INITIAL: LazyLock<ByInitial> = LazyLock::new(|| {
    let mut map = ByInitial::default();
    for (_, words, labels) in OPENINGS {
        for (kind, row) in [(Kind::Word, words), (Kind::Label, labels)] {
            for words in row.split(',').filter(|it| !it.is_empty()) {
                let initial = words.chars().next().unwrap_or_default();
                map.entry(initial).or_default().push((kind, words));
            }
        }
    }
    map
});

/// The letter in the form of the table.
fn plain_letter(c: char) -> char {
    match c {
        '`' | '´' | '’' | '‘' | 'ʼ' => '\'',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}
