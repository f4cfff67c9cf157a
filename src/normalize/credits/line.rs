//! A short line -> what it says of who wrote an article and when: names, agency, role, dates, and what was not understood.

use std::borrow::Cow;

use crate::date::{Found, find_dates};

use super::super::names::{Signed, Trust, is_particle, read as read_names};
use super::super::openings::opening;
use super::super::{agency, roles};
use super::words::{Word, word};

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing a line says or does not say")]
pub(super) struct CreditLine {
    /// The people in it.
    pub(super) names: Vec<String>,
    /// Those of them behind `By`.
    signed: Vec<String>,
    /// A name of one word, or of a desk: one only where `By` and a date stand beside it.
    pub(super) desk: Option<String>,
    /// The news agency.
    pub(super) agency: Option<&'static str>,
    /// `By`, `Von`, `Author:` stands before the names.
    pub(super) opened: bool,
    /// `By` stands alone: the name is on the next line.
    pub(super) opening_alone: bool,
    /// A name at its very beginning, behind which things were not understood.
    leading: Option<String>,
    /// It says what somebody does, or gives an address of theirs.
    pub(super) role: bool,
    /// The dates with a day, as written.
    pub(super) dates: Vec<Dated>,
    /// A word says that a date follows.
    pub(super) labelled: bool,
    /// It says when, or how long it takes to read, without a date: `Published 4 hours ago`, `3 min read`.
    pub(super) when: bool,
    /// Words that were not understood.
    pub(super) strange: usize,
    /// Words of any kind.
    pub(super) words: usize,
}

/// A date in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) found: Found,
    /// The words say that it is the day of a change.
    pub(super) is_update: bool,
}

/// Longer lines are text.
const LONGEST: usize = 240;

/// Reads a line; `None` if it is too long to be one of credits.
pub(super) fn read(line: &str, language: Option<&str>) -> Option<CreditLine> {
    if line.len() > LONGEST || line.contains('\n') {
        return None;
    }
    let mut said = CreditLine::default();
    let (line, dates) = dates_in(line, language);
    let line = line.as_ref();
    if dates.iter().all(|it| it.day.is_none()) && is_prose(line) {
        let words = line.split_whitespace().count();
        return Some(CreditLine { strange: words, words, ..said });
    }
    let mut at = 0;
    let mut label = None;
    for found in dates.into_iter().filter(|it| it.day.is_some()) {
        let before = line.get(at..found.span.start).unwrap_or_default();
        at = found.span.end;
        label = pieces(before, &mut said).or(label);
        said.labelled |= label.is_some();
        said.when = false;
        let found = day_first(found, line);
        said.dates.push(Dated { found, is_update: label == Some(Word::Updated) });
        label = None;
    }
    pieces(line.get(at..).unwrap_or_default(), &mut said);
    if said.opened {
        // Beside `By Ann Lee` other names are sections and subjects.
        said.names.clone_from(&said.signed);
    }
    let ends_in_a_day = line.get(at..).is_some_and(|rest| !rest.contains(char::is_alphanumeric));
    if said.names.is_empty()
        && ends_in_a_day
        && let [date] = said.dates.as_slice()
        && date.found.time.is_some()
        && date.found.year.is_some()
        && let Some(name) = said.leading.take()
    {
        // `Ann Lee, professor of law at the University of Morna, Tidings 2024.03.31 19:59`.
        said.names.push(name);
        said.role = true;
        said.strange = 0;
    }
    Some(said)
}

/// Running text: many words, or a sentence of some length.
pub(super) fn is_running(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let spaced = words * 20 > text.len();
    let stop = text.ends_with(['.', '!', '?', '”', '"', '»', '。']);
    words >= 25 || stop && words >= 12 || !spaced && stop && text.chars().count() > 40
}

