//! The articles of one segment, for the matcher: positions, conditions, sections, one article at a time.

use std::rc::Rc;

use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::articles::Articles;
use super::borders::Borders;
use super::columns::Columns;
use super::cursor::{Cursor, Occurrence, is_many};
use super::kept::Kept;
use super::plan::{Condition, Leaf, Plan};
use super::sections::{ASIDE, in_scope, range_of, section_of};
use super::spans::{Expr, Scope, Section, Source, Span, case_holds};
use crate::date::Day;
use crate::index::analyze::Bounds;
use crate::index::date_code::number_day;
use crate::index::schema::{Fields, NOT_AN_ARTICLE};
use crate::index::{IndexError, keys};
use crate::query::DateField;
use crate::text::Class;

/// What a date condition answers for an article whose date leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// It does not hold.
    No,
    /// It holds for articles without a date, and for those that may lie inside.
    Yes,
}

/// One segment, opened for one plan.
pub(super) struct Segment<'p> {
    plan: &'p Plan,
    pub(super) reader: &'p SegmentReader,
    fields: Fields,
    cursors: Vec<Cursor>,
    /// For each condition on values or places, the articles that satisfy it, sorted.
    sets: Vec<Option<Vec<DocId>>>,
    columns: Columns<'p>,
    /// The spans of each leaf that were asked for last, and in which article.
    asked: Vec<Asked>,
    doc: DocId,
    moved: bool,
    bounds: Option<Bounds>,
    pub(super) open: Open,
    sentences: Borders,
    paragraphs: Borders,
}

/// How often something is where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) title: u32,
    pub(super) deck: u32,
    pub(super) body: u32,
    /// In byline and dateline, and apart from the article.
    pub(super) names: u32,
}

impl Times {
    fn add(&mut self, section: Section) {
        *match section {
            Section::Title => &mut self.title,
            Section::Deck => &mut self.deck,
            Section::Body => &mut self.body,
            Section::Byline | Section::Dateline | Section::Aside => &mut self.names,
        } += 1;
    }
}

/// The spans of a leaf in an article; whether byline and dateline were left out.
type Asked = (Option<(DocId, bool)>, Vec<Span>);

