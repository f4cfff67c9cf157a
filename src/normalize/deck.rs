//! A claim, or the short paragraph under the title -> the standfirst.

use crate::article::{Article, Topic};
use crate::date::find_dates;

use super::claims::{Claims, note};
use super::text::{Block, Role};
use super::title::same_words;
use super::{byline, dateline};

/// A longer paragraph is no standfirst.
const LONGEST: usize = 280;

/// And what a page says of itself beyond this is its text.
const LONGEST_STATED: usize = 700;

/// Fills in the deck; a paragraph that holds it leaves the body.
pub(super) fn read(
    claims: &Claims,
    text_holds_all: bool,
    blocks: &mut [Block],
    article: &mut Article,
) {
    if let Some(deck) = claims.take(Topic::Deck, "deck", article) {
        // A description that is the whole text is none.
        if deck.chars().nth(LONGEST_STATED).is_some() {
            article.provenance.remove("deck");
            return;
        }
        let cut_off = deck.trim_end_matches(['.', '…', ' ']);
        let lead = first_body(blocks);
        // A description that is only the beginning of the lead is none.
        if let Some(lead) = lead.filter(|at| blocks[*at].text.starts_with(cut_off)) {
            if blocks[lead].text.len() > deck.len() + 3 {
                article.provenance.remove("deck");
                return;
            }
            blocks[lead].role = Role::Deck;
        }
        if article.title.as_ref().is_some_and(|title| same_words(title, &deck)) {
            article.provenance.remove("deck");
            return;
        }
        let top = blocks.iter_mut().filter(|it| it.role == Role::Body).take(2);
        for block in top.filter(|block| same_words(&block.text, &deck)) {
            block.role = Role::Deck;
        }
        article.deck = Some(deck);
        return;
    }
    if text_holds_all
        && article.title.is_some()
        && let Some(at) = in_text(blocks, article)
    {
        blocks[at].role = Role::Deck;
        article.deck = Some(blocks[at].text.clone());
        note(article, "deck", "text");
    }
}

fn first_body(blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|block| block.role == Role::Body)
}

/// The second block of a text: a line or two, of four words or more, without a full stop at its end, above
/// a paragraph that is longer.
fn in_text(blocks: &[Block], article: &Article) -> Option<usize> {
    let title = blocks.iter().position(|block| block.role == Role::Title)?;
    let at = first_body(blocks).filter(|at| *at > title)?;
    let text = &blocks[at].text;
    let lead = blocks[at + 1..].iter().find(|block| block.role == Role::Body)?;
    let closed = text
        .trim_end_matches(['"', '”', '»', '\'', '’', ')'])
        .ends_with(['.', ':', ',', '。', ';', '…']);
    let words = text.split(' ').filter(|it| it.contains(char::is_alphabetic)).count();
    let spaced = words >= 4 || text.chars().count() >= 12 && !text.contains(' ');
    let first = text.chars().next().is_some_and(|c| !c.is_lowercase());
    let language = article.language.as_deref();
    let fits = text.len() <= LONGEST
        && first
        && !closed
        && spaced
        && lead.text.len() > text.len()
        && !text.contains('\n')
        && dateline::of_paragraph(text, language).is_none()
        && !(text.ends_with(['?', '!']) && text.len() > 120)
        && !begins_with_date(text, language)
        && !byline::is_byline(text);
    fits.then_some(at)
}

/// `On Wednesday, June 9, some three hundred`: a lead, however short.
fn begins_with_date(text: &str, language: Option<&str>) -> bool {
    let end = text.char_indices().nth(50).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    find_dates(head, language).iter().any(|found| found.day.is_some() && found.span.start < 20)
}
