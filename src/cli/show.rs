//! `morgue show`: one article, whole.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use morgue::article::{Article, Place};
use morgue::index::Index;
use morgue::index::catalog::Root;
use morgue::ingest::{copy_original, copy_record, named};
use morgue::pipeline::read_options;
use morgue::present::extract;
use morgue::present::sanitize;
use morgue::present::show::{WholeArticle, show};
use morgue::query::from_arguments;
use morgue::search::{Local, Marked};

use super::failure::{Failure, Outcome};
use super::options;
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The article: the beginning of its id
    id: String,
    /// A query, to mark what matches
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// Print the record the article was read from, as it lies: a file, or that part of one of many articles
    #[arg(long)]
    source: bool,
    /// The output: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// The day that relative dates count from
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, arguments.within.as_deref());
    let index = Index::open(&path)?;
    let article = find(&index, &arguments.id)?;
    let Some(article) = article else { return Ok(Outcome::Nothing) };
    let root = index.root_of(&article.id)?.cloned().unwrap_or_default();
    let original = original(&root, &article);
    if arguments.source {
        let Some(original) = original else {
            return Err(Failure::wrong(format!(
                "`{}` is not where it was indexed",
                article.place.path
            )));
        };
        return copy(&original, &article.place, &root);
    }
    let files = index.files()?;
    let file = files.into_iter().find(|it| it.root == root.path && it.path == article.place.path);
    let sha256 = file.map(|it| it.hash);
    let given = root.given;
    let (words, _) = from_arguments(&arguments.words);
    let local = Local::new(index);
    let also = local.copies(&article)?;
    let marked = if words.trim().is_empty() {
        Marked::default()
    } else {
        let request = options::bare_request(words, arguments.now.as_deref())?;
        local.mark(&request, &article)
    };
    let mut out = Output::new(arguments.format == "text");
    match arguments.format.as_str() {
        "json" => {
            let line = extract::extract_line(&article);
            out.write_all(line.trim_end().as_bytes())?;
            out.write_all(b"\n")?;
        }
        "text" => {
            let absolute = original.as_ref().map(|it| it.display().to_string());
            let whole = WholeArticle {
                article: &article,
                root: &given,
                absolute_path: absolute.as_deref(),
                file_sha256: sha256.as_deref(),
                words: None,
                also: &also,
                title_highlights: &marked.title,
                deck_highlights: &marked.deck,
                body_highlights: &marked.body,
            };
            show(&mut out, &whole, terminal::style())?;
        }
        other => {
            return Err(Failure::question(
                anyhow::anyhow!("no output `{other}` here"),
                "there are text and json",
            ));
        }
    }
    out.finish()?;
    Ok(Outcome::Found)
}

/// Prints what an article was read from: for programs byte for byte, for a terminal with what would steer it made visible.
fn copy(original: &Path, place: &Place, root: &Root) -> Result<Outcome, Failure> {
    let reading = io::stdout().is_terminal();
    let mut out = Output::new(reading);
    let mut shown = Vec::new();
    let into: &mut dyn Write = if reading { &mut shown } else { &mut out };
    let copied = copy_record(original, place, &read_options(&root.options), into)
        .map_err(|error| Failure::wrong(error.to_string()))?;
    if !copied && !copy_original(original, place.inside.as_deref(), into)? {
        let inside = place.inside.as_deref().unwrap_or_default();
        return Err(Failure::wrong(format!("`{inside}` is no longer in `{}`", place.path)));
    }
    if reading {
        out.write_all(sanitize::lines(&String::from_utf8_lossy(&shown)).as_bytes())?;
    }
    out.finish()?;
    Ok(Outcome::Found)
}

/// The article whose id begins like this; says so when there is none or more than one.
pub(super) fn find(index: &Index, id: &str) -> Result<Option<Article>, Failure> {
    let mut found = index.articles_by_id(&id.to_lowercase())?;
    if let Some(exact) = found.iter().position(|it| it.id == id) {
        return Ok(Some(found.swap_remove(exact)));
    }
    match found.len() {
        0 => {
            writeln!(
                io::stderr().lock(),
                "no article has an id that begins with `{}`",
                sanitize::line(id)
            )?;
            Ok(None)
        }
        1 => Ok(found.pop()),
        _ => {
            let some: Vec<_> = found.iter().take(5).map(|it| it.id.as_str()).collect();
            Err(Failure::question(
                anyhow::anyhow!("{} articles have an id that begins with `{id}`", found.len()),
                format!("give more of it: {}", some.join(", ")),
            ))
        }
    }
}

/// Where the original lies, if it still does.
pub(super) fn original(root: &Root, article: &Article) -> Option<PathBuf> {
    let root = named(&root.path);
    let path = if root.is_file() { root } else { root.join(named(&article.place.path)) };
    path.is_file().then_some(path)
}
