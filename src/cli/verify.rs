//! `morgue verify`: checks the index file by file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use morgue::index::{Index, IndexError};

use super::failure::{Failure, Outcome};
use super::options;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, arguments.within.as_deref());
    let damaged = Index::verify(&path)?;
    if damaged.is_empty() {
        let index = Index::open(&path)?;
        let files = index.files()?.len();
        writeln!(
            io::stdout().lock(),
            "`{}` is sound: {} articles from {files} files",
            path.display(),
            index.summary.articles
        )?;
        return Ok(Outcome::Found);
    }
    for name in &damaged {
        writeln!(io::stdout().lock(), "damaged: {name}")?;
    }
    Err(IndexError::Damaged { path, reason: format!("{} of its files", damaged.len()) }.into())
}
