//! TREC SGML -> articles: one a `<DOC>`, streamed; its elements are told by a table of names.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::claims::Target;
use super::detect::holds;
use super::sgml::{Record, Tags, holds_tag, records};
use super::skip::megabytes;
use super::transcode::{Notes, Transcoder};
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind, claims, entities};
use crate::article::{Place, RawArticle, Topic};

/// Test collections in SGML: TREC, AQUAINT, Gigaword.
pub(super) struct Trec;

static TAGS: Tags = Tags { opening: "<doc", closing: "</doc>" };
const FROM: &str = "record";

impl Format for Trec {
    fn name(&self) -> &'static str {
        "trec"
    }

    fn about(&self) -> &'static str {
        "TREC, AQUAINT and Gigaword SGML, many articles a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["trec", "sgm", "sgml"]
    }

    fn recognizes(&self, _: &Path, head: &[u8]) -> bool {
        let numbered = holds(head, b"<docno") || holds(head, b"<doc id=");
        numbered && holds_tag(head, TAGS.opening)
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
            if let Record::Whole(text) | Record::CutOff(text) = &record {
                let wanted = sink.wants_originals();
                sink.original(&TAGS.closed(text, wanted));
            }
            let flow = match record {
                Record::Whole(text) => hand_over(text, false, &place, &notes, sink),
                Record::CutOff(text) => hand_over(text, true, &place, &notes, sink),
                Record::TooLarge => {
                    let reason = format!("a record of over {}", megabytes(limit));
                    sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason))
                }
            };
            place.record = place.record.saturating_add(1);
            flow
        })
        .map_err(ReadError::Read)
    }
}

fn hand_over(
    record: &str,
    cut_off: bool,
    place: &Place,
    notes: &Notes,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let mut article = article(record);
    article.place = place.clone();
    for problem in notes.so_far() {
        claims::note(&mut article, &problem);
    }
    if cut_off {
        claims::note(&mut article, "the record is cut off");
    }
    if article.text.is_empty() && !article.claims.iter().any(|it| it.topic == Topic::Title) {
        let reason = match article.claims.iter().find(|it| it.topic == Topic::Id) {
            Some(id) => format!("document `{}` has neither text nor title", id.value),
            None => "a document with neither text nor title".to_owned(),
        };
        return sink.skip(article.place, Skip::new(SkipKind::NoText, reason));
    }
    sink.article(article)
}

/// What the collections call what we look for, in lower case.
static ELEMENTS: &[(&str, Target)] = &[
    ("docno", Target::Claim(Topic::Id)),
    ("headline", Target::Claim(Topic::Title)),
    ("head", Target::Claim(Topic::Title)),
    ("hl", Target::Claim(Topic::Title)),
    ("ttl", Target::Claim(Topic::Title)),
    ("ti", Target::Claim(Topic::Title)),
    ("title", Target::Claim(Topic::Title)),
    ("doctitle", Target::Claim(Topic::Title)),
    ("byline", Target::Claim(Topic::Byline)),
    ("author", Target::Claim(Topic::Byline)),
    ("dateline", Target::Claim(Topic::Dateline)),
    ("date", Target::Claim(Topic::Published)),
    ("date1", Target::Claim(Topic::Published)),
    ("date_time", Target::Claim(Topic::Published)),
    ("datetime", Target::Claim(Topic::Published)),
    ("dd", Target::Claim(Topic::Published)),
    ("pubdate", Target::Claim(Topic::Published)),
    ("so", Target::Claim(Topic::Source)),
    ("source", Target::Claim(Topic::Source)),
    ("pub", Target::Claim(Topic::Source)),
    ("journal", Target::Claim(Topic::Source)),
    ("section", Target::Claim(Topic::Section)),
    ("language", Target::Claim(Topic::Language)),
    ("lang", Target::Claim(Topic::Language)),
    ("url", Target::Claim(Topic::Url)),
    ("summary", Target::Claim(Topic::Deck)),
    ("lp", Target::Text),
    ("leadpara", Target::Text),
    ("text", Target::Text),
];

/// Elements deeper than this are taken as part of what is around them.
const DEEPEST: usize = 32;

fn article(record: &str) -> RawArticle {
    let mut article = RawArticle::default();
    let mut open: Vec<(&str, Target, String)> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut other = String::new();
    let (start, mut rest) = record.split_once('>').unwrap_or((record, ""));
    if let Some(id) = attribute(start, "id") {
        claims::add(&mut article, Topic::Id, id, FROM);
    }
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        open.last_mut().map_or(&mut other, |row| &mut row.2).push_str(before);
        let name = &tag[1..];
        let closes = name.starts_with('/');
        let name = name.strip_prefix('/').unwrap_or(name);
        let length = name
            .bytes()
            .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_')
            .unwrap_or(name.len());
        let lower = name[..length].to_ascii_lowercase();
        // A `<` that begins no tag is a character of the text.
        let end = (length > 0).then(|| name[length..].bytes().take(400).position(|b| b == b'>'));
        let Some(Some(end)) = end else {
            open.last_mut().map_or(&mut other, |row| &mut row.2).push('<');
            rest = &tag[1..];
            continue;
        };
        rest = &name[length + end + 1..];
        match ELEMENTS.iter().find(|row| row.0 == lower) {
            Some((name, target)) if !closes && open.len() < DEEPEST => {
                open.push((name, *target, String::new()));
            }
            Some(_) if closes => {
                if let Some(from) = open.iter().rposition(|row| row.0 == lower) {
                    for (_, target, value) in open.drain(from..).rev() {
                        state(&mut article, target, &value, &mut texts);
                    }
                }
            }
            // Whatever else it is, words before and after it are not one word.
            Some(_) | None => {
                open.last_mut().map_or(&mut other, |row| &mut row.2).push_str("\n\n");
            }
        }
    }
    open.last_mut().map_or(&mut other, |row| &mut row.2).push_str(rest);
    for (_, target, value) in open.drain(..).rev() {
        state(&mut article, target, &value, &mut texts);
    }
    article.text = texts.join("\n\n");
    if article.text.is_empty() {
        article.text = paragraphs(&other);
        if !article.text.is_empty() {
            claims::note(&mut article, "the text is what stands in elements of other names");
        }
    }
    date_of_number(&mut article);
    article
}

