//! Claims, or the first line of the text -> the headline, without the name of the site.

use crate::article::{Article, Topic};

use super::claims::{Claims, note};
use super::source::host;
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

/// The title that wins among the claims. A headline on the page that another claim confirms comes first:
/// the others are often written for search engines.
fn claimed(claims: &Claims, article: &Article) -> Option<(String, String)> {
    let ranked = claims.ranked(Topic::Title);
    let first = ranked.first()?;
    let others = || ranked.iter().filter(|claim| claim.from != "headline");
    let mut best = *first;
    if !matches!(first.from.as_ref(), "set" | "record") {
        let confirmed = ranked
            .iter()
            .filter(|claim| claim.from == "headline")
            .find(|claim| others().any(|other| overlap(&claim.value, &other.value) >= 0.6));
        best = confirmed.copied().unwrap_or(best);
    }
    let title = one_line(&best.value);
    let title = match best.from.as_ref() {
        "set" | "record" => title,
        _ => without_site(&title, &sites(claims, article)),
    };
    (!title.is_empty()).then(|| (title, best.from.to_string()))
}

/// The names a site goes by: its own, and those its host spells.
fn sites(claims: &Claims, article: &Article) -> Vec<String> {
    let mut sites: Vec<String> =
        claims.ranked(Topic::Source).iter().map(|claim| letters(&claim.value)).collect();
    let host = article.url.as_deref().and_then(host);
    if let Some(host) = host {
        sites.push(letters(host));
        sites.extend(host.split('.').filter(|label| label.len() > 3).map(letters));
    }
    sites.retain(|site| site.chars().count() >= 2);
    sites
}

/// The marks that set the name of a site off from a headline.
static MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • ", "｜", " / "];

fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title;
    for _ in 0..2 {
        let Some((at, mark)) =
            MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, *mark))).max()
        else {
            break;
        };
        let (head, tail) = (&title[..at], &title[at + mark.len()..]);
        if is_site(tail, sites) && !head.trim().is_empty() {
            title = head.trim();
            continue;
        }
        break;
    }
    let first = MARKS.iter().filter_map(|mark| title.find(mark).map(|at| (at, *mark))).min();
    if let Some((at, mark)) = first
        && is_site(&title[..at], sites)
    {
        title = title[at + mark.len()..].trim();
    }
    title.to_owned()
}

fn is_site(text: &str, sites: &[String]) -> bool {
    let text = letters(text);
    !text.is_empty() && sites.contains(&text)
}

/// Letters and figures in lower case, without what stands between them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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

#[cfg(test)]
mod tests {
    use super::without_site;

    #[test]
    fn the_site_is_no_part_of_the_headline() {
        let sites = ["welt".to_owned(), "meridiandispatch".to_owned()];
        for (title, expected) in [
            ("Die Brücke steht - WELT", "Die Brücke steht"),
            ("Bridge stands | The end | Meridian Dispatch", "Bridge stands | The end"),
            ("WELT | Die Brücke", "Die Brücke"),
            ("Bridge - a history", "Bridge - a history"),
            ("Welt", "Welt"),
        ] {
            assert_eq!(without_site(title, &sites), expected);
        }
    }
}
