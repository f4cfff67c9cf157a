//! Takes a folded word and a language and gives its stem, remembering what it has stemmed.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::Lang;

/// Stems remembered for one language; past this the memory starts anew, so that it stays bounded
/// (a hundred thousand words cover news text, and cost about 6 MB).
const REMEMBERED: usize = 100_000;

/// Longer words are no words: hashes, runs of letters, base64. They are their own stems.
const LONGEST: usize = 64;

/// Stems words of any language. Stemming is the slowest part of analysis, so every stem is remembered.
pub struct Stemmer {
    languages: Vec<Option<OneLanguage>>,
}

struct OneLanguage {
    stemmer: frostem::Stemmer,
    /// The stems of short words, which are compared where they lie: those of most words in Latin letters, and in others.
    tiny: Known<Tiny>,
    short: Known<Short>,
    long: FxHashMap<Box<str>, Stem>,
    stems: Vec<Box<str>>,
}

/// Words up to some length, and their stems.
struct Known<W> {
    all: FxHashMap<W, Stem>,
    /// Words that came before, each in the one place its letters lead to: most words of a text are among them, and are
    /// told without a walk through the memory.
    recent: Vec<(W, Stem)>,
}

/// How many words are recent at first, for a query; and at most: 256 KB of tiny ones.
const RECENT: usize = 1 << 8;
const MOST_RECENT: usize = 1 << 14;

/// As many bytes of the word as it says, from its beginning; or, with the highest bit, the number of one of the stems.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stem(u32);

const IS_NUMBER: u32 = 1 << 31;

/// Letters that are compared at once, with zeros behind them.
trait Letters: Copy + Eq + Hash {
    /// No word.
    const NONE: Self;

    /// A number that few others share.
    fn mixed(self) -> u64;
}

/// A word of up to 12 bytes.
type Tiny = (U64, u32);
/// A word of up to 24 bytes.
type Short = (U64, U64, U64);

/// Eight bytes that need not lie where eight can be fetched at once, so that a word and its stem take 16 bytes.
type U64 = [u32; 2];

impl Letters for Tiny {
    const NONE: Self = ([0; 2], 0);

    fn mixed(self) -> u64 {
        joined(self.0) ^ u64::from(self.1).rotate_left(23)
    }
}

impl Letters for Short {
    const NONE: Self = ([0; 2], [0; 2], [0; 2]);

    fn mixed(self) -> u64 {
        joined(self.0) ^ joined(self.1).rotate_left(23) ^ joined(self.2).rotate_left(41)
    }
}

fn joined(halves: U64) -> u64 {
    u64::from(halves[0]) | u64::from(halves[1]) << 32
}

/// The first eight bytes of a text, or what there is of them.
fn eight(bytes: &[u8]) -> U64 {
    let number = |part: Option<&[u8; 4]>| part.map_or(0, |it| u32::from_le_bytes(*it));
    match bytes.len() {
        8.. => [number(bytes.first_chunk()), number(bytes.get(4..).and_then(<[u8]>::first_chunk))],
        4.. => {
            // The last four overlap the first: what came already is pushed out.
            let behind = number(bytes.last_chunk());
            let more = bytes.len() as u32 - 4;
            let high = if more == 0 { 0 } else { behind >> (32 - 8 * more) };
            [number(bytes.first_chunk()), high]
        }
        _ => [bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)), 0],
    }
}

fn tiny(word: &[u8]) -> Tiny {
    (eight(word), eight(word.get(8..).unwrap_or_default())[0])
}

fn short(word: &[u8]) -> Short {
    let part = |at: usize| eight(word.get(at..).unwrap_or_default());
    (part(0), part(8), part(16))
}

impl<W: Letters> Default for Known<W> {
    fn default() -> Self {
        Self { all: FxHashMap::default(), recent: Vec::new() }
    }
}

impl<W: Letters> Known<W> {
    /// The stem of a word, as it was remembered or as it is found.
    fn stem(&mut self, word: W, find: impl FnOnce() -> Stem) -> Stem {
        if let Some((known, stem)) = self.recent.get(self.place(word))
            && *known == word
        {
            return *stem;
        }
        let stem = *self.all.entry(word).or_insert_with(find);
        let size = self.recent.len();
        if self.all.len() > size / 2 && size < MOST_RECENT {
            let size = (size * 4).clamp(RECENT, MOST_RECENT);
            self.recent.clear();
            self.recent.resize(size, (W::NONE, Stem(0)));
        }
        let place = self.place(word);
        if let Some(recent) = self.recent.get_mut(place) {
            *recent = (word, stem);
        }
        stem
    }

