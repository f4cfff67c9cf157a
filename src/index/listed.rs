//! A stored article as far as lists of hits and of occurrences show it: of an article with names, that is half of what is
//! stored beside its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::{IndexError, damaged_store};
use crate::article::{Article, Corrected, Definition, Entity, Place, Published};

/// The article of a text that was stored, without what no list shows: the forms of its names, its definitions, problems
/// and corrections, its format, and where its values are from, but for the date.
pub(crate) fn read_listed(stored: &str) -> Result<Article, IndexError> {
    let mut json = serde_json::Deserializer::from_str(stored);
    let read = Listed::deserialize(&mut json).and_then(|article| json.end().map(|()| article));
    read.map_err(|error| damaged_store(&error.to_string()))
}

/// Has to name every field of an article, or does not compile.
#[derive(Deserialize)]
#[serde(remote = "Article")]
struct Listed {
    id: String,
    place: Place,
    #[serde(skip)]
    format: String,
    source_id: Option<String>,
    title: Option<String>,
    deck: Option<String>,
    body: String,
    #[serde(default)]
    other: String,
    byline: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    agency: Option<String>,
    dateline: Option<String>,
    dateline_text: Option<String>,
    published: Option<Published>,
    published_partial: Option<String>,
    #[serde(default)]
    published_candidates: Vec<String>,
    updated: Option<String>,
    source: Option<String>,
    section: Option<String>,
    language: Option<String>,
    url: Option<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    organizations: Vec<String>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(skip)]
    entities: Vec<Entity>,
    #[serde(skip)]
    definitions: Vec<Definition>,
    #[serde(default, deserialize_with = "of_date")]
    provenance: BTreeMap<String, String>,
    #[serde(skip)]
    problems: Vec<String>,
    content_hash: String,
    #[serde(skip)]
    corrected: Vec<Corrected>,
}

/// Of where values are from, where the date is from.
fn of_date<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    #[derive(Deserialize)]
    struct OfDate {
        published: Option<String>,
    }
    let OfDate { published } = OfDate::deserialize(from)?;
    Ok(published.map(|from| ("published".to_owned(), from)).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{EntityKind, Spot};

    #[test]
    fn nothing_but_what_no_list_shows_is_left_out() {
        let some = |value: &str| Some(value.to_owned());
        let list = |value: &str| vec![value.to_owned()];
        let from = |field: &str| (field.to_owned(), "byline".to_owned());
        let whole = Article {
            id: "1".to_owned(),
            place: Place { path: "a".to_owned(), inside: some("b"), record: 3 },
            format: "plain".to_owned(),
            source_id: some("7"),
            title: some("A \"title\"\n"),
            deck: some("Deck"),
            body: "Body".to_owned(),
            other: "Other".to_owned(),
            byline: some("By Ann Lee"),
            authors: list("Ann Lee"),
            agency: some("Reuters"),
            dateline: some("MINSK"),
            dateline_text: some("MINSK, May 3"),
            published: Some(Published {
                date: "2020-05-03".to_owned(),
                at: some("2020-05-03T10:00Z"),
            }),
            published_partial: some("--05-03"),
            published_candidates: list("2020-05-03"),
            updated: some("2020-05-04"),
            source: some("The Paper"),
            section: some("World"),
            language: some("en"),
            url: some("https://example.org/a"),
            people: list("Ann Lee"),
            organizations: list("CSTO"),
            places: list("Minsk"),
            entities: vec![Entity {
                kind: EntityKind::Place,
                name: "Minsk".to_owned(),
                forms: Vec::new(),
                count: 1,
                first: Some(Spot { field: "body".into(), start: 0 }),
                from: "text".to_owned(),
                country: some("BY"),
            }],
            definitions: vec![Definition { short: "A".to_owned(), long: "Ant".to_owned() }],
            provenance: [from("published"), from("title")].into(),
            problems: list("a problem"),
            content_hash: "00".to_owned(),
            corrected: vec![Corrected {
                field: "title".to_owned(),
                to: list("Title"),
                before: None,
                before_from: None,
            }],
        };
        let listed = read_listed(&serde_json::to_string(&whole).unwrap()).unwrap();
        let expected = Article {
            format: String::new(),
            entities: Vec::new(),
            definitions: Vec::new(),
            provenance: [from("published")].into(),
            problems: Vec::new(),
            corrected: Vec::new(),
            ..whole
        };
        assert_eq!(listed, expected);
        let bare = Article::default();
        assert_eq!(read_listed(&serde_json::to_string(&bare).unwrap()).unwrap(), bare);
        assert!(read_listed("{}").is_err() && read_listed("").is_err());
    }
}
