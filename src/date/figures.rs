//! Dates in figures alone: `2020-09-14`, `14.09.2020`, `09/14/2020`, `20200914`, and `14.9.` where
//! the word before says that it is one.

use super::find::{Page, Parts, weekday_before};
use super::languages::FigureOrder;
use super::letters::{
    Number, char_at, char_before, is_figure_at, is_figure_before, is_letter, number_at, word_start,
};
use super::lexicon;
use super::words::{backward, century};

/// Reads the date in figures that begins with `number`.
pub(super) fn read(page: &Page<'_>, number: Number) -> Option<Parts> {
    if number.width == 8 || number.width == 14 {
        return compact(page.text, number);
    }
    let (mark, second) = next_number(page.text, number.end, None)?;
    let Some((_, third)) = next_number(page.text, second.end, Some(mark)) else {
        return if mark.sign == '|' { None } else { without_year(page, number, mark, second) };
    };
    let longer = char_at(page.text, third.end) == Some(mark.sign)
        && mark.sign == '.'
        && is_figure_at(page.text, third.end + 1);
    let inner = char_before(page.text, number.start).is_some_and(|c| c == '-' || c == '/')
        && is_figure_before(page.text, number.start - 1);
    if longer || inner && number.width < 4 {
        return None;
    }
    match number.year() {
        Some(year) => year_first(page, number, year, second, third),
        None => year_last(page, number, mark, second, third),
    }
}

/// What separates the figures of one date: the same sign twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    sign: char,
    space: bool,
}

/// The number that follows at `at` behind a mark; a space may stand after a full stop and around a
/// stroke.
fn next_number(text: &str, at: usize, wanted: Option<Mark>) -> Option<(Mark, Number)> {
    let before = space(text, at);
    let sign =
        char_at(text, at + before).filter(|c| matches!(c, '-' | '/' | '.' | '|' | '‑' | '．'))?;
    let sign_end = at + before + sign.len_utf8();
    let after = space(text, sign_end);
    let fits = match sign {
        '.' => before == 0,
        '/' => (before > 0) == (after > 0),
        // `26 | 01 | 2022`, but no row of a table.
        '|' => before > 0 && after > 0,
        _ => before + after == 0,
    };
    let mark = Mark { sign, space: after > 0 };
    let number = number_at(text, sign_end + after)?;
    (fits && wanted.is_none_or(|wanted| wanted == mark)).then_some((mark, number))
}

/// The length of the one space, of whatever width, that may stand at `at`.
fn space(text: &str, at: usize) -> usize {
    char_at(text, at).filter(|c| c.is_whitespace() && *c != '\n').map_or(0, char::len_utf8)
}

fn year_first(
    page: &Page<'_>,
    number: Number,
    year: i32,
    month: Number,
    day: Number,
) -> Option<Parts> {
    ends(page.text, day.end).then_some(())?;
    Some(Parts {
        start: number.start,
        end: day.end,
        year: Some(page.common_year(year, false)),
        month: month.month()?,
        day: Some(day.day()?),
        swapped: None,
    })
}

fn year_last(
    page: &Page<'_>,
    first: Number,
    mark: Mark,
    second: Number,
    year: Number,
) -> Option<Parts> {
    (first.width <= 2 && second.width <= 2 && ends(page.text, year.end)).then_some(())?;
    let full = year.year().map(|year| page.common_year(year, false));
    let year_value = match full {
        Some(year) => year,
        // Two figures: versions, scores and parts of numbers look the same, so the form is strict.
        None if year.width == 2 && !mark.space => {
            let wide = first.width == 2 && second.width == 2;
            (mark.sign == '/' || mark.sign == '.' && wide).then_some(())?;
            century(year.value as i32)
        }
        None => return None,
    };
    let Order { day, month, swapped } = day_and_month(page, first, mark.sign, second)?;
    Some(Parts {
        start: first.start,
        end: year.end,
        year: Some(year_value),
        month,
        day: Some(day),
        swapped,
    })
}

/// Which number is what, and the other reading as month and day.
struct Order {
    day: u8,
    month: u8,
    swapped: Option<(u8, u8)>,
}

/// Which of two numbers is the day. Where both could be, the language decides, and the other
/// reading is kept beside; between full stops the day always stands first.
fn day_and_month(page: &Page<'_>, first: Number, sign: char, second: Number) -> Option<Order> {
    let day_first = first.day().zip(second.month());
    let month_first = second.day().zip(first.month()).filter(|_| sign != '.' && sign != '．');
    let sure = |(day, month)| Some(Order { day, month, swapped: None });
    match (day_first, month_first) {
        (Some(usual), Some(american)) if usual == american => sure(usual),
        (Some(usual), Some(american)) => {
            let ((day, month), other) = match page.order {
                FigureOrder::DayMonth => (usual, american),
                FigureOrder::MonthDay => (american, usual),
            };
            Some(Order { day, month, swapped: Some((other.1, other.0)) })
        }
        (Some(only), None) | (None, Some(only)) => sure(only),
        (None, None) => None,
    }
}

/// `am 14.9.`, `ngày 14/9`, `Monday 9/14`: only after a word that says so.
fn without_year(page: &Page<'_>, first: Number, mark: Mark, second: Number) -> Option<Parts> {
    let (cue_end, gap) = backward(page.text, first.start, page.floor);
    let cue = cue_before(page.text, first.start);
    let weekday = cue.is_none() && weekday_before(page, first.start).is_some();
    let stop = char_at(page.text, second.end) == Some('.');
    let told = match mark.sign {
        '.' => !mark.space && stop && (weekday || cue == Some('.')),
        '/' => !mark.space && (weekday || cue == Some('/')),
        _ => false,
    };
    let end = second.end + usize::from(stop && mark.sign == '.');
    if !told || gap.breaks > 0 || cue_end == first.start || !ends(page.text, end) {
        return None;
    }
    let Order { day, month, swapped } = day_and_month(page, first, mark.sign, second)?;
    Some(Parts { start: first.start, end, year: None, month, day: Some(day), swapped })
}

fn cue_before(text: &str, at: usize) -> Option<char> {
    let end = at.checked_sub(1).filter(|_| char_before(text, at) == Some(' '))?;
    let start = word_start(text, end)?;
    lexicon::cue(&text[start..end])
}

/// `20200914` and `20200914103000`, between 1900 and 2099 and standing alone.
fn compact(text: &str, number: Number) -> Option<Parts> {
    let date = if number.width == 14 { number.value / 1_000_000 } else { number.value };
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let joined = |c: Option<char>| c.is_some_and(|c| is_letter(c) && c != 'T' && c != 'Z');
    let alone = !joined(char_before(text, number.start)) && !joined(char_at(text, number.end));
    let right =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (alone && right).then_some(Parts {
        start: number.start,
        end: number.end,
        year: Some(year as i32),
        month: month as u8,
        day: Some(day as u8),
        swapped: None,
    })
}

/// Whether a date may end here: no figure follows, and no Latin letter but the `T` of a time.
fn ends(text: &str, at: usize) -> bool {
    match char_at(text, at) {
        Some('T' | 't') => is_figure_at(text, at + 1),
        Some(c) => !c.is_ascii_alphabetic() && !is_figure_at(text, at),
        None => true,
    }
}
