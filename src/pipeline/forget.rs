//! Taking out: roots, files and folders below them, and single articles; by name, for good.

use std::collections::BTreeMap;

use super::RunError;
use super::survey::is_under;
use crate::article::Article;
use crate::index::IndexError;
use crate::index::catalog::{FileEntry, Forgotten, Root};
use crate::index::writer::Writer;
use crate::normalize::id_within;
use crate::text::Stemmer;

/// Takes a root with all its files out of the index; gives how many articles that were.
pub fn forget_root(writer: &mut Writer, root: &str) -> Result<u64, RunError> {
    let articles = forget_below(writer, root, "")?;
    writer.remove_root(root);
    Ok(articles)
}

/// Takes a file or folder below a root out; it does not come back with the next run.
pub fn forget_path(writer: &mut Writer, root: &str, below: &str) -> Result<u64, RunError> {
    let articles = forget_below(writer, root, below)?;
    if let Some(mut known) = writer.roots().iter().find(|it| it.path == root).cloned() {
        known.forgotten.paths.retain(|it| !is_under(it, below));
        known.forgotten.paths.push(below.to_owned());
        known.forgotten.paths.sort();
        writer.set_root(known);
    }
    Ok(articles)
}

/// Takes one article out; it does not come back with the next run.
pub fn forget_article(
    writer: &mut Writer,
    root: &str,
    path: &str,
    id: &str,
) -> Result<(), RunError> {
    let Some(mut entry) = writer.file(root, path).cloned() else { return Ok(()) };
    let articles = writer.articles_of(root, path)?;
    let Some((article, _)) = articles.into_iter().find(|(it, _)| it.id == id) else {
        return Ok(());
    };
    writer.remove_article(id)?;
    let language = article.language.clone().unwrap_or_else(|| "?".to_owned());
    let analysed_as = article.language.as_deref().unwrap_or(&entry.unknown_as);
    let lang = crate::text::Lang::from_code(analysed_as);
    let lengths = crate::index::analyze::analyze(&article, lang, &mut Stemmer::default()).lengths();
    entry.lengths.remove(lengths);
    entry.articles = entry.articles.saturating_sub(1);
    if let Some(count) = entry.languages.get_mut(&language) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            entry.languages.remove(&language);
        }
    }
    writer.finish_file(entry)?;
    if let Some(mut known) = writer.roots().iter().find(|it| it.path == root).cloned() {
        known.forgotten.ids.insert(id.to_owned(), path.to_owned());
        writer.set_root(known);
    }
    Ok(())
}

/// Whether an article is not to come back: by its id, or by the one it had when its file lay in another root.
pub(super) fn was_forgotten(forgotten: &Forgotten, id: &str, article: &Article) -> bool {
    forgotten.ids.contains_key(id)
        || forgotten.elsewhere.iter().any(|it| {
            it.path == article.place.path
                && it.id == id_within(article, &it.root_id, &it.path_there)
        })
}

/// Whether a path below a root, or an article whose id begins so, was forgotten.
pub fn is_forgotten(root: &Root, below: Option<&str>, id: &str) -> bool {
    let forgotten = &root.forgotten;
    let begins = |it: &str| !id.is_empty() && it.starts_with(id);
    forgotten.paths.iter().any(|it| Some(it.as_str()) == below)
        || forgotten.ids.keys().any(|it| begins(it))
        || forgotten.elsewhere.iter().any(|it| begins(&it.id))
}

/// Lets what was forgotten come back with the next run: a path below the root, or the ids that begin so. Says
/// whether there was any.
pub fn remember(
    writer: &mut Writer,
    root: &str,
    below: Option<&str>,
    id: &str,
) -> Result<bool, RunError> {
    let Some(mut known) = writer.roots().iter().find(|it| it.path == root).cloned() else {
        return Ok(false);
    };
    let paths = known.forgotten.paths.len();
    known.forgotten.paths.retain(|it| Some(it.as_str()) != below);
    let ids = std::mem::take(&mut known.forgotten.ids);
    let (back, kept): (BTreeMap<_, _>, _) =
        ids.into_iter().partition(|(it, _)| !id.is_empty() && it.starts_with(id));
    known.forgotten.ids = kept;
    let mut back: Vec<String> = back.into_values().collect();
    known.forgotten.elsewhere.retain(|it| {
        let is_it = !id.is_empty() && it.id.starts_with(id);
        back.extend(is_it.then(|| it.path.clone()));
        !is_it
    });
    let any = !back.is_empty() || known.forgotten.paths.len() < paths;
    writer.set_root(known);
    for path in back {
        // Read by no rules: the file is read again.
        if let Some(entry) = writer.file(root, &path).cloned() {
            writer.finish_file(FileEntry { rules: 0, ..entry })?;
        }
    }
    Ok(any)
}

fn forget_below(writer: &mut Writer, root: &str, below: &str) -> Result<u64, RunError> {
    let files: Vec<_> = writer
        .files_of(root)
        .filter(|it| is_under(&it.path, below))
        .map(|it| (it.path.clone(), it.articles))
        .collect();
    let mut articles = 0;
    for (path, count) in files {
        articles += u64::from(count);
        forget_file(writer, root, &path)?;
    }
    Ok(articles)
}

/// Takes a file and its articles out of the index.
pub(super) fn forget_file(writer: &mut Writer, root: &str, path: &str) -> Result<(), IndexError> {
    if writer.file(root, path).is_some_and(|it| it.articles > 0) {
        let previous = writer.previous(root, path)?;
        writer.release_ids(previous.ids());
    }
    writer.remove_file(root, path)
}
