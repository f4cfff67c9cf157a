//! What a person typed for a field -> values that hold; and how a field of an article is read and set.

use std::fmt;

use crate::article::{Article, Published};
use crate::date::{Date, read_timestamp};
use crate::field::nearest_of;
use crate::normalize::{language, source, text};

/// Values longer than this are no metadata.
const LONGEST: usize = 5_000;

/// A field that a person can correct.
#[derive(Debug)]
pub struct Field {
    /// Its name, as in the JSON of an article.
    pub name: &'static str,
    /// What people call it.
    label: &'static str,
    /// Other names for it.
    aliases: &'static [&'static str],
    kind: Kind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Names,
    Date,
    Language,
    Address,
}

/// The fields that can be corrected, in the order they are shown.
pub static FIELDS: &[Field] = &[
    row("title", "title", &["headline"], Kind::Line),
    row("deck", "deck", &["standfirst"], Kind::Line),
    row("authors", "author", &["by"], Kind::Names),
    row("agency", "agency", &[], Kind::Line),
    row("published", "date", &[], Kind::Date),
    row("updated", "updated", &[], Kind::Date),
    row("dateline", "dateline", &[], Kind::Line),
    row("source", "source", &["publication"], Kind::Line),
    row("section", "section", &["category"], Kind::Line),
    row("language", "language", &["lang"], Kind::Language),
    row("url", "url", &[], Kind::Address),
];

const fn row(
    name: &'static str,
    label: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
) -> Field {
    Field { name, label, aliases, kind }
}

/// Why something cannot be a correction, and what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCorrection {
    what: String,
    /// What to write instead.
    pub hint: String,
}

impl fmt::Display for NoCorrection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for NoCorrection {}

/// The field of this name, as its number in [`FIELDS`].
pub fn find(name: &str) -> Result<usize, NoCorrection> {
    let name = name.trim();
    let goes_by = |it: &Field| it.names().any(|known| known.eq_ignore_ascii_case(name));
    if let Some(number) = FIELDS.iter().position(goes_by) {
        return Ok(number);
    }
    let hint = nearest_of(name, FIELDS.iter().flat_map(Field::names))
        .map_or_else(there_are, |meant| format!("did you mean `{meant}`?"));
    Err(NoCorrection { what: format!("there is no field `{name}` to correct"), hint })
}

/// The fields there are, for people.
pub fn there_are() -> String {
    let names: Vec<_> = FIELDS.iter().map(|it| it.label).collect();
    format!("there are {}", names.join(", "))
}

