//! A word as typed to the terms of the index that match it.

use crate::index::keys;
use crate::text::{Form, FormKind, Lang, Stemmer, Visitor, tokenize_typed};

/// A term of the index that a leaf matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TermKey {
    /// The key.
    pub(super) key: String,
    /// Positions it covers.
    pub(super) width: u32,
    /// Languages of articles it counts in, as bits by the number in the column; all if none are named.
    pub(super) langs: Option<u64>,
    /// It is the form that was typed.
    pub(super) typed: bool,
}

/// One unit of what was typed: it takes one place in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// A word, with the forms that will do.
    Word(Vec<UnitForm>),
    /// A run of a script without spaces: forms that follow each other, one position each.
    Run(Vec<String>),
}

/// A form that will do for a word as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitForm {
    /// Folded.
    pub(super) text: String,
    /// Positions as typed; 1 for plain words.
    pub(super) width: u32,
    /// Its stem counts too.
    pub(super) stems: bool,
}

/// Bytes of a key before its form or stem, at most.
const KEY_BEFORE_FORM: usize = 4;

/// The number of a language in the column; 0 is none.
pub(super) fn column_number(lang: Option<Lang>) -> u64 {
    lang.map_or(0, |it| u64::from(it.number()) + 1)
}

/// The units of a text as typed. Compounds are one word (`fox-it`); with `parts` they are their parts instead.
pub(super) fn units(text: &str, parts: bool) -> Vec<Unit> {
    #[derive(Default)]
    struct Collect(Vec<(FormKind, String, u32, u32)>);
    impl Visitor for Collect {
        fn form(&mut self, form: Form<'_>) {
            self.0.push((form.kind, form.text.to_owned(), form.position, form.width));
        }
    }
    let mut collect = Collect::default();
    let end = tokenize_typed(text, &mut collect);
    let mut units = Vec::new();
    let mut position = 0;
    let mut rest = collect.0.as_slice();
    while position < end {
        let here = rest.partition_point(|it| it.2 <= position);
        let (forms, later) = rest.split_at(here);
        rest = later;
        if let Some((_, text, _, width)) =
            forms.iter().find(|it| it.0 == FormKind::Joined && it.2 == position).filter(|_| !parts)
        {
            units.push(Unit::Word(vec![UnitForm {
                text: text.clone(),
                width: *width,
                stems: true,
            }]));
            position += width;
            rest = &rest[rest.partition_point(|it| it.2 < position)..];
            continue;
        }
        let here = || forms.iter().filter(|it| it.2 == position);
        if let Some((_, pair, ..)) = here().find(|it| it.0 == FormKind::Pair) {
            let mut run = vec![pair.clone()];
            loop {
                position += 1;
                let here = rest.partition_point(|it| it.2 <= position);
                let (forms, later) = rest.split_at(here);
                rest = later;
                if let Some((_, pair, ..)) = forms.iter().find(|it| it.0 == FormKind::Pair) {
                    run.push(pair.clone());
                } else {
                    run.extend(
                        forms.iter().find(|it| it.0 == FormKind::Main).map(|it| it.1.clone()),
                    );
                    break;
                }
            }
            units.push(Unit::Run(run));
        } else {
            let form = |it: &(FormKind, String, u32, u32), stems| UnitForm {
                text: it.1.clone(),
                width: 1,
                stems,
            };
            let written: Vec<_> =
                here().filter(|it| it.0 == FormKind::Written).map(|it| form(it, false)).collect();
            let plain = || {
                here()
                    .filter(|it| matches!(it.0, FormKind::Main | FormKind::Also))
                    .map(|it| form(it, true))
                    .collect::<Vec<_>>()
            };
            let forms = if written.is_empty() { plain() } else { written };
            if !forms.is_empty() {
                units.push(Unit::Word(forms));
            }
        }
        position += 1;
    }
    units
}

