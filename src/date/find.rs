//! A running text to the dates in it, in words and figures.

use super::clock::{self, Clock};
use super::day::{Day, days_in_month};
use super::languages::FigureOrder;
use super::letters::{
    Gap, Number, char_at, char_before, gap_backward, gap_forward, is_figure_before, is_letter,
    next_figure, number_at, word_end, word_start,
};
use super::lexicon::{self, Row};
use super::{east_asia, figures, words};
use std::ops::Range;

/// A date found in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes, with its weekday and time.
    pub span: Range<usize>,
    /// The year, if it is written there.
    pub year: Option<i32>,
    /// 1 to 12; 0 where only a year is written (`2020年`).
    pub month: u8,
    /// The day of the month.
    pub day: Option<u8>,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: Option<u8>,
    /// Hour, minute, second.
    pub time: Option<(u8, u8, u8)>,
    /// The zone as it is written: `CET`, `+0200`.
    pub zone: Option<String>,
    /// Month and day of the other reading, where figures such as 03/04/2020 have two and the
    /// language decided.
    pub swapped: Option<(u8, u8)>,
}

/// Every date in `text`, from left to right; `language` (ISO 639-1, a region as in `en-GB` may
/// follow) decides the order of day and
/// month where figures leave it open, and between readings of a word.
pub fn find_dates(text: &str, language: Option<&str>) -> Vec<Found> {
    let mut found = find_written(text, language);
    found.retain(exists);
    found
}

/// What is written as a date, whether or not the calendar has such a day (31 June).
pub(super) fn find_written(text: &str, language: Option<&str>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    let Some(first) = next_figure(text, at) else { return found };
    let row = language.and_then(lexicon::row_of);
    let thai = row.is_some() && row == lexicon::row_of("th");
    let mut page = Page { text, row, order: lexicon::order_of(row, language), thai, floor: 0 };
    let mut time_before = None;
    let mut next = Some(first);
    while let Some(number) = next.and_then(|start| number_at(text, start)) {
        at = number.end;
        if let Some(parts) = read(&page, number) {
            let date = complete(&page, &parts, time_before.take());
            at = date.span.end.max(number.end);
            page.floor = at;
            found.push(date);
        } else if let Some(clock) = clock::clock_at(text, number, false) {
            at = clock.end;
            time_before = Some(clock);
        }
        next = next_figure(text, at);
    }
    found
}

/// The text that is read, and what holds for all of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) row: Option<Row>,
    pub(super) order: FigureOrder,
    thai: bool,
    /// What stands before this place belongs to an earlier date.
    pub(super) floor: usize,
}

impl Page<'_> {
    /// A year as the Gregorian calendar counts it: Thai texts count from the Buddha's death.
    pub(super) fn common_year(&self, year: i32, thai: bool) -> i32 {
        if (self.thai || thai) && (2400..2700).contains(&year) { year - 543 } else { year }
    }
}

/// The parts of a date, before its weekday and time are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) year: Option<i32>,
    pub(super) month: u8,
    pub(super) day: Option<u8>,
    pub(super) swapped: Option<(u8, u8)>,
}

fn read(page: &Page<'_>, number: Number) -> Option<Parts> {
    if !stands_alone(page.text, number.start) || !matches!(number.width, 1 | 2 | 3 | 4 | 8 | 14) {
        return None;
    }
    figures::read(page, number)
        .or_else(|| east_asia::read(page, number))
        .or_else(|| words::read(page, number))
}

/// Whether a number begins here: not inside a word, behind a decimal point or a currency sign.
fn stands_alone(text: &str, start: usize) -> bool {
    match char_before(text, start) {
        None => true,
        Some('$' | '€' | '£' | '¥' | '#' | '№' | '+' | '&') => false,
        Some('.' | ',' | ':' | '\u{66b}') => !is_figure_before(text, start - 1),
        Some(c) => !is_letter(c) || !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase(),
    }
}

