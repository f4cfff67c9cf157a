//! What the elements of a page say they are, and how much text is in them -> which are no part of the article.

use super::super::marks::Marks;
use super::super::outline::{Node, Outline, Tag};
use super::weigh::{Kind, Weighed};

/// Why a line is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Apart {
    /// It is not.
    #[default]
    Not,
    /// Its element says that it is something else.
    Marked,
    /// It stands in a list or a box of links.
    Links,
    /// It is not shown.
    Hidden,
}

/// Elements that are no part of an article wherever they stand, and up to which share of the page's prose, in
/// per cent: where they hold more, their name means something else.
static MARKED: &[(Marks, u64)] = &[
    (Marks::COMMENTS, 75),
    (Marks::RELATED, 45),
    (Marks::TEASER, 30),
    (Marks::SHARE, 30),
    (Marks::PROMOTION, 45),
    (Marks::CAPTION, 30),
    (Marks::FOOTER, 80),
    (Marks::MENU, 30),
    (Marks::SIDE, 40),
    (Marks::META, 20),
];

const LEAST_LINKS_IN_TEASERS: u64 = 15;
/// In per cent: what hides more of the page's prose is shown by a program, or to subscribers.
const MOST_HIDDEN: u64 = 50;

const LOOKS: Marks = Marks::SIDE.and(Marks::META).and(Marks::TEASER).and(Marks::SHARE);

/// Sums over lines, so that those of any element are two look-ups.
pub(super) struct Sums {
    /// Before each line, what prose stands above it.
    prose: Vec<u64>,
    letters: Vec<u64>,
    links: Vec<u64>,
}

impl Sums {
    /// Adds up a page.
    pub(super) fn of(outline: &Outline, weighed: &[Weighed]) -> Self {
        let mut sums = Self { prose: vec![0], letters: vec![0], links: vec![0] };
        let (mut prose, mut letters, mut links) = (0, 0, 0);
        for (line, it) in outline.lines.iter().zip(weighed) {
            prose += if it.kind == Kind::Prose { u64::from(it.weight) } else { 0 };
            letters += u64::from(line.length);
            links += u64::from(line.links.min(line.length));
            sums.prose.push(prose);
            sums.letters.push(letters);
            sums.links.push(links);
        }
        sums
    }

    /// The prose of a node.
    pub(super) fn prose(&self, node: &Node) -> u64 {
        within(&self.prose, node)
    }

    fn letters(&self, node: &Node) -> u64 {
        within(&self.letters, node)
    }

    fn links(&self, node: &Node) -> u64 {
        within(&self.links, node)
    }
}

fn within(sums: &[u64], node: &Node) -> u64 {
    let at = |line: u32| sums.get(line as usize).or(sums.last()).copied().unwrap_or_default();
    at(node.end_line).saturating_sub(at(node.first_line))
}

/// A box of links has less prose than this.
const LEAST_PROSE: u64 = 140;

/// Lines of a caption.
const MOST_IN_FIGURE: u32 = 3;

/// For each node, whether it is apart, by itself or with what holds it.
pub(super) fn apart(outline: &Outline, sums: &Sums) -> Vec<Apart> {
    let page = outline.nodes.first().map_or(0, |root| sums.prose(root));
    let mut apart: Vec<Apart> = Vec::with_capacity(outline.nodes.len());
    for (at, node) in outline.nodes.iter().enumerate() {
        let above = apart.get(node.parent as usize).copied().filter(|_| at > 0).unwrap_or_default();
        let it = if above == Apart::Not { judge(node, sums, page) } else { above };
        apart.push(it);
    }
    apart
}

/// For each node, whether it is no part of an article on any page: menus, comments, the foot of the page.
pub(super) fn at_least(outline: &Outline) -> Vec<Apart> {
    let mut apart: Vec<Apart> = Vec::with_capacity(outline.nodes.len());
    for (at, node) in outline.nodes.iter().enumerate() {
        let above = apart.get(node.parent as usize).copied().filter(|_| at > 0).unwrap_or_default();
        let is_other = matches!(node.tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Button)
            || node.marks.any(OTHER_ANYWHERE);
        let it = if is_other { Apart::Marked } else { Apart::Not };
        apart.push(if above == Apart::Not { it } else { above });
    }
    apart
}

const OTHER_ANYWHERE: Marks =
    Marks::COMMENTS.and(Marks::FOOTER).and(Marks::MENU).and(Marks::RELATED).and(Marks::PROMOTION);

fn judge(node: &Node, sums: &Sums, page: u64) -> Apart {
    let prose = sums.prose(node);
    let at_most = |share: u64| prose * 100 <= page * share;
    if node.marks.any(Marks::HIDDEN) && at_most(MOST_HIDDEN) {
        return Apart::Hidden;
    }
    let is_article = node.marks.any(Marks::BODY) || matches!(node.tag, Tag::Article | Tag::Main);
    // An embedded message of a social network is a quotation.
    let marks = if node.tag == Tag::Quote { node.marks.without(Marks::SHARE) } else { node.marks };
    // What a paragraph's own class says of how it looks is no reason to leave it out.
    let marks = if matches!(node.tag, Tag::Heading(_) | Tag::Paragraph) {
        marks.without(LOOKS)
    } else {
        marks
    };
    // Teasers link to what they tease.
    let links = sums.links(node) * 100 >= sums.letters(node) * LEAST_LINKS_IN_TEASERS;
    let marks = if links { marks } else { marks.without(Marks::TEASER) };
    let limit = MARKED.iter().filter(|row| marks.any(row.0)).map(|row| row.1).max();
    if let Some(limit) = limit {
        let limit = if is_article { limit / 3 } else { limit };
        if at_most(limit) {
            return Apart::Marked;
        }
    }
    let by_tag = match node.tag {
        Tag::Nav | Tag::Button | Tag::Caption => 30,
        Tag::Form => 20,
        Tag::Footer | Tag::Aside => 40,
        // A caption; more lines are those of a table, or of a box that a builder of pages calls so.
        Tag::Figure if node.end_line <= node.first_line + MOST_IN_FIGURE => 10,
        Tag::List | Tag::Division | Tag::Table | Tag::Article => {
            let letters = sums.letters(node);
            let is_box = letters > 0
                && prose < LEAST_PROSE
                && sums.links(node) * 100 >= letters * 60
                && node.end_line > node.first_line + 1;
            return if is_box { Apart::Links } else { Apart::Not };
        }
        Tag::Root
        | Tag::Body
        | Tag::Paragraph
        | Tag::Main
        | Tag::Header
        | Tag::Heading(_)
        | Tag::Item
        | Tag::Quote
        | Tag::Preformatted
        | Tag::Row
        | Tag::Cell
        | Tag::Figure
        | Tag::Link
        | Tag::Time
        | Tag::Abbreviation
        | Tag::Strong
        | Tag::Inline => return Apart::Not,
    };
    if at_most(by_tag) { Apart::Marked } else { Apart::Not }
}
