//! Written words -> positioned forms, by rules that know no more than the invented vocabulary needs.

use super::corpus::{Model, Paragraph, Rendered, Sentence, render};
use morgue::text::{Lang, Stemmer};

/// The case of a word's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    NoCapital,
    SomeCapital,
    AllCapitals,
    /// In a line wholly in capitals, where capitals say nothing.
    InShoutedLine,
}

/// One form of a word, and the positions it takes.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) text: String,
    pub(crate) stem: String,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) letters: Letters,
}

/// What stands at a position.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// The written word in scalar values of the text, without comma; empty for the end of a paragraph.
    pub(crate) range: (usize, usize),
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    pub(crate) border: bool,
}

/// One field, or one value of a field that has several.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    pub(crate) field: &'static str,
    pub(crate) forms: Vec<Form>,
    pub(crate) spots: Vec<Spot>,
}

/// An article in words.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) model: Model,
    /// The language its stems are of.
    pub(crate) lang: Option<Lang>,
    pub(crate) streams: Vec<Stream>,
}

/// A corpus in words.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) articles: Vec<Words>,
    /// The language of most articles.
    pub(crate) majority: Option<Lang>,
}

impl Corpus {
    pub(crate) fn new(models: &[Model]) -> Self {
        let mut stemmer = Stemmer::default();
        let mut counts: Vec<(usize, &str)> = Vec::new();
        for code in models.iter().filter_map(|it| it.language) {
            match counts.iter_mut().find(|it| it.1 == code) {
                Some(known) => known.0 += 1,
                None => counts.push((1, code)),
            }
        }
        let most = counts.iter().max_by_key(|it| it.0).map(|it| it.1);
        let majority = most.and_then(Lang::from_code);
        let articles = models
            .iter()
            .map(|model| {
                let lang = model.language.map_or(majority, Lang::from_code);
                Words { model: model.clone(), lang, streams: streams(model, lang, &mut stemmer) }
            })
            .collect();
        Self { articles, majority }
    }
}

fn streams(model: &Model, lang: Option<Lang>, stemmer: &mut Stemmer) -> Vec<Stream> {
    let mut all = Vec::new();
    let line = |paragraph: &Paragraph| render(paragraph, paragraph.len() > 1);
    let mut add = |field, paragraphs: &[Paragraph], rendered: Rendered| {
        if paragraphs.iter().flatten().flatten().next().is_some() {
            all.push(stream(field, paragraphs, &rendered, lang, stemmer));
        }
    };
    // Title and deck are one sentence each, whatever stops stand in them.
    for (field, paragraph) in [("title", &model.title), ("deck", &model.deck)] {
        add(field, &[vec![paragraph.concat()]], line(paragraph));
    }
    add("body", &model.body, model.body_text());
    let mut value = |field, sentence: &Sentence| {
        let paragraph = vec![sentence.clone()];
        add(field, std::slice::from_ref(&paragraph), render(&paragraph, false));
    };
    // Who signed is found by name, also where the line that says so leaves somebody out.
    let mut byline = model.byline.clone();
    for author in &model.authors {
        if !byline.join(" ").contains(&author.join(" ")) {
            byline.extend(author.iter().cloned());
        }
    }
    value("byline", &byline);
    value("dateline", &model.dateline);
    for author in &model.authors {
        value("by", author);
    }
    value("source", &model.source);
    value("section", &model.section);
    value("lang", &model.language.map(str::to_owned).into_iter().collect());
    all
}

