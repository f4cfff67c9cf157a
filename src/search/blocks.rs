//! The list of a term, a block of articles at a time: half as many steps as one by one, and one buffer for many terms.

use tantivy::DocId;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use crate::index::{IndexError, io};

/// Reads lists of articles, with room for one block.
pub(super) struct Blocks {
    option: IndexRecordOption,
    block: Option<BlockSegmentPostings>,
}

impl Blocks {
    /// A reader of lists, with how often the term is in an article if that is asked for.
    pub(super) fn new(option: IndexRecordOption) -> Self {
        Self { option, block: None }
    }

    /// Visits the articles of a term, and how often it is there.
    pub(super) fn each(
        &mut self,
        inverted: &InvertedIndexReader,
        info: &TermInfo,
        mut visit: impl FnMut(&[DocId], &[u32]),
    ) -> Result<(), IndexError> {
        let blocks = if let Some(blocks) = &mut self.block {
            inverted.reset_block_postings_from_terminfo(info, blocks).map_err(io)?;
            blocks
        } else {
            let blocks = inverted.read_block_postings_from_terminfo(info, self.option);
            self.block.insert(blocks.map_err(io)?)
        };
        while blocks.block_len() > 0 {
            visit(blocks.docs(), blocks.freqs());
            blocks.advance();
        }
        Ok(())
    }
}
