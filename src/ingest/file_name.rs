//! Names of files -> text that can be shown and stored, and back: no two names share one text.
//!
//! On Unix a name is any bytes. Those that are no UTF-8 are written `\xE9`; what already looks like that has its
//! backslash written `\x5C`, so that it stays another name.

use std::path::{Path, PathBuf};

/// The name as text.
pub fn printable(path: &Path) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        printable_bytes(path.as_os_str().as_bytes())
    }
    #[cfg(not(unix))]
    {
        path.to_string_lossy().into_owned()
    }
}

/// The file that a text names.
pub fn named(text: &str) -> PathBuf {
    #[cfg(unix)]
    {
        use std::ffi::OsString;
        use std::os::unix::ffi::OsStringExt;
        PathBuf::from(OsString::from_vec(bytes_of(text)))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(text)
    }
}

/// Bytes that should be UTF-8, as text.
pub(super) fn printable_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(at) = rest.find("\\x") {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            text.push_str(if byte_at(from).is_some() { "\\x5C" } else { "\\" });
            rest = &from[1..];
        }
        text.push_str(rest);
        for byte in chunk.invalid() {
            text.push_str("\\x");
            text.extend([byte >> 4, byte & 15].map(digit));
        }
    }
    text
}

#[cfg(unix)]
fn bytes_of(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let (byte, length) = byte_at(from).map_or((b'\\', 1), |byte| (byte, 4));
        bytes.push(byte);
        rest = &from[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// The byte that `\xE9` stands for.
fn byte_at(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("\\x")?.get(..2)?;
    let written = digits.bytes().all(|it| matches!(it, b'0'..=b'9' | b'A'..=b'F'));
    written.then(|| u8::from_str_radix(digits, 16).ok())?
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_name_has_a_text_of_its_own_and_comes_back() {
        for (bytes, text) in [
            (&b"plain.txt"[..], "plain.txt"),
            ("žluťoučký.txt".as_bytes(), "žluťoučký.txt"),
            (b"caf\xe9.txt", "caf\\xE9.txt"),
            (b"caf\xe8.txt", "caf\\xE8.txt"),
            (b"caf\\xE9.txt", "caf\\x5CxE9.txt"),
            (b"a\\b\\x\\xyz\\xe9", "a\\b\\x\\xyz\\xe9"),
            (b"\\\xff\\x\xff", "\\\\xFF\\x\\xFF"),
            (b"\\x4\xff", "\\x4\\xFF"),
            (b"\xe6\x9d", "\\xE6\\x9D"),
        ] {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(printable(path), text);
            assert_eq!(named(text), path);
        }
    }
}
