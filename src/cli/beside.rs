//! What `morgue status` says of a root beside its files: what was passed over, could not be looked at, was forgotten.

use std::collections::BTreeMap;
use std::io::{self, Write};

use morgue::index::catalog::{FileEntry, Root};
use morgue::present::sanitize;
use serde_json::{Value, json};

use super::ran::plural;
use super::status::counts;

/// So much of what was forgotten is listed for people; the JSON lists all.
const MOST_LISTED: usize = 20;

/// What stands below the line of a root.
pub(super) fn say(out: &mut dyn Write, root: &Root) -> io::Result<()> {
    let beside = &root.beside;
    if !beside.passed_over.is_empty() {
        writeln!(out, "  passed over: {}", counts(&beside.passed_over))?;
    }
    let unreadable = beside.unreadable.len() as u64 + beside.unreadable_besides;
    if unreadable > 0 {
        let places = plural(unreadable, "place");
        writeln!(
            out,
            "  could not be looked at: {unreadable} {places} (`morgue status --failed` says why)"
        )?;
    }
    let forgotten: Vec<_> = forgotten_lines(root).collect();
    for line in forgotten.iter().take(MOST_LISTED) {
        writeln!(out, "  forgotten: {}", sanitize::line(line))?;
    }
    let more = forgotten.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        writeln!(out, "  forgotten: {more} more (`--format json` lists them)")?;
    }
    Ok(())
}

/// The places below a root that could not be looked at, for `--failed`; says whether there are any.
pub(super) fn say_unreadable(out: &mut dyn Write, root: &Root) -> io::Result<bool> {
    let beside = &root.beside;
    for (at, reason) in &beside.unreadable {
        let at = if at.is_empty() { &root.given } else { at };
        writeln!(out, "{}: could not be looked at: {reason}", sanitize::line(at))?;
    }
    if beside.unreadable_besides > 0 {
        let given = sanitize::line(&root.given);
        let more = beside.unreadable_besides;
        writeln!(out, "{given}: {more} more places could not be looked at")?;
    }
    Ok(!beside.unreadable.is_empty())
}

/// The same for programs.
pub(super) fn unreadable(root: &Root) -> Vec<Value> {
    let places = root.beside.unreadable.iter();
    places.map(|(path, reason)| json!({ "path": path, "reason": reason })).collect()
}

/// What does not come back, for programs.
pub(super) fn forgotten(root: &Root) -> Value {
    let ids: Vec<_> = forgotten_ids(root).map(|it| it.0).collect();
    json!({ "paths": root.forgotten.paths, "ids": ids })
}

/// What was left out of a file beyond what is listed of it, by kind.
pub(super) fn listed_besides(file: &FileEntry) -> BTreeMap<String, u64> {
    let mut kinds = file.skipped_besides.clone();
    for (kind, count) in &file.not_read_besides {
        *kinds.entry(kind.clone()).or_default() += count;
    }
    kinds
}

fn forgotten_lines(root: &Root) -> impl Iterator<Item = String> {
    let paths = root.forgotten.paths.iter().cloned();
    paths.chain(forgotten_ids(root).map(|(id, path)| format!("{id} in {path}")))
}

fn forgotten_ids(root: &Root) -> impl Iterator<Item = (&str, &str)> {
    let here = root.forgotten.ids.iter().map(|(id, path)| (id.as_str(), path.as_str()));
    let elsewhere = root.forgotten.elsewhere.iter();
    here.chain(elsewhere.map(|it| (it.id.as_str(), it.path.as_str())))
}
