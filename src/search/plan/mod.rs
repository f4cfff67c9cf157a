//! A query made into what an index can answer: an expression over leaves and conditions, the rungs, the fallback.

mod words;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ladder::rungs;
use super::rows::{bare_words, counted, distinct, is_plain};
use super::spans::{Expr, NearExpr, Reach, Scope, Section};
use super::values::{Quoted, ValueTest};
use super::words::TermKey;
use super::{MatchMode, Rung};
use crate::date::Day;
use crate::index::schema::VALUE_FIELDS;
use crate::query::{Case, DateField, Phrase, Query, Term, TermKind, Within};
use crate::text::{Lang, Stemmer};

/// Patterns look at so many forms, the most frequent ones.
pub(super) const MOST_FORMS: usize = 50_000;

/// All different patterns of a query together look at so many forms: their places lie in memory while it runs.
pub(super) const MOST_FORMS_OF_ALL: usize = 150_000;
/// So many different patterns of a query are looked up; each costs a walk through the dictionary.
pub(super) const MOST_PATTERNS: usize = 200;

/// A query as the engine runs it.
pub(super) struct Plan {
    /// What has to hold, filters included.
    pub(super) expr: Expr,
    /// The same without the filters: what is marked.
    pub(super) marked: Expr,
    /// Words and patterns.
    pub(super) leaves: Vec<Leaf>,
    /// Conditions on whole articles.
    pub(super) conditions: Vec<Rc<Condition>>,
    /// The leaves that add to the score, and how much they weigh.
    pub(super) scored: Vec<(usize, f32)>,
    /// The rungs of a query of two or three words.
    pub(super) ladder: Vec<(Rung, Expr)>,
    /// The conditions that nothing relaxes and nobody marks.
    pub(super) filters: Expr,
    /// What to ask when nothing has all the words.
    pub(super) relaxed: Option<Relaxed>,
    /// A pattern had more forms than are looked at.
    pub(super) capped: bool,
    /// Some condition is on the date of publication.
    pub(super) asks_date: bool,
}

/// The fallback of words side by side.
pub(super) struct Relaxed {
    /// What still has to hold.
    pub(super) fixed: Expr,
    /// Parts of which some will do.
    pub(super) parts: Vec<Expr>,
}

/// A word or pattern of the query.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) scope: Scope,
    /// The prefix of its terms, when it is looked for apart from the article.
    pub(super) aside: Option<&'static str>,
    pub(super) case: Option<Case>,
    /// Leaves of one pattern share them.
    pub(super) terms: Rc<Vec<TermKey>>,
    /// As typed.
    pub(super) shown: String,
    /// The exact form as typed, when it is none of the terms: it only weighs more.
    pub(super) typed: Option<String>,
    /// Its terms are the forms of a pattern.
    pub(super) is_pattern: bool,
    /// It adds to the score where it is; no article has to have it, and it is not marked.
    pub(super) extra: bool,
}

impl Leaf {
    /// Whether it is asked for neither in a section nor in a case, and not apart from the article.
    pub(super) fn is_anywhere(&self) -> bool {
        self.scope == Scope::Default && self.case.is_none() && self.aside.is_none()
    }
}

/// A condition on a whole article.
pub(super) enum Condition {
    /// All the article may be lies between these days. Under NOT nothing is assumed of an unknown date.
    Dates { field: DateField, first: Option<Day>, last: Option<Day>, under_not: bool },
    /// It has no date.
    NoDate(DateField),
    /// Words in the body.
    Length(Option<u32>, Option<u32>),
    /// One of its values in these fields satisfies the test.
    Value(Vec<usize>, ValueTest),
    /// It has a value in these fields.
    AnyValue(Vec<usize>),
    /// It has words in this section.
    Filled(Section),
    /// It lies under this key of the catalog.
    Under(String),
}

