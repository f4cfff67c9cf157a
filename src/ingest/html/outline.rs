//! A parsed page -> its elements and lines of text in one flat list, which dates and main text are told from.

use dom_query::{Document, Element, NodeData, NodeRef};

use super::marks::{self, Marks};
use super::meta::attribute;

/// A page as a list: what stands within a node follows it, up to its `end`.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Elements in the order they open.
    pub(super) nodes: Vec<Node>,
    /// The text of all lines, their white space squeezed.
    pub(super) text: String,
    /// The runs of text that no block or break interrupts.
    pub(super) lines: Vec<Line>,
    /// What `<time datetime>` and `<abbr title>` say, by the number of the node.
    pub(super) times: Vec<(u32, String)>,
}

/// An element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) tag: Tag,
    /// What its own class, id and role say.
    pub(super) marks: Marks,
    /// The marks of all elements around it, and its own.
    pub(super) around: Marks,
    pub(super) parent: u32,
    /// One past the last node within it.
    pub(super) end: u32,
    /// The lines within it, the first and one past the last.
    pub(super) first_line: u32,
    pub(super) end_line: u32,
}

/// A run of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The innermost element in which all of it stands.
    pub(super) inner: u32,
    /// Letters of it that are links.
    pub(super) links: u32,
    /// Letters, counted once.
    pub(super) length: u32,
    /// Whether an element for dates stands in it.
    pub(super) dated: bool,
    /// Whether a `<br>` parts it from the line before, not a block.
    pub(super) after_break: bool,
}

/// The elements that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Root,
    Body,
    Paragraph,
    /// `div`, `section` and whatever holds others.
    Division,
    Article,
    Main,
    Aside,
    Nav,
    Header,
    Footer,
    Heading(u8),
    Item,
    List,
    Quote,
    Preformatted,
    Table,
    Row,
    Cell,
    Figure,
    Caption,
    Form,
    Button,
    Link,
    Time,
    Abbreviation,
    Strong,
    Inline,
}

impl Tag {
    fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Link
                | Self::Time
                | Self::Abbreviation
                | Self::Strong
                | Self::Inline
                | Self::Button
                | Self::Cell
        )
    }
}

static TAGS: &[(&str, Tag)] = &[
    ("p", Tag::Paragraph),
    ("div", Tag::Division),
    ("section", Tag::Division),
    ("center", Tag::Division),
    ("details", Tag::Division),
    ("summary", Tag::Division),
    ("fieldset", Tag::Form),
    ("address", Tag::Division),
    ("hr", Tag::Division),
    ("hgroup", Tag::Division),
    ("article", Tag::Article),
    ("main", Tag::Main),
    ("aside", Tag::Aside),
    ("nav", Tag::Nav),
    ("menu", Tag::Nav),
    ("header", Tag::Header),
    ("footer", Tag::Footer),
    ("h1", Tag::Heading(1)),
    ("h2", Tag::Heading(2)),
    ("h3", Tag::Heading(3)),
    ("h4", Tag::Heading(4)),
    ("h5", Tag::Heading(5)),
    ("h6", Tag::Heading(6)),
    ("li", Tag::Item),
    ("dt", Tag::Item),
    ("dd", Tag::Item),
    ("ul", Tag::List),
    ("ol", Tag::List),
    ("dl", Tag::List),
    ("blockquote", Tag::Quote),
    ("q", Tag::Inline),
    ("pre", Tag::Preformatted),
    ("table", Tag::Table),
    ("tbody", Tag::Division),
    ("thead", Tag::Division),
    ("tfoot", Tag::Division),
    ("tr", Tag::Row),
    ("td", Tag::Cell),
    ("th", Tag::Cell),
    ("figure", Tag::Figure),
    ("picture", Tag::Figure),
    ("figcaption", Tag::Caption),
    ("caption", Tag::Caption),
    ("form", Tag::Form),
    ("button", Tag::Button),
    ("label", Tag::Form),
    ("a", Tag::Link),
    ("time", Tag::Time),
    ("abbr", Tag::Abbreviation),
    ("b", Tag::Strong),
    ("strong", Tag::Strong),
    ("body", Tag::Body),
    ("html", Tag::Root),
];

/// Elements whose text is not shown, or is no text.
static UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "head", "title", "audio", "video",
    "object", "select", "textarea", "input", "math", "canvas", "dialog",
];

/// Reads a page.
pub(super) fn outline(document: &Document) -> Outline {
    let mut builder = Builder::default();
    builder.walk(document.root());
    builder.outline
}

#[derive(Default)]
struct Builder {
    outline: Outline,
    /// The nodes that are open, the innermost last.
    open: Vec<u32>,
    /// How many links are open.
    links: u32,
    line: Option<Line>,
    /// White space stands before the next word.
    space: bool,
    /// The white space stands for the border of an element: there is none before a comma.
    set_off: bool,
    /// How many `<br>` stand before the next word, with no block between.
    breaks: u32,
}

