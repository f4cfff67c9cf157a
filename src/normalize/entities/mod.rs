//! The text of an article -> the people, organizations and places it names.
//!
//! | stage | file |
//! |---|---|
//! | long texts, a part at a time | `windows` |
//! | words, sentences | `tokens`, `words` |
//! | runs that can hold a name | `segments` |
//! | what can be said about a word | `features`, from the lists in `lexicon` |
//! | which words are names | `model`, `viterbi`, `tags` |
//! | firms with commas in their names | `firms` |
//! | names that were found once, wherever they stand | `again` |
//! | short forms that the article explains | `definitions` |
//! | two names taken for one; kinds that lists know better | `parts`, `known` |
//! | names that the user lists | `listed` |
//! | from mentions to names | `names`, `people`, `titles` |
//! | with what the source states | `stated` |
//! | the country of a place | `countries` |
//!
//! The weights are made by `examples/train_entities`; docs/entities.md says from which data and how good they are.

mod again;
pub mod countries;
mod definitions;
pub mod features;
mod firms;
mod known;
pub mod lexicon;
mod listed;
pub mod model;
mod names;
mod parts;
mod people;
pub mod segments;
mod stated;
pub mod table;
pub mod tags;
pub mod titles;
pub mod tokens;
mod untrained;
pub mod viterbi;
mod windows;
pub mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use self::features::{Habits, Line, features, look_up};
use self::lexicon::Lexicon;
use self::model::{Model, unpack_pairs, unpack_rows};
use self::segments::{Case, Word, case, segments};
use self::table::Table;
use self::tags::{Kind, TAGS, spans};
use self::tokens::{Token, tokenize};
use self::viterbi::{best, free_steps};
use self::words::Shape;
use crate::article::{Article, Spot};
use crate::names::NameList;

/// Fills in people, organizations and places; what the source states about them stays first, and what the user says
/// about names holds for all.
pub(super) fn read(article: &mut Article, list: &NameList) {
    let renamed = listed::rename(article, list);
    let title = article.title.as_deref().unwrap_or_default();
    let deck = article.deck.as_deref().unwrap_or_default();
    let texts = [title, deck, article.body.as_str()];
    let definitions = definitions::find(&texts);
    let is_trained = TRAINED.contains(&article.language.as_deref().unwrap_or(TRAINED[0]));
    let (mut found, from) = if is_trained {
        let mut found = windows::each(&texts, |texts| mentions(texts, tagger()));
        known::correct(&mut found, article, &tagger().lexicon);
        (found, "text")
    } else {
        let in_window = |texts: &[&str]| untrained::mentions(texts, &definitions, tagger());
        (windows::each(&texts, in_window), "lists")
    };
    listed::find(&mut found, &texts, list);
    let named = names::join(found, &definitions, list);
    let firsts = spots(&texts, &named);
    stated::merge(named, firsts, from, definitions, article);
    listed::add_forms(&mut article.entities, renamed);
}

/// The place of each name's first mention.
fn spots(texts: &[&str; 3], named: &[names::Named]) -> Vec<Spot> {
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by_key(|at| named[*at].first);
    let mut spots = vec![Spot { field: Cow::Borrowed(""), start: 0 }; named.len()];
    // From mention to mention, so that a long text is counted once.
    let (mut text, mut bytes, mut letters) = (0, 0, 0);
    for at in order {
        let (number, end) = named[at].first;
        if number != text {
            (text, bytes, letters) = (number, 0, 0);
        }
        let between = texts.get(text).and_then(|it| it.get(bytes..end)).unwrap_or_default();
        letters += between.chars().count();
        bytes = end;
        let field = ["title", "deck", "body"].get(text).copied().unwrap_or_default();
        spots[at] =
            Spot { field: Cow::Borrowed(field), start: u32::try_from(letters).unwrap_or(u32::MAX) };
    }
    spots
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
        let mut rows = unpack_rows(include_bytes!("weights-1.bin"));
        rows.extend(unpack_rows(include_bytes!("weights-2.bin")));
        let mut steps = free_steps();
        let learned = include_bytes!("steps.bin").as_chunks::<4>().0;
        for (step, bytes) in steps.iter_mut().flatten().zip(learned) {
            *step += f32::from_le_bytes(*bytes);
        }
        Tagger {
            lexicon: Lexicon::new(words, Arc::clone(countries::places())),
            model: Model::new(&rows, steps),
        }
    })
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub kind: Kind,
    /// As written, white space as one space.
    pub text: String,
    /// Which of the texts it stands in, and the bytes before it there.
    pub at: (usize, usize),
    /// Whether all of its line is in capitals.
    pub shouted: bool,
    /// Whether it begins a sentence, where any word has a capital.
    pub first: bool,
    /// Whether `in` stands before it.
    pub after_in: bool,
    /// The number of the name it is, in the list of the user.
    pub listed: Option<usize>,
}

