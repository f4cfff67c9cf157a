//! Answers questions from the embedded index.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::ControlFlow;

use tantivy::{DocId, Searcher, TERMINATED};

use super::article_words::{ArticleWords, Known, Lookup};
use super::dictionary::{Expanded, Terms};
use super::distinct::{Shared, Texts};
use super::frequency::Frequencies;
use super::hit::Page;
use super::kept::Kept;
use super::marked::Marked;
use super::missing::Found;
use super::plan::{Plan, Relaxed, plan};
use super::ranking::Ranking;
use super::reading::{other_readings, understood};
use super::score::Scorer;
use super::segment::{Open, Segment};
use super::spans::{Expr, any_span, holds};
use super::top::{Entry, Top};
use super::union::{AnyWord, Union};
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

/// What a walk over the index gives.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) total: u64,
    shown: u64,
    undated: u64,
    imprecise: u64,
    added: Added,
    ladder: Vec<u64>,
    pub(super) entries: Vec<Entry>,
    found: Found,
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

/// What a walk is for.
struct Walk<'a> {
    expr: &'a Expr,
    request: &'a Request,
    /// How many hits to keep; none: all. 0: only counts.
    keep: Option<usize>,
    /// In the fallback, the parts of which an article should have the most.
    parts: &'a [Expr],
    /// Whether any of the parts will do, or only as many as the best article has.
    any_part: bool,
    /// What articles satisfy that go before those with some of the parts, when these fill a run.
    before: Option<&'a Expr>,
    /// Whether the expression holds for every article that its postings lead to.
    certain: bool,
}

