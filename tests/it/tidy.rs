//! Rules about the source itself: who may name whom, what no file may do, and what the documents have to name.

#![allow(
    clippy::unwrap_used,
    reason = "a file of the project that cannot be read is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use morgue::field::FIELDS;
use morgue::ingest::{Detected, FORMATS, HEAD_BYTES, PACKINGS, detect};

/// Who may name whom. A row names only rows above it, so there are no circles.
const LAYERS: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("field", &[]),
    ("text", &[]),
    ("date", &[]),
    ("names", &["article", "text"]),
    ("ingest", &["article"]),
    ("normalize", &["article", "field", "text", "date", "names"]),
    ("index", &["article", "field", "text", "date", "names"]),
    ("pipeline", &["article", "text", "date", "names", "ingest", "normalize", "index"]),
    ("query", &["field", "text", "date"]),
    ("search", &["article", "field", "text", "date", "names", "index", "query"]),
    ("present", &["article", "field", "query", "search"]),
];

/// What stands above all layers: the crate page, and the program, which sees the library from outside.
const ABOVE: &[&str] = &["lib", "main", "cli"];

/// Crates that only some modules may use.
const FENCED: &[(&str, &[&str])] = &[
    ("tantivy", &["index", "search"]),
    ("walkdir", &["ingest"]),
    ("dom_query", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("chardetng", &["ingest"]),
    ("flate2", &["ingest"]),
    ("lzma_rust2", &["ingest"]),
    ("ruzstd", &["ingest"]),
    ("frostem", &["text"]),
    ("whatlang", &["normalize"]),
    ("toml", &["names"]),
    ("jiff", &["date", "cli"]),
    ("anyhow", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("tempfile", &["cli"]),
    ("terminal_size", &["cli"]),
];

/// What only some modules may name: the outside world comes in as arguments.
const WORLD: &[(&str, &[&str])] = &[
    ("std::env", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("std::net", &[]),
    ("io::stdin", &["cli"]),
    ("io::stdout", &["cli"]),
    ("io::stderr", &["cli"]),
    ("SystemTime::now", &["cli"]),
    ("Instant::now", &["cli"]),
    ("Zoned::now", &["cli"]),
    ("Timestamp::now", &["cli"]),
    ("std::fs", &["ingest", "index", "pipeline", "cli"]),
    ("std::thread", &["pipeline", "cli"]),
];

/// Crates that speak to a network, or bring in what does. None is among the default dependencies.
const NETWORK: &[&str] = &[
    "actix-web",
    "async-std",
    "attohttpc",
    "axum",
    "curl",
    "curl-sys",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "surf",
    "tokio",
    "tungstenite",
    "ureq",
    "warp",
];

/// Lines of code a file may have: neither blank nor comment, its unit tests not counted.
const MAX_LINES: usize = 500;

/// Bytes a file of the project may have.
const MAX_BYTES: u64 = 1 << 20;

#[test]
fn layers() {
    for (idx, (module, allowed)) in LAYERS.iter().enumerate() {
        let above: BTreeSet<_> = LAYERS[..idx].iter().map(|row| row.0).collect();
        for other in *allowed {
            assert!(
                above.contains(other),
                "the row of `{module}` names `{other}`, which is not above it"
            );
        }
    }
    let mut breaches = Vec::new();
    for file in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|row| row.0 == file.module) else { continue };
        for other in crate_modules(&file.code) {
            let known = LAYERS.iter().any(|row| row.0 == other);
            if known && other != file.module && !allowed.contains(&other.as_str()) {
                breaches.push(format!("{}: `{}` may not name `{other}`", file.name, file.module));
            }
        }
        // As many steps up as the file is deep lead to the root of the crate, past this test.
        let depth = file.depth();
        if file.code.contains(&"super::".repeat(depth)) {
            breaches.push(format!("{}: say `crate::` for what another module holds", file.name));
        }
    }
    none(&breaches, "see LAYERS in tests/it/tidy.rs");
}

#[test]
fn every_module_has_its_layer() {
    let mut breaches = Vec::new();
    for file in sources() {
        let known = LAYERS.iter().any(|row| row.0 == file.module);
        if !known && !ABOVE.contains(&file.module.as_str()) {
            breaches.push(format!("{}: give `{}` a row", file.name, file.module));
        }
    }
    none(&breaches, "see LAYERS in tests/it/tidy.rs");
    let present: BTreeSet<_> = sources().into_iter().map(|file| file.module).collect();
    for (module, _) in LAYERS {
        assert!(present.contains(*module), "`{module}` has a row in LAYERS and no file");
    }
}

#[test]
fn fences() {
    let mut breaches = Vec::new();
    for file in sources() {
        for (name, allowed) in FENCED {
            let named = names_crate(&file.code, name);
            if named && !allowed.contains(&file.module.as_str()) {
                breaches.push(format!("{}: the crate `{name}` stays in {allowed:?}", file.name));
            }
        }
    }
    none(&breaches, "see FENCED in tests/it/tidy.rs");
}

#[test]
fn the_world_comes_in_as_arguments() {
    let mut breaches = Vec::new();
    for file in sources() {
        for (name, allowed) in WORLD {
            if file.code.contains(name) && !allowed.contains(&file.module.as_str()) {
                breaches.push(format!("{}: `{name}` stays in {allowed:?}", file.name));
            }
        }
    }
    none(&breaches, "see WORLD in tests/it/tidy.rs");
}

#[test]
fn files_are_small() {
    let mut breaches = Vec::new();
    for file in sources() {
        let lines = file.code.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > MAX_LINES {
            breaches.push(format!("{}: {lines} lines of code", file.name));
        }
    }
    none(&breaches, &format!("split what has more than {MAX_LINES}"));
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    let mut breaches = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//! ") {
            breaches.push(format!("{}: begin with a sentence after `//!`", file.name));
        }
    }
    none(&breaches, "one sentence: what it takes and gives");
}

