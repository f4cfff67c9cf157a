//! A request to its occurrences, one a line: what stands before, the match, what stands after.

use std::borrow::Cow;
use std::io::{self, Read, Seek, Write};
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::article_words::{ArticleWords, Known, Lookup};
use super::columns::Columns;
use super::plan::Plan;
use super::segment::Segment;
use super::sorter::Sorter;
use super::spans::{Section, Source, Span, kept_places};
use super::top::{Entry, Top};
use super::{Local, Request, SearchError, Sort};
use crate::article::Article;
use crate::index::schema::column;
use crate::index::{read_listed, stored_text};
use crate::text::Lang;
use crate::text::fold::fold;

/// How a concordance is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConcordanceOptions {
    /// Characters before the match, and after it.
    pub width: usize,
    /// What the lines are sorted by; by date, then place, where these are equal.
    pub sort: Vec<LineKey>,
    /// Only so many lines, drawn with this seed.
    pub sample: Option<(u64, u64)>,
    /// Lines at most.
    pub limit: Option<u64>,
}

/// What lines are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKey {
    /// So many words before the match.
    Left(usize),
    /// So many words after it.
    Right(usize),
    /// The match itself.
    Node,
    /// The day of publication; unknown last.
    Date,
    /// The publication.
    Source,
    /// The first author.
    Author,
}

impl LineKey {
    /// `R1` to `R9`, `L1` to `L9`, `node`, `date`, `source`, `author`; case is ignored.
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let words = |text: &str| text.parse().ok().filter(|it| (1..=9).contains(it));
        match name.as_str() {
            "node" => Some(Self::Node),
            "date" => Some(Self::Date),
            "source" => Some(Self::Source),
            "author" => Some(Self::Author),
            other => match other.strip_prefix('l') {
                Some(number) => words(number).map(Self::Left),
                None => other.strip_prefix('r').and_then(words).map(Self::Right),
            },
        }
    }
}

/// One occurrence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The article.
    pub id: String,
    /// When it was published, as precisely as it is known.
    pub published: Option<String>,
    /// Whether that was inferred.
    pub inferred: bool,
    /// The publication.
    pub source: Option<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// The root it was indexed from, as it was given.
    pub root: String,
    /// Where it lies.
    pub place: crate::article::Place,
    /// `title`, `deck` or `body`.
    pub field: Cow<'static, str>,
    /// Where the match begins in the field, in scalar values.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What stands before it; white space is one space.
    pub left: String,
    /// The match.
    pub node: String,
    /// What stands after it.
    pub right: String,
}

/// Where lines go, one by one.
pub trait LineSink {
    /// How many lines there are in all, and in how many articles; said once, before the first.
    fn lines(&mut self, lines: u64, articles: u64) -> io::Result<()>;
    /// One line. `Break` ends the concordance.
    fn line(&mut self, line: &Line) -> io::Result<ControlFlow<()>>;
}

/// A file to sort on, which nobody else sees.
pub trait Scratch: Read + Write + Seek {}

impl<T: Read + Write + Seek> Scratch for T {}

/// Gives a file to sort on when one is needed.
pub type MakeScratch<'a> = &'a dyn Fn() -> io::Result<Box<dyn Scratch>>;

/// A match longer than this is shown by its beginning and its end.
const LONGEST_NODE: usize = 300;
/// A word longer than this is cut at the border of the context.
const LONGEST_WORD: usize = 30;

