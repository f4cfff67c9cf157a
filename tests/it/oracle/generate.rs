//! A corpus -> texts of queries over its words, and options to ask them with.

use super::AskOptions;
use super::corpus::{AUTHORS, ENGLISH, Model, SECTIONS, SOURCES, capitalised};
use super::rng::Rng;
use super::words::fold;
use morgue::date::Day;
use morgue::query::{DateField, Phrase, Query, Term, TermKind};
use morgue::search::{MatchMode, Sort};

/// Which operators are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Words, `=word`, phrases, AND, OR, NOT, groups, fields, dates, flags.
    Words,
    /// Patterns, distances, counts, lengths and capitals too, in every nesting.
    Everything,
}

/// Draws queries over one corpus.
pub(crate) struct Queries<'a> {
    pub(crate) rng: &'a mut Rng,
    pub(crate) models: &'a [Model],
    pub(crate) level: Level,
}

const DATES: &[&str] = &[
    "date:2020",
    "date:2020-09",
    "date:2020-09-14",
    "date:2020-03..2020-09",
    "date:..2019",
    "date:2021..",
    "since:2020",
    "since:2020-09-14",
    "until:2020-09",
    "until:2020-09-14",
    "before:2020-09",
    "before:2021",
    "after:2019",
    "after:2020-02",
    "date:none",
    "date:\"last 3 months\"",
    "date:\"last month\"",
    "date:\"last year\"",
    "updated:2021-02",
    "updated:none",
    "date:2020-09-14..2020-12-28",
    "since:2021-02-28",
];
const CONDITIONS: &[&str] = &["by:none", "source:none", "section:none", "lang:none"];
const TEXT_FIELDS: &[&str] = &["title", "deck", "body", "byline", "dateline", "headline"];

