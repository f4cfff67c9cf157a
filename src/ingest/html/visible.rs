//! What a page shows, told by its elements, classes and properties -> claims.

use dom_query::{Element, NodeId, NodeRef};

use super::super::claims;
use super::meta::attribute;
use crate::article::{RawArticle, Topic};

/// What was seen; it is stated after the metadata, in this order.
#[derive(Default)]
pub(super) struct Visible {
    claims: Vec<(Topic, String, &'static str)>,
    looked_at: usize,
    headings: usize,
    reached: Reached,
    /// What the first headlines stand in: whatever that is called, it is not apart from the article.
    around_headline: Vec<Around>,
    headlines: usize,
}

/// How far the page has been read.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// The headline has not come.
    #[default]
    Menus,
    /// Between the headline and the first running text.
    Headline,
    /// The text has begun.
    Text,
}

/// A paragraph of so many letters is running text.
const RUNNING: usize = 300;

/// The headline is not farther down than this many headings.
const MOST_HEADINGS: usize = 20;

/// More of this has no page of an article.
const MOST_CLAIMS: usize = 300;
const MOST_LOOKED_AT: usize = 3_000;
/// A name, a date or a headline has not more elements and pieces of text than this within it.
const MOST_NODES: usize = 200;
/// So many elements around one are asked what they are.
const MOST_AROUND: usize = 40;
/// So many headlines are asked what they stand in.
const MOST_HEADLINES: usize = 5;
/// A box beside the article has no more paragraphs.
const MOST_BESIDE: usize = 4;
/// A longer text in an element that looks like one is no byline, date or headline.
const LONGEST_BYLINE: usize = 300;
const LONGEST_TITLE: usize = 500;
const LONGEST_DECK: usize = 1_500;

/// An element around a headline.
struct Around {
    id: NodeId,
    /// Around the first headline of the page.
    is_first: bool,
}

impl Visible {
    /// Looks at one element.
    pub(super) fn element(
        &mut self,
        name: &str,
        element: &Element,
        node: &NodeRef<'_>,
        article: &mut RawArticle,
    ) {
        if self.claims.len() >= MOST_CLAIMS {
            return;
        }
        if name == "h1" {
            self.headline(node);
        }
        match name {
            "h1" if !self.stands_apart(node, true) => {
                self.text(Topic::Title, node, LONGEST_TITLE, "headline");
                self.reached = Reached::Headline;
            }
            "p" if self.reached == Reached::Headline => {
                let text = text_up_to(node, LONGEST_DECK);
                if text.is_none_or(|it| it.chars().nth(RUNNING).is_some())
                    && !self.stands_apart(node, true)
                {
                    self.reached = Reached::Text;
                }
            }
            "h2" | "h3" => {
                self.headings += 1;
                if self.headings <= MOST_HEADINGS {
                    self.text(Topic::Title, node, LONGEST_TITLE, "heading");
                }
            }
            "a" => self.link(element, node),
            "body" | "article" => {
                if let Some(lang) = attribute(element, "lang") {
                    claims::add(article, Topic::Language, lang, "body-lang");
                }
            }
            _ => {}
        }
        if let Some(property) = attribute(element, "itemprop") {
            self.property(name, property, element, node);
        }
        if name != "body" && name != "html" {
            self.class(name, element, node);
        }
    }

    /// States all that was seen.
    pub(super) fn state(self, article: &mut RawArticle) {
        for (topic, value, from) in self.claims {
            claims::add(article, topic, &value, from);
        }
    }

    fn add(&mut self, topic: Topic, value: &str, longest: usize, from: &'static str) {
        let (value, cut) = claims::squeeze(value, longest);
        if !cut && !value.is_empty() {
            self.claims.push((topic, value, from));
        }
    }

    /// Notes what a headline stands in; the first may be the name of the site, with the article beside it.
    fn headline(&mut self, node: &NodeRef<'_>) {
        if self.headlines < MOST_HEADLINES {
            self.headlines += 1;
            let is_first = self.headlines == 1;
            for id in around_headline(node) {
                if !self.around_headline.iter().any(|it| it.id == id) {
                    self.around_headline.push(Around { id, is_first });
                }
            }
        }
    }

    /// Whether an element stands in a part of the page that is not about its article; and past the
    /// number of elements that are looked at, all do.
    fn stands_apart(&mut self, node: &NodeRef<'_>, strictly: bool) -> bool {
        self.looked_at += 1;
        self.looked_at > MOST_LOOKED_AT || is_apart(node, strictly, &self.around_headline)
    }