/// Whether a line is a sentence that begins as no name, role or label does: most lines around a text are so, and need
/// not be taken apart. Taken apart, it would come to nothing but words that are not understood.
fn is_prose(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let is_plain = |it: &str| it.chars().all(char::is_lowercase) && !is_particle(it);
    first.chars().all(char::is_alphabetic)
        && is_plain(second)
        && says(first).is_none()
        && !is_counted(second)
        && is_running(line)
        && !line.contains(['@', ':', '：'])
        && pieces_of(line).nth(1).is_none()
        && opening(line).is_none()
        && reporter(line).is_none()
        && roles::behind(line) == line
        && !roles::is_role(line)
        && !line.rsplit(',').next().is_some_and(|last| is_desk(last.trim_matches([' ', '.'])))
}

/// A line cut at the signs that set things apart.
fn pieces_of(text: &str) -> impl Iterator<Item = &str> {
    let sets_apart = |c: char| {
        matches!(
            c,
            '|' | '•'
                | '·'
                | ';'
                | '/'
                | '—'
                | '–'
                | '■'
                | '●'
                | '«'
                | '»'
                | '('
                | ')'
                | '['
                | ']'
        )
    };
    text.split(sets_apart).flat_map(|it| it.split(" - "))
}

/// Whether a date with a day stands in a line that is not too long.
pub(super) fn has_day(line: &str, language: Option<&str>) -> bool {
    line.len() <= LONGEST && dates_in(line, language).1.iter().any(|it| it.day.is_some())
}

/// The dates of a line, which is given apart from what is written on to them.
fn dates_in<'t>(line: &'t str, language: Option<&str>) -> (Cow<'t, str>, Vec<Found>) {
    let dates = find_dates(line, language);
    if dates.iter().all(|it| it.day.is_none() || it.year.is_none())
        && let Some(apart) = unglued(line, language)
    {
        let dates = find_dates(&apart, language);
        return (Cow::Owned(apart), dates);
    }
    (Cow::Borrowed(line), dates)
}

/// The line with a space before a date that is written on to a word: `Publiziert17. Dezember 2024`.
fn unglued(line: &str, language: Option<&str>) -> Option<String> {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let seam = before.is_lowercase() && (c.is_ascii_digit() || c.is_uppercase());
        before = c;
        if !seam {
            continue;
        }
        let rest = line.get(at..)?;
        let fits = find_dates(rest, language)
            .first()
            .is_some_and(|it| it.span.start == 0 && it.year.is_some() && it.day.is_some());
        if fits {
            return Some(format!("{} {rest}", line.get(..at)?));
        }
    }
    None
}

/// In `06/01/2026 - 13:55` an hour after noon without `pm` is not American, and the day stands first.
fn day_first(mut found: Found, line: &str) -> Found {
    let written = line.get(found.span.clone()).unwrap_or_default();
    let first: Option<u8> = written
        .split(|c: char| !c.is_ascii_digit())
        .find(|it| !it.is_empty())
        .and_then(|it| it.parse().ok());
    let noon = matches!(found.time, Some((13.., ..)))
        && !written.to_lowercase().trim_end_matches(['.', ' ']).ends_with("pm");
    if let Some((month, day)) = found.swapped.filter(|_| noon && first == Some(found.month)) {
        (found.month, found.day, found.swapped) = (month, Some(day), None);
    }
    found
}

/// Reads what stands beside dates; gives the last word that says what the next date is.
fn pieces(text: &str, said: &mut CreditLine) -> Option<Word> {
    pieces_of(text).fold(None, |label, piece| one_piece(piece, said).or(label))
}

