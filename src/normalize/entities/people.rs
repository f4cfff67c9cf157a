//! Names of people in one article -> which of them are the same person.

/// Whether the shorter of two names, in small letters without full stops, can be the longer one.
///
/// `van dyke`, `d dyke` and `dick dyke` can be `dick van dyke`; `luis arce` can be `luis arce catacora`. A father and a
/// son that only `jr` tells apart are two.
pub(super) fn is_short_for(short: &[&str], long: &[&str]) -> bool {
    let (Some((first, rest)), Some((head, tail))) = (short.split_first(), long.split_first())
    else {
        return false;
    };
    if short.len() < 2 || short.len() > long.len() {
        return false;
    }
    let is_generation = |it: Option<&&str>| it.is_some_and(|it| GENERATIONS.contains(it));
    if is_generation(short.last()) != is_generation(long.last()) {
        return false;
    }
    if long.ends_with(short) || long.starts_with(short) {
        return true;
    }
    let (Some((last, middle)), Some((end, between))) = (rest.split_last(), tail.split_last())
    else {
        return false;
    };
    let mut between = between.iter();
    last == end
        && fits(first, head)
        && middle.iter().all(|word| between.by_ref().any(|it| fits(word, it)))
}

/// Words behind a surname.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// The surname of a full name.
pub(super) fn surname<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().rev().find(|it| !GENERATIONS.contains(it)).copied()
}

/// Whether two words are equal, or one is the initial of the other.
fn fits(a: &str, b: &str) -> bool {
    let is_initial = |word: &str| word.chars().count() == 1;
    a == b || is_initial(a) && b.starts_with(a) || is_initial(b) && a.starts_with(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        for (short, long, expected) in [
            ("vladimir putin", "vladimir v putin", true),
            ("v putin", "vladimir putin", true),
            ("van dyke", "dick van dyke", true),
            ("luis arce", "luis arce catacora", true),
            ("lyudmila putin", "vladimir putin", false),
            ("robert morna", "robert morna jr", false),
            ("putin", "vladimir putin", false),
        ] {
            let words = |it: &'static str| it.split(' ').collect::<Vec<_>>();
            assert_eq!(is_short_for(&words(short), &words(long)), expected, "{short} / {long}");
        }
        assert_eq!(surname(&["robert", "morna", "jr"]), Some("morna"));
    }
}
