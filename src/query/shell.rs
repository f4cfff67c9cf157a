//! Arguments as the shell hands them over -> the text of one query.

use super::problems::{Problem, Problems, quoted};
use super::word;

/// Joins the arguments; where the shell has eaten the quotes of a phrase they are put back, and that is said.
pub fn from_arguments(arguments: &[String]) -> (String, Vec<Problem>) {
    if let [only] = arguments {
        return (only.clone(), Vec::new());
    }
    let mut text = String::new();
    let mut length = 0;
    let mut problems = Problems::default();
    for argument in arguments {
        if argument.trim().is_empty() {
            continue;
        }
        if length > 0 {
            text.push(' ');
            length += 1;
        }
        let start = length;
        let restored = with_quotes(argument);
        let added = restored.as_ref().unwrap_or(argument);
        text.push_str(added);
        length += added.chars().count();
        if let Some(restored) = &restored {
            let shown: Vec<char> = restored.chars().collect();
            problems.add(
                start..length,
                format_args!("an argument with a space is read as a phrase: `{}`", quoted(&shown)),
                format_args!("unquoted, its words are looked for anywhere; a group is '(a OR b)'"),
            );
        }
    }
    (text, problems.finish())
}

/// The argument with quotes around its words, if it has a space and neither quotes nor parentheses of its own.
fn with_quotes(argument: &str) -> Option<String> {
    let argument = argument.trim();
    let own = |it: char| word::is_quote(it) || matches!(it, '(' | ')' | '[' | ']');
    if !argument.contains(char::is_whitespace) || argument.contains(own) {
        return None;
    }
    let body = argument.trim_start_matches(['-', '+', '=']);
    let mut signs = argument[..argument.len() - body.len()].to_owned();
    let mut body = body;
    if let Some((name, rest)) = body.split_once(':') {
        let touches = rest.starts_with(|it: char| !it.is_whitespace());
        if touches && crate::field::find(name).is_some() {
            let value = rest.trim_start_matches('=');
            signs.push_str(&body[..body.len() - value.len()]);
            body = value;
        }
    }
    let mut window = "";
    if let Some(at) = body.rfind('~') {
        let digits = &body[at + 1..];
        if !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) {
            window = &body[at..];
            body = &body[..at];
        }
    }
    let body = body.trim();
    (!body.is_empty()).then(|| format!("{signs}\"{body}\"{window}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(arguments: &[&str]) -> (String, usize) {
        let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        let (text, problems) = from_arguments(&arguments);
        (text, problems.len())
    }

    #[test]
    fn quotes_eaten_by_the_shell_come_back() {
        assert_eq!(joined(&["csto", "-obligations"]), ("csto -obligations".into(), 0));
        assert_eq!(joined(&["csto obligations"]), ("csto obligations".into(), 0));
        assert_eq!(
            joined(&["putin", "csto obligations"]),
            ("putin \"csto obligations\"".into(), 1)
        );
        assert_eq!(joined(&["x", "by:Dmitry Sudakov"]), ("x by:\"Dmitry Sudakov\"".into(), 1));
        assert_eq!(joined(&["x", "-a b"]), ("x -\"a b\"".into(), 1));
        assert_eq!(joined(&["x", "=a b"]), ("x =\"a b\"".into(), 1));
        assert_eq!(joined(&["x", "a b~5"]), ("x \"a b\"~5".into(), 1));
        assert_eq!(joined(&["x", "(a OR b)"]), ("x (a OR b)".into(), 0));
        assert_eq!(joined(&["x", "title:\"a b\""]), ("x title:\"a b\"".into(), 0));
        assert_eq!(joined(&[]), (String::new(), 0));
    }
}