impl Local {
    /// Gives every occurrence in the articles that satisfy the request, by date and place unless it is sorted.
    pub fn concordance(
        &self,
        request: &Request,
        options: &ConcordanceOptions,
        scratch: MakeScratch<'_>,
        sink: &mut dyn LineSink,
    ) -> Result<(), SearchError> {
        let plan = self.plan(request);
        let readers = self.searcher.segment_readers();
        let columns: Vec<_> =
            readers.iter().map(|it| it.fast_fields().str(column::PLACE).ok().flatten()).collect();
        let mut counts: Vec<Vec<u32>> = readers.iter().map(|_| Vec::new()).collect();
        // What the text does not hold is asked of the index while it is at the article; few answers differ.
        let in_text = plan.conditions.is_empty() && plan.leaves.iter().all(|it| it.aside.is_none());
        let mut knowns = vec![Known::default()];
        let mut which: Vec<Vec<u32>> = readers.iter().map(|_| Vec::new()).collect();
        let mut top = Top::new(None, Sort::Oldest, !request.copies, self);
        self.each_match(&plan, request, &mut |number, segment| {
            let found = kept_places(&plan.marked, segment).len();
            if found == 0 {
                return;
            }
            let doc = segment.doc();
            let counts = &mut counts[number];
            counts.resize((doc as usize + 1).max(counts.len()), 0);
            counts[doc as usize] = u32::try_from(found).unwrap_or(u32::MAX);
            if !in_text {
                let known = known(&plan, segment);
                let at = knowns.iter().position(|it| *it == known).unwrap_or_else(|| {
                    knowns.push(known);
                    knowns.len() - 1
                });
                let which = &mut which[number];
                which.resize((doc as usize + 1).max(which.len()), 0);
                which[doc as usize] = u32::try_from(at).unwrap_or(0);
            }
            let place = columns[number].as_ref().and_then(|it| it.term_ords(doc).next());
            let hash = if request.copies { 0 } else { segment.columns().hash(doc) };
            top.push(Entry {
                rung: 0,
                score: 0.0,
                date: segment.columns().date(doc),
                segment: u32::try_from(number).unwrap_or(u32::MAX),
                doc,
                place: place.unwrap_or(0),
                hash,
            });
        })?;
        let entries = top.finish();
        let count = |it: &Entry| u64::from(counts[it.segment as usize][it.doc as usize]);
        let total = entries.iter().map(count).sum();
        sink.lines(total, entries.len() as u64)?;
        let mut sorter = (!options.sort.is_empty()).then(|| Sorter::new(scratch));
        let mut drawing =
            options.sample.map(|(wanted, seed)| Drawing { wanted, left: total, state: seed });
        let mut given = 0;
        let lookup = Lookup::new(&plan);
        let values: Vec<_> = readers.iter().map(Columns::new).collect();
        let mut stores: Vec<_> = readers.iter().map(|_| None).collect();
        for entry in &entries {
            let drawn: Vec<bool> =
                (0..count(entry)).map(|_| drawing.as_mut().is_none_or(Drawing::draw)).collect();
            if !drawn.contains(&true) {
                continue;
            }
            let number = entry.segment as usize;
            let store = match &mut stores[number] {
                Some(store) => store,
                empty => {
                    let opened = readers[number].get_store_reader(2).map_err(crate::index::io)?;
                    empty.insert(opened)
                }
            };
            let article = read_listed(&stored_text(store, entry.doc, self.index().fields)?)?;
            let known = which[number].get(entry.doc as usize).copied().unwrap_or(0) as usize;
            let about = About {
                article: &article,
                entry,
                known: knowns[known].clone(),
                columns: &values[number],
            };
            let lines = self.lines_of(&plan, &lookup, about, options);
            for ((line, key), _) in lines.into_iter().zip(drawn).filter(|it| it.1) {
                if let Some(sorter) = &mut sorter {
                    sorter.push(key, serde_json::to_vec(&line).map_err(io::Error::from)?)?;
                    continue;
                }
                if options.limit.is_some_and(|it| given >= it) || sink.line(&line)?.is_break() {
                    return Ok(());
                }
                given += 1;
            }
        }
        let Some(sorter) = sorter else { return Ok(()) };
        sorter.finish(&mut |bytes| {
            if options.limit.is_some_and(|it| given >= it) {
                return Ok(ControlFlow::Break(()));
            }
            given += 1;
            sink.line(&serde_json::from_slice(bytes)?)
        })?;
        Ok(())
    }