    fn text(&mut self, topic: Topic, node: &NodeRef<'_>, longest: usize, from: &'static str) {
        if let Some(text) = text_up_to(node, longest * 2) {
            self.add(topic, &text, longest, from);
        }
    }

    fn link(&mut self, element: &Element, node: &NodeRef<'_>) {
        let rel = attribute(element, "rel").unwrap_or_default();
        if rel.split_whitespace().any(|it| it.eq_ignore_ascii_case("author")) {
            if !self.stands_apart(node, false) {
                self.text(Topic::Author, node, LONGEST_BYLINE, "rel-author");
            }
            return;
        }
        let Some(href) = attribute(element, "href") else { return };
        let path = href.split(['?', '#']).next().unwrap_or_default();
        // The address of a licence says `/by/` for what it asks for, not for who wrote.
        if path.contains("/licenses/") {
            return;
        }
        if AUTHOR_PATHS.iter().any(|part| path.contains(part)) && !self.stands_apart(node, true) {
            self.text(Topic::Author, node, 80, "author-link");
        }
    }

    fn property(&mut self, name: &str, property: &str, element: &Element, node: &NodeRef<'_>) {
        for word in property.split_whitespace().take(4) {
            let Some((_, topic)) = PROPERTIES.iter().find(|row| row.0.eq_ignore_ascii_case(word))
            else {
                continue;
            };
            if self.stands_apart(node, false) {
                return;
            }
            let value = attribute(element, "content").or_else(|| attribute(element, "datetime"));
            match (value.filter(|it| !it.trim().is_empty()), topic) {
                // The creation is only a stand-in for the publication.
                (Some(value), _) if word.eq_ignore_ascii_case("dateCreated") => {
                    self.add(*topic, value, LONGEST_DECK, "microdata-created");
                }
                (Some(value), _) => self.add(*topic, value, LONGEST_DECK, "microdata"),
                (None, Topic::Author | Topic::Source) => self.name_within(*topic, node),
                (None, Topic::Url) if name == "a" => {}
                (None, _) => self.text(*topic, node, LONGEST_DECK, "microdata"),
            }
        }
    }

    /// The name of a person or an organization may stand in an element of its own.
    fn name_within(&mut self, topic: Topic, node: &NodeRef<'_>) {
        let mut found = false;
        for inner in node.descendants_it().take(60) {
            let name = inner.element_ref().and_then(|element| {
                let is_name = attribute(&element, "itemprop")?.eq_ignore_ascii_case("name");
                is_name.then(|| attribute(&element, "content").map(str::to_owned))
            });
            if let Some(content) = name {
                found = true;
                match content {
                    Some(content) => self.add(topic, &content, LONGEST_BYLINE, "microdata"),
                    None => self.text(topic, &inner, LONGEST_BYLINE, "microdata"),
                }
            }
        }
        if !found {
            self.text(topic, node, LONGEST_BYLINE, "microdata");
        }
    }

    fn class(&mut self, name: &str, element: &Element, node: &NodeRef<'_>) {
        let mut kind = None;
        for key in ["class", "id", "data-testid", "data-component"] {
            if let Some(value) = attribute(element, key) {
                kind = kind.or_else(|| value.split_whitespace().take(20).find_map(kind_of_class));
            }
        }
        let Some(kind) = kind else { return };
        if kind == Class::Title && matches!(name, "h2" | "h3") {
            self.headline(node);
        }
        if self.stands_apart(node, true) {
            return;
        }
        if kind != Class::Title && is_of_picture(node) {
            return;
        }
        match kind {
            Class::Byline => self.text(Topic::Byline, node, LONGEST_BYLINE, "byline"),
            Class::Author => self.text(Topic::Author, node, 120, "author-class"),
            Class::Deck => {
                // Of the same name are subtitles of teasers, in menus above and in the text below.
                let near = self.reached == Reached::Headline;
                let from = if near { "standfirst" } else { "standfirst-apart" };
                self.text(Topic::Deck, node, LONGEST_DECK, from);
            }
            Class::Title if name != "h1" => {
                self.text(Topic::Title, node, LONGEST_TITLE, "headline-class");
            }
            Class::Title => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Byline,
    Author,
    Deck,
    Title,
}

/// The words of a class name (`article-header__by-line`) that tell what the element is.
fn kind_of_class(class: &str) -> Option<Class> {
    if class.len() > 80 {
        return None;
    }
    let class = without_hash(class);
    let exact = CLASSES.iter().find(|row| {
        class == row.0
            || (row.0.len() > 3
                && class.ends_with(row.0)
                && class
                    .as_bytes()
                    .get(class.len() - row.0.len() - 1)
                    .is_some_and(|b| matches!(b, b'-' | b'_')))
            || (row.0.len() > 5
                && class.starts_with(row.0)
                && row.1 == Class::Byline
                && class.as_bytes().get(row.0.len()).is_some_and(|b| matches!(b, b'-' | b'_')))
    });
    exact.map(|row| row.1)
}

/// The name in lower case, the words of `articleLead` apart, without the hash that tools append: `Article_lead__N3pGr`.
fn without_hash(class: &str) -> String {
    let name = match class.rfind("__") {
        Some(at) if at > 0 && is_hash(&class[at + 2..]) => &class[..at],
        Some(_) | None => class,
    };
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = '-';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push('-');
        }
        words.push(c.to_ascii_lowercase());
        before = c;
    }
    words
}