fn one_piece(piece: &str, said: &mut CreditLine) -> Option<Word> {
    let (piece, address) = without_addresses(piece);
    said.role |= address;
    if let Some(agency) = sent_by(&piece) {
        said.agency = said.agency.or(Some(agency));
        return None;
    }
    let piece = piece.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '.' | '-' | '*' | '"' | '&' | '_' | '+' | '：')
    });
    let all = piece.split_whitespace().filter(|it| it.contains(char::is_alphabetic)).count();
    if all == 0 {
        return None;
    }
    said.words += all;
    if let Some(rest) = opened(piece) {
        return read_opened(rest, said);
    }
    let (rest, label) = without_labels(piece);
    if rest.is_empty() {
        said.when |= label.is_some();
        return label;
    }
    if let Some(agency) = agency::named(rest) {
        said.agency = said.agency.or(Some(agency));
        return label;
    }
    if let Some(rest) = opened(rest) {
        return read_opened(rest, said).or(label);
    }
    if is_counted(rest) {
        said.when = true;
        return label;
    }
    let before_count = before_count(rest);
    said.when |= before_count.len() < rest.len();
    let rest = without_note(before_count);
    let named =
        reporter(rest).unwrap_or_else(|| roles::behind(roles::before(roles::unglued(rest))));
    let signed =
        read_names(named, Trust::Guessed).filter(|it| it.names.iter().all(|it| is_person(it)));
    if let Some(Signed { names, agency, .. }) = signed {
        said.role |= named.len() < rest.len();
        said.agency = said.agency.or(agency);
        for name in names {
            if !said.names.contains(&name) {
                said.names.push(name);
            }
        }
        return label;
    }
    let last = rest.rsplit(',').next().unwrap_or(rest).trim();
    if is_desk(last) {
        said.desk = said.desk.take().or_else(|| Some(last.to_owned()));
        return label;
    }
    if roles::is_role(rest) {
        said.role = true;
        return label;
    }
    if said.words == all
        && let Some((first, _)) = rest.split_once(", ")
    {
        said.leading = read_names(first, Trust::Guessed)
            .filter(|it| it.names == [first] && is_person(first))
            .map(|_| first.to_owned());
    }
    said.strange += rest.split_whitespace().filter(|it| it.contains(char::is_alphabetic)).count();
    label
}

/// What follows `By`, `Author:`; and nothing where it stands alone.
fn opened(piece: &str) -> Option<&str> {
    if let Some((_, rest)) = opening(piece) {
        return Some(rest);
    }
    // The colon was cut off.
    let alone = piece.split_whitespace().count() <= 3;
    (alone && opening(&format!("{piece}: x")).is_some_and(|(_, rest)| rest == "x")).then_some("")
}

fn read_opened(rest: &str, said: &mut CreditLine) -> Option<Word> {
    if rest.is_empty() {
        said.opening_alone = true;
        return None;
    }
    let (rest, label) = without_labels(rest);
    if let Some(signed) = read_names(rest, Trust::Guessed) {
        said.opened = true;
        said.agency = said.agency.or(signed.agency);
        for name in signed.names {
            let name = roles::unglued(&name).to_owned();
            if !said.signed.contains(&name) {
                said.signed.push(name);
            }
        }
        return label;
    }
    let first = rest.split([',', ' ']).next().unwrap_or_default();
    let short = rest.split_whitespace().count() <= 4 && first.chars().count() >= 2;
    if short && first.starts_with(char::is_uppercase) && word(&first.to_lowercase()).is_none() {
        said.desk = Some(first.to_owned());
    } else {
        said.strange += rest.split_whitespace().count();
    }
    label
}

/// Whether a name without `By` is that of a person, and not of a section or a paper.
fn is_person(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let cased = name.contains(char::is_lowercase) || name.contains(char::is_uppercase);
    let known = name.split(|c: char| !c.is_alphanumeric()).any(|it| {
        // Initials and particles of names stand in the tables too.
        it.chars().count() > 2 && word(&it.to_lowercase()).is_some()
    });
    let long = if cased {
        (2..=4).contains(&words)
    } else {
        words == 1 && (2..=5).contains(&name.chars().count())
    };
    let paper = PAPER_ENDINGS.iter().any(|end| name.ends_with(end));
    !known && !paper && agency::named(name).is_none() && long && !name.contains(':')
}

