//! `morgue forget`: takes articles out of the index, and out of its files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use morgue::index::Index;
use morgue::index::catalog::Root;
use morgue::index::writer::{Writer, WriterOptions};
use morgue::ingest::{named, printable};
use morgue::pipeline::{forget_article, forget_path, forget_root, is_forgotten, remember};
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
    let mut said = Vec::new();
    if arguments.undo {
        for given in &arguments.what {
            check_forgotten(&writer, given)?;
        }
        for given in &arguments.what {
            undo(&mut writer, given)?;
            said.push(format!("{}: comes back with the next `morgue index`", printable(given)));
        }
    } else {
        // All are looked up before the first is taken out: one that is wrong must not leave half of it done.
        let mut targets: Vec<(&PathBuf, Target)> = Vec::new();
        for given in &arguments.what {
            let target = find(&writer, &opened, given)?;
            if !targets.iter().any(|it| it.1 == target) {
                targets.push((given, target));
            }
        }
        for (given, target) in targets {
            let articles = forget(&mut writer, &target)?;
            said.push(format!(
                "{}: {articles} {} forgotten; the files themselves are not touched",
                printable(given),
                plural(articles, "article")
            ));
        }
    }
    // What is only marked as removed can still be read in the files of the index.
    writer.compact(false)?;
    writer.finish()?;
    for line in said {
        writeln!(io::stderr().lock(), "{}", sanitize::line(&line))?;
    }
    Ok(Outcome::Found)
}

/// What is to be forgotten.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    Root(String),
    Below { root: String, path: String },
    Article { root: String, path: String, id: String },
}

fn forget(writer: &mut Writer, target: &Target) -> Result<u64, Failure> {
    Ok(match target {
        Target::Root(root) => forget_root(writer, root)?,
        Target::Below { root, path } => forget_path(writer, root, path)?,
        Target::Article { root, path, id } => {
            forget_article(writer, root, path, id)?;
            1
        }
    })
}

/// What somebody means: the file or folder that stands there, else a path as it was given to `morgue index`, else an
/// article.
fn find(writer: &Writer, opened: &Index, given: &Path) -> Result<Target, Failure> {
    let shown = printable(given);
    // A file that is gone has no canonical path of its own, but its folder may have one.
    let canonical = std::fs::canonicalize(given).or_else(|_| {
        let folder = given.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = std::fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        Ok::<_, io::Error>(folder.join(given.file_name().unwrap_or_default()))
    });
    let around = canonical.as_ref().ok().and_then(|canonical| {
        let root = writer.roots().iter().find(|it| canonical.starts_with(named(&it.path)))?;
        let below = canonical.strip_prefix(named(&root.path)).unwrap_or(Path::new(""));
        Some((root, printable(below)))
    });
    if let Some((root, path)) = around {
        let root = root.path.clone();
        if path.is_empty() {
            return Ok(Target::Root(root));
        }
        if given.exists() || writer.file(&root, &path).is_some() {
            return Ok(Target::Below { root, path });
        }
    }
    let alike: Vec<_> = writer.roots().iter().filter(|it| it.given == shown).collect();
    match alike.as_slice() {
        // What stands there under this name is another than what was given once, somewhere else.
        [root] if !given.exists() => return Ok(Target::Root(root.path.clone())),
        [_, _, ..] if !given.exists() => {
            let paths: Vec<_> = alike.iter().map(|it| format!("`{}`", it.path)).collect();
            return Err(Failure::question(
                anyhow::anyhow!("{} paths were given as `{shown}`", alike.len()),
                format!("say which: {}", paths.join(", ")),
            ));
        }
        _ => {}
    }
    find_article(writer, opened, &shown)
}

fn find_article(writer: &Writer, opened: &Index, shown: &str) -> Result<Target, Failure> {
    let id = shown.to_lowercase();
    let mut found = if id.is_empty() { Vec::new() } else { opened.articles_by_id(&id)? };
    // The later of two that claim one id begins with that of the first.
    if let Some(exact) = found.iter().position(|it| it.id == id) {
        found = vec![found.swap_remove(exact)];
    }
    match found.as_slice() {
        [article] => {
            let root = opened.root_of(&article.id)?.map(|it| it.path.clone()).unwrap_or_default();
            let path = article.place.path.clone();
            Ok(Target::Article { root, path, id: article.id.clone() })
        }
        [] => {
            let twice = |given: &str| writer.roots().iter().filter(|it| it.given == given).count();
            let name = |it: &Root| if twice(&it.given) > 1 { &it.path } else { &it.given }.clone();
            let known: Vec<_> = writer.roots().iter().map(|it| format!("`{}`", name(it))).collect();
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

fn check_forgotten(writer: &Writer, given: &Path) -> Result<(), Failure> {
    let (canonical, shown) = (canonical(given)?, printable(given));
    let known = |it: &Root| is_forgotten(it, below(&canonical, &it.path).as_deref(), &shown);
    if writer.roots().iter().any(known) {
        return Ok(());
    }
    let error = anyhow::anyhow!("`{shown}` was not forgotten");
    Err(Failure::question(error, "`morgue status` lists what was"))
}

fn undo(writer: &mut Writer, given: &Path) -> Result<(), Failure> {
    let (canonical, shown) = (canonical(given)?, printable(given));
    let roots: Vec<_> = writer.roots().iter().map(|it| it.path.clone()).collect();
    for root in roots {
        remember(writer, &root, below(&canonical, &root).as_deref(), &shown)?;
    }
    Ok(())
}

fn canonical(given: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(given).or_else(|_| std::path::absolute(given))
}

/// The path below a root, if it lies there.
fn below(canonical: &Path, root: &str) -> Option<String> {
    canonical.strip_prefix(named(root)).ok().map(printable)
}
