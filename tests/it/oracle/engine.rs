//! The engine behind the oracle's trait.

use std::collections::BTreeMap;
use std::io;
use std::ops::{ControlFlow, Range};

use morgue::article::Article;
use morgue::date::{Day, Step};
use morgue::index::analyze::analyze;
use morgue::index::catalog::{FileEntry, Root};
use morgue::index::writer::{Writer, WriterOptions};
use morgue::query::{parse, plain_words};
use morgue::search::{
    Backend, ConcordanceOptions, Facet, FacetField, FacetOptions, Head, Hit, Line, LineKey,
    LineSink, Local, MatchMode, Purpose, Request, ResultSink, Scratch, Sort, Timeline,
};
use morgue::text::{Lang, Stemmer};

use super::compare::compare_many;
use super::generate::Level;
use super::{Answer, AskOptions, Engine, OneHit};

/// The index under test.
pub(super) struct Morgue {
    local: Local,
}

const ROOT: &str = "/archive";

impl Engine for Morgue {
    fn build(articles: Vec<Article>) -> Self {
        let today = Day::from_ymd(2026, 11, 23).unwrap();
        let options =
            WriterOptions { threads: 1, memory: 15_000_000, now: 0, today, shared: false };
        let mut writer = Writer::in_memory(options).unwrap();
        let mut languages: BTreeMap<String, u32> = BTreeMap::new();
        for article in &articles {
            *languages
                .entry(article.language.clone().unwrap_or_else(|| "?".into()))
                .or_default() += 1;
        }
        let known = languages.iter().filter(|it| it.0 != "?");
        let main = known.max_by_key(|it| it.1).map_or("en", |it| it.0).to_owned();
        let root = Root {
            path: ROOT.into(),
            given: "archive".into(),
            language: Some(main.clone()),
            ..Root::default()
        };
        writer.set_root(root);
        let mut stemmer = Stemmer::default();
        let mut entry = FileEntry {
            root: ROOT.into(),
            languages,
            unknown_as: main.clone(),
            ..FileEntry::default()
        };
        for article in &articles {
            let lang = Lang::from_code(article.language.as_deref().unwrap_or(&main));
            let analyzed = analyze(article, lang, &mut stemmer);
            entry.lengths.add(analyzed.lengths());
            entry.articles += 1;
            writer.add(article, ROOT, lang, analyzed).unwrap();
        }
        writer.finish_file(entry).unwrap();
        Self { local: Local::new(writer.finish().unwrap()) }
    }

    fn ask(&self, text: &str, options: &AskOptions) -> Answer {
        let request = request(text, options);
        let mut answers = Answers::default();
        self.local.search(&request, &mut answers).unwrap();
        let head = answers.head.unwrap();
        // Whoever asks for fewer hits gets the first of all, whatever is passed over on the way.
        for limit in [1, 3] {
            let mut first = Answers::default();
            let purpose = Purpose::Run;
            let some = Request { limit: Some(limit), purpose, ..request.clone() };
            self.local.search(&some, &mut first).unwrap();
            let ids = |answers: &[OneHit]| answers.iter().map(|it| it.id.clone()).collect();
            let (first, all): (Vec<_>, Vec<_>) = (ids(&first.hits), ids(&answers.hits));
            assert_eq!(first[..], all[..limit.min(all.len())], "{text} with {limit} hits");
        }
        Answer {
            total: head.total,
            ids: answers.hits.iter().map(|it| it.id.clone()).collect(),
            fallback: head.fallback,
            undated: head.undated,
            imprecise: head.imprecise,
            ladder: head.ladder.iter().map(|it| (it.0.name().to_owned(), it.1)).collect(),
            hits: answers.hits,
        }
    }
}

impl Morgue {
    /// The first passage of the first hit.
    pub(super) fn first_passage(&self, text: &str, options: &AskOptions) -> String {
        struct First(String);
        impl ResultSink for First {
            fn head(&mut self, _head: &Head) -> io::Result<()> {
                Ok(())
            }
            fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
                self.0 = hit.passages.first().map_or(String::new(), |it| it.text.clone());
                Ok(ControlFlow::Break(()))
            }
        }
        let mut first = First(String::new());
        self.local.search(&request(text, options), &mut first).unwrap();
        first.0
    }
}

/// A request for all that satisfies a query, copies as hits of their own.
fn request(text: &str, options: &AskOptions) -> Request {
    let query = if options.mode == MatchMode::Any {
        plain_words(text)
    } else {
        parse(text, options.today).query
    };
    Request {
        text: text.into(),
        query,
        filters: options.filters.clone(),
        readings: Vec::new(),
        problems: Vec::new(),
        mode: options.mode,
        sort: options.sort,
        limit: None,
        offset: 0,
        passages: 3,
        feedback: false,
        purpose: Purpose::Reading,
        undated: options.undated,
        copies: true,
        under: None,
        facets: FacetOptions::default(),
        today: options.today,
    }
}

