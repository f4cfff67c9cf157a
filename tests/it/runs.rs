//! Runs of `morgue index` and `morgue forget`, one after the other: what is remembered, refused, stopped, taken back.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::cli::{Ran, morgue};

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = morgue(folder, arguments, "");
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    ran
}

fn count(folder: &Path, query: &str) -> String {
    morgue(folder, &["count", query], "").out.trim().to_owned()
}

const WOMBAT: &str = "Fog\n\nThe wombat digs.\n";
const QUOKKA: &str = "Rain\n\nThe quokka swims.\n";

/// The engine wants so much memory for each of its threads that a machine of 14 cores and more could index nothing.
#[test]
fn any_number_of_jobs_is_taken() {
    let folder = folder_of(&[("a/a.txt", WOMBAT)]);
    for jobs in ["1", "14", "64", "4000"] {
        done(folder.path(), &["index", "a", "--jobs", jobs]);
    }
    assert_eq!(count(folder.path(), "wombat"), "1");
}

#[test]
fn the_root_that_stands_here_is_forgotten_and_no_other_of_its_name() {
    let folder = folder_of(&[("p1/articles/a.txt", WOMBAT), ("p2/articles/b.txt", QUOKKA)]);
    let (p1, p2, p3) = ("p1", "p2", "p3");
    let at = |place: &str| folder.path().join(place);
    fs::create_dir(at(p3)).unwrap();
    let index = at("index").display().to_string();
    let run = |place: &str, arguments: &[&str]| {
        morgue(&at(place), &[&["--index", &index], arguments].concat(), "")
    };
    assert_eq!(run(p1, &["index", "articles"]).code, Some(0));
    assert_eq!(run(p2, &["index", "articles"]).code, Some(0));
    let unclear = run(p3, &["forget", "articles"]);
    assert_eq!(unclear.code, Some(2), "{}", unclear.err);
    assert!(unclear.err.contains("2 paths were given as `articles`"), "{}", unclear.err);
    assert_eq!(run(p2, &["forget", "articles"]).code, Some(0));
    assert_eq!(run(p1, &["count", "wombat"]).out, "1\n");
    assert_eq!(run(p1, &["count", "quokka"]).out, "0\n");
    // It stands here, and was never indexed: the other of its name is not meant.
    let other = run(p2, &["forget", "articles"]);
    assert_eq!(other.code, Some(2), "{}", other.err);
    assert_eq!(run(p1, &["count", "wombat"]).out, "1\n");
    // Where there is none, there is no doubt.
    assert_eq!(run(p3, &["forget", "articles"]).code, Some(0));
    assert_eq!(run(p1, &["count", "wombat"]).out, "0\n");
}

#[test]
fn what_was_forgotten_stays_away_when_a_folder_around_it_is_indexed() {
    let feed = "{\"id\": 1, \"text\": \"The numbat climbs.\"}\n{\"id\": 2, \"text\": \"The bilby hops.\"}\n";
    let page = "Snow\n\nThe potoroo sleeps.\n";
    let folder = folder_of(&[
        ("a/sub/s.txt", WOMBAT),
        ("a/sub/t.txt", QUOKKA),
        ("a/sub/p.txt", page),
        ("a/sub/f.jsonl", feed),
        ("a/other.txt", "Hail\n\nThe dingo waits.\n"),
    ]);
    let here = folder.path();
    done(here, &["index", "a/sub"]);
    let id = |query: &str| {
        let found = done(here, &["search", query, "--format", "json"]).out;
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        found["hits"][0]["id"].as_str().unwrap().to_owned()
    };
    let (numbat, potoroo) = (id("numbat"), id("potoroo"));
    done(here, &["forget", "a/sub/s.txt", &numbat, &potoroo]);
    done(here, &["index", "a"]);
    done(here, &["index", "a"]);
    for (word, articles) in [("wombat", "0"), ("numbat", "0"), ("potoroo", "0")] {
        assert_eq!(count(here, word), articles, "{word}");
    }
    for word in ["quokka", "bilby", "dingo"] {
        assert_eq!(count(here, word), "1", "{word}");
    }
    let status = done(here, &["status"]).out;
    assert!(status.contains("  forgotten: sub/s.txt\n"), "{status}");
    assert!(status.contains(&format!("  forgotten: {numbat} in sub/f.jsonl\n")), "{status}");
    done(here, &["forget", "--undo", "a/sub/s.txt", &numbat]);
    done(here, &["index"]);
    assert_eq!((count(here, "wombat"), count(here, "numbat")), ("1".to_owned(), "1".to_owned()));
    assert_eq!(count(here, "potoroo"), "0");
    done(here, &["verify", "--deep"]);
}

