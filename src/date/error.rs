//! Why what was typed as a date is none, and what to type instead.

use super::Date;

/// Why a text is not read as a date or a range of dates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed, or only the two dots of a range.
    #[error("no date is given")]
    Empty,
    /// Not a form that is known.
    #[error("`{0}` is not a date")]
    NotADate(String),
    /// A year outside 1500 to 2999.
    #[error("`{0}` is not in the years 1500 to 2999")]
    OutOfYears(String),
    /// The month or the day does not exist.
    #[error("`{0}` is not in the calendar")]
    NoSuchDay(String),
    /// Day and month alone.
    #[error("`{0}` has no year")]
    NoYear(String),
    /// Two readings, and nothing decides between them.
    #[error("`{text}` may be {} or {}", readings.0, readings.1)]
    Ambiguous {
        /// What was typed.
        text: String,
        /// Both readings, the earlier first.
        readings: (Date, Date),
    },
    /// The end of a range lies before its beginning.
    #[error("`{text}` ends before it starts")]
    Reversed {
        /// What was typed.
        text: String,
        /// The same range the other way round.
        turned: String,
    },
}

impl DateError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => "write a date such as 2020, 2020-09 or 2020-09-14".to_owned(),
            Self::NotADate(_) => "dates are written 2020, 2020-09, 2020-09-14, \
                                  2020-03..2020-06, yesterday or \"last 3 months\""
                .to_owned(),
            Self::OutOfYears(_) => "years from 1500 to 2999 can be searched".to_owned(),
            Self::NoSuchDay(_) => "check the month and the day".to_owned(),
            Self::NoYear(text) => format!("add the year, as in \"{text} 2020\""),
            Self::Ambiguous { readings, .. } => {
                format!("write {} or {}", readings.0, readings.1)
            }
            Self::Reversed { turned, .. } => format!("write {turned}"),
        }
    }
}
