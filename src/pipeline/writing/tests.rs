//! What is written when a file breaks off: told by hand, since no disk breaks when it is asked to.

use std::path::PathBuf;
use std::sync::mpsc::sync_channel;

use super::*;
use crate::article::Place;
use crate::date::Day;
use crate::index::analyze::analyze;
use crate::index::writer::WriterOptions;
use crate::pipeline::GivenOptions;

struct Deaf;

impl Observer for Deaf {
    fn progress(&mut self, _: HowFar) {}
}

fn told(id: &str, title: &str) -> Told {
    Told::Articles(vec![made(id, title)])
}

fn made(id: &str, title: &str) -> (Article, Analyzed) {
    let place = Place { path: "f.jsonl".to_owned(), inside: None, record: 0 };
    let article = Article {
        id: id.to_owned(),
        title: Some(title.to_owned()),
        language: (id != "c").then(|| "en".to_owned()),
        place,
        ..Article::default()
    };
    let analyzed = analyze(&article, Lang::from_code("en"), &mut Stemmer::default());
    (article, analyzed)
}

/// Writes what is told of a file as a run would; gives its entry, what is said of it, and how much was lost.
fn run(writer: &mut Writer, stop: bool, messages: Vec<Told>) -> (FileEntry, Report, u64) {
    let root = Root { path: "/root".to_owned(), ..Root::default() };
    writer.set_root(root.clone());
    let (stop, bytes) = (AtomicBool::new(stop), AtomicU64::new(0));
    let options = RunOptions {
        jobs: 1,
        today: Day::from_ymd(2026, 11, 23).unwrap(),
        now: 0,
        given: GivenOptions::default(),
        allow_removals: true,
        commit_after: 1000,
        clock: None,
        corrections: None,
    };
    let read_options = ReadOptions::default();
    let (names, said) = (Names::default(), Arc::default());
    let run = Run {
        root: &root,
        names: &names,
        read_options: &read_options,
        options: &options,
        stop: &stop,
        said: &said,
    };
    let mut budget = Budget::of(writer, &root);
    let mut report = Report::default();
    let job = Job {
        path: PathBuf::from("/root/f.jsonl"),
        relative: "f.jsonl".to_owned(),
        size: 9,
        modified: 0,
        known_hash: None,
        go_on_after: None,
        moved_from: None,
    };
    let (tell, heard) = sync_channel(10);
    for message in messages {
        tell.send(message).unwrap();
    }
    drop(tell);
    let mut writing = Writing {
        writer: &mut *writer,
        run: &run,
        unknown: "en",
        since_commit: 0,
        budget: &mut budget,
        report: &mut report,
        bytes: &bytes,
        all_bytes: 9,
    };
    writing.file(&job, &mut heard.into_iter(), &mut Deaf).unwrap();
    writer.commit().unwrap();
    (writer.file("/root", "f.jsonl").cloned().unwrap(), report, budget.lost)
}

fn done() -> Told {
    done_with(Vec::new())
}

fn done_with(last: Vec<(Article, Analyzed)>) -> Told {
    Told::Done { last, kind: "jsonl".to_owned(), hash: "whole".to_owned() }
}

fn titles(writer: &Writer) -> Vec<String> {
    let articles = writer.articles_of("/root", "f.jsonl").unwrap();
    let mut titles: Vec<_> = articles.into_iter().filter_map(|it| it.0.title).collect();
    titles.sort();
    titles
}

fn writer_of_three() -> (Writer, FileEntry) {
    let today = Day::from_ymd(2026, 11, 23).unwrap();
    let options = WriterOptions { threads: 1, memory: 15_000_000, now: 0, today, shared: false };
    let mut writer = Writer::in_memory(options).unwrap();
    let messages = vec![told("a", "Fog"), told("b", "Rain today"), told("c", "Snow"), done()];
    let (entry, _, _) = run(&mut writer, false, messages);
    assert_eq!((entry.articles, entry.incomplete), (3, false));
    (writer, entry)
}

#[test]
fn the_last_articles_come_with_the_end_of_their_file() {
    let (mut writer, _) = writer_of_three();
    let (entry, _, _) = run(&mut writer, false, vec![done_with(vec![made("a", "Hail")])]);
    assert_eq!(entry.articles, 1);
    assert_eq!(titles(&writer), ["Hail"]);
    let messages = vec![told("a", "Hail"), done_with(vec![made("b", "Sleet"), made("c", "Snow")])];
    let (entry, report, _) = run(&mut writer, false, messages);
    assert_eq!((entry.articles, report.interrupted), (3, false));
    assert_eq!(titles(&writer), ["Hail", "Sleet", "Snow"]);
    // What is told once the run is to stop is read again.
    let (_, report, _) = run(&mut writer, true, vec![done_with(vec![made("a", "Thaw")])]);
    assert!(report.interrupted);
    assert_eq!(titles(&writer), ["Hail", "Sleet", "Snow"]);
}

#[test]
fn a_changed_file_that_breaks_off_keeps_what_was_not_met_again() {
    let (mut writer, whole) = writer_of_three();
    let broken = vec![told("a", "Hail"), Told::Failed("bad sector".to_owned())];
    let (entry, report, lost) = run(&mut writer, false, broken);
    assert_eq!(lost, 0);
    assert_eq!(titles(&writer), ["Hail", "Rain today", "Snow"]);
    assert_eq!((entry.articles, entry.incomplete), (3, true));
    assert_eq!((&entry.languages, entry.lengths), (&whole.languages, whole.lengths));
    assert_eq!((entry.hash.as_str(), entry.left_out()), ("", 1));
    assert_eq!(report.stale, [("f.jsonl".to_owned(), "bad sector".to_owned())]);
    // The ids of those that stay are still theirs.
    assert_eq!(writer.claim_id("b"), "b-2");
    let (entry, _, _) = run(&mut writer, false, vec![told("a", "Hail"), told("c", "Snow"), done()]);
    assert_eq!((entry.articles, entry.incomplete, entry.left_out()), (2, false, 0));
    assert_eq!(titles(&writer), ["Hail", "Snow"]);
}

#[test]
fn a_changed_file_keeps_all_when_the_run_is_stopped() {
    let (mut writer, _) = writer_of_three();
    let (entry, report, _) = run(&mut writer, true, vec![told("a", "Hail"), done()]);
    assert_eq!(titles(&writer), ["Fog", "Rain today", "Snow"]);
    assert_eq!((entry.articles, entry.hash.as_str()), (3, "whole"));
    assert!(report.interrupted && !report.partly);
    // Stopped when some of it had been told already.
    let (entry, report, _) = run(&mut writer, false, vec![told("a", "Hail")]);
    assert_eq!(titles(&writer), ["Hail", "Rain today", "Snow"]);
    assert_eq!((entry.articles, entry.incomplete), (3, true));
    assert!(report.interrupted && report.partly);
}
