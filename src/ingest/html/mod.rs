//! An HTML page -> an article: all that its metadata and its visible parts state, and its text.

mod body;
mod dates;
mod depth;
mod json_ld;
mod marks;
mod meta;
mod outline;
mod text;
mod scripts;
mod signatures;
mod visible;

use std::io::Read;
use std::path::Path;

use dom_query::{Document, NodeData};

use super::detect::{begins_with, extension_of, holds};
use super::skip::megabytes;
use super::{Format, Limits, ReadError, ReadOptions, Sink, Skip, SkipKind, claims, decode};
use crate::article::{Claim, Place, RawArticle, Topic};

/// A web page.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "a saved web page, one article a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn recognizes(&self, path: &Path, head: &[u8]) -> bool {
        let ending = extension_of(path).unwrap_or_default();
        if self.extensions().contains(&ending.as_str()) {
            return true;
        }
        let is_page = begins_with(head, b"<!doctype html") || begins_with(head, b"<html");
        // Pages saved under their address have any ending (`article.php`, `story,1234`); a server
        // that had no data to give may have sent a page (`export.csv`).
        is_page || (begins_with(head, b"<?xml") && holds(head, b"<html"))
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let limit = options.limits.html_bytes;
        let mut bytes = Vec::new();
        input.take(limit + 1).read_to_end(&mut bytes).map_err(ReadError::Read)?;
        if bytes.len() as u64 > limit {
            let reason = format!("a page of over {}: no article is that long", megabytes(limit));
            let _ = sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason));
            return Ok(());
        }
        sink.make_room(bytes.len() as u64);
        let declared = meta::declared_charset(&bytes[..bytes.len().min(4096)]);
        let decoded = decode::decode(&bytes, declared.as_deref(), options.encoding.as_deref())?;
        drop(bytes);
        let mut article = RawArticle {
            place: place.clone(),
            problems: decoded.problems,
            ..RawArticle::default()
        };
        let mut text = decoded.text;
        if text.contains('\0') {
            text.retain(|c| c != '\0');
            claims::note(&mut article, "NUL characters were left out");
        }
        page(text, &options.limits, &mut article);
        let has_title = article.claims.iter().any(|claim| claim.topic == Topic::Title);
        if article.text.is_empty() {
            if !has_title {
                let skip = Skip::new(SkipKind::NoText, "no text on the page");
                let _ = sink.skip(article.place, skip);
                return Ok(());
            }
            claims::note(&mut article, "no text was found on the page");
        }
        let _ = sink.article(article);
        Ok(())
    }
}

/// A text from JSON-LD is taken when the page itself shows less than this many bytes, or than half of it.
const SHORT: usize = 250;
/// What is for subscribers alone and shorter than this is hardly all of it.
const STUB: usize = 1_500;

fn page(html: String, limits: &Limits, article: &mut RawArticle) {
    let document = Document::from(flattened(&html, limits, article).as_ref());
    // The tree holds all of it again.
    drop(html);
    let mut found =
        Found { visible: visible::Visible::default(), json_ld: json_ld::JsonLd::default() };
    collect(&document, limits, &mut found, article);
    let canonical = article
        .claims
        .iter()
        .find(|claim| claim.topic == Topic::Url)
        .map(|claim| claim.value.clone());
    let of_text = found.json_ld.state(canonical.as_deref(), article);
    found.visible.state(article);
    let outline = outline::outline(&document);
    dates::state(&outline, article);
    signatures::state(&outline, article);

    let known = body::Known {
        evidence: of_text.body.as_deref().map(body::Evidence::of).unwrap_or_default(),
        authors: values(article, |claim| claim.topic == Topic::Author),
        titles: values(article, |claim| {
            claim.topic == Topic::Title && TITLES_FOR_MACHINES.contains(&claim.from.as_ref())
        }),
    };
    article.text = body::main_text(&outline, &known).text;
    if of_text.is_live {
        claims::note(article, "a live blog: its text was added to over time");
    }
    let is_stub = of_text.is_paid && article.text.len() < STUB;
    if is_stub && of_text.body.as_ref().is_none_or(|body| body.len() < STUB) {
        claims::note(article, "behind a pay wall: perhaps only the beginning of the text");
    }
    let shown = article.text.len();
    if (shown < SHORT || of_text.body.as_ref().is_some_and(|it| it.len() > 2 * shown))
        && let Some(body) = of_text.body
        && body.len() > article.text.len()
    {
        article.text =
            if looks_like_markup(&body) { fragment_text(&body, limits, article) } else { body };
        claims::note(article, "the text is that of the page's JSON-LD");
    }
    if article.text.len() < SHORT
        && let Some(markup) = scripts::longest_markup(&document)
    {
        let text = fragment_text(&markup, limits, article);
        if text.len() > 2 * article.text.len().max(SHORT) {
            article.text = text;
            claims::note(article, "the text is that of a script of the page");
        }
    }
    if article.text.is_empty() {
        article.text = text::paragraphs(&document.html_root());
        if !article.text.is_empty() {
            claims::note(article, "no main text was found: the whole page was taken");
        }
    }
}

