//! Takes a run of letters and signs that is no plain word and gives its words: amounts, acronyms, compounds, addresses, Han.

use super::fold::{fold, fold_into};
use super::tokens::{Form, FormKind, Scan, Visitor};

/// Joined forms of more words than this are not made: the limit keeps a hostile text from growing.
const MOST_JOINED: usize = 30;
/// Nor longer ones, in bytes.
const LONGEST_JOINED: usize = 200;
/// Hyphenated words of more parts are phrases, not words.
const MOST_HYPHENATED: usize = 4;

/// A part of the run that takes one position.
#[derive(Clone, Copy)]
struct Atom {
    start: usize,
    end: usize,
    /// Letters apart by stops: `U.S.`.
    acronym: bool,
    /// Where a sign that belongs to it begins (`$1.5`, `#metoo`), if one does.
    sign_start: Option<usize>,
}

/// Visits the words of the run `text[start..stop]`.
pub(super) fn scan<V: Visitor>(scan: &mut Scan<'_, '_, V>, start: usize, stop: usize) {
    let text = scan.text;
    let run = &text[start..stop];
    let address = run.contains("://") || run.contains('@') || run.starts_with("www.");
    let letters: Vec<(usize, char)> = run.char_indices().map(|(at, it)| (start + at, it)).collect();
    let mut compound = Compound::default();
    let mut sign = None;
    let mut at = 0;
    while at < letters.len() {
        let (byte, letter) = letters[at];
        let group = script_without_spaces(letter);
        if group != 0 {
            compound.flush(scan);
            let length =
                letters[at..].iter().take_while(|it| script_without_spaces(it.1) == group).count();
            pairs(scan, &letters[at..at + length]);
            at += length;
            sign = None;
        } else if is_word_letter(letter) {
            let (atom, length) = atom(&letters[at..], stop, sign.take());
            compound.push(scan, atom);
            at += length;
        } else {
            let follows = letters
                .get(at + 1)
                .is_some_and(|it| is_word_letter(it.1) && script_without_spaces(it.1) == 0);
            let connects = compound.ends_at(byte) && (is_connector(letter) || address);
            if connects && (follows || address && at + 1 < letters.len()) {
                compound.connect(byte + letter.len_utf8(), is_hyphen(letter));
            } else {
                compound.flush(scan);
                sign = (follows && is_sign(letter)).then_some(byte);
                let alone = letters.len() == 1 && is_currency(letter);
                scan.currency = alone.then_some((letter, stop));
            }
            at += 1;
        }
    }
    compound.flush(scan);
    if letters.len() > 1 {
        scan.currency = None;
    }
}

/// Words that ordinary texts hold in small letters too: in capitals they are an acronym, and a form of it.
pub(super) fn is_pronoun_like(folded: &str) -> bool {
    matches!(folded, "us" | "it" | "who")
}

/// `us` -> `u.s.`
pub(super) fn dotted(folded: &str) -> String {
    folded.chars().flat_map(|letter| [letter, '.']).collect()
}

/// Short words that the letters of an acronym must not be mistaken for: `U.S.` is no `us`, `a.m.` no `am`.
const SMALL_WORDS: &[&str] = &[
    "us", "it", "is", "as", "at", "an", "in", "on", "or", "am", "no", "so", "to", "do", "he", "me",
    "we", "be", "by", "my", "up", "if", "of", "who", "all", "can", "are", "may", "un", "el", "la",
    "le", "de", "et", "es", "im", "zu", "da",
];

/// Elided articles and pronouns that stand before an apostrophe in the Romance languages.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell",
    "all", "nell", "sull", "dall", "un", "quell", "gl", "coll",
];

/// The atoms of a compound that is being read.
#[derive(Default)]
struct Compound {
    atoms: Vec<Atom>,
    end: usize,
    only_hyphens: bool,
}

impl Compound {
    fn ends_at(&self, byte: usize) -> bool {
        !self.atoms.is_empty() && self.end == byte
    }

    fn connect(&mut self, end: usize, hyphen: bool) {
        self.only_hyphens &= hyphen;
        self.end = end;
    }

    fn push<V: Visitor>(&mut self, scan: &mut Scan<'_, '_, V>, atom: Atom) {
        if !self.ends_at(atom.start) {
            self.flush(scan);
        }
        if self.atoms.is_empty() {
            self.only_hyphens = true;
        }
        self.end = atom.end;
        self.atoms.push(atom);
    }

    fn flush<V: Visitor>(&mut self, scan: &mut Scan<'_, '_, V>) {
        let mut atoms = std::mem::take(&mut self.atoms);
        // The scheme of an address says nothing: it is a word before it.
        let mut rest = &atoms[..];
        while let [first, tail @ ..] = rest
            && !tail.is_empty()
            && !self.only_hyphens
            && matches!(&scan.text[first.start..first.end], "http" | "https" | "www")
        {
            word(scan, *first);
            rest = tail;
        }
        if rest.len() > 1 {
            joined(scan, rest, self.only_hyphens);
        }
        for atom in rest {
            word(scan, *atom);
        }
        atoms.clear();
        self.atoms = atoms;
    }
}