fn stream(
    field: &'static str,
    paragraphs: &[Paragraph],
    rendered: &Rendered,
    lang: Option<Lang>,
    stemmer: &mut Stemmer,
) -> Stream {
    let mut stream = Stream { field, forms: Vec::new(), spots: Vec::new() };
    let mut places = rendered.words.iter();
    let mut sentence_number = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let paragraph_number = number as u32 * 2;
        if number > 0 {
            sentence_number += 1;
            stream.spots.push(Spot {
                range: (0, 0),
                sentence: sentence_number,
                paragraph: paragraph_number - 1,
                border: true,
            });
        }
        let letters: String = paragraph.iter().flatten().flat_map(|it| it.chars()).collect();
        let shouted =
            letters.chars().any(char::is_uppercase) && !letters.chars().any(char::is_lowercase);
        for sentence in paragraph {
            sentence_number += 1;
            for word in sentence {
                let (start, _) = places.next().expect("every word was rendered");
                for Part { range, forms } in parts_of(word) {
                    let position = stream.spots.len() as u32;
                    for PartForm { folded, width, written } in forms {
                        let stem = lang.map_or(folded.as_str(), |it| stemmer.stem(it, &folded));
                        let letters =
                            if shouted { Letters::InShoutedLine } else { letters_of(&written) };
                        stream.forms.push(Form {
                            stem: stem.to_owned(),
                            first: position,
                            last: position + width - 1,
                            letters,
                            text: folded,
                        });
                    }
                    stream.spots.push(Spot {
                        range: (start + range.0, start + range.1),
                        sentence: sentence_number,
                        paragraph: paragraph_number,
                        border: false,
                    });
                    // `US` is `u.s.` too, unless all the line is in capitals.
                    let own = stream.forms.last().expect("every word has a form");
                    if own.text == "us" && own.letters == Letters::AllCapitals {
                        let dotted = "u.s.".to_owned();
                        let own = Form { text: dotted.clone(), stem: dotted, ..own.clone() };
                        stream.forms.push(own);
                    }
                }
            }
        }
    }
    stream
}

/// A position within a written word.
struct Part {
    /// Where its letters stand in the written word.
    range: (usize, usize),
    forms: Vec<PartForm>,
}

struct PartForm {
    folded: String,
    /// How many positions it takes.
    width: u32,
    written: String,
}

/// The positions a written word takes.
fn parts_of(word: &str) -> Vec<Part> {
    let core = core(word);
    let mut out: Vec<Part> = Vec::new();
    let mut start = 0;
    for part in core.split('-') {
        let end = start + part.chars().count();
        let own = PartForm { folded: form(part), width: 1, written: part.to_owned() };
        out.push(Part { range: (start, end), forms: vec![own] });
        start = end + 1;
    }
    if out.len() > 1 {
        let folded = core.split('-').map(fold).collect();
        let joined = PartForm { folded, width: out.len() as u32, written: core.to_owned() };
        out[0].forms.insert(0, joined);
    }
    out
}

/// The word without comma, colon or possessive.
fn core(word: &str) -> &str {
    let word = word.trim_end_matches([',', ';', ':']);
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("'S"));
    owner.unwrap_or(word)
}

/// The folded form of a word without hyphens.
fn form(word: &str) -> String {
    let folded = fold(word);
    if folded == "u.s" {
        "u.s.".to_owned()
    } else if folded.starts_with(|it: char| it.is_ascii_digit()) {
        folded.replace(',', "")
    } else if folded.contains('.') {
        if folded == "u.s." { folded } else { folded.replace('.', "") }
    } else {
        folded
    }
}

/// What a word of a query asks for: a form, and whether only this very form will do.
pub(crate) fn asked_form(typed: &str) -> (String, bool) {
    let core = core(typed);
    if core == "US" || matches!(core, "U.S." | "U.S" | "u.s." | "u.s") {
        return ("u.s.".to_owned(), true);
    }
    (core.split('-').map(form).collect(), false)
}

/// Case and accents off.
pub(crate) fn fold(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .flat_map(|letter| match letter {
            'é' | 'è' => vec!['e'],
            'ü' => vec!['u'],
            'ö' => vec!['o'],
            'ä' => vec!['a'],
            'ß' => vec!['s', 's'],
            '’' => vec!['\''],
            other => vec![other],
        })
        .collect()
}

fn letters_of(word: &str) -> Letters {
    let capital = word.chars().any(char::is_uppercase);
    let small = word.chars().any(char::is_lowercase);
    match (capital, small) {
        (false, _) => Letters::NoCapital,
        (true, true) => Letters::SomeCapital,
        (true, false) => Letters::AllCapitals,
    }
}
