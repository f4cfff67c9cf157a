//! A day and a month without a year -> the year, when two independent kinds of evidence agree on it.

use crate::date::{Date, Day, find_dates};

use super::ago::spans_of_years;
use super::text::{Block, Role};

/// A date that names no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) month: u8,
    pub(super) day: u8,
    /// 0 for Monday.
    pub(super) weekday: Option<u8>,
    /// Where it stood.
    pub(super) from: &'static str,
}

/// What the evidence gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The date, and a sentence that says why.
    pub(super) asserted: Option<(Date, String)>,
    /// Without that, the days it may be.
    pub(super) candidates: Vec<Day>,
}

/// Years back from now that are offered as candidates.
const YEARS: i32 = 30;

/// The kinds of evidence. Two of the same kind count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Weekday,
    /// The month stated elsewhere is the month of the date.
    Month,
    /// `20 years ago`, beside a dated event.
    Ago,
    /// A full date close before the day.
    FullDate,
    /// The source, the address, a folder or a file says the year.
    Statement,
}

/// Something that speaks for a year.
struct Witness {
    year: i32,
    kind: Kind,
    why: String,
}

/// Weighs the evidence. The clock bounds what is possible and is no evidence itself.
pub(super) fn weigh(
    partial: &Partial,
    statement: Option<(Date, &str)>,
    blocks: &[Block],
    language: Option<&str>,
    now: Day,
) -> Verdict {
    let day_in =
        |year: i32| Day::from_ymd(year, partial.month, partial.day).filter(|day| *day <= now);
    let fits = |day: Day| partial.weekday.is_none_or(|weekday| day.weekday() == weekday);
    let mut witnesses = stated(partial, statement);
    ago(blocks, language, &mut witnesses);
    // Alone a full date near by proves nothing, and looking for one takes time.
    if partial.weekday.is_some() || !witnesses.is_empty() {
        full_dates(partial, blocks, language, &mut witnesses);
    }
    let mut asserted: Option<(i32, String)> = None;
    let mut contradiction = false;
    for year in witnesses.iter().map(|it| it.year) {
        if asserted.as_ref().is_some_and(|(known, _)| *known == year) {
            continue;
        }
        let Some(day) = day_in(year).filter(|day| fits(*day)) else { continue };
        let mut kinds: Vec<Kind> = Vec::new();
        let mut reasons: Vec<String> = Vec::new();
        if partial.weekday.is_some() {
            kinds.push(Kind::Weekday);
            reasons.push(format!("{day} is a {}", WEEKDAYS[usize::from(day.weekday() % 7)]));
        }
        for witness in witnesses.iter().filter(|it| it.year == year) {
            if !kinds.contains(&witness.kind) {
                kinds.push(witness.kind);
                reasons.push(witness.why.clone());
            }
        }
        if kinds.len() >= 2 {
            contradiction |= asserted.is_some();
            asserted = Some((year, reasons.join(", and ")));
        }
    }
    if let Some((year, why)) = asserted
        && !contradiction
        && let Some(date) = Date::day(year, partial.month, partial.day)
    {
        return Verdict { asserted: Some((date, why)), candidates: Vec::new() };
    }
    let this_year = now.ymd().0;
    let stated_year = statement.map(|(date, _)| date.first().ymd().0);
    let years = match stated_year {
        Some(year) => year..=year,
        None => this_year - YEARS..=this_year,
    };
    let known = partial.weekday.is_some() || stated_year.is_some();
    let mut candidates: Vec<Day> =
        years.filter(|_| known).filter_map(day_in).filter(|day| fits(*day)).collect();
    if let Some((date, _)) = statement {
        candidates.retain(|day| date.first() <= *day && *day <= date.last());
    }
    Verdict { asserted: None, candidates }
}

static WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn stated(partial: &Partial, statement: Option<(Date, &str)>) -> Vec<Witness> {
    let Some((date, from)) = statement else { return Vec::new() };
    let why = format!("the {from} says {date}");
    match date {
        Date::Year(year) => vec![Witness { year, kind: Kind::Statement, why }],
        Date::Month(year, month) if month == partial.month => vec![
            Witness { year, kind: Kind::Statement, why },
            Witness { year, kind: Kind::Month, why: "the month is the same".to_owned() },
        ],
        Date::Month(..) | Date::Day(..) => Vec::new(),
    }
}

