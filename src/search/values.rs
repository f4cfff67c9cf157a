//! Conditions on short values (`by:`, `source:`, `person:`): which of the distinct values satisfy them.
//!
//! A value is a little text: the same matcher decides over its words. `by:sudakov` finds every author with that
//! name in it; a quoted name is the whole name, in either order, initials allowed.

use super::patterns::Pattern;
use super::spans::{Expr, NearExpr, Reach, Section, Source, Span, case_holds, holds};
use super::words::{Unit, units};
use crate::query::{Case, Phrase, Query, Term, TermKind, Within};
use crate::text::fold::fold;
use crate::text::{Class, Form, Visitor, tokenize};

/// What is asked of a value.
pub(super) struct ValueTest {
    expr: Expr,
    leaves: Vec<ValueLeaf>,
    asked: Query,
}

struct ValueLeaf {
    word: ValueWord,
    case: Option<Case>,
}

/// What words in quotes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// Words in a row, in any value.
    Words,
    /// The whole name of an author: either order, initials allowed.
    Author,
    /// The whole of a name or of one of its forms.
    Whole,
}

enum ValueWord {
    Name(Vec<String>, Quoted),
    Forms(Vec<String>),
    Pattern(Pattern),
}

impl ValueTest {
    /// The test for one part of a query (a word, a phrase, proximity). `quoted`: what words in quotes are.
    pub(super) fn new(query: &Query, quoted: Quoted) -> Self {
        let mut leaves = Vec::new();
        let expr = compile(query, quoted, &mut leaves);
        Self { expr, leaves, asked: query.clone() }
    }

    /// The part of the query it is for.
    pub(super) fn asked(&self) -> &Query {
        &self.asked
    }

    /// A cheap test on the folded value: false only if it cannot satisfy.
    pub(super) fn may_hold(&self, folded: &str) -> bool {
        let Expr::Leaf(leaf) = &self.expr else { return true };
        match &self.leaves[*leaf].word {
            // Joined words are written with signs between; everything else stands in the value as it is.
            ValueWord::Forms(words) | ValueWord::Name(words, _) => {
                memchr::memchr2(b'-', b'.', folded.as_bytes()).is_some()
                    || words.iter().any(|word| has(folded.as_bytes(), word.as_bytes()))
            }
            ValueWord::Pattern(_) => true,
        }
    }

    /// Whether a value satisfies it.
    pub(super) fn holds(&self, value: &str) -> bool {
        let asked = vec![Vec::new(); self.leaves.len()];
        let mut source =
            ValueSource { value, leaves: &self.leaves, forms: Vec::new(), end: 0, asked };
        source.end = tokenize(value, 0, &mut source);
        holds(&self.expr, &mut source)
    }
}

/// Whether a short text has a word in it: quicker than a search that prepares for long ones.
fn has(text: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return true };
    memchr::memchr_iter(*first, text).any(|at| text[at..].starts_with(word))
}

fn is_word(term: &Term) -> bool {
    matches!(term.kind, TermKind::Stem | TermKind::Exact) && term.case.is_none()
}

/// Whether words in quotes are a whole name; a name of one word can be meant too, but not an author's.
fn is_whole(quoted: Quoted, words: &[Term]) -> bool {
    let enough = match quoted {
        Quoted::Words => false,
        Quoted::Author => words.len() > 1,
        Quoted::Whole => true,
    };
    enough && words.iter().all(is_word)
}

/// The words of a name, folded; a hyphenated word is its parts.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    folded
        .split(|it: char| !it.is_alphanumeric() && it != '\'')
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether two names are the same whole name: every word of each has its own in the other, equal or as an initial,
/// in the same order or with the surname first; at least one word is equal. A middle initial may be missing.
fn same_name(asked: &[String], value: &[String]) -> bool {
    let is_initial = |word: &str| word.chars().count() == 1;
    let fits = |a: &str, b: &str| {
        a == b || (is_initial(a) && b.starts_with(a)) || (is_initial(b) && a.starts_with(b))
    };
    let in_order = |asked: &[&String], value: &[&String]| {
        let mut rest = value.iter();
        let all_found = asked.iter().all(|word| rest.by_ref().find(|it| fits(word, it)).is_some());
        let extra = value.len().saturating_sub(asked.len());
        let initials = value.iter().filter(|it| is_initial(it)).count();
        all_found && extra <= initials
    };
    if asked.is_empty() || !asked.iter().any(|word| value.contains(word)) {
        return false;
    }
    let plain: Vec<_> = asked.iter().collect();
    (0..value.len()).any(|turn| {
        let turned: Vec<_> = value.iter().cycle().skip(turn).take(value.len()).collect();
        // The longer name may have initials that the shorter leaves out.
        in_order(&plain, &turned) || (asked.len() > value.len() && in_order(&turned, &plain))
    })
}