fn state(article: &mut RawArticle, target: Target, value: &str, texts: &mut Vec<String>) {
    match target {
        Target::Text => {
            let text = paragraphs(value);
            if !text.is_empty() {
                texts.push(text);
            }
        }
        Target::Claim(Topic::Published) => {
            let value = entities::decode(value);
            let value = claims::squeeze(&value, 200).0;
            let full = four_digit_year(value.trim_start_matches(['=', ' ']));
            claims::add(article, Topic::Published, full.as_deref().unwrap_or(&value), FROM);
        }
        Target::Claim(topic) => claims::add(article, topic, &entities::decode(value), FROM),
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(at..)?.split('"').next()
}

/// `920114` and `01/30/03` with the century that these collections are of.
fn four_digit_year(date: &str) -> Option<String> {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if date.len() == 6 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&date[..2], &date[2..4], &date[4..]]
    } else {
        let parts: Vec<&str> = date.split('/').collect();
        let [month, day, year] = parts[..] else { return None };
        vec![year, month, day]
    };
    let [year, month, day] = parts[..] else { return None };
    if ![year, month, day].into_iter().all(digits) {
        return None;
    }
    let number = |text: &str| text.parse::<u8>().unwrap_or(0);
    let century = if number(year) >= 60 { "19" } else { "20" };
    ((1..=12).contains(&number(month)) && (1..=31).contains(&number(day)))
        .then(|| format!("{century}{year}-{month}-{day}"))
}

/// Where no element has the date, the number may: `AP880212-0001`, `XIE19960101.0001`.
fn date_of_number(article: &mut RawArticle) {
    if article.claims.iter().any(|claim| claim.topic == Topic::Published) {
        return;
    }
    let Some(id) = article.claims.iter().find(|claim| claim.topic == Topic::Id) else { return };
    let rest = id.value.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = rest[length..].starts_with(['-', '.']);
    let date = match length {
        6 if ends => four_digit_year(&rest[..6]),
        8 if ends && (rest.starts_with("19") || rest.starts_with("20")) => {
            Some(format!("{}-{}-{}", &rest[..4], &rest[4..6], &rest[6..8]))
        }
        _ => None,
    };
    if let Some(date) = date {
        claims::add(article, Topic::Published, &date, "docno");
    }
}

/// Unwraps lines: a blank line or an indented one begins a paragraph.
fn paragraphs(text: &str) -> String {
    let text = entities::decode(text);
    let mut result = String::with_capacity(text.len());
    // A text that is indented as a whole has no paragraphs by indentation.
    let all_indented = text.lines().filter(|it| !it.trim().is_empty()).all(is_indented);
    let mut fresh = true;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            fresh = true;
            continue;
        }
        if !result.is_empty() {
            let begins = fresh || (!all_indented && is_indented(line));
            result.push_str(if begins { "\n\n" } else { " " });
        }
        result.extend(words.chars().filter(|c| *c == '\t' || !c.is_control()));
        fresh = false;
    }
    result
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::tests::read;

    fn values(article: &RawArticle, topic: Topic) -> Vec<&str> {
        article.claims.iter().filter(|it| it.topic == topic).map(|it| it.value.as_str()).collect()
    }

    #[test]
    fn nested_unclosed_and_unknown_elements_lose_no_text() {
        let (articles, skips) = read(
            "trec1",
            b"<DOC>\n<DOCNO> A-1 </DOCNO>\n<H3> <TI> One &amp; all </TI></H3>\n<DATE><P>920114</P></DATE>\n\
              <TEXT>\n<P>3 < 4 said\nshe.<P>Two.\n</TEXT>\n</DOC>\n<DOC id=\"X_2\" type=\"story\"><odd>kept</odd></DOC>\
              <DOC><DOCNO>AP880212-0003</DOCNO><TEXT>end",
        );
        assert!(skips.is_empty(), "{skips:?}");
        assert_eq!(values(&articles[0], Topic::Title), ["One & all"]);
        assert_eq!(values(&articles[0], Topic::Published), ["1992-01-14"]);
        assert_eq!(articles[0].text, "3 < 4 said she.\n\nTwo.");
        assert_eq!(
            (articles[1].text.as_str(), values(&articles[1], Topic::Id)),
            ("kept", vec!["X_2"])
        );
        assert_eq!(values(&articles[2], Topic::Published), ["1988-02-12"]);
        assert_eq!(articles[2].text, "end");
        assert_eq!(articles[2].problems, ["the record is cut off"]);
    }

    #[test]
    fn an_empty_document_is_said_with_its_number() {
        let (_, skips) = read("a.sgml", b"<DOC><DOCNO>Z-9</DOCNO><TEXT>\n</TEXT></DOC>");
        assert_eq!(skips[0].reason, "document `Z-9` has neither text nor title");
    }
}
