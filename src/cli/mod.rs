//! The commands: the only place that knows arguments, the terminal, the environment and the clock.

mod arguments;
mod batch;
mod beside;
mod clock;
mod correct;
mod count;
mod entities;
mod extract;
mod failure;
mod forget;
mod index;
mod kwic;
mod open;
mod options;
mod progress;
mod ran;
mod search;
mod shell;
mod show;
mod status;
mod tables;
mod terminal;
mod timeline;
mod unknown;
mod verify;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::{Failure, Outcome};

/// Full-text search over news archives: point it at a folder of articles, and ask.
#[derive(Debug, Parser)]
#[command(name = "morgue", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 found or done, 1 nothing found, 2 the question is wrong, 3 the index \
is missing, locked, damaged or of another version.\n\nThe language of queries: `morgue help queries`."
)]
pub(crate) struct Cli {
    /// The index
    ///
    /// `MORGUE_INDEX` says it too; without either it is `index/main`.
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Print the licences of morgue and of what it is built from
    #[arg(long, exclusive = true)]
    licenses: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// One row a command.
#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the index up to date with files and folders; without any, with all it knows
    Index(index::Arguments),
    /// Say what holds of an article in place of what was found; kept beside the archive
    Correct(correct::Arguments),
    /// Take articles out of the index
    Forget(forget::Arguments),
    /// Search
    Search(search::Arguments),
    /// Count the articles that satisfy a query
    Count(count::Arguments),
    /// Show every occurrence on a line of its own, with what stands around it
    Kwic(kwic::Arguments),
    /// Count articles over time, of one query or several
    Timeline(timeline::Arguments),
    /// List the people, organizations and places of the articles that satisfy a query
    Entities(entities::Arguments),
    /// Show one article, whole, with its metadata and where each value comes from
    Show(show::Arguments),
    /// Open the original in the program the system has for it
    Open(open::Arguments),
    /// Print what the ingester makes of files, as JSON lines; no index is touched
    Extract(extract::Arguments),
    /// Run many queries: a line is `id<TAB>query`
    Batch(batch::Arguments),
    /// Say what is in the index
    Status(status::Arguments),
    /// List the fields that can be searched
    Fields,
    /// List the formats that are read
    Formats,
    /// Check the index file by file
    Verify(verify::Arguments),
    /// Print the completions for a shell
    Completions(shell::Completions),
    /// Print the manual page of a command, or write all pages to a folder
    Man(shell::ManualPages),
    /// Print help; `morgue help queries` is the manual of the query language
    Help(shell::Help),
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let command = Cli::command();
    let arguments = arguments::sorted(&command, std::env::args_os().collect());
    let parsed = command.try_get_matches_from(arguments).and_then(|it| Cli::from_arg_matches(&it));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match guarded(cli) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        // What shells make of a program that Ctrl-C ended.
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(&mut io::stderr().lock());
            ExitCode::from(failure.code())
        }
    }
}

/// Runs the command. tantivy panics at some kinds of damage that it meets while it reads: that is an error like
/// others, with a word on what to do.
fn guarded(cli: Cli) -> Result<Outcome, Failure> {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    // Nothing of what the command used is used afterwards.
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(cli)));
    done.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Failure::broken(text.unwrap_or("for an unknown reason")))
    })
}

fn run(cli: Cli) -> Result<Outcome, Failure> {
    let said = std::env::var_os("MORGUE_INDEX").filter(|it| !it.is_empty()).map(PathBuf::from);
    let index = cli.index.or(said);
    if cli.licenses {
        io::stdout().lock().write_all(shell::LICENSES.as_bytes())?;
        return Ok(Outcome::Found);
    }
    match cli.command {
        Some(Command::Index(arguments)) => index::run(arguments, index),
        Some(Command::Correct(arguments)) => correct::run(arguments, index),
        Some(Command::Forget(arguments)) => forget::run(&arguments, index),
        Some(Command::Search(arguments)) => search::run(arguments, index),
        Some(Command::Count(arguments)) => count::run(arguments, index),
        Some(Command::Kwic(arguments)) => kwic::run(arguments, index),
        Some(Command::Timeline(arguments)) => timeline::run(arguments, index),
        Some(Command::Entities(arguments)) => entities::run(arguments, index),
        Some(Command::Show(arguments)) => show::run(&arguments, index),
        Some(Command::Open(arguments)) => open::run(&arguments, index),
        Some(Command::Extract(arguments)) => extract::run(arguments),
        Some(Command::Batch(arguments)) => batch::run(arguments, index),
        Some(Command::Status(arguments)) => status::run(&arguments, index),
        Some(Command::Fields) => tables::fields(),
        Some(Command::Formats) => tables::formats(),
        Some(Command::Verify(arguments)) => verify::run(&arguments, index),
        Some(Command::Completions(arguments)) => shell::completions(&arguments),
        Some(Command::Man(arguments)) => shell::man(&arguments),
        Some(Command::Help(arguments)) => shell::help(&arguments),
        None => shell::help(&shell::Help { topic: Vec::new() }),
    }
}
