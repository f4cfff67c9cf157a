//! Files made to harm, and what the user is told about each.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::cli::{Ran, morgue};

/// Indexes a folder that holds what `make` puts there, beside one good article; says what the user is told of the rest.
fn told(make: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    make(&archive);
    fs::write(archive.join("zz-good.txt"), "Harbour\n\nThe quokka swims to the lighthouse.\n")
        .unwrap();
    let began = Instant::now();
    let run = |arguments: &[&str]| -> Ran { morgue(folder.path(), arguments, "") };
    let indexed = run(&["index", "archive", "--now", "2026-11-23"]);
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    assert!(!indexed.err.contains("panicked"), "{}", indexed.err);
    assert_eq!(
        run(&["count", "quokka lighthouse"]).out,
        "1\n",
        "the good article is found whatever lies beside it"
    );
    assert_eq!(run(&["verify"]).code, Some(0));
    let failed = run(&["status", "--failed"]);
    // What became articles is listed with what is said of it.
    let mut files: Vec<_> = fs::read_dir(&archive).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|path| path.is_file() && path.to_str().is_some());
    files.sort();
    let mut noted = String::new();
    for file in files {
        let file = format!("archive/{}", file.file_name().unwrap().to_str().unwrap());
        for line in run(&["extract", &file]).out.lines() {
            let found: serde_json::Value = serde_json::from_str(line).unwrap();
            for problem in found["problems"].as_array().into_iter().flatten() {
                let inside =
                    found["inside"].as_str().map_or_else(String::new, |it| format!("!{it}"));
                writeln!(
                    noted,
                    "{file}{inside}#{}: {}",
                    found["record"],
                    problem.as_str().unwrap()
                )
                .unwrap();
            }
        }
    }
    format!("{}--\n{}--\n{noted}", indexed.err, failed.out)
}

fn gzip(write: impl FnOnce(&mut GzEncoder<Vec<u8>>)) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    write(&mut encoder);
    encoder.finish().unwrap()
}

#[test]
fn empty_files_zeros_and_broken_letters() {
    let told = told(|archive| {
        fs::write(archive.join("empty.txt"), "").unwrap();
        fs::write(archive.join("nul.txt"), b"Fog\n\nA text with\0 a NUL in its midst, that goes on for long enough to be one of few odd bytes in it all, ever.").unwrap();
        fs::write(archive.join("zeros.txt"), vec![0; 5000]).unwrap();
        fs::write(
            archive.join("invalid.txt"),
            b"Fog\n\nThe ferry \xff\xfe\xfd stayed in the harbour for all of the day, \xe2\x28.",
        )
        .unwrap();
    });
    insta::assert_snapshot!(told);
}

#[test]
fn one_line_of_300_mb() {
    let told = told(|archive| {
        // Zeros that lie on no disk, and a line that has no end.
        for name in ["long.jsonl", "long.txt", "long.json", "long.html"] {
            let mut file = File::create(archive.join(name)).unwrap();
            file.write_all(b"{\"title\": \"x").unwrap();
            file.write_all(&vec![b'x'; 20_000]).unwrap();
            file.set_len(300 << 20).unwrap();
        }
    });
    insta::assert_snapshot!(told);
}

