//! Entries of the list -> the hits that are shown: the stored article, what is marked in it, and its passages.

use std::cell::RefCell;
use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::article_words::{ArticleWords, Known, Lookup};
use super::columns::Columns;
use super::marked::Marked;
use super::plan::Plan;
use super::segment::{Open, Segment};
use super::spans::{Source, places};
use super::top::Entry;
use super::walk::MOST;
use super::{Hit, Local, Purpose, Request, ResultSink, Rung, SearchError, passages};
use crate::article::Article;
use crate::index::{IndexError, read_listed, stored_text};
use crate::text::Lang;

/// What the hits of one page have in common.
pub(super) struct Page<'a> {
    pub(super) request: &'a Request,
    pub(super) plan: &'a Plan,
    pub(super) columns: Vec<Columns<'a>>,
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) fallback: bool,
    /// The segments that were asked for what the text does not hold.
    pub(super) opened: RefCell<FxHashMap<u32, Segment<'a>>>,
}

/// So many hits are made together.
const HANDFUL: usize = 16;

/// Bytes of stored articles that are enough for a handful: hits of any size need little memory.
const ENOUGH: usize = 1 << 18;

impl Local {
    /// Makes the hits of entries and shows them, in order, until whoever sees them has enough.
    ///
    /// They are made a handful at a time, each step for all of them before the next: a hit takes more code from the
    /// bytes on the disk to the line that is printed than a processor holds near itself, and hit by hit every step would
    /// find its own gone.
    pub(super) fn show<'p>(
        &'p self,
        page: &Page<'p>,
        entries: &[Entry],
        sink: &mut dyn ResultSink,
    ) -> Result<(), SearchError> {
        let mut shown = 0;
        while shown < entries.len() {
            let (hits, failure) =
                self.handful(page, &entries[shown..], page.request.offset + shown);
            shown += hits.len();
            for hit in &hits {
                if sink.hit(hit)? == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
            if let Some(error) = failure {
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// The hits of the first entries, `before` hits standing before them; all of them, unless the next one failed.
    fn handful<'p>(
        &'p self,
        page: &Page<'p>,
        entries: &[Entry],
        before: usize,
    ) -> (Vec<Hit>, Option<IndexError>) {
        let mut failure = None;
        let mut size = 0;
        let texts = entries.iter().take(HANDFUL).map_while(|entry| {
            let room = size < ENOUGH;
            room.then(|| self.text_of(entry).inspect(|text| size += text.len()))
        });
        let texts = until_failure(texts, &mut failure);
        let articles = until_failure(texts.iter().map(|it| read_listed(it)), &mut failure);
        drop(texts);
        let bare = articles.into_iter().zip(entries).zip(before + 1..);
        let bare = bare.map(|((article, entry), rank)| self.bare(page, entry, rank, article));
        let mut hits = until_failure(bare, &mut failure);
        if page.request.purpose == Purpose::Reading {
            let known = entries.iter().zip(&hits).map(|(entry, _)| self.known(page, entry));
            let known = until_failure(known, &mut failure);
            hits.truncate(known.len());
            let words = known.into_iter().zip(&hits).zip(entries);
            let words: Vec<_> =
                words.map(|((known, hit), entry)| self.words(page, entry, hit, known)).collect();
            for (hit, words) in hits.iter_mut().zip(words) {
                mark(page, hit, words);
            }
        }
        (hits, failure)
    }

    fn text_of(&self, entry: &Entry) -> Result<String, IndexError> {
        let reader = &self.searcher.segment_readers()[entry.segment as usize];
        let kept = &self.kept[entry.segment as usize];
        stored_text(kept.store(reader)?, entry.doc, self.index().fields)
    }

    /// A hit in which nothing is marked yet.
    fn bare(
        &self,
        page: &Page<'_>,
        entry: &Entry,
        rank: usize,
        article: Article,
    ) -> Result<Hit, IndexError> {
        let columns = &page.columns[entry.segment as usize];
        Ok(Hit {
            rank,
            score: entry.score,
            rung: rung_of(page.plan, entry, page.fallback),
            matches: 0,
            root: self.root_given(columns.root(entry.doc)),
            words: columns.words(entry.doc),
            title_highlights: Vec::new(),
            deck_highlights: Vec::new(),
            body_highlights: Vec::new(),
            passages: Vec::new(),
            also: if self.is_alone(entry) { Vec::new() } else { self.copies(&article)? },
            article,
        })
    }

    /// What the text of an article does not hold is asked of the index again.
    fn known<'p>(&'p self, page: &Page<'p>, entry: &Entry) -> Result<Known, IndexError> {
        let plan = page.plan;
        if plan.conditions.is_empty() && plan.leaves.iter().all(|it| it.aside.is_none()) {
            return Ok(Known::default());
        }
        let mut opened = page.opened.borrow_mut();
        // Words that stand apart are read forwards only, and hits come in another order.
        if plan.leaves.iter().any(|it| it.aside.is_some()) {
            opened.remove(&entry.segment);
        }
        let segment = match opened.entry(entry.segment) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                let reader = &self.searcher.segment_readers()[entry.segment as usize];
                let kept = &self.kept[entry.segment as usize];
                free.insert(Segment::open(plan, reader, self.index().fields, kept)?)
            }
        };
        segment.go_to(entry.doc);
        segment.open = if page.request.undated { Open::Yes } else { Open::No };
        Ok(Known {
            conditions: (0..plan.conditions.len()).map(|it| segment.condition(it)).collect(),
            asides: (0..plan.leaves.len())
                .map(|leaf| plan.leaves[leaf].aside.is_some() && segment.present(leaf))
                .collect(),
        })
    }

    fn words<'p>(
        &self,
        page: &Page<'p>,
        entry: &Entry,
        hit: &Hit,
        known: Known,
    ) -> ArticleWords<'p> {
        let number = page.columns[entry.segment as usize].lang(entry.doc);
        let number = u8::try_from(number).unwrap_or(0);
        let lang = number.checked_sub(1).and_then(Lang::from_number);
        let mut stemmer = self.stemmer.borrow_mut();
        ArticleWords::new(page.plan, page.lookup, &hit.article, lang, known, &mut stemmer)
    }
}

