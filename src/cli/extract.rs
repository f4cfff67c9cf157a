//! `morgue extract`: what the ingester makes of files, as JSON lines.

use std::io::{self, BufRead, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use morgue::ingest::{ReadOptions, named};
use morgue::pipeline::{CorrectionsBeside, ExtractOptions, extract, read_names};
use morgue::present::explained::{explained_line, explained_text};
use morgue::present::extract::{extract_line, skipped_line};
use morgue::present::sanitize;

use super::clock;
use super::failure::{Failure, Outcome};
use super::index::{Reading, jobs};
use super::terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files; `-` reads a list of them from standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Threads that read files
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    reading: Reading,
    /// People's corrections; else those in `corrections.jsonl`, in the folder of the file or the nearest above it
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Show all that was found for each field, which won and by which rule
    #[arg(long)]
    explain: bool,
    /// Form of `--explain`
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Text, requires = "explain")]
    format: Form,
    /// Make it an error (2) if anything was left out
    #[arg(long)]
    strict: bool,
    /// The day nothing was published after
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// One JSON object an article
    Json,
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let today = clock::today(arguments.now.as_deref())?;
    let reading = arguments.reading.options()?;
    let entities = !reading.no_entities;
    let names = reading.names.as_deref().map(|it| read_names(&named(it))).transpose()?;
    let read = ReadOptions {
        map: reading.map,
        set: reading.set,
        encoding: reading.encoding,
        clock: Some(clock::running),
        ..ReadOptions::default()
    };
    if let Err(error) = read.check() {
        let hint = error.hint().unwrap_or("see `morgue extract --help`").to_owned();
        return Err(Failure::question(error, hint));
    }
    let mut files = Vec::new();
    for file in arguments.files {
        if file.as_os_str() == "-" {
            // A name is any bytes.
            for line in io::stdin().lock().split(b'\n') {
                let mut line = line?;
                if line.ends_with(b"\r") {
                    line.pop();
                }
                if !line.is_empty() {
                    files.push(path_of(line));
                }
            }
        } else {
            files.push(file);
        }
    }
    if let Some(folder) = files.iter().find(|it| it.is_dir()) {
        let folder = folder.display();
        return Err(Failure::question(
            anyhow::anyhow!("`{folder}` is a folder: `extract` reads files"),
            format!(
                "`find {folder} -type f | morgue extract -` reads all in it; `morgue index {folder}` makes an index of it"
            ),
        ));
    }
    let corrections = CorrectionsBeside::find(arguments.corrections.as_deref(), &files)?;
    for (path, broken) in &corrections.broken {
        let line =
            format!("`{}`, line {} says nothing: {}", path.display(), broken.line, broken.reason);
        writeln!(io::stderr().lock(), "{}", sanitize::line(&line))?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut left_out = 0_u64;
    let mut failed = None;
    let options = ExtractOptions {
        read,
        today,
        jobs: jobs(arguments.jobs),
        entities,
        names: names.unwrap_or_default().list,
        explain: arguments.explain,
        corrections,
    };
    let style = terminal::style();
    extract(&files, &options, &mut |found| {
        let line = match found {
            Ok(made) if !arguments.explain => extract_line(&made.article),
            Ok(made) if arguments.format == Form::Json => explained_line(&made),
            Ok(made) => explained_text(&made, style),
            Err((place, skip)) => {
                left_out += 1;
                skipped_line(&place, &skip.reason)
            }
        };
        match writeln!(out, "{}", line.trim_end()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    out.flush()?;
    if let Some(missing) = files.iter().find(|it| !it.exists()) {
        return Err(Failure::question(
            anyhow::anyhow!("cannot find `{}`", missing.display()),
            "give files that are there; the others were read",
        ));
    }
    if arguments.strict && left_out > 0 {
        return Err(Failure::wrong(format!("{left_out} left out")));
    }
    Ok(Outcome::Found)
}
