//! The names of what an article can be told, and the one way claims are added.

use std::borrow::Cow;

use crate::article::{RawArticle, Topic};

/// What a field name of `--map` and `--set` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The article's text.
    Text,
    /// A claim about it.
    Claim(Topic),
}

/// The field names that `--map` and `--set` know, with what they stand for.
pub static FIELDS_READ: &[(&str, Target)] = &[
    ("title", Target::Claim(Topic::Title)),
    ("headline", Target::Claim(Topic::Title)),
    ("deck", Target::Claim(Topic::Deck)),
    ("standfirst", Target::Claim(Topic::Deck)),
    ("author", Target::Claim(Topic::Author)),
    ("authors", Target::Claim(Topic::Author)),
    ("by", Target::Claim(Topic::Author)),
    ("byline", Target::Claim(Topic::Byline)),
    ("agency", Target::Claim(Topic::Agency)),
    ("dateline", Target::Claim(Topic::Dateline)),
    ("date", Target::Claim(Topic::Published)),
    ("published", Target::Claim(Topic::Published)),
    ("updated", Target::Claim(Topic::Updated)),
    ("source", Target::Claim(Topic::Source)),
    ("publication", Target::Claim(Topic::Source)),
    ("section", Target::Claim(Topic::Section)),
    ("category", Target::Claim(Topic::Section)),
    ("language", Target::Claim(Topic::Language)),
    ("lang", Target::Claim(Topic::Language)),
    ("url", Target::Claim(Topic::Url)),
    ("id", Target::Claim(Topic::Id)),
    ("person", Target::Claim(Topic::Person)),
    ("people", Target::Claim(Topic::Person)),
    ("organization", Target::Claim(Topic::Organization)),
    ("organizations", Target::Claim(Topic::Organization)),
    ("org", Target::Claim(Topic::Organization)),
    ("place", Target::Claim(Topic::Place)),
    ("places", Target::Claim(Topic::Place)),
    ("text", Target::Text),
    ("body", Target::Text),
];

/// What a field name stands for.
pub fn target_of(field: &str) -> Option<Target> {
    FIELDS_READ.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)).map(|row| row.1)
}

/// Claims longer than this are no metadata; they are cut, and that is said.
const LONGEST: usize = 20_000;
/// How many values a source may state of one topic.
const MOST: usize = 64;

/// Adds a claim with its white space squeezed, once, unless it is blank; bounded in length and number.
pub(super) fn add(
    article: &mut RawArticle,
    topic: Topic,
    value: &str,
    from: impl Into<Cow<'static, str>>,
) {
    let from = from.into();
    let (value, cut) = squeeze(value, LONGEST);
    if value.is_empty() {
        return;
    }
    let mut same = article.claims.iter().filter(|claim| claim.topic == topic && claim.from == from);
    let mut count = 0;
    if same.any(|claim| {
        count += 1;
        claim.value == value
    }) || count >= MOST
    {
        return;
    }
    if cut {
        note(article, "a value of over 20,000 characters was cut");
    }
    article.claim(topic, value, from);
}

/// Notes a problem once.
pub(super) fn note(article: &mut RawArticle, problem: &str) {
    if !article.problems.iter().any(|known| known == problem) {
        article.problems.push(problem.to_owned());
    }
}

/// `text` on one line, with single spaces, cut after `longest` bytes or so; and whether it was cut.
pub(super) fn squeeze(text: &str, longest: usize) -> (String, bool) {
    let mut line = String::with_capacity(text.len().min(longest));
    for word in text.split_whitespace() {
        if line.len() + word.len() > longest {
            if line.is_empty() {
                line.extend(word.chars().take(longest));
            }
            return (line, true);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (line, false)
}
