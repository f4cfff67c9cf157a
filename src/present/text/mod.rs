//! Results to a list for people: how the query was read, the hits with their passages, and where one
//! is in the list.

use std::io::{self, Write};
use std::ops::{ControlFlow, Range};

use super::article_facts::{counted, date_for_people, short_id};
use super::paint::{Ink, isolated, linked, marker_columns, paint, paint_cells};
use super::wrap::{Cell, Spaces, Wrap, cells, column_count, text_columns, wrap};
use super::{RenderContext, Renderer, ResultRenderer, Style, sanitize};
use crate::article::Article;
use crate::search::{Head, Hit, Passage, ResultSink};

mod head;

pub use head::capped_in_words;
use head::foot_text;
pub(super) use head::{head_text, missing_in_words};

/// A list for people.
pub(super) struct Text;

impl Renderer for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "a list for people"
    }

    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w> {
        let style = Style { width: style.width.clamp(NARROWEST, WIDEST), ..style };
        Box::new(TextResults { out, style, context, head: None, printed: 0 })
    }
}

/// Narrower terminals are written to as if they had this width.
const NARROWEST: usize = 24;
/// Longer lines are tiring to read, however wide the terminal is.
const WIDEST: usize = 100;
/// Columns before what belongs to a hit.
const INDENT: usize = 4;
/// Of a query, a title and a passage no more than so many characters are shown.
const LONGEST_QUERY: usize = 1_000;
const LONGEST_TITLE: usize = 400;
const LONGEST_PASSAGE: usize = 4_000;
/// Of the authors no more than so many are named.
const MOST_AUTHORS: usize = 4;
const DOT: &str = " · ";
/// Bytes that most hits take.
const ROOM: usize = 1 << 10;

struct TextResults<'w> {
    out: &'w mut dyn Write,
    style: Style,
    context: RenderContext,
    head: Option<Head>,
    printed: u64,
}

impl ResultSink for TextResults<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        if self.context.continued {
            self.out.write_all(b"\n")?;
        }
        if let Some(id) = &self.context.query_id {
            writeln!(self.out, "query {}", sanitize::line(id))?;
        }
        self.out.write_all(head_text(head, self.style).as_bytes())?;
        self.head = Some(head.clone());
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        self.printed += 1;
        self.out.write_all(hit_text(hit, self.style, &self.context).as_bytes())?;
        Ok(ControlFlow::Continue(()))
    }
}

impl ResultRenderer for TextResults<'_> {
    fn end(&mut self) -> io::Result<()> {
        let Some(head) = &self.head else {
            return Ok(());
        };
        if let Some(foot) = foot_text(head, self.printed) {
            let mut text = "\n".to_owned();
            push_line(&mut text, self.style, &foot);
            self.out.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}

fn hit_text(hit: &Hit, style: Style, context: &RenderContext) -> String {
    let mut text = String::with_capacity(ROOM);
    text.push('\n');
    let rank = format!("{:>2}. ", hit.rank);
    push_block(&mut text, style, Ink::Bold, &title_cells(hit, style), (&rank, INDENT));
    push_items(&mut text, style, &facts(hit, style, context), ("    ", INDENT));
    if let Some(deck) = shown_deck(hit) {
        let cells = beginning(deck, &hit.deck_highlights, LONGEST_PASSAGE);
        push_block(&mut text, style, Ink::Plain, &cells, ("    ", INDENT));
    }
    for passage in &hit.passages {
        let cells = passage_cells(passage, &hit.article);
        push_block(&mut text, style, Ink::Plain, &cells, ("    ", INDENT));
    }
    text
}

/// The title; without one, the lead in brackets.
fn title_cells(hit: &Hit, style: Style) -> Vec<Cell> {
    if let Some(title) = &hit.article.title {
        return beginning(title, &hit.title_highlights, LONGEST_TITLE);
    }
    let passage = hit.passages.first().map_or("", |passage| passage.text.as_str());
    let lead = [hit.article.body.as_str(), passage].into_iter().find(|it| !it.trim().is_empty());
    let mut shown = beginning(lead.unwrap_or("no title"), &[], LONGEST_TITLE);
    // On one line, with room for the brackets and the sign that it goes on.
    let mut columns = INDENT + 3;
    let mut fits = |cell: &Cell| {
        columns += column_count(cell.ch);
        columns <= style.width
    };
    let kept = shown.iter().take_while(|cell| fits(cell)).count();
    if kept < shown.len() {
        shown.truncate(kept);
        shown.push(unmarked('…'));
    }
    shown.insert(0, unmarked('['));
    shown.push(unmarked(']'));
    shown
}

/// The deck is shown for its matches.
fn shown_deck(hit: &Hit) -> Option<&str> {
    hit.article.deck.as_deref().filter(|_| !hit.deck_highlights.is_empty())
}

fn passage_cells(passage: &Passage, article: &Article) -> Vec<Cell> {
    let mut shown = Vec::new();
    if passage.field != "body" {
        shown.extend(passage.field.chars().chain(": ".chars()).map(unmarked));
    }
    if passage.start > 0 {
        shown.extend("… ".chars().map(unmarked));
    }
    shown.extend(beginning(&passage.text, &passage.highlights, LONGEST_PASSAGE));
    let end = passage.start + passage.text.chars().count();
    if passage.field == "body" && article.body.chars().nth(end).is_some() {
        shown.extend(" …".chars().map(unmarked));
    }
    shown
}

/// So much of a text as a list shows; what is left out is never looked at.
fn beginning(text: &str, marks: &[Range<usize>], most: usize) -> Vec<Cell> {
    let end = if text.len() <= most { None } else { text.char_indices().nth(most) };
    let (text, is_cut) = end.map_or((text, false), |(end, _)| (&text[..end], true));
    let mut cells = cells(text, marks, Spaces::Joined);
    if is_cut {
        cells.push(unmarked('…'));
    }
    cells
}

fn unmarked(ch: char) -> Cell {
    Cell { ch, marked: false }
}

/// Authors, agency, date, source, mentions, copies, place and id.
fn facts(hit: &Hit, style: Style, context: &RenderContext) -> Vec<Item> {
    let article = &hit.article;
    let mut items = Vec::with_capacity(8);
    let named: Vec<&str> = article.authors.iter().take(MOST_AUTHORS).map(String::as_str).collect();
    if !named.is_empty() {
        let more = article.authors.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        items.push(Item::plain(&format!("{}{more}", named.join(", "))));
    }
    // What an agency signs it also publishes: one name is said once.
    let said = |name: &str, others: &[&str]| others.iter().any(|it| same(it, name));
    let agency = article.agency.as_deref().filter(|it| !said(it, &named));
    items.extend(agency.map(Item::plain));
    items.push(Item::plain(&date_for_people(article)));
    let signed: Vec<&str> = named.iter().copied().chain(agency).collect();
    let source = article.source.as_deref().filter(|it| !said(it, &signed));
    items.extend(source.map(Item::plain));
    items.extend(mentions(hit).map(|it| Item::plain(&it)));
    if !hit.also.is_empty() {
        let count = hit.also.len() as u64;
        items.push(Item::plain(&format!("+{}", counted(count, "copy", "copies"))));
    }
    let target = if style.links { absolute_path(hit, context) } else { None };
    let place = Item { target, with_next: true, ..Item::plain(&article.place.to_string()) };
    let id = Item::plain(short_id(&article.id));
    // An id alone on a line belongs to nothing: where place and id do not fit beside each other it goes before.
    if INDENT + place.columns + text_columns(DOT) + id.columns <= style.width {
        items.extend([place, id]);
    } else {
        items.extend([id, Item { with_next: false, ..place }]);
    }
    items
}

/// Whether two names are one, however they are written.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.to_lowercase() == b.to_lowercase()
}

