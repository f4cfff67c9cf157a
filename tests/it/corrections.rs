//! What people say of articles outlives runs, edits, moves and the index; what fits nothing is counted.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{Ran, morgue};

/// An archive with an article that its source names, two that are plain text, and a twin.
struct Archive {
    folder: tempfile::TempDir,
}

const FEED: &str = "{\"id\":\"m-1\",\"title\":\"Ferry stops\",\"author\":\"Ann Lee\",\"date\":\"2020-05-01\",\"text\":\"The ferry stopped at noon.\"}\n\
    {\"id\":\"m-2\",\"title\":\"Bridge opens\",\"author\":\"Cy Poe\",\"date\":\"2020-05-02\",\"text\":\"The bridge opened at ten.\"}\n";

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = Self { folder };
        fs::create_dir_all(archive.path("a/2020")).unwrap();
        fs::write(archive.path("a/2020/feed.jsonl"), FEED).unwrap();
        fs::write(archive.path("a/mayor.txt"), "Mayor resigns\n\nThe mayor went home.\n").unwrap();
        fs::write(archive.path("a/river.txt"), "River rises\n\nThe river rose again.\n").unwrap();
        archive
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        morgue(self.folder.path(), arguments, "")
    }

    /// Runs what has to go well; gives what it printed.
    fn done(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}{}", ran.out, ran.err);
        ran.out + &ran.err
    }

    fn id(&self, query: &str) -> String {
        let found = self.done(&["search", query, "--format", "json"]);
        let found: Value = serde_json::from_str(&found).unwrap();
        found["hits"][0]["id"].as_str().unwrap().to_owned()
    }

    /// The article that a query finds, as it is in the index.
    fn article(&self, query: &str) -> Value {
        serde_json::from_str(&self.done(&["show", &self.id(query), "--format", "json"])).unwrap()
    }

    fn authors(&self, query: &str) -> Value {
        self.article(query)["authors"].clone()
    }
}

fn lines(path: &Path) -> usize {
    fs::read_to_string(path).unwrap().lines().count()
}

#[test]
fn a_correction_outlives_runs_edits_moves_and_the_index() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    let id = archive.id("ferry");
    archive.done(&["correct", &id, "author=Di Roe", "date=2019-04", "title=A ferry halts"]);
    archive.done(&["correct", &archive.id("mayor"), "author=Ed Moe", "date=2018"]);
    let holds = |when: &str| {
        assert_eq!(archive.authors("noon"), serde_json::json!(["Di Roe"]), "{when}");
        assert_eq!(archive.authors("mayor"), serde_json::json!(["Ed Moe"]), "{when}");
        assert_eq!(archive.authors("bridge"), serde_json::json!(["Cy Poe"]), "{when}");
        assert_eq!(archive.done(&["count", "by:roe", "date:2019-04"]), "1\n", "{when}");
        assert_eq!(archive.done(&["count", "title:halts"]), "1\n", "{when}");
        assert_eq!(archive.id("noon"), id, "{when}: the id is that of what was found");
        archive.done(&["verify", "--deep"]);
    };
    holds("at once");
    let said = archive.done(&["index", "a"]);
    assert!(said.contains("0 articles from 0 files · 3 unchanged"), "{said}");
    assert!(said.contains("corrections of 2 articles in "), "{said}");
    holds("after a run");

    let edited = FEED.replace("opened at ten", "opened at eleven, and shut");
    let added = "{\"id\":\"m-3\",\"title\":\"Tide\",\"text\":\"A tide came in.\"}\n";
    let edited = edited + added;
    fs::write(archive.path("a/2020/feed.jsonl"), edited).unwrap();
    let said = archive.done(&["index", "a"]);
    assert!(said.contains("2 articles from 1 file · 1 as before"), "{said}");
    holds("after an edit beside it");

    fs::rename(archive.path("a/mayor.txt"), archive.path("a/2020/the-mayor.txt")).unwrap();
    archive.done(&["index", "a"]);
    holds("after a move");

    archive.done(&["index", "--compact"]);
    holds("after merging");

    fs::remove_dir_all(archive.path("index")).unwrap();
    archive.done(&["index", "a"]);
    holds("after the index was made again");

    // An index of a part finds what is said above it, and does not miss the rest.
    let said = archive.done(&["--index", "part", "index", "a/2020"]);
    assert!(!said.contains("fit no article"), "{said}");
    assert_eq!(archive.done(&["--index", "part", "count", "by:roe"]), "1\n");

    fs::rename(archive.path("a"), archive.path("b")).unwrap();
    archive.done(&["--index", "other", "index", "b"]);
    assert_eq!(archive.done(&["--index", "other", "count", "by:roe OR by:moe"]), "2\n");
}

