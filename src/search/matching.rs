//! The articles that satisfy a request, one after the other: what facets, timelines, concordances and tables of counts
//! walk over, so that they all speak of the same articles.

use tantivy::TERMINATED;

use super::plan::Plan;
use super::segment::{Open, Segment};
use super::spans::holds;
use super::{Local, Request};
use crate::index::IndexError;

impl Local {
    /// Visits every article that satisfies the plan, in the order of the segments, with the number of its segment.
    pub(super) fn each_match(
        &self,
        plan: &Plan,
        request: &Request,
        visit: &mut dyn FnMut(usize, &mut Segment<'_>),
    ) -> Result<(), IndexError> {
        for (number, reader) in self.searcher.segment_readers().iter().enumerate() {
            let mut segment = Segment::open(plan, reader, self.index().fields)?;
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
