//! Two parts near each other: which right operands make the smallest pair with a left one.

use super::{Expr, NearExpr, Reach, Source, Span, Spans, smallest, spans};

/// The smallest spans of two parts near each other; of `not w/n` the left ones that are alone.
pub(super) fn near(near: &NearExpr, source: &mut dyn Source) -> Spans {
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
    if let (Expr::Leaf(left), Expr::Leaf(right)) = (&near.left, &near.right) {
        source.find(*left, true);
        source.find(*right, true);
        let borders = borders(near.reach, source);
        let (lefts, rights) = (source.found(*left), source.found(*right));
        return any_neighbours(near, lefts, rights, &borders, source)
            .unwrap_or_else(|| !pairs(near, lefts, rights, &borders, true, source).is_empty());
    }
    let lefts = spans(&near.left, source);
    let rights = spans(&near.right, source);
    let borders = borders(near.reach, source);
    !pairs(near, &lefts, &rights, &borders, true, source).is_empty()
}

/// The same in one step over both lists, for operands of one position each that never stand at the same: if any pair
/// is close, then so are two that have no other operand between them. None if the lists are not of that kind.
fn any_neighbours(
    near: &NearExpr,
    lefts: &[Span],
    rights: &[Span],
    borders: &[u32],
    source: &dyn Source,
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
            && match near.reach {
                Reach::Words(most) => span.start - before <= most,
                Reach::Sentence | Reach::Paragraph => !crosses(borders, before, span.start),
            }
            && source.section(before) == source.section(span.start)
        {
            return Some(true);
        }
        last = Some((span.start, is_left));
    }
}

/// The borders that a pair must not cross.
fn borders(reach: Reach, source: &mut dyn Source) -> Vec<u32> {
    match reach {
        Reach::Words(_) => Vec::new(),
        Reach::Sentence => merged_borders(source),
        Reach::Paragraph => source.borders(false).to_vec(),
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
    let close = |first: Span, second: Span| {
        source.section(first.start) == source.section(second.end)
            && match near.reach {
                Reach::Words(most) => second.start - first.end <= most,
                Reach::Sentence | Reach::Paragraph => !crosses(borders, first.start, second.end),
            }
    };
    let widest = rights.iter().map(|it| it.end - it.start).max().unwrap_or(0);
    let nearest = Nearest { rights, widest, reach: near.reach };
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
