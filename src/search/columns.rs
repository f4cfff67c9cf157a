//! The numbers that the index holds of every article of a segment: dates, lengths, language, hash, root.

use std::cell::{Cell, OnceCell, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::index::SegmentReader;

use super::parameters::PARAMETERS;
use crate::index::analyze::Bounds;
use crate::index::date_code::DateCode;
use crate::index::schema::column;

/// The columns of a segment, opened when first needed.
pub(super) struct Columns<'p> {
    reader: &'p SegmentReader,
    opened: Rc<Opened>,
}

/// What was opened; kept from query to query.
#[derive(Default)]
pub(super) struct Opened {
    columns: [OnceCell<Arc<dyn ColumnValues<u64>>>; column::NUMBERS.len()],
    /// By article; those not asked for yet have no length.
    lengths: RefCell<Vec<Length>>,
    places: OnceCell<Option<StrColumn>>,
    /// By article, one more than the language; 0 for those not asked for yet.
    languages: OnceCell<Vec<Cell<u16>>>,
}

/// How long an article is, in words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Length {
    /// Its sections by their weights in a score.
    pub(super) weighted: f32,
    pub(super) title: f32,
}

impl<'p> Columns<'p> {
    pub(super) fn new(reader: &'p SegmentReader) -> Self {
        Self::of(reader, Rc::default())
    }

    /// With what was opened of this segment before.
    pub(super) fn of(reader: &'p SegmentReader, opened: Rc<Opened>) -> Self {
        Self { reader, opened }
    }

    fn get(&self, at: usize, doc: DocId) -> u64 {
        self.column(at).get_val(doc)
    }

    fn column(&self, at: usize) -> &dyn ColumnValues<u64> {
        let column = self.opened.columns[at].get_or_init(|| {
            // Every document has a value, so the values can be read without asking which have.
            let opened = self.reader.fast_fields().u64(column::NUMBERS[at]);
            match opened {
                Ok(column) if column.get_cardinality().is_full() => column.values,
                Ok(column) => column.first_or_default_col(0),
                // A column that cannot be read is one of a damaged index; `verify` finds it, search goes on.
                Err(_) => Arc::new(Zeros),
            }
        });
        &**column
    }

    /// How many articles there are, those that are gone too.
    pub(super) fn articles(&self) -> DocId {
        self.reader.max_doc()
    }

    pub(super) fn date(&self, doc: DocId) -> DateCode {
        DateCode(self.get(0, doc))
    }

    pub(super) fn updated(&self, doc: DocId) -> u64 {
        self.get(1, doc)
    }

    pub(super) fn added(&self, doc: DocId) -> u64 {
        self.get(2, doc)
    }

    pub(super) fn bounds(&self, doc: DocId) -> Bounds {
        Bounds::unpack(self.get(3, doc))
    }

    pub(super) fn words(&self, doc: DocId) -> u32 {
        u32::try_from(self.get(4, doc)).unwrap_or(u32::MAX)
    }

    /// The language of an article; asked for with every place of a word, so that it is remembered.
    #[inline]
    pub(super) fn lang(&self, doc: DocId) -> u64 {
        let none = || vec![Cell::new(0); self.reader.max_doc() as usize];
        let known = self.opened.languages.get_or_init(none).get(doc as usize);
        if let Some(number) = known.map(Cell::get).filter(|it| *it > 0) {
            return u64::from(number - 1);
        }
        let lang = self.get(5, doc);
        if let (Some(known), Ok(number)) = (known, u16::try_from(lang)) {
            known.set(number.saturating_add(1));
        }
        lang
    }

    pub(super) fn hash(&self, doc: DocId) -> u64 {
        self.get(6, doc)
    }

    pub(super) fn root(&self, doc: DocId) -> u64 {
        self.get(7, doc)
    }

    /// The number of the place of an article among those of its segment.
    pub(super) fn place(&self, doc: DocId) -> u64 {
        let open = || self.reader.fast_fields().str(column::PLACE).ok().flatten();
        let places = self.opened.places.get_or_init(open).as_ref();
        places.and_then(|it| it.term_ords(doc).next()).unwrap_or(0)
    }

    /// How long an article is.
    pub(super) fn length(&self, doc: DocId) -> Length {
        self.lengths().of(doc)
    }

    /// How long articles are, for many of them; nobody else may ask for that at the same time.
    pub(super) fn lengths(&self) -> Lengths<'_> {
        let mut known = self.opened.lengths.borrow_mut();
        if known.is_empty() {
            *known = vec![Length::default(); self.reader.max_doc() as usize];
        }
        Lengths { columns: self, known }
    }
}

/// How long articles are; read from two packed columns, so that it is remembered.
pub(super) struct Lengths<'a> {
    columns: &'a Columns<'a>,
    known: RefMut<'a, Vec<Length>>,
}

impl Lengths<'_> {
    /// The length of an article.
    #[inline]
    pub(super) fn of(&mut self, doc: DocId) -> Length {
        match self.known.get(doc as usize) {
            Some(length) if length.weighted > 0.0 => *length,
            Some(_) | None => self.read(doc),
        }
    }

    /// Reads the lengths of some neighbours at once: a column asked for one number does as much again to come to it.
    #[cold]
    fn read(&mut self, doc: DocId) -> Length {
        const AT_ONCE: usize = 4;
        let first = doc as usize / AT_ONCE * AT_ONCE;
        let end = (first + AT_ONCE).min(self.known.len());
        let (mut bounds, mut words) = ([0; AT_ONCE], [0; AT_ONCE]);
        let count = end.saturating_sub(first);
        self.columns.column(3).get_range(first as u64, &mut bounds[..count]);
        self.columns.column(4).get_range(first as u64, &mut words[..count]);
        let read = bounds.into_iter().zip(words).map(|(bounds, words)| length(bounds, words));
        for (known, length) in self.known.iter_mut().skip(first).take(count).zip(read) {
            *known = length;
        }
        self.known.get(doc as usize).copied().unwrap_or_default()
    }
}

/// The length of an article by the numbers of its columns.
fn length(bounds: u64, words: u64) -> Length {
    let bounds = Bounds::unpack(bounds);
    let title = count(bounds.title);
    let deck = count(bounds.deck.saturating_sub(bounds.title + 1));
    let body = count(u32::try_from(words).unwrap_or(u32::MAX));
    let weighted = title * PARAMETERS.title + deck * PARAMETERS.deck + body;
    Length { weighted, title }
}

/// An article has fewer words than the 16 million that a float counts exactly.
#[expect(clippy::cast_precision_loss, reason = "said above")]
fn count(words: u32) -> f32 {
    words as f32
}

/// A column of nothing.
struct Zeros;

impl ColumnValues<u64> for Zeros {
    fn get_val(&self, _doc: u32) -> u64 {
        0
    }
    fn min_value(&self) -> u64 {
        0
    }
    fn max_value(&self) -> u64 {
        0
    }
    fn num_vals(&self) -> u32 {
        0
    }
}
