//! Invented articles as lists of written words, and the real articles they make.

use super::rng::Rng;
use morgue::article::{Article, Place, Published};
use morgue::date::{Date, Day};

/// Words as written, a comma perhaps behind them.
pub(crate) type Sentence = Vec<String>;
/// Sentences of one line.
pub(crate) type Paragraph = Vec<Sentence>;

/// An article before it is text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Model {
    pub(crate) number: usize,
    pub(crate) title: Paragraph,
    pub(crate) deck: Paragraph,
    pub(crate) body: Vec<Paragraph>,
    pub(crate) byline: Sentence,
    pub(crate) dateline: Sentence,
    pub(crate) authors: Vec<Sentence>,
    pub(crate) source: Sentence,
    pub(crate) section: Sentence,
    pub(crate) language: Option<&'static str>,
    pub(crate) published: Option<Date>,
    pub(crate) updated: Option<Day>,
}

/// The words of the small world that the articles are about; most stand in several forms of one stem.
pub(crate) const ENGLISH: &[&str] = &[
    "obligation",
    "obligations",
    "obliged",
    "treaty",
    "treaties",
    "summit",
    "meet",
    "meets",
    "meeting",
    "Putin",
    "Sochi",
    "CSTO",
    "CSTO's",
    "turkey",
    "Turkey",
    "us",
    "US",
    "U.S.",
    "the",
    "of",
    "and",
    "to",
    "fox-it",
    "foxit",
    "fox",
    "it",
    "e-mail",
    "e-mails",
    "email",
    "emails",
    "café",
    "cafe",
    "Müller",
    "Muller",
    "1,200",
    "1200",
    "O'Neil",
    "Putin-backed",
    "backed",
    "Smith",
];
/// The same for articles in German.
pub(crate) const GERMAN: &[&str] = &[
    "Verpflichtung",
    "Verpflichtungen",
    "Vertrag",
    "Vertrages",
    "Gipfel",
    "der",
    "und",
    "in",
    "Putin",
    "Sochi",
    "CSTO",
    "Müller",
    "Übergröße",
    "email",
    "e-mail",
    "summit",
    "treffen",
    "trifft",
];
/// Names of authors; initials among them.
pub(crate) const AUTHORS: &[&str] = &[
    "Dmitry Sudakov",
    "D. Sudakov",
    "Maria Smith",
    "John Smith",
    "Vladimir Putin",
    "Sudakov Dmitry",
    "Maria",
];
/// Publications.
pub(crate) const SOURCES: &[&str] = &["Pravda", "Daily Herald", "Morning Herald"];
/// Sections.
pub(crate) const SECTIONS: &[&str] = &["World", "Business"];

impl Model {
    /// The article, as the normalizer would have made it.
    pub(crate) fn to_article(&self) -> Article {
        let text = |paragraph: &Paragraph| {
            (!paragraph.is_empty()).then(|| render(paragraph, paragraph.len() > 1).text)
        };
        let words = |sentence: &Sentence| (!sentence.is_empty()).then(|| sentence.join(" "));
        Article {
            id: self.id(),
            place: Place { path: self.path(), inside: None, record: 0 },
            format: "text".to_owned(),
            title: text(&self.title),
            deck: text(&self.deck),
            body: self.body_text().text,
            byline: words(&self.byline),
            authors: self.authors.iter().filter_map(words).collect(),
            dateline: words(&self.dateline),
            published: self.published.map(|date| Published { date: date.to_string(), at: None }),
            updated: self.updated.map(|day| day.to_string()),
            source: words(&self.source),
            section: words(&self.section),
            language: self.language.map(str::to_owned),
            content_hash: format!("{:064x}", self.number + 1),
            ..Article::default()
        }
    }