#[test]
fn a_file_that_was_edited_is_noticed_and_only_what_it_is_about_is_written() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    let file = archive.path("a/corrections.jsonl");
    let say = |text: &str| {
        fs::write(&file, text).unwrap();
        archive.done(&["index", "a"])
    };
    let one = "{\"key\":\"id:m-1\",\"fields\":{\"author\":\"Di Roe\"}}\n";
    let said = say(one);
    assert!(said.contains("1 article from 1 file · 1 as before · 2 unchanged"), "{said}");
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));

    let said = say(&format!(
        "nonsense\n{one}{{\"key\":\"id:gone\",\"about\":\"old\\u001b[2J.txt\",\"fields\":{{\"title\":\"T\"}}}}\n"
    ));
    assert!(said.contains("0 articles from 0 files · 3 unchanged"), "{said}");
    assert!(said.contains("line 1 says nothing: it is no JSON object"), "{said}");
    assert!(said.contains("1 of them fit no article of the index any more: old␛[2J.txt"), "{said}");
    let said = archive.done(&["index", "a"]);
    assert!(said.contains("1 of them fit no article of the index any more"), "{said}");
    assert!(
        archive.done(&["status"]).contains("corrected: 2 articles, 1 of them not in the index")
    );

    // A run of another part leaves the rest for the next.
    fs::write(&file, one.replace("Di Roe", "Flo Doe")).unwrap();
    archive.done(&["index", "a/mayor.txt"]);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));
    archive.done(&["index", "a"]);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Flo Doe"]));

    fs::remove_file(&file).unwrap();
    let said = archive.done(&["index", "a"]);
    assert!(said.contains("1 article from 1 file"), "{said}");
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Ann Lee"]));
    assert_eq!(archive.article("ferry").get("corrected"), None);
}

#[test]
fn a_run_that_was_cut_off_is_not_taken_for_done() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    fs::write(
        archive.path("a/corrections.jsonl"),
        "{\"key\":\"id:m-1\",\"fields\":{\"author\":\"Di Roe\"}}\n",
    )
    .unwrap();
    // A path that would lose too much is refused after files were read, and before anything is committed.
    let mayor = fs::read(archive.path("a/mayor.txt")).unwrap();
    fs::remove_file(archive.path("a/mayor.txt")).unwrap();
    assert_eq!(archive.run(&["index", "a"]).code, Some(2));
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Ann Lee"]));
    fs::write(archive.path("a/mayor.txt"), mayor).unwrap();
    archive.done(&["index", "a"]);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));
}

