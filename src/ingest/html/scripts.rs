//! The scripts of a page -> the text of its article, where a program writes it into the page and no element holds it.

use dom_query::Document;

/// A script longer than this, in bytes, is a library.
const LONGEST_SCRIPT: usize = 8_000_000;
/// A string of fewer bytes is no text of an article.
const SHORTEST: usize = 400;
/// JSON stands in strings of JSON; deeper than this no text was seen.
const DEEPEST: u8 = 3;
/// The beginning of a paragraph, as it stands in HTML and as scripts write it.
static PARAGRAPHS: &[&str] = &[
    "<p>",
    "<p ",
    "\\u003cp\\u003e",
    "\\u003cp ",
    "\\u003cp>",
    "\\u003Cp\\u003E",
    "\\u003Cp ",
    "\\u003Cp>",
];

/// The longest piece of HTML with paragraphs in a string of a script.
pub(super) fn longest_markup(document: &Document) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for node in document.root().descendants_it().filter(|node| node.has_name("script")) {
        let script = node.text();
        if script.len() <= LONGEST_SCRIPT && has_paragraph(&script) {
            strings(&script, DEEPEST, &mut best);
        }
    }
    best.map(|(_, html)| html)
}

fn has_paragraph(text: &str) -> bool {
    PARAGRAPHS.iter().any(|it| text.contains(it))
}

/// Looks at each string literal: HTML is kept if it has the most paragraphs, and what quotes again is looked into.
fn strings(text: &str, deeper: u8, best: &mut Option<(usize, String)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'"')) {
        let start = at + start + 1;
        let Some(end) = closing_quote(bytes, start) else { return };
        at = end + 1;
        let Some(literal) = text.get(start..end) else { continue };
        if literal.len() < SHORTEST || !has_paragraph(literal) {
            continue;
        }
        let plain = unescaped(literal);
        let paragraphs = plain.matches("<p>").count() + plain.matches("<p ").count();
        // HTML begins with a tag, or soon has one; JSON begins with a bracket or has its keys before it.
        let is_html = plain.find('<').is_some_and(|tag| !plain[..tag].contains('"'));
        if is_html && best.as_ref().is_none_or(|(most, _)| paragraphs > *most) {
            *best = Some((paragraphs, plain));
        } else if !is_html && deeper > 0 {
            strings(&plain, deeper - 1, best);
        }
    }
}

/// Where the string that begins here ends.
fn closing_quote(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let next = at + bytes.get(at..)?.iter().position(|b| matches!(b, b'"' | b'\\'))?;
        if bytes.get(next) == Some(&b'"') {
            return Some(next);
        }
        at = next + 2;
    }
}

/// A string without the escapes of JSON.
fn unescaped(literal: &str) -> String {
    serde_json::from_str::<String>(&format!("\"{literal}\"")).unwrap_or_else(|_| {
        // A line break or an escape that JSON does not know.
        let mended = literal.replace(['\n', '\r', '\t'], " ").replace("\\'", "'");
        serde_json::from_str::<String>(&format!("\"{mended}\"")).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::longest_markup;
    use dom_query::Document;

    #[test]
    fn the_text_is_found_in_strings_and_in_strings_of_strings() {
        let paragraph = "<p class=\"x\">The ferry has nobody left to carry.</p>".repeat(12);
        let once = serde_json::to_string(&paragraph).unwrap().replace('<', "\\u003c");
        let twice = serde_json::to_string(&format!("{{\"body\":{once}}}")).unwrap();
        for script in [format!("push([1,{once}])"), format!("self.push([1,{twice}])")] {
            let page = format!("<script>var a = \"b\"; {script}</script><p>none</p>");
            assert_eq!(
                longest_markup(&Document::from(page.as_str())).as_deref(),
                Some(paragraph.as_str()),
                "{script}"
            );
        }
        let open = "<script>var a = \"\\u003cp> \\</script>";
        assert_eq!(longest_markup(&Document::from(open)), None);
    }
}
