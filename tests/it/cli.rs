//! Transcripts of the command line (`tests/cli/*.md`) and the README's tour, each in a folder of its own.
//!
//! Every transcript starts without an index, beside a copy of `fixtures/` and of `tests/cli/sandbox/`.
//! `TRYCMD=overwrite cargo test --test it cli` writes the transcripts anew; read the difference before you keep it.

use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use morgue::date::Day;
use morgue::index::schema::SCHEMA_VERSION;
use morgue::index::writer::{Writer, WriterOptions};
use serde_json::Value;

/// What the environment of every command holds; the rest of it is the developer's.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "1"),
    ("CLICOLOR_FORCE", ""),
    ("COLUMNS", "80"),
    ("TZ", "UTC"),
    ("LC_ALL", "C.UTF-8"),
];

#[test]
fn transcripts() {
    // A transcript cannot take a variable away, so the test runs again without it.
    if std::env::var_os("MORGUE_INDEX").is_some() {
        let again = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "cli::transcripts"])
            .env_remove("MORGUE_INDEX")
            .status();
        assert!(again.unwrap().success());
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stage = tempfile::tempdir().unwrap();
    let mut staged = Vec::new();
    for source in transcript_files(root) {
        let name = source.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&source).unwrap();
        // The README runs the program the way a reader does who has only a clone of it.
        let text = text.replace("$ cargo run --release -- ", "$ morgue ");
        let copy = stage.path().join(format!("{name}.md"));
        fs::write(&copy, text).unwrap();
        furnish(root, &stage.path().join(format!("{name}.in")));
        // A folder of what is expected makes a sandbox of the folder of what is given.
        let expected = stage.path().join(format!("{name}.out"));
        fs::create_dir(&expected).unwrap();
        fs::write(expected.join(".keep"), "").unwrap();
        staged.push((copy, source));
    }
    let cases = trycmd::TestCases::new();
    cases.register_bin("morgue", trycmd::cargo::cargo_bin!("morgue"));
    cases.case(stage.path().join("*.md").to_str().unwrap());
    for (name, value) in ENVIRONMENT {
        cases.env(*name, *value);
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| cases.run()));
    if std::env::var_os("TRYCMD").is_some_and(|it| it == "overwrite") {
        for (copy, source) in staged.iter().filter(|(_, source)| !source.ends_with("README.md")) {
            fs::copy(copy, source).unwrap();
        }
    }
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

fn transcript_files(root: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(root.join("tests/cli")).unwrap();
    let mut files: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect();
    assert!(!files.is_empty(), "no transcripts in tests/cli");
    files.extend(Some(root.join("README.md")).filter(|it| it.exists()));
    files
}

