//! The keys of a segment that a pattern may stand for, from the automaton in which the engine keeps its term dictionary.
//!
//! The engine's own stream carries the range, the direction and the value of every key along, and takes four times as
//! long; a pattern that begins with a wildcard leads through all keys there are.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use tantivy::Searcher;
use tantivy::directory::OwnedBytes;
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::schema::Field;
use tantivy_fst::Automaton;
use tantivy_fst::raw::{CompiledAddr, Fst};

use super::beginnings::{Beginnings, Inside, Read};
use super::files::file_of;
use super::patterns::Pattern;

/// Keys are far shorter, but for words that are none (base64), and damaged files: what is longer is left to the engine.
const LONGEST_KEY: usize = 4096;

/// What stands behind the automaton in the dictionary of a field, from the end: its kind, the version of the automaton,
/// and how long the values before these are.
const KIND: usize = 4;
const VERSION: usize = 4;
const LENGTH: usize = 8;

/// The automaton of a field's keys; none if it cannot be had, and the engine has to be asked.
pub(super) fn automaton_of(
    searcher: &Searcher,
    segment: &SegmentReader,
    field: Field,
) -> Option<Fst<OwnedBytes>> {
    let file = file_of(searcher.index(), segment, field, &SegmentComponent::Terms).ok()?;
    let dictionary = file.read_bytes().ok()?;
    let before = dictionary.len().checked_sub(KIND + VERSION + LENGTH)?;
    let length = dictionary[before..before + LENGTH].try_into().ok()?;
    let end = before.checked_sub(usize::try_from(u64::from_le_bytes(length)).ok()?)?;
    let automaton = Fst::new(dictionary.slice(0..end)).ok()?;
    let known = segment.inverted_index(field).ok()?.terms().num_terms();
    (automaton.len() == known).then_some(automaton)
}

/// Visits the keys that may match, in order, as long as `visit` says so. Gives whether these were all.
pub(super) fn walk(
    automaton: &Fst<OwnedBytes>,
    beginnings: &Beginnings<'_>,
    visit: &mut dyn FnMut(&[u8]) -> bool,
) -> bool {
    let root = automaton.root().addr();
    let mut walk = Walk { automaton, beginnings, key: Vec::new(), visit, complete: true, found: 0 };
    let mut dead = Dead::default();
    walk.below(root, beginnings.start(), &mut dead);
    walk.complete
}

struct Walk<'a> {
    automaton: &'a Fst<OwnedBytes>,
    beginnings: &'a Beginnings<'a>,
    key: Vec<u8>,
    visit: &'a mut dyn FnMut(&[u8]) -> bool,
    complete: bool,
    /// How many keys were visited.
    found: usize,
}

/// Nodes below which nothing was found, with how far a form was read there. Keys share their endings (`-ation`): most
/// nodes are come to many times. Of those that fall on one place the last is remembered.
#[derive(Default)]
struct Dead {
    nodes: Vec<Option<Node>>,
    /// Those that were passed, with none found since.
    passed: Vec<Node>,
    count: usize,
}

type Node = (CompiledAddr, Inside);

/// How many nodes are remembered, as a power of two, and after how many passed that begins to be worth it.
const REMEMBERED: u32 = 13;
const SHORT: usize = 4096;

impl Dead {
    fn place(node: &Node) -> usize {
        // The high bits of this hash are the good ones.
        usize::try_from(FxBuildHasher.hash_one(node) >> (u64::BITS - REMEMBERED)).unwrap_or(0)
    }

    fn has(&self, node: &Node) -> bool {
        !self.nodes.is_empty() && self.nodes[Self::place(node)].as_ref() == Some(node)
    }

    fn pass(&mut self, node: Node) {
        self.count += 1;
        self.passed.push(node);
    }

    /// Goes back to where so many were passed; what was passed since is remembered if nothing was found there.
    fn back(&mut self, passed: usize, are_dead: bool) {
        if are_dead && self.count > SHORT {
            self.nodes.resize(1 << REMEMBERED, None);
            for node in &self.passed[passed..] {
                self.nodes[Self::place(node)] = Some(*node);
            }
        }
        self.passed.truncate(passed);
    }
}

