//! Conditions that name values or places, as sorted lists of the articles of a segment.

use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::kept::Kept;
use super::plan::Condition;
use crate::index::schema::{Fields, forms_of, value_parts};
use crate::index::{IndexError, io};

/// The articles that satisfy the condition; none if it is answered article by article.
pub(super) fn articles(
    condition: &Condition,
    reader: &SegmentReader,
    fields: Fields,
    kept: &Kept,
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
                kept.each_value(field, &inverted, |key, info| {
                    let (folded, shown) = value_parts(key);
                    if test.may_hold(folded) && test.holds(shown) {
                        add(&inverted, info, &mut found)?;
                    }
                    Ok(())
                })?;
            }
        }
        Condition::AnyValue(numbers) => {
            for field in numbers.iter().map(|it| fields.values[*it]) {
                let inverted = reader.inverted_index(field)?;
                kept.each_value(field, &inverted, |_, info| add(&inverted, info, &mut found))?;
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
            let range = inverted.terms().range().ge(prefix.as_bytes());
            let mut stream = range.into_stream().map_err(io)?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                if std::str::from_utf8(stream.key()).is_ok_and(inside) {
                    add(&inverted, stream.value(), &mut found)?;
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Some(found))
}

/// Adds the articles of a term.
fn add(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
    found: &mut Vec<DocId>,
) -> Result<(), IndexError> {
    let mut postings =
        inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(io)?;
    while postings.doc() != TERMINATED {
        found.push(postings.doc());
        postings.advance();
    }
    Ok(())
}
