//! The one matcher: where an expression matches in positioned words.
//!
//! It knows neither the index nor the text: both give it positions through [`Source`]. The engine asks it which
//! articles match; passages, highlights and counts ask it where. They cannot disagree, because this is the
//! only place that decides.
//!
//! A match is a [`Span`]: first and last position, in one section. Words have one position, joined words one a
//! part. `docs/queries.md` and the tests hold the meaning of every operator.

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
    And(Vec<Expr>),
    /// Any part.
    Or(Vec<Expr>),
    /// Not the part.
    Not(Box<Expr>),
    /// Parts that follow each other directly.
    Phrase(Vec<Expr>),
    /// All parts in any order, with at most so many other words in the window.
    Window(Vec<Expr>, u32),
    /// Two parts near each other.
    Near(Box<NearExpr>),
    /// At least so many places.
    AtLeast(u32, Box<Expr>),
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
    match (case, class) {
        (None, _) => true,
        (Some(_), Class::Line) => false,
        (Some(Case::Some), Class::Capital | Class::All) => true,
        (Some(Case::All), Class::All) => true,
        (Some(Case::None), Class::Lower) => true,
        (Some(_), _) => false,
    }
}

/// Gives the matcher the words of one article.
pub trait Source {
    /// Whether the leaf is in the article, in its scope.
    fn present(&mut self, leaf: usize) -> bool;
    /// Where the leaf is, sorted by start, in its scope. A word that stands in byline or dateline is
    /// left out when `text_only` is set.
    fn positions(&mut self, leaf: usize, text_only: bool, out: &mut Spans);
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
        Expr::Phrase(parts) | Expr::Window(parts, _) => {
            parts.iter().all(|part| possible(part, source)) && any_span(expr, source)
        }
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

/// Whether the expression has a span: as [`spans`], but the first one is enough.
fn any_span(expr: &Expr, source: &mut dyn Source) -> bool {
    match expr {
        Expr::Phrase(parts) => {
            let mut chains = Spans::new();
            for (at, part) in parts.iter().enumerate() {
                let found = spans(part, source);
                chains = if at == 0 { found } else { longer(&chains, &found, at + 1 == parts.len(), source) };
                if chains.is_empty() {
                    return false;
                }
            }
            !chains.is_empty()
        }
        Expr::Near(near) if !near.negated => !pairs(near, true, source).is_empty(),
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
            let mut out = Spans::new();
            source.positions(*leaf, true, &mut out);
            out
        }
        Expr::And(parts) => {
            if !parts.iter().all(|part| holds(part, source)) {
                return Spans::new();
            }
            sorted(parts.iter().flat_map(|part| spans(part, source)).collect())
        }
        Expr::Or(parts) => sorted(parts.iter().flat_map(|part| spans(part, source)).collect()),
        Expr::Phrase(parts) => phrase(parts, source),
        Expr::Window(parts, others) => window(parts, *others, source),
        Expr::Near(near) => near_spans(near, source),
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
    let mut found = spans(expr, source);
    found.retain(|span| source.section(span.start).is_text());
    without_overlap(smallest(found)).len()
}

/// Every span that is to be marked: the words that make the matches of all parts that hold.
///
/// The parts of AND and OR are kept apart, so that `csto OR "csto obligations"` marks both words of the phrase;
/// of proximity the operands are marked, not the words between. Words in byline and dateline count here.
pub fn marks(expr: &Expr, source: &mut dyn Source, out: &mut Spans) {
    match expr {
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => {}
        Expr::Leaf(leaf) => {
            let mut found = Spans::new();
            source.positions(*leaf, false, &mut found);
            out.extend(smallest(found));
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
            let kept = kept();
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
    for chain in chains {
        let from = next.partition_point(|span| span.start <= chain.end);
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

/// Smallest windows that hold every part, each in a place of its own.
fn window(parts: &[Expr], others: u32, source: &mut dyn Source) -> Spans {
    let mut places: Vec<(Span, usize)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let found = spans(part, source);
        if found.is_empty() {
            return Spans::new();
        }
        places.extend(found.into_iter().map(|span| (span, index)));
    }
    places.sort_unstable_by_key(|(span, index)| (span.start, span.end, *index));
    if places.iter().any(|(span, _)| span.end > span.start) {
        return wide_window(&places, parts.len(), others, source);
    }
    let longest = others.saturating_add(u32::try_from(parts.len()).unwrap_or(u32::MAX));
    let mut found = Spans::new();
    let mut from = 0;
    while from < places.len() {
        let start = places[from].0.start;
        let section = source.section(start);
        let mut matching = Matching::new(parts.len());
        let mut taken = 0;
        for (span, index) in &places[from..] {
            let width = span.end - start + 1;
            if source.section(span.end) != section || width > longest {
                break;
            }
            matching.place(*span, *index);
            if matching.taken.iter().all(Option::is_some) {
                taken = width;
                break;
            }
        }
        if taken > 0 {
            found.push(Span { start, end: start + taken - 1 });
        }
        // The next window begins at the next place that begins later.
        let next = places[from..].iter().position(|(span, _)| span.start > start);
        from = next.map_or(places.len(), |step| from + step);
    }
    smallest(found)
}

/// Which part stands at which place: a bipartite matching, grown place by place (Kuhn's algorithm).
struct Matching {
    /// For every place so far: its span and the parts that may take it.
    places: Vec<(Span, Vec<usize>)>,
    /// For every part, the place it has.
    taken: Vec<Option<usize>>,
}

impl Matching {
    fn new(parts: usize) -> Self {
        Self { places: Vec::new(), taken: vec![None; parts] }
    }

    fn place(&mut self, span: Span, part: usize) {
        match self.places.last_mut() {
            Some((last, parts)) if *last == span => parts.push(part),
            _ => self.places.push((span, vec![part])),
        }
        let place = self.places.len() - 1;
        if self.taken.contains(&Some(place)) {
            // The place is taken; another part may still free a chain through it.
            return;
        }
        let mut seen = vec![false; self.taken.len()];
        self.grow(place, &mut seen);
    }

    fn grow(&mut self, place: usize, seen: &mut [bool]) -> bool {
        for at in 0..self.places[place].1.len() {
            let part = self.places[place].1[at];
            if std::mem::replace(&mut seen[part], true) {
                continue;
            }
            let free = match self.taken[part] {
                None => true,
                Some(other) => self.grow(other, seen),
            };
            if free {
                self.taken[part] = Some(place);
                return true;
            }
        }
        false
    }
}

/// Windows over words of several widths (`e-mail` beside `email`): places must not overlap.
///
/// Tried one after the other; a text made to be hard has to be content with what is found in
/// [`MOST_STEPS`] steps a window.
fn wide_window(
    places: &[(Span, usize)],
    parts: usize,
    others: u32,
    source: &dyn Source,
) -> Spans {
    let mut by_part = vec![Spans::new(); parts];
    for (span, part) in places {
        by_part[*part].push(*span);
    }
    let widths: u32 = by_part
        .iter()
        .map(|spans| spans.iter().map(|it| it.end - it.start + 1).max().unwrap_or(1))
        .fold(0, u32::saturating_add);
    let longest = others.saturating_add(widths);
    let mut starts: Vec<_> = places.iter().map(|it| it.0.start).collect();
    let mut ends: Vec<_> = places.iter().map(|it| it.0.end).collect();
    starts.dedup();
    ends.sort_unstable();
    ends.dedup();
    let mut found = Spans::new();
    for start in starts {
        let section = source.section(start);
        for end in &ends[ends.partition_point(|end| *end < start)..] {
            if end - start >= longest || source.section(*end) != section {
                break;
            }
            let window = Span { start, end: *end };
            let mut steps = MOST_STEPS;
            if fits(&by_part, window, others, &mut Spans::new(), &mut steps) {
                found.push(window);
                break;
            }
        }
    }
    smallest(found)
}

const MOST_STEPS: u32 = 20_000;

/// Whether every part has a place of its own in the window, with at most so many other words.
fn fits(
    by_part: &[Spans],
    window: Span,
    others: u32,
    taken: &mut Spans,
    steps: &mut u32,
) -> bool {
    let Some((part, rest)) = by_part.split_first() else {
        let covered: u32 = taken.iter().map(|it| it.end - it.start + 1).sum();
        return window.end - window.start + 1 - covered <= others;
    };
    let from = part.partition_point(|it| it.start < window.start);
    for span in part[from..].iter().take_while(|it| it.start <= window.end) {
        *steps = steps.saturating_sub(1);
        let free = span.end <= window.end
            && taken.iter().all(|it| it.end < span.start || span.end < it.start);
        if !free || *steps == 0 {
            continue;
        }
        taken.push(*span);
        let fitting = fits(rest, window, others, taken, steps);
        taken.pop();
        if fitting {
            return true;
        }
    }
    false
}

fn near_spans(near: &NearExpr, source: &mut dyn Source) -> Spans {
    let found = pairs(near, false, source);
    // Of `not w/n` the left operands pass as they are.
    if near.negated { found } else { smallest(found) }
}

/// Every left operand with its nearest right ones; only the first such pair if one is enough.
fn pairs(near: &NearExpr, one: bool, source: &mut dyn Source) -> Spans {
    let lefts = spans(&near.left, source);
    if lefts.is_empty() {
        return lefts;
    }
    let rights = spans(&near.right, source);
    let borders = match near.reach {
        Reach::Words(_) => Vec::new(),
        Reach::Sentence => merged_borders(source),
        Reach::Paragraph => source.borders(false).to_vec(),
    };
    let close = |first: Span, second: Span| {
        source.section(first.start) == source.section(second.end)
            && match near.reach {
                Reach::Words(most) => second.start - first.end <= most,
                Reach::Sentence | Reach::Paragraph => !crosses(&borders, first.start, second.end),
            }
    };
    let widest = rights.iter().map(|it| it.end - it.start).max().unwrap_or(0);
    let nearest = Nearest { rights: &rights, widest, reach: near.reach };
    if near.negated {
        if near.reach == Reach::Words(0) {
            return lefts;
        }
        let lonely = |left: &Span| {
            nearest.after(*left, &close).is_none()
                && (near.ordered || nearest.before(*left, &close).is_none())
                && !nearest.overlaps(*left)
        };
        return lefts.into_iter().filter(|left| lonely(left)).collect();
    }
    let mut found = Spans::new();
    for left in &lefts {
        if let Some(right) = nearest.after(*left, &close) {
            found.push(Span { start: left.start, end: right.end });
        }
        if !near.ordered
            && let Some(right) = nearest.before(*left, &close)
        {
            found.push(Span { start: right.start, end: left.end });
        }
        if one && !found.is_empty() {
            break;
        }
    }
    found
}

/// The right operands of proximity, to find those that make the smallest pair with a left one.
struct Nearest<'a> {
    rights: &'a [Span],
    /// Width of the widest, less one.
    widest: u32,
    reach: Reach,
}

impl Nearest<'_> {
    /// Of those that begin after `left` and are close, the one that ends first.
    fn after(&self, left: Span, close: &dyn Fn(Span, Span) -> bool) -> Option<Span> {
        let from = self.rights.partition_point(|right| right.start <= left.end);
        let mut best: Option<Span> = None;
        for right in &self.rights[from..] {
            let out_of_reach = match self.reach {
                Reach::Words(most) => right.start - left.end > most,
                // Where one begins beyond a border, so do all that follow.
                Reach::Sentence | Reach::Paragraph => {
                    !close(left, Span { start: right.start, end: right.start })
                }
            };
            if out_of_reach || best.is_some_and(|it| right.start > it.end) {
                break;
            }
            if best.is_none_or(|it| right.end < it.end) && close(left, *right) {
                best = Some(*right);
            }
        }
        best
    }

    /// Of those that end before `left` and are close, the one that begins last.
    fn before(&self, left: Span, close: &dyn Fn(Span, Span) -> bool) -> Option<Span> {
        let to = self.rights.partition_point(|right| right.start < left.start);
        for right in self.rights[..to].iter().rev() {
            if right.end < left.start && close(*right, left) {
                return Some(*right);
            }
            let farthest = Span { start: right.start, end: right.start + self.widest };
            let out_of_reach = match self.reach {
                Reach::Words(most) => farthest.end < left.start && left.start - farthest.end > most,
                // It is beyond a border, and so are all that begin before it.
                Reach::Sentence | Reach::Paragraph => right.end < left.start,
            };
            if out_of_reach {
                break;
            }
        }
        None
    }

    /// Whether another span shares a position with `left`; the very same is no other.
    fn overlaps(&self, left: Span) -> bool {
        let from = self.rights.partition_point(|right| right.start + self.widest < left.start);
        self.rights[from..]
            .iter()
            .take_while(|right| right.start <= left.end)
            .any(|right| right.end >= left.start && *right != left)
    }
}

/// Sentence starts and paragraph ends together.
fn merged_borders(source: &mut dyn Source) -> Vec<u32> {
    let mut borders = source.borders(true).to_vec();
    borders.extend_from_slice(source.borders(false));
    borders.sort_unstable();
    borders
}

/// Whether a border lies after `start` and not after `end`.
fn crosses(borders: &[u32], start: u32, end: u32) -> bool {
    let after = borders.partition_point(|border| *border <= start);
    borders.get(after).is_some_and(|border| *border <= end)
}

#[cfg(test)]
mod tests;
