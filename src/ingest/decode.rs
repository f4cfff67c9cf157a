//! Bytes -> text: the charset from a mark, a declaration, the bytes themselves or a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;
use super::detect::count;

/// A text, and what was noticed while decoding it.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) problems: Vec<String>,
}

/// Decodes a whole file. `declared` is the charset that the file itself names.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&str>,
    chosen: Option<&str>,
) -> Result<Decoded, ReadError> {
    let (encoding, mut problems) = match encoding_named(chosen)? {
        Some(encoding) => (encoding, Vec::new()),
        None => told_by_mark(bytes).unwrap_or_else(|| told_by_bytes(bytes, declared, true)),
    };
    let (text, replaced) = encoding.decode_with_bom_removal(bytes);
    if replaced {
        problems.push(replacement_problem(encoding));
    }
    Ok(Decoded { text: text.into_owned(), problems })
}

/// The charset that `--encoding` names.
pub(super) fn encoding_named(name: Option<&str>) -> Result<Option<&'static Encoding>, ReadError> {
    match name {
        None => Ok(None),
        Some(name) => Encoding::for_label(name.trim().as_bytes())
            .map(Some)
            .ok_or_else(|| ReadError::UnknownEncoding(name.to_owned())),
    }
}

/// What is said when characters could not be decoded.
pub(super) fn replacement_problem(encoding: &'static Encoding) -> String {
    format!("some bytes are not {}; they were replaced", encoding.name())
}

/// The charset of a text, with what is doubtful about it.
pub(super) type Told = (&'static Encoding, Vec<String>);

/// The charset by how a file begins: a byte order mark, or the zeros of UTF-16.
pub(super) fn told_by_mark(head: &[u8]) -> Option<Told> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some((encoding, Vec::new()));
    }
    let encoding = unmarked_utf16(head)?;
    Some((encoding, vec![format!("charset guessed: {}", encoding.name())]))
}

/// The charset by the bytes of a text that has no mark; `whole` says that nothing follows them.
pub(super) fn told_by_bytes(bytes: &[u8], declared: Option<&str>, whole: bool) -> Told {
    let shape = Utf8Shape::of(bytes, whole);
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // A page that could be read as bytes to find its declaration is not in UTF-16.
    let declared = declared.map(|it| if it.is_ascii_compatible() { it } else { UTF_8 });
    if shape.is_ascii() {
        return (declared.unwrap_or(UTF_8), Vec::new());
    }
    if shape.is_utf8() {
        // Text of another charset is hardly ever valid UTF-8 by chance.
        let problems = match declared {
            Some(other) if other != UTF_8 => {
                vec![format!("declared as {}, but it is UTF-8", other.name())]
            }
            Some(_) | None => Vec::new(),
        };
        return (UTF_8, problems);
    }
    match declared {
        Some(other) if other != UTF_8 => return declared_or_guessed(bytes, other, whole),
        // A page that was cut off or patched together has a few broken sequences.
        Some(_) if shape.good >= shape.bad => return (UTF_8, Vec::new()),
        None if shape.good > 4 * shape.bad => return (UTF_8, Vec::new()),
        Some(_) | None => {}
    }
    let encoding = guessed(bytes, whole);
    let mut problem = format!("charset guessed: {}", encoding.name());
    if declared.is_some() {
        problem.push_str(" (declared as UTF-8, which it is not)");
    }
    (encoding, vec![problem])
}

/// A declared charset holds unless the bytes cannot be it, or make no Western text when they should.
fn declared_or_guessed(bytes: &[u8], declared: &'static Encoding, whole: bool) -> Told {
    let possible = decodes(declared, bytes, whole);
    if possible && !(declared == WINDOWS_1252 && is_not_western(bytes)) {
        return (declared, Vec::new());
    }
    let other = guessed(bytes, whole);
    if other == declared || other == UTF_8 || !decodes(other, bytes, whole) {
        return (declared, Vec::new());
    }
    let problem = format!("declared as {}, but it seems to be {}", declared.name(), other.name());
    (other, vec![problem])
}

fn guessed(bytes: &[u8], whole: bool) -> &'static Encoding {
    // A few odd bytes say little: the commonest charset is the best guess.
    if bytes.iter().filter(|byte| !byte.is_ascii()).take(4).count() < 4 {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, whole);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether bytes can be text of a charset.
fn decodes(encoding: &'static Encoding, bytes: &[u8], whole: bool) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = [0_u8; 4096];
    let mut rest = bytes;
    loop {
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(rest, &mut scratch, whole);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return true,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return false,
        }
    }
}

/// Whether accented letters stand mostly side by side, as no Western language has them.
fn is_not_western(bytes: &[u8]) -> bool {
    let high = |byte: &u8| *byte >= 0xc0;
    let many = bytes.iter().filter(|byte| high(byte)).count();
    let beside = bytes.windows(2).filter(|pair| pair.iter().all(high)).count();
    many >= 20 && beside * 2 > many
}

