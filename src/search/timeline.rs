//! Requests to how many of their articles fall into each period, beside all articles of the period.

use rustc_hash::FxHashMap;

use super::{Local, Request, SearchError};
use crate::date::{Day, Period, Step};
use crate::index::date_code::DateCode;
use crate::query::Query;

/// Counts over time, from the first period in which something was found to the last; those without any are there too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// How long a period is.
    pub step: Step,
    /// The periods, one after the other.
    pub periods: Vec<Period>,
    /// In each period all articles that meet the conditions beside the query.
    pub articles: Vec<u64>,
    /// The requests.
    pub series: Vec<Series>,
}

/// The counts of one request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// Articles in each period.
    pub counts: Vec<u64>,
    /// Articles in all, copies included.
    pub total: u64,
    /// Of these in no period, for want of a date.
    pub undated: u64,
    /// Of these in no period, because their date is not known so exactly.
    pub imprecise: u64,
}

/// How often each date was met.
type Dates = FxHashMap<DateCode, u64>;

impl Local {
    /// Counts the articles of each request by period; without a step one that fits. The conditions of the first hold
    /// for the articles they are compared with.
    pub fn timeline(
        &self,
        requests: &[Request],
        step: Option<Step>,
    ) -> Result<Timeline, SearchError> {
        let dates = requests.iter().map(|it| self.dates(it)).collect::<Result<Vec<_>, _>>()?;
        let base = match requests.first() {
            Some(first) => self.dates(&Request { query: Query::All, ..first.clone() })?,
            None => Dates::default(),
        };
        let days = || dates.iter().flat_map(Dates::keys).filter_map(|it| it.days());
        let ends = days().map(|it| it.0).min().zip(days().map(|it| it.1).max());
        let step =
            step.or(ends.map(|(first, last)| Step::between(first, last))).unwrap_or(Step::Year);
        let is_placed = |(first, last): &(Day, Day)| step.period(*first) == step.period(*last);
        let first = days().filter(is_placed).map(|it| it.0).min();
        let last = days().filter(is_placed).map(|it| it.1).max();
        let mut periods = Vec::new();
        let mut period = first.map(|it| step.period(it));
        while let Some(here) = period.filter(|it| last.is_some_and(|last| it.first <= last)) {
            periods.push(here);
            period = step.next(here);
        }
        let series = dates.iter().map(|it| Series::new(it, &periods)).collect();
        let articles = Series::new(&base, &periods).counts;
        Ok(Timeline { step, periods, articles, series })
    }

    fn dates(&self, request: &Request) -> Result<Dates, SearchError> {
        let plan = self.plan(request);
        let mut dates = Dates::default();
        self.each_match(&plan, request, &mut |_, segment| {
            *dates.entry(segment.columns().date(segment.doc())).or_default() += 1;
        })?;
        Ok(dates)
    }
}

impl Series {
    fn new(dates: &Dates, periods: &[Period]) -> Self {
        let mut series = Self { counts: vec![0; periods.len()], ..Self::default() };
        for (code, count) in dates {
            series.total += count;
            let Some((first, last)) = code.days() else {
                series.undated += count;
                continue;
            };
            let at = periods.partition_point(|it| it.last < first);
            match periods.get(at) {
                Some(period) if period.first <= first && last <= period.last => {
                    series.counts[at] += count;
                }
                Some(_) | None => series.imprecise += count,
            }
        }
        series
    }
}
