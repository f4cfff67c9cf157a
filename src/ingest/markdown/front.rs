//! Front matter -> fields: the part of YAML and TOML that stands above articles, without aliases, tags
//! or depth that could be turned against us.

use serde_json::{Map, Value};

/// Front matter longer than this is none.
const LONGEST: usize = 64 << 10;
/// Lists and maps within each other.
const DEEPEST: usize = 4;

/// The fields of the front matter, if there is any, and what follows it.
pub(super) fn split(text: &str) -> (Option<Map<String, Value>>, &str) {
    let start = text.trim_start_matches('\u{feff}').trim_start_matches('\n');
    let (mark, is_toml) = match start.get(..4) {
        Some("---\n") => ("---", false),
        Some("+++\n") => ("+++", true),
        _ => return (None, text),
    };
    let inner = &start[4..];
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let words = line.trim_end();
        if words == mark || (!is_toml && words == "...") {
            let fields = if is_toml { toml(&inner[..at]) } else { yaml(&inner[..at]) };
            // Two rules with a text between them are no front matter.
            return if fields.is_empty() {
                (None, text)
            } else {
                (Some(fields), &inner[at + line.len()..])
            };
        }
        at += line.len();
        if at > LONGEST {
            break;
        }
    }
    (None, text)
}

/// A line: how far it is indented, and what stands in it.
type Lines<'t> = [(usize, &'t str)];