impl Queries<'_> {
    /// A query and how it is asked.
    pub(crate) fn next(&mut self, today: Day) -> (String, AskOptions) {
        let mode = match self.rng.below(100) {
            0..70 => MatchMode::Auto,
            70..80 => MatchMode::All,
            80..88 => MatchMode::Phrase,
            88..94 => MatchMode::Exact,
            _ => MatchMode::Any,
        };
        let sort = match self.rng.below(10) {
            0..6 => Sort::Relevance,
            6 | 7 => Sort::Newest,
            _ => Sort::Oldest,
        };
        let undated = self.rng.percent(20);
        let text = if mode == MatchMode::Any || self.rng.percent(30) {
            self.plain_words()
        } else {
            let depth = self.rng.below(4);
            self.query(depth)
        };
        let filters = self.filters();
        (text, AskOptions { mode, sort, undated, filters, today })
    }

    fn plain_words(&mut self) -> String {
        let count = *self.rng.pick(&[&1usize, &2, &2, &2, &3, &3, &4, &5]);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn query(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.part();
        }
        let near_too = if self.level == Level::Everything { 10 } else { 0 };
        match self.rng.below(10 + near_too) {
            0 | 1 => format!("{} {}", self.operand(depth), self.operand(depth)),
            2 => format!("{} AND {}", self.operand(depth), self.operand(depth)),
            3 | 4 => format!("{} OR {}", self.operand(depth), self.operand(depth)),
            5 => format!("{} AND NOT {}", self.operand(depth), self.operand(depth)),
            6 => format!("{} -{}", self.operand(depth), self.operand(depth)),
            7 => {
                let field = self.rng.pick(TEXT_FIELDS);
                format!("{field}:({})", self.query(depth - 1))
            }
            8 => format!("NOT {}", self.operand(depth)),
            9 => format!("+{} {}", self.operand(depth), self.operand(depth)),
            10 => {
                let count = self.rng.between(1, 4);
                format!("atleast{count}({})", self.query(depth - 1))
            }
            11 => match self.rng.below(4) {
                0 => format!("({})^2 {}", self.query(depth - 1), self.operand(depth)),
                1 => format!("={}", format_args!("({})", self.query(depth - 1))),
                2 => format!("{} or ({})", self.part(), self.query(depth - 1)),
                _ => format!("{} & ({})", self.part(), self.query(depth - 1)),
            },
            _ => {
                let (left, right) = (self.operand(depth), self.operand(depth));
                format!("{left} {} {right}", self.distance())
            }
        }
    }

    fn operand(&mut self, depth: usize) -> String {
        if self.rng.percent(45) {
            return self.part();
        }
        let inner = self.query(depth - 1);
        match self.level {
            Level::Everything if self.rng.percent(6) => format!("hlead({inner})"),
            Level::Everything if self.rng.percent(4) => format!("{}({inner})", self.capitals()),
            Level::Words | Level::Everything => format!("({inner})"),
        }
    }

    fn distance(&mut self) -> String {
        let count = *self.rng.pick(&[&1usize, &2, &3, &5, &8, &20]);
        match self.rng.below(13) {
            0..4 => format!("w/{count}"),
            4 => format!("{}{count}", self.rng.pick(&["near/", "near", "/"])),
            5 | 6 => format!("{}{count}", self.rng.pick(&["pre/", "pre/", "adj/", "adj"])),
            7 => "/s".to_owned(),
            8 => "/p".to_owned(),
            9 | 10 => format!("not w/{count}"),
            11 => self.rng.pick(&["not w/s", "pre/s", "not w/p", "pre/p"]).to_owned(),
            _ => format!("+{count}"),
        }
    }

    /// A part without operands.
    fn part(&mut self) -> String {
        let further = if self.level == Level::Everything { 18 } else { 0 };
        match self.rng.below(20 + further) {
            0..7 => self.word(),
            7 | 8 => format!("={}", self.word()),
            9 | 10 => self.phrase(),
            11 => format!("={}", self.phrase()),
            12 | 13 => {
                let field = self.rng.pick(TEXT_FIELDS);
                let word = if self.rng.percent(70) { self.word() } else { self.phrase() };
                format!("{field}:{word}")
            }
            14 | 15 => self.named(),
            16 => self.rng.pick(CONDITIONS).to_owned(),
            17 | 18 => self.rng.pick(DATES).to_owned(),
            19 => format!("({} OR {})", self.word(), self.word()),
            20..23 => self.wildcard(),
            23 | 24 => self.fuzzy(),
            25 | 26 => self.expression(),
            27 | 28 => format!("{}~{}", self.phrase(), self.rng.below(6)),
            29 => format!("atleast{}({})", self.rng.between(1, 4), self.word()),
            30 => {
                let count = self.rng.between(1, 30);
                let sign = self.rng.pick(&["length>", "length<", "length:", "length>="]);
                format!("{sign}{count}")
            }
            31 | 32 => {
                let word = self.letters();
                format!("{}({word})", self.capitals())
            }
            33 => format!("hlead({})", self.word()),
            34 => format!("hlead({})", self.phrase()),
            35 => format!("\"{} * {}\"", self.word(), self.word()),
            36 => format!("{}^{}", self.word(), self.rng.pick(&["2", "0.5"])),
            _ => format!("\"{} {}\"", self.wildcard(), self.word()),
        }
    }

    fn capitals(&mut self) -> &'static str {
        self.rng.pick(&["caps", "allcaps", "nocaps"])
    }

    fn named(&mut self) -> String {
        match self.rng.below(8) {
            0 | 1 => format!(
                "by:{}",
                fold(self.rng.pick(&["Sudakov", "Smith", "Maria", "Putin", "Dmitry"]))
            ),
            2 => format!("by:\"{}\"", self.rng.pick(AUTHORS)),
            3 => format!(
                "by:\"{}\"",
                self.rng.pick(&["D. Sudakov", "sudakov dmitry", "J Smith", "M. Smith"])
            ),
            4 => format!("source:{}", self.rng.pick(&["pravda", "herald", "Morning"])),
            5 => format!("source:\"{}\"", self.rng.pick(SOURCES)),
            6 => format!("section:{}", self.rng.pick(SECTIONS)),
            _ => format!("lang:{}", self.rng.pick(&["en", "de", "fr"])),
        }
    }

    fn sentence(&mut self) -> Vec<String> {
        let model = &self.models[self.rng.below(self.models.len())];
        let sentences: Vec<&Vec<String>> =
            model.body.iter().chain([&model.title]).flatten().collect();
        sentences[self.rng.below(sentences.len())].clone()
    }

    /// A word of the corpus, mostly as it stands there.
    fn word(&mut self) -> String {
        let sentence = self.sentence();
        let word = &sentence[self.rng.below(sentence.len())];
        let word =
            if self.rng.percent(20) { self.rng.pick(ENGLISH) } else { word.trim_end_matches(',') };
        if matches!(word.to_lowercase().as_str(), "and" | "pre" | "near") {
            return "summit".to_owned();
        }
        let acronym = matches!(word, "US" | "U.S.");
        match self.rng.below(10) {
            0..4 if !acronym => word.to_lowercase(),
            4 if !acronym
                && !word.eq_ignore_ascii_case("it")
                && !word.eq_ignore_ascii_case("us") =>
            {
                capitalised(word)
            }
            _ if word == "IT" => "it".to_owned(),
            _ => word.to_owned(),
        }
    }

    /// Words that stand together somewhere, or nearly.
    fn phrase(&mut self) -> String {
        let sentence = self.sentence();
        let count = self.rng.between(1, 3).min(sentence.len());
        let from = self.rng.below(sentence.len() + 1 - count);
        let mut words: Vec<String> = sentence[from..from + count]
            .iter()
            .map(|it| it.trim_end_matches(',').to_lowercase())
            .collect();
        if self.rng.percent(25) {
            let at = self.rng.below(words.len());
            words[at] = self.word();
        }
        if self.rng.percent(15) {
            words.swap(0, count - 1);
        }
        format!("\"{}\"", words.join(" "))
    }

    /// A word of plain small letters.
    fn letters(&mut self) -> String {
        loop {
            let word = fold(&self.word());
            if word.chars().count() > 1 && word.chars().all(char::is_alphabetic) && word != "and" {
                return word;
            }
        }
    }

    fn wildcard(&mut self) -> String {
        let mut letters: Vec<char> = self.letters().chars().collect();
        let at = self.rng.below(letters.len());
        match self.rng.below(6) {
            0..3 => {
                letters.truncate((at + 1).max(2));
                letters.push('*');
            }
            3 => {
                letters.drain(..at.min(letters.len() - 2));
                letters.insert(0, '*');
            }
            4 if letters.len() > 2 => letters[at.clamp(1, 1)] = '?',
            _ => letters.insert(at.max(1), '*'),
        }
        letters.into_iter().collect()
    }

    fn fuzzy(&mut self) -> String {
        let mut letters: Vec<char> = self.letters().chars().collect();
        for _ in 0..self.rng.between(0, 2) {
            let at = self.rng.below(letters.len());
            match self.rng.below(4) {
                0 => letters[at] = 'x',
                1 if letters.len() > 3 => drop(letters.remove(at)),
                2 if at > 0 => letters.swap(at - 1, at),
                _ => letters.insert(at, 'o'),
            }
        }
        let word: String = letters.into_iter().collect();
        let word = if word == "and" { "summit".to_owned() } else { word };
        format!("{word}{}", self.rng.pick(&["~", "~1", "~2"]))
    }

    fn expression(&mut self) -> String {
        let letters: Vec<String> = self.letters().chars().map(String::from).collect();
        let at = self.rng.below(letters.len());
        let (before, after) = (letters[..at].concat(), letters[at + 1..].concat());
        let letter = &letters[at];
        match self.rng.below(6) {
            0 => format!("/{before}.{after}/"),
            1 => format!("/{before}[{letter}xs]{after}/"),
            2 => format!("/{before}{letter}.*/"),
            3 => format!("/({before}{letter}|{letter}{after}){after}?/"),
            4 => format!("/.+{letter}{after}/"),
            _ => format!("/{before}({letter}|{letter}{letter}|o){after}s?/"),
        }
    }

    /// Flags: one name each, the same twice is OR, different ones are AND.
    fn filters(&mut self) -> Vec<Query> {
        let mut filters = Vec::new();
        if self.rng.percent(8) {
            let mut names: Vec<Query> = (0..self.rng.between(1, 2))
                .map(|_| one_name("by", self.rng.pick(AUTHORS)))
                .collect();
            filters.push(if names.len() > 1 { Query::Or(names) } else { names.remove(0) });
        }
        if self.rng.percent(6) {
            filters.push(one_name("source", self.rng.pick(SOURCES)));
        }
        if self.rng.percent(5) {
            filters.push(one_name("lang", self.rng.pick(&["en", "de", "fr"])));
        }
        if self.rng.percent(10) {
            let first = self.rng.percent(60).then(|| Day::from_ymd(2020, 9, 14)).flatten();
            let last = self.rng.percent(60).then(|| Day::from_ymd(2021, 2, 28)).flatten();
            filters.push(Query::Dates { field: DateField::Published, first, last });
        }
        filters
    }
}

fn one_name(field: &'static str, name: &str) -> Query {
    let mut words: Vec<Term> = name
        .split_whitespace()
        .map(|it| Term { text: it.to_owned(), kind: TermKind::Stem, case: None, required: false })
        .collect();
    let inner = if words.len() > 1 {
        Query::Phrase(Phrase { words, window: None })
    } else {
        Query::Term(words.remove(0))
    };
    Query::Field { field, inner: Box::new(inner) }
}
