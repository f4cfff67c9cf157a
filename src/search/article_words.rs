//! The words of one article, analysed again from its stored text, for the matcher: what is marked is what matches.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::first_letters::FirstLetters;
use super::plan::{Leaf, Plan};
use super::sections::{in_scope, section_of};
use super::spans::{Scope, Section, Source, Span, Spans, case_holds, marks};
use super::words::TermKey;
use crate::article::Article;
use crate::index::analyze::{Bounds, header_sections};
use crate::index::keys;
use crate::text::{Class, Form, FormKind, Lang, Stemmer, Visitor, tokenize};

/// The terms of a plan's leaves, to look up the forms of a text.
pub(super) struct Lookup<'p> {
    plan: &'p Plan,
    /// By key, a leaf and which of its terms it is; and the other leaves that have it too.
    terms: FxHashMap<&'p str, (usize, usize)>,
    others: FxHashMap<&'p str, Vec<(usize, usize)>>,
    /// First letters of the forms looked for: one with others is none of them.
    exact: FirstLetters,
    /// Those of forms that may have a stem looked for, by language.
    stems: Vec<(Lang, FirstLetters)>,
}

impl<'p> Lookup<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let leaves = plan.leaves.iter().enumerate();
        let leaves = leaves.filter(|(_, leaf)| leaf.aside.is_none() && !leaf.extra);
        let count = leaves.clone().map(|it| it.1.terms.len()).sum();
        let mut terms = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        let mut others: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        let mut exact = FirstLetters::none();
        let mut stems: Vec<(Lang, FirstLetters)> = Vec::new();
        for (number, leaf) in leaves {
            for (at, term) in leaf.terms.iter().enumerate() {
                let place = (number, at);
                if *terms.entry(term.key.as_str()).or_insert(place) != place {
                    others.entry(&term.key).or_default().push(place);
                }
                if let Some((_, form)) = keys::exact_form(&term.key) {
                    exact.add_form(form);
                } else if let Some((code, stem)) = keys::stem(&term.key)
                    && let Some(lang) = Lang::from_code(code)
                {
                    let known = stems.iter().position(|it| it.0 == lang).unwrap_or_else(|| {
                        stems.push((lang, FirstLetters::none()));
                        stems.len() - 1
                    });
                    stems[known].1.add_stem(lang, stem);
                }
            }
        }
        Self { plan, terms, others, exact, stems }
    }

    /// The leaves that have a term with this key, and the term.
    fn get(&self, key: &str) -> impl Iterator<Item = (usize, &TermKey)> {
        let first = self.terms.get(key);
        let others = first.and_then(|_| self.others.get(key)).into_iter().flatten();
        first
            .into_iter()
            .chain(others)
            .map(|(leaf, at)| (*leaf, &self.plan.leaves[*leaf].terms[*at]))
    }
}

/// An article's words as far as a plan asks for them.
pub(super) struct ArticleWords<'p> {
    plan: &'p Plan,
    /// For every leaf, where it is.
    found: Vec<Vec<(Span, Class)>>,
    /// Of those, the ones the matcher asked for last.
    asked: Vec<Vec<Span>>,
    /// For every position that is a word, where it is in the text of its section, in bytes.
    places: Vec<Place>,
    bounds: Bounds,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    /// What the index says of conditions and of leaves apart from the article.
    known: Known,
}

/// Where a word is: its position, and its bytes in the text of its section, which are numbered as positions are.
#[derive(Debug, Clone, Copy)]
struct Place {
    position: u32,
    start: u32,
    end: u32,
}

impl Place {
    #[inline]
    fn new(position: u32, start: usize, end: usize) -> Self {
        // No text that is read or stored has four billion bytes.
        let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { position, start: byte(start), end: byte(end) }
    }

    fn in_bytes(&self) -> (u32, usize, usize) {
        (self.position, self.start as usize, self.end as usize)
    }
}

/// Answers that the text of an article does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) conditions: Vec<bool>,
    pub(super) asides: Vec<bool>,
}

