//! Counts by field and over time, and the lines of concordances, over random corpora, held against what the oracle finds.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Model, random_corpus};
use super::engine::Morgue;
use super::evaluate::evaluate;
use super::generate::{Level, Queries};
use super::rng::Rng;
use super::words::{Corpus, fold};
use super::{AskOptions, Engine};
use morgue::date::Day;
use morgue::date::Step;
use morgue::search::{FacetField, LineKey, MatchMode};

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
fn facets_timelines_and_lines_are_of_the_articles_of_the_list() {
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
    // Lines: as many as there are places, each beginning at a word that is marked.
    for sort in [&[][..], &[LineKey::Right(1), LineKey::Date]] {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for (id, field, start) in engine.lines(text, options, sort) {
            let hit = answer.hits.iter().find(|it| it.id == id);
            let hit = hit.unwrap_or_else(|| panic!("{id} has a line and is no hit: {}", context()));
            let marks = match field.as_str() {
                "title" => &hit.title_marks,
                "deck" => &hit.deck_marks,
                _ => &hit.body_marks,
            };
            assert!(marks.iter().any(|it| it.0 == start), "{id} {field} {start}: {}", context());
            *counts.entry(id).or_default() += 1;
        }
        let hits = answer.hits.iter().filter(|it| !answer.fallback && it.matches > 0);
        let expected: BTreeMap<String, u32> = hits.map(|it| (it.id.clone(), it.matches)).collect();
        assert_eq!(counts, expected, "lines of {}", context());
    }
    // The table of a batch.
    let extent = engine.extent(text, options);
    let days: Vec<_> = found.iter().filter_map(|it| it.published).collect();
    let dates = |day: Option<Day>| -> Vec<String> {
        days.iter().filter(|it| Some(it.last()) == day).map(ToString::to_string).collect()
    };
    let first = dates(days.iter().map(|it| it.last()).min());
    let last = dates(days.iter().map(|it| it.last()).max());
    assert_eq!(extent.total, found.len() as u64, "{}", context());
    assert_eq!(extent.first.iter().any(|it| first.contains(it)), !days.is_empty(), "{}", context());
    assert_eq!(extent.last.iter().any(|it| last.contains(it)), !days.is_empty(), "{}", context());
    // Periods: what is known as exactly as they are long, beside all that meets the flags.
    let all = evaluate(&morgue::query::Query::All, corpus, options);
    let base: Vec<&Model> = corpus
        .articles
        .iter()
        .map(|it| &it.model)
        .filter(|it| all.ids.contains(&it.id()))
        .collect();
    for (step, letters) in [(Step::Year, 4), (Step::Month, 7), (Step::Day, 10)] {
        let timeline = engine.timeline(text, options, step);
        let placed = |models: &[&Model]| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for date in models.iter().filter_map(|it| it.published) {
                let date = date.to_string();
                if date.len() >= letters {
                    *counts.entry(date[..letters].to_owned()).or_default() += 1;
                }
            }
            counts
        };
        let (expected, of) = (placed(&found), placed(&base));
        let series = &timeline.series[0];
        let mut got: BTreeMap<String, u64> = BTreeMap::new();
        for (at, period) in timeline.periods.iter().enumerate() {
            let label = step.label(*period);
            assert_eq!(timeline.articles[at], of.get(&label).copied().unwrap_or(0), "{label}");
            got.insert(label, series.counts[at]);
        }
        // The first and the last period have articles, and those between are there.
        let ends = got.first_key_value().into_iter().chain(got.last_key_value());
        assert!(ends.into_iter().all(|it| *it.1 > 0), "{got:?}");
        got.retain(|_, count| *count > 0);
        assert_eq!(got, expected, "by {step:?} of {}", context());
        let undated = found.iter().filter(|it| it.published.is_none()).count() as u64;
        let sum: u64 = got.values().sum();
        assert_eq!((series.total, series.undated), (found.len() as u64, undated), "{}", context());
        assert_eq!(series.imprecise, series.total - undated - sum, "{}", context());
    }
}
