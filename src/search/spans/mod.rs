//! The one matcher: where an expression matches in positioned words.
//!
//! It knows neither the index nor the text: both give it positions through [`Source`]. The engine asks it which
//! articles match; passages, highlights and counts ask it where. They cannot disagree, because this is the
//! only place that decides.
//!
//! A match is a [`Span`]: first and last position, in one section. Words have one position, joined words one a
//! part. `docs/queries.md` and the tests hold the meaning of every operator.

mod near;
mod window;

use smallvec::SmallVec;

use crate::text::Class;

/// An expression over words of one article.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Always holds, nowhere in particular.
    All,
    /// Never holds.
    Nothing,
    /// A word or pattern, as an index into the plan's leaves.
    Leaf(usize),
    /// A condition on the whole article, as an index into the plan's conditions.
    Condition(usize),
    /// All parts.
    And(Vec<Self>),
    /// Any part.
    Or(Vec<Self>),
    /// Not the part.
    Not(Box<Self>),
    /// Parts that follow each other directly.
    Phrase(Vec<Self>),
    /// All parts in any order, with at most so many other words in the window.
    Window(Vec<Self>, u32),
    /// Two parts near each other.
    Near(Box<NearExpr>),
    /// At least so many places.
    AtLeast(u32, Box<Self>),
}

/// Two parts near each other, or a left one without.
#[derive(Debug, Clone, PartialEq)]
pub struct NearExpr {
    /// Left operand.
    pub left: Expr,
    /// Right operand.
    pub right: Expr,
    /// How near.
    pub reach: Reach,
    /// Left comes first.
    pub ordered: bool,
    /// The left operand, where no right one is so near.
    pub negated: bool,
}

/// How near is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From the end of the earlier to the start of the later at most so many positions.
    Words(u32),
    /// No sentence begins between.
    Sentence,
    /// No paragraph ends between.
    Paragraph,
}

/// Positions from first to last, in one section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First position.
    pub start: u32,
    /// Last position.
    pub end: u32,
}

/// Spans of one article: few, as a rule, and made anew for every article, so they stay off the heap.
pub type Spans = SmallVec<[Span; 16]>;

/// The parts of an article. Spans never cross from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Headline.
    Title,
    /// Standfirst.
    Deck,
    /// Byline.
    Byline,
    /// Dateline.
    Dateline,
    /// Text.
    Body,
    /// Cut lines, address, path: searched only by name.
    Aside,
}

impl Section {
    /// Whether phrases, proximity and counts look here.
    pub fn is_text(self) -> bool {
        match self {
            Self::Title | Self::Deck | Self::Body => true,
            Self::Byline | Self::Dateline | Self::Aside => false,
        }
    }
}

/// Which sections an expression looks in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Title, deck, body; byline and dateline for single words.
    Default,
    /// One section.
    Only(Section),
    /// Headline, deck and first paragraph.
    Lead,
}

/// What is asked of the case of a word.
pub fn case_holds(case: Option<crate::query::Case>, class: Class) -> bool {
    use crate::query::Case;
    match case {
        None => true,
        Some(Case::Some) => matches!(class, Class::Capital | Class::All),
        Some(Case::All) => class == Class::All,
        Some(Case::None) => class == Class::Lower,
    }
}

/// Gives the matcher the words of one article.
pub trait Source {
    /// Whether the leaf is in the article, in its scope.
    fn present(&mut self, leaf: usize) -> bool;
    /// Finds where the leaf is, in its scope, for [`Source::found`]. A word that stands in byline or dateline is left
    /// out when `text_only` is set. Finding and looking are two steps so that several leaves can be looked at together.
    fn find(&mut self, leaf: usize, text_only: bool);
    /// Where the leaf is, sorted by start, as it was found last.
    fn found(&self, leaf: usize) -> &[Span];
    /// Whether the second leaf begins where the first ends, in the same section of the text; none if that is told no
    /// quicker than by finding both.
    fn is_beside(&mut self, _first: usize, _second: usize) -> Option<bool> {
        None
    }
    /// Whether the condition holds for the article.
    fn condition(&mut self, condition: usize) -> bool;
    /// The section of a position.
    fn section(&self, position: u32) -> Section;
    /// Positions at which sentences begin (not those that begin a paragraph) or paragraphs end, sorted.
    fn borders(&mut self, sentences: bool) -> &[u32];
}