/// How much of a text beyond ASCII is valid UTF-8.
struct Utf8Shape {
    good: usize,
    bad: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8], whole: bool) -> Self {
        let leads = |bytes: &[u8]| count(bytes, |byte| byte >= 0xc0);
        // Most texts are sound.
        if str::from_utf8(bytes).is_ok() {
            return Self { good: leads(bytes), bad: 0 };
        }
        let mut shape = Self { good: 0, bad: 0 };
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            shape.good += leads(chunk.valid().as_bytes());
            // A character may be cut in two where a sample ends.
            let cut = !whole && chunks.peek().is_none() && may_go_on(chunk.invalid());
            shape.bad += usize::from(!chunk.invalid().is_empty() && !cut);
        }
        shape
    }

    fn is_ascii(&self) -> bool {
        self.good == 0 && self.bad == 0
    }

    fn is_utf8(&self) -> bool {
        self.bad == 0
    }
}

/// Whether these are the first bytes of a character in UTF-8, and not all of them.
fn may_go_on(bytes: &[u8]) -> bool {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) | None => 0,
    };
    bytes.len() < length
}

/// How many bytes tell UTF-16 without a mark.
const UTF16_SAMPLE: usize = 4096;

/// UTF-16 without a mark: its zeros stand all at the same half of a character, and what it gives
/// is text.
pub(super) fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let sample = &head[..head.len().min(UTF16_SAMPLE) & !1];
    let ascii = count(sample, |byte| (b' '..=b'~').contains(&byte));
    // Any two letters of ASCII make a Chinese one.
    if ascii * 4 > sample.len() * 3 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, 0) => return None,
        (first, second) if first * 20 <= second => UTF_16LE,
        (first, second) if second * 20 <= first => UTF_16BE,
        _ => return None,
    };
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut letters, mut odd, mut all) = (0, 0, 0);
    for c in text.chars() {
        all += 1;
        letters += usize::from(c.is_alphanumeric() || c.is_whitespace());
        odd += usize::from(c == '\u{fffd}' || (c.is_control() && !c.is_whitespace()));
    }
    // The sample may end within a character.
    (all >= 2 && odd <= 1 + all / 100 && letters * 2 >= all).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> (String, Vec<String>) {
        let decoded = decode(bytes, declared, None).unwrap();
        (decoded.text, decoded.problems)
    }

    #[test]
    fn a_mark_wins_then_the_declaration_then_the_bytes() {
        assert_eq!(text(b"\xff\xfea\0b\0", Some("utf-8")).0, "ab");
        assert_eq!(text(b"caf\xe9", Some("iso-8859-1")), ("café".to_owned(), vec![]));
        assert_eq!(text("café".as_bytes(), None), ("café".to_owned(), vec![]));
        let (cafe, problems) = text("café".as_bytes(), Some("windows-1252"));
        assert_eq!(cafe, "café");
        assert!(problems[0].contains("it is UTF-8"), "{problems:?}");
    }

    #[test]
    fn a_guess_and_replaced_characters_are_said() {
        let (moscow, _, _) = encoding_rs::WINDOWS_1251.encode("Президент России прибыл в Москву");
        let (guessed, problems) = text(&moscow, None);
        assert_eq!(guessed, "Президент России прибыл в Москву");
        assert!(problems[0].starts_with("charset guessed: windows-1251"), "{problems:?}");
        let (cut, problems) = text(&"Größe ändern".as_bytes()[..9], Some("utf-8"));
        assert!(cut.starts_with("Größe"), "{cut}");
        assert!(problems.iter().any(|it| it.contains("replaced")), "{problems:?}");
    }

    #[test]
    fn the_chosen_charset_overrides_and_an_unknown_one_is_refused() {
        assert_eq!(decode(b"\xc1", None, Some("koi8-r")).unwrap().text, "а");
        assert!(matches!(decode(b"", None, Some("nope")), Err(ReadError::UnknownEncoding(_))));
    }

    #[test]
    fn a_wrong_declaration_is_found_out_and_a_doubtful_one_kept() {
        let russian = "Президент прибыл в Москву, где его уже никто не ждал";
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let (read, problems) = text(&cyrillic, Some("iso-8859-1"));
        assert_eq!(read, russian);
        assert_eq!(problems, ["declared as windows-1252, but it seems to be windows-1251"]);
        let japanese = "条約に基づく義務は、四年ごとに確認される。";
        let (euc, _, _) = encoding_rs::EUC_JP.encode(japanese);
        assert_eq!(text(&euc, Some("shift_jis")).0, japanese);
        let (western, _, _) = WINDOWS_1252.encode("Größe, Zürich, naïve façade");
        assert_eq!(
            text(&western, Some("windows-1252")),
            ("Größe, Zürich, naïve façade".into(), vec![])
        );
        assert_eq!(text(&western, Some("iso-8859-15")).1, Vec::<String>::new());
    }

    #[test]
    fn utf16_without_a_mark_is_told_in_any_script() {
        for sample in ["Ein Satz, mehr nicht.", "Президент прибыл в Москву.", "条約に\n 義務。"]
        {
            let bytes: Vec<u8> = sample.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(text(&bytes, None).0, sample);
            let bytes: Vec<u8> = sample.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(text(&bytes, None).0, sample);
        }
        assert_eq!(unmarked_utf16(b"\x01\0\x02\0\x03\0\x04\0\x05\0"), None);
        assert_eq!(unmarked_utf16(b"a text with a stray \0"), None);
    }
}
