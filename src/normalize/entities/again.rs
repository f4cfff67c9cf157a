//! Names found in one place of an article -> the same words wherever else it has them.

use rustc_hash::FxHashMap;

use super::tags::{KINDS, Kind};
use super::words::join;
use super::{Sentence, Span};

/// Names of more words are not looked for again.
const LONGEST: usize = 6;

/// A name of one word is looked for again if it was found so often.
const OFTEN: u32 = 2;

/// Adds the mentions that were overlooked to those found, which are in the order they stand.
pub(super) fn complete(sentences: &[Sentence<'_>], found: &mut Vec<Span>) {
    let mut names: FxHashMap<u32, [u32; 3]> = FxHashMap::default();
    let mut beginnings: FxHashMap<u32, usize> = FxHashMap::default();
    for span in found.iter() {
        let Some((name, first)) = name_hash(&sentences[span.sentence], span) else { continue };
        names.entry(name).or_default()[span.kind as usize] += 1;
        let longest = beginnings.entry(first).or_default();
        *longest = span.words.len().max(*longest);
    }
    if names.is_empty() {
        return;
    }
    let mut more = Vec::new();
    let mut taken = found.chunk_by(|one, next| one.sentence == next.sentence).peekable();
    for (number, sentence) in sentences.iter().enumerate() {
        let mut at = 0;
        let own = taken.next_if(|it| it.first().is_some_and(|it| it.sentence == number));
        let mut next_taken = own.unwrap_or_default().iter().peekable();
        while at < sentence.tokens.len() {
            if let Some(span) = next_taken.next_if(|it| it.words.start <= at) {
                at = span.words.end.max(at);
                continue;
            }
            let free = next_taken.peek().map_or(sentence.tokens.len(), |it| it.words.start);
            match longest_name(sentence, at, free, &names, &beginnings) {
                Some((kind, length)) => {
                    more.push(Span { kind, sentence: number, words: at..at + length });
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    if !more.is_empty() {
        found.append(&mut more);
        found.sort_by_key(|it| (it.sentence, it.words.start));
    }
}

/// The hash of a name that is worth looking for, and of its first word.
fn name_hash(sentence: &Sentence<'_>, span: &Span) -> Option<(u32, u32)> {
    if span.words.len() > LONGEST {
        return None;
    }
    let mut words = span.words.clone().map(|at| word_hash(sentence, at));
    let first = words.next()?;
    Some((words.fold(first, join), first))
}

fn word_hash(sentence: &Sentence<'_>, at: usize) -> u32 {
    sentence.words[at].hash()
}

/// The longest known name that begins at this word and ends before `free`.
fn longest_name(
    sentence: &Sentence<'_>,
    at: usize,
    free: usize,
    names: &FxHashMap<u32, [u32; 3]>,
    beginnings: &FxHashMap<u32, usize>,
) -> Option<(Kind, usize)> {
    let is_capital = |at: usize| sentence.tokens[at].shape.is_capital();
    if !is_capital(at) {
        return None;
    }
    let first = word_hash(sentence, at);
    let longest = (*beginnings.get(&first)?).min(free.saturating_sub(at));
    let mut best = None;
    let mut name = first;
    for length in 1..=longest {
        if length > 1 {
            name = join(name, word_hash(sentence, at + length - 1));
        }
        // `May` of a name is no reason to take every `May`: a word of capitals beside it makes it another name.
        let alone = (at == 0 || !is_capital(at - 1))
            && (at + length >= sentence.tokens.len() || !is_capital(at + length));
        let Some(votes) = names.get(&name) else { continue };
        let all: u32 = votes.iter().sum();
        if alone && is_capital(at + length - 1) && (length > 1 || all >= OFTEN) {
            let kind = KINDS.into_iter().max_by_key(|it| votes[*it as usize]);
            best = kind.map(|kind| (kind, length));
        }
    }
    best
}
