//! Answers questions from the embedded index.

use std::cell::{Cell, OnceCell, RefCell};

use tantivy::Searcher;

use super::article_words::{ArticleWords, Known, Lookup};
use super::dictionary::{Expanded, Terms};
use super::distinct::Shared;
use super::frequency::Frequencies;
use super::hit::Page;
use super::kept::Kept;
use super::marked::Marked;
use super::missing::Found;
use super::plan::{Plan, Relaxed, plan};
use super::reading::{other_readings, understood};
use super::spans::Expr;
use super::walk::{Outcome, Walk};
use super::{
    Added, Backend, Counted, Head, Purpose, Request, ResultSink, Rung, SearchError, Sort, feedback,
};
use crate::article::Article;
use crate::index::{Index, IndexError, catalog};
use crate::query::Query;
use crate::text::{Lang, Stemmer};

/// The embedded index as a backend.
pub struct Local {
    index: Index,
    pub(super) searcher: Searcher,
    pub(super) stemmer: RefCell<Stemmer>,
    /// In how many articles words are, kept from query to query.
    pub(super) frequencies: RefCell<Frequencies>,
    /// The forms of patterns.
    expanded: RefCell<Expanded>,
    /// What was opened of each segment.
    pub(super) kept: Vec<Kept>,
    /// Which articles share their text, once that is asked for.
    pub(super) shared: OnceCell<Shared>,
    /// How often the articles were gone through.
    pub(super) walks: Cell<u32>,
}

/// What a request comes to, the hits of the fallback in place of none.
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    total: u64,
    ladder: Vec<(Rung, u64)>,
    undated: u64,
    imprecise: u64,
    added: Added,
    pub(super) fallback: bool,
    found: Found,
}

impl Local {
    /// Searches an index.
    pub fn new(index: Index) -> Self {
        let searcher = index.reader.searcher();
        let new = |_| Kept::new(searcher.index());
        let kept = searcher.segment_readers().iter().map(new).collect();
        let (stemmer, frequencies, expanded, shared, walks) = Default::default();
        Self { index, searcher, stemmer, frequencies, expanded, kept, shared, walks }
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How many articles satisfy the request.
    pub fn count(&self, request: &Request) -> Result<u64, SearchError> {
        let plan = self.plan(request);
        Ok(self.walk(&plan, &Walk::counting(&plan, request))?.total)
    }

    /// The same, with the patterns that make it a lower bound.
    pub fn counted(&self, request: &Request) -> Result<Counted, SearchError> {
        let plan = self.plan(request);
        let articles = self.walk(&plan, &Walk::counting(&plan, request))?.total;
        Ok(Counted { articles, capped: self.capped_of(&plan, request) })
    }

    /// How many articles satisfy the request, whether there may be more, and the words found nowhere.
    pub(super) fn total(
        &self,
        request: &Request,
    ) -> Result<(u64, bool, Vec<super::MissingWord>), SearchError> {
        let plan = self.plan(request);
        let outcome = self.walk(&plan, &Walk::counting(&plan, request))?;
        let missing = self.missing(&plan, &outcome.found);
        Ok((outcome.total, plan.capped, missing))
    }

    /// Marks a whole article: title, deck and body.
    pub fn mark(&self, request: &Request, article: &Article) -> Marked {
        let plan = self.plan(request);
        let lookup = Lookup::new(&plan);
        let known = Known {
            conditions: vec![true; plan.conditions.len()],
            asides: vec![true; plan.leaves.len()],
        };
        let mut stemmer = self.stemmer.borrow_mut();
        let lang = self.analysed_in(article);
        let mut words = ArticleWords::new(&plan, &lookup, article, lang, known, &mut stemmer);
        let marked = words.marks();
        Marked::new(&words, &marked, article)
    }

    fn analysed_in(&self, article: &Article) -> Option<Lang> {
        match &article.language {
            Some(code) => Lang::from_code(code),
            None => self
                .index
                .summary
                .roots
                .first()
                .and_then(|it| it.language.as_deref())
                .map_or_else(|| Lang::from_code("en"), Lang::from_code),
        }
    }

    pub(super) fn terms(&self) -> Terms<'_> {
        Terms::new(&self.searcher, &self.expanded, self.index.fields, &self.index.summary)
    }

    pub(super) fn plan(&self, request: &Request) -> Plan {
        self.plan_of(&request.query, request)
    }