/// Adds weekday and time to the parts of a date.
fn complete(page: &Page<'_>, parts: &Parts, time_before: Option<Clock>) -> Found {
    let text = page.text;
    let mut found = Found {
        span: parts.start..parts.end,
        year: parts.year,
        month: parts.month,
        day: parts.day,
        weekday: None,
        time: None,
        zone: None,
        swapped: parts.swapped,
    };
    if let Some((day, start)) = weekday_before(page, parts.start) {
        found.weekday = Some(day);
        found.span.start = start;
    }
    let after = weekday_after(page, parts.end);
    if let Some((day, end)) = after.filter(|_| found.weekday.is_none()) {
        found.weekday = Some(day);
        found.span.end = end;
    }
    if parts.day.is_some() {
        add_time(page, &mut found, time_before);
    }
    if found.year.is_none() {
        // `Mon Sep 14 10:30:00 CET 2020`
        let at = gap_forward(text, found.span.end, &mut Gap::default());
        let year = number_at(text, at).filter(|_| found.time.is_some());
        if let Some(number) = year.filter(|n| !clock::is_compact_clock(text, *n))
            && let Some(year) = number.year()
        {
            found.year = Some(year);
            found.span.end = number.end;
        }
    }
    settle_order(&mut found);
    found
}

fn add_time(page: &Page<'_>, found: &mut Found, time_before: Option<Clock>) {
    let clock = clock::clock_after(page.text, found.span.end).or_else(|| {
        let clock = time_before?;
        let between = page.text.get(clock.end..found.span.start)?;
        let close = between.len() <= 12 && !between.contains(|c: char| c.is_ascii_digit());
        close.then_some(clock)
    });
    if let Some(clock) = clock {
        found.span = found.span.start.min(clock.start)..found.span.end.max(clock.end);
        found.time = Some(clock.time);
        found.zone = clock.zone;
    }
}

/// A weekday settles which of two numbers is the month, if it fits one reading alone.
fn settle_order(found: &mut Found) {
    let (Some(year), Some(day), Some(weekday)) = (found.year, found.day, found.weekday) else {
        return;
    };
    let Some((other_month, other_day)) = found.swapped else { return };
    let fits = |month, day| Day::from_ymd(year, month, day).is_some_and(|d| d.weekday() == weekday);
    match (fits(found.month, day), fits(other_month, other_day)) {
        (true, false) => found.swapped = None,
        (false, true) => {
            (found.month, found.day, found.swapped) = (other_month, Some(other_day), None);
        }
        (true, true) | (false, false) => {}
    }
}

/// The weekday before a date, and where it begins.
pub(super) fn weekday_before(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    let text = page.text;
    let (end, gap) = words::backward(text, at, page.floor);
    let start = word_start(text, end).filter(|start| *start >= page.floor && end < at)?;
    let word = &text[start..end];
    let set_off = gap.dot || gap.comma || gap.bracket;
    // Two letters are a weekday only where something sets them off: `Mo, 14. September`.
    let short = word.chars().count() <= 2 && !set_off;
    if let Some(day) = lexicon::weekday(word, page.row).filter(|_| !short) {
        return Some((day, start));
    }
    let first_end = gap_backward(text, start, &mut Gap::default());
    let first = word_start(text, first_end).filter(|first| *first >= page.floor)?;
    if &text[first_end..start] == "-" {
        // `segunda-feira`
        return lexicon::weekday(&text[first..end], page.row).map(|day| (day, first));
    }
    lexicon::begins_pair(&text[first..first_end]).then_some(())?;
    let pair = format!("{} {word}", &text[first..first_end]);
    lexicon::weekday(&pair, page.row).map(|day| (day, first))
}

/// The weekday after a date, and where it ends; only full names.
fn weekday_after(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    if let Some(found) = east_asia::weekday_after(page.text, at) {
        return Some(found);
    }
    let mut gap = Gap::default();
    let start = gap_forward(page.text, at, &mut gap);
    let end = word_end(page.text, start)?;
    let word = &page.text[start..end];
    let stop = gap.dot || gap.mark.is_some() || gap.breaks > 0;
    if stop || word.chars().count() <= 3 {
        return None;
    }
    let day = lexicon::weekday(word, page.row)?;
    let closed = gap.bracket && matches!(char_at(page.text, end), Some(')'));
    Some((day, end + usize::from(closed)))
}

fn exists(found: &Found) -> bool {
    let Some(day) = found.day else { return true };
    // Without a year 29 February may exist.
    day <= days_in_month(found.year.unwrap_or(2000), found.month)
}