impl<'p> Segment<'p> {
    /// Opens what the plan needs of a segment.
    pub(super) fn open(
        plan: &'p Plan,
        reader: &'p SegmentReader,
        fields: Fields,
        kept: &'p Kept,
    ) -> Result<Self, IndexError> {
        let mut patterns = kept.patterns.borrow_mut();
        patterns.tidy();
        let open = |leaf: &Leaf| {
            Cursor::open(leaf, field_of(leaf, fields), reader, (&mut patterns, kept.index()))
        };
        let cursors = plan.leaves.iter().map(open).collect::<Result<_, _>>()?;
        let sets = plan
            .conditions
            .iter()
            .map(|condition| super::sets::articles(condition, reader, fields, kept))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            plan,
            reader,
            fields,
            cursors,
            sets,
            columns: kept.columns(reader),
            asked: vec![(None, Vec::new()); plan.leaves.len()],
            doc: 0,
            moved: false,
            bounds: None,
            open: Open::No,
            sentences: Borders::default(),
            paragraphs: Borders::default(),
        })
    }

    /// Goes back to the beginning, for a second walk.
    pub(super) fn rewind(&mut self) -> Result<(), IndexError> {
        if !self.moved {
            return Ok(());
        }
        for (cursor, leaf) in self.cursors.iter_mut().zip(&self.plan.leaves) {
            cursor.rewind(field_of(leaf, self.fields), self.reader)?;
        }
        self.asked.iter_mut().for_each(|it| it.0 = None);
        (self.sentences, self.paragraphs) = (Borders::default(), Borders::default());
        (self.doc, self.moved, self.bounds) = (0, false, None);
        Ok(())
    }

    /// Whether there are patterns of many forms, whose places are read of many articles at once.
    pub(super) fn has_patterns(&self) -> bool {
        self.plan.leaves.iter().any(is_many)
    }

    /// Says of which articles alone the places of words are going to be asked.
    pub(super) fn expect(&self, articles: Articles) {
        let articles = Rc::new(articles);
        self.cursors.iter().for_each(|it| it.expect(&articles));
    }

    /// Goes through what may satisfy an expression beforehand, where that tells whose places alone are to be read.
    pub(super) fn look_ahead(&mut self, expr: &Expr) -> Result<(), IndexError> {
        if !self.has_patterns() {
            return Ok(());
        }
        let mut articles = Articles::none(self.reader.max_doc());
        let mut target = 0;
        loop {
            let doc = self.candidate(expr, target);
            if doc >= self.reader.max_doc() {
                break;
            }
            articles.add(doc);
            target = doc + 1;
        }
        self.moved = true;
        self.expect(articles);
        self.rewind()
    }

    /// Whether a leaf is in some article of the segment.
    pub(super) fn is_found(&self, leaf: usize) -> bool {
        self.cursors[leaf].is_found()
    }

    /// Whether some article of the segment has a value that satisfies a condition; a condition of another kind may hold.
    pub(super) fn may_hold(&self, condition: usize) -> bool {
        self.sets[condition].as_ref().is_none_or(|docs| !docs.is_empty())
    }

    /// In how many articles of the segment a leaf is.
    pub(super) fn doc_frequency(&self, leaf: usize) -> Result<u64, IndexError> {
        let field = field_of(&self.plan.leaves[leaf], self.fields);
        self.cursors[leaf].doc_frequency(field, self.reader)
    }

    /// Visits every article that has a leaf, however its sections and case are asked for, and how often; an article may
    /// come once for each term. The cursors stay where they are.
    pub(super) fn each_article(
        &self,
        leaf: usize,
        visit: impl FnMut(DocId, u32),
    ) -> Result<(), IndexError> {
        let field = field_of(&self.plan.leaves[leaf], self.fields);
        self.cursors[leaf].each_article(field, self.reader, &|doc| self.columns.lang(doc), visit)
    }

    pub(super) fn columns(&self) -> &Columns<'p> {
        &self.columns
    }

    /// Moves to an article; never backwards.
    pub(super) fn go_to(&mut self, doc: DocId) {
        self.doc = doc;
        self.moved = true;
        self.bounds = None;
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// Whether the document is an article that is still there.
    pub(super) fn is_article(&self, doc: DocId) -> bool {
        !self.reader.is_deleted(doc) && self.columns.lang(doc) != NOT_AN_ARTICLE
    }

    /// The first document from `target` on that may satisfy the expression.
    pub(super) fn candidate(&mut self, expr: &Expr, target: DocId) -> DocId {
        match expr {
            Expr::All | Expr::Not(_) => target,
            Expr::Nothing => TERMINATED,
            Expr::Leaf(leaf) => self.seek(*leaf, target),
            Expr::Condition(condition) => match &self.sets[*condition] {
                Some(docs) => {
                    docs.get(docs.partition_point(|it| *it < target)).copied().unwrap_or(TERMINATED)
                }
                None => target,
            },
            Expr::And(parts) | Expr::Phrase(parts) | Expr::Window(parts, _) => {
                self.all(&parts.iter(), target)
            }
            Expr::Or(parts) => {
                let mut first = TERMINATED;
                for part in parts {
                    first = first.min(match part {
                        Expr::Leaf(leaf) => self.seek(*leaf, target),
                        other => self.candidate(other, target),
                    });
                    // The others are looked for when they are asked about.
                    if first == target {
                        break;
                    }
                }
                first
            }
            Expr::Near(near) if near.negated => self.candidate(&near.left, target),
            Expr::Near(near) => self.all(&[&near.left, &near.right].into_iter(), target),
            Expr::AtLeast(_, inner) => self.candidate(inner, target),
        }
    }

    fn all<'e>(
        &mut self,
        parts: &(impl Iterator<Item = &'e Expr> + Clone),
        target: DocId,
    ) -> DocId {
        let mut target = target;
        loop {
            let before = target;
            for part in parts.clone() {
                target = self.candidate(part, target);
                if target == TERMINATED {
                    return TERMINATED;
                }
            }
            if target == before {
                return target;
            }
        }
    }

    fn seek(&mut self, leaf: usize, target: DocId) -> DocId {
        if let Some(doc) = self.cursors[leaf].stands_from(target) {
            return doc;
        }
        let columns = &self.columns;
        self.cursors[leaf].seek(target, &|doc| columns.lang(doc))
    }

    /// Whether the leaf is at the current article, in whatever section and case.
    pub(super) fn is_at(&mut self, leaf: usize) -> bool {
        self.seek(leaf, self.doc) == self.doc
    }

    /// How often the leaf is in the current article; it has to be there.
    pub(super) fn frequency(&self, leaf: usize) -> u32 {
        self.cursors[leaf].frequency()
    }

    pub(super) fn typed_frequency(&mut self, leaf: usize) -> u32 {
        self.cursors[leaf].typed_frequency()
    }

    /// Where the leaf is in the current article, with section; empty if it is not there.
    pub(super) fn each(&mut self, leaf: usize, mut visit: impl FnMut(Occurrence, Section)) {
        if !self.is_at(leaf) {
            return;
        }
        let Leaf { scope, case, aside, .. } = &self.plan.leaves[leaf];
        let bounds = self.bounds_here();
        let lead_end = if *scope == Scope::Lead { self.lead_end(bounds) } else { u32::MAX };
        let columns = &self.columns;
        let mut occurrences = self.cursors[leaf].occurrences(&|doc| columns.lang(doc));
        if let (Scope::Only(section), None) = (scope, aside) {
            let (from, to) = range_of(bounds, *section);
            let before = |end: u32| occurrences.partition_point(|it| it.raw >> 2 < end);
            occurrences = &occurrences[before(from)..before(to)];
        }
        for occurrence in occurrences {
            // What stands apart from the article has positions of its own, beyond those of any text.
            let raw = occurrence.raw + if aside.is_some() { ASIDE << 2 } else { 0 };
            let section = section_of(bounds, raw >> 2);
            if in_scope(*scope, section, raw >> 2, lead_end)
                && case_holds(*case, Class::from_bits(raw))
            {
                visit(Occurrence { raw, ..*occurrence }, section);
            }
        }
    }

    /// How often the leaf is where in the current article, in other forms and as typed; `positions` are those in title,
    /// deck and body.
    pub(super) fn times(&mut self, leaf: usize, positions: &mut Vec<u32>) -> [Times; 2] {
        positions.clear();
        let mut times = <[Times; 2]>::default();
        if self.plan.leaves[leaf].is_anywhere() && self.is_at(leaf) {
            let bounds = self.bounds_here();
            let columns = &self.columns;
            if let Some((raw, _, typed)) = self.cursors[leaf].alone(&|doc| columns.lang(doc)) {
                // Nothing is asked of an occurrence but where it stands, and they stand in order.
                let before = |end: u32| raw.partition_point(|it| it >> 2 < end);
                let title = before(bounds.title);
                let deck = before(bounds.deck);
                let body = before(bounds.dateline + 1);
                positions.extend(raw[..deck].iter().chain(&raw[body..]).map(|it| it >> 2));
                let count = |places: usize| u32::try_from(places).unwrap_or(u32::MAX);
                times[usize::from(typed)] = Times {
                    title: count(title),
                    deck: count(deck - title),
                    body: count(raw.len() - body),
                    names: count(body - deck),
                };
                return times;
            }
        }
        // Several forms that stand at one place (`co` and `coop` of `co-op`) are found there once.
        let mut last = None;
        self.each(leaf, |it, section| {
            if last.replace(it.raw >> 2) == Some(it.raw >> 2) {
                return;
            }
            times[usize::from(it.typed)].add(section);
            if section.is_text() {
                positions.push(it.raw >> 2);
            }
        });
        times
    }

    pub(super) fn bounds_here(&mut self) -> Bounds {
        let (columns, doc) = (&self.columns, self.doc);
        *self.bounds.get_or_insert_with(|| columns.bounds(doc))
    }

    /// The position after the first paragraph of the body.
    fn lead_end(&mut self, bounds: Bounds) -> u32 {
        self.borders(false)
            .iter()
            .copied()
            .find(|border| *border >= bounds.body())
            .unwrap_or(u32::MAX)
    }

    fn dates(&self, field: DateField) -> Option<(Day, Day)> {
        let single = |number: u64| (number > 0).then(|| (number_day(number), number_day(number)));
        match field {
            DateField::Published => self.columns.date(self.doc).days(),
            DateField::Updated => single(self.columns.updated(self.doc)),
            DateField::Added => single(self.columns.added(self.doc)),
        }
    }

    /// Whether the article is undated (true) or known to the month or year only (false); none if it has its day.
    pub(super) fn vague(&self) -> Option<bool> {
        match self.columns.date(self.doc).days() {
            None => Some(true),
            Some((first, last)) => (first != last).then_some(false),
        }
    }
}

