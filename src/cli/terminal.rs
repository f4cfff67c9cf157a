//! What standard output is: its width, whether it shows colours, and the pager before it.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use morgue::present::Style;

/// The style for standard output.
pub(super) fn style() -> Style {
    let terminal = io::stdout().is_terminal();
    let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    let columns = std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok());
    let width = if terminal {
        terminal_size::terminal_size()
            .map(|(width, _)| usize::from(width.0))
            .or(columns)
            .unwrap_or(80)
    } else {
        columns.unwrap_or(80)
    };
    let colour = (terminal && !dumb && !set("NO_COLOR")) || set("CLICOLOR_FORCE");
    Style { width: width.max(20), colour, links: terminal && !dumb && colour, terminal }
}

/// Standard output, behind a pager where people read it and it is longer than a screen.
pub(super) struct Output {
    pager: Option<Child>,
    plain: Option<io::BufWriter<io::StdoutLock<'static>>>,
}

impl Output {
    /// For reading, or for programs.
    pub(super) fn new(for_reading: bool) -> Self {
        let pager = if for_reading && io::stdout().is_terminal() { start_pager() } else { None };
        let plain = pager.is_none().then(|| io::BufWriter::new(io::stdout().lock()));
        Self { pager, plain }
    }

    /// Waits until everything is read.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if let Some(plain) = &mut self.plain {
            plain.flush()?;
        }
        if let Some(mut pager) = self.pager.take() {
            drop(pager.stdin.take());
            pager.wait()?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (&mut self.plain, &mut self.pager) {
            (Some(plain), _) => plain.write(bytes),
            (None, Some(Child { stdin: Some(pager), .. })) => pager.write(bytes),
            (None, _) => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match (&mut self.plain, &mut self.pager) {
            (Some(plain), _) => plain.flush(),
            (None, Some(Child { stdin: Some(pager), .. })) => pager.flush(),
            (None, _) => Ok(()),
        }
    }
}

/// `MORGUE_PAGER`, else `PAGER`, else `less`; one that is empty or `cat` is none.
fn start_pager() -> Option<Child> {
    let chosen = ["MORGUE_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok());
    let command = chosen.unwrap_or_else(|| "less".to_owned());
    let mut words = command.split_whitespace();
    let program = words.next().filter(|it| *it != "cat")?;
    let mut pager = Command::new(program);
    pager.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Quit if it fits one screen, pass colours through, leave the screen as it is.
        pager.env("LESS", "FRX");
    }
    pager.spawn().ok()
}
