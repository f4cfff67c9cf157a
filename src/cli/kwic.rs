//! `morgue kwic`: every occurrence on a line of its own, with what stands around it.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use morgue::present::kwic::{Kwic, KwicForm};
use morgue::search::{ConcordanceOptions, LineKey, Local, Scratch};

use super::count::head_of;
use super::failure::{Failure, Outcome};
use super::options::{self, Question};
use super::search::note_capped;
use super::terminal::{self, Output};

/// Characters of context where no terminal sets a limit.
const WIDTH: usize = 60;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
    /// Characters before the match, and after it
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Sort by the words beside the match (L1 to L9, R1 to R9), node, date, source, author
    #[arg(long, value_name = "KEY,...", value_delimiter = ',')]
    sort: Vec<String>,
    /// Only so many lines, drawn at random
    #[arg(long, value_name = "N")]
    sample: Option<u64>,
    /// What the drawing begins with: the same seed draws the same lines
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Lines at most
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Give the lines of every copy of a text
    #[arg(long)]
    copies: bool,
    /// The output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Aligned lines
    Text,
    /// A table with tabs
    Tsv,
    /// A table for spreadsheets
    Csv,
    /// One JSON object
    Json,
    /// JSON, one line an occurrence
    Jsonl,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { question, width, sort, sample, seed, limit, copies, format } = arguments;
    let mut keys = Vec::new();
    for name in &sort {
        keys.push(LineKey::find(name).ok_or_else(|| {
            Failure::question(
                anyhow::anyhow!("no order `{name}`"),
                "lines are sorted by L1 to L9, R1 to R9, node, date, source, author",
            )
        })?);
    }
    let (text, shell) = question.text()?;
    question.conditions.request(text.clone(), shell.clone(), None)?;
    let (index, under) = options::open(index, &question.conditions)?;
    let local = Local::new(index);
    let mut request = question.conditions.asked(text, shell, under, &local)?;
    // As in lists: tables have a row for every copy.
    request.copies = copies || matches!(format, Form::Tsv | Form::Csv | Form::Jsonl);
    let head = head_of(&local, request.clone())?;
    if matches!(format, Form::Tsv | Form::Csv | Form::Jsonl) {
        for problem in &head.problems {
            let message = morgue::present::sanitize::line(&problem.message);
            writeln!(std::io::stderr().lock(), "note: {message}")?;
        }
        note_capped("", &head.capped)?;
    }
    let total = head.total;
    let style = terminal::style();
    let characters = width.unwrap_or(if format == Form::Text { style.width } else { WIDTH });
    let sample = sample.map(|it| (it, seed));
    let options = ConcordanceOptions { width: characters, sort: keys, sample, limit };
    let mut out = Output::new(format == Form::Text);
    let form = match format {
        Form::Text => KwicForm::Text,
        Form::Tsv => KwicForm::Tsv,
        Form::Csv => KwicForm::Csv,
        Form::Json => KwicForm::Json,
        Form::Jsonl => KwicForm::JsonLines,
    };
    let mut kwic = Kwic::new(&mut out, head, form, style, width);
    // The file has no name, so nobody else can open it, and it is gone when the program is.
    let scratch = || Ok(Box::new(tempfile::tempfile()?) as Box<dyn Scratch>);
    local.concordance(&request, &options, &scratch, &mut kwic)?;
    kwic.end()?;
    out.finish()?;
    Ok(Outcome::from(total > 0))
}
