//! A text -> where it says `20 years ago`, in many languages.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

/// Where a text says `N years ago`, and N.
pub(super) fn spans_of_years(text: &str) -> Vec<(usize, i32)> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut found = Vec::new();
    for (at, (place, word)) in words.iter().enumerate() {
        if let Some((count, _)) = word.split_once("年前") {
            // Han writes it in one: 20年前.
            if let Some(count) = count.parse::<i32>().ok().filter(|it| LIKELY.contains(it)) {
                found.push((*place, count));
            }
            continue;
        }
        let Some(count) = number(word) else { continue };
        let next = words.get(at + 1).map_or("", |(_, next)| next);
        let units: &Units = &UNITS;
        if !units.contains(next) && !units.contains(next.to_lowercase().as_str()) {
            continue;
        }
        let word_at = |at: usize| words.get(at).map(|(_, word)| word.to_lowercase());
        let is = |at: usize, table: &str| {
            word_at(at).is_some_and(|word| table.split(' ').any(|known| known == word))
        };
        let is_ago = AGO.iter().any(|(_, before, units, after)| {
            let length = before.split_whitespace().count();
            let Some(start) = at.checked_sub(length) else { return false };
            is(at + 1, units)
                && (after.is_empty() || is(at + 2, after))
                && before.split_whitespace().zip(start..).all(|(word, at)| is(at, word))
                && !start.checked_sub(1).is_some_and(|at| is(at, ABOUT))
        });
        if is_ago {
            found.push((*place, count));
        }
    }
    found
}

/// Numbers of years that are meant as such.
const LIKELY: std::ops::RangeInclusive<i32> = 1..=150;

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || c == '\'';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(inside)?;
        let rest = text.get(start..)?;
        at = start + rest.find(|c| !inside(c)).unwrap_or(rest.len());
        Some((start, text.get(start..at)?))
    })
}

/// The number a word is, in figures or in letters.
fn number(word: &str) -> Option<i32> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok().filter(|count| LIKELY.contains(count));
    }
    if !(2..=24).contains(&word.len()) {
        return None;
    }
    let numbers: &Numbers = &BY_NAME;
    if word.starts_with(char::is_lowercase) {
        return numbers.get(word).copied();
    }
    numbers.get(word.to_lowercase().as_str()).copied()
}

type Units = HashSet<&'static str, FxBuildHasher>;

/// All units: most numbers are done with after one look at the next word.
static UNITS: LazyLock<Units> =
    LazyLock::new(|| AGO.iter().flat_map(|(_, _, units, _)| units.split(' ')).collect());

type Numbers = HashMap<&'static str, i32, FxBuildHasher>;

static BY_NAME: LazyLock<Numbers> = LazyLock::new(|| {
    let rows =
        NUMBERS.iter().flat_map(|(count, names)| names.split(' ').zip(std::iter::repeat(*count)));
    rows.collect()
});

/// `20 years ago`, a row a language: words before the number, the unit, words after it.
static AGO: &[(&str, &str, &str, &str)] = &[
    ("en", "", "years year", "ago"),
    ("de", "vor", "jahren jahr", ""),
    ("fr", "il y a", "ans an", ""),
    ("es", "hace", "años año", ""),
    ("pt", "há", "anos ano", ""),
    ("it", "", "anni anno", "fa"),
    ("nl", "", "jaar", "geleden"),
    ("sv", "för", "år", "sedan"),
    ("da", "for", "år", "siden"),
    ("fi", "", "vuotta", "sitten"),
    ("pl", "", "lat lata", "temu"),
    ("cs", "před", "lety", ""),
    ("hu", "", "évvel éve", "ezelőtt"),
    ("ro", "acum", "ani", ""),
    ("tr", "", "yıl sene", "önce"),
    ("ru", "", "лет года год", "назад"),
    ("uk", "", "років роки рік", "тому"),
    ("bg", "преди", "години", ""),
    ("hr", "prije", "godina godine", ""),
    ("sr", "пре", "година године", ""),
    ("el", "πριν από", "χρόνια", ""),
    ("id", "", "tahun", "lalu"),
    ("ca", "fa", "anys", ""),
];

/// Numbers in words.
static NUMBERS: &[(i32, &str)] = &[
    (1, "one"),
    (2, "two zwei deux dos due"),
    (3, "three drei trois"),
    (4, "four"),
    (5, "five fünf cinq cinco пять п'ять"),
    (6, "six"),
    (7, "seven"),
    (8, "eight"),
    (9, "nine"),
    (10, "ten zehn dix diez dieci dez десять dziesięć"),
    (11, "eleven"),
    (12, "twelve"),
    (15, "fifteen"),
    (20, "twenty zwanzig vingt veinte venti vinte двадцать двадцять dwadzieścia"),
    (30, "thirty dreißig trente"),
    (40, "forty"),
    (50, "fifty"),
];

/// Words before a number that make it inexact.
static ABOUT: &str = "about around some nearly almost over than least roughly approximately under only \
     etwa fast rund als über knapp environ de presque casi unos quase cerca circa quasi \
     около почти более майже понад близько ponad około prawie or to";
