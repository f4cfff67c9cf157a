//! A pattern and a word -> whether they fit: wildcards, edit distance and a small kind of regular expression.

/// `*` is any letters, none too; `?` is one letter.
pub(crate) fn fits_wildcard(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|from| fits_wildcard(rest, &word[from..])),
        Some(('?', rest)) => !word.is_empty() && fits_wildcard(rest, &word[1..]),
        Some((letter, rest)) => word.first() == Some(letter) && fits_wildcard(rest, &word[1..]),
    }
}

/// Whether two words differ by no more than so many letters put in, taken out, changed or swapped with the next.
pub(crate) fn is_like(a: &[char], b: &[char], most: usize) -> bool {
    let (Some((first, a_rest)), Some((other, b_rest))) = (a.split_first(), b.split_first()) else {
        return a.len().max(b.len()) <= most;
    };
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    if first == other && is_like(a_rest, b_rest, most) {
        return true;
    }
    let swapped = a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0];
    most > 0
        && (swapped && is_like(&a[2..], &b[2..], most - 1)
            || is_like(a_rest, b_rest, most - 1)
            || is_like(a, b_rest, most - 1)
            || is_like(a_rest, b, most - 1))
}

/// Whether a whole word fits an expression of letters, `.`, `[ab]`, `(a|b)` and `*`, `+`, `?` behind one of these.
pub(crate) fn fits_expression(expression: &str, word: &[char]) -> bool {
    let letters: Vec<char> = expression.chars().collect();
    ends_of(&letters, word, 0).contains(&word.len())
}

/// Where the expression, begun at `from`, may end in the word.
fn ends_of(expression: &[char], word: &[char], from: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    for branch in branches(expression) {
        let mut reached = vec![from];
        let mut rest = branch;
        while !rest.is_empty() {
            let (atom, after) = rest.split_at(atom_length(rest));
            let (sign, after) = match after.split_first() {
                Some((sign @ ('*' | '+' | '?'), after)) => (Some(*sign), after),
                _ => (None, after),
            };
            let mut next: Vec<usize> = Vec::new();
            if matches!(sign, Some('*' | '?')) {
                next.extend(&reached);
            }
            let mut step = reached;
            loop {
                step = step.iter().flat_map(|at| ends_of_atom(atom, word, *at)).collect();
                step.sort_unstable();
                step.dedup();
                step.retain(|at| !next.contains(at));
                next.extend(&step);
                if step.is_empty() || !matches!(sign, Some('*' | '+')) {
                    break;
                }
            }
            reached = next;
            rest = after;
        }
        ends.extend(reached);
    }
    ends
}

fn ends_of_atom(atom: &[char], word: &[char], at: usize) -> Vec<usize> {
    match atom {
        ['(', inner @ .., ')'] => ends_of(inner, word, at),
        _ => match word.get(at) {
            Some(letter) if fits_one(atom, *letter) => vec![at + 1],
            _ => Vec::new(),
        },
    }
}

fn fits_one(atom: &[char], letter: char) -> bool {
    match atom {
        ['.'] => true,
        ['[', set @ .., ']'] => set.contains(&letter),
        [one] => *one == letter,
        _ => false,
    }
}

fn atom_length(expression: &[char]) -> usize {
    let close = match expression[0] {
        '[' => ']',
        '(' => ')',
        _ => return 1,
    };
    expression.iter().position(|it| *it == close).map_or(1, |it| it + 1)
}

/// The parts between `|` outside parentheses.
fn branches(expression: &[char]) -> Vec<&[char]> {
    let mut depth = 0;
    expression
        .split(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            *letter == '|' && depth == 0
        })
        .collect()
}