impl Field {
    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.label, self.name].into_iter().chain(self.aliases.iter().copied())
    }

    /// The values as an article holds them; nothing where all are blank, which says that it is not known.
    pub fn read(&self, typed: &[String]) -> Result<Vec<String>, NoCorrection> {
        let mut values: Vec<String> = Vec::new();
        for typed in typed {
            let parts: Vec<&str> = match self.kind {
                Kind::Names => typed.split(';').collect(),
                Kind::Line | Kind::Date | Kind::Language | Kind::Address => vec![typed],
            };
            for part in parts {
                let value = text::one_line(part);
                if !value.is_empty() && !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        if values.len() > 1 && self.kind != Kind::Names {
            let what = format!("`{}` has one value, and {} are given", self.name, values.len());
            return Err(NoCorrection { what, hint: "only authors can be several".to_owned() });
        }
        values.iter().map(|value| self.read_one(value)).collect()
    }

    fn read_one(&self, value: &str) -> Result<String, NoCorrection> {
        let no = |what: &str, hint: &str| {
            let shown: String = value.chars().take(60).collect();
            Err(NoCorrection { what: format!("`{shown}` is no {what}"), hint: hint.to_owned() })
        };
        if value.len() > LONGEST {
            return no("metadata", "values have at most 5,000 bytes");
        }
        match self.kind {
            Kind::Line | Kind::Names => Ok(value.to_owned()),
            Kind::Date => match read_date(value) {
                Some((date, at)) => Ok(at.unwrap_or_else(|| date.to_string())),
                None => {
                    no("date", "write it like 2020, 2020-09, 2020-09-14 or `14 September 2020`")
                }
            },
            Kind::Language => match language::code_of(value) {
                Some(code) => Ok(code),
                None => no("language", "write its code, like `en` or `de`"),
            },
            Kind::Address => {
                if source::is_web(value) {
                    return Ok(value.to_owned());
                }
                no("address", "write it in full, like https://example.org/page")
            }
        }
    }

    /// What an article holds in this field, in one line.
    pub fn of(&self, article: &Article) -> Option<String> {
        let value = match self.name {
            "title" => article.title.clone(),
            "deck" => article.deck.clone(),
            "authors" => Some(article.authors.join("; ")),
            "agency" => article.agency.clone(),
            "published" => article
                .published
                .as_ref()
                .map(|it| it.at.clone().unwrap_or_else(|| it.date.clone()))
                .or_else(|| article.published_partial.clone()),
            "updated" => article.updated.clone(),
            "dateline" => article.dateline.clone(),
            "source" => article.source.clone(),
            "section" => article.section.clone(),
            "language" => article.language.clone(),
            _ => article.url.clone(),
        };
        value.filter(|it| !it.is_empty())
    }

    /// Puts values that [`Field::read`] gave in the place of what an article holds.
    pub(super) fn set(&self, values: &[String], article: &mut Article) {
        let one = values.first().cloned();
        match self.name {
            "title" => article.title = one,
            "deck" => article.deck = one,
            "authors" => article.authors = values.to_vec(),
            "agency" => article.agency = one,
            "published" => {
                let read = one.as_deref().and_then(read_date);
                article.published = read.map(|(date, at)| Published { date: date.to_string(), at });
                article.published_partial = None;
                article.published_candidates.clear();
                article.provenance.remove("published_partial");
                article.provenance.remove("published_evidence");
            }
            "updated" => article.updated = one,
            "dateline" => article.dateline = one,
            "source" => article.source = one,
            "section" => article.section = one,
            "language" => article.language = one,
            _ => article.url = one,
        }
    }
}

/// A date in full or in part, as people write it. Figures that could be read in two ways are none.
fn read_date(text: &str) -> Option<(Date, Option<String>)> {
    if let Some(date) = Date::parse_iso(text) {
        return Some((date, None));
    }
    let has_letters = text.chars().any(char::is_alphabetic);
    let head = text.get(..10).unwrap_or_default();
    let is_moment = head.get(..5).is_some_and(|it| it.ends_with('-'));
    if !has_letters || (is_moment && Date::parse_iso(head).is_none()) {
        return None;
    }
    let stamp = read_timestamp(text, None)?;
    Some((stamp.date, stamp.at))
}

/// The first day a value of a date may be; none for other fields.
pub fn first_day(number: usize, values: &[String]) -> Option<crate::date::Day> {
    let is_date = FIELDS.get(number).is_some_and(|it| it.kind == Kind::Date);
    let value = values.first().filter(|_| is_date)?;
    read_date(value).map(|(date, _)| date.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: &str, value: &str) -> Result<Vec<String>, NoCorrection> {
        FIELDS[find(field)?].read(&[value.to_owned()])
    }

    #[test]
    fn values_as_they_are_typed_and_as_they_hold() {
        for (field, typed, held) in [
            ("date", "2020", "2020"),
            ("published", "2020-09", "2020-09"),
            ("DATE", " 2020-09-14 ", "2020-09-14"),
            ("date", "14 September 2020", "2020-09-14"),
            ("date", "September 2020", "2020-09"),
            ("updated", "2020-09-14T10:20:00+03:00", "2020-09-14T10:20:00+03:00"),
            ("by", "Ann Lee; Cy  Poe;", "Ann Lee|Cy Poe"),
            ("title", " A\tferry ", "A ferry"),
            ("lang", "English", "en"),
            ("url", "https://example.org/a", "https://example.org/a"),
            ("author", "", ""),
            ("date", " ", ""),
        ] {
            assert_eq!(read(field, typed).map(|it| it.join("|")), Ok(held.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_correction_says_why() {
        for (field, typed, what, hint) in [
            ("autor", "x", "there is no field `autor` to correct", "did you mean `author`?"),
            ("dat", "x", "there is no field `dat` to correct", "did you mean `date`?"),
            ("date", "2020-13-01", "`2020-13-01` is no date", "write it like 2020"),
            ("date", "2020-02-30", "`2020-02-30` is no date", "write it like 2020"),
            ("date", "2020-02-30T10:00:00Z", "`2020-02-30T10:00:00Z` is no date", ""),
            ("date", "3/4/2020", "`3/4/2020` is no date", "write it like 2020"),
            ("date", "soon", "`soon` is no date", "write it like 2020"),
            ("language", "gibberish", "`gibberish` is no language", "write its code"),
            ("url", "example.org", "`example.org` is no address", "write it in full"),
            ("id", "7", "there is no field `id` to correct", "there are title, deck, author,"),
        ] {
            let no = read(field, typed).unwrap_err();
            assert_eq!(no.to_string(), what);
            assert!(no.hint.starts_with(hint), "{}", no.hint);
        }
    }
}