/// Says the form that joins all the atoms, which then follow one by one.
fn joined<V: Visitor>(scan: &mut Scan<'_, '_, V>, atoms: &[Atom], only_hyphens: bool) {
    let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return };
    let end = without_possessive(scan.text, last.start, last.end);
    let most = if only_hyphens { MOST_HYPHENATED } else { MOST_JOINED };
    if atoms.len() > most || end - first.start > LONGEST_JOINED {
        return;
    }
    let mut form = String::new();
    if only_hyphens {
        for atom in atoms {
            fold_into(&scan.text[atom.start..atom.end.min(end)], &mut form);
        }
    } else {
        fold_into(&scan.text[first.start..end], &mut form);
    }
    let class = scan.class(&scan.text[first.start..end]);
    let (start, position) = (first.start, scan.position);
    let width = u32::try_from(atoms.len()).unwrap_or(u32::MAX);
    // The sentence border has to be known before the first form of the sentence is said.
    scan.word(start, first.end);
    scan.emit(Form { text: &form, kind: FormKind::Joined, position, width, class, start, end });
}

/// Says the forms of one atom and takes a position for it.
fn word<V: Visitor>(scan: &mut Scan<'_, '_, V>, atom: Atom) {
    let text = scan.text;
    let end = without_possessive(text, atom.start, atom.end);
    let original = &text[atom.start..end];
    let class = scan.class(original);
    scan.word(atom.start, end);
    let mut main = std::mem::take(&mut scan.buffer);
    main.clear();
    if atom.acronym {
        for letter in original.chars().filter(|it| *it != '.') {
            fold_into(letter.encode_utf8(&mut [0; 4]), &mut main);
            main.push('.');
        }
    } else if is_grouped_number(original) {
        main.extend(original.chars().filter(|it| *it != ','));
    } else {
        fold_into(original, &mut main);
    }
    if main.is_empty() {
        // Nothing but signs that folding drops: it still is a word of the text.
        main.push_str(original);
    }
    let at = Form {
        text: "",
        kind: FormKind::Main,
        position: scan.position,
        width: 1,
        class,
        start: atom.start,
        end,
    };
    scan.emit(Form { text: &main, ..at });
    if atom.acronym {
        let letters = main.replace('.', "");
        if !SMALL_WORDS.contains(&letters.as_str()) {
            scan.emit(Form { text: &letters, kind: FormKind::Also, ..at });
        }
    } else if let Some(rest) = after_elision(&main) {
        scan.emit(Form { text: rest, kind: FormKind::Also, ..at });
    }
    if let Some(signed) = with_sign(scan, atom, end, &main) {
        scan.emit(Form { text: &signed, kind: FormKind::Written, ..at });
    } else if class == super::Class::All && is_pronoun_like(&main) {
        scan.emit(Form { text: &dotted(&main), kind: FormKind::Written, ..at });
    }
    scan.buffer = main;
    scan.position += 1;
    scan.currency = None;
}

/// The form with the sign before or behind it, if there is one.
fn with_sign<V: Visitor>(
    scan: &Scan<'_, '_, V>,
    atom: Atom,
    end: usize,
    main: &str,
) -> Option<String> {
    if let Some(sign) = atom.sign_start {
        return Some(format!("{}{main}", &scan.text[sign..atom.start]));
    }
    if !main.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    if let Some((sign, after)) = scan.currency
        && scan
            .text
            .get(after..atom.start)
            .is_some_and(|gap| gap.len() <= 2 && gap.trim().is_empty())
    {
        return Some(format!("{sign}{main}"));
    }
    scan.text[end..].starts_with('%').then(|| format!("{main}%"))
}

/// Says the letters of a script without spaces, one position each, and the pairs they make.
fn pairs<V: Visitor>(scan: &mut Scan<'_, '_, V>, letters: &[(usize, char)]) {
    let mut form = String::new();
    for (at, (start, letter)) in letters.iter().enumerate() {
        let end = start + letter.len_utf8();
        scan.word(*start, end);
        form.clear();
        form.push_str(&fold(letter.encode_utf8(&mut [0; 4])));
        if form.is_empty() {
            form.push(*letter);
        }
        let single = Form {
            text: &form,
            kind: FormKind::Main,
            position: scan.position,
            width: 1,
            class: super::Class::Lower,
            start: *start,
            end,
        };
        scan.emit(single);
        if let Some((_, next)) = letters.get(at + 1) {
            let place = Form { text: "", kind: FormKind::Pair, ..single };
            let next = fold(next.encode_utf8(&mut [0; 4]));
            form.push_str(&next);
            scan.emit(Form { text: &form, ..place });
        }
        scan.position += 1;
    }
    scan.currency = None;
}