#[test]
fn nothing_foreign_lies_in_the_project() {
    let mut breaches = Vec::new();
    for path in project_files() {
        let size = fs::metadata(&path).unwrap().len();
        if size > MAX_BYTES {
            breaches.push(format!("{}: {size} bytes", path.display()));
        }
    }
    none(&breaches, "no file is over 1 MB");
    assert_eq!(
        read("index/.gitignore"),
        "*\n!.gitignore\n",
        "index/ is where an index is built: git keeps its .gitignore and nothing else of it"
    );
}

#[test]
fn no_default_dependency_speaks_to_a_network() {
    let packages = locked_packages();
    let mut queue: Vec<String> = direct_dependencies();
    assert!(queue.iter().any(|name| name == "tantivy"), "Cargo.toml is read wrongly: {queue:?}");
    let mut met: BTreeMap<String, String> = BTreeMap::new();
    for name in &queue {
        met.insert(name.clone(), "morgue".to_owned());
    }
    while let Some(name) = queue.pop() {
        for needed in packages.get(&name).into_iter().flatten() {
            if !met.contains_key(needed) {
                met.insert(needed.clone(), name.clone());
                queue.push(needed.clone());
            }
        }
    }
    assert!(met.len() > 50, "Cargo.lock is read wrongly: {met:?}");
    let mut breaches = Vec::new();
    for name in NETWORK {
        if let Some(by) = met.get(*name) {
            breaches.push(format!("`{name}`, by way of `{by}`"));
        }
    }
    none(&breaches, "morgue speaks to no network unless it was built to");
}

#[test]
fn third_parties_are_those_of_the_lock_file() {
    let lock = read("Cargo.lock");
    let mut listed = BTreeSet::new();
    let mut breaches = Vec::new();
    for line in read("THIRD-PARTY.md").lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, version, licence, holder, _] = cells[..] else { continue };
        let name = name.trim_matches('*');
        if name == "crate" || name.starts_with('-') {
            continue;
        }
        assert!(!licence.is_empty() && !holder.is_empty(), "an empty cell in the row of `{name}`");
        listed.insert(name.to_owned());
        if !lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")) {
            breaches.push(format!("`{name}` {version} is not in Cargo.lock"));
        }
    }
    for name in direct_dependencies() {
        if !listed.contains(&name) {
            breaches.push(format!("`{name}` is not in THIRD-PARTY.md"));
        }
    }
    none(&breaches, "bring THIRD-PARTY.md up to date; CONTRIBUTING.md says how");
}

