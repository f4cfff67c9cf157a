//! HTML text -> the same without what would make a tree too deep or too large to be built in time.
//!
//! Tree builders take quadratic time on deep nesting, on tags with thousands of attributes, and on
//! formatting that is never closed and opened again in each paragraph. This scans the tags without
//! building anything, keeps the stack of open elements as a tree builder would, and drops the tags
//! that go too far. A page that is in order comes back as it is.

use std::borrow::Cow;

/// What became of a page.
pub(super) struct Flat<'h> {
    /// The page.
    pub(super) html: Cow<'h, str>,
    /// Whether tags were dropped because of depth.
    pub(super) too_deep: bool,
    /// Whether tags were dropped because there were too many.
    pub(super) too_many: bool,
}

/// Drops tags beyond `deepest` open elements or `most` elements.
pub(super) fn flatten(html: &str, deepest: usize, most: usize) -> Flat<'_> {
    let mut scan = Scan {
        open: Vec::new(),
        formatting: Vec::new(),
        cost: 0,
        deepest,
        most,
        too_deep: false,
        too_many: false,
    };
    let mut edited: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        let verdict = scan.tag(&tag);
        // What stands in a script or a style is no markup.
        if !tag.closes && RAW.contains(&tag.name) && verdict != Verdict::Keep {
            at = raw_end(html, at, tag.name);
        } else if !tag.closes && RAW.contains(&tag.name) {
            at = raw_start_of_end(html, at, tag.name);
        }
        let keep_until = match verdict {
            Verdict::Keep => continue,
            Verdict::Drop => tag.start,
            Verdict::CutAttributes(end) => end,
        };
        let out = edited.get_or_insert_with(|| String::with_capacity(html.len()));
        out.push_str(&html[copied..keep_until]);
        out.push(if keep_until == tag.start { ' ' } else { '>' });
        copied = at;
    }
    let html = match edited {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
    };
    Flat { html, too_deep: scan.too_deep, too_many: scan.too_many }
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Keep,
    Drop,
    CutAttributes(usize),
}

struct Tag<'h> {
    start: usize,
    end: usize,
    name: &'h str,
    closes: bool,
    /// Where the attribute begins that is one too many.
    too_many_attributes: Option<usize>,
}

/// What stands for a `<` that begins nothing, and for a comment that is too long.
const STRAY: &str = "<";
const LONG: &str = "<!--";
/// A longer comment is dropped.
const LONGEST_COMMENT: usize = 64 << 10;
/// More attributes than this has no tag of a page.
const MOST_ATTRIBUTES: usize = 200;
/// More formatting elements than this are not open at one place of a page.
const MOST_FORMATTING: usize = 16;

struct Scan<'h> {
    open: Vec<&'h str>,
    /// Formatting that has not been closed, whether it is open here or not.
    formatting: Vec<&'h str>,
    cost: usize,
    deepest: usize,
    most: usize,
    too_deep: bool,
    too_many: bool,
}

impl<'h> Scan<'h> {
    fn tag(&mut self, tag: &Tag<'h>) -> Verdict {
        if self.cost >= self.most {
            self.too_many = true;
            return Verdict::Drop;
        }
        if tag.name == LONG {
            return Verdict::Drop;
        }
        if tag.name == STRAY {
            self.cost += 1;
            return Verdict::Keep;
        }
        if tag.closes {
            self.close(tag.name);
            return Verdict::Keep;
        }
        // Formatting that is still open is opened again in each new block, and what looks for the
        // main text climbs from each element to the top.
        self.cost += (1 + self.formatting.len()).max(self.open.len() / 50);
        let verdict = match tag.too_many_attributes {
            Some(end) => Verdict::CutAttributes(end),
            None => Verdict::Keep,
        };
        let is = |list: &[&str]| list.iter().any(|it| it.eq_ignore_ascii_case(tag.name));
        if is(VOID) || RAW.contains(&tag.name) {
            return verdict;
        }
        self.close_what_ends_here(tag.name);
        if self.open.len() >= self.deepest {
            self.too_deep = true;
            return Verdict::Drop;
        }
        if is(FORMATTING) {
            if self.formatting.len() >= MOST_FORMATTING {
                return Verdict::Drop;
            }
            // A link ends the link before.
            if tag.name.eq_ignore_ascii_case("a") {
                self.formatting.retain(|it| !it.eq_ignore_ascii_case("a"));
            }
            self.formatting.push(tag.name);
        }
        self.open.push(tag.name);
        verdict
    }

