//! A long text -> parts of it that are read one after the other: the words of all of it at once would take many times
//! its size, and what is looked for everywhere the square of its time.

use super::Mention;

/// Bytes that are read at once; few articles have more.
const WINDOW: usize = 512 << 10;

/// The mentions in some texts, in the order they stand.
pub(super) fn each(texts: &[&str], find: impl Fn(&[&str]) -> Vec<Mention>) -> Vec<Mention> {
    if texts.iter().map(|it| it.len()).sum::<usize>() <= WINDOW {
        return find(texts);
    }
    let mut found = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut begin = 0;
        while let Some(rest) = text.get(begin..).filter(|it| !it.is_empty()) {
            let window = beginning(rest);
            found.extend(find(&[window]).into_iter().map(|mut mention| {
                mention.at = (number, begin + mention.at.1);
                mention
            }));
            begin += window.len();
        }
    }
    found
}

/// As much of a text as is read at once: whole paragraphs, else whole words, else whole characters.
fn beginning(text: &str) -> &str {
    if text.len() <= WINDOW {
        return text;
    }
    let end = (0..=WINDOW).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let most = &text[..end];
    let end = most.rfind('\n').or_else(|| most.rfind(' ')).map_or(most.len(), |at| at + 1);
    &most[..end]
}

#[cfg(test)]
mod tests {
    use super::super::{mentions, tagger};
    use super::*;

    #[test]
    fn names_of_a_long_text_are_found_where_they_stand() {
        let filler = "The talks went on for a whole day and nobody said a word of them. ";
        let mut text = filler.repeat(20_000);
        let name = "President Vladimir Putin met Alexander Lukashenko in Sochi.";
        let at = text.len() / 2 / filler.len() * filler.len();
        text.insert_str(at, name);
        text.push_str(name);
        for text in [text.clone(), text.replace(". ", ".\n\n")] {
            let found = each(&["Talks in Sochi", "", &text], |it| mentions(it, tagger()));
            let names: Vec<_> = found.iter().filter(|it| it.text.contains("Putin")).collect();
            assert_eq!(names.len(), 2, "{names:?}");
            for mention in &found {
                let text = ["Talks in Sochi", "", &text][mention.at.0];
                assert!(text[mention.at.1..].starts_with(&mention.text), "{mention:?}");
            }
        }
    }
}
