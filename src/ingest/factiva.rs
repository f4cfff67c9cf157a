//! A download from Factiva -> its articles: two-letter fields, or the usual order of lines.

use std::io::Read;
use std::path::Path;

use super::detect::holds;
use super::download::{
    self, AUTHOR_MARK, Reader, TITLE_MARK, is_copyright, looks_like_date, paragraphs,
};
use super::{Format, ReadError, ReadOptions, Sink, claims};
use crate::article::{Place, RawArticle, Topic};

/// Text or HTML files of articles with fields `HD`, `PD`, `LP`, `TD`, or without.
pub(super) struct Factiva;

const FROM: &str = "record";

static READER: Reader = Reader { begins: |_| false, ends: is_end, article };

impl Format for Factiva {
    fn name(&self) -> &'static str {
        "factiva"
    }

    fn about(&self) -> &'static str {
        "a download from Factiva, text or HTML, many articles a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "html", "htm"]
    }

    fn recognizes(&self, _: &Path, head: &[u8]) -> bool {
        if holds(head, b"<title>Factiva</title>") || holds(head, b"class=\"factivalogo\"") {
            return true;
        }
        // Nearly all files have no line that could be one of its fields, or its count of words.
        if !head.split(|byte| *byte == b'\n').any(may_be_its) {
            return false;
        }
        let text = String::from_utf8_lossy(head);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let codes: Vec<&str> = lines.iter().filter_map(|line| Some(code(line)?.0)).collect();
        let has = |name: &str| codes.contains(&name);
        if has("HD") && has("PD") && (has("WC") || has("SN")) {
            return true;
        }
        lines.iter().enumerate().any(|(idx, line)| {
            is_word_count(line)
                && lines.get(idx + 1).is_some_and(|next| looks_like_date(next))
                && lines.iter().skip(idx + 2).take(10).any(|next| is_copyright(next.trim()))
        })
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

/// What a field states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    States(Topic),
    Text,
    /// `code : Name | code : Name`.
    Names(Topic),
    /// The same, of which nothing is kept.
    Subjects,
    Nothing,
}

static CODES: &[(&str, Meaning)] = &[
    ("HD", Meaning::States(Topic::Title)),
    ("BY", Meaning::States(Topic::Byline)),
    ("PD", Meaning::States(Topic::Published)),
    ("SN", Meaning::States(Topic::Source)),
    ("SE", Meaning::States(Topic::Section)),
    ("LA", Meaning::States(Topic::Language)),
    ("URL", Meaning::States(Topic::Url)),
    ("AN", Meaning::States(Topic::Id)),
    ("LP", Meaning::Text),
    ("TD", Meaning::Text),
    ("CO", Meaning::Names(Topic::Organization)),
    ("RE", Meaning::Names(Topic::Place)),
    ("IN", Meaning::Subjects),
    ("NS", Meaning::Subjects),
    ("IPD", Meaning::Nothing),
    ("IPC", Meaning::Nothing),
    ("CR", Meaning::Nothing),
    ("WC", Meaning::Nothing),
    ("ET", Meaning::Nothing),
    ("SC", Meaning::Nothing),
    ("ED", Meaning::Nothing),
    ("PG", Meaning::Nothing),
    ("CY", Meaning::Nothing),
    ("CT", Meaning::Nothing),
    ("RF", Meaning::Nothing),
    ("PUB", Meaning::Nothing),
    ("CLM", Meaning::Nothing),
    ("ART", Meaning::Nothing),
    ("VOL", Meaning::Nothing),
];

/// Whether a line could begin a field or count words: a cheap look at the bytes of every file.
fn may_be_its(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let capitals = line.iter().take(4).take_while(|byte| byte.is_ascii_uppercase()).count();
    match line.first() {
        Some(b'0'..=b'9' | b',' | b'.') => str::from_utf8(line).is_ok_and(is_word_count),
        // Spaces beyond ASCII begin so.
        Some(0xc2 | 0xe1..=0xe3) => true,
        Some(_) | None => matches!(capitals, 2 | 3),
    }
}

