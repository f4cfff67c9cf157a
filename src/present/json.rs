//! Results to one JSON object, written as they come; and the structs that are promised to programs.
//!
//! The names, their order and what may be null are described in `docs/json.md`. None of them changes
//! without a new [`SCHEMA`]; more may be added.

use std::io::{self, Write};
use std::ops::{ControlFlow, Range};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::article_facts::{published_from, published_precision};
use super::facets::FacetCounts;
use super::{RenderContext, Renderer, ResultRenderer, Style, sanitize};
use crate::article::Place;
use crate::query::Problem;
use crate::search::{Head, Hit, MissingWord, ResultSink};

/// The number of the promise.
pub const SCHEMA: u32 = 1;

/// All of a `search` object but its hits.
#[derive(Debug, Serialize)]
pub struct SearchHead<'a> {
    schema: u32,
    query: QueryRead<'a>,
    total: u64,
    total_is: &'static str,
    fallback: bool,
    undated: u64,
    imprecise: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<AddedSeen>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    capped: Vec<CappedSeen<'a>>,
    missing: Vec<Missing<'a>>,
    ladder: Vec<LadderRung>,
    shown: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<FacetCounts<'a>>,
}

/// How the query was read.
#[derive(Debug, Serialize)]
pub struct QueryRead<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    text: &'a str,
    understood: &'a str,
    problems: Vec<ProblemSeen<'a>>,
    readings: Vec<OtherReading<'a>>,
}

/// What `--undated` added.
#[derive(Debug, Serialize)]
pub struct AddedSeen {
    undated: u64,
    imprecise: u64,
}

/// A pattern with more forms than are looked at.
#[derive(Debug, Serialize)]
pub struct CappedSeen<'a> {
    pattern: &'a str,
    looked_at: usize,
    forms: usize,
}

/// What was not as typed.
#[derive(Debug, Serialize)]
pub struct ProblemSeen<'a> {
    message: &'a str,
    hint: Option<&'a str>,
    start: usize,
    end: usize,
}

/// Another reading of the query, and how many articles it finds.
#[derive(Debug, Serialize)]
pub struct OtherReading<'a> {
    understood: &'a str,
    total: u64,
}

/// A word that no article has.
#[derive(Debug, Serialize)]
pub struct Missing<'a> {
    word: &'a str,
    nearest: Vec<NearForm<'a>>,
}

/// A form that is like a missing word.
#[derive(Debug, Serialize)]
pub struct NearForm<'a> {
    form: &'a str,
    count: u64,
}

/// A rung and its count.
#[derive(Debug, Serialize)]
pub struct LadderRung {
    rung: &'static str,
    count: u64,
}

/// One hit, in the object and as a line of its own.
#[derive(Debug, Serialize)]
pub struct SearchHit<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query_id: Option<&'a str>,
    rank: usize,
    id: &'a str,
    source_id: Option<&'a str>,
    score: f32,
    rung: Option<&'static str>,
    matches: u32,
    title: Option<&'a str>,
    title_highlights: Vec<[usize; 2]>,
    deck: Option<&'a str>,
    deck_highlights: Vec<[usize; 2]>,
    authors: &'a [String],
    agency: Option<&'a str>,
    published: Option<&'a str>,
    published_precision: Option<&'static str>,
    published_from: Option<&'a str>,
    published_at: Option<&'a str>,
    published_partial: Option<&'a str>,
    published_candidates: &'a [String],
    updated: Option<&'a str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    root: &'a str,
    path: &'a str,
    inside: Option<&'a str>,
    record: u32,
    words: u32,
    copies: usize,
    #[serde(skip_serializing_if = "<[Place]>::is_empty")]
    also: &'a [Place],
    people: &'a [String],
    organizations: &'a [String],
    places: &'a [String],
    passages: Vec<PassageShown<'a>>,
}

/// A piece of a hit.
#[derive(Debug, Serialize)]
pub struct PassageShown<'a> {
    field: &'static str,
    text: &'a str,
    highlights: Vec<[usize; 2]>,
    start: usize,
}

impl<'a> SearchHead<'a> {
    /// The promised form of `head`; `id` is the query's name in a batch.
    pub fn new(head: &'a Head, id: Option<&'a str>) -> Self {
        let readings = head
            .readings
            .iter()
            .map(|(understood, total)| OtherReading { understood, total: *total });
        Self {
            schema: SCHEMA,
            query: QueryRead {
                id,
                text: &head.text,
                understood: &head.understood,
                problems: problems_seen(&head.problems),
                readings: readings.collect(),
            },
            total: head.total,
            total_is: if head.total_is_at_least { "at least" } else { "exact" },
            fallback: head.fallback,
            undated: head.undated,
            imprecise: head.imprecise,
            added: head.added.map(|it| AddedSeen { undated: it.undated, imprecise: it.imprecise }),
            capped: head
                .capped
                .iter()
                .map(|it| CappedSeen {
                    pattern: &it.pattern,
                    looked_at: it.looked_at,
                    forms: it.forms,
                })
                .collect(),
            missing: missing_seen(&head.missing),
            ladder: head
                .ladder
                .iter()
                .map(|&(rung, count)| LadderRung { rung: rung.name(), count })
                .collect(),
            shown: head.shown,
            facets: head.facets.iter().map(FacetCounts::new).collect(),
        }
    }
}

