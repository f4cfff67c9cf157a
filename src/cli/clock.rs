//! The clock: today and now, or the day that `--now` gives.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use morgue::date::{Date, Day};

use super::failure::Failure;

/// Today in the zone of the machine, or the day given.
pub(super) fn today(given: Option<&str>) -> Result<Day, Failure> {
    match given {
        None => {
            let date = zone().to_datetime(jiff::Timestamp::now()).date();
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

/// The zone of the machine, read once: thousands of queries of one run ask for today.
fn zone() -> &'static jiff::tz::TimeZone {
    static ZONE: OnceLock<jiff::tz::TimeZone> = OnceLock::new();
    ZONE.get_or_init(read_zone)
}

/// The zone of the machine, from the one file that says it: looking through the whole database of
/// zones, as libraries do to learn its name, takes longer than a search.
fn read_zone() -> jiff::tz::TimeZone {
    let path = match std::env::var("TZ") {
        Ok(name) if name.starts_with('/') => name,
        Ok(name) if !name.trim_start_matches(':').is_empty() => {
            format!("/usr/share/zoneinfo/{}", name.trim_start_matches(':'))
        }
        _ => "/etc/localtime".to_owned(),
    };
    let read = std::fs::read(path).ok();
    read.and_then(|bytes| jiff::tz::TimeZone::tzif("local", &bytes).ok())
        .unwrap_or(jiff::tz::TimeZone::UTC)
}

/// Now in UTC, to the second, for people.
pub(super) fn moment() -> String {
    let seconds = i64::try_from(seconds()).unwrap_or(0);
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |it| it.to_string())
}

/// Seconds since 1970.
pub(super) fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs())
}

/// How long the program has been running.
pub(super) fn running() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed()
}
