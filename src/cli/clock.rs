//! The clock: today and now, or the day that `--now` gives.

use std::time::{SystemTime, UNIX_EPOCH};

use morgue::date::{Date, Day};

use super::failure::Failure;

/// Today in the zone of the machine, or the day given.
pub(super) fn today(given: Option<&str>) -> Result<Day, Failure> {
    match given {
        None => {
            let date = jiff::ZonedDateTime::now().date();
            let unsigned = |it: i8| u8::try_from(it).unwrap_or(1);
            let day =
                Day::from_ymd(date.year().into(), unsigned(date.month()), unsigned(date.day()));
            Ok(day.unwrap_or(Day::MAX))
        }
        Some(text) => Date::parse_iso(text).map(Date::last).ok_or_else(|| {
            Failure::question(
                anyhow::anyhow!("`{text}` is no day"),
                "write it like `--now 2026-11-23`",
            )
        }),
    }
}

/// Seconds since 1970.
pub(super) fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs())
}
