//! Goes through the articles of a plan: which there are, how many on which rung, and the best of them.

use tantivy::{DocId, TERMINATED};

use super::distinct::Texts;
use super::missing::Found;
use super::plan::Plan;
use super::ranking::Ranking;
use super::score::Scorer;
use super::segment::{Open, Segment};
use super::spans::{Expr, any_span, holds};
use super::top::{Entry, Top};
use super::union::{AnyWord, Union};
use super::{Added, Local, Request, Rung, Sort};
use crate::index::IndexError;

/// What a walk over the index gives.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) total: u64,
    pub(super) shown: u64,
    pub(super) undated: u64,
    pub(super) imprecise: u64,
    pub(super) added: Added,
    pub(super) ladder: Vec<u64>,
    pub(super) entries: Vec<Entry>,
    pub(super) found: Found,
}

/// What a walk is for.
pub(super) struct Walk<'a> {
    pub(super) expr: &'a Expr,
    pub(super) request: &'a Request,
    /// How many hits to keep; none: all. 0: only counts.
    pub(super) keep: Option<usize>,
    /// In the fallback, the parts of which an article should have the most.
    pub(super) parts: &'a [Expr],
    /// Whether any of the parts will do, or only as many as the best article has.
    pub(super) any_part: bool,
    /// What articles satisfy that go before those with some of the parts, when these fill a run.
    pub(super) before: Option<&'a Expr>,
    /// Whether the expression holds for every article that its postings lead to.
    pub(super) certain: bool,
    /// Whether it is asked how many articles stand on which rung.
    pub(super) rungs: bool,
}

/// The rungs below the ladder's: the most of the words that any article has, and some of them.
pub(super) const MOST: u8 = u8::MAX - 1;
const SOME: u8 = u8::MAX;

impl Local {
    /// Goes through the articles.
    pub(super) fn walk(&self, plan: &Plan, walk: &Walk<'_>) -> Result<Outcome, IndexError> {
        let mut outcome = Outcome { ladder: vec![0; plan.ladder.len()], ..Outcome::default() };
        let readers = self.searcher.segment_readers();
        let mut segments = readers
            .iter()
            .zip(&self.kept)
            .map(|(reader, kept)| Segment::open(plan, reader, self.index().fields, kept))
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
            scorer: Scorer::new(&weighed, &self.index().summary),
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
                    union.retain(|doc| {
                        walk.go_to(doc, segment);
                        let accepts = holds(&conditions, segment);
                        walk.note_date(accepts, &conditions, plan, segment, &mut outcome);
                        accepts
                    });
                }
                outcome.total += union.count();
                union.rank(number, segment, keep, &mut texts, &mut ranking)?;
                continue;
            }
            let asks_places = !walk.certain || walk.keep != Some(0) || walk.rungs;
            if asks_places {
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
                    None if walk.rungs => outcome.climb(segment, plan),
                    None => 0,
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
}

impl<'a> Walk<'a> {
    /// One that only counts.
    pub(super) fn counting(plan: &'a Plan, request: &'a Request) -> Self {
        Self {
            expr: &plan.expr,
            request,
            keep: Some(0),
            parts: &[],
            any_part: false,
            before: None,
            certain: plan.is_certain(&plan.expr),
            rungs: false,
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
