//! The words of a line -> the runs that can hold a name: capitals, and the small words and signs that join them.

use super::tokens::Token;
use super::words::{Shape, hash, is_listed};

/// A word as the tagger sees it.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// How it is written.
    pub shape: Shape,
    /// Whether it begins a sentence.
    pub first: bool,
    /// The hash of what is no small word: many look for it by that.
    hash_unless_small: u32,
}

impl<'a> Word<'a> {
    /// A word of a shape.
    pub fn new(text: &'a str, shape: Shape, first: bool) -> Self {
        // Most words are small, and most of those nobody asks for.
        let hash_unless_small = if shape == Shape::Lower { 0 } else { hash(text) };
        Self { text, shape, first, hash_unless_small }
    }

    /// Its hash.
    pub fn hash(&self) -> u32 {
        if self.shape == Shape::Lower { hash(self.text) } else { self.hash_unless_small }
    }
}

/// The words of tokens.
pub fn words<'a>(text: &'a str, tokens: &[Token]) -> Vec<Word<'a>> {
    tokens.iter().map(|it| word(text, it)).collect()
}

/// The word of a token.
pub fn word<'a>(text: &'a str, token: &Token) -> Word<'a> {
    let text = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    Word::new(text, token.shape, token.first)
}

/// How a line uses capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Names and first words have them.
    Sentence,
    /// Nearly every word begins with one, as in headlines.
    Title,
    /// All letters are.
    Upper,
}

/// How the words of a line use capitals.
pub fn case(words: &[Word<'_>]) -> Case {
    let (mut lower, mut capital, mut upper, mut long_lower) = (0, 0, 0, 0);
    for word in words {
        match word.shape {
            Shape::Lower => {
                lower += 1;
                long_lower += u32::from(word.text.len() > 4);
            }
            Shape::Capital | Shape::Mixed | Shape::Joined | Shape::Stopped => capital += 1,
            Shape::Upper | Shape::Dotted => upper += 1,
            Shape::Letter | Shape::Number | Shape::Counted | Shape::Sign => {}
        }
    }
    if lower == 0 && capital == 0 && upper > 0 || upper > 4 && (lower + capital) * 8 < upper {
        return Case::Upper;
    }
    let all = lower + capital + upper;
    if all >= 4 && long_lower * 8 <= all && (capital + upper) * 3 >= all * 2 {
        Case::Title
    } else {
        Case::Sentence
    }
}

/// The runs of words worth looking at: first word, and the word after the last.
pub fn segments(words: &[Word<'_>], found: &mut Vec<(usize, usize)>) {
    found.clear();
    let mut at = 0;
    while at < words.len() {
        if !is_core(words, at) {
            at += 1;
            continue;
        }
        let mut start = at;
        if let Some(before) = at.checked_sub(1)
            && words[before].shape == Shape::Lower
            && words[before].text.len() <= LONGEST_JOINER
            && PARTICLES.contains(&words[before].text)
        {
            start = before;
        }
        let mut end = at + 1;
        let mut joiners = 0;
        let mut next = end;
        while next < words.len() && joiners <= MOST_JOINERS {
            if is_core(words, next) {
                end = next + 1;
                joiners = 0;
            } else if joins(&words[next]) {
                joiners += 1;
            } else {
                break;
            }
            next += 1;
        }
        if let Some((_, last)) = found.last_mut()
            && *last >= start
        {
            *last = end;
        } else {
            found.push((start, end));
        }
        at = end;
    }
}

/// How many small words and signs in a row may join two capitals.
const MOST_JOINERS: u32 = 3;

/// Whether a word can be the heart of a name.
fn is_core(words: &[Word<'_>], at: usize) -> bool {
    let word = &words[at];
    match word.shape {
        Shape::Lower | Shape::Number | Shape::Sign => false,
        Shape::Counted => word.text.contains(|it: char| it.is_uppercase()),
        Shape::Letter
        | Shape::Stopped
        | Shape::Upper
        | Shape::Dotted
        | Shape::Mixed
        | Shape::Joined => word.text != "I",
        Shape::Capital => {
            let follows = words.get(at + 1).is_some_and(|next| next.shape.is_capital());
            !(word.first && !follows && is_small(word.text))
        }
    }
}

fn is_small(word: &str) -> bool {
    word.len() <= LONGEST_SMALL && is_listed(SMALL, word)
}

/// Letters of the longest words of [`SMALL`]; most words that are longer need no look into it.
const LONGEST_SMALL: usize = 8;

/// Whether a word or sign may stand between two capitals of one name.
fn joins(word: &Word<'_>) -> bool {
    match word.shape {
        Shape::Lower => word.text.len() <= LONGEST_JOINER && JOINERS.contains(&word.text),
        Shape::Sign => matches!(word.text, "'s" | "’s" | "'" | "’" | "&" | "/" | "-" | "."),
        Shape::Number => true,
        Shape::Capital
        | Shape::Letter
        | Shape::Stopped
        | Shape::Upper
        | Shape::Dotted
        | Shape::Mixed
        | Shape::Joined
        | Shape::Counted => false,
    }
}

/// Most words are longer, and are not looked up.
const LONGEST_JOINER: usize = 5;

/// Words that join the parts of a name.
const JOINERS: &[&str] = &[
    "a", "al", "and", "arap", "at", "bin", "d", "da", "das", "de", "del", "della", "den", "der",
    "des", "di", "do", "dos", "du", "e", "el", "en", "et", "for", "für", "ibn", "in", "la", "las",
    "le", "les", "los", "of", "on", "s", "the", "to", "und", "van", "von", "y", "zu", "ul", "ur",
    "ben", "bint", "am", "ter", "ten", "te", "i",
];

/// Words that begin a name without a capital.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "di", "du", "el", "la", "le", "van", "von", "der", "den",
    "ben", "ibn",
];

/// Words that begin many sentences and are no name by themselves; sorted.
const SMALL: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "although", "among", "an", "and", "another",
    "any", "are", "as", "asked", "at", "because", "before", "being", "both", "but", "by", "can",
    "could", "despite", "did", "do", "does", "during", "each", "earlier", "either", "even",
    "every", "finally", "first", "for", "from", "further", "get", "given", "had", "has", "have",
    "he", "her", "here", "him", "his", "how", "however", "i", "if", "in", "instead", "is", "it",
    "its", "just", "last", "later", "let", "like", "made", "many", "may", "more", "most", "much",
    "my", "nearly", "neither", "never", "next", "no", "nobody", "none", "nor", "not", "nothing",
    "now", "of", "off", "often", "on", "once", "one", "only", "or", "other", "others", "our",
    "out", "over", "perhaps", "quite", "rather", "she", "should", "since", "so", "some", "still",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "though", "through", "thus", "to", "today", "too", "two", "under", "unlike", "until",
    "up", "upon", "very", "was", "we", "well", "were", "what", "when", "where", "whether", "which",
    "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yes",
    "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::super::tokens::tokenize;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let words = words(text, &tokens);
        let mut found = Vec::new();
        segments(&words, &mut found);
        let runs: Vec<String> = found
            .iter()
            .map(|(start, end)| {
                words[*start..*end].iter().map(|it| it.text).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(runs, expected);
    }

    #[test]
    fn runs() {
        assert!(SMALL.is_sorted());
        check("The talks with Daniel arap Moi of Kenya went on.", &["Daniel arap Moi of Kenya"]);
        check("He saw van Dyke, and Bank of the West.", &["van Dyke", "Bank of the West"]);
        check("The New York talks", &["The New York"]);
        check("nothing here", &[]);
    }
}
