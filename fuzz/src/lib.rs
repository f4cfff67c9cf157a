//! What the targets share: bytes through a reader and all that follows it, and a small index to put queries to.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use morgue::article::{Place, RawArticle};
use morgue::date::Day;
use morgue::index::analyze::analyze;
use morgue::index::catalog::{FileEntry, Root};
use morgue::index::writer::{Writer, WriterOptions};
use morgue::ingest::{FORMATS, ReadOptions, Sink, Skip, read_stream};
use morgue::normalize::{Options, normalize};
use morgue::query::parse;
use morgue::search::{Backend, FacetOptions, Head, Hit, Local, MatchMode, Purpose, Request, ResultSink, Sort};
use morgue::text::{Lang, Stemmer};

/// Today, so that a finding happens again.
pub fn today() -> Day {
    Day::from_ymd(2026, 11, 23).expect("a day")
}

fn normalizing() -> Options {
    Options {
        now: today(),
        set: Vec::new(),
        root_id: "fuzz".to_owned(),
        entities: true,
        names: Arc::default(),
        corrections: Arc::default(),
    }
}

/// Reads `bytes` as a file of this name; every article is normalized and analysed.
pub fn read(name: &str, bytes: &[u8]) {
    read_with(name, bytes, &ReadOptions::default());
}

/// The same with options.
pub fn read_with(name: &str, mut bytes: &[u8], options: &ReadOptions) {
    let normalizing =
        Options { set: options.set.clone(), ..normalizing() };
    let mut sink = Whole { normalizing, stemmer: Stemmer::default() };
    let input: &mut dyn Read = &mut bytes;
    let place = Place { path: name.to_owned(), inside: None, record: 0 };
    let _ = read_stream(Path::new(name), &place, input, options, &mut sink);
}

/// The same by the reader of this name, which few bytes made at random would be taken to.
pub fn read_as(format: &str, mut bytes: &[u8]) {
    let reader = FORMATS.iter().find(|it| it.name() == format).expect("a format of this name");
    let mut sink = Whole { normalizing: normalizing(), stemmer: Stemmer::default() };
    let place = Place { path: "a.txt".to_owned(), inside: None, record: 0 };
    let _ = reader.read(&place, &mut bytes, &ReadOptions::default(), &mut sink);
}

/// Does with an article what the pipeline does before it is written.
struct Whole {
    normalizing: Options,
    stemmer: Stemmer,
}

impl Sink for Whole {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        let article = normalize(raw, &self.normalizing);
        let lang = article.language.as_deref().and_then(Lang::from_code);
        analyze(&article, lang, &mut self.stemmer);
        ControlFlow::Continue(())
    }

    fn skip(&mut self, _: Place, reason: Skip) -> ControlFlow<()> {
        assert!(!reason.reason.is_empty(), "a skip without a reason");
        ControlFlow::Continue(())
    }
}

/// A few invented articles in an index in memory.
pub fn small_index() -> Local {
    let options = WriterOptions { threads: 1, memory: 15_000_000, now: 0, today: today(), shared: false };
    let mut writer = Writer::in_memory(options).expect("an index in memory");
    let root = Root { path: ROOT.into(), given: "fuzz".into(), ..Root::default() };
    writer.set_root(root);
    let mut stemmer = Stemmer::default();
    let mut entry = FileEntry { root: ROOT.into(), ..FileEntry::default() };
    let normalizing = normalizing();
    for (number, (title, date, text)) in ARTICLES.iter().enumerate() {
        let mut raw = RawArticle { text: (*text).to_owned(), ..RawArticle::default() };
        raw.place = Place { path: format!("{number}.txt"), inside: None, record: 0 };
        raw.format = "json".into();
        raw.claim(morgue::article::Topic::Title, *title, "record");
        raw.claim(morgue::article::Topic::Published, *date, "record");
        let article = normalize(raw, &normalizing);
        let lang = Lang::from_code(article.language.as_deref().unwrap_or("en"));
        let analyzed = analyze(&article, lang, &mut stemmer);
        entry.lengths.add(analyzed.lengths());
        entry.articles += 1;
        writer.add(&article, ROOT, lang, analyzed).expect("room in memory");
    }
    entry.languages.insert("en".to_owned(), entry.articles);
    writer.finish_file(entry).expect("room in memory");
    Local::new(writer.finish().expect("an index in memory"))
}

/// Parses, compiles and runs what was typed; results are thrown away.
pub fn search(local: &Local, text: &str) {
    let parsed = parse(text, today());
    let request = Request {
        text: text.to_owned(),
        query: parsed.query,
        filters: Vec::new(),
        readings: parsed.readings,
        problems: parsed.problems,
        mode: MatchMode::Auto,
        sort: Sort::Relevance,
        limit: Some(5),
        offset: 0,
        passages: 2,
        feedback: true,
        purpose: Purpose::default(),
        undated: false,
        copies: false,
        under: None,
        facets: FacetOptions::default(),
        today: today(),
    };
    let _ = local.search(&request, &mut Nowhere);
    let _ = local.count(&request);
}

struct Nowhere;

impl ResultSink for Nowhere {
    fn head(&mut self, _: &Head) -> std::io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, _: &Hit) -> std::io::Result<ControlFlow<()>> {
        Ok(ControlFlow::Continue(()))
    }
}

const ROOT: &str = "/fuzz";

static ARTICLES: &[(&str, &str, &str)] = &[
    (
        "Treaty obligations invoked by Arvenia",
        "2020-09-14",
        "The treaty obliges members to help. Its obligations, says the U.S. envoy, are clear.\n\nCSTO members met in Minsk; O'Neil's e-mail cost $1.5 million.",
    ),
    ("Harbour fog", "2021", "Fog in the harbour. Ships waited for pilots, and pilots for the fog to lift."),
    ("", "", "Turkey imports turkeys. Ürümqi, Łódź and İzmir sent naïve cooperators."),
    ("東京で地震", "2021-03-14", "東京で地震がありました。震度は三でした。"),
];
