//! How well the metadata of web pages are read: on judged pages, where they lie beside the project, the figures of
//! `fixtures/quality/pages.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use serde_json::Value;

use super::{beside, project};

/// Words between two names.
static AND: &[&str] =
    &[" and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " ve ", " & "];

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn people(value: &Value) -> BTreeSet<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
        _ => String::new(),
    };
    let text = AND.iter().fold(text, |text, word| text.replace(word, ";"));
    text.split([';', ',', '|', '/']).map(letters).filter(|it| !it.is_empty()).collect()
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

fn day(row: &Value, key: &str) -> String {
    text(row, key).chars().take(10).collect()
}

/// Whether most words of one text are in the other, and not twice as many.
fn holds(whole: &str, found: &str) -> bool {
    let words = |text: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
        counts
    };
    let (truth, got) = (words(whole), words(found));
    let sum = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>();
    let both: usize =
        truth.iter().map(|(word, count)| *count.min(got.get(word).unwrap_or(&0))).sum();
    both * 10 >= sum(&truth) * 8 && both * 2 >= sum(&got)
}

#[test]
fn metadata_of_judged_pages() {
    let Some(data) = beside("pages") else { return };
    let truth = fs::read_to_string(data.join("truth.jsonl")).unwrap();
    let mut table = "# set\tmeasure\tright\tof\n".to_owned();
    for set in ["fundus", "traf"] {
        let rows: Vec<Value> = truth
            .lines()
            // A row with half of a surrogate pair is no JSON to others.
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(|row: &Value| row["corpus"] == set)
            .collect();
        // Names of files say the day and the paper: they are taken away.
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<_> =
            (0..rows.len()).map(|at| folder.path().join(format!("{at:04}.html.gz"))).collect();
        for (row, file) in rows.iter().zip(&files) {
            fs::copy(data.join(format!("{}.gz", text(row, "file"))), file).unwrap();
        }
        let output = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(["extract", "--no-entities", "--now", "2026-11-24"])
            .args(&files)
            .output()
            .unwrap();
        let found: BTreeMap<String, Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|row| (text(&row, "path").to_owned(), row))
            .collect();
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (row, file) in rows.iter().zip(&files) {
            let got = &found[&file.display().to_string()];
            let mut count = |measure, asked: bool, right: bool| {
                if asked {
                    let count = counts.entry(measure).or_default();
                    *count = (count.0 + usize::from(right), count.1 + 1);
                }
            };
            let same = |key| letters(text(row, key)) == letters(text(got, key));
            count("title", !text(row, "title").is_empty(), same("title"));
            let (signed, read) = (people(&row["authors"]), people(&got["authors"]));
            count("authors", !signed.is_empty(), signed == read);
            let (told, dated) = (day(row, "date"), day(got, "published"));
            count("day", !told.is_empty(), told == dated);
            count("wrong day", !told.is_empty(), told != dated && !dated.is_empty());
            let deck = text(row, "deck");
            count("standfirst", !deck.is_empty(), holds(deck, text(got, "deck")));
        }
        for (measure, (right, of)) in counts {
            let _ = writeln!(table, "{set}\t{measure}\t{right}\t{of}");
        }
    }
    let path = project().join("fixtures/quality/pages.tsv");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
        fs::write(&path, &table).unwrap();
    }
    println!("{table}");
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), table);
}
