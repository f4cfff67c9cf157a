//! A pattern of many forms in one segment: which articles have some of them and how often, and, when that is asked, where.
//!
//! Most articles that have a form are never asked for its places: they are read of those alone that are expected to
//! be, which takes a fraction of reading all.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::directory::FileSlice;
use tantivy::index::{InvertedIndexReader, SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Index};

use super::articles::Articles;
use super::blocks::Blocks;
use super::cursor::Occurrence;
use super::files::file_of;
use super::words::TermKey;
use crate::index::{IndexError, io};

/// Patterns of a segment by the terms they stand for: leaves of one pattern share them, and so do plans with it.
#[derive(Default)]
pub(super) struct Patterns(FxHashMap<*const TermKey, Rc<Many>>);

/// Of terms in so few articles these are remembered: reading their lists again is mostly coming to them.
const FEW: u32 = 8;

/// So many places are read at once.
const AT_ONCE: u64 = 4096;

/// So many patterns are kept for the next plan.
const MOST_KEPT: usize = 4;

impl Patterns {
    /// The pattern in its segment.
    pub(super) fn open(
        &mut self,
        terms: &Rc<Vec<TermKey>>,
        field: Field,
        segment: &SegmentReader,
        index: &Index,
    ) -> Result<Rc<Many>, IndexError> {
        // What is kept holds its terms, so that nothing else can lie where they do.
        if let Some(many) = self.0.get(&terms.as_ptr()) {
            return Ok(Rc::clone(many));
        }
        let many = Rc::new(Many::open(terms, field, segment, index)?);
        self.0.insert(terms.as_ptr(), Rc::clone(&many));
        Ok(many)
    }

    /// Lets go of places that were read for earlier plans; when there are many patterns, of these too.
    pub(super) fn tidy(&mut self) {
        if self.0.len() > MOST_KEPT {
            self.0.clear();
        }
        for many in self.0.values() {
            many.expected.take();
            many.read.take();
        }
    }
}

/// The articles of many terms.
pub(super) struct Many {
    inverted: Arc<InvertedIndexReader>,
    /// As long as they are held, they lie where they do.
    #[expect(dead_code, reason = "holding them is all")]
    keys: Rc<Vec<TermKey>>,
    /// The places of all terms of the field.
    positions: FileSlice,
    /// Every term, and its width.
    terms: Vec<(TermInfo, u32)>,
    /// The articles of terms that are in few, one term behind the other.
    few: Vec<DocId>,
    found: Articles,
    /// By number of article, how often some term is there.
    times: Vec<u32>,
    /// Articles whose places are going to be asked for; none if that is not known.
    expected: RefCell<Option<Rc<Articles>>>,
    /// The places that were read last.
    read: RefCell<Option<Rc<Places>>>,
}

/// The places of many terms. Nearly all are one position wide, and a common pattern has millions of them: those lie one
/// behind the other, by article, each where it belongs from the beginning.
struct Places {
    /// The articles they were read of; none: all.
    of: Option<Rc<Articles>>,
    narrow: Vec<u32>,
    /// By number of article, where its narrow places begin, and how many there are.
    begins: Vec<usize>,
    counts: Vec<u32>,
    wide: Vec<(DocId, u32, u32)>,
}

impl Many {
    fn open(
        terms: &Rc<Vec<TermKey>>,
        field: Field,
        segment: &SegmentReader,
        index: &Index,
    ) -> Result<Self, IndexError> {
        let inverted = segment.inverted_index(field)?;
        let positions = file_of(index, segment, field, &SegmentComponent::Positions)?;
        let count = segment.max_doc();
        let mut many = Self {
            inverted,
            keys: Rc::clone(terms),
            positions,
            terms: Vec::with_capacity(terms.len()),
            few: Vec::new(),
            found: Articles::none(count),
            times: vec![0; count as usize],
            expected: RefCell::default(),
            read: RefCell::default(),
        };
        let mut blocks = Blocks::new(IndexRecordOption::WithFreqs);
        for term in terms.iter() {
            let info = many.inverted.terms().get(term.key.as_bytes()).map_err(io)?;
            let Some(info) = info else { continue };
            let (found, times, few) = (&mut many.found, &mut many.times, &mut many.few);
            blocks.each(&many.inverted, &info, |docs, freqs| {
                if info.doc_freq <= FEW {
                    few.extend_from_slice(docs);
                }
                for (doc, freq) in docs.iter().zip(freqs) {
                    found.add(*doc);
                    times[*doc as usize] += freq;
                }
            })?;
            many.terms.push((info, term.width));
        }
        Ok(many)
    }

    /// The articles that have some term.
    pub(super) fn articles(&self) -> &Articles {
        &self.found
    }

