//! A claim, or the short paragraph under the title -> the standfirst.

use crate::article::{Article, Claim, Topic};
use crate::date::find_dates;

use super::claims::{Claims, note};
use super::text::{Block, Role, letters, one_line};
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
    if let Some((deck, from)) = stated(claims, blocks, article) {
        note(article, "deck", &from);
        // A description that is the whole text is none.
        if deck.chars().nth(LONGEST_STATED).is_some() {
            article.provenance.remove("deck");
            return;
        }
        if from != "standfirst" && leaves_less(&deck, blocks) {
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

/// How much a place says for a text that it gives as the standfirst. Measured on judged news pages: `OpenGraph` has
/// it in three of four, descriptions for search engines in seven of ten, JSON-LD in two of three; an element
/// that is called so mostly has it where it stands between headline and text.
static PLACES: &[(&str, f32)] = &[
    ("standfirst", 5.0),
    ("opengraph", 1.2),
    ("meta", 1.0),
    ("json-ld", 0.9),
    ("twitter", 0.9),
    ("sailthru", 0.7),
    ("parsely", 0.7),
    ("microdata", 0.5),
    ("dublin-core", 0.5),
    ("standfirst-apart", 0.3),
];
/// A later element of that name is mostly that of a teaser, a short one a subtitle.
const LESSER_STANDFIRST: f32 = 0.5;
const SHORT: usize = 6;
/// What stands at the top of the text as well is what the reader sees.
const AT_THE_TOP: f32 = 1.0;
/// More claims of a standfirst are not compared.
const MOST_CLAIMS: usize = 24;

/// The standfirst that most places give, weighed by place; what the user or a record states goes before all.
fn stated(claims: &Claims, blocks: &[Block], article: &Article) -> Option<(String, String)> {
    let ranked = claims.ranked(Topic::Deck);
    let first = ranked.first()?;
    if matches!(first.from.as_ref(), "set" | "record") {
        return Some((one_line(&first.value), first.from.clone().into_owned()));
    }
    let candidates = candidates(&ranked, article);
    let top: Vec<String> = blocks
        .iter()
        .filter(|it| it.role == Role::Body)
        .take(3)
        .map(|it| letters(it.text.get(..LONGEST_STATED).unwrap_or(&it.text)))
        .collect();
    let score = |candidate: &Candidate<'_>| {
        let agree: f32 = candidates
            .iter()
            .filter(|other| alike(&candidate.letters, &other.letters))
            .map(|other| other.weight)
            .sum();
        let shown = top.iter().any(|text| alike(&candidate.letters, text));
        agree + if shown { AT_THE_TOP } else { 0.0 }
    };
    let mut best: Option<(&Candidate<'_>, f32)> = None;
    for candidate in &candidates {
        let score = score(candidate);
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((candidate, score));
        }
    }
    best.map(|(candidate, _)| (candidate.text.clone(), candidate.from.to_owned()))
}

/// A text that a place gives.
struct Candidate<'c> {
    text: String,
    letters: String,
    from: &'c str,
    weight: f32,
}

/// What may be the standfirst, the better place first.
fn candidates<'c>(ranked: &[&'c Claim], article: &Article) -> Vec<Candidate<'c>> {
    let mut candidates: Vec<Candidate<'c>> = Vec::new();
    for claim in ranked.iter().take(MOST_CLAIMS) {
        let text = one_line(&claim.value);
        let is_title = article.title.as_ref().is_some_and(|title| same_words(title, &text));
        let in_brackets = text.starts_with('(') && text.ends_with(')');
        if is_title || in_brackets || !is_sentence(&text) {
            continue;
        }
        let from = claim.from.as_ref();
        let again = candidates.iter().any(|it| it.from == from);
        let weight = PLACES.iter().find(|row| row.0 == from).map_or(0.5, |row| row.1);
        let weight = match (again, from) {
            (true, "standfirst") => LESSER_STANDFIRST,
            (false, "standfirst") if text.split(' ').count() < SHORT => LESSER_STANDFIRST,
            (true, _) => 0.0,
            (false, _) => weight,
        };
        candidates.push(Candidate { letters: letters(&text), text, from, weight });
    }
    // What is cut off is taken only where nothing is whole; of the whole ones the text of the better place.
    let place = |from: &str| PLACES.iter().position(|row| row.0 == from).unwrap_or(PLACES.len());
    candidates.sort_by_key(|it| {
        let cut = it.text.ends_with('…') || it.text.ends_with("...");
        (cut, place(it.from))
    });
    candidates
}

