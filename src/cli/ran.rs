//! What a run of `morgue index` did, in a line, and what it left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use morgue::index::catalog::RootOptions;
use morgue::ingest::printable;
use morgue::pipeline::Report;
use morgue::present::sanitize;

/// So many places that could not be read are named; `morgue status --failed` lists them.
const MOST_NAMED: usize = 20;

/// Says what a run did.
pub(super) fn say(out: &mut dyn Write, path: &Path, report: &Report) -> io::Result<()> {
    let path = printable(path);
    let path = sanitize::line(&path);
    let mut line = format!(
        "{path}: {} {} from {} {}",
        report.articles,
        plural(report.articles, "article"),
        report.read,
        plural(report.read, "file")
    );
    // Writing to a string cannot fail.
    if report.kept > 0 {
        let _ = write!(line, " · {} as before", report.kept);
    }
    if report.unchanged > 0 {
        let _ = write!(line, " · {} unchanged", report.unchanged);
    }
    if report.moved > 0 {
        let _ = write!(line, " · {} renamed", report.moved);
    }
    if report.removed > 0 {
        let _ = write!(line, " · {} gone", report.removed);
    }
    if report.interrupted {
        let partly = if report.partly { " and in the middle of the next" } else { "" };
        let _ = write!(
            line,
            " · stopped after {} of {} files{partly}; `morgue index` goes on from there",
            report.done, report.files
        );
    }
    writeln!(out, "{line}")?;
    if let Some((file, count)) = &report.names {
        let file = printable(file);
        let file = sanitize::line(&file);
        writeln!(out, "names: {count} from `{file}`")?;
    }
    let list = |counts: &BTreeMap<String, u64>| {
        counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
    };
    if !report.left_out.is_empty() {
        writeln!(out, "left out: {} (`morgue status --failed` says why)", list(&report.left_out))?;
    }
    not_read_yet(out, "", &report.not_read)?;
    if !report.passed_over.is_empty() {
        writeln!(out, "passed over: {}", list(&report.passed_over))?;
    }
    places(out, "cannot be looked at, nothing of it was dropped", &report.unreadable)?;
    places(out, "cannot be read, what the index has of it stays", &report.stale)?;
    if report.clashes > 0 {
        writeln!(out, "{} ids were claimed twice; the later ones got a number", report.clashes)?;
    }
    say_corrections(out, report, true)
}

/// Lines of a file of corrections that cannot be read are named so far.
const BROKEN_SHOWN: usize = 10;

/// How a file of corrections was used; and what of it was not.
pub(super) fn say_corrections(
    out: &mut dyn Write,
    report: &Report,
    with_count: bool,
) -> io::Result<()> {
    let Some(corrections) = &report.corrections else { return Ok(()) };
    let path = printable(&corrections.path);
    let path = sanitize::line(&path);
    let (count, unfit) = (corrections.count, corrections.unfit);
    if with_count {
        writeln!(out, "corrections of {count} {} in `{path}`", plural(count, "article"))?;
    }
    for broken in corrections.broken.iter().take(BROKEN_SHOWN) {
        let reason = sanitize::line(&broken.reason);
        writeln!(out, "`{path}`, line {} says nothing: {reason}", broken.line)?;
    }
    if let Some(more) = corrections.broken.len().checked_sub(BROKEN_SHOWN).filter(|it| *it > 0) {
        writeln!(out, "`{path}`: {more} more such lines")?;
    }
    if unfit > 0 {
        let mut named = corrections.unfit_shown.join(", ");
        if !named.is_empty() && corrections.unfit_shown.len() as u64 != unfit {
            named.push_str(", ...");
        }
        let colon = if named.is_empty() { "" } else { ": " };
        let named = sanitize::line(&named);
        writeln!(out, "{unfit} of them fit no article of the index any more{colon}{named}")?;
    }
    Ok(())
}

fn places(out: &mut dyn Write, what: &str, places: &[(String, String)]) -> io::Result<()> {
    for (at, reason) in places.iter().take(MOST_NAMED) {
        writeln!(out, "{what}: `{}`: {reason}", sanitize::line(at))?;
    }
    let more = places.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        writeln!(out, "{what}: {more} more (`morgue status --failed` lists them)")?;
    }
    Ok(())
}

/// Kinds of files that are not read yet, the most frequent first, a line each.
pub(super) fn not_read_yet(
    out: &mut dyn Write,
    indent: &str,
    counts: &BTreeMap<String, u64>,
) -> io::Result<()> {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted
        .iter()
        .try_for_each(|(kind, count)| writeln!(out, "{indent}{kind}: not read yet, {count}"))
}

/// The options that a path is read with, as they are typed, one each.
pub(super) fn options_typed(options: &RootOptions) -> Vec<String> {
    let pairs = [("--map", &options.map), ("--set", &options.set)];
    let mut typed: Vec<String> = pairs
        .iter()
        .flat_map(|(name, pairs)| pairs.iter().map(move |it| format!("{name} {}={}", it.0, it.1)))
        .collect();
    typed.extend(options.encoding.iter().map(|it| format!("--encoding {it}")));
    typed.extend(options.no_entities.then(|| "--no-entities".to_owned()));
    typed.extend(options.names.iter().map(|it| format!("--names {it}")));
    typed.iter().map(|it| sanitize::line(it).into_owned()).collect()
}

pub(super) fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
