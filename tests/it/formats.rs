//! Every file in `fixtures/formats/<format>/` against its snapshot: what is told about it, and what becomes of it.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use morgue::article::{Article, Place, RawArticle};
use morgue::date::Day;
use morgue::ingest::{FORMATS, FileKind, ReadOptions, Sink, Skip, read_file};
use morgue::normalize::{Options, normalize};

/// All that a file gave.
#[derive(Default, serde::Serialize)]
struct Found {
    format: &'static str,
    articles: Vec<Article>,
    skipped: Vec<(u32, &'static str, String)>,
}

/// Normalizes and keeps what a reader pushes.
struct Keeping<'a> {
    options: &'a Options,
    found: Found,
}

impl Sink for Keeping<'_> {
    fn article(&mut self, article: RawArticle) -> ControlFlow<()> {
        self.found.articles.push(normalize(article, self.options));
        ControlFlow::Continue(())
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.found.skipped.push((place.record, reason.kind.name(), reason.reason));
        ControlFlow::Continue(())
    }
}

#[test]
fn samples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let now = Day::from_ymd(2026, 11, 23).unwrap();
    let options = Options {
        now,
        set: Vec::new(),
        root_id: "formats".to_owned(),
        entities: true,
        names: Arc::default(),
        corrections: Arc::default(),
    };
    let mut formats_seen = Vec::new();
    for folder in sorted_entries(&root) {
        for file in sorted_entries(&folder) {
            if file.extension().is_some_and(|it| it == "snap" || it == "new") {
                continue;
            }
            let name = file.file_name().unwrap().to_str().unwrap();
            let mut keeping = Keeping { options: &options, found: Found::default() };
            let place = Place { path: name.to_owned(), inside: None, record: 0 };
            let kind = read_file(&file, &place, &ReadOptions::default(), &mut keeping).unwrap();
            let FileKind::Read(format) = kind else { panic!("{name} is not read: {kind:?}") };
            // JSON and JSON Lines share a folder, as they share a reader.
            let expected = folder.file_name().unwrap().to_str().unwrap();
            assert_eq!(format.trim_end_matches('l'), expected.trim_end_matches('l'), "{name}");
            keeping.found.format = format;
            formats_seen.push(format);
            insta::with_settings!(
                { snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true },
                { insta::assert_json_snapshot!(name, keeping.found); }
            );
        }
    }
    for format in FORMATS {
        let name = format.name();
        assert!(formats_seen.contains(&name), "no sample of `{name}` in fixtures/formats");
    }
}

fn sorted_entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}