#[test]
fn packed_files_that_are_broken_or_bombs() {
    let told = told(|archive| {
        let page = "A paragraph about the ferry that did not sail on that day. ".repeat(400);
        let whole = gzip(|it| it.write_all(page.as_bytes()).unwrap());
        fs::write(archive.join("broken.txt.gz"), &whole[..whole.len() - 20]).unwrap();
        fs::write(archive.join("garbage.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\0 no such thing").unwrap();
        let zeros = vec![b' '; 1 << 20];
        let bomb = gzip(|it| {
            it.write_all(b"{\"title\": \"Before\", \"text\": \"Before the bomb.\"}\n").unwrap();
            (0..300).for_each(|_| it.write_all(&zeros).unwrap());
        });
        fs::write(archive.join("bomb.jsonl.gz"), &bomb).unwrap();
        fs::write(archive.join("bomb.txt.gz"), &bomb).unwrap();
    });
    insta::assert_snapshot!(told);
}

#[test]
fn archives_that_are_bombs_lead_out_or_hold_themselves() {
    let told = told(|archive| {
        let spaces = vec![b' '; 300 << 20];
        fs::write(
            archive.join("bomb.zip"),
            zip(&[("a.txt", b"Before\n\nBefore the bomb."), ("b.jsonl", &spaces)]),
        )
        .unwrap();
        let text = b"Names\n\nA text under an odd name.";
        fs::write(
            archive.join("names.zip"),
            zip(&[("../../etc/motd.txt", text), ("/tmp/x.txt", text)]),
        )
        .unwrap();
        // An archive that holds itself unpacks for ever: here it is thirty of them, which is as far as it matters.
        let mut nested = zip(&[("end.txt", text)]);
        for _ in 0..30 {
            nested = zip(&[("again.zip", &nested)]);
        }
        fs::write(archive.join("again.zip"), nested).unwrap();
    });
    insta::assert_snapshot!(told);
}

/// A zip archive, as little as there need be of it.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in entries {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut sum = flate2::Crc::new();
        sum.update(bytes);
        archive.extend(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0");
        for number in [sum.sum(), packed.len() as u32, bytes.len() as u32, name.len() as u32] {
            archive.extend(number.to_le_bytes());
        }
        archive.extend(name.as_bytes());
        archive.extend(packed);
    }
    archive.extend(b"PK\x05\x06");
    archive.extend([0; 18]);
    archive
}

#[test]
fn records_and_pages_that_are_wrong() {
    let told = told(|archive| {
        fs::write(archive.join("no-text.json"), "{\"id\": 7, \"tags\": []}").unwrap();
        let deep = "<div>".repeat(100_000) + "<p>The deep text of the page.</p>";
        fs::write(archive.join("deep.html"), format!("<title>Deep</title>{deep}")).unwrap();
        let title = "title ".repeat(10 << 20 >> 2);
        fs::write(
            archive.join("title.jsonl"),
            format!("{{\"title\": \"{title}\", \"text\": \"t\"}}\n"),
        )
        .unwrap();
        let short = "title,date,text\nOne,2020-01-01,The first row.\nTwo\n";
        fs::write(archive.join("short.csv"), short).unwrap();
        fs::write(
            archive.join("escape.json"),
            "{\"title\": \"\\u001b[31mRed\\u001b]0;x\\u0007\", \"text\": \"A bell.\"}",
        )
        .unwrap();
    });
    insta::assert_snapshot!(told);
}

#[test]
fn escape_sequences_reach_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let record = "{\"title\": \"\\u001b[31mRed\\u001b]0;x\\u0007 alert\", \"text\": \"A bell\\u001b[2J rings.\"}";
    fs::write(folder.path().join("a.json"), record).unwrap();
    assert_eq!(morgue(folder.path(), &["index", "a.json"], "").code, Some(0));
    let found = morgue(folder.path(), &["search", "bell"], "");
    assert_eq!(found.code, Some(0));
    assert!(!found.out.contains(['\u{1b}', '\u{7}']), "{:?}", found.out);
    assert!(found.out.contains("alert"), "{}", found.out);
}

#[cfg(unix)]
#[test]
fn names_links_and_what_is_no_file() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let told = told(|archive| {
        for (number, name) in
            [&b"caf\xe9.txt"[..], b"caf\xe8.txt", b"caf\\xE9.txt"].iter().enumerate()
        {
            fs::write(
                archive.join(OsStr::from_bytes(name)),
                format!("Name {number}\n\nA wombat digs.\n"),
            )
            .unwrap();
        }
        fs::write(archive.join(OsStr::from_bytes(b"none\xff.txt")), "").unwrap();
        fs::create_dir(archive.join("sub")).unwrap();
        symlink(archive, archive.join("sub/up")).unwrap();
        symlink("b", archive.join("a-loop")).unwrap();
        symlink("a-loop", archive.join("b")).unwrap();
        symlink("/etc", archive.join("etc")).unwrap();
        std::os::unix::net::UnixListener::bind(archive.join("socket")).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(archive.join("pipe.txt")).status();
        assert!(pipe.unwrap().success());
    });
    insta::assert_snapshot!(told);
}

