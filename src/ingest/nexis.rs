//! A download from Nexis or Nexis Uni -> its articles: fields by their names, in several languages.

use std::io::Read;
use std::path::Path;

use memchr::memmem;

use super::download::{self, Reader, is_copyright, looks_like_date, paragraphs};
use super::{Format, ReadError, ReadOptions, Sink, claims};
use crate::article::{Place, RawArticle, Topic};

/// Text or HTML files of `n of m DOCUMENTS`, or of articles that end with `End of Document`.
pub(super) struct Nexis;

const FROM: &str = "record";

static READER: Reader = Reader { begins: is_number, ends: is_end, article };

impl Format for Nexis {
    fn name(&self) -> &'static str {
        "nexis"
    }

    fn about(&self) -> &'static str {
        "a download from Nexis or Nexis Uni, text or HTML, many articles a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "html", "htm"]
    }

    fn recognizes(&self, _: &Path, head: &[u8]) -> bool {
        // Nearly all files have none of the words it is told by.
        if !SIGNS.iter().any(|sign| memmem::find(head, sign).is_some()) {
            return false;
        }
        let text = String::from_utf8_lossy(head).replace('\u{a0}', " ");
        let plain: Vec<&str> = text.split(['\n', '<', '>']).map(str::trim).collect();
        let has = |start: &str| plain.iter().any(|line| line.starts_with(start));
        let numbered = plain.iter().any(|line| is_number(line));
        let uni = has("Body")
            && has("Length:")
            && (has("Section:") || has("Byline:") || has("Copyright"));
        let cover = has("Download Request:") && has("Time Of Request:");
        numbered || uni || cover || text.contains("<!-- LXNComment")
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        download::read(&READER, place, input, options, sink)
    }
}

/// One of these stands in the beginning of every download: a language more below is one more here.
static SIGNS: &[&[u8]] = &[
    b"DOCUMENT",
    b"Document",
    b"DOKUMENT",
    b"Dokument",
    b"Length:",
    b"Request:",
    b"<!-- LXNComment",
];

/// `3 of 100 DOCUMENTS`, `Dokument 3 von 100`, `Document 3 de 100`.
fn is_number(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 60 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = line.trim_start_matches("FOCUS - ").split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [first, "of", all, "DOCUMENTS" | "DOCUMENT"]
        | [
            "Dokument" | "Document" | "Documento" | "DOKUMENT" | "DOCUMENT",
            first,
            "von" | "de" | "di" | "van",
            all,
        ] => number(first) && number(all),
        _ => false,
    }
}

fn is_end(line: &str) -> bool {
    matches!(line.trim(), "End of Document" | "Ende des Dokuments" | "Fin du document")
}

/// What a field with this name states; those without are known, and no part of the text.
static FIELDS: &[(&str, Option<Topic>)] = &[
    ("byline", Some(Topic::Byline)),
    ("author", Some(Topic::Byline)),
    ("autor", Some(Topic::Byline)),
    ("auteur", Some(Topic::Byline)),
    ("headline", Some(Topic::Title)),
    ("titel", Some(Topic::Title)),
    ("dateline", Some(Topic::Dateline)),
    ("section", Some(Topic::Section)),
    ("rubrik", Some(Topic::Section)),
    ("rubrique", Some(Topic::Section)),
    ("language", Some(Topic::Language)),
    ("sprache", Some(Topic::Language)),
    ("langue", Some(Topic::Language)),
    ("highlight", Some(Topic::Deck)),
    ("url", Some(Topic::Url)),
    ("length", None),
    ("länge", None),
    ("longueur", None),
    ("load-date", None),
    ("update", None),
    ("publication-type", None),
    ("zeitungs-code", None),
    ("type-publication", None),
    ("journal-code", None),
    ("document-type", None),
    ("doc-type", None),
    ("graphic", None),
    ("grafik", None),
    ("series", None),
    ("notes", None),
    ("correction-date", None),
    ("acc-no", None),
    ("pub-type", None),
    ("series-title", None),
    ("type", None),
    ("subject", None),
    ("company", None),
    ("ticker", None),
    ("geographic", None),
    ("industry", None),
    ("person", None),
    ("organization", None),
    ("country", None),
    ("state", None),
    ("city", None),
    ("classification", None),
];

/// The name of a field with what it states, and its value.
fn field(line: &str) -> Option<(Option<Topic>, &str, &str)> {
    let (name, value) = line.trim().split_once(':')?;
    if name.len() > 24 {
        return None;
    }
    let lower = name.to_lowercase();
    let row = FIELDS.iter().find(|row| row.0 == lower)?;
    // In a text a line begins with a word and a colon now and then; a field has capitals.
    name.starts_with(char::is_uppercase).then_some((row.1, row.0, value.trim()))
}

fn article(lines: &[&str]) -> Option<RawArticle> {
    let start = lines.iter().position(|line| is_number(line)).map_or(0, |at| at + 1);
    let end = lines.iter().rposition(|line| is_end(line)).unwrap_or(lines.len());
    let lines = lines.get(start..end).unwrap_or_default();
    let numbered = start > 0;
    let body_mark = lines.iter().position(|line| matches!(line.trim(), "Body" | "Text" | "Corps"));
    // The text begins after the last field above it: the length, as a rule.
    let begins = match body_mark {
        Some(at) => at + 1,
        None if numbered => above(lines),
        None => return None,
    };
    let mut article = RawArticle::default();
    heads(&lines[..begins], numbered, &mut article);
    let mut last = lines.len();
    // Fields and the copyright stand below the text too; the first of them ends it.
    let mut blank = true;
    for (idx, line) in lines.iter().enumerate().skip(begins) {
        let words = line.trim();
        let ends = field(line).is_some() || is_copyright(words) || words == "Classification";
        if blank && ends && lines[idx..].iter().take(40).any(|it| is_foot(it)) {
            last = idx;
            break;
        }
        blank = words.is_empty();
    }
    foot(&lines[last..], &mut article);
    article.text = paragraphs(&lines[begins..last]);
    let has_title = article.claims.iter().any(|claim| claim.topic == Topic::Title);
    (has_title || !article.text.is_empty()).then_some(article)
}