impl Morgue {
    /// All counts by field.
    pub(super) fn facets(&self, text: &str, options: &AskOptions) -> Vec<Facet> {
        let fields = FacetField::names().into_iter().filter_map(FacetField::find).collect();
        let facets = FacetOptions { fields, limit: usize::MAX };
        let mut answers = Answers::default();
        self.local.search(&Request { facets, ..request(text, options) }, &mut answers).unwrap();
        answers.head.unwrap().facets
    }

    /// How many, from when to when.
    pub(super) fn extent(&self, text: &str, options: &AskOptions) -> morgue::search::Extent {
        self.local.extent(&request(text, options)).unwrap()
    }

    /// Counts over time.
    pub(super) fn timeline(&self, text: &str, options: &AskOptions, step: Step) -> Timeline {
        self.local.timeline(&[request(text, options)], Some(step)).unwrap()
    }

    /// The lines of a concordance: article, field, and where the match begins.
    pub(super) fn lines(
        &self,
        text: &str,
        options: &AskOptions,
        sort: &[LineKey],
    ) -> Vec<(String, String, usize)> {
        struct Lines(Vec<(String, String, usize)>, u64);
        impl LineSink for Lines {
            fn lines(&mut self, lines: u64, _articles: u64) -> io::Result<()> {
                self.1 = lines;
                Ok(())
            }
            fn line(&mut self, line: &Line) -> io::Result<ControlFlow<()>> {
                self.0.push((line.id.clone(), line.field.to_string(), line.start));
                Ok(ControlFlow::Continue(()))
            }
        }
        let concordance =
            ConcordanceOptions { width: 20, sort: sort.to_vec(), ..ConcordanceOptions::default() };
        let scratch = || Ok(Box::new(io::Cursor::new(Vec::new())) as Box<dyn Scratch>);
        let mut lines = Lines(Vec::new(), 0);
        self.local
            .concordance(&request(text, options), &concordance, &scratch, &mut lines)
            .unwrap();
        assert_eq!(lines.0.len() as u64, lines.1);
        lines.0
    }
}

#[derive(Default)]
struct Answers {
    head: Option<Head>,
    hits: Vec<OneHit>,
}

impl ResultSink for Answers {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        self.head = Some(head.clone());
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        // A passage is a piece of the body, and what it marks is what the whole body marks there.
        let body: Vec<char> = hit.article.body.chars().collect();
        for passage in &hit.passages {
            let text: Vec<char> = passage.text.chars().collect();
            assert_eq!(text[..], body[passage.start..passage.start + text.len()]);
            for range in &passage.highlights {
                let range = range.start + passage.start..range.end + passage.start;
                assert!(
                    hit.body_highlights.contains(&range),
                    "{range:?} in {:?}",
                    hit.body_highlights
                );
            }
        }
        let pairs = |ranges: &[Range<usize>]| ranges.iter().map(|it| (it.start, it.end)).collect();
        self.hits.push(OneHit {
            id: hit.article.id.clone(),
            rung: hit.rung.map(|it| it.name().to_owned()),
            matches: hit.matches,
            title_marks: pairs(&hit.title_highlights),
            deck_marks: pairs(&hit.deck_highlights),
            body_marks: pairs(&hit.body_highlights),
        });
        Ok(ControlFlow::Continue(()))
    }
}

#[test]
fn engine_agrees_on_words() {
    compare_many::<Morgue>(5_000, Level::Words, 1);
}

#[test]
fn engine_agrees_on_everything() {
    compare_many::<Morgue>(20_000, Level::Everything, 1_000_000);
}

#[test]
fn the_first_hit_of_a_pattern_is_not_passed_over() {
    let article = |number: usize, title: &str, body: String| Article {
        id: format!("{number:02}"),
        title: Some(title.to_owned()),
        language: Some("en".into()),
        body,
        ..Article::default()
    };
    // A title of two words with three forms of the pattern: more than it has words.
    let mut articles = vec![article(0, "Co-op", "a b c d e f".into())];
    let filler = ["one", "two", "to", "so", "no", "go", "do", "on", "of", "or", "oh", "ox"];
    for number in 1..40 {
        let some = (0..6).map(|it| filler[(number * 5 + it * (1 + number / 12)) % filler.len()]);
        let body = format!("{} a b c d {number}", some.collect::<Vec<_>>().join(" "));
        articles.push(article(number, "", body));
    }
    let today = Day::from_ymd(2026, 11, 23).unwrap();
    let engine = Morgue::build(articles);
    let (mode, sort) = (MatchMode::Auto, Sort::Relevance);
    let options = AskOptions { mode, sort, undated: false, filters: Vec::new(), today };
    // What is asked for is compared with all there is.
    for query in ["*o*", "*o* lang:en", "*o* OR a", "o*", "title:*o*"] {
        assert!(engine.ask(query, &options).total > 0, "{query}");
    }
}
