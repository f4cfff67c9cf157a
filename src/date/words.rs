//! Dates with the month in words: `14 September 2020`, `Sept. 14`, `2020. szeptember 14`.

use super::clock::is_compact_clock;
use super::find::{Page, Parts, weekday_before};
use super::letters::{
    Gap, Number, char_at, char_before, ends_clean, gap_backward, gap_forward, is_figure_before,
    is_letter, number_at, word_end, word_start,
};
use super::lexicon::{self, MonthWord};

/// How many filler words may follow one another.
const FILLERS: usize = 3;

/// A month in words and where it stands.
#[derive(Debug, Clone, Copy)]
struct MonthPlace {
    start: usize,
    end: usize,
    word: MonthWord,
}

/// Reads the date with a month in words to which `number` belongs.
pub(super) fn read(page: &Page<'_>, number: Number) -> Option<Parts> {
    if let Some(year) = number.year() {
        return month_and_year(page, number, year).or_else(|| year_first(page, number, year));
    }
    match month_first(page, number) {
        // `in September, 14 October`: a comma after the month separates more than it joins.
        Some((parts, true)) => day_first(page, number).or(Some(parts)),
        Some((parts, false)) => Some(parts),
        None => day_first(page, number),
    }
}

/// `14 September 2020`, `14th of September`, `14.-16. September`, `14 tháng 9`.
fn day_first(page: &Page<'_>, number: Number) -> Option<Parts> {
    let day = number.day()?;
    let stroke = char_before(page.text, number.start) == Some('/');
    if stroke && is_figure_before(page.text, number.start - 1) {
        // The lower half of a fraction.
        return None;
    }
    let after = range_end(page.text, ordinal_end(page.text, number.end), day);
    let (at, gap) = forward(page.text, after);
    let month = month_at(page, at)?;
    if gap.comma || gap.bracket || gap.apostrophe && !gap.filler {
        return None;
    }
    let year = year_after(page, month, gap.mark, YearPlace::AfterMonth);
    let other = || belongs_to_next(page, month, gap);
    if year.is_none() && (month.word.weak || other()) {
        return None;
    }
    let end = year.map_or(month.end, |(_, end)| end);
    Some(Parts {
        start: number.start,
        end,
        year: year.map(|(year, _)| year),
        month: month.word.month,
        day: Some(day),
        swapped: None,
    })
}

/// In `Python 3 January 13, 2020` the month belongs to the number behind it.
fn belongs_to_next(page: &Page<'_>, month: MonthPlace, before: Gap) -> bool {
    let (at, after) = forward(page.text, month.end);
    let next = number_at(page.text, at).filter(|next| next.day().is_some() && !after.comma);
    let Some(next) = next else { return false };
    let end = ordinal_end(page.text, next.end);
    let place = MonthPlace { end, ..month };
    before.breaks > after.breaks || year_after(page, place, None, YearPlace::AfterDay).is_some()
}

/// `September 14, 2020`, `tháng 9 năm 2020`; and whether a comma stands after the month.
fn month_first(page: &Page<'_>, number: Number) -> Option<(Parts, bool)> {
    let text = page.text;
    let (month, gap) = match month_before(page, number.start)? {
        Before::Month(month, gap) => (month, gap),
        Before::Numbered(start) => return numbered_month(page, start, number),
    };
    let day = number.day()?;
    if gap.dot && !month.word.short || gap.bracket || gap.apostrophe {
        return None;
    }
    let ordinal = ordinal_end(text, number.end);
    let after = range_end(text, ordinal, day);
    if ordinal == number.end && after == number.end && !ends_clean(text, number.end) {
        return None;
    }
    let place = MonthPlace { end: after, ..month };
    let year = year_after(page, place, gap.mark, YearPlace::AfterDay);
    let alone = gap.comma && weekday_before(page, month.start).is_none();
    if year.is_none() && (month.word.weak || alone) {
        return None;
    }
    let parts = Parts {
        start: month.start,
        end: year.map_or(after, |(_, end)| end),
        year: year.map(|(year, _)| year),
        month: month.word.month,
        day: Some(day),
        swapped: None,
    };
    Some((parts, gap.comma))
}

/// `tháng 9 năm 2020`, whose `tháng` begins at `start`: the number is the month.
fn numbered_month(page: &Page<'_>, start: usize, number: Number) -> Option<(Parts, bool)> {
    let word = MonthWord { month: number.month()?, weak: false, short: false, thai: false };
    let place = MonthPlace { start, end: number.end, word };
    let (year, end) = year_after(page, place, Some('/'), YearPlace::AfterMonth)?;
    Some((
        Parts { start, end, year: Some(year), month: word.month, day: None, swapped: None },
        false,
    ))
}

