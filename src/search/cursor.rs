//! One leaf of a plan over the postings of one segment: which articles, and where in them.

use std::ops::RangeInclusive;
use std::rc::Rc;

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Index, TERMINATED, Term};

use super::articles::Articles;
use super::blocks::Blocks;
use super::many::{Patterns, Reader};
use super::plan::Leaf;
use super::spans::Span;
use crate::index::{IndexError, io};

/// Patterns of more forms are read at once: a cursor for each would cost more than it saves. The terms of a word count
/// in articles of some languages only, which is asked where the article stands: they always have cursors.
/// Tests have small archives, in which a few forms are many.
pub(super) const MOST_CURSORS: usize = if cfg!(debug_assertions) { 3 } else { 24 };

/// A leaf's articles in order, with the positions in the one it stands at.
pub(super) struct Cursor {
    kind: Kind,
    /// Postings of the form as typed, when it is not among the terms: it only weighs more.
    typed: Option<(SegmentPostings, TermInfo)>,
    doc: DocId,
    /// Whether some term counts only in articles of some languages.
    bound: bool,
    /// Whether the current article is known to count in its language.
    sure: bool,
    /// Raw positions in the current article, read when asked for.
    positions: Vec<Occurrence>,
    positions_of: DocId,
    /// If only one of its terms is there: its width, and whether it was typed; its places are `raw`.
    alone: Option<(u32, bool)>,
    raw: Vec<u32>,
}

/// A place of the leaf: position, width, case class as the two low bits of the raw position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    pub(super) raw: u32,
    pub(super) width: u32,
    pub(super) typed: bool,
}

enum Kind {
    Cursors(Vec<TermCursor>),
    Many(Reader),
}

struct TermCursor {
    postings: SegmentPostings,
    info: TermInfo,
    width: u32,
    langs: Option<u64>,
    typed: bool,
}

fn add_places(to: &mut Vec<Occurrence>, raw: &[u32], width: u32, typed: bool) {
    to.extend(raw.iter().map(|raw| Occurrence { raw: *raw, width, typed }));
}

fn span(raw: u32, width: u32) -> Span {
    Span { start: raw >> 2, end: (raw >> 2) + width - 1 }
}

/// What lies before some positions, and what behind them.
fn around<T>(
    places: &[T],
    without: Option<RangeInclusive<u32>>,
    position: impl Fn(&T) -> u32,
) -> (&[T], &[T]) {
    let Some(without) = without else { return (places, &[]) };
    let from = places.partition_point(|it| position(it) < *without.start());
    let to = places.partition_point(|it| position(it) <= *without.end());
    (&places[..from], &places[to..])
}

/// Whether a leaf is a pattern of many forms: which articles it is in is known at once, its places are read when they
/// are asked for.
pub(super) fn is_many(leaf: &Leaf) -> bool {
    leaf.is_pattern && leaf.terms.len() > MOST_CURSORS
}

