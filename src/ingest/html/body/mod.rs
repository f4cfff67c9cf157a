//! The outline of a page and what JSON-LD gives for its text -> the paragraphs of the article.
//!
//! | step | file |
//! |---|---|
//! | how much running text is a line | `weigh` |
//! | which elements are something else | `apart` |
//! | which element holds the article, and which of its lines are it | `keep` |
//! | which of its lines is the headline | `headline` |
//! | what JSON-LD says of the text, what is a caption | `evidence`, `caption` |

mod apart;
mod caption;
mod evidence;
mod headline;
mod keep;
mod weigh;

use super::outline::Outline;
pub(super) use evidence::Evidence;

/// The main text of a page.
#[derive(Debug, Default)]
pub(super) struct MainText {
    /// Paragraphs, separated by blank lines.
    pub(super) text: String,
}

/// What is known of the article when its text is looked for.
#[derive(Default)]
pub(super) struct Known {
    /// The text that JSON-LD gives.
    pub(super) evidence: Evidence,
    /// Names of authors that the page states: a line that may name others stays with the text.
    pub(super) authors: Vec<String>,
    /// Titles that the page states for machines: a heading that says one is the headline.
    pub(super) titles: Vec<String>,
}

/// Finds the article's text.
pub(super) fn main_text(outline: &Outline, known: &Known) -> MainText {
    let weighed = weigh::weigh(outline);
    let sums = apart::Sums::of(outline, &weighed);
    let apart = apart::apart(outline, &sums);
    let mut kept = keep::lines(outline, &weighed, &apart, known);
    // Where all of it is called something else, the names mean nothing.
    if kept.is_empty() {
        kept = keep::lines(outline, &weighed, &apart::at_least(outline), known);
    }
    let mut text = String::new();
    let mut before: Option<usize> = None;
    for at in kept {
        let Some(line) = outline.lines.get(at) else { continue };
        if !text.is_empty() {
            let goes_on = line.after_break && before.is_some_and(|it| it + 1 == at);
            text.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        text.push_str(outline.text_of(line));
        before = Some(at);
    }
    MainText { text }
}

#[cfg(test)]
mod tests;