impl<'p> ArticleWords<'p> {
    /// Analyses an article.
    pub(super) fn new(
        plan: &'p Plan,
        lookup: &Lookup<'_>,
        article: &Article,
        lang: Option<Lang>,
        known: Known,
        stemmer: &mut Stemmer,
    ) -> Self {
        let stems = lookup.stems.iter().find(|it| Some(it.0) == lang).map(|it| &it.1);
        let any_stem = stems.is_some() && lang.is_some_and(Lang::stems_change_beginnings);
        let mut wanted = lookup.exact.clone();
        if let Some(stems) = stems {
            wanted.join(stems);
        }
        let mut collect = Collect {
            lookup,
            stems,
            any_stem,
            wanted,
            stemmer,
            lang,
            bit: super::words::column_number(lang),
            found: vec![Vec::new(); plan.leaves.len()],
            places: Vec::with_capacity(article.body.len() / LETTERS_A_WORD),
            sentences: Vec::with_capacity(article.body.len() / LETTERS_A_SENTENCE + 1),
            paragraphs: Vec::new(),
            key: String::with_capacity(LETTERS_A_KEY),
        };
        let [title, deck, byline, dateline] = header_sections(article);
        let title = tokenize(&title, 0, &mut collect);
        let deck = tokenize(&deck, title + 1, &mut collect);
        let byline = tokenize(&byline, deck + 1, &mut collect);
        let dateline = tokenize(&dateline, byline + 1, &mut collect);
        let bounds = Bounds { title, deck, byline, dateline };
        // Title and deck are one sentence each, whatever stops stand in them.
        collect.sentences.clear();
        tokenize(&article.body, bounds.body(), &mut collect);
        let Collect { found, places, sentences, paragraphs, .. } = collect;
        let asked = vec![Vec::new(); found.len()];
        Self { plan, found, asked, places, bounds, sentences, paragraphs, known }
    }

    /// Every span to be marked, sorted.
    pub(super) fn marks(&mut self) -> Spans {
        let mut out = Spans::new();
        let plan = self.plan;
        marks(&plan.marked, self, &mut out);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The positions inside the spans that lie in a section, as ranges of bytes of its text, in order.
    pub(super) fn ranges(&self, spans: &[Span], section: Section) -> Vec<(u32, usize, usize)> {
        let mut ranges = Vec::new();
        let mut next = 0;
        for span in spans.iter().filter(|it| self.section(it.start) == section) {
            let from = self.places.partition_point(|it| it.position < span.start.max(next));
            let inside = self.places[from..].iter().take_while(|it| it.position <= span.end);
            ranges.extend(inside.map(Place::in_bytes));
            next = next.max(span.end + 1);
        }
        ranges
    }

    /// Where sentences and paragraphs of the body begin, as positions; the first is the first of the body.
    pub(super) fn body_pieces(&self) -> Vec<u32> {
        let body = self.bounds.body();
        let mut starts = vec![body];
        starts.extend(self.sentences.iter().copied().filter(|it| *it >= body));
        starts.extend(self.paragraphs.iter().map(|it| it + 1).filter(|it| *it > body));
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// The place in bytes of the first word at or after a position.
    pub(super) fn place_from(&self, position: u32) -> Option<(u32, usize, usize)> {
        let at = self.places.partition_point(|it| it.position < position);
        self.places.get(at).map(Place::in_bytes)
    }

    /// Where a span lies in the text of its section, in bytes.
    pub(super) fn bytes_of(&self, span: Span) -> Option<(usize, usize)> {
        let from = self.places.partition_point(|it| it.position < span.start);
        let to = self.places.partition_point(|it| it.position <= span.end);
        let inside = self.places.get(from..to)?;
        Some((inside.first()?.in_bytes().1, inside.last()?.in_bytes().2))
    }

    /// The word so many words after the span (before it, if negative), in the same section.
    pub(super) fn bytes_away(&self, span: Span, away: isize) -> Option<(usize, usize)> {
        let at = if away < 0 {
            let before = self.places.partition_point(|it| it.position < span.start);
            before.checked_sub(away.unsigned_abs())?
        } else {
            let after = self.places.partition_point(|it| it.position <= span.end);
            after.checked_add(away.unsigned_abs().checked_sub(1)?)?
        };
        let (position, start, end) = self.places.get(at)?.in_bytes();
        (self.section(position) == self.section(span.start)).then_some((start, end))
    }

    /// For every leaf that is found, its positions.
    pub(super) fn leaf_spans(&self, leaf: usize) -> impl Iterator<Item = Span> {
        self.found[leaf].iter().map(|it| it.0)
    }

    fn each(&self, leaf: usize, mut visit: impl FnMut(Span, Section)) {
        let Leaf { scope, case, .. } = &self.plan.leaves[leaf];
        let lead_end = match scope {
            Scope::Lead => {
                let mut ends = self.paragraphs.iter().copied();
                ends.find(|it| *it >= self.bounds.body()).unwrap_or(u32::MAX)
            }
            Scope::Default | Scope::Only(_) => u32::MAX,
        };
        for (span, class) in &self.found[leaf] {
            let section = self.section(span.start);
            if in_scope(*scope, section, span.start, lead_end) && case_holds(*case, *class) {
                visit(*span, section);
            }
        }
    }
}

impl Source for ArticleWords<'_> {
    fn present(&mut self, leaf: usize) -> bool {
        if self.plan.leaves[leaf].aside.is_some() {
            return self.known.asides.get(leaf).copied().unwrap_or(false);
        }
        let mut found = false;
        self.each(leaf, |_, _| found = true);
        found
    }

    fn find(&mut self, leaf: usize, text_only: bool) {
        let mut asked = std::mem::take(&mut self.asked[leaf]);
        asked.clear();
        let default = self.plan.leaves[leaf].scope == Scope::Default;
        self.each(leaf, |span, section| {
            if !(text_only && default) || section.is_text() {
                asked.push(span);
            }
        });
        self.asked[leaf] = asked;
    }

    fn found(&self, leaf: usize) -> &[Span] {
        &self.asked[leaf]
    }

    fn condition(&mut self, condition: usize) -> bool {
        self.known.conditions.get(condition).copied().unwrap_or(false)
    }

    fn section(&self, position: u32) -> Section {
        section_of(self.bounds, position)
    }

    fn borders(&mut self, sentences: bool) -> &[u32] {
        if sentences { &self.sentences } else { &self.paragraphs }
    }
}

/// Letters and spaces of a word, at least, in most texts.
const LETTERS_A_WORD: usize = 5;

/// Of a sentence, in most texts.
const LETTERS_A_SENTENCE: usize = 100;

/// Bytes of the key of most words.
const LETTERS_A_KEY: usize = 48;

struct Collect<'a> {
    lookup: &'a Lookup<'a>,
    /// First letters of forms that may have a stem looked for in the language of the article; none where there is none.
    stems: Option<&'a FirstLetters>,
    /// Whether a form may begin otherwise than its stem.
    any_stem: bool,
    /// First letters of all that is looked for.
    wanted: FirstLetters,
    stemmer: &'a mut Stemmer,
    lang: Option<Lang>,
    bit: u64,
    found: Vec<Vec<(Span, Class)>>,
    places: Vec<Place>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    key: String,
}

