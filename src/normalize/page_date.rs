//! A line of a page -> the dates in it, and what each of them is the date of.

use crate::article::Topic;
use crate::date::{Date, Day, Found, find_dates, read_timestamp};

use super::claims::Claims;
use super::date_labels::{Label, label_before};

/// A date that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownAt<'c> {
    pub(super) date: Date,
    /// The moment, where the page writes it.
    pub(super) at: Option<String>,
    pub(super) label: Option<Label>,
    /// The kind of place.
    pub(super) from: &'c str,
    /// The month and day of figures that can be read in two orders, read the other way.
    pub(super) swapped: Option<(u8, u8)>,
    score: u8,
}

/// Where on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Near the headline.
    Top,
    /// Anywhere.
    Page,
    /// The dates of changes.
    Changes,
}

/// Whether an origin is a place on the page.
pub(super) fn is_shown(from: &str) -> bool {
    PLACES.iter().any(|row| row.0 == from)
}

/// How much a date is worth by its place, whether it is near the headline, and whether it counts there
/// without a word that says what it is.
static PLACES: &[(&str, u8, Near, Alone)] = &[
    ("time", 4, Near::Yes, Alone::Counts),
    ("date-class", 4, Near::Yes, Alone::Counts),
    ("page-top", 3, Near::Yes, Alone::Counts),
    ("page", 2, Near::No, Alone::CountsBare),
    ("time-apart", 1, Near::No, Alone::No),
    ("page-apart", 1, Near::No, Alone::No),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Near {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alone {
    Counts,
    CountsBare,
    No,
}

/// All full dates that a page shows and that may be its own, none after `now`.
pub(super) fn shown<'c>(claims: &'c Claims, language: Option<&str>, now: Day) -> Vec<ShownAt<'c>> {
    let mut all = Vec::new();
    for topic in [Topic::Published, Topic::Updated] {
        for claim in claims.ranked(topic) {
            let Some((_, worth, _, alone)) = PLACES.iter().find(|row| row.0 == claim.from) else {
                continue;
            };
            let is_machine = claim.from.starts_with("time");
            let stamp = is_machine.then(|| read_timestamp(&claim.value, language)).flatten();
            let dates = if let Some(stamp) = stamp {
                let Date::Day(..) = stamp.date else { continue };
                let label = (topic == Topic::Updated).then_some(Label::Updated);
                vec![(stamp.date, stamp.at, label, true, None)]
            } else {
                let lines = in_line(&claim.value, language).into_iter();
                lines
                    .map(|it| {
                        let label =
                            it.label.or((topic == Topic::Updated).then_some(Label::Updated));
                        (it.date, None, label, it.bare, it.found.swapped)
                    })
                    .collect()
            };
            for (date, at, label, bare, swapped) in dates {
                let counts = match (label, alone) {
                    (Some(Label::Other), _) | (None, Alone::No) => false,
                    (None, Alone::CountsBare) => bare,
                    (None, Alone::Counts) | (Some(Label::Published | Label::Updated), _) => true,
                };
                let other = label == Some(Label::Other);
                if !counts && !other && bare && date.first() <= now {
                    let from = &claim.from;
                    all.push(ShownAt { date, at, label, from, swapped, score: 0 });
                } else if counts && date.first() <= now {
                    let score =
                        worth + 2 * u8::from(label == Some(Label::Published)) + u8::from(bare);
                    all.push(ShownAt { date, at, label, from: &claim.from, swapped, score });
                }
            }
        }
    }
    all
}

/// The date that is worth most, of these the first.
pub(super) fn best<'s, 'c>(shown: &'s [ShownAt<'c>], within: Within) -> Option<&'s ShownAt<'c>> {
    let near = |from: &str| PLACES.iter().any(|row| row.0 == from && row.2 == Near::Yes);
    let mut best: Option<&ShownAt<'_>> = None;
    for it in shown {
        let changed = it.label == Some(Label::Updated);
        let fits = match within {
            Within::Top => !changed && near(it.from),
            Within::Page => !changed,
            Within::Changes => changed,
        };
        if fits && it.score > 0 && best.is_none_or(|known| it.score > known.score) {
            best = Some(it);
        }
    }
    if within == Within::Page && best.is_none() {
        return only(shown);
    }
    best
}

/// The date beside the headline, in an element for dates, where no other stands
/// there with as good a claim.
pub(super) fn clear<'s, 'c>(shown: &'s [ShownAt<'c>]) -> Option<&'s ShownAt<'c>> {
    let best = best(shown, Within::Top).filter(|it| it.score >= CLEAR && it.from != "page-top")?;
    let as_good = |it: &&ShownAt<'_>| it.score >= best.score && it.label != Some(Label::Updated);
    shown.iter().filter(as_good).all(|it| it.date == best.date).then_some(best)
}

/// What a date in an element for dates is worth when it stands alone.
const CLEAR: u8 = 5;

