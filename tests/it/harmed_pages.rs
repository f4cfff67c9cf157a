//! Pages cut off anywhere, with a charset that is not theirs: each gives an article or a reason, soon.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use morgue::article::{Place, RawArticle};
use morgue::date::Day;
use morgue::ingest::{FileKind, ReadOptions, Sink, Skip, read_stream};
use morgue::normalize::{Options, normalize};

const PAGES: usize = 300;
/// Of real pages so many are taken, spread over all there are.
const REAL: usize = 150;
/// An unoptimized build is some ten times slower.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

const CHARSETS: [&str; 7] = [
    "utf-16le",
    "shift_jis",
    "windows-1251",
    "koi8-r",
    "gb18030",
    "iso-2022-jp",
    "no-such-charset",
];

struct Outcome {
    normalizing: Options,
    articles: usize,
    reasons: Vec<String>,
}

impl Sink for Outcome {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        let article = normalize(raw, &self.normalizing);
        assert!(!article.body.is_empty() || article.title.is_some(), "an article of nothing");
        self.articles += 1;
        ControlFlow::Continue(())
    }

    fn skip(&mut self, _: Place, reason: Skip) -> ControlFlow<()> {
        self.reasons.push(reason.reason);
        ControlFlow::Continue(())
    }
}

/// What became of a page: how many articles, and what was said instead.
fn read(bytes: &[u8]) -> (usize, Vec<String>) {
    let normalizing = Options {
        now: Day::from_ymd(2026, 11, 23).unwrap(),
        set: Vec::new(),
        root_id: "pages".to_owned(),
        entities: true,
        names: Arc::default(),
        corrections: Arc::default(),
    };
    let mut outcome = Outcome { normalizing, articles: 0, reasons: Vec::new() };
    let place = Place { path: "page.html".to_owned(), inside: None, record: 0 };
    let mut input: &[u8] = bytes;
    let options = ReadOptions::default();
    let read = read_stream(Path::new("page.html"), &place, &mut input, &options, &mut outcome);
    match read {
        Ok(FileKind::Read(_)) => {}
        // What is left may be no page any more.
        Ok(FileKind::NotRead(kind)) => outcome.reasons.push(format!("{kind}: not read yet")),
        Err(error) => outcome.reasons.push(error.to_string()),
    }
    (outcome.articles, outcome.reasons)
}

/// The same numbers in every run (Marsaglia's xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(|it| it.path().to_owned())
        .filter(|it| it.to_string_lossy().ends_with(ending))
        .collect();
    found.sort();
    found
}

fn pages() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<Vec<u8>> = files_in(&root.join("fixtures/formats/html"), ".html")
        .iter()
        .map(|it| std::fs::read(it).unwrap())
        .collect();
    let real = files_in(&root.join("../shared/data/pages"), ".html.gz");
    if real.is_empty() {
        println!("../shared/data/pages is not here: only pages of fixtures are harmed");
    }
    for path in real.iter().step_by((real.len() / REAL).max(1)) {
        let mut page = Vec::new();
        let file = std::fs::File::open(path).unwrap();
        flate2::read::GzDecoder::new(file).read_to_end(&mut page).unwrap();
        pages.push(page);
    }
    pages
}

/// The page as if it were in another charset: its declaration says so, or a mark does.
fn swap_charset(page: &mut Vec<u8>, draw: &mut Draw) {
    if draw.below(4) == 0 {
        page.splice(0..0, *b"\xff\xfe");
        return;
    }
    let charset = CHARSETS[draw.below(CHARSETS.len())];
    let lower = page.to_ascii_lowercase();
    let declared = lower.windows(8).position(|it| it == b"charset=").map(|at| at + 8);
    match declared {
        Some(at) => {
            let odd = |it: &u8| !(it.is_ascii_alphanumeric() || b"-_\"'".contains(it));
            let end = lower[at..].iter().position(odd).map_or(lower.len(), |it| at + it);
            page.splice(at..end, format!("\"{charset}\"").into_bytes());
        }
        None => {
            page.splice(0..0, format!("<meta charset={charset}>").into_bytes());
        }
    }
}

#[test]
fn harmed_pages_give_an_article_or_a_reason() {
    let pages = pages();
    let mut draw = Draw(0x2545_f491_4f6c_dd1d);
    let (mut articles, mut without) = (0, 0);
    for number in 0..PAGES {
        let mut page = pages[number % pages.len()].clone();
        if number % 3 != 1 {
            page.truncate(draw.below(page.len()));
        }
        if number % 3 != 0 {
            swap_charset(&mut page, &mut draw);
        }
        let began = Instant::now();
        let (found, reasons) = read(&page);
        assert!(began.elapsed() < LONGEST, "page {number}: {:?}", began.elapsed());
        assert!(
            found > 0 || reasons.iter().any(|it| !it.is_empty()),
            "page {number}: no word on it"
        );
        articles += found;
        without += usize::from(found == 0);
    }
    println!("{PAGES} harmed pages: {articles} articles, {without} pages without one");
    assert!(articles > PAGES / 4, "few pages are so harmed that nothing is left: {articles}");
}
