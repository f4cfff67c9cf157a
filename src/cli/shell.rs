//! Help, completions, the manual page, licences: all from the same definitions.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use morgue::present::manual::manual;

use super::Cli;
use super::failure::{Failure, Outcome};
use super::terminal::{self, Output};

/// Printed by `--licenses`.
pub(super) const LICENSES: &str = concat!(
    include_str!("../../THIRD-PARTY.md"),
    "\n",
    include_str!("../../LICENSE-MIT"),
    "\n",
    include_str!("../../LICENSE-APACHE")
);

/// The pages of the manual, by the topic they are asked for.
const PAGES: &[(&str, &str)] = &[
    ("queries", include_str!("../../docs/queries.md")),
    ("coming-from", include_str!("../../docs/coming-from.md")),
];

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Help {
    /// `queries`, `coming-from`, or a command
    pub(super) topic: Vec<String>,
}

pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "morgue", &mut out);
    io::stdout().lock().write_all(&out)?;
    Ok(Outcome::Found)
}

#[derive(Debug, Args)]
pub(super) struct ManualPages {
    /// The command; without one the page of morgue itself
    command: Option<String>,
    /// Write all pages to this folder instead: `morgue.1`, `morgue-search.1`, ...
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    to: Option<PathBuf>,
}

pub(super) fn man(arguments: &ManualPages) -> Result<Outcome, Failure> {
    let mut root = Cli::command();
    root.build();
    let mut pages: Vec<clap::Command> =
        root.get_subcommands().filter(|it| !it.is_hide_set()).cloned().collect();
    let page = |command: clap::Command| -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        clap_mangen::Man::new(command).render(&mut out)?;
        Ok(out)
    };
    if let Some(folder) = &arguments.to {
        std::fs::create_dir_all(folder)?;
        pages.insert(0, root);
        for command in pages {
            let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
            std::fs::write(folder.join(format!("{name}.1")), page(command)?)?;
        }
        return Ok(Outcome::Found);
    }
    let command = match &arguments.command {
        None => root,
        Some(name) => {
            let known = pages.into_iter().find(|it| it.get_name() == name);
            known.ok_or_else(|| no_such_command("manual page", name))?
        }
    };
    io::stdout().lock().write_all(&page(command)?)?;
    Ok(Outcome::Found)
}

fn no_such_command(what: &str, name: &str) -> Failure {
    Failure::question(
        anyhow::anyhow!("no {what} for `{name}`"),
        "`morgue help` lists the commands; `morgue help queries` is the query language",
    )
}

pub(super) fn help(arguments: &Help) -> Result<Outcome, Failure> {
    let mut root = Cli::command();
    root.build();
    let topic = arguments.topic.first().map(String::as_str);
    if let Some((_, page)) = PAGES.iter().find(|it| topic == Some(it.0)) {
        let mut out = Output::new(true);
        out.write_all(manual(page, terminal::style()).as_bytes())?;
        out.finish()?;
        return Ok(Outcome::Found);
    }
    match topic {
        Some(name) => {
            let Some(command) = root.find_subcommand_mut(name) else {
                return Err(no_such_command("help", name));
            };
            write!(io::stdout().lock(), "{}", command.render_long_help())?;
        }
        None => write!(io::stdout().lock(), "{}", root.render_help())?,
    }
    Ok(Outcome::Found)
}
