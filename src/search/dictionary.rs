//! The term dictionaries of an index: forms for patterns, nearest forms for words found nowhere.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED};

use super::MissingWord;
use super::beginnings::Beginnings;
use super::columns::Columns;
use super::nearest::{Unlike, most_different};
use super::patterns::{Pattern, prefix};
use super::plan::{Dictionary, MOST_FORMS};
use super::term_walk::{automaton_of, walk};
use super::words::{TermKey, Unit, column_number, units};
use crate::index::catalog::Summary;
use crate::index::keys;
use crate::index::schema::Fields;
use crate::query::{Term, TermKind};
use crate::text::fold::fold;
use crate::text::{Lang, Stemmer};

/// Forms named for a word found nowhere.
const NEAREST: usize = 3;

/// Forms of patterns that were looked up, kept from plan to plan; they hold as long as the same segments are searched.
#[derive(Default)]
pub(super) struct Expanded {
    known: FxHashMap<(Term, Option<&'static str>), Forms>,
    terms: usize,
}

/// Keys, and whether these are the most frequent of more.
type Forms = (Rc<Vec<TermKey>>, bool);

/// So many forms are remembered; then it begins anew.
const MOST_KNOWN: usize = 100_000;

impl Expanded {
    fn get(&self, key: &(Term, Option<&'static str>)) -> Option<Forms> {
        self.known.get(key).map(|(terms, capped)| (Rc::clone(terms), *capped))
    }

    fn keep(&mut self, key: (Term, Option<&'static str>), terms: Rc<Vec<TermKey>>, capped: bool) {
        self.terms += terms.len() + 1;
        if self.terms > MOST_KNOWN {
            (self.terms, self.known) = (terms.len() + 1, FxHashMap::default());
        }
        self.known.insert(key, (terms, capped));
    }
}

/// The dictionaries of all segments.
pub(super) struct Terms<'a> {
    searcher: &'a Searcher,
    expanded: &'a RefCell<Expanded>,
    fields: Fields,
    languages: Vec<Option<Lang>>,
    main: Option<Lang>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(
        searcher: &'a Searcher,
        expanded: &'a RefCell<Expanded>,
        fields: Fields,
        summary: &Summary,
    ) -> Self {
        let mut languages: Vec<_> =
            summary.languages.keys().map(|code| Lang::from_code(code)).collect();
        languages.sort();
        languages.dedup();
        if languages.is_empty() {
            languages.push(Lang::from_code("en"));
        }
        let most =
            summary.languages.iter().max_by_key(|(code, count)| (**count, code.as_str() == "en"));
        let main = Lang::from_code(most.map_or("en", |(code, _)| code));
        Self { searcher, expanded, fields, languages, main }
    }

    /// The indexed forms most like a word, and how many articles have each.
    pub(super) fn nearest(&self, word: &str) -> MissingWord {
        let folded = fold(word);
        let pattern = most_different(&folded).and_then(|most| {
            let kind = TermKind::Fuzzy(most);
            Pattern::new(&Term { text: folded.clone(), kind, case: None, required: false })
        });
        let mut nearest = Vec::new();
        if let Some(pattern) = pattern {
            let forms = self.matching_pattern(&pattern, "", None);
            nearest = plain_forms(forms)
                .map(|(form, count)| (Unlike::new(&folded, &form), form, count))
                .collect();
            nearest.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(a.1.cmp(&b.1)));
            nearest.truncate(NEAREST);
        }
        let nearest = nearest.into_iter().map(|(_, form, count)| (form, count)).collect();
        MissingWord { word: word.to_owned(), nearest }
    }

    /// How many forms a pattern stands for, each width counted; 0 for words.
    pub(super) fn count_forms(&self, term: &Term, aside: Option<&str>) -> usize {
        Pattern::new(term)
            .map_or(0, |pattern| self.matching_pattern(&pattern, &prefix(term), aside).len())
    }