impl Source for Segment<'_> {
    fn present(&mut self, leaf: usize) -> bool {
        if !self.is_at(leaf) {
            return false;
        }
        let Leaf { case, aside, .. } = &self.plan.leaves[leaf];
        if self.plan.leaves[leaf].is_anywhere() || (aside.is_some() && case.is_none()) {
            return true;
        }
        let mut found = false;
        self.each(leaf, |_, _| found = true);
        found
    }

    fn find(&mut self, leaf: usize, text_only: bool) {
        // The rungs of the ladder ask for the same words of the same article several times.
        let here = (self.doc, text_only);
        if self.asked[leaf].0 == Some(here) {
            return;
        }
        let mut spans = std::mem::take(&mut self.asked[leaf].1);
        spans.clear();
        let span = |it: Occurrence| {
            let start = it.raw >> 2;
            Span { start, end: start + it.width - 1 }
        };
        let default = self.plan.leaves[leaf].scope == Scope::Default;
        if self.plan.leaves[leaf].is_anywhere() {
            // The most common kind of leaf, the quicker way: nothing is asked of an occurrence but where it stands.
            if self.is_at(leaf) {
                let bounds = self.bounds_here();
                let columns = &self.columns;
                // Byline and dateline lie between deck and body.
                let has_names = text_only && bounds.dateline > bounds.deck + 2;
                let without = has_names.then_some(bounds.deck..=bounds.dateline);
                self.cursors[leaf].spans(&|doc| columns.lang(doc), without, &mut spans);
            }
        } else {
            self.each(leaf, |it, section| {
                if !(text_only && default) || section.is_text() {
                    spans.push(span(it));
                }
            });
        }
        self.asked[leaf] = (Some(here), spans);
    }

    fn found(&self, leaf: usize) -> &[Span] {
        &self.asked[leaf].1
    }

    fn is_beside(&mut self, first: usize, second: usize) -> Option<bool> {
        let is_plain = |leaf: usize| self.plan.leaves[leaf].is_anywhere();
        if !is_plain(first) || !is_plain(second) {
            return None;
        }
        if !self.is_at(first) || !self.is_at(second) {
            return Some(false);
        }
        let bounds = self.bounds_here();
        let columns = &self.columns;
        let lang = |doc| columns.lang(doc);
        let [one, other] = self.cursors.get_disjoint_mut([first, second]).ok()?;
        let (firsts, width, _) = one.alone(&lang)?;
        let (seconds, other_width, _) = other.alone(&lang)?;
        let mut seconds = seconds.iter().map(|it| it >> 2).peekable();
        let beside = firsts.iter().map(|it| it >> 2).any(|start| {
            let next = start + width;
            while seconds.next_if(|it| *it < next).is_some() {}
            seconds.peek() == Some(&next) && {
                let section = section_of(bounds, start);
                section.is_text() && section == section_of(bounds, next + other_width - 1)
            }
        });
        Some(beside)
    }

    fn condition(&mut self, condition: usize) -> bool {
        if let Some(docs) = &self.sets[condition] {
            return docs.binary_search(&self.doc).is_ok();
        }
        match &*self.plan.conditions[condition] {
            Condition::Dates { field, first, last, under_not } => {
                let open = self.open == Open::Yes && *field == DateField::Published && !under_not;
                let Some((from, to)) = self.dates(*field) else { return open };
                let inside = first.is_none_or(|it| it <= from) && last.is_none_or(|it| to <= it);
                let touches = first.is_none_or(|it| it <= to) && last.is_none_or(|it| from <= it);
                inside || (open && touches)
            }
            Condition::NoDate(field) => self.dates(*field).is_none(),
            Condition::Length(min, max) => {
                let words = self.columns.words(self.doc);
                min.is_none_or(|it| it <= words) && max.is_none_or(|it| words <= it)
            }
            Condition::Filled(section) => {
                let bounds = self.bounds_here();
                match section {
                    Section::Title => bounds.title > 0,
                    Section::Deck => bounds.deck > bounds.title + 1,
                    Section::Byline => bounds.byline > bounds.deck + 1,
                    Section::Dateline => bounds.dateline > bounds.byline + 1,
                    Section::Body => self.columns.words(self.doc) > 0,
                    Section::Aside => false,
                }
            }
            // These have sets.
            Condition::Value(..) | Condition::AnyValue(_) | Condition::Under(_) => false,
        }
    }

    fn section(&self, position: u32) -> Section {
        let bounds = self.bounds.unwrap_or_else(|| self.columns.bounds(self.doc));
        section_of(bounds, position)
    }

    fn borders(&mut self, sentences: bool) -> &[u32] {
        let (key, borders) = if sentences {
            (keys::SENTENCE, &mut self.sentences)
        } else {
            (keys::PARAGRAPH, &mut self.paragraphs)
        };
        borders.of(self.doc, key, self.fields.text, self.reader)
    }
}

fn field_of(leaf: &Leaf, fields: Fields) -> Field {
    if leaf.aside.is_some() { fields.aside } else { fields.text }
}
