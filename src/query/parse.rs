//! Tokens -> a tree, by an explicit stack of open parentheses, so that no nesting can overflow.

use super::ast::Query;
use super::fields;
use super::lexer::{self, Token, TokenKind};
use super::names::{Function, Proximity};
use super::problems::{Problems, quoted};
use super::{plain_term, proximity, tree};
use crate::date::Day;
use crate::field::Field;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Parentheses nested deeper than this are read as if they were not there.
pub(super) const DEEPEST: usize = 64;
/// Proximity operators in one row; further ones are AND. Fewer within parentheses, so that trees stay shallow.
const LONGEST_CHAIN: usize = 32;
const LONGEST_INNER_CHAIN: usize = 8;

/// Which of `OR` and side by side binds first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As this language has it: `a b OR c` is `(a b) OR c`.
    OrLast,
    /// As some products have it: `a (b OR c)`.
    OrFirst,
}

/// What was typed before a part.
#[derive(Default)]
struct Prefix {
    nots: usize,
    plus: bool,
    exact: bool,
    field: Option<(&'static Field, Range<usize>)>,
    spot: Option<Range<usize>>,
    /// Where a part has to begin for the field or `=` to be its own.
    glued_to: Option<usize>,
}

/// One open parenthesis, or the whole.
#[derive(Default)]
struct Level {
    function: Option<Function>,
    branches: Vec<Query>,
    parts: Vec<Query>,
    left: Option<Query>,
    left_not: bool,
    left_plus: bool,
    and_typed: bool,
    and_waits: Option<Range<usize>>,
    or_waits: Option<Range<usize>>,
    near_waits: Option<(Proximity, Range<usize>)>,
    chain: usize,
    prefix: Prefix,
}

pub(super) struct Parser<'a> {
    typed: &'a [char],
    today: Day,
    order: Order,
    problems: &'a mut Problems,
    levels: Vec<Level>,
    current: Level,
    /// Parentheses open beyond the deepest.
    ignored: usize,
    strays: Vec<Range<usize>>,
}

/// Reads tokens; small words are settled before.
pub(super) fn build(
    tokens: Vec<Token>,
    typed: &[char],
    today: Day,
    order: Order,
    problems: &mut Problems,
) -> Query {
    let mut parser = Parser {
        typed,
        today,
        order,
        problems,
        levels: Vec::new(),
        current: Level::default(),
        ignored: 0,
        strays: Vec::new(),
    };
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let spot = token.start..token.end;
        match token.kind {
            TokenKind::Leaf(query) => {
                let boost = next_boost(&mut tokens);
                parser.part(query, token.start, boost);
            }
            TokenKind::Open(function) => parser.open(function, &spot),
            TokenKind::Close => {
                if let Some(query) = parser.close(&spot) {
                    let boost = next_boost(&mut tokens);
                    parser.part(query, usize::MAX, boost);
                }
            }
            TokenKind::And | TokenKind::SmallAnd => parser.and(spot),
            TokenKind::Or | TokenKind::SmallOr => parser.or(spot),
            TokenKind::Not | TokenKind::SmallNot => parser.prefix(spot, |prefix| prefix.nots += 1),
            TokenKind::Plus => parser.prefix(spot, |prefix| prefix.plus = true),
            TokenKind::Exact => {
                parser.prefix(spot.clone(), |prefix| {
                    prefix.exact = true;
                    prefix.glued_to = Some(spot.end);
                });
            }
            TokenKind::Field(field) => parser.field(field, spot),
            TokenKind::Proximity(proximity) => parser.proximity(proximity, spot),
            TokenKind::Boost(_) => parser.stray(spot, "has nothing before it"),
        }
    }
    parser.finish()
}

fn next_boost(tokens: &mut std::iter::Peekable<std::vec::IntoIter<Token>>) -> Option<f32> {
    match tokens.peek()?.kind {
        TokenKind::Boost(weight) => {
            tokens.next();
            Some(weight)
        }
        _ => None,
    }
}

