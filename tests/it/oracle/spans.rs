//! A query and an article -> the spans where it matches, by trying every combination.

use super::patterns::{fits_expression, fits_wildcard, is_like};
use super::words::{Corpus, Form, Letters, Stream, Words, asked_form, fold};
use morgue::query::{Case, Near, Phrase, Query, Term, TermKind, Within};
use morgue::search::MatchMode;
use morgue::text::Stemmer;
use std::cell::RefCell;

/// First and last position in one stream of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) stream: usize,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Span {
    pub(crate) fn holds(self, other: Self) -> bool {
        self.stream == other.stream && self.first <= other.first && other.last <= self.last
    }

    fn touches(self, other: Self) -> bool {
        self.stream == other.stream && self.first <= other.last && other.first <= self.last
    }

    fn around(self, other: Self) -> Self {
        Self {
            stream: self.stream,
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }
}

/// Where is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Scope {
    /// The field that was named.
    pub(crate) field: Option<&'static str>,
    /// For parts of a phrase or a distance: byline and dateline take no part.
    pub(crate) close: bool,
}

/// The fields whose spans are counted and marked.
pub(crate) const SHOWN: [&str; 3] = ["title", "deck", "body"];

/// One article and how it is judged.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) article: &'a Words,
    /// How words side by side are taken; of the phrase modes the tree knows already.
    pub(crate) mode: MatchMode,
    /// A day that is not known may be the one that is asked for.
    pub(crate) undated: bool,
}