/// A file of nothing but broken records fills neither the catalog nor the screen; all are counted.
#[test]
fn a_file_of_broken_records_is_listed_so_far_and_counted_whole() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), "{\"id\": 1, \n".repeat(2500)).unwrap();
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    let indexed = run(&["index", "a.jsonl"]);
    assert!(indexed.err.contains("left out: broken 2500"), "{}", indexed.err);
    assert!(run(&["status"]).out.contains("left out: broken 2500"));
    let failed = run(&["status", "--failed"]).out;
    assert_eq!(failed.lines().count(), 1001);
    assert!(failed.ends_with(": and more of the same: broken 1500\n"), "{failed}");
    let failed = run(&["status", "--failed", "--format", "json"]).out;
    let failed: serde_json::Value = serde_json::from_str(&failed).unwrap();
    assert_eq!(failed["failed_besides"][0]["kinds"]["broken"], 1500);
}

/// What is of a kind that is not read stands in its own line, also beyond what is listed.
#[test]
fn an_archive_of_pictures_is_counted_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> = (0..1500).map(|number| format!("{number}.pdf")).collect();
    let entries: Vec<_> = names.iter().map(|it| (it.as_str(), &b"%PDF-1.4"[..])).collect();
    fs::write(folder.path().join("box.zip"), zip(&entries)).unwrap();
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "box.zip"]).code, Some(0));
    let status = run(&["status"]).out;
    assert!(status.contains("  PDF: not read yet, 1500\n"), "{status}");
    assert!(!status.contains("left out"), "{status}");
    let failed = run(&["status", "--failed"]).out;
    assert!(failed.ends_with(": and more of the same: PDF 500\n"), "{failed}");
    assert!(run(&["index", "box.zip", "--strict"]).err.contains("1500 records left out"));
}

/// The same path below two roots is two files: each article leads to its own, and out of its container.
#[test]
fn the_source_of_an_article_is_that_of_its_own_root() {
    let folder = tempfile::tempdir().unwrap();
    for (root, text) in [("one", "Fog\n\nThe wombat digs."), ("two", "Rain\n\nThe quokka swims.")] {
        fs::create_dir(folder.path().join(root)).unwrap();
        let packed = zip(&[("a.txt", text.as_bytes())]);
        fs::write(folder.path().join(root).join("box.zip"), packed).unwrap();
    }
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    assert_eq!(run(&["index", "one", "two"]).code, Some(0));
    for (word, text) in
        [("wombat", "Fog\n\nThe wombat digs."), ("quokka", "Rain\n\nThe quokka swims.")]
    {
        let found = run(&["search", word, "--format", "json"]).out;
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        let id = found["hits"][0]["id"].as_str().unwrap();
        assert_eq!(run(&["show", id, "--source"]).out, text);
    }
}

/// Issue 3: large records filled the memory. They wait for each other, and whoever waits goes on.
#[test]
fn large_records_wait_for_each_other_and_all_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    let large = "x".repeat(5 << 20);
    for number in 0..8 {
        let mut file = File::create(archive.join(format!("{number}.jsonl"))).unwrap();
        for record in 0..40 {
            let ignored = if record % 20 == 7 { large.as_str() } else { "" };
            writeln!(
                file,
                "{{\"text\": \"The wombat of file {number} digs {record}.\", \"x\": \"{ignored}\"}}"
            )
            .unwrap();
        }
    }
    let run = |arguments: &[&str]| morgue(folder.path(), arguments, "");
    let indexed = run(&["index", "archive", "--jobs", "4", "--commit-after", "50"]);
    assert_eq!(indexed.code, Some(0), "{}", indexed.err);
    assert_eq!(run(&["count", "wombat"]).out, "320\n");
    assert_eq!(run(&["verify", "--deep"]).code, Some(0));
}
