//! A pattern -> an automaton that walks the term dictionary: beginnings with which no form can match are left out with
//! all that follows them, so that a pattern costs what it may match, not what the dictionary holds.

use std::cell::RefCell;

use levenshtein_automata::{DFA, Distance, SINK_STATE};
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA as LazyDfa};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};
use tantivy_fst::Automaton;

use super::patterns::Pattern;
use super::wildcard::Wildcard;

/// Bytes for the states of a regular expression; when they are used up, nothing more is left out.
const STATES: usize = 4 << 20;

/// The states of a regular expression, made as they are come to.
pub(super) struct Lazy {
    dfa: LazyDfa,
    cache: RefCell<Cache>,
}

impl Lazy {
    /// None where the expression asks for more than states can tell.
    pub(super) fn new(expression: &str) -> Option<Self> {
        let config = LazyDfa::config()
            // All ways to match count, or the first that ends would hide longer ones.
            .match_kind(MatchKind::All)
            .cache_capacity(STATES)
            // States are remembered by the walk: they must not change their meaning.
            .minimum_cache_clear_count(Some(0));
        let dfa =
            LazyDfa::builder().configure(config).syntax(syntax::Config::new()).build(expression);
        let dfa = dfa.ok()?;
        let cache = RefCell::new(dfa.create_cache());
        Some(Self { dfa, cache })
    }

    fn start(&self) -> Inside {
        let input = Input::new("").anchored(Anchored::Yes);
        let start = self.dfa.start_state_forward(&mut self.cache.borrow_mut(), &input);
        start.map_or(Inside::Any, Inside::Regex)
    }

    /// Whether what was read so far is a match as a whole; what a quit state would have told is not known.
    fn ends(&self, state: LazyStateID) -> bool {
        let end = self.dfa.next_eoi_state(&mut self.cache.borrow_mut(), state);
        end.map_or(true, |it| it.is_match() || it.is_quit())
    }

    fn step(&self, state: LazyStateID, byte: u8) -> Inside {
        match self.dfa.next_state(&mut self.cache.borrow_mut(), state, byte) {
            Ok(next) if next.is_dead() => Inside::None,
            // What a quit state would have told is not known.
            Ok(next) if next.is_quit() => Inside::Any,
            Ok(next) => Inside::Regex(next),
            Err(_) => Inside::Any,
        }
    }
}

/// The keys whose form may match.
pub(super) struct Beginnings<'a> {
    /// What stands before every key.
    pub(super) before: &'a [u8],
    pub(super) pattern: Option<&'a Pattern>,
}

/// How far a key was read.
#[derive(Clone, Copy)]
pub(super) enum Read {
    /// So many bytes of what stands before.
    Before(usize),
    /// The mark of joined words: their number follows.
    Joined,
    Form(Inside),
}

/// How far a form was read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Inside {
    /// It may match.
    Any,
    /// It cannot.
    None,
    Wildcard(u64),
    Fuzzy(u32),
    Regex(LazyStateID),
}

impl Beginnings<'_> {
    fn begin(&self) -> Inside {
        match self.pattern {
            None | Some(Pattern::Regex(_, None)) => Inside::Any,
            Some(Pattern::Regex(_, Some(lazy))) => lazy.start(),
            Some(Pattern::Wildcard(_)) => Inside::Wildcard(Wildcard::START),
            Some(Pattern::Fuzzy(dfa, _)) => Inside::Fuzzy(dfa.initial_state()),
        }
    }

    /// Whether a form that ends here may match.
    pub(super) fn ends(&self, inside: Inside) -> bool {
        match (inside, self.pattern) {
            (Inside::None, _) => false,
            (Inside::Wildcard(state), Some(Pattern::Wildcard(wildcard))) => wildcard.ends(state),
            (Inside::Fuzzy(state), Some(Pattern::Fuzzy(dfa, most))) => {
                matches!(dfa.distance(state), Distance::Exact(distance) if distance <= *most)
            }
            (Inside::Regex(state), Some(Pattern::Regex(_, Some(lazy)))) => lazy.ends(state),
            (Inside::Any | Inside::Wildcard(_) | Inside::Fuzzy(_) | Inside::Regex(_), _) => true,
        }
    }

    pub(super) fn step(&self, inside: Inside, byte: u8) -> Inside {
        match (inside, self.pattern) {
            (Inside::Wildcard(state), Some(Pattern::Wildcard(wildcard))) => {
                match wildcard.step(state, byte) {
                    0 => Inside::None,
                    next => Inside::Wildcard(next),
                }
            }
            (Inside::Fuzzy(state), Some(Pattern::Fuzzy(dfa, _))) => fuzzy(dfa, state, byte),
            (Inside::Regex(state), Some(Pattern::Regex(_, Some(lazy)))) => lazy.step(state, byte),
            (other, _) => other,
        }
    }
}

