//! The manual of the query language, tried: every example finds something in the invented archive.

use std::path::Path;
use std::process::Command;

use morgue::date::Day;
use morgue::index::Index;
use morgue::query::parse;
use morgue::search::{FacetOptions, Local, MatchMode, Purpose, Request, Sort};

use crate::cli::{furnished, morgue};

/// The examples in the tables of a page, from the columns that say what to type.
fn examples(page: &str) -> Vec<String> {
    let mut column: Option<usize> = None;
    let mut found = Vec::new();
    for line in page.lines() {
        if !line.starts_with('|') {
            column = None;
            continue;
        }
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<&str> = line.split('|').collect();
        match column {
            Some(at) => {
                let typed: Vec<&str> = cells[at].split('`').collect();
                found.extend(typed.iter().skip(1).step_by(2).map(|it| it.replace('\u{1}', "|")));
            }
            None => column = cells.iter().position(|it| it.trim().starts_with("Type")),
        }
    }
    found
}

fn request(text: &str, today: Day) -> Request {
    Request {
        text: text.to_owned(),
        query: parse(text, today).query,
        filters: Vec::new(),
        readings: Vec::new(),
        problems: Vec::new(),
        mode: MatchMode::Auto,
        sort: Sort::Relevance,
        limit: Some(0),
        offset: 0,
        passages: 0,
        feedback: false,
        purpose: Purpose::Reading,
        undated: false,
        copies: false,
        under: None,
        facets: FacetOptions::default(),
        today,
    }
}

#[test]
fn every_example_of_the_manual_finds_something() {
    let folder = furnished();
    let indexed = morgue(folder.path(), &["index", "fixtures/archive", "--now", "2021-03-14"], "");
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    let page = include_str!("../../docs/queries.md");
    let today = Day::from_ymd(2021, 3, 15).unwrap();
    let local = Local::new(Index::open(&folder.path().join("index/main")).unwrap());
    let examples = examples(page);
    assert!(examples.len() > 80, "only {} examples", examples.len());
    let silent: Vec<_> =
        examples.iter().filter(|typed| local.count(&request(typed, today)).unwrap() == 0).collect();
    assert!(silent.is_empty(), "nothing found by {silent:?}");
    // What is to be typed at the shell, as it stands there.
    let program = Path::new(env!("CARGO_BIN_EXE_morgue")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let commands = page.lines().filter_map(|it| it.strip_prefix("    morgue "));
    let mut ran = 0;
    for command in commands {
        let mut shell = Command::new("sh");
        shell.current_dir(folder.path()).args(["-c", &format!("morgue {command}")]);
        let done = shell.env("PATH", &path).env_remove("MORGUE_INDEX").output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{command}");
        ran += 1;
    }
    assert!(ran > 0);
}

#[test]
fn the_manual_is_readable_at_eighty_columns() {
    let folder = furnished();
    for topic in ["queries", "coming-from"] {
        let shown = morgue(folder.path(), &["help", topic], "");
        assert_eq!(shown.code, Some(0));
        for line in shown.out.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(!line.contains("|---"), "{line}");
        }
    }
}
