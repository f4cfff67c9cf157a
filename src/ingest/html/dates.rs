//! The outline of a page -> what stands on it that may be its date, nearest to the headline first.

use super::super::claims;
use super::marks::Marks;
use super::outline::{Line, Node, Outline, Tag};
use crate::article::{Claim, RawArticle, Topic};

/// A line that may hold the date, and how good its place is.
struct Candidate<'o> {
    topic: Topic,
    value: &'o str,
    from: &'static str,
    /// Letters between it and the headline; further away counts less.
    distance: u32,
}

/// A line with a date and a few words has not more letters.
const LONGEST: u32 = 200;
/// A longer piece of text in an element for dates is something else.
const LONGEST_MARKED: u32 = 120;
/// So near to the headline, in letters, what looks like the date of the article is it.
const NEAR: u32 = 600;
/// So near no class of a list or a menu counts.
const CLOSE: u32 = 120;
/// What stands above the headline counts as so many times as far away.
const ABOVE: u32 = 2;
/// So many candidates are enough.
const MOST: usize = 24;

/// States the dates that the page shows.
pub(super) fn state(outline: &Outline, article: &mut RawArticle) {
    let headline = headline(outline, article);
    let mut found: Vec<Candidate<'_>> = Vec::new();
    let mut letters = 0;
    let mut text_seen = 0;
    let mut times = outline.times.iter().peekable();
    for (at, line) in outline.lines.iter().enumerate() {
        let at = at as u32;
        letters += line.length;
        if headline.is_some_and(|it| it.line == at) {
            text_seen = 0;
        }
        let place = place(outline, line, at, headline, letters, text_seen);
        if line.length > 200 {
            text_seen += line.length;
        }
        // What the elements of this line say about time.
        let mut has_time = false;
        while let Some((node, value)) =
            times.next_if(|(node, _)| outline.node(*node).is_some_and(|it| it.first_line <= at))
        {
            let Some(element) = outline.node(*node) else { continue };
            if element.tag == Tag::Abbreviation
                && !element.around.any(Marks::DATE)
                && !value.starts_with("20")
            {
                continue;
            }
            if element.first_line == at && !place.marks.any(Marks::COMMENTS) {
                has_time = true;
                let topic = topic(outline, *node);
                let from = if place.apart { "time-apart" } else { "time" };
                found.push(Candidate { topic, value, from, distance: place.distance });
            }
        }
        let is_long = line.length > LONGEST;
        // A paragraph may begin with its date: `Press release of 25 January 2022 | Berlin ...`.
        let text = if is_long { head(outline.text_of(line)) } else { outline.text_of(line) };
        if !may_hold_date(text) {
            continue;
        }
        if place.marks.any(Marks::COMMENTS.and(Marks::EVENT)) {
            continue;
        }
        let marked =
            line.length <= LONGEST_MARKED && (line.dated || is_marked(outline, line.inner));
        let from = match (place.apart, marked || has_time, place.near) {
            (true, _, _) => "page-apart",
            _ if is_long => "page",
            (false, true, _) => "date-class",
            (false, false, true) => "page-top",
            (false, false, false) => "page",
        };
        let topic = topic(outline, line.inner);
        found.push(Candidate { topic, value: text, from, distance: place.distance });
    }
    found.sort_by_key(|it| it.distance);
    let mut counts: [usize; 6] = [0; 6];
    for it in found {
        let kind = KINDS.iter().position(|kind| *kind == it.from).unwrap_or_default();
        if counts[kind] < MOST {
            counts[kind] += 1;
            claims::add(article, it.topic, it.value, it.from);
        }
    }
}

static KINDS: &[&str] = &["time", "date-class", "page-top", "page", "time-apart", "page-apart"];

/// The headline: where its line is, and how many letters stand before it.
#[derive(Clone, Copy)]
pub(super) struct Headline {
    pub(super) line: u32,
    pub(super) letters: u32,
}

/// Where a line stands.
struct Place {
    distance: u32,
    near: bool,
    apart: bool,
    marks: Marks,
}

fn place(
    outline: &Outline,
    line: &Line,
    at: u32,
    headline: Option<Headline>,
    letters: u32,
    text_seen: u32,
) -> Place {
    let (distance, near) = match headline {
        Some(it) if at >= it.line => {
            let distance = letters.saturating_sub(it.letters + line.length);
            (distance, distance <= NEAR)
        }
        Some(it) => {
            let distance = it.letters.saturating_sub(letters).saturating_mul(ABOVE);
            (distance, distance <= NEAR)
        }
        // Without a headline the first running text is where the article begins.
        None => (letters, text_seen == 0),
    };
    let marks = marks_apart(outline, line.inner, headline);
    // Between the headline and the text stands what is said of the article, whatever its classes say.
    let between = headline.is_some_and(|it| at > it.line) && near && text_seen == 0;
    let apart = distance > CLOSE
        && (!between || marks.any(Marks::COMMENTS.and(Marks::RELATED)))
        && (marks.any(Marks::APART) || marks.any(Marks::SIDE) && distance > 2 * CLOSE);
    Place { distance, near, apart, marks }
}

