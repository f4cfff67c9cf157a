//! Where the files of an index lie: sealed when they are written, checked when they are read.

mod read_only;
mod seal;
mod sealed;

pub(super) use read_only::ReadOnly;
pub(super) use seal::{seal, sum_of, unseal};
pub(super) use sealed::{Failure, Sealed, UNFINISHED, write_atomically};