    fn lines_of(
        &self,
        plan: &Plan,
        lookup: &Lookup<'_>,
        About { article, entry, known, columns }: About<'_>,
        options: &ConcordanceOptions,
    ) -> Vec<(Line, Vec<u8>)> {
        let number = u8::try_from(columns.lang(entry.doc)).unwrap_or(0);
        let lang = number.checked_sub(1).and_then(Lang::from_number);
        let root = self.root_given(columns.root(entry.doc));
        let mut stemmer = self.stemmer.borrow_mut();
        let mut words = ArticleWords::new(plan, lookup, article, lang, known, &mut stemmer);
        let spans = kept_places(&plan.marked, &mut words);
        let provenance = article.provenance.get("published");
        let about = Line {
            id: article.id.clone(),
            published: article.published.as_ref().map(|it| it.date.clone()),
            inferred: provenance.is_some_and(|it| it.starts_with("inferred")),
            source: article.source.clone(),
            authors: article.authors.clone(),
            root,
            place: article.place.clone(),
            ..Line::default()
        };
        let mut lines = Vec::with_capacity(spans.len());
        let mut counted = Counted::default();
        for span in spans {
            let section = words.section(span.start);
            let (name, text) = match section {
                Section::Title => ("title", article.title.as_deref().unwrap_or("")),
                Section::Deck => ("deck", article.deck.as_deref().unwrap_or("")),
                Section::Body => ("body", article.body.as_str()),
                Section::Byline | Section::Dateline | Section::Aside => continue,
            };
            let Some((start, end)) = words.bytes_of(span) else { continue };
            let (Some(before), Some(node), Some(after)) =
                (text.get(..start), text.get(start..end), text.get(end..))
            else {
                continue;
            };
            let from = counted.letters(name, text, start);
            let line = Line {
                field: Cow::Borrowed(name),
                start: from,
                end: from + node.chars().count(),
                left: left_of(before, options.width),
                node: shortened(node),
                right: right_of(after, options.width),
                ..about.clone()
            };
            let key = key(&line, &options.sort, entry, &|away| word_at(&words, span, text, away));
            lines.push((line, key));
        }
        lines
    }
}

/// An article, and what is known of it besides.
struct About<'a> {
    article: &'a Article,
    entry: &'a Entry,
    known: Known,
    columns: &'a Columns<'a>,
}

/// What the index says of conditions and of leaves apart from the article.
fn known(plan: &Plan, segment: &mut Segment<'_>) -> Known {
    let conditions = (0..plan.conditions.len()).map(|it| segment.condition(it)).collect();
    let asides = (0..plan.leaves.len())
        .map(|leaf| plan.leaves[leaf].aside.is_some() && segment.present(leaf))
        .collect();
    Known { conditions, asides }
}

/// Bytes to scalar values, going on from the last place.
#[derive(Default)]
struct Counted {
    field: &'static str,
    byte: usize,
    letters: usize,
}

impl Counted {
    fn letters(&mut self, field: &'static str, text: &str, byte: usize) -> usize {
        if self.field != field || byte < self.byte {
            *self = Self { field, byte: 0, letters: 0 };
        }
        self.letters += text.get(self.byte..byte).map_or(0, |it| it.chars().count());
        self.byte = byte;
        self.letters
    }
}

/// The folded word so many words away from the span, in its section; empty where there is none.
fn word_at(words: &ArticleWords<'_>, span: Span, text: &str, away: isize) -> String {
    words
        .bytes_away(span, away)
        .and_then(|(start, end)| text.get(start..end))
        .map_or_else(String::new, fold)
}

/// What a line is sorted by, as bytes that compare in the right order; then the order of the articles.
fn key(line: &Line, sort: &[LineKey], entry: &Entry, word: &dyn Fn(isize) -> String) -> Vec<u8> {
    let mut key = Vec::new();
    for part in sort {
        match part {
            LineKey::Left(away) => key.extend(word(-(*away as isize)).as_bytes()),
            LineKey::Right(away) => key.extend(word(*away as isize).as_bytes()),
            LineKey::Node => key.extend(fold(&line.node).as_bytes()),
            LineKey::Date => {
                let undated = u8::from(entry.date.0 == 0);
                key.push(undated);
                key.extend((entry.date.0 >> 2).to_be_bytes());
            }
            LineKey::Source => key.extend(fold(line.source.as_deref().unwrap_or("")).as_bytes()),
            LineKey::Author => {
                key.extend(fold(line.authors.first().map_or("", String::as_str)).as_bytes());
            }
        }
        key.push(0);
    }
    key
}

