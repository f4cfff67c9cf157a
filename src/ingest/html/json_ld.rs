//! The JSON-LD of a page -> claims of the one article that it describes.

use dom_query::Element;
use serde_json::{Map, Value};

use super::super::{claims, entities};
use super::meta::attribute;
use crate::article::{RawArticle, Topic};

/// All blocks of JSON-LD of a page.
#[derive(Default)]
pub(super) struct JsonLd {
    blocks: Vec<Value>,
}

/// More blocks than this has no page.
const MOST_BLOCKS: usize = 64;
/// More things than this are not looked at.
const MOST_THINGS: usize = 2_000;

/// Whether a `<script>` holds JSON-LD.
pub(super) fn is_json_ld(element: &Element) -> bool {
    attribute(element, "type").is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/ld+json")
    })
}

impl JsonLd {
    /// Takes a block, mended where it is not quite JSON.
    pub(super) fn add(&mut self, script: &str, limit: usize, article: &mut RawArticle) {
        if self.blocks.len() >= MOST_BLOCKS || script.trim().is_empty() {
            return;
        }
        if script.len() > limit {
            claims::note(article, "a block of JSON-LD is too large and was not read");
            return;
        }
        match parse(script) {
            Some(value) => self.blocks.push(value),
            None => claims::note(article, "a block of JSON-LD is broken and was not read"),
        }
    }

    /// States what the article's description says, and returns what it says of the text.
    pub(super) fn state(&self, canonical: Option<&str>, article: &mut RawArticle) -> OfText {
        let mut things = Vec::new();
        for block in &self.blocks {
            things_in(block, &mut things, 0);
        }
        let chosen = choose(&things, canonical);
        let mut of_text = OfText::default();
        if let Some(thing) = chosen {
            state_article(thing, &things, article);
            of_text = OfText {
                body: texts(thing.get("articleBody")).into_iter().next(),
                is_live: is_a(thing, &["LiveBlogPosting"]),
                is_paid: thing.get("isAccessibleForFree").is_some_and(is_false),
            };
        }
        for page in things.iter().filter(|thing| is_a(thing, PAGES)) {
            for (key, topic) in [
                ("datePublished", Topic::Published),
                ("dateModified", Topic::Updated),
                ("inLanguage", Topic::Language),
            ] {
                add(article, topic, page.get(key), "json-ld-page");
            }
            for (name, _) in names(page.get("author"), &things) {
                claims::add(article, Topic::Author, &entities::decode(&name), "json-ld-page");
            }
        }
        of_text
    }
}

/// What the description of an article says of its text.
#[derive(Debug, Default)]
pub(super) struct OfText {
    /// The text itself.
    pub(super) body: Option<String>,
    /// Whether it is added to while something happens.
    pub(super) is_live: bool,
    /// Whether all of it is for subscribers alone.
    pub(super) is_paid: bool,
}

fn is_false(value: &Value) -> bool {
    value.as_bool() == Some(false)
        || value.as_str().is_some_and(|it| it.trim().eq_ignore_ascii_case("false"))
}

/// The keys of an article, and what they state.
static KEYS: &[(&str, Topic)] = &[
    ("headline", Topic::Title),
    ("description", Topic::Deck),
    ("datePublished", Topic::Published),
    ("dateCreated", Topic::Published),
    ("dateModified", Topic::Updated),
    ("articleSection", Topic::Section),
    ("inLanguage", Topic::Language),
    ("url", Topic::Url),
    ("dateline", Topic::Dateline),
];

/// What an article is called; `NewsArticle` and the like end in it.
static ARTICLES: &[&str] = &[
    "Article",
    "BlogPosting",
    "Report",
    "LiveBlogPosting",
    "Review",
    "DiscussionForumPosting",
    "SocialMediaPosting",
];
static PAGES: &[&str] = &["WebPage", "ItemPage"];
static ORGANIZATIONS: &[&str] =
    &["Organization", "NewsMediaOrganization", "Corporation", "WebSite", "Brand"];

fn state_article(
    thing: &Map<String, Value>,
    things: &[&Map<String, Value>],
    article: &mut RawArticle,
) {
    for (key, topic) in KEYS {
        // The creation is only a stand-in for the publication.
        let from = if *key == "dateCreated" { "json-ld-created" } else { "json-ld" };
        add(article, *topic, thing.get(*key), from);
    }
    if thing.get("headline").is_none() {
        add(article, Topic::Title, thing.get("name"), "json-ld");
    }
    match thing.get("mainEntityOfPage") {
        Some(Value::Object(page)) => add(article, Topic::Url, page.get("@id"), "json-ld"),
        other => add(article, Topic::Url, other, "json-ld"),
    }
    for key in ["author", "creator"] {
        // A creator is looked at only where there is no author.
        if key == "creator" && thing.get("author").is_some() {
            continue;
        }
        for (name, organization) in names(thing.get(key), things) {
            let from = if organization { "json-ld-organization" } else { "json-ld" };
            claims::add(article, Topic::Author, &entities::decode(&name), from);
        }
    }
    for (name, _) in names(thing.get("publisher"), things) {
        claims::add(article, Topic::Source, &entities::decode(&name), "json-ld");
    }
}

