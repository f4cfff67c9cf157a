//! What the ingester made of a file, article or not, to the line that `extract` prints.

use std::collections::BTreeMap;

use serde::Serialize;

use super::article_facts::published_precision;
use super::json::{SCHEMA, to_line};
use crate::article::{Article, Corrected, Definition, Entity, EntityForm, EntityKind, Place, Spot};

/// The JSON of an article on one line, without the line's end.
pub fn extract_line(article: &Article) -> String {
    // Plain strings and numbers always have a JSON form.
    to_line(&ExtractLine::new(article)).unwrap_or_default()
}

/// The JSON of a file or record that gave no article, and why.
pub fn skipped_line(place: &Place, reason: &str) -> String {
    to_line(&SkippedLine::new(place, reason)).unwrap_or_default()
}

/// An article as the ingester made it.
#[derive(Debug, Serialize)]
pub struct ExtractLine<'a> {
    schema: u32,
    path: &'a str,
    inside: Option<&'a str>,
    record: u32,
    format: &'a str,
    id: &'a str,
    source_id: Option<&'a str>,
    title: Option<&'a str>,
    deck: Option<&'a str>,
    authors: &'a [String],
    agency: Option<&'a str>,
    published: Option<&'a str>,
    published_precision: Option<&'static str>,
    published_at: Option<&'a str>,
    published_partial: Option<&'a str>,
    published_candidates: &'a [String],
    updated: Option<&'a str>,
    dateline: Option<&'a str>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    body: &'a str,
    other: &'a str,
    people: &'a [String],
    organizations: &'a [String],
    places: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entities: Vec<EntityShown<'a>>,
    #[serde(skip_serializing_if = "<[Definition]>::is_empty")]
    definitions: &'a [Definition],
    provenance: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    corrected: BTreeMap<&'a str, Before<'a>>,
    problems: &'a [String],
}

/// What was found for a field that a person corrected.
#[derive(Debug, Serialize)]
pub struct Before<'a> {
    before: Option<&'a str>,
    from: Option<&'a str>,
}

impl<'a> Before<'a> {
    fn new(corrected: &'a Corrected) -> Self {
        let (before, from) = (corrected.before.as_deref(), corrected.before_from.as_deref());
        Self { before, from }
    }
}

impl<'a> ExtractLine<'a> {
    /// The promised form of `article`.
    pub fn new(article: &'a Article) -> Self {
        Self {
            schema: SCHEMA,
            path: &article.place.path,
            inside: article.place.inside.as_deref(),
            record: article.place.record,
            format: &article.format,
            id: &article.id,
            source_id: article.source_id.as_deref(),
            title: article.title.as_deref(),
            deck: article.deck.as_deref(),
            authors: &article.authors,
            agency: article.agency.as_deref(),
            published: article.published.as_ref().map(|it| it.date.as_str()),
            published_precision: published_precision(article),
            published_at: article.published.as_ref().and_then(|it| it.at.as_deref()),
            published_partial: article.published_partial.as_deref(),
            published_candidates: &article.published_candidates,
            updated: article.updated.as_deref(),
            dateline: article.dateline.as_deref(),
            source: article.source.as_deref(),
            section: article.section.as_deref(),
            language: article.language.as_deref(),
            url: article.url.as_deref(),
            body: &article.body,
            other: &article.other,
            people: &article.people,
            organizations: &article.organizations,
            places: &article.places,
            entities: article.entities.iter().map(EntityShown::new).collect(),
            definitions: &article.definitions,
            provenance: &article.provenance,
            corrected: article
                .corrected
                .iter()
                .map(|it| (it.field.as_str(), Before::new(it)))
                .collect(),
            problems: &article.problems,
        }
    }
}

/// A person, an organization or a place of an article, with its forms.
#[derive(Debug, Serialize)]
pub struct EntityShown<'a> {
    kind: EntityKind,
    name: &'a str,
    count: u32,
    forms: Vec<FormShown<'a>>,
    first: Option<&'a Spot>,
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
}

/// Another form of a name.
#[derive(Debug, Serialize)]
pub struct FormShown<'a> {
    text: &'a str,
    count: u32,
    inferred: bool,
}

impl<'a> EntityShown<'a> {
    fn new(entity: &'a Entity) -> Self {
        let form = |it: &'a EntityForm| FormShown {
            text: &it.text,
            count: it.count,
            inferred: it.inferred,
        };
        Self {
            kind: entity.kind,
            name: &entity.name,
            count: entity.count,
            forms: entity.forms.iter().map(form).collect(),
            first: entity.first.as_ref(),
            from: &entity.from,
            country: entity.country.as_deref(),
        }
    }
}

/// A file or record that gave no article.
#[derive(Debug, Serialize)]
pub struct SkippedLine<'a> {
    schema: u32,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<&'a str>,
    record: u32,
    skipped: &'a str,
}

impl<'a> SkippedLine<'a> {
    /// The promised form of a file or record without an article.
    pub fn new(place: &'a Place, reason: &'a str) -> Self {
        Self {
            schema: SCHEMA,
            path: &place.path,
            inside: place.inside.as_deref(),
            record: place.record,
            skipped: reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::hits;

    #[test]
    fn the_promised_keys() {
        insta::assert_snapshot!(extract_line(&hits()[0].article), @r#"{"schema":1,"path":"pravda/sochi.txt","inside":null,"record":0,"format":"plain","id":"3f9a2c1b77e0","source_id":null,"title":"Presidents of the CSTO meet as best friends by the sea","deck":"Twenty years of friendship","authors":["Dmitry Sudakov","Ada \"Ace\" Lovelace"],"agency":null,"published":"2020-09-14","published_precision":"day","published_at":null,"published_partial":null,"published_candidates":[],"updated":null,"dateline":null,"source":"Pravda","section":null,"language":"en","url":null,"body":"It began at noon. The CSTO has obligations to all of its members, and everybody in the hall knew what obligations those were. Then it rained.","other":"","people":[],"organizations":[],"places":[],"provenance":{"published":"inferred"},"problems":[]}"#);
        insta::assert_snapshot!(extract_line(&Article::default()), @r#"{"schema":1,"path":"","inside":null,"record":0,"format":"","id":"","source_id":null,"title":null,"deck":null,"authors":[],"agency":null,"published":null,"published_precision":null,"published_at":null,"published_partial":null,"published_candidates":[],"updated":null,"dateline":null,"source":null,"section":null,"language":null,"url":null,"body":"","other":"","people":[],"organizations":[],"places":[],"provenance":{},"problems":[]}"#);
        let place = Place { path: "a.zip".into(), inside: Some("b/\u{1b}".into()), record: 3 };
        insta::assert_snapshot!(skipped_line(&place, "no text in it"), @r#"{"schema":1,"path":"a.zip","inside":"b/\u001b","record":3,"skipped":"no text in it"}"#);
    }
}