/// What the planner has to know of the index.
pub(super) trait Dictionary {
    /// The exact forms that match a pattern, with their keys: the most frequent, and whether there were more. None for
    /// words.
    fn expand(&self, term: &Term, aside: Option<&'static str>) -> Option<(Rc<Vec<TermKey>>, bool)>;
    /// Languages that articles were analysed in.
    fn languages(&self) -> &[Option<Lang>];
    /// The language of most articles.
    fn main_language(&self) -> Option<Lang>;
}

/// Plans a query.
pub(super) fn plan(
    query: &Query,
    filters: &[Query],
    mode: MatchMode,
    dictionary: &dyn Dictionary,
    stemmer: &mut Stemmer,
) -> Plan {
    let mut planner = Planner {
        dictionary,
        stemmer,
        leaves: Vec::new(),
        conditions: Vec::new(),
        scored: Vec::new(),
        capped: false,
        asks_date: false,
        negated: false,
        nots: 0,
        weight: 1.0,
        mode,
        known: FxHashMap::default(),
        patterns: 0,
        forms: 0,
    };
    let mut ladder = Vec::new();
    let mut relaxed = None;
    let marked = match query {
        Query::Words(parts) => planner.side_by_side(parts, &mut ladder, &mut relaxed),
        Query::Term(term) if mode == MatchMode::Exact && term.kind == TermKind::Stem => {
            let exact = Query::Term(Term { kind: TermKind::Exact, ..term.clone() });
            planner.expr(&exact, Place::Text(Scope::Default))
        }
        _ => planner.expr(query, Place::Text(Scope::Default)),
    };
    planner.weight = 0.0;
    let filters: Vec<_> =
        filters.iter().map(|filter| planner.expr(filter, Place::Text(Scope::Default))).collect();
    let with_filters = |expr: Expr| {
        if filters.is_empty() {
            return expr;
        }
        let mut parts = filters.clone();
        parts.push(expr);
        Expr::And(parts)
    };
    let expr = with_filters(marked.clone());
    Plan {
        expr,
        marked,
        leaves: planner.leaves,
        conditions: planner.conditions,
        scored: planner.scored,
        ladder,
        relaxed,
        filters: all_of(filters),
        capped: planner.capped,
        asks_date: planner.asks_date,
    }
}

impl Plan {
    /// Whether an expression holds for every article in which its leaves are found as it asks for them: words alone,
    /// all of them or any, wherever they stand and however they are written.
    pub(super) fn is_certain(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Leaf(leaf) => self.leaves[*leaf].is_anywhere(),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().all(|part| self.is_certain(part)),
            Expr::All
            | Expr::Nothing
            | Expr::Condition(_)
            | Expr::Not(_)
            | Expr::Phrase(_)
            | Expr::Window(..)
            | Expr::Near(_)
            | Expr::AtLeast(..) => false,
        }
    }

    /// Keeps only articles under this key of the catalog.
    pub(super) fn restrict(&mut self, key: String) {
        self.conditions.push(Rc::new(Condition::Under(key)));
        let under = Expr::Condition(self.conditions.len() - 1);
        let old = std::mem::replace(&mut self.expr, Expr::All);
        self.expr = Expr::And(vec![under.clone(), old]);
        let old = std::mem::replace(&mut self.filters, Expr::All);
        self.filters = Expr::And(vec![under, old]);
    }

    /// The plan with the words of the fallback marked, wherever some of them are.
    pub(super) fn with_marked_any(&self) -> Option<Self> {
        let relaxed = self.relaxed.as_ref()?;
        Some(Self {
            expr: Expr::All,
            marked: Expr::And(vec![relaxed.fixed.clone(), Expr::Or(relaxed.parts.clone())]),
            leaves: self.leaves.clone(),
            conditions: self.conditions.clone(),
            scored: Vec::new(),
            ladder: Vec::new(),
            relaxed: None,
            filters: Expr::All,
            capped: false,
            asks_date: false,
        })
    }
}

