//! Dates as the columns hold them: one number that sorts, filters and says how precise it is.

use crate::date::{Date, Day, Precision};

/// The last day a date may be, with its precision, as one number; 0 is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateCode(pub u64);

impl DateCode {
    /// The code of a date.
    pub fn new(date: Option<Date>) -> Self {
        let Some(date) = date else { return Self(0) };
        let precision = match date.precision() {
            Precision::Day => 0,
            Precision::Month => 1,
            Precision::Year => 2,
        };
        Self(day_number(date.last()) << 2 | precision)
    }

    /// `2020`, `2020-09` or `2020-09-14`, as precisely as it is known; none without a date.
    pub fn shown(self) -> Option<String> {
        let letters = match self.0 & 3 {
            0 => 10,
            1 => 7,
            _ => 4,
        };
        let last = self.days()?.1.to_string();
        last.get(..letters).map(str::to_owned)
    }

    /// First and last day it may be; none without a date.
    pub fn days(self) -> Option<(Day, Day)> {
        if self.0 == 0 {
            return None;
        }
        let last = number_day(self.0 >> 2);
        let (year, month, _) = last.ymd();
        let first = match self.0 & 3 {
            0 => Some(last),
            1 => Day::from_ymd(year, month, 1),
            _ => Day::from_ymd(year, 1, 1),
        };
        Some((first.unwrap_or(last), last))
    }
}

/// A day counted from 1500-01-01, which is 1.
pub fn day_number(day: Day) -> u64 {
    u64::try_from(day.0.clamp(Day::MIN.0, Day::MAX.0) - Day::MIN.0 + 1).unwrap_or(1)
}

/// The day of a number that is not 0.
pub fn number_day(number: u64) -> Day {
    Day(i32::try_from(number).map_or(Day::MAX.0, |number| number - 1 + Day::MIN.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for text in ["1500-01-01", "1963-02", "2020", "2999-12-31"] {
            let date = Date::parse_iso(text).unwrap();
            assert_eq!(DateCode::new(Some(date)).days(), Some((date.first(), date.last())));
        }
        assert_eq!(DateCode::new(None).days(), None);
        assert!(DateCode::new(Date::parse_iso("2019")) < DateCode::new(Date::parse_iso("2020-01")));
    }
}
