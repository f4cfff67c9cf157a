//! Counts by field over random corpora, held against the models that the oracle finds.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Model, random_corpus};
use super::engine::Morgue;
use super::evaluate::evaluate;
use super::generate::{Level, Queries};
use super::rng::Rng;
use super::words::{Corpus, fold};
use super::{AskOptions, Engine};
use morgue::date::Day;
use morgue::search::{FacetField, MatchMode};

const CORPORA: u64 = 40;
const QUERIES: usize = 25;

/// The values of an article in a field, as they are shown.
fn values(model: &Model, field: FacetField) -> Vec<String> {
    let one = |words: &Vec<String>| {
        let text = words.join(" ");
        (!text.is_empty()).then_some(text).into_iter().collect::<Vec<_>>()
    };
    // `2020`, `2020-09`, `2020-09-14`: so many letters of it are a year, a month.
    let date = |letters: usize| {
        model
            .published
            .map(|it| it.to_string().chars().take(letters).collect())
            .into_iter()
            .collect()
    };
    match field {
        FacetField::Authors => model.authors.iter().map(|it| it.join(" ")).collect(),
        FacetField::Source => one(&model.source),
        FacetField::Section => one(&model.section),
        FacetField::Language => model.language.map(str::to_owned).into_iter().collect(),
        FacetField::Year => date(4),
        FacetField::Month => date(7),
        FacetField::Agency
        | FacetField::People
        | FacetField::Organizations
        | FacetField::Places => Vec::new(),
    }
}

#[test]
fn facets_count_the_articles_of_the_list() {
    let today = Day::from_ymd(2021, 3, 15).unwrap();
    for seed in 0..CORPORA {
        let mut rng = Rng::new(9_000 + seed);
        let models = random_corpus(&mut rng);
        let corpus = Corpus::new(&models);
        let engine = Morgue::build(models.iter().map(Model::to_article).collect());
        let mut queries = Queries { rng: &mut rng, models: &models, level: Level::Everything };
        for _ in 0..QUERIES {
            let (text, options) = queries.next(today);
            check(&corpus, &engine, &text, &options);
        }
    }
}

fn check(corpus: &Corpus, engine: &Morgue, text: &str, options: &AskOptions) {
    let tree = super::compare::tree(text, options);
    let answer = evaluate(&tree, corpus, options);
    let found: BTreeSet<&String> =
        if answer.fallback { BTreeSet::new() } else { answer.ids.iter().collect() };
    let found: Vec<&Model> =
        corpus.articles.iter().map(|it| &it.model).filter(|it| found.contains(&it.id())).collect();
    assert_eq!(found.len() as u64, answer.total, "the oracle contradicts itself: `{text}`");
    let context = || format!("`{text}` under {:?} {:?}", options.mode, options.filters);
    assert!(options.mode != MatchMode::Any || !text.is_empty());
    for facet in engine.facets(text, options) {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        let mut none = 0;
        for model in &found {
            let here: BTreeSet<String> =
                values(model, facet.field).iter().map(|it| fold(it)).collect();
            none += u64::from(here.is_empty());
            for value in here {
                *expected.entry(value).or_default() += 1;
            }
        }
        let got: BTreeMap<String, u64> =
            facet.values.iter().map(|(value, count)| (fold(value), *count)).collect();
        assert_eq!(got, expected, "{:?} of {}", facet.field, context());
        assert_eq!(facet.none, none, "without {:?}: {}", facet.field, context());
        assert_eq!(facet.distinct, got.len() as u64, "{:?} of {}", facet.field, context());
    }
}
