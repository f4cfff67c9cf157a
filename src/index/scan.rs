//! A commit -> all its articles as they are stored, segment by segment; what was deleted or replaced is not among them.

use tantivy::{DocAddress, Searcher};

use super::schema::{Fields, NOT_AN_ARTICLE, column};
use super::{IndexError, io, stored_text};

/// An article that is met on the way.
pub(crate) struct Seen {
    /// The number of its root.
    pub(crate) root: u64,
    /// Where it lies in the commit.
    pub(crate) address: DocAddress,
}

/// Shows every article as it is stored.
pub(crate) fn each_article(
    searcher: &Searcher,
    fields: Fields,
    mut show: impl FnMut(Seen, &str) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    for (segment_ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
        // Documents are met in the order in which they are stored: one block at a time is enough.
        let store = segment.get_store_reader(1).map_err(io)?;
        let kinds = segment.fast_fields().u64(column::LANG)?;
        let roots = segment.fast_fields().u64(column::ROOT)?;
        for doc in segment.doc_ids_alive() {
            if kinds.first(doc) == Some(NOT_AN_ARTICLE) {
                continue;
            }
            let stored = stored_text(&store, doc, fields)?;
            let address = DocAddress::new(segment_ord, doc);
            show(Seen { root: roots.first(doc).unwrap_or(0), address }, &stored)?;
        }
    }
    Ok(())
}