/// Makes the folder a transcript runs in.
fn furnish(root: &Path, folder: &Path) {
    copy_folder(&root.join("fixtures"), &folder.join("fixtures"));
    copy_folder(&root.join("tests/cli/sandbox"), folder);
    // The marker of an index, and nothing else of it.
    fs::create_dir(folder.join("damaged")).unwrap();
    let marker = format!(r#"{{"schema": {SCHEMA_VERSION}, "made_by": "morgue"}}"#);
    fs::write(folder.join("damaged/morgue.json"), marker).unwrap();
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().extension().is_some_and(|it| it == "snap") {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a command did: exit code, standard output, standard error.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in a folder, with something on its standard input.
pub(crate) fn morgue(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.current_dir(folder).args(arguments).env_remove("MORGUE_INDEX");
    command.envs(ENVIRONMENT.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read may have ended before all is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn furnished() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    furnish(Path::new(env!("CARGO_MANIFEST_DIR")), folder.path());
    folder
}

#[test]
fn standard_input_is_a_query_a_list_of_files_and_a_list_of_queries() {
    let folder = furnished();
    let run = |arguments: &[&str], input: &str| morgue(folder.path(), arguments, input);
    let indexed = run(&["index", "fixtures/archive"], "");
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);

    let asked = run(&["count", "CSTO", "obligations"], "").out;
    assert_ne!(asked, "0\n");
    assert_eq!(run(&["count", "-"], "CSTO obligations\n").out, asked);
    // After `--` it is a query of its own, and standard input is not read.
    assert_ne!(run(&["count", "--", "-"], "CSTO obligations\n").out, asked);

    let extracted = run(
        &["extract", "-"],
        "fixtures/formats/plain/byline-top.txt\nfixtures/formats/plain/french-par.txt\n",
    );
    assert_eq!(extracted.out.lines().count(), 2);

    let batch = run(&["batch", "-", "--format", "trec"], "q1\tCSTO obligations\nq2\ttreaty\n");
    assert_eq!(batch.code, Some(0), "{}", batch.err);
    assert!(batch.out.lines().all(|line| line.split(' ').count() == 6), "{}", batch.out);
    assert!(batch.out.starts_with("q1 Q0 ") && batch.out.contains("\nq2 Q0 "), "{}", batch.out);
}

#[test]
fn the_same_question_prints_the_same_bytes() {
    let folder = furnished();
    let ask = |format: &str, index: &str| {
        let question = ["--index", index, "search", "treaty", "--all", "--format", format];
        morgue(folder.path(), &question, "").out
    };
    for index in ["one", "two"] {
        let indexed = morgue(folder.path(), &["--index", index, "index", "fixtures/archive"], "");
        assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    }
    for format in ["text", "json", "jsonl", "csv", "trec"] {
        let first = ask(format, "one");
        assert_eq!(first, ask(format, "one"));
        assert_eq!(first, ask(format, "two"), "another index of the same files");
    }
}

#[test]
fn copies_are_one_hit_that_says_where_the_others_lie() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    for name in ["one", "three", "two"] {
        let text = "A zebra at the ferry\n\nIt crossed at noon, and nobody had asked it to.\n";
        fs::write(folder.path().join(format!("a/{name}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("a/other.txt"), "Another zebra\n\nIt stayed here.\n").unwrap();
    let ask = |arguments: &[&str]| morgue(folder.path(), arguments, "").out;
    ask(&["index", "a"]);
    let json: Value =
        serde_json::from_str(&ask(&["search", "zebra", "ferry", "--format", "json"])).unwrap();
    let hits = json["hits"].as_array().unwrap();
    assert_eq!((json["total"].as_u64(), hits.len()), (Some(3), 1));
    assert_eq!(hits[0]["copies"], 2);
    let mut places: Vec<_> = vec![hits[0]["path"].as_str().unwrap()];
    places
        .extend(hits[0]["also"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()));
    places.sort_unstable();
    assert_eq!(places, ["one.txt", "three.txt", "two.txt"]);
    assert!(ask(&["search", "zebra", "ferry"]).contains("+2 copies"));
    let rows = ask(&["search", "zebra", "ferry", "--format", "jsonl"]);
    assert_eq!(rows.lines().count(), 3);
    assert!(rows.lines().all(|it| it.contains("\"copies\":2")), "{rows}");
    let id = hits[0]["id"].as_str().unwrap();
    assert_eq!(ask(&["show", id]).matches("same text").count(), 2);
    // A copy that is gone is none.
    fs::remove_file(folder.path().join("a/two.txt")).unwrap();
    ask(&["index", "a", "--allow-removals"]);
    assert!(ask(&["search", "zebra", "ferry"]).contains("+1 copy"));
}

#[test]
fn an_index_that_is_being_written_is_locked_and_can_be_searched() {
    let folder = furnished();
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "fixtures/archive"]).code, Some(0));
    let today = Day::from_ymd(2026, 11, 23).unwrap();
    let options = WriterOptions { threads: 1, memory: 50_000_000, now: 0, today, shared: false };
    let writer = Writer::open(&folder.path().join("index/main"), options).unwrap();
    let refused = run(&["index", "fixtures/archive"]);
    assert_eq!(refused.code, Some(3));
    insta::assert_snapshot!(refused.err, @"
    error: the index in `index/main` is being written by another morgue
    hint: wait until it is done; searching works meanwhile
    ");
    assert_eq!(run(&["count", "treaty"]).code, Some(0));
    drop(writer);
    assert_eq!(run(&["index", "fixtures/archive"]).code, Some(0));
}

#[test]
fn damage_is_noticed() {
    let folder = furnished();
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "fixtures/archive"]).code, Some(0));
    assert_eq!(run(&["verify"]).code, Some(0));
    let index = folder.path().join("index/main");
    let stores = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
    let store = stores.into_iter().find(|it| it.extension().is_some_and(|it| it == "store"));
    let store = store.unwrap();
    let mut bytes = fs::read(&store).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    // An index is private, and its files may be read-only.
    fs::remove_file(&store).unwrap();
    fs::write(&store, bytes).unwrap();
    let verified = run(&["verify"]);
    assert_eq!(verified.code, Some(3));
    let name = store.file_name().unwrap().to_str().unwrap();
    assert_eq!(
        verified.out,
        format!("damaged: {name}: its checksum is another than when it was written\n")
    );
}

#[test]
fn output_that_nobody_reads_is_no_error() {
    let folder = furnished();
    assert_eq!(morgue(folder.path(), &["index", "fixtures/archive"], "").code, Some(0));
    let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .current_dir(folder.path())
        .args(["search", "*", "--all", "--format", "jsonl"])
        .env_remove("MORGUE_INDEX")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The parts of a score are those of the list: the same place, rung and score, which they add up to.
#[test]
fn what_is_explained_is_what_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let archive = root.join("fixtures/archive");
    let indexed = morgue(folder.path(), &["index", archive.to_str().unwrap()], "");
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    let read = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let mut explained = 0;
    for query in [
        &["csto"][..],
        &["csto", "obligations"],
        &["kesh valley shelling treaty allies"],
        &["alli*"],
    ] {
        for more in [&[][..], &["--feedback"], &["--match", "any"], &["--sort", "newest"]] {
            let ask = |last: &[&str]| {
                let arguments = [&["search", "--format", "json"], query, more, last].concat();
                read(&morgue(folder.path(), &arguments, "").out)
            };
            let list = ask(&["--all", "--passages", "0"]);
            for hit in list["hits"].as_array().unwrap() {
                let standing = ask(&["--explain", hit["id"].as_str().unwrap()]);
                assert_eq!(standing["rank"], hit["rank"], "{query:?} {more:?}");
                assert_eq!(standing["rung"], hit["rung"], "{query:?} {more:?}");
                assert_eq!(standing["of"], list["hits"].as_array().unwrap().len());
                let number = |it: &Value| it["score"].as_f64().unwrap();
                if !more.contains(&"--sort") {
                    assert!((number(&standing) - number(hit)).abs() < 1e-4, "{query:?} {more:?}");
                }
                let parts = standing["words"].as_array().unwrap().iter();
                let sum: f64 = parts.chain(standing["near"].as_array().unwrap()).map(number).sum();
                assert!((sum - number(&standing)).abs() < 1e-3, "{query:?} {more:?}");
                explained += 1;
            }
        }
    }
    assert!(explained > 50, "{explained}");
}