/// A sentence: which text, where its paragraph begins there, the paragraph, its tokens, and the same as words.
struct Sentence<'a> {
    text: usize,
    begin: usize,
    paragraph: &'a str,
    tokens: &'a [Token],
    words: &'a [Word<'a>],
}

/// The names in the paragraphs of some texts, in the order they stand.
pub fn mentions(texts: &[&str], tagger: &Tagger) -> Vec<Mention> {
    // The tokens and words of all texts lie in one row each: most sentences are too short for a list of their own.
    // A word with its space has some six letters.
    let mut tokens = Vec::with_capacity(texts.iter().map(|it| it.len() / 5).sum());
    let mut paragraphs: Vec<(usize, usize, &str, Range<usize>)> = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut begin = 0;
        for paragraph in text.split('\n') {
            let before = tokens.len();
            tokenize(paragraph, &mut tokens);
            if tokens.len() > before {
                paragraphs.push((number, begin, paragraph, before..tokens.len()));
            }
            begin += paragraph.len() + 1;
        }
    }
    let mut words: Vec<Word<'_>> = Vec::with_capacity(tokens.len());
    for (_, _, paragraph, range) in &paragraphs {
        words.extend(tokens[range.clone()].iter().map(|it| segments::word(paragraph, it)));
    }
    let mut sentences: Vec<Sentence<'_>> = Vec::new();
    let mut rest = words.as_slice();
    for (text, begin, paragraph, range) in paragraphs {
        // A sentence mark on the first token is no cut.
        for tokens in tokens[range].chunk_by(|_, next| !next.first) {
            let (words, after) = rest.split_at(tokens.len());
            sentences.push(Sentence { text, begin, paragraph, tokens, words });
            rest = after;
        }
    }
    let cases: Vec<Case> = sentences.iter().map(|it| case(it.words)).collect();
    let habits = Seen::of(sentences.iter().map(|it| it.words).zip(cases.iter().copied()));
    let mut work = Work::default();
    let mut found = Vec::new();
    for (number, (sentence, case)) in sentences.iter().zip(cases.iter().copied()).enumerate() {
        let words = sentence.words;
        segments(words, &mut work.segments);
        look_up(words, &work.segments, case, &tagger.lexicon, &habits, &mut work.line);
        for (start, end) in &work.segments {
            work.scores.clear();
            for at in *start..*end {
                features(words, &work.line, at, (*start, *end), &mut work.features);
                work.scores.push(tagger.model.scores(&work.features));
            }
            best(&work.scores, tagger.model.steps(), &mut work.path);
            for (kind, first, after) in spans(&work.path) {
                found.push(Span { kind, sentence: number, words: start + first..start + after });
            }
        }
    }
    firms::complete(&sentences, &mut found);
    again::complete(&sentences, &mut found);
    let whole = found.into_iter().filter_map(|span| {
        let shouted = cases.get(span.sentence) == Some(&Case::Upper);
        mention(&span, &sentences, shouted)
    });
    let mut mentions = Vec::new();
    whole.for_each(|it| parts::parts(it, &tagger.lexicon, &mut mentions));
    mentions
}

/// A name, by the numbers of its sentence and words.
struct Span {
    kind: Kind,
    sentence: usize,
    words: Range<usize>,
}

