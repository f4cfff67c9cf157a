//! `morgue index`: brings the index up to date with files and folders.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use clap::Args;
use morgue::date::Day;
use morgue::index::Index;
use morgue::index::catalog::{Root, RootOptions};
use morgue::index::writer::{Writer, WriterOptions};
use morgue::ingest::{named, printable};
use morgue::pipeline::{COMMIT_AFTER, Observer, Report, RunError, RunOptions, update};
use morgue::present::sanitize;
use morgue::search::Under;

use super::failure::{Failure, Outcome};
use super::{clock, options};

/// Bytes of memory for building segments; more makes fewer of them.
const MEMORY: usize = 100_000_000;

/// What a run loses at most when it is cut off.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(30);

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

/// How records and files are read; remembered with the path.
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
    pub(super) fn options(self) -> Result<RootOptions, Failure> {
        // Remembered by the path that holds wherever the next run is started.
        let names = self.names.map(|it| {
            std::fs::canonicalize(&it).map(|it| printable(&it)).map_err(|error| {
                let hint = "give a file of names that is there; docs/entities.md says how it looks";
                let error = anyhow::Error::from(error);
                Failure::question(error.context(format!("cannot find `{}`", it.display())), hint)
            })
        });
        Ok(RootOptions {
            map: self.map,
            set: self.set,
            encoding: self.encoding,
            no_entities: self.no_entities,
            names: names.transpose()?,
        })
    }
}

pub(super) fn run(arguments: Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, None);
    let today = clock::today(arguments.now.as_deref())?;
    let given = arguments.reading.options()?;
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
        root: (given != RootOptions::default()).then_some(given),
        allow_removals: arguments.allow_removals,
        commit_after: arguments.commit_after.max(1),
        clock: Some(clock::running),
        corrections: arguments.corrections,
    };
    let stop = stop_on_ctrl_c()?;
    let (mut left_out, mut missing, mut interrupted) = (0, 0, false);
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
            other => other?,
        };
        left_out += report.left_out.values().chain(report.not_read.values()).sum::<u64>();
        say(&mut io::stderr().lock(), &shown, &report)?;
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
    if missing > 0 {
        return Err(Failure::question(
            anyhow::anyhow!("{missing} of {} paths not there", paths.len()),
            "is a disk not mounted? `morgue forget PATH` takes one out that is gone for good",
        ));
    }
    if arguments.strict && left_out > 0 {
        return Err(Failure::wrong(format!(
            "{left_out} {} left out; `morgue status --failed` lists them",
            plural(left_out, "record")
        )));
    }
    Ok(Outcome::Found)
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
        root: None,
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

/// What a run did, in a line, and what it left out.
fn say(out: &mut dyn Write, path: &Path, report: &Report) -> io::Result<()> {
    let path = printable(path);
    let path = sanitize::line(&path);
    let mut line = format!(
        "{path}: {} {} from {} {}",
        report.articles,
        plural(report.articles, "article"),
        report.read,
        plural(report.read, "file")
    );
    // Writing to a string cannot fail.
    if report.kept > 0 {
        let _ = write!(line, " · {} as before", report.kept);
    }
    if report.unchanged > 0 {
        let _ = write!(line, " · {} unchanged", report.unchanged);
    }
    if report.moved > 0 {
        let _ = write!(line, " · {} renamed", report.moved);
    }
    if report.removed > 0 {
        let _ = write!(line, " · {} gone", report.removed);
    }
    if report.interrupted {
        let _ = write!(
            line,
            " · stopped after {} of {} files; `morgue index` goes on from there",
            report.done, report.files
        );
    }
    writeln!(out, "{line}")?;
    if let Some((file, count)) = &report.names {
        let file = printable(file);
        let file = sanitize::line(&file);
        writeln!(out, "names: {count} from `{file}`")?;
    }
    let list = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
    };
    if !report.left_out.is_empty() {
        writeln!(out, "left out: {} (`morgue status --failed` says why)", list(&report.left_out))?;
    }
    not_read_yet(out, "", &report.not_read)?;
    if !report.passed_over.is_empty() {
        writeln!(out, "passed over: {}", list(&report.passed_over))?;
    }
    for (at, reason) in &report.unreadable {
        writeln!(
            out,
            "cannot be looked at, nothing of it was dropped: `{}`: {reason}",
            sanitize::line(at)
        )?;
    }
    if report.clashes > 0 {
        writeln!(out, "{} ids were claimed twice; the later ones got a number", report.clashes)?;
    }
    say_corrections(out, report, true)
}

