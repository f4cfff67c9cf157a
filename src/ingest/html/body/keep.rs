//! The judged lines of a page -> those of the article: the element that holds it, and what in it is text.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::super::marks::Marks;
use super::super::outline::{Line, Outline, Tag};
use super::Known;
use super::apart::Apart;
use super::caption::is_caption;
use super::headline::Headlines;
use super::weigh::{Kind, Weighed};

/// What a line of links costs the element that holds it, and one that is neither.
const LINKS_COST: i64 = 30;
const SHORT_COST: i64 = 8;
/// One paragraph counts no more than this.
const MOST_OF_ONE: i64 = 600;

/// The lines of the article, in order.
pub(super) fn lines(
    outline: &Outline,
    weighed: &[Weighed],
    apart: &[Apart],
    known: &Known,
) -> Vec<usize> {
    let evidence = &known.evidence;
    let mut states: Vec<State> = Vec::with_capacity(weighed.len());
    for (line, it) in outline.lines.iter().zip(weighed) {
        let apart = apart.get(line.inner as usize).copied().unwrap_or_default();
        let share = if evidence.is_empty() { None } else { evidence.share(outline.text_of(line)) };
        let supported = share.is_some_and(|share| share >= 80) && it.weight >= 60;
        states.push(State { apart: if supported { Apart::Not } else { apart }, share });
    }
    let headlines = Headlines::of(outline, weighed, &known.titles);
    let range = container(outline, weighed, &states, &headlines.first_rank);
    let Some(range) = range else { return Vec::new() };
    let headlines = headlines.of_text(range.start.saturating_sub(MOST_BETWEEN)..range.end);
    let inside = after_headline(weighed, &states, range.clone(), headlines);
    let start = from_headline(inside, headlines).unwrap_or(inside);
    let mut kept = told_above(weighed, &states, start, headlines);
    let first_prose = (start..range.end)
        .find(|&at| states[at].apart == Apart::Not && weighed[at].kind == Kind::Prose);
    let last_prose = (start..range.end)
        .rev()
        .find(|&at| states[at].apart == Apart::Not && weighed[at].kind == Kind::Prose);
    let (Some(first), Some(last)) = (first_prose, last_prose) else {
        return (start..range.end).filter(|&at| states[at].apart == Apart::Not).collect();
    };
    // How far what JSON-LD gives can be trusted to be all of the text.
    let (mut prose, mut supported) = (0, 0);
    for at in first..=last {
        if states[at].apart == Apart::Not && weighed[at].kind == Kind::Prose {
            prose += weighed[at].weight;
            if states[at].share.is_some_and(|share| share >= 50) {
                supported += weighed[at].weight;
            }
        }
    }
    let mut seen: FxHashSet<&str> =
        kept.iter().filter_map(|&at| outline.lines.get(at)).map(|it| outline.text_of(it)).collect();
    let headings: FxHashSet<&str> = (inside..last)
        .filter(|&at| weighed[at].kind == Kind::Heading)
        .filter_map(|at| outline.lines.get(at))
        .map(|line| outline.text_of(line))
        .collect();
    let complete = supported * 10 >= prose * 6;
    let first_told = (first..=last)
        .find(|&at| {
            states[at].apart == Apart::Not
                && weighed[at].kind == Kind::Prose
                && states[at].share.is_some_and(|share| share >= 50)
        })
        .unwrap_or(first);
    let mut above_told = 0;
    for at in start..range.end {
        let (state, it) = (states[at], weighed[at]);
        let Some(line) = outline.lines.get(at) else { continue };
        if state.apart != Apart::Not {
            continue;
        }
        let tag = block_tag(outline, line.inner);
        // What JSON-LD gives for the text often begins below the standfirst.
        let is_above_told = at < first_told && above_told < MOST_ABOVE_TOLD;
        let unsupported = complete && !is_above_told && state.share.is_some_and(|share| share < 30);
        let near_headline = at < first && first - at <= MOST_BETWEEN;
        if near_headline
            && it.weight <= LONGEST_BYLINE
            && begins_byline(outline.text_of(line), &known.authors)
        {
            kept.push(at);
            continue;
        }
        // What stands between the headline and the element of the text: a standfirst, or no part of it.
        if at < inside && it.kind != Kind::Prose && !is_standfirst(outline, line, it) {
            continue;
        }
        let keep = match it.kind {
            Kind::Prose => !unsupported,
            Kind::Links => false,
            Kind::Heading => {
                let above = at + 1 == first && at > inside
                    || it.weight >= LEAST_STANDFIRST_IN_HEADING && is_standfirst(outline, line, it);
                at < last && (at > first || above)
            }
            Kind::Short => {
                let aside = said_near(outline, line.inner).any(SAID_OF_ARTICLE);
                let within = at > first && at < last;
                let in_text = matches!(
                    tag,
                    Tag::Item
                        | Tag::Paragraph
                        | Tag::Quote
                        | Tag::Preformatted
                        | Tag::Row
                        | Tag::Cell
                );
                // A table of contents repeats the headings.
                let contents = headings.contains(outline.text_of(line));
                !aside
                    && !contents
                    && (within && it.weight > 3 && (line.after_break || it.weight >= 25) || in_text)
            }
        };
        // The same paragraph again is another copy of the article, or of a caption.
        let again = it.weight >= 60 && !seen.insert(outline.text_of(line));
        if keep && !again && !is_caption(outline.text_of(line)) {
            above_told += usize::from(at < first_told && it.kind == Kind::Prose);
            kept.push(at);
        }
    }
    without_empty_headings(&kept, weighed, &states)
}