fn mention(span: &Span, sentences: &[Sentence<'_>], shouted: bool) -> Option<Mention> {
    let sentence = sentences.get(span.sentence)?;
    let tokens = sentence.tokens.get(span.words.clone())?;
    let (first, last) = (tokens.first()?, tokens.last()?);
    // `Shr 34 cts vs 33`: what a row of a table is about is no name.
    let next = sentence.tokens.get(span.words.end);
    let next_word = next.and_then(|it| sentence.paragraph.get(it.start as usize..it.end as usize));
    if span.words == (0..1)
        && (next.is_some_and(|it| it.shape == Shape::Number)
            || next_word.is_some_and(|it| matches!(it, "vs" | "nil" | "profit" | "loss")))
    {
        return None;
    }
    let name = sentence.paragraph.get(first.start as usize..last.end as usize)?;
    let before = span.words.start.checked_sub(1).and_then(|it| sentence.tokens.get(it));
    // `Energy Minister Varga`, whatever else a Varga may be.
    let is_titled = before.is_some_and(|it| {
        let word = sentence.paragraph.get(it.start as usize..it.end as usize).unwrap_or_default();
        matches!(it.shape, Shape::Capital | Shape::Stopped) && titles::is_office(word)
    });
    let word_before = before
        .and_then(|it| sentence.paragraph.get(it.start as usize..it.end as usize))
        .unwrap_or_default();
    Some(Mention {
        kind: if is_titled { Kind::Person } else { span.kind },
        text: words::squeezed(name),
        at: (sentence.text, sentence.begin + first.start as usize),
        shouted,
        first: first.first,
        after_in: word_before == "in",
        listed: None,
    })
}

#[derive(Default)]
struct Work {
    segments: Vec<(usize, usize)>,
    line: Line,
    features: Vec<u32>,
    scores: Vec<[f32; TAGS]>,
    path: Vec<u8>,
}

/// Which of the words that a document writes with a capital it writes so inside a sentence, and which also small.
#[derive(Debug, Default)]
pub struct Seen(FxHashMap<u32, u32>);

impl Seen {
    /// What the sentences of a document show.
    pub fn of<'a>(sentences: impl Iterator<Item = (&'a [Word<'a>], Case)> + Clone) -> Self {
        let mut seen = FxHashMap::default();
        // Which beginnings and lengths there are: most small words are told apart by them, and looked for no further.
        let mut outlines = [0_u32; 32];
        for (words, case) in sentences.clone() {
            for word in words.iter().filter(|it| it.shape.is_capital()) {
                let inside = case == Case::Sentence && !word.first;
                *seen.entry(word.hash()).or_default() |= if inside { 2 } else { 0 };
                let (letter, length) = outline(word.text);
                outlines[letter] |= 1 << length;
            }
        }
        let running = sentences.filter(|(_, case)| *case == Case::Sentence);
        for word in running.flat_map(|(words, _)| words).filter(|it| it.shape == Shape::Lower) {
            let (letter, length) = outline(word.text);
            if (outlines[letter] >> length & 1 == 1 || !word.text.is_ascii())
                && let Some(seen) = seen.get_mut(&word.hash())
            {
                *seen |= 1;
            }
        }
        Self(seen)
    }
}

/// The first letter of a word, whatever its case, and how many letters it has, each in five bits.
fn outline(word: &str) -> (usize, usize) {
    let first = word.as_bytes().first().copied().unwrap_or_default();
    let length = if word.is_ascii() { word.len() } else { word.chars().count() };
    (usize::from(first & 31), length.min(31))
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
        read(&mut article, &NameList::default());
        assert_eq!(article.people, ["Vladimir Putin", "Alexander Lukashenko"]);
        assert_eq!(article.organizations, ["Collective Security Treaty Organization"]);
        assert_eq!(article.places, ["Sochi", "Belarus", "Russia"]);
    }

    /// What was read of a body, one list after the other.
    fn names_in(body: &str) -> [Vec<String>; 3] {
        let mut article = Article { body: body.to_owned(), ..Article::default() };
        read(&mut article, &NameList::default());
        [article.people, article.organizations, article.places]
    }

    #[test]
    fn firms_and_what_lists_know() {
        let [people, firms, _] = names_in(
            "Analysts at Goldman, Sachs and Co and at Duff and Phelps said on Monday that Apple Computer, Inc. \
             would gain.\n\nMr. John Smith of Chicago agreed.",
        );
        assert_eq!(people, ["John Smith"]);
        assert_eq!(firms, ["Goldman, Sachs and Co", "Duff and Phelps", "Apple Computer, Inc."]);
        let [people, firms, places] = names_in(
            "Shr 34 cts vs 33 cts\n\nThe White House said that Senator John Smith (R-Iowa) met Belgium's envoy.",
        );
        assert_eq!(people, ["John Smith"]);
        assert_eq!(firms, ["White House"]);
        assert!(places.contains(&"Belgium".to_owned()) && !places.contains(&"R-Iowa".to_owned()));
    }

    #[test]
    fn languages_without_training_are_read_by_lists() {
        let body =
            "Gestern sprach Angela Brandvold in Berlin über die OTSC und das Wetter.".to_owned();
        let mut article = Article { body, language: Some("de".into()), ..Article::default() };
        read(&mut article, &NameList::default());
        assert_eq!(article.people, ["Angela Brandvold"]);
        assert_eq!(article.organizations, ["OTSC"]);
        assert_eq!(article.places, ["Berlin"]);
        assert_eq!(article.provenance["people"], "lists");
        let body = "東京 NATO サミット 東京都で会議が開かれた".to_owned();
        let mut article = Article { body, language: Some("ja".into()), ..Article::default() };
        read(&mut article, &NameList::default());
        assert!(article.entities.is_empty());
    }
}