impl Collect<'_> {
    fn look_up(&mut self, form: Form<'_>) {
        for (leaf, term) in self.lookup.get(&self.key) {
            let langs = term.langs;
            if term.width == form.width && langs.is_none_or(|langs| langs >> self.bit & 1 == 1) {
                let span = Span { start: form.position, end: form.position + form.width - 1 };
                let found = &mut self.found[leaf];
                if found.last() != Some(&(span, form.class)) {
                    found.push((span, form.class));
                }
            }
        }
    }
}

impl Visitor for Collect<'_> {
    fn wants(&self, word: &[u8]) -> bool {
        self.any_stem || self.wanted.may_begin(word)
    }

    fn place(&mut self, position: u32, start: usize, end: usize) {
        self.places.push(Place::new(position, start, end));
    }

    fn form(&mut self, form: Form<'_>) {
        if form.kind == FormKind::Main {
            self.places.push(Place::new(form.position, form.start, form.end));
        }
        if self.lookup.exact.may_begin(form.text.as_bytes()) {
            self.key.clear();
            keys::push_exact(&mut self.key, form.width, form.text);
            self.look_up(form);
        }
        if let (Some(lang), Some(stems)) = (self.lang, self.stems)
            && matches!(form.kind, FormKind::Main | FormKind::Also | FormKind::Joined)
            && (self.any_stem || stems.may_begin(form.text.as_bytes()))
        {
            let stem = self.stemmer.stem(lang, form.text);
            if stem != form.text {
                self.key.clear();
                keys::push_stem(&mut self.key, form.width, lang, stem);
                self.look_up(form);
            }
        }
    }

    fn sentence(&mut self, position: u32) {
        self.sentences.push(position);
    }

    fn paragraph(&mut self, position: u32) {
        self.paragraphs.push(position);
    }
}