#[test]
fn every_format_has_a_sample_and_a_row_in_the_docs() {
    let docs = read("docs/formats.md");
    let samples = files_under(&root().join("fixtures/formats"));
    for format in FORMATS {
        let name = format.name();
        let recognized = samples.iter().any(|path| {
            let mut head = fs::read(path).unwrap();
            head.truncate(HEAD_BYTES);
            matches!(detect(path, &head), Detected::Format(found) if found.name() == name)
        });
        assert!(recognized, "fixtures/formats has no sample of `{name}`");
        assert!(docs.contains(&format!("| `{name}` |")), "docs/formats.md has no row for `{name}`");
        for ending in format.extensions() {
            assert!(
                docs.contains(&format!("`.{ending}`")),
                "docs/formats.md is silent on `.{ending}`"
            );
        }
    }
}

#[test]
fn the_docs_name_every_packing() {
    let docs = read("docs/formats.md");
    for (packing, endings, _) in PACKINGS {
        let name = packing.name();
        assert!(docs.contains(&format!("| `{name}` |")), "docs/formats.md has no row for `{name}`");
        for ending in *endings {
            assert!(docs.contains(&format!("`.{ending}`")), "no `.{ending}` in docs/formats.md");
        }
    }
}

#[test]
fn the_docs_name_every_field_and_every_module() {
    let queries = read("docs/queries.md");
    for field in FIELDS {
        let name = field.name;
        let forms = [format!("{name}:"), format!("{name}("), format!("{name}>")];
        assert!(
            forms.iter().any(|form| queries.contains(form)),
            "docs/queries.md is silent on the field `{name}`"
        );
    }
    let architecture = read("ARCHITECTURE.md");
    for module in LAYERS.iter().map(|row| row.0).chain(["cli"]) {
        assert!(
            architecture.contains(&format!("| `{module}` |")),
            "ARCHITECTURE.md has no row for `{module}`"
        );
    }
}

#[test]
fn every_test_file_is_run() {
    let folder = root().join("tests/it");
    let mut breaches = Vec::new();
    for path in files_under(&folder) {
        if path.extension().is_none_or(|ending| ending != "rs") || path.ends_with("main.rs") {
            continue;
        }
        let stands_for_folder = path.ends_with("mod.rs");
        let item = if stands_for_folder { path.parent().unwrap() } else { &path };
        let holder = item.parent().unwrap();
        let declared_in =
            if holder == folder { holder.join("main.rs") } else { holder.join("mod.rs") };
        let name = item.file_stem().unwrap().to_str().unwrap();
        let declared = fs::read_to_string(&declared_in).unwrap_or_default();
        let line = format!("mod {name};");
        if !declared.lines().any(|it| it.trim_start_matches("pub ").trim() == line) {
            breaches.push(format!(
                "{} is not declared in {}",
                path.display(),
                declared_in.display()
            ));
        }
    }
    none(&breaches, "a test that is not declared is not run");
}

/// A file of `src`.
struct Source {
    /// The first part of its path: `search`, `pipeline`, `main`.
    module: String,
    /// Its path below `src`.
    name: String,
    /// All of it.
    text: String,
    /// Its lines without unit tests and comments.
    code: String,
}

impl Source {
    /// How many steps up lead from the module of this file to the root of the crate.
    fn depth(&self) -> usize {
        let parts = self.name.split('/').count();
        if self.name.ends_with("/mod.rs") { parts - 1 } else { parts }
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let paths: Vec<PathBuf> = files_under(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    let mut tests = BTreeSet::new();
    let mut found = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).unwrap();
        let (code, test_modules) = without_tests(&text);
        for name in test_modules {
            tests.insert(path.with_file_name(format!("{name}.rs")));
        }
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let module = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        found.push((path, Source { module, name, text, code }));
    }
    assert!(found.len() > 50, "only {} files in {}", found.len(), src.display());
    found.retain(|(path, _)| !tests.contains(*path));
    found.into_iter().map(|(_, source)| source).collect()
}

