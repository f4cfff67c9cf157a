//! A damaged index is neither written nor merged: damage that is written anew with sums of its own is never found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use morgue::article::{Article, Place};
use morgue::date::Day;
use morgue::index::analyze::analyze;
use morgue::index::catalog::{FileEntry, Root};
use morgue::index::verify::verify;
use morgue::index::writer::{Writer, WriterOptions};
use morgue::text::{Lang, Stemmer};

use super::cli::morgue;

/// Every file of the index with its bytes, but for those of locks.
fn files_of(index: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(index).unwrap().map(|it| it.unwrap().path());
    let sealed = files.filter(|it| it.extension().is_none_or(|it| it != "lock"));
    sealed.map(|it| (it.clone(), fs::read(&it).unwrap())).collect()
}

/// Issue 3: `index --compact` on a flipped bit ended with 0, and `verify --deep` called the result sound.
#[test]
fn a_damaged_index_is_not_written_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    for number in 0..60 {
        let text = format!("Harbour {number}\n\nThe ferry of day {number} did not sail.\n");
        fs::write(archive.join(format!("{number}.txt")), text).unwrap();
    }
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "archive"]).code, Some(0));
    fs::remove_file(archive.join("7.txt")).unwrap();
    assert_eq!(run(&["index"]).code, Some(0));
    fs::write(archive.join("new.txt"), "New\n\nA text that came later.\n").unwrap();
    let sound = files_of(&folder.path().join("index/main"));
    let segments: Vec<_> = sound
        .iter()
        .filter(|(path, bytes)| {
            !bytes.is_empty()
                && path.file_stem().is_some_and(|it| it.len() >= 32)
                && path.extension().is_some()
        })
        .collect();
    assert!(segments.len() > 6, "{segments:?}");
    for (number, (path, bytes)) in segments.into_iter().enumerate() {
        let mut damaged = bytes.clone();
        let at = (number * 7919 + damaged.len() / 2) % damaged.len();
        damaged[at] ^= 1 << (number % 8);
        fs::write(path, &damaged).unwrap();
        let before = files_of(&folder.path().join("index/main"));
        for command in
            [&["index", "archive", "--compact"][..], &["index", "archive"], &["forget", "archive"]]
        {
            let ran = run(command);
            let name = path.display();
            assert_eq!(ran.code, Some(3), "{name}, {command:?}: {}", ran.err);
            assert!(ran.err.contains("hint: `morgue verify` says w"), "{command:?}: {}", ran.err);
            if command[0] == "index" {
                let file = path.file_name().unwrap().to_str().unwrap();
                let said = format!("is damaged: `{file}`: its checksum is another");
                assert!(ran.err.contains(&said), "{name}, {command:?}: {}", ran.err);
            }
            assert_eq!(files_of(&folder.path().join("index/main")), before, "{name}, {command:?}");
        }
        assert_eq!(run(&["verify"]).code, Some(3));
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(run(&["index", "--compact"]).code, Some(0));
    assert_eq!(run(&["verify", "--deep"]).code, Some(0));
    assert_eq!(run(&["count", "ferry"]).out, "59\n");
}

/// Damage that an older version merged has good sums; the text alone shows it.
#[test]
fn a_deep_check_reads_what_the_texts_say() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let today = Day::from_ymd(2026, 11, 23).unwrap();
    let options = WriterOptions { threads: 1, memory: 15_000_000, now: 0, today, shared: false };
    let mut writer = Writer::open(&index, options).unwrap();
    writer.set_root(Root { path: "/a".into(), given: "a".into(), ..Root::default() });
    let mut article = Article {
        id: "0123456789abcdef".into(),
        place: Place { path: "x.txt".into(), inside: None, record: 0 },
        body: "The ferry did not sail.".into(),
        language: Some("en".into()),
        ..Article::default()
    };
    article.content_hash = article.hash_of_content();
    article.body = "The fe2ry did not sail.".into();
    let analyzed = analyze(&article, Lang::from_code("en"), &mut Stemmer::default());
    writer.add(&article, "/a", Lang::from_code("en"), analyzed).unwrap();
    let languages = BTreeMap::from([("en".to_owned(), 1)]);
    let path = article.place.path;
    let entry =
        FileEntry { root: "/a".into(), path, articles: 1, languages, ..FileEntry::default() };
    writer.finish_file(entry).unwrap();
    writer.finish().unwrap();
    assert!(verify(&index, false).unwrap().damages.is_empty());
    let found = verify(&index, true).unwrap().damages;
    assert!(found.len() == 1 && found[0].what.contains("its hash is another"), "{found:?}");
}

/// Issue 3: segments that were being merged in the background were gone when `--compact` came to them.
#[test]
fn compacting_waits_for_merges_in_the_background() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    for number in 0..300 {
        let text = format!("Market {number}\n\n{}", "Prices rose and fell again. ".repeat(40));
        fs::write(archive.join(format!("{number}.txt")), text).unwrap();
    }
    for round in 0..4 {
        let index = format!("index{round}");
        let arguments =
            ["index", "archive", "--index", &index, "--commit-after", "20", "--compact"];
        let ran = morgue(folder.path(), &arguments, "");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let files = files_of(&folder.path().join(&index));
        let stores = files.keys().filter(|it| it.extension().is_some_and(|it| it == "store"));
        assert_eq!(stores.count(), 1, "all is in one segment: {:?}", files.keys());
        let verified = morgue(folder.path(), &["verify", "--deep", "--index", &index], "");
        assert_eq!(verified.code, Some(0), "{}", verified.out);
    }
}