/// The agency in `Source: AFP`, `Quelle: dpa Sport`.
pub(super) fn sent_by(piece: &str) -> Option<&'static str> {
    static SOURCES: &str = "source quelle fuente fonte bron källa kilde lähde źródło zdroj forrás sursa kaynak \
                            источник джерело источници izvor πηγή sumber nguồn 来源 출처 出典 المصدر";
    let (label, rest) = piece.split_once([':', '：'])?;
    let label = label.trim().to_lowercase();
    let fits = SOURCES.split_whitespace().any(|known| known == label);
    let first = rest.trim().split([' ', ',', '/']).next()?;
    agency::named(rest).or_else(|| agency::named(first)).filter(|_| fits)
}

/// Words that end the name of a desk, a row a language.
static DESKS: &[(&str, &str)] = &[
    ("en", "bureau desk newsroom staff news agencies"),
    ("de", "redaktion agenturen"),
    ("fr", "rédaction agences"),
    ("es", "redacción agencias"),
    ("pt", "redação agências"),
    ("it", "redazione"),
    ("nl", "redactie"),
    ("sv", "redaktionen"),
    ("nb", "redaksjonen"),
    ("fi", "toimitus"),
    ("pl", "redakcja"),
    ("cs", "redakce"),
    ("ru", "редакция"),
    ("uk", "редакція"),
];

/// `Harbour News Bureau`, `HN-Redaktion`: a desk by name.
fn is_desk(piece: &str) -> bool {
    let words: Vec<&str> = piece.split([' ', '-']).filter(|it| !it.is_empty()).collect();
    let Some((last, first)) = words.split_last() else { return false };
    let last = last.to_lowercase();
    // `IN` is a word and, in capitals, a paper.
    let says = |it: &&str| word(&it.to_lowercase()).filter(|_| !is_in_capitals(it));
    (1..=3).contains(&first.len())
        && first
            .iter()
            .all(|it| it.starts_with(char::is_uppercase) && says(it) != Some(Word::Offered))
        && first.iter().any(|it| says(it).is_none())
        && DESKS.iter().any(|(_, row)| row.split(' ').any(|known| known == last))
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Endings of papers and agencies in scripts without capitals: `南岸晚報`.
static PAPER_ENDINGS: &[&str] = &[
    "报", "報", "新闻", "新聞", "通信", "社", "网", "網", "时报", "時報", "通讯", "신문", "일보",
    "통신", "뉴스", "방송",
];

/// What stands before `2 minutes read`.
fn before_count(piece: &str) -> &str {
    let at = piece.char_indices().find(|(at, c)| {
        *at > 0 && c.is_ascii_digit() && piece.get(..*at).is_some_and(|it| it.ends_with(' '))
    });
    match at {
        Some((at, _)) if piece.get(at..).is_some_and(is_counted) => {
            piece.get(..at).unwrap_or(piece).trim()
        }
        _ => piece,
    }
}

/// A name without the number of its note: `Xiaoying You0`.
fn without_note(piece: &str) -> &str {
    let bare = piece.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.ends_with(char::is_alphabetic) && piece.len() - bare.len() <= 2 { bare } else { piece }
}

/// The name before the Korean word for a reporter; a place may stand before it.
fn reporter(piece: &str) -> Option<&str> {
    let at = piece.find(" 기자")?;
    piece.get(..at)?.split_whitespace().last().filter(|it| (2..=4).contains(&it.chars().count()))
}

/// Cuts the words that say what a date is from both ends of a piece; gives the last of them.
fn without_labels(piece: &str) -> (&str, Option<Word>) {
    let mut label = None;
    let mut rest = piece;
    let trim = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '"' | '“' | '(');
    loop {
        rest = rest.trim_start_matches(trim);
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | ','))
            .unwrap_or(rest.len());
        let first = rest.get(..end).unwrap_or_default().trim_end_matches('.');
        match says(first) {
            Some(word) if !first.is_empty() => {
                label = better(label, word);
                rest = rest.get(end..).unwrap_or_default();
            }
            _ => break,
        }
    }
    loop {
        rest = rest
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '：'));
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let last = rest.get(start..).unwrap_or_default().trim_end_matches('.');
        match says(last) {
            Some(word) if start > 0 => {
                label = better(label, word);
                rest = rest.get(..start).unwrap_or_default();
            }
            _ => break,
        }
    }
    (rest.trim(), label)
}