/// Where the words of a part are looked for.
#[derive(Clone, Copy)]
enum Place<'a> {
    Text(Scope),
    Aside(&'static str),
    Values(&'a [usize], Quoted),
}

struct Planner<'a> {
    dictionary: &'a dyn Dictionary,
    stemmer: &'a mut Stemmer,
    leaves: Vec<Leaf>,
    conditions: Vec<Rc<Condition>>,
    scored: Vec<(usize, f32)>,
    capped: bool,
    asks_date: bool,
    negated: bool,
    nots: usize,
    weight: f32,
    mode: MatchMode,
    /// The forms of patterns that were looked up before.
    known: FxHashMap<(Term, Option<&'static str>), Rc<Vec<TermKey>>>,
    /// Different patterns so far, and the forms they stand for.
    patterns: usize,
    forms: usize,
}

impl Planner<'_> {
    /// Words side by side at the top: the match mode says how they are taken.
    fn side_by_side(
        &mut self,
        parts: &[Query],
        ladder: &mut Vec<(Rung, Expr)>,
        relaxed: &mut Option<Relaxed>,
    ) -> Expr {
        let place = Place::Text(Scope::Default);
        if matches!(self.mode, MatchMode::Phrase | MatchMode::Exact) {
            return self.row(parts, place);
        }
        let counted = counted(parts, self.mode, self.dictionary);
        let exprs: Vec<_> = distinct(&counted)
            .into_iter()
            .map(|(part, times)| (is_plain(part), self.weighed(part, times, place)))
            .collect();
        if self.mode == MatchMode::Any {
            return any_of(exprs.into_iter().map(|it| it.1).collect());
        }
        let all: Vec<_> = exprs.iter().map(|it| it.1.clone()).collect();
        if parts.iter().all(is_plain) && (2..=3).contains(&counted.len()) {
            *ladder = rungs(&all);
        }
        // What is typed with an operator is never relaxed.
        let (loose, fixed): (Vec<_>, Vec<_>) = exprs.into_iter().partition(|it| it.0);
        if self.mode == MatchMode::Auto && loose.len() > 1 {
            let only =
                |list: Vec<(bool, Expr)>| list.into_iter().map(|it| it.1).collect::<Vec<_>>();
            *relaxed = Some(Relaxed { fixed: all_of(only(fixed)), parts: only(loose) });
        }
        all_of(all)
    }

    /// Words side by side, or joined by AND, anywhere.
    fn row(&mut self, parts: &[Query], place: Place<'_>) -> Expr {
        if matches!(self.mode, MatchMode::Phrase | MatchMode::Exact) {
            let (words, others) = bare_words(parts, self.mode == MatchMode::Exact);
            let mut exprs = Vec::new();
            if !words.is_empty() {
                let phrase = Query::Phrase(Phrase { words, window: None });
                exprs.push(self.expr(&phrase, place));
            }
            exprs.extend(others.into_iter().map(|part| self.expr(part, place)));
            return all_of(exprs);
        }
        let counted = counted(parts, self.mode, self.dictionary);
        all_of(self.each(&counted, place))
    }

    /// What each part of a row comes to.
    fn each(&mut self, parts: &[&Query], place: Place<'_>) -> Vec<Expr> {
        let distinct = distinct(parts).into_iter();
        distinct.map(|(part, times)| self.weighed(part, times, place)).collect()
    }

    /// A part that weighs so many times as much.
    fn weighed(&mut self, part: &Query, times: f32, place: Place<'_>) -> Expr {
        let outer = self.weight;
        self.weight *= times;
        let expr = self.expr(part, place);
        self.weight = outer;
        expr
    }

    fn expr(&mut self, query: &Query, place: Place<'_>) -> Expr {
        match query {
            Query::All => match place {
                Place::Text(Scope::Only(section)) => self.condition(Condition::Filled(section)),
                Place::Values(fields, _) => self.condition(Condition::AnyValue(fields.to_vec())),
                Place::Text(Scope::Default | Scope::Lead) | Place::Aside(_) => Expr::All,
            },
            Query::Words(parts) => self.row(parts, place),
            Query::And(parts) => {
                let counted = counted(parts, self.mode, self.dictionary);
                all_of(self.each(&counted, place))
            }
            Query::Or(parts) => any_of(self.each(&parts.iter().collect::<Vec<_>>(), place)),
            Query::Not(inner) => {
                let outer = self.negated;
                self.negated = !outer;
                self.nots += 1;
                let inner = self.expr(inner, place);
                self.nots -= 1;
                self.negated = outer;
                Expr::Not(Box::new(inner))
            }
            Query::Boost { weight, inner } => self.weighed(inner, *weight, place),
            Query::Field { field, inner } => self.in_field(field, inner),
            Query::Missing { field } => self.missing(field),
            Query::Length { min, max } => self.condition(Condition::Length(*min, *max)),
            Query::Dates { field, first, last } => {
                self.asks_date |= *field == DateField::Published;
                let under_not = self.nots > 0;
                self.condition(Condition::Dates {
                    field: *field,
                    first: *first,
                    last: *last,
                    under_not,
                })
            }
            Query::Term(_) | Query::Phrase(_) | Query::Near(_) | Query::AtLeast { .. } => {
                match place {
                    Place::Values(fields, quoted) => {
                        let test = ValueTest::new(query, quoted);
                        self.condition(Condition::Value(fields.to_vec(), test))
                    }
                    Place::Text(_) | Place::Aside(_) => self.positional(query, place),
                }
            }
        }
    }

    /// Words, phrases and what is built of them.
    fn positional(&mut self, query: &Query, place: Place<'_>) -> Expr {
        match query {
            Query::Term(term) => {
                let expr = phrase_of(self.term(term, place));
                if term.kind == TermKind::Stem && matches!(place, Place::Text(_)) {
                    self.parts_of_compounds(term, place);
                }
                expr
            }
            Query::Phrase(phrase) => {
                if let Some(others) = phrase.window {
                    let parts =
                        phrase.words.iter().map(|term| phrase_of(self.term(term, place))).collect();
                    return Expr::Window(parts, others);
                }
                phrase_of(phrase.words.iter().flat_map(|term| self.term(term, place)).collect())
            }
            Query::Near(near) => {
                let left = self.expr(&near.left, place);
                let outer = self.negated;
                self.negated = outer ^ near.negated;
                let right = self.expr(&near.right, place);
                self.negated = outer;
                let reach = match near.within {
                    Within::Words(words) => Reach::Words(words),
                    Within::Sentence => Reach::Sentence,
                    Within::Paragraph => Reach::Paragraph,
                };
                let (ordered, negated) = (near.ordered, near.negated);
                Expr::Near(Box::new(NearExpr { left, right, reach, ordered, negated }))
            }
            Query::AtLeast { count, inner } => {
                Expr::AtLeast(*count, Box::new(self.expr(inner, place)))
            }
            _ => self.expr(query, place),
        }
    }

    fn condition(&mut self, condition: Condition) -> Expr {
        self.conditions.push(Rc::new(condition));
        Expr::Condition(self.conditions.len() - 1)
    }

    fn in_field(&mut self, name: &str, inner: &Query) -> Expr {
        let scope = match name {
            "title" => Scope::Only(Section::Title),
            "deck" => Scope::Only(Section::Deck),
            "body" => Scope::Only(Section::Body),
            "byline" => Scope::Only(Section::Byline),
            "dateline" => Scope::Only(Section::Dateline),
            "hlead" => Scope::Lead,
            _ => {
                if let Some(prefix) = aside_prefix(name) {
                    return self.expr(inner, Place::Aside(prefix));
                }
                let fields = value_fields(name);
                if fields.is_empty() {
                    return self.expr(inner, Place::Text(Scope::Default));
                }
                return self.expr(inner, Place::Values(&fields, quoted(name)));
            }
        };
        self.expr(inner, Place::Text(scope))
    }

    fn missing(&mut self, name: &str) -> Expr {
        let section = match name {
            "title" => Some(Section::Title),
            "deck" => Some(Section::Deck),
            "body" => Some(Section::Body),
            "byline" => Some(Section::Byline),
            "dateline" => Some(Section::Dateline),
            _ => None,
        };
        match (name, section) {
            (_, Some(section)) => Expr::Not(Box::new(self.condition(Condition::Filled(section)))),
            ("date" | "since" | "until" | "before" | "after", _) => {
                self.condition(Condition::NoDate(DateField::Published))
            }
            ("updated", _) => self.condition(Condition::NoDate(DateField::Updated)),
            ("added", _) => Expr::Nothing,
            _ => {
                let fields = value_fields(name);
                if fields.is_empty() {
                    return Expr::Nothing;
                }
                Expr::Not(Box::new(self.condition(Condition::AnyValue(fields))))
            }
        }
    }
}

