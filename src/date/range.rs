//! Ranges of days, and what `since`, `until`, `before` and `after` make of them.

use super::{Date, Day};
use std::fmt;

/// The days that a query asks for; both ends belong to it, `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DayRange {
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// The words that stand before a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RangeUse {
    /// `date:`, `--on`: the days themselves.
    On,
    /// From the first of the days on.
    Since,
    /// Up to the last of the days.
    Until,
    /// Up to the day before the first.
    Before,
    /// From the day after the last on.
    After,
}

/// The days that are asked for by `before:2020` and the like. What lies before an open beginning,
/// or after an open end, is no day at all: such a range is empty.
pub fn apply(use_: RangeUse, range: DayRange) -> DayRange {
    match use_ {
        RangeUse::On => range,
        RangeUse::Since => DayRange { first: range.first, last: None },
        RangeUse::Until => DayRange { first: None, last: range.last },
        RangeUse::Before => {
            let first = range.first.unwrap_or(Day::MIN);
            DayRange { first: None, last: Some(Day(first.0.saturating_sub(1))) }
        }
        RangeUse::After => {
            let last = range.last.unwrap_or(Day::MAX);
            DayRange { first: Some(Day(last.0.saturating_add(1))), last: None }
        }
    }
}

impl DayRange {
    /// Both ends given.
    pub fn between(first: Day, last: Day) -> Self {
        Self { first: Some(first), last: Some(last) }
    }

    /// One day.
    pub fn single(day: Day) -> Self {
        Self::between(day, day)
    }

    /// Whether a date lies inside with all the days it may be.
    pub fn holds(&self, date: Date) -> bool {
        self.holds_days(date.first(), date.last())
    }

    /// Whether all days from `first` to `last` lie inside.
    pub fn holds_days(&self, first: Day, last: Day) -> bool {
        self.first.is_none_or(|start| start <= first) && self.last.is_none_or(|end| last <= end)
    }

    /// Whether some day from `first` to `last` lies inside.
    pub fn touches_days(&self, first: Day, last: Day) -> bool {
        self.first.is_none_or(|start| start <= last) && self.last.is_none_or(|end| first <= end)
    }

    /// Whether no day of the calendar lies inside.
    pub fn is_empty(&self) -> bool {
        let first = self.first.unwrap_or(Day::MIN).max(Day::MIN);
        let last = self.last.unwrap_or(Day::MAX).min(Day::MAX);
        first > last
    }
}

impl From<Date> for DayRange {
    fn from(date: Date) -> Self {
        Self::between(date.first(), date.last())
    }
}

/// `2020-03-01..2020-06-30`, `..2019-12-31`, `2021-01-01..`, and one day as `2020-09-14`.
impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("no day");
        }
        if let (Some(first), Some(last)) = (self.first, self.last)
            && first == last
        {
            return write!(f, "{first}");
        }
        if let Some(first) = self.first {
            write!(f, "{first}")?;
        }
        f.write_str("..")?;
        self.last.map_or(Ok(()), |last| write!(f, "{last}"))
    }
}