    /// The forms of the index that a word or pattern stands for, and in how many articles each is, most frequent
    /// first. A word of several units (a compound, a run without spaces) has none of its own.
    pub(super) fn forms(&self, term: &Term, stemmer: &mut Stemmer) -> Vec<(String, u64)> {
        let found = match (Pattern::new(term), units(&term.text, false).as_slice()) {
            (Some(pattern), _) => self.matching_pattern(&pattern, &prefix(term), None),
            (None, [Unit::Word(typed)]) => {
                let mut found = FxHashMap::default();
                for typed in typed {
                    let by_stem = term.kind == TermKind::Stem && typed.stems;
                    found.extend(self.forms_of(&typed.text, by_stem, stemmer));
                }
                found
            }
            (None, _) => FxHashMap::default(),
        };
        let mut forms: Vec<_> = plain_forms(found).collect();
        forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        forms
    }

    /// The forms that have the stem of this one in some language of the index. A form begins as its stem does.
    fn forms_of(
        &self,
        typed: &str,
        by_stem: bool,
        stemmer: &mut Stemmer,
    ) -> FxHashMap<String, u64> {
        if !by_stem {
            return self.matching(&mut |form| form == typed, None, (typed, None));
        }
        let stems: Vec<(u64, Option<Lang>, String)> = self
            .languages
            .iter()
            .map(|lang| {
                let stem = lang.map_or(typed, |lang| stemmer.stem(lang, typed));
                (1 << column_number(*lang), *lang, stem.to_owned())
            })
            .collect();
        // The languages in which a form has the stem of what was typed, as bits.
        let mut languages = |form: &str| {
            let same = stems.iter().filter(|(_, lang, stem)| {
                lang.map_or(form, |lang| stemmer.stem(lang, form)) == stem
            });
            same.map(|it| it.0).sum::<u64>()
        };
        let all = stems.iter().map(|it| it.0).sum::<u64>();
        let start: String = typed.chars().take(1).collect();
        let mut forms = self.matching(&mut |form| languages(form) > 0, None, (&start, None));
        for (key, count) in &mut forms {
            let form = keys::exact_form(key).map_or("", |it| it.1);
            let here = languages(form);
            if here != all {
                *count = self.articles_in(key, here);
            }
        }
        forms.retain(|_, count| *count > 0);
        forms
    }