    /// The model of such an article as `to_article` gives.
    pub(crate) fn of_article(article: &Article, number: usize) -> Self {
        let line = |text: &Option<String>| text.as_deref().map_or(Vec::new(), read_paragraph);
        let words = |text: &Option<String>| text.as_deref().map_or(Vec::new(), words_of);
        let day = |text: &str| Date::parse_iso(text);
        Self {
            number,
            title: line(&article.title),
            deck: line(&article.deck),
            body: article
                .body
                .split("\n\n")
                .map(read_paragraph)
                .filter(|it| !it.is_empty())
                .collect(),
            byline: words(&article.byline),
            dateline: words(&article.dateline),
            authors: article.authors.iter().map(|it| words_of(it)).collect(),
            source: words(&article.source),
            section: words(&article.section),
            language: article.language.as_deref().map(|code| {
                OTHERS.iter().chain(&["de"]).find(|it| **it == code).copied().unwrap_or("en")
            }),
            published: article.published.as_ref().and_then(|it| day(&it.date)),
            updated: article.updated.as_deref().and_then(day).map(Date::first),
        }
    }

    pub(crate) fn id(&self) -> String {
        format!("art{:05}", self.number)
    }

    /// The path, by which equal dates are ordered.
    pub(crate) fn path(&self) -> String {
        format!("a/{:05}.txt", self.number)
    }

    /// The body, paragraphs apart by a blank line.
    pub(crate) fn body_text(&self) -> Rendered {
        let mut all = Rendered::default();
        for paragraph in &self.body {
            let one = render(paragraph, true);
            let shift = if all.text.is_empty() {
                0
            } else {
                all.text.push_str("\n\n");
                all.text.chars().count()
            };
            all.text.push_str(&one.text);
            all.words.extend(one.words.iter().map(|(start, end)| (start + shift, end + shift)));
        }
        all
    }
}

/// A text, and where its written words stand, in scalar values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) words: Vec<(usize, usize)>,
}

/// Sentences on one line, each but perhaps the last with its full stop.
pub(crate) fn render(paragraph: &Paragraph, last_stop: bool) -> Rendered {
    let mut out = Rendered::default();
    let mut length = 0;
    for (at, sentence) in paragraph.iter().enumerate() {
        for (place, word) in sentence.iter().enumerate() {
            if length > 0 {
                out.text.push(' ');
                length += 1;
            }
            out.text.push_str(word);
            let letters = word.chars().count();
            out.words.push((length, length + letters));
            length += letters;
            if place + 1 == sentence.len() && (last_stop || at + 1 < paragraph.len()) {
                out.text.push('.');
                length += 1;
            }
        }
    }
    out
}

/// Languages whose stemmers are let loose on words of English and German, as news quote each other.
pub(crate) const OTHERS: &[&str] = &[
    "fr", "es", "it", "pt", "nl", "sv", "da", "fi", "hu", "ro", "tr", "ca", "cs", "pl", "id", "lt",
];

/// A corpus of about eight articles, most in English; one in ten is of articles in many languages.
pub(crate) fn random_corpus(rng: &mut Rng) -> Vec<Model> {
    if rng.percent(10) {
        let words: Vec<&str> = (0..18).map(|_| rng.pick(ENGLISH)).collect();
        let german: Vec<&str> = (0..8).map(|_| rng.pick(GERMAN)).collect();
        let count = 4 + OTHERS.len();
        let mut models: Vec<_> = (0..count)
            .map(|number| random_article(rng, number, count * 2, &words, &german))
            .collect();
        for (model, code) in models.iter_mut().skip(4).zip(OTHERS) {
            model.language = Some(code);
        }
        return models;
    }
    let count = rng.between(5, 11);
    let words = rng.between(10, 18);
    // A few words of the world for each corpus, so that they meet often.
    let english: Vec<&str> = (0..words).map(|_| rng.pick(ENGLISH)).collect();
    let german: Vec<&str> = (0..8).map(|_| rng.pick(GERMAN)).collect();
    (0..count).map(|number| random_article(rng, number, count, &english, &german)).collect()
}