/// The rungs below the ladder's: the most of the words that any article has, and some of them.
pub(super) const MOST: u8 = u8::MAX - 1;
const SOME: u8 = u8::MAX;

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

    fn walk(&self, plan: &Plan, walk: &Walk<'_>) -> Result<Outcome, IndexError> {
        let mut outcome = Outcome { ladder: vec![0; plan.ladder.len()], ..Outcome::default() };
        let readers = self.searcher.segment_readers();
        let mut segments = readers
            .iter()
            .zip(&self.kept)
            .map(|(reader, kept)| Segment::open(plan, reader, self.index.fields, kept))
            .collect::<Result<Vec<_>, _>>()?;
        let is_ranked = walk.keep != Some(0) && walk.request.sort == Sort::Relevance;
        let weighed = if is_ranked {
            self.frequencies.borrow_mut().weighed(plan, &segments)?
        } else {
            Vec::new()
        };
        outcome.found = Found::new(plan, &segments);
        let sort = walk.request.sort;
        let most = walk.most_parts(&mut segments);
        let mut ranking = Ranking {
            scorer: Scorer::new(&weighed, &self.index.summary),
            top: Top::new(walk.keep, sort, !walk.request.copies, self),
            sort,
        };
        let any_word = AnyWord::of(walk.expr, plan).filter(|_| is_ranked && walk.is_plain(plan));
        let mut texts = Texts::new(!walk.request.copies, self.shared());
        for (number, segment) in segments.iter_mut().enumerate() {
            segment.rewind()?;
            if let (Some(any_word), Some(keep)) = (&any_word, walk.keep) {
                let mut union = Union::read(any_word, &ranking.scorer, segment)?;
                if let Some(conditions) = any_word.conditions() {
                    union.articles.retain(|doc| {
                        walk.go_to(*doc, segment);
                        let accepts = holds(&conditions, segment);
                        walk.note_date(accepts, &conditions, plan, segment, &mut outcome);
                        accepts
                    });
                }
                outcome.total += union.articles.len() as u64;
                union.rank(number, segment, keep, &mut texts, &mut ranking)?;
                continue;
            }
            if !walk.certain || walk.keep != Some(0) || !plan.ladder.is_empty() {
                segment.look_ahead(walk.expr)?;
            }
            let led_by_words = is_led_by_words(walk.expr);
            let mut target = 0;
            loop {
                let doc = segment.candidate(walk.expr, target);
                if doc == TERMINATED || doc >= segment.reader.max_doc() {
                    break;
                }
                target = doc + 1;
                if segment.reader.is_deleted(doc) || !led_by_words && !segment.is_article(doc) {
                    continue;
                }
                walk.go_to(doc, segment);
                let accepts = walk.accepts(segment, most);
                walk.note_date(accepts, walk.expr, plan, segment, &mut outcome);
                if !accepts {
                    continue;
                }
                outcome.total += 1;
                let rung = match walk.before {
                    Some(before) if holds(before, segment) => outcome.climb(segment, plan),
                    Some(_) if walk.any_part || walk.count_parts(segment) < most => SOME,
                    Some(_) => MOST,
                    None => outcome.climb(segment, plan),
                };
                let hash = texts.hash(number, segment.columns(), doc);
                texts.note(hash);
                if walk.keep == Some(0) {
                    continue;
                }
                ranking.offer(segment, number, rung, hash);
            }
        }
        outcome.shown = texts.count();
        outcome.entries = ranking.top.finish();
        Ok(outcome)
    }

    /// The articles of a plan in their order; when none has all the words, those of the fallback.
    pub(super) fn answer(
        &self,
        plan: &Plan,
        request: &Request,
        keep: Option<usize>,
    ) -> Result<Answer, IndexError> {
        let outcome = self.walk(plan, &Walk { keep, ..Walk::counting(plan, request) })?;
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
            let walk = Walk { expr: &expr, request, keep, parts, any_part, before, certain: false };
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
            stores: RefCell::default(),
            opened: RefCell::default(),
        };
        for (at, entry) in shown.iter().enumerate() {
            let hit = self.hit(&page, entry, request.offset + at + 1)?;
            if sink.hit(&hit)? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

impl<'a> Walk<'a> {
    fn counting(plan: &'a Plan, request: &'a Request) -> Self {
        Self {
            expr: &plan.expr,
            request,
            keep: Some(0),
            parts: &[],
            any_part: false,
            before: None,
            certain: plan.is_certain(&plan.expr),
        }
    }

    /// Whether its expression alone says which articles there are, all on one rung.
    fn is_plain(&self, plan: &Plan) -> bool {
        self.parts.is_empty() && self.before.is_none() && plan.ladder.is_empty()
    }

    /// Goes to an article, with what conditions on its date answer where that is open.
    fn go_to(&self, doc: DocId, segment: &mut Segment<'_>) {
        segment.go_to(doc);
        segment.open = if self.request.undated { Open::Yes } else { Open::No };
    }

    fn accepts(&self, segment: &mut Segment<'_>, most: usize) -> bool {
        (self.certain || holds(self.expr, segment))
            && (self.any_part
                || self.before.is_some()
                || self.parts.is_empty()
                || self.count_parts(segment) == most)
    }

    /// Counts the article if its date, not known as exactly as is asked, decides whether it is found.
    fn note_date(
        &self,
        accepts: bool,
        expr: &Expr,
        plan: &Plan,
        segment: &mut Segment<'_>,
        outcome: &mut Outcome,
    ) {
        let undated = self.request.undated;
        if !plan.asks_date || accepts != undated {
            return;
        }
        if undated {
            outcome.count_added(segment, expr);
        } else if self.parts.is_empty() {
            outcome.count_open(segment, expr);
        }
    }

    fn count_parts(&self, segment: &mut Segment<'_>) -> usize {
        self.parts.iter().filter(|part| holds(part, segment)).count()
    }

    /// The most parts any article has: one more walk, for the fallback of two or three words.
    fn most_parts(&self, segments: &mut [Segment<'_>]) -> usize {
        if self.parts.is_empty() || self.any_part {
            return 0;
        }
        let mut most = 0;
        for segment in segments {
            let mut target = 0;
            loop {
                let doc = segment.candidate(self.expr, target);
                if doc == TERMINATED
                    || doc >= segment.reader.max_doc()
                    || most + 1 == self.parts.len()
                {
                    break;
                }
                target = doc + 1;
                if segment.is_article(doc) {
                    self.go_to(doc, segment);
                    if holds(self.expr, segment) {
                        most = most.max(self.count_parts(segment));
                    }
                }
            }
        }
        most
    }
}

impl Outcome {
    /// Counts an article that only its date leaves out.
    fn count_open(&mut self, segment: &mut Segment<'_>, expr: &Expr) {
        let Some(undated) = segment.vague() else { return };
        segment.open = Open::Yes;
        if holds(expr, segment) {
            if undated {
                self.undated += 1;
            } else {
                self.imprecise += 1;
            }
        }
    }

    /// Counts an article that is found, if only because its date may be any.
    fn count_added(&mut self, segment: &mut Segment<'_>, expr: &Expr) {
        let Some(undated) = segment.vague() else { return };
        segment.open = Open::No;
        if !holds(expr, segment) {
            if undated {
                self.added.undated += 1;
            } else {
                self.added.imprecise += 1;
            }
        }
        segment.open = Open::Yes;
    }

    /// Counts the article on every rung it stands on; gives the best.
    fn climb(&mut self, segment: &mut Segment<'_>, plan: &Plan) -> u8 {
        let mut best = plan.ladder.len();
        for (at, (rung, expr)) in plan.ladder.iter().enumerate() {
            // Every article here has all the words; and words side by side are near, and in one paragraph.
            let implied = match rung {
                Rung::Phrase | Rung::Some => false,
                Rung::Near | Rung::Paragraph => best == 0,
                Rung::All => true,
            };
            if implied || any_span(expr, segment) {
                self.ladder[at] += 1;
                best = best.min(at);
            }
        }
        u8::try_from(best).unwrap_or(u8::MAX)
    }
}

/// Whether every candidate of an expression has a word: only articles have.
fn is_led_by_words(expr: &Expr) -> bool {
    match expr {
        Expr::Leaf(_) => true,
        Expr::All | Expr::Nothing | Expr::Condition(_) | Expr::Not(_) => false,
        Expr::And(parts) | Expr::Phrase(parts) | Expr::Window(parts, _) => {
            parts.iter().any(is_led_by_words)
        }
        Expr::Or(parts) => parts.iter().all(is_led_by_words),
        Expr::Near(near) => is_led_by_words(&near.left),
        Expr::AtLeast(_, inner) => is_led_by_words(inner),
    }
}