/// Reads one atom from the front of `letters`; gives it and how many letters it took.
fn atom(letters: &[(usize, char)], stop: usize, sign_start: Option<usize>) -> (Atom, usize) {
    let start = letters[0].0;
    let end_of = |count: usize| letters.get(count).map_or(stop, |it| it.0);
    let stops = acronym_length(letters);
    if stops > 0 {
        return (Atom { start, end: end_of(stops), acronym: true, sign_start }, stops);
    }
    let mut length = 1;
    while let Some((_, letter)) = letters.get(length) {
        let before = letters[length - 1].1;
        let after = letters.get(length + 1).map(|it| it.1);
        let part = if is_word_letter(*letter) {
            script_without_spaces(*letter) == 0
        } else if is_apostrophe(*letter) {
            before.is_alphabetic() && after.is_some_and(char::is_alphabetic)
        } else if matches!(letter, '.' | ',' | ':') {
            before.is_numeric() && after.is_some_and(char::is_numeric)
        } else if *letter == '&' {
            before.is_alphabetic() && after.is_some_and(char::is_alphabetic) && length <= 4
        } else if matches!(letter, '+' | '#') {
            // C++, C#, F#: after one letter, or another such sign behind it.
            length == 1 && before.is_ascii_alphabetic() || length == 2 && before == '+'
        } else {
            false
        };
        if !part {
            break;
        }
        length += 1;
    }
    (Atom { start, end: end_of(length), acronym: false, sign_start }, length)
}

/// How many letters and stops at the front are an acronym (`U.S.`, `U.S`, `N.A.T.O.`); 0 if none.
fn acronym_length(letters: &[(usize, char)]) -> usize {
    let letter_at = |at: usize| {
        letters.get(at).is_some_and(|it| it.1.is_alphabetic() && script_without_spaces(it.1) == 0)
    };
    let stop_at = |at: usize| letters.get(at).is_some_and(|it| it.1 == '.');
    let word_at = |at: usize| letters.get(at).is_some_and(|it| is_word_letter(it.1));
    let mut at = 0;
    while letter_at(at) && stop_at(at + 1) && !(at > 0 && word_at(at + 1)) {
        at += 2;
    }
    if letter_at(at) && !word_at(at + 1) && at >= 2 {
        at += 1;
    } else if word_at(at) {
        // `p.example`: the stop is no stop of an acronym.
        return 0;
    }
    if at >= 3 { at } else { 0 }
}

/// The end of the word without its possessive: CSTO's is CSTO.
fn without_possessive(text: &str, start: usize, end: usize) -> usize {
    let word = &text[start..end];
    let Some(base) = word.strip_suffix(['s', 'S']) else { return end };
    match base.strip_suffix(is_apostrophe) {
        Some(owner) if owner.chars().next_back().is_some_and(char::is_alphanumeric) => {
            start + owner.len()
        }
        _ => end,
    }
}

fn after_elision(folded: &str) -> Option<&str> {
    let (article, rest) = folded.split_once('\'')?;
    (ELISIONS.contains(&article) && rest.chars().nth(1).is_some()).then_some(rest)
}

/// `1,200` and `1,200,000.50`, but not `1,20`.
pub(super) fn is_grouped_number(word: &str) -> bool {
    if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let whole = word.split('.').next().unwrap_or(word);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut others = 0;
    for group in groups {
        if group.len() != 3 {
            return false;
        }
        others += 1;
    }
    others > 0
        && (1..=3).contains(&first.len())
        && word.bytes().all(|it| it.is_ascii_digit() || matches!(it, b',' | b'.'))
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93c}'..='\u{94d}' | '\u{591}'..='\u{5c7}')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}')
}

fn is_connector(letter: char) -> bool {
    is_hyphen(letter) || matches!(letter, '/' | '_' | '.' | '@')
}

fn is_sign(letter: char) -> bool {
    is_currency(letter) || matches!(letter, '#' | '@')
}

fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₴' | '₩' | '₺')
}

/// Whether a letter is of a script that leaves no spaces between words, or puts endings on them (hangul).
pub fn is_written_without_spaces(letter: char) -> bool {
    script_without_spaces(letter) > 0
}

/// A number for scripts that leave no spaces between words (Han and kana, hangul, Thai, ...); 0 for all others.
fn script_without_spaces(letter: char) -> u8 {
    // Nearly every letter there is comes before them.
    if letter < '\u{e00}' {
        return 0;
    }
    match letter {
        '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}' => 1,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{e01}'..='\u{e4e}' => 3,
        '\u{e80}'..='\u{eff}' => 4,
        '\u{1000}'..='\u{109f}' => 5,
        '\u{1780}'..='\u{17ff}' => 6,
        _ => 0,
    }
}
