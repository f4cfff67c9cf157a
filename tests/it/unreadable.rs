//! What may not be read or written today: it is said, nothing is lost for it, and it is tried again.
//!
//! Run by the superuser, whom no permission holds back, the program is started as nobody.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::cli::Ran;

const NOBODY: u32 = 65_534;

/// A folder with an archive in it, and a program that permissions hold for.
struct Place {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("morgue");
        fs::copy(env!("CARGO_BIN_EXE_morgue"), &program).unwrap();
        fs::create_dir(folder.path().join("archive")).unwrap();
        let place = Self { folder, program };
        place.own(place.folder.path());
        place.own(&place.at(""));
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join("archive").join(name)
    }

    fn own(&self, path: &Path) {
        if fs::metadata(&self.program).unwrap().uid() == 0 {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        if let Some(folder) = path.parent().filter(|it| !it.is_dir()) {
            fs::create_dir(folder).unwrap();
            self.own(folder);
        }
        fs::write(&path, text).unwrap();
        self.own(&path);
    }

    fn allow(&self, name: &str, mode: u32) {
        fs::set_permissions(self.at(name), Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(&self.program);
        if fs::metadata(&self.program).unwrap().uid() == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.current_dir(self.folder.path()).args(arguments).env_remove("MORGUE_INDEX");
        let output = started(&mut command);
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A program that was copied just now may still be open for writing in a process that another test starts.
fn started(command: &mut Command) -> Output {
    for _ in 0..100 {
        match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(50));
            }
            other => return other.unwrap(),
        }
    }
    panic!("the program stays busy");
}

/// Taking permissions away and giving them back leaves the time of the last change as it was.
#[test]
fn a_file_that_was_unreadable_once_is_read_when_it_can_be() {
    let place = Place::new(&[
        ("a.txt", "Fog\n\nThe wombat digs.\n"),
        ("b.txt", "Rain\n\nThe quokka swims.\n"),
    ]);
    place.allow("b.txt", 0o000);
    let first = place.run(&["index", "archive"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.err.contains("left out: unreadable 1"), "{}", first.err);
    let failed = place.run(&["status", "--failed"]).out;
    assert_eq!(failed, "b.txt: Permission denied (os error 13)\n");
    assert_eq!(place.run(&["index", "--strict"]).code, Some(2));
    place.allow("b.txt", 0o600);
    let again = place.run(&["index", "--strict"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(place.run(&["count", "quokka"]).out, "1\n");
    assert_eq!(place.run(&["status", "--failed"]).out, "");
    assert_eq!(place.run(&["verify", "--deep"]).code, Some(0));
}

#[test]
fn a_file_that_turns_unreadable_keeps_its_articles() {
    let place = Place::new(&[
        ("a.txt", "Fog\n\nThe wombat digs.\n"),
        ("b.txt", "Rain\n\nThe quokka swims.\n"),
    ]);
    assert_eq!(place.run(&["index", "archive"]).code, Some(0));
    // Longer, so that it has to be read: and half of the articles may not go without a word.
    place.write("b.txt", "Rain\n\nThe quokka swims to the lighthouse.\n");
    place.allow("b.txt", 0o000);
    for _ in 0..2 {
        let kept = place.run(&["index"]);
        assert_eq!(kept.code, Some(0), "{}", kept.err);
        let said = "cannot be read, what the index has of it stays: `b.txt`: Permission denied";
        assert!(kept.err.contains(said), "{}", kept.err);
        assert_eq!(place.run(&["count", "quokka"]).out, "1\n");
        let failed = place.run(&["status", "--failed"]).out;
        assert_eq!(failed, "b.txt: Permission denied (os error 13)\n");
    }
    assert_eq!(place.run(&["verify", "--deep"]).code, Some(0));
    place.allow("b.txt", 0o600);
    assert_eq!(place.run(&["index", "--strict"]).code, Some(0));
    assert_eq!(place.run(&["count", "lighthouse"]).out, "1\n");
    assert_eq!(place.run(&["count", "quokka"]).out, "1\n");
}

#[test]
fn a_folder_that_may_not_be_entered_stands_in_status() {
    let place = Place::new(&[
        ("a.txt", "Fog\n\nThe wombat digs.\n"),
        ("secret/b.txt", "Rain\n\nThe quokka swims.\n"),
        ("page.html", "<title>Page</title><p>A page of some words."),
        ("page_files/x.txt", "x"),
        ("._a.txt", "x"),
    ]);
    place.allow("secret", 0o000);
    let first = place.run(&["index", "archive"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    insta::assert_snapshot!(first.err, @"
    archive: 2 articles from 2 files
    passed over: files of a saved page 1, hidden 1
    cannot be looked at, nothing of it was dropped: `secret`: Permission denied (os error 13)
    2 articles in `index/main`
    ");
    assert_eq!(place.run(&["index", "--strict"]).code, Some(2));
    let status = place.run(&["status"]).out;
    assert!(status.contains("  passed over: files of a saved page 1, hidden 1\n"), "{status}");
    assert!(status.contains("  could not be looked at: 1 place (`morgue status"), "{status}");
    let failed = place.run(&["status", "--failed"]).out;
    assert_eq!(failed, "secret: could not be looked at: Permission denied (os error 13)\n");
    let status = place.run(&["status", "--format", "json"]).out;
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["roots"][0]["passed_over"]["hidden"], 1);
    assert_eq!(status["roots"][0]["unreadable"][0]["path"], "secret");
    place.allow("secret", 0o700);
    assert_eq!(place.run(&["index", "--strict"]).code, Some(0));
    assert_eq!(place.run(&["status", "--failed"]).out, "");
}

#[test]
fn an_index_for_reading_only_says_so_and_a_search_writes_nothing() {
    let place = Place::new(&[("a.txt", "Fog\n\nThe wombat digs.\n")]);
    assert_eq!(place.run(&["index", "archive"]).code, Some(0));
    let index = place.folder.path().join("index/main");
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(&index).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        names
    };
    for entry in fs::read_dir(&index).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
        if entry.path().extension().is_some_and(|it| it == "lock") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    let before = names();
    assert_eq!(place.run(&["count", "wombat"]).out, "1\n");
    assert_eq!(names(), before, "a search makes no file");
    for entry in fs::read_dir(&index).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(0o400)).unwrap();
    }
    fs::set_permissions(&index, Permissions::from_mode(0o500)).unwrap();
    assert_eq!(place.run(&["count", "wombat"]).out, "1\n");
    for arguments in [&["index"][..], &["forget", "archive"]] {
        let refused = place.run(arguments);
        assert_eq!(refused.code, Some(3), "{}", refused.err);
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.err, @"
            error: the index in `index/main` cannot be written: Permission denied (os error 13)
            hint: it is another user's, or its permissions or its disk are for reading only; it can be searched as it is, and `--index DIR` makes another
            ");
        }
    }
    fs::set_permissions(&index, Permissions::from_mode(0o700)).unwrap();
}

/// A limit on the size of files stands in for a full disk.
#[test]
fn an_index_that_cannot_be_made_for_want_of_room_says_so_and_is_made_later() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Fog\n\nThe wombat digs.\n").unwrap();
    let full = Command::new("sh")
        .args(["-c", "ulimit -f 0; trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .args(["index", "a.txt"])
        .current_dir(folder.path())
        .env_remove("MORGUE_INDEX")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let err = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(3), "{err}");
    assert!(err.contains("no room left to write `index/main`"), "{err}");
    let made = super::cli::morgue(folder.path(), &["index", "a.txt"], "");
    assert_eq!(made.code, Some(0), "{}", made.err);
}
