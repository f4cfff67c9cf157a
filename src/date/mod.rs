//! Text to dates and ranges of days: calendar days, dates known in part, what queries say about
//! dates, and the dates of running texts and metadata; pure, with the clock as an argument.
//!
//! | what comes | what reads it |
//! |---|---|
//! | `since:"last month"` in a query | [`read_range`], [`apply`] |
//! | a paragraph, a dateline, a folder's name | [`find_dates`] |
//! | `datePublished` of a page, `<DATE>` of a record | [`read_timestamp`] |
//!
//! Adding a language is a row in `languages`.

mod asked;
mod clock;
mod day;
mod east_asia;
mod error;
mod figures;
mod find;
mod languages;
mod letters;
mod lexicon;
mod periods;
mod range;
mod timestamp;
mod words;

pub use asked::read_range;
pub use clock::zone_offset;
pub use day::{Date, Day, Precision, days_in_month};
pub use error::DateError;
pub use find::{Found, find_dates};
pub use periods::{Period, Step};
pub use range::{DayRange, RangeUse, apply};
pub use timestamp::{Timestamp, read_timestamp};

#[cfg(test)]
mod tests;
