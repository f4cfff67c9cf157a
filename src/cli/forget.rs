//! `morgue forget`: takes articles out of the index.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use morgue::index::writer::{Writer, WriterOptions};
use morgue::pipeline::forget_root;

use super::failure::{Failure, Outcome};
use super::{clock, options};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders that were given to `morgue index`
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, None);
    morgue::index::Index::open(&path)?;
    let today = clock::today(None)?;
    let options = WriterOptions { threads: 1, memory: 50_000_000, now: clock::seconds(), today };
    let mut writer = Writer::open(&path, options)?;
    for given in arguments.paths {
        let canonical = std::fs::canonicalize(&given).unwrap_or_else(|_| given.clone());
        let shown = given.display().to_string();
        let known = writer
            .roots()
            .iter()
            .find(|it| it.given == shown || it.path == canonical.to_string_lossy())
            .map(|it| it.path.clone());
        let Some(root) = known else {
            let known: Vec<_> = writer.roots().iter().map(|it| format!("`{}`", it.given)).collect();
            return Err(Failure::question(
                anyhow::anyhow!("the index does not know `{shown}`"),
                format!("it knows {}", known.join(", ")),
            ));
        };
        let articles = forget_root(&mut writer, &root)?;
        writeln!(
            io::stderr().lock(),
            "{shown}: {articles} articles forgotten; the files themselves are not touched"
        )?;
    }
    writer.finish()?;
    Ok(Outcome::Found)
}