    /// How often some term is in an article.
    pub(super) fn times(&self, doc: DocId) -> u32 {
        self.times[doc as usize]
    }

    /// Says whose places are going to be asked for. What is read stays as long as it will do.
    pub(super) fn expect(&self, articles: &Rc<Articles>) {
        *self.expected.borrow_mut() = Some(Rc::clone(articles));
    }

    /// Places of this article and of others that are expected to be asked for.
    fn places(&self, doc: DocId) -> Rc<Places> {
        let mut read = self.read.borrow_mut();
        if let Some(places) = read.as_ref().filter(|it| it.are_of(doc)) {
            return Rc::clone(places);
        }
        let expected = self.expected.borrow().clone().filter(|it| it.has(doc));
        let places = self.read(expected.as_ref());
        // The engine, too, panics where it meets damage in what it reads of an article.
        Rc::clone(read.insert(Rc::new(places.unwrap_or_else(|error| panic!("{error}")))))
    }

    fn read(&self, of: Option<&Rc<Articles>>) -> Result<Places, IndexError> {
        let mut places = Places::with_room(self, of.cloned());
        let asked = |doc: DocId| of.is_none_or(|it| it.has(doc));
        let mut blocks = Blocks::new(IndexRecordOption::WithFreqs);
        let mut runs = Runs::default();
        let mut few = self.few.as_slice();
        for (info, width) in &self.terms {
            if info.doc_freq <= FEW {
                let docs;
                (docs, few) = few.split_at(info.doc_freq as usize);
                if !docs.iter().any(|it| asked(*it)) {
                    continue;
                }
            }
            runs.clear();
            blocks.each(&self.inverted, info, |docs, freqs| {
                for (doc, freq) in docs.iter().zip(freqs) {
                    runs.pass(*doc, *freq, asked(*doc));
                }
            })?;
            if !runs.articles.is_empty() {
                let bytes = self.positions.slice(info.positions_range.clone()).read_bytes();
                let reader = bytes.and_then(PositionReader::open).map_err(io)?;
                runs.read(reader, |doc, raw| places.add(doc, raw, *width));
            }
        }
        places.sort();
        Ok(places)
    }
}

/// The places of some articles among all places of a term, which lie one behind the other.
#[derive(Default)]
struct Runs {
    /// Article, how many places lie before its own, and how many those are.
    articles: Vec<(DocId, u64, u32)>,
    passed: u64,
    raw: Vec<u32>,
}

impl Runs {
    fn pass(&mut self, doc: DocId, count: u32, is_asked: bool) {
        if is_asked {
            self.articles.push((doc, self.passed, count));
        }
        self.passed += u64::from(count);
    }

    fn clear(&mut self) {
        self.articles.clear();
        self.passed = 0;
    }

    /// Reads the places.
    fn read(&mut self, mut reader: PositionReader, mut visit: impl FnMut(DocId, &[u32])) {
        let mut articles = self.articles.as_slice();
        while let Some((_, start, _)) = articles.first() {
            // What lies side by side is read at once, as far as there is room.
            let mut end = *start;
            let together = articles.iter().take_while(|(_, at, count)| {
                let fits = *at == end && (end == *start || end - start < AT_ONCE);
                end += if fits { u64::from(*count) } else { 0 };
                fits
            });
            let run;
            (run, articles) = articles.split_at(together.count());
            self.raw.resize(usize::try_from(end - start).unwrap_or(0), 0);
            reader.read(*start, &mut self.raw);
            let mut rest = self.raw.as_mut_slice();
            for (doc, _, count) in run {
                let here;
                (here, rest) = rest.split_at_mut(*count as usize);
                // Each place is kept as its distance from the one before.
                let mut position = 0;
                for place in &mut *here {
                    position += *place;
                    *place = position;
                }
                visit(*doc, here);
            }
        }
    }
}

impl Places {
    /// None yet, with room for all places of these articles.
    fn with_room(many: &Many, of: Option<Rc<Articles>>) -> Self {
        let mut begins = vec![0; many.times.len()];
        let mut all = 0;
        let articles = of.as_deref().unwrap_or(&many.found);
        for doc in articles.iter().map(|it| it as usize) {
            begins[doc] = all;
            all += many.times[doc] as usize;
        }
        let counts = vec![0; begins.len()];
        Self { of, narrow: vec![0; all], begins, counts, wide: Vec::new() }
    }

    fn are_of(&self, doc: DocId) -> bool {
        self.of.as_ref().is_none_or(|it| it.has(doc))
    }