/// What the elements around a line say, up to the one that holds the headline too: a class of the whole page
/// says nothing about its parts.
fn marks_apart(outline: &Outline, inner: u32, headline: Option<Headline>) -> Marks {
    let Some(headline) = headline else {
        return outline.node(inner).map(|it| it.around).unwrap_or_default();
    };
    let holds = |node: &Node| (node.first_line..node.end_line).contains(&headline.line);
    let apart = outline.upwards(inner).take_while(|(_, node)| !holds(node));
    apart.fold(Marks::default(), |marks, (_, node)| marks.and(node.marks))
}

/// Whether this element or the two around it are for dates.
fn is_marked(outline: &Outline, inner: u32) -> bool {
    outline
        .upwards(inner)
        .take(3)
        .any(|(_, node)| node.marks.any(Marks::DATE) || node.tag == Tag::Time)
}

fn topic(outline: &Outline, inner: u32) -> Topic {
    let updated = outline.upwards(inner).take(2).any(|(_, node)| node.marks.any(Marks::UPDATED));
    let published = outline
        .upwards(inner)
        .take(1)
        .any(|(_, node)| node.marks.any(Marks::DATE) && !node.marks.any(Marks::UPDATED));
    if updated && !published { Topic::Updated } else { Topic::Published }
}

/// Letters at the beginning of a paragraph that a date with a word before it takes.
const HEAD: usize = 90;

/// The beginning of a paragraph, whole words.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |row| row.0);
    let head = text.get(..end).unwrap_or_default();
    head.rfind(' ').and_then(|at| head.get(..at)).unwrap_or(head)
}

/// Whether figures stand in a text as they do in a date: four for a year, or three groups.
fn may_hold_date(text: &str) -> bool {
    let (mut run, mut groups, mut since) = (0, 0, 0);
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            run += 1;
            continue;
        }
        if c.is_numeric() {
            return true;
        }
        if run == 4 || run == 8 {
            return true;
        }
        if run > 0 {
            groups = if since <= MOST_BETWEEN { groups + 1 } else { 1 };
            since = 0;
        }
        run = 0;
        since += 1;
        if groups >= 3 {
            return true;
        }
    }
    false
}

/// Letters between the groups of a date.
const MOST_BETWEEN: u32 = 4;

/// The heading that the metadata call the title, else the first heading of the article.
pub(super) fn headline(outline: &Outline, article: &RawArticle) -> Option<Headline> {
    // Headings of menus are claims too: where anything else says the title they do not.
    let is_said = |claim: &&Claim| claim.topic == Topic::Title;
    let any_other = article.claims.iter().filter(is_said).any(|it| it.from != "heading");
    let said =
        article.claims.iter().filter(is_said).filter(|it| it.from != "heading" || !any_other);
    let titles: Vec<String> = said.take(12).map(|claim| letters_of(&claim.value)).collect();
    let mut letters = 0;
    let mut best: Option<((u8, usize), Headline)> = None;
    for (at, line) in outline.lines.iter().enumerate() {
        letters += line.length;
        let Some(node) = outline.node(line.inner) else { continue };
        let rank = outline.upwards(line.inner).take(4).find_map(|(_, it)| {
            let heading = matches!(it.tag, Tag::Heading(_)) || it.marks.any(Marks::TITLE);
            heading.then_some(if it.tag == Tag::Heading(1) { 3 } else { 2 })
        });
        if line.length > 300 {
            continue;
        }
        let text = letters_of(outline.text_of(line));
        let same = text.len() >= 6 && titles.iter().any(|it| same_title(it, &text));
        let apart = node.around.any(Marks::APART.and(Marks::SIDE));
        let score = match (same, rank) {
            (true, Some(rank)) if !apart => 4 + rank,
            (true, Some(3)) => 6,
            (true, _) => 4,
            (false, Some(3)) if !apart => 3,
            _ => continue,
        };
        // The name of the site is a heading, and may be a title too: the longer one is the headline.
        let score = (score, if same { text.len() } else { 0 });
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, Headline { line: at as u32, letters }));
        }
    }
    best.map(|it| it.1)
}

/// Letters and figures alone, in lower case.
fn letters_of(text: &str) -> String {
    // Every line of every page is asked for.
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).take(400);
        return letters.map(|it| char::from(it.to_ascii_lowercase())).collect();
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(400).collect()
}

/// Whether a heading is a title, or it with the name of the site.
fn same_title(title: &str, heading: &str) -> bool {
    let (short, long) =
        if title.len() < heading.len() { (title, heading) } else { (heading, title) };
    !short.is_empty() && long.contains(short) && short.len() * 2 >= long.len()
}
