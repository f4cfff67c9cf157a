//! `<meta>`, `<link>`, `<title>`, `<html lang>` -> claims.

use dom_query::{Element, NodeRef};

use super::super::claims;
use crate::article::{RawArticle, Topic};

/// The value of an attribute.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|it| &*it.name.local == name).map(|it| it.value.as_ref())
}

/// What a `<meta>` states.
pub(super) fn meta(element: &Element, article: &mut RawArticle) {
    let Some(content) = attribute(element, "content").filter(|it| !it.trim().is_empty()) else {
        return;
    };
    for key in ["property", "name", "itemprop", "http-equiv"] {
        let Some(names) = attribute(element, key) else { continue };
        for name in names.split_whitespace().take(4) {
            let name = name.to_lowercase();
            if let Some((_, topic, from)) = META.iter().find(|row| row.0 == name) {
                // Profiles are named by their address; that is no name.
                let is_address = *topic != Topic::Url && content.trim_start().starts_with("http");
                if !is_address {
                    claims::add(article, *topic, content, *from);
                }
            }
        }
    }
}

/// What a `<link>` states.
pub(super) fn link(element: &Element, article: &mut RawArticle) {
    let (Some(rel), Some(href)) = (attribute(element, "rel"), attribute(element, "href")) else {
        return;
    };
    if rel.eq_ignore_ascii_case("canonical") {
        claims::add(article, Topic::Url, href, "canonical");
    }
}

/// What the `<title>` states; drawings have titles too, which are none.
pub(super) fn title(node: &NodeRef<'_>, article: &mut RawArticle) {
    if node.parent().is_none_or(|parent| parent.has_name("head") || parent.has_name("body")) {
        claims::add(article, Topic::Title, &node.text(), "title-tag");
    }
}

/// The language of the whole page.
pub(super) fn html(element: &Element, article: &mut RawArticle) {
    if let Some(lang) = attribute(element, "lang").or_else(|| attribute(element, "xml:lang")) {
        claims::add(article, Topic::Language, lang, "html-lang");
    }
}

/// The charset that the first bytes of a page declare.
pub(super) fn declared_charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml")
        && let Some(rest) = declaration.split("?>").next()
        && let Some((_, name)) = rest.split_once("encoding=")
    {
        return Some(name.trim_matches(['"', '\'']).split(['"', '\'', ' ']).next()?.to_owned());
    }
    head.split("<meta").skip(1).find_map(|rest| {
        let tag = rest.split('>').next()?;
        let (_, name) = tag.split_once("charset")?;
        let name = name.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let name = name.split(['"', '\'', ' ', ';', '/']).next()?;
        (!name.is_empty()).then(|| name.to_owned())
    })
}

