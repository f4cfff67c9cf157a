//! Names of a list -> where they stand in a text, as whole words.
//!
//! Letters have to be the same, or all capitals; hyphens count as spaces, and the full stops of short forms not at all.
//! In scripts without spaces between words any place in a line will do.

use rustc_hash::FxHashMap;

use super::ListedName;
use crate::text::is_written_without_spaces;

/// Names, made ready to be looked for.
#[derive(Debug, Default)]
pub struct NameList {
    names: Vec<ListedName>,
    /// Forms by their first letter, the longest first.
    by_first: FxHashMap<char, Vec<Form>>,
    by_key: FxHashMap<String, usize>,
}

/// A form of a name, as plain letters.
#[derive(Debug)]
struct Form {
    letters: Vec<char>,
    name: usize,
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its number in the list.
    pub name: usize,
    /// Bytes before it.
    pub start: usize,
    /// Bytes up to its end.
    pub end: usize,
}

impl NameList {
    /// Makes names ready.
    pub fn new(names: Vec<ListedName>) -> Self {
        let mut list = Self::default();
        for (number, name) in names.iter().enumerate() {
            for form in name.forms() {
                list.by_key.entry(key(form)).or_insert(number);
                let shouted: String = form.chars().flat_map(char::to_uppercase).collect();
                for form in if shouted == form { vec![form] } else { vec![form, &shouted] } {
                    let mut letters: Vec<char> = plain(form).into_iter().map(|it| it.0).collect();
                    // The stop of `Inc.` may as well end the sentence.
                    while letters.last() == Some(&'.') {
                        letters.pop();
                    }
                    let Some(first) = letters.first() else { continue };
                    list.by_first.entry(*first).or_default().push(Form { letters, name: number });
                }
            }
        }
        for forms in list.by_first.values_mut() {
            forms.sort_by_key(|it| std::cmp::Reverse(it.letters.len()));
        }
        list.names = names;
        list
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name with this number.
    pub fn get(&self, number: usize) -> Option<&ListedName> {
        self.names.get(number)
    }

    /// The number of the name that is called so, in whatever letters.
    pub fn called(&self, form: &str) -> Option<usize> {
        self.by_key.get(&key(form)).copied()
    }

    /// Where the names stand in a text; of two in one place the longer one.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let letters = plain(text);
        let mut at = 0;
        while let Some((letter, start)) = letters.get(at).copied() {
            let before = at.checked_sub(1).and_then(|it| letters.get(it)).map(|it| it.0);
            let here = self.by_first.get(&letter).filter(|_| is_border(before, Some(letter)));
            let form = here.into_iter().flatten().find(|it| stands(&it.letters, &letters, at));
            let Some(form) = form else {
                at += 1;
                continue;
            };
            at += form.letters.len();
            let last = at.checked_sub(1).and_then(|it| letters.get(it));
            let end = last.map_or(start, |(_, begin)| begin + length_at(text, *begin));
            found.push(Found { name: form.name, start, end });
        }
        found
    }
}

/// Whether a form stands at a place of a text and ends with a word.
fn stands(form: &[char], text: &[(char, usize)], at: usize) -> bool {
    let Some(here) = text.get(at..at + form.len()) else { return false };
    let after = text.get(at + form.len()).map(|it| it.0);
    here.iter().zip(form).all(|(letter, asked)| letter.0 == *asked)
        && is_border(form.last().copied(), after)
}

/// Whether a word may end between two letters.
fn is_border(before: Option<char>, after: Option<char>) -> bool {
    let joins = |it: Option<char>| {
        it.is_some_and(|it| it.is_alphanumeric() && !is_written_without_spaces(it))
    };
    !(joins(before) && joins(after))
}

fn length_at(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8)
}

/// The letters of a text that are compared, each with the bytes before it.
fn plain(text: &str) -> Vec<(char, usize)> {
    let mut letters = Vec::with_capacity(text.len());
    let mut word = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, letter)) = rest.next() {
        let plain = match letter {
            // The stop of an initial or of a short form, not that of a sentence.
            '.' if word <= SHORT && word > 0 && rest.peek().is_some() => {
                if rest.peek().is_some_and(|it| it.1.is_alphanumeric()) {
                    word = 0;
                }
                continue;
            }
            '-' | '\u{2010}' | '\u{2011}' => ' ',
            '’' | 'ʼ' => '\'',
            _ if letter.is_whitespace() => ' ',
            _ => letter,
        };
        word = if plain.is_alphanumeric() { word + 1 } else { 0 };
        letters.push((plain, at));
    }
    letters
}

/// Letters of a word whose full stop does not count: `J.`, `St.`
const SHORT: usize = 2;

/// What makes two forms the same, whatever their letters.
pub(super) fn key(form: &str) -> String {
    let letters: String = plain(form).into_iter().map(|it| it.0).collect();
    let letters = letters.trim_end_matches('.').to_lowercase();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> NameList {
        let name = |name: &str, aliases: &[&str]| ListedName {
            name: name.to_owned(),
            kind: None,
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            hidden: true,
        };
        NameList::new(vec![
            name("Mornan Seed Council", &["MSC", "ОДКБ", "东盟"]),
            name("Seed Council", &[]),
            name("J. Varga", &["O'Tesh", "Tesh-Varholm"]),
            name("Varholm Mills Inc.", &[]),
        ])
    }

    fn found(text: &str) -> Vec<&str> {
        list().find(text).iter().map(|it| &text[it.start..it.end]).collect()
    }

    #[test]
    fn whole_words_in_their_letters_or_capitals() {
        assert_eq!(found("The MSC's vote, M.S.C. and (MSC)."), ["MSC", "M.S.C", "MSC"]);
        assert_eq!(found("MSCs, AMSC, msc, Msc, seed council"), [""; 0]);
        assert_eq!(
            found("SEED COUNCIL; the Mornan Seed Council"),
            ["SEED COUNCIL", "Mornan Seed Council"]
        );
        assert_eq!(found("Страны ОДКБ, ОДКБшный; 他是东盟国家"), ["ОДКБ", "东盟"]);
        assert_eq!(
            found("J Varga, J. VARGA, O’Tesh and Tesh Varholm"),
            ["J Varga", "J. VARGA", "O’Tesh", "Tesh Varholm"]
        );
        assert_eq!(found("of Varholm Mills Inc. It"), ["Varholm Mills Inc"]);
        assert_eq!(found(""), [""; 0]);
        assert_eq!(found("..."), [""; 0]);
    }

    #[test]
    fn called_in_any_letters() {
        assert_eq!(list().called("m.s.c."), Some(0));
        assert_eq!(list().called("varholm mills INC"), Some(3));
        assert_eq!(list().called("nobody"), None);
    }
}
