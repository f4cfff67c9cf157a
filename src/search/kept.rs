//! What a process keeps of a segment from query to query: opened columns, and the values of fields that were asked for
//! before.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tantivy::Index;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::store::StoreReader;

use super::columns::{Columns, Opened};
use super::many::Patterns;
use crate::index::{IndexError, io};

/// Fields with more values are read from the index each time: a list of them would take too much memory.
const MOST_VALUES: usize = 300_000;

/// What is kept of one segment.
pub(super) struct Kept {
    index: Index,
    opened: Rc<Opened>,
    values: RefCell<FxHashMap<Field, Values>>,
    /// Patterns that were asked for last.
    pub(super) patterns: RefCell<Patterns>,
    store: OnceCell<StoreReader>,
}

/// Blocks of stored articles that are kept unpacked, of 8 KB each: those of a page. Memory that was used before is quicker
/// than what might be asked for again.
const BLOCKS: usize = 16;

enum Values {
    /// They were asked for once: whoever asks one question alone makes no list.
    Asked,
    List(Rc<ValueList>),
}

/// All values of a field, one behind the other.
#[derive(Default)]
struct ValueList {
    text: String,
    /// Where each ends, and where its articles are.
    ends: Vec<(usize, TermInfo)>,
}

impl Kept {
    /// Nothing yet.
    pub(super) fn new(index: &Index) -> Self {
        let (opened, values, patterns, store) = Default::default();
        Self { index: index.clone(), opened, values, patterns, store }
    }

    /// The index that the segment is one of.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// The columns of the segment, as far as they are opened.
    pub(super) fn columns<'p>(&self, reader: &'p SegmentReader) -> Columns<'p> {
        Columns::of(reader, Rc::clone(&self.opened))
    }

    /// The stored articles of the segment.
    pub(super) fn store(&self, reader: &SegmentReader) -> Result<&StoreReader, IndexError> {
        if let Some(known) = self.store.get() {
            return Ok(known);
        }
        let opened = reader.get_store_reader(BLOCKS).map_err(io)?;
        Ok(self.store.get_or_init(|| opened))
    }

    /// Visits every value of a field in this segment, in the order of the dictionary.
    pub(super) fn each_value(
        &self,
        field: Field,
        inverted: &InvertedIndexReader,
        mut visit: impl FnMut(&str, &TermInfo) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let known = match self.values.borrow_mut().entry(field) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(Values::Asked);
                None
            }
            std::collections::hash_map::Entry::Occupied(known) => match known.into_mut() {
                Values::List(list) => Some(Rc::clone(list)),
                Values::Asked if inverted.terms().num_terms() > MOST_VALUES => None,
                asked @ Values::Asked => {
                    let mut list = ValueList::default();
                    from_index(inverted, |value, info| {
                        list.text.push_str(value);
                        list.ends.push((list.text.len(), info.clone()));
                        Ok(())
                    })?;
                    let list = Rc::new(list);
                    *asked = Values::List(Rc::clone(&list));
                    Some(list)
                }
            },
        };
        let Some(list) = known else { return from_index(inverted, visit) };
        let mut start = 0;
        for (end, info) in &list.ends {
            visit(list.text.get(start..*end).unwrap_or_default(), info)?;
            start = *end;
        }
        Ok(())
    }
}

fn from_index(
    inverted: &InvertedIndexReader,
    mut visit: impl FnMut(&str, &TermInfo) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let mut stream = inverted.terms().stream().map_err(io)?;
    while stream.advance() {
        if let Ok(value) = std::str::from_utf8(stream.key()) {
            visit(value, stream.value())?;
        }
    }
    Ok(())
}
