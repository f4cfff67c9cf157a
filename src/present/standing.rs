//! Why an article stands where it does, for people and as the struct that programs get.

use std::fmt::Write as _;

use serde::Serialize;

use super::json::SCHEMA;
use super::sanitize;
use super::wrap::text_columns;
use crate::article::Article;
use crate::search::{Rung, Standing};

/// The standing of an article for people.
pub fn standing_text(article: &Article, standing: &Standing) -> String {
    let mut text = String::new();
    let title = sanitize::line(article.title.as_deref().unwrap_or("(no title)"));
    let _ = writeln!(text, "{}\n{}", title.trim(), article.id);
    let rung = standing.rung.map_or_else(String::new, |it| format!(" · rung `{}`", it.name()));
    let _ = match standing.rank {
        Some(rank) => {
            writeln!(text, "{rank} of {}{rung} · score {:.4}\n", standing.of, standing.score)
        }
        None => writeln!(
            text,
            "not among the {} articles of the list · score {:.4}\n",
            standing.of, standing.score
        ),
    };
    let words: Vec<_> = standing.words.iter().map(|it| sanitize::line(&it.word)).collect();
    let widest = words.iter().map(|it| text_columns(it)).max().unwrap_or(0).clamp(4, 30);
    let pad = |word: &str| " ".repeat(widest.saturating_sub(text_columns(word)));
    if !words.is_empty() {
        let _ = writeln!(text, "   score  word{}  articles  weight   times", pad("word"));
    }
    for (part, word) in standing.words.iter().zip(&words) {
        let added = if part.added { "  added" } else { "" };
        let _ = writeln!(
            text,
            "{:>8.4}  {word}{}  {:>8}  {:>6.3}  {:>6.2}{added}",
            part.score,
            pad(word),
            part.articles,
            part.weight,
            part.times,
        );
    }
    for part in &standing.near {
        let (first, second) = (sanitize::line(&part.first), sanitize::line(&part.second));
        let _ =
            writeln!(text, "{:>8.4}  {first} … {second}, {:.0} apart", part.score, part.distance);
    }
    if standing.words.is_empty() {
        text.push_str("it has no word of the query that adds to a score\n");
        return text;
    }
    let _ = writeln!(
        text,
        "\na word adds weight * times * {:.1} / (times + {:.3}), which grows with the\n\
         length of the article; the formula is BM25F: docs/ranking.md",
        standing.k1 + 1.0,
        standing.norm,
    );
    text
}

/// The standing of an article for programs.
#[derive(Debug, Serialize)]
pub struct StandingSeen<'a> {
    schema: u32,
    id: &'a str,
    title: Option<&'a str>,
    rank: Option<usize>,
    of: usize,
    rung: Option<&'static str>,
    score: f32,
    words: Vec<WordSeen<'a>>,
    near: Vec<NearSeen<'a>>,
    norm: f32,
    k1: f32,
}

/// What a word adds.
#[derive(Debug, Serialize)]
pub struct WordSeen<'a> {
    word: &'a str,
    added: bool,
    articles: u64,
    weight: f32,
    times: f32,
    score: f32,
}

/// What two neighbours of the query add.
#[derive(Debug, Serialize)]
pub struct NearSeen<'a> {
    first: &'a str,
    second: &'a str,
    distance: f32,
    score: f32,
}

impl<'a> StandingSeen<'a> {
    /// The promised form of `standing`.
    pub fn new(article: &'a Article, standing: &'a Standing) -> Self {
        let words = standing.words.iter().map(|it| WordSeen {
            word: &it.word,
            added: it.added,
            articles: it.articles,
            weight: it.weight,
            times: it.times,
            score: it.score,
        });
        let near = standing.near.iter().map(|it| NearSeen {
            first: &it.first,
            second: &it.second,
            distance: it.distance,
            score: it.score,
        });
        Self {
            schema: SCHEMA,
            id: &article.id,
            title: article.title.as_deref(),
            rank: standing.rank,
            of: standing.of,
            rung: standing.rung.map(Rung::name),
            score: standing.score,
            words: words.collect(),
            near: near.collect(),
            norm: standing.norm,
            k1: standing.k1,
        }
    }
}
