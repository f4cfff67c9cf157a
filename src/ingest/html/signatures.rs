//! The outline of a page -> the short lines around its headline, one of which may say who wrote it.

use super::super::claims;
use super::dates::headline;
use super::marks::Marks;
use super::outline::Outline;
use crate::article::{RawArticle, Topic};

/// A line with a byline has not more letters.
const LONGEST: u32 = 120;
/// So many lines before the headline and after it are looked at.
const BEFORE: u32 = 3;
const AFTER: u32 = 12;
/// A line of more letters may be running text.
const SENTENCE: u32 = 80;
/// Running text: a byline does not stand behind more of it.
const TEXT: u32 = 300;
/// A label has not more letters: `Author:`.
const LABEL: u32 = 24;

/// States the lines; whether one is a byline is for those to say who know the words.
pub(super) fn state(outline: &Outline, article: &mut RawArticle) {
    let Some(headline) = headline(outline, article) else { return };
    let mut text_seen = 0;
    let mut label: Option<&str> = None;
    for (at, line) in outline.lines.iter().enumerate() {
        let at = at as u32;
        if at + BEFORE < headline.line || at == headline.line {
            continue;
        }
        if at > headline.line + AFTER || text_seen > TEXT {
            break;
        }
        if line.length > SENTENCE {
            text_seen += line.length;
        }
        if line.length > LONGEST {
            label = None;
            continue;
        }
        let beside = outline
            .node(line.inner)
            .is_some_and(|it| it.around.any(Marks::COMMENTS.and(Marks::RELATED)));
        let text = outline.text_of(line).trim();
        if beside || text.is_empty() {
            continue;
        }
        match label.take() {
            Some(label) => {
                claims::add(article, Topic::Byline, &format!("{label} {text}"), "page-top");
            }
            None if line.length <= LABEL && text.ends_with(':') => label = Some(text),
            None => claims::add(article, Topic::Byline, text, "page-top"),
        }
    }
}