impl<'a> SearchHit<'a> {
    /// The promised form of `hit`; `query_id` is the query's name in a batch.
    pub fn new(hit: &'a Hit, query_id: Option<&'a str>) -> Self {
        let article = &hit.article;
        Self {
            query_id,
            rank: hit.rank,
            id: &article.id,
            source_id: article.source_id.as_deref(),
            score: hit.score,
            rung: hit.rung.map(crate::search::Rung::name),
            matches: hit.matches,
            title: article.title.as_deref(),
            title_highlights: pairs(&hit.title_highlights),
            deck: article.deck.as_deref(),
            deck_highlights: pairs(&hit.deck_highlights),
            authors: &article.authors,
            agency: article.agency.as_deref(),
            published: article.published.as_ref().map(|it| it.date.as_str()),
            published_precision: published_precision(article),
            published_from: published_from(article),
            published_at: article.published.as_ref().and_then(|it| it.at.as_deref()),
            published_partial: article.published_partial.as_deref(),
            published_candidates: &article.published_candidates,
            updated: article.updated.as_deref(),
            source: article.source.as_deref(),
            section: article.section.as_deref(),
            language: article.language.as_deref(),
            url: article.url.as_deref(),
            root: &hit.root,
            path: &article.place.path,
            inside: article.place.inside.as_deref(),
            record: article.place.record,
            words: hit.words,
            copies: hit.also.len(),
            also: &hit.also,
            people: &article.people,
            organizations: &article.organizations,
            places: &article.places,
            passages: hit
                .passages
                .iter()
                .map(|passage| PassageShown {
                    field: passage.field,
                    text: &passage.text,
                    highlights: pairs(&passage.highlights),
                    start: passage.start,
                })
                .collect(),
        }
    }
}

fn pairs(ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    ranges.iter().map(|range| [range.start, range.end]).collect()
}

/// One JSON object, a line for its head and a line for each hit.
pub(super) struct Json;

impl Renderer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "one JSON object"
    }

    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        _style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w> {
        Box::new(JsonResults { out, context, is_open: false, hits: 0 })
    }
}

struct JsonResults<'w> {
    out: &'w mut dyn Write,
    context: RenderContext,
    is_open: bool,
    hits: usize,
}

impl ResultSink for JsonResults<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        let id = self.context.query_id.as_deref();
        let line = to_line(&SearchHead::new(head, id))?;
        // The object stays open for the hits.
        let open = line.strip_suffix('}').unwrap_or(&line);
        write!(self.out, "{open},\"hits\":[")?;
        self.is_open = true;
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        self.out.write_all(if self.hits == 0 { b"\n" } else { b",\n" })?;
        self.hits += 1;
        self.out.write_all(to_line(&SearchHit::new(hit, None))?.as_bytes())?;
        Ok(ControlFlow::Continue(()))
    }
}

impl ResultRenderer for JsonResults<'_> {
    fn end(&mut self) -> io::Result<()> {
        match (self.is_open, self.hits) {
            (false, _) => Ok(()),
            (true, 0) => self.out.write_all(b"]}\n"),
            (true, _) => self.out.write_all(b"\n]}\n"),
        }
    }
}

/// Problems as programs get them.
pub(super) fn problems_seen(problems: &[Problem]) -> Vec<ProblemSeen<'_>> {
    let seen = problems.iter().map(|problem| ProblemSeen {
        message: &problem.message,
        hint: problem.hint.as_deref(),
        start: problem.start,
        end: problem.end,
    });
    seen.collect()
}

/// Words found nowhere, as programs get them.
pub(super) fn missing_seen(missing: &[MissingWord]) -> Vec<Missing<'_>> {
    let seen = missing.iter().map(|missing| Missing {
        word: &missing.word,
        nearest: missing
            .nearest
            .iter()
            .map(|(form, count)| NearForm { form, count: *count })
            .collect(),
    });
    seen.collect()
}

/// One of the promised structs as JSON on one line, without the line's end.
pub fn to_line(value: &impl Serialize) -> io::Result<String> {
    let mut line = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut line, Visible(CompactFormatter)))?;
    String::from_utf8(line).map_err(io::Error::other)
}