/// A full date 2 to 21 days before the day, in running text. One on the same day of an earlier year is an
/// anniversary as often as not, and is no evidence.
fn full_dates(
    partial: &Partial,
    blocks: &[Block],
    language: Option<&str>,
    witnesses: &mut Vec<Witness>,
) {
    for block in blocks.iter().filter(|it| it.role == Role::Body) {
        if years(&block.text).is_empty() {
            continue;
        }
        for found in find_dates(&block.text, language) {
            let (Some(year), Some(day)) = (found.year, found.day) else { continue };
            let Some(found_day) = Day::from_ymd(year, found.month, day) else { continue };
            for year in [year, year.saturating_add(1)] {
                let Some(own) = Day::from_ymd(year, partial.month, partial.day) else { continue };
                if (2..=21).contains(&(own.0 - found_day.0)) {
                    let why = format!("the text speaks of {found_day}, shortly before");
                    call(witnesses, Witness { year, kind: Kind::FullDate, why });
                }
            }
        }
    }
}

/// Further ones are not looked at: no article needs them, and a file made to be slow has thousands.
const MOST_AGO: usize = 20;

/// Adds a witness, unless one of its kind has named the year.
fn call(witnesses: &mut Vec<Witness>, witness: Witness) {
    if !witnesses.iter().any(|it| it.year == witness.year && it.kind == witness.kind) {
        witnesses.push(witness);
    }
}