    /// In how many articles of some languages a term is.
    fn articles_in(&self, key: &str, languages: u64) -> u64 {
        let term = tantivy::Term::from_field_text(self.fields.text, key);
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            let columns = Columns::new(segment);
            let Ok(inverted) = segment.inverted_index(self.fields.text) else { continue };
            let Ok(Some(mut postings)) = inverted.read_postings(&term, IndexRecordOption::Basic)
            else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                let bit = 1_u64.checked_shl(u32::try_from(columns.lang(doc)).unwrap_or(u32::MAX));
                let counts = bit.is_some_and(|bit| bit & languages > 0);
                count += u64::from(counts && !segment.is_deleted(doc));
                postings.advance();
            }
        }
        count
    }

    fn matching_pattern(
        &self,
        pattern: &Pattern,
        prefix: &str,
        aside: Option<&str>,
    ) -> FxHashMap<String, u64> {
        self.matching(&mut |form| pattern.matches(form), Some(pattern), (prefix, aside))
    }

    /// Every exact form that matches, with the number of articles that have it, at most. It begins with the prefix,
    /// and as the pattern may.
    fn matching(
        &self,
        is_match: &mut dyn FnMut(&str) -> bool,
        pattern: Option<&Pattern>,
        (prefix, aside): (&str, Option<&str>),
    ) -> FxHashMap<String, u64> {
        let (field, before) = self.place(aside);
        let mut forms: FxHashMap<String, u64> = FxHashMap::default();
        for start in starts(before, prefix) {
            for segment in self.searcher.segment_readers() {
                let Ok(inverted) = segment.inverted_index(field) else { continue };
                let beginnings = Beginnings { before: before.as_bytes(), pattern };
                let found = inverted.terms().search(beginnings).ge(start.as_bytes());
                let Ok(mut stream) = found.into_stream() else { continue };
                while stream.advance() {
                    if !stream.key().starts_with(start.as_bytes()) {
                        break;
                    }
                    let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
                    let Some((_, form)) = keys::exact_form(&key[before.len()..]) else { continue };
                    if is_match(form) {
                        let count = u64::from(stream.value().doc_freq);
                        match forms.get_mut(key) {
                            Some(known) => *known += count,
                            None => {
                                forms.insert(key.to_owned(), count);
                            }
                        }
                    }
                }
            }
        }
        forms
    }

    /// The keys that match alone, in order; none if the engine has to be asked, or there are too many.
    fn keys(&self, pattern: &Pattern, prefix: &str, aside: Option<&str>) -> Option<Vec<String>> {
        let (field, before) = self.place(aside);
        let starts: Vec<String> = starts(before, prefix).collect();
        let beginnings = Beginnings { before: before.as_bytes(), pattern: Some(pattern) };
        // The walk tells the forms of other patterns exactly.
        let is_match = |form: &str| match pattern {
            Pattern::Regex(..) => pattern.matches(form),
            Pattern::Wildcard(_) | Pattern::Fuzzy(..) => true,
        };
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let automaton = automaton_of(self.searcher, segment, field)?;
            let others = found.len();
            let is_complete = walk(&automaton, &beginnings, &mut |key| {
                let Ok(key) = std::str::from_utf8(key) else { return true };
                let form = keys::exact_form(key.get(before.len()..).unwrap_or(""));
                if form.is_some_and(|(_, form)| is_match(form))
                    && starts.iter().any(|start| key.starts_with(start))
                {
                    found.push(key.to_owned());
                }
                found.len() - others <= MOST_FORMS
            });
            if !is_complete {
                return None;
            }
            if others > 0 {
                found.sort_unstable();
                found.dedup();
            }
        }
        Some(found)
    }

    /// The keys of a pattern, the most frequent if there are too many, and whether there are.
    fn all_forms(
        &self,
        pattern: &Pattern,
        prefix: &str,
        aside: Option<&str>,
    ) -> (Vec<TermKey>, bool) {
        let known = self.keys(pattern, prefix, aside).filter(|it| it.len() <= MOST_FORMS);
        let mut capped = false;
        let keys = known.unwrap_or_else(|| {
            let found = self.matching_pattern(pattern, prefix, aside);
            let mut forms: Vec<_> = found.into_iter().collect();
            capped = forms.len() > MOST_FORMS;
            if capped {
                forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
                forms.truncate(MOST_FORMS);
            }
            let mut keys: Vec<_> = forms.into_iter().map(|it| it.0).collect();
            keys.sort_unstable();
            keys
        });
        let before = aside.map_or(0, str::len);
        let terms = keys.into_iter().map(|key| {
            let width = keys::exact_form(&key[before..]).map_or(1, |it| it.0);
            TermKey { key, width, langs: None, typed: true }
        });
        (terms.collect(), capped)
    }

    /// The field in which forms are looked for, and what stands before them there.
    fn place<'b>(&self, aside: Option<&'b str>) -> (Field, &'b str) {
        match aside {
            Some(before) => (self.fields.aside, before),
            None => (self.fields.text, ""),
        }
    }
}

/// How the keys of plain forms with a prefix begin, and of those that join two words or more. Without a prefix the
/// plain forms lie among all.
fn starts(before: &str, prefix: &str) -> impl Iterator<Item = String> {
    let widest = if prefix.is_empty() { 1 } else { keys::WIDEST_HYPHENATED };
    (1..=widest).map(move |width| {
        let mut start = before.to_owned();
        keys::push_exact(&mut start, width, prefix);
        start
    })
}

/// The forms of keys; a form with several widths is one.
fn plain_forms(keys: FxHashMap<String, u64>) -> impl Iterator<Item = (String, u64)> {
    let mut forms: FxHashMap<String, u64> = FxHashMap::default();
    for (key, count) in keys {
        if let Some((_, form)) = keys::exact_form(&key) {
            *forms.entry(form.to_owned()).or_default() += count;
        }
    }
    forms.into_iter()
}

impl Dictionary for Terms<'_> {
    fn expand(&self, term: &Term, aside: Option<&'static str>) -> Option<Forms> {
        let key = (term.clone(), aside);
        if let Some(known) = self.expanded.borrow().get(&key) {
            return Some(known);
        }
        let pattern = Pattern::new(term)?;
        let (terms, capped) = self.all_forms(&pattern, &prefix(term), aside);
        let terms = Rc::new(terms);
        self.expanded.borrow_mut().keep(key, Rc::clone(&terms), capped);
        Some((terms, capped))
    }

    fn languages(&self) -> &[Option<Lang>] {
        &self.languages
    }

    fn main_language(&self) -> Option<Lang> {
        self.main
    }
}
