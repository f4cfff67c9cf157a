//! The head of the first sentence -> the place, the date and the agency named there: `MINSK, Sept 14 (Reuters) - `.

use crate::article::{Article, Topic};
use crate::date::{Found, find_dates};

use super::agency;
use super::claims::{Claims, note};
use super::text::{Block, Role, one_line};

/// What stands before the first sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The place as written, without region.
    pub(super) place: Option<String>,
    /// The agency in brackets.
    pub(super) agency: Option<String>,
    /// The date.
    pub(super) date: Option<Found>,
}

/// Fills in dateline and agency, from a claim or from the first lines of the text, which stay as they are.
pub(super) fn read(claims: &Claims, blocks: &[Block], article: &mut Article) -> Option<Dateline> {
    let language = article.language.as_deref();
    if let Some(claim) = claims.first(Topic::Dateline) {
        let value = one_line(&claim.value);
        let head = value.trim_end_matches(['-', '–', '—', ' ', '/']);
        article.dateline_text = (!head.is_empty()).then(|| head.to_owned());
        let found = understood(head, language, Support::Stated).unwrap_or_default();
        article.dateline =
            found.place.clone().or_else(|| found.date.is_none().then(|| head.to_owned()));
        article.dateline = article.dateline.take().filter(|it| !it.is_empty());
        if article.dateline.is_some() {
            note(article, "dateline", &claim.from);
        }
        return Some(found);
    }
    let mut first = blocks.iter().filter(|block| block.role == Role::Body).take(3);
    let found = first.find_map(|block| of_paragraph(&block.text, language))?;
    article.dateline.clone_from(&found.place);
    note(article, "dateline", "dateline");
    if article.agency.is_none()
        && let Some(agency) = &found.agency
    {
        article.agency = Some(agency.clone());
        note(article, "agency", "dateline");
    }
    Some(found)
}

/// How far into a paragraph the dash may stand.
const LONGEST: usize = 130;

/// The dateline a paragraph begins with.
pub(super) fn of_paragraph(text: &str, language: Option<&str>) -> Option<Dateline> {
    let text = text.trim_start_matches('*');
    let first = text.chars().next()?;
    if !first.is_alphabetic() || first.is_lowercase() {
        return None;
    }
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end)?;
    if let Some((head, rest)) = at_dash(start) {
        let shouted = !rest.chars().take(40).any(char::is_lowercase);
        let support = if shouted { Support::Needed } else { Support::Capitals };
        if let Some(found) = understood(head, language, support) {
            return Some(found);
        }
    }
    // `LONDON, Saturday, August 1, 1914.` and `Krummdeich, 14. März 2021. Am Freitag`: a full date holds it.
    let comma = start.find(',').filter(|at| *at <= 40)?;
    let tail = start.get(comma..)?;
    if !tail.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let dates = find_dates(start, language);
    let date = dates.into_iter().next().filter(|it| it.year.is_some() && it.day.is_some())?;
    let between = start.get(comma + 1..date.span.start)?;
    let after = text.get(date.span.end..)?;
    let closed = after.starts_with(['.', ':']) || after.is_empty() || after.starts_with(" г.");
    let place = start.get(..comma).filter(|place| is_place(place))?;
    let few = between
        .split(',')
        .map(str::trim)
        .all(|part| part.is_empty() || is_region(part) || part.len() <= 3);
    (closed && few).then(|| Dateline {
        place: Some(place.to_owned()),
        agency: None,
        date: Some(date),
    })
}

/// What stands before the dash of a dateline, and after it.
fn at_dash(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let mut found = None;
    for (at, byte) in bytes.iter().enumerate() {
        // A dash of two hyphens, or one that is set off; – and — in any case.
        found = match byte {
            b'-' if is(at + 1, b'-') => Some((at, at + 2)),
            b'-' if at > 0 && sets_off(bytes[at - 1], bytes.get(at + 1)) => Some((at, at + 1)),
            0xe2 if is(at + 1, 0x80) && (is(at + 2, 0x93) || is(at + 2, 0x94)) => {
                Some((at, at + 3))
            }
            b'/' if at > 1 && bytes[at - 1] == b' ' && bytes[at - 2] == b'.' => Some((at, at + 1)),
            _ => continue,
        };
        break;
    }
    let (at, end) = found?;
    let head = text.get(..at)?;
    let rest = text.get(end.min(text.len())..).unwrap_or_default();
    (!head.is_empty()).then_some((head, rest))
}