/// The field that a line begins, and its value.
fn code(line: &str) -> Option<(&'static str, Meaning, &str)> {
    let line = line.trim_end();
    let trimmed = line.trim_start();
    let length = trimmed.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(2..=3).contains(&length) || line.len() - trimmed.len() > 4 {
        return None;
    }
    let (name, value) = trimmed.split_at(length);
    let row = CODES.iter().find(|row| row.0 == name)?;
    if !value.is_empty() && !value.starts_with([' ', '\t']) {
        return None;
    }
    let value = value.trim();
    // These are words as well: `IN LONDON, ...` is no list of names.
    let fits = match row.1 {
        Meaning::Names(_) | Meaning::Subjects => value.is_empty() || value.contains(" : "),
        Meaning::States(_) | Meaning::Text | Meaning::Nothing => true,
    };
    fits.then_some((row.0, row.1, value))
}

/// `Document ABCD000020210314eh3e0001x`, with or without its code.
fn number(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    let (word, id) = line.split_once(char::is_whitespace)?;
    let known = matches!(word, "Document" | "Dokument" | "Documento" | "文件" | "Документ");
    let id = id.trim();
    let fits = (15..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (known && fits).then_some(id)
}

fn is_end(line: &str) -> bool {
    number(line).is_some()
}

fn article(lines: &[&str]) -> Option<RawArticle> {
    let mut article = RawArticle::default();
    if lines.iter().any(|line| code(line).is_some_and(|row| row.0 == "HD")) {
        coded(lines, &mut article);
    } else {
        in_order(lines, &mut article)?;
    }
    if let Some(id) = lines.iter().rev().find_map(|line| number(line)) {
        article.claims.retain(|claim| claim.topic != Topic::Id);
        claims::add(&mut article, Topic::Id, id, FROM);
    }
    Some(article)
}

fn coded(lines: &[&str], article: &mut RawArticle) {
    let mut fields: Vec<(Meaning, Vec<&str>)> = Vec::new();
    for line in lines {
        if let Some((_, meaning, value)) = code(line) {
            fields.push((meaning, vec![value]));
        } else if let Some((_, values)) = fields.last_mut() {
            values.push(line);
        }
    }
    let mut texts = Vec::new();
    for (meaning, values) in fields {
        match meaning {
            Meaning::Nothing | Meaning::Subjects => {}
            Meaning::Text => texts.push(paragraphs(&values)),
            Meaning::States(topic) => claims::add(article, topic, &values.join(" "), FROM),
            Meaning::Names(topic) => {
                for name in values.join(" ").split('|') {
                    let name = name.split_once(" : ").map_or(name, |row| row.1);
                    claims::add(article, topic, name, FROM);
                }
            }
        }
    }
    texts.retain(|text| !text.is_empty());
    article.text = texts.join("\n\n");
}

/// Section, title, author, number of words, date, source, its code, language, copyright, text.
fn in_order(lines: &[&str], article: &mut RawArticle) -> Option<()> {
    let count = lines.iter().position(|line| is_word_count(line))?;
    let mut before: Vec<&str> =
        lines[..count].iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    before.retain(|line| !line.starts_with("Special to "));
    let marked = before.iter().position(|line| line.starts_with(TITLE_MARK));
    let author = match marked {
        Some(_) => before.iter().position(|line| line.starts_with(AUTHOR_MARK)),
        None => before.len().checked_sub(1).filter(|at| is_author(before[*at], *at)),
    };
    if let Some(author) = author {
        let value = before[author].trim_start_matches(AUTHOR_MARK);
        claims::add(article, Topic::Byline, value, FROM);
    }
    // Without a mark the title is the last line, but for the author's.
    let title = marked.or_else(|| (0..before.len()).rev().find(|at| Some(*at) != author))?;
    claims::add(article, Topic::Title, before[title].trim_start_matches(TITLE_MARK), FROM);
    if let Some(section) = before[..title].iter().rfind(|it| !it.starts_with(AUTHOR_MARK)) {
        claims::add(article, Topic::Section, section, FROM);
    }
    let facts: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .skip(count + 1)
        .map(|(idx, line)| (idx, line.trim()))
        .filter(|row| !row.1.is_empty())
        .take(12)
        .collect();
    let copyright = facts.iter().position(|row| is_copyright(row.1));
    let until = copyright.unwrap_or(facts.len().min(3));
    let mut facts_above = facts[..until].iter().map(|row| row.1);
    if let Some(date) = facts_above.next() {
        claims::add(article, Topic::Published, date, FROM);
    }
    let is_time = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if let Some(source) = facts_above.find(|text| !is_time(text)) {
        claims::add(article, Topic::Source, source, FROM);
    }
    if let Some(language) = facts_above.next_back().filter(|_| copyright.is_some()) {
        claims::add(article, Topic::Language, language, FROM);
    }
    let begins = match copyright {
        Some(at) => facts[at].0 + 1,
        None => facts.get(until.checked_sub(1)?).map(|row| row.0 + 1)?,
    };
    let ends = lines.iter().rposition(|line| is_end(line)).unwrap_or(lines.len());
    article.text = paragraphs(lines.get(begins..ends).unwrap_or_default());
    let holder = copyright.map_or("", |at| facts[at].1);
    if let Some((text, last)) = article.text.rsplit_once("\n\n")
        && names_publisher(last, holder)
    {
        article.text = text.to_owned();
    }
    Some(())
}

/// Whether the last line is no text but the publisher, who holds the copyright as well.
fn names_publisher(line: &str, holder: &str) -> bool {
    let mut words = line.split_whitespace();
    line.split_whitespace().count() <= 8
        && line
            .split_whitespace()
            .all(|word| word.len() < 4 || !word.starts_with(char::is_lowercase))
        && words.any(|word| word.len() > 3 && holder.split_whitespace().any(|it| it == word))
}

/// `808 words`, in the language of the page.
fn is_word_count(line: &str) -> bool {
    let line = line.trim();
    let digits =
        line.bytes().take_while(|byte| byte.is_ascii_digit() || b",.".contains(byte)).count();
    let unit = line[digits..].trim();
    (1..=7).contains(&digits)
        && matches!(
            unit,
            "words"
                | "Wörter"
                | "mots"
                | "palabras"
                | "parole"
                | "palavras"
                | "woorden"
                | "слов"
                | "字"
                | "words "
        )
}

/// Whether the last line above the number of words, with so many above it, is the author's: it says
/// so, or it is a name below section and title.
fn is_author(line: &str, above: usize) -> bool {
    let introduced =
        ["By ", "BY ", "Von ", "Par ", "Por ", "Di "].iter().any(|it| line.starts_with(it));
    let words = line.split_whitespace().count();
    let named = line.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    above > 0
        && (introduced || (above > 1 && words <= 4 && named && !line.ends_with(['.', '?', '!'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_words_in_capitals() {
        assert_eq!(code("HD  A title").map(|row| row.2), Some("A title"));
        assert_eq!(code("LP").map(|row| row.2), Some(""));
        assert_eq!(code("IN i1 : Mining | i2 : Coal").map(|row| row.0), Some("IN"));
        for line in ["IN LONDON, it rained", "HDMI cables", "RE your letter", "hd low", "TDs all"] {
            assert!(code(line).is_none(), "{line}");
        }
        assert_eq!(
            number("AN  Document LANT000020210314eh3e0001x"),
            Some("LANT000020210314eh3e0001x")
        );
        assert_eq!(number("Document everything you see"), None);
        assert!(
            is_word_count("1,808 words") && !is_word_count("words") && !is_word_count("12 men")
        );
    }
}
