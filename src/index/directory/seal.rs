//! A line at the end of a file by which damage is noticed: sums of the other files, and of the file itself.
//!
//! tantivy keeps a checksum at the end of its segments, but none for its list of segments, and none for those
//! footers themselves. The seal of `meta.json` holds size and sum of every file of the commit, and its own.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Size and CRC-32 (IEEE 802.3) of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::index) struct Sum(pub(in crate::index) u64, pub(in crate::index) u32);

/// A file that is not as it was written.
#[derive(Debug, thiserror::Error)]
#[error("it is not as it was written")]
pub(in crate::index) struct BrokenSeal;

const MARK: &[u8] = b"\n#seal ";

/// The content with its seal behind it.
pub(in crate::index) fn seal(content: &[u8], files: &BTreeMap<String, Sum>) -> Vec<u8> {
    let mut sealed = content.to_vec();
    sealed.extend_from_slice(MARK);
    // A map of strings to numbers can always be written.
    sealed.extend_from_slice(serde_json::to_string(files).unwrap_or_default().as_bytes());
    let sum = crc32fast::hash(&sealed);
    sealed.extend_from_slice(format!(" {sum:08x}\n").as_bytes());
    sealed
}

/// The content that was sealed, and the sums of the other files.
pub(in crate::index) fn unseal(
    sealed: &[u8],
) -> Result<(&[u8], BTreeMap<String, Sum>), BrokenSeal> {
    let line_end = sealed.strip_suffix(b"\n").ok_or(BrokenSeal)?;
    let (covered, hex) = line_end.split_last_chunk::<9>().ok_or(BrokenSeal)?;
    let written = std::str::from_utf8(hex).ok().and_then(|it| it.strip_prefix(' '));
    if written != Some(format!("{:08x}", crc32fast::hash(covered)).as_str()) {
        return Err(BrokenSeal);
    }
    let at = covered.windows(MARK.len()).rposition(|it| it == MARK).ok_or(BrokenSeal)?;
    let files = serde_json::from_slice(&covered[at + MARK.len()..]).map_err(|_| BrokenSeal)?;
    Ok((&covered[..at], files))
}

/// The sum of what can be read from `input`.
fn sum_of(mut input: impl Read) -> io::Result<Sum> {
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(Sum(size, hasher.finalize())),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                size += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What is wrong with a file of which this sum was sealed, if anything.
pub(in crate::index) fn fault_of(file: &Path, written: Sum) -> Option<String> {
    match File::open(file).and_then(sum_of) {
        Ok(sum) if sum == written => None,
        Ok(sum) if sum.0 != written.0 => {
            Some(format!("it has {} bytes, {} were written", sum.0, written.0))
        }
        Ok(_) => Some("its checksum is another than when it was written".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let files = BTreeMap::from([("a.store".to_owned(), Sum(3, 17))]);
        let sealed = seal(b"{\"a\":\n1}", &files);
        let (content, read) = unseal(&sealed).unwrap();
        assert_eq!((content, read), (&b"{\"a\":\n1}"[..], files));
        for bit in 0..sealed.len() * 8 {
            let mut damaged = sealed.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(&damaged).is_err(), "bit {bit}");
        }
        for end in 0..sealed.len() {
            assert!(unseal(&sealed[..end]).is_err(), "cut at {end}");
        }
    }
}