/// Whether a hyphen between these two is a dash: ` - `, `) - `, `March 4- `, `March 4 -The`.
fn sets_off(before: u8, after: Option<&u8>) -> bool {
    match after {
        None | Some(b' ') => matches!(before, b' ' | b')' | b'/') || before.is_ascii_digit(),
        Some(after) => before == b' ' && after.is_ascii_uppercase(),
    }
}

/// What has to hold besides the look of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Support {
    /// The source says that it is a dateline.
    Stated,
    /// A place in capitals stands for itself.
    Capitals,
    /// A date or an agency must stand beside it.
    Needed,
}

/// Takes the head of a dateline apart; `None` if any part of it is not understood.
fn understood(head: &str, language: Option<&str>, support: Support) -> Option<Dateline> {
    let mut found = Dateline::default();
    let mut head = head.trim().to_owned();
    if let Some(open) = head.rfind('(')
        && head.ends_with(')')
    {
        let inside = head.get(open + 1..head.len() - 1)?.trim();
        let known = agency::named(inside).map(str::to_owned);
        let looks =
            inside.len() <= 40 && inside.starts_with(char::is_uppercase) && !inside.contains(',');
        found.agency = known.or_else(|| looks.then(|| inside.to_owned()));
        found.agency.as_ref()?;
        head.truncate(open);
    }
    if head.bytes().any(|b| b.is_ascii_digit()) {
        let date = find_dates(&head, language).into_iter().next();
        let date = date.or_else(|| find_dates(&head, Some("en")).into_iter().next());
        let date =
            date.or_else(|| find_dates(&with_capitals(&head), Some("en")).into_iter().next())?;
        let behind = head.get(date.span.end..).unwrap_or_default();
        if behind.contains(char::is_alphabetic) {
            // `ROME, March 13, Reuter - `
            found.agency = Some(agency::named(behind)?.to_owned());
        }
        head.truncate(date.span.start);
        found.date = Some(date);
    }
    if head.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut parts = head
        .split([',', '/'])
        .map(|it| it.trim().trim_end_matches(['-', '–', '—', ' ']))
        .filter(|it| !it.is_empty() && *it != ".");
    let place = parts.next();
    let supported = found.date.is_some() || found.agency.is_some();
    let Some(place) = place else { return supported.then_some(found) };
    let place = place.trim_end_matches(':');
    let mut others = 0;
    for part in parts {
        others += 1;
        if agency::named(part).is_some() {
            found.agency = agency::named(part).map(str::to_owned);
        } else if !is_region(part) || others > 2 {
            return None;
        }
    }
    let right = match support {
        Support::Stated => true,
        Support::Capitals => is_place(place) && (supported || is_shouted_place(place)),
        Support::Needed => is_place(place) && supported,
    };
    found.place = Some(place.to_owned());
    right.then_some(found)
}

/// `Caracas, march 4`: months as English writes them.
fn with_capitals(head: &str) -> String {
    let mut before = ' ';
    let capital = |c: char| {
        let first = !before.is_alphanumeric();
        before = c;
        if first { c.to_ascii_uppercase() } else { c }
    };
    head.chars().map(capital).collect()
}

/// Up to five words, each with a capital but for the small ones inside names of places.
fn is_place(text: &str) -> bool {
    static SMALL: &[&str] = &[
        "de", "do", "da", "del", "di", "al", "am", "an", "der", "sur", "la", "le", "les", "el",
        "en", "of", "the", "im", "в", "на", "upon",
    ];
    /// Words that open a sentence with a date: `On Monday, September 14 - `.
    static NO_PLACES: &[&str] = &[
        "On", "In", "At", "By", "From", "Since", "Until", "Last", "Next", "The", "Am", "Im", "Ab",
        "Seit", "Bis", "Le", "En", "Depuis", "El", "Desde", "Em", "No", "Na", "Il", "Dal", "Op",
        "Den", "W", "V", "В", "С", "У", "До", "На",
    ];
    if text.split_whitespace().next().is_none_or(|word| NO_PLACES.contains(&word))
        && !text.contains(' ')
    {
        return false;
    }
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        let capital = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        if !(capital || words > 1 && SMALL.contains(&word)) {
            return false;
        }
    }
    let plain =
        text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '/'));
    (1..=5).contains(&words) && plain && text.chars().count() >= 2
}

