//! One leaf of a plan over the postings of one segment: which articles, and where in them.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::plan::Leaf;
use super::words::TermKey;
use crate::index::{IndexError, io};

/// Patterns of more forms are read into a list: a cursor for each would cost more than it saves. The terms of a word
/// count in articles of some languages only, which is asked where the article stands: they always have cursors.
pub(super) const MOST_CURSORS: usize = 24;

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
    scratch: Vec<u32>,
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
    List(List),
}

/// The lists of a segment by the terms they were read from: leaves of one pattern share them.
pub(super) type Lists = FxHashMap<*const TermKey, Rc<PlacesOfMany>>;

/// The places of many terms. Nearly all are one position wide, and a common pattern has millions of them, so that those
/// are kept apart in half the room.
#[derive(Default)]
pub(super) struct PlacesOfMany {
    narrow: Vec<(DocId, u32)>,
    wide: Vec<(DocId, u32, u32)>,
}

/// A walk through such a list.
struct List {
    places: Rc<PlacesOfMany>,
    /// Where in the two the current article begins, or would.
    at: usize,
    at_wide: usize,
}

impl PlacesOfMany {
    fn add(&mut self, doc: DocId, raw: &[u32], width: u32) {
        if width == 1 {
            self.narrow.extend(raw.iter().map(|raw| (doc, *raw)));
        } else {
            self.wide.extend(raw.iter().map(|raw| (doc, *raw, width)));
        }
    }

    /// By article: term by term they were read, each in order.
    fn sort(&mut self, articles: DocId) {
        sort_by_article(&mut self.narrow, articles);
        self.wide.sort_unstable();
    }

    fn first(&self) -> DocId {
        let narrow = self.narrow.first().map_or(TERMINATED, |it| it.0);
        narrow.min(self.wide.first().map_or(TERMINATED, |it| it.0))
    }

    fn doc_frequency(&self) -> u64 {
        let (mut narrow, mut wide) = (self.narrow.as_slice(), self.wide.as_slice());
        let mut docs = 0;
        loop {
            let doc = match (narrow.first(), wide.first()) {
                (None, None) => return docs,
                (Some(it), None) => it.0,
                (None, Some(it)) => it.0,
                (Some(a), Some(b)) => a.0.min(b.0),
            };
            docs += 1;
            // An article has few of them: step by step is quicker than halving all that is left.
            while narrow.first().is_some_and(|it| it.0 == doc) {
                narrow = &narrow[1..];
            }
            while wide.first().is_some_and(|it| it.0 == doc) {
                wide = &wide[1..];
            }
        }
    }
}

/// Sorts by article and position. Many places are counted out by article first, which takes a step or two for each,
/// and no more memory than a list of the articles.
fn sort_by_article(places: &mut [(DocId, u32)], articles: DocId) {
    if places.len() < articles as usize / 4 {
        places.sort_unstable();
        return;
    }
    let mut ends = vec![0_u32; articles as usize + 1];
    for (doc, _) in &*places {
        ends[*doc as usize] += 1;
    }
    // Where the places of an article end; as they are put there from the last to the first, where those begin.
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut at = 0;
    while at < places.len() {
        let begin = &mut ends[places[at].0 as usize];
        if *begin as usize <= at {
            // It has been put here.
            at += 1;
        } else {
            *begin -= 1;
            places.swap(at, *begin as usize);
        }
    }
    for of_article in places.chunk_by_mut(|a, b| a.0 == b.0) {
        of_article.sort_unstable();
    }
}

impl List {
    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.places.narrow[self.at..].partition_point(|it| it.0 < target);
        self.at_wide += self.places.wide[self.at_wide..].partition_point(|it| it.0 < target);
        let narrow = self.places.narrow.get(self.at).map_or(TERMINATED, |it| it.0);
        narrow.min(self.places.wide.get(self.at_wide).map_or(TERMINATED, |it| it.0))
    }

    fn frequency(&self, doc: DocId) -> u32 {
        let narrow = self.places.narrow[self.at..].iter().take_while(|it| it.0 == doc).count();
        let wide = self.places.wide[self.at_wide..].iter().take_while(|it| it.0 == doc).count();
        u32::try_from(narrow + wide).unwrap_or(u32::MAX)
    }

    fn occurrences(&self, doc: DocId, into: &mut Vec<Occurrence>) {
        let narrow = self.places.narrow[self.at..].iter().take_while(|it| it.0 == doc);
        into.extend(narrow.map(|it| Occurrence { raw: it.1, width: 1, typed: false }));
        let wide = self.places.wide[self.at_wide..].iter().take_while(|it| it.0 == doc);
        let narrow = into.len();
        into.extend(wide.map(|it| Occurrence { raw: it.1, width: it.2, typed: false }));
        if into.len() > narrow {
            into.sort_unstable();
        }
        into.dedup_by_key(|it| (it.raw, it.width));
    }
}

struct TermCursor {
    postings: SegmentPostings,
    info: TermInfo,
    width: u32,
    langs: Option<u64>,
    typed: bool,
}