/// The lines of a file that are neither comments nor unit tests, and the modules it keeps in files of their own that
/// are unit tests.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let mut code = String::new();
    let mut modules = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        // What is marked reaches to its semicolon, or to the brace in the column of the mark.
        for line in lines.by_ref() {
            if let Some(name) = line.trim().strip_prefix("mod ").and_then(|it| it.strip_suffix(';'))
            {
                modules.push(name.to_owned());
            }
            let ends_there = line.len() - line.trim_start().len() == indent
                && !line.trim_start().starts_with("#[");
            if ends_there && (line.ends_with(';') || line.ends_with('}')) {
                break;
            }
        }
    }
    (code, modules)
}

/// The modules that code names from the root of the crate: `crate::x`, `crate::{x, y::z}`.
fn crate_modules(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(first_word(rest));
            continue;
        };
        let mut depth = 0_u32;
        let mut at_item = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => at_item = true,
                _ if at_item && !letter.is_whitespace() => {
                    names.insert(first_word(&group[at..]));
                    at_item = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect()
}

/// Whether code names a crate: `x::y`, `use x;`.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let stands_alone = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && (!before.ends_with("::") || before.ends_with(" ::"));
        stands_alone
            && (after.starts_with("::")
                || before.ends_with("use ") && after.starts_with([';', ' ']))
    })
}

/// The packages that are needed to build the program as it is, by the names they have on crates.io.
fn direct_dependencies() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
        } else if inside && !line.contains("optional = true") {
            let name = line.split(['=', '.']).next().unwrap().trim();
            if !name.is_empty() && !name.starts_with('#') {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Package -> what it needs, versions of one package taken together.
fn locked_packages() -> BTreeMap<String, BTreeSet<String>> {
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for block in read("Cargo.lock").split("[[package]]").skip(1) {
        let name = block.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
        let needed = packages.entry(name.trim_matches('"').to_owned()).or_default();
        let list = block.split_once("dependencies = [").map_or("", |parts| parts.1);
        for line in list.lines().take_while(|line| !line.starts_with(']')) {
            let entry = line.trim().trim_matches([',', '"']);
            if let Some(name) = entry.split(' ').next().filter(|name| !name.is_empty()) {
                needed.insert(name.to_owned());
            }
        }
    }
    packages
}

/// The files of the project: not what was built, and not what git keeps.
fn project_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if [".git", "target", "index"].contains(&name) {
            continue;
        }
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// All files under a folder, sorted; folders that cargo builds into are left out.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                files.push(path);
            } else if !path.ends_with("target") {
                folders.push(path);
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .replace("\r\n", "\n")
}

fn none(breaches: &[String], advice: &str) {
    assert!(breaches.is_empty(), "{advice}:\n  {}", breaches.join("\n  "));
}

#[test]
fn the_rules_see_what_they_look_for() {
    let code =
        "use crate::{\n    date::{Day, text},\n    index,\n};\nfn f(x: crate::query::Query) {}";
    let names: Vec<_> = crate_modules(code).into_iter().collect();
    assert_eq!(names, ["date", "index", "query"]);
    assert!(names_crate("use tantivy;", "tantivy") && names_crate("f(tantivy::x())", "tantivy"));
    assert!(!names_crate("x::clap::y my_clap::z clap_complete::a", "clap"));
    let text = "//! A.\n#[cfg(test)]\nmod tests;\nuse b;\n#[cfg(test)]\nmod more {\n    use c;\n}\nuse d;\n";
    let (code, modules) = without_tests(text);
    assert_eq!((code.as_str(), modules), ("use b;\nuse d;\n", vec!["tests".to_owned()]));
}
