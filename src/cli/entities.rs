//! `morgue entities`: who, which organizations and which places the articles of a query name.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use morgue::article::EntityKind;
use morgue::normalize::entities::countries::country;
use morgue::present::entities::{Listed, names_json, names_table, names_text};
use morgue::search::{Local, Merge};

use super::failure::{Failure, Outcome};
use super::options::{self, Question};
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
    /// Only names that stand in one article with this one; given twice: with both
    #[arg(long, value_name = "NAME")]
    with: Vec<String>,
    /// Only these: people, organizations, places
    #[arg(long, value_enum, value_name = "KIND,...", value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Keep names apart that differ in hyphens, full stops or a firm's legal form
    #[arg(long)]
    no_merge: bool,
    /// Names a kind at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// All names
    #[arg(long)]
    all: bool,
    /// The output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    People,
    Organizations,
    Places,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A list a kind
    Text,
    /// One JSON object
    Json,
    /// A table: a row a name
    Csv,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { question, with, kind, no_merge, limit, all, format } = arguments;
    let (text, shell) = question.text_if_any()?;
    question.conditions.request(text.clone(), shell.clone(), None)?;
    let (index, under) = options::open(index, &question.conditions)?;
    let local = Local::new(index);
    let mut request = question.conditions.asked(text, shell, under, &local)?;
    request.filters.extend(with.iter().map(|it| options::name_query("entity", it)));
    if format == Form::Csv {
        for problem in &request.problems {
            let message = morgue::present::sanitize::line(&problem.message);
            writeln!(io::stderr().lock(), "note: {message}")?;
        }
    }
    let kinds: Vec<EntityKind> =
        KINDS.iter().filter(|it| kind.is_empty() || kind.contains(&it.0)).map(|it| it.1).collect();
    let merge = if no_merge { Merge::Nothing } else { Merge::Alike };
    let mut names = local.names(&request, &kinds, merge)?;
    for name in &with {
        names.leave_out(name);
    }
    for place in names.names.iter_mut().filter(|it| it.kind == EntityKind::Place) {
        place.country = country(&place.name);
    }
    let listed = Listed {
        request: &request,
        with: &with,
        names: &names,
        kinds: &kinds,
        limit: if all { usize::MAX } else { limit },
    };
    let mut out = Output::new(format == Form::Text);
    match format {
        Form::Text => out.write_all(names_text(&listed, terminal::style()).as_bytes())?,
        Form::Json => names_json(&listed, &mut out)?,
        Form::Csv => names_table(&listed, terminal::style(), &mut out)?,
    }
    out.finish()?;
    Ok(Outcome::from(!names.names.is_empty()))
}

const KINDS: [(Kind, EntityKind); 3] = [
    (Kind::People, EntityKind::Person),
    (Kind::Organizations, EntityKind::Organization),
    (Kind::Places, EntityKind::Place),
];
