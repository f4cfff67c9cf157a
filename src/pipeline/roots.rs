//! A path to the root it is, or lies in, and the roots that become part of it.

use std::fs;
use std::path::Path;

use super::corrections;
use super::forget::forget_root;
use super::names::{Names, names_of};
use super::survey::is_under;
use super::{Report, RunError, RunOptions};
use crate::index::catalog::{Beside, ForgottenElsewhere, Root};
use crate::index::writer::Writer;
use crate::ingest::{named, printable};

/// What a run is about: a root, or the part of it below a path.
pub(super) struct Scope {
    pub(super) root: Root,
    /// Path below the root; empty for all of it.
    pub(super) below: String,
    /// What the user says about names.
    pub(super) names: Names,
}

impl Scope {
    /// Keeps with the root what the walk met and did not read. A walk through a part of it knows of that part alone:
    /// the counts stay those of the last walk through all.
    pub(super) fn note_beside(&mut self, report: &Report) {
        let beside = &mut self.root.beside;
        if self.below.is_empty() {
            *beside = Beside { passed_over: report.passed_over.clone(), ..Beside::default() };
        } else {
            beside.unreadable.retain(|(at, _)| !is_under(at, &self.below));
        }
        for (at, reason) in &report.unreadable {
            beside.could_not_look_at(at, reason);
        }
    }

    /// How much below the path gives no article, in this run and those before.
    pub(super) fn left_out(&self, writer: &Writer) -> u64 {
        let files = writer.files_of(&self.root.path).filter(|it| is_under(&it.path, &self.below));
        let records: u64 = files.map(crate::index::catalog::FileEntry::left_out).sum();
        let root = writer.roots().iter().find(|it| it.path == self.root.path);
        let beside = root.map_or(0, |it| {
            let places = it.beside.unreadable.iter().filter(|it| is_under(&it.0, &self.below));
            places.count() as u64 + it.beside.unreadable_besides
        });
        records + beside
    }
}

/// The name that ids are made with below a root.
pub(super) fn root_id(root: &str) -> String {
    named(root).file_name().map_or_else(String::new, |it| printable(Path::new(it)))
}

/// The root as the catalog knows it, or a new one.
pub(super) fn find_scope(
    writer: &Writer,
    path: &Path,
    options: &RunOptions,
) -> Result<Scope, RunError> {
    options.given.check()?;
    let missing = |source| RunError::Missing { path: path.to_owned(), source };
    let canonical = fs::canonicalize(path).map_err(missing)?;
    let given = printable(path);
    let corrections = options.corrections.as_deref();
    let corrections = corrections.map(|it| corrections::canonical(it, false)).transpose()?;
    let around = writer.roots().iter().find(|it| canonical.starts_with(named(&it.path)));
    let Some(known) = around else {
        let key = printable(&canonical);
        let mut root = Root { path: key, given, options: options.given.alone(), ..Root::default() };
        root.corrections.named = corrections;
        let names = names_of(&root)?;
        return Ok(Scope { root, below: String::new(), names });
    };
    let mut root = known.clone();
    let below = printable(canonical.strip_prefix(named(&root.path)).unwrap_or(Path::new("")));
    let in_force = options.given.over(&root.options);
    if below.is_empty() {
        // By its canonical path it is named by programs; people named it in another way.
        if given != root.path {
            root.given = given;
        }
        root.options = in_force;
        if corrections.is_some() {
            root.corrections.named = corrections;
        }
    } else if in_force != root.options
        || corrections.is_some_and(|it| root.corrections.named.as_ref() != Some(&it))
    {
        return Err(RunError::Inside { path: given, root: root.given });
    }
    let names = names_of(&root)?;
    Ok(Scope { root, below, names })
}

/// Roots that lie below a new one, and become part of it: no article is there twice. What was forgotten in them is
/// forgotten in it.
pub(super) fn find_inner(
    writer: &Writer,
    scope: &mut Scope,
    path: &Path,
) -> Result<Vec<Root>, RunError> {
    let root = named(&scope.root.path);
    let inner: Vec<_> = writer
        .roots()
        .iter()
        .filter(|it| it.path != scope.root.path && named(&it.path).starts_with(&root))
        .cloned()
        .collect();
    let reads_alike = |it: &&Root| {
        let named = &it.corrections.named;
        it.options == scope.root.options
            && (named.is_none() || *named == scope.root.corrections.named)
    };
    if let Some(other) = inner.iter().find(|it| !reads_alike(it)) {
        let (path, root) = (printable(path), other.given.clone());
        return Err(RunError::Around { path, root });
    }
    for other in &inner {
        take_over_forgotten(&mut scope.root, other);
    }
    Ok(inner)
}

/// Takes the roots out that become part of another.
pub(super) fn absorb(writer: &mut Writer, inner: Vec<Root>) -> Result<(), RunError> {
    for root in inner {
        forget_root(writer, &root.path)?;
    }
    Ok(())
}

fn take_over_forgotten(outer: &mut Root, inner: &Root) {
    let whole = named(&inner.path);
    let prefix = printable(whole.strip_prefix(named(&outer.path)).unwrap_or(Path::new("")));
    // A root that is a file holds it by its name, which the prefix ends in already.
    let is_file = whole.is_file();
    let here = |path: &str| {
        if is_file || path.is_empty() { prefix.clone() } else { format!("{prefix}/{path}") }
    };
    let forgotten = &mut outer.forgotten;
    forgotten.paths.extend(inner.forgotten.paths.iter().map(|it| here(it)));
    forgotten.paths.sort();
    forgotten.paths.dedup();
    let there = inner.forgotten.ids.iter().map(|(id, path)| ForgottenElsewhere {
        id: id.clone(),
        root_id: root_id(&inner.path),
        path_there: path.clone(),
        path: here(path),
    });
    let further = inner.forgotten.elsewhere.iter();
    let further = further.map(|it| ForgottenElsewhere { path: here(&it.path), ..it.clone() });
    for article in there.chain(further) {
        if !forgotten.elsewhere.contains(&article) {
            forgotten.elsewhere.push(article);
        }
    }
}
