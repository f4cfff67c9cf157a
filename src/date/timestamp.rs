//! A timestamp out of metadata to its date, and to its moment where the zone is known.

use super::clock::zone_offset;
use super::find::{Found, find_dates};
use super::{Date, Day};

/// Longer values are searched only so far.
const LONGEST: usize = 2_000;

/// What a value of metadata says about time. The day is that of the source's own zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// The date, as exactly as it is written.
    pub date: Date,
    /// The moment in RFC 3339, in the zone as given; `None` without a time or a known zone.
    pub at: Option<String>,
}

/// Reads ISO 8601, RFC 3339, RFC 2822, `26-FEB-1987 15:01:01.79`, `20200914`, the seconds or
/// milliseconds since 1970, and else the first full date in the value; `language` decides the
/// order of day and month where figures leave it open.
pub fn read_timestamp(text: &str, language: Option<&str>) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(date) = Date::parse_iso(text) {
        return Some(Timestamp { date, at: None });
    }
    if let Some(seconds) = epoch_seconds(text) {
        return from_epoch(seconds);
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let found = find_dates(&text[..end], language);
    let best = found
        .iter()
        .find(|found| found.year.is_some() && found.day.is_some())
        .or_else(|| found.iter().find(|found| found.year.is_some()))?;
    let (date, time) = (date_of(best)?, compact_time(text, best));
    Some(Timestamp { date, at: moment(date, best.time.or(time), best.zone.as_deref()) })
}

/// The date that a find names in full or in part, if it names a year.
fn date_of(found: &Found) -> Option<Date> {
    match (found.year?, found.month, found.day) {
        (year, 0, _) => Date::year(year),
        (year, month, None) => Date::month(year, month),
        (year, month, Some(day)) => Date::day(year, month, day),
    }
}

fn moment(date: Date, time: Option<(u8, u8, u8)>, zone: Option<&str>) -> Option<String> {
    let (hour, minute, second) = time?;
    let offset = zone_offset(zone?)?;
    let Date::Day(..) = date else { return None };
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

/// The time of `20200914103000`.
fn compact_time(text: &str, found: &Found) -> Option<(u8, u8, u8)> {
    let figures = text.get(found.span.clone()).filter(|figures| figures.len() >= 14)?;
    let figures = figures.get(..14)?;
    let time: u32 = figures.get(8..)?.parse().ok()?;
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
    let right = figures.bytes().all(|b| b.is_ascii_digit()) && hour < 24 && minute < 60;
    (right && second < 60).then_some((hour as u8, minute as u8, second as u8))
}

/// Seconds since 1970, from nine or ten figures, twelve or thirteen for milliseconds.
fn epoch_seconds(text: &str) -> Option<i64> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Some(number),
        12 | 13 => Some(number.div_euclid(1000)),
        _ => None,
    }
}

/// The epoch knows no zone but UTC.
fn from_epoch(seconds: i64) -> Option<Timestamp> {
    let day = Day(i32::try_from(seconds.div_euclid(86_400)).ok()?);
    let second = seconds.rem_euclid(86_400);
    let time = ((second / 3600) as u8, (second / 60 % 60) as u8, (second % 60) as u8);
    let date = Date::from(day);
    Some(Timestamp { date, at: moment(date, Some(time), Some("Z")) })
}