    fn plan_of(&self, query: &Query, request: &Request) -> Plan {
        let terms = self.terms();
        let mut plan =
            plan(query, &request.filters, request.mode, &terms, &mut self.stemmer.borrow_mut());
        if let Some(under) = &request.under {
            plan.restrict(catalog::file_key(&under.root, &under.below));
        }
        plan
    }

    /// The articles of a plan in their order; when none has all the words, those of the fallback.
    pub(super) fn answer(
        &self,
        plan: &Plan,
        request: &Request,
        keep: Option<usize>,
    ) -> Result<Answer, IndexError> {
        let outcome =
            self.walk(plan, &Walk { keep, rungs: true, ..Walk::counting(plan, request) })?;
        let ladder = plan.ladder.iter().map(|it| it.0).zip(outcome.ladder.iter().copied());
        let mut answer = Answer {
            total: outcome.total,
            ladder: ladder.collect(),
            undated: outcome.undated,
            imprecise: outcome.imprecise,
            added: outcome.added,
            fallback: false,
            found: outcome.found.clone(),
            outcome,
        };
        let total = answer.total;
        let fills = request.purpose == Purpose::FullRun && keep.is_none_or(|it| total < it as u64);
        let relaxed = plan.relaxed.as_ref();
        let relaxed = relaxed.filter(|_| request.sort == Sort::Relevance && (total == 0 || fills));
        if let Some(Relaxed { fixed, parts }) = relaxed {
            let expr =
                Expr::And(vec![plan.filters.clone(), fixed.clone(), Expr::Or(parts.clone())]);
            let any_part = parts.len() > 3 || total > 0;
            let before = fills.then_some(&plan.expr);
            let walk = Walk {
                expr: &expr,
                request,
                keep,
                parts,
                any_part,
                before,
                certain: false,
                rungs: true,
            };
            answer.outcome = self.walk(plan, &walk)?;
            answer.fallback = total == 0 && answer.outcome.total > 0;
        }
        Ok(answer)
    }

    /// The root of this number, as it was given.
    pub(super) fn root_given(&self, number: u64) -> String {
        let mut roots = self.index.summary.roots.iter();
        roots
            .find(|it| u64::from(it.number) == number)
            .map_or_else(String::new, |it| it.given.clone())
    }
}

impl Backend for Local {
    fn search(&self, request: &Request, sink: &mut dyn ResultSink) -> Result<(), SearchError> {
        let mut plan = self.plan(request);
        let keep = request
            .limit
            .map(|limit| if limit == 0 { 0 } else { limit.saturating_add(request.offset) });
        if request.feedback && keep != Some(0) && request.sort == Sort::Relevance {
            let first = self.answer(&plan, request, Some(feedback::ARTICLES))?;
            self.learn(&mut plan, &first.outcome.entries)?;
        }
        let Answer { outcome, total, ladder, undated, imprecise, added, fallback, found } =
            self.answer(&plan, request, keep)?;
        let missing = self.missing(&plan, &found);
        let terms = self.terms();
        let mut readings = Vec::new();
        for (reading, also_none) in other_readings(request, &terms) {
            let plan = self.plan_of(&reading, request);
            let count = self.walk(&plan, &Walk::counting(&plan, request))?.total;
            if count > 0 || also_none {
                readings.push((crate::query::understood(&reading), count));
            }
        }
        sink.head(&Head {
            text: request.text.clone(),
            understood: understood(request, &terms),
            problems: request.problems.clone(),
            readings,
            total,
            total_is_at_least: plan.capped,
            capped: self.capped_of(&plan, request),
            shown: outcome.shown,
            fallback,
            undated,
            imprecise,
            added: (request.undated && plan.asks_date).then_some(added),
            missing,
            ladder,
            facets: self.facets(&plan, request)?,
            articles: self.index.summary.articles,
            offset: request.offset,
            limit: request.limit,
            sort: request.sort,
        })?;
        if keep == Some(0) {
            return Ok(());
        }
        let shown = outcome.entries.get(request.offset..).unwrap_or(&[]);
        let marking = if fallback { plan.with_marked_any() } else { None };
        let marking = marking.as_ref().unwrap_or(&plan);
        let lookup = Lookup::new(marking);
        let readers = self.searcher.segment_readers().iter();
        let page = Page {
            request,
            plan: marking,
            columns: readers.zip(&self.kept).map(|(reader, kept)| kept.columns(reader)).collect(),
            lookup: &lookup,
            fallback,
            opened: RefCell::default(),
        };
        self.show(&page, shown, sink)
    }
}
