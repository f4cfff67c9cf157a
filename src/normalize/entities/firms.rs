//! Names of firms -> the same with the legal form that a comma sets off: `Varholm Mills, Inc.`

use std::ops::Range;

use super::known::partnership;
use super::segments::Word;
use super::tags::Kind;
use super::{Sentence, Span};
use crate::text::legal_forms::LEGAL_FORMS;

/// Whether a word is a legal form alone.
pub(super) fn is_legal_form(word: &str) -> bool {
    let is_form = |word: &str| LEGAL_FORMS.iter().any(|it| it.eq_ignore_ascii_case(word));
    word.len() <= 15
        && if word.contains('.') { is_form(&word.replace('.', "")) } else { is_form(word) }
}

/// Joins each legal form behind a comma to the name before it, and the partners of a firm to one name.
pub(super) fn complete(sentences: &[Sentence<'_>], found: &mut Vec<Span>) {
    partners(sentences, found);
    let mut joined = Vec::with_capacity(found.len());
    let mut spans = std::mem::take(found).into_iter().peekable();
    while let Some(mut span) = spans.next() {
        let sentence = &sentences[span.sentence];
        if span.kind == Kind::Organization {
            // `Inc. and Varholm Mills`: the legal form is that of another.
            while span.words.len() > 1
                && (is_form(sentence, span.words.start) || is_joiner(sentence, span.words.start))
            {
                span.words.start += 1;
            }
            let comma = span.words.end;
            if is_comma(sentence, comma) && is_form(sentence, comma + 1) {
                span.words.end += 2;
                spans.next_if(|next| {
                    next.sentence == span.sentence && next.words.start < span.words.end
                });
            } else if span.words.len() == 1
                && is_form(sentence, span.words.start)
                && span.words.start > 1
                && is_comma(sentence, span.words.start - 1)
            {
                let mut start = span.words.start - 1;
                while start > 0
                    && is_capital(sentence, start - 1)
                    && !is_joiner(sentence, start - 1)
                {
                    start -= 1;
                }
                joined.pop_if(|last: &mut Span| {
                    last.sentence == span.sentence && last.words.end > start
                });
                if start + 1 < span.words.start {
                    span.words.start = start;
                }
            }
        }
        joined.push(span);
    }
    *found = joined;
}

/// `Varga, Brandvold and Co`, `Varga, Osmane, Brandvold and Sons Inc`: one name from the first partner on.
fn partners(sentences: &[Sentence<'_>], found: &mut Vec<Span>) {
    let mut firms: Vec<Span> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        for at in 1..sentence.tokens.len() {
            if let Some(words) = known_partnership(sentence, at - 1) {
                firms.push(Span { kind: Kind::Organization, sentence: number, words });
                continue;
            }
            let is_and = word(sentence, at).is_some_and(|it| matches!(it, "and" | "&"));
            if !is_and || !is_capital(sentence, at - 1) {
                continue;
            }
            let ends = |at| word(sentence, at).is_some_and(|it| PARTNERS.contains(&it));
            let mut end = at + 1;
            while ends(end) || end > at + 1 && is_form(sentence, end) {
                end += 1;
            }
            if end == at + 1 {
                continue;
            }
            let start = first_partner(sentence, at);
            firms.push(Span { kind: Kind::Organization, sentence: number, words: start..end });
        }
    }
    for firm in firms {
        let overlaps = |it: &Span| {
            it.sentence == firm.sentence
                && it.words.start < firm.words.end
                && firm.words.start < it.words.end
        };
        // Nothing of it was a name: it is the end of a list of words.
        if found.iter().any(overlaps) {
            found.retain(|it| !overlaps(it));
            found.push(firm);
        }
    }
    found.sort_by_key(|it| (it.sentence, it.words.start));
}

/// Words of a partnership, commas counted.
const LONGEST: usize = 9;

/// The partnership of the lists that begins with this word.
fn known_partnership(sentence: &Sentence<'_>, at: usize) -> Option<Range<usize>> {
    if !is_capital(sentence, at) {
        return None;
    }
    let words = sentence.words.iter().skip(at).take(LONGEST);
    partnership(words.map(Word::hash)).map(|length| at..at + length)
}

/// Last words of firms after `and`.
const PARTNERS: &[&str] =
    &["Co", "Co.", "Cos", "Company", "Sons", "Bros", "Bros.", "Brothers", "Partners", "Associates"];

/// Where the partners before `and` begin: two words at most between commas.
fn first_partner(sentence: &Sentence<'_>, and: usize) -> usize {
    let run = |mut at: usize| {
        while at > 0 && is_capital(sentence, at - 1) && !sentence.tokens[at].first {
            at -= 1;
        }
        at
    };
    let mut start = run(and);
    // A name of three words or more is a firm by itself.
    let mut words = and - start;
    while words <= 2
        && start > 1
        && is_comma(sentence, start - 1)
        && is_capital(sentence, start - 2)
    {
        let next = run(start - 1);
        words = start - 1 - next;
        if words > 2 {
            break;
        }
        start = next;
    }
    start
}

fn word<'a>(sentence: &Sentence<'a>, at: usize) -> Option<&'a str> {
    let token = sentence.tokens.get(at)?;
    sentence.paragraph.get(token.start as usize..token.end as usize)
}

/// Words in capitals that are no part of what follows.
fn is_joiner(sentence: &Sentence<'_>, at: usize) -> bool {
    word(sentence, at)
        .is_some_and(|it| ["and", "by"].iter().any(|small| it.eq_ignore_ascii_case(small)))
}

fn is_comma(sentence: &Sentence<'_>, at: usize) -> bool {
    word(sentence, at) == Some(",")
}

/// `Inc.`, `Ltd`: short legal forms with a capital.
fn is_form(sentence: &Sentence<'_>, at: usize) -> bool {
    is_capital(sentence, at)
        && word(sentence, at).is_some_and(|it| it.len() < 6 && is_legal_form(it))
}

fn is_capital(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|it| it.shape.is_capital())
}
