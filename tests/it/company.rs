//! An index in company: readers beside a writer, and an archive that is not there today.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::cli::morgue;

/// Files of ten records; each holds the same word, and a number that tells this writing from the others.
fn write_feed(path: &Path, round: usize) {
    let mut lines = String::new();
    for record in 0..10 {
        writeln!(
            lines,
            "{{\"title\":\"Report {record}\",\"date\":\"2020-05-01\",\"text\":\"The wombat of round {round} digs.\"}}"
        )
        .unwrap();
    }
    fs::write(path, lines).unwrap();
}

/// Two minutes with `RUN_SLOW_TESTS`, else a few seconds.
#[test]
fn readers_beside_a_writer_see_whole_states_alone() {
    const FILES: usize = 30;
    let seconds = if std::env::var_os("RUN_SLOW_TESTS").is_some() { 120 } else { 4 };
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    for file in 0..FILES {
        write_feed(&archive.join(format!("{file}.jsonl")), 0);
    }
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "archive"]).code, Some(0));
    let until = Instant::now() + Duration::from_secs(seconds);
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let mut readers = Vec::new();
        for query in ["wombat", "\"the wombat of round\"", "wombat w/5 digs"] {
            let (done, asked, run) = (&done, &asked, &run);
            readers.push(scope.spawn(move || {
                while !done.load(Ordering::Relaxed) {
                    let counted = run(&["count", query]);
                    assert_eq!((counted.code, counted.err.as_str()), (Some(0), ""), "{query}");
                    assert_eq!(counted.out, format!("{}\n", FILES * 10), "{query}");
                    let found = run(&["search", query, "--limit", "3", "--format", "json"]);
                    assert_eq!((found.code, found.err.as_str()), (Some(0), ""), "{query}");
                    asked.fetch_add(2, Ordering::Relaxed);
                }
            }));
        }
        let mut round = 0;
        while Instant::now() < until && readers.iter().all(|it| !it.is_finished()) {
            round += 1;
            for file in 0..5 {
                write_feed(&archive.join(format!("{}.jsonl", (round * 5 + file) % FILES)), round);
            }
            let written = run(&["index", "--jobs", "1"]);
            if written.code != Some(0) {
                done.store(true, Ordering::Relaxed);
                panic!("round {round}: {}", written.err);
            }
        }
        done.store(true, Ordering::Relaxed);
        println!(
            "{round} runs of a writer, {} questions beside them",
            asked.load(Ordering::Relaxed)
        );
    });
    assert_eq!(run(&["verify", "--deep"]).code, Some(0));
}

/// A disk that is not mounted is a folder that is gone, or one that is empty.
#[test]
fn a_root_that_is_not_there_today_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, away) = (folder.path().join("archive"), folder.path().join("away"));
    fs::create_dir(&archive).unwrap();
    write_feed(&archive.join("a.jsonl"), 0);
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "archive"]).code, Some(0));
    fs::rename(&archive, &away).unwrap();
    let gone = run(&["index"]);
    assert_eq!((gone.code, run(&["count", "wombat"]).out.as_str()), (Some(2), "10\n"));
    insta::assert_snapshot!(gone.err);
    let named = run(&["index", "archive"]);
    assert_eq!((named.code, run(&["count", "wombat"]).out.as_str()), (Some(2), "10\n"));
    insta::assert_snapshot!(named.err);
    fs::create_dir(&archive).unwrap();
    let empty = run(&["index"]);
    assert_eq!((empty.code, run(&["count", "wombat"]).out.as_str()), (Some(2), "10\n"));
    insta::assert_snapshot!(empty.err);
    fs::remove_dir(&archive).unwrap();
    fs::rename(&away, &archive).unwrap();
    assert_eq!(run(&["index"]).code, Some(0));
    assert_eq!(run(&["count", "wombat"]).out, "10\n");
    assert_eq!(run(&["verify", "--deep"]).code, Some(0));
}

/// Every file of the shared samples is accounted for: read, or left out with a reason.
#[test]
fn all_samples_from_one_root_in_one_run() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if std::env::var_os("RUN_SLOW_TESTS").is_none() || !shared.is_dir() {
        println!("skipped: runs with RUN_SLOW_TESTS where ../shared/data is");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    let indexed = run(&["index", shared.to_str().unwrap(), "--now", "2026-11-23"]);
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    assert!(!indexed.err.contains("panicked"), "{}", indexed.err);
    assert!(!indexed.err.contains("failed on"), "{}", indexed.err);
    let index = folder.path().join("index/main");
    let files = ::morgue::index::Index::open(&index).unwrap().files().unwrap();
    let silent: Vec<_> =
        files.iter().filter(|it| it.articles == 0 && it.skipped.is_empty()).collect();
    assert!(silent.is_empty(), "neither an article nor a reason: {silent:?}");
    let walked = ::morgue::ingest::walk(&shared);
    let (mut on_disk, mut passed_over) = (0, 0);
    for met in walked {
        match met {
            ::morgue::ingest::Walked::File(_) => on_disk += 1,
            ::morgue::ingest::Walked::PassedOver(path, _) => {
                assert!(!path.is_dir() || path.ends_with(".git"), "{}", path.display());
                passed_over += 1;
            }
            ::morgue::ingest::Walked::Unreadable(path, error) => {
                panic!("{}: {error}", path.display())
            }
        }
    }
    assert_eq!(files.len(), on_disk);
    println!("{on_disk} files, {passed_over} passed over\n{}{}", indexed.err, run(&["status"]).out);
    assert_eq!(run(&["verify"]).code, Some(0));
}
