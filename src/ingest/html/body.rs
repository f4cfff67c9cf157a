//! The main text of a page and its outline -> the text without what the page itself sets apart from it.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::marks::Marks;
use super::outline::Outline;

/// What is no part of an article wherever it stands, by the classes of its page.
const CUT: Marks = Marks::COMMENTS
    .and(Marks::RELATED)
    .and(Marks::SHARE)
    .and(Marks::PROMOTION)
    .and(Marks::CAPTION)
    .and(Marks::FOOTER)
    .and(Marks::MENU);

/// In per cent of the text: where more would go, the classes mean something else.
const MOST_CUT: usize = 30;

/// The paragraphs that stand in no part set apart; all of them where that would leave too little.
pub(super) fn without_apart(text: &str, outline: &Outline) -> String {
    // A line that stands in the article too is part of it.
    let mut apart: HashMap<&str, bool, FxBuildHasher> = HashMap::default();
    for line in &outline.lines {
        let cut = outline.node(line.inner).is_some_and(|it| it.around.any(CUT));
        let known = apart.entry(outline.text_of(line)).or_insert(cut);
        *known &= cut;
    }
    let is_apart = |part: &str| part.lines().all(|line| apart.get(line).copied().unwrap_or(false));
    let kept: Vec<&str> = text.split("\n\n").filter(|part| !is_apart(part)).collect();
    let kept = kept.join("\n\n");
    if kept.len() * 100 < text.len() * (100 - MOST_CUT) { text.to_owned() } else { kept }
}
