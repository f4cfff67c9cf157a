//! `morgue open`: the original, in the program the system has for it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;
use morgue::index::Index;

use super::failure::{Failure, Outcome};
use super::{options, show};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The article: the beginning of its id
    id: String,
    /// The index of this path
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, index: Option<PathBuf>) -> Result<Outcome, Failure> {
    let path = options::index_path(index, arguments.within.as_deref());
    let index = Index::open(&path)?;
    let Some(article) = show::find(&index, &arguments.id)? else { return Ok(Outcome::Nothing) };
    let root = index.root_of(&article.id)?.cloned().unwrap_or_default();
    let Some(original) = show::original(&root, &article) else {
        return Err(Failure::question(
            anyhow::anyhow!("`{}` is not where it was indexed", article.place.path),
            "`morgue show` still has its text",
        ));
    };
    let opener = std::env::var("MORGUE_OPENER").unwrap_or_else(|_| {
        if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            "explorer"
        } else {
            "xdg-open"
        }
        .to_owned()
    });
    let started = Command::new(&opener).arg(&original).stdin(Stdio::null()).status();
    match started {
        Ok(status) if status.success() => Ok(Outcome::Found),
        Ok(_) => Err(Failure::wrong(format!("`{opener}` could not open `{}`", original.display()))),
        Err(error) => Err(Failure::question(
            anyhow::Error::from(error).context(format!("cannot start `{opener}`")),
            format!("set MORGUE_OPENER to a program; the file is `{}`", original.display()),
        )),
    }
}