impl Judge<'_> {
    /// All spans of this query; empty when it does not hold.
    pub(crate) fn all_spans(self, query: &Query, scope: Scope) -> Vec<Span> {
        let mut spans = match query {
            Query::Term(term) => self.term(term, scope),
            Query::Phrase(Phrase { words, .. }) if words.len() == 1 => self.term(&words[0], scope),
            Query::Phrase(Phrase { words, window: None }) => {
                smallest(self.phrase(words, close(scope)))
            }
            Query::Phrase(Phrase { words, window: Some(others) }) => {
                smallest(self.window(words, *others, close(scope)))
            }
            Query::Near(near) => self.near(near, close(scope)),
            Query::Or(parts) => parts.iter().flat_map(|it| self.all_spans(it, scope)).collect(),
            Query::Words(parts) | Query::And(parts) if self.holds_in(query, scope) => {
                self.counting(parts).flat_map(|it| self.all_spans(it, scope)).collect()
            }
            Query::AtLeast { inner, .. } if self.holds_in(query, scope) => {
                self.all_spans(inner, scope)
            }
            Query::Field { field, inner } => {
                self.all_spans(inner, Scope { field: Some(field), ..scope })
            }
            Query::Boost { inner, .. } => self.all_spans(inner, scope),
            Query::Words(_)
            | Query::And(_)
            | Query::AtLeast { .. }
            | Query::All
            | Query::Not(_)
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => Vec::new(),
        };
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// Of the spans of this query those that hold no smaller one.
    pub(crate) fn kept(self, query: &Query, scope: Scope) -> Vec<Span> {
        smallest(self.all_spans(query, scope))
    }

    /// How many places: kept spans that do not overlap, leftmost first, in title, deck and body.
    pub(crate) fn count(self, spans: Vec<Span>) -> u32 {
        let mut count = 0;
        let mut end: Option<Span> = None;
        for span in smallest(spans) {
            let shown = SHOWN.contains(&self.article.streams[span.stream].field);
            if shown && end.is_none_or(|it| it.stream != span.stream || it.last < span.first) {
                count += 1;
                end = Some(span);
            }
        }
        count
    }

    /// The streams of the scope, and where the first paragraph ends if no further is looked.
    fn streams(self, scope: Scope) -> impl Iterator<Item = (usize, &'static str, u32)> {
        let article = self.article;
        article.streams.iter().enumerate().filter_map(move |(number, stream)| {
            let fits = match scope.field {
                None => {
                    SHOWN.contains(&stream.field)
                        || !scope.close && matches!(stream.field, "byline" | "dateline")
                }
                Some("hlead") => SHOWN.contains(&stream.field),
                Some(field) => field == stream.field,
            };
            let end = match stream.spots.iter().position(|it| it.border) {
                Some(border) if scope.field == Some("hlead") => border as u32,
                _ => u32::MAX,
            };
            fits.then_some((number, stream.field, end))
        })
    }

    fn term(self, term: &Term, scope: Scope) -> Vec<Span> {
        let asked = self.asked(term);
        let mut spans = Vec::new();
        for (number, field, end) in self.streams(scope) {
            let value = !SHOWN.contains(&field) && !matches!(field, "byline" | "dateline");
            for form in &self.article.streams[number].forms {
                if form.last < end && asked.fits(form, value) {
                    spans.push(Span { stream: number, first: form.first, last: form.last });
                }
            }
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    fn asked(self, term: &Term) -> Asked<'_> {
        thread_local!(static STEMMER: RefCell<Stemmer> = RefCell::default());
        let (form, only_this) = asked_form(&term.text);
        let stem = STEMMER.with_borrow_mut(|stemmer| {
            self.article.lang.map_or(form.as_str(), |it| stemmer.stem(it, &form)).to_owned()
        });
        let by_stem = term.kind == TermKind::Stem && !only_this;
        Asked {
            term,
            letters: fold(&term.text).chars().collect(),
            form,
            stem: by_stem.then_some(stem),
        }
    }

    /// Word after word, the next where the last ended.
    fn phrase(self, words: &[Term], scope: Scope) -> Vec<Span> {
        let is_word =
            |it: &Term| matches!(it.kind, TermKind::Stem | TermKind::Exact) && it.case.is_none();
        // A name with patterns or capitals in it is words in a row.
        if scope.field == Some("by") && words.iter().all(is_word) {
            return self.names(words);
        }
        let mut reached: Option<Vec<Span>> = None;
        for word in words {
            let here = self.term(word, scope);
            reached = Some(match reached {
                None => here,
                Some(before) => before
                    .iter()
                    .flat_map(|start| {
                        here.iter()
                            .filter(|it| it.stream == start.stream && it.first == start.last + 1)
                            .map(|it| start.around(*it))
                    })
                    .collect(),
            });
        }
        reached.unwrap_or_default()
    }

    /// Whole names: all their words, in any order, a word or its initial.
    fn names(self, words: &[Term]) -> Vec<Span> {
        let mut spans = Vec::new();
        for (stream, _, _) in self.streams(Scope { field: Some("by"), close: false }) {
            let forms = &self.article.streams[stream].forms;
            let mut free: Vec<&Form> = forms.iter().collect();
            // The longer ones choose first, so that an initial takes what they leave.
            let mut words: Vec<&Term> = words.iter().collect();
            words.sort_by_key(|it| std::cmp::Reverse(it.text.chars().count()));
            let all = words.iter().all(|word| {
                let asked = self.asked(word);
                let same = free.iter().position(|it| asked.fits(it, true));
                let place = same.or_else(|| free.iter().position(|it| is_initial(word, it)));
                place.map(|it| free.remove(it)).is_some()
            });
            if all && free.is_empty() {
                let last = forms.last().map_or(0, |it| it.last);
                spans.push(Span { stream, first: 0, last });
            }
        }
        spans
    }

    /// All words in any order, with few enough others between them.
    fn window(self, words: &[Term], others: u32, scope: Scope) -> Vec<Span> {
        let places: Vec<Vec<Span>> = words.iter().map(|it| self.term(it, scope)).collect();
        let mut out = Vec::new();
        let mut chosen = Vec::new();
        choose(&places, others, &mut chosen, &mut out);
        out
    }

    fn near(self, near: &Near, scope: Scope) -> Vec<Span> {
        let left = self.all_spans(&near.left, scope);
        let right = self.all_spans(&near.right, scope);
        if near.negated {
            let never = near.within == Within::Words(0);
            let close =
                |a: &Span, b: &Span| a != b && (a.touches(*b) || self.are_close(*a, *b, near));
            return left
                .into_iter()
                .filter(|a| never || !right.iter().any(|b| close(a, b)))
                .collect();
        }
        let pairs = left.iter().flat_map(|a| {
            right.iter().filter(|b| self.are_close(*a, **b, near)).map(|b| a.around(*b))
        });
        smallest(pairs.collect())
    }

    /// Whether two spans that do not overlap are as near as asked.
    fn are_close(self, a: Span, b: Span, near: &Near) -> bool {
        if a.stream != b.stream || a.touches(b) || near.ordered && b.first < a.first {
            return false;
        }
        let (earlier, later) = if a.first < b.first { (a, b) } else { (b, a) };
        let stream: &Stream = &self.article.streams[a.stream];
        let first = &stream.spots[earlier.first as usize];
        let last = &stream.spots[later.last as usize];
        match near.within {
            Within::Words(most) => later.first - earlier.last <= most,
            Within::Sentence => first.sentence == last.sentence,
            Within::Paragraph => first.paragraph == last.paragraph,
        }
    }
}

/// A term, made ready for the language of one article.
struct Asked<'q> {
    term: &'q Term,
    letters: Vec<char>,
    form: String,
    /// Unless only this very form will do.
    stem: Option<String>,
}

