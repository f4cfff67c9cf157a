//! An index that is updated again and again is the index that would be made afresh; cut off, damaged or full, it
//! keeps what it had.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// A small generator of numbers (xorshift), so that a failing script can be run again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

fn morgue(index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command
        .arg("--index")
        .arg(index)
        .env_remove("MORGUE_INDEX")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    command
}

fn run(index: &Path, arguments: &[&str]) -> Output {
    morgue(index).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&both).into_owned()
}

fn slow() -> bool {
    std::env::var_os("RUN_SLOW_TESTS").is_some()
}

const WORDS: &[&str] = &[
    "harbour",
    "council",
    "minister",
    "treaty",
    "strike",
    "ferry",
    "budget",
    "river",
    "flood",
    "market",
    "court",
    "Sochi",
    "Minsk",
    "obligations",
    "bridge",
    "vote",
    "railway",
    "mayor",
    "school",
    "winter",
];

fn sentence(numbers: &mut Numbers) -> String {
    let words: Vec<_> =
        (0..6 + numbers.below(8)).map(|_| WORDS[numbers.below(WORDS.len())]).collect();
    format!("The {}.", words.join(" "))
}

fn plain(numbers: &mut Numbers) -> String {
    let day = 1 + numbers.below(28);
    let body: Vec<_> = (0..2 + numbers.below(3)).map(|_| sentence(numbers)).collect();
    format!("{}\n\n{day} March 2019\n\n{}\n", WORDS[numbers.below(WORDS.len())], body.join("\n\n"))
}

fn record(numbers: &mut Numbers) -> String {
    let text = [sentence(numbers), sentence(numbers)].join(" ");
    let day = 1 + numbers.below(28);
    format!(
        "{{\"title\":\"On the {}\",\"date\":\"2020-05-{day:02}\",\"text\":\"{text}\"}}",
        WORDS[numbers.below(WORDS.len())]
    )
}

/// Makes an archive of plain texts and a few JSON Lines files in folders.
fn archive(root: &Path, files: usize, numbers: &mut Numbers) {
    for number in 0..files {
        let folder = root.join(format!("f{}", number % 4));
        fs::create_dir_all(&folder).unwrap();
        if number % 10 == 3 {
            let records: Vec<_> = (0..12).map(|_| record(numbers)).collect();
            fs::write(folder.join(format!("{number}.jsonl")), records.join("\n") + "\n").unwrap();
        } else {
            fs::write(folder.join(format!("{number}.txt")), plain(numbers)).unwrap();
        }
    }
}

fn files_below(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|it| it.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
}

/// One random edit of the archive.
fn edit(root: &Path, step: usize, numbers: &mut Numbers) {
    let files = files_below(root);
    let one = files[numbers.below(files.len())].clone();
    let is_feed = one.extension().is_some_and(|it| it == "jsonl");
    match numbers.below(7) {
        0 => fs::write(root.join(format!("f0/new{step}.txt")), plain(numbers)).unwrap(),
        1 => fs::rename(
            &one,
            one.with_file_name(format!("renamed{step}.{}", if is_feed { "jsonl" } else { "txt" })),
        )
        .unwrap(),
        2 => fs::remove_file(&one).unwrap(),
        3 => {
            let later = SystemTime::now() + Duration::from_secs(100 + step as u64);
            fs::File::options().append(true).open(&one).unwrap().set_modified(later).unwrap();
        }
        4 => fs::rename(
            &one,
            root.join(format!("f3/moved{step}.{}", if is_feed { "jsonl" } else { "txt" })),
        )
        .unwrap(),
        5 if is_feed => {
            let mut lines: Vec<_> =
                fs::read_to_string(&one).unwrap().lines().map(str::to_owned).collect();
            lines.insert(numbers.below(lines.len() + 1), record(numbers));
            fs::write(&one, lines.join("\n") + "\n").unwrap();
        }
        _ if is_feed => {
            let mut lines: Vec<_> =
                fs::read_to_string(&one).unwrap().lines().map(str::to_owned).collect();
            let at = numbers.below(lines.len());
            lines[at] = record(numbers);
            fs::write(&one, lines.join("\n") + "\n").unwrap();
        }
        _ => fs::write(&one, plain(numbers)).unwrap(),
    }
}

