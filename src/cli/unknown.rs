//! `morgue status --unknown FIELD`: the articles that lack a field, one after the other.

use std::io::{self, Write};
use std::ops::ControlFlow;

use morgue::field::nearest_of;
use morgue::index::Index;

use morgue::present::coverage::{lacking_line, lacking_text};
use morgue::search::coverage::{COVERED, Covered, lacking};

use super::failure::{Failure, Outcome};
use super::terminal::Output;

pub(super) fn run(index: &Index, field: &str, format: &str) -> Result<Outcome, Failure> {
    let Some(covered) = Covered::named(field) else {
        let error = anyhow::anyhow!("there is no field `{field}` to look for");
        let meant = nearest_of(field, COVERED.iter().flat_map(Covered::names));
        let all: Vec<_> = COVERED.iter().map(|it| it.label).collect();
        let hint = meant.map_or_else(
            || format!("there are {}", all.join(", ")),
            |it| format!("did you mean `{it}`?"),
        );
        return Err(Failure::question(error, hint));
    };
    let mut out = Output::new(format == "text");
    let mut found = 0_u64;
    let mut failed: Option<io::Error> = None;
    if format == "json" {
        write!(out, "{{\"schema\":1,\"unknown\":\"{}\",\"articles\":[", covered.name)?;
    }
    lacking(index, covered, |root, article| {
        let written = match format {
            "text" => write!(out, "{}", lacking_text(&article, covered.name == "published")),
            "jsonl" => writeln!(out, "{}", lacking_line(&article, &root.given)),
            _ => {
                let comma = if found == 0 { "" } else { "," };
                write!(out, "{comma}{}", lacking_line(&article, &root.given))
            }
        };
        found += 1;
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    if format == "json" {
        writeln!(out, "]}}")?;
    }
    out.finish()?;
    Ok(Outcome::from(found > 0))
}