/// The last characters of a text, from the beginning of a word; white space is one space.
fn left_of(text: &str, width: usize) -> String {
    let mut kept = Vec::new();
    let mut rest = text.chars().rev().peekable();
    while kept.len() < width {
        match rest.next() {
            None => break,
            Some(ch) if ch.is_whitespace() => {
                if kept.last().is_some_and(|it| *it != ' ') || kept.is_empty() {
                    kept.push(' ');
                }
            }
            Some(ch) => kept.push(ch),
        }
    }
    let cut = rest.peek().is_some_and(|it| it.is_alphanumeric())
        && kept.last().is_some_and(|it| it.is_alphanumeric());
    if cut
        && let Some(space) = kept.iter().rposition(|it| *it == ' ')
        && space > 0
        && kept.len() - space <= LONGEST_WORD
    {
        kept.truncate(space);
    }
    while kept.last() == Some(&' ') {
        kept.pop();
    }
    kept.into_iter().rev().collect()
}

/// The first characters of a text, to the end of a word; white space is one space.
fn right_of(text: &str, width: usize) -> String {
    let mut kept = String::new();
    let mut letters = 0;
    let mut rest = text.chars().peekable();
    while letters < width {
        let Some(ch) = rest.next() else { break };
        let ch = if ch.is_whitespace() { ' ' } else { ch };
        if ch != ' ' || !kept.ends_with(' ') {
            kept.push(ch);
            letters += 1;
        }
    }
    let cut =
        rest.peek().is_some_and(|it| it.is_alphanumeric()) && kept.ends_with(char::is_alphanumeric);
    if cut
        && let Some(space) = kept.rfind(' ')
        && space > 0
        && kept[space..].chars().count() <= LONGEST_WORD
    {
        kept.truncate(space);
    }
    kept.truncate(kept.trim_end().len());
    kept
}

fn shortened(node: &str) -> String {
    let joined = node.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = joined.chars().count();
    if letters <= LONGEST_NODE {
        return joined;
    }
    let first: String = joined.chars().take(LONGEST_NODE / 2).collect();
    let last: String = joined.chars().skip(letters - LONGEST_NODE / 2).collect();
    format!("{first} … {last}")
}

/// Draws lines without putting back: each as likely as any other, in the order they come.
struct Drawing {
    wanted: u64,
    left: u64,
    state: u64,
}

impl Drawing {
    fn draw(&mut self) -> bool {
        // SplitMix64: the same on every machine and for ever.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        let left = self.left.max(1);
        let drawn = (u128::from(bits) * u128::from(left)) >> 64 < u128::from(self.wanted);
        self.left = left - 1;
        self.wanted -= u64::from(drawn);
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_ends_at_words() {
        assert_eq!(left_of("one two\n\n three ", 8), "three ");
        assert_eq!(left_of("one two three ", 100), "one two three ");
        assert_eq!(left_of("東京都は大きい", 3), "大きい");
        assert_eq!(right_of(" four five six", 8), " four");
        assert_eq!(right_of(", he\nsaid", 100), ", he said");
        assert_eq!(right_of("", 5), "");
    }

    #[test]
    fn keys_have_names() {
        assert_eq!(LineKey::find("R1"), Some(LineKey::Right(1)));
        assert_eq!(LineKey::find("l9"), Some(LineKey::Left(9)));
        for wrong in ["R0", "R10", "L", "", "é", "day"] {
            assert_eq!(LineKey::find(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_drawing_gives_what_was_asked_for() {
        for (wanted, of) in [(0, 10), (3, 10), (10, 10), (20, 10), (5, 100_000)] {
            let mut drawing = Drawing { wanted, left: of, state: 7 };
            let drawn = (0..of).filter(|_| drawing.draw()).count() as u64;
            assert_eq!(drawn, wanted.min(of));
        }
    }
}