/// `September 2020`, `septiembre de 2020`.
fn month_and_year(page: &Page<'_>, number: Number, year: i32) -> Option<Parts> {
    let Before::Month(month, gap) = month_before(page, number.start)? else { return None };
    let stop = gap.dot && !month.word.short || gap.bracket;
    if month.word.weak || stop || !is_year_here(page.text, number) {
        return None;
    }
    Some(Parts {
        start: month.start,
        end: number.end,
        year: Some(page.common_year(year, month.word.thai)),
        month: month.word.month,
        day: None,
        swapped: None,
    })
}

/// `2020 September 14`, `2020. szeptember 14`, `2020. gada 14. septembrī`, `2020/sep/14`.
fn year_first(page: &Page<'_>, number: Number, year: i32) -> Option<Parts> {
    let text = page.text;
    let (at, gap) = forward(text, number.end);
    if gap.comma || gap.bracket || gap.is_none() {
        return None;
    }
    let found = |end, month: MonthPlace, day| Parts {
        start: number.start,
        end,
        year: Some(year),
        month: month.word.month,
        day,
        swapped: None,
    };
    if let Some(day) = number_at(text, at).filter(|_| gap.filler) {
        let (at, between) = forward(text, ordinal_end(text, day.end));
        let month = month_at(page, at)?;
        let right = !between.comma && !month.word.weak;
        return right.then_some(found(month.end, month, Some(day.day()?)));
    }
    let month = month_at(page, at)?;
    let (at, between) = forward(text, month.end);
    let apart = !between.comma && !between.bracket && !between.is_none();
    if let Some(number) =
        number_at(text, at).filter(|_| apart && (!between.dot || month.word.short))
        && let Some(day) = number.day()
    {
        let end = ordinal_end(text, number.end);
        if end > number.end || ends_clean(text, end) {
            return Some(found(end, month, Some(day)));
        }
    }
    let told = (gap.dot || gap.filler) && gap.breaks == 0 && !month.word.weak;
    told.then(|| found(month.end, month, None))
}

/// Behind what a year is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearPlace {
    /// `September 2020`.
    AfterMonth,
    /// `14, 2020`: a full stop there ends the sentence.
    AfterDay,
}

/// The year that follows a month or day, and its end. Two figures are a year after an apostrophe
/// or between the marks of `14-Sep-20`.
fn year_after(
    page: &Page<'_>,
    month: MonthPlace,
    mark: Option<char>,
    place: YearPlace,
) -> Option<(i32, usize)> {
    let (at, gap) = forward(page.text, month.end);
    let number = number_at(page.text, at)?;
    let stop = gap.dot && (place == YearPlace::AfterDay || !month.word.short) && gap.spaces > 0;
    let thai = month.word.thai;
    if gap.bracket || stop || gap.is_none() && !thai || !is_year_here(page.text, number) {
        return None;
    }
    let year = match number.year() {
        Some(year) => page.common_year(year, thai),
        None if number.width == 2 && thai => 1957 + number.value as i32,
        None if number.width == 2 && (gap.apostrophe || mark.is_some() && mark == gap.mark) => {
            century(number.value as i32)
        }
        None => return None,
    };
    Some((year, number.end))
}

/// The year of two figures.
pub(super) fn century(figures: i32) -> i32 {
    if figures < 50 { 2000 + figures } else { 1900 + figures }
}

/// Whether a number can be a year by what surrounds it: not 2,000, not 1530 GMT.
fn is_year_here(text: &str, number: Number) -> bool {
    let letters = char_at(text, number.end).is_some_and(is_letter);
    // `2020년`, `2020г.`: letters of other scripts may stand close.
    let close = letters && !char_at(text, number.end).is_some_and(|c| c.is_ascii_alphabetic());
    // In `April 28, 2023 GMT` the comma says that it is a year all the same.
    let year = before_comma(text, number.start) && (1900..2100).contains(&number.value);
    (ends_clean(text, number.end) || close) && (year || !is_compact_clock(text, number))
}