impl Cursor {
    /// Opens the leaf's terms in a segment.
    pub(super) fn open(
        leaf: &Leaf,
        field: Field,
        segment: &SegmentReader,
        (patterns, index): (&mut Patterns, &Index),
    ) -> Result<Self, IndexError> {
        let inverted = segment.inverted_index(field)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let kind = if is_many(leaf) {
            Kind::Many(Reader::new(patterns.open(&leaf.terms, field, segment, index)?))
        } else {
            let mut cursors = Vec::new();
            for term in leaf.terms.iter() {
                let key = Term::from_field_text(field, &term.key);
                if let Some(info) = inverted.get_term_info(&key).map_err(io)? {
                    cursors.push(TermCursor {
                        postings: inverted
                            .read_postings_from_terminfo(&info, option)
                            .map_err(io)?,
                        info,
                        width: term.width,
                        langs: term.langs,
                        typed: term.typed,
                    });
                }
            }
            Kind::Cursors(cursors)
        };
        let key = leaf.typed.as_ref().map(|key| Term::from_field_text(field, key));
        let info = key.map(|key| inverted.get_term_info(&key)).transpose().map_err(io)?.flatten();
        let read = |info: TermInfo| {
            let postings =
                inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs);
            postings.map(|it| (it, info)).map_err(io)
        };
        let typed = info.map(read).transpose()?;
        let bound = match &kind {
            Kind::Cursors(cursors) => cursors.iter().any(|it| it.langs.is_some()),
            Kind::Many(_) => false,
        };
        let mut cursor = Self {
            kind,
            typed,
            doc: 0,
            bound,
            // Where no term is bound to a language there is nothing to ask.
            sure: !bound,
            positions: Vec::new(),
            positions_of: TERMINATED,
            alone: None,
            raw: Vec::new(),
        };
        cursor.doc = cursor.first();
        Ok(cursor)
    }

    /// Goes back to the first article.
    pub(super) fn rewind(
        &mut self,
        field: Field,
        segment: &SegmentReader,
    ) -> Result<(), IndexError> {
        let inverted = segment.inverted_index(field)?;
        let again = |info: &TermInfo, option| {
            inverted.read_postings_from_terminfo(info, option).map_err(io)
        };
        match &mut self.kind {
            Kind::Cursors(cursors) => {
                for cursor in cursors {
                    cursor.postings =
                        again(&cursor.info, IndexRecordOption::WithFreqsAndPositions)?;
                }
            }
            Kind::Many(_) => {}
        }
        if let Some((postings, info)) = &mut self.typed {
            *postings = again(info, IndexRecordOption::WithFreqs)?;
        }
        self.sure = !self.bound;
        self.positions_of = TERMINATED;
        self.doc = self.first();
        Ok(())
    }

    /// Whether it is in some article of the segment.
    pub(super) fn is_found(&self) -> bool {
        match &self.kind {
            Kind::Cursors(cursors) => !cursors.is_empty(),
            Kind::Many(reader) => !reader.many.articles().is_empty(),
        }
    }

    /// In how many articles of the segment it is, in whatever language. An article with two of its terms counts
    /// once, so the lists have to be read through when there are several.
    pub(super) fn doc_frequency(
        &self,
        field: Field,
        segment: &SegmentReader,
    ) -> Result<u64, IndexError> {
        Ok(match &self.kind {
            Kind::Cursors(cursors) if cursors.len() < 2 => {
                cursors.iter().map(|it| u64::from(it.postings.doc_freq())).sum()
            }
            Kind::Cursors(cursors) => {
                let inverted = segment.inverted_index(field)?;
                let mut seen = Articles::none(segment.max_doc());
                let mut blocks = Blocks::new(IndexRecordOption::Basic);
                for cursor in cursors {
                    blocks.each(&inverted, &cursor.info, |docs, _| {
                        for doc in docs {
                            seen.add(*doc);
                        }
                    })?;
                }
                seen.count()
            }
            Kind::Many(reader) => reader.many.articles().count(),
        })
    }

    /// Says whose places are going to be asked for, where that makes a difference.
    pub(super) fn expect(&self, articles: &Rc<Articles>) {
        match &self.kind {
            Kind::Many(reader) => reader.many.expect(articles),
            Kind::Cursors(_) => {}
        }
    }

    /// Visits every article from the first on, once for each term in it, with how often that is.
    pub(super) fn each_article(
        &self,
        field: Field,
        segment: &SegmentReader,
        lang: &dyn Fn(DocId) -> u64,
        mut visit: impl FnMut(DocId, u32),
    ) -> Result<(), IndexError> {
        let cursors = match &self.kind {
            Kind::Cursors(cursors) => cursors,
            Kind::Many(reader) => {
                let many = &reader.many;
                many.articles().iter().for_each(|doc| visit(doc, many.times(doc)));
                return Ok(());
            }
        };
        let inverted = segment.inverted_index(field)?;
        let mut blocks = Blocks::new(IndexRecordOption::WithFreqs);
        for cursor in cursors {
            blocks.each(&inverted, &cursor.info, |docs, freqs| {
                let here = docs.iter().zip(freqs);
                match cursor.langs {
                    None => here.for_each(|(doc, freq)| visit(*doc, *freq)),
                    Some(langs) => here
                        .filter(|(doc, _)| langs >> lang(**doc) & 1 == 1)
                        .for_each(|(doc, freq)| visit(*doc, *freq)),
                }
            })?;
        }
        Ok(())
    }

    fn first(&self) -> DocId {
        match &self.kind {
            Kind::Cursors(cursors) => {
                cursors.iter().map(|it| it.postings.doc()).min().unwrap_or(TERMINATED)
            }
            Kind::Many(reader) => reader.many.articles().from(0),
        }
    }

    /// The article it stands at, if that is known to count and not before `target`.
    #[inline]
    pub(super) fn stands_from(&self, target: DocId) -> Option<DocId> {
        (self.doc >= target && self.sure).then_some(self.doc)
    }

    /// The first article from `target` on; `lang` gives the language of one, as its number in the column.
    pub(super) fn seek(&mut self, target: DocId, lang: &dyn Fn(DocId) -> u64) -> DocId {
        if let Some(doc) = self.stands_from(target) {
            return doc;
        }
        let mut target = target;
        loop {
            if self.doc < target {
                self.doc = match &mut self.kind {
                    Kind::Cursors(cursors) => {
                        let mut least = TERMINATED;
                        for cursor in cursors {
                            let at = cursor.postings.doc();
                            least = least.min(if at < target {
                                cursor.postings.seek(target)
                            } else {
                                at
                            });
                        }
                        least
                    }
                    Kind::Many(reader) => reader.many.articles().from(target),
                };
            }
            if self.doc == TERMINATED || !self.bound || self.counts_here(lang) {
                self.sure = true;
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    /// Whether a term at the current article counts in its language.
    fn counts_here(&self, lang: &dyn Fn(DocId) -> u64) -> bool {
        match &self.kind {
            Kind::Cursors(cursors) => {
                let mut here = cursors.iter().filter(|it| it.postings.doc() == self.doc);
                here.any(|it| it.langs.is_none_or(|langs| langs >> lang(self.doc) & 1 == 1))
            }
            Kind::Many(_) => true,
        }
    }

    /// How often it is in the current article, in all sections: cheap, no positions are read.
    pub(super) fn frequency(&self) -> u32 {
        match &self.kind {
            Kind::Cursors(cursors) => cursors
                .iter()
                .filter(|it| it.postings.doc() == self.doc)
                .map(|it| it.postings.term_freq())
                .sum(),
            Kind::Many(reader) => reader.many.times(self.doc),
        }
    }

    /// Reads where it is in the current article: the places of the one term that is there, or all of several.
    fn read_here(&mut self, lang: &dyn Fn(DocId) -> u64) {
        if self.positions_of == self.doc {
            return;
        }
        self.positions_of = self.doc;
        self.positions.clear();
        self.alone = None;
        let doc = self.doc;
        let cursors = match &mut self.kind {
            Kind::Cursors(cursors) => cursors,
            Kind::Many(reader) => return reader.occurrences(doc, &mut self.positions),
        };
        let mut several = 0;
        for cursor in cursors.iter_mut().filter(|it| it.postings.doc() == doc) {
            if cursor.langs.is_some_and(|langs| langs >> lang(doc) & 1 == 0) {
                continue;
            }
            if let Some((width, typed)) = self.alone.take() {
                add_places(&mut self.positions, &self.raw, width, typed);
            }
            several += 1;
            cursor.postings.positions(&mut self.raw);
            if several == 1 {
                self.alone = Some((cursor.width, cursor.typed));
            } else {
                add_places(&mut self.positions, &self.raw, cursor.width, cursor.typed);
            }
        }
        if several > 1 {
            self.positions.sort_unstable();
            self.positions.dedup_by_key(|it| (it.raw, it.width));
        }
    }

    /// If only one of its terms is in the current article, where that is, its width, and whether it was typed.
    pub(super) fn alone(&mut self, lang: &dyn Fn(DocId) -> u64) -> Option<(&[u32], u32, bool)> {
        self.read_here(lang);
        self.alone.map(|(width, typed)| (self.raw.as_slice(), width, typed))
    }

    /// Where it is in the current article, sorted.
    pub(super) fn occurrences(&mut self, lang: &dyn Fn(DocId) -> u64) -> &[Occurrence] {
        self.read_here(lang);
        if let Some((width, typed)) = self.alone
            && self.positions.is_empty()
        {
            add_places(&mut self.positions, &self.raw, width, typed);
        }
        &self.positions
    }

    /// The same as spans; those from one position to another left out.
    pub(super) fn spans(
        &mut self,
        lang: &dyn Fn(DocId) -> u64,
        without: Option<RangeInclusive<u32>>,
        into: &mut Vec<Span>,
    ) {
        self.read_here(lang);
        if let Some((width, _)) = self.alone {
            let (before, behind) = around(&self.raw, without, |it| it >> 2);
            into.extend(before.iter().chain(behind).map(|it| span(*it, width)));
        } else {
            let (before, behind) = around(&self.positions, without, |it| it.raw >> 2);
            into.extend(before.iter().chain(behind).map(|it| span(it.raw, it.width)));
        }
    }

    /// How often the form as typed is in the article, when that is not known from the occurrences.
    pub(super) fn typed_frequency(&mut self) -> u32 {
        let Some((postings, _)) = &mut self.typed else { return 0 };
        if postings.doc() < self.doc {
            postings.seek(self.doc);
        }
        if postings.doc() == self.doc { postings.term_freq() } else { 0 }
    }
}
