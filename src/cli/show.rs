//! `morgue show`: one article, whole.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use morgue::article::Article;
use morgue::index::Index;
use morgue::index::catalog::Root;
use morgue::ingest::{copy_original, named};
use morgue::present::extract;
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
    /// Print the file the article was read from, unpacked where it lies packed
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
        let mut out = Output::new(false);
        if !copy_original(&original, article.place.inside.as_deref(), &mut out)? {
            return Err(Failure::wrong(format!(
                "`{}` is no longer in `{}`",
                article.place.inside.unwrap_or_default(),
                article.place.path
            )));
        }
        out.finish()?;
        return Ok(Outcome::Found);
    }
    let files = index.files()?;
    let file = files.into_iter().find(|it| it.root == root.path && it.path == article.place.path);
    let sha256 = file.map(|it| it.hash);
    let given = root.given;
    let (words, _) = from_arguments(&arguments.words);
    let marked = if words.trim().is_empty() {
        Marked::default()
    } else {
        let request = options::bare_request(words, arguments.now.as_deref())?;
        Local::new(index).mark(&request, &article)
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
                also: &[],
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

/// The article whose id begins like this; says so when there is none or more than one.
pub(super) fn find(index: &Index, id: &str) -> Result<Option<Article>, Failure> {
    let mut found = index.articles_by_id(&id.to_lowercase())?;
    if let Some(exact) = found.iter().position(|it| it.id == id) {
        return Ok(Some(found.swap_remove(exact)));
    }
    match found.len() {
        0 => {
            writeln!(
                std::io::stderr().lock(),
                "no article has an id that begins with `{}`",
                morgue::present::sanitize::line(id)
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
