//! File name and first bytes -> the format, or the name of a kind that is not read.

use std::path::Path;

use super::decode::unmarked_utf16;
use super::sniff::kind_of_text;
use super::{FORMATS, Format, Packing};

/// What a file is.
#[derive(Clone, Copy)]
pub enum Detected {
    /// In a format that is read.
    Format(&'static dyn Format),
    /// Something in which others are packed.
    Packed(Packing),
    /// Of a kind that is not read: `PDF`, `image`, ...
    NotRead(&'static str),
}

/// Tells what a file is, by its name and its first bytes.
pub fn detect(path: &Path, head: &[u8]) -> Detected {
    if let Some(packing) = Packing::of(head) {
        return packed(packing, path, head);
    }
    let mut path = path;
    let mut ending = extension_of(path).unwrap_or_default();
    // Browsers unpack what they load, and leave it the name it had.
    while matches!(ending.as_str(), "gz" | "zst" | "xz" | "bz2")
        && let Some(stem) = path.file_stem()
    {
        path = Path::new(stem);
        ending = extension_of(path).unwrap_or_default();
    }
    if let Some(kind) = kind_of_text(head) {
        return Detected::NotRead(kind);
    }
    // All formats are texts.
    if looks_like_text(head)
        && let Some(format) = FORMATS.iter().find(|format| format.recognizes(path, head))
    {
        return Detected::Format(*format);
    }
    let by_ending = || kind_of_ending(&ending);
    let by_bytes = magic(head);
    // Old Office files of all kinds begin alike: their name says more than their bytes.
    let kind = match by_bytes {
        Some("old Office file") | None => by_ending().or(by_bytes),
        Some(_) => by_bytes,
    };
    Detected::NotRead(kind.unwrap_or(if is_binary(head) { "binary" } else { "unknown text" }))
}

/// Many programs keep their documents in zip archives: the name says so, or what lies in them first.
fn packed(packing: Packing, path: &Path, head: &[u8]) -> Detected {
    if packing != Packing::Zip {
        return Detected::Packed(packing);
    }
    let ending = extension_of(path).unwrap_or_default();
    let by_ending = kind_of_ending(&ending).filter(|kind| IN_ZIP.contains(kind));
    let first = head.get(30..).unwrap_or_default();
    let by_first = || match first {
        _ if first.starts_with(b"mimetypeapplication/epub") => Some("EPUB"),
        _ if first.starts_with(b"mimetypeapplication/vnd.oasis") => Some("OpenDocument"),
        _ if first.starts_with(b"[Content_Types].xml") => Some("Office file"),
        _ if first.starts_with(b"META-INF/") => Some("program"),
        _ => None,
    };
    by_ending.or_else(by_first).map_or(Detected::Packed(packing), Detected::NotRead)
}

fn kind_of_ending(ending: &str) -> Option<&'static str> {
    ENDINGS.iter().find(|row| row.1.contains(&ending)).map(|row| row.0)
}

/// What is a zip archive to those who look at its bytes alone.
static IN_ZIP: &[&str] =
    &["Word", "Excel", "PowerPoint", "OpenDocument", "Pages", "EPUB", "WARC", "program"];

/// The ending of a file name, in lower case, without the dot.
pub(super) fn extension_of(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// Whether these first bytes, in which nothing is packed, can be those of a text, whatever its charset.
fn looks_like_text(head: &[u8]) -> bool {
    magic(head).is_none() && !is_binary(head)
}

/// Whether a file begins with this, white space, BOM and case aside.
pub(super) fn begins_with(head: &[u8], start: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Whether a file's first bytes hold this, case aside.
pub(super) fn holds(head: &[u8], part: &[u8]) -> bool {
    // Every file is looked through for some parts: nearly every place is told by one byte, and signs are rarer than
    // letters.
    let sign = part.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(0);
    let Some(byte) = part.get(sign) else { return true };
    memchr::memchr2_iter(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), head)
        .filter_map(|at| head.get(at.checked_sub(sign)?..)?.get(..part.len()))
        .any(|found| found.eq_ignore_ascii_case(part))
}

fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return false;
    }
    let zeros = count(head, |byte| byte == 0);
    let odd = count(head, is_odd);
    if zeros > 0 && unmarked_utf16(head).is_some() {
        return false;
    }
    // A stray NUL in a text is no reason to refuse it; many are.
    zeros * 100 > head.len() || odd * 10 > head.len()
}

