//! The time of day beside a date, and the names of zones.

use super::letters::{Number, char_at, is_figure_at, is_letter, number_at, word_end};

/// A time of day in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Hour, minute, second.
    pub(super) time: (u8, u8, u8),
    /// The zone as it is written.
    pub(super) zone: Option<String>,
}

/// Words that may stand between a date and its time.
const CLOCK_WORDS: &[&str] = &[
    "at", "um", "à", "às", "as", "a", "las", "la", "alle", "ore", "ora", "kl", "klo", "klokken",
    "в", "о", "om", "saat", "time", "jam", "pukul", "godz", "godzina", "ob", "u", "v", "la", "lúc",
    "στις", "from",
];

/// Words that follow a time and say nothing of its zone.
const HOUR_WORDS: &[&str] = &["uhr", "hrs", "hours", "hours,", "uur", "óra", "val", "น"];

/// Zones by name: what RFC 3339 writes for them. Names that mean several zones have no row.
const ZONES: &[(&str, &str)] = &[
    ("z", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("wet", "+00:00"),
    ("west", "+01:00"),
    ("bst", "+01:00"),
    ("cet", "+01:00"),
    ("mez", "+01:00"),
    ("cest", "+02:00"),
    ("mesz", "+02:00"),
    ("eet", "+02:00"),
    ("sast", "+02:00"),
    ("eest", "+03:00"),
    ("msk", "+03:00"),
    ("мск", "+03:00"),
    ("trt", "+03:00"),
    ("pkt", "+05:00"),
    ("wib", "+07:00"),
    ("hkt", "+08:00"),
    ("sgt", "+08:00"),
    ("awst", "+08:00"),
    ("jst", "+09:00"),
    ("kst", "+09:00"),
    ("aest", "+10:00"),
    ("aedt", "+11:00"),
    ("nzst", "+12:00"),
    ("nzdt", "+13:00"),
    ("brt", "-03:00"),
    ("art", "-03:00"),
    ("adt", "-03:00"),
    ("edt", "-04:00"),
    ("est", "-05:00"),
    ("cdt", "-05:00"),
    ("cst", "-06:00"),
    ("mdt", "-06:00"),
    ("mst", "-07:00"),
    ("pdt", "-07:00"),
    ("pst", "-08:00"),
];

/// Zones whose offset depends on the season or the country: recognized, with no offset.
const OPEN_ZONES: &[&str] = &["et", "ct", "mt", "pt", "ist", "bjt"];

/// The offset of a zone as RFC 3339 writes it (`Z`, `+02:00`); `None` where the name leaves it
/// open (`ET`, `IST`).
pub fn zone_offset(zone: &str) -> Option<String> {
    let name = zone.to_lowercase();
    if let Some((_, offset)) = ZONES.iter().find(|(known, _)| *known == name) {
        return Some((*offset).to_owned());
    }
    let figures = name.strip_prefix("utc").or_else(|| name.strip_prefix("gmt")).unwrap_or(&name);
    let sign = figures.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = figures.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        3 | 4 => digits.parse::<u32>().ok().map(|n| (n / 100, n % 100))?,
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

/// The time that stands at `number`, as far as it is sure to be one: `10:30`, `10h30`, `10 am`,
/// `10時30分`; a bare `10.30` only after a word that says so.
pub(super) fn clock_at(text: &str, number: Number, told: bool) -> Option<Clock> {
    if number.width > 2 || number.value > 24 {
        return None;
    }
    let (mut hour, mut minute, mut second) = (number.value as u8, 0, 0);
    let mut end = number.end;
    let mut exact = false;
    let mark = char_at(text, end)?;
    let after = end + mark.len_utf8();
    match mark {
        ':' | '：' | 'h' | 'H' | '.' => {
            match number_at(text, after).filter(|n| n.width == 2 && n.value < 60) {
                Some(minutes) => {
                    minute = minutes.value as u8;
                    end = minutes.end;
                }
                None if matches!(mark, 'h' | 'H') && !next_is_letter(text, after) => end = after,
                None => return None,
            }
            if char_at(text, end) == Some(mark) && matches!(mark, ':' | '.') {
                // `23:15:0Z`: some programs write them without a nought.
                let seconds = number_at(text, end + 1).filter(|n| n.width <= 2 && n.value <= 60);
                if let Some(seconds) = seconds {
                    exact = mark == ':';
                    second = seconds.value.min(59) as u8;
                    end = fraction_end(text, seconds.end);
                } else {
                    return None;
                }
            }
        }
        '時' | '时' | '点' | '點' | '시' => {
            end = after;
            let minutes = number_at(text, skip_space(text, end)).filter(|n| n.value < 60);
            if let Some(minutes) = minutes
                && let Some('分' | '분') = char_at(text, minutes.end)
            {
                minute = minutes.value as u8;
                end = minutes.end + 3;
            }
        }
        _ => {}
    }
    if is_figure_at(text, end) {
        return None;
    }
    let half = half_of_day(text, end);
    if let Some((noon, after)) = half {
        (1..=12).contains(&hour).then_some(())?;
        hour = hour % 12 + if noon { 12 } else { 0 };
        end = after;
    }
    let word = hour_word(text, end);
    if half.is_none() && (end == number.end || (mark == '.' && !told && word.is_none())) {
        return None;
    }
    if hour == 24 {
        return None;
    }
    end = word.unwrap_or(end);
    let zone = zone_at(text, end, exact);
    if let Some((_, after)) = &zone {
        end = *after;
    }
    let zone = zone.map(|(name, _)| name);
    Some(Clock { start: number.start, end, time: (hour, minute, second), zone })
}

/// The time that follows a date ending at `at`.
pub(super) fn clock_after(text: &str, at: usize) -> Option<Clock> {
    let mut end = at;
    let mut told = false;
    for _ in 0..3 {
        end = skip_between(text, end);
        if let Some((noon, after)) = east_asian_half(text, end) {
            let number = number_at(text, skip_space(text, after))?;
            let mut clock = clock_at(text, number, true)?;
            clock.time.0 = clock.time.0 % 12 + if noon { 12 } else { 0 };
            return Some(clock);
        }
        if let Some(number) = number_at(text, end) {
            // `2020-09-14T100000Z` and `14 Sept 1530 GMT` have no mark between hours and minutes.
            return clock_at(text, number, told).or_else(|| compact_clock(text, number));
        }
        let stop = word_end(text, end)?;
        let word = text[end..stop].to_lowercase();
        if word == "t" || CLOCK_WORDS.contains(&word.as_str()) {
            told = word != "t";
            end = stop;
        } else {
            return None;
        }
    }
    None
}

/// Whether four figures are a time (`1530 GMT`) rather than a year.
pub(super) fn is_compact_clock(text: &str, number: Number) -> bool {
    number.width == 4 && compact_clock(text, number).is_some()
}

fn compact_clock(text: &str, number: Number) -> Option<Clock> {
    let (clock, seconds) = match number.width {
        4 => (number.value, 0),
        6 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    let (hour, minute) = (clock / 100, clock % 100);
    (hour < 24 && minute < 60 && seconds < 60).then_some(())?;
    let word = hour_word(text, number.end);
    let zone = zone_at(text, word.unwrap_or(number.end), number.width == 6);
    (word.is_some() || zone.is_some()).then_some(())?;
    let end = zone.as_ref().map_or(word.unwrap_or(number.end), |(_, end)| *end);
    let time = (hour as u8, minute as u8, seconds as u8);
    Some(Clock { start: number.start, end, time, zone: zone.map(|(name, _)| name) })
}

/// The zone that follows a time ending at `at`, and its end. A figure with a sign directly after
/// `10:30` may be the end of a span of time, so it counts only after seconds or a `T`.
pub(super) fn zone_at(text: &str, at: usize, exact: bool) -> Option<(String, usize)> {
    let start = skip_space(text, at);
    let open = char_at(text, start) == Some('(');
    let start = if open { start + 1 } else { start };
    if let Some('+' | '-') = char_at(text, start) {
        let end = offset_end(text, start)?;
        let minus = char_at(text, start) == Some('-');
        return (exact || !minus || start > at).then(|| (text[start..end].to_owned(), end));
    }
    let end = word_end(text, start)?;
    let word = text[start..end].to_lowercase();
    let named = ZONES.iter().any(|(name, _)| *name == word) || OPEN_ZONES.contains(&word.as_str());
    // `10:30 est` in French and `10:30 art` are no zones: names of zones are capitals.
    let capital = text[start..end].chars().all(char::is_uppercase);
    (named && capital).then_some(())?;
    let end = match (word.as_str(), char_at(text, end)) {
        ("utc" | "gmt", Some('+' | '-')) => offset_end(text, end).unwrap_or(end),
        _ => end,
    };
    let name = text[start..end].to_owned();
    let close = open && char_at(text, end) == Some(')');
    Some((name, if close { end + 1 } else { end }))
}

/// The end of `+02:00`, `+0200` or `+2`, whose sign stands at `at`.
fn offset_end(text: &str, at: usize) -> Option<usize> {
    let hours = number_at(text, at + 1)?;
    if hours.width <= 2
        && char_at(text, hours.end) == Some(':')
        && let Some(minutes) = number_at(text, hours.end + 1).filter(|n| n.width == 2)
    {
        return zone_offset(&text[at..minutes.end]).map(|_| minutes.end);
    }
    zone_offset(&text[at..hours.end]).map(|_| hours.end)
}

/// `am` or `pm`, with or without full stops, after a time ending at `at`: whether it is after
/// noon, and where it ends.
fn half_of_day(text: &str, at: usize) -> Option<(bool, usize)> {
    let start = skip_space(text, at);
    let noon = match char_at(text, start)? {
        'a' | 'A' => false,
        'p' | 'P' => true,
        _ => return None,
    };
    let mut end = start + 1;
    let dotted = char_at(text, end) == Some('.');
    end += usize::from(dotted);
    matches!(char_at(text, end), Some('m' | 'M')).then_some(())?;
    end += 1;
    if dotted && char_at(text, end) == Some('.') {
        end += 1;
    }
    (!next_is_letter(text, end)).then_some((noon, end))
}

/// The words for the halves of the day that stand before the time in East Asia.
fn east_asian_half(text: &str, at: usize) -> Option<(bool, usize)> {
    let rest = text.get(at..)?;
    [
        ("오전", false),
        ("오후", true),
        ("午前", false),
        ("午後", true),
        ("上午", false),
        ("下午", true),
    ]
    .into_iter()
    .find(|(word, _)| rest.starts_with(word))
    .map(|(word, noon)| (noon, at + word.len()))
}

fn hour_word(text: &str, at: usize) -> Option<usize> {
    let start = skip_space(text, at);
    let end = word_end(text, start)?;
    let word = text[start..end].to_lowercase();
    HOUR_WORDS.contains(&word.as_str()).then_some(end)
}

fn fraction_end(text: &str, at: usize) -> usize {
    match char_at(text, at) {
        Some('.' | ',') => number_at(text, at + 1).map_or(at, |number| number.end),
        _ => at,
    }
}

fn next_is_letter(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(is_letter)
}

/// Steps over at most two spaces.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let mut end = at;
    for _ in 0..2 {
        match char_at(text, end) {
            Some(c) if c.is_whitespace() && c != '\n' => end += c.len_utf8(),
            _ => break,
        }
    }
    end
}

/// Steps over what separates a date from its time.
fn skip_between(text: &str, at: usize) -> usize {
    let mut end = at;
    for _ in 0..6 {
        match char_at(text, end) {
            Some(c) if c.is_whitespace() => end += c.len_utf8(),
            Some(c @ (',' | '-' | '–' | '—' | '|' | '·' | '@' | '•' | ':' | '.' | ')' | '/')) =>
            {
                end += c.len_utf8();
            }
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{Clock, clock_after, zone_offset};

    fn read(text: &str) -> Option<((u8, u8, u8), Option<String>)> {
        clock_after(text, 0).map(|Clock { time, zone, .. }| (time, zone))
    }

    #[test]
    fn times_in_many_forms() {
        for (text, time, zone) in [
            (" 10:30", (10, 30, 0), None),
            (" at 9:05 p.m. ET", (21, 5, 0), Some("ET")),
            (", 12am", (0, 0, 0), None),
            ("T23:15:0Z", (23, 15, 0), Some("Z")),
            ("T10:00:01.250+02:00", (10, 0, 1), Some("+02:00")),
            (" 10:00:00 GMT+0200 (CEST)", (10, 0, 0), Some("GMT+0200")),
            (" à 10h30", (10, 30, 0), None),
            (" um 10.30 Uhr", (10, 30, 0), None),
            (" kl. 7.15", (7, 15, 0), None),
            (" 1530 GMT", (15, 30, 0), Some("GMT")),
            ("T100000Z", (10, 0, 0), Some("Z")),
            (" 오후 3:20", (15, 20, 0), None),
            (" 10時30分", (10, 30, 0), None),
        ] {
            assert_eq!(read(text), Some((time, zone.map(str::to_owned))), "{text}");
        }
        for text in [" 10.30", " 10", " 25:00", " 10:75", " 1530", " 10 amounts", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_of_time_has_no_zone() {
        assert_eq!(read(" 10:00-11:00"), Some(((10, 0, 0), None)));
        assert_eq!(read(" 10:30 est arrivé"), Some(((10, 30, 0), None)));
    }

    #[test]
    fn offsets() {
        for (zone, offset) in [
            ("CET", Some("+01:00")),
            ("Z", Some("Z")),
            ("+0200", Some("+02:00")),
            ("UTC+2", Some("+02:00")),
            ("-0430", Some("-04:30")),
            ("ET", None),
            ("+9900", None),
            ("", None),
        ] {
            assert_eq!(zone_offset(zone).as_deref(), offset, "{zone}");
        }
    }
}