/// `2 of 17 mentions`: how many places are marked here, of all that match.
fn mentions(hit: &Hit) -> Option<String> {
    let all = u64::from(hit.matches);
    let in_deck = if shown_deck(hit).is_some() { hit.deck_highlights.len() } else { 0 };
    // Byline, dateline and cut lines are marked too, but matches there are not counted.
    let in_passages = hit.passages.iter().filter(|it| it.field == "body");
    let in_passages: usize = in_passages.map(|passage| passage.highlights.len()).sum();
    let marked = (hit.title_highlights.len() + in_deck + in_passages) as u64;
    let mentions = counted(all, "mention", "mentions");
    match all {
        0 => None,
        _ if marked >= all => Some(mentions),
        _ => Some(format!("{marked} of {mentions}")),
    }
}

fn absolute_path(hit: &Hit, context: &RenderContext) -> Option<String> {
    let root = context.roots.get(&hit.root).unwrap_or(&hit.root);
    if !std::path::Path::new(root).is_absolute() {
        return None;
    }
    let path = &hit.article.place.path;
    Some(match path.as_str() {
        "" => root.clone(),
        _ => format!("{}/{path}", root.trim_end_matches('/')),
    })
}

/// A short text that no line is broken in, safe to print.
struct Item {
    text: String,
    columns: usize,
    target: Option<String>,
    /// Stands on one line with the item after it.
    with_next: bool,
}

impl Item {
    /// Of any text.
    fn plain(text: &str) -> Self {
        let text = sanitize::line(text).trim().to_owned();
        Self { columns: text_columns(&text), text, target: None, with_next: false }
    }
}

/// Writes items with dots between them, on as many lines as it takes.
fn push_items(text: &mut String, style: Style, items: &[Item], (lead, indent): (&str, usize)) {
    let mut line = String::new();
    let mut columns = 0;
    text.push_str(lead);
    for (at, item) in items.iter().enumerate() {
        let beside = items.get(at + 1).filter(|_| item.with_next);
        let together = item.columns + beside.map_or(0, |it| text_columns(DOT) + it.columns);
        if columns > 0 && indent + columns + text_columns(DOT) + together > style.width {
            paint(text, style, Ink::Dim, &line);
            push_break(text, indent);
            line.clear();
            columns = 0;
        }
        if columns > 0 {
            line.push_str(DOT);
            columns += text_columns(DOT);
        }
        let shown = isolated(style, &item.text);
        match &item.target {
            Some(target) => line.push_str(&linked(target, &shown)),
            None => line.push_str(&shown),
        }
        columns += item.columns;
    }
    paint(text, style, Ink::Dim, &line);
    text.push('\n');
}

/// Begins a line that is indented.
fn push_break(text: &mut String, indent: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

/// Writes a sentence on as many lines as it takes.
fn push_line(text: &mut String, style: Style, line: &str) {
    push_block(text, style, Ink::Plain, &cells(line, &[], Spaces::Joined), ("", 0));
}

/// Writes wrapped text: `lead` before its first line, so many columns before the others.
fn push_block(
    text: &mut String,
    style: Style,
    ink: Ink,
    cells: &[Cell],
    (lead, indent): (&str, usize),
) {
    let width = style.width.saturating_sub(indent.max(text_columns(lead)));
    let lines = wrap(cells, Wrap { width, marker: marker_columns(style) });
    text.push_str(lead);
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            push_break(text, indent);
        }
        paint_cells(text, style, ink, &cells[line]);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests;