/// `N3pGr`, `9QPjy`: letters in both cases, or with figures.
fn is_hash(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    (4..=8).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && has(u8::is_ascii_uppercase)
        && (has(u8::is_ascii_lowercase) || has(u8::is_ascii_digit))
}

/// The last word of a class name, and what the element is.
static CLASSES: &[(&str, Class)] = &[
    ("byline", Class::Byline),
    ("by-line", Class::Byline),
    ("bylines", Class::Byline),
    ("byl", Class::Byline),
    ("credits", Class::Byline),
    ("author", Class::Author),
    ("authors", Class::Byline),
    ("author-name", Class::Author),
    ("author_name", Class::Author),
    ("authorname", Class::Author),
    ("byline-name", Class::Author),
    ("byline__name", Class::Author),
    ("writer", Class::Author),
    ("autor", Class::Author),
    ("autore", Class::Author),
    ("auteur", Class::Author),
    ("forfatter", Class::Author),
    ("journalist", Class::Author),
    ("reporter", Class::Author),
    ("standfirst", Class::Deck),
    ("deck", Class::Deck),
    ("dek", Class::Deck),
    ("subtitle", Class::Deck),
    ("sub-title", Class::Deck),
    ("subheadline", Class::Deck),
    ("sub-headline", Class::Deck),
    ("subhead", Class::Deck),
    ("subheading", Class::Deck),
    ("lede", Class::Deck),
    ("lead", Class::Deck),
    ("intro", Class::Deck),
    ("chapo", Class::Deck),
    ("ingress", Class::Deck),
    ("vorspann", Class::Deck),
    ("bajada", Class::Deck),
    ("entradilla", Class::Deck),
    ("sottotitolo", Class::Deck),
    ("catenaccio", Class::Deck),
    ("summary", Class::Deck),
    ("excerpt", Class::Deck),
    ("synopsis", Class::Deck),
    ("headline", Class::Title),
    ("entry-title", Class::Title),
    ("article-title", Class::Title),
    ("post-title", Class::Title),
    ("article__title", Class::Title),
];

static PROPERTIES: &[(&str, Topic)] = &[
    ("headline", Topic::Title),
    ("author", Topic::Author),
    ("creator", Topic::Author),
    ("datePublished", Topic::Published),
    ("dateCreated", Topic::Published),
    ("dateModified", Topic::Updated),
    ("description", Topic::Deck),
    ("publisher", Topic::Source),
    ("articleSection", Topic::Section),
    ("inLanguage", Topic::Language),
];

/// Parts of the address of an author's page.
static AUTHOR_PATHS: &[&str] = &[
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/autori/",
    "/autores/",
    "/auteur/",
    "/auteurs/",
    "/by/",
    "/byline/",
    "/journalist/",
    "/journalists/",
    "/journaliste/",
    "/contributor/",
    "/contributors/",
    "/staff/",
    "/reporter/",
    "/people/",
    "/profile/",
    "/profiles/",
    "/redakteur/",
    "/columnist/",
    "/columnists/",
    "/correspondents/",
    "/skribent/",
    "/firma/",
    "/writers/",
];

/// Whether an element stands in a part of the page that is not about its article.
fn is_apart(node: &NodeRef<'_>, strictly: bool, around_headline: &[Around]) -> bool {
    let mut in_footer = false;
    let apart = node.ancestors_it(Some(MOST_AROUND)).any(|ancestor| {
        ancestor.element_ref().is_some_and(|element| {
            let name = element.name.local.as_ref();
            if name == "nav" || (strictly && name == "aside") {
                return true;
            }
            // The footer of an article says who wrote it; that of a page does not.
            in_footer = (in_footer || name == "footer") && name != "article";
            if name == "footer" {
                return false;
            }
            // A class of the whole page says nothing about its parts.
            if matches!(name, "body" | "html" | "main") {
                return false;
            }
            let around = around_headline.iter().find(|it| it.id == ancestor.id);
            ["class", "id"].iter().filter_map(|key| attribute(&element, key)).any(|value| {
                value
                    .split_whitespace()
                    .take(20)
                    .any(|class| class.split(['-', '_']).any(|word| is_apart_word(word, around)))
            })
        })
    });
    apart || in_footer
}

