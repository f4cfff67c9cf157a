//! The term dictionaries of an index: forms for patterns, nearest forms for words found nowhere.

use rustc_hash::FxHashMap;
use tantivy::Searcher;

use super::MissingWord;
use super::patterns::Pattern;
use super::plan::{Dictionary, MOST_FORMS};
use super::words::TermKey;
use crate::field::edit_distance;
use crate::index::catalog::Summary;
use crate::index::keys;
use crate::index::schema::Fields;
use crate::text::Lang;
use crate::text::fold::fold;

/// Forms named for a word found nowhere.
const NEAREST: usize = 3;

/// The dictionaries of all segments.
pub(super) struct Terms<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    languages: Vec<Option<Lang>>,
    main: Option<Lang>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: Fields, summary: &Summary) -> Self {
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
        Self { searcher, fields, languages, main }
    }

    /// The indexed forms most like a word, and how many articles have each.
    pub(super) fn nearest(&self, word: &str) -> MissingWord {
        let folded = fold(word);
        let term = crate::query::Term {
            text: folded.clone(),
            kind: crate::query::TermKind::Fuzzy(if folded.chars().count() > 4 { 2 } else { 1 }),
            case: None,
            required: false,
        };
        let mut nearest = Vec::new();
        if let Some(pattern) = Pattern::new(&term) {
            let forms = self.matching(&pattern, "", None);
            nearest = forms
                .into_iter()
                .map(|(form, count)| (edit_distance(&folded, &form), form, count))
                .collect();
            nearest.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(a.1.cmp(&b.1)));
            nearest.truncate(NEAREST);
        }
        let nearest = nearest.into_iter().map(|(_, form, count)| (form, count)).collect();
        MissingWord { word: word.to_owned(), nearest }
    }

    /// Every exact form that matches, with the number of articles that have it, at most.
    fn matching(
        &self,
        pattern: &Pattern,
        prefix: &str,
        aside: Option<&str>,
    ) -> FxHashMap<String, u64> {
        let field = if aside.is_some() { self.fields.aside } else { self.fields.text };
        let before = aside.unwrap_or("");
        let mut forms: FxHashMap<String, u64> = FxHashMap::default();
        // Plain forms, and those that join two words or more.
        let starts = (1..=keys::WIDEST_HYPHENATED).map(|width| {
            let mut start = before.to_owned();
            keys::push_exact(&mut start, width, prefix);
            start
        });
        for start in starts {
            for segment in self.searcher.segment_readers() {
                let Ok(inverted) = segment.inverted_index(field) else { continue };
                let Ok(mut stream) = inverted.terms().range().ge(start.as_bytes()).into_stream()
                else {
                    continue;
                };
                while stream.advance() {
                    if !stream.key().starts_with(start.as_bytes()) {
                        break;
                    }
                    let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
                    let Some((_, form)) = keys::exact_form(&key[before.len()..]) else { continue };
                    if pattern.matches(form) {
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
}

impl Dictionary for Terms<'_> {
    fn expand(&self, pattern: &Pattern, prefix: &str, aside: Option<&str>) -> (Vec<TermKey>, bool) {
        let mut forms: Vec<_> = self.matching(pattern, prefix, aside).into_iter().collect();
        let capped = forms.len() > MOST_FORMS;
        if capped {
            forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            forms.truncate(MOST_FORMS);
        }
        forms.sort_unstable();
        let before = aside.map_or(0, str::len);
        let terms = forms
            .into_iter()
            .map(|(key, _)| {
                let width = keys::exact_form(&key[before..]).map_or(1, |it| it.0);
                TermKey { key, width, langs: None, typed: true }
            })
            .collect();
        (terms, capped)
    }

    fn languages(&self) -> &[Option<Lang>] {
        &self.languages
    }

    fn main_language(&self) -> Option<Lang> {
        self.main
    }
}
