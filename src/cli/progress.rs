//! A line on a terminal that says how far a run is, and when what was read is to be kept for good.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use morgue::ingest::printable;
use morgue::pipeline::{HowFar, Observer};
use morgue::present::sanitize;

/// What a run loses at most when it is cut off.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(30);

/// How often the line is written anew.
const REFRESH_AFTER: Duration = Duration::from_millis(200);

/// The line of a run.
pub(super) struct Progress {
    name: String,
    shown: bool,
    terminal: bool,
    begun: Instant,
    last: Instant,
    checkpoint: Instant,
}

impl Progress {
    pub(super) fn new(path: &Path) -> Self {
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

    pub(super) fn clear(&self) {
        if self.shown {
            // A progress line that cannot be cleared does no harm.
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

impl Observer for Progress {
    fn progress(&mut self, how_far: HowFar) {
        if !self.terminal || self.last.elapsed() < REFRESH_AFTER {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        let line = line(how_far, self.begun.elapsed());
        let _ = write!(io::stderr().lock(), "\r\x1b[K{}: {line}", self.name);
    }

    fn checkpoint_is_due(&mut self) -> bool {
        let due = self.checkpoint.elapsed() >= CHECKPOINT_AFTER;
        if due {
            self.checkpoint = Instant::now();
        }
        due
    }
}

/// Says nothing of how a run comes along.
pub(super) struct Quiet;

impl Observer for Quiet {
    fn progress(&mut self, _: HowFar) {}
}

/// Rate and remaining time go by bytes: files are of all sizes, and one alone may be most of a run.
fn line(how_far: HowFar, elapsed: Duration) -> String {
    let HowFar { done, files, bytes, all_bytes, articles } = how_far;
    let rate = bytes as f64 / elapsed.as_secs_f64().max(0.001);
    let percent = (bytes * 100).checked_div(all_bytes).unwrap_or(100);
    let left = if rate > 0.0 {
        format!("{:.0} s left", (all_bytes.saturating_sub(bytes) as f64 / rate).ceil())
    } else {
        "no time known".to_owned()
    };
    format!(
        "{done} of {files} files · {percent} % · {articles} articles · {:.1} MB/s · {left}",
        rate / 1e6
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_run_has_a_rate_and_one_large_file_moves() {
        let how_far = |done, files, bytes, all_bytes, articles| {
            line(HowFar { done, files, bytes, all_bytes, articles }, Duration::from_secs(10))
        };
        for (told, line) in [
            (
                how_far(0, 1, 250_000_000, 1_000_000_000, 77),
                "0 of 1 files · 25 % · 77 articles · 25.0 MB/s · 30 s left",
            ),
            (
                how_far(3, 9, 4_000_000, 12_000_000, 3),
                "3 of 9 files · 33 % · 3 articles · 0.4 MB/s · 20 s left",
            ),
            (how_far(0, 2, 0, 10, 0), "0 of 2 files · 0 % · 0 articles · 0.0 MB/s · no time known"),
            (
                how_far(2, 2, 0, 0, 0),
                "2 of 2 files · 100 % · 0 articles · 0.0 MB/s · no time known",
            ),
        ] {
            assert_eq!(told, line);
        }
    }
}