/// A region or a weekday: `N.Y.`, `New Zealand`, `Saturday`.
fn is_region(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    is_place(text) && text.split_whitespace().count() <= 3
}

/// In capitals, and not a sentence: at most three words of letters.
fn is_shouted_place(text: &str) -> bool {
    static NO_PLACES: &[&str] =
        &["NOTE", "EDITORS", "UPDATE", "URGENT", "BREAKING", "WATCH", "LIVE", "OPINION", "Q", "A"];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && !text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase)
        && text.split_whitespace().count() <= 3
        && !text.split_whitespace().any(|word| NO_PLACES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::of_paragraph;

    #[test]
    fn datelines() {
        for (text, place, agency, date) in [
            (
                "LEDNOR, Sept. 15 (Caspian Wire) - Karsanda said on Tuesday",
                "LEDNOR",
                Some("Caspian Wire"),
                Some((None, 9, 15)),
            ),
            (
                "VARHOLM, April 18 (Reuters) - A glass works",
                "VARHOLM",
                Some("Reuters"),
                Some((None, 4, 18)),
            ),
            (
                "LEDNOR, Arvenia, April 18, 2016 — The ministers",
                "LEDNOR",
                None,
                Some((Some(2016), 4, 18)),
            ),
            ("WASHINGTON (AP) -- The president", "WASHINGTON", Some("AP"), None),
            ("WASHINGTON - The president said", "WASHINGTON", None, None),
            ("PORTLAND, Ore., Feb 26 - Red Lion Inns said", "PORTLAND", None, Some((None, 2, 26))),
            (
                "VANCOUVER, British Columbia, March 9 - The mine",
                "VANCOUVER",
                None,
                Some((None, 3, 9)),
            ),
            ("Berlin (dpa) - Die Regierung hat", "Berlin", Some("dpa"), None),
            (
                "BRESKAVEN, Nov. 4 (Caspian Wire) — Ferry crews",
                "BRESKAVEN",
                Some("Caspian Wire"),
                Some((None, 11, 4)),
            ),
            ("LEDNOR (CASPIAN WIRE) - ARVENIA HAS RECALLED", "LEDNOR", Some("CASPIAN WIRE"), None),
            ("LONDON, Saturday, August 1, 1914.", "LONDON", None, Some((Some(1914), 8, 1))),
            (
                "San Quirico al Lago, 5 luglio 2021 - Da sabato scorso",
                "San Quirico al Lago",
                None,
                Some((Some(2021), 7, 5)),
            ),
            (
                "Krummdeich, 14. März 2021. Am Freitag",
                "Krummdeich",
                None,
                Some((Some(2021), 3, 14)),
            ),
        ] {
            let found = of_paragraph(text, None).unwrap_or_default();
            assert_eq!(found.place.as_deref(), Some(place), "in {text:?}");
            assert_eq!(found.agency.as_deref(), agency, "in {text:?}");
            let found = found.date.map(|it| (it.year, it.month, it.day.unwrap_or(0)));
            assert_eq!(found, date, "in {text:?}");
        }
    }

    #[test]
    fn no_datelines() {
        for text in [
            "The president - who was late - said",
            "Putin said - and meant it - that",
            "GOLD WAS STEADY AND SILVER FELL - TRADERS SAID",
            "UPDATE - The president said",
            "Ann Lee, 34, said - no",
            "On Monday, September 14, Russian President - the one",
            "In May 2000 - a month later - they met",
            "A well-known man",
            "",
        ] {
            assert_eq!(of_paragraph(text, None), None, "in {text:?}");
        }
    }
}
