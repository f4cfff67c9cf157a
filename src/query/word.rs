//! One run of typed letters and signs -> a word or a pattern.

use super::ast::{Term, TermKind};
use super::problems::{Problems, quoted};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;

/// The longest regular expression, in letters.
pub(super) const LONGEST_EXPRESSION: usize = 1000;
/// The largest automaton an expression may need, in bytes.
const LARGEST_AUTOMATON: usize = 1 << 20;
/// How many brackets an expression may nest.
const EXPRESSION_DEPTH: u32 = 40;

/// What a run of letters and signs is.
#[derive(Debug, PartialEq)]
pub(super) enum Word {
    /// A word or a pattern.
    Term(Term),
    /// A lone `*`.
    Everything,
    /// Signs without a letter or digit.
    Punctuation,
}

#[derive(Clone, Copy)]
struct Sign {
    letter: char,
    /// Written after a backslash: never an operator.
    literal: bool,
}

impl Sign {
    fn is(self, letter: char) -> bool {
        self.letter == letter && !self.literal
    }
}

/// Reads one word at `start`; `in_phrase` allows what is written before a word outside quotes: `=` and `/.../`.
pub(super) fn read_word(
    typed: &[char],
    start: usize,
    in_phrase: bool,
    problems: &mut Problems,
) -> Word {
    if typed.iter().all(|it| it.is_alphanumeric()) {
        return stem(typed.iter().collect());
    }
    let end = start + typed.len();
    if in_phrase && is_expression(typed) && !typed.iter().any(|it| is_quote(*it)) {
        if let Some(term) = read_expression(&typed[1..typed.len() - 1], start, problems) {
            return Word::Term(term);
        }
        if !typed.iter().any(|it| it.is_alphanumeric()) {
            return stem(typed.iter().collect());
        }
    }
    let mut signs = unescape(typed);
    let exact = in_phrase && signs.len() > 1 && signs[0].is('=');
    if exact {
        signs.remove(0);
    }
    let opening = signs.iter().take_while(|it| !it.literal && opens(it.letter)).count();
    signs.drain(..opening);
    let truncated = trim_end(&mut signs, start..end, problems);
    if truncated {
        signs.push(Sign { letter: '*', literal: false });
    }
    let similar = suffix(&mut signs, typed, start..end, in_phrase, problems);
    let kind = match similar {
        Some(kind) => kind,
        None if exact => TermKind::Exact,
        None => TermKind::Stem,
    };
    let is_sign = |it: &Sign| matches!(it.letter, '*' | '?');
    if signs.iter().any(|it| is_sign(it) && it.literal)
        && signs.iter().any(|it| is_sign(it) && !it.literal)
    {
        problems.add(
            start..end,
            format_args!(
                "`{}` has signs with and without a backslash: read as text",
                quoted(typed)
            ),
            format_args!("a pattern has no `*` or `?` as letters"),
        );
        for sign in &mut signs {
            sign.literal = true;
        }
    }
    if similar.is_some() && ends_in_question(&signs) {
        problems.add(
            start..end,
            format_args!("`?` before `~` is left out"),
            format_args!("inside a word `?` is any letter"),
        );
        while ends_in_question(&signs) {
            signs.pop();
        }
    }
    let has_wildcard = signs.iter().any(|it| it.is('*') || it.is('?'));
    let has_letter = signs.iter().any(|it| it.letter.is_alphanumeric());
    if !has_letter {
        if similar.is_none() && !signs.is_empty() && signs.iter().all(|it| it.literal) {
            problems.add(
                start..end,
                format_args!("`{}` has no letter or digit: no article has it", quoted(typed)),
                format_args!("without the backslash it is left out"),
            );
            let text = signs.iter().map(|it| it.letter).collect();
            return Word::Term(Term { text, kind, case: None, required: false });
        }
        return match (has_wildcard, in_phrase) {
            (true, true) => Word::Term(Term {
                text: "*".into(),
                kind: TermKind::Wildcard,
                case: None,
                required: false,
            }),
            (true, false) => {
                if typed.iter().any(|it| *it != '*') {
                    problems.add(
                        start..end,
                        format_args!("`{}` is read as `*`: every article", quoted(typed)),
                        format_args!("a pattern needs a letter, as in `oblig*`"),
                    );
                }
                Word::Everything
            }
            (false, _) => Word::Punctuation,
        };
    }
    let kind = if has_wildcard {
        if signs.iter().any(|it| it.is('[')) {
            problems.add(
                start..end,
                format_args!("`[` in the pattern `{}` is text", quoted(typed)),
                format_args!("sets of letters are for expressions: `/.*202[0-4]/`"),
            );
        }
        if matches!(kind, TermKind::Fuzzy(_)) {
            problems.add(
                start..end,
                format_args!("`{}` has both a wildcard and `~`: `~` is left out", quoted(typed)),
                format_args!("use one of them"),
            );
        }
        TermKind::Wildcard
    } else {
        kind
    };
    let text = signs.iter().map(|it| it.letter).collect();
    Word::Term(Term { text, kind, case: None, required: false })
}

