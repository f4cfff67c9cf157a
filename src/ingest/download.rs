//! A download of many articles in one text or HTML file -> the lines of each article in turn.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use super::detect::begins_with;
use super::lines::{Line, read_line};
use super::skip::megabytes;
use super::transcode::{Notes, Transcoder};
use super::{Limits, ReadError, ReadOptions, Sink, Skip, SkipKind, claims, html};
use crate::article::{Place, RawArticle};

/// Where articles part from each other, and what is made of each.
pub(super) struct Reader {
    /// Whether an article begins with this line.
    pub(super) begins: fn(&str) -> bool,
    /// Whether an article ends with this line.
    pub(super) ends: fn(&str) -> bool,
    /// Makes an article of its lines; `None` where they are none (a cover page).
    pub(super) article: fn(&[&str]) -> Option<RawArticle>,
}

/// Reads all articles of a download.
pub(super) fn read(
    reader: &Reader,
    place: &Place,
    input: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let limit = options.limits.record_bytes;
    let mut stream = Transcoder::new(input, None, options.encoding.as_deref())?;
    let notes = stream.notes();
    let mut found = Found {
        reader,
        place: place.clone(),
        lines: Vec::new(),
        length: 0,
        over: false,
        limit,
        notes,
        sink,
    };
    let mut head = Vec::new();
    (&mut stream).take(1024).read_to_end(&mut head).map_err(ReadError::Read)?;
    if begins_with(&head, b"<") {
        let most = options.limits.download_bytes;
        stream.take(most + 1).read_to_end(&mut head).map_err(ReadError::Read)?;
        if head.len() as u64 > most {
            let reason = format!("a download of over {}: split it", megabytes(most));
            let _ = found.sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason));
            return Ok(());
        }
        let page = String::from_utf8_lossy(&head);
        for piece in pieces(&page) {
            let mut article = RawArticle::default();
            let text = html::fragment_text(&marked(piece), &whole(options.limits), &mut article);
            let flow = text.lines().try_for_each(|line| found.line(line));
            if flow.is_break() || found.end().is_break() {
                return Ok(());
            }
        }
    } else {
        let mut lines = BufReader::with_capacity(64 << 10, head.chain(stream));
        let mut buffer = Vec::new();
        loop {
            let flow = match read_line(&mut lines, &mut buffer, limit).map_err(ReadError::Read)? {
                Line::End => break,
                Line::Whole => {
                    let line = String::from_utf8_lossy(&buffer);
                    found.line(line.trim_end_matches(['\r', '\n']))
                }
                Line::TooLong(_) => {
                    found.over = true;
                    ControlFlow::Continue(())
                }
            };
            if flow.is_break() {
                return Ok(());
            }
        }
    }
    let _ = found.end();
    Ok(())
}

/// Stands before a line that the page says is the title.
pub(super) const TITLE_MARK: char = '\u{1}';
/// Stands before a line that the page says is the author's.
pub(super) const AUTHOR_MARK: char = '\u{2}';

/// A piece of a page whose title and author can still be told when its tags are gone.
fn marked(piece: &str) -> String {
    let mut text = piece.replace([TITLE_MARK, AUTHOR_MARK], "");
    for (tag, mark) in [("<div id=\"hd\"", TITLE_MARK), ("<div class=\"author\"", AUTHOR_MARK)] {
        if let Some(at) = text.find(tag)
            && let Some(end) = text[at..].find('>')
        {
            text.insert(at + end + 1, mark);
        }
    }
    text
}

/// Many articles have more elements than a page may have.
fn whole(limits: Limits) -> Limits {
    Limits { html_elements: limits.html_elements.saturating_mul(4), ..limits }
}

/// A page in pieces, each of whole articles where their places are marked, so that no tree of all of
/// them is built.
fn pieces(page: &str) -> Vec<&str> {
    let mut starts = vec![0];
    for mark in
        ["<A NAME=\"DOC_ID_", "<a name=\"DOC_ID_", "<div id=\"article-", "<div class=\"article "]
    {
        let found: Vec<usize> = page.match_indices(mark).map(|row| row.0).collect();
        if !found.is_empty() {
            starts.extend(found);
            break;
        }
    }
    starts.push(page.len());
    starts.windows(2).map(|pair| &page[pair[0]..pair[1]]).collect()
}

/// Gathers lines until they are an article.
struct Found<'a> {
    reader: &'a Reader,
    place: Place,
    lines: Vec<String>,
    length: u64,
    over: bool,
    limit: u64,
    notes: Notes,
    sink: &'a mut dyn Sink,
}

impl Found<'_> {
    fn line(&mut self, line: &str) -> ControlFlow<()> {
        if (self.reader.begins)(line) {
            self.end()?;
        }
        self.length += line.len() as u64 + 1;
        if self.length > self.limit {
            self.over = true;
            self.lines = Vec::new();
        } else {
            self.lines.push(line.replace('\u{a0}', " ").replace(['\u{c}', '\0'], ""));
        }
        if (self.reader.ends)(line) { self.end() } else { ControlFlow::Continue(()) }
    }

    fn end(&mut self) -> ControlFlow<()> {
        let lines = std::mem::take(&mut self.lines);
        self.length = 0;
        if std::mem::take(&mut self.over) {
            let reason = format!("an article of over {}", megabytes(self.limit));
            let flow = self.sink.skip(self.place.clone(), Skip::new(SkipKind::TooLarge, reason));
            self.place.record = self.place.record.saturating_add(1);
            return flow;
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let Some(mut article) = (self.reader.article)(&lines) else {
            return ControlFlow::Continue(());
        };
        if self.sink.wants_originals() {
            self.sink.original(lines.join("\n").trim_matches('\n'));
        }
        article.place = self.place.clone();
        self.place.record = self.place.record.saturating_add(1);
        for problem in self.notes.so_far() {
            claims::note(&mut article, &problem);
        }
        if article.text.is_empty() {
            claims::note(&mut article, "no text: the download has only the fields of this article");
        }
        self.sink.article(article)
    }
}

/// Lines as paragraphs: a blank line parts them, others are joined.
pub(super) fn paragraphs(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut fresh = false;
    for line in lines {
        let words = line.trim();
        if words.is_empty() {
            fresh = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if fresh { "\n\n" } else { " " });
        }
        text.push_str(words);
        fresh = false;
    }
    text
}

/// Whether a line is a date: a year, a day, and few words.
pub(super) fn looks_like_date(line: &str) -> bool {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let number = |word: &&str, digits: usize| {
        word.len() <= digits && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let year = words.iter().any(|word| {
        word.len() == 4 && number(word, 4) && matches!(&word[..2], "17" | "18" | "19" | "20")
    });
    year && words.len() <= 12 && (words.iter().any(|word| number(word, 2)) || words.len() == 2)
}

/// Whether a line names the holder of the rights.
pub(super) fn is_copyright(line: &str) -> bool {
    line.starts_with("Copyright ") || line.starts_with('©') || line.starts_with("(c) ")
}
