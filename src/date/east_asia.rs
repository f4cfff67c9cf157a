//! Dates with units behind the figures: `2020年9月14日`, `9월 14일`, `令和2年9月14日`.

use super::clock::skip_space;
use super::find::{Page, Parts};
use super::letters::{Number, char_at, number_at};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Day,
}

/// The years before the first of an era of the Japanese calendar.
const ERAS: &[(&str, i32)] = &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911)];

/// Names of the days of the week as they stand after a date, Monday first; the brackets or the
/// word around a single sign are required.
const WEEKDAYS: &[&[&str]] = &[
    &["(月)", "（月）", "月曜", "星期一", "周一", "週一", "(一)", "（一）", "월요일", "(월)"],
    &["(火)", "（火）", "火曜", "星期二", "周二", "週二", "(二)", "（二）", "화요일", "(화)"],
    &["(水)", "（水）", "水曜", "星期三", "周三", "週三", "(三)", "（三）", "수요일", "(수)"],
    &["(木)", "（木）", "木曜", "星期四", "周四", "週四", "(四)", "（四）", "목요일", "(목)"],
    &["(金)", "（金）", "金曜", "星期五", "周五", "週五", "(五)", "（五）", "금요일", "(금)"],
    &["(土)", "（土）", "土曜", "星期六", "周六", "週六", "(六)", "（六）", "토요일", "(토)"],
    &["(日)", "（日）", "日曜", "星期日", "周日", "週日", "星期天", "일요일", "(일)"],
];

/// Reads the date that begins with `number` and its unit.
pub(super) fn read(page: &Page<'_>, number: Number) -> Option<Parts> {
    let text = page.text;
    match unit_after(text, number.end)? {
        (Unit::Year, end) => {
            let (year, start) = year_of(text, number)?;
            let month = number_at(text, skip_space(text, end)).and_then(|month| {
                let (Unit::Month, end) = unit_after(text, month.end)? else { return None };
                Some((month.month()?, end))
            });
            let Some((month, month_end)) = month else {
                return Some(parts(start, end, Some(year), 0, None));
            };
            let day = day_at(text, month_end);
            let end = day.map_or(month_end, |(_, end)| end);
            Some(parts(start, end, Some(year), month, day.map(|(day, _)| day)))
        }
        (Unit::Month, end) => {
            let (day, end) = day_at(text, end)?;
            Some(parts(number.start, end, None, number.month()?, Some(day)))
        }
        (Unit::Day, _) => None,
    }
}

/// The weekday that stands after a date ending at `at`, and its end.
pub(super) fn weekday_after(text: &str, at: usize) -> Option<(u8, usize)> {
    let start = skip_space(text, at);
    let rest = text.get(start..)?;
    // All these names begin with a bracket or outside the alphabets.
    rest.bytes().next().filter(|b| *b == b'(' || *b >= 0xe3)?;
    (0..).zip(WEEKDAYS).find_map(|(day, names)| {
        let name = names.iter().find(|name| rest.starts_with(**name))?;
        Some((day, start + name.len()))
    })
}

fn parts(start: usize, end: usize, year: Option<i32>, month: u8, day: Option<u8>) -> Parts {
    Parts { start, end, year, month, day, swapped: None }
}

/// A year of four figures, or one of an era, whose name stands before it.
fn year_of(text: &str, number: Number) -> Option<(i32, usize)> {
    if let Some(year) = number.year() {
        return Some((year, number.start));
    }
    let before = text.get(..number.start)?;
    let (name, offset) = ERAS.iter().find(|(name, _)| before.ends_with(name))?;
    (number.width <= 3).then_some((offset + number.value as i32, number.start - name.len()))
}

fn day_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let number = number_at(text, skip_space(text, at))?;
    let (Unit::Day, end) = unit_after(text, number.end)? else { return None };
    Some((number.day()?, end))
}

fn unit_after(text: &str, at: usize) -> Option<(Unit, usize)> {
    let start = skip_space(text, at);
    let sign = char_at(text, start)?;
    let unit = match sign {
        '年' | '년' => Unit::Year,
        '月' | '월' => Unit::Month,
        '日' | '일' | '号' | '號' => Unit::Day,
        _ => return None,
    };
    Some((unit, start + sign.len_utf8()))
}
