//! A word of a text to the month, the weekday or the filler that it is in the languages of the
//! table.

use super::languages::{FigureOrder, Language, MonthCase, rows};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A month in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthWord {
    pub(super) month: u8,
    /// Also an everyday word: a date only with both day and year.
    pub(super) weak: bool,
    /// A short form, after which a full stop ends no sentence.
    pub(super) short: bool,
    /// The row is Thai: years count from the Buddha's death.
    pub(super) thai: bool,
}

/// The place of English in the table.
const ENGLISH: u8 = 0;

/// The place of a language in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row(u8);

/// The row of an ISO 639-1 code (of `pt-BR` that of `pt`).
pub(super) fn row_of(code: &str) -> Option<Row> {
    let code = code.get(..2).filter(|_| !code[2..].starts_with(char::is_alphabetic))?;
    let code = if code.eq_ignore_ascii_case("no") || code.eq_ignore_ascii_case("nn") {
        "nb"
    } else {
        code
    };
    let place = rows().position(|row| row.code.eq_ignore_ascii_case(code))?;
    Some(Row(place as u8))
}

/// The order of day and month in figures; without a language the day stands first, and so it does
/// in the English of every region but the United States.
pub(super) fn order_of(row: Option<Row>, code: Option<&str>) -> FigureOrder {
    let region = code.and_then(|code| code.get(3..)).unwrap_or("US");
    row.and_then(|row| rows().nth(usize::from(row.0)))
        .filter(|_| region.eq_ignore_ascii_case("US"))
        .map_or(FigureOrder::DayMonth, |language| language.order)
}

/// The month that `word` names; a reading in the article's language goes before English, English
/// before the others.
pub(super) fn month(word: &str, row: Option<Row>) -> Option<MonthWord> {
    let lexicon = &*LEXICON;
    with_folded(word, |folded| {
        let entry = lexicon.entry(folded)?;
        let reading = preferred(&entry.months, row, |reading| reading.row)?;
        let ordinary = match row {
            Some(Row(row)) => entry.ordinary & (1 << row) != 0,
            None => entry.ordinary != 0,
        };
        let own = row.is_none_or(|Row(row)| row == reading.row) || reading.row == ENGLISH;
        let capital = own && reading.capital && word.chars().next().is_some_and(char::is_uppercase);
        Some(MonthWord {
            month: reading.month,
            weak: ordinary && !capital,
            short: reading.short,
            thai: reading.thai,
        })
    })
}

/// The weekday that `word` names, 0 for Monday.
pub(super) fn weekday(word: &str, row: Option<Row>) -> Option<u8> {
    let lexicon = &*LEXICON;
    with_folded(word, |folded| {
        let entry = lexicon.entry(folded)?;
        preferred(&entry.weekdays, row, |(row, _)| *row).map(|(_, day)| *day)
    })
}

/// Whether `word` may stand between the parts of a date.
pub(super) fn is_filler(word: &str) -> bool {
    with_folded(word, |folded| LEXICON.fillers.contains(folded).then_some(())).is_some()
}

/// Whether `word` may be written on to the number of a day.
pub(super) fn is_ordinal(word: &str) -> bool {
    with_folded(word, |folded| LEXICON.ordinals.contains(folded).then_some(())).is_some()
}

/// Whether figures without a year are a date after `word`, and which mark they need.
pub(super) fn cue(word: &str) -> Option<char> {
    with_folded(word, |folded| LEXICON.cues.get(folded).copied())
}

/// Whether `word` begins a name of two words.
pub(super) fn begins_pair(word: &str) -> bool {
    with_folded(word, |folded| LEXICON.pair_beginnings.contains(folded).then_some(())).is_some()
}

/// Lower case, no accents, no signs that a writer may leave out.
pub(super) fn fold(word: &str) -> String {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower
        .nfd()
        .filter_map(|c| match c {
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' => {
                None
            }
            '\u{93c}' | '\u{9bc}' | '\u{200c}' | '\'' | '\u{2019}' => None,
            'ı' => Some('i'),
            'ø' => Some('o'),
            'ς' => Some('σ'),
            'ي' => Some('ی'),
            'ك' => Some('ک'),
            c => Some(c),
        })
        .collect()
}

/// Calls `look` with the folded form; plain ASCII words, the most frequent, are folded without an
/// allocation.
fn with_folded<T>(word: &str, look: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0; 24];
    if word.len() <= buffer.len() && word.is_ascii() {
        let folded = &mut buffer[..word.len()];
        folded.copy_from_slice(word.as_bytes());
        folded.make_ascii_lowercase();
        return look(std::str::from_utf8(folded).ok()?);
    }
    look(&fold(word))
}

#[derive(Debug, Clone, Copy)]
struct MonthReading {
    row: u8,
    month: u8,
    short: bool,
    capital: bool,
    thai: bool,
}

#[derive(Debug, Default)]
struct Entry {
    months: Vec<MonthReading>,
    weekdays: Vec<(u8, u8)>,
    /// The rows in which this is an everyday word, a bit each.
    ordinary: u64,
}

