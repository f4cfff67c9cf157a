//! `morgue count`: the number alone, and counts by field.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use morgue::present::facets::{facet_table, facet_text};
use morgue::present::json::{SearchHead, to_line};
use morgue::present::{Style, problem_lines};
use morgue::search::{Backend, Counted, Head, Hit, Local, Request, ResultSink, Sort};

use super::failure::{Failure, Outcome};
use super::options::{self, Counts, Question};
use super::search::note_capped;
use super::terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    counts: Counts,
    /// The output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The number, and a line a field
    Text,
    /// One JSON object, as `search` has it without hits
    Json,
    /// A table: a row a value, or the number
    Csv,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { question, counts, format } = arguments;
    let facets = counts.options()?;
    let (text, shell) = question.text()?;
    question.conditions.request(text.clone(), shell.clone(), None)?;
    let (index, under) = options::open(index, &question.conditions)?;
    let local = Local::new(index);
    let mut request = question.conditions.asked(text, shell, under, &local)?;
    request.facets = facets;
    if question.conditions.explain_query {
        let name = if format == Form::Json { "json" } else { "text" };
        return options::explain(&local, &request, name);
    }
    if format != Form::Json {
        for problem in &request.problems {
            let lines = problem_lines(&request.text, problem, Style::default());
            io::stderr().lock().write_all(lines.as_bytes())?;
        }
    }
    let mut out = io::stdout().lock();
    if request.facets.fields.is_empty() && format != Form::Json {
        let Counted { articles, capped } = local.counted(&request)?;
        if format == Form::Csv {
            writeln!(out, "articles")?;
        }
        writeln!(out, "{articles}")?;
        note_capped("", &capped)?;
        return Ok(Outcome::from(articles > 0));
    }
    let head = head_of(&local, request)?;
    if format != Form::Json {
        note_capped("", &head.capped)?;
    }
    match format {
        Form::Text => {
            writeln!(out, "{}", head.total)?;
            out.write_all(facet_text(&head.facets, terminal::style()).as_bytes())?;
        }
        Form::Json => writeln!(out, "{}", to_line(&SearchHead::new(&head, None))?)?,
        Form::Csv => facet_table(&head.facets, terminal::style(), &mut out)?,
    }
    Ok(Outcome::from(head.total > 0))
}

/// What holds for all hits, and no hit; nothing is relaxed.
pub(super) fn head_of(local: &Local, request: Request) -> Result<Head, Failure> {
    struct Keep(Head);
    impl ResultSink for Keep {
        fn head(&mut self, head: &Head) -> io::Result<()> {
            self.0 = head.clone();
            Ok(())
        }
        fn hit(&mut self, _hit: &Hit) -> io::Result<ControlFlow<()>> {
            Ok(ControlFlow::Break(()))
        }
    }
    let mut kept = Keep(Head::default());
    let request = Request { limit: Some(0), sort: Sort::Oldest, ..request };
    local.search(&request, &mut kept)?;
    Ok(kept.0)
}
