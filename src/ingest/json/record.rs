//! A JSON object -> an article: values under the usual names, or under those that `--map` gives.

use serde_json::{Map, Value};

use super::super::claims::{self, Target, target_of};
use super::super::{ReadOptions, Skip, SkipKind, entities, html};
use super::names::{NAMES, VALUES, WRAPPERS};
use crate::article::{Place, RawArticle, Topic};

/// Makes an article of a record, or says why it is none.
pub(in super::super) fn article(
    place: &Place,
    value: &Value,
    options: &ReadOptions,
) -> Result<RawArticle, Skip> {
    let Value::Object(whole) = value else {
        return Err(Skip::new(SkipKind::Broken, "the record is no JSON object"));
    };
    let mut article = RawArticle { place: place.clone(), ..RawArticle::default() };
    let record = unwrapped(whole, options);
    let keys: Vec<(String, &str, &Value)> =
        record.iter().map(|(key, value)| (plain(key), key.as_str(), value)).collect();
    let mut text_values = Vec::new();
    for (target, names) in NAMES {
        let mapped: Vec<&Value> = options
            .map
            .iter()
            .filter(|(field, _)| target_of(field) == Some(*target))
            .flat_map(|(_, key)| at(value, key))
            .collect();
        if mapped.is_empty() {
            for (key, value) in usual(&keys, names) {
                // One key may be a whole byline, or one author; lists name one author each.
                let whole_byline = *target == Target::Claim(Topic::Author)
                    && (is_byline_key(key) || value.is_string());
                let target = if whole_byline { Target::Claim(Topic::Byline) } else { *target };
                state(&mut article, target, value, &mut text_values, options);
            }
        } else {
            for value in mapped {
                let whole_byline = *target == Target::Claim(Topic::Author) && value.is_string();
                let target = if whole_byline { Target::Claim(Topic::Byline) } else { *target };
                state(&mut article, target, value, &mut text_values, options);
            }
        }
    }
    mapped_bylines(&mut article, value, options);
    article.text = text_values.into_iter().next().unwrap_or_default();
    let has_title = article.claims.iter().any(|claim| claim.topic == Topic::Title);
    if article.text.trim().is_empty() && !has_title {
        return Err(Skip::new(SkipKind::NoText, no_text(whole)));
    }
    Ok(article)
}

/// Whether a value has what an article has: a text or a title.
pub(super) fn looks_like_article(value: &Value, options: &ReadOptions) -> bool {
    article(&Place::default(), value, options).is_ok()
}

/// Whether an object has a text of its own.
pub(super) fn has_text(record: &Map<String, Value>, options: &ReadOptions) -> bool {
    let text = NAMES.iter().filter(|row| row.0 == Target::Text).flat_map(|row| row.1);
    let mapped = options.map.iter().filter(|(field, _)| target_of(field) == Some(Target::Text));
    record.iter().any(|(key, value)| {
        (value.is_string() && text.clone().any(|name| *name == plain(key)))
            || mapped.clone().any(|(_, path)| path.split('.').next() == Some(key))
    })
}

/// Bylines named by `--map` have no row of usual names of their own.
fn mapped_bylines(article: &mut RawArticle, value: &Value, options: &ReadOptions) {
    for (field, key) in &options.map {
        if target_of(field) == Some(Target::Claim(Topic::Byline)) {
            for value in at(value, key) {
                state(article, Target::Claim(Topic::Byline), value, &mut Vec::new(), options);
            }
        }
    }
}

fn state(
    article: &mut RawArticle,
    target: Target,
    value: &Value,
    texts: &mut Vec<String>,
    options: &ReadOptions,
) {
    match target {
        Target::Text => {
            let text = text_of(value, article, options);
            if !text.trim().is_empty() {
                texts.push(text);
            }
        }
        Target::Claim(topic) => {
            let mut found = Vec::new();
            strings(value, &mut found, 0);
            for value in found {
                let value = if html::looks_like_markup(&value) {
                    html::fragment_text(&value, &options.limits, article)
                } else {
                    entities::decode(&value).into_owned()
                };
                claims::add(article, topic, &value, "record");
            }
        }
    }
}

