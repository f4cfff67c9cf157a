//! The names under which newsrooms, feeds and scrapers keep what we look for.

use super::super::claims::Target;
use crate::article::Topic;

/// What is looked for, and the keys it goes by, the best first; written without `_`, `-` and case.
pub(super) static NAMES: &[(Target, &[&str])] = &[
    (Target::Claim(Topic::Id), &["id", "docno", "docid", "uid", "uuid", "guid", "articleid"]),
    (Target::Claim(Topic::Title), &["title", "headline", "articletitle"]),
    (
        Target::Claim(Topic::Deck),
        &[
            "deck",
            "dek",
            "description",
            "standfirst",
            "summary",
            "subtitle",
            "subheadline",
            "lead",
            "excerpt",
            "abstract",
            "trailtext",
        ],
    ),
    (
        Target::Claim(Topic::Author),
        &[
            "author",
            "authors",
            "byline",
            "creator",
            "writer",
            "writers",
            "reporter",
            "dccreator",
            "contributors",
        ],
    ),
    (Target::Claim(Topic::Agency), &["agency", "newsagency", "wire"]),
    (Target::Claim(Topic::Dateline), &["dateline"]),
    (
        Target::Claim(Topic::Published),
        &[
            "date",
            "published",
            "publishedat",
            "datepublish",
            "datepublished",
            "publishingdate",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "webpublicationdate",
            "firstpublished",
            "pubdate",
            "pubtime",
            "publishtime",
            "pub",
            "created",
            "createdat",
            "issued",
            "timestamp",
            "time",
            "day",
        ],
    ),
    (
        Target::Claim(Topic::Updated),
        &[
            "updated",
            "updatedat",
            "modified",
            "modifiedat",
            "datemodify",
            "datemodified",
            "lastmodified",
            "lastupdated",
            "modifieddate",
            "updateddate",
        ],
    ),
    (
        Target::Claim(Topic::Source),
        &[
            "source",
            "sourcename",
            "sourcedomain",
            "publication",
            "publisher",
            "newspaper",
            "outlet",
            "sitename",
            "domain",
            "site",
        ],
    ),
    (
        Target::Claim(Topic::Section),
        &["section", "category", "categories", "sectionname", "rubric", "desk"],
    ),
    (Target::Claim(Topic::Language), &["language", "lang", "languagecode"]),
    (
        Target::Claim(Topic::Url),
        &["url", "link", "weburl", "canonicalurl", "permalink", "canonical", "sourceurl"],
    ),
    (Target::Claim(Topic::Person), &["people", "persons", "person"]),
    (
        Target::Claim(Topic::Organization),
        &["organizations", "organisations", "orgs", "organization"],
    ),
    (Target::Claim(Topic::Place), &["places", "locations", "place", "location"]),
    (
        Target::Text,
        &[
            "body",
            "text",
            "content",
            "maintext",
            "articlebody",
            "fulltext",
            "bodytext",
            "articletext",
            "paragraphs",
            "story",
            "contenthtml",
            "bodyhtml",
            "html",
            "contenttext",
        ],
    ),
];

/// Keys whose object holds the article, when the record around it says nothing itself.
pub(super) static WRAPPERS: &[&str] =
    &["_source", "article", "item", "document", "doc", "fields", "data", "story", "record"];

/// Keys by which an object states its value, the best first.
pub(super) static VALUES: &[&str] = &[
    "name",
    "title",
    "main",
    "rendered",
    "original",
    "value",
    "@value",
    "text",
    "$oid",
    "$date",
    "full_name",
    "display_name",
    "fullname",
    "displayname",
    "label",
    "url",
    "href",
    "at",
];