impl Builder {
    fn walk(&mut self, root: NodeRef<'_>) {
        self.open_node(Tag::Root, Marks::default());
        // An own stack: the depth of a page must not become the depth of ours.
        let mut parents: Vec<(NodeRef<'_>, bool)> = Vec::new();
        let mut node = root.first_child();
        loop {
            let Some(current) = node else {
                let Some((parent, was_opened)) = parents.pop() else { break };
                if was_opened {
                    self.close_node();
                }
                node = parent.next_sibling();
                continue;
            };
            let step = current.query_or(Step::Pass, |it| match &it.data {
                NodeData::Text { contents } => {
                    self.push(contents);
                    Step::Pass
                }
                NodeData::Element(element) => self.element(element),
                NodeData::Document
                | NodeData::Fragment
                | NodeData::Doctype { .. }
                | NodeData::Comment { .. }
                | NodeData::ProcessingInstruction { .. } => Step::Pass,
            });
            node = match step {
                Step::Pass => current.next_sibling(),
                Step::Into => {
                    let child = current.first_child();
                    if child.is_some() {
                        parents.push((current, true));
                        child
                    } else {
                        self.close_node();
                        current.next_sibling()
                    }
                }
            };
        }
        self.end_line();
        self.close_node();
    }

    fn element(&mut self, element: &Element) -> Step {
        let name = element.name.local.as_ref();
        if name == "br" {
            self.end_line();
            self.breaks += 1;
            return Step::Pass;
        }
        if UNSEEN.contains(&name) {
            return Step::Pass;
        }
        let tag = TAGS.iter().find(|row| row.0 == name).map_or(Tag::Inline, |row| row.1);
        self.open_node(tag, marks::of(element, tag));
        if matches!(tag, Tag::Time | Tag::Abbreviation) {
            let key = if tag == Tag::Time { "datetime" } else { "title" };
            if let Some(value) = attribute(element, key).filter(|it| !it.trim().is_empty()) {
                let at = self.current();
                self.outline.times.push((at, value.chars().take(LONGEST_TIME).collect()));
            }
        }
        Step::Into
    }

    fn current(&self) -> u32 {
        self.open.last().copied().unwrap_or_default()
    }

    fn open_node(&mut self, tag: Tag, marks: Marks) {
        if tag.is_block() {
            self.end_line();
            self.breaks = 0;
        }
        // A date that is set off by its element alone does not run into what follows.
        if (tag == Tag::Cell || marks.any(Marks::DATE)) && !self.space {
            self.space = true;
            self.set_off = true;
        }
        if tag == Tag::Link {
            self.links += 1;
        }
        let parent = self.current();
        let above = self.outline.nodes.get(parent as usize).map(|it| it.around).unwrap_or_default();
        let at = self.outline.nodes.len() as u32;
        let line = self.outline.lines.len() as u32;
        self.outline.nodes.push(Node {
            tag,
            marks,
            around: above.and(marks),
            parent,
            end: at + 1,
            first_line: line,
            end_line: line,
        });
        self.open.push(at);
    }

    fn close_node(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let Some(Node { tag, marks, .. }) = self.outline.nodes.get(at as usize).copied() else {
            return;
        };
        if tag.is_block() {
            self.end_line();
            self.breaks = 0;
        }
        if (tag == Tag::Cell || marks.any(Marks::DATE)) && !self.space {
            self.space = true;
            self.set_off = true;
        }
        if tag == Tag::Link {
            self.links = self.links.saturating_sub(1);
        }
        let end = self.outline.nodes.len() as u32;
        // A line that is still open belongs to what surrounds this element.
        let lines = self.outline.lines.len() as u32 + u32::from(self.line.is_some());
        if let Some(node) = self.outline.nodes.get_mut(at as usize) {
            node.end = end;
            node.end_line = lines.max(node.first_line);
        }
    }

    fn push(&mut self, piece: &str) {
        if piece.starts_with(char::is_whitespace) {
            self.space = true;
            self.set_off = false;
        }
        for word in piece.split_whitespace() {
            let at = self.current();
            if self.line.is_none() {
                self.line = Some(self.begin_line(at));
            }
            let dated =
                self.outline.nodes.get(at as usize).is_some_and(|it| it.marks.any(Marks::DATE));
            let Some(line) = self.line.as_mut() else { return };
            line.dated |= dated;
            let text = &mut self.outline.text;
            let joined = self.set_off && word.starts_with([',', '.', ';', ':', ')']);
            self.set_off = false;
            if line.end > line.start && self.space && !joined {
                text.push(' ');
                line.length += 1;
            }
            if line.inner != at {
                line.inner = common(&self.outline.nodes, line.inner, at);
            }
            let letters = word.chars().count() as u32;
            text.push_str(word);
            line.end = text.len() as u32;
            line.length += letters;
            if self.links > 0 {
                line.links += letters + 1;
            }
            self.space = true;
        }
        if !piece.is_empty() {
            self.space = piece.ends_with(char::is_whitespace);
        }
    }

    fn begin_line(&mut self, inner: u32) -> Line {
        let text = &mut self.outline.text;
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len() as u32;
        let after_break = std::mem::take(&mut self.breaks) == 1;
        Line { start, end: start, inner, links: 0, length: 0, dated: false, after_break }
    }
    fn end_line(&mut self) {
        if let Some(line) = self.line.take() {
            self.outline.lines.push(line);
        }
        self.space = false;
    }
}

enum Step {
    Pass,
    Into,
}

/// Longer values of `datetime` are no times.
const LONGEST_TIME: usize = 120;

/// The innermost element that holds both: a parent has a smaller number than what stands in it.
fn common(nodes: &[Node], mut one: u32, mut other: u32) -> u32 {
    while one != other {
        let outer = if one > other { &mut one } else { &mut other };
        let Some(node) = nodes.get(*outer as usize) else { return 0 };
        *outer = node.parent;
    }
    one
}

impl Outline {
    /// The text of a line.
    pub(super) fn text_of(&self, line: &Line) -> &str {
        self.text.get(line.start as usize..line.end as usize).unwrap_or_default()
    }

    /// A node.
    pub(super) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// The elements around a node, from the inside out, beginning with itself.
    pub(super) fn upwards(&self, from: u32) -> impl Iterator<Item = (u32, &Node)> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let at = next?;
            let node = self.nodes.get(at as usize)?;
            next = (at != 0).then_some(node.parent);
            Some((at, node))
        })
    }
}
