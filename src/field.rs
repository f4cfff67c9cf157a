//! FIELDS: one row a field that can be searched, read by the schema, the query parser, the help and the docs check.

/// A field that can be searched.
#[derive(Debug)]
pub struct Field {
    /// Its name in queries, in lower case.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// How it is searched.
    pub kind: Kind,
    /// One line for people.
    pub about: &'static str,
    /// A query that uses it.
    pub example: &'static str,
}

/// How a field is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Part of the text stream: words, phrases, proximity, by stem.
    Text,
    /// Text kept apart from the article: found only when asked for by name.
    Aside,
    /// Short values, each compared as a whole or by its words.
    Value,
    /// A calendar day.
    Date,
    /// A number.
    Number,
}

/// All fields, in the order they are shown.
pub static FIELDS: &[Field] = &[
    row("title", &["headline"], Kind::Text, "headline", "title:summit"),
    row("deck", &["standfirst"], Kind::Text, "standfirst under the headline", "deck:friendship"),
    row("body", &["text"], Kind::Text, "text of the article", "body:\"CSTO obligations\""),
    row(
        "byline",
        &[],
        Kind::Text,
        "the byline as it stands, agency and role included",
        "byline:reuters",
    ),
    row("dateline", &[], Kind::Text, "place named before the first sentence", "dateline:minsk"),
    row(
        "hlead",
        &["lead"],
        Kind::Text,
        "headline, deck and first paragraph",
        "hlead(putin w/5 sochi)",
    ),
    row(
        "by",
        &["author", "from", "authors"],
        Kind::Value,
        "author's name",
        "by:\"Dmitry Sudakov\"",
    ),
    row("source", &["publication"], Kind::Value, "publication", "source:pravda"),
    row("agency", &[], Kind::Value, "news agency", "agency:reuters"),
    row("section", &["category"], Kind::Value, "section or category", "section:business"),
    row("lang", &["language"], Kind::Value, "language, ISO 639-1", "lang:de"),
    row("person", &["people"], Kind::Value, "person the article names", "person:putin"),
    row(
        "org",
        &["organization", "organizations"],
        Kind::Value,
        "organization the article names",
        "org:csto",
    ),
    row("place", &["places"], Kind::Value, "place the article names", "place:sochi"),
    row("entity", &["entities"], Kind::Value, "person, organization or place", "entity:minsk"),
    row(
        "url",
        &["site"],
        Kind::Aside,
        "address on the web (`site:` for its host)",
        "site:example.org",
    ),
    row("path", &["file"], Kind::Aside, "file the article lies in", "path:2020"),
    row("other", &[], Kind::Aside, "lines cut from the article", "other:subscribe"),
    row("date", &["published"], Kind::Date, "day of publication", "date:2020-03..2020-06"),
    row("since", &[], Kind::Date, "published on this day or later", "since:2020-09-14"),
    row("until", &[], Kind::Date, "published on this day or earlier", "until:2020"),
    row("before", &[], Kind::Date, "published before this day begins", "before:2021"),
    row("after", &[], Kind::Date, "published after this day ends", "after:2019-06"),
    row("updated", &[], Kind::Date, "day the source changed it", "updated:2020"),
    row("added", &[], Kind::Date, "day it came into the index", "added:yesterday"),
    row("length", &[], Kind::Number, "words in the body", "length>600"),
];

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
    about: &'static str,
    example: &'static str,
) -> Field {
    Field { name, aliases, kind, about, example }
}

/// The field of this name or alias; case is ignored.
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| {
        field.name.eq_ignore_ascii_case(name)
            || field.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// The name of the field most like this one, if any is near enough to be meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    let names = FIELDS.iter().flat_map(|it| std::iter::once(&it.name).chain(it.aliases));
    nearest_of(name, names.copied())
}

/// The first of the names that are most like this one, if any is near enough to be meant.
pub fn nearest_of<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in names {
        let distance = edit_distance(&name, candidate);
        if distance <= 2.min(candidate.len() / 2) && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// Levenshtein distance with transpositions (optimal string alignment); words over 64 letters are never near.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(65).collect();
    let b: Vec<char> = b.chars().take(65).collect();
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX;
    }
    let width = b.len() + 1;
    let mut rows = vec![0; (a.len() + 1) * width];
    for (j, cell) in rows[..width].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        rows[i * width] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[(i - 1) * width + j] + 1)
                .min(rows[i * width + j - 1] + 1)
                .min(rows[(i - 1) * width + j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[(i - 2) * width + j - 2] + 1);
            }
            rows[i * width + j] = best;
        }
    }
    rows[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> =
            FIELDS.iter().flat_map(|it| std::iter::once(&it.name).chain(it.aliases)).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn near_names() {
        assert_eq!(nearest("autor"), Some("author"));
        assert_eq!(nearest("titel"), Some("title"));
        assert_eq!(nearest("moscow"), None);
        assert_eq!(edit_distance("ab", "ba"), 1);
    }
}
