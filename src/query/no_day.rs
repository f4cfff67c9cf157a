//! Conditions on days that have to hold together -> a problem when no day can satisfy all of them.

use super::{DateField, Problem, Query};
use crate::date::DayRange;

/// Says which ranges of days exclude each other; `parts` have to hold together. Its place is the beginning of the text,
/// since flags are not part of it.
pub fn no_day(parts: &[&Query]) -> Option<Problem> {
    let fields = [DateField::Published, DateField::Updated, DateField::Added];
    fields.into_iter().find_map(|field| {
        let mut ranges = Vec::new();
        for part in parts {
            collect(part, field, &mut ranges);
        }
        let latest_start =
            ranges.iter().filter(|it| it.first.is_some()).max_by_key(|it| it.first)?;
        let earliest_end = ranges.iter().filter(|it| it.last.is_some()).min_by_key(|it| it.last)?;
        let common = DayRange { first: latest_start.first, last: earliest_end.last };
        let each_has_days = !latest_start.is_empty() && !earliest_end.is_empty();
        (each_has_days && common.is_empty()).then(|| Problem {
            message: format!("no day is in both `{latest_start}` and `{earliest_end}`"),
            hint: Some("the earlier date goes with since, the later one with until".to_owned()),
            start: 0,
            end: 0,
        })
    })
}

/// The ranges that all have to hold.
fn collect(query: &Query, asked: DateField, ranges: &mut Vec<DayRange>) {
    match query {
        Query::Dates { field, first, last } if *field == asked => {
            ranges.push(DayRange { first: *first, last: *last });
        }
        Query::Words(parts) | Query::And(parts) => {
            for part in parts {
                collect(part, asked, ranges);
            }
        }
        Query::Boost { inner, .. } => collect(inner, asked, ranges),
        Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Day;
    use crate::query::parse;

    #[test]
    fn days_that_exclude_each_other() {
        let today = Day::from_ymd(2026, 11, 23).unwrap();
        for (text, expected) in [
            (
                "oil since:2021 until:2020",
                Some("no day is in both `2021-01-01..` and `..2020-12-31`"),
            ),
            (
                "date:2020 AND date:2021",
                Some("no day is in both `2021-01-01..2021-12-31` and `2020-01-01..2020-12-31`"),
            ),
            ("since:2020 until:2020 oil", None),
            ("since:2021 OR until:2020", None),
            ("since:2021 updated:2020", None),
            ("since:2021 -until:2020", None),
        ] {
            let query = parse(text, today).query;
            let said = no_day(&[&query]).map(|it| it.message);
            assert_eq!(said.as_deref(), expected, "{text}");
        }
    }
}
