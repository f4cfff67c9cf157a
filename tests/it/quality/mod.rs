//! How well morgue ranks: on an invented collection to four digits, so that a change of the order is seen; and on judged
//! collections, where they lie beside the project, against BM25 over one field with the same words.
//!
//! `cargo test --test it quality -- --nocapture` prints the numbers.

mod bm25;
mod collection;
mod measures;
mod pages;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use bm25::Bm25;
use collection::{Collection, known_items};
use measures::{chance, interval, judged, mean, reciprocal};

use crate::cli::morgue;
use crate::oracle::Rng;

/// Differences that chance makes less often than this are believed.
const BELIEVED: f64 = 0.05;
/// Rounds of the tests by drawing.
const ROUNDS: usize = 20_000;
/// Known items drawn from a large archive.
const DRAWN: usize = 300;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Data that is not part of the project, or nothing where it is missing.
fn beside(path: &str) -> Option<PathBuf> {
    let path = project().join("../shared/data").join(path);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

/// Average precision and nDCG at 10, question by question.
fn judge(collection: &Collection, lists: &[Vec<String>]) -> (Vec<f64>, Vec<f64>) {
    let grades = collection.queries.iter().map(|it| &collection.judgements[&it.0]);
    grades.zip(lists).map(|(grades, list)| judged(list, grades)).unzip()
}

fn baseline(collection: &Collection) -> Vec<Vec<String>> {
    let mut bm25 = Bm25::new(&collection.documents);
    let rank = |it: &(String, String)| {
        let ranked = bm25.rank(&it.1, 1000);
        ranked.into_iter().map(|number| collection.documents[number].id.clone()).collect()
    };
    collection.queries.iter().map(rank).collect()
}

/// Every number of the ranking moves when its order does; the file says what it was.
#[test]
fn invented_collection() {
    let folder = project().join("fixtures/quality");
    let collection = Collection::read(&folder.join("invented"));
    let mut found = String::new();
    for (name, options) in [
        ("any", &["--match", "any"][..]),
        ("auto", &["--plain"]),
        ("operators", &[]),
        ("feedback", &["--match", "any", "--feedback"]),
    ] {
        let (precisions, gains) = judge(&collection, &collection.run(options));
        writeln!(found, "{name} map {:.4} ndcg10 {:.4}", mean(&precisions), mean(&gains)).unwrap();
    }
    let file = folder.join("invented/expected.txt");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
        fs::write(&file, &found).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap();
    assert_eq!(
        found, expected,
        "the order of hits has changed; `fixtures/quality/README.md` says what to do"
    );
}

#[test]
fn not_below_one_field() {
    for name in ["time", "cran"] {
        let Some(folder) = beside(&format!("rank/{name}")) else { continue };
        let collection = Collection::read(&folder);
        let (theirs, their_gains) = judge(&collection, &baseline(&collection));
        let (ours, our_gains) =
            judge(&collection, &collection.run(&["--limit", "1000", "--match", "any"]));
        println!("{name}: {} questions", ours.len());
        let print = |what: &str, precisions: &[f64], gains: &[f64]| {
            println!("  {what:<12} map {:.4} ndcg10 {:.4}", mean(precisions), mean(gains));
        };
        print("one field", &theirs, &their_gains);
        print("any", &ours, &our_gains);
        for (what, ours, theirs) in [("map", &ours, &theirs), ("ndcg10", &our_gains, &their_gains)]
        {
            let chance = chance(ours, theirs, ROUNDS);
            println!("  {what} {:+.4}, p {chance:.3}", mean(ours) - mean(theirs));
            assert!(mean(ours) >= mean(theirs) || chance >= BELIEVED, "{name}: {what} is below");
        }
        let list = collection.run(&["--limit", "1000", "--plain"]);
        let (auto, auto_gains) = judge(&collection, &list);
        print("auto", &auto, &auto_gains);
        assert!(mean(&auto) >= mean(&ours) - 0.01, "{name}: auto is far below any");
        let list = collection.run(&["--limit", "1000", "--match", "any", "--feedback"]);
        let (fed, fed_gains) = judge(&collection, &list);
        print("feedback", &fed, &fed_gains);
        let least = if name == "cran" { 0.335 } else { 0.59 };
        assert!(mean(&fed) >= least, "{name}: feedback is below {least}");
    }
}

/// Titles as questions to articles without them.
fn headlines(name: &str, articles: &[(String, String)]) {
    let collection = known_items(articles);
    let ids = collection.queries.iter().map(|it| format!("d{}", &it.0[1..]));
    let ids: Vec<String> = ids.collect();
    let ranks = |lists: &[Vec<String>]| -> Vec<f64> {
        lists.iter().zip(&ids).map(|(list, id)| reciprocal(list, id)).collect()
    };
    let theirs = ranks(&baseline(&collection));
    let ours = ranks(&collection.run(&["--limit", "100", "--plain"]));
    for (what, values) in [("one field", &theirs), ("auto", &ours)] {
        let (low, high) = interval(values, 2000);
        println!("{name}: {what:<10} MRR {:.4} ({low:.4} to {high:.4})", mean(values));
    }
    let chance = chance(&ours, &theirs, ROUNDS);
    println!("{name}: {} headlines, {:+.4}, p {chance:.3}", ids.len(), mean(&ours) - mean(&theirs));
    assert!(mean(&ours) >= mean(&theirs) || chance >= BELIEVED, "{name}: MRR is below");
}

#[test]
fn headlines_of_pages() {
    let Some(folder) = beside("pages") else { return };
    let truth = fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    // A few lines hold Python's `NaN`, which is no JSON.
    let articles = truth.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |it: &Value, name: &str| it[name].as_str().unwrap_or("").to_owned();
    let articles = articles.map(|it| (text(&it, "title"), text(&it, "text")));
    let articles: Vec<_> = articles.filter(|it| !it.1.trim().is_empty()).collect();
    headlines("pages", &articles);
}

#[test]
fn headlines_of_reuters() {
    let Some(folder) = beside("reuters21578") else { return };
    let files = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "sgm"));
    let mut files: Vec<_> = files.map(|it| it.display().to_string()).collect();
    files.sort();
    let extracted = morgue(&folder, &["extract", "-", "--no-entities"], &files.join("\n"));
    let mut articles = Vec::new();
    for line in extracted.out.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| article[name].as_str().unwrap_or("").trim().to_owned();
        // A brief of a few words has no text to be found by.
        if text("body").split_whitespace().count() >= 30 {
            articles.push((text("title"), text("body")));
        }
    }
    // Every article is there to be confused with; some are looked for.
    let mut titled: Vec<_> = (0..articles.len()).filter(|it| !articles[*it].0.is_empty()).collect();
    let mut rng = Rng::new(3);
    for at in 0..titled.len() {
        let other = at + rng.below(titled.len() - at);
        titled.swap(at, other);
    }
    for number in &titled[DRAWN.min(titled.len())..] {
        articles[*number].0.clear();
    }
    headlines("reuters", &articles);
}
