//! Two parts near each other: which right operands make the smallest pair with a left one.

use smallvec::SmallVec;

use super::{Expr, NearExpr, Reach, Source, Span, Spans, smallest, spans};

/// The smallest spans of two parts near each other; of `not w/n` the left ones that are alone.
pub(super) fn near(near: &NearExpr, source: &mut dyn Source) -> Spans {
    if let Some(found) = leaves(near, source) {
        return found;
    }
    let lefts = spans(&near.left, source);
    if lefts.is_empty() {
        return lefts;
    }
    let rights = spans(&near.right, source);
    let borders = borders(near.reach, source);
    let found = pairs(near, &lefts, &rights, &borders, false, source);
    // Of `not w/n` the left operands pass as they are.
    if near.negated { found } else { smallest(found) }
}

/// Whether there is a pair; only for such as are not negated.
pub(super) fn any_pair(near: &NearExpr, source: &mut dyn Source) -> bool {
    if let Some(found) = any_of_leaves(near, source) {
        return found;
    }
    let lefts = spans(&near.left, source);
    if lefts.is_empty() {
        return false;
    }
    let rights = spans(&near.right, source);
    let borders = borders(near.reach, source);
    !pairs(near, &lefts, &rights, &borders, true, source).is_empty()
}

/// The smallest spans of two words near each other, the quicker way; none if it is not that simple.
fn leaves(near: &NearExpr, source: &mut dyn Source) -> Option<Spans> {
    let (left, right) = find_leaves(near, source)?;
    let borders = borders(near.reach, source);
    let mut found = Spans::new();
    neighbours(near, (source.found(left), source.found(right)), &borders, source, &mut |span| {
        found.push(span);
        false
    })?;
    Some(found)
}

/// Whether two words are near each other, or a third near such two: the first that are will do.
fn any_of_leaves(near: &NearExpr, source: &mut dyn Source) -> Option<bool> {
    if let Some((left, right)) = find_leaves(near, source) {
        let borders = borders(near.reach, source);
        let operands = (source.found(left), source.found(right));
        return neighbours(near, operands, &borders, source, &mut |_| true);
    }
    let (Expr::Near(inner), Expr::Leaf(third)) = (&near.left, &near.right) else { return None };
    let (left, right) = find_leaves(inner, source)?;
    source.find(*third, true);
    if source.found(*third).is_empty() {
        return Some(false);
    }
    let (inner_borders, borders) = (borders(inner.reach, source), borders(near.reach, source));
    let source = &*source;
    let close = |first: Span, second: Span| is_close(near.reach, &borders, first, second, source);
    let nearest = Nearest::new(source.found(*third), near.reach);
    let operands = (source.found(left), source.found(right));
    neighbours(inner, operands, &inner_borders, source, &mut |span| {
        nearest.after(span, &close).is_some()
            || !near.ordered && nearest.before(span, &close).is_some()
    })
}

/// Finds two words near each other for [`Source::found`]; none if the operands are not that simple.
fn find_leaves(near: &NearExpr, source: &mut dyn Source) -> Option<(usize, usize)> {
    let (Expr::Leaf(left), Expr::Leaf(right), false) = (&near.left, &near.right, near.negated)
    else {
        return None;
    };
    source.find(*left, true);
    source.find(*right, true);
    Some((*left, *right))
}

/// The smallest pairs in one step over both lists, for operands of one position each that never stand at the same: if
/// any pair is close, then so are two that have no other operand between them, and these are the smallest.
///
/// Says whether one of them was enough; none if the lists are not of that kind.
fn neighbours(
    near: &NearExpr,
    (lefts, rights): (&[Span], &[Span]),
    borders: &[u32],
    source: &dyn Source,
    is_enough: &mut dyn FnMut(Span) -> bool,
) -> Option<bool> {
    let (mut left, mut right) = (lefts.iter().peekable(), rights.iter().peekable());
    let mut last: Option<(u32, bool)> = None;
    loop {
        let (span, is_left) = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a.start == b.start => return None,
            (Some(a), Some(b)) if a.start > b.start => (*b, false),
            (Some(a), _) => (*a, true),
            (None, Some(b)) => (*b, false),
            (None, None) => return Some(false),
        };
        if is_left {
            left.next()
        } else {
            right.next()
        };
        if span.end > span.start {
            return None;
        }
        if let Some((before, was_left)) = last
            && was_left != is_left
            && (was_left || !near.ordered)
        {
            let first = Span { start: before, end: before };
            if is_close(near.reach, borders, first, *span, source)
                && is_enough(Span { start: before, end: span.end })
            {
                return Some(true);
            }
        }
        last = Some((span.start, is_left));
    }
}

/// Whether a later span is in reach of an earlier one, in the same section.
fn is_close(reach: Reach, borders: &[u32], first: Span, second: Span, source: &dyn Source) -> bool {
    let in_reach = match reach {
        Reach::Words(most) => second.start - first.end <= most,
        Reach::Sentence | Reach::Paragraph => !crosses(borders, first.start, second.end),
    };
    in_reach && source.section(first.start) == source.section(second.end)
}

/// Borders of one article, off the heap as spans are.
type Borders = SmallVec<[u32; 64]>;

/// The borders that a pair must not cross.
fn borders(reach: Reach, source: &mut dyn Source) -> Borders {
    match reach {
        Reach::Words(_) => Borders::new(),
        Reach::Sentence => merged_borders(source),
        Reach::Paragraph => Borders::from_slice(source.borders(false)),
    }
}

/// Every left operand with its nearest right ones; only the first such pair if one is enough.
fn pairs(
    near: &NearExpr,
    lefts: &[Span],
    rights: &[Span],
    borders: &[u32],
    one: bool,
    source: &dyn Source,
) -> Spans {
    let close = |first: Span, second: Span| is_close(near.reach, borders, first, second, source);
    let nearest = Nearest::new(rights, near.reach);
    if near.negated {
        if near.reach == Reach::Words(0) {
            return Spans::from_slice(lefts);
        }
        let lonely = |left: &Span| {
            nearest.after(*left, &close).is_none()
                && (near.ordered || nearest.before(*left, &close).is_none())
                && !nearest.overlaps(*left)
        };
        return lefts.iter().copied().filter(lonely).collect();
    }
    let mut found = Spans::new();
    for left in lefts {
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

impl<'a> Nearest<'a> {
    fn new(rights: &'a [Span], reach: Reach) -> Self {
        let widest = rights.iter().map(|it| it.end - it.start).max().unwrap_or(0);
        Self { rights, widest, reach }
    }

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
fn merged_borders(source: &mut dyn Source) -> Borders {
    let mut borders = Borders::from_slice(source.borders(true));
    borders.extend_from_slice(source.borders(false));
    borders.sort_unstable();
    borders
}

/// Whether a border lies after `start` and not after `end`.
fn crosses(borders: &[u32], start: u32, end: u32) -> bool {
    let after = borders.partition_point(|border| *border <= start);
    borders.get(after).is_some_and(|border| *border <= end)
}