/// Whether a day and a comma stand before: `28, `.
fn before_comma(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|it| {
        it.strip_suffix(", ").is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Steps forward over spaces, punctuation and filler words.
fn forward(text: &str, at: usize) -> (usize, Gap) {
    let mut gap = Gap::default();
    let mut end = gap_forward(text, at, &mut gap);
    for _ in 0..FILLERS {
        let Some(stop) = word_end(text, end) else { break };
        if !lexicon::is_filler(&text[end..stop]) {
            break;
        }
        gap.filler = true;
        end = gap_forward(text, stop, &mut gap);
    }
    (end, gap)
}

/// Steps backward over spaces, punctuation and filler words.
pub(super) fn backward(text: &str, at: usize, floor: usize) -> (usize, Gap) {
    let mut gap = Gap::default();
    let mut start = gap_backward(text, at, &mut gap);
    for _ in 0..FILLERS {
        let Some(begin) = word_start(text, start).filter(|begin| *begin >= floor) else { break };
        if !lexicon::is_filler(&text[begin..start]) {
            break;
        }
        gap.filler = true;
        start = gap_backward(text, begin, &mut gap);
    }
    (start, gap)
}

/// The month whose name begins at `at`, in one word or two, or as `tháng 9`.
fn month_at(page: &Page<'_>, at: usize) -> Option<MonthPlace> {
    let text = page.text;
    let end = word_end(text, at)?;
    let word = &text[at..end];
    if lexicon::begins_pair(word) {
        if let Some(number) = number_at(text, gap_forward(text, end, &mut Gap::default())) {
            let month = number.month().filter(|_| is_numbering(word))?;
            let word = MonthWord { month, weak: false, short: false, thai: false };
            return Some(MonthPlace { start: at, end: number.end, word });
        }
        let second = gap_forward(text, end, &mut Gap::default());
        if let Some(stop) = word_end(text, second) {
            let third = gap_forward(text, stop, &mut Gap::default());
            let longer = word_end(text, third).map(|end| (third, end));
            let pair = format!("{word} {}", &text[second..stop]);
            let triple = longer.and_then(|(from, to)| {
                let found = lexicon::month(&format!("{pair} {}", &text[from..to]), page.row)?;
                Some(MonthPlace { start: at, end: to, word: found })
            });
            let double = || {
                let found = lexicon::month(&pair, page.row)?;
                Some(MonthPlace { start: at, end: stop, word: found })
            };
            if let Some(found) = triple.or_else(double) {
                return Some(found);
            }
        }
    }
    let found = lexicon::month(word, page.row)?;
    Some(MonthPlace { start: at, end: second_name_end(page, end, found), word: found })
}

/// `سبتمبر/ أيلول`: some papers write a month by both of its names.
fn second_name_end(page: &Page<'_>, at: usize, month: MonthWord) -> usize {
    if char_at(page.text, at) != Some('/') {
        return at;
    }
    let start = gap_forward(page.text, at + 1, &mut Gap::default());
    let second = word_end(page.text, start).filter(|end| {
        lexicon::month(&page.text[start..*end], page.row).is_some_and(|m| m.month == month.month)
    });
    second.unwrap_or(at)
}

/// What stands before a number.
enum Before {
    Month(MonthPlace, Gap),
    /// The word after which months have numbers, beginning here.
    Numbered(usize),
}

fn month_before(page: &Page<'_>, at: usize) -> Option<Before> {
    let text = page.text;
    let (end, gap) = backward(text, at, page.floor);
    let start = word_start(text, end).filter(|start| *start >= page.floor)?;
    if end == at {
        return None;
    }
    let word = &text[start..end];
    if is_numbering(word) {
        return Some(Before::Numbered(start));
    }
    if let Some(found) = lexicon::month(word, page.row) {
        return Some(Before::Month(MonthPlace { start, end, word: found }, gap));
    }
    // The second word of a name of two.
    let first_end = gap_backward(text, start, &mut Gap::default());
    let first = word_start(text, first_end).filter(|first| *first >= page.floor)?;
    lexicon::begins_pair(&text[first..first_end]).then_some(())?;
    let pair = format!("{} {word}", &text[first..first_end]);
    let found = lexicon::month(&pair, page.row)?;
    Some(Before::Month(MonthPlace { start: first, end, word: found }, gap))
}

/// Vietnamese counts its months.
fn is_numbering(word: &str) -> bool {
    word.len() > 5 && lexicon::fold(word) == "thang"
}

/// Steps over what is written on to the number of a day: `th`, `er`, `.`, `-го`.
fn ordinal_end(text: &str, at: usize) -> usize {
    let start = match char_at(text, at) {
        Some('-' | '‑') => at + char_at(text, at).map_or(0, char::len_utf8),
        Some('º' | 'ª') => return at + 2,
        _ => at,
    };
    let suffix = word_end(text, start).filter(|end| lexicon::is_ordinal(&text[start..*end]));
    suffix.unwrap_or(at)
}

/// Steps over the second day of `14-16 September`; the first is the date.
fn range_end(text: &str, at: usize, first: u8) -> usize {
    let mut gap = Gap::default();
    let mut end = gap_forward(text, at, &mut gap);
    if gap.mark.is_none() {
        match char_at(text, end) {
            Some(c @ ('–' | '—' | '&')) => {
                end = gap_forward(text, end + c.len_utf8(), &mut gap);
            }
            _ => return at,
        }
    }
    // `1/4` is a fraction, `13/14` two days.
    let follows = |day: u8| day > first && (gap.mark != Some('/') || day == first + 1);
    match number_at(text, end).filter(|_| !gap.comma) {
        Some(number) if number.day().is_some_and(follows) && ends_clean(text, number.end) => {
            number.end
        }
        _ => at,
    }
}