fn query(numbers: &mut Numbers) -> String {
    let mut word = || WORDS[numbers.below(WORDS.len())];
    let (a, b, c) = (word(), word(), word());
    match numbers.below(8) {
        0 => a.to_owned(),
        1 => format!("{a} {b}"),
        2 => format!("\"{a} {b}\""),
        3 => format!("{a} w/4 {b}"),
        4 => format!("{a} OR {b}"),
        5 => format!("{a} -{b}"),
        6 => format!("{}* {c}", &a[..3]),
        _ => format!("{a} {b} {c}"),
    }
}

/// What must be the same, whatever way the index came to be: everything but scores, ids and what hangs on them.
fn answers(index: &Path, queries: &[String], sort: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queries.tsv");
    let lines: Vec<_> = queries.iter().enumerate().map(|(at, it)| format!("{at}\t{it}")).collect();
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    let file = file.display().to_string();
    let output = run(index, &["batch", &file, "--format", "jsonl", "--all", "--sort", sort]);
    assert!(output.stderr.is_empty(), "{}", text(&output));
    let stdout = String::from_utf8(output.stdout).unwrap();
    stdout
        .lines()
        .map(|line| {
            let mut hit: serde_json::Value = serde_json::from_str(line).unwrap();
            let object = hit.as_object_mut().unwrap();
            object.remove("score");
            object.remove("id");
            hit.to_string()
        })
        .collect()
}

fn same_as_fresh(index: &Path, root: &Path, seed: u64, what: &str) {
    let fresh = tempfile::tempdir().unwrap();
    let fresh_index = fresh.path().join("index");
    let path = root.display().to_string();
    let output = run(&fresh_index, &["index", &path]);
    assert!(output.status.success(), "{}", text(&output));
    let mut numbers = Numbers(seed | 1);
    let queries: Vec<_> = (0..200).map(|_| query(&mut numbers)).collect();
    let (ours, theirs) =
        (answers(index, &queries, "oldest"), answers(&fresh_index, &queries, "oldest"));
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (our, their) in ours.iter().zip(&theirs) {
        assert_eq!(our, their, "{what}");
    }
    let counts = |index: &Path| {
        let status = run(index, &["status", "--format", "json"]);
        let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
        (status["articles"].clone(), status["files"].clone())
    };
    assert_eq!(counts(index), counts(&fresh_index), "{what}");
    assert_sound(index);
}