/// A standfirst has no more paragraphs.
const MOST_ABOVE_TOLD: usize = 2;

/// Whether a line above the text may be a short standfirst.
fn is_standfirst(outline: &Outline, line: &Line, it: Weighed) -> bool {
    it.weight >= LEAST_STANDFIRST
        && it.kind != Kind::Links
        && line.links == 0
        && matches!(block_tag(outline, line.inner), Tag::Paragraph | Tag::Heading(2..))
        && !said_near(outline, line.inner).any(SAID_OF_ARTICLE)
}

const LEAST_STANDFIRST: u32 = 40;
/// A shorter heading between headline and text is one of something else.
const LEAST_STANDFIRST_IN_HEADING: u32 = 60;

/// What a line of authors begins with, a row a script.
static BYLINES: &[&str] = &[
    "by von par por di da de door av af od autor autorin autoren autore autores author authors auteur reporter written \
     reported words text texte testo texto story yazan oleh szerző írta skribent redaktion przez tekst",
    "автор авторы текст корреспондент από συντάκτης",
    "作者 記者 记者 文 글 기자",
];
const LONGEST_BYLINE: u32 = 140;

/// Whether a line may name authors that the page does not state: it stays with the text, for those who
/// know names.
fn begins_byline(line: &str, authors: &[String]) -> bool {
    if authors.iter().any(|name| line.contains(name.as_str())) {
        return false;
    }
    let end = line.find([' ', ':', '：', '／', '/', '|']).unwrap_or(line.len());
    let word = line.get(..end).unwrap_or_default().to_lowercase();
    end < line.len() && BYLINES.iter().any(|row| row.split_whitespace().any(|it| it == word))
}

/// What is said about the article rather than in it.
const SAID_OF_ARTICLE: Marks = Marks::META.and(Marks::DATE).and(Marks::UPDATED);
/// An element of more lines than this is not said by its class to be a date or a byline.
const MOST_LINES_SAID: u32 = 8;

/// What the small elements around a line say of it.
fn said_near(outline: &Outline, inner: u32) -> Marks {
    outline
        .upwards(inner)
        .take_while(|(_, node)| node.end_line.saturating_sub(node.first_line) <= MOST_LINES_SAID)
        .fold(Marks::default(), |marks, (_, node)| marks.and(node.marks))
}

/// A line and what was found out about it.
#[derive(Debug, Clone, Copy)]
struct State {
    apart: Apart,
    /// How much of it stands in the text that JSON-LD gives.
    share: Option<u32>,
}

/// What a line counts for the element that holds it.
fn value(it: Weighed, in_paragraph: bool) -> i64 {
    match it.kind {
        Kind::Prose => i64::from(it.weight).min(MOST_OF_ONE),
        Kind::Heading => 0,
        Kind::Links => -LINKS_COST,
        Kind::Short if in_paragraph && it.weight >= 25 => i64::from(it.weight) / 2,
        Kind::Short => -SHORT_COST,
    }
}

