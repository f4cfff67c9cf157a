//! The best articles of a first answer to the words they have in common, which then help to order all that match.
//!
//! RM3: Lavrenko and Croft 2001, "Relevance-based language models", mixed with the query as in Abdul-Jaleel and others
//! 2004, "`UMass` at TREC 2004: Novelty and HARD". A word `t` of the first articles weighs
//!
//! ```text
//! p(t) = sum over the articles of score / sum of scores * occurrences / length
//! ```
//!
//! and the words with the most of it are scored as words of the query are, so that they weigh together what the query's
//! words weigh. No article is found by them: totals, rungs and marks stay those of the query.

use rustc_hash::FxHashMap;

use super::Local;
use super::plan::{Dictionary, Leaf, Plan};
use super::spans::Scope;
use super::top::Entry;
use super::words::{Unit, terms, units};
use crate::index::schema::column;
use crate::index::{IndexError, io, stored_article};
use crate::text::{Form, FormKind, Lang, Stemmer, Visitor, tokenize};

/// So many of the best articles are taken for good ones.
pub(super) const ARTICLES: usize = 10;
/// So many of their words help.
const WORDS: usize = 40;
/// What the query keeps of the whole weight.
const QUERY: f32 = 0.5;
/// A shorter word says little, and there are many.
const SHORTEST: usize = 2;

impl Local {
    /// Adds the words that the first articles have in common to what is scored.
    pub(super) fn learn(&self, plan: &mut Plan, first: &[Entry]) -> Result<(), IndexError> {
        let total: f32 = first.iter().map(|it| it.score).sum();
        let words = plan.scored.iter().filter(|it| !plan.leaves[it.0].extra).count();
        if total <= 0.0 || words == 0 {
            return Ok(());
        }
        let mut model: FxHashMap<String, Word> = FxHashMap::default();
        let mut stemmer = self.stemmer.borrow_mut();
        for entry in first {
            let reader = &self.searcher.segment_readers()[entry.segment as usize];
            let store = reader.get_store_reader(1).map_err(io)?;
            let article = stored_article(&store, entry.doc, self.index().fields)?;
            let number = reader.fast_fields().u64(column::LANG)?.first(entry.doc).unwrap_or(0);
            let number = u8::try_from(number).unwrap_or(0);
            let lang = number.checked_sub(1).and_then(Lang::from_number);
            let mut count =
                Count { lang, stemmer: &mut stemmer, words: FxHashMap::default(), length: 0 };
            for text in [article.title.as_deref(), article.deck.as_deref(), Some(&*article.body)] {
                tokenize(text.unwrap_or(""), 0, &mut count);
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "articles are shorter than a float is exact"
            )]
            let share = entry.score / total / (count.length.max(1) as f32);
            for (stem, (form, times)) in count.words {
                let word = model.entry(stem).or_default();
                word.weight += share * times;
                word.forms.push((times, form));
            }
        }
        let mut model: Vec<_> = model.into_iter().collect();
        model.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.0.cmp(&b.0)));
        model.truncate(WORDS);
        let sum: f32 = model.iter().map(|it| it.1.weight).sum();
        let all = (1.0 - QUERY) / QUERY * f32::from(u16::try_from(words).unwrap_or(u16::MAX));
        let dictionary = self.terms();
        for (_, mut word) in model {
            word.forms.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let Some((_, form)) = word.forms.first() else { continue };
            if let [Unit::Word(forms)] = units(form, false).as_slice() {
                let terms = terms(forms, true, dictionary.languages(), &mut stemmer);
                plan.scored.push((plan.leaves.len(), all * word.weight / sum));
                plan.leaves.push(Leaf {
                    scope: Scope::Default,
                    aside: None,
                    case: None,
                    terms: terms.into(),
                    shown: form.clone(),
                    typed: None,
                    is_pattern: false,
                    extra: true,
                });
            }
        }
        Ok(())
    }
}

/// A word of the first articles.
#[derive(Default)]
struct Word {
    weight: f32,
    forms: Vec<(f32, String)>,
}

/// Counts the stems of an article, each with the form it came in first.
struct Count<'a> {
    lang: Option<Lang>,
    stemmer: &'a mut Stemmer,
    words: FxHashMap<String, (String, f32)>,
    length: usize,
}

impl Visitor for Count<'_> {
    fn form(&mut self, form: Form<'_>) {
        if form.kind != FormKind::Main {
            return;
        }
        self.length += 1;
        let is_word = form.text.chars().all(char::is_alphabetic)
            && form.text.chars().nth(SHORTEST - 1).is_some();
        if !is_word || self.lang.is_some_and(|lang| lang.is_stop_word(form.text)) {
            return;
        }
        let stem = self.lang.map_or(form.text, |lang| self.stemmer.stem(lang, form.text));
        if let Some(known) = self.words.get_mut(stem) {
            known.1 += 1.0;
        } else {
            self.words.insert(stem.to_owned(), (form.text.to_owned(), 1.0));
        }
    }
}
