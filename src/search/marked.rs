//! What a query marks in a whole article: title, deck and body.

use std::ops::Range;

use super::article_words::ArticleWords;
use super::spans::{Section, Span};
use crate::article::Article;

/// The matching places of a whole article, as ranges of Unicode scalar values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// In the title.
    pub title: Vec<Range<usize>>,
    /// In the deck.
    pub deck: Vec<Range<usize>>,
    /// In the body.
    pub body: Vec<Range<usize>>,
}

impl Marked {
    pub(super) fn headings(words: &ArticleWords<'_>, marked: &[Span], article: &Article) -> Self {
        let ranges = |section, text: &Option<String>| {
            scalar_ranges(text.as_deref().unwrap_or(""), &words.ranges(marked, section))
        };
        Self {
            title: ranges(Section::Title, &article.title),
            deck: ranges(Section::Deck, &article.deck),
            body: Vec::new(),
        }
    }

    pub(super) fn new(words: &ArticleWords<'_>, marked: &[Span], article: &Article) -> Self {
        let body = scalar_ranges(&article.body, &words.ranges(marked, Section::Body));
        Self { body, ..Self::headings(words, marked, article) }
    }
}

/// Byte ranges, in order, as ranges of scalar values.
fn scalar_ranges(text: &str, ranges: &[(u32, usize, usize)]) -> Vec<Range<usize>> {
    let (mut byte, mut letter) = (0, 0);
    let mut advance = |to: usize| {
        letter += text.get(byte..to).map_or(0, |it| it.chars().count());
        byte = to;
        letter
    };
    ranges.iter().map(|(_, start, end)| advance(*start)..advance(*end)).collect()
}
