//! Calendar days as numbers, and dates known to the year, the month or the day.

use jiff::civil;
use std::fmt;

/// A calendar day, as days since 1970-01-01 (proleptic Gregorian); years 1500 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// 1500-01-01.
    pub const MIN: Self = Self(-171_664);
    /// 2999-12-31.
    pub const MAX: Self = Self(376_199);

    /// The day of a date, when there is such a day in the years 1500 to 2999.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        is_year(year).then_some(())?;
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let date = civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
        Some(Self::from_civil(date))
    }

    /// Year, month and day. Days outside the calendar's years give the nearest of its ends.
    pub fn ymd(self) -> (i32, u8, u8) {
        let date = self.civil();
        (i32::from(date.year()), date.month() as u8, date.day() as u8)
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        // Day 0 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as u8
    }

    /// So many days later (earlier, if negative), held within `MIN` and `MAX`.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        self.0.saturating_add(days).clamp_to_calendar()
    }

    /// The same day so many months later (earlier), the last of a shorter month; held within `MIN`
    /// and `MAX`.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.ymd();
        let count = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let Ok(year) = i32::try_from(count.div_euclid(12)) else {
            return if months < 0 { Self::MIN } else { Self::MAX };
        };
        let month = count.rem_euclid(12) as u8 + 1;
        if year < Self::FIRST_YEAR {
            return Self::MIN;
        }
        Self::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(Self::MAX)
    }

    /// The first year of the calendar.
    pub const FIRST_YEAR: i32 = 1500;
    /// The last year of the calendar.
    pub const LAST_YEAR: i32 = 2999;

    fn from_civil(date: civil::Date) -> Self {
        Self(civil::date(1970, 1, 1).duration_until(date).as_hours().div_euclid(24) as i32)
    }

    fn civil(self) -> civil::Date {
        let days = jiff::Span::new().try_days(self.0.clamp_to_calendar().0);
        days.and_then(|days| civil::date(1970, 1, 1).checked_add(days))
            .unwrap_or(civil::date(1970, 1, 1))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

trait ClampToCalendar {
    fn clamp_to_calendar(self) -> Day;
}

impl ClampToCalendar for i32 {
    fn clamp_to_calendar(self) -> Day {
        Day(self.clamp(Day::MIN.0, Day::MAX.0))
    }
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

impl Precision {
    /// `year`, `month` or `day`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

/// A date known to the year, the month or the day. Made by its constructors it is a date that
/// exists, in the years 1500 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// 2020.
    Year(i32),
    /// 2020-09.
    Month(i32, u8),
    /// 2020-09-14.
    Day(i32, u8, u8),
}

impl Date {
    /// A date known to the year.
    pub fn year(year: i32) -> Option<Self> {
        is_year(year).then_some(Self::Year(year))
    }

    /// A date known to the month.
    pub fn month(year: i32, month: u8) -> Option<Self> {
        (is_year(year) && (1..=12).contains(&month)).then_some(Self::Month(year, month))
    }

    /// A date known to the day.
    pub fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        Day::from_ymd(year, month, day).map(|_| Self::Day(year, month, day))
    }

    /// The first day it may be.
    pub fn first(self) -> Day {
        let (year, month, day) = match self {
            Self::Year(year) => (year, 1, 1),
            Self::Month(year, month) => (year, month, 1),
            Self::Day(year, month, day) => (year, month, day),
        };
        Day::from_ymd(year, month, day).unwrap_or(Day::MIN)
    }

    /// The last day it may be.
    pub fn last(self) -> Day {
        let (year, month, day) = match self {
            Self::Year(year) => (year, 12, 31),
            Self::Month(year, month) => (year, month, days_in_month(year, month)),
            Self::Day(year, month, day) => (year, month, day),
        };
        Day::from_ymd(year, month, day).unwrap_or(Day::MAX)
    }

    /// How exactly it is known.
    pub fn precision(self) -> Precision {
        match self {
            Self::Year(_) => Precision::Year,
            Self::Month(..) => Precision::Month,
            Self::Day(..) => Precision::Day,
        }
    }

    /// Reads `2020`, `2020-09`, `2020-09-14`, `20200914`, `2020/09/14` and nothing else.
    pub fn parse_iso(text: &str) -> Option<Self> {
        match iso_parts(text.trim())? {
            (year, None, None) => Self::year(year),
            (year, Some(month), None) => Self::month(year, month),
            (year, Some(month), Some(day)) => Self::day(year, month, day),
            (_, None, Some(_)) => None,
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        let (year, month, day) = day.ymd();
        Self::Day(year, month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The numbers of a date in ISO form, year first, whether or not there is such a date.
pub(super) fn iso_parts(text: &str) -> Option<(i32, Option<u8>, Option<u8>)> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Some((year.parse().ok()?, Some(month.parse().ok()?), Some(day.parse().ok()?)));
    }
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'));
    let mut parts = text.split(mark.unwrap_or('-'));
    let year = figures(parts.next()?, 4..=4)?;
    let month = parts.next().map(|part| figures(part, 1..=2).ok_or(())).transpose().ok()?;
    let day = parts.next().map(|part| figures(part, 1..=2).ok_or(())).transpose().ok()?;
    (parts.next().is_none()).then_some((year, month.map(|m| m as u8), day.map(|d| d as u8)))
}

fn figures(text: &str, width: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let right = width.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok())?
}

/// Whether the calendar knows the year.
pub(super) fn is_year(year: i32) -> bool {
    (Day::FIRST_YEAR..=Day::LAST_YEAR).contains(&year)
}

/// How many days a month has; 0 for a month that does not exist.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Day, days_in_month};

    #[test]
    fn days_count_from_1970_and_go_both_ways() {
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_ymd(1500, 1, 1), Some(Day::MIN));
        assert_eq!(Day::from_ymd(2999, 12, 31), Some(Day::MAX));
        let mut day = Day::MIN;
        for year in 1500..=2999 {
            for month in 1..=12 {
                for date in 1..=days_in_month(year, month) {
                    assert_eq!(Day::from_ymd(year, month, date), Some(day));
                    assert_eq!(day.ymd(), (year, month, date));
                    day = Day(day.0 + 1);
                }
            }
        }
        assert_eq!(day.0, Day::MAX.0 + 1);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        assert_eq!(Day::from_ymd(2021, 2, 29), None);
        assert_eq!(Day::from_ymd(1900, 2, 29), None);
        assert_eq!(Day::from_ymd(1499, 12, 31), None);
        assert_eq!(Day::from_ymd(3000, 1, 1), None);
        assert_eq!(Day::from_ymd(2020, 200, 200), None);
        assert_eq!(Day(i32::MAX).ymd(), (2999, 12, 31));
    }

    #[test]
    fn weekdays() {
        assert_eq!(Day::from_ymd(2020, 9, 14).map(Day::weekday), Some(0));
        assert_eq!(Day::from_ymd(1987, 2, 26).map(Day::weekday), Some(3));
        assert_eq!(Day::MIN.weekday(), 0);
    }

    #[test]
    fn months_are_clamped_to_their_length() {
        let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
        assert_eq!(day(2020, 5, 31).plus_months(-3), day(2020, 2, 29));
        assert_eq!(day(2021, 1, 31).plus_months(1), day(2021, 2, 28));
        assert_eq!(day(2020, 3, 15).plus_months(-3), day(2019, 12, 15));
        assert_eq!(day(2020, 3, 15).plus_months(i32::MIN), Day::MIN);
        assert_eq!(day(2020, 3, 15).plus_months(i32::MAX), Day::MAX);
    }

    #[test]
    fn a_month_is_all_its_days() {
        let date = Date::parse_iso("2020-02").unwrap();
        assert_eq!((date.first().to_string(), date.last().to_string()), {
            ("2020-02-01".to_owned(), "2020-02-29".to_owned())
        });
        assert_eq!(date.precision().name(), "month");
    }

    #[test]
    fn iso_forms_and_no_others() {
        for (text, date) in [
            ("2020", "2020"),
            ("2020-09", "2020-09"),
            ("2020-09-14", "2020-09-14"),
            ("20200914", "2020-09-14"),
            ("2020/09/14", "2020-09-14"),
            ("2020-9-4", "2020-09-04"),
        ] {
            assert_eq!(Date::parse_iso(text).map(|d| d.to_string()).as_deref(), Some(date));
        }
        for text in
            ["", "20", "2020-13", "2021-02-29", "1499", "2020-09-14-1", "2020/09-14", "+202"]
        {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
    }
}
