//! The names of folders and files, and addresses on the web -> the date they state.

use crate::date::Date;

/// The most exact date a path states: `2019-05-02-x.txt`, `2020/09/14/x.html`, `20200914/x`, `2020/09/x`,
/// `2021/x`. A year alone counts only as the name of a folder.
pub(super) fn in_path(path: &str) -> Option<Date> {
    let segments: Vec<&str> = path.split(['/', '\\']).filter(|it| !it.is_empty()).collect();
    in_segments(&segments)
}

/// The date an address states: only where it begins a segment of the path.
pub(super) fn in_url(url: &str) -> Option<Date> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next()?;
    let segments: Vec<&str> = path.split('/').skip(1).filter(|it| !it.is_empty()).collect();
    let whole = whole_segments(&segments);
    let day = segments.iter().rev().find_map(|segment| day_at_start(segment));
    let found = whole.filter(|it| matches!(it, Date::Day(..))).or(day).or(whole);
    // A year alone in an address is a section as often as a date.
    found.filter(|date| !matches!(date, Date::Year(_)))
}

fn in_segments(segments: &[&str]) -> Option<Date> {
    let (name, folders) = segments.split_last()?;
    let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
    let named = std::iter::once(stem).chain(folders.iter().rev().copied()).find_map(day_anywhere);
    let mut whole: Vec<&str> = folders.to_vec();
    let last_is_day = stem.len() <= 2;
    if last_is_day {
        whole.push(stem);
    }
    named.or_else(|| whole_segments(&whole)).or_else(|| month_at_start(stem))
}

/// Folders that are nothing but a year, a month, a day: `2020/09/14`, `2020-09`, `2020`.
fn whole_segments(segments: &[&str]) -> Option<Date> {
    for (at, segment) in segments.iter().enumerate().rev() {
        if let Some(month) = year_and_month(segment) {
            let day = segments.get(at + 1).and_then(|it| number(it, 2));
            return day.and_then(|day| with_day(month, day)).or(Some(month));
        }
        let Some(year) = year(segment) else { continue };
        let month = segments.get(at + 1).and_then(|it| number(it, 2));
        let Some(month) = month.and_then(|month| Date::month(year, month)) else {
            return Date::year(year);
        };
        let day = segments.get(at + 2).and_then(|it| number(it, 2));
        return day.and_then(|day| with_day(month, day)).or(Some(month));
    }
    None
}

fn with_day(month: Date, day: u8) -> Option<Date> {
    match month {
        Date::Month(year, month) => Date::day(year, month, day),
        Date::Year(_) | Date::Day(..) => None,
    }
}

/// `2020-09`, `2020_09`, `202009`.
fn year_and_month(segment: &str) -> Option<Date> {
    let (start, rest) = segment.split_at_checked(4)?;
    let month = rest.strip_prefix(['-', '_', '.']).unwrap_or(rest);
    if month.len() != 2 {
        return None;
    }
    Date::month(year(start)?, number(month, 2)?)
}

/// A month at the start of a name: `2020-09 minutes`, `2020-09`.
fn month_at_start(stem: &str) -> Option<Date> {
    let head = stem.get(..7)?;
    let closed = !stem.get(7..)?.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let month = head.get(4..5).is_some_and(|mark| matches!(mark, "-" | "_" | "."));
    if closed && month { year_and_month(head) } else { None }
}

fn day_at_start(segment: &str) -> Option<Date> {
    day_at(segment, 0)
}

/// A full date anywhere in a name, apart from other figures.
fn day_anywhere(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len()).filter(|at| starts_number(bytes, *at)).find_map(|at| day_at(name, at))
}

fn starts_number(bytes: &[u8], at: usize) -> bool {
    let figure = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    figure(at) && !(at > 0 && figure(at - 1))
}

/// `2019-05-02`, `2019_05_02`, `2019.05.02`, `20190502`, `2019-5-2` at this place.
fn day_at(name: &str, at: usize) -> Option<Date> {
    let rest = name.get(at..)?;
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    if figures == 8 || figures == 14 {
        let (year_, month, day) = (rest.get(..4)?, rest.get(4..6)?, rest.get(6..8)?);
        return Date::day(year(year_)?, number(month, 2)?, number(day, 2)?);
    }
    if figures != 4 {
        return None;
    }
    let mark = rest.get(4..5).filter(|mark| matches!(*mark, "-" | "_" | "." | "/"))?;
    let mut parts = rest.get(5..)?.splitn(2, mark);
    let month = number(parts.next()?, 2)?;
    let day = parts.next()?;
    let digits = day.bytes().take_while(u8::is_ascii_digit).count();
    // `2019-05-02T10` and `2019-05-021` are not the same.
    let day = number(day.get(..digits)?, 2)?;
    Date::day(year(rest.get(..4)?)?, month, day)
}

fn year(text: &str) -> Option<i32> {
    let right = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = right.then(|| text.parse().ok())??;
    (1600..=2100).contains(&year).then_some(year)
}

fn number(text: &str, longest: usize) -> Option<u8> {
    let right = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    right.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::{in_path, in_url};

    #[test]
    fn paths_state_dates() {
        for (path, date) in [
            ("2019-05-02-orchard.txt", Some("2019-05-02")),
            ("a/2020/09/14/x.html", Some("2020-09-14")),
            ("20200914.txt", Some("2020-09-14")),
            ("x_2020_09_14_y.txt", Some("2020-09-14")),
            ("2021-03-14/flash.txt", Some("2021-03-14")),
            ("2020-09/14.txt", Some("2020-09-14")),
            ("meridian/2020/09/karsanda.txt", Some("2020-09")),
            ("2020-09/x.txt", Some("2020-09")),
            ("202009/x.txt", Some("2020-09")),
            ("2021/x.txt", Some("2021")),
            ("2020-09 minutes.txt", Some("2020-09")),
            ("2021/2020-05-04-x.txt", Some("2020-05-04")),
            ("2021.txt", None),
            ("0000.html", None),
            ("x/120200914.txt", None),
            ("2021-13-14.txt", None),
            ("9999/x.txt", None),
            ("", None),
        ] {
            assert_eq!(in_path(path).map(|it| it.to_string()).as_deref(), date, "{path}");
        }
    }

    #[test]
    fn addresses_state_dates() {
        for (url, date) in [
            ("https://example.org/2020/09/14/sochi", Some("2020-09-14")),
            ("https://example.org/news/20200914-sochi", Some("2020-09-14")),
            ("https://example.org/news/2020-09-14-sochi.html", Some("2020-09-14")),
            ("https://example.org/news/2020/09/sochi", Some("2020-09")),
            ("https://example.org/news/sochi-2020-09-14", None),
            ("https://example.org/2020/sochi", None),
            ("https://example.org/a?d=2020-09-14", None),
            ("https://example.org", None),
        ] {
            assert_eq!(in_url(url).map(|it| it.to_string()).as_deref(), date, "{url}");
        }
    }
}