fn random_article(
    rng: &mut Rng,
    number: usize,
    count: usize,
    english: &[&str],
    german: &[&str],
) -> Model {
    // The first articles are English beyond doubt, so that the language of most is clear.
    let language = match rng.below(10) {
        0 | 1 if number > count / 2 + 1 => Some("de"),
        2 | 3 if number > count / 2 + 1 => None,
        _ => Some("en"),
    };
    let words = if language == Some("de") { german } else { english };
    let mut model = Model { number, language, ..Model::default() };
    if rng.percent(85) {
        let sentences = if rng.percent(15) { 2 } else { 1 };
        model.title = paragraph(rng, words, sentences, 5);
        if rng.percent(20) {
            shout(&mut model.title);
        }
    }
    if rng.percent(40) {
        model.deck = paragraph(rng, words, 1, 6);
    }
    for _ in 0..rng.between(1, 4) {
        let sentences = rng.between(1, 3);
        let mut paragraph = paragraph(rng, words, sentences, 7);
        if rng.percent(4) {
            shout(&mut paragraph);
        }
        model.body.push(paragraph);
    }
    if rng.percent(60) {
        let author = words_of(rng.pick(AUTHORS));
        model.byline = std::iter::once("By".to_owned()).chain(author.iter().cloned()).collect();
        model.authors.push(author);
        if rng.percent(20) {
            model.authors.push(words_of(rng.pick(AUTHORS)));
        }
    }
    if rng.percent(35) {
        model.dateline = words_of(rng.pick(&["Sochi", "Minsk", "SOCHI"]));
    }
    if rng.percent(70) {
        model.source = words_of(rng.pick(SOURCES));
    }
    if rng.percent(50) {
        model.section = words_of(rng.pick(SECTIONS));
    }
    model.published = random_date(rng);
    if rng.percent(20) {
        model.updated = Date::day(2021, rng.between(1, 4) as u8, 5).map(Date::first);
    }
    model
}

fn random_date(rng: &mut Rng) -> Option<Date> {
    let year = rng.between(2019, 2021) as i32;
    let month = *rng.pick(&[&2u8, &3, &9, &12]);
    match rng.below(10) {
        0 | 1 => None,
        2 => Date::year(year),
        3 | 4 => Date::month(year, month),
        _ => Date::day(year, month, *rng.pick(&[&1u8, &14, &28])),
    }
}

fn paragraph(rng: &mut Rng, words: &[&str], sentences: usize, longest: usize) -> Paragraph {
    (0..sentences)
        .map(|_| {
            let length = rng.between(1, longest);
            sentence(rng, words, length)
        })
        .collect()
}

fn sentence(rng: &mut Rng, words: &[&str], length: usize) -> Sentence {
    let mut out: Sentence = (0..length)
        .map(|_| {
            let word = rng.pick(words);
            let plain = word.chars().all(char::is_alphabetic) && !matches!(word, "us" | "it");
            match rng.below(20) {
                0 | 1 if plain => capitalised(word),
                2 if plain && !word.contains('ß') => word.to_uppercase(),
                3 if !word.ends_with('.') => format!("{word},"),
                _ => word.to_owned(),
            }
        })
        .collect();
    // A sentence is seen to end only before a capital, and never after `U.S.` or a short form.
    let first = &out[0];
    if first.starts_with("e-") || first.starts_with(|it: char| it.is_ascii_digit()) {
        out.insert(0, "The".to_owned());
    } else {
        out[0] = capitalised(first);
    }
    let last = out.last().expect("a sentence has words").trim_end_matches(',').to_owned();
    if last.contains('.') {
        out.push("today".to_owned());
    } else {
        *out.last_mut().expect("a sentence has words") = last;
    }
    out
}

/// The whole line in capitals.
fn shout(paragraph: &mut Paragraph) {
    for word in paragraph.iter_mut().flatten() {
        *word = word.to_uppercase();
    }
}

pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

pub(crate) fn words_of(text: &str) -> Sentence {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Sentences end at words with a full stop, `U.S.` excepted.
pub(crate) fn read_paragraph(text: &str) -> Paragraph {
    let mut out = vec![Vec::new()];
    for word in text.split_whitespace() {
        let stop = word.strip_suffix('.').filter(|it| !it.contains('.'));
        out.last_mut().expect("there is a sentence").push(stop.unwrap_or(word).to_owned());
        if stop.is_some() {
            out.push(Vec::new());
        }
    }
    out.retain(|it| !it.is_empty());
    out
}