/// Whether the expression holds for the article.
pub fn holds(expr: &Expr, source: &mut dyn Source) -> bool {
    match expr {
        Expr::All => true,
        Expr::Nothing => false,
        Expr::Leaf(leaf) => source.present(*leaf),
        Expr::Condition(condition) => source.condition(*condition),
        Expr::And(parts) => parts.iter().all(|part| holds(part, source)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, source)),
        Expr::Not(inner) => !holds(inner, source),
        Expr::Phrase(parts) | Expr::Window(parts, _) => match pair_beside(expr, source) {
            Some(beside) => beside,
            None => parts.iter().all(|part| possible(part, source)) && any_span(expr, source),
        },
        Expr::Near(near) => {
            possible(&near.left, source)
                && (near.negated || possible(&near.right, source))
                && any_span(expr, source)
        }
        Expr::AtLeast(count, inner) => {
            possible(inner, source) && places(inner, source) >= *count as usize
        }
    }
}

/// Whether a phrase of two words is there, where that is told without spans.
fn pair_beside(expr: &Expr, source: &mut dyn Source) -> Option<bool> {
    let Expr::Phrase(parts) = expr else { return None };
    let [Expr::Leaf(first), Expr::Leaf(second)] = parts.as_slice() else { return None };
    source.is_beside(*first, *second)
}

/// Whether the expression has a span: as [`spans`], but the first one is enough.
pub fn any_span(expr: &Expr, source: &mut dyn Source) -> bool {
    if let Some(beside) = pair_beside(expr, source) {
        return beside;
    }
    match expr {
        Expr::Phrase(parts) => {
            let (mut chains, rest) = match parts.as_slice() {
                [Expr::Leaf(first), Expr::Leaf(second), rest @ ..] => {
                    source.find(*first, true);
                    source.find(*second, true);
                    let (first, second) = (source.found(*first), source.found(*second));
                    (longer(first, second, rest.is_empty(), source), rest)
                }
                [first, rest @ ..] => (spans(first, source), rest),
                [] => return false,
            };
            for (at, part) in rest.iter().enumerate() {
                if chains.is_empty() {
                    return false;
                }
                let last = at + 1 == rest.len();
                chains = if let Expr::Leaf(leaf) = part {
                    source.find(*leaf, true);
                    longer(&chains, source.found(*leaf), last, source)
                } else {
                    longer(&chains, &spans(part, source), last, source)
                };
            }
            !chains.is_empty()
        }
        Expr::Near(near) if !near.negated => near::any_pair(near, source),
        Expr::Window(parts, others) => window::any_window(parts, *others, source),
        _ => !spans(expr, source).is_empty(),
    }
}

/// A cheap test before positions are read: false only if there can be no span.
fn possible(expr: &Expr, source: &mut dyn Source) -> bool {
    match expr {
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => true,
        Expr::Leaf(leaf) => source.present(*leaf),
        Expr::And(parts) | Expr::Phrase(parts) | Expr::Window(parts, _) => {
            parts.iter().all(|part| possible(part, source))
        }
        Expr::Or(parts) => parts.iter().any(|part| possible(part, source)),
        Expr::Near(near) => {
            possible(&near.left, source) && (near.negated || possible(&near.right, source))
        }
        Expr::AtLeast(_, inner) => possible(inner, source),
    }
}

/// The spans of the expression in title, deck and body (or the sections its leaves are asked of), sorted. What does
/// not hold has none.
///
/// Phrases, windows and proximity keep only the smallest of their own spans. A word of two widths (`email`, `e-mail`)
/// and alternatives have all of theirs: which of them is in reach is for the operator around them to say.
pub fn spans(expr: &Expr, source: &mut dyn Source) -> Spans {
    match expr {
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => Spans::new(),
        Expr::Leaf(leaf) => {
            source.find(*leaf, true);
            Spans::from_slice(source.found(*leaf))
        }
        Expr::And(parts) => {
            if !parts.iter().all(|part| holds(part, source)) {
                return Spans::new();
            }
            sorted(parts.iter().flat_map(|part| spans(part, source)).collect())
        }
        Expr::Or(parts) => sorted(parts.iter().flat_map(|part| spans(part, source)).collect()),
        Expr::Phrase(parts) => phrase(parts, source),
        Expr::Window(parts, others) => window::window(parts, *others, source),
        Expr::Near(near) => near::near(near, source),
        Expr::AtLeast(count, inner) => {
            if places(inner, source) >= *count as usize {
                spans(inner, source)
            } else {
                Spans::new()
            }
        }
    }
}

/// How many places the expression has in title, deck and body: its smallest spans, without overlap.
pub fn places(expr: &Expr, source: &mut dyn Source) -> usize {
    kept_places(expr, source).len()
}

/// The places themselves, leftmost first.
pub fn kept_places(expr: &Expr, source: &mut dyn Source) -> Spans {
    let mut found = spans(expr, source);
    found.retain(|span| source.section(span.start).is_text());
    without_overlap(smallest(found))
}

