//! A word -> its hash, in lower case and with every digit as one, and its shape.

/// How the letters of a word are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// No capital letter.
    Lower,
    /// `Minsk`.
    Capital,
    /// `X`.
    Letter,
    /// `J.`, `St.`
    Stopped,
    /// `NATO`.
    Upper,
    /// `U.S.`
    Dotted,
    /// `McKay`, `iPhone`, `al-Khair`.
    Mixed,
    /// `Jean-Jacques`, `Ukraine-Russia`.
    Joined,
    /// `1987`, `3.5`.
    Number,
    /// `G20`, `20th`.
    Counted,
    /// A full stop, a comma, a bracket, a quotation mark.
    Sign,
}

impl Shape {
    /// Whether a word of this shape has a capital letter, or may stand for one that has.
    pub fn is_capital(self) -> bool {
        match self {
            Self::Lower | Self::Number | Self::Sign => false,
            Self::Capital
            | Self::Letter
            | Self::Stopped
            | Self::Upper
            | Self::Dotted
            | Self::Mixed
            | Self::Joined
            | Self::Counted => true,
        }
    }
}

/// The shape of a word.
pub fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut digits, mut stops, mut hyphens, mut length) = (0, 0, 0, 0, 0, 0);
    let mut starts_upper = false;
    for (at, letter) in word.chars().enumerate() {
        length += 1;
        if letter.is_ascii() {
            match letter as u8 {
                b'a'..=b'z' => lower += 1,
                b'A'..=b'Z' => upper += 1,
                b'0'..=b'9' => digits += 1,
                b'.' => stops += 1,
                b'-' => hyphens += 1,
                0..=127 | 128.. => {}
            }
        } else if letter.is_uppercase() {
            upper += 1;
        } else if letter.is_alphabetic() {
            lower += 1;
        }
        starts_upper |= at == 0 && upper == 1;
    }
    if digits > 0 {
        return if upper + lower > 0 { Shape::Counted } else { Shape::Number };
    }
    if upper == 0 {
        return if lower > 0 { Shape::Lower } else { Shape::Sign };
    }
    if stops > 0 {
        return if upper > 1 && lower == 0 { Shape::Dotted } else { Shape::Stopped };
    }
    if length == 1 {
        return Shape::Letter;
    }
    if hyphens > 0 && starts_upper && lower > 0 {
        return Shape::Joined;
    }
    match (upper, lower) {
        (_, 0) => Shape::Upper,
        (1, _) if starts_upper => Shape::Capital,
        (_, _) => Shape::Mixed,
    }
}

/// The hash of a word: case does not count, and one digit is like another.
pub fn hash(word: &str) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|it| take(PLAIN[usize::from(it)]));
        return fold(state);
    }
    for letter in word.chars() {
        if letter.is_ascii() {
            take(PLAIN[letter as usize]);
        } else if letter == '’' {
            take(b'\'');
        } else {
            for small in letter.to_lowercase() {
                let mut buffer = [0; 4];
                small.encode_utf8(&mut buffer).bytes().for_each(&mut take);
            }
        }
    }
    fold(state)
}

/// What each byte counts as: letters as small ones, every digit as one.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0_u8;
    loop {
        plain[byte as usize] = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
        if byte == u8::MAX {
            break plain;
        }
        byte += 1;
    }
};

/// A text with one space for each run of white space.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a sorted list of words in small letters has this one; case does not count.
pub fn is_listed(list: &[&str], word: &str) -> bool {
    // Every word of a name is looked for in some lists: no memory is asked for.
    let mut buffer = [0_u8; 24];
    match buffer.get_mut(..word.len()) {
        Some(small) if word.is_ascii() => {
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            list.binary_search_by(|it| it.as_bytes().cmp(small)).is_ok()
        }
        Some(_) | None => list.binary_search(&word.to_lowercase().as_str()).is_ok(),
    }
}

/// Two hashes as one; order counts.
pub fn join(first: u32, second: u32) -> u32 {
    fold((u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn fold(state: u64) -> u32 {
    let mixed = (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("minsk", Shape::Lower),
            ("Minsk", Shape::Capital),
            ("Élan", Shape::Capital),
            ("J.", Shape::Stopped),
            ("U.S.", Shape::Dotted),
            ("NATO", Shape::Upper),
            ("McKay", Shape::Mixed),
            ("Jean-Jacques", Shape::Joined),
            ("1,200", Shape::Number),
            ("G20", Shape::Counted),
            ("—", Shape::Sign),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }

    #[test]
    fn case_and_digits_do_not_count() {
        assert_eq!(hash("MINSK"), hash("minsk"));
        assert_eq!(hash("1987"), hash("2020"));
        assert_ne!(join(hash("new"), hash("york")), join(hash("york"), hash("new")));
    }
}
