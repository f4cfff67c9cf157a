//! What an article is, before and after normalization: plain data, no behaviour to speak of.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where an article was found: a file, a place inside it when it is a container, and a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file, as it is shown to people; relative to the root it was found under.
    pub path: String,
    /// The way through containers (`a.zip` holds `b/c.txt`: `b/c.txt`).
    pub inside: Option<String>,
    /// Which record of the file, counted from 0.
    pub record: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(inside) = &self.inside {
            write!(f, "!{inside}")?;
        }
        if self.record > 0 {
            write!(f, "#{}", self.record)?;
        }
        Ok(())
    }
}

/// What a claim in a source is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The source's own identifier of the article.
    Id,
    /// Headline.
    Title,
    /// Standfirst.
    Deck,
    /// One author's name.
    Author,
    /// A whole byline as it stands, names not yet told apart.
    Byline,
    /// A news agency.
    Agency,
    /// City and date before the first sentence.
    Dateline,
    /// When it was published.
    Published,
    /// When it was changed last.
    Updated,
    /// The publication it appeared in.
    Source,
    /// Section or category.
    Section,
    /// Language code.
    Language,
    /// Address on the web.
    Url,
    /// A person the source names as a subject.
    Person,
    /// An organization the source names as a subject.
    Organization,
    /// A place the source names as a subject.
    Place,
}

/// One value that a source states, and where it states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub topic: Topic,
    /// The value as found.
    pub value: String,
    /// Where it stood: `record`, `json-ld`, `meta`, `opengraph`, `headline`, ...
    pub from: Cow<'static, str>,
}

/// An article as a reader found it: claims in the order they stood, and text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawArticle {
    /// Where it was found.
    pub place: Place,
    /// The format that was read.
    pub format: Cow<'static, str>,
    /// All that the source states about the article.
    pub claims: Vec<Claim>,
    /// The text; paragraphs are separated by a blank line.
    pub text: String,
    /// Whether title, byline and dateline have to be looked for in the text itself, because the format
    /// has no fields for them (plain text).
    pub text_holds_all: bool,
    /// What the reader noticed (a charset that was guessed, a page that was flattened, ...).
    pub problems: Vec<String>,
}

impl RawArticle {
    /// Adds a claim, unless the value is blank.
    pub fn claim(
        &mut self,
        topic: Topic,
        value: impl Into<String>,
        from: impl Into<Cow<'static, str>>,
    ) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.claims.push(Claim { topic, value, from: from.into() });
        }
    }
}

/// When an article was published, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// `2020`, `2020-09` or `2020-09-14`: the calendar day in the zone the source wrote.
    pub date: String,
    /// With a time: RFC 3339, the zone as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization: company, party, ministry, team, newspaper.
    Organization,
    /// A place: country, city, river, building.
    Place,
}

/// A person, an organization or a place of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the article.
    pub name: String,
    /// The other forms the article has for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<EntityForm>,
    /// How often it is named, in any form; 0 if the source names it and the text does not.
    pub count: u32,
    /// Where it is named first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Spot>,
    /// How it is known: `text`, or where the source states it.
    pub from: String,
    /// Of a place whose name tells it: the code of its country (`BY`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// One form of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityForm {
    /// As written.
    pub text: String,
    /// How often.
    pub count: u32,
    /// That it stands for this name is concluded (a surname, an initial); else the article says so or spells it alike.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inferred: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// `title`, `deck` or `body`.
    pub field: Cow<'static, str>,
    /// Unicode scalar values before it.
    pub start: u32,
}

/// A short form and what it stands for, as an article explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// `CSTO`.
    pub short: String,
    /// `Collective Security Treaty Organization`.
    pub long: String,
}

/// An article as the index holds it: what it has not is left out, which is a sixth of the text of a short one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Short, stable identifier.
    pub id: String,
    /// Where it was found.
    pub place: Place,
    /// The format it was read from.
    pub format: String,
    /// The source's own identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Standfirst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deck: Option<String>,
    /// The text; paragraphs are separated by a blank line.
    pub body: String,
    /// Lines that stood with the article and are not part of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// The byline as it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The names in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The news agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The place named before the first sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The whole dateline as it stood, where the source keeps it apart from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline_text: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Day and month without a year (`--09-14`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_partial: Option<String>,
    /// The days it may be, when only day and month are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published_candidates: Vec<String>,
    /// When it was last changed (a date, with a time if the source gave one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Section or category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// ISO 639-1 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Address on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// People the article is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// Organizations the article is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// Places the article is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// The same names with the forms in which the article has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// Short forms that the article explains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<Definition>,
    /// Where each value came from, by the name of the field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<String, String>,
    /// What was noticed on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// SHA-256 of title, deck and body as they were found: equal for exact copies.
    pub content_hash: String,
    /// What a person said of it, in place of what was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
}

/// A value that a person put in place of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The name of the field, as in the JSON of an article.
    pub field: String,
    /// What it holds now; nothing where the person says that it is not known.
    pub to: Vec<String>,
    /// What was found, in one line.
    pub before: Option<String>,
    /// Where that was from.
    pub before_from: Option<String>,
}

impl Article {
    /// The hash of title, deck and body as they were found, which `content_hash` shall be: what a person corrects
    /// makes no other article of it.
    pub fn hash_of_content(&self) -> String {
        let mut hash = Sha256::new();
        let found = |field: &str, now: &Option<String>| {
            let corrected = self.corrected.iter().find(|it| it.field == field);
            corrected.map_or_else(|| now.clone(), |it| it.before.clone())
        };
        let (title, deck) = (found("title", &self.title), found("deck", &self.deck));
        for part in [title.as_deref(), deck.as_deref(), Some(self.body.as_str())] {
            hash.update(part.unwrap_or_default());
            hash.update([0]);
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

/// An article and how its fields were chosen.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The article.
    pub article: Article,
    /// Its fields, in the order they are shown; those without any candidate are left out.
    pub fields: Vec<ExplainedField>,
}

/// How one field was chosen.
#[derive(Debug, Clone)]
pub struct ExplainedField {
    /// Its name, as in the JSON of an article.
    pub field: &'static str,
    /// The value; none if no candidate was good enough.
    pub value: Option<String>,
    /// Where the value is from.
    pub from: Option<String>,
    /// How a field of this kind is chosen.
    pub rule: &'static str,
    /// All that was found, in the order in which places are believed.
    pub candidates: Vec<Candidate>,
}

/// A value that was found for a field.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The value in one line.
    pub value: String,
    /// Where it stood.
    pub from: String,
    /// Whether it says what was chosen.
    pub agrees: bool,
}
