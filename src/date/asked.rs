//! What people type for a date or a range of dates, to days.
//!
//! ```text
//! range    = date | [date] ".." [date] | date "to" date
//! date     = iso | relative | decade | quarter | month "/" year | a date in words or figures
//! relative = "today" | "yesterday" | [which] unit | which weekday | "last" number unit
//!          | number unit "ago" | number ("d" | "w" | "m" | "y")
//! ```

use super::day::{is_year, iso_parts};
use super::find::{Found, find_written};
use super::languages::rows;
use super::lexicon;
use super::{Date, DateError, Day, DayRange};

/// Longer texts are no dates.
const LONGEST: usize = 120;

/// Reads what may stand after `date:`, `since:`, `until:`, `before:` and `after:`. Relative dates
/// count from `today`.
pub fn read_range(text: &str, today: Day) -> Result<DayRange, DateError> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»'".contains(c));
    if text.len() > LONGEST {
        return Err(DateError::NotADate(text.chars().take(40).chain(['…']).collect()));
    }
    let parts = text.split_once("..").or_else(|| text.split_once('…'));
    if let Some((left, right)) = parts {
        let (left, right) = (left.trim(), right.trim_start_matches('.').trim());
        if left.is_empty() && right.is_empty() {
            return Err(DateError::Empty);
        }
        let end = |text: &str| {
            if text.is_empty() { Ok(DayRange::default()) } else { read_one(text, today) }
        };
        return join(text, (left, right), end(left)?.first, end(right)?.last);
    }
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    read_one(text, today).or_else(|error| {
        let halves = [" to ", " until ", " - ", " – ", " — "]
            .into_iter()
            .find_map(|between| text.split_once(between));
        let Some((left, right)) = halves else { return Err(error) };
        let left = left.trim_start_matches("from ").trim();
        let (first, last) = (read_one(left, today)?, read_one(right.trim(), today)?);
        join(text, (left, right.trim()), first.first, last.last)
    })
}

fn join(
    text: &str,
    typed: (&str, &str),
    first: Option<Day>,
    last: Option<Day>,
) -> Result<DayRange, DateError> {
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        let turned = format!("{}..{}", typed.1, typed.0);
        return Err(DateError::Reversed { text: text.to_owned(), turned });
    }
    Ok(DayRange { first, last })
}

fn read_one(text: &str, today: Day) -> Result<DayRange, DateError> {
    if let Some(parts) = iso_parts(text) {
        return existing(text, parts).map(DayRange::from);
    }
    if let Some(range) = relative(text, today) {
        return Ok(range);
    }
    if let Some(span) = decade(text).or_else(|| quarter(text)) {
        return span;
    }
    if let Some((month, year)) = text.split_once(['/', '.'])
        && let (Some(month), Some(year)) = (figures(month, 2), figures(year, 4))
        && year > 999
    {
        return existing(text, (year, Some(month as u8), None)).map(DayRange::from);
    }
    written(text).map(DayRange::from)
}

/// A date from its numbers.
fn existing(text: &str, parts: (i32, Option<u8>, Option<u8>)) -> Result<Date, DateError> {
    if !is_year(parts.0) {
        return Err(DateError::OutOfYears(text.to_owned()));
    }
    let date = match parts {
        (year, None, _) => Date::year(year),
        (year, Some(month), None) => Date::month(year, month),
        (year, Some(month), Some(day)) => Date::day(year, month, day),
    };
    date.ok_or_else(|| DateError::NoSuchDay(text.to_owned()))
}

fn figures(text: &str, most: usize) -> Option<i32> {
    let right = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok())?
}

/// `1990s`.
fn decade(text: &str) -> Option<Result<DayRange, DateError>> {
    let year = figures(text.strip_suffix(['s', 'S'])?.trim_end_matches(['\'', '’']), 4)?;
    (year >= 1000 && year % 10 == 0).then_some(())?;
    Some(months(text, (year, 1), (year + 9, 12)))
}

/// All days from the first month to the last.
fn months(text: &str, first: (i32, u8), last: (i32, u8)) -> Result<DayRange, DateError> {
    Date::month(first.0, first.1)
        .zip(Date::month(last.0, last.1))
        .map(|(first, last)| DayRange::between(first.first(), last.last()))
        .ok_or_else(|| DateError::OutOfYears(text.to_owned()))
}

/// `Q1 2020`, `2020-Q1`, `2020Q1`.
fn quarter(text: &str) -> Option<Result<DayRange, DateError>> {
    let letters: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let upper = letters.to_ascii_uppercase();
    let (year, number) = match upper.split_once('Q')? {
        ("", rest) => (rest.get(1..)?, rest.get(..1)?),
        both => both,
    };
    let (year, number) = (figures(year, 4).filter(|year| *year > 999)?, figures(number, 1)?);
    (1..=4).contains(&number).then_some(())?;
    let month = number as u8 * 3;
    Some(months(text, (year, month - 2), (year, month)))
}