impl Parser<'_> {
    /// A part that is complete but for what was typed before it. Groups know no start: their own parenthesis was checked.
    fn part(&mut self, mut query: Query, start: usize, boost: Option<f32>) {
        let prefix = std::mem::take(&mut self.current.prefix);
        let glued = start == usize::MAX || prefix.glued_to.is_none_or(|it| it == start);
        if !glued {
            let spot = prefix.spot.clone().unwrap_or(start..start);
            self.stray(spot, "has no word directly after it");
        }
        if prefix.exact && glued {
            tree::set_exact(&mut query);
        }
        if let Some((field, spot)) = prefix.field.filter(|_| glued) {
            query = fields::in_field(field, &spot, query, self.today, self.problems);
        }
        if let Some(weight) = boost {
            query = Query::Boost { weight, inner: Box::new(query) };
        }
        if prefix.nots > 1 {
            let spot = prefix.spot.unwrap_or(start..start);
            self.problems.add(
                spot,
                format_args!("{} times NOT before one part: two of them cancel out", prefix.nots),
                format_args!("write one `NOT` or `-`"),
            );
        }
        let not = prefix.nots % 2 == 1;
        if let Some((proximity, spot)) = self.current.near_waits.take() {
            let right = if not { tree::not(query) } else { query };
            self.current.left = Some(match self.current.left.take() {
                Some(left) => {
                    proximity::near(left, right, proximity, self.typed, spot, self.problems)
                }
                None => right,
            });
            return;
        }
        self.flush();
        self.current.left = Some(query);
        self.current.left_not = not;
        self.current.left_plus = prefix.plus;
        self.current.chain = 0;
    }

    fn prefix(&mut self, spot: Range<usize>, change: impl FnOnce(&mut Prefix)) {
        let prefix = &mut self.current.prefix;
        if prefix.glued_to == Some(spot.start) {
            prefix.glued_to = Some(spot.end);
        }
        let start = prefix.spot.as_ref().map_or(spot.start, |it| it.start);
        prefix.spot = Some(start..spot.end);
        change(prefix);
    }

    fn field(&mut self, field: &'static Field, spot: Range<usize>) {
        if let Some((outer, outer_spot)) = self.current.prefix.field.take() {
            self.problems.add(
                outer_spot,
                format_args!("`{}:` before another field is left out", outer.name),
                format_args!("one part is in one field"),
            );
        }
        self.prefix(spot.clone(), |prefix| {
            prefix.glued_to = Some(spot.end);
            prefix.field = Some((field, spot));
        });
    }

    fn open(&mut self, function: Option<Function>, spot: &Range<usize>) {
        // A field or `=` belongs to a parenthesis only if it touches it.
        if self.current.prefix.glued_to.is_some_and(|it| it != spot.start) {
            let prefix = std::mem::take(&mut self.current.prefix);
            self.stray(prefix.spot.unwrap_or(spot.clone()), "has no word directly after it");
        }
        self.current.prefix.glued_to = self.current.prefix.glued_to.map(|_| spot.end);
        if self.levels.len() >= DEEPEST {
            if self.ignored == 0 {
                self.problems.add(
                    spot.clone(),
                    format_args!("parentheses nested deeper than {DEEPEST} are left out"),
                    format_args!("write the query with fewer"),
                );
            }
            self.ignored += 1;
            return;
        }
        let level = Level { function, ..Level::default() };
        self.levels.push(std::mem::replace(&mut self.current, level));
    }

    fn close(&mut self, spot: &Range<usize>) -> Option<Query> {
        if self.ignored > 0 {
            self.ignored -= 1;
            return None;
        }
        let Some(outer) = self.levels.pop() else {
            self.problems.add(
                spot.clone(),
                format_args!("`)` closes nothing and is left out"),
                format_args!(""),
            );
            return None;
        };
        let query = self.finish_level();
        let function = std::mem::replace(&mut self.current, outer).function;
        let Some(query) = query else {
            if let Some((field, field_spot)) = &self.current.prefix.field {
                self.problems.add(
                    field_spot.start..spot.end,
                    format_args!("there is nothing in the parentheses"),
                    format_args!("`{}` asks for one thing", field.example),
                );
                // What a field has to hold is in no article: without it the rest would find more than was asked.
                return Some(Query::Term(plain_term("()".to_owned())));
            }
            self.current.prefix.glued_to = None;
            let prefix = std::mem::take(&mut self.current.prefix);
            let spot = prefix.spot.map_or(spot.clone(), |it| it.start..spot.end);
            self.problems.add(
                spot,
                format_args!("there is nothing in the parentheses"),
                format_args!(""),
            );
            return None;
        };
        Some(self.apply(function, query, spot))
    }

    fn and(&mut self, spot: Range<usize>) {
        self.drop_waiting_signs();
        self.flush();
        if self.current.parts.is_empty()
            || self.current.or_waits.is_some() && self.order == Order::OrFirst
        {
            self.stray(spot, "has nothing before it");
        } else if self.current.and_waits.is_some() {
            self.stray(spot, "is there twice");
        } else {
            self.current.and_waits = Some(spot);
        }
    }

    fn or(&mut self, spot: Range<usize>) {
        self.drop_waiting_signs();
        self.flush();
        if let Some(and) = self.current.and_waits.take() {
            self.stray(and, "has nothing after it");
        }
        if self.current.or_waits.is_some() {
            self.stray(spot, "is there twice");
            return;
        }
        if self.current.parts.is_empty() {
            self.stray(spot, "has nothing before it");
            return;
        }
        if self.order == Order::OrLast {
            self.end_branch();
        }
        self.current.or_waits = Some(spot);
    }

    fn proximity(&mut self, proximity: Proximity, spot: Range<usize>) {
        self.drop_waiting_signs();
        if self.current.left.is_none() {
            self.stray(spot, "has nothing before it");
            return;
        }
        self.current.chain += 1;
        let longest = if self.levels.is_empty() { LONGEST_CHAIN } else { LONGEST_INNER_CHAIN };
        if self.current.chain > longest {
            self.problems.add(
                spot.clone(),
                format_args!(
                    "more than {longest} distances in one row: further ones are read as AND"
                ),
                format_args!("write the query in parts"),
            );
            self.and(spot);
            return;
        }
        self.current.near_waits = Some((proximity, spot));
    }

    /// Signs that wait for a part which does not come.
    fn drop_waiting_signs(&mut self) {
        if let Some((_, spot)) = self.current.near_waits.take() {
            self.stray(spot, "has nothing after it");
        }
        if let Some(spot) = std::mem::take(&mut self.current.prefix).spot {
            self.stray(spot, "has nothing after it");
        }
    }

    fn stray(&mut self, spot: Range<usize>, reason: &str) {
        let end = spot.end.min(self.typed.len());
        self.problems.add(
            spot.clone(),
            format_args!("`{}` {reason} and is left out", quoted(&self.typed[spot.start..end])),
            format_args!("an operator stands between two parts; as a word it is written in quotes"),
        );
        self.strays.push(spot);
    }

    /// The last part is complete: no distance follows it.
    fn flush(&mut self) {
        let Some(mut part) = self.current.left.take() else { return };
        if std::mem::take(&mut self.current.left_not) {
            part = tree::not(part);
        }
        if std::mem::take(&mut self.current.left_plus) {
            tree::set_required(&mut part, true);
            self.current.and_typed = true;
        }
        if self.current.and_waits.take().is_some() {
            tree::set_required(&mut part, true);
            if let Some(before) = self.current.parts.last_mut() {
                tree::set_required(before, true);
            }
            self.current.and_typed = true;
        }
        let joins_or = self.current.or_waits.take().is_some() && self.order == Order::OrFirst;
        let before = if joins_or { self.current.parts.pop() } else { None };
        match before {
            Some(before) => self.current.parts.extend(tree::or(vec![before, part])),
            None => self.current.parts.push(part),
        }
    }

    fn end_branch(&mut self) {
        let parts = std::mem::take(&mut self.current.parts);
        // A `+` in parentheses of its own counts as well.
        let and_typed = std::mem::take(&mut self.current.and_typed)
            || parts.len() > 1 && parts.iter().any(|it| tree::required(it) == Some(true));
        let branch = if and_typed { tree::and(parts) } else { tree::words(parts) };
        self.current.branches.extend(branch);
    }

    fn finish_level(&mut self) -> Option<Query> {
        self.drop_waiting_signs();
        self.flush();
        if let Some(spot) = self.current.and_waits.take() {
            self.stray(spot, "has nothing after it");
        }
        if let Some(spot) = self.current.or_waits.take() {
            self.stray(spot, "has nothing after it");
        }
        self.end_branch();
        tree::or(std::mem::take(&mut self.current.branches))
    }

    fn finish(mut self) -> Query {
        let end = self.typed.len();
        let open = self.levels.len() + self.ignored;
        if open > 0 {
            let count = if open == 1 {
                "a parenthesis is".into()
            } else {
                format!("{open} parentheses are")
            };
            self.problems.add(
                end..end,
                format_args!("{count} not closed: read to the end"),
                format_args!("add `)`"),
            );
        }
        while let Some(outer) = self.levels.pop() {
            let query = self.finish_level();
            let function = std::mem::replace(&mut self.current, outer).function;
            match query {
                Some(query) => {
                    let query = self.apply(function, query, &(end..end));
                    self.part(query, usize::MAX, None);
                }
                // As an empty group that is closed.
                None if self.current.prefix.field.is_some() => {
                    self.part(Query::Term(plain_term("()".to_owned())), usize::MAX, None);
                }
                None => self.current.prefix = Prefix::default(),
            }
        }
        if let Some(query) = self.finish_level() {
            return query;
        }
        self.nothing()
    }

    fn apply(&mut self, function: Option<Function>, mut query: Query, end: &Range<usize>) -> Query {
        match function {
            None => query,
            Some(Function::Capitals(case)) => {
                tree::set_case(&mut query, case);
                query
            }
            Some(Function::AtLeast(count)) => {
                if count > 0 && !tree::has_countable_places(&query) {
                    fields::nothing_to_count(count, end.clone(), self.problems);
                }
                Query::AtLeast { count, inner: Box::new(query) }
            }
        }
    }

    /// Nothing but signs: those that are words are looked for, else every article is meant.
    fn nothing(self) -> Query {
        let typed = self.typed;
        let mut words: Vec<String> = Vec::new();
        // A sign that is there a thousand times is one word.
        let mut known = FxHashSet::default();
        for spot in &self.strays {
            let text: String = typed[spot.start..spot.end.min(typed.len())].iter().collect();
            for piece in text.split(lexer::is_space) {
                let is_new = known.insert(piece.to_owned());
                if is_new && piece.contains(char::is_alphanumeric) {
                    words.push(piece.to_owned());
                }
            }
        }
        let words: Vec<Query> = words.into_iter().map(|it| Query::Term(plain_term(it))).collect();
        let spot = 0..typed.len();
        if let Some(query) = tree::words(words) {
            self.problems.add(
                spot,
                format_args!("there are only operators: read as words"),
                format_args!("an operator stands between two parts, as in `a AND b`"),
            );
            return query;
        }
        self.problems.add(
            spot,
            format_args!("there is nothing to search for: read as every article"),
            format_args!("`*` asks for every article"),
        );
        Query::All
    }
}
