//! The lines of a page and the titles it states -> the lines that may be its headline.

use std::ops::Range;

use super::super::outline::{Outline, Tag};
use super::weigh::{Kind, Weighed};

/// A heading of fewer letters may stand in a title by chance.
const LEAST_LETTERS: usize = 12;

/// More titles a page does not state; each is held against every heading.
const MOST_TITLES: usize = 8;

/// Lines that may be the headline, each kind in order.
pub(super) struct Headlines {
    /// Headings of the first rank.
    pub(super) first_rank: Vec<usize>,
    /// Headings of any rank that say a title which the page states, or its beginning.
    said: Vec<usize>,
}

impl Headlines {
    /// Looks at all lines.
    pub(super) fn of(outline: &Outline, weighed: &[Weighed], titles: &[String]) -> Self {
        let titles: Vec<String> =
            titles.iter().take(MOST_TITLES).map(|title| letters(title)).collect();
        let says_title = |at: &usize| {
            let is_heading = weighed.get(*at).is_some_and(|it| it.kind == Kind::Heading);
            outline.lines.get(*at).filter(|_| is_heading).is_some_and(|line| {
                let found = letters(outline.text_of(line));
                found.len() >= LEAST_LETTERS && titles.iter().any(|title| title.starts_with(&found))
            })
        };
        let lines = 0..outline.lines.len();
        Self {
            first_rank: lines.clone().filter(|&at| is_first_rank(outline, at)).collect(),
            said: lines.filter(says_title).collect(),
        }
    }

    /// Those of a text in these lines: the headings of the first rank if one stands there, else those that say the
    /// title. Many pages have no heading of the first rank, or only one for the name of the site.
    pub(super) fn of_text(&self, lines: Range<usize>) -> &[usize] {
        let is_there = self.first_rank.iter().any(|at| lines.contains(at));
        if is_there || self.said.is_empty() { &self.first_rank } else { &self.said }
    }
}

fn is_first_rank(outline: &Outline, at: usize) -> bool {
    outline.lines.get(at).is_some_and(|line| {
        outline.upwards(line.inner).take(4).any(|(_, node)| node.tag == Tag::Heading(1))
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
