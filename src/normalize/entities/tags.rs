//! The kinds of names, and the tags a sequence of words is given: outside, or begin, inside, last or only word of a name.

pub use crate::article::EntityKind as Kind;

/// All kinds, in the order their tags are numbered.
pub const KINDS: [Kind; 3] = [Kind::Person, Kind::Organization, Kind::Place];

/// How many tags there are: outside, and four for each kind.
pub const TAGS: usize = 13;

/// The tag of a word that is part of no name.
pub const OUTSIDE: u8 = 0;

/// Where in its name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// First of several words.
    Begin = 0,
    /// Neither first nor last.
    Inside = 1,
    /// Last of several.
    Last = 2,
    /// The only word.
    Unit = 3,
}

const PARTS: [Part; 4] = [Part::Begin, Part::Inside, Part::Last, Part::Unit];

/// The number of a tag.
pub fn tag(kind: Kind, part: Part) -> u8 {
    1 + 4 * kind as u8 + part as u8
}

/// What a tag says; nothing for outside.
pub fn meaning(tag: u8) -> Option<(Kind, Part)> {
    let rest = usize::from(tag.checked_sub(1)?);
    Some((*KINDS.get(rest / 4)?, PARTS[rest % 4]))
}

/// Whether a tag may stand after another.
pub fn may_follow(before: u8, after: u8) -> bool {
    let open = match meaning(before) {
        Some((kind, Part::Begin | Part::Inside)) => Some(kind),
        Some((_, Part::Last | Part::Unit)) | None => None,
    };
    let goes_on = match meaning(after) {
        Some((kind, Part::Inside | Part::Last)) => Some(kind),
        Some((_, Part::Begin | Part::Unit)) | None => None,
    };
    open == goes_on
}

/// The names in a sequence of tags: kind, first word, and the word after the last.
pub fn spans(tags: &[u8]) -> Vec<(Kind, usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, tag) in tags.iter().enumerate() {
        match meaning(*tag) {
            Some((_, Part::Begin)) => start = at,
            Some((kind, Part::Unit)) => found.push((kind, at, at + 1)),
            Some((kind, Part::Last)) => found.push((kind, start, at + 1)),
            Some((_, Part::Inside)) | None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole() {
        let begin = tag(Kind::Place, Part::Begin);
        let last = tag(Kind::Place, Part::Last);
        let unit = tag(Kind::Person, Part::Unit);
        assert!(may_follow(OUTSIDE, begin) && may_follow(begin, last) && may_follow(last, unit));
        assert!(
            !may_follow(OUTSIDE, last) && !may_follow(begin, unit) && !may_follow(begin, OUTSIDE)
        );
        assert!(!may_follow(begin, tag(Kind::Person, Part::Last)));
        let tags = [OUTSIDE, begin, last, unit];
        assert_eq!(spans(&tags), [(Kind::Place, 1, 3), (Kind::Person, 3, 4)]);
    }
}
