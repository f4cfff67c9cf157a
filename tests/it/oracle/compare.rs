//! Random corpora and queries, asked of the oracle and of an engine; a difference is made small and shown.

use super::corpus::{Model, random_corpus};
use super::evaluate::evaluate;
use super::generate::{Level, Queries};
use super::rng::Rng;
use super::words::Corpus;
use super::{Answer, AskOptions, Engine, OneHit};
use morgue::date::Day;
use morgue::query::{Query, parse, plain_words};
use morgue::search::{MatchMode, Sort};
use std::fmt::Write as _;

/// Queries that share a corpus: building an index costs more than asking it.
const QUERIES_A_CORPUS: usize = 25;
/// So many smaller cases are tried.
const MOST_SMALLER: usize = 600;

/// So many pairs of a corpus and a query; with `RUN_SLOW_TESTS=1` fifty times as many.
pub(crate) fn compare_many<E: Engine>(pairs: usize, level: Level, seed: u64) {
    let pairs =
        if std::env::var("RUN_SLOW_TESTS").is_ok_and(|it| it == "1") { pairs * 50 } else { pairs };
    if let Some(report) = first_difference::<E>(pairs, level, seed) {
        panic!("{report}");
    }
}

/// The first difference, made small and described.
pub(crate) fn first_difference<E: Engine>(pairs: usize, level: Level, seed: u64) -> Option<String> {
    let mut asked = 0;
    for number in 0.. {
        let mut rng = Rng::new(seed.wrapping_add(number));
        let models = random_corpus(&mut rng);
        let corpus = Corpus::new(&models);
        let engine = E::build(models.iter().map(Model::to_article).collect());
        let today = Day::from_ymd(2021, 3, 15).expect("a day of the calendar");
        let mut queries = Queries { rng: &mut rng, models: &models, level };
        for _ in 0..QUERIES_A_CORPUS {
            if asked == pairs {
                return None;
            }
            asked += 1;
            let (text, options) = queries.next(today);
            if difference(&corpus, &engine, &text, &options).is_some() {
                let seed = seed.wrapping_add(number);
                return Some(format!(
                    "corpus of seed {seed}:\n{}",
                    smaller::<E>(models.clone(), text, options)
                ));
            }
        }
    }
    None
}

/// The tree that the oracle walks.
pub(crate) fn tree(text: &str, options: &AskOptions) -> Query {
    if options.mode == MatchMode::Any {
        plain_words(text)
    } else {
        parse(text, options.today).query
    }
}

/// What differs, in words.
fn difference<E: Engine>(
    corpus: &Corpus,
    engine: &E,
    text: &str,
    options: &AskOptions,
) -> Option<String> {
    let expected = evaluate(&tree(text, options), corpus, options);
    let answer = engine.ask(text, options);
    let mut out = String::new();
    if options.sort == Sort::Relevance {
        let places: Vec<_> = answer.hits.iter().map(|it| rung_number(it.rung.as_deref())).collect();
        if !places.is_sorted() {
            let _ = writeln!(out, "the rungs are not in order: {places:?}");
        }
    }
    let hit_ids: Vec<&String> = answer.hits.iter().map(|it| &it.id).collect();
    if hit_ids != answer.ids.iter().collect::<Vec<_>>() {
        let _ = writeln!(out, "`ids` and `hits` are not the same articles");
    }
    let answer = comparable(answer, corpus, options);
    let expected = comparable(expected, corpus, options);
    if expected != answer {
        let _ = writeln!(out, "expected {}\n     got {}", shown(&expected), shown(&answer));
    }
    (!out.is_empty()).then_some(out)
}

fn rung_number(name: Option<&str>) -> usize {
    let names = ["phrase", "near", "paragraph", "all", "some"];
    names.iter().position(|it| name == Some(it)).unwrap_or(names.len())
}

/// The answer with its hits by article under relevance, and its marks as the words they lie on.
fn comparable(mut answer: Answer, corpus: &Corpus, options: &AskOptions) -> Answer {
    if options.sort == Sort::Relevance {
        answer.ids.sort();
        answer.hits.sort_by(|a, b| a.id.cmp(&b.id));
    }
    for hit in &mut answer.hits {
        let article = corpus.articles.iter().find(|it| it.model.id() == hit.id);
        let OneHit { title_marks, deck_marks, body_marks, .. } = hit;
        for (field, marks) in [("title", title_marks), ("deck", deck_marks), ("body", body_marks)] {
            let stream = article.and_then(|it| it.streams.iter().find(|it| it.field == field));
            let words: Vec<(usize, usize)> = stream
                .iter()
                .flat_map(|it| &it.spots)
                .filter(|it| !it.border)
                .map(|it| it.range)
                .collect();
            *marks = on_words(marks, &words);
        }
    }
    answer
}