#[test]
fn forget_does_all_or_nothing_and_says_it_afterwards() {
    let folder = folder_of(&[("a/a.txt", WOMBAT), ("a/b.txt", QUOKKA)]);
    let here = folder.path();
    done(here, &["index", "a"]);
    let refused = morgue(here, &["forget", "a/a.txt", "nowhere"], "");
    assert_eq!(refused.code, Some(2));
    assert!(!refused.err.contains("forgotten"), "{}", refused.err);
    assert_eq!(count(here, "wombat"), "1");
    // Twice the same is once.
    let twice = done(here, &["forget", "a/a.txt", "a/a.txt"]).err;
    assert_eq!(twice, "a/a.txt: 1 article forgotten; the files themselves are not touched\n");
    let refused = morgue(here, &["forget", "--undo", "a/a.txt", "a/b.txt"], "");
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("`a/b.txt` was not forgotten"), "{}", refused.err);
    assert!(done(here, &["status"]).out.contains("  forgotten: a.txt\n"));
    done(here, &["index"]);
    assert_eq!(count(here, "wombat"), "0");
}

/// The second of two that claim one id gets a number behind: the first is the beginning of it.
#[test]
fn a_whole_id_means_that_article() {
    let feed = "{\"id\": 1, \"text\": \"The wombat digs.\"}\n{\"id\": 1, \"text\": \"The quokka swims.\"}\n";
    let folder = folder_of(&[("a/f.jsonl", feed)]);
    let here = folder.path();
    done(here, &["index", "a"]);
    let found = done(here, &["search", "wombat", "--format", "json"]).out;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let id = found["hits"][0]["id"].as_str().unwrap();
    let short = morgue(here, &["forget", &id[..8]], "");
    assert_eq!(short.code, Some(2), "{}", short.err);
    done(here, &["forget", id]);
    assert_eq!((count(here, "wombat"), count(here, "quokka")), ("0".to_owned(), "1".to_owned()));
    done(here, &["verify", "--deep"]);
}

