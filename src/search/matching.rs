//! The articles that satisfy a request, one after the other: what facets, timelines, concordances and tables of counts
//! walk over, so that they all speak of the same articles.

use tantivy::TERMINATED;

use super::plan::Plan;
use super::segment::{Open, Segment};
use super::spans::holds;
use super::{Local, Request, SearchError};
use crate::index::IndexError;
use crate::index::date_code::DateCode;

/// How many articles satisfy a request, and from when to when they were published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// Articles, copies included.
    pub total: u64,
    /// Patterns had more forms than are looked at: `total` is a lower bound.
    pub at_least: bool,
    /// The earliest date, as precisely as it is known.
    pub first: Option<String>,
    /// The latest.
    pub last: Option<String>,
}

impl Local {
    /// Counts the articles of a request, and finds their first and last date.
    pub fn extent(&self, request: &Request) -> Result<Extent, SearchError> {
        let plan = self.plan(request);
        let mut total = 0;
        let (mut first, mut last): (Option<DateCode>, Option<DateCode>) = (None, None);
        // Dates are ordered by the last day they may be; of equals the more precise one is said.
        let order = |it: DateCode| (it.0 >> 2, 3 - (it.0 & 3));
        self.each_match(&plan, request, &mut |_, segment| {
            total += 1;
            let date = segment.columns().date(segment.doc());
            if date.0 > 0 {
                first = Some(first.map_or(date, |it| it.min(date)));
                last =
                    Some(last.map_or(date, |it| if order(date) > order(it) { date } else { it }));
            }
        })?;
        let shown = |date: Option<DateCode>| date.and_then(DateCode::shown);
        Ok(Extent { total, at_least: plan.capped, first: shown(first), last: shown(last) })
    }

    /// Visits every article that satisfies the plan, in the order of the segments, with the number of its segment.
    pub(super) fn each_match(
        &self,
        plan: &Plan,
        request: &Request,
        visit: &mut dyn FnMut(usize, &mut Segment<'_>),
    ) -> Result<(), IndexError> {
        let readers = self.searcher.segment_readers().iter().zip(&self.kept);
        for (number, (reader, kept)) in readers.enumerate() {
            let mut segment = Segment::open(plan, reader, self.index().fields, kept)?;
            segment.look_ahead(&plan.expr)?;
            segment.open = if request.undated { Open::Yes } else { Open::No };
            let mut target = 0;
            loop {
                let doc = segment.candidate(&plan.expr, target);
                if doc == TERMINATED || doc >= reader.max_doc() {
                    break;
                }
                target = doc + 1;
                if !segment.is_article(doc) {
                    continue;
                }
                segment.go_to(doc);
                if holds(&plan.expr, &mut segment) {
                    visit(number, &mut segment);
                }
            }
        }
        Ok(())
    }
}
