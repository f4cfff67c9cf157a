//! A part of a page -> its text: blocks become paragraphs, separated by a blank line.

use dom_query::{NodeData, NodeRef};

/// The text below a node.
pub(super) fn paragraphs(root: &NodeRef<'_>) -> String {
    let mut text = Text::default();
    // An own stack: the depth of a page must not become the depth of ours.
    let mut node = root.first_child();
    let mut open = Vec::new();
    loop {
        let Some(current) = node else {
            let Some((parent, name)) = open.pop() else { break };
            let parent: NodeRef<'_> = parent;
            text.end(name);
            node = parent.next_sibling();
            continue;
        };
        let step = current.query_or(Step::Pass, |it| match &it.data {
            NodeData::Text { contents } => {
                text.push(contents);
                Step::Pass
            }
            NodeData::Element(element) => {
                let name = element.name.local.as_ref();
                if LEFT_OUT.contains(&name) { Step::Pass } else { Step::Into(kind(name)) }
            }
            NodeData::Document
            | NodeData::Fragment
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => Step::Pass,
        });
        node = match step {
            Step::Pass => current.next_sibling(),
            Step::Into(kind) => {
                text.begin(kind);
                if let Some(child) = current.first_child() {
                    open.push((current, kind));
                    Some(child)
                } else {
                    text.end(kind);
                    current.next_sibling()
                }
            }
        };
    }
    text.finish()
}

enum Step {
    Pass,
    Into(Kind),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inline,
    Block,
    Break,
    Cell,
}

fn kind(name: &str) -> Kind {
    match name {
        "br" => Kind::Break,
        "td" | "th" => Kind::Cell,
        _ if BLOCKS.contains(&name) => Kind::Block,
        _ => Kind::Inline,
    }
}

/// What is no part of an article's text.
static LEFT_OUT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "figcaption",
    "caption",
    "button",
    "select",
    "textarea",
    "iframe",
    "svg",
    "head",
    "title",
    "audio",
    "video",
    "object",
    "nav",
    "input",
    "math",
];

static BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "pre",
    "table",
    "tr",
    "tbody",
    "thead",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "main",
    "figure",
    "hr",
    "address",
    "form",
    "fieldset",
    "center",
    "body",
    "details",
    "summary",
];

/// Paragraphs as they grow.
#[derive(Default)]
struct Text {
    whole: String,
    paragraph: String,
    /// White space that stands between the last word and the next one.
    space: bool,
    newline: bool,
}

impl Text {
    fn push(&mut self, piece: &str) {
        if piece.starts_with(|c: char| c.is_whitespace()) {
            self.space = true;
        }
        for word in piece.split_whitespace() {
            if !self.paragraph.is_empty() {
                if self.newline {
                    self.paragraph.push('\n');
                } else if self.space {
                    self.paragraph.push(' ');
                }
            }
            self.paragraph.push_str(word);
            self.newline = false;
            self.space = true;
        }
        if !piece.is_empty() {
            self.space = piece.ends_with(|c: char| c.is_whitespace());
        }
    }

    fn begin(&mut self, kind: Kind) {
        match kind {
            Kind::Inline => {}
            Kind::Block => self.end_paragraph(),
            Kind::Break => self.newline = true,
            Kind::Cell => self.space = true,
        }
    }

    fn end(&mut self, kind: Kind) {
        match kind {
            Kind::Block => self.end_paragraph(),
            Kind::Cell => self.space = true,
            Kind::Inline | Kind::Break => {}
        }
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            if !self.whole.is_empty() {
                self.whole.push_str("\n\n");
            }
            self.whole.push_str(&self.paragraph);
            self.paragraph.clear();
        }
        self.space = false;
        self.newline = false;
    }

    fn finish(mut self) -> String {
        self.end_paragraph();
        self.whole
    }
}