/// The terms that match a unit's forms: by stem in every language of the index, or these very forms.
pub(super) fn terms(
    forms: &[UnitForm],
    by_stem: bool,
    langs: &[Option<Lang>],
    stemmer: &mut Stemmer,
) -> Vec<TermKey> {
    let mut terms: Vec<TermKey> = Vec::new();
    for form in forms {
        // What joins words with nothing between (`e-mail`, `email`) matches however many parts it is written
        // in; what holds signs (an address) only in as many as were typed.
        let plain = form.text.chars().all(char::is_alphanumeric);
        let widths = if plain { 1..=keys::WIDEST_HYPHENATED } else { form.width..=form.width };
        for width in widths {
            if by_stem && form.stems {
                stem_terms(form, width, langs, stemmer, &mut terms);
            } else {
                add(&mut terms, exact(&form.text, width, None, true));
            }
        }
    }
    terms
}

fn stem_terms(
    form: &UnitForm,
    width: u32,
    langs: &[Option<Lang>],
    stemmer: &mut Stemmer,
    terms: &mut Vec<TermKey>,
) {
    // Forms that are their own stem are indexed once, as exact forms: those count in the languages in which
    // they are the stem of what was typed.
    let mut own: Vec<(String, u64)> = Vec::new();
    let mut all = 0_u64;
    for lang in langs {
        let bit = 1 << column_number(*lang);
        all |= bit;
        let stem = match lang {
            Some(lang) => stemmer.stem(*lang, &form.text).to_owned(),
            None => form.text.clone(),
        };
        let is_own = match lang {
            Some(lang) => {
                let mut key = String::with_capacity(stem.len() + KEY_BEFORE_FORM);
                keys::push_stem(&mut key, width, *lang, &stem);
                add(terms, TermKey { key, width, langs: None, typed: false });
                stemmer.stem(*lang, &stem) == stem
            }
            None => true,
        };
        if is_own {
            match own.iter_mut().find(|it| it.0 == stem) {
                Some((_, bits)) => *bits |= bit,
                None => own.push((stem, bit)),
            }
        }
    }
    for (stem, bits) in own {
        let langs = (bits != all).then_some(bits);
        add(terms, exact(&stem, width, langs, stem == form.text));
    }
}

fn exact(form: &str, width: u32, langs: Option<u64>, typed: bool) -> TermKey {
    let mut key = String::with_capacity(form.len() + KEY_BEFORE_FORM);
    keys::push_exact(&mut key, width, form);
    TermKey { key, width, langs, typed }
}

fn add(terms: &mut Vec<TermKey>, term: TermKey) {
    if !terms.iter().any(|it| it.key == term.key) {
        terms.push(term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let units = units(text, false).into_iter().map(|unit| match unit {
            Unit::Word(forms) => {
                forms.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("|")
            }
            Unit::Run(pairs) => pairs.join("+"),
        });
        units.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn typed_words() {
        for (typed, expected) in [
            ("csto obligations", "csto obligations"),
            ("Fox-IT news", "foxit news"),
            ("U.S.", "u.s."),
            ("US", "u.s."),
            ("us", "us"),
            ("N.A.T.O.", "n.a.t.o.|nato"),
            ("$1.5", "$1.5"),
            ("1,200", "1200"),
            ("东京都 x", "东京+京都+都 x"),
            ("東", "東"),
            ("AT&T", "at&t"),
            ("l'accord", "l'accord|accord"),
            ("aivd.nl/x", "aivd.nl/x"),
        ] {
            assert_eq!(shown(typed), expected, "{typed}");
        }
    }

    #[test]
    fn stems_and_own_stems() {
        let mut stemmer = Stemmer::default();
        let en = Lang::from_code("en");
        let forms = |text: &str| match units(text, false).remove(0) {
            Unit::Word(forms) => forms,
            Unit::Run(_) => panic!("a word"),
        };
        let keys = |text: &str, stemmer: &mut Stemmer| {
            let terms = terms(&forms(text), true, &[en], stemmer);
            terms
                .into_iter()
                .filter(|it| it.width == 1)
                .map(|it| (it.key, it.typed))
                .collect::<Vec<_>>()
        };
        let expected = |list: &[(&str, bool)]| {
            list.iter().map(|it| (it.0.to_owned(), it.1)).collect::<Vec<_>>()
        };
        assert_eq!(
            keys("putin", &mut stemmer),
            expected(&[("\u{2}enputin", false), ("putin", true)])
        );
        assert_eq!(
            keys("obligations", &mut stemmer),
            expected(&[("\u{2}enoblig", false), ("oblig", false)])
        );
    }
}
