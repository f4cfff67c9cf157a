//! Where the files of an index lie: sealed when they are written, checked when they are read.

mod by_reading;
mod read_only;
mod seal;
mod sealed;

pub(super) use read_only::ReadOnly;
pub(super) use seal::{fault_of, seal, unseal};
pub(super) use sealed::{Failure, Sealed, UNFINISHED, write_atomically};