impl Cursor {
    /// Opens the leaf's terms in a segment.
    pub(super) fn open(
        leaf: &Leaf,
        field: Field,
        segment: &SegmentReader,
        lists: &mut Lists,
    ) -> Result<Self, IndexError> {
        let inverted = segment.inverted_index(field)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let is_bound = leaf.terms.iter().any(|it| it.langs.is_some());
        let kind = if leaf.terms.len() > MOST_CURSORS && !is_bound {
            let places = if let Some(places) = lists.get(&leaf.terms.as_ptr()) {
                Rc::clone(places)
            } else {
                let mut infos = Vec::with_capacity(leaf.terms.len());
                for term in leaf.terms.iter() {
                    let key = Term::from_field_text(field, &term.key);
                    let info = inverted.get_term_info(&key).map_err(io)?;
                    infos.extend(info.map(|it| (it, term.width)));
                }
                let mut places = PlacesOfMany::default();
                // Most forms are in an article once: a little more than there are articles is enough room.
                let narrow = infos.iter().filter(|(_, width)| *width == 1);
                let count = |info: &TermInfo| info.doc_freq.min(segment.max_doc()) as usize;
                let articles: usize = narrow.map(|(info, _)| count(info)).sum();
                places.narrow.reserve(articles + articles / 4);
                let mut raw = Vec::new();
                for (info, width) in infos {
                    let postings = inverted.read_postings_from_terminfo(&info, option);
                    let mut postings = postings.map_err(io)?;
                    while postings.doc() != TERMINATED {
                        postings.positions(&mut raw);
                        places.add(postings.doc(), &raw, width);
                        postings.advance();
                    }
                }
                places.sort(segment.max_doc());
                let places = Rc::new(places);
                lists.insert(leaf.terms.as_ptr(), Rc::clone(&places));
                places
            };
            Kind::List(List { places, at: 0, at_wide: 0 })
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
            Kind::List(_) => false,
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
            scratch: Vec::new(),
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
            Kind::List(list) => (list.at, list.at_wide) = (0, 0),
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
            Kind::List(list) => list.places.first() != TERMINATED,
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
                let mut seen = vec![0_u64; segment.max_doc() as usize / 64 + 1];
                for cursor in cursors {
                    let mut postings = inverted
                        .read_postings_from_terminfo(&cursor.info, IndexRecordOption::Basic)
                        .map_err(io)?;
                    let mut doc = postings.doc();
                    while doc != TERMINATED {
                        seen[doc as usize / 64] |= 1 << (doc % 64);
                        doc = postings.advance();
                    }
                }
                seen.iter().map(|it| u64::from(it.count_ones())).sum()
            }
            Kind::List(list) => list.places.doc_frequency(),
        })
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
            Kind::List(list) => {
                let narrow = list.places.narrow.iter().map(|it| it.0);
                let wide = list.places.wide.iter().map(|it| it.0);
                narrow.chain(wide).for_each(|doc| visit(doc, 1));
                return Ok(());
            }
        };
        let inverted = segment.inverted_index(field)?;
        for cursor in cursors {
            let mut postings = inverted
                .read_postings_from_terminfo(&cursor.info, IndexRecordOption::WithFreqs)
                .map_err(io)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if cursor.langs.is_none_or(|langs| langs >> lang(doc) & 1 == 1) {
                    visit(doc, postings.term_freq());
                }
                doc = postings.advance();
            }
        }
        Ok(())
    }

    fn first(&self) -> DocId {
        match &self.kind {
            Kind::Cursors(cursors) => {
                cursors.iter().map(|it| it.postings.doc()).min().unwrap_or(TERMINATED)
            }
            Kind::List(list) => list.places.first(),
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
                    Kind::List(list) => list.seek(target),
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
            Kind::List(_) => true,
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
            Kind::List(list) => list.frequency(self.doc),
        }
    }

    /// Where it is in the current article, sorted.
    pub(super) fn occurrences(&mut self, lang: &dyn Fn(DocId) -> u64) -> &[Occurrence] {
        if self.positions_of != self.doc {
            self.positions_of = self.doc;
            self.positions.clear();
            match &mut self.kind {
                Kind::Cursors(cursors) => {
                    let doc = self.doc;
                    let mut several = 0;
                    for cursor in cursors.iter_mut().filter(|it| it.postings.doc() == doc) {
                        if cursor.langs.is_some_and(|langs| langs >> lang(doc) & 1 == 0) {
                            continue;
                        }
                        several += 1;
                        cursor.postings.positions(&mut self.scratch);
                        let (width, typed) = (cursor.width, cursor.typed);
                        self.positions.extend(self.scratch.iter().map(|raw| Occurrence {
                            raw: *raw,
                            width,
                            typed,
                        }));
                    }
                    if several > 1 {
                        self.positions.sort_unstable();
                        self.positions.dedup_by_key(|it| (it.raw, it.width));
                    }
                }
                Kind::List(list) => list.occurrences(self.doc, &mut self.positions),
            }
        }
        &self.positions
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_places_are_sorted_alike() {
        let places: Vec<(DocId, u32)> =
            (0..5_000_u32).map(|it| (it * 7919 % 97, it * 104_729 % 1_009)).collect();
        let mut expected = places.clone();
        expected.sort_unstable();
        for articles in [97, 1_000, 100_000] {
            let mut places = places.clone();
            sort_by_article(&mut places, articles);
            assert_eq!(places, expected, "{articles}");
        }
    }
}