fn compile(query: &Query, quoted: Quoted, leaves: &mut Vec<ValueLeaf>) -> Expr {
    match query {
        Query::Term(term) => term_expr(term, leaves),
        Query::Phrase(Phrase { words, window: None }) if is_whole(quoted, words) => {
            let name = words.iter().flat_map(|it| name_words(&it.text)).collect();
            leaves.push(ValueLeaf { word: ValueWord::Name(name, quoted), case: None });
            Expr::Leaf(leaves.len() - 1)
        }
        Query::Phrase(phrase) => {
            let parts: Vec<_> = phrase.words.iter().map(|term| term_expr(term, leaves)).collect();
            match phrase.window {
                Some(others) => Expr::Window(parts, others),
                None => Expr::Phrase(parts),
            }
        }
        Query::Words(parts) | Query::And(parts) => {
            Expr::And(parts.iter().map(|part| compile(part, quoted, leaves)).collect())
        }
        Query::Or(parts) => {
            Expr::Or(parts.iter().map(|part| compile(part, quoted, leaves)).collect())
        }
        Query::Not(inner) => Expr::Not(Box::new(compile(inner, quoted, leaves))),
        Query::Near(near) => Expr::Near(Box::new(NearExpr {
            left: compile(&near.left, quoted, leaves),
            right: compile(&near.right, quoted, leaves),
            reach: match near.within {
                Within::Words(words) => Reach::Words(words),
                Within::Sentence | Within::Paragraph => Reach::Paragraph,
            },
            ordered: near.ordered,
            negated: near.negated,
        })),
        // Places are counted over title, deck and body, and so there are none here.
        Query::AtLeast { count: 0, .. } => Expr::All,
        Query::AtLeast { .. } => Expr::Nothing,
        Query::Field { inner, .. } | Query::Boost { inner, .. } => compile(inner, quoted, leaves),
        Query::All | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => {
            Expr::All
        }
    }
}

fn term_expr(term: &Term, leaves: &mut Vec<ValueLeaf>) -> Expr {
    let mut leaf = |word| {
        leaves.push(ValueLeaf { word, case: term.case });
        Expr::Leaf(leaves.len() - 1)
    };
    if let Some(pattern) = Pattern::new(term) {
        return leaf(ValueWord::Pattern(pattern));
    }
    let mut parts: Vec<Expr> = Vec::new();
    for unit in units(&term.text, true) {
        match unit {
            Unit::Word(forms) => {
                parts.push(leaf(ValueWord::Forms(forms.into_iter().map(|it| it.text).collect())));
            }
            Unit::Run(pairs) => {
                parts.extend(pairs.into_iter().map(|it| leaf(ValueWord::Forms(vec![it]))));
            }
        }
    }
    match parts.len() {
        0 => Expr::Nothing,
        1 => parts.remove(0),
        _ => Expr::Phrase(parts),
    }
}

/// The words of one value.
struct ValueSource<'a> {
    value: &'a str,
    leaves: &'a [ValueLeaf],
    /// Form, position, width, case.
    forms: Vec<(String, u32, u32, Class)>,
    /// Position after the last word.
    end: u32,
    /// Where each leaf is that was asked for.
    asked: Vec<Vec<Span>>,
}

impl ValueSource<'_> {
    fn spans_of(&self, leaf: usize) -> Vec<Span> {
        let ValueLeaf { word, case } = &self.leaves[leaf];
        if let ValueWord::Name(name, quoted) = word {
            let value = name_words(self.value);
            let same = match quoted {
                Quoted::Author => same_name(name, &value),
                Quoted::Whole | Quoted::Words => *name == value,
            };
            let whole = Span { start: 0, end: self.end.saturating_sub(1) };
            return if same { vec![whole] } else { Vec::new() };
        }
        let matches = |form: &String, class| {
            let matches = match word {
                ValueWord::Name(..) => false,
                ValueWord::Forms(forms) => forms.contains(form),
                ValueWord::Pattern(pattern) => pattern.matches(form),
            };
            matches && case_holds(*case, class)
        };
        self.forms
            .iter()
            .filter(|it| matches(&it.0, it.3))
            .map(|(_, start, width, _)| Span { start: *start, end: start + width - 1 })
            .collect()
    }
}

impl Visitor for ValueSource<'_> {
    fn form(&mut self, form: Form<'_>) {
        self.forms.push((form.text.to_owned(), form.position, form.width, form.class));
    }
}

impl Source for ValueSource<'_> {
    fn present(&mut self, leaf: usize) -> bool {
        !self.spans_of(leaf).is_empty()
    }

    fn find(&mut self, leaf: usize, _text_only: bool) {
        self.asked[leaf] = self.spans_of(leaf);
    }

    fn found(&self, leaf: usize) -> &[Span] {
        &self.asked[leaf]
    }

    fn condition(&mut self, _condition: usize) -> bool {
        true
    }

    fn section(&self, _position: u32) -> Section {
        Section::Body
    }

    fn borders(&mut self, _sentences: bool) -> &[u32] {
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = |text: &str| name_words(text);
        for (asked, value, expected) in [
            ("Dmitry Sudakov", "Dmitry Sudakov", true),
            ("Dmitry Sudakov", "Sudakov, Dmitry", true),
            ("Dmitry Sudakov", "D. Sudakov", true),
            ("D. Sudakov", "Dmitry Sudakov", true),
            ("Dmitry Sudakov", "Dmitry V. Sudakov", true),
            ("Dmitry V. Sudakov", "Dmitry Sudakov", true),
            ("Dmitry Sudakov", "Dmitry Sudakova", false),
            ("Dmitry Sudakov", "Anna Dmitry Sudakov", false),
            ("Dmitry Sudakov", "Dmitry", false),
            ("D S", "Dmitry Sudakov", false),
            ("Xenia Olrich", "XENIA OLRICH", true),
        ] {
            assert_eq!(same_name(&name(asked), &name(value)), expected, "{asked} / {value}");
        }
    }
}
