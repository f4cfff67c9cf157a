//! A line of `corrections.jsonl` <-> what it says.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::fields::{FIELDS, find};

/// A line that could not be read, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenLine {
    /// Which line.
    pub line: usize,
    /// Why, and what may have been meant.
    pub reason: String,
}

/// What one line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What the article goes by: `id:` and the source's own identifier, `content:` and the hash.
    pub key: String,
    /// Of several articles that go by this key, those that lie here.
    pub only_in: Option<String>,
    /// Fields by number, with their values; nothing says that it is not known.
    pub fields: Vec<(usize, Vec<String>)>,
    /// Fields by number of which nothing is said any more.
    pub undo: Vec<usize>,
    /// What the article is, for people.
    pub about: Option<String>,
    /// When it was said.
    pub when: Option<String>,
    /// What the person adds.
    pub note: Option<String>,
}

/// The lines of a file that are not blank, counted from 1.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let all = bytes.split(|byte| *byte == b'\n').enumerate();
    all.map(|(number, line)| (number + 1, line.trim_ascii())).filter(|(_, line)| !line.is_empty())
}

/// Whether the first JSON object of a file is a line of corrections. A newspaper may have articles in a file of
/// that name; one whose every line is broken is taken for ours, so that nothing of it is passed over in silence.
pub fn is_line(bytes: &[u8]) -> bool {
    let mut objects = lines(bytes).filter_map(|(_, line)| serde_json::from_slice(line).ok());
    let object: Option<Map<String, Value>> = objects.next();
    object.is_none_or(|it| it.contains_key("key") && SAYS.iter().any(|name| it.contains_key(*name)))
}

/// What a line must have one of.
const SAYS: [&str; 2] = ["fields", "undo"];

impl Line {
    pub(super) fn read(line: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
        let object: Map<String, Value> =
            serde_json::from_str(text).map_err(|_| "it is no JSON object".to_owned())?;
        let said = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let key = said("key").unwrap_or_default();
        if !key.starts_with("id:") && !key.starts_with("content:") {
            return Err("its `key` begins neither with `id:` nor with `content:`".to_owned());
        }
        if SAYS.iter().all(|name| !object.contains_key(*name)) {
            return Err("it has neither `fields` nor `undo`".to_owned());
        }
        let mut fields = Vec::new();
        match object.get("fields") {
            Some(Value::Object(given)) => {
                for (name, value) in given {
                    let number = find_field(name)?;
                    let typed = strings(value)
                        .ok_or_else(|| format!("`{name}` is neither text nor a list of texts"))?;
                    let Some(field) = FIELDS.get(number) else { continue };
                    let values = field.read(&typed);
                    let values = values.map_err(|no| format!("{no} (`{name}`): {}", no.hint))?;
                    if fields.iter().any(|(known, _)| *known == number) {
                        return Err(format!("`{name}` is said twice"));
                    }
                    fields.push((number, values));
                }
            }
            None => {}
            Some(_) => return Err("its `fields` are no JSON object".to_owned()),
        }
        let undo =
            object.get("undo").map(|it| strings(it).ok_or("its `undo` is no list of fields"));
        let undo = undo.transpose()?.unwrap_or_default();
        let undo = undo.iter().map(|it| find_field(it)).collect::<Result<_, _>>()?;
        let (only_in, about) = (said("only_in"), said("about"));
        Ok(Self { key, only_in, fields, undo, about, when: said("when"), note: said("note") })
    }

    /// The line as it is written, with its end.
    pub fn write(&self) -> String {
        let name = |number: &usize| FIELDS.get(*number).map_or("", |it| it.name);
        let value = |values: &Vec<String>| match values.as_slice() {
            [] => Value::Null,
            [one] => json!(one),
            several => json!(several),
        };
        let written = Written {
            key: &self.key,
            fields: self.fields.iter().map(|row| (name(&row.0), value(&row.1))).collect(),
            undo: self.undo.iter().map(name).collect(),
            only_in: self.only_in.as_deref(),
            about: self.about.as_deref(),
            when: self.when.as_deref(),
            note: self.note.as_deref(),
        };
        // Texts can always be written.
        format!("{}\n", serde_json::to_string(&written).unwrap_or_default())
    }
}

/// A line in the order in which people read it.
#[derive(Serialize)]
struct Written<'a> {
    key: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'a str, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undo: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    only_in: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

fn find_field(name: &str) -> Result<usize, String> {
    find(name).map_err(|no| format!("{no}: {}", no.hint))
}

/// One text, several, or none.
fn strings(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => several.iter().map(|it| it.as_str().map(str::to_owned)).collect(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}