    fn add(&mut self, doc: DocId, raw: &[u32], width: u32) {
        if width > 1 {
            self.wide.extend(raw.iter().map(|raw| (doc, *raw, width)));
            return;
        }
        let count = &mut self.counts[doc as usize];
        let at = self.begins[doc as usize] + *count as usize;
        self.narrow[at..at + raw.len()].copy_from_slice(raw);
        *count += u32::try_from(raw.len()).unwrap_or(u32::MAX);
    }

    fn range(&self, doc: DocId) -> Range<usize> {
        let begin = self.begins[doc as usize];
        begin..begin + self.counts[doc as usize] as usize
    }

    /// Term by term they were read, each in order.
    fn sort(&mut self) {
        for doc in (0..).take(self.begins.len()) {
            let range = self.range(doc);
            if range.len() > 1 {
                self.narrow[range].sort_unstable();
            }
        }
        self.wide.sort_unstable();
    }
}

/// A pattern in the hands of one leaf, with the places that were read last.
pub(super) struct Reader {
    pub(super) many: Rc<Many>,
    places: Option<Rc<Places>>,
}

impl Reader {
    pub(super) fn new(many: Rc<Many>) -> Self {
        Self { many, places: None }
    }

    /// Where the pattern is in an article, sorted.
    pub(super) fn occurrences(&mut self, doc: DocId, into: &mut Vec<Occurrence>) {
        let places = match &self.places {
            Some(places) if places.are_of(doc) => places,
            Some(_) | None => self.places.insert(self.many.places(doc)),
        };
        let narrow = places.narrow[places.range(doc)].iter();
        into.extend(narrow.map(|raw| Occurrence { raw: *raw, width: 1, typed: false }));
        if !places.wide.is_empty() {
            let from = places.wide.partition_point(|it| it.0 < doc);
            let wide = places.wide[from..].iter().take_while(|it| it.0 == doc);
            into.extend(wide.map(|it| Occurrence { raw: it.1, width: it.2, typed: false }));
            into.sort_unstable();
        }
        into.dedup_by_key(|it| (it.raw, it.width));
    }
}

#[cfg(test)]
mod tests {
    use tantivy::postings::Postings;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{DocSet, TERMINATED, TantivyDocument, Term, doc};

    use super::*;

    #[test]
    fn places_are_those_of_all_terms_whichever_articles_are_expected() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
        let articles = 700_u32;
        for article in 0..articles {
            // Some words are in most articles, several times, and some in one.
            let words = (0..article % 13).map(|it| match article * 7 + it * it {
                number if number.is_multiple_of(3) => format!("w{}", number % 4),
                number => format!("w{}", number % 900),
            });
            writer.add_document(doc!(field => words.collect::<Vec<_>>().join(" "))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let segment = searcher.segment_reader(0);
        let key = |word: u32| TermKey {
            key: format!("w{word}"),
            width: 1 + u32::from(word.is_multiple_of(50)),
            langs: None,
            typed: true,
        };
        let terms = Rc::new((0..900).step_by(2).map(key).collect::<Vec<_>>());
        let mut expected = vec![Vec::new(); articles as usize];
        let inverted = segment.inverted_index(field).unwrap();
        for term in terms.iter() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = inverted.read_postings(&Term::from_field_text(field, &term.key), option);
            let Some(mut postings) = postings.unwrap() else { continue };
            let mut raw = Vec::new();
            while postings.doc() != TERMINATED {
                postings.positions(&mut raw);
                let width = term.width;
                let places = raw.iter().map(|raw| Occurrence { raw: *raw, width, typed: false });
                expected[postings.doc() as usize].extend(places);
                postings.advance();
            }
        }
        for places in &mut expected {
            places.sort_unstable();
        }
        let mut patterns = Patterns::default();
        let many = patterns.open(&terms, field, segment, &index).unwrap();
        assert!(Rc::ptr_eq(&many, &patterns.open(&terms, field, segment, &index).unwrap()));
        let with_some = (0..articles).filter(|it| !expected[*it as usize].is_empty());
        assert_eq!(many.articles().iter().collect::<Vec<_>>(), with_some.collect::<Vec<_>>());
        let mut reader = Reader::new(Rc::clone(&many));
        for asked in [1, 2, 50, 699, 1] {
            let docs: Vec<_> =
                many.articles().iter().filter(|it| it.is_multiple_of(asked)).collect();
            // Without a word on what is expected at first, and at last of all articles again.
            if asked > 1 {
                many.expect(&Rc::new(Articles::these(&docs, articles)));
            }
            for doc in docs {
                let mut found = Vec::new();
                reader.occurrences(doc, &mut found);
                assert_eq!(found, expected[doc as usize], "{doc} of {asked}");
                assert_eq!(many.times(doc) as usize, found.len());
            }
        }
    }
}