/// A regular expression (without its slashes), unless it is none.
pub(super) fn read_expression(
    inner: &[char],
    start: usize,
    problems: &mut Problems,
) -> Option<Term> {
    let text: String = inner.iter().collect();
    let spot = start..start + inner.len() + 2;
    let config = syntax::Config::new().nest_limit(EXPRESSION_DEPTH);
    let reason = match syntax::parse_with(&text, &config) {
        Err(error) => reason(&error.to_string()),
        Ok(_) if text.contains('{') && !fits(&text) => "it is too large".to_owned(),
        Ok(_) => {
            return Some(Term { text, kind: TermKind::Regex, case: None, required: false });
        }
    };
    problems.add(
        spot,
        format_args!("`/{}/` is no regular expression ({reason}): read as text", quoted(inner)),
        format_args!("expressions run over one whole word, as in `/lukashenk[oa]/`"),
    );
    None
}

/// Words without any operator, field or pattern in them.
pub(super) fn plain_words(text: &str) -> Vec<Term> {
    text.split(|it: char| {
        super::lexer::is_space(it) || is_quote(it) || matches!(it, '(' | ')' | '|')
    })
    .filter_map(|piece| {
        let piece = piece.trim_start_matches(|it: char| {
            !it.is_alphanumeric() && !matches!(it, '$' | '€' | '£' | '.')
        });
        let piece = piece.trim_start_matches("..");
        let cut = piece.trim_end_matches(|it: char| !it.is_alphanumeric());
        let tail = &piece[cut.len()..];
        // `U.S.`, `C++` and `C#` keep their ends.
        let keep = if tail.starts_with('.') && cut.contains('.') {
            1
        } else {
            tail.len() - tail.trim_start_matches(['+', '#']).len()
        };
        let word = &piece[..cut.len() + keep];
        (!cut.is_empty()).then(|| Term {
            text: word.to_owned(),
            kind: TermKind::Stem,
            case: None,
            required: false,
        })
    })
    .collect()
}

/// Whether this sign opens or closes a phrase.
pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』')
}

/// Whether these signs, standing alone in a text, are its punctuation rather than a slip of the query.
pub(super) fn is_plain_punctuation(typed: &[char]) -> bool {
    typed.iter().all(|it| {
        is_dash(*it)
            || matches!(it, '.' | ',' | ';' | ':' | '…' | '·' | '•' | '\'' | '’' | '‘' | '/')
    })
}

pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '−')
}

pub(super) fn is_expression(typed: &[char]) -> bool {
    typed.len() > 2
        && typed[0] == '/'
        && typed[typed.len() - 1] == '/'
        && typed.len() <= LONGEST_EXPRESSION + 2
}

fn stem(text: String) -> Word {
    Word::Term(Term { text, kind: TermKind::Stem, case: None, required: false })
}

/// Whether a backslash before this sign makes it text.
pub(super) fn escapable(letter: char) -> bool {
    !letter.is_alphanumeric() && !super::lexer::is_space(letter)
}

fn unescape(typed: &[char]) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(typed.len());
    let mut index = 0;
    while index < typed.len() {
        let next = typed.get(index + 1);
        let escapes = typed[index] == '\\' && next.is_some_and(|it| index == 0 || escapable(*it));
        if escapes {
            index += 1;
        }
        signs.push(Sign { letter: typed[index], literal: escapes });
        index += 1;
    }
    signs
}

