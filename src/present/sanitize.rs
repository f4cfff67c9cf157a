//! Text from anywhere to text that is safe to print: characters that steer or hide become visible.

use std::borrow::Cow;

/// One line: line breaks become spaces, everything that would steer a terminal or hide is made visible.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, LineBreaks::Spaces)
}

/// Several lines: the same, but line breaks stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, LineBreaks::Kept)
}

/// What a character is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Itself.
    Itself,
    /// Another character.
    Instead(char),
    /// Its number: `\u{202e}`.
    Number,
    /// Nothing at all.
    Nothing,
}

/// What becomes of the characters of a range.
#[derive(Debug, Clone, Copy)]
enum Treatment {
    /// White space of some sort: a space.
    Space,
    /// A control code that has a picture (`␛`).
    Picture,
    /// Its number.
    Number,
    /// Says nothing and is common in honest text: left out.
    Nothing,
    /// Shapes the letter or sign before it, which is never ASCII: itself there, else its number.
    Shaping,
}

/// First, last, treatment; in order, so that they can be searched. What is in no row is shown as it is.
static RULES: &[(char, char, Treatment)] = &[
    ('\u{0}', '\u{8}', Treatment::Picture),
    ('\u{9}', '\u{d}', Treatment::Space),
    ('\u{e}', '\u{1f}', Treatment::Picture),
    ('\u{7f}', '\u{7f}', Treatment::Picture),
    ('\u{80}', '\u{84}', Treatment::Number),
    ('\u{85}', '\u{85}', Treatment::Space),
    // The eight-bit controls: U+009B begins a sequence as ESC [ does.
    ('\u{86}', '\u{9f}', Treatment::Number),
    // Soft hyphen: pages are full of them.
    ('\u{ad}', '\u{ad}', Treatment::Nothing),
    ('\u{34f}', '\u{34f}', Treatment::Number),
    // Direction marks stand in honest Arabic and Hebrew, and reorder no letters.
    ('\u{61c}', '\u{61c}', Treatment::Nothing),
    ('\u{115f}', '\u{1160}', Treatment::Number),
    ('\u{17b4}', '\u{17b5}', Treatment::Number),
    ('\u{180b}', '\u{180d}', Treatment::Shaping),
    ('\u{180e}', '\u{180e}', Treatment::Number),
    ('\u{180f}', '\u{180f}', Treatment::Shaping),
    ('\u{200b}', '\u{200b}', Treatment::Number),
    ('\u{200c}', '\u{200d}', Treatment::Shaping),
    ('\u{200e}', '\u{200f}', Treatment::Nothing),
    ('\u{2028}', '\u{2029}', Treatment::Space),
    // Embeddings and overrides.
    ('\u{202a}', '\u{202e}', Treatment::Number),
    // Word joiner, invisible operators, isolates.
    ('\u{2060}', '\u{206f}', Treatment::Number),
    ('\u{3164}', '\u{3164}', Treatment::Number),
    ('\u{fe00}', '\u{fe0f}', Treatment::Shaping),
    ('\u{feff}', '\u{feff}', Treatment::Number),
    ('\u{ffa0}', '\u{ffa0}', Treatment::Number),
    ('\u{fff0}', '\u{fffb}', Treatment::Number),
    ('\u{1bca0}', '\u{1bca3}', Treatment::Number),
    ('\u{1d173}', '\u{1d17a}', Treatment::Number),
    ('\u{e0000}', '\u{e00ff}', Treatment::Number),
    ('\u{e0100}', '\u{e01ef}', Treatment::Shaping),
    ('\u{e01f0}', '\u{e0fff}', Treatment::Number),
];

/// What `ch` is shown as after `previous`.
pub(super) fn shown(previous: Option<char>, ch: char) -> Shown {
    if (' '..='~').contains(&ch) {
        return Shown::Itself;
    }
    match treatment(ch) {
        None => Shown::Itself,
        Some(Treatment::Space) => Shown::Instead(' '),
        Some(Treatment::Picture) => Shown::Instead(picture(ch)),
        Some(Treatment::Number) => Shown::Number,
        Some(Treatment::Nothing) => Shown::Nothing,
        Some(Treatment::Shaping) => match previous {
            Some(before) if !before.is_ascii() && !before.is_whitespace() => Shown::Itself,
            Some(_) | None => Shown::Number,
        },
    }
}

/// Whether a program's output (JSON) should say this character by its number.
pub(super) fn is_better_said_by_number(ch: char) -> bool {
    !ch.is_ascii() && matches!(treatment(ch), Some(Treatment::Number | Treatment::Space))
}

fn treatment(ch: char) -> Option<Treatment> {
    let row = RULES.partition_point(|&(_, last, _)| last < ch);
    RULES.get(row).filter(|&&(first, ..)| first <= ch).map(|&(_, _, treatment)| treatment)
}

fn picture(control: char) -> char {
    if control == '\u{7f}' {
        return '␡';
    }
    char::from_u32(0x2400 + control as u32).unwrap_or('\u{fffd}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineBreaks {
    Kept,
    Spaces,
}

fn clean(text: &str, breaks: LineBreaks) -> Cow<'_, str> {
    // Most texts are letters and signs of ASCII alone. All are looked at, which goes in large steps.
    if text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut previous = None;
    let mut result: Option<String> = None;
    for (at, ch) in text.char_indices() {
        let shown = if ch == '\n' && breaks == LineBreaks::Kept {
            Shown::Itself
        } else {
            shown(previous, ch)
        };
        if shown != Shown::Itself && result.is_none() {
            result = Some(text[..at].to_owned());
        }
        if let Some(result) = &mut result {
            match shown {
                Shown::Itself => result.push(ch),
                Shown::Instead(other) => result.push(other),
                Shown::Number => result.extend(ch.escape_unicode()),
                Shown::Nothing => {}
            }
        }
        if shown != Shown::Nothing {
            previous = Some(ch);
        }
    }
    result.map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row() {
        let table = [
            ("plain, «text» 東京 – é", "plain, «text» 東京 – é"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("\u{1b}]8;;http://x\u{7}y", "␛]8;;http://x␇y"),
            ("nul\0del\u{7f}bs\u{8}", "nul␀del␡bs␈"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("a\r\nb\tc\u{85}d\u{2028}e", "a  b c d e"),
            ("gnp.\u{202e}exe", "gnp.\\u{202e}exe"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("zero\u{200b}width", "zero\\u{200b}width"),
            ("Bun\u{ad}des", "Bundes"),
            ("שלום\u{200f}.", "שלום."),
            // Joiners belong to Persian and to emoji, and hide in ASCII.
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}🚀", "👩\u{200d}🚀"),
            ("pay\u{200d}pal", "pay\\u{200d}pal"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("\u{feff}x\u{e0041}", "\\u{feff}x\\u{e0041}"),
        ];
        for (given, expected) in table {
            assert_eq!(line(given), expected, "{given:?}");
        }
        assert_eq!(lines("a\nb\rc"), "a\nb c");
        assert!(matches!(line("as it is"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_control_character_passes() {
        assert!(RULES.is_sorted_by(|a, b| a.1 < b.0));
        for ch in '\0'..=char::MAX {
            let shown = line(ch.encode_utf8(&mut [0; 4])).into_owned();
            assert!(!shown.chars().any(char::is_control), "{ch:?}");
        }
    }
}