fn fuzzy(dfa: &DFA, state: u32, byte: u8) -> Inside {
    match dfa.transition(state, byte) {
        SINK_STATE => Inside::None,
        next => Inside::Fuzzy(next),
    }
}

impl Automaton for Beginnings<'_> {
    type State = Read;

    fn start(&self) -> Read {
        Read::Before(0)
    }

    fn is_match(&self, state: &Read) -> bool {
        match *state {
            Read::Form(inside) => self.ends(inside),
            Read::Before(_) | Read::Joined => false,
        }
    }

    fn can_match(&self, state: &Read) -> bool {
        !matches!(state, Read::Form(Inside::None))
    }

    fn accept(&self, state: &Read, byte: u8) -> Read {
        Read::Form(match *state {
            Read::Before(read) if read < self.before.len() => {
                if self.before[read] == byte {
                    return Read::Before(read + 1);
                }
                Inside::None
            }
            Read::Before(_) if byte == 1 => return Read::Joined,
            // Stems and borders.
            Read::Before(_) if byte <= 8 => Inside::None,
            Read::Before(_) => self.step(self.begin(), byte),
            Read::Joined => self.begin(),
            Read::Form(inside) => self.step(inside, byte),
        })
    }
}

#[cfg(test)]
mod tests {
    use tantivy_fst::{IntoStreamer, Map, Streamer};

    use super::*;
    use crate::index::keys;
    use crate::query::{Term, TermKind};

    /// Keys as an index has them: short words over few letters, joined words, stems and borders.
    fn all_keys(before: &str) -> Vec<String> {
        let letters = ["", "a", "b", "ж", "\u{e9}", "-"];
        let mut found = vec![keys::SENTENCE.to_owned(), format!("{before}\u{2}enab")];
        for first in letters {
            for second in letters {
                for third in letters {
                    for width in 1..=3 {
                        let mut key = before.to_owned();
                        keys::push_exact(&mut key, width, &format!("{first}{second}{third}"));
                        found.push(key);
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    #[test]
    fn nothing_that_matches_is_left_out() {
        for before in ["", "o:"] {
            let keys = all_keys(before);
            let dictionary = Map::from_iter(keys.iter().zip(0..)).unwrap();
            for (text, kind) in [
                ("a*", TermKind::Wildcard),
                ("*b", TermKind::Wildcard),
                ("?ж*", TermKind::Wildcard),
                ("a|ab", TermKind::Regex),
                ("[ab]+ж?", TermKind::Regex),
                (r"a\b.*", TermKind::Regex),
                ("(ab){1,900}", TermKind::Regex),
                ("ab", TermKind::Fuzzy(1)),
                ("жa", TermKind::Fuzzy(2)),
            ] {
                let term = Term { text: text.to_owned(), kind, case: None, required: false };
                let pattern = Pattern::new(&term).unwrap();
                let form =
                    |key: &str| Some(keys::exact_form(key.strip_prefix(before)?)?.1.to_owned());
                let matches = |key: &&String| form(key).is_some_and(|it| pattern.matches(&it));
                let expected: Vec<&String> = keys.iter().filter(matches).collect();
                let guided = Beginnings { before: before.as_bytes(), pattern: Some(&pattern) };
                let mut walk = dictionary.search(guided).into_stream();
                let mut walked = Vec::new();
                while let Some((key, _)) = walk.next() {
                    walked.push(String::from_utf8(key.to_vec()).unwrap());
                }
                let found: Vec<&String> = walked.iter().filter(matches).collect();
                assert_eq!(found, expected, "{text}");
                assert!(!expected.is_empty(), "{text}");
                // What begins otherwise than every match is not even looked at.
                if matches!(text, "a*" | "a|ab" | "ab") {
                    assert!(walked.len() * 2 < keys.len(), "{text} walks {}", walked.len());
                }
            }
        }
    }
}
