//! What a source states -> the claim that wins: an order of origins a topic.

use std::borrow::Cow;

use crate::article::{Article, Claim, Topic};

use super::text;

/// The claims of one article, in the order they stood.
pub(super) struct Claims {
    all: Vec<Claim>,
}

/// Which origin is believed first, a row a topic. Origins that stand in no row come last, in the order
/// they stood. What the user states comes before everything.
static ORDERS: &[(Topic, &str)] = &[
    (
        Topic::Title,
        "set record json-ld headline headline-class microdata opengraph parsely dublin-core twitter \
         meta title-tag",
    ),
    (
        Topic::Deck,
        "set record standfirst json-ld microdata opengraph twitter dublin-core meta standfirst-apart",
    ),
    (
        Topic::Author,
        "set record json-ld citation microdata rel-author author-class meta parsely dublin-core \
         opengraph sailthru cxense author-link byline twitter-data page-top json-ld-page \
         json-ld-organization twitter",
    ),
    (Topic::Byline, "set record byline"),
    (
        Topic::Published,
        "set record json-ld microdata opengraph parsely meta dublin-core time json-ld-page \
         byline text json-ld-created microdata-created",
    ),
    (Topic::Updated, "set record json-ld microdata opengraph meta dublin-core time json-ld-page"),
    (Topic::Source, "set record opengraph json-ld microdata meta dublin-core"),
    (Topic::Section, "set record json-ld opengraph parsely meta microdata dublin-core"),
    (Topic::Language, "set record html-lang json-ld opengraph meta"),
    (Topic::Url, "set record canonical opengraph json-ld parsely meta"),
];

/// Names under which the user may state a value.
static SET_FIELDS: &[(&str, Topic)] = &[
    ("title", Topic::Title),
    ("headline", Topic::Title),
    ("deck", Topic::Deck),
    ("standfirst", Topic::Deck),
    ("author", Topic::Author),
    ("authors", Topic::Author),
    ("by", Topic::Author),
    ("byline", Topic::Byline),
    ("agency", Topic::Agency),
    ("dateline", Topic::Dateline),
    ("date", Topic::Published),
    ("published", Topic::Published),
    ("updated", Topic::Updated),
    ("source", Topic::Source),
    ("publication", Topic::Source),
    ("section", Topic::Section),
    ("category", Topic::Section),
    ("language", Topic::Language),
    ("lang", Topic::Language),
    ("url", Topic::Url),
];

impl Claims {
    /// All claims of a source, and what the user states.
    pub(super) fn new(mut all: Vec<Claim>, set: &[(String, String)]) -> Self {
        for (field, value) in set {
            let row = SET_FIELDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
            let known = row.is_some_and(|(_, topic)| {
                all.iter().any(|it| it.topic == *topic && it.from == "set" && it.value == *value)
            });
            if let Some((_, topic)) = row
                && !known
            {
                let from = Cow::Borrowed("set");
                all.push(Claim { topic: *topic, value: value.clone(), from });
            }
        }
        Self { all }
    }

    /// The claims about a topic, the most trusted first; blank ones are left out.
    pub(super) fn ranked(&self, topic: Topic) -> Vec<&Claim> {
        let mut found: Vec<&Claim> = self
            .all
            .iter()
            .filter(|claim| claim.topic == topic && !claim.value.trim().is_empty())
            .collect();
        if found.len() > 1 {
            found.sort_by_key(|claim| rank(claim));
        }
        found
    }

    /// The most trusted claim about a topic.
    pub(super) fn first(&self, topic: Topic) -> Option<&Claim> {
        let found = self.all.iter().filter(|it| it.topic == topic && !it.value.trim().is_empty());
        found.min_by_key(|claim| rank(claim))
    }

    /// Whether the source states anything about a topic.
    pub(super) fn any(&self, topic: Topic) -> bool {
        self.all.iter().any(|claim| claim.topic == topic && !claim.value.trim().is_empty())
    }

    /// The most trusted value, its white space made uniform; its origin is noted under `field`.
    pub(super) fn take(&self, topic: Topic, field: &str, article: &mut Article) -> Option<String> {
        let claim = self.first(topic)?;
        let value = text::one_line(&claim.value);
        (!value.is_empty()).then(|| {
            note(article, field, &claim.from);
            value
        })
    }
}

/// Notes where the value of a field came from.
pub(super) fn note(article: &mut Article, field: &str, from: &str) {
    article.provenance.insert(field.to_owned(), from.to_owned());
}

fn rank(claim: &Claim) -> usize {
    let row = ORDERS.iter().find(|(topic, _)| *topic == claim.topic);
    let order = row.map_or("set record", |(_, order)| order);
    order.split(' ').position(|from| *from == claim.from).unwrap_or(usize::MAX)
}
