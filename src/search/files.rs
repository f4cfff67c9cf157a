//! The files of a segment as the engine keeps them, for what it does not give out.

use std::path::PathBuf;

use tantivy::directory::FileSlice;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::schema::Field;
use tantivy::{Directory, Index, TantivyError};

use crate::index::IndexError;

/// What a file of a segment holds of a field.
pub(super) fn file_of(
    index: &Index,
    segment: &SegmentReader,
    field: Field,
    component: &SegmentComponent,
) -> Result<FileSlice, IndexError> {
    let path = PathBuf::from(format!("{}.{component}", segment.segment_id().uuid_string()));
    let file = index.directory().open_read(&path).map_err(TantivyError::from)?;
    // A file of several fields is opened alike whatever it holds of them; the engine gives out this way alone.
    let fields = FieldNormReaders::open(file)?.get_inner_file();
    Ok(fields.open_read(field).unwrap_or_else(FileSlice::empty))
}
