//! An entry of the list -> the hit that is shown: the stored article, what is marked in it, and its passages.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::article_words::{ArticleWords, Known, Lookup};
use super::columns::Columns;
use super::marked::Marked;
use super::plan::Plan;
use super::segment::{Open, Segment};
use super::spans::{Source, places};
use super::top::Entry;
use super::walk::MOST;
use super::{Hit, Local, Purpose, Request, Rung, passages};
use crate::index::{IndexError, stored_article};
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

impl Local {
    /// Fills a hit from the stored article.
    pub(super) fn hit<'p>(
        &'p self,
        page: &Page<'p>,
        entry: &Entry,
        rank: usize,
    ) -> Result<Hit, IndexError> {
        let reader = &self.searcher.segment_readers()[entry.segment as usize];
        let kept = &self.kept[entry.segment as usize];
        let article = stored_article(kept.store(reader)?, entry.doc, self.index().fields)?;
        let plan = page.plan;
        let columns = &page.columns[entry.segment as usize];
        let rung = rung_of(plan, entry, page.fallback);
        let bare = Hit {
            rank,
            score: entry.score,
            rung,
            matches: 0,
            root: self.root_given(columns.root(entry.doc)),
            words: columns.words(entry.doc),
            title_highlights: Vec::new(),
            deck_highlights: Vec::new(),
            body_highlights: Vec::new(),
            passages: Vec::new(),
            also: if self.is_alone(entry) { Vec::new() } else { self.copies(&article)? },
            article,
        };
        if page.request.purpose != Purpose::Reading {
            return Ok(bare);
        }
        let article = &bare.article;
        // What the text does not hold is asked of the index again.
        let in_text = plan.conditions.is_empty() && plan.leaves.iter().all(|it| it.aside.is_none());
        let known = if in_text {
            Known::default()
        } else {
            let mut opened = page.opened.borrow_mut();
            // Words that stand apart are read forwards only, and hits come in another order.
            if plan.leaves.iter().any(|it| it.aside.is_some()) {
                opened.remove(&entry.segment);
            }
            let segment = match opened.entry(entry.segment) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(Segment::open(plan, reader, self.index().fields, kept)?)
                }
            };
            segment.go_to(entry.doc);
            segment.open = if page.request.undated { Open::Yes } else { Open::No };
            Known {
                conditions: (0..plan.conditions.len()).map(|it| segment.condition(it)).collect(),
                asides: (0..plan.leaves.len())
                    .map(|leaf| plan.leaves[leaf].aside.is_some() && segment.present(leaf))
                    .collect(),
            }
        };
        let number = u8::try_from(columns.lang(entry.doc)).unwrap_or(0);
        let lang = number.checked_sub(1).and_then(Lang::from_number);
        let mut stemmer = self.stemmer.borrow_mut();
        let mut words = ArticleWords::new(plan, page.lookup, article, lang, known, &mut stemmer);
        let marked = words.marks();
        let matches = u32::try_from(places(&plan.marked, &mut words)).unwrap_or(u32::MAX);
        let shown = passages::choose(
            &article.body,
            &words,
            &marked,
            plan.leaves.len(),
            page.request.passages,
        );
        let all = Marked::new(&words, &marked, article);
        Ok(Hit {
            matches,
            title_highlights: all.title,
            deck_highlights: all.deck,
            body_highlights: all.body,
            passages: shown,
            ..bare
        })
    }
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