    /// A new paragraph ends the one before, a new list item the item before, and so on.
    fn close_what_ends_here(&mut self, name: &str) {
        let Some((_, ended, within)) =
            ENDS.iter().find(|row| row.0.iter().any(|it| it.eq_ignore_ascii_case(name)))
        else {
            return;
        };
        let same = |list: &[&str], name: &str| list.iter().any(|it| it.eq_ignore_ascii_case(name));
        for at in (0..self.open.len()).rev() {
            if same(ended, self.open[at]) {
                self.open.truncate(at);
                return;
            }
            if same(within, self.open[at]) || same(BARRIERS, self.open[at]) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) {
        let is = |list: &[&str], name: &str| list.iter().any(|it| it.eq_ignore_ascii_case(name));
        let formatting = is(FORMATTING, name);
        let barrier = is(BARRIERS, name);
        let special = is(SPECIAL, name);
        if formatting
            && let Some(at) = self.formatting.iter().rposition(|it| it.eq_ignore_ascii_case(name))
        {
            self.formatting.remove(at);
        }
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            if open.eq_ignore_ascii_case(name) {
                if formatting {
                    // The blocks that stand within it stay open.
                    self.open.remove(at);
                } else {
                    self.open.truncate(at);
                }
                return;
            }
            let stops = if barrier || formatting {
                false
            } else {
                is(BARRIERS, open) || (!special && is(SPECIAL, open))
            };
            if stops {
                return;
            }
        }
    }
}

/// The next tag at or after `from`; comments are passed over.
fn next_tag(html: &str, mut from: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    loop {
        let start = from + html.get(from..)?.find('<')?;
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closes);
        match bytes.get(name_start) {
            Some(byte) if byte.is_ascii_alphabetic() => {
                let length = bytes[name_start..]
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
                let name_end = name_start + length;
                let (end, too_many_attributes) = tag_end(bytes, name_end);
                let name = html.get(name_start..name_end)?;
                return Some(Tag { start, end, name, closes, too_many_attributes });
            }
            Some(b'!') if bytes[start..].starts_with(b"<!--") => {
                let end =
                    html.get(start + 4..)?.find("-->").map_or(html.len(), |at| start + 4 + at + 3);
                if end - start > LONGEST_COMMENT {
                    return Some(Tag {
                        start,
                        end,
                        name: LONG,
                        closes: false,
                        too_many_attributes: None,
                    });
                }
                from = end;
            }
            // Builders keep an error for each stray `<`: it counts like a tag.
            Some(_) => {
                let end = start + 1;
                return Some(Tag {
                    start,
                    end,
                    name: STRAY,
                    closes: true,
                    too_many_attributes: None,
                });
            }
            None => return None,
        }
    }
}

/// Where a tag ends, and where it has one attribute too many.
fn tag_end(bytes: &[u8], from: usize) -> (usize, Option<usize>) {
    let mut attributes = 0;
    let mut too_many = None;
    let mut in_name = false;
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (at + 1, too_many),
            b'=' => {
                in_name = false;
                let value = bytes[at + 1..].iter().position(|byte| !byte.is_ascii_whitespace());
                let Some(value) = value.map(|skipped| at + 1 + skipped) else {
                    return (bytes.len(), too_many);
                };
                at = match bytes[value] {
                    quote @ (b'"' | b'\'') => {
                        match bytes[value + 1..].iter().position(|&byte| byte == quote) {
                            Some(length) => value + 1 + length + 1,
                            None => return (bytes.len(), too_many),
                        }
                    }
                    _ => bytes[value..]
                        .iter()
                        .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                        .map_or(bytes.len(), |length| value + length),
                };
                continue;
            }
            b'/' => in_name = false,
            _ if byte.is_ascii_whitespace() => in_name = false,
            _ if !in_name => {
                in_name = true;
                attributes += 1;
                if attributes > MOST_ATTRIBUTES && too_many.is_none() {
                    too_many = Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), too_many)
}

/// Where the closing tag of a raw element begins.
fn raw_start_of_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == b'<')) {
        at += found;
        let rest = &bytes[at + 1..];
        let end = 1 + name.len();
        if rest.first() == Some(&b'/')
            && rest.get(1..end).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let start = raw_start_of_end(html, from, name);
    html[start..].find('>').map_or(html.len(), |at| start + at + 1)
}