/// Every span that is to be marked: the words that make the matches of all parts that hold.
///
/// The parts of AND and OR are kept apart, so that `csto OR "csto obligations"` marks both words of the phrase;
/// of proximity the operands are marked, not the words between. Words in byline and dateline count here.
pub fn marks(expr: &Expr, source: &mut dyn Source, out: &mut Spans) {
    match expr {
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => {}
        Expr::Leaf(leaf) => {
            source.find(*leaf, false);
            out.extend(smallest(Spans::from_slice(source.found(*leaf))));
        }
        Expr::And(parts) => {
            if parts.iter().all(|part| holds(part, source)) {
                for part in parts {
                    marks(part, source, out);
                }
            }
        }
        Expr::Or(parts) => {
            for part in parts {
                marks(part, source, out);
            }
        }
        Expr::Phrase(_) | Expr::Window(..) | Expr::Near(_) => {
            let everywhere = [Span { start: 0, end: u32::MAX }];
            marks_inside(expr, &everywhere, source, out);
        }
        Expr::AtLeast(_, inner) => {
            if holds(expr, source) {
                marks(inner, source, out);
            }
        }
    }
}

/// What of the expression is to be marked inside of some spans, of which it is an operand.
fn marks_inside(expr: &Expr, around: &[Span], source: &mut dyn Source, out: &mut Spans) {
    let mut kept = || {
        let mut found = spans(expr, source);
        found.retain(|span| around.iter().any(|it| it.start <= span.start && span.end <= it.end));
        found
    };
    match expr {
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => {}
        Expr::Leaf(_) | Expr::Phrase(_) => out.extend(smallest(kept())),
        Expr::And(parts) | Expr::Or(parts) => {
            for part in parts {
                marks_inside(part, around, source, out);
            }
        }
        Expr::Window(parts, _) => {
            let kept = kept();
            for part in parts {
                marks_inside(part, &kept, source, out);
            }
        }
        Expr::Near(near) => {
            let kept = smallest(kept());
            marks_inside(&near.left, &kept, source, out);
            if !near.negated {
                marks_inside(&near.right, &kept, source, out);
            }
        }
        Expr::AtLeast(_, inner) => marks_inside(inner, around, source, out),
    }
}

fn sorted(mut found: Spans) -> Spans {
    found.sort_unstable_by_key(|span| (span.start, span.end));
    found.dedup();
    found
}

/// Of spans that lie inside one another the smallest, sorted by start.
fn smallest(mut found: Spans) -> Spans {
    found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found.dedup();
    // Sorted by start, the longer first: walking from the right, a span holds another one if it ends at or
    // after the smallest end seen.
    let mut kept = Spans::with_capacity(found.len());
    let mut least_end = u32::MAX;
    for span in found.into_iter().rev() {
        if span.end < least_end {
            least_end = span.end;
            kept.push(span);
        }
    }
    kept.reverse();
    kept
}

/// Spans that do not overlap, leftmost first: what is counted.
pub fn without_overlap(mut found: Spans) -> Spans {
    found.sort_unstable_by_key(|span| (span.start, span.end));
    let mut kept: Spans = Spans::with_capacity(found.len());
    for span in found {
        if kept.last().is_none_or(|last| last.end < span.start) {
            kept.push(span);
        }
    }
    kept
}

fn phrase(parts: &[Expr], source: &mut dyn Source) -> Spans {
    let Some((first, rest)) = parts.split_first() else { return Spans::new() };
    let mut chains = spans(first, source);
    for part in rest {
        if chains.is_empty() {
            return chains;
        }
        let next = spans(part, source);
        chains = longer(&chains, &next, false, source);
    }
    smallest(chains)
}

/// The chains that go on with one of `next`; only the first of them if one is enough.
fn longer(chains: &[Span], next: &[Span], one: bool, source: &dyn Source) -> Spans {
    let mut longer = Spans::new();
    let mut from = 0;
    for chain in chains {
        // The chains are sorted by their starts: as a rule the ends ascend too, and the search goes on where it was.
        if from > 0 && next[from - 1].start > chain.end {
            from = next.partition_point(|span| span.start <= chain.end);
        } else {
            from += next[from..].iter().take_while(|span| span.start <= chain.end).count();
        }
        for span in next[from..].iter().take_while(|span| span.start == chain.end + 1) {
            if source.section(chain.start) == source.section(span.end) {
                longer.push(Span { start: chain.start, end: span.end });
                if one {
                    return longer;
                }
            }
        }
    }
    longer
}

#[cfg(test)]
mod tests;