#[test]
fn a_root_that_would_lose_much_keeps_no_other_from_being_read() {
    let folder = folder_of(&[
        ("a/a.txt", WOMBAT),
        ("b/b.txt", QUOKKA),
        ("c/c.txt", "Hail\n\nThe dingo waits.\n"),
    ]);
    let here = folder.path();
    done(here, &["index", "a", "b", "c"]);
    fs::remove_file(here.join("a/a.txt")).unwrap();
    fs::remove_file(here.join("c/c.txt")).unwrap();
    fs::write(here.join("b/new.txt"), "Snow\n\nThe potoroo sleeps.\n").unwrap();
    let ran = morgue(here, &["index"], "");
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    insta::assert_snapshot!(ran.err, @"
    b: 1 article from 1 file · 1 unchanged
    4 articles in `index/main`
    error: 2 of 3 paths not brought up to date:
      1 of 1 articles of `a` would be dropped: they are no longer there
      1 of 1 articles of `c` would be dropped: they are no longer there
    hint: if they are gone for good, say so with `--allow-removals`; if a disk is missing, nothing was dropped
    ");
    for word in ["wombat", "dingo", "quokka", "potoroo"] {
        assert_eq!(count(here, word), "1", "{word}");
    }
    done(here, &["verify", "--deep"]);
    done(here, &["index", "--allow-removals"]);
    assert_eq!(count(here, "wombat"), "0");
}

#[test]
fn what_is_refused_in_the_midst_of_a_run_is_not_committed_with_the_rest() {
    let feed = |words: &[&str]| {
        words.iter().enumerate().fold(String::new(), |mut lines, (id, word)| {
            writeln!(lines, "{{\"id\": {id}, \"text\": \"The {word} is here.\"}}").unwrap();
            lines
        })
    };
    let many = ["wombat", "quokka", "dingo", "potoroo"];
    let folder = folder_of(&[("a/f.jsonl", &feed(&many)), ("b/b.txt", "Fog\n\nA numbat.\n")]);
    let here = folder.path();
    done(here, &["index", "a", "b"]);
    fs::write(here.join("a/f.jsonl"), feed(&many[..1])).unwrap();
    fs::write(here.join("b/c.txt"), "Fog\n\nA bilby.\n").unwrap();
    assert_eq!(morgue(here, &["index"], "").code, Some(2));
    for word in many.iter().chain(&["numbat", "bilby"]) {
        assert_eq!(count(here, word), "1", "{word}");
    }
    done(here, &["verify", "--deep"]);
}

#[test]
fn an_index_whose_making_was_cut_off_is_made_again() {
    let folder =
        folder_of(&[("a/a.txt", WOMBAT), ("index/main/.unfinished-morgue.json", "{\"sch")]);
    assert_eq!(morgue(folder.path(), &["count", "x"], "").code, Some(3));
    done(folder.path(), &["index", "a"]);
    assert_eq!(count(folder.path(), "wombat"), "1");
    done(folder.path(), &["verify", "--deep"]);
}

#[test]
fn an_option_given_replaces_its_own_field_and_leaves_the_others() {
    let folder = folder_of(&[(
        "m/f.jsonl",
        "{\"head\": {\"main\": \"The wombat\"}, \"text\": \"It digs.\"}\n",
    )]);
    let here = folder.path();
    done(here, &["index", "m", "--map", "title=head.main"]);
    let both = done(here, &["index", "m", "--set", "source=Gazette"]).err;
    let line = "read with --map title=head.main, --set source=Gazette; `--forget-options` takes them back\n";
    assert!(both.contains(line), "{both}");
    assert_eq!(count(here, "title:wombat source:gazette"), "1");
    done(here, &["index", "m", "--set", "source=Courier"]);
    assert_eq!(
        (count(here, "source:gazette"), count(here, "source:courier")),
        ("0".into(), "1".into())
    );
    // Nothing new is said, so nothing is read.
    let same = done(here, &["index", "m", "--map", "headline=head.main"]).err;
    assert!(same.contains("--set source=Courier"), "{same}");
    done(here, &["index", "m", "--set", "source="]);
    assert_eq!(
        (count(here, "title:wombat"), count(here, "source:courier")),
        ("1".into(), "0".into())
    );
    let none = done(here, &["index", "m", "--forget-options"]).err;
    assert!(none.contains("read with no options\n"), "{none}");
    assert!(!done(here, &["status"]).out.contains("--map"));
    assert_eq!(morgue(here, &["index", "m", "--set", "sorce="], "").code, Some(2));
}

/// The run that reads a record and those that find its file unchanged say the same of it.
#[test]
fn strict_is_as_strict_the_second_time() {
    let folder = folder_of(&[("a/f.jsonl", "{\"text\": \"The wombat digs.\"}\n{broken\n")]);
    for _ in 0..2 {
        let strict = morgue(folder.path(), &["index", "a", "--strict"], "");
        assert_eq!(strict.code, Some(2), "{}", strict.err);
        assert!(strict.err.contains("error: 1 record left out"), "{}", strict.err);
    }
    done(folder.path(), &["index", "a"]);
}

#[cfg(unix)]
#[test]
fn extract_takes_names_that_are_not_utf_8_and_no_pipes() {
    use std::ffi::OsStr;
    use std::io::Write as _;
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join(OsStr::from_bytes(b"caf\xe9.txt")), WOMBAT).unwrap();
    fs::write(here.join("b.txt"), QUOKKA).unwrap();
    let made = Command::new("mkfifo").arg(here.join("pipe.txt")).status().unwrap();
    assert!(made.success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.current_dir(here).args(["extract", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"caf\xe9.txt\r\n\npipe.txt\nb.txt").unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{err}");
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> =
        out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert_eq!((&lines[0]["path"], &lines[0]["title"]), (&"caf\\xE9.txt".into(), &"Fog".into()));
    assert_eq!(lines[1]["skipped"], "passed over: device, pipe or socket");
    assert_eq!(lines[2]["title"], "Rain");
}

#[test]
fn what_python_writes_where_there_is_no_number_is_nothing() {
    let record = "{\"title\": NaN, \"text\": \"The wombat digs.\", \"score\": -Infinity, \"author\": [\"Ann Lee\", NaN]}";
    let folder = folder_of(&[
        ("a/line.jsonl", record),
        ("a/list.json", &format!("[{record}, {record}]")),
        ("a/held.json", &format!("{{\"count\": Infinity, \"articles\": [{record}]}}")),
    ]);
    let strict = morgue(folder.path(), &["index", "a", "--strict"], "");
    assert_eq!(strict.code, Some(0), "{}", strict.err);
    assert_eq!(count(folder.path(), "wombat by:lee"), "4");
}

/// Of a file that is not read no more is looked at than what tells that.
#[test]
fn the_whole_of_a_film_is_not_read_to_tell_that_it_is_none_of_ours() {
    let folder = folder_of(&[("a/a.txt", WOMBAT)]);
    let film = folder.path().join("a/film.wav");
    fs::write(&film, b"RIFF\0\0\0\0WAVEfmt ").unwrap();
    // It lies on no disk, and takes half a minute to be hashed.
    fs::File::options().write(true).open(&film).unwrap().set_len(8 << 30).unwrap();
    let began = std::time::Instant::now();
    done(folder.path(), &["index", "a"]);
    done(folder.path(), &["index", "a"]);
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    let index = folder.path().join("index/main");
    let files = ::morgue::index::Index::open(&index).unwrap().files().unwrap();
    let film = files.iter().find(|it| it.path == "film.wav").unwrap();
    assert!(film.hash.starts_with("first 16384: "), "{}", film.hash);
}

/// A changed file that is read when the run is stopped is neither half gone nor taken for read.
#[cfg(unix)]
#[test]
fn ctrl_c_in_the_midst_of_a_changed_file() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    const RECORDS: usize = 3000;
    let feed = |word: &str| {
        (0..RECORDS).fold(String::new(), |mut lines, id| {
            let text = format!("The {word} of number {id} digs. ").repeat(20);
            writeln!(lines, "{{\"id\": {id}, \"text\": \"{text}\"}}").unwrap();
            lines
        })
    };
    let folder = folder_of(&[("a/f.jsonl", &feed("wombat"))]);
    let here = folder.path();
    done(here, &["index", "a", "--no-entities"]);
    fs::write(here.join("a/f.jsonl"), feed("quokkas")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .current_dir(here)
        .args(["index", "--jobs", "1"])
        .env_remove("MORGUE_INDEX")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1200));
    let began = Instant::now();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    child.wait().unwrap();
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    done(here, &["verify", "--deep"]);
    let number = |word: &str| count(here, word).parse::<usize>().unwrap();
    assert_eq!(number("wombat") + number("quokka"), RECORDS);
    done(here, &["index"]);
    assert_eq!((number("wombat"), number("quokka")), (0, RECORDS));
    done(here, &["verify", "--deep"]);
}