/// `N years ago` with a dated event in the same sentence or the next.
fn ago(blocks: &[Block], language: Option<&str>, witnesses: &mut Vec<Witness>) {
    let body: Vec<&str> =
        blocks.iter().filter(|it| it.role == Role::Body).map(|it| it.text.as_str()).collect();
    // Without a year in reach no event is dated.
    let mut left = MOST_AGO;
    let dated: Vec<bool> = body.iter().map(|text| !years(text).is_empty()).collect();
    for (at, text) in body.iter().enumerate() {
        if !dated[at] && !dated.get(at + 1).copied().unwrap_or(false) {
            continue;
        }
        for (place, count) in spans_of_years(text) {
            let mut window = sentences_around(text, place).to_owned();
            if let Some(next) = body.get(at + 1)
                && sentence_end(text, place) >= text.len()
            {
                window.push(' ');
                window.push_str(&next[..sentence_end(next, 0)]);
            }
            for (year, event) in events(&window, language) {
                let why = format!("`{count} years ago` beside `{event}` gives {}", year + count);
                call(witnesses, Witness { year: year + count, kind: Kind::Ago, why });
            }
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

/// The sentence around a place, and the one after it.
fn sentences_around(text: &str, place: usize) -> &str {
    let mut start = 0;
    loop {
        let end = sentence_end(text, start);
        if end > place || end >= text.len() {
            let next = sentence_end(text, end);
            return text.get(start..next).unwrap_or_default();
        }
        start = end;
    }
}

/// Where the sentence that goes on at `from` ends: behind the space after its stop.
fn sentence_end(text: &str, from: usize) -> usize {
    let Some(rest) = text.get(from..) else { return text.len() };
    let mut before = ' ';
    let mut letters = 0;
    for (at, c) in rest.char_indices() {
        if matches!(c, '。' | '！' | '？') {
            return from + at + c.len_utf8();
        }
        let stop = matches!(c, '!' | '?') || c == '.' && letters > 1 && before.is_lowercase();
        let stop = stop || c == '.' && before.is_ascii_digit();
        if stop {
            let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
            let gap = after.trim_start_matches(['"', '”', '»', '\'', '’', ')']);
            let next = gap.trim_start();
            if gap.len() != next.len() && !next.starts_with(char::is_lowercase) {
                return text.len() - next.len();
            }
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        before = c;
    }
    text.len()
}

/// Words before a year that make it the time of an event.
static IN: &[&str] =
    &["in", "im", "en", "em", "nel", "в", "у", "w", "v", "år", "din", "năm", "since"];

/// The years of what a text dates by the month, or by a year with `in` before it.
fn events(text: &str, language: Option<&str>) -> Vec<(i32, String)> {
    let mut events: Vec<(i32, String)> = Vec::new();
    for found in find_dates(text, language) {
        if let Some(year) = found.year
            && !events.iter().any(|(known, _)| *known == year)
        {
            events.push((year, text.get(found.span).unwrap_or_default().to_owned()));
        }
    }
    for (year, at) in years(text) {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if IN.contains(&word.to_lowercase().as_str())
            && !events.iter().any(|(known, _)| *known == year)
        {
            events.push((year, format!("{word} {year}")));
        }
    }
    events
}

/// Numbers that look like years, and where they stand.
pub(super) fn years(text: &str) -> Vec<(i32, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes.get(at..).and_then(|it| it.iter().position(u8::is_ascii_digit)) {
        let start = at + offset;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + length;
        if length != 4 {
            continue;
        }
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let money = before.is_some_and(|b| matches!(b, b'$' | b',' | b'.' | b'#'));
        let joined =
            bytes.get(at) == Some(&b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let year = text.get(start..at).and_then(|it| it.parse::<i32>().ok());
        if let Some(year) = year.filter(|year| (1500..2100).contains(year) && !money && !joined) {
            found.push((year, start));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Partial, Verdict, weigh};
    use crate::date::{Date, Day};
    use crate::normalize::text::blocks;

    fn judge(text: &str, weekday: Option<u8>, statement: Option<&str>) -> Verdict {
        let partial = Partial { month: 9, day: 14, weekday, from: "text" };
        let statement = statement.and_then(Date::parse_iso).map(|date| (date, "path"));
        let now = Day::from_ymd(2030, 12, 31).unwrap();
        weigh(&partial, statement, &blocks(text), Some("en"), now)
    }

    #[test]
    fn two_kinds_agree() {
        for (text, weekday, statement, year) in [
            ("20 years ago it was the same. In October 2000 they met.", Some(0), None, Some(2020)),
            ("In October 2000, twenty years ago, they met.", Some(0), None, Some(2020)),
            ("It was so 20 years ago.\n\nIn October 2000 they met.", Some(0), None, Some(2020)),
            ("On Sept. 3, 2020 they had met.", Some(0), None, Some(2020)),
            ("", Some(0), Some("2020"), Some(2020)),
            ("", None, Some("2020-09"), Some(2020)),
            ("20 years ago it was so. In October 2000 they met.", None, Some("2020"), Some(2020)),
            // One kind alone.
            ("20 years ago it was the same. In October 2000 they met.", None, None, None),
            ("", Some(0), None, None),
            ("", None, Some("2020"), None),
            ("", None, Some("2020-08"), None),
            // The weekday says no.
            ("20 years ago it was the same. In October 2000 they met.", Some(1), None, None),
            ("", Some(1), Some("2020"), None),
            // Pitfalls: years past, targets, anniversaries, round numbers, events too far away.
            ("They met in October 2000.", Some(0), None, None),
            ("20 years of their friendship. In October 2000 they met.", Some(0), None, None),
            ("More than 20 years ago it was so. In October 2000 they met.", Some(0), None, None),
            ("They want to be free of coal by 2026.", Some(0), None, None),
            ("They mark the day of September 14, 2015.", Some(0), None, None),
            (
                "It was so 20 years ago. Nobody knew. Nobody came. In October 2000 they met.",
                Some(0),
                None,
                None,
            ),
            ("It cost $2000 20 years ago. They paid 2,000.", Some(0), None, None),
        ] {
            let date = judge(text, weekday, statement).asserted.map(|(date, _)| date);
            assert_eq!(
                date,
                year.and_then(|year| Date::day(year, 9, 14)),
                "{text:?} {weekday:?} {statement:?}"
            );
        }
    }

    #[test]
    fn candidates_are_the_years_that_fit() {
        let found = judge("", Some(0), None).candidates;
        let years: Vec<i32> = found.iter().map(|day| day.ymd().0).collect();
        assert_eq!(years, [2009, 2015, 2020, 2026]);
        assert!(judge("", None, None).candidates.is_empty());
        assert_eq!(judge("", None, Some("2020")).candidates.len(), 1);
    }

    #[test]
    fn ago_in_other_languages() {
        for text in [
            "Vor 20 Jahren war es so. Im Oktober 2000 trafen sie sich.",
            "20 лет назад было так же. В октябре 2000 года они встречались.",
            "Il y a 20 ans, en octobre 2000, ils se sont vus.",
            "Hace 20 años, en octubre de 2000, se vieron.",
        ] {
            let date = judge(text, Some(0), None).asserted.map(|(date, _)| date);
            assert_eq!(date, Date::day(2020, 9, 14), "{text}");
        }
    }
}
