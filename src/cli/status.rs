//! `morgue status`: what is in the index.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use morgue::index::Index;
use morgue::present::coverage::{coverage_counts, coverage_text};
use morgue::present::sanitize;
use morgue::search::coverage::coverage;

use super::failure::{Failure, Outcome};
use super::ran::{not_read_yet, options_typed, plural};
use super::{beside, options, terminal, unknown};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// List what could not be read, with the reasons
    #[arg(long)]
    failed: bool,
    /// List the articles that lack this field: date, author, title, source, ...
    #[arg(long, value_name = "FIELD", conflicts_with = "failed")]
    unknown: Option<String>,
    /// The output: text or json; with `--unknown` also jsonl
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let is_list = arguments.unknown.is_some();
    let is_known = match arguments.format.as_str() {
        "text" | "json" => true,
        "jsonl" => is_list,
        _ => false,
    };
    if !is_known {
        let error = anyhow::anyhow!("no output `{}` here", arguments.format);
        let hint =
            if is_list { "there are text, json and jsonl" } else { "there are text and json" };
        return Err(Failure::question(error, hint));
    }
    let path = options::index_path(index, arguments.within.as_deref());
    let index = Index::open(&path)?;
    if let Some(field) = &arguments.unknown {
        return unknown::run(&index, field, &arguments.format);
    }
    let mut files = index.files()?;
    files.sort_by(|a, b| (&a.root, &a.path).cmp(&(&b.root, &b.path)));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let given = |root: &str| {
        let known = index.summary.roots.iter().find(|it| it.path == root);
        known.map_or_else(|| root.to_owned(), |it| it.given.clone())
    };
    if arguments.format == "json" {
        let mut object = serde_json::json!({
            "schema": 1,
            "index": path.display().to_string(),
            "articles": index.summary.articles,
            "files": index.summary.files,
            "languages": index.summary.languages,
            "roots": index.summary.roots.iter().map(|it| serde_json::json!({
                "given": it.given, "path": it.path, "language": it.language, "finished": it.finished,
                "passed_over": it.beside.passed_over, "unreadable": beside::unreadable(it),
                "forgotten": beside::forgotten(it),
            })).collect::<Vec<_>>(),
        });
        if !arguments.failed {
            let counted = coverage(&index)?;
            object["fields"] = serde_json::json!(coverage_counts(&counted));
        }
        if arguments.failed {
            object["failed"] = files
                .iter()
                .flat_map(|file| file.skipped.iter().map(move |skip| (file, skip)))
                .map(|(file, skip)| serde_json::json!({
                    "root": given(&file.root), "path": file.path, "inside": skip.inside, "record": skip.record,
                    "kind": skip.kind, "reason": skip.reason,
                }))
                .collect();
            // Of one file a thousand are listed; that there are more is said.
            object["failed_besides"] = files
                .iter()
                .map(|file| (file, beside::listed_besides(file)))
                .filter(|(_, kinds)| !kinds.is_empty())
                .map(|(file, kinds)| {
                    serde_json::json!({
                        "root": given(&file.root), "path": file.path, "kinds": kinds,
                    })
                })
                .collect();
        }
        writeln!(out, "{object}")?;
        out.flush()?;
        return Ok(Outcome::Found);
    }
    if arguments.failed {
        let mut found = false;
        for root in &index.summary.roots {
            found |= beside::say_unreadable(&mut out, root)?;
        }
        for file in &files {
            for skip in &file.skipped {
                found = true;
                let inside = skip.inside.as_ref().map_or_else(String::new, |it| format!("!{it}"));
                let record =
                    if skip.record > 0 { format!("#{}", skip.record) } else { String::new() };
                let line = format!("{}{inside}{record}: {}", file.path, skip.reason);
                writeln!(out, "{}", sanitize::line(&line))?;
            }
            let besides = beside::listed_besides(file);
            if !besides.is_empty() {
                let more = counts(&besides);
                let line = format!("{}: and more of the same: {more}", file.path);
                writeln!(out, "{}", sanitize::line(&line))?;
            }
        }
        out.flush()?;
        if !found {
            writeln!(io::stderr().lock(), "nothing failed: every file was read")?;
        }
        return Ok(Outcome::from(found));
    }
    let summary = &index.summary;
    writeln!(
        out,
        "{} {} from {} {} in `{}`",
        summary.articles,
        plural(summary.articles, "article"),
        summary.files,
        plural(summary.files, "file"),
        sanitize::line(&path.display().to_string())
    )?;
    if !summary.languages.is_empty() {
        writeln!(out, "languages: {}", counts(&summary.languages))?;
    }
    for root in &summary.roots {
        let mut formats: BTreeMap<String, u64> = BTreeMap::new();
        let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
        let mut not_read: BTreeMap<String, u64> = BTreeMap::new();
        let (mut count, mut articles) = (0_u64, 0_u64);
        for file in files.iter().filter(|it| it.root == root.path) {
            count += 1;
            articles += u64::from(file.articles);
            if file.articles > 0 {
                *formats.entry(file.kind.clone()).or_default() += 1;
            }
            for skip in &file.skipped {
                let counts = if skip.is_not_read_yet() { &mut not_read } else { &mut left_out };
                *counts.entry(skip.kind.clone()).or_default() += 1;
            }
            for (kind, count) in &file.skipped_besides {
                *left_out.entry(kind.clone()).or_default() += count;
            }
            for (kind, count) in &file.not_read_besides {
                *not_read.entry(kind.clone()).or_default() += count;
            }
        }
        let shown = sanitize::line(&root.given).into_owned();
        writeln!(
            out,
            "{shown}: {articles} {} from {count} {}",
            plural(articles, "article"),
            plural(count, "file")
        )?;
        if !formats.is_empty() {
            writeln!(out, "  files by format: {}", counts(&formats))?;
        }
        if !left_out.is_empty() {
            writeln!(out, "  left out: {} (`morgue status --failed` says why)", counts(&left_out))?;
        }
        not_read_yet(&mut out, "  ", &not_read)?;
        beside::say(&mut out, root)?;
        for option in options_typed(&root.options) {
            writeln!(out, "  {option}")?;
        }
        let seen = &root.corrections;
        if let Some(file) = &seen.named {
            writeln!(out, "  --corrections {}", sanitize::line(file))?;
        }
        if seen.count > 0 {
            let fit = match seen.unfit {
                0 => String::new(),
                unfit => format!(", {unfit} of them not in the index"),
            };
            writeln!(out, "  corrected: {} {}{fit}", seen.count, plural(seen.count, "article"))?;
        }
    }
    // The rest is counted over all articles, which takes longer than all that stands above.
    out.flush()?;
    if summary.articles > 0 {
        write!(out, "{}", coverage_text(&coverage(&index)?, terminal::style()))?;
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// Names with their counts, the most frequent first.
pub(super) fn counts(counts: &BTreeMap<String, u64>) -> String {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}