/// The words that the ranges lie on; a range that does not begin and end with a word stays as it is.
fn on_words(marks: &[(usize, usize)], words: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (start, end) in marks {
        let inside = words.iter().filter(|it| it.0 < *end && *start < it.1);
        let begins = words.iter().any(|it| it.0 == *start);
        // `CSTO's` may be marked with its last two letters or without.
        let ends = words.iter().any(|it| it.1 == *end || it.1 + 2 == *end);
        if begins && ends { out.extend(inside) } else { out.push((*start, *end)) }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn shown(answer: &Answer) -> String {
    let Answer { total, ids, fallback, undated, imprecise, ladder, hits } = answer;
    let mut out = format!(
        "total {total} fallback {fallback} undated {undated} imprecise {imprecise} ladder {ladder:?} ids {ids:?}"
    );
    for OneHit { id, rung, matches, title_marks, deck_marks, body_marks } in hits {
        let _ = write!(
            out,
            "\n           {id} rung {rung:?} matches {matches} title {title_marks:?} deck {deck_marks:?} body {body_marks:?}"
        );
    }
    out
}

/// Drops articles, parts of the query and parts of articles while the two still differ, and describes what is left.
fn smaller<E: Engine>(mut models: Vec<Model>, mut text: String, mut options: AskOptions) -> String {
    let differs = |models: &[Model], text: &str, options: &AskOptions| {
        let engine = E::build(models.iter().map(Model::to_article).collect());
        difference(&Corpus::new(models), &engine, text, options)
    };
    // The language of most stays the same.
    let mostly_english = |models: &[Model]| {
        let count = |code| models.iter().filter(|it| it.language == Some(code)).count();
        count("en") > count("de")
    };
    let mut tried = 0;
    loop {
        let candidates = articles_dropped(&models)
            .into_iter()
            .map(|it| (it, text.clone(), options.clone()))
            .chain(text_dropped(&text).into_iter().map(|it| (models.clone(), it, options.clone())))
            .chain(
                options_dropped(&options).into_iter().map(|it| (models.clone(), text.clone(), it)),
            )
            .chain(
                parts_dropped(&models).into_iter().map(|it| (it, text.clone(), options.clone())),
            );
        let found = candidates.into_iter().find(|(models, text, options)| {
            tried += 1;
            tried < MOST_SMALLER
                && mostly_english(models)
                && differs(models, text, options).is_some()
        });
        let Some(found) = found else { break };
        (models, text, options) = found;
    }
    let mut out = String::new();
    for model in &models {
        let article = model.to_article();
        let _ = writeln!(
            out,
            "{} {:?} {:?} {:?}\n    title {:?} deck {:?} byline {:?} dateline {:?} by {:?} source {:?} section {:?} updated {:?}",
            article.id,
            article.language,
            model.published,
            article.body,
            article.title,
            article.deck,
            article.byline,
            article.dateline,
            article.authors,
            article.source,
            article.section,
            article.updated,
        );
    }
    let _ = writeln!(out, "query `{text}`\n{options:?}\n{:?}", tree(&text, &options));
    out.push_str(&differs(&models, &text, &options).unwrap_or_default());
    out
}

fn articles_dropped(models: &[Model]) -> Vec<Vec<Model>> {
    let one_less = |at: usize| models.iter().enumerate().filter(move |it| it.0 != at);
    (0..models.len()).map(|at| one_less(at).map(|it| it.1.clone()).collect()).collect()
}

fn text_dropped(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split(' ').collect();
    let mut out = Vec::new();
    for length in [3, 2, 1] {
        for at in 0..(pieces.len() + 1).saturating_sub(length) {
            let rest: Vec<&str> = [&pieces[..at], &pieces[at + length..]].concat();
            out.push(rest.join(" "));
        }
    }
    // A pair of parentheses.
    let signs: Vec<char> = text.chars().collect();
    for open in (0..signs.len()).filter(|at| signs[*at] == '(') {
        let mut depth = 0;
        let close = (open..signs.len()).find(|at| {
            depth += i32::from(signs[*at] == '(') - i32::from(signs[*at] == ')');
            depth == 0
        });
        if let Some(close) = close {
            let kept = signs.iter().enumerate().filter(|it| it.0 != open && it.0 != close);
            out.push(kept.map(|it| it.1).collect());
        }
    }
    out.retain(|it| !it.trim().is_empty() && it != text);
    out
}

fn options_dropped(options: &AskOptions) -> Vec<AskOptions> {
    let mut out = Vec::new();
    if !options.filters.is_empty() {
        out.push(AskOptions { filters: options.filters[1..].to_vec(), ..options.clone() });
    }
    if options.undated {
        out.push(AskOptions { undated: false, ..options.clone() });
    }
    if options.sort != Sort::Relevance {
        out.push(AskOptions { sort: Sort::Relevance, ..options.clone() });
    }
    if options.mode != MatchMode::Auto {
        out.push(AskOptions { mode: MatchMode::Auto, ..options.clone() });
    }
    out
}

/// One part of one article less.
fn parts_dropped(models: &[Model]) -> Vec<Vec<Model>> {
    let mut out = Vec::new();
    for (at, model) in models.iter().enumerate() {
        let mut smaller = Vec::new();
        let empty = Model {
            number: model.number,
            language: model.language,
            published: model.published,
            ..Model::default()
        };
        smaller.push(Model { title: Vec::new(), ..model.clone() });
        smaller.push(Model { deck: Vec::new(), ..model.clone() });
        smaller.push(Model { body: model.body.clone(), title: model.title.clone(), ..empty });
        for paragraph in 0..model.body.len() {
            let mut less = model.clone();
            less.body.remove(paragraph);
            smaller.push(less);
            for sentence in 0..model.body[paragraph].len() {
                let mut less = model.clone();
                if less.body[paragraph].len() > 1 {
                    less.body[paragraph].remove(sentence);
                    smaller.push(less);
                }
            }
        }
        smaller.retain(|it| it != model && !(it.body.is_empty() && it.title.is_empty()));
        for model in smaller {
            let mut all = models.to_vec();
            all[at] = model;
            out.push(all);
        }
    }
    out
}
