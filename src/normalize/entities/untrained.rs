//! Texts in a language that the tagger was not trained for -> the names that lists, capitals and acronyms give.
//!
//! A place is one that the gazetteer knows, a person a run of capitals that begins with a known first name, an
//! organization a known or explained name, or an acronym. Where letters have no capitals nothing is guessed.

use super::known::is_organization;
use super::lexicon::{Lexicon, Place};
use super::names::key;
use super::parts::place;
use super::segments::{Case, Word, case, words};
use super::tags::Kind;
use super::tokens::{Token, tokenize};
use super::words::{Shape, hash};
use super::{Mention, Tagger};
use crate::article::Definition;

/// Names of more words are not looked for.
const LONGEST: usize = 5;

/// Gazetteer bits of places that are known far away: large cities, countries, states, regions.
const KNOWN_FAR: u8 = 2 | 4 | 8 | 128;

/// The names in some texts, in the order they stand.
pub(super) fn mentions(
    texts: &[&str],
    definitions: &[Definition],
    tagger: &Tagger,
) -> Vec<Mention> {
    if !texts.iter().any(|it| has_capitals(it)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut tokens = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut begin = 0;
        for paragraph in text.split('\n') {
            tokens.clear();
            tokenize(paragraph, &mut tokens);
            // Lines that are all capitals, or nearly, say nothing about which word is a name.
            let words = words(paragraph, &tokens);
            if case(&words) == Case::Sentence {
                line(paragraph, &tokens, &words, (number, begin), definitions, tagger, &mut found);
            }
            begin += paragraph.len() + 1;
        }
    }
    found
}

/// Whether most letters of a text are of a script with capitals.
fn has_capitals(text: &str) -> bool {
    let (mut cased, mut all) = (0_usize, 0_usize);
    for letter in text.chars().filter(|it| it.is_alphabetic()).take(2_000) {
        all += 1;
        cased += usize::from(letter.is_lowercase() || letter.is_uppercase());
    }
    cased * 2 > all
}

fn line(
    paragraph: &str,
    tokens: &[Token],
    words: &[Word<'_>],
    (number, begin): (usize, usize),
    definitions: &[Definition],
    tagger: &Tagger,
    found: &mut Vec<Mention>,
) {
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take(LONGEST).take_while(|it| is_capital(it)).count();
        let best = (1..=run).rev().find_map(|length| {
            let (first, last) = (tokens.get(at)?, tokens.get(at + length - 1)?);
            let text = paragraph.get(first.start as usize..last.end as usize)?;
            let kind = kind(text, &words[at..at + length], definitions, &tagger.lexicon)?;
            Some((kind, length, text, first.start as usize))
        });
        let Some((kind, length, text, start)) = best else {
            at += 1;
            continue;
        };
        found.push(Mention {
            kind,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            at: (number, begin + start),
            shouted: false,
            first: words[at].first,
            after_in: false,
            listed: None,
        });
        at += length;
    }
}

fn is_capital(word: &Word<'_>) -> bool {
    word.shape.is_capital()
}

/// What a run of capitals names, if that is known.
fn kind(
    text: &str,
    words: &[Word<'_>],
    definitions: &[Definition],
    lexicon: &Lexicon,
) -> Option<Kind> {
    let folded = key(text);
    let is_defined =
        definitions.iter().any(|it| key(&it.short) == folded || key(&it.long) == folded);
    if is_defined || words.len() > 1 && is_organization(&folded) {
        return Some(Kind::Organization);
    }
    let Place(kinds) = place(text, lexicon).unwrap_or(Place(0));
    match words {
        [word] => match word.shape {
            Shape::Upper if (3..=6).contains(&word.text.chars().count()) => {
                Some(Kind::Organization)
            }
            Shape::Capital | Shape::Joined | Shape::Dotted
                if kinds & KNOWN_FAR > 0 && !word.first =>
            {
                Some(Kind::Place)
            }
            Shape::Lower
            | Shape::Capital
            | Shape::Letter
            | Shape::Stopped
            | Shape::Upper
            | Shape::Dotted
            | Shape::Mixed
            | Shape::Joined
            | Shape::Number
            | Shape::Counted
            | Shape::Sign => None,
        },
        [first, ..] if kinds > 0 && !first.first => Some(Kind::Place),
        [first, .., last] => {
            // `La` and `In` are first names in some list.
            let is_given = first.text.chars().count() > 2
                && matches!(lexicon.word(hash(first.text)).given, 1..=3);
            let is_name = |word: &Word<'_>| {
                matches!(word.shape, Shape::Capital | Shape::Joined | Shape::Mixed)
            };
            (is_given && is_name(first) && is_name(last)).then_some(Kind::Person)
        }
        [] => None,
    }
}