/// Elements that hold text and no tags.
static RAW: &[&str] = &[
    "script", "style", "textarea", "title", "SCRIPT", "STYLE", "TITLE", "iframe", "noembed",
    "noframes", "xmp",
];

/// Elements that hold nothing.
static VOID: &[&str] = &[
    "img", "br", "meta", "link", "input", "hr", "source", "area", "base", "col", "embed", "param",
    "track", "wbr", "path", "use", "rect", "circle", "line", "polygon", "image", "keygen", "frame",
];

/// Elements that go on in the next block until they are closed.
static FORMATTING: &[&str] = &[
    "b", "i", "em", "strong", "font", "u", "s", "small", "big", "code", "tt", "strike", "nobr", "a",
];

/// Elements beyond which no closing tag reaches.
static BARRIERS: &[&str] = &[
    "table",
    "td",
    "th",
    "caption",
    "html",
    "template",
    "object",
    "applet",
    "marquee",
    "svg",
    "math",
    "foreignobject",
    "select",
];

/// Blocks: the closing tag of an unknown or inline element does not reach beyond them.
static SPECIAL: &[&str] = &[
    "div",
    "p",
    "li",
    "ul",
    "ol",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "tbody",
    "thead",
    "tfoot",
    "dl",
    "dt",
    "dd",
    "form",
    "button",
    "figure",
    "figcaption",
    "blockquote",
    "body",
    "head",
    "center",
    "fieldset",
    "details",
    "summary",
    "address",
    "pre",
    "dir",
    "menu",
    "hgroup",
    "search",
    "noscript",
    "listing",
    "frameset",
    "colgroup",
    "option",
    "optgroup",
];

/// What an opening tag ends, and what it does not reach beyond.
type Ends = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

static ENDS: &[Ends] = &[
    (&["li"], &["li"], &["ul", "ol", "menu"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
    (&["option"], &["option"], &["select"]),
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["tr"], &["table", "tbody", "thead", "tfoot"]),
    (&["tbody", "thead", "tfoot"], &["tbody", "thead", "tfoot"], &["table"]),
    (
        &[
            "p",
            "div",
            "ul",
            "ol",
            "dl",
            "section",
            "article",
            "header",
            "footer",
            "nav",
            "aside",
            "main",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "form",
            "figure",
            "figcaption",
            "blockquote",
            "center",
            "fieldset",
            "details",
            "address",
            "pre",
            "hr",
            "menu",
            "summary",
        ],
        &["p"],
        &["button"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(html: &str) -> Flat<'_> {
        flatten(html, 20, 1_000)
    }

    #[test]
    fn a_page_in_order_comes_back_as_it_is() {
        let items =
            "<li>one<li>two <b>bold</b><br><p>par<p>par<div><span>x</span></div>".repeat(40);
        let page = format!("<html><body><ul>{items}</ul><script>a<b<c</script></body></html>");
        let flat = flat(&page);
        assert!(matches!(flat.html, Cow::Borrowed(_)));
        assert!(!flat.too_deep && !flat.too_many);
    }

    #[test]
    fn tags_beyond_the_depth_are_dropped_and_the_text_stays() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<span>", ""),
            ("<div><table></div>", ""),
            ("<b><div></b>", ""),
            ("<x-y>", "</p>"),
        ] {
            let page = format!("{}end{}", open.repeat(100), close.repeat(100));
            let flat = flat(&page);
            assert!(flat.too_deep, "{open}");
            assert!(flat.html.contains("end"), "{open}");
        }
    }

    #[test]
    fn too_many_tags_attributes_and_open_formats_are_dropped() {
        let page = "<p>x".repeat(2_000);
        let flat1 = flat(&page);
        assert!(flat1.too_many);
        assert_eq!(flat1.html.matches("<p>").count(), 1_000);
        let attributes = " a='>'".repeat(5_000);
        let page = format!("<div{attributes}>text</div>");
        let flat2 = flat(&page);
        assert!(flat2.html.len() < 4_000 && flat2.html.ends_with(">text</div>"), "{}", flat2.html);
        let formats = "<p><b>x".repeat(100);
        assert_eq!(flat(&formats).html.matches("<b").count(), MOST_FORMATTING);
    }

    #[test]
    fn cut_off_tags_and_odd_bytes_end_the_scan() {
        for page in
            ["<", "<a", "<a href='", "<!--", "</", "<é>", "<script>x", "<p a=", "<div é='ü'>"]
        {
            assert_eq!(flat(page).html, page);
        }
    }
}
