//! Takes a word and gives it without case and accents.

use unicode_normalization::UnicodeNormalization;

/// Appends the folded form of `word` to `out`: lower case, accents off, wide letters narrow, ligatures apart.
///
/// Accents are what Unicode's canonical decomposition splits off a Latin, Greek or Cyrillic letter. Letters
/// that only look accented but are letters of their own in their alphabets (й, ї, ў) stay; ё is written е in
/// most Russian newspapers and folds to it. Arabic and Hebrew vowel points and the tatweel are dropped, and
/// the forms of alef are one letter, as is usual in Arabic retrieval (Larkey, Ballesteros, Connell 2002).
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let begin = out.len();
        out.push_str(word);
        out[begin..].make_ascii_lowercase();
        return;
    }
    for letter in word.chars() {
        fold_char(letter, out);
    }
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

fn fold_char(letter: char, out: &mut String) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    if let Some(plain) = special(letter) {
        out.push_str(plain);
        return;
    }
    match letter {
        // Combining marks of Latin, Greek and Cyrillic; soft hyphen, zero-width signs, direction marks.
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        // Arabic vowel points and tatweel, Hebrew points.
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{640}'
        | '\u{591}'..='\u{5c7}' => {}
        // Scripts in which decomposition splits no accents off, or none worth it. Kana and hangul are composed
        // letters: only their wide and narrow forms are one.
        '\u{4e00}'..='\u{9fff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{e00}'..='\u{e7f}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{900}'..='\u{d7f}' => out.push(letter),
        '\u{ff00}'..='\u{ffef}' => {
            for narrow in std::iter::once(letter).nfkc() {
                out.extend(narrow.to_lowercase());
            }
        }
        _ => {
            for lower in letter.to_lowercase() {
                if let Some(plain) = special(lower) {
                    out.push_str(plain);
                    continue;
                }
                for part in std::iter::once(lower).nfd() {
                    if !matches!(part, '\u{300}'..='\u{36f}') {
                        out.push(part);
                    }
                }
            }
        }
    }
}

/// Letters that decomposition leaves as they are, or must not touch.
fn special(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        'ı' | 'İ' => "i",
        'þ' | 'Þ' => "th",
        'ŋ' | 'Ŋ' => "n",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'й' | 'Й' => "й",
        'ї' | 'Ї' => "ї",
        'ў' | 'Ў' => "ў",
        'ё' | 'Ё' => "е",
        '’' | '‘' | 'ʼ' | '`' | '´' | 'ʹ' => "'",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' => "ي",
        'ة' => "ه",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding() {
        for (typed, folded) in [
            ("Obligations", "obligations"),
            ("Übergröße", "ubergrosse"),
            ("Łódź", "lodz"),
            ("Ёлка", "елка"),
            ("Йошкар", "йошкар"),
            ("İstanbul", "istanbul"),
            ("ＡＢＣ１", "abc1"),
            ("ά", "α"),
            ("가격", "가격"),
            ("がく", "がく"),
            ("O’Neil", "o'neil"),
            ("re\u{301}sume\u{301}", "resume"),
            ("क्षेत्र", "क्षेत्र"),
        ] {
            assert_eq!(fold(typed), folded);
        }
    }
}
