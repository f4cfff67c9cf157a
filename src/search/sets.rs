//! Conditions that name values or places, as sorted lists of the articles of a segment.

use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::plan::Condition;
use crate::index::schema::{Fields, forms_of};
use crate::index::{IndexError, io};

/// The articles that satisfy the condition; none if it is answered article by article.
pub(super) fn articles(
    condition: &Condition,
    reader: &SegmentReader,
    fields: Fields,
) -> Result<Option<Vec<DocId>>, IndexError> {
    let mut found = Vec::new();
    match condition {
        Condition::Dates { .. }
        | Condition::NoDate(_)
        | Condition::Length(..)
        | Condition::Filled(_) => return Ok(None),
        Condition::Value(numbers, test) => {
            let forms = numbers.iter().filter_map(|it| Some(fields.forms[forms_of(*it)?]));
            for field in numbers.iter().map(|it| fields.values[*it]).chain(forms) {
                let inverted = reader.inverted_index(field)?;
                terms(&inverted, "", &mut found, |key| {
                    let (folded, shown) = key.split_once('\u{1f}').unwrap_or((key, key));
                    test.may_hold(folded) && test.holds(shown)
                })?;
            }
        }
        Condition::AnyValue(numbers) => {
            for number in numbers {
                let inverted = reader.inverted_index(fields.values[*number])?;
                terms(&inverted, "", &mut found, |_| true)?;
            }
        }
        Condition::Under(prefix) => {
            let inverted = reader.inverted_index(fields.file)?;
            // A folder takes in what lies in it, not its neighbours with a longer name.
            let inside = |key: &str| {
                key.strip_prefix(prefix.as_str()).is_some_and(|rest| {
                    rest.is_empty() || prefix.ends_with(['\0', '/']) || rest.starts_with('/')
                })
            };
            terms(&inverted, prefix, &mut found, inside)?;
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Some(found))
}

/// Adds the articles of all terms that begin with `prefix` and pass the test.
fn terms(
    inverted: &InvertedIndexReader,
    prefix: &str,
    found: &mut Vec<DocId>,
    test: impl Fn(&str) -> bool,
) -> Result<(), IndexError> {
    let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(io)?;
    while stream.advance() {
        if !stream.key().starts_with(prefix.as_bytes()) {
            break;
        }
        let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
        if !test(key) {
            continue;
        }
        let mut postings = inverted
            .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
            .map_err(io)?;
        while postings.doc() != TERMINATED {
            found.push(postings.doc());
            postings.advance();
        }
    }
    Ok(())
}
