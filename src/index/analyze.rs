//! Takes an article and its language and gives the terms the index holds for it.

use std::any::Any;

use super::catalog::Lengths;
use super::keys;
use super::stream::Packed;
use crate::article::Article;
use crate::text::{Class, Form, FormKind, Lang, Stemmer, Visitor, tokenize};

/// Title, deck, byline and dateline longer than this are searched to here (and the reader says so):
/// the borders between them are kept in 16 bits each.
pub const LONGEST_HEADER: usize = 15_000;

/// What the index holds of an article's words.
pub struct Analyzed {
    /// Title, deck, byline, dateline, body.
    pub(super) text: String,
    /// Cut lines, address and path, apart from the article.
    pub(super) aside: String,
    pub(super) bounds: Bounds,
    /// Words in the body.
    pub(super) words: u32,
    /// Dropped when the engine has taken the words in.
    pub(super) held: Option<Box<dyn Any + Send + Sync>>,
}

impl Analyzed {
    /// Keeps something until the engine has taken the words in, or they are thrown away.
    #[must_use]
    pub fn holding(self, held: impl Any + Send + Sync) -> Self {
        Self { held: Some(Box::new(held)), ..self }
    }

    /// Its words, for the averages of the ranking.
    pub fn lengths(&self) -> Lengths {
        self.bounds.lengths(u64::from(self.words))
    }
}

/// Where in the stream of positions each section ends; each begins one after the end of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Position after the title's last word.
    pub title: u32,
    /// After the deck's.
    pub deck: u32,
    /// After the byline's.
    pub byline: u32,
    /// After the dateline's; the body begins one further.
    pub dateline: u32,
}

impl Bounds {
    /// In the 64 bits of a column.
    pub fn pack(self) -> u64 {
        let part = |value: u32| u64::from(value.min(0xffff));
        part(self.title)
            | part(self.deck) << 16
            | part(self.byline) << 32
            | part(self.dateline) << 48
    }

    /// From the 64 bits of a column.
    pub fn unpack(bits: u64) -> Self {
        let part = |shift: u32| (bits >> shift & 0xffff) as u32;
        Self { title: part(0), deck: part(16), byline: part(32), dateline: part(48) }
    }

    /// The words of an article with so many in its body, for the averages of the ranking.
    pub fn lengths(self, body: u64) -> Lengths {
        let deck = u64::from(self.deck.saturating_sub(self.title + 1));
        Lengths { title: u64::from(self.title), deck, body }
    }

    /// Where the body begins.
    pub fn body(self) -> u32 {
        self.dateline + 1
    }
}

/// The texts of an article in the order of their positions; the byline as it is searched.
pub fn header_sections(article: &Article) -> [String; 4] {
    let short = |text: &str| match text.char_indices().nth(LONGEST_HEADER) {
        // One paragraph: a border would be a word of its own.
        Some((end, _)) => text[..end].replace('\n', " "),
        None => text.replace('\n', " "),
    };
    [
        short(article.title.as_deref().unwrap_or("")),
        short(article.deck.as_deref().unwrap_or("")),
        short(&byline(article)),
        short(article.dateline_text.as_deref().or(article.dateline.as_deref()).unwrap_or("")),
    ]
}

/// The byline as it stood, with the authors it does not name.
pub fn byline(article: &Article) -> String {
    let mut byline = article.byline.clone().unwrap_or_default();
    for author in &article.authors {
        if !byline.contains(author.as_str()) {
            if !byline.is_empty() {
                byline.push_str("; ");
            }
            byline.push_str(author);
        }
    }
    if let Some(agency) = &article.agency
        && !byline.contains(agency.as_str())
    {
        if !byline.is_empty() {
            byline.push_str("; ");
        }
        byline.push_str(agency);
    }
    byline
}

/// Analyses an article in a language (that of most of its root if its own is unknown).
pub fn analyze(article: &Article, lang: Option<Lang>, stemmer: &mut Stemmer) -> Analyzed {
    let mut terms = Terms {
        packed: Packed::default(),
        lang,
        stemmer,
        prefix: "",
        sentences: false,
        borders: 0,
    };
    let [title, deck, byline, dateline] = header_sections(article);
    let title = tokenize(&title, 0, &mut terms);
    let deck = tokenize(&deck, title + 1, &mut terms);
    let byline = tokenize(&byline, deck + 1, &mut terms);
    let dateline = tokenize(&dateline, byline + 1, &mut terms);
    let bounds = Bounds { title, deck, byline, dateline };
    terms.sentences = true;
    terms.borders = 0;
    let end = tokenize(&article.body, bounds.body(), &mut terms);
    let words = end - bounds.body() - terms.borders;
    let text = std::mem::take(&mut terms.packed).finish();

    let asides = [
        ("o:", article.other.as_str()),
        ("u:", article.url.as_deref().unwrap_or("")),
        ("p:", &article.place.path),
    ];
    let mut position = 0;
    for (prefix, text) in asides {
        terms.prefix = prefix;
        terms.sentences = false;
        position = tokenize(text, position, &mut terms) + 1;
    }
    Analyzed { text, aside: terms.packed.finish(), bounds, words, held: None }
}

/// Collects the terms of a text.
struct Terms<'a> {
    packed: Packed,
    lang: Option<Lang>,
    stemmer: &'a mut Stemmer,
    prefix: &'static str,
    /// Title and deck are one sentence each, whatever stops stand in them.
    sentences: bool,
    borders: u32,
}

impl Visitor for Terms<'_> {
    fn form(&mut self, form: Form<'_>) {
        let prefix = self.prefix;
        self.packed.push(form.position, form.class, |out| {
            out.push_str(prefix);
            keys::push_exact(out, form.width, form.text);
        });
        let stems = match form.kind {
            FormKind::Main | FormKind::Also | FormKind::Joined => true,
            FormKind::Written | FormKind::Pair => false,
        };
        if let Some(lang) = self.lang.filter(|_| stems) {
            let stem = self.stemmer.stem(lang, form.text);
            if stem != form.text {
                self.packed.push(form.position, form.class, |out| {
                    out.push_str(prefix);
                    keys::push_stem(out, form.width, lang, stem);
                });
            }
        }
    }

    fn sentence(&mut self, position: u32) {
        if self.sentences {
            self.packed.push(position, Class::Lower, |out| out.push_str(keys::SENTENCE));
        }
    }

    fn paragraph(&mut self, position: u32) {
        self.borders += 1;
        if self.prefix.is_empty() {
            self.packed.push(position, Class::Lower, |out| out.push_str(keys::PARAGRAPH));
        }
    }
}