impl Walk<'_> {
    /// What stands before the form.
    fn below(&mut self, addr: CompiledAddr, read: Read, dead: &mut Dead) {
        if let Read::Form(inside) = read {
            return self.form(addr, inside, dead);
        }
        for transition in self.automaton.node(addr).transitions() {
            let read = self.beginnings.accept(&read, transition.inp);
            if self.beginnings.can_match(&read) {
                self.key.push(transition.inp);
                self.below(transition.addr, read, dead);
                self.key.pop();
            }
        }
    }

    /// The form; the most common kind of pattern has a loop of its own.
    fn form(&mut self, addr: CompiledAddr, inside: Inside, dead: &mut Dead) {
        let beginnings = self.beginnings;
        if let (Inside::Wildcard(_), Some(Pattern::Wildcard(wildcard))) =
            (inside, beginnings.pattern)
        {
            let state = |inside| if let Inside::Wildcard(state) = inside { state } else { 0 };
            let step = |inside, byte| match wildcard.step(state(inside), byte) {
                0 => None,
                next => Some(Inside::Wildcard(next)),
            };
            return self.inside((addr, inside), &step, &|it| wildcard.ends(state(it)), dead);
        }
        let alive = |it: &Inside| !matches!(it, Inside::None);
        let step = |inside, byte| Some(beginnings.step(inside, byte)).filter(alive);
        self.inside((addr, inside), &step, &|inside| beginnings.ends(inside), dead);
    }

    fn inside(
        &mut self,
        mut here: Node,
        step: &impl Fn(Inside, u8) -> Option<Inside>,
        ends: &impl Fn(Inside) -> bool,
        dead: &mut Dead,
    ) {
        let (before, found, passed) = (self.key.len(), self.found, dead.passed.len());
        while self.complete && !dead.has(&here) {
            dead.pass(here);
            let (addr, inside) = here;
            let node = self.automaton.node(addr);
            if node.is_final() && ends(inside) {
                self.found += 1;
                self.complete = (self.visit)(&self.key);
            }
            self.complete &= self.key.len() < LONGEST_KEY;
            let Some(last) = node.len().checked_sub(1) else { break };
            for transition in (0..last).map(|at| node.transition(at)) {
                if let Some(next) = step(inside, transition.inp) {
                    self.key.push(transition.inp);
                    self.inside((transition.addr, next), step, ends, dead);
                    self.key.pop();
                }
            }
            // Most have one way on only.
            let transition = node.transition(last);
            let Some(next) = step(inside, transition.inp) else { break };
            self.key.push(transition.inp);
            here = (transition.addr, next);
        }
        self.key.truncate(before);
        dead.back(passed, self.found == found);
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, TantivyDocument, doc};

    use super::*;
    use crate::query::{Term, TermKind};

    #[test]
    fn the_engine_walks_the_same_way() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", STRING);
        let other = schema.add_text_field("other", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        let letters = ["", "a", "b", "ж", "\u{e9}", "ing"];
        for first in letters {
            for second in letters {
                for before in ["", "\u{1}2", "\u{2}en"] {
                    let key = format!("{before}{first}{second}x{first}");
                    writer.add_document(doc!(field => key, other => "other")).unwrap();
                }
            }
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let segment = searcher.segment_reader(0);
        let automaton = automaton_of(&searcher, segment, field).unwrap();
        let inverted = segment.inverted_index(field).unwrap();
        for (text, kind) in [
            ("*ing", TermKind::Wildcard),
            ("?ж*", TermKind::Wildcard),
            ("a*x?", TermKind::Wildcard),
            ("*", TermKind::Wildcard),
            ("[ab]+ж?x.*", TermKind::Regex),
            (r"a\b.*", TermKind::Regex),
            ("abxa", TermKind::Fuzzy(1)),
            ("жингxж", TermKind::Fuzzy(2)),
        ] {
            let term = Term { text: text.to_owned(), kind, case: None, required: false };
            let pattern = Pattern::new(&term).unwrap();
            let beginnings = || Beginnings { before: b"", pattern: Some(&pattern) };
            let mut found = Vec::new();
            assert!(walk(&automaton, &beginnings(), &mut |key| {
                found.push(key.to_vec());
                true
            }));
            let mut stream = inverted.terms().search(beginnings()).into_stream().unwrap();
            let mut expected = Vec::new();
            while stream.advance() {
                expected.push(stream.key().to_vec());
            }
            assert_eq!(found, expected, "{text}");
        }
        let mut all = 0;
        let any = Beginnings { before: b"", pattern: None };
        assert!(walk(&automaton, &any, &mut |_| {
            all += 1;
            true
        }));
        // Of three kinds of keys one are stems.
        assert_eq!(all * 3, inverted.terms().num_terms() * 2);
        assert!(!walk(&automaton, &any, &mut |_| false));
    }

    #[test]
    fn shared_endings_are_found_behind_every_beginning() {
        let endings = ["", "ing", "ings", "ation", "ated", "zing"];
        let forms = (0..3_000).flat_map(|it| endings.map(|ending| format!("{it:x}{ending}")));
        let mut keys: Vec<String> = forms.collect();
        keys.sort();
        let map = tantivy_fst::Map::from_iter(keys.iter().zip(0..)).unwrap();
        let automaton = Fst::new(OwnedBytes::new(map.as_fst().to_vec())).unwrap();
        for (text, kind) in [
            ("*ing", TermKind::Wildcard),
            ("*g", TermKind::Wildcard),
            ("*q*", TermKind::Wildcard),
            ("*b?ti*", TermKind::Wildcard),
            ("*", TermKind::Wildcard),
            (".*[0-4]at.*", TermKind::Regex),
            ("12ation", TermKind::Fuzzy(2)),
        ] {
            let term = Term { text: text.to_owned(), kind, case: None, required: false };
            let pattern = Pattern::new(&term).unwrap();
            let beginnings = Beginnings { before: b"", pattern: Some(&pattern) };
            let mut found = Vec::new();
            assert!(walk(&automaton, &beginnings, &mut |key| {
                found.push(String::from_utf8(key.to_vec()).unwrap());
                true
            }));
            let matches = keys.iter().filter(|it| pattern.matches(it)).cloned();
            assert_eq!(found, matches.collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn what_is_no_word_is_left_to_the_engine() {
        let keys = ["a".to_owned(), "q".repeat(LONGEST_KEY + 10)];
        let map = tantivy_fst::Map::from_iter(keys.iter().zip(0..)).unwrap();
        let automaton = Fst::new(OwnedBytes::new(map.as_fst().to_vec())).unwrap();
        let pattern = |text: &str| {
            let kind = TermKind::Wildcard;
            Pattern::new(&Term { text: text.to_owned(), kind, case: None, required: false })
                .unwrap()
        };
        for (text, complete) in [("a*", true), ("q*", false), ("*", false)] {
            let beginnings = Beginnings { before: b"", pattern: Some(&pattern(text)) };
            assert_eq!(walk(&automaton, &beginnings, &mut |_| true), complete, "{text}");
        }
    }
}
