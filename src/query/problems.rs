//! What was not read as typed: collected while reading, handed out sorted, few and bounded.

use std::fmt::Arguments;
use std::ops::Range;

/// More problems than this help nobody; the rest are counted.
const MOST: usize = 20;
/// The same sentence is said this often, then counted.
const MOST_ALIKE: usize = 3;
/// Longer quotations of what was typed are cut.
const LONGEST_QUOTE: usize = 40;

/// Something that was not read as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What happened, in lower case, with what was typed in backticks.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Where it begins, in Unicode scalar values of what was typed.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The problems of one query.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    more: usize,
    last_end: usize,
}

impl Problems {
    /// Notes a problem; texts are only written when they will be shown.
    pub(super) fn add(&mut self, spot: Range<usize>, message: Arguments<'_>, hint: Arguments<'_>) {
        if self.list.len() >= MOST {
            self.more += 1;
            self.last_end = spot.end;
            return;
        }
        let message = message.to_string();
        if self.list.iter().filter(|it| it.message == message).count() >= MOST_ALIKE {
            self.more += 1;
            self.last_end = spot.end;
            return;
        }
        let hint = hint.to_string();
        let hint = (!hint.is_empty()).then_some(hint);
        self.list.push(Problem { message, hint, start: spot.start, end: spot.end });
    }

    /// All of them in the order of the text, the last one saying how many more there are.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|it| (it.start, it.end));
        if self.more > 0 {
            let message = format!("and {} more like these", self.more);
            let end = self.last_end;
            self.list.push(Problem { message, hint: None, start: end, end });
        }
        self.list
    }
}

/// Typed text, short enough to be quoted in a message.
pub(super) fn quoted(typed: &[char]) -> String {
    let mut text: String = typed.iter().take(LONGEST_QUOTE).collect();
    if typed.len() > LONGEST_QUOTE {
        text.push('…');
    }
    text.replace('`', "'")
}