/// The date that a page shows without saying what it is, and beside which it shows no other.
fn only<'s, 'c>(shown: &'s [ShownAt<'c>]) -> Option<&'s ShownAt<'c>> {
    let first = shown.first()?;
    shown.iter().all(|it| it.date == first.date && it.label.is_none()).then_some(first)
}

/// The days near the headline that are written as the place of the page counts them, the best first.
pub(super) fn local_days(shown: &[ShownAt<'_>]) -> Vec<Date> {
    let in_utc = |at: &str| at.ends_with('Z') || at.ends_with("+00:00");
    let near = |from: &str| PLACES.iter().any(|row| row.0 == from && row.2 == Near::Yes);
    let mut days: Vec<&ShownAt<'_>> = shown
        .iter()
        .filter(|it| near(it.from) && it.label != Some(Label::Updated))
        .filter(|it| !it.at.as_deref().is_some_and(in_utc))
        .collect();
    days.sort_by_key(|it| std::cmp::Reverse(it.score));
    days.into_iter().map(|it| it.date).collect()
}

/// A date in a line.
struct Shown {
    found: Found,
    date: Date,
    label: Option<Label>,
    /// Whether the line is hardly more than the date.
    bare: bool,
}

/// More words than this beside a date are a sentence.
const MOST_WORDS: usize = 16;
/// So few words are a place, a section or a name beside the date.
const FEW_WORDS: usize = 3;
/// A row of a table or a calendar has more dates than a line above an article.
const MOST_DATES: usize = 3;
/// Letters before a date that are looked at for words that say what it is.
const BEFORE: usize = 60;

/// The full dates of a short line, in the order they stand.
fn in_line(line: &str, language: Option<&str>) -> Vec<Shown> {
    let dates = find_dates(line, language);
    if dates.is_empty() || dates.len() > MOST_DATES {
        return Vec::new();
    }
    let outside: usize = line.len() - dates.iter().map(|it| it.span.len()).sum::<usize>();
    let words = words_outside(line, &dates);
    if words > MOST_WORDS || outside > 140 {
        return Vec::new();
    }
    let bare = words <= FEW_WORDS;
    let mut shown = Vec::new();
    let mut from = 0;
    for found in dates {
        let before = tail(line.get(from..found.span.start).unwrap_or_default(), BEFORE);
        let mut label = label_before(before);
        if label.is_none() {
            let after = line.get(found.span.end..).unwrap_or_default().trim_start();
            label = UPDATED_BEHIND
                .iter()
                .any(|it| after.to_lowercase().starts_with(it))
                .then_some(Label::Updated);
            if label.is_none() && PUBLISHED_BEHIND.iter().any(|it| ends_with_word(after, it)) {
                label = Some(Label::Published);
            }
        }
        // A copyright is no date, a range has a beginning and an end.
        if before.trim_end().ends_with(['©', 'Ⓒ']) {
            label = Some(Label::Other);
        }
        from = found.span.end;
        if let Some(date) = full_date(&found) {
            shown.push(Shown { found, date, label, bare });
        }
    }
    shown
}

/// Words behind a date that make it that of a change.
static UPDATED_BEHIND: &[&str] =
    &["(updated", "(aktualisiert", "更新", "수정", "(update", "(mis à jour"];

/// Verbs at the end of what follows a date: `wurde am 3. Mai 2013 um 11.51 veröffentlicht`.
static PUBLISHED_BEHIND: &[&str] = &[
    "veröffentlicht",
    "publiziert",
    "geschrieben",
    "erstellt",
    "gepubliceerd",
    "geplaatst",
    "yayınlandı",
    "yayımlandı",
    "közzétéve",
    "julkaistu",
];

/// Whether a short text ends so.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.len() <= 40 && text.trim_end_matches(['.', ' ']).to_lowercase().ends_with(word)
}

/// A year, a month and a day that exist; a weekday that does not fit shows that the reading, or the writer,
/// is wrong.
pub(super) fn full_date(found: &Found) -> Option<Date> {
    let date = Date::day(found.year?, found.month, found.day?)?;
    let day = date.first();
    found.weekday.is_none_or(|weekday| day.weekday() == weekday).then_some(date)
}

fn tail(text: &str, longest: usize) -> &str {
    let mut start = text.len().saturating_sub(longest);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or_default()
}

fn words_outside(line: &str, dates: &[Found]) -> usize {
    let mut words = 0;
    let mut from = 0;
    let mut count = |text: &str| {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
            // Scripts without spaces: three letters are about a word.
            let letters = word.chars().count();
            words += if word.chars().any(|c| c > '\u{2e80}') { letters.div_ceil(3) } else { 1 };
        }
    };
    for found in dates {
        count(line.get(from..found.span.start).unwrap_or_default());
        from = found.span.end;
    }
    count(line.get(from..).unwrap_or_default());
    words
}