/// The object that holds the article: the record, or the one thing that it wraps.
fn unwrapped<'v>(record: &'v Map<String, Value>, options: &ReadOptions) -> &'v Map<String, Value> {
    let names =
        |target: Target| NAMES.iter().filter(move |row| row.0 == target).flat_map(|row| row.1);
    let says =
        |target: Target| record.keys().any(|key| names(target).any(|name| *name == plain(key)));
    if says(Target::Claim(Topic::Title)) || has_text(record, options) {
        return record;
    }
    WRAPPERS.iter().find_map(|key| record.get(*key).and_then(Value::as_object)).unwrap_or(record)
}

/// The values under the usual names, in the order of the names.
fn usual<'v>(
    keys: &[(String, &'v str, &'v Value)],
    names: &'static [&'static str],
) -> impl Iterator<Item = (&'v str, &'v Value)> {
    names.iter().flat_map(move |name| {
        keys.iter().filter(move |row| row.0 == *name).map(|row| (row.1, row.2))
    })
}

/// What a key usually stands for.
pub(in super::super) fn target_of_key(key: &str) -> Option<Target> {
    let key = plain(key);
    NAMES.iter().find(|(_, names)| names.contains(&key.as_str())).map(|row| row.0)
}

fn is_byline_key(key: &str) -> bool {
    plain(key) == "byline"
}

/// A key without case, `_`, `-` and the like.
fn plain(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The values at a key with dots; a list gives what each of its elements has there.
fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    // A key may have a dot in itself.
    if let Some(found) = value.get(path) {
        return vec![found];
    }
    let mut found = vec![value];
    for key in path.split('.') {
        found = found
            .into_iter()
            .flat_map(|value| match value {
                Value::Object(map) => map.get(key).into_iter().collect(),
                Value::Array(list) => match key.parse::<usize>() {
                    Ok(index) => list.get(index).into_iter().collect::<Vec<_>>(),
                    Err(_) => list.iter().filter_map(|it| it.get(key)).collect(),
                },
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
            })
            .collect();
    }
    found.retain(|value| !value.is_null());
    found
}

/// What a value states: itself, the name of an object, each element of a list.
fn strings(value: &Value, found: &mut Vec<String>, depth: u8) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(list) if depth < 4 => {
            for value in list {
                strings(value, found, depth + 1);
            }
        }
        Value::Object(map) if depth < 4 => {
            let first = VALUES.iter().find_map(|key| map.get(*key).filter(|it| !it.is_null()));
            match (first, full_name(map)) {
                (Some(value), _) => strings(value, found, depth + 1),
                (None, Some(name)) => found.push(name),
                (None, None) => {}
            }
        }
        Value::Array(_) | Value::Object(_) | Value::Null | Value::Bool(_) => {}
    }
}

/// A name that is kept in two parts.
fn full_name(map: &Map<String, Value>) -> Option<String> {
    let part = |names: &[&str]| {
        map.iter()
            .find(|(key, _)| names.contains(&plain(key).as_str()))
            .and_then(|row| row.1.as_str())
    };
    let given = part(&["firstname", "givenname", "first", "given", "forename"]);
    let family = part(&["lastname", "familyname", "last", "family", "surname"]);
    match (given, family) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
        (None, None) => None,
    }
}

/// A text; its paragraphs may be a list, and it may be HTML.
fn text_of(value: &Value, article: &mut RawArticle, options: &ReadOptions) -> String {
    let mut parts = Vec::new();
    strings(value, &mut parts, 0);
    let text = parts.join("\n\n");
    if html::looks_like_markup(&text) {
        html::fragment_text(&text, &options.limits, article)
    } else {
        let text = entities::decode(&text).replace("\r\n", "\n").replace('\r', "\n");
        text.trim().to_owned()
    }
}

fn no_text(record: &Map<String, Value>) -> String {
    const SHOWN: usize = 12;
    if record.is_empty() {
        return "neither text nor title: the record is empty".to_owned();
    }
    let mut keys: Vec<String> =
        record.keys().take(SHOWN).map(|key| format!("`{}`", claims::squeeze(key, 40).0)).collect();
    if record.len() > SHOWN {
        keys.push("...".to_owned());
    }
    format!(
        "neither text nor title among the keys {}: name them with --map text=KEY",
        keys.join(", ")
    )
}