/// JSON that says by their number the characters that steer a terminal or hide, so that it means the
/// same and may be looked at.
struct Visible(CompactFormatter);

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, ch)) = rest
            .char_indices()
            .find(|&(_, ch)| ch == '\u{7f}' || sanitize::is_better_said_by_number(ch))
        {
            self.0.write_string_fragment(writer, &rest[..at])?;
            for unit in ch.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + ch.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::present::sample::{head, hits, rendered, talkative_head};

    fn object(head: &Head, hits: &[Hit]) -> String {
        rendered("json", Style::default(), RenderContext::default(), head, hits)
    }

    #[test]
    fn the_object_as_it_is_promised() {
        insta::assert_snapshot!(object(&head(), &hits()[..1]), @r#"
        {"schema":1,"query":{"text":"csto obligations","understood":"csto obligations","problems":[],"readings":[]},"total":15,"total_is":"exact","fallback":false,"undated":0,"imprecise":0,"missing":[],"ladder":[{"rung":"phrase","count":2},{"rung":"near","count":9},{"rung":"paragraph","count":10},{"rung":"all","count":15}],"shown":13,"hits":[
        {"rank":1,"id":"3f9a2c1b77e0","source_id":null,"score":12.25,"rung":"near","matches":17,"title":"Presidents of the CSTO meet as best friends by the sea","title_highlights":[[18,22]],"deck":"Twenty years of friendship","deck_highlights":[],"authors":["Dmitry Sudakov","Ada \"Ace\" Lovelace"],"agency":null,"published":"2020-09-14","published_precision":"day","published_from":"inferred","published_at":null,"published_partial":null,"published_candidates":[],"updated":null,"source":"Pravda","section":null,"language":"en","url":null,"root":"archive","path":"pravda/sochi.txt","inside":null,"record":0,"words":1034,"copies":2,"also":[{"path":"pravda/again.txt","inside":null,"record":0},{"path":"copy.txt","inside":null,"record":0}],"people":[],"organizations":[],"places":[],"passages":[{"field":"body","text":"The CSTO has obligations to all of its members, and everybody in the hall knew what obligations those were","highlights":[[4,8],[13,24]],"start":18}]}
        ]}
        "#);
        insta::assert_snapshot!(object(&talkative_head(), &[]), @r#"{"schema":1,"query":{"text":"by:dmitry csto or \u001b[31mzeppelin","understood":"by:dmitry AND (csto OR zeppelin)","problems":[{"message":"`by:dmitry csto` is `by:dmitry` and a word","hint":"`by:\"dmitry csto\"` is one name","start":0,"end":14}],"readings":[{"understood":"by:dmitry csto \\or zeppelin","total":3}]},"total":12,"total_is":"at least","fallback":false,"undated":431,"imprecise":9,"capped":[{"pattern":"/.*/","looked_at":50000,"forms":61234}],"missing":[{"word":"zeppelin","nearest":[{"form":"zeppelins","count":3},{"form":"zepelin","count":1}]}],"ladder":[],"shown":12,"hits":[]}"#);
    }

    #[test]
    fn it_reads_back() {
        let text = object(&head(), &hits());
        assert!(!text.chars().any(|ch| ch.is_control() && ch != '\n' || ch == '\u{202e}'));
        let value: Value = serde_json::from_str(&text).unwrap();
        for (shown, hit) in value["hits"].as_array().unwrap().iter().zip(hits()) {
            assert_eq!(shown["title"], json!(hit.article.title));
            for (passage, original) in
                shown["passages"].as_array().unwrap().iter().zip(&hit.passages)
            {
                assert_eq!(passage["text"], json!(original.text));
                let marked = |range: &[usize; 2]| -> String {
                    original.text.chars().skip(range[0]).take(range[1] - range[0]).collect()
                };
                for range in pairs(&original.highlights) {
                    assert!(
                        ["csto", "obligations"].contains(&marked(&range).to_lowercase().as_str())
                    );
                }
                assert_eq!(passage["highlights"], json!(pairs(&original.highlights)));
            }
        }
        assert_eq!(value["hits"][0]["also"][1]["path"], "copy.txt");
        assert_eq!(value["hits"][1].get("also"), None);
        assert_eq!(value["hits"][1]["published"], Value::Null);
        assert_eq!(value["hits"][1]["published_partial"], "--09-14");
    }

    #[test]
    fn lines_are_the_same_hits() {
        let context = RenderContext { query_id: Some("q7".to_owned()), ..RenderContext::default() };
        let lines = rendered("jsonl", Style::default(), context, &head(), &hits());
        let object: Value = serde_json::from_str(&object(&head(), &hits())).unwrap();
        let mut count = 0;
        for (line, hit) in lines.lines().zip(object["hits"].as_array().unwrap()) {
            let mut line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line.as_object_mut().unwrap().remove("query_id"), Some(json!("q7")));
            assert_eq!(&line, hit);
            count += 1;
        }
        assert_eq!(count, 3);
        let fallback = Head { fallback: true, ..head() };
        let context = RenderContext::default();
        assert_eq!(rendered("jsonl", Style::default(), context, &fallback, &hits()), "");
    }
}
