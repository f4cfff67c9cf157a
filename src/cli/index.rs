//! `morgue index`: brings the index up to date with files and folders.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use morgue::date::Day;
use morgue::index::Index;
use morgue::index::catalog::{Root, RootOptions};
use morgue::index::writer::{Writer, WriterOptions};
use morgue::ingest::{named, printable};
use morgue::pipeline::{COMMIT_AFTER, GivenOptions, Report, RunError, RunOptions, update};
use morgue::present::sanitize;
use morgue::search::Under;

use super::failure::{Failure, Outcome};
use super::progress::Progress;
use super::ran::{options_typed, plural, say};
use super::{clock, options};

/// Bytes of memory for building segments; more makes fewer of them.
const MEMORY: usize = 60_000_000;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Arguments {
    /// Files and folders; without any, all the index knows
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Threads that read files
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    reading: Reading,
    /// Where people's corrections of the articles are kept; remembered with the path
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Read the path with the options given now alone, and with none that are remembered
    #[arg(long)]
    forget_options: bool,
    /// Let a run drop more than a tenth of a path's articles
    #[arg(long)]
    allow_removals: bool,
    /// Merge away what was replaced, so that nothing of it is left in the index
    #[arg(long)]
    compact: bool,
    /// Let others read the index, as far as the umask does; it is for you alone otherwise
    #[arg(long)]
    shared: bool,
    /// Articles between two commits
    #[arg(long, value_name = "N", default_value_t = COMMIT_AFTER, hide = true)]
    commit_after: u64,
    /// Make it an error (2) if anything was left out
    #[arg(long)]
    strict: bool,
    /// The day nothing was published after
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
}

/// How records and files are read; remembered with the path, each until it is given again (`--set source=` takes one
/// back).
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Where records keep a field: `--map title=head.main`
    #[arg(long, value_name = "FIELD=KEY", value_parser = pair)]
    map: Vec<(String, String)>,
    /// What holds for a folder that says nothing itself: `--set source=Gazette`
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// The charset of files that do not name theirs
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Look for no people, organizations and places in the text
    #[arg(long)]
    no_entities: bool,
    /// What the user says about names: what they are called, which kind, which to hide (default: `names.toml` in PATH)
    #[arg(long, value_name = "FILE", conflicts_with = "no_entities")]
    names: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.trim().is_empty() => {
            Ok((field.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as `field=value`".to_owned()),
    }
}

impl Reading {
    /// Where nothing is remembered.
    pub(super) fn options(self) -> Result<RootOptions, Failure> {
        Ok(self.given(false)?.alone())
    }

    fn given(self, forget: bool) -> Result<GivenOptions, Failure> {
        // Remembered by the path that holds wherever the next run is started.
        let names = self.names.filter(|it| !it.as_os_str().is_empty()).map(|it| {
            std::fs::canonicalize(&it).map(|it| printable(&it)).map_err(|error| {
                let hint = "give a file of names that is there; docs/entities.md says how it looks";
                let error = anyhow::Error::from(error);
                Failure::question(error.context(format!("cannot find `{}`", it.display())), hint)
            })
        });
        Ok(GivenOptions {
            map: self.map,
            set: self.set,
            encoding: self.encoding,
            no_entities: self.no_entities,
            names: names.transpose()?,
            forget,
        })
    }
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, None);
    let today = clock::today(arguments.now.as_deref())?;
    let given = arguments.reading.given(arguments.forget_options)?;
    let all = arguments.paths.is_empty();
    if all {
        Index::open(&path)?;
    }
    let mut writer = open(&path, today, arguments.jobs, arguments.shared)?;
    let paths: Vec<PathBuf> = if all {
        // Told by its canonical path: where the command is run must not matter.
        writer.roots().iter().map(|it| named(&it.path)).collect()
    } else {
        arguments.paths
    };
    let run = RunOptions {
        jobs: jobs(arguments.jobs),
        today,
        now: clock::seconds(),
        given,
        allow_removals: arguments.allow_removals,
        commit_after: arguments.commit_after.max(1),
        clock: Some(clock::running),
        corrections: arguments.corrections,
    };
    let stop = stop_on_ctrl_c()?;
    let (mut left_out, mut missing, mut interrupted) = (0, 0, false);
    let mut refused = Vec::new();
    for path in &paths {
        let shown = writer.roots().iter().find(|it| named(&it.path) == *path);
        let shown = shown.filter(|_| all).map_or_else(|| path.clone(), |it| named(&it.given));
        let mut progress = Progress::new(&shown);
        let report = update(&mut writer, path, &run, &stop, &mut progress);
        progress.clear();
        let report = match report {
            // One disk that is not there must not keep the others from being read.
            Err(RunError::Missing { .. }) if all => {
                missing += 1;
                let shown = printable(&shown);
                writeln!(
                    io::stderr().lock(),
                    "{}: not there now; nothing of it was dropped",
                    sanitize::line(&shown)
                )?;
                continue;
            }
            // Nor one that may have lost much.
            Err(error @ RunError::Removals { .. }) => {
                refused.push(error);
                continue;
            }
            other => other?,
        };
        left_out += report.standing;
        say(&mut io::stderr().lock(), &shown, &report)?;
        say_options(&mut io::stderr().lock(), &run.given, &report)?;
        if report.interrupted {
            interrupted = true;
            break;
        }
    }
    if arguments.compact && !interrupted {
        writer.compact(true)?;
    }
    let index = writer.finish()?;
    let articles = index.summary.articles;
    writeln!(
        io::stderr().lock(),
        "{articles} {} in `{}`",
        plural(articles, "article"),
        path.display()
    )?;
    if interrupted {
        return Ok(Outcome::Interrupted);
    }
    if let Some(failure) = not_brought_up_to_date(refused, missing, paths.len()) {
        return Err(failure);
    }
    if arguments.strict && left_out > 0 {
        return Err(Failure::wrong(format!(
            "{left_out} {} left out; `morgue status --failed` lists them",
            plural(left_out, "record")
        )));
    }
    Ok(Outcome::Found)
}

