//! `morgue batch`: many queries, one after the other, in one process.

use std::io::{self, Read};
use std::path::PathBuf;

use clap::Args;
use morgue::present::RenderContext;
use morgue::search::{Backend, Local};

use super::failure::{Failure, Outcome};
use super::options::{self, Conditions};
use super::search::{Counting, Listing, roots};
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The queries, a line each: `id<TAB>query`; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    listing: Listing,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { file, conditions, listing } = arguments;
    let renderer = listing.renderer()?;
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(&file).map_err(|error| {
            Failure::question(
                anyhow::Error::from(error).context(format!("cannot read `{}`", file.display())),
                "give a file with a query a line: `id<TAB>query`",
            )
        })?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (index, under) = options::open(index, &conditions)?;
    let roots = roots(&index);
    let local = Local::new(index);
    let mut out = Output::new(renderer.name() == "text");
    let mut total = 0;
    let mut continued = false;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (id, query) = match line.split_once('\t') {
            Some((id, query)) => (id.trim().to_owned(), query.trim()),
            // A line that is only a query goes by its number.
            None => ((number + 1).to_string(), line.trim()),
        };
        let mut request = conditions.request(query.to_owned(), Vec::new(), under.clone())?;
        listing.apply(&mut request, renderer);
        if matches!(renderer.name(), "trec" | "csv") {
            request.passages = if renderer.name() == "trec" { 0 } else { request.passages.min(1) };
        }
        let context = RenderContext { query_id: Some(id), continued, roots: roots.clone() };
        let mut rendering = renderer.begin(&mut out, terminal::style(), context);
        let mut counting = Counting { inner: &mut *rendering, total: 0 };
        local.search(&request, &mut counting)?;
        total += counting.total;
        rendering.end()?;
        continued = true;
    }
    out.finish()?;
    Ok(Outcome::from(total > 0))
}