    /// Where a word is among the recent ones.
    fn place(&self, word: W) -> usize {
        let mixed = word.mixed().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 40) as usize & self.recent.len().wrapping_sub(1)
    }
}

impl Default for Stemmer {
    fn default() -> Self {
        Self { languages: (0..super::languages::LANGUAGES.len()).map(|_| None).collect() }
    }
}

impl Stemmer {
    /// The stem of a folded word; the word itself if the language has no stemmer or the word has no letter to take.
    pub fn stem<'a>(&'a mut self, lang: Lang, word: &'a str) -> &'a str {
        let Some(algorithm) = lang.algorithm() else { return word };
        if word.len() > LONGEST {
            return word;
        }
        let one = self.languages[usize::from(lang.number())]
            .get_or_insert_with(|| OneLanguage::new(frostem::Stemmer::new(algorithm)));
        let Stem(stem) = one.stem(word);
        if stem & IS_NUMBER == 0 {
            word.get(..stem as usize).unwrap_or(word)
        } else {
            one.stems.get((stem ^ IS_NUMBER) as usize).map_or(word, |it| it)
        }
    }
}

impl OneLanguage {
    fn new(stemmer: frostem::Stemmer) -> Self {
        Self {
            stemmer,
            tiny: Known::default(),
            short: Known::default(),
            long: FxHashMap::default(),
            stems: Vec::new(),
        }
    }

    fn stem(&mut self, word: &str) -> Stem {
        let Self { stemmer, tiny: known_tiny, short: known_short, long, stems } = self;
        if known_tiny.all.len() + known_short.all.len() + long.len() >= REMEMBERED {
            *known_tiny = Known::default();
            *known_short = Known::default();
            long.clear();
            stems.clear();
        }
        let find = || {
            let stemmed = stemmer.stem(word);
            if word.starts_with(stemmed.as_ref()) {
                return Stem(stemmed.len() as u32);
            }
            stems.push(stemmed.as_ref().into());
            Stem(IS_NUMBER | (stems.len() as u32 - 1))
        };
        match word.len() {
            ..=12 => known_tiny.stem(tiny(word.as_bytes()), find),
            13..=24 => known_short.stem(short(word.as_bytes()), find),
            _ => match long.get(word) {
                Some(stem) => *stem,
                None => *long.entry(word.into()).or_insert_with(find),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_by_language() {
        let mut stemmer = Stemmer::default();
        let lang = |code| Lang::from_code(code).unwrap();
        assert_eq!(stemmer.stem(lang("en"), "obligations"), "oblig");
        assert_eq!(stemmer.stem(lang("en"), "putin"), "putin");
        assert_eq!(stemmer.stem(lang("de"), "verpflichtungen"), "verpflicht");
        assert_eq!(stemmer.stem(lang("ja"), "東京"), "東京");
    }

    #[test]
    fn words_are_told_apart_whatever_their_length() {
        let letters = "abcdefghijklmnopqrstuvwxyz".as_bytes();
        let padded = |length: usize, size: usize| {
            let mut bytes = letters[..length].to_vec();
            bytes.resize(size, 0);
            bytes
        };
        let bytes = |halves: U64| joined(halves).to_le_bytes();
        for length in 0..=12 {
            let (first, last) = tiny(&letters[..length]);
            assert_eq!([&bytes(first)[..], &last.to_le_bytes()].concat(), padded(length, 12));
        }
        for length in 0..=24 {
            let (a, b, c) = short(&letters[..length]);
            assert_eq!([bytes(a), bytes(b), bytes(c)].concat(), padded(length, 24));
        }
    }

    #[test]
    fn what_is_remembered_is_what_the_algorithm_says() {
        let mut stemmer = Stemmer::default();
        let english = Lang::from_code("en").unwrap();
        let algorithm = frostem::Stemmer::new(english.algorithm().unwrap());
        // More words than are recent, of all lengths, each twice.
        let endings = ["", "s", "ing", "ational", "izationalization", "y", "ies"];
        let words = |number: usize| format!("w{number}{}", endings[number % endings.len()]);
        for number in (0..20_000).chain(0..20_000) {
            let word = words(number);
            assert_eq!(stemmer.stem(english, &word), algorithm.stem(&word), "{word}");
        }
    }
}
