//! `morgue fields`, `morgue formats`: the tables.

use std::io::{self, Write};

use morgue::field::FIELDS;
use morgue::ingest::{FORMATS, PACKINGS};

use super::failure::{Failure, Outcome};

pub(super) fn fields() -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    for field in FIELDS {
        let names = std::iter::once(field.name)
            .chain(field.aliases.iter().copied())
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(out, "{names:<36} {:<52} {}", field.about, field.example)?;
    }
    Ok(Outcome::Found)
}

pub(super) fn formats() -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    for format in FORMATS {
        let extensions =
            format.extensions().iter().map(|it| format!(".{it}")).collect::<Vec<_>>().join(" ");
        writeln!(out, "{:<10} {extensions:<26} {}", format.name(), format.about())?;
    }
    for (packing, endings, about) in PACKINGS {
        let endings = endings.iter().map(|it| format!(".{it}")).collect::<Vec<_>>().join(" ");
        writeln!(out, "{:<10} {endings:<26} {about}", packing.name())?;
    }
    Ok(Outcome::Found)
}
