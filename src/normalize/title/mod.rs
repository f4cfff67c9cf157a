//! Claims, or the first line of the text -> the headline, without the name of the site.

mod choice;
mod site;
mod slug;

use crate::article::{Article, Topic};

use super::claims::{Claims, note};
use super::origin::Origin;
use super::text::{Block, Role, one_line};
use super::{byline, credits, dateline};

/// A first line longer than this is no headline.
const LONGEST: usize = 200;

/// Fills in the title; the paragraph that holds it leaves the body.
pub(super) fn read(
    claims: &Claims,
    text_holds_all: bool,
    blocks: &mut [Block],
    article: &mut Article,
) {
    if let Some((title, from)) = claimed(claims, article) {
        let repeated = blocks.iter_mut().find(|block| block.role == Role::Body);
        if let Some(block) = repeated.filter(|block| same_words(&block.text, &title)) {
            block.role = Role::Title;
        }
        article.title = Some(title);
        note(article, "title", &from);
    } else if text_holds_all {
        from_text(blocks, article);
    }
}

/// The first line is the title, unless it is too long, all there is, or something else.
fn from_text(blocks: &mut [Block], article: &mut Article) {
    let mut body = blocks.iter_mut().filter(|block| block.role == Role::Body);
    let language = article.language.as_deref();
    let no_title = |text: &str| byline::is_byline(text) || credits::is_date_line(text, language);
    let Some(first) = body.by_ref().take(3).find(|block| !no_title(&block.text)) else { return };
    let more = body.next().is_some();
    let short = first.text.len() <= LONGEST || first.text.chars().count() <= LONGEST;
    // A headline may look like a dateline (`METALS - April 7`), but is no paragraph.
    let dated = first.text.len() > 120
        && dateline::of_paragraph(&first.text, article.language.as_deref()).is_some();
    if more && short && !dated && !first.text.contains('\n') {
        first.role = Role::Title;
        article.title = Some(first.text.clone());
        note(article, "title", "first-line");
    }
}

/// The title that wins among the claims. What the user or a record states is not weighed.
fn claimed(claims: &Claims, article: &Article) -> Option<(String, String)> {
    let first = claims.first(Topic::Title)?;
    if matches!(Origin::of(&first.from), Origin::Set | Origin::Record) {
        let title = one_line(&first.value);
        return (!title.is_empty()).then(|| (title, first.from.to_string()));
    }
    let (mut all, best) =
        choice::weigh(claims, &site::sites(claims, article), &slug::Slug::of(claims, article));
    let winner = all.swap_remove(best?);
    Some((winner.value, winner.from))
}

/// Letters and figures in lower case, without what stands between them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How addresses spell letters that are not in ASCII.
static SPELLED: &[(char, &str)] = &[
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('ø', "o"),
    ('å', "a"),
    ('á', "a"),
    ('à', "a"),
    ('â', "a"),
    ('ã', "a"),
    ('ç', "c"),
    ('é', "e"),
    ('è', "e"),
    ('ê', "e"),
    ('í', "i"),
    ('î', "i"),
    ('ñ', "n"),
    ('ó', "o"),
    ('ô', "o"),
    ('õ', "o"),
    ('ú', "u"),
    ('ł', "l"),
    ('š', "s"),
    ('č', "c"),
    ('ž', "z"),
];

/// Lower case as addresses spell it, one space for all that stands between words.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match SPELLED.iter().find(|row| row.0 == c) {
            Some((_, spelled)) => out.push_str(spelled),
            None if c.is_alphanumeric() => out.push(c),
            None if out.ends_with(' ') => {}
            None => out.push(' '),
        }
    }
    out
}

/// Whether two texts have the same letters.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a == b || a.len().abs_diff(b.len()) <= 40 && letters(a) == letters(b)
}

/// How much of the words of the shorter text stands in the longer one.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .take(60)
            .map(letters)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    short.iter().filter(|word| long.contains(word)).count() as f64 / short.len() as f64
}