/// A span of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" | "d" => Self::Day,
            "week" | "weeks" | "w" => Self::Week,
            "month" | "months" | "m" => Self::Month,
            "quarter" | "quarters" | "q" => Self::Quarter,
            "year" | "years" | "y" => Self::Year,
            _ => return None,
        })
    }

    /// So many units later than `day`.
    fn step(self, day: Day, count: i32) -> Day {
        match self {
            Self::Day => day.plus_days(count),
            Self::Week => day.plus_days(count.saturating_mul(7)),
            Self::Month => day.plus_months(count),
            Self::Quarter => day.plus_months(count.saturating_mul(3)),
            Self::Year => day.plus_months(count.saturating_mul(12)),
        }
    }

    /// The first day of the unit that `day` lies in; weeks start on Monday.
    fn start(self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let first = match self {
            Self::Day => Some(day),
            Self::Week => Some(day.plus_days(-i32::from(day.weekday()))),
            Self::Month => Day::from_ymd(year, month, 1),
            Self::Quarter => Day::from_ymd(year, month - (month - 1) % 3, 1),
            Self::Year => Day::from_ymd(year, 1, 1),
        };
        first.unwrap_or(day)
    }

    /// The whole unit so many units after that of `today`.
    fn whole(self, today: Day, count: i32) -> DayRange {
        let first = self.step(self.start(today), count);
        DayRange::between(first, self.step(first, 1).plus_days(-1))
    }
}

/// Numbers that people write in words.
const NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

fn count(word: &str) -> Option<i32> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let named = NUMBERS.iter().position(|name| *name == word).map(|place| place as i32);
    named.or_else(|| figures(word, 6)).filter(|count| *count > 0)
}

/// `yesterday`, `last month`, `last 3 months`, `3 days ago`, `monday`, `7d`.
fn relative(text: &str, today: Day) -> Option<DayRange> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "on" | "in"))
        .collect();
    let day = |count| Some(DayRange::single(today.plus_days(count)));
    match words.as_slice() {
        ["today" | "now"] => day(0),
        ["yesterday"] => day(-1),
        ["day", "before", "yesterday"] => day(-2),
        ["tomorrow"] => day(1),
        ["this" | "current", unit] => Some(Unit::read(unit)?.whole(today, 0)),
        ["next", unit] => Some(Unit::read(unit)?.whole(today, 1)),
        ["past", unit] => Some(rolling(Unit::read(unit)?, 1, today)),
        ["last" | "previous", word] => match Unit::read(word) {
            Some(unit) => Some(unit.whole(today, -1)),
            None => recent_weekday(word, today.plus_days(-1)),
        },
        ["last" | "past" | "previous", number, unit] => {
            Some(rolling(Unit::read(unit)?, count(number)?, today))
        }
        [number, unit, "ago"] => {
            Some(DayRange::single(Unit::read(unit)?.step(today, -count(number)?)))
        }
        [word] => recent_weekday(word, today).or_else(|| {
            let (number, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
            let count = figures(number, 6).filter(|count| *count > 0)?;
            Some(DayRange::single(Unit::read(unit)?.step(today, -count)))
        }),
        _ => None,
    }
}

/// From the same day so many units ago to today.
fn rolling(unit: Unit, count: i32, today: Day) -> DayRange {
    DayRange::between(unit.step(today, -count), today)
}

/// The last such weekday up to `until`; English names.
fn recent_weekday(word: &str, until: Day) -> Option<DayRange> {
    let weekday = lexicon::weekday(word, lexicon::row_of("en")).filter(|_| word.len() >= 3)?;
    let back = (i32::from(until.weekday()) - i32::from(weekday)).rem_euclid(7);
    Some(DayRange::single(until.plus_days(-back)))
}

/// A date in words or figures, read in every language of the table; where the readings differ
/// none is taken.
fn written(text: &str) -> Result<Date, DateError> {
    let capitals = capitalized(text);
    let mut readings: Vec<Date> = Vec::new();
    let mut problem = DateError::NotADate(text.to_owned());
    // Thai years would double every year of four figures.
    let languages = rows().map(|row| row.code).filter(|code| *code != "th");
    for language in std::iter::once(None).chain(languages.map(Some)) {
        let found = find_written(&capitals, language);
        let [found] = found.as_slice() else { continue };
        if !covers(&capitals, found) {
            let year = found.year.is_none() && has_far_year(&capitals);
            if year {
                problem = DateError::OutOfYears(text.to_owned());
            }
            continue;
        }
        let Some(year) = found.year else {
            problem = DateError::NoYear(text.to_owned());
            continue;
        };
        let first = (year, Some(found.month).filter(|month| *month > 0), found.day);
        let other = found.swapped.map(|(month, day)| (year, Some(month), Some(day)));
        for parts in std::iter::once(first).chain(other) {
            match existing(text, parts) {
                Ok(date) if !readings.contains(&date) => readings.push(date),
                Ok(_) => {}
                Err(error) => problem = error,
            }
        }
    }
    readings.sort();
    match readings.as_slice() {
        [] => Err(problem),
        [date] => Ok(*date),
        [first, second, ..] => {
            Err(DateError::Ambiguous { text: text.to_owned(), readings: (*first, *second) })
        }
    }
}

/// Whether nothing but filler words stands around a date.
fn covers(text: &str, found: &Found) -> bool {
    let rest = [text.get(..found.span.start), text.get(found.span.end..)];
    rest.into_iter().flatten().all(|rest| {
        rest.split(|c: char| !c.is_alphanumeric())
            .all(|word| word.is_empty() || lexicon::is_filler(word) || word == "On")
    })
}

fn has_far_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|figures| figures.len() >= 3 && !matches!(figures.parse(), Ok(1500..=2999)))
}

/// Capital first letters, with which `may` is a month.
fn capitalized(text: &str) -> String {
    let mut inside = false;
    let capital = |c: char| {
        let first = !std::mem::replace(&mut inside, c.is_alphanumeric());
        if first { c.to_ascii_uppercase() } else { c }
    };
    text.chars().map(capital).collect()
}
