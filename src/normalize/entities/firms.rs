//! Names of firms -> the same with the legal form that a comma sets off: `Varholm Mills, Inc.`

use super::tags::Kind;
use super::words::Shape;
use super::{Sentence, Span};

/// Words that say what kind of firm it is, and nothing else; in small letters without full stops.
pub(super) const LEGAL_FORMS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "cos",
    "ltd",
    "limited",
    "plc",
    "llc",
    "ag",
    "sa",
    "spa",
    "nv",
    "bv",
    "gmbh",
    "kk",
    "ab",
    "oy",
    "asa",
    "se",
    "incorporated",
];

/// Whether a word is a legal form alone.
pub(super) fn is_legal_form(word: &str) -> bool {
    word.len() <= 15 && LEGAL_FORMS.contains(&word.replace('.', "").to_lowercase().as_str())
}

/// Joins each legal form behind a comma to the name before it.
pub(super) fn complete(sentences: &[Sentence<'_>], found: &mut Vec<Span>) {
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
    sentence
        .tokens
        .get(at)
        .is_some_and(|it| !matches!(it.shape, Shape::Lower | Shape::Number | Shape::Sign))
}