/// Takes sentence punctuation from the end; true if a final `!` asks for any ending.
fn trim_end(signs: &mut Vec<Sign>, spot: std::ops::Range<usize>, problems: &mut Problems) -> bool {
    let mut asked = false;
    while let Some(last) = signs.last().copied() {
        let before = signs.len().checked_sub(2).map(|index| signs[index]);
        if last.literal {
            break;
        }
        match last.letter {
            '.' => {
                let others = signs[..signs.len() - 1].iter().any(|it| it.is('.'));
                if others && !before.is_some_and(|it| it.is('.')) {
                    break;
                }
            }
            '?' if before.is_some_and(|it| !it.is('*') && !it.is('?')) || asked => {
                if !asked {
                    let at = spot.end.saturating_sub(1)..spot.end;
                    problems.add(
                        at,
                        format_args!("`?` at the end of a word is punctuation"),
                        format_args!("inside a word `?` is any letter; `*` is any ending"),
                    );
                }
                asked = true;
            }
            '?' if before.is_some_and(|it| it.is('?')) => {}
            '!' => {
                let word_before =
                    before.is_some_and(|it| it.literal || it.letter.is_alphanumeric());
                if word_before && !asked {
                    signs.pop();
                    return true;
                }
                if before.is_some() && !asked {
                    problems.add(
                        spot.clone(),
                        format_args!("`!` here is punctuation"),
                        format_args!("one `!` at the end of a word is any ending: `oblig!`"),
                    );
                    asked = true;
                }
            }
            // A bracket that closes one inside of the word is part of it: `x[1]`.
            ']' | '}' | ')' | '>' if closes_one_inside(signs) => break,
            '^' | '~' if signs.len() == 1 => {}
            '^' => problems.add(
                spot.clone(),
                format_args!("`^` without a number is left out"),
                format_args!("`word^2` makes a part weigh twice as much"),
            ),
            letter if closes(letter) => {}
            _ => break,
        }
        signs.pop();
    }
    false
}

/// Whether the bracket at the end has its other half among the signs before it.
fn closes_one_inside(signs: &[Sign]) -> bool {
    let Some((last, before)) = signs.split_last() else { return false };
    let opening = match last.letter {
        ']' => '[',
        '}' => '{',
        ')' => '(',
        '>' => '<',
        _ => return false,
    };
    let count = |letter: char| before.iter().filter(|it| it.letter == letter).count();
    count(opening) > count(last.letter)
}

/// Takes `~2` or another product's `$3` from the end.
fn suffix(
    signs: &mut Vec<Sign>,
    typed: &[char],
    spot: std::ops::Range<usize>,
    in_phrase: bool,
    problems: &mut Problems,
) -> Option<TermKind> {
    let last = signs.iter().rposition(|it| !it.letter.is_ascii_digit() && !it.is('.'))?;
    let digits: String = signs[last + 1..].iter().map(|it| it.letter).collect();
    if last > 0 && signs[last].is('~') {
        signs.truncate(last);
        return match digits.as_str() {
            "" | "1" => Some(TermKind::Fuzzy(1)),
            "2" => Some(TermKind::Fuzzy(2)),
            "0" => {
                problems.add(
                    spot,
                    format_args!(
                        "`{}` allows no other letter: read as this very form",
                        quoted(typed)
                    ),
                    format_args!("write `=` before the word"),
                );
                Some(TermKind::Exact)
            }
            _ => {
                let most = if digits.starts_with("0.") { 1 } else { 2 };
                problems.add(
                    spot,
                    format_args!("`{}` is read with `~{most}`", quoted(typed)),
                    format_args!("up to 2 letters may differ: `~` or `~2`"),
                );
                Some(TermKind::Fuzzy(most))
            }
        };
    }
    let letters = signs[..last].iter().all(|it| it.letter.is_alphabetic());
    if !in_phrase
        && signs[last].is('$')
        && last >= 3
        && letters
        && digits.len() <= 2
        && !digits.contains('.')
    {
        signs.truncate(last);
        signs.push(Sign { letter: '*', literal: false });
        let word: String = signs.iter().map(|it| it.letter).collect();
        problems.add(
            spot,
            format_args!("`{}` is read as `{word}`", quoted(typed)),
            format_args!("`*` is any ending, `?` one letter"),
        );
    }
    None
}

/// Whether a `?` ends the signs that would be punctuation if it were typed so.
fn ends_in_question(signs: &[Sign]) -> bool {
    matches!(signs, [.., before, last] if last.is('?') && !before.is('*'))
}

fn opens(letter: char) -> bool {
    closes(letter) || matches!(letter, '¡' | '¿')
}

fn closes(letter: char) -> bool {
    is_dash(letter)
        || is_quote(letter)
        || matches!(
            letter,
            ',' | ';'
                | ':'
                | '…'
                | '·'
                | '•'
                | '\''
                | '’'
                | '‘'
                | '‚'
                | '['
                | ']'
                | '{'
                | '}'
                | '('
                | ')'
                | '<'
                | '>'
                | '、'
                | '。'
        )
}

fn fits(text: &str) -> bool {
    let config = thompson::Config::new().nfa_size_limit(Some(LARGEST_AUTOMATON));
    thompson::Compiler::new().configure(config).build(text).is_ok()
}

/// The last line of the expression library's message, which alone is a sentence.
fn reason(message: &str) -> String {
    let line = message.lines().last().unwrap_or_default();
    line.trim().trim_start_matches("error: ").replace('`', "'")
}