/// Whether a text has the words of a standfirst: four, or as many letters where words are not spaced.
fn is_sentence(text: &str) -> bool {
    let words = text.split(' ').filter(|it| it.contains(char::is_alphabetic)).count();
    let spaced = text.chars().any(char::is_lowercase);
    words >= 4 || !spaced && text.chars().count() >= 12
}

/// Whether one text has the other in it, and not much besides.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() * 5 >= long.len() * 3 && long.contains(short)
}

/// Whether a description is most of the text that the page shows: then it is the text.
fn leaves_less(deck: &str, blocks: &[Block]) -> bool {
    let body = || blocks.iter().filter(|it| it.role == Role::Body);
    let is_deck = |text: &str| same_words(text, deck);
    body().take(2).any(|it| is_deck(&it.text))
        && body().filter(|it| !is_deck(&it.text)).map(|it| it.text.len()).sum::<usize>()
            < deck.len()
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

#[cfg(test)]
mod tests {
    use super::super::claims::Claims;
    use super::{leaves_less, stated};
    use crate::article::{Article, Claim, Topic};

    fn check(claims: &[(&'static str, &str)], expected: Option<(&str, &str)>) {
        let all = claims
            .iter()
            .map(|(from, value)| Claim {
                topic: Topic::Deck,
                value: (*value).to_owned(),
                from: (*from).into(),
            })
            .collect();
        let article = Article { title: Some("The bridge stands".to_owned()), ..Article::default() };
        let found = stated(&Claims::new(all, &[]), &[], &article);
        let found = found.as_ref().map(|(text, from)| (text.as_str(), from.as_str()));
        assert_eq!(found, expected, "{claims:?}");
    }

    #[test]
    fn the_standfirst_is_what_most_places_give() {
        let shown = "After nine years the ferry has nobody left to carry";
        let search = "Everything you need to know about the bridge";
        check(
            &[("json-ld", search), ("opengraph", shown), ("meta", shown)],
            Some((shown, "opengraph")),
        );
        // What stands between headline and text goes before all descriptions.
        let all =
            [("json-ld", search), ("opengraph", search), ("meta", search), ("standfirst", shown)];
        check(&all, Some((shown, "standfirst")));
        // A subtitle of two words, the title once more and a caption are none.
        let none = [
            ("standfirst", "Bridges"),
            ("opengraph", "The bridge stands"),
            ("microdata", "(Picture: Ann Lee / AFP)"),
        ];
        check(&none, None);
        // The whole text of a description that is cut off elsewhere.
        let cut = [("opengraph", "After nine years the ferry has nobody left …"), ("meta", shown)];
        check(&cut, Some((shown, "meta")));
        check(&[("meta", shown), ("set", search)], Some((search, "set")));
    }

    #[test]
    fn a_description_that_is_most_of_the_text_is_none() {
        let deck = "The ferry, which nobody has used since May, was sold to a town up the river.";
        let blocks = |texts: &[&str]| super::super::text::blocks(&texts.join("\n\n"));
        assert!(leaves_less(deck, &blocks(&[deck])));
        assert!(leaves_less(deck, &blocks(&[deck, "By Ada Quill"])));
        let lead = "After nine years the ferry has nobody left to carry, and the town has no use for it, says the mayor.";
        assert!(!leaves_less(deck, &blocks(&[deck, lead])));
        assert!(!leaves_less(deck, &blocks(&[lead])));
    }
}
