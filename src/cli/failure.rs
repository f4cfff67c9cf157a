//! How a command ends: its exit code, what it says, and a hint.

use std::io::{self, Write};

use morgue::index::IndexError;
use morgue::pipeline::{NamesFileError, RunError};
use morgue::present::{Style, problem_lines, sanitize};
use morgue::query::Problem;
use morgue::search::SearchError;

/// A command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Something was found, or done.
    Found,
    /// Nothing was found.
    Nothing,
    /// Ended in good order before its end, by Ctrl-C.
    Interrupted,
}

impl From<bool> for Outcome {
    fn from(found: bool) -> Self {
        if found { Self::Found } else { Self::Nothing }
    }
}

/// A command that could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    error: anyhow::Error,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    /// The question is wrong.
    pub(super) fn question(error: impl Into<anyhow::Error>, hint: impl Into<String>) -> Self {
        Self { error: error.into(), hint: Some(hint.into()), code: 2 }
    }

    /// The question is wrong, and that was said already.
    pub(super) fn wrong(message: String) -> Self {
        Self { error: anyhow::Error::msg(message), hint: None, code: 2 }
    }

    /// The query is not read as typed, and that was to be an error: says where and why.
    pub(super) fn misread(typed: &str, problems: &[Problem]) -> Self {
        let lines: Vec<_> =
            problems.iter().map(|it| problem_lines(typed, it, Style::default())).collect();
        let error =
            anyhow::anyhow!("the query is not read as typed\n{}", lines.concat().trim_end());
        Self { error, hint: Some("without `--strict` it is searched as said".to_owned()), code: 2 }
    }

    /// The program broke off: the index is damaged, or it has a fault.
    pub(super) fn broken(reason: &str) -> Self {
        Self {
            error: anyhow::anyhow!("broke off while it read the index: {reason}"),
            hint: Some(
                "`morgue verify` says whether the index is damaged; if it is sound, this is a fault of morgue: please report it"
                    .to_owned(),
            ),
            code: 3,
        }
    }

    pub(super) fn code(&self) -> u8 {
        self.code
    }

    pub(super) fn is_broken_pipe(&self) -> bool {
        self.error.chain().any(|cause| {
            cause
                .downcast_ref::<io::Error>()
                .is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
        })
    }

    pub(super) fn print(&self, out: &mut dyn Write) {
        let text = format!("{:#}", self.error);
        // Standard error may be closed; there is nobody left to tell.
        let _ = writeln!(out, "error: {}", sanitize::lines(&text));
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "hint: {}", sanitize::lines(hint));
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { error: error.into(), hint: None, code: 2 }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let hint = error.hint();
        Self { error: error.into(), hint: Some(hint), code: 3 }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Index(error) => error.into(),
            SearchError::Output(error) => error.into(),
        }
    }
}

impl From<NamesFileError> for Failure {
    fn from(error: NamesFileError) -> Self {
        let hint = names_hint(&error);
        Self { error: error.into(), hint: Some(hint), code: 2 }
    }
}

fn names_hint(error: &NamesFileError) -> String {
    error.hint().to_owned()
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let hint = match &error {
            RunError::Missing { .. } => "give a file or a folder that is there; what was indexed of it stays".to_owned(),
            RunError::Options(error) => error.hint().unwrap_or("see `morgue index --help`").to_owned(),
            RunError::Names(error) => names_hint(error),
            RunError::Inside { root, .. } => {
                format!("give the options with `{root}`, or `morgue forget {root}` first")
            }
            RunError::Around { root, .. } => {
                format!("give the same options, or `morgue forget {root}` first")
            }
            RunError::Removals { .. } => {
                "if they are gone for good, say so with `--allow-removals`; if a disk is missing, nothing was dropped".to_owned()
            }
            RunError::Corrections { .. } => {
                "say where they lie now with `--corrections FILE`; an empty file says nothing of any article".to_owned()
            }
            RunError::NotKept { .. } => {
                "keep it in another file with `--corrections FILE`; the index remembers which".to_owned()
            }
            RunError::NotCorrected { .. } => "`morgue show ID` says what was".to_owned(),
            RunError::Index(_) => {
                let RunError::Index(error) = error else { return Self::wrong(String::new()) };
                return error.into();
            }
        };
        Self { error: error.into(), hint: Some(hint), code: 2 }
    }
}
