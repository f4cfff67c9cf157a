//! Claims -> publication, section, address and the subjects a source names.

use crate::article::{Article, Topic};

use super::claims::{Claims, note};
use super::text;

/// Fills in source, section and address.
pub(super) fn read(claims: &Claims, article: &mut Article) {
    let address = claims.ranked(Topic::Url).into_iter().find(|claim| is_web(claim.value.trim()));
    if let Some(claim) = address {
        article.url = Some(claim.value.trim().to_owned());
        note(article, "url", &claim.from);
    }
    article.section = claims.take(Topic::Section, "section", article);
    article.source = claims.take(Topic::Source, "source", article);
    if article.source.is_none()
        && let Some(host) = article.url.as_deref().and_then(host)
    {
        article.source = Some(host.to_owned());
        note(article, "source", "url");
    }
    article.agency = claims.take(Topic::Agency, "agency", article);
}

/// Fills in the people, organizations and places the source names as its subjects.
pub(super) fn read_subjects(claims: &Claims, article: &mut Article) {
    article.people = subjects(claims, Topic::Person, "people", article);
    article.organizations = subjects(claims, Topic::Organization, "organizations", article);
    article.places = subjects(claims, Topic::Place, "places", article);
}

fn subjects(claims: &Claims, topic: Topic, field: &str, article: &mut Article) -> Vec<String> {
    if !claims.any(topic) {
        return Vec::new();
    }
    let mut values: Vec<String> = Vec::new();
    for claim in claims.ranked(topic) {
        let value = text::one_line(&claim.value);
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
            if values.len() == 1 {
                note(article, field, &claim.from);
            }
        }
    }
    values
}

pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("https://"))
        || url.get(..7).is_some_and(|it| it.eq_ignore_ascii_case("http://"));
    scheme && host(url).is_some()
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
