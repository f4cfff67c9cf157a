//! The text of an article -> the people, organizations and places it names.
//!
//! | stage | file |
//! |---|---|
//! | words, sentences | `tokens`, `words` |
//! | runs that can hold a name | `segments` |
//! | what can be said about a word | `features`, from the lists in `lexicon` |
//! | which words are names | `model`, `viterbi`, `tags` |
//! | from mentions to names | `names`, `titles` |
//!
//! The weights are made by `examples/train_entities`; docs/entities.md says from which data and how good they are.

pub mod features;
pub mod lexicon;
pub mod model;
pub mod names;
pub mod segments;
pub mod table;
pub mod tags;
pub mod titles;
pub mod tokens;
pub mod viterbi;
pub mod words;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use self::features::{Habits, Line, features, look_up};
use self::lexicon::Lexicon;
use self::model::{Model, unpack_pairs, unpack_rows};
use self::segments::{Case, Word, case, segments};
use self::table::Table;
use self::tags::{Kind, TAGS, spans};
use self::tokens::{Token, tokenize};
use self::viterbi::{best, free_steps};
use self::words::{Shape, hash};
use super::claims::note;
use crate::article::Article;

/// Fills in people, organizations and places; what the source states about them stays first.
pub(super) fn read(article: &mut Article) {
    if !TRAINED.contains(&article.language.as_deref().unwrap_or(TRAINED[0])) {
        return;
    }
    let found = {
        let parts =
            [article.title.as_deref(), article.deck.as_deref(), Some(article.body.as_str())];
        names::names(&mentions(parts.into_iter().flatten(), tagger()))
    };
    for (kind, name) in found {
        let (field, values) = match kind {
            Kind::Person => ("people", &mut article.people),
            Kind::Organization => ("organizations", &mut article.organizations),
            Kind::Place => ("places", &mut article.places),
        };
        if values.iter().any(|it| it.eq_ignore_ascii_case(&name)) {
            continue;
        }
        values.push(name);
        if !article.provenance.contains_key(field) {
            note(article, field, "text");
        }
    }
}

/// Languages that the weights were trained for.
const TRAINED: &[&str] = &["en"];

/// Lists and weights.
#[derive(Debug)]
pub struct Tagger {
    /// What is known of words.
    pub lexicon: Lexicon,
    /// What was learned.
    pub model: Model,
}

/// The tagger that comes with the program; unpacked when it is first asked for.
pub fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let words = Table::new(&unpack_pairs(include_bytes!("words.bin")));
        let places = Table::new(&unpack_pairs(include_bytes!("places.bin")));
        let mut rows = unpack_rows(include_bytes!("weights-1.bin"));
        rows.extend(unpack_rows(include_bytes!("weights-2.bin")));
        let mut steps = free_steps();
        let learned = include_bytes!("steps.bin").as_chunks::<4>().0;
        for (step, bytes) in steps.iter_mut().flatten().zip(learned) {
            *step += f32::from_le_bytes(*bytes);
        }
        Tagger { lexicon: Lexicon::new(words, places), model: Model::new(&rows, steps) }
    })
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub kind: Kind,
    /// As written, white space as one space.
    pub text: String,
}

/// The names in the paragraphs of some texts, in the order they stand.
pub fn mentions<'a>(texts: impl Iterator<Item = &'a str>, tagger: &Tagger) -> Vec<Mention> {
    let mut paragraphs: Vec<(&str, Vec<Token>)> = Vec::new();
    for paragraph in texts.flat_map(|it| it.split('\n')) {
        let mut tokens = Vec::new();
        tokenize(paragraph, &mut tokens);
        if !tokens.is_empty() {
            paragraphs.push((paragraph, tokens));
        }
    }
    let sentences: Vec<(&str, &[Token])> = paragraphs
        .iter()
        .flat_map(|(text, tokens)| {
            // A sentence mark on the first token is no cut.
            tokens.chunk_by(|_, next| !next.first).map(|sentence| (*text, sentence))
        })
        .collect();
    let mut habits = Seen::default();
    for (text, sentence) in &sentences {
        habits.learn(&segments::words(text, sentence));
    }
    let mut work = Work::default();
    let mut found = Vec::new();
    for (text, sentence) in sentences {
        let words = segments::words(text, sentence);
        segments(&words, &mut work.segments);
        look_up(&words, &work.segments, case(&words), &tagger.lexicon, &habits, &mut work.line);
        for (start, end) in &work.segments {
            work.scores.clear();
            for at in *start..*end {
                features(&words, &work.line, at, (*start, *end), &mut work.features);
                work.scores.push(tagger.model.scores(&work.features));
            }
            best(&work.scores, tagger.model.steps(), &mut work.path);
            for (kind, first, after) in spans(&work.path) {
                let (Some(first), Some(last)) =
                    (sentence.get(start + first), sentence.get(start + after - 1))
                else {
                    continue;
                };
                let name = text.get(first.start as usize..last.end as usize).unwrap_or_default();
                found.push(Mention {
                    kind,
                    text: name.split_whitespace().collect::<Vec<_>>().join(" "),
                });
            }
        }
    }
    found
}

#[derive(Default)]
struct Work {
    segments: Vec<(usize, usize)>,
    line: Line,
    features: Vec<u32>,
    scores: Vec<[f32; TAGS]>,
    path: Vec<u8>,
}

/// Which words a document writes small, and which with a capital inside a sentence.
#[derive(Debug, Default)]
pub struct Seen(FxHashMap<u32, u32>);

impl Seen {
    /// Takes note of a sentence.
    pub fn learn(&mut self, words: &[Word<'_>]) {
        if case(words) != Case::Sentence {
            return;
        }
        for word in words {
            let bit = match word.shape {
                Shape::Lower => 1,
                Shape::Sign | Shape::Number => 0,
                Shape::Capital
                | Shape::Letter
                | Shape::Stopped
                | Shape::Upper
                | Shape::Dotted
                | Shape::Mixed
                | Shape::Joined
                | Shape::Counted => u32::from(!word.first) * 2,
            };
            if bit > 0 {
                *self.0.entry(hash(word.text)).or_default() |= bit;
            }
        }
    }
}

impl Habits for Seen {
    fn habit(&self, hash: u32) -> u32 {
        self.0.get(&hash).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_text() {
        let text = "President Vladimir Putin met Alexander Lukashenko in Sochi on Monday.\n\nPutin \
                    said that Belarus and Russia would stay in the Collective Security Treaty \
                    Organization.";
        let mut article = Article { body: text.to_owned(), ..Article::default() };
        read(&mut article);
        assert_eq!(article.people, ["Vladimir Putin", "Alexander Lukashenko"]);
        assert_eq!(article.organizations, ["Collective Security Treaty Organization"]);
        assert_eq!(article.places, ["Sochi", "Belarus", "Russia"]);
    }

    #[test]
    fn languages_without_training_stay_empty() {
        let body = "Angela Merkel besuchte Minsk.".to_owned();
        let mut article = Article { body, language: Some("de".into()), ..Article::default() };
        read(&mut article);
        assert!(article.people.is_empty() && article.places.is_empty());
    }
}