#[derive(Debug, Default)]
struct Lexicon {
    words: FxHashMap<String, Entry>,
    /// Beginnings of words that may have any ending.
    stems: FxHashMap<String, Entry>,
    fillers: FxHashSet<String>,
    ordinals: FxHashSet<String>,
    cues: FxHashMap<String, char>,
    pair_beginnings: FxHashSet<String>,
    /// The first bytes of all words and stems: most words are turned away by this alone.
    first_bytes: Vec<bool>,
    shortest_stem: usize,
    longest_stem: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

impl Lexicon {
    fn entry(&self, folded: &str) -> Option<&Entry> {
        if !self.first_bytes[usize::from(*folded.as_bytes().first()?)] {
            return None;
        }
        if let Some(entry) = self.words.get(folded) {
            return Some(entry);
        }
        let longest = folded.len().min(self.longest_stem);
        (self.shortest_stem..=longest)
            .rev()
            .filter_map(|end| folded.get(..end))
            .find_map(|stem| self.stems.get(stem))
    }

    fn build() -> Self {
        let mut lexicon = Self { first_bytes: vec![false; 256], ..Self::default() };
        for (row, language) in rows().enumerate() {
            lexicon.add(row as u8, language);
        }
        let lengths = lexicon.stems.keys().map(String::len);
        lexicon.shortest_stem = lengths.clone().min().unwrap_or(1);
        lexicon.longest_stem = lengths.max().unwrap_or(0);
        lexicon
    }

    fn add(&mut self, row: u8, language: &Language) {
        for (month, group) in (1..).zip(language.months.split('|')) {
            for (place, form) in group.split_whitespace().enumerate() {
                let short = place > 0 && !form.ends_with('*') && form.chars().count() <= 5;
                let capital = language.case == MonthCase::Capital;
                let thai = language.code == "th";
                self.word(form).months.push(MonthReading { row, month, short, capital, thai });
            }
        }
        for (day, group) in (0..).zip(language.weekdays.split('|')) {
            for form in group.split_whitespace() {
                self.word(form).weekdays.push((row, day));
            }
        }
        for form in language.ordinary.split_whitespace() {
            self.word(form).ordinary |= 1 << row;
        }
        self.fillers.extend(language.fillers.split_whitespace().map(fold));
        self.ordinals.extend(language.ordinals.split_whitespace().map(fold));
        let mark = if language.code == "vi" { '/' } else { '.' };
        self.cues.extend(language.cues.split_whitespace().map(|word| (fold(word), mark)));
    }

    /// The entry of a form of the table, made when it is new.
    fn word(&mut self, form: &str) -> &mut Entry {
        let (form, table) = match form.strip_suffix('*') {
            Some(stem) => (stem, &mut self.stems),
            None => (form, &mut self.words),
        };
        let folded = fold(form).replace('_', " ");
        if let Some((first, _)) = folded.split_once(' ') {
            self.pair_beginnings.insert(first.to_owned());
        }
        if let Some(first) = folded.as_bytes().first() {
            self.first_bytes[usize::from(*first)] = true;
        }
        table.entry(folded).or_default()
    }
}

/// The reading of the article's language, else the English one, else the first of the table.
fn preferred<T>(readings: &[T], row: Option<Row>, row_of: impl Fn(&T) -> u8) -> Option<&T> {
    row.and_then(|Row(row)| readings.iter().find(|reading| row_of(reading) == row))
        .or_else(|| readings.first())
}

#[cfg(test)]
mod tests {
    use super::{fold, month, row_of, rows, weekday};

    #[test]
    fn the_language_of_the_article_decides_between_readings() {
        let november = |code| month("listopada", row_of(code)).map(|word| word.month);
        assert_eq!(november("pl"), Some(11));
        assert_eq!(november("hr"), Some(10));
        assert_eq!(weekday("mar", row_of("fr")), None);
        assert_eq!(month("Mar", None).map(|word| word.month), Some(3));
    }

    #[test]
    fn everyday_words_are_weak_where_they_are_everyday_words() {
        assert!(month("may", row_of("en")).is_some_and(|word| word.weak));
        assert!(month("May", row_of("en")).is_some_and(|word| !word.weak));
        assert!(month("mai", row_of("fr")).is_some_and(|word| !word.weak));
        assert!(month("des", row_of("fr")).is_some_and(|word| word.weak));
        assert!(month("des", row_of("nb")).is_some_and(|word| !word.weak));
    }

    #[test]
    fn no_filler_is_a_month() {
        for row in rows() {
            for filler in row.fillers.split_whitespace() {
                assert_eq!(month(filler, None), None, "{filler} of {}", row.code);
            }
        }
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold("ΣΕΠΤΕΜΒΡΊΟΥ"), fold("Σεπτεμβρίου"));
        assert_eq!(month("AĞUSTOS", row_of("tr")).map(|word| word.month), Some(8));
        assert_eq!(month("ARALIK", row_of("tr")).map(|word| word.month), Some(12));
        assert_eq!(month("aout", None).map(|word| word.month), Some(8));
    }

    #[test]
    fn codes_of_countries_are_cut_off() {
        assert_eq!(row_of("pt-BR"), row_of("pt"));
        assert_eq!(row_of("EN"), row_of("en"));
        assert_eq!(row_of("no"), row_of("nb"));
        assert_eq!(row_of("por"), None);
        assert_eq!(row_of("é"), None);
    }
}
