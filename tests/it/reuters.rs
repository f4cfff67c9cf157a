//! Counts on Reuters-21578 against a script of its own, and the article whose date has no year, on the real data
//! (where it lies beside the project) and on invented twins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::cli::morgue;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Data that is not part of the project, or nothing where it is missing.
fn beside(path: &str) -> Option<PathBuf> {
    let path = project().join("../shared").join(path);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn counts_agree_with_the_sgml() {
    let Some(data) = beside("data/reuters21578") else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let indexed = morgue(folder.path(), &["index", data.to_str().unwrap()], "");
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    assert!(indexed.err.contains("21578 articles"), "{}", indexed.err);
    let checked = Command::new("python3")
        .arg(project().join("tests/reuters_counts.py"))
        .arg(&data)
        .arg("--check")
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .arg(folder.path().join("index/main"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
    let facets = Command::new("python3")
        .arg(project().join("tests/reuters_facets.py"))
        .args([data.as_os_str(), env!("CARGO_BIN_EXE_morgue").as_ref()])
        .arg(folder.path().join("index/main"))
        .output()
        .unwrap();
    assert!(facets.status.success(), "{}", String::from_utf8_lossy(&facets.stdout));
    let ladder = Command::new("python3")
        .arg(project().join("tests/reuters_ladder.py"))
        .args([data.as_os_str(), env!("CARGO_BIN_EXE_morgue").as_ref()])
        .arg(folder.path().join("index/main"))
        .output()
        .unwrap();
    assert!(ladder.status.success(), "{}", String::from_utf8_lossy(&ladder.stdout));
    let memory = Command::new("python3")
        .arg(project().join("tests/reuters_memory.py"))
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .arg(folder.path().join("index/main"))
        .output()
        .unwrap();
    assert!(memory.status.success(), "{}", String::from_utf8_lossy(&memory.stdout));
    // Every article has its day, and 875 have authors.
    let count = |query: &[&str]| {
        let mut arguments = vec!["count"];
        arguments.extend_from_slice(query);
        morgue(folder.path(), &arguments, "").out.trim().parse::<u64>().unwrap()
    };
    assert_eq!(count(&["date:none"]), 0);
    assert_eq!(count(&["*", "--since", "1987-02-01", "--until", "1987-10-31"]), 21578);
    assert_eq!(count(&["-by:none"]), 875);
}

/// What `extract` makes of a file, at a day.
fn extracted(file: &Path, now: &str) -> Value {
    let arguments = ["extract", file.to_str().unwrap(), "--now", now];
    let ran = morgue(project(), &arguments, "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The days on which the clock may stand without changing what is known.
const CLOCKS: &[&str] =
    &["2020-10-01", "2021-01-31", "2024-02-29", "2026-09-14", "2026-11-23", "2030-12-31"];

#[test]
fn the_article_without_a_year() {
    let Some(folder) = beside("articles") else { return };
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    for now in CLOCKS {
        let article = extracted(&file, now);
        assert_eq!(article["title"], "Putin and Lukashenko meet as best friends in Sochi");
        assert_eq!(article["deck"], "Lukashenko and Putin reaffirm 20 years of their friendship");
        assert_eq!(article["authors"], serde_json::json!(["Dmitry Sudakov"]));
        assert_eq!(article["published"], "2020-09-14", "at {now}");
        assert_eq!(article["provenance"]["published"], "inferred");
        assert_eq!(article["language"], "en");
        let body = article["body"].as_str().unwrap();
        assert!(!body.contains("Sudakov") && !body.to_lowercase().contains("subscribe"));
    }

    // Without the one sentence that says how long ago something dated was, the year is not asserted.
    let text = fs::read_to_string(&file).unwrap();
    let sentences: Vec<_> = text.split_inclusive(['.', '\n']).collect();
    assert!(sentences.iter().any(|it| it.contains("20 years ago")));
    let without: String = sentences.into_iter().filter(|it| !it.contains("20 years ago")).collect();
    let stage = tempfile::tempdir().unwrap();
    let shorter = stage.path().join("shorter.txt");
    fs::write(&shorter, without).unwrap();
    let article = extracted(&shorter, "2026-11-23");
    assert_eq!(article["published"], Value::Null);
    assert_eq!(article["published_partial"], "--09-14");
    let candidates = article["published_candidates"].as_array().unwrap();
    assert!(candidates.contains(&"2020-09-14".into()), "{candidates:?}");

    let ask = |more: &[&str]| {
        let mut arguments = vec![
            "search",
            "CSTO obligations",
            "--in",
            folder.to_str().unwrap(),
            "--format",
            "json",
        ];
        arguments.extend_from_slice(more);
        morgue(stage.path(), &arguments, "")
    };
    let found: Value = serde_json::from_str(&ask(&[]).out).unwrap();
    assert_eq!(found["total"], 1);
    let phrase = found["ladder"].as_array().unwrap().iter().find(|it| it["rung"] == "phrase");
    assert_eq!(phrase.unwrap()["count"], 0);
    let marked = marked_words(&found["hits"][0]["passages"][0]);
    assert!(marked.iter().any(|it| it == "csto"), "{marked:?}");
    assert!(marked.iter().any(|it| it.starts_with("obligation")), "{marked:?}");
    for kept in [
        &["--by", "sudakov"][..],
        &["--since", "2020-09-14", "--until", "2020-09-14"],
        &["--since", "2020-09"],
    ] {
        assert_eq!(ask(kept).code, Some(0), "{kept:?}");
    }
    for dropped in [&["--by", "smith"][..], &["--since", "2020-09-15"]] {
        assert_eq!(ask(dropped).code, Some(1), "{dropped:?}");
    }
    let byline = ["count", "sudakov", "--in", folder.to_str().unwrap()];
    assert_eq!(morgue(stage.path(), &byline, "").code, Some(0));
}

#[test]
fn invented_articles_without_a_year() {
    let samples = project().join("fixtures/formats/plain");
    for now in ["2016-05-01", "2020-01-01", "2026-11-23", "2030-12-31"] {
        let article = extracted(&samples.join("weekday-date-no-year-with-n-years-ago.txt"), now);
        assert_eq!(article["published"], "2016-04-18", "at {now}");
        assert_eq!(article["provenance"]["published"], "inferred");
    }
    let article =
        extracted(&samples.join("weekday-date-no-year-without-evidence.txt"), "2026-11-23");
    assert_eq!(article["published"], Value::Null);
    assert_eq!(article["published_partial"], "--04-18");
    let candidates = article["published_candidates"].as_array().unwrap();
    assert!(candidates.contains(&"2016-04-18".into()), "{candidates:?}");
}

/// The marked words of a passage, in lower case; offsets count characters.
fn marked_words(passage: &Value) -> Vec<String> {
    let text: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
    let highlights = passage["highlights"].as_array().unwrap().iter();
    let at = |pair: &Value, side: usize| usize::try_from(pair[side].as_u64().unwrap()).unwrap();
    highlights
        .map(|pair| text[at(pair, 0)..at(pair, 1)].iter().collect::<String>().to_lowercase())
        .collect()
}
