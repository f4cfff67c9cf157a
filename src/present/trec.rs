//! Results to the run format of retrieval experiments: `qid Q0 docid rank score tag`.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::{RenderContext, Renderer, ResultRenderer, Style, sanitize};
use crate::search::{Head, Hit, ResultSink};

/// The run format.
pub(super) struct Trec;

/// The name of the run.
const TAG: &str = "morgue";
/// The name of a query that has none.
const UNNAMED: &str = "1";
/// The smallest difference that the six printed digits show.
const STEP: f64 = 1e-6;

impl Renderer for Trec {
    fn name(&self) -> &'static str {
        "trec"
    }

    fn about(&self) -> &'static str {
        "the run format of retrieval experiments"
    }

    fn every_copy_is_a_hit(&self) -> bool {
        true
    }

    fn is_a_run(&self) -> bool {
        true
    }

    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        _style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w> {
        let query = context.query_id.as_deref().map(one_word).filter(|it| !it.is_empty());
        let query = query.unwrap_or_else(|| UNNAMED.to_owned());
        Box::new(TrecResults { out, query, last_score: None })
    }
}

struct TrecResults<'w> {
    out: &'w mut dyn Write,
    query: String,
    last_score: Option<f64>,
}

impl ResultSink for TrecResults<'_> {
    fn head(&mut self, _head: &Head) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        let article = &hit.article;
        let named = article.source_id.as_deref().map(one_word).filter(|it| !it.is_empty());
        let document = named.unwrap_or_else(|| one_word(&article.id));
        let score = falling(self.last_score, f64::from(hit.score));
        self.last_score = Some(score);
        writeln!(self.out, "{} Q0 {document} {} {score:.6} {TAG}", self.query, hit.rank)?;
        Ok(ControlFlow::Continue(()))
    }
}

impl ResultRenderer for TrecResults<'_> {
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Evaluation programs sort by score and break ties their own way, so every score is a little below the
/// one before: the order of the list is the order they see.
fn falling(last: Option<f64>, score: f64) -> f64 {
    let score = if score.is_finite() { score } else { 0.0 };
    // Rounded as it is printed, lest two scores look equal.
    let score = (score / STEP).round() * STEP;
    last.map_or(score, |last| score.min(last - STEP))
}

/// White space and what is not safe to print would break the columns.
fn one_word(text: &str) -> String {
    let joined: String =
        text.trim().chars().map(|ch| if ch.is_whitespace() { '_' } else { ch }).collect();
    sanitize::line(&joined).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{head, hits, rendered};

    #[test]
    fn scores_fall() {
        let mut hits = hits();
        hits[1].score = 99.0;
        hits[2].score = f32::NAN;
        let fallback = Head { fallback: true, ..head() };
        let context =
            RenderContext { query_id: Some("q 7".to_owned()), ..RenderContext::default() };
        insta::assert_snapshot!(rendered("trec", Style::default(), context, &fallback, &hits), @r"
        q_7 Q0 3f9a2c1b77e0 1 12.250000 morgue
        q_7 Q0 IL_77 2 12.249999 morgue
        q_7 Q0 77 3 0.000000 morgue
        ");
    }

    #[test]
    fn equal_scores_stay_in_order() {
        let mut last = None;
        let mut printed = Vec::new();
        for _ in 0..1000 {
            let score = falling(last, 17.123_456_7);
            printed.push(format!("{score:.6}"));
            last = Some(score);
        }
        assert!(printed.windows(2).all(|pair| pair[1] < pair[0]));
    }
}
