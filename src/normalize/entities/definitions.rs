//! Texts -> the short forms they explain: `Long Name (LN)`, `LN (Long Name)`, `Long Name, or LN,`.
//!
//! The letters of the short form have to be found in the long one from the end, its first at the start of a word
//! (Schwartz and Hearst 2003); only names are looked for, so the long form begins every longer word with a capital.

use crate::article::Definition;

/// Definitions of one article are counted to here.
const MOST: usize = 100;

/// Letters of a short form.
const SHORTEST: usize = 2;
const LONGEST: usize = 10;

/// Letters before a short form in which its long one is looked for.
const FARTHEST: usize = 300;

/// The short forms that the texts explain, in the order they stand, each once.
pub(super) fn find(texts: &[&str]) -> Vec<Definition> {
    let mut found: Vec<Definition> = Vec::new();
    for paragraph in texts.iter().flat_map(|it| it.split('\n')) {
        let mut rest = paragraph;
        while let Some((before, after)) = rest.split_once('(') {
            let done = paragraph.len() - rest.len() + before.len();
            rest = after;
            let Some((inside, _)) = after.split_once(')') else { break };
            if inside.len() > 100 || inside.contains('(') {
                continue;
            }
            let before = paragraph.get(..done).unwrap_or_default();
            if let Some(definition) = in_brackets(before, inside)
                && !found.contains(&definition)
            {
                found.push(definition);
            }
        }
        or_short(paragraph, &mut found);
        if found.len() > MOST {
            found.truncate(MOST);
            break;
        }
    }
    found
}

fn in_brackets(before: &str, inside: &str) -> Option<Definition> {
    // What follows the short form in the brackets is no part of it: `(CSTO, founded in 1992)`.
    let short = inside.split([',', ';']).next().unwrap_or_default();
    let short = short.trim();
    let short = short.strip_prefix("the ").unwrap_or(short);
    let short = short.trim_matches(['"', '“', '”', '\'']);
    if is_short(short) {
        return explained(before, short);
    }
    // The other way round.
    let short = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = short.trim_matches(['"', '“', '”', '\'']);
    let long = inside.trim();
    let long = long.strip_prefix("the ").unwrap_or(long);
    if !is_short(short) {
        return None;
    }
    let found = explained(long, short)?;
    (found.long == long).then_some(found)
}

/// `the Collective Security Treaty Organization, or CSTO, ...`
fn or_short(paragraph: &str, found: &mut Vec<Definition>) {
    for (at, sign) in paragraph.match_indices(',') {
        let after = paragraph.get(at + sign.len()..).unwrap_or_default();
        let Some(after) = after.strip_prefix(" or ") else { continue };
        let short = after.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
        if is_short(short)
            && short.chars().all(char::is_uppercase)
            && let Some(definition) = explained(paragraph.get(..at).unwrap_or_default(), short)
            && !found.contains(&definition)
        {
            found.push(definition);
        }
    }
}

/// Whether a word can be a short form: mostly capitals, at least two.
fn is_short(word: &str) -> bool {
    let letters = word.chars().filter(|it| it.is_alphanumeric()).count();
    let capitals = word.chars().filter(|it| it.is_uppercase()).count();
    (SHORTEST..=LONGEST).contains(&letters)
        && capitals >= 2
        && capitals * 3 >= letters * 2
        && word.starts_with(char::is_alphanumeric)
        && word.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '-' | '&' | '/'))
}

/// The long form of a short one at the end of a text.
fn explained(before: &str, short: &str) -> Option<Definition> {
    let letters: Vec<char> = short.chars().filter(|it| it.is_alphanumeric()).collect();
    let most_words = (letters.len() + 5).min(letters.len() * 2);
    let before = before.trim_end().trim_end_matches(['"', '”', '’']);
    // Only so far back, and not across a sentence or a clause.
    let far = before.char_indices().rev().nth(FARTHEST).map_or(0, |(at, _)| at);
    let before = before.get(far..)?;
    let mut start = before.len();
    for (count, (at, word)) in words_from_the_end(before).enumerate() {
        let ends = word.ends_with([',', ';', ':', '.', '?', '!', ')', '"', '”']);
        if count == most_words || ends && count > 0 {
            break;
        }
        start = at;
    }
    let near: Vec<(usize, char)> = before.get(start..)?.char_indices().collect();
    let mut asked = letters.iter().rev();
    let mut next = asked.next()?;
    let mut begin = None;
    for (number, (at, letter)) in near.iter().enumerate().rev() {
        let is_first = number == 0 || !near[number - 1].1.is_alphanumeric();
        let is_last_asked = asked.len() == 0;
        if !same_letter(*letter, *next) || is_last_asked && !is_first {
            continue;
        }
        if is_last_asked {
            begin = Some(start + at);
            break;
        }
        next = asked.next()?;
    }
    let mut long = before.get(begin?..)?.trim();
    long = long.strip_prefix("the ").or_else(|| long.strip_prefix("The ")).unwrap_or(long);
    is_name(long, &letters).then(|| Definition { short: short.to_owned(), long: long.to_owned() })
}

/// The words of a text, the last first, with where they begin.
fn words_from_the_end(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_end();
        let word = rest.rsplit(char::is_whitespace).next().filter(|it| !it.is_empty())?;
        rest = rest.get(..rest.len() - word.len())?;
        Some((rest.len(), word))
    })
}

fn same_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

/// Whether a long form is a name: longer than the short one, its words with capitals.
fn is_name(long: &str, letters: &[char]) -> bool {
    let mut words = long.split([' ', '-']).filter(|it| !it.is_empty()).peekable();
    let capital = |it: &str| it.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
    words.peek().is_some_and(|it| capital(it))
        && long.len() > letters.len() + 2
        && long.contains([' ', '-'])
        && words.all(|it| capital(it) || it.chars().count() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = find(&[text]);
        let found: Vec<_> = found.iter().map(|it| (it.short.as_str(), it.long.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn both_orders() {
        let long = "Collective Security Treaty Organization";
        check("of the Collective Security Treaty Organization (CSTO).", &[("CSTO", long)]);
        check("the CSTO (Collective Security Treaty Organization) met", &[("CSTO", long)]);
        check("the Collective Security Treaty Organization, or CSTO, met", &[("CSTO", long)]);
        check("said the Mornan Bank of the North (MBN)", &[("MBN", "Mornan Bank of the North")]);
        check(
            "the Mornan Seed Council (the \"MSC\", founded in 1992)",
            &[("MSC", "Mornan Seed Council")],
        );
    }

    #[test]
    fn no_definition() {
        check("As part of the Collective Security Treaty (CSTO), it can ask", &[]);
        check("a consumer price index (CPI) of 3", &[]);
        check("Putin (R) said (LAUGHS) on Monday (AP)", &[]);
        check("((((((", &[]);
    }
}