/// In per cent: what a level further out must add to what is held already.
const MUST_ADD: i64 = 20;
/// How many levels may add nothing.
const MOST_LEVELS: usize = 14;

/// The lines of the element that holds the article.
fn container(
    outline: &Outline,
    weighed: &[Weighed],
    states: &[State],
    headlines: &[usize],
) -> Option<Range<usize>> {
    let mut sums: Vec<i64> = Vec::with_capacity(weighed.len() + 1);
    let mut sum = 0;
    sums.push(0);
    let is_told = is_told(weighed, states);
    // Text counts for the block that holds its paragraph, and less for those further out.
    let mut seeds: Vec<i64> = vec![0; outline.nodes.len()];
    for ((it, state), line) in weighed.iter().zip(states).zip(&outline.lines) {
        if state.apart == Apart::Not {
            let tag = block_tag(outline, line.inner);
            let mut value = value(*it, matches!(tag, Tag::Paragraph | Tag::Item | Tag::Quote));
            if it.kind == Kind::Prose && is_told {
                match state.share {
                    Some(share) if share >= 80 => value *= 3,
                    Some(share) if share < 30 => value /= 4,
                    Some(_) | None => {}
                }
            }
            sum += value;
            let blocks = outline.upwards(line.inner).filter(|(_, node)| {
                !matches!(
                    node.tag,
                    Tag::Paragraph
                        | Tag::Item
                        | Tag::List
                        | Tag::Quote
                        | Tag::Heading(_)
                        | Tag::Link
                        | Tag::Strong
                        | Tag::Inline
                        | Tag::Time
                        | Tag::Abbreviation
                        | Tag::Button
                )
            });
            for ((number, _), share) in blocks.zip([6, 4, 3, 2]) {
                if let Some(seed) = seeds.get_mut(number as usize) {
                    *seed += value * share;
                }
            }
        }
        sums.push(sum);
    }
    for (seed, node) in seeds.iter_mut().zip(&outline.nodes) {
        if node.marks.any(Marks::BODY) || matches!(node.tag, Tag::Article | Tag::Main) {
            *seed += *seed / 4;
        }
    }
    let at = |line: u32| sums.get(line as usize).or(sums.last()).copied().unwrap_or_default();
    let held = |from: u32, to: u32| at(to) - at(from);
    let (seed, _) = seeds
        .iter()
        .enumerate()
        .filter(|row| *row.1 > 0)
        .max_by_key(|row| (*row.1, std::cmp::Reverse(row.0)))?;
    let node = outline.node(seed as u32)?;
    let (mut from, mut to) = (node.first_line, node.end_line);
    let headline = headlines.first().copied();
    let mut levels = 0;
    for (_, outer) in outline.upwards(seed as u32).skip(1) {
        if levels > MOST_LEVELS || matches!(outer.tag, Tag::Root) {
            break;
        }
        let end = end_mark(outline, states, to, outer.end_line);
        let start = outer.first_line;
        let more = held(start, from).max(0) + held(to, end).max(0);
        // The element that holds the headline too is seldom too small.
        let whole = headline.is_some_and(|at| (from..to).contains(&(at as u32)));
        let must_add = if whole || outer.tag == Tag::Body { 3 * MUST_ADD } else { MUST_ADD };
        if more * 100 >= held(from, to) * must_add {
            (from, to) = (start, end);
            levels = 0;
        } else {
            levels += 1;
        }
    }
    Some(from as usize..(to as usize).min(states.len()))
}

/// Where JSON-LD holds less of the page than this it gives a teaser.
const LEAST_TOLD: u32 = 400;

/// Whether JSON-LD gives so much of what the page shows that it says where to look.
fn is_told(weighed: &[Weighed], states: &[State]) -> bool {
    let told = weighed.iter().zip(states).filter(|(it, state)| {
        it.kind == Kind::Prose && state.share.is_some_and(|share| share >= 80)
    });
    told.map(|(it, _)| it.weight).sum::<u32>() >= LEAST_TOLD
}

