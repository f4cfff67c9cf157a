//! [`RawArticle`] -> the article, and for every field all that was found for it, what won and by which rule.

use super::{Options, normalize};
use crate::article::{Article, Candidate, Claim, Explained, ExplainedField, RawArticle, Topic};
use crate::date::{Found, find_dates};

use super::corrections::CORRECTION;
use super::text::{letters, one_line};

/// More candidates of a field are not shown.
const MOST: usize = 40;

/// Normalizes an article and keeps what it was chosen from.
pub fn explain(raw: RawArticle, options: &Options) -> Explained {
    let claims = super::claims::Claims::new(raw.claims.clone(), &options.set);
    let article = normalize(raw, options);
    let fields = FIELDS
        .iter()
        .filter_map(|(field, topics, rule)| {
            let found: Vec<&Claim> =
                topics.iter().flat_map(|topic| claims.ranked(*topic)).collect();
            let value = value(&article, field);
            let said = article.corrected.iter().find(|it| it.field == *field);
            if found.is_empty() && value.is_none() && said.is_none() {
                return None;
            }
            let mut candidates: Vec<Candidate> = Vec::new();
            if let Some(said) = said {
                let to = said.to.join(", ");
                let value = if to.is_empty() { "not known".to_owned() } else { to };
                candidates.push(Candidate { value, from: CORRECTION.to_owned(), agrees: true });
            }
            let rule = if said.is_some() { &SAID } else { rule };
            for claim in found {
                let text = one_line(&claim.value);
                // Lines near the headline are looked at, but few of them are about anybody.
                let agrees = value.as_deref().is_some_and(|it| agrees(field, &text, it, &article));
                let known = candidates.iter().any(|it| it.from == claim.from && it.value == text);
                if !known && (agrees || claim.from != super::signers::LINE_OF_PAGE) {
                    candidates.push(Candidate {
                        value: text,
                        from: claim.from.to_string(),
                        agrees,
                    });
                }
            }
            candidates.truncate(MOST);
            let from = article.provenance.get(*field).cloned();
            Some(ExplainedField { field, value, from, rule, candidates })
        })
        .collect();
    Explained { article, fields }
}

/// The rule of a field that was corrected.
static SAID: &str = "what a person said in `corrections.jsonl`, before all that is found";

/// The fields, what is claimed of each, and how it is chosen.
static FIELDS: &[(&str, &[Topic], &str)] = &[
    (
        "title",
        &[Topic::Title],
        "what most places say, weighed by place: the headline and JSON-LD first, the title tag last; without the site's name",
    ),
    (
        "deck",
        &[Topic::Deck],
        "the standfirst between headline and text; else the description that most places agree on",
    ),
    (
        "authors",
        &[Topic::Author, Topic::Byline],
        "people: JSON-LD, then other metadata, then the first byline on the page; agencies beside them; else the agency, desk or publisher",
    ),
    (
        "agency",
        &[Topic::Agency],
        "the news agency that a byline, a dateline or the end of the text names",
    ),
    (
        "published",
        &[Topic::Published],
        "the day that metadata and the page agree on, in the zone the source wrote; never after today",
    ),
    ("updated", &[Topic::Updated], "the last change that the source states"),
    ("dateline", &[Topic::Dateline], "the place before the first sentence"),
    ("source", &[Topic::Source], "the first place that names it; else the host of the address"),
    ("section", &[Topic::Section], "the first place that names it"),
    (
        "language",
        &[Topic::Language],
        "the language of the text where it is long enough to tell; else as stated",
    ),
    ("url", &[Topic::Url], "the canonical address; else the first that is stated"),
];

fn value(article: &Article, field: &str) -> Option<String> {
    match field {
        "title" => article.title.clone(),
        "deck" => article.deck.clone(),
        "authors" => Some(article.authors.join(", ")).filter(|it| !it.is_empty()),
        "agency" => article.agency.clone(),
        "published" => article
            .published
            .as_ref()
            .map(|it| it.date.clone())
            .or_else(|| article.published_partial.clone()),
        "updated" => article.updated.clone(),
        "dateline" => article.dateline.clone(),
        "source" => article.source.clone(),
        "section" => article.section.clone(),
        "language" => article.language.clone(),
        "url" => article.url.clone(),
        _ => None,
    }
}

/// The day of a date that is written in full.
fn written(found: &Found) -> Option<String> {
    Some(format!("{:04}-{:02}-{:02}", found.year?, found.month, found.day?))
}

/// Whether a candidate says the value, in its own words.
fn agrees(field: &str, candidate: &str, value: &str, article: &Article) -> bool {
    let letters_of = letters(candidate);
    match field {
        "authors" => article.authors.iter().any(|it| letters_of.contains(&letters(it))),
        "published" | "updated" => {
            let day = value.get(..10).unwrap_or(value);
            candidate.starts_with(day)
                || find_dates(candidate, article.language.as_deref())
                    .iter()
                    .any(|found| written(found).is_some_and(|it| it == day))
        }
        "language" => candidate.get(..value.len()).is_some_and(|it| it.eq_ignore_ascii_case(value)),
        "title" => {
            let value = letters(value);
            letters_of == value || letters_of.contains(&value)
        }
        _ => letters_of == letters(value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::options;
    use super::explain;
    use crate::article::{RawArticle, Topic};

    #[test]
    fn what_was_found_what_won_and_why() {
        let mut raw = RawArticle { format: "html".into(), ..RawArticle::default() };
        raw.text = "The ferry has nobody left to carry, said the mayor on Monday.".to_owned();
        raw.claim(Topic::Title, "The bridge stands", "headline");
        raw.claim(Topic::Title, "The bridge stands - The Lantern", "title-tag");
        raw.claim(Topic::Title, "All about bridges", "twitter");
        raw.claim(Topic::Author, "Ann Lee", "json-ld");
        raw.claim(Topic::Author, "Cy Poe", "author-link");
        raw.claim(Topic::Byline, "Weather and tides", "page-top");
        raw.claim(Topic::Published, "14 September 2020", "time");
        let explained = explain(raw, &options(2026));
        let field = |name: &str| explained.fields.iter().find(|it| it.field == name).unwrap();
        let said = |name: &str| {
            let all = field(name).candidates.iter();
            all.map(|it| (it.from.as_str(), it.agrees)).collect::<Vec<_>>()
        };
        let title = [("headline", true), ("twitter", false), ("title-tag", true)];
        assert_eq!(said("title"), title);
        assert_eq!(said("authors"), [("json-ld", true), ("author-link", false)]);
        assert_eq!(said("published"), [("time", true)]);
        assert_eq!(field("published").value.as_deref(), Some("2020-09-14"));
        assert_eq!(field("authors").from.as_deref(), Some("json-ld"));
        assert!(explained.fields.iter().all(|it| it.field != "deck"));
    }
}
