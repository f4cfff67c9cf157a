//! `morgue search`.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use morgue::index::Index;
use morgue::present::json::to_line;
use morgue::present::standing::{StandingSeen, standing_text};
use morgue::present::{RenderContext, Renderer, capped_in_words, find};
use morgue::search::{Backend, Capped, Head, Hit, Local, Purpose, Request, ResultSink};

use super::failure::{Failure, Outcome};
use super::options::{self, Counts, Order, Question};
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    listing: Listing,
    /// Say why this article stands where it does instead of listing: its place, and the parts of its score
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    #[command(flatten)]
    counts: Counts,
}

/// How hits are listed.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Listing {
    /// The output: text, json, jsonl, csv, trec
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// Hits at most; 0 gives the counts alone
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to leave out first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// All hits
    #[arg(long)]
    all: bool,
    /// The order
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// Passages a hit at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    passages: usize,
    /// Order by the words of the first ten articles too (relevance feedback); what is found stays the same
    #[arg(long)]
    feedback: bool,
    /// Show every copy of a text as a hit of its own
    #[arg(long)]
    copies: bool,
    /// Say how long it took, on standard error
    #[arg(long)]
    stats: bool,
}

impl Listing {
    pub(super) fn renderer(&self) -> Result<&'static dyn Renderer, Failure> {
        find(&self.format).ok_or_else(|| {
            let known: Vec<_> = morgue::present::RENDERERS.iter().map(|it| it.name()).collect();
            Failure::question(
                anyhow::anyhow!("no output `{}`", self.format),
                format!("there are {}", known.join(", ")),
            )
        })
    }

    pub(super) fn apply(&self, request: &mut Request, renderer: &dyn Renderer, plain: bool) {
        request.limit = if self.all { None } else { Some(self.limit) };
        request.offset = self.offset;
        request.sort = self.sort.into();
        request.passages = self.passages;
        request.purpose = match (renderer.is_a_run(), plain) {
            (false, _) => Purpose::Reading,
            (true, false) => Purpose::Run,
            (true, true) => Purpose::FullRun,
        };
        request.feedback = self.feedback;
        request.copies = self.copies || renderer.every_copy_is_a_hit();
    }
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let begun = std::time::Instant::now();
    let Arguments { question, listing, explain, counts } = arguments;
    let renderer = listing.renderer()?;
    let facets = counts.options()?;
    if !facets.fields.is_empty() && !matches!(renderer.name(), "text" | "json") {
        return Err(Failure::question(
            anyhow::anyhow!(
                "`--format {}` has a row a hit, and none for `--facets`",
                renderer.name()
            ),
            "`morgue count QUERY --facets FIELD --format csv` gives them as a table",
        ));
    }
    let (text, shell) = question.text()?;
    // A wrong question is told before an index is looked for.
    question.conditions.request(text.clone(), shell.clone(), None)?;
    let (index, under) = options::open(index, &question.conditions)?;
    let context = RenderContext { roots: roots(&index), ..RenderContext::default() };
    let local = Local::new(index);
    let mut request = question.conditions.asked(text, shell, under, &local)?;
    listing.apply(&mut request, renderer, question.conditions.plain);
    request.facets = facets;
    if question.conditions.explain_query {
        return options::explain(&local, &request, renderer.name());
    }
    if let Some(id) = explain {
        return standing(&local, &request, &id, renderer.name());
    }
    let mut out = Output::new(renderer.name() == "text");
    let mut rendering = renderer.begin(&mut out, terminal::style(), context);
    let mut counting = Counting::new(&mut *rendering);
    local.search(&request, &mut counting)?;
    let Counting { total, capped, .. } = counting;
    rendering.end()?;
    drop(rendering);
    out.finish()?;
    if !matches!(renderer.name(), "text" | "json") {
        note_capped("", &capped)?;
    }
    if listing.stats {
        writeln!(io::stderr().lock(), "{:.1} ms", begun.elapsed().as_secs_f64() * 1000.0)?;
    }
    Ok(Outcome::from(total > 0))
}

/// Why an article stands where it does; found is that it is in the list.
fn standing(local: &Local, request: &Request, id: &str, format: &str) -> Result<Outcome, Failure> {
    let Some(article) = super::show::find(local.index(), id)? else {
        return Ok(Outcome::from(false));
    };
    let Some(standing) = local.standing(request, &article.id)? else {
        return Ok(Outcome::from(false));
    };
    let mut out = Output::new(format == "text");
    match format {
        "text" => out.write_all(standing_text(&article, &standing).as_bytes())?,
        "json" => writeln!(out, "{}", to_line(&StandingSeen::new(&article, &standing))?)?,
        other => {
            return Err(Failure::question(
                anyhow::anyhow!("no output `{other}` for `--explain`"),
                "there are text and json",
            ));
        }
    }
    out.finish()?;
    Ok(Outcome::from(standing.rank.is_some()))
}

/// The absolute path of every root, by the root as it was given.
pub(super) fn roots(index: &Index) -> BTreeMap<String, String> {
    index.summary.roots.iter().map(|it| (it.given.clone(), it.path.clone())).collect()
}

/// Passes results on and remembers the total, for the exit code, and what makes it a lower bound.
pub(super) struct Counting<'a> {
    inner: &'a mut dyn ResultSink,
    pub(super) total: u64,
    pub(super) capped: Vec<Capped>,
}

impl<'a> Counting<'a> {
    pub(super) fn new(inner: &'a mut dyn ResultSink) -> Self {
        Self { inner, total: 0, capped: Vec::new() }
    }
}

/// Says on standard error that a count is a lower bound, where the output has no place for it.
pub(super) fn note_capped(lead: &str, capped: &[Capped]) -> io::Result<()> {
    if capped.is_empty() {
        return Ok(());
    }
    let forms = capped_in_words(capped);
    writeln!(
        io::stderr().lock(),
        "{lead}note: at least so many: {forms} are looked at, the most frequent ones"
    )
}

impl ResultSink for Counting<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        self.total = head.total;
        self.capped.clone_from(&head.capped);
        self.inner.head(head)
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        self.inner.hit(hit)
    }
}