/// Where the text begins in an article that does not say so: below the last field among its first lines.
fn above(lines: &[&str]) -> usize {
    let mut at = 0;
    let mut blocks = 0;
    let mut idx = 0;
    while idx < lines.len() {
        if lines[idx].trim().is_empty() {
            idx += 1;
            continue;
        }
        let block = idx + lines[idx..].iter().take_while(|line| !line.trim().is_empty()).count();
        let named = field(lines[idx]).is_some_and(|row| !matches!(row.1, "load-date" | "language"));
        if named {
            at = block;
        } else if at > 0 || blocks >= 6 {
            break;
        }
        blocks += 1;
        idx = block;
    }
    // Without any field: source, date and title are three blocks.
    if at > 0 { at } else { nth_block(lines, 3) }
}

fn nth_block(lines: &[&str], number: usize) -> usize {
    let mut found = 0;
    let mut within = false;
    for (idx, line) in lines.iter().enumerate() {
        let blank = line.trim().is_empty();
        if within && blank {
            found += 1;
            if found == number {
                return idx;
            }
        }
        within = !blank;
    }
    lines.len()
}

/// What stands only below a text.
fn is_foot(line: &str) -> bool {
    let words = line.trim();
    is_copyright(words)
        || words == "Classification"
        || field(line)
            .is_some_and(|row| matches!(row.1, "load-date" | "language" | "publication-type"))
}

/// Source, date and title, and the fields above the text.
fn heads(lines: &[&str], numbered: bool, article: &mut RawArticle) {
    let mut plain: Vec<String> = Vec::new();
    let mut goes_on: Option<Topic> = None;
    let mut fresh = true;
    let mut named = Vec::new();
    for line in lines {
        let words = line.trim();
        if words.is_empty() {
            fresh = true;
            goes_on = None;
            continue;
        }
        if let Some((topic, _, value)) = field(words) {
            goes_on = topic;
            if let Some(topic) = topic {
                named.push((topic, value.to_owned()));
            }
        } else if let (Some(topic), false) = (goes_on, fresh) {
            if let Some(row) = named.iter_mut().rfind(|row| row.0 == topic) {
                row.1.push(' ');
                row.1.push_str(words);
            }
        } else if fresh || !numbered {
            plain.push(words.to_owned());
        } else if let Some(last) = plain.last_mut() {
            last.push(' ');
            last.push_str(words);
        }
        fresh = false;
    }
    for (topic, value) in named {
        // `Section: News; Pg. 3` names the section first.
        let value = if topic == Topic::Section {
            value.split(';').next().unwrap_or_default()
        } else {
            value.as_str()
        };
        claims::add(article, topic, value, FROM);
    }
    plain.retain(|line| !is_copyright(line) && !matches!(line.as_str(), "Body" | "Text" | "Corps"));
    let date = plain.iter().position(|line| looks_like_date(line));
    if let Some(at) = date {
        claims::add(article, Topic::Published, &plain[at], FROM);
    }
    if numbered {
        // Source, date, title: the source may be a picture that is not in the file.
        let source = date.map_or_else(|| plain.first(), |at| plain[..at].first());
        let title = plain.get(date.map_or(1, |at| at + 1)..).unwrap_or_default();
        state_title(title, article);
        if let Some(source) = source {
            claims::add(article, Topic::Source, source, FROM);
        }
    } else {
        // Title, source, date.
        let before = &plain[..date.unwrap_or(plain.len())];
        if let [titles @ .., source] = before
            && !titles.is_empty()
        {
            state_title(&titles[titles.len() - 1..], article);
            claims::add(article, Topic::Source, source, FROM);
        } else {
            state_title(before, article);
        }
    }
}

/// The title, and what stands behind a semicolon in it: the standfirst.
fn state_title(lines: &[String], article: &mut RawArticle) {
    let mut lines =
        lines.iter().filter(|line| !line.ends_with("Edition") && !line.ends_with(" Final"));
    let Some(title) = lines.next() else { return };
    let (title, deck) = title.split_once(';').map_or((title.as_str(), ""), |row| row);
    claims::add(article, Topic::Title, title, FROM);
    claims::add(article, Topic::Deck, deck, FROM);
}

fn foot(lines: &[&str], article: &mut RawArticle) {
    for line in lines {
        if let Some((Some(topic), _, value)) = field(line) {
            claims::add(article, topic, value, FROM);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_counted_in_several_languages() {
        for line in [
            "   3 of 100 DOCUMENTS",
            "1 of 1 DOCUMENT",
            "FOCUS - 2 of 9 DOCUMENTS",
            "Dokument 3 von 10",
            "Document 2 de 7",
        ] {
            assert!(is_number(line), "{line}");
        }
        for line in ["3 of 100 documents were lost", "of DOCUMENTS", "Dokument von"] {
            assert!(!is_number(line), "{line}");
        }
        assert!(looks_like_date("March 14, 2013 Thursday 11:21 AM GMT"));
        assert!(looks_like_date("27. Februar 2012 Montag"));
        assert!(!looks_like_date("The Meridian Dispatch"));
    }
}