/// Where comments or the foot of the page begin.
fn end_mark(outline: &Outline, states: &[State], from: u32, to: u32) -> u32 {
    let ends = |at: u32| {
        let line = outline.lines.get(at as usize);
        let apart = states.get(at as usize).is_some_and(|it| it.apart == Apart::Marked);
        apart
            && line.and_then(|it| outline.node(it.inner)).is_some_and(|node| {
                // `copyright` below a picture is not that of the page.
                node.around.any(Marks::COMMENTS)
                    || node.around.any(Marks::FOOTER) && !node.around.any(Marks::CAPTION)
            })
    };
    (from..to).find(|&at| ends(at)).unwrap_or(to)
}

/// The first line below the headline, if the headline stands in the container, above most of its text.
fn after_headline(
    weighed: &[Weighed],
    states: &[State],
    range: Range<usize>,
    headlines: &[usize],
) -> usize {
    let prose = |from: usize, to: usize| -> u64 {
        (from..to)
            .filter(|&at| states[at].apart == Apart::Not && weighed[at].kind == Kind::Prose)
            .map(|at| u64::from(weighed[at].weight))
            .sum()
    };
    let headline = headlines.iter().copied().find(|at| range.contains(at));
    let Some(headline) = headline else { return range.start };
    let above = prose(range.start, headline);
    let all = prose(range.start, range.end);
    if above * 5 <= all { headline + 1 } else { range.start }
}

/// The first line below the headline, where it stands not far above the text.
fn from_headline(text: usize, headlines: &[usize]) -> Option<usize> {
    let near = text.saturating_sub(MOST_BETWEEN)..text;
    headlines.iter().rev().find(|at| near.contains(at)).map(|at| at + 1)
}

/// More lines than this do not stand between headline and text.
const MOST_BETWEEN: usize = 40;

/// Paragraphs between the headline and the text, however far above it, that JSON-LD gives for the text.
fn told_above(
    weighed: &[Weighed],
    states: &[State],
    start: usize,
    headlines: &[usize],
) -> Vec<usize> {
    let from = headlines.first().map_or(start, |at| at + 1);
    let is_told = |at: &usize| {
        let (Some(it), Some(state)) = (weighed.get(*at), states.get(*at)) else { return false };
        it.kind == Kind::Prose
            && state.apart == Apart::Not
            && it.weight >= LEAST_TOLD_ABOVE
            && state.share.is_some_and(|share| share >= 80)
    };
    (from..start).filter(is_told).collect()
}

/// A shorter line may stand in the text by chance.
const LEAST_TOLD_ABOVE: u32 = 60;

/// The block a line stands in: a list item's paragraph is the item.
fn block_tag(outline: &Outline, inner: u32) -> Tag {
    let mut found = Tag::Inline;
    for (_, node) in outline.upwards(inner).take(6) {
        match node.tag {
            Tag::Item | Tag::Quote | Tag::Preformatted => return node.tag,
            Tag::Paragraph | Tag::Row | Tag::Cell | Tag::Heading(_) => {
                if found == Tag::Inline {
                    found = node.tag;
                }
            }
            Tag::Division | Tag::Article | Tag::Main | Tag::Body | Tag::Root => break,
            Tag::Aside
            | Tag::Nav
            | Tag::Header
            | Tag::Footer
            | Tag::List
            | Tag::Table
            | Tag::Figure
            | Tag::Caption
            | Tag::Form
            | Tag::Button
            | Tag::Link
            | Tag::Time
            | Tag::Abbreviation
            | Tag::Strong
            | Tag::Inline => {}
        }
    }
    found
}

/// A longer heading is a paragraph that is set as one.
const LONGEST_HEADING: u32 = 200;

/// Drops headings that stand above nothing that is kept.
fn without_empty_headings(kept: &[usize], weighed: &[Weighed], states: &[State]) -> Vec<usize> {
    let mut out = Vec::with_capacity(kept.len());
    for (index, &at) in kept.iter().enumerate() {
        // What is as long as a paragraph needs none below it.
        if weighed[at].kind == Kind::Heading && weighed[at].weight < LONGEST_HEADING {
            let next = kept.get(index + 1).copied();
            let end = next.unwrap_or(weighed.len());
            // Links right below it: it stood above them.
            let above_links = (at + 1..end)
                .take(2)
                .any(|it| states[it].apart == Apart::Links || weighed[it].kind == Kind::Links);
            if next.is_none() || above_links {
                continue;
            }
        }
        out.push(at);
    }
    out
}