fn yaml(text: &str) -> Map<String, Value> {
    let lines: Vec<(usize, &str)> =
        text.lines().map(|line| (line.len() - line.trim_start().len(), line.trim())).collect();
    let mut at = 0;
    match block(&lines, &mut at, 0) {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

/// A list or a map, from the line at `at` as far as it is indented.
fn block(lines: &Lines<'_>, at: &mut usize, depth: usize) -> Value {
    skip_blank(lines, at);
    let Some(&(indent, first)) = lines.get(*at) else { return Value::Null };
    let is_list = first == "-" || first.starts_with("- ");
    let (mut list, mut map) = (Vec::new(), Map::new());
    while let Some(&(found, line)) = lines.get(*at) {
        if line.is_empty() || line.starts_with('#') {
            *at += 1;
            continue;
        }
        let item = line.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '));
        if found < indent || (found == indent && is_list != item.is_some()) {
            break;
        }
        *at += 1;
        if found > indent {
            continue;
        }
        if let Some(item) = item {
            let item = item.trim();
            list.push(match pair(item) {
                // `- name: Ada` begins a map, which goes on in the lines below.
                Some((key, value)) => {
                    let mut fields = Map::new();
                    fields.insert(key, scalar(value));
                    if depth < DEEPEST
                        && lines.get(*at).is_some_and(|next| next.0 > indent)
                        && let Value::Object(more) = block(lines, at, depth + 1)
                    {
                        fields.extend(more);
                    }
                    Value::Object(fields)
                }
                None => scalar(item),
            });
        } else if let Some((key, value)) = pair(line) {
            let value = match value {
                "" if depth < DEEPEST && is_nested(lines, *at, indent) => {
                    block(lines, at, depth + 1)
                }
                _ if value.starts_with(['|', '>']) => {
                    Value::String(folded(lines, at, indent, value.starts_with('|')))
                }
                _ => wrapped(lines, at, indent, value),
            };
            map.insert(key, value);
        }
    }
    if is_list { Value::Array(list) } else { Value::Object(map) }
}

fn skip_blank(lines: &Lines<'_>, at: &mut usize) {
    while lines.get(*at).is_some_and(|line| line.1.is_empty() || line.1.starts_with('#')) {
        *at += 1;
    }
}

/// Whether what follows a key without a value belongs to it; lists may stand as far left as it.
fn is_nested(lines: &Lines<'_>, at: usize, indent: usize) -> bool {
    lines[at.min(lines.len())..]
        .iter()
        .find(|line| !line.1.is_empty())
        .is_some_and(|line| line.0 > indent || (line.0 == indent && line.1.starts_with("- ")))
}

/// A text over several lines, kept as they are or made one.
fn folded(lines: &Lines<'_>, at: &mut usize, indent: usize, keep: bool) -> String {
    let mut text = String::new();
    while let Some(line) = lines.get(*at).filter(|line| line.0 > indent || line.1.is_empty()) {
        if !text.is_empty() {
            text.push(if keep || line.1.is_empty() { '\n' } else { ' ' });
        }
        text.push_str(line.1);
        *at += 1;
    }
    text.trim().to_owned()
}

/// A value that may go on in lines that are indented further.
fn wrapped(lines: &Lines<'_>, at: &mut usize, indent: usize, value: &str) -> Value {
    let mut whole = value.to_owned();
    let open = |text: &str| text.starts_with('[') && !text.ends_with(']');
    while let Some(line) = lines.get(*at).filter(|line| {
        !line.1.is_empty() && (line.0 > indent || (open(&whole) && line.0 == indent))
    }) {
        whole.push(' ');
        whole.push_str(line.1);
        *at += 1;
    }
    scalar(&whole)
}

/// `key: value`; a key is a word or two, or quoted.
fn pair(line: &str) -> Option<(String, &str)> {
    if line.starts_with(['"', '\'', '[', '{']) && !line.contains("\":") && !line.contains("':") {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    let fits = value.is_empty() || value.starts_with([' ', '\t']);
    let key = key.trim().trim_matches(['"', '\'']);
    (fits && !key.is_empty() && key.len() <= 100).then(|| (key.to_owned(), value.trim()))
}

/// A value on one line: a list in brackets, a quoted or a bare text.
fn scalar(text: &str) -> Value {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.trim_end().trim_end_matches(']');
        let items = items(inner).into_iter().map(|it| Value::String(unquoted(&it)));
        return Value::Array(items.filter(|it| it != "").collect());
    }
    match unquoted(text).as_str() {
        "~" | "null" | "" => Value::Null,
        value => Value::String(value.to_owned()),
    }
}

/// What commas part, but for those within quotes.
fn items(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        if c == ',' && quote.is_none() {
            found.push(String::new());
            continue;
        }
        let begins = found.last().is_some_and(|it| it.trim().is_empty());
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && begins && (c == '"' || c == '\'') {
            quote = Some(c);
        }
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('"') {
        let mut value = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => match chars.next() {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('u') => {
                        let code: String = chars.by_ref().take(4).collect();
                        let code = u32::from_str_radix(&code, 16).ok();
                        value.extend(code.and_then(char::from_u32));
                    }
                    Some(other) => value.push(other),
                    None => {}
                },
                c => value.push(c),
            }
        }
        return value;
    }
    if let Some(rest) = text.strip_prefix('\'') {
        let end = rest.rfind('\'').unwrap_or(rest.len());
        return rest[..end].replace("''", "'");
    }
    let bare = text.split(" #").next().unwrap_or(text).trim();
    // Aliases and tags stand for something else, which is not looked up.
    if bare.starts_with(['&', '*', '!']) && !bare.contains(' ') {
        String::new()
    } else {
        bare.to_owned()
    }
}

fn toml(text: &str) -> Map<String, Value> {
    let mut map = Map::new();
    let mut section = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with('[') {
            line.trim_matches(['[', ']']).trim().clone_into(&mut section);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let (key, mut value) = (key.trim().trim_matches(['"', '\'']), value.trim().to_owned());
        let many = ["\"\"\"", "'''"].into_iter().find(|mark| value.starts_with(mark));
        if let Some(mark) = many {
            value = value[3..].to_owned();
            while !value.contains(mark) {
                let Some(next) = lines.next() else { break };
                value.push('\n');
                value.push_str(next);
            }
            let end = value.find(mark).unwrap_or(value.len());
            value = format!("'{}'", value[..end].trim().replace('\'', "''"));
        } else if value.starts_with('[') {
            while !value.ends_with(']') {
                let Some(next) = lines.next() else { break };
                value.push_str(next.trim());
            }
        }
        // A table within the front matter says more about the site than about the article.
        if section.is_empty() || section == "params" || section == "extra" {
            map.entry(key).or_insert_with(|| scalar(&value));
        }
    }
    map
}