fn assert_sound(index: &Path) {
    let output = run(index, &["verify", "--deep"]);
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn after_any_edits_the_index_is_as_if_made_afresh() {
    for seed in 1..=if slow() { 20_u64 } else { 2 } {
        let folder = tempfile::tempdir().unwrap();
        let (root, index) = (folder.path().join("archive"), folder.path().join("index"));
        let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        archive(&root, 60, &mut numbers);
        let path = root.display().to_string();
        assert!(run(&index, &["index", &path]).status.success());
        for round in 0..3 {
            for step in 0..6 {
                edit(&root, round * 10 + step, &mut numbers);
            }
            let output = run(&index, &["index", "--allow-removals"]);
            assert!(output.status.success(), "{}", text(&output));
            same_as_fresh(
                &index,
                &root,
                seed * 31 + round as u64,
                &format!("seed {seed}, round {round}"),
            );
        }
        let output = run(&index, &["index", "--compact"]);
        assert!(output.status.success(), "{}", text(&output));
        let fresh = folder.path().join("fresh");
        assert!(run(&fresh, &["index", &path]).status.success());
        let queries: Vec<_> = (0..200).map(|_| query(&mut numbers)).collect();
        assert_eq!(
            answers(&index, &queries, "relevance"),
            answers(&fresh, &queries, "relevance"),
            "seed {seed}: the order by relevance, once what was replaced is merged away"
        );
    }
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("archive");
    let mut numbers = Numbers(0x51f0_5eed_1234_5677);
    archive(&root, 300, &mut numbers);
    let path = root.display().to_string();
    for kill in 0..if slow() { 50 } else { 6 } {
        let index = folder.path().join(format!("index{kill}"));
        let mut child = morgue(&index)
            .args(["index", "--commit-after", "40", &path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(5 + numbers.below(600) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        // Killed before there was anything, there is nothing to be damaged.
        let verified = run(&index, &["verify", "--deep"]);
        let said = text(&verified);
        assert!(verified.status.success() || said.contains("no index in"), "{said}");
        if verified.status.success() {
            let found = run(&index, &["search", "harbour", "--format", "json"]);
            assert!(matches!(found.status.code(), Some(0 | 1)), "{}", text(&found));
        }
        let output = run(&index, &["index", &path]);
        assert!(output.status.success(), "kill {kill}: {}", text(&output));
        if kill % 3 == 0 {
            same_as_fresh(&index, &root, kill + 7, &format!("kill {kill}"));
        }
        fs::remove_dir_all(&index).unwrap();
    }
}

/// A limit on the size of files stands in for a full disk: the same writes fail, for a reason next to it.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_there_was_and_the_next_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (root, index) = (folder.path().join("archive"), folder.path().join("index"));
    let mut numbers = Numbers(0x0f11_d15c_0000_0001);
    archive(&root, 40, &mut numbers);
    let path = root.display().to_string();
    assert!(run(&index, &["index", &path]).status.success());
    let queries: Vec<_> = (0..20).map(|_| query(&mut numbers)).collect();
    let before = answers(&index, &queries, "relevance");

    for number in 0..30 {
        let words: Vec<_> = (0..8000).map(|_| format!("{:x}", numbers.below(usize::MAX))).collect();
        fs::write(root.join(format!("large{number}.txt")), words.join(" ")).unwrap();
    }
    let limited = Command::new("sh")
        .args(["-c", "ulimit -f 400; trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .arg("--index")
        .arg(&index)
        .args(["index", &path])
        .env_remove("MORGUE_INDEX")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = text(&limited);
    assert_eq!(limited.status.code(), Some(3), "{said}");
    assert!(said.contains("no room left to write `"), "{said}");
    assert!(said.contains("what was committed before is intact"), "{said}");
    assert_sound(&index);
    assert_eq!(answers(&index, &queries, "relevance"), before);

    let again = run(&index, &["index", &path]);
    assert!(again.status.success(), "{}", text(&again));
    same_as_fresh(&index, &root, 5, "after the disk was full");
}

#[test]
fn damage_in_any_file_is_noticed_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let (root, index) = (folder.path().join("archive"), folder.path().join("index"));
    let mut numbers = Numbers(0xdead_beef_cafe_f00d);
    archive(&root, 40, &mut numbers);
    let path = root.display().to_string();
    assert!(run(&index, &["index", &path]).status.success());
    fs::remove_file(files_below(&root)[5].clone()).unwrap();
    assert!(run(&index, &["index"]).status.success());
    assert_sound(&index);
    let files: Vec<_> =
        files_below(&index).into_iter().filter(|it| fs::metadata(it).unwrap().len() > 0).collect();
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    let rounds = 100;
    for round in 0..rounds {
        let file = &files[round % files.len()];
        let kind = file.extension().unwrap_or_else(|| file.file_name().unwrap());
        *kinds.entry(kind.to_string_lossy().into_owned()).or_default() += 1;
        let whole = fs::read(file).unwrap();
        let mut damaged = whole.clone();
        if numbers.below(4) == 0 {
            damaged.truncate(numbers.below(whole.len()));
        } else {
            damaged[numbers.below(whole.len())] ^= 1 << numbers.below(8);
        }
        fs::write(file, &damaged).unwrap();
        let name = file.display();
        let verified = run(&index, &["verify"]);
        assert_eq!(verified.status.code(), Some(3), "{name}: {}", text(&verified));
        for query in ["harbour council", "\"the ferry\"", "har* OR tre*"] {
            let found = run(&index, &["search", query, "--all"]);
            let said = text(&found);
            assert!(
                matches!(found.status.code(), Some(0 | 1 | 3)),
                "{name}: {:?} {said}",
                found.status
            );
            assert!(!said.contains("panicked"), "{name}: {said}");
        }
        fs::write(file, &whole).unwrap();
    }
    assert_sound(&index);
    assert!(kinds.len() >= 6, "every kind of file: {kinds:?}");
}

#[test]
fn what_was_forgotten_is_in_no_file_and_stays_away() {
    let folder = tempfile::tempdir().unwrap();
    let (root, index) = (folder.path().join("archive"), folder.path().join("index"));
    let mut numbers = Numbers(77);
    archive(&root, 30, &mut numbers);
    fs::write(root.join("f0/secret.txt"), "Zanzibarqu\n\nA word that stands nowhere else.\n")
        .unwrap();
    let path = root.display().to_string();
    assert!(run(&index, &["index", &path]).status.success());
    let holds = || {
        let needle = b"zanzibarqu";
        files_below(&index).iter().any(|it| {
            fs::read(it).unwrap().to_ascii_lowercase().windows(needle.len()).any(|it| it == needle)
        })
    };
    assert!(holds());
    let secret = root.join("f0/secret.txt").display().to_string();
    let output = run(&index, &["forget", &secret]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(!holds());
    assert!(run(&index, &["index"]).status.success());
    assert_eq!(run(&index, &["count", "zanzibarqu"]).status.code(), Some(1));
    assert_sound(&index);
    assert!(run(&index, &["forget", "--undo", &secret]).status.success());
    assert!(run(&index, &["index"]).status.success());
    assert_eq!(text(&run(&index, &["count", "zanzibarqu"])).trim(), "1");
    let hit = run(&index, &["search", "zanzibarqu", "--format", "json"]);
    let hit: serde_json::Value = serde_json::from_slice(&hit.stdout).unwrap();
    let id = hit["hits"][0]["id"].as_str().unwrap().to_owned();
    let output = run(&index, &["forget", &id]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(!holds());
    assert_sound(&index);
    assert!(run(&index, &["forget", "--undo", &id]).status.success());
    assert!(run(&index, &["index"]).status.success());
    assert_eq!(text(&run(&index, &["count", "zanzibarqu"])).trim(), "1");
    assert_sound(&index);
}

/// A changed file of names changes what the articles name, and nothing else is written again.
#[test]
fn a_change_of_names_brings_the_articles_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    fs::write(archive.join("a.txt"), "Dues rise\n\nThe Mornan Seed Council met in Varholm.\n")
        .unwrap();
    fs::write(archive.join("b.txt"), "It rains\n\nThere was no news at all today.\n").unwrap();
    let names = archive.join("names.toml");
    let path = archive.to_str().unwrap();
    let count = |query: &str| text(&run(&index, &["count", query])).trim().to_owned();

    run(&index, &["index", path]);
    assert_eq!(count("org:kesh"), "0");
    let entry = "[[name]]\nname = \"Kesh Seed Council\"\nkind = \"organization\"\n";
    fs::write(&names, format!("{entry}aliases = [\"Mornan Seed Council\"]\n")).unwrap();
    let report = text(&run(&index, &["index", path]));
    assert!(report.contains("1 article from 2 files · 1 as before"), "{report}");
    assert!(report.contains("names: 1 from"), "{report}");
    assert_eq!(count("org:kesh"), "1");
    assert_eq!(count("org:mornan"), "1");

    let report = text(&run(&index, &["index", path]));
    assert!(report.contains("2 unchanged"), "{report}");

    fs::write(&names, "[[name]]\nname = \"Mornan Seed Council\"\n").unwrap();
    let refused = run(&index, &["index", path]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused));
    assert_eq!(count("org:kesh"), "1", "a run that is refused changes nothing");

    fs::remove_file(&names).unwrap();
    run(&index, &["index", path]);
    assert_eq!(count("org:kesh"), "0");
    assert_eq!(count("org:mornan"), "1");
}
