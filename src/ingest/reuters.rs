//! Reuters-21578 SGML -> articles: one a `<REUTERS>` record, streamed.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::detect::holds;
use super::sgml::{Record, Tags, holds_tag, records};
use super::skip::megabytes;
use super::transcode::Transcoder;
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind, claims, entities};
use crate::article::{Place, RawArticle, Topic};

/// Reuters-21578.
pub(super) struct Reuters;

/// What a record stands between.
static TAGS: Tags = Tags { opening: "<reuters", closing: "</reuters>" };
const FROM: &str = "record";

impl Format for Reuters {
    fn name(&self) -> &'static str {
        "reuters"
    }

    fn about(&self) -> &'static str {
        "Reuters-21578 SGML, many articles a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sgm", "sgml"]
    }

    fn recognizes(&self, _: &Path, head: &[u8]) -> bool {
        holds(head, TAGS.opening.as_bytes()) && holds_tag(head, TAGS.opening)
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let limit = options.limits.record_bytes;
        let transcoder = Transcoder::new(input, None, options.encoding.as_deref())?;
        let notes = transcoder.notes();
        let mut place = place.clone();
        let mut lines = BufReader::with_capacity(64 << 10, transcoder);
        records(&mut lines, &TAGS, limit, &mut |record| {
            let (text, cut_off) = match record {
                Record::Whole(text) => (text, false),
                Record::CutOff(text) => (text, true),
                Record::TooLarge => {
                    let reason = format!("a record of over {}", megabytes(limit));
                    let flow = sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason));
                    place.record = place.record.saturating_add(1);
                    return flow;
                }
            };
            let wanted = sink.wants_originals();
            sink.original(&TAGS.closed(text, wanted));
            let mut article = article(text);
            article.place = place.clone();
            place.record = place.record.saturating_add(1);
            for problem in notes.so_far() {
                claims::note(&mut article, &problem);
            }
            if cut_off {
                article.problems.push("the record is cut off".to_owned());
            }
            hand_over(article, sink)
        })
        .map_err(ReadError::Read)
    }
}

fn hand_over(mut article: RawArticle, sink: &mut dyn Sink) -> ControlFlow<()> {
    if article.text.is_empty() && !article.claims.iter().any(|it| it.topic == Topic::Title) {
        // With an id and a date it is an article still, of which the collection lost the text.
        if !article.claims.iter().any(|it| it.topic == Topic::Id) {
            let skip = Skip::new(SkipKind::NoText, "a record with neither text nor title");
            return sink.skip(article.place, skip);
        }
        article.problems.push("neither text nor title".to_owned());
    }
    sink.article(article)
}

/// What stands where the collection has only a title.
const NO_TEXT: &str = "Blah blah blah.";

fn article(record: &str) -> RawArticle {
    let mut article = RawArticle::default();
    let (tag, rest) = record.split_once('>').unwrap_or((record, ""));
    if let Some(id) = tag.split_once("NEWID=\"").and_then(|(_, rest)| rest.split_once('"')) {
        claims::add(&mut article, Topic::Id, id.0, FROM);
    }
    let (head, text) = match rest.split_once("<TEXT") {
        Some((head, text)) => (head, text.split_once("</TEXT>").map_or(text, |row| row.0)),
        None => (rest, ""),
    };
    let (attributes, text) = text.split_once('>').unwrap_or(("", text));
    if let Some(date) = element(head, "DATE") {
        article.claim(Topic::Published, date_of(date), FROM);
        if !is_usual_date(date) {
            let date = claims::squeeze(&clean(date), 80).0;
            article.problems.push(format!("odd date: `{date}`"));
        }
    }
    for (name, topic) in TOPICS {
        for value in element(head, name).into_iter().flat_map(|it| it.split("<D>").skip(1)) {
            let value = value.split_once("</D>").map_or(value, |row| row.0);
            claims::add(&mut article, *topic, &clean(value), FROM);
        }
    }
    for (name, topic) in TEXT_TOPICS {
        if let Some(value) = element(text, name) {
            claims::add(&mut article, *topic, &clean(value), FROM);
        }
    }
    article.claim(Topic::Source, "Reuters", "format");
    article.claim(Topic::Agency, "Reuters", "format");
    if attributes.contains("UNPROC") {
        // Nobody has told title and text apart here.
        clean(text).trim_matches('\n').trim_end().clone_into(&mut article.text);
        article.text_holds_all = true;
    } else {
        let body = element(text, "BODY")
            .unwrap_or_else(|| text.rsplit_once("</TITLE>").map_or(text, |row| row.1));
        article.text = paragraphs(&clean(body));
        if article.text == NO_TEXT {
            article.text.clear();
        }
    }
    article
}

/// Elements of the head, each a list, and what they state.
static TOPICS: &[(&str, Topic)] =
    &[("PLACES", Topic::Place), ("PEOPLE", Topic::Person), ("ORGS", Topic::Organization)];

/// Elements of the text, and what they state.
static TEXT_TOPICS: &[(&str, Topic)] =
    &[("TITLE", Topic::Title), ("DATELINE", Topic::Dateline), ("AUTHOR", Topic::Byline)];

fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let start = text.find(&format!("<{name}>"))? + name.len() + 2;
    let rest = &text[start..];
    // An element that was cut off goes to the end.
    Some(rest.find(&format!("</{name}>")).map_or(rest, |end| &rest[..end]))
}

/// Without character references and control characters.
fn clean(text: &str) -> String {
    let mut text = entities::decode(&text.replace('\r', "")).into_owned();
    text.retain(|c| c == '\n' || c == '\t' || !c.is_control());
    text
}

/// The date without the wire codes that follow it in some records.
fn date_of(date: &str) -> String {
    clean(date.split_once("&#").map_or(date, |row| row.0))
}

/// Whether a date is `D-MMM-YYYY HH:MM:SS.hh`.
fn is_usual_date(date: &str) -> bool {
    let date = date_of(date);
    let mut words = date.split_whitespace();
    let (Some(day), Some(time), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let day: Vec<&str> = day.split('-').collect();
    let time: Vec<&str> = time.split([':', '.']).collect();
    matches!(day[..], [day, month, year] if digits(day, 1, 2) && month.len() == 3 && digits(year, 4, 4))
        && time.len() == 4
        && time.iter().all(|part| digits(part, 2, 2))
}

/// Unwraps lines: four spaces begin a paragraph, fewer a line of a table, none goes on.
fn paragraphs(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let ending = words == "Reuter" || words == "REUTER";
        if !result.is_empty() {
            result.push_str(match indent {
                _ if ending => "\n\n",
                4.. => "\n\n",
                1..=3 => "\n",
                _ => " ",
            });
        }
        result.push_str(words);
    }
    result
}