/// Whether a word of a class says that an element is apart from the article, or, around a headline, can. Windows that
/// open over a page have headings of their own; the first headline is hardly in one.
fn is_apart_word(word: &str, around_headline: Option<&Around>) -> bool {
    let is_in = |words: &[&str]| words.iter().any(|it| word.eq_ignore_ascii_case(it));
    is_in(APART)
        || around_headline.is_none() && is_in(BESIDE)
        || around_headline.is_none_or(|it| !it.is_first) && is_in(OVER)
}

/// The elements that a headline stands in; none if it is in the menu or beside the article.
fn around_headline(node: &NodeRef<'_>) -> Vec<NodeId> {
    let is_beside = |ancestor: &NodeRef<'_>| {
        let element = ancestor.element_ref();
        element.is_some_and(|it| matches!(it.name.local.as_ref(), "nav" | "aside"))
    };
    let ancestors: Vec<NodeRef<'_>> = node.ancestors_it(Some(MOST_AROUND)).collect();
    if ancestors.iter().any(is_beside) {
        return Vec::new();
    }
    let holds_text = |ancestor: &NodeRef<'_>| {
        let inner = ancestor.descendants_it().take(MOST_LOOKED_AT);
        let is_paragraph =
            |it: &NodeRef<'_>| it.element_ref().is_some_and(|element| &*element.name.local == "p");
        inner.filter(is_paragraph).nth(MOST_BESIDE).is_some()
    };
    // What does not hold a text is no page of its own, but a box with a heading; what is around one that does holds it.
    let innermost = ancestors.iter().position(holds_text).unwrap_or(ancestors.len());
    ancestors[innermost..].iter().map(|it| it.id).collect()
}

/// Whether an element belongs to a picture: captions are called titles and summaries too.
fn is_of_picture(node: &NodeRef<'_>) -> bool {
    let says = |node: &NodeRef<'_>| {
        node.element_ref().is_some_and(|element| {
            matches!(element.name.local.as_ref(), "figure" | "figcaption")
                || attribute(&element, "class").is_some_and(|class| {
                    class
                        .split([' ', '-', '_'])
                        .take(60)
                        .any(|word| PICTURES.iter().any(|it| word.eq_ignore_ascii_case(it)))
                })
        })
    };
    says(node)
        || node.ancestors_it(Some(4)).any(|ancestor| says(&ancestor))
        || node.descendants_it().take(40).any(|inner| says(&inner))
}

static PICTURES: &[&str] =
    &["caption", "imagecaption", "imageembed", "gallery", "slideshow", "credit", "video", "audio"];

/// Words in the class names of what stands beside an article.
static APART: &[&str] = &[
    "comment",
    "comments",
    "related",
    "recommended",
    "recommendations",
    "teaser",
    "teasers",
    "footer",
    "promo",
    "newsletter",
    "popular",
    "trending",
    "mostread",
    "respond",
    "commentlist",
    "disqus",
    "carousel",
    "relatedposts",
    "readmore",
];

/// What also names the whole of a page that has such a part, or stands behind one (`with-sidebar`).
static BESIDE: &[&str] = &["sidebar"];

/// The same of windows over a page.
static OVER: &[&str] = &["modal", "login", "dialog", "popup", "overlay", "cookie", "consent"];

/// The text of a node, if it is not longer than this.
fn text_up_to(node: &NodeRef<'_>, longest: usize) -> Option<String> {
    let mut text = String::new();
    for (count, inner) in node.descendants_it().enumerate() {
        if count > MOST_NODES {
            return None;
        }
        let within = inner.query_or(true, |it| {
            match &it.data {
                dom_query::NodeData::Text { contents } => text.push_str(contents),
                dom_query::NodeData::Element(element) => {
                    if !text.is_empty() && !INLINE.contains(&element.name.local.as_ref()) {
                        text.push(' ');
                    }
                }
                dom_query::NodeData::Document
                | dom_query::NodeData::Fragment
                | dom_query::NodeData::Doctype { .. }
                | dom_query::NodeData::Comment { .. }
                | dom_query::NodeData::ProcessingInstruction { .. } => {}
            }
            text.len() <= longest * 4
        });
        if !within {
            return None;
        }
    }
    Some(text)
}

static INLINE: &[&str] = &["b", "i", "em", "strong", "u", "mark", "sup", "sub", "wbr", "font"];
