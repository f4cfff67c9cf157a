//! The calendar in steps: days, weeks from Monday, months, quarters, years and decades, one after the other.

use super::Day;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years: `1980s`.
    Decade,
}

/// Days that belong together; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

/// A step, its name, and how many of them can be looked at together.
const STEPS: [(Step, &str, i32); 6] = [
    (Step::Day, "day", 45),
    (Step::Week, "week", 53),
    (Step::Month, "month", 36),
    (Step::Quarter, "quarter", 40),
    (Step::Year, "year", 60),
    (Step::Decade, "decade", i32::MAX),
];

impl Step {
    /// Its name.
    pub fn name(self) -> &'static str {
        STEPS.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// The shortest step of which not too many lie between two days.
    pub fn between(first: Day, last: Day) -> Self {
        let days = last.0.saturating_sub(first.0);
        let fits = |it: &&(Self, &str, i32)| days / it.0.days() < it.2;
        STEPS.iter().find(fits).map_or(Self::Decade, |it| it.0)
    }

    /// About how many days it has.
    fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 91,
            Self::Year => 365,
            Self::Decade => 3652,
        }
    }

    /// The period that a day lies in.
    pub fn period(self, day: Day) -> Period {
        let (year, month, _) = day.ymd();
        let months = |year: i32, month: u8, count: i32| {
            let first = Day::from_ymd(year.max(Day::FIRST_YEAR), month, 1).unwrap_or(Day::MIN);
            let next = first.plus_months(count);
            // The last month of the calendar has none after it.
            let last = if next == Day::MAX { Day::MAX } else { next.plus_days(-1) };
            Period { first, last }
        };
        match self {
            Self::Day => Period { first: day, last: day },
            Self::Week => {
                let first = day.plus_days(-i32::from(day.weekday()));
                Period { first, last: first.plus_days(6) }
            }
            Self::Month => months(year, month, 1),
            Self::Quarter => months(year, (month - 1) / 3 * 3 + 1, 3),
            Self::Year => months(year, 1, 12),
            Self::Decade => months(year / 10 * 10, 1, 120),
        }
    }

    /// The period after this one, if the calendar goes on.
    pub fn next(self, period: Period) -> Option<Period> {
        (period.last < Day::MAX).then(|| self.period(period.last.plus_days(1)))
    }

    /// `1987-03-02`, `1987-W10`, `1987-03`, `1987-Q1`, `1987`, `1980s`.
    pub fn label(self, period: Period) -> String {
        let (year, month, _) = period.first.ymd();
        match self {
            Self::Day => period.first.to_string(),
            Self::Week => {
                // The year of a week is that of its Thursday.
                let thursday = period.first.plus_days(3);
                let year = thursday.ymd().0;
                let new_year = Day::from_ymd(year, 1, 1).unwrap_or(thursday);
                format!("{year:04}-W{:02}", (thursday.0 - new_year.0) / 7 + 1)
            }
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Self::Year => format!("{year:04}"),
            Self::Decade => format!("{year:04}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_ends() {
        let day = Day::from_ymd(1987, 3, 4).unwrap();
        for (step, label, first, last) in [
            (Step::Day, "1987-03-04", "1987-03-04", "1987-03-04"),
            (Step::Week, "1987-W10", "1987-03-02", "1987-03-08"),
            (Step::Month, "1987-03", "1987-03-01", "1987-03-31"),
            (Step::Quarter, "1987-Q1", "1987-01-01", "1987-03-31"),
            (Step::Year, "1987", "1987-01-01", "1987-12-31"),
            (Step::Decade, "1980s", "1980-01-01", "1989-12-31"),
        ] {
            let period = step.period(day);
            assert_eq!(step.label(period), label);
            assert_eq!(
                (period.first.to_string(), period.last.to_string()),
                (first.into(), last.into())
            );
        }
        let new_year = Step::Week.period(Day::from_ymd(2021, 1, 1).unwrap());
        assert_eq!(Step::Week.label(new_year), "2020-W53");
    }

    #[test]
    fn no_day_is_left_out_and_the_end_is_an_end() {
        for step in STEPS.map(|it| it.0) {
            let mut period = step.period(Day::from_ymd(2999, 6, 1).unwrap());
            while let Some(next) = step.next(period) {
                assert_eq!(next.first, period.last.plus_days(1), "{step:?}");
                period = next;
            }
            assert_eq!(step.period(Day::MAX).last, Day::MAX);
        }
    }
}
