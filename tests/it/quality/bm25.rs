//! The bar to be reached: BM25 over title and text as one field, with morgue's words and stems and nothing else of it.

use std::collections::HashMap;

use morgue::text::{Form, FormKind, Lang, Stemmer, Visitor, tokenize};

use super::collection::Document;

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Stems are told apart by language.
type Word = (Option<u8>, String);

pub(super) struct Bm25 {
    postings: HashMap<Word, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    mean: f64,
    langs: Vec<Option<Lang>>,
    /// The language of most articles: its stop words are left out of questions.
    main: Option<Lang>,
    stemmer: Stemmer,
}

impl Bm25 {
    pub(super) fn new(documents: &[Document]) -> Self {
        let mut stemmer = Stemmer::default();
        let mut postings: HashMap<Word, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::new();
        let mut langs: Vec<(usize, Option<Lang>)> = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let lang = document.lang.as_deref().and_then(Lang::from_code);
            match langs.iter_mut().find(|it| it.1 == lang) {
                Some(known) => known.0 += 1,
                None => langs.push((1, lang)),
            }
            let words = words(&format!("{}\n\n{}", document.title, document.text));
            lengths.push(words.len() as f64);
            let mut counts: HashMap<Word, f64> = HashMap::new();
            for word in &words {
                *counts.entry(stemmed(lang, word, &mut stemmer)).or_default() += 1.0;
            }
            for (word, count) in counts {
                postings.entry(word).or_default().push((number, count));
            }
        }
        langs.sort_by_key(|it| std::cmp::Reverse(it.0));
        let langs: Vec<_> = langs.into_iter().map(|it| it.1).collect();
        let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        Self { postings, lengths, mean, main: langs.first().copied().flatten(), langs, stemmer }
    }

    /// The best articles for a question, by number.
    pub(super) fn rank(&mut self, query: &str, limit: usize) -> Vec<usize> {
        let mut words = words(query);
        let is_stop_word = |it: &String| self.main.is_some_and(|lang| lang.is_stop_word(it));
        if !words.iter().all(is_stop_word) {
            words.retain(|it| !is_stop_word(it));
        }
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let count = self.lengths.len() as f64;
        for word in words {
            let mut found: Vec<(usize, f64)> = Vec::new();
            for lang in &self.langs {
                let stem = stemmed(*lang, &word, &mut self.stemmer);
                found.extend(self.postings.get(&stem).into_iter().flatten());
            }
            let frequency = found.len() as f64;
            let idf = (1.0 + (count - frequency + 0.5) / (frequency + 0.5)).ln();
            for (number, tf) in found {
                let norm = K1 * (1.0 - B + B * self.lengths[number] / self.mean);
                *scores.entry(number).or_default() += idf * tf * (K1 + 1.0) / (tf + norm);
            }
        }
        let mut ranked: Vec<_> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(limit).map(|it| it.0).collect()
    }
}

fn stemmed(lang: Option<Lang>, word: &str, stemmer: &mut Stemmer) -> Word {
    let stem = lang.map_or(word, |it| stemmer.stem(it, word)).to_owned();
    (lang.map(Lang::number), stem)
}

/// Every word once, folded.
fn words(text: &str) -> Vec<String> {
    struct Words(Vec<String>);
    impl Visitor for Words {
        fn form(&mut self, form: Form<'_>) {
            if matches!(form.kind, FormKind::Main | FormKind::Pair) {
                self.0.push(form.text.to_owned());
            }
        }
    }
    let mut words = Words(Vec::new());
    tokenize(text, 0, &mut words);
    words.0
}