/// What stands before the terms of a field that is looked for apart from the article.
pub(super) fn aside_prefix(name: &str) -> Option<&'static str> {
    match name {
        "url" => Some("u:"),
        "path" => Some("p:"),
        "other" => Some("o:"),
        _ => None,
    }
}

/// What words in quotes are in this field.
fn quoted(name: &str) -> Quoted {
    match name {
        "by" => Quoted::Author,
        "person" | "org" | "place" | "entity" => Quoted::Whole,
        _ => Quoted::Words,
    }
}

/// The value fields a name stands for.
fn value_fields(name: &str) -> Vec<usize> {
    let wanted: &[&str] = if name == "entity" { &["person", "org", "place"] } else { &[name] };
    VALUE_FIELDS
        .iter()
        .enumerate()
        .filter(|(_, it)| wanted.contains(&it.1))
        .map(|(at, _)| at)
        .collect()
}

fn phrase_of(mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { Expr::Phrase(parts) }
}

fn all_of(mut parts: Vec<Expr>) -> Expr {
    match parts.len() {
        0 => Expr::All,
        1 => parts.remove(0),
        _ => Expr::And(parts),
    }
}

fn any_of(mut parts: Vec<Expr>) -> Expr {
    match parts.len() {
        0 => Expr::All,
        1 => parts.remove(0),
        _ => Expr::Or(parts),
    }
}