/// Marks what is found in a hit, and chooses its passages.
fn mark(page: &Page<'_>, hit: &mut Hit, mut words: ArticleWords<'_>) {
    let marked = words.marks();
    hit.matches = u32::try_from(places(&page.plan.marked, &mut words)).unwrap_or(u32::MAX);
    hit.passages = passages::choose(
        &hit.article.body,
        &words,
        &marked,
        page.plan.leaves.len(),
        page.request.passages,
    );
    let all = Marked::new(&words, &marked, &hit.article);
    hit.title_highlights = all.title;
    hit.deck_highlights = all.deck;
    hit.body_highlights = all.body;
}

/// What comes before the first failure, which is kept.
fn until_failure<T>(
    results: impl Iterator<Item = Result<T, IndexError>>,
    failure: &mut Option<IndexError>,
) -> Vec<T> {
    let mut sound = Vec::with_capacity(results.size_hint().1.unwrap_or(0).min(HANDFUL));
    sound.extend(results.map_while(|it| it.map_err(|error| *failure = Some(error)).ok()));
    sound
}

impl Local {
    /// Whether it is known that no other article has the text of an entry.
    fn is_alone(&self, entry: &Entry) -> bool {
        let shared = self.shared.get();
        shared.is_some_and(|it| !it.is_shared(entry.segment as usize, entry.doc))
    }
}

/// The rung that an entry stands on, where there is a ladder.
pub(super) fn rung_of(plan: &Plan, entry: &Entry, fallback: bool) -> Option<Rung> {
    match plan.ladder.get(usize::from(entry.rung)) {
        _ if fallback || entry.rung >= MOST => Some(Rung::Some),
        Some((rung, _)) => Some(*rung),
        None => None,
    }
}