/// Where a page states its title for machines.
static TITLES_FOR_MACHINES: &[&str] = &["json-ld", "opengraph", "twitter", "title-tag"];

fn values(article: &RawArticle, wanted: impl Fn(&Claim) -> bool) -> Vec<String> {
    article.claims.iter().filter(|it| wanted(it)).map(|it| it.value.clone()).collect()
}

/// What is gathered over the whole page before it is stated.
struct Found {
    visible: visible::Visible,
    json_ld: json_ld::JsonLd,
}

/// One walk over all elements, each shown to the collectors.
fn collect(document: &Document, limits: &Limits, found: &mut Found, article: &mut RawArticle) {
    for node in document.root().descendants_it() {
        if let Some(element) = node.element_ref() {
            match element.name.local.as_ref() {
                "meta" => {
                    if !is_of_reader(&element, &node) {
                        meta::meta(&element, article);
                    }
                }
                "link" => meta::link(&element, article),
                "title" => meta::title(&node, article),
                "html" => meta::html(&element, article),
                "script" => {
                    if json_ld::is_json_ld(&element) {
                        found.json_ld.add(&node.text(), limits.json_ld_bytes, article);
                    }
                }
                "style" => {}
                name => found.visible.element(name, &element, &node, article),
            }
        } else if let Some(url) = saved_from(&node) {
            claims::add(article, Topic::Url, &url, "saved-from");
        }
    }
}

/// Whether a `<meta itemprop>` stands in a review or a comment: its date and name are those of a reader.
fn is_of_reader(element: &dom_query::Element, node: &dom_query::NodeRef<'_>) -> bool {
    let kind = |it: &dom_query::NodeRef<'_>| {
        it.element_ref().is_some_and(|it| {
            let kind = meta::attribute(&it, "itemtype").unwrap_or_default();
            READERS.iter().any(|reader| kind.ends_with(reader))
        })
    };
    meta::attribute(element, "itemprop").is_some()
        && node.ancestors_it(Some(MOST_ABOVE)).any(|it| kind(&it))
}

static READERS: &[&str] = &["/Review", "/UserReview", "/Comment", "/UserComments", "/Rating"];
/// A review is not nested deeper.
const MOST_ABOVE: usize = 8;

/// The address that browsers note in a comment when they save a page.
fn saved_from(node: &dom_query::NodeRef<'_>) -> Option<String> {
    node.query_or(None, |node| match &node.data {
        NodeData::Comment { contents } => {
            let rest = contents.trim_start().strip_prefix("saved from url=")?;
            let address = rest.split_once(')').map_or(rest, |row| row.1);
            Some(address.trim().to_owned()).filter(|it| it.starts_with("http"))
        }
        NodeData::Document
        | NodeData::Fragment
        | NodeData::Doctype { .. }
        | NodeData::Text { .. }
        | NodeData::Element(_)
        | NodeData::ProcessingInstruction { .. } => None,
    })
}

/// Whether a value of another format is HTML.
pub(super) fn looks_like_markup(text: &str) -> bool {
    let Some(start) = text.find('<') else {
        return false;
    };
    text.bytes().filter(|&byte| byte == b'<').take(2).count() > 0
        && text[start..].split('<').skip(1).take(50).any(|tag| {
            let tag = tag.strip_prefix('/').unwrap_or(tag);
            let end =
                tag.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let closes =
                tag.as_bytes().get(end).is_some_and(|b| matches!(b, b'>' | b' ' | b'/' | b'\n'));
            closes && MARKUP.contains(&tag[..end].to_ascii_lowercase().as_str())
        })
}

/// The elements that a text in HTML has.
static MARKUP: &[&str] = &[
    "p",
    "br",
    "div",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "figure",
    "img",
    "table",
    "section",
    "article",
    "html",
    "body",
    "sup",
    "sub",
    "u",
    "hr",
];

/// The text of a piece of HTML that is an article already.
pub(super) fn fragment_text(html: &str, limits: &Limits, article: &mut RawArticle) -> String {
    let html = flattened(html, limits, article);
    text::paragraphs(&Document::from(html.as_ref()).html_root())
}

fn flattened<'h>(
    html: &'h str,
    limits: &Limits,
    article: &mut RawArticle,
) -> std::borrow::Cow<'h, str> {
    let flat = depth::flatten(html, limits.html_depth, limits.html_elements);
    if flat.too_deep {
        let problem = format!("nested over {} deep: flattened", limits.html_depth);
        claims::note(article, &problem);
    }
    if flat.too_many {
        let problem =
            format!("over {} elements: the tags of the rest were dropped", limits.html_elements);
        claims::note(article, &problem);
    }
    flat.html
}

#[cfg(test)]
mod tests;
