//! `morgue count`: the number alone.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use morgue::search::Local;

use super::failure::{Failure, Outcome};
use super::options::{self, Question};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    question: Question,
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let question = arguments.question;
    let (text, shell) = question.text()?;
    question.conditions.request(text.clone(), shell.clone(), None)?;
    let (index, under) = options::open(index, &question.conditions)?;
    let request = question.conditions.request(text, shell, under)?;
    for problem in &request.problems {
        writeln!(
            io::stderr().lock(),
            "note: {}",
            morgue::present::sanitize::line(&problem.message)
        )?;
    }
    let count = Local::new(index).count(&request)?;
    writeln!(io::stdout().lock(), "{count}")?;
    Ok(Outcome::from(count > 0))
}
