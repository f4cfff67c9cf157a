//! A paragraph -> its words and signs, with their place in it, sentence by sentence.

use super::words::{Shape, shape};

/// A word or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// How it is written.
    pub shape: Shape,
    /// Whether it begins a sentence.
    pub first: bool,
}

/// Adds the tokens of a paragraph to `tokens`.
pub fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let begin = tokens.len();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        // Most runs are small letters, or letters and figures with a sign behind them at most.
        let mut stop = at;
        while bytes.get(stop).is_some_and(u8::is_ascii_lowercase) {
            stop += 1;
        }
        let small = stop;
        while bytes.get(stop).is_some_and(u8::is_ascii_alphanumeric) {
            stop += 1;
        }
        let word = stop;
        while bytes.get(stop).is_some_and(|it| !it.is_ascii_whitespace()) {
            stop += 1;
        }
        if small == stop {
            push(text, at, stop, Some(Shape::Lower), tokens);
        } else if word > at && stop - word <= 1 && stop - at <= LONGEST {
            simple(text, at, word, stop, tokens);
        } else {
            chunk(text, at, stop, tokens);
        }
        at = stop;
    }
    mark_sentences(text, &mut tokens[begin..]);
}

/// The tokens of letters and figures up to `word`, with at most one sign of one byte behind them.
fn simple(text: &str, start: usize, word: usize, stop: usize, tokens: &mut Vec<Token>) {
    let letters = text.get(start..word).unwrap_or_default();
    match text.as_bytes().get(word..stop) {
        Some(b".") if letters == "www" => push(text, start, stop, Some(Shape::Number), tokens),
        Some(b"@") => push(text, start, stop, Some(Shape::Number), tokens),
        Some(b".") if keeps_stop(letters, None) => push(text, start, stop, None, tokens),
        Some([] | b"_") | None => push(text, start, stop, None, tokens),
        Some(_) => {
            push(text, start, word, None, tokens);
            push(text, word, stop, Some(Shape::Sign), tokens);
        }
    }
}

/// The longest run without white space that is taken apart; longer ones are no prose.
const LONGEST: usize = 200;

/// The tokens of a run without white space.
fn chunk(text: &str, start: usize, stop: usize, tokens: &mut Vec<Token>) {
    let mut start = start;
    let run = text.get(start..stop).unwrap_or_default();
    let is_address =
        || run.contains('@') || run.contains(':') && run.contains("://") || run.starts_with("www.");
    if run.len() > LONGEST || is_address() {
        push(text, start, stop, Some(Shape::Number), tokens);
        return;
    }
    // Signs before the word.
    while let Some(letter) = text.get(start..stop).and_then(|it| it.chars().next()) {
        if letter.is_alphanumeric() {
            break;
        }
        push(text, start, start + letter.len_utf8(), Some(Shape::Sign), tokens);
        start += letter.len_utf8();
    }
    let mut at = start;
    let mut before: Option<char> = None;
    while let Some(letter) = text.get(at..stop).and_then(|it| it.chars().next()) {
        let next = at + letter.len_utf8();
        let after = text.get(next..stop).and_then(|it| it.chars().next());
        if letter.is_alphanumeric() || letter == '_' {
            before = Some(letter);
            at = next;
            continue;
        }
        let inside = before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(char::is_alphanumeric)
            && holds_together(
                letter,
                text.get(start..at).unwrap_or_default(),
                text.get(next..stop).unwrap_or_default(),
            );
        let closes = letter == '.' && keeps_stop(text.get(start..at).unwrap_or_default(), after);
        if inside
            || closes
            || letter == '&' && before.is_some() && after.is_some_and(char::is_uppercase)
        {
            before = Some(letter);
            at = next;
            continue;
        }
        if start < at {
            push(text, start, at, None, tokens);
        }
        // A possessive: 's is a word of its own.
        let rest = text.get(next..stop).unwrap_or_default();
        let s = rest.starts_with(['s', 'S'])
            && !rest.get(1..).is_some_and(|it| it.starts_with(char::is_alphanumeric));
        if matches!(letter, '\'' | '’') && s && start < at {
            push(text, at, next + 1, Some(Shape::Sign), tokens);
            at = next + 1;
        } else {
            push(text, at, next, Some(Shape::Sign), tokens);
            at = next;
        }
        start = at;
        before = None;
    }
    if start < stop {
        push(text, start, stop, None, tokens);
    }
}

/// Whether a sign between two letters or figures leaves them one word.
fn holds_together(sign: char, before: &str, after: &str) -> bool {
    match sign {
        '.' | ',' => {
            let figures = before.ends_with(|it: char| it.is_ascii_digit());
            let figure = after.starts_with(|it: char| it.is_ascii_digit());
            figures && figure || sign == '.' && !figures
        }
        '\'' | '’' => {
            let possessive = after.starts_with(['s', 'S'])
                && !after.get(1..).is_some_and(|it| it.starts_with(char::is_alphanumeric));
            !possessive
        }
        '-' | '‐' | '‑' => {
            let word = after.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
            // A senator's party and state: `R-Iowa`.
            if matches!(before, "D" | "R" | "I") && word.starts_with(char::is_uppercase) {
                return false;
            }
            !(before.starts_with(char::is_uppercase) && TAILS.contains(&word))
        }
        _ => false,
    }
}

