//! Help, completions, the manual page, licences: all from the same definitions.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::failure::{Failure, Outcome};
use super::terminal::Output;

/// Printed by `--licenses`.
pub(super) const LICENSES: &str = concat!(
    include_str!("../../THIRD-PARTY.md"),
    "\n",
    include_str!("../../LICENSE-MIT"),
    "\n",
    include_str!("../../LICENSE-APACHE")
);

const QUERIES: &str = include_str!("../../docs/queries.md");

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Help {
    /// `queries`, or a command
    pub(super) topic: Vec<String>,
}

pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "morgue", &mut out);
    io::stdout().lock().write_all(&out)?;
    Ok(Outcome::Found)
}

pub(super) fn man() -> Result<Outcome, Failure> {
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out)?;
    io::stdout().lock().write_all(&out)?;
    Ok(Outcome::Found)
}

pub(super) fn help(arguments: &Help) -> Result<Outcome, Failure> {
    let mut root = Cli::command();
    root.build();
    match arguments.topic.first().map(String::as_str) {
        Some("queries") => {
            let mut out = Output::new(true);
            out.write_all(QUERIES.as_bytes())?;
            out.finish()?;
        }
        Some(name) => {
            let Some(command) = root.find_subcommand_mut(name) else {
                return Err(Failure::question(
                    anyhow::anyhow!("no help for `{name}`"),
                    "`morgue help` lists the commands; `morgue help queries` is the query language",
                ));
            };
            write!(io::stdout().lock(), "{}", command.render_long_help())?;
        }
        None => write!(io::stdout().lock(), "{}", root.render_help())?,
    }
    Ok(Outcome::Found)
}
