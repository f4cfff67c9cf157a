//! `morgue verify`: checks the index file by file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use morgue::index::IndexError;
use morgue::index::verify::verify;
use morgue::present::sanitize;

use super::failure::{Failure, Outcome};
use super::options;
use super::ran::plural;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Read every article too
    #[arg(long)]
    deep: bool,
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, arguments.within.as_deref());
    let verified = verify(&path, arguments.deep)?;
    let mut out = io::stdout().lock();
    if verified.damages.is_empty() {
        let (articles, files) = (verified.articles, verified.files);
        writeln!(
            out,
            "`{}` is sound: {articles} {} from {files} {}",
            sanitize::line(&path.display().to_string()),
            plural(articles, "article"),
            plural(files, "file"),
        )?;
        return Ok(Outcome::Found);
    }
    for damage in &verified.damages {
        let line = format!("damaged: {}: {}", damage.at, damage.what);
        writeln!(out, "{}", sanitize::line(&line))?;
    }
    let count = verified.damages.len() as u64;
    let reason = format!("{count} {} found", plural(count, "fault"));
    Err(IndexError::Damaged { path, reason }.into())
}