fn add(article: &mut RawArticle, topic: Topic, value: Option<&Value>, from: &'static str) {
    for text in texts(value) {
        if topic == Topic::Url && !text.trim_start().starts_with("http") {
            continue;
        }
        // Some write the references of HTML into JSON, even twice.
        let text = entities::decode(&text).into_owned();
        claims::add(article, topic, &entities::decode(&text), from);
    }
}

/// Strings of a value: itself, those of a list, what an object calls its value.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Number(number)) => vec![number.to_string()],
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::Object(map)) => ["@value", "name", "alternateName"]
            .iter()
            .find_map(|key| map.get(*key).and_then(Value::as_str))
            .map(str::to_owned)
            .into_iter()
            .collect(),
        Some(Value::Null | Value::Bool(_)) | None => Vec::new(),
    }
}

/// The names of people or organizations, and whether each is an organization; things described
/// elsewhere on the page are looked up by their `@id`.
fn names(value: Option<&Value>, things: &[&Map<String, Value>]) -> Vec<(String, bool)> {
    match value {
        Some(Value::String(name)) if !name.starts_with("http") => vec![(name.clone(), false)],
        Some(Value::Array(list)) => list
            .iter()
            .filter(|it| !it.is_array())
            .take(50)
            .flat_map(|it| names(Some(it), things))
            .collect(),
        Some(Value::Object(map)) => {
            let found = name_of(map).or_else(|| {
                let id = map.get("@id")?;
                things
                    .iter()
                    .filter(|thing| thing.get("@id") == Some(id))
                    .find_map(|thing| name_of(thing))
            });
            found.unwrap_or_default()
        }
        Some(Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_)) | None => {
            Vec::new()
        }
    }
}

fn name_of(map: &Map<String, Value>) -> Option<Vec<(String, bool)>> {
    // Of blogs that one person runs some say that the owner is both.
    let organization = is_a(map, ORGANIZATIONS) && !is_a(map, &["Person"]);
    let names = texts(map.get("name"));
    if !names.is_empty() {
        return Some(names.into_iter().map(|name| (name, organization)).collect());
    }
    let part = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{} {}", part("givenName"), part("familyName"));
    (!name.trim().is_empty()).then(|| vec![(name.trim().to_owned(), organization)])
}

/// The article that the page is about: the one with its address, else the first that says anything.
fn choose<'t>(
    things: &[&'t Map<String, Value>],
    canonical: Option<&str>,
) -> Option<&'t Map<String, Value>> {
    let articles = || {
        things.iter().copied().filter(|thing| {
            is_a(thing, ARTICLES)
                && ["headline", "datePublished", "author", "articleBody"]
                    .iter()
                    .any(|key| thing.contains_key(*key))
        })
    };
    let same = |address: &str| {
        let plain = |it: &str| {
            it.trim_end_matches('/').split(['?', '#']).next().unwrap_or_default().to_owned()
        };
        canonical.is_some_and(|canonical| plain(canonical) == plain(address))
    };
    let is_this_page = |thing: &&Map<String, Value>| {
        let page = match thing.get("mainEntityOfPage") {
            Some(Value::Object(page)) => page.get("@id"),
            other => other,
        };
        [thing.get("url"), page].into_iter().flatten().filter_map(Value::as_str).any(same)
    };
    articles().find(is_this_page).or_else(|| articles().next())
}

fn is_a(thing: &Map<String, Value>, kinds: &[&str]) -> bool {
    let fits = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kinds.iter().any(|it| kind.ends_with(it)) && kind != "ItemList"
    };
    match thing.get("@type") {
        Some(Value::String(kind)) => fits(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(fits),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    }
}

