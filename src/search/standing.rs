//! A request and an article to why it stands where it does: its place, its rung and the parts of its score.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::hit::rung_of;
use super::parameters::PARAMETERS;
use super::score::{ScorePart, Scorer};
use super::segment::{Open, Segment};
use super::{Local, Request, Rung, SearchError, Sort, feedback};
use crate::index::{IndexError, io};

/// Where an article stands in the answer to a request, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its place in the list, counted from 1; none if it is not in it.
    pub rank: Option<usize>,
    /// How many there are in the list.
    pub of: usize,
    /// Its best rung, when the query has a ladder: rungs go before scores.
    pub rung: Option<Rung>,
    /// The score: what words and closeness add.
    pub score: f32,
    /// What each word adds, for those that the article has.
    pub words: Vec<WordScore>,
    /// What neighbours of the query add by standing close together.
    pub near: Vec<NearScore>,
    /// How much the length of the article counts: `k1 * (1 - b + b * length / mean length)`.
    pub norm: f32,
    /// Saturation of frequency.
    pub k1: f32,
}

/// `weight * times * (k1 + 1) / (times + norm)`.
#[derive(Debug, Clone, PartialEq)]
pub struct WordScore {
    /// The word as typed, or as an article has it that `--feedback` took it from.
    pub word: String,
    /// It is no word of the query: part of a hyphenated one, or of the best articles.
    pub added: bool,
    /// Articles that have it.
    pub articles: u64,
    /// How rare it is, times what it counts.
    pub weight: f32,
    /// How often it is there; in the title twice as much, in the byline less.
    pub times: f32,
    /// What it adds.
    pub score: f32,
}

/// `closeness * least weight / distance`.
#[derive(Debug, Clone, PartialEq)]
pub struct NearScore {
    /// A word of the query.
    pub first: String,
    /// Its neighbour.
    pub second: String,
    /// Positions between the two where they are closest; 1 is side by side.
    pub distance: f32,
    /// What it adds.
    pub score: f32,
}

impl Local {
    /// Why the article with this very id stands where it does; none if there is none.
    pub fn standing(&self, request: &Request, id: &str) -> Result<Option<Standing>, SearchError> {
        let Some((number, doc)) = self.document(id)? else { return Ok(None) };
        let mut plan = self.plan(request);
        if request.feedback && request.sort == Sort::Relevance {
            let first = self.answer(&plan, request, Some(feedback::ARTICLES))?;
            self.learn(&mut plan, &first.outcome.entries)?;
        }
        let answer = self.answer(&plan, request, None)?;
        let entries = &answer.outcome.entries;
        let readers = self.searcher.segment_readers();
        let fields = self.index().fields;
        let both = readers.iter().zip(&self.kept);
        let segments = both.map(|(reader, kept)| Segment::open(&plan, reader, fields, kept));
        let segments = segments.collect::<Result<Vec<_>, _>>()?;
        let weighed = self.frequencies.borrow_mut().weighed(&plan, &segments)?;
        let mut scorer = Scorer::new(&weighed, &self.index().summary);
        let mut segment = Segment::open(&plan, &readers[number], fields, &self.kept[number])?;
        segment.go_to(doc);
        segment.open = if request.undated { Open::Yes } else { Open::No };
        // Of copies one is shown for all.
        let hash = if request.copies { 0 } else { segment.columns().hash(doc) };
        let at = entries.iter().position(|it| {
            (it.segment as usize == number && it.doc == doc) || (hash != 0 && it.hash == hash)
        });
        let (score, norm, parts) = scorer.parts(&mut segment);
        let mut standing = Standing {
            rank: at.map(|it| it + 1),
            of: entries.len(),
            rung: at.and_then(|it| rung_of(&plan, &entries[it], answer.fallback)),
            score,
            words: Vec::new(),
            near: Vec::new(),
            norm,
            k1: PARAMETERS.k1,
        };
        let word = |leaf: usize| plan.leaves[leaf].shown.clone();
        for part in parts {
            match part {
                ScorePart::Word { leaf, weight, times, score } => standing.words.push(WordScore {
                    word: word(leaf),
                    added: plan.leaves[leaf].extra,
                    articles: weighed
                        .iter()
                        .find(|it| it.leaf == leaf)
                        .map_or(0, |it| it.frequency),
                    weight,
                    times,
                    score,
                }),
                ScorePart::Near { first, second, distance, score } => {
                    let (first, second) = (word(first), word(second));
                    standing.near.push(NearScore { first, second, distance, score });
                }
            }
        }
        Ok(Some(standing))
    }

    /// Segment and number of the article with this id.
    fn document(&self, id: &str) -> Result<Option<(usize, u32)>, IndexError> {
        let term = Term::from_field_text(self.index().fields.id, id);
        for (number, reader) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(self.index().fields.id)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic).map_err(io)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    return Ok(Some((number, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }
}
