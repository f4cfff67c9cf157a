//! A query -> the same with the short forms and names in it that the archive also writes in another way, or a user says so.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

use super::{Local, Request, SearchError};
use crate::index::schema::{BORDER, definition_key};
use crate::index::{IndexError, io, keys};
use crate::query::{Case, Near, Phrase, Problem, Query, Term, TermKind};
use crate::text::Lang;
use crate::text::fold::fold;

/// Meanings of one short form that are searched; rarer ones are only told.
const MOST: usize = 5;

/// A meaning in less than this part of the articles of the most frequent one is left out.
const RARE: u64 = 10;

/// A word in small letters that so many times more articles have than explain it is no short form.
const COMMON: u64 = 100;

/// Longest long form, in words.
const LONGEST: usize = 12;

/// What a form also stands for, and how many articles explain it so.
type Meanings = Vec<(String, u64)>;

impl Local {
    /// Puts beside each short form of the query what articles explain it with, and the other way round; what was added,
    /// and what no article explains, is said among the problems.
    pub fn expand(&self, request: &mut Request) -> Result<(), SearchError> {
        let listed = self.listed_forms();
        let mut expansion = Expansion { local: self, listed, notes: Vec::new(), failed: None };
        let query = expansion.query(std::mem::replace(&mut request.query, Query::All));
        let filters = std::mem::take(&mut request.filters);
        request.filters = filters.into_iter().map(|it| expansion.query(it)).collect();
        request.query = query;
        if let Some(error) = expansion.failed {
            return Err(error.into());
        }
        if expansion.notes.is_empty() {
            expansion.notes.push((
                "`--expand` adds nothing: no article explains a short form for these words".into(),
                None,
            ));
        }
        let notes = expansion.notes.into_iter();
        request.problems.extend(notes.map(|(message, hint)| Problem {
            message,
            hint,
            start: 0,
            end: 0,
        }));
        Ok(())
    }

    /// What the users of the roots say that is called in several ways, by each of them.
    fn listed_forms(&self) -> FxHashMap<String, Vec<String>> {
        let mut listed: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for name in self.index().summary.roots.iter().flat_map(|it| &it.names) {
            if name.hidden || name.aliases.is_empty() {
                continue;
            }
            for form in name.forms() {
                let key = definition_key(form);
                let others = name.forms().filter(|it| definition_key(it) != key);
                listed.entry(key.clone()).or_default().extend(others.map(str::to_owned));
            }
        }
        for forms in listed.values_mut() {
            let mut seen = FxHashSet::default();
            forms.retain(|it| seen.insert(it.clone()));
        }
        listed
    }

    /// Articles that have a word in any letters; those that are gone since the last merge count too.
    fn articles_with(&self, word: &str) -> u64 {
        let mut key = String::new();
        keys::push_exact(&mut key, 1, &fold(word));
        let term = tantivy::Term::from_field_text(self.index().fields.text, &key);
        self.searcher.doc_freq(&term).unwrap_or(0)
    }

    /// What the articles say a form stands for, the most frequent first.
    fn meanings(&self, key: &str) -> Result<Meanings, IndexError> {
        let field: Field = self.index().fields.definitions;
        let prefix = format!("{key}{BORDER}");
        // By folded form: articles, and the ways it is written.
        let mut found: FxHashMap<String, (u64, FxHashMap<String, u64>)> = FxHashMap::default();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut stream =
                inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(io)?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let mut parts = term.split(BORDER).skip(1);
                let (Some(folded), Some(written)) = (parts.next(), parts.next()) else { continue };
                let mut postings = inverted
                    .read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)
                    .map_err(io)?;
                let mut articles = 0;
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    articles += u64::from(reader.alive_bitset().is_none_or(|it| it.is_alive(doc)));
                    postings.advance();
                }
                if articles > 0 {
                    let known = found.entry(folded.to_owned()).or_default();
                    known.0 += articles;
                    *known.1.entry(written.to_owned()).or_default() += articles;
                }
            }
        }
        let mut meanings: Meanings = found
            .into_values()
            .filter_map(|(articles, forms)| {
                let best = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))?;
                Some((best.0, articles))
            })
            .collect();
        meanings.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(meanings)
    }
}

struct Expansion<'a> {
    local: &'a Local,
    /// Other forms that users list.
    listed: FxHashMap<String, Vec<String>>,
    /// Message and hint.
    notes: Vec<(String, Option<String>)>,
    failed: Option<IndexError>,
}

