//! Words side by side to the rungs of their ladder, from the closest to all of them anywhere.

use super::Rung;
use super::spans::{Expr, NearExpr, Reach};

/// The rungs for two or three words; each is one explicit query.
pub(super) fn rungs(words: &[Expr]) -> Vec<(Rung, Expr)> {
    let phrase = Expr::Phrase(words.iter().flat_map(flat).collect());
    let near = |left: Expr, right: &Expr, reach| {
        let right = right.clone();
        Expr::Near(Box::new(NearExpr { left, right, reach, ordered: false, negated: false }))
    };
    let close = match words {
        [left, right] => near(left.clone(), right, Reach::Words(10)),
        _ => Expr::Window(words.to_vec(), 10),
    };
    let paragraph =
        words[1..].iter().fold(words[0].clone(), |left, right| near(left, right, Reach::Paragraph));
    vec![
        (Rung::Phrase, phrase),
        (Rung::Near, close),
        (Rung::Paragraph, paragraph),
        (Rung::All, Expr::And(words.to_vec())),
    ]
}

fn flat(expr: &Expr) -> Vec<Expr> {
    match expr {
        Expr::Phrase(parts) => parts.clone(),
        other => vec![other.clone()],
    }
}
