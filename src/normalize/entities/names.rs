//! Mentions of an article -> its names: titles off, one kind a name, a surname counted with the full name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Mention;
use super::tags::{KINDS, Kind};
use super::titles::{is_nationality, is_title};

/// The names of an article, in the order they are first mentioned.
pub fn names(mentions: &[Mention]) -> Vec<(Kind, String)> {
    let mentions: Vec<Mention> = mentions.iter().filter_map(tidy).collect();
    let mut votes: FxHashMap<String, [u32; 3]> = FxHashMap::default();
    // The last word of each full name; whoever is called by it alone is that person.
    let mut surnames: FxHashMap<String, u32> = FxHashMap::default();
    for mention in &mentions {
        let key = key(&mention.text);
        if mention.kind == Kind::Person
            && let Some((_, last)) = key.rsplit_once(' ')
        {
            *surnames.entry(last.to_owned()).or_default() += 1;
        }
        votes.entry(key).or_default()[mention.kind as usize] += 1;
    }
    let mut names: Vec<(Kind, String, String)> = Vec::new();
    let mut known = FxHashSet::default();
    for mention in mentions {
        let key = key(&mention.text);
        let Some(votes) = votes.get(&key) else { continue };
        let mut kind = mention.kind;
        for other in KINDS {
            if votes[other as usize] > votes[kind as usize] {
                kind = other;
            }
        }
        if surnames.contains_key(&key) && votes[Kind::Person as usize] > 0 {
            kind = Kind::Person;
        }
        if known.insert((kind, key.clone())) {
            names.push((kind, mention.text, key));
        }
    }
    let mut parts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, (kind, _, key)) in names.iter().enumerate() {
        if *kind == Kind::Person && key.contains(' ') {
            for word in key.split(' ') {
                parts.entry(word.to_owned()).or_default().push(at);
            }
        }
    }
    let shorter = |kind: Kind, key: &str| {
        kind == Kind::Person && !key.contains(' ') && parts.contains_key(key)
    };
    names
        .iter()
        .filter(|(kind, _, key)| !shorter(*kind, key))
        .map(|(kind, name, _)| (*kind, name.clone()))
        .collect()
}

/// What makes two mentions the same name: neither case nor full stops.
fn key(name: &str) -> String {
    let plain = name.replace('’', "'").replace('.', " ").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A mention without titles and articles; nothing if no name is left.
fn tidy(mention: &Mention) -> Option<Mention> {
    let mut words: Vec<&str> = mention.text.split(' ').collect();
    let mut start = 0;
    if mention.kind == Kind::Person {
        while words.get(start).is_some_and(|it| is_title(it) || is_nationality(it)) {
            start += 1;
            while words.get(start).is_some_and(|it| matches!(*it, "of" | "the" | "-")) {
                start += 1;
            }
        }
    }
    if words.get(start).is_some_and(|it| it.eq_ignore_ascii_case("the")) {
        start += 1;
    }
    words.drain(..start.min(words.len()));
    match (mention.kind, words.as_slice()) {
        (_, []) => return None,
        (_, [word]) if is_nationality(word) => return None,
        (Kind::Place, ["State" | "Republic" | "Kingdom" | "Province" | "City" | "District"]) => {
            return None;
        }
        (Kind::Person | Kind::Organization | Kind::Place, _) => {}
    }
    Some(Mention { kind: mention.kind, text: words.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(kind: Kind, text: &str) -> Mention {
        Mention { kind, text: text.to_owned() }
    }

    #[test]
    fn one_name_each() {
        let found = names(&[
            mention(Kind::Place, "Varga"),
            mention(Kind::Person, "Dr. Ilona Varga"),
            mention(Kind::Person, "Varga"),
            mention(Kind::Place, "Morna"),
            mention(Kind::Place, "MORNA"),
            mention(Kind::Person, "President"),
            mention(Kind::Place, "Belarusian"),
        ]);
        assert_eq!(
            found,
            [(Kind::Person, "Ilona Varga".to_owned()), (Kind::Place, "Morna".to_owned())]
        );
    }
}
