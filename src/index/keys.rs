//! What a term of the index looks like: exact forms, stems by language, joined words, borders.
//!
//! | term | is |
//! |---|---|
//! | `obligations` | an exact form, folded |
//! | `\x01` width form | an exact form that joins `width` words: `fox-it` is `foxit` over two positions |
//! | `\x02` language stem | a stem that differs from the form it is of: `en` `oblig` |
//! | `\x03` width language stem | the stem of a joined form |
//! | `\x04s`, `\x04p` | a sentence begins; a paragraph ends |
//!
//! A form that is its own stem is indexed once. Positions are multiplied by four; the two low bits hold the
//! case class of the word, which costs two bits a posting instead of a posting of its own.

use crate::text::Lang;

/// A sentence begins at this position.
pub const SENTENCE: &str = "\u{4}s";
/// A paragraph ends at this position.
pub const PARAGRAPH: &str = "\u{4}p";
/// Bytes of the code of a language.
const CODE: usize = 2;
/// Joined forms are looked up for at most so many parts when the query does not say how many.
pub const WIDEST_HYPHENATED: u32 = 4;

/// Appends the key of an exact form.
pub fn push_exact(out: &mut String, width: u32, form: &str) {
    if width > 1 {
        out.push('\u{1}');
        out.push(width_char(width));
    }
    out.push_str(form);
}

/// Appends the key of a stem that differs from its form.
pub fn push_stem(out: &mut String, width: u32, lang: Lang, stem: &str) {
    if width > 1 {
        out.push('\u{3}');
        out.push(width_char(width));
    } else {
        out.push('\u{2}');
    }
    out.push_str(lang.code());
    out.push_str(stem);
}

/// The exact form and its width, if the key is one of an exact form.
pub fn exact_form(key: &str) -> Option<(u32, &str)> {
    let mut letters = key.chars();
    match letters.next()? {
        '\u{1}' => {
            let width = u32::from(letters.next()?).checked_sub(u32::from('0'))?;
            Some((width, letters.as_str()))
        }
        '\u{2}'..='\u{8}' => None,
        _ => Some((1, key)),
    }
}

/// The code of the language and the stem, if the key is one of a stem.
pub fn stem(key: &str) -> Option<(&str, &str)> {
    let mut letters = key.chars();
    match letters.next()? {
        '\u{2}' => {}
        '\u{3}' => {
            letters.next()?;
        }
        _ => return None,
    }
    letters.as_str().split_at_checked(CODE)
}

fn width_char(width: u32) -> char {
    char::from_u32(u32::from('0') + width.min(60)).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        for (width, form) in [(1, "oblig"), (2, "email"), (30, "example.org/a?b")] {
            let mut key = String::new();
            push_exact(&mut key, width, form);
            assert_eq!(exact_form(&key), Some((width, form)));
        }
        let mut key = String::new();
        push_stem(&mut key, 1, Lang::from_code("en").unwrap(), "oblig");
        assert_eq!(key, "\u{2}enoblig");
        assert_eq!(exact_form(&key), None);
        assert_eq!(stem(&key), Some(("en", "oblig")));
        let mut joined = String::new();
        push_stem(&mut joined, 2, Lang::from_code("de").unwrap(), "mail");
        assert_eq!(
            (stem(&joined), stem("mail"), stem(PARAGRAPH)),
            (Some(("de", "mail")), None, None)
        );
        assert_eq!(exact_form(SENTENCE), None);
    }
}
