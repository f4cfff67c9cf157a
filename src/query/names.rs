//! The names of the language as tables: operators, functions, and what other products call our fields.

use super::ast::{Case, Within};

/// Two operands and what lies between them, as typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Proximity {
    pub(super) within: Within,
    pub(super) ordered: bool,
    pub(super) negated: bool,
}

/// What a name directly before a parenthesis does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Function {
    /// `caps(`, `allcaps(`, `nocaps(`.
    Capitals(Case),
    /// `atleast3(`.
    AtLeast(u32),
}

/// Fields of other products, and the field here that is nearest.
const FOREIGN: &[(&str, &str)] = &[
    ("allinanchor", "body"),
    ("allintext", "body"),
    ("allintitle", "title"),
    ("allinurl", "url"),
    ("au", "by"),
    ("by-line", "byline"),
    ("co", "org"),
    ("company", "org"),
    ("content", "body"),
    ("creator", "by"),
    ("daterange", "date"),
    ("dir", "path"),
    ("domain", "site"),
    ("ext", "path"),
    ("filename", "path"),
    ("filetype", "path"),
    ("fulltext", "body"),
    ("hd", "title"),
    ("hl", "title"),
    ("hlp", "hlead"),
    ("inauthor", "by"),
    ("inbody", "body"),
    ("intext", "body"),
    ("intitle", "title"),
    ("inurl", "url"),
    ("la", "lang"),
    ("link", "url"),
    ("location", "place"),
    ("newer", "since"),
    ("newspaper", "source"),
    ("older", "before"),
    ("pd", "date"),
    ("pub", "source"),
    ("publisher", "source"),
    ("rst", "source"),
    ("sn", "source"),
    ("sourcelang", "lang"),
    ("subject", "title"),
    ("ti", "title"),
    ("wc", "length"),
    ("words", "length"),
    ("writer", "by"),
];

/// Names before a colon that no one means as a field.
const SCHEMES: &[&str] = &[
    "about",
    "data",
    "doi",
    "file",
    "ftp",
    "http",
    "https",
    "isbn",
    "issn",
    "javascript",
    "mailto",
    "sip",
    "tel",
    "urn",
];

/// Words that are operators when they stand alone, in any case, so that they are printed with a sign.
const RESERVED: &[&str] = &["and", "or", "not", "aft", "bef", "geq", "leq"];

/// Words that are operators in capitals.
const RESERVED_CAPITALS: &[&str] = &["NEAR", "ADJ", "PRE", "SAME", "ANDNOT", "BUTNOT", "BUT"];

/// Our name for a field of another product.
pub(super) fn foreign_field(name: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}

/// Whether a name before a colon belongs to an address or a number.
pub(super) fn is_scheme(name: &str) -> bool {
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(name))
}

/// Whether a word could be taken for an operator.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|it| it.eq_ignore_ascii_case(word))
        || RESERVED_CAPITALS.contains(&word)
        || proximity(word).is_some()
}

/// The function of this name.
pub(super) fn function(name: &str) -> Option<Function> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "caps" => return Some(Function::Capitals(Case::Some)),
        "allcaps" => return Some(Function::Capitals(Case::All)),
        "nocaps" => return Some(Function::Capitals(Case::None)),
        _ => {}
    }
    let digits = lower.strip_prefix("atleast")?;
    if digits.is_empty() {
        return Some(Function::AtLeast(0));
    }
    number(digits).map(Function::AtLeast)
}

/// `w/5`, `near/5`, `near5`, `/5`, `pre/5`, `adj/5`, `adj5`, `/s`, `/p`, `w/s`, `w/p`. A count under 1 is 0.
pub(super) fn proximity(word: &str) -> Option<Proximity> {
    if word.len() > 24 || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let (name, rest) = match lower.split_once('/') {
        Some((name, rest)) => (name, rest),
        None => ["near", "adj"].iter().find_map(|it| Some((*it, lower.strip_prefix(it)?)))?,
    };
    let ordered = match name {
        "" | "w" | "near" | "within" => false,
        "pre" | "adj" => true,
        _ => return None,
    };
    let within = match rest {
        "s" | "sent" | "sentence" => Within::Sentence,
        "p" | "para" | "paragraph" => Within::Paragraph,
        _ => Within::Words(match rest.strip_prefix('-') {
            Some(digits) => number(digits).map(|_| 0)?,
            None => number(rest)?,
        }),
    };
    if !lower.contains('/') && !matches!(within, Within::Words(_)) {
        return None;
    }
    Some(Proximity { within, ordered, negated: false })
}

/// What `+5`, `+s` and `+p` between two parts are within.
pub(super) fn after_plus(word: &str) -> Option<Within> {
    match word {
        "s" | "S" => Some(Within::Sentence),
        "p" | "P" => Some(Within::Paragraph),
        digits => number(digits).map(Within::Words),
    }
}

/// Decimal digits as a number, held at the largest there is.
pub(super) fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u32::MAX))
}
