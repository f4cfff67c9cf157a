//! A wildcard as typed to a test of forms, byte by byte: all the ways it may go on at once, each a bit.
//!
//! Baeza-Yates and Gonnet 1992, "A new approach to text searching" (Shift-And): a bit stands for the parts read so far.

/// Parts before the last bit, which says that all of them are read.
const MOST_PARTS: usize = 63;

/// The bytes of a pattern, `?` for any letter, and `*` for any number of them.
pub(super) struct Wildcard {
    /// By byte, the parts that it can be.
    takes: Box<[u64; 256]>,
    /// Before these parts any letters may stand.
    stars: u64,
    /// After these parts the letter may go on with further bytes.
    letters: u64,
    end: u64,
}

impl Wildcard {
    /// Before the first byte.
    pub(super) const START: u64 = 1;

    /// None if the pattern is longer than there are bits.
    pub(super) fn new(folded: &str) -> Option<Self> {
        let (mut stars, mut letters, mut parts) = (0, 0, 0);
        let mut takes = Box::new([0; 256]);
        for byte in folded.bytes() {
            if parts == MOST_PARTS {
                return None;
            }
            match byte {
                b'-' => continue,
                b'*' => {
                    stars |= 1 << parts;
                    continue;
                }
                b'?' => {
                    let firsts = (0..=u8::MAX).filter(|it| !is_further(*it));
                    firsts.for_each(|it| takes[usize::from(it)] |= 1 << parts);
                    letters |= 1 << (parts + 1);
                }
                _ => takes[usize::from(byte)] |= 1 << parts,
            }
            parts += 1;
        }
        Some(Self { takes, stars, letters, end: 1 << parts })
    }

    /// What may have been read with one more byte; 0 if nothing can match any more.
    #[inline]
    pub(super) fn step(&self, state: u64, byte: u8) -> u64 {
        let stays = if is_further(byte) { self.stars | self.letters } else { self.stars };
        (state & self.takes[usize::from(byte)]) << 1 | state & stays
    }

    /// Whether the bytes so far are a match.
    #[inline]
    pub(super) fn ends(&self, state: u64) -> bool {
        state & self.end != 0
    }

    /// Whether a form matches as a whole.
    pub(super) fn matches(&self, form: &str) -> bool {
        self.ends(form.bytes().fold(Self::START, |state, byte| self.step(state, byte)))
    }
}

/// Whether a byte goes on with a letter that another began.
fn is_further(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_whole() {
        for (pattern, forms, others) in [
            ("a?b", ["axb", "aжb", "a東b"], ["ab", "axxb", "aжжb"]),
            ("*?", ["a", "ж", "aж"], ["", "", ""]),
            ("?*ж", ["aж", "жж", "жaж"], ["ж", "a", "жa"]),
            ("a**b", ["ab", "axb", "abb"], ["a", "b", "ba"]),
            ("e-mail*", ["email", "emails", "email東"], ["mail", "e", "emai"]),
        ] {
            let wildcard = Wildcard::new(pattern).unwrap();
            assert!(forms.iter().all(|it| wildcard.matches(it)), "{pattern} {forms:?}");
            assert!(!others.iter().any(|it| wildcard.matches(it)), "{pattern} {others:?}");
        }
    }

    #[test]
    fn as_long_as_there_are_bits() {
        let longest = "ab".repeat(31);
        let wildcard = Wildcard::new(&format!("*{longest}?")).unwrap();
        assert!(wildcard.matches(&format!("x{longest}ж")));
        assert!(!wildcard.matches(&format!("x{longest}")));
        assert!(Wildcard::new(&format!("{longest}ab")).is_none());
    }
}