/// All objects with a type or an id, in the order they stand.
fn things_in<'v>(value: &'v Value, things: &mut Vec<&'v Map<String, Value>>, depth: u8) {
    if depth > 6 || things.len() >= MOST_THINGS {
        return;
    }
    match value {
        Value::Array(list) => {
            for value in list {
                things_in(value, things, depth + 1);
            }
        }
        Value::Object(map) => {
            if map.contains_key("@type") || map.contains_key("@id") {
                things.push(map);
            }
            // What stands below an article is about something else.
            let keys: &[&str] = if is_a(map, ARTICLES) { &["author", "publisher"] } else { NESTED };
            for key in keys {
                if let Some(value) = map.get(*key) {
                    things_in(value, things, depth + 1);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

static NESTED: &[&str] =
    &["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf", "author", "publisher"];

/// Parses a block, mending the usual faults one after the other.
fn parse(script: &str) -> Option<Value> {
    let text = unwrapped(script);
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mended = mend(text);
    if let Some(Ok(value)) = serde_json::Deserializer::from_str(&mended).into_iter().next() {
        return Some(value);
    }
    if mended.contains("&quot;") {
        return serde_json::from_str(&entities::decode(&mended)).ok();
    }
    None
}

/// Without CDATA, comment marks and a closing semicolon.
fn unwrapped(script: &str) -> &str {
    let mut text = script.trim();
    loop {
        let before = text.len();
        for start in ["<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/", "<!--", "//", "\u{feff}"] {
            text = text.strip_prefix(start).unwrap_or(text).trim();
        }
        for end in ["]]>", "//]]>", "/*]]>*/", "-->", "//", ";"] {
            text = text.strip_suffix(end).unwrap_or(text).trim();
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Escapes raw control characters in strings, drops those outside and commas before a closing bracket.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        if in_string {
            match c {
                // A backslash before what cannot be escaped stands for itself.
                _ if escaped
                    && !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') =>
                {
                    mended.pop();
                    if !c.is_control() {
                        mended.push(c);
                    }
                }
                '\n' => mended.push_str("\\n"),
                '\t' => mended.push_str("\\t"),
                _ if c.is_control() => {}
                _ => mended.push(c),
            }
            in_string = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => in_string = true,
            '}' | ']' => {
                let kept = mended.trim_end().len();
                if mended[..kept].ends_with(',') {
                    mended.truncate(kept - 1);
                }
            }
            _ => {}
        }
        if !c.is_control() {
            mended.push(c);
        }
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims_of(blocks: &[&str], canonical: Option<&str>) -> Vec<(Topic, String, String)> {
        let mut article = RawArticle::default();
        let mut json_ld = JsonLd::default();
        for block in blocks {
            json_ld.add(block, 10_000, &mut article);
        }
        json_ld.state(canonical, &mut article);
        article.claims.into_iter().map(|it| (it.topic, it.value, it.from.into_owned())).collect()
    }

    fn values(claims: &[(Topic, String, String)], topic: Topic) -> Vec<&str> {
        claims.iter().filter(|it| it.0 == topic).map(|it| it.1.as_str()).collect()
    }

    #[test]
    fn a_graph_with_references_is_followed() {
        let block = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebPage","@id":"#page","datePublished":"2021-01-02"},
            {"@type":["NewsArticle"],"headline":"Bridge &amp; tunnel","author":[{"@id":"#ada"},"Bo Lind"],
             "publisher":{"@id":"#org"},"datePublished":"2021-01-02T10:00:00+01:00"},
            {"@type":"Person","@id":"#ada","name":"Ada Quill"},
            {"@type":"Organization","@id":"#org","name":"The Lantern"}]}"##;
        let claims = claims_of(&[block], None);
        assert_eq!(values(&claims, Topic::Title), ["Bridge & tunnel"]);
        assert_eq!(values(&claims, Topic::Author), ["Ada Quill", "Bo Lind"]);
        assert_eq!(values(&claims, Topic::Source), ["The Lantern"]);
        assert_eq!(claims.iter().filter(|it| it.2 == "json-ld-page").count(), 1);
    }

    #[test]
    fn live_and_paid_articles_say_so() {
        let mut json_ld = JsonLd::default();
        let block = r#"{"@type":"LiveBlogPosting","headline":"Now","isAccessibleForFree":"False"}"#;
        json_ld.add(block, 10_000, &mut RawArticle::default());
        let of_text = json_ld.state(None, &mut RawArticle::default());
        assert!(of_text.is_live && of_text.is_paid && of_text.body.is_none());
    }

    #[test]
    fn usual_faults_are_mended() {
        let block = "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"It\\'s\nlate\",\"author\":{\"@type\":\"Organization\",\"name\":\"Desk\",},}\n//]]>;";
        let claims = claims_of(&[block], None);
        assert_eq!(values(&claims, Topic::Title), ["It's late"]);
        assert!(claims.contains(&(Topic::Author, "Desk".into(), "json-ld-organization".into())));
        assert_eq!(claims_of(&["{\"@type\": ", "[[[[", "nonsense", "\"\\"], None), []);
    }

    #[test]
    fn the_article_with_the_address_of_the_page_is_the_one() {
        let block = r#"[{"@type":"NewsArticle","headline":"Other","url":"https://x.example/1"},
            {"@type":"NewsArticle","headline":"This","mainEntityOfPage":{"@id":"https://x.example/2/"}}]"#;
        let claims = claims_of(&[block], Some("https://x.example/2?ref=a"));
        assert_eq!(values(&claims, Topic::Title), ["This"]);
        assert_eq!(values(&claims_of(&[block], None), Topic::Title), ["Other"]);
    }
}
