//! `morgue batch`: many queries, one after the other, in one process.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use morgue::present::batch::{CountsForm, CountsTable};
use morgue::present::{RenderContext, Renderer, sanitize};
use morgue::search::{Backend, Local};

use super::failure::{Failure, Outcome};
use super::options::{self, Conditions};
use super::search::{Counting, Listing, note_capped, roots};
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The queries, a line each: `id<TAB>query`; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    conditions: Conditions,
    /// A table instead of hits: the articles of each query, and the first and last date among them (text, csv, json, jsonl)
    #[arg(long)]
    counts: bool,
    #[command(flatten)]
    listing: Listing,
}

/// A query of the file.
struct Line<'a> {
    number: usize,
    id: String,
    query: &'a str,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { file, conditions, counts, listing } = arguments;
    let renderer = listing.renderer()?;
    let form = if counts { Some(counts_form(renderer)?) } else { None };
    let bytes = read(&file)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    // Options that are wrong are wrong for every line.
    conditions.request("*".to_owned(), Vec::new(), None)?;
    let (index, under) = options::open(index, &conditions)?;
    let roots = roots(&index);
    let local = Local::new(index);
    let (style, mut out) = (terminal::style(), Output::new(renderer.name() == "text"));
    let mut table = form.map(CountsTable::new);
    if let Some(table) = &mut table {
        table.begin(&mut out)?;
    }
    let (mut total, mut bad, mut lines, mut continued) = (0, 0_u64, 0_u64, false);
    for (number, line) in bytes.split(|it| *it == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        lines += 1;
        let read = read_line(number + 1, line).and_then(|line| {
            let request =
                conditions.asked(line.query.to_owned(), Vec::new(), under.clone(), &local)?;
            Ok((line, request))
        });
        let (line, mut request) = match read {
            Ok(read) => read,
            Err(failure) => {
                bad += 1;
                writeln!(io::stderr().lock(), "line {}: left out", number + 1)?;
                failure.print(&mut io::stderr().lock());
                continue;
            }
        };
        if counts || !matches!(renderer.name(), "text" | "json") {
            for problem in &request.problems {
                let message = sanitize::line(&problem.message);
                writeln!(io::stderr().lock(), "{}note: {message}", named(&line))?;
            }
        }
        if let Some(table) = &mut table {
            let extent = local.extent(&request)?;
            total += extent.total;
            if extent.at_least {
                note_capped(&named(&line), &local.capped(&request))?;
            }
            table.row(&line.id, line.query, &extent, style, &mut out)?;
            continue;
        }
        listing.apply(&mut request, renderer, conditions.plain);
        if renderer.name() == "csv" {
            request.passages = request.passages.min(1);
        }
        let named = named(&line);
        let context = RenderContext { query_id: Some(line.id), continued, roots: roots.clone() };
        let mut rendering = renderer.begin(&mut out, style, context);
        let mut counting = Counting::new(&mut *rendering);
        local.search(&request, &mut counting)?;
        let Counting { total: found, capped, .. } = counting;
        total += found;
        rendering.end()?;
        if !matches!(renderer.name(), "text" | "json") {
            note_capped(&named, &capped)?;
        }
        continued = true;
    }
    if let Some(table) = table {
        table.end(&mut out)?;
    }
    out.finish()?;
    if bad > 0 {
        return Err(Failure::wrong(format!(
            "{bad} of {lines} queries left out; the others were run"
        )));
    }
    Ok(Outcome::from(total > 0))
}

/// What stands before a note on a query.
fn named(line: &Line<'_>) -> String {
    format!("line {} ({}): ", line.number, sanitize::line(&line.id))
}

fn counts_form(renderer: &dyn Renderer) -> Result<CountsForm, Failure> {
    CountsForm::find(renderer.name()).ok_or_else(|| {
        Failure::question(
            anyhow::anyhow!(
                "`--counts` is no run of hits: there is no `{}` of it",
                renderer.name()
            ),
            "there are text, csv, json, jsonl",
        )
    })
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file).map_err(|error| {
        Failure::question(
            anyhow::Error::from(error).context(format!("cannot read `{}`", file.display())),
            "give a file with a query a line: `id<TAB>query`",
        )
    })
}

fn read_line(number: usize, line: &[u8]) -> Result<Line<'_>, Failure> {
    let text = std::str::from_utf8(line).map_err(|_| {
        Failure::question(anyhow::anyhow!("it is not UTF-8"), "save the file as UTF-8")
    })?;
    let (id, query) = match text.split_once('\t') {
        Some((id, query)) if !id.trim().is_empty() => (id.trim().to_owned(), query.trim()),
        // A line that is only a query goes by its number.
        Some((_, query)) => (number.to_string(), query.trim()),
        None => (number.to_string(), text.trim()),
    };
    if query.is_empty() {
        return Err(Failure::question(
            anyhow::anyhow!("`{id}` asks nothing"),
            "a line is `id<TAB>query`; `*` is every article",
        ));
    }
    Ok(Line { number, id, query })
}
