//! `morgue forget`: takes articles out of the index, and out of its files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use morgue::index::Index;
use morgue::index::writer::{Writer, WriterOptions};
use morgue::ingest::{named, printable};
use morgue::pipeline::{forget_article, forget_path, forget_root, remember};
use morgue::present::sanitize;

use super::failure::{Failure, Outcome};
use super::ran::plural;
use super::{clock, options};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Paths that were given to `morgue index`, files and folders in them, or ids of articles
    #[arg(value_name = "PATH|ID", required = true)]
    what: Vec<PathBuf>,
    /// Let files, folders and articles that were forgotten come back with the next run
    #[arg(long)]
    undo: bool,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, None);
    let opened = Index::open(&path)?;
    let today = clock::today(None)?;
    let options = WriterOptions {
        threads: 1,
        memory: 50_000_000,
        now: clock::seconds(),
        today,
        shared: false,
    };
    let mut writer = Writer::open(&path, options)?;
    for given in &arguments.what {
        let shown = printable(given);
        let shown = sanitize::line(&shown);
        if arguments.undo {
            if !undo(&mut writer, given)? {
                let error = anyhow::anyhow!("`{shown}` was not forgotten");
                return Err(Failure::question(error, "`morgue status` lists what was"));
            }
            writeln!(io::stderr().lock(), "{shown}: comes back with the next `morgue index`")?;
            continue;
        }
        let articles = forget(&mut writer, &opened, given)?;
        writeln!(
            io::stderr().lock(),
            "{shown}: {articles} {} forgotten; the files themselves are not touched",
            plural(articles, "article")
        )?;
    }
    // What is only marked as removed can still be read in the files of the index.
    writer.compact(false)?;
    writer.finish()?;
    Ok(Outcome::Found)
}

fn forget(writer: &mut Writer, opened: &Index, given: &Path) -> Result<u64, Failure> {
    let shown = printable(given);
    if let Some(root) = writer.roots().iter().find(|it| it.given == shown).cloned() {
        return Ok(forget_root(writer, &root.path)?);
    }
    // A file that is gone has no canonical path of its own, but its folder may have one.
    let canonical = std::fs::canonicalize(given).or_else(|_| {
        let folder = given.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = std::fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        Ok::<_, io::Error>(folder.join(given.file_name().unwrap_or_default()))
    });
    if let Ok(canonical) = canonical {
        let around =
            writer.roots().iter().find(|it| canonical.starts_with(named(&it.path))).cloned();
        if let Some(root) = around {
            let below = canonical.strip_prefix(named(&root.path)).unwrap_or(Path::new(""));
            let below = printable(below);
            if below.is_empty() {
                return Ok(forget_root(writer, &root.path)?);
            }
            if canonical.exists() || writer.file(&root.path, &below).is_some() {
                return Ok(forget_path(writer, &root.path, &below)?);
            }
        }
    }
    let found = if shown.is_empty() { Vec::new() } else { opened.articles_by_id(&shown)? };
    match found.as_slice() {
        [article] => {
            let path = &article.place.path;
            let roots: Vec<_> = writer.roots().iter().map(|it| it.path.clone()).collect();
            for root in roots {
                let has_it = |it: &(morgue::article::Article, _)| it.0.id == article.id;
                if writer.file(&root, path).is_some()
                    && writer.articles_of(&root, path)?.iter().any(has_it)
                {
                    forget_article(writer, &root, path, &article.id)?;
                    return Ok(1);
                }
            }
            Ok(0)
        }
        [] => {
            let known: Vec<_> = writer.roots().iter().map(|it| format!("`{}`", it.given)).collect();
            let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
            Err(Failure::question(
                anyhow::anyhow!("the index does not know `{shown}`"),
                format!("it knows {known}, and ids of articles"),
            ))
        }
        several => Err(Failure::question(
            anyhow::anyhow!("{} articles have an id that begins with `{shown}`", several.len()),
            "give more of it",
        )),
    }
}

fn undo(writer: &mut Writer, given: &Path) -> Result<bool, Failure> {
    let shown = printable(given);
    let canonical = std::fs::canonicalize(given).or_else(|_| std::path::absolute(given))?;
    let roots: Vec<_> = writer.roots().iter().map(|it| it.path.clone()).collect();
    let mut any = false;
    for root in roots {
        let below = canonical.strip_prefix(named(&root)).ok().map(printable);
        any |= remember(writer, &root, below.as_deref(), &shown)?;
    }
    Ok(any)
}
