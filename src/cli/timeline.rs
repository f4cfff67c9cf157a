//! `morgue timeline`: how many articles over time, of one query or several.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use morgue::date::Step;
use morgue::present::timeline::{timeline_json, timeline_table, timeline_text};
use morgue::search::Local;

use super::count::head_of;
use super::failure::{Failure, Outcome};
use super::options::{self, Question};
use super::search::note_capped;
use super::terminal::{self, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
    /// Another query beside it
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    vs: Vec<String>,
    /// How long a period is; without it one that suits the range
    #[arg(long, value_enum, value_name = "PERIOD")]
    per: Option<Length>,
    /// The output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Length {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A chart
    Text,
    /// One JSON object
    Json,
    /// A table: a row a query and period
    Csv,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let Arguments { question, vs, per, format } = arguments;
    let (text, shell) = question.text()?;
    question.conditions.request(text.clone(), shell.clone(), None)?;
    for other in &vs {
        question.conditions.request(other.clone(), Vec::new(), None)?;
    }
    let (index, under) = options::open(index, &question.conditions)?;
    let local = Local::new(index);
    let conditions = &question.conditions;
    let mut requests = vec![conditions.asked(text, shell, under.clone(), &local)?];
    for other in vs {
        requests.push(conditions.asked(other, Vec::new(), under.clone(), &local)?);
    }
    let timeline = local.timeline(&requests, per.map(Step::from))?;
    let heads = requests
        .into_iter()
        .map(|request| head_of(&local, request))
        .collect::<Result<Vec<_>, _>>()?;
    let style = terminal::style();
    let mut out = Output::new(format == Form::Text);
    match format {
        Form::Text => out.write_all(timeline_text(&timeline, &heads, style).as_bytes())?,
        Form::Json => timeline_json(&timeline, &heads, &mut out)?,
        Form::Csv => {
            for problem in heads.iter().flat_map(|it| &it.problems) {
                let message = morgue::present::sanitize::line(&problem.message);
                writeln!(io::stderr().lock(), "note: {message}")?;
            }
            for head in &heads {
                note_capped("", &head.capped)?;
            }
            timeline_table(&timeline, &heads, style, &mut out)?;
        }
    }
    out.finish()?;
    Ok(Outcome::from(heads.iter().any(|it| it.total > 0)))
}

impl From<Length> for Step {
    fn from(length: Length) -> Self {
        match length {
            Length::Day => Self::Day,
            Length::Week => Self::Week,
            Length::Month => Self::Month,
            Length::Quarter => Self::Quarter,
            Length::Year => Self::Year,
            Length::Decade => Self::Decade,
        }
    }
}
