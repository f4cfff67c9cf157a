//! A word in its line -> the hashes of what can be said about it.

use super::lexicon::{Lexicon, Place, WordFacts};
use super::segments::{Case, Word};
use super::words::{Shape, hash, join};

/// A line with what the lexicon knows of its words.
#[derive(Debug, Default)]
pub struct Line {
    facts: Vec<Facts>,
    upper: bool,
    title: bool,
}

/// What is known of one word.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    hash: u32,
    shape: u32,
    known: WordFacts,
    /// Kinds of place it is part of, and where in the place's name it stands.
    place: u32,
    core: bool,
    first: bool,
    /// Whether the document also has it in lower case, or with a capital inside a sentence.
    habit: u32,
}

/// What a document says about its words by writing them small or with a capital.
pub trait Habits {
    /// 0: nothing; 1: also in small letters; 2: with a capital inside a sentence; 3: both.
    fn habit(&self, hash: u32) -> u32;
}

/// Looks up the words that stand in a run worth looking at, or beside one.
pub fn look_up(
    words: &[Word<'_>],
    segments: &[(usize, usize)],
    case: Case,
    lexicon: &Lexicon,
    habits: &impl Habits,
    line: &mut Line,
) {
    line.upper = case == Case::Upper;
    line.title = case == Case::Title;
    line.facts.clear();
    line.facts.resize(words.len(), Facts::default());
    let mut done = 0;
    for (start, end) in segments {
        let last = (end + 2).min(words.len());
        let begin = start.saturating_sub(2).max(done);
        for (at, word) in words.iter().enumerate().take(last).skip(begin) {
            let hash = word.hash();
            let core = word.shape.is_capital();
            line.facts[at] = Facts {
                hash,
                shape: if line.upper && core { 99 } else { shape_code(word) },
                known: lexicon.word(hash),
                place: 0,
                core,
                first: word.first,
                habit: if core { habits.habit(hash) } else { 0 },
            };
        }
        done = last;
        mark_places(&mut line.facts, *start, *end, lexicon);
    }
}

fn shape_code(word: &Word<'_>) -> u32 {
    match word.shape {
        Shape::Sign => 100 + word.hash() % 1_000_000,
        Shape::Upper => 40 + word.text.len().min(6) as u32,
        Shape::Number => 60 + word.text.len().min(5) as u32,
        Shape::Lower
        | Shape::Capital
        | Shape::Letter
        | Shape::Stopped
        | Shape::Dotted
        | Shape::Mixed
        | Shape::Joined
        | Shape::Counted => word.shape as u32,
    }
}

/// Marks the longest place names of a run.
fn mark_places(facts: &mut [Facts], start: usize, end: usize, lexicon: &Lexicon) {
    let mut at = start;
    while at < end {
        if !facts[at].core {
            at += 1;
            continue;
        }
        let mut longest = 0;
        let mut kinds = Place(0);
        let mut hash = 0;
        for length in 1..=LONGEST_PLACE.min(end - at) {
            let next = facts[at + length - 1].hash;
            hash = if length == 1 { next } else { join(hash, next) };
            if let Some(found) = lexicon.place(hash) {
                longest = length;
                kinds = found;
            }
        }
        for (part, fact) in facts[at..at + longest].iter_mut().enumerate() {
            let part = if longest == 1 {
                3
            } else if part == 0 {
                0
            } else if part + 1 == longest {
                2
            } else {
                1
            };
            fact.place = 1 + u32::from(kinds.0) * 4 + part;
        }
        at += longest.max(1);
    }
}

const LONGEST_PLACE: usize = 5;

/// Beyond either end of a line.
const EDGE: Facts = Facts {
    hash: 1,
    shape: 97,
    known: WordFacts { fine: 1023, middle: 511, coarse: 127, rank: 7, given: 0, surname: 0 },
    place: 0,
    core: false,
    first: false,
    habit: 0,
};

/// Adds the features of the word at `at`, which stands in the run from `start` to `end`.
pub fn features(
    words: &[Word<'_>],
    line: &Line,
    at: usize,
    (start, end): (usize, usize),
    found: &mut Vec<u32>,
) {
    found.clear();
    let get = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| line.facts.get(at)).unwrap_or(&EDGE)
    };
    let this = get(0);
    let (p1, p2, n1, n2) = (&if this.first { EDGE } else { *get(-1) }, get(-2), get(1), get(2));
    let mut add = |template: u32, value: u32| found.push(join(template, value));
    let mode = u32::from(line.upper) * 2 + u32::from(line.title);
    add(1, mode);
    add(2, this.hash);
    add(3, p1.hash);
    add(4, n1.hash);
    add(5, p2.hash);
    add(6, n2.hash);
    add(7, join(p1.hash, this.hash));
    add(8, join(this.hash, n1.hash));
    add(9, join(p1.hash, n1.hash));
    add(10, this.shape);
    add(11, join(p1.shape, this.shape));
    add(12, join(this.shape, n1.shape));
    add(13, join(join(p1.shape, this.shape), n1.shape));
    let text = words[at].text;
    if this.core {
        let mut ends = text.char_indices().map(|(at, _)| at).skip(1);
        for length in 1..=4_u32 {
            if let Some(end) = ends.next() {
                add(20 + length, hash(&text[..end]));
            }
        }
        let mut starts = text.char_indices().rev().map(|(at, _)| at);
        for length in 1..=4_u32 {
            if let Some(start) = starts.next().filter(|it| *it > 0) {
                add(25 + length, hash(&text[start..]));
            }
        }
    }
    let cluster = |facts: &Facts| u32::from(facts.known.fine);
    let middle = |facts: &Facts| u32::from(facts.known.middle);
    let coarse = |facts: &Facts| u32::from(facts.known.coarse);
    add(30, cluster(this));
    add(31, middle(this));
    add(32, coarse(this));
    add(33, cluster(p1));
    add(34, middle(p1));
    add(35, cluster(n1));
    add(36, middle(n1));
    add(37, middle(p2));
    add(38, middle(n2));
    add(39, join(middle(p1), middle(this)));
    add(40, join(middle(this), middle(n1)));
    add(41, join(join(coarse(p1), coarse(this)), coarse(n1)));
    add(42, join(join(middle(p1), this.shape), middle(n1)));
    add(43, join(mode, middle(this)));
    let gazetteer = |facts: &Facts| facts.place;
    let name = |facts: &Facts| u32::from(facts.known.given) * 4 + u32::from(facts.known.surname);
    add(50, gazetteer(this));
    add(51, join(gazetteer(p1), gazetteer(this)));
    add(52, join(gazetteer(this), gazetteer(n1)));
    add(53, name(this));
    add(54, join(name(p1), name(this)));
    add(55, join(name(this), name(n1)));
    add(56, join(join(name(this), gazetteer(this)), this.shape));
    add(57, join(name(n1), gazetteer(n1)));
    add(58, join(name(p1), gazetteer(p1)));
    add(59, join(mode, join(name(this), gazetteer(this))));
    let rank = u32::from(this.known.rank);
    add(60, join(rank, join(u32::from(this.first), this.shape)));
    add(61, join(this.habit, join(u32::from(this.first) + mode * 2, this.shape)));
    add(62, join(rank, this.habit));
    // The run of capitals around the word: its first and last word say much about those between.
    let core = |at: usize| line.facts.get(at).is_some_and(|it| it.core);
    let (mut left, mut right) = (at, at);
    while left > start && at - left < 6 && core(left - 1) {
        left -= 1;
    }
    while right + 1 < end && right - at < 6 && core(right + 1) {
        right += 1;
    }
    let at_of = |at: usize| line.facts.get(at).copied().unwrap_or(EDGE);
    let (head, tail) = (at_of(left), at_of(right));
    let (before, after) = (left.checked_sub(1).map_or(EDGE, at_of), at_of(right + 1));
    add(70, join(tail.hash, (right - at).min(2) as u32));
    add(71, join(middle(&tail), (right - at).min(2) as u32));
    add(72, join(head.hash, (at - left).min(2) as u32));
    add(73, join(middle(&head), (at - left).min(2) as u32));
    add(74, join((right - left) as u32, (at - left) as u32));
    add(75, join(before.hash, after.hash));
    add(76, join(middle(&before), u32::from(left == at)));
    add(77, join(middle(&after), u32::from(right == at)));
    add(78, join(name(&head), join(name(&tail), (right - left) as u32)));
}