/// Says which paths are as they were before the run, if any.
fn not_brought_up_to_date(
    mut refused: Vec<RunError>,
    missing: usize,
    paths: usize,
) -> Option<Failure> {
    match (refused.len(), missing) {
        (0, 0) => None,
        (0, _) => Some(Failure::question(
            anyhow::anyhow!("{missing} of {paths} paths not there"),
            "is a disk not mounted? `morgue forget PATH` takes one out that is gone for good",
        )),
        (1, 0) => refused.pop().map(Failure::from),
        (count, _) => {
            let mut lines: Vec<_> = refused.iter().map(ToString::to_string).collect();
            if missing > 0 {
                lines.push(format!("{missing} of {paths} paths not there"));
            }
            Some(Failure::question(
                anyhow::anyhow!(
                    "{} of {paths} paths not brought up to date:\n  {}",
                    count + missing,
                    lines.join("\n  ")
                ),
                "if they are gone for good, say so with `--allow-removals`; if a disk is missing, nothing was dropped",
            ))
        }
    }
}

/// Says which options are in force where that is more than what was typed.
fn say_options(out: &mut dyn Write, given: &GivenOptions, report: &Report) -> io::Result<()> {
    if given.are_none() || (report.options == given.alone() && !given.forget) {
        return Ok(());
    }
    let typed = options_typed(&report.options);
    if typed.is_empty() {
        return writeln!(out, "read with no options");
    }
    writeln!(out, "read with {}; `--forget-options` takes them back", typed.join(", "))
}

/// The first Ctrl-C ends a run in good order, the second at once: what was committed stays either way.
fn stop_on_ctrl_c() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        let code = 128 + signal;
        signal_hook::flag::register_conditional_shutdown(signal, code, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Brings the index in `path` up to date with `within`; says which part of it that is.
pub(super) fn bring_up_to_date(path: &Path, within: &Path, today: Day) -> Result<Under, Failure> {
    let canonical = std::fs::canonicalize(within).map_err(|error| {
        Failure::question(
            anyhow::Error::from(error).context(format!("cannot find `{}`", within.display())),
            "`--in` takes a file or a folder of articles",
        )
    })?;
    let root = match refresh(path, &canonical, within, today) {
        Ok(root) => root,
        // What cannot be brought up to date can still be searched as it is.
        Err((failure, Some(root))) => {
            let mut err = io::stderr().lock();
            writeln!(err, "not brought up to date, searched as it was:")?;
            failure.print(&mut err);
            root
        }
        Err((failure, None)) => return Err(failure),
    };
    let below = printable(canonical.strip_prefix(named(&root)).unwrap_or(Path::new("")));
    Ok(Under { root, below })
}

/// Gives the canonical path of the root that `canonical` lies in; if it cannot be read, with the failure.
fn refresh(
    path: &Path,
    canonical: &Path,
    within: &Path,
    today: Day,
) -> Result<String, (Failure, Option<String>)> {
    let known = |roots: &[Root]| {
        let root = roots.iter().find(|it| canonical.starts_with(named(&it.path)));
        root.map(|it| it.path.clone())
    };
    let mut writer = match open(path, today, None, false) {
        Ok(writer) => writer,
        Err(failure) => {
            let root = Index::open(path).ok().and_then(|it| known(&it.summary.roots));
            return Err((failure, root));
        }
    };
    let before = known(writer.roots());
    let run = run_options(today, None);
    // A path in a root that the index has already is a part of it.
    let mut progress = Progress::new(within);
    let report = update(&mut writer, within, &run, &AtomicBool::new(false), &mut progress);
    progress.clear();
    let report = report.map_err(|error| (error.into(), before))?;
    if report.read > 0 || report.removed > 0 {
        say(&mut io::stderr().lock(), within, &report).map_err(|error| (error.into(), None))?;
    }
    let root = known(writer.roots()).unwrap_or_else(|| printable(canonical));
    writer.finish().map_err(|error| (error.into(), None))?;
    Ok(root)
}

/// How an index is updated that is known already.
pub(super) fn run_options(today: Day, corrections: Option<PathBuf>) -> RunOptions {
    RunOptions {
        jobs: jobs(None),
        today,
        now: clock::seconds(),
        given: GivenOptions::default(),
        allow_removals: false,
        commit_after: COMMIT_AFTER,
        clock: Some(clock::running),
        corrections,
    }
}

/// An index that is there, for writing.
pub(super) fn writer(path: &Path, today: Day) -> Result<Writer, Failure> {
    open(path, today, None, false)
}

fn open(path: &Path, today: Day, jobs: Option<usize>, shared: bool) -> Result<Writer, Failure> {
    let threads = (self::jobs(jobs) / 2).max(1);
    let options = WriterOptions { threads, memory: MEMORY, now: clock::seconds(), today, shared };
    Ok(Writer::open(path, options)?)
}

pub(super) fn jobs(given: Option<usize>) -> usize {
    given
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
        .clamp(1, 64)
}