/// Lower-case words that follow a name and a hyphen without being part of it: `Minsk-based`.
const TAILS: &[&str] = &[
    "aligned",
    "area",
    "backed",
    "based",
    "bashing",
    "born",
    "bound",
    "brokered",
    "built",
    "centric",
    "century",
    "controlled",
    "day",
    "designed",
    "dominated",
    "drafted",
    "driven",
    "educated",
    "era",
    "essay",
    "financed",
    "free",
    "friendly",
    "funded",
    "held",
    "inspired",
    "installed",
    "language",
    "leaning",
    "led",
    "level",
    "like",
    "linked",
    "listed",
    "made",
    "majority",
    "mandated",
    "mediated",
    "month",
    "occupied",
    "only",
    "operated",
    "owned",
    "produced",
    "proof",
    "ranked",
    "registered",
    "related",
    "ruled",
    "run",
    "speaking",
    "sponsored",
    "style",
    "supported",
    "supplied",
    "trained",
    "type",
    "wide",
    "year",
];

/// Whether the full stop after `word` belongs to it.
fn keeps_stop(word: &str, after: Option<char>) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    if !first.is_alphabetic() {
        return false;
    }
    let second = letters.next();
    if second.is_none() {
        return first.is_uppercase();
    }
    if word.contains('.') {
        return word.rsplit('.').next().is_none_or(|it| it.chars().count() <= 2);
    }
    after.is_none_or(|it| !it.is_alphanumeric())
        && word.len() <= 7
        && SHORT.contains(&word.to_ascii_lowercase().as_str())
}

/// Abbreviations whose full stop belongs to them.
const SHORT: &[&str] = &[
    "adm", "ala", "alex", "apr", "ariz", "ark", "aug", "bros", "brig", "calif", "capt", "cmdr",
    "co", "col", "colo", "conn", "corp", "cos", "cpl", "dec", "del", "dept", "dr", "etc", "feb",
    "fla", "ft", "ga", "gen", "gov", "hon", "ill", "inc", "ind", "insp", "jan", "jr", "jul", "jun",
    "kan", "ky", "la", "lt", "ltd", "maj", "mass", "md", "messrs", "mich", "minn", "miss", "mo",
    "mont", "mr", "mrs", "ms", "mt", "neb", "nev", "no", "nov", "oct", "okla", "ont", "ore", "pa",
    "penn", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt",
    "spc", "sr", "st", "ste", "supt", "tenn", "tex", "va", "vs", "vt", "wash", "wis", "wyo",
];

fn push(text: &str, start: usize, end: usize, known: Option<Shape>, tokens: &mut Vec<Token>) {
    let Some(word) = text.get(start..end) else { return };
    let shape = known.unwrap_or_else(|| shape(word));
    tokens.push(Token { start: start as u32, end: end as u32, shape, first: false });
}

/// Marks the tokens that begin a sentence.
fn mark_sentences(text: &str, tokens: &mut [Token]) {
    let mut ended = true;
    for token in tokens.iter_mut() {
        let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        match token.shape {
            Shape::Sign => match word {
                "." | "!" | "?" => ended = true,
                "\"" | "'" | "”" | "’" | "“" | "‘" | ")" | "(" | "[" | "]" | "*" | "-" | "–"
                | "—" | "•" => {}
                _ => ended = false,
            },
            Shape::Lower => ended = false,
            Shape::Capital
            | Shape::Letter
            | Shape::Stopped
            | Shape::Upper
            | Shape::Dotted
            | Shape::Mixed
            | Shape::Joined
            | Shape::Number
            | Shape::Counted => {
                token.first = ended;
                ended = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let words: Vec<String> = tokens
            .iter()
            .map(|it| {
                format!(
                    "{}{}",
                    if it.first { "^" } else { "" },
                    &text[it.start as usize..it.end as usize]
                )
            })
            .collect();
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn words_and_signs() {
        check("He met Mr. Putin. \"So\" it ended.", "^He|met|Mr.|Putin|.|\"|^So|\"|it|ended|.");
        check("Russia's U.S.-led (AT&T) 1,200.", "^Russia|'s|U.S.|-|led|(|AT&T|)|1,200|.");
        check("J.R. O'Neil, Suk-yeol; People’ s", "^J.R.|O'Neil|,|Suk-yeol|;|People|’|s");
        check("", "");
        check("...", ".|.|.");
        check("www. a@ x_ Inc. Varga.", "^www.|a@|x_|Inc.|Varga|.");
        check("Inc. said (R-Iowa)", "^Inc.|said|(|R|-|Iowa|)");
    }
}