/// Lines of a file of corrections that cannot be read are named so far.
const BROKEN_SHOWN: usize = 10;

/// How a file of corrections was used; and what of it was not.
pub(super) fn say_corrections(
    out: &mut dyn Write,
    report: &Report,
    with_count: bool,
) -> io::Result<()> {
    let Some(corrections) = &report.corrections else { return Ok(()) };
    let path = printable(&corrections.path);
    let path = sanitize::line(&path);
    let (count, unfit) = (corrections.count, corrections.unfit);
    if with_count {
        writeln!(out, "corrections of {count} {} in `{path}`", plural(count, "article"))?;
    }
    for broken in corrections.broken.iter().take(BROKEN_SHOWN) {
        let reason = sanitize::line(&broken.reason);
        writeln!(out, "`{path}`, line {} says nothing: {reason}", broken.line)?;
    }
    if let Some(more) = corrections.broken.len().checked_sub(BROKEN_SHOWN).filter(|it| *it > 0) {
        writeln!(out, "`{path}`: {more} more such lines")?;
    }
    if unfit > 0 {
        let mut named = corrections.unfit_shown.join(", ");
        if !named.is_empty() && corrections.unfit_shown.len() as u64 != unfit {
            named.push_str(", ...");
        }
        let colon = if named.is_empty() { "" } else { ": " };
        let named = sanitize::line(&named);
        writeln!(out, "{unfit} of them fit no article of the index any more{colon}{named}")?;
    }
    Ok(())
}

/// Kinds of files that are not read yet, the most frequent first, a line each.
pub(super) fn not_read_yet(
    out: &mut dyn Write,
    indent: &str,
    counts: &std::collections::BTreeMap<String, u64>,
) -> io::Result<()> {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted
        .iter()
        .try_for_each(|(kind, count)| writeln!(out, "{indent}{kind}: not read yet, {count}"))
}

pub(super) fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// Says nothing of how a run comes along.
pub(super) struct Quiet;

impl Observer for Quiet {
    fn progress(&mut self, _: u64, _: u64, _: u64) {}
}

/// A line on a terminal that says how far a run is.
struct Progress {
    name: String,
    shown: bool,
    terminal: bool,
    begun: Instant,
    last: Instant,
    checkpoint: Instant,
}

impl Progress {
    fn new(path: &Path) -> Self {
        let now = Instant::now();
        let name = sanitize::line(&printable(path)).into_owned();
        Self {
            name,
            shown: false,
            terminal: io::stderr().is_terminal(),
            begun: now,
            last: now,
            checkpoint: now,
        }
    }

    fn clear(&self) {
        if self.shown {
            // A progress line that cannot be cleared does no harm.
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

impl Observer for Progress {
    fn progress(&mut self, done: u64, of: u64, articles: u64) {
        if !self.terminal || self.last.elapsed() < Duration::from_millis(200) {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        let seconds = self.begun.elapsed().as_secs().max(1);
        let rate = done / seconds;
        let left = (of - done).checked_div(rate).unwrap_or(0);
        let _ = write!(
            io::stderr().lock(),
            "\r\x1b[K{}: {done} of {of} files · {articles} articles · {rate} files/s · {left} s left",
            self.name
        );
    }

    fn checkpoint_is_due(&mut self) -> bool {
        let due = self.checkpoint.elapsed() >= CHECKPOINT_AFTER;
        if due {
            self.checkpoint = Instant::now();
        }
        due
    }
}