impl Expansion<'_> {
    fn query(&mut self, query: Query) -> Query {
        match query {
            Query::Term(term) => self.term(term),
            Query::Phrase(phrase) if phrase.window.is_none() => self.phrase(phrase),
            Query::Words(parts) => self.words(&parts),
            Query::And(parts) => Query::And(self.each(parts)),
            Query::Or(parts) => Query::Or(self.each(parts)),
            Query::Not(inner) => Query::Not(Box::new(self.query(*inner))),
            Query::Near(near) => {
                let Near { left, right, .. } = *near;
                let (left, right) = (self.query(left), self.query(right));
                Query::Near(Box::new(Near { left, right, ..*near }))
            }
            Query::AtLeast { count, inner } => {
                Query::AtLeast { count, inner: Box::new(self.query(*inner)) }
            }
            Query::Field { field, inner } => {
                Query::Field { field, inner: Box::new(self.query(*inner)) }
            }
            Query::Boost { weight, inner } => {
                Query::Boost { weight, inner: Box::new(self.query(*inner)) }
            }
            Query::Phrase(_)
            | Query::All
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => query,
        }
    }

    fn each(&mut self, parts: Vec<Query>) -> Vec<Query> {
        parts.into_iter().map(|it| self.query(it)).collect()
    }

    fn term(&mut self, term: Term) -> Query {
        if !is_plain(&term) || is_small_word(&term.text) {
            return Query::Term(term);
        }
        let others = self.others(&term.text);
        any(Query::Term(term), others)
    }

    fn phrase(&mut self, phrase: Phrase) -> Query {
        if !phrase.words.iter().all(is_plain) {
            return Query::Phrase(phrase);
        }
        let text = text_of(&phrase.words);
        let others = self.others(&text);
        any(Query::Phrase(phrase), others)
    }

    /// Words side by side: the longest run that is a long form is one part; the rest one by one.
    fn words(&mut self, parts: &[Query]) -> Query {
        let mut out = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let run: Vec<Term> = parts[at..]
                .iter()
                .take(LONGEST)
                .map_while(|it| match it {
                    Query::Term(term) if is_plain(term) => Some(term.clone()),
                    _ => None,
                })
                .collect();
            let longest = (2..=run.len()).rev().find_map(|length| {
                let others = self.others(&text_of(&run[..length]));
                (!others.is_empty()).then_some((length, others))
            });
            if let Some((length, others)) = longest {
                let words = run[..length].to_vec();
                out.push(any(Query::Phrase(Phrase { words, window: None }), others));
                at += length;
            } else {
                out.push(self.query(parts[at].clone()));
                at += 1;
            }
        }
        if out.len() == 1 { out.remove(0) } else { Query::Words(out) }
    }

    /// The other forms of a text, and a word about them: first those that a user lists.
    fn others(&mut self, text: &str) -> Vec<Query> {
        let listed = self.listed.get(&definition_key(text)).cloned().unwrap_or_default();
        if !listed.is_empty() {
            let shown: Vec<String> = listed.iter().map(|it| format!("\"{it}\"")).collect();
            self.note(format!("`{text}` also finds {} (`names.toml`)", shown.join(", ")));
        }
        let known: FxHashSet<String> = listed.iter().map(|it| definition_key(it)).collect();
        let explained = self.explained(text);
        let explained = explained.into_iter().filter(|it| !known.contains(&definition_key(it)));
        let forms: Vec<String> = listed.into_iter().chain(explained).collect();
        forms.iter().map(|it| form_query(it)).collect()
    }

    fn note(&mut self, message: String) {
        if !self.notes.iter().any(|it| it.0 == message) {
            self.notes.push((message, None));
        }
    }

    /// What the articles explain a text with, and a word about it.
    fn explained(&mut self, text: &str) -> Vec<String> {
        let mut meanings = match self.local.meanings(&definition_key(text)) {
            Ok(meanings) => meanings,
            Err(error) => {
                self.failed = Some(error);
                return Vec::new();
            }
        };
        let Some((_, most)) = meanings.first().cloned() else { return Vec::new() };
        // `oil` is a word, whatever the letters of some Oil India Ltd say; `OIL` may be meant.
        if !text.contains([' ', '-'])
            && !text.chars().any(char::is_uppercase)
            && self.local.articles_with(text) > most * COMMON
        {
            return Vec::new();
        }
        let all = meanings.len();
        meanings.truncate(MOST);
        meanings.retain(|it| it.1 * RARE >= most);
        let shown: Vec<String> = meanings
            .iter()
            .map(|(form, articles)| {
                format!("\"{form}\" ({articles} article{})", if *articles == 1 { "" } else { "s" })
            })
            .collect();
        let left = all - meanings.len();
        let rest = if left > 0 { format!("; {left} rarer left out") } else { String::new() };
        let message = format!("`{text}` also finds {}{rest}", shown.join(", "));
        self.note(message);
        meanings.into_iter().map(|it| it.0).collect()
    }
}

fn is_plain(term: &Term) -> bool {
    matches!(term.kind, TermKind::Stem | TermKind::Exact)
}

/// `who` is a word, `WHO` may be an organization.
fn is_small_word(text: &str) -> bool {
    !text.chars().any(char::is_uppercase)
        && Lang::from_code("en").is_some_and(|it| it.is_stop_word(text))
}

fn text_of(words: &[Term]) -> String {
    words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A form as a query: its words in a row; a word of capitals as such.
fn form_query(form: &str) -> Query {
    let mut words: Vec<Term> = form
        .split_whitespace()
        .map(|it| Term { text: it.to_owned(), kind: TermKind::Exact, case: None, required: true })
        .collect();
    if words.len() == 1
        && let Some(mut word) = words.pop()
    {
        let letters = || word.text.chars().filter(|it| it.is_alphabetic());
        word.case = letters().all(char::is_uppercase).then_some(Case::All);
        return Query::Term(word);
    }
    Query::Phrase(Phrase { words, window: None })
}

fn any(query: Query, others: Vec<Query>) -> Query {
    if others.is_empty() {
        return query;
    }
    Query::Or(std::iter::once(query).chain(others).collect())
}
