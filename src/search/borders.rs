//! Where sentences or paragraphs of an article end, read when that is first asked.

use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

/// The borders of one kind in a segment, article by article; never backwards.
#[derive(Default)]
pub(super) struct Borders {
    opened: bool,
    postings: Option<SegmentPostings>,
    of: Option<DocId>,
    positions: Vec<u32>,
}

impl Borders {
    /// The positions of the borders in an article; `key` is the term that stands for them.
    pub(super) fn of(
        &mut self,
        doc: DocId,
        key: &str,
        field: Field,
        segment: &SegmentReader,
    ) -> &[u32] {
        if !self.opened {
            self.opened = true;
            let term = Term::from_field_text(field, key);
            let option = IndexRecordOption::WithFreqsAndPositions;
            let inverted = segment.inverted_index(field).ok();
            self.postings = inverted.and_then(|it| it.read_postings(&term, option).ok().flatten());
        }
        if self.of != Some(doc) {
            self.of = Some(doc);
            self.positions.clear();
            if let Some(postings) = &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(&mut self.positions);
                    self.positions.iter_mut().for_each(|it| *it >>= 2);
                }
            }
        }
        &self.positions
    }
}
