//! Bytes -> text: the charset from a mark, a declaration, the bytes themselves or a guess.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::detect::unmarked_utf16;
use super::{HEAD_BYTES, ReadError};

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
    let (encoding, mut problems) = choose(bytes, declared, chosen)?;
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

/// The charset of a text, told by its beginning or the whole of it, and what is doubtful about it.
pub(super) fn choose(
    bytes: &[u8],
    declared: Option<&str>,
    chosen: Option<&str>,
) -> Result<(&'static Encoding, Vec<String>), ReadError> {
    if let Some(encoding) = encoding_named(chosen)? {
        return Ok((encoding, Vec::new()));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok((encoding, Vec::new()));
    }
    if bytes.contains(&0)
        && let Some(name) = unmarked_utf16(&bytes[..bytes.len().min(4096)])
    {
        let encoding = if name == "utf-16le" { UTF_16LE } else { UTF_16BE };
        return Ok((encoding, vec![format!("charset guessed: {}", encoding.name())]));
    }
    let shape = Utf8Shape::of(bytes);
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // A page that could be read as bytes to find its declaration is not in UTF-16.
    let declared = declared.map(|it| if it.is_ascii_compatible() { it } else { UTF_8 });
    if shape.is_ascii() {
        return Ok((declared.unwrap_or(UTF_8), Vec::new()));
    }
    if shape.is_utf8() {
        // Text of another charset is hardly ever valid UTF-8 by chance.
        let problems = match declared {
            Some(other) if other != UTF_8 => {
                vec![format!("declared as {}, but it is UTF-8", other.name())]
            }
            Some(_) | None => Vec::new(),
        };
        return Ok((UTF_8, problems));
    }
    match declared {
        Some(other) if other != UTF_8 => return Ok((other, Vec::new())),
        // A page that was cut off or patched together has a few broken sequences.
        Some(_) if shape.good >= shape.bad => return Ok((UTF_8, Vec::new())),
        None if shape.good > 4 * shape.bad => return Ok((UTF_8, Vec::new())),
        Some(_) | None => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let mut problem = format!("charset guessed: {}", encoding.name());
    if declared.is_some() {
        problem.push_str(" (declared as UTF-8, which it is not)");
    }
    Ok((encoding, vec![problem]))
}

/// Tells the charset of a stream by its head, and gives the stream back whole.
pub(super) fn told_by_head<'a>(
    input: &'a mut dyn Read,
    chosen: Option<&str>,
) -> Result<(Whole<'a>, &'static Encoding, Vec<String>), ReadError> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    input.take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(ReadError::Read)?;
    // A character may be cut in two where the head ends.
    let end = head.len().saturating_sub(if head.len() == HEAD_BYTES { 3 } else { 0 });
    let (encoding, problems) = choose(&head[..end], None, chosen)?;
    Ok((io::Cursor::new(head).chain(input), encoding, problems))
}

/// A stream whose head was looked at.
pub(super) type Whole<'a> = io::Chain<io::Cursor<Vec<u8>>, &'a mut dyn Read>;

/// How much of a text beyond ASCII is valid UTF-8.
struct Utf8Shape {
    good: usize,
    bad: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8]) -> Self {
        let mut shape = Self { good: 0, bad: 0 };
        for chunk in bytes.utf8_chunks() {
            let leads = chunk.valid().bytes().filter(|byte| *byte >= 0xc0);
            shape.good += leads.count();
            shape.bad += usize::from(!chunk.invalid().is_empty());
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

/// One record of a streamed file: UTF-8, else the charset chosen, else Windows-1252.
pub(super) fn decode_record(bytes: &[u8], chosen: Option<&'static Encoding>) -> Decoded {
    if chosen.is_none_or(|it| it == UTF_8)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: text.to_owned(), problems: Vec::new() };
    }
    let encoding = chosen.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        match detector.guess(None, Utf8Detection::Deny) {
            // A few odd bytes say little: the commonest charset is the best guess.
            _ if bytes.iter().filter(|byte| !byte.is_ascii()).count() < 4 => WINDOWS_1252,
            guessed => guessed,
        }
    });
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let mut problems = Vec::new();
    if chosen.is_none() {
        problems.push(format!("charset guessed: {}", encoding.name()));
    }
    if replaced {
        problems.push(replacement_problem(encoding));
    }
    Decoded { text: text.into_owned(), problems }
}

/// A stream in any charset -> a stream in UTF-8, in bounded memory.
pub(super) struct Transcoder<'a> {
    input: &'a mut dyn Read,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    ended: bool,
    out: Vec<u8>,
    out_at: usize,
    /// Whether characters could not be decoded so far.
    pub(super) replaced: bool,
}

const CHUNK: usize = 64 << 10;

impl<'a> Transcoder<'a> {
    /// Decodes `input` from this charset; a mark at its beginning is left out.
    pub(super) fn new(input: &'a mut dyn Read, encoding: &'static Encoding) -> Self {
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            raw_at: 0,
            raw_end: 0,
            ended: false,
            out: Vec::new(),
            out_at: 0,
            replaced: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.raw_at == self.raw_end && !self.ended {
            self.raw_at = 0;
            self.raw_end = self.input.read(&mut self.raw)?;
        }
        let last = self.raw_end == 0;
        self.out.resize(CHUNK * 3 + 16, 0);
        let source = &self.raw[self.raw_at..self.raw_end];
        let (result, read, written, replaced) =
            self.decoder.decode_to_utf8(source, &mut self.out, last);
        self.raw_at += read;
        self.replaced |= replaced;
        self.out.truncate(written);
        self.out_at = 0;
        self.ended = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = buffer.len().min(self.out.len() - self.out_at);
        buffer[..count].copy_from_slice(&self.out[self.out_at..self.out_at + count]);
        self.out_at += count;
        Ok(count)
    }
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
    fn a_stream_is_transcoded_across_chunks() {
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("条約に基づく義務");
        let many: Vec<u8> = bytes.iter().copied().cycle().take(bytes.len() * 20_000).collect();
        let mut whole = String::new();
        let mut input = many.as_slice();
        let mut stream = Transcoder::new(&mut input, encoding_rs::SHIFT_JIS);
        stream.read_to_string(&mut whole).unwrap();
        assert_eq!(whole, "条約に基づく義務".repeat(20_000));
        assert!(!stream.replaced);
    }
}