/// How many of these bytes are of a kind: a sum for many bytes at once, where the kind takes no branch.
pub(super) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let of_some = |some: &[u8]| some.iter().map(|byte| u8::from(is(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|some| usize::from(of_some(some))).sum()
}

/// Control characters that no text has.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are told at once")]
fn is_odd(byte: u8) -> bool {
    (byte <= 8)
        | (byte.wrapping_sub(14) <= 25 - 14)
        | (byte.wrapping_sub(28) <= 31 - 28)
        | (byte == 127)
}

fn magic(head: &[u8]) -> Option<&'static str> {
    MAGIC
        .iter()
        .find(|row| head.get(row.1..).is_some_and(|rest| rest.starts_with(row.2)))
        .map(|row| row.0)
}

/// A kind, where its mark stands, and the mark.
static MAGIC: &[(&str, usize, &[u8])] = &[
    ("PDF", 0, b"%PDF-"),
    ("PostScript", 0, b"%!PS"),
    ("compress archive", 0, b"\x1f\x9d"),
    ("lz4 archive", 0, b"\x04\x22\x4d\x18"),
    ("7z archive", 0, b"7z\xbc\xaf\x27\x1c"),
    ("rar archive", 0, b"Rar!\x1a\x07"),
    ("old Office file", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("RTF", 0, b"{\\rtf"),
    ("image", 0, b"\x89PNG"),
    ("image", 0, b"\xff\xd8\xff"),
    ("image", 0, b"GIF8"),
    ("image", 0, b"II*\0"),
    ("image", 0, b"MM\0*"),
    ("image", 8, b"WEBP"),
    ("image", 4, b"ftypavif"),
    ("image", 4, b"ftypheic"),
    ("video", 4, b"ftyp"),
    ("video", 0, b"\x1aE\xdf\xa3"),
    ("audio", 0, b"ID3"),
    ("audio", 0, b"OggS"),
    ("audio", 0, b"fLaC"),
    ("audio", 0, b"RIFF"),
    ("font", 0, b"wOFF"),
    ("font", 0, b"wOF2"),
    ("database", 0, b"SQLite format 3\0"),
    ("WARC", 0, b"WARC/"),
    ("DjVu", 0, b"AT&TFORM"),
    ("program", 0, b"\x7fELF"),
    ("program", 0, b"MZ\x90\0"),
];

/// A kind, and the endings it goes by.
static ENDINGS: &[(&str, &[&str])] = &[
    ("PDF", &["pdf"]),
    ("Word", &["doc", "docx", "docm", "dot", "dotx"]),
    ("Excel", &["xls", "xlsx", "xlsm"]),
    ("PowerPoint", &["ppt", "pptx"]),
    ("OpenDocument", &["odt", "ods", "odp", "fodt"]),
    ("Pages", &["pages"]),
    ("RTF", &["rtf"]),
    ("EPUB", &["epub"]),
    ("e-mail", &["eml", "mbox", "msg", "pst"]),
    ("MHTML", &["mht", "mhtml"]),
    ("WARC", &["warc", "arc", "wacz"]),
    ("feed", &["rss", "atom"]),
    ("OCR", &["hocr", "alto"]),
    ("SGML", &["sgm", "sgml"]),
    ("XML", &["xml", "nitf", "newsml"]),
    ("YAML", &["yaml", "yml", "toml"]),
    ("JSON", &["json", "jsonl", "ndjson"]),
    ("stylesheet", &["css", "scss", "less"]),
    (
        "source code",
        &["js", "mjs", "ts", "py", "rs", "c", "h", "java", "php", "sh", "pl", "rb", "go"],
    ),
    (
        "image",
        &["png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp", "svg", "ico", "avif", "heic"],
    ),
    ("audio", &["mp3", "wav", "ogg", "flac", "m4a", "aac"]),
    ("video", &["mp4", "mkv", "mov", "avi", "webm", "mpg", "mpeg"]),
    ("font", &["woff", "woff2", "ttf", "otf", "eot"]),
    ("7z archive", &["7z"]),
    ("rar archive", &["rar"]),
    ("compress archive", &["z"]),
    ("lz4 archive", &["lz4"]),
    ("lzma archive", &["lzma", "lz"]),
    ("disk image", &["iso", "dmg", "img"]),
    ("program", &["exe", "dll", "so", "jar", "apk", "class"]),
    ("database", &["sqlite", "sqlite3", "db", "mdb"]),
    ("log", &["log"]),
];