/// `on` and `at` do not take back what `updated` says.
fn better(before: Option<Word>, now: Word) -> Option<Word> {
    if before == Some(Word::Updated) { before } else { Some(now) }
}

/// Words for what a date is; zones and figures say nothing.
fn says(token: &str) -> Option<Word> {
    let zone = (2..=4).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_uppercase());
    let figures = !token.contains(char::is_alphabetic);
    match word(&token.to_lowercase()) {
        Some(known @ (Word::Published | Word::Updated)) => Some(known),
        Some(Word::Counted | Word::Offered | Word::Section) => None,
        None => (zone && ZONES.contains(&token) || figures).then_some(Word::Published),
    }
}

/// Zones as they stand beside times.
static ZONES: &[&str] = &[
    "GMT", "UTC", "BST", "CET", "CEST", "MEZ", "MESZ", "EST", "EDT", "ET", "CST", "CDT", "CT",
    "MST", "MDT", "PST", "PDT", "PT", "IST", "JST", "KST", "WIB", "MSK", "SAST", "AEST", "AEDT",
    "EET", "EEST",
];

/// `3 min read`, `258 Shares`, `Lesedauer: 7 Minuten`, `Share`: nothing of who or when.
fn is_counted(piece: &str) -> bool {
    let mut tokens = piece
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|it| !it.is_empty())
        .peekable();
    tokens.peek().is_some()
        && tokens.all(|token| {
            token.bytes().all(|b| b.is_ascii_digit())
                || matches!(
                    word(&token.to_lowercase()),
                    Some(Word::Counted | Word::Offered | Word::Published | Word::Updated)
                )
        })
}

/// A piece without e-mail addresses and handles; and whether there were any.
fn without_addresses(piece: &str) -> (String, bool) {
    if !piece.contains('@') {
        return (piece.to_owned(), false);
    }
    let mut kept = String::with_capacity(piece.len());
    for token in piece.split_whitespace() {
        let (before, after) = token.split_once('@').unwrap_or((token, ""));
        // `Ann Lee@leewrites`, `ann.lee@example.org`, `@leewrites`.
        let domain = after.contains('.')
            || before.contains(['.', '_'])
            || before.starts_with(char::is_lowercase);
        let before = if token.contains('@') && domain { "" } else { before };
        if !kept.is_empty() && !before.is_empty() {
            kept.push(' ');
        }
        kept.push_str(before);
    }
    (kept, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_sign_are_told_from_prose() {
        for line in [
            "Ann Lee, staff writer, covers ships and tides in the harbour of Morna.",
            "Published by Ann Lee, staff writer, who has written of ships and tides for years.",
        ] {
            assert!(!is_prose(line), "{line}");
            let said = read(line, Some("en")).unwrap();
            let named = said.names.iter().chain(&said.signed).any(|it| it == "Ann Lee");
            assert!(named && said.strange < 12, "{line}");
        }
        assert!(!is_prose(
            "Staff writer Ann Lee saw the storm pass by the harbour of Morna at night."
        ));
        for line in [
            "The harbour was closed on the night before, and nobody knew when it would open.",
            "Sailors who had come from Morna waited at the pier until the storm had passed by.",
        ] {
            assert!(is_prose(line), "{line}");
            let said = read(line, Some("en")).unwrap();
            assert!(said.names.is_empty() && said.strange > 6, "{line}");
        }
    }
}