#[test]
fn a_named_file_is_remembered_and_missed_when_it_is_not_there() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    let id = archive.id("ferry");
    archive.done(&["correct", &id, "author=Di Roe", "--corrections", "mine.jsonl"]);
    assert!(!archive.path("a/corrections.jsonl").exists());
    archive.done(&["correct", &id, "section=Port"]);
    assert_eq!(lines(&archive.path("mine.jsonl")), 2);
    archive.done(&["index"]);
    assert_eq!(archive.article("ferry")["section"], "Port");

    fs::rename(archive.path("mine.jsonl"), archive.path("a/ours.jsonl")).unwrap();
    let ran = archive.run(&["index", "a"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cannot read the corrections in `"), "{}", ran.err);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));
    // It lies in the archive now, and is no article for that.
    let said = archive.done(&["index", "a", "--corrections", "a/ours.jsonl"]);
    assert!(said.contains("0 articles from 0 files · 3 unchanged"), "{said}");
    fs::remove_dir_all(archive.path("index")).unwrap();
    archive.done(&["index", "a", "--corrections", "a/ours.jsonl"]);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));
    let extracted =
        archive.done(&["extract", "a/2020/feed.jsonl", "--corrections", "a/ours.jsonl"]);
    assert!(extracted.contains("\"authors\":[\"Di Roe\"]"), "{extracted}");
    // What a person says goes before what holds for the whole path.
    archive.done(&["index", "a", "--set", "section=Town", "--corrections", "a/ours.jsonl"]);
    assert_eq!(archive.article("ferry")["section"], "Port");
    assert_eq!(archive.article("bridge")["section"], "Town");
}

#[test]
fn an_archive_that_is_not_there_is_corrected_where_a_file_is_named() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    let id = archive.id("ferry");
    fs::rename(archive.path("a"), archive.path("away")).unwrap();
    let ran = archive.run(&["correct", &id, "author=Di Roe"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("cannot find `a`"), "{}", ran.err);
    assert!(!archive.path("corrections.jsonl").exists());
    let said = archive.done(&["correct", &id, "author=Di Roe", "--corrections", "mine.jsonl"]);
    assert!(said.contains("`morgue index` brings it in when it is there"), "{said}");
    fs::rename(archive.path("away"), archive.path("a")).unwrap();
    archive.done(&["index"]);
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Di Roe"]));
}

#[test]
fn articles_that_share_a_name_or_a_text_are_told_apart() {
    let archive = Archive::new();
    fs::write(archive.path("a/twin.txt"), "River rises\n\nThe river rose again.\n").unwrap();
    fs::write(archive.path("a/other.jsonl"), FEED.replace("noon", "dusk")).unwrap();
    archive.done(&["index", "a"]);
    let ids = |query: &str| -> Vec<(String, String)> {
        let rows = archive.done(&["search", query, "--format", "jsonl"]);
        let rows = rows.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
        let text = |it: &Value, name: &str| it[name].as_str().unwrap().to_owned();
        rows.map(|it| (text(&it, "path"), text(&it, "id"))).collect()
    };
    let twins = ids("river");
    let twin = twins.iter().find(|it| it.0 == "twin.txt").unwrap();
    archive.done(&["correct", &twin.1, "source=Gazette"]);
    assert_eq!(archive.done(&["count", "source:gazette"]), "1\n");
    let dusk = ids("dusk").remove(0);
    archive.done(&["correct", &dusk.1, "author=Di Roe"]);
    assert_eq!(archive.done(&["count", "by:roe"]), "1\n");
    fs::remove_dir_all(archive.path("index")).unwrap();
    archive.done(&["index", "a"]);
    assert_eq!(archive.done(&["count", "source:gazette"]), "1\n");
    assert_eq!(archive.done(&["count", "by:roe"]), "1\n");
}

#[test]
fn a_newspaper_that_corrects_itself_keeps_its_articles() {
    let archive = Archive::new();
    let file = archive.path("a/corrections.jsonl");
    fs::write(&file, "{\"title\":\"Corrections\",\"text\":\"We were wrong about tides.\"}\n")
        .unwrap();
    archive.done(&["index", "a"]);
    assert_eq!(archive.done(&["count", "tides"]), "1\n");
    let ran = archive.run(&["correct", &archive.id("ferry"), "author=Di Roe"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("it holds something else"), "{}", ran.err);
    assert_eq!(lines(&file), 1);
    // Another folder's corrections are no articles either, and hold for that folder alone.
    fs::write(
        archive.path("a/2020/corrections.jsonl"),
        "{\"key\":\"id:m-1\",\"fields\":{\"author\":\"Di Roe\"}}\n",
    )
    .unwrap();
    let said = archive.done(&["index", "a"]);
    assert!(said.contains("passed over: corrections of another folder 1"), "{said}");
    assert_eq!(archive.authors("ferry"), serde_json::json!(["Ann Lee"]));
}

/// The numbers of `status` are those of a script over `extract`, replaced and forgotten articles left out.
#[test]
fn status_counts_what_extract_prints() {
    let archive = Archive::new();
    archive.done(&["index", "a"]);
    fs::write(archive.path("a/river.txt"), "By Ann Lee\n\nRiver falls\n\nIt fell.\n").unwrap();
    archive.done(&["index", "a"]);
    archive.done(&["correct", &archive.id("ferry"), "date=2019", "author="]);
    archive.done(&["forget", "a/mayor.txt"]);
    let status: Value =
        serde_json::from_str(&archive.done(&["status", "--format", "json"])).unwrap();
    let extracted = archive.done(&["extract", "a/2020/feed.jsonl", "a/river.txt"]);
    let extracted: Vec<Value> =
        extracted.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(status["articles"], extracted.len());
    for (field, counted) in status["fields"].as_object().unwrap() {
        let mut from: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for article in &extracted {
            let value = &article[field];
            if !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty()) {
                *from.entry(article["provenance"][field].as_str().unwrap()).or_default() += 1;
            }
        }
        assert_eq!(counted["articles"], from.values().sum::<u64>(), "{field}");
        assert_eq!(counted["from"], serde_json::json!(from), "{field}");
        let unknown = archive.run(&["status", "--unknown", field, "--format", "json"]);
        let listed: Value = serde_json::from_str(&unknown.out).unwrap();
        let listed = listed["articles"].as_array().unwrap().len() as u64;
        assert_eq!(listed + from.values().sum::<u64>(), 3, "{field}");
        assert_eq!(unknown.code, Some(i32::from(listed == 0)), "{field}");
    }
}
