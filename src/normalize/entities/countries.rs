//! The name of a place -> the country it lies in, where the name alone tells it.
//!
//! A country has its own code. A city has that of the country in which nine tenths of those live who live in cities of
//! its name; `examples/train_entities/countries.py` says how that is counted. The codes lie in the table of places.

use std::sync::{Arc, OnceLock};

use super::model::unpack_pairs;
use super::table::Table;
use super::words::{hash, join};

/// The code of the country (ISO 3166-1) that a place of this name lies in; none if it may lie in several.
pub fn country(name: &str) -> Option<String> {
    code_of(name).or_else(|| code_of(name.strip_suffix('.')?))
}

fn code_of(name: &str) -> Option<String> {
    let mut words = name.split(' ').map(hash);
    let first = words.next()?;
    let bits = places().get(words.fold(first, join))?;
    let number = (bits >> KINDS).checked_sub(1)?;
    let letters = [number / LETTERS, number % LETTERS];
    letters.into_iter().map(|it| Some(char::from(b'A' + u8::try_from(it).ok()?))).collect()
}

/// Bits of the kinds of a place, below those of its country.
const KINDS: u32 = 8;
const LETTERS: u32 = 26;

/// The bits that stand for a country in the table of places.
pub fn country_bits(code: &str) -> Option<u32> {
    let [first, second] = <[u8; 2]>::try_from(code.as_bytes()).ok()?;
    let letter = |it: u8| it.is_ascii_uppercase().then(|| u32::from(it - b'A'));
    Some((letter(first)? * LETTERS + letter(second)? + 1) << KINDS)
}

/// The places that come with the program; unpacked when they are first asked for.
pub(super) fn places() -> &'static Arc<Table> {
    static PLACES: OnceLock<Arc<Table>> = OnceLock::new();
    PLACES.get_or_init(|| Arc::new(Table::new(&unpack_pairs(include_bytes!("places.bin")))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_tell_their_country() {
        for (name, expected) in [
            ("Sochi", Some("RU")),
            ("MINSK", Some("BY")),
            ("Belarus", Some("BY")),
            ("Hong Kong", Some("HK")),
            ("U.S.", Some("US")),
            ("Paris", Some("FR")),
            ("Kyiv", Some("UA")),
            // More people live in that of Texas than think of it.
            ("Odessa", None),
            // Also a state.
            ("Georgia", None),
            ("Birmingham", None),
            ("Soviet Union", None),
            ("Europe", None),
            ("Varholm", None),
            ("", None),
        ] {
            assert_eq!(country(name).as_deref(), expected, "{name}");
        }
        assert_eq!(country_bits("aa"), None);
        assert_eq!(country_bits("ÄA"), None);
    }
}