impl Asked<'_> {
    /// Whether this form is asked for; values such as names are compared letter by letter.
    fn fits(&self, form: &Form, value: bool) -> bool {
        let right_letters = match self.term.case {
            None => true,
            Some(Case::Some) => {
                matches!(form.letters, Letters::SomeCapital | Letters::AllCapitals)
            }
            Some(Case::All) => form.letters == Letters::AllCapitals,
            Some(Case::None) => form.letters == Letters::NoCapital,
        };
        let written = || form.text.chars().collect::<Vec<_>>();
        right_letters
            && match self.term.kind {
                TermKind::Stem | TermKind::Exact => {
                    let by_stem = !value && form.text != "u.s.";
                    form.text == self.form
                        || by_stem && self.stem.as_deref().is_some_and(|it| form.stem == it)
                }
                TermKind::Wildcard => fits_wildcard(&self.letters, &written()),
                TermKind::Fuzzy(most) => is_like(&self.letters, &written(), usize::from(most)),
                TermKind::Regex => fits_expression(&self.term.text, &written()),
            }
    }
}

fn close(scope: Scope) -> Scope {
    Scope { close: true, ..scope }
}

fn is_initial(word: &Term, form: &Form) -> bool {
    let typed: Vec<char> = fold(&word.text).chars().filter(|it| *it != '.').collect();
    let written: Vec<char> = form.text.chars().collect();
    matches!(word.kind, TermKind::Stem | TermKind::Exact)
        && (typed.len() == 1 || written.len() == 1)
        && typed.first() == written.first()
}

/// Takes one place of each word, no two overlapping.
fn choose(places: &[Vec<Span>], others: u32, chosen: &mut Vec<Span>, out: &mut Vec<Span>) {
    let Some((here, rest)) = places.split_first() else {
        let hull = chosen.iter().copied().reduce(Span::around);
        let used: u32 = chosen.iter().map(|it| it.last - it.first + 1).sum();
        out.extend(hull.filter(|it| it.last - it.first < used.saturating_add(others)));
        return;
    };
    for span in here {
        if chosen.iter().all(|it| it.stream == span.stream && !it.touches(*span)) {
            chosen.push(*span);
            choose(rest, others, chosen, out);
            chosen.pop();
        }
    }
}

/// Those that hold no other; sorted.
pub(crate) fn smallest(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    let all = spans.clone();
    spans.retain(|span| !all.iter().any(|other| other != span && span.holds(*other)));
    spans
}
