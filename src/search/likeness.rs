//! Two names of people, folded -> whether they may be one person's: written with initials, or spelled in another way.

use crate::field::edit_distance;

/// In which way two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// `v putin` and `vladimir putin`, `paul volcker` and `paul a volcker`.
    Initials,
    /// `alexander lukashenko` and `aleksandr lukashenka`.
    Spelling,
}

/// What like names have in common: the surname with the first letter, and the consonants of both.
pub(super) fn bucket_keys(name: &str) -> impl Iterator<Item = String> {
    let first = name.split(' ').next().unwrap_or_default();
    let last = surname(name).filter(|_| name.contains(' '));
    let initial = first.chars().next().map(String::from).unwrap_or_default();
    let by_initial = last.map(|it| format!("{initial}.{it}"));
    let consonants = last.filter(|_| !is_initial(first));
    let consonants = consonants.map(|it| format!("{} {}", skeleton(first), skeleton(it)));
    by_initial.into_iter().chain(consonants)
}

/// In which way two different names are alike.
pub(super) fn likeness(a: &str, b: &str) -> Option<Likeness> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if a.len() < 2 || b.len() < 2 || a == b || generation(&a) != generation(&b) {
        return None;
    }
    if differ_in_initials(&a, &b) {
        return Some(Likeness::Initials);
    }
    let are_spellings = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| is_spelling(a, b));
    are_spellings.then_some(Likeness::Spelling)
}

/// Words behind a surname: a father and a son that only they tell apart are two.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

fn generation<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.last().copied().filter(|it| GENERATIONS.contains(it))
}

fn surname(name: &str) -> Option<&str> {
    name.rsplit(' ').find(|it| !GENERATIONS.contains(it))
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether the surnames are the same and all other words too, but for initials in their place or left out.
fn differ_in_initials(a: &[&str], b: &[&str]) -> bool {
    let (Some((last, a)), Some((end, b))) = (a.split_last(), b.split_last()) else { return false };
    // Two letters are no name but more initials, or a rating: `a minus` and `aa minus`.
    let begins = |short: &str, long: &str| {
        is_initial(short) && long.starts_with(short) && long.chars().count() > 2
    };
    let fits = |a: &str, b: &str| a == b || begins(a, b) || begins(b, a);
    let (Some((first, a)), Some((head, b))) = (a.split_first(), b.split_first()) else {
        return false;
    };
    if last != end || is_initial(last) || !fits(first, head) {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter().peekable();
    for word in short {
        // What is left out has to be an initial: a middle name in full may be another's.
        while rest.peek().is_some_and(|it| !fits(word, it) && is_initial(it)) {
            rest.next();
        }
        if !rest.next().is_some_and(|it| fits(word, it)) {
            return false;
        }
    }
    rest.all(|it| is_initial(it))
}

/// Letters of a word that can be spelled in several ways: `Zhang` and `Zheng` are two.
const SHORTEST: usize = 6;

/// Whether two words may be one in two transcriptions.
fn is_spelling(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let length = a.chars().count().min(b.chars().count());
    let consonants = skeleton(a);
    length >= SHORTEST
        && consonants.chars().count() >= 2
        && consonants == skeleton(b)
        && edit_distance(a, b) <= (length / 3).max(1)
}

/// Letters that stand for one sound in transcriptions; the longer ones first.
const SOUNDS: &[(&str, &str)] = &[
    ("sch", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("sh", "s"),
    ("zh", "z"),
    ("q", "k"),
    ("g", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("w", "v"),
];

/// The consonants of a word as they sound, each once in a row.
fn skeleton(word: &str) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (length, sound) = SOUNDS
            .iter()
            .find(|it| rest.starts_with(it.0))
            .map_or((letter.len_utf8(), None), |it| (it.0.len(), Some(it.1)));
        rest = rest.get(length..).unwrap_or_default();
        match sound {
            Some(sound) if !out.ends_with(sound) => out.push_str(sound),
            Some(_) => {}
            None if "aeiouyj'".contains(letter) || out.ends_with(letter) => {}
            None => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_one() {
        for (a, b, expected) in [
            ("v putin", "vladimir putin", Some(Likeness::Initials)),
            ("paul a volcker", "paul volcker", Some(Likeness::Initials)),
            ("p a volcker", "paul volcker", Some(Likeness::Initials)),
            ("paul a volcker", "paul b volcker", None),
            ("john paul jones", "john jones", None),
            ("vladimir putin", "lyudmila putin", None),
            ("robert morna jr", "robert morna", None),
            ("r morna jr", "robert morna jr", Some(Likeness::Initials)),
            ("alexander lukashenko", "aleksandr lukashenka", Some(Likeness::Spelling)),
            ("volodymyr zelensky", "volodymyr zelenskiy", Some(Likeness::Spelling)),
            ("moammar gaddafi", "muammar kadafi", Some(Likeness::Spelling)),
            ("john smith", "john smyth", None),
            ("zhang yimou", "zheng yimou", None),
            ("a minus", "aa minus", None),
            ("lee kim", "lea kim", None),
            ("gaddafi", "kadafi", None),
            ("john martin", "john martinez", None),
        ] {
            assert_eq!(likeness(a, b), expected, "{a} / {b}");
            assert_eq!(likeness(b, a), expected, "{b} / {a}");
            if expected.is_some() {
                let keys: Vec<String> = bucket_keys(a).collect();
                assert!(bucket_keys(b).any(|it| keys.contains(&it)), "{a} / {b}");
            }
        }
    }
}