/// A name of a `<meta>`, what it states, and where that is said to come from.
static META: &[(&str, Topic, &str)] = &[
    ("og:title", Topic::Title, "opengraph"),
    ("og:description", Topic::Deck, "opengraph"),
    ("og:site_name", Topic::Source, "opengraph"),
    ("og:url", Topic::Url, "opengraph"),
    ("og:locale", Topic::Language, "opengraph"),
    ("og:updated_time", Topic::Updated, "opengraph"),
    ("og:pubdate", Topic::Published, "opengraph"),
    ("og:published_time", Topic::Published, "opengraph"),
    ("og:article:published_time", Topic::Published, "opengraph"),
    ("og:article:modified_time", Topic::Updated, "opengraph"),
    ("og:article:author", Topic::Author, "opengraph"),
    ("og:article:section", Topic::Section, "opengraph"),
    ("article:published_time", Topic::Published, "opengraph"),
    ("article:published", Topic::Published, "opengraph"),
    ("article:modified_time", Topic::Updated, "opengraph"),
    ("article:modified", Topic::Updated, "opengraph"),
    ("article:author", Topic::Author, "opengraph"),
    ("article:author_name", Topic::Author, "opengraph"),
    ("article:section", Topic::Section, "opengraph"),
    ("twitter:title", Topic::Title, "twitter"),
    ("twitter:description", Topic::Deck, "twitter"),
    // Systems for blogs pair `Written by` with the name; the second label is the time that reading takes.
    ("twitter:data1", Topic::Author, "twitter-data"),
    ("dc.title", Topic::Title, "dublin-core"),
    ("dc.creator", Topic::Author, "dublin-core"),
    ("dc.contributor", Topic::Author, "dublin-core"),
    ("dc.date", Topic::Published, "dublin-core"),
    ("dc.date.issued", Topic::Published, "dublin-core"),
    ("dc.date.created", Topic::Published, "dublin-core"),
    ("dc.date.published", Topic::Published, "dublin-core"),
    ("dc.date.modified", Topic::Updated, "dublin-core"),
    ("dc.description", Topic::Deck, "dublin-core"),
    ("dc.publisher", Topic::Source, "dublin-core"),
    ("dc.source", Topic::Source, "dublin-core"),
    ("dc.language", Topic::Language, "dublin-core"),
    ("dc.subject", Topic::Section, "dublin-core"),
    ("dc:title", Topic::Title, "dublin-core"),
    ("dc:creator", Topic::Author, "dublin-core"),
    ("dc:date", Topic::Published, "dublin-core"),
    ("dcterms.title", Topic::Title, "dublin-core"),
    ("dcterms.creator", Topic::Author, "dublin-core"),
    ("dcterms.created", Topic::Published, "dublin-core"),
    ("dcterms.issued", Topic::Published, "dublin-core"),
    ("dcterms.date", Topic::Published, "dublin-core"),
    ("dcterms.modified", Topic::Updated, "dublin-core"),
    ("dcterms.abstract", Topic::Deck, "dublin-core"),
    ("dcterms.publisher", Topic::Source, "dublin-core"),
    ("dcterms.language", Topic::Language, "dublin-core"),
    ("parsely-title", Topic::Title, "parsely"),
    ("parsely-author", Topic::Author, "parsely"),
    ("parsely-pub-date", Topic::Published, "parsely"),
    ("parsely-section", Topic::Section, "parsely"),
    ("parsely-link", Topic::Url, "parsely"),
    ("sailthru.title", Topic::Title, "sailthru"),
    ("sailthru.author", Topic::Author, "sailthru"),
    ("sailthru.date", Topic::Published, "sailthru"),
    ("sailthru.description", Topic::Deck, "sailthru"),
    ("cxenseparse:author", Topic::Author, "cxense"),
    ("cxenseparse:recs:publishtime", Topic::Published, "cxense"),
    ("cxenseparse:title", Topic::Title, "cxense"),
    ("citation_title", Topic::Title, "citation"),
    ("citation_author", Topic::Author, "citation"),
    ("citation_publication_date", Topic::Published, "citation"),
    ("citation_date", Topic::Published, "citation"),
    ("citation_online_date", Topic::Published, "citation"),
    ("citation_journal_title", Topic::Source, "citation"),
    ("bt:author", Topic::Author, "meta"),
    ("bt:pubdate", Topic::Published, "meta"),
    ("bt:moddate", Topic::Updated, "meta"),
    ("author", Topic::Author, "meta"),
    ("authors", Topic::Author, "meta"),
    ("byl", Topic::Byline, "meta"),
    ("byline", Topic::Byline, "meta"),
    ("creator", Topic::Author, "meta"),
    ("article.author", Topic::Author, "meta"),
    ("article-author", Topic::Author, "meta"),
    ("shareaholic:article_author_name", Topic::Author, "meta"),
    ("title", Topic::Title, "meta"),
    ("headline", Topic::Title, "meta"),
    ("hdl", Topic::Title, "meta"),
    ("description", Topic::Deck, "meta"),
    ("date", Topic::Published, "meta"),
    ("pubdate", Topic::Published, "meta"),
    ("pdate", Topic::Published, "meta"),
    ("ptime", Topic::Published, "meta"),
    ("pub_date", Topic::Published, "meta"),
    ("publishdate", Topic::Published, "meta"),
    ("publish-date", Topic::Published, "meta"),
    ("publish_date", Topic::Published, "meta"),
    ("publish_time", Topic::Published, "meta"),
    ("published", Topic::Published, "meta"),
    ("published-date", Topic::Published, "meta"),
    ("published_date", Topic::Published, "meta"),
    ("published_time", Topic::Published, "meta"),
    ("publication-date", Topic::Published, "meta"),
    ("publication_date", Topic::Published, "meta"),
    ("article.published", Topic::Published, "meta"),
    ("article_date_original", Topic::Published, "meta"),
    ("originalpublicationdate", Topic::Published, "meta"),
    ("article.created", Topic::Published, "meta"),
    ("creation_date", Topic::Published, "meta"),
    ("created", Topic::Published, "meta"),
    ("displaydate", Topic::Published, "meta"),
    ("dat", Topic::Published, "meta"),
    ("shareaholic:article_published_time", Topic::Published, "meta"),
    ("last-modified", Topic::Updated, "meta"),
    ("last_modified", Topic::Updated, "meta"),
    ("lastmod", Topic::Updated, "meta"),
    ("modified", Topic::Updated, "meta"),
    ("modified_time", Topic::Updated, "meta"),
    ("article.updated", Topic::Updated, "meta"),
    ("revised", Topic::Updated, "meta"),
    ("utime", Topic::Updated, "meta"),
    ("application-name", Topic::Source, "meta"),
    ("publisher", Topic::Source, "meta"),
    ("source", Topic::Source, "meta"),
    ("cre", Topic::Source, "meta"),
    ("section", Topic::Section, "meta"),
    ("category", Topic::Section, "meta"),
    ("language", Topic::Language, "meta"),
    ("content-language", Topic::Language, "meta"),
    ("datepublished", Topic::Published, "microdata"),
    ("datecreated", Topic::Published, "microdata-created"),
    ("datemodified", Topic::Updated, "microdata"),
    ("inlanguage", Topic::Language, "microdata"),
    ("articlesection", Topic::Section, "microdata"),
];
