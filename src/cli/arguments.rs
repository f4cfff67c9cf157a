//! Arguments of `search`, `count`, `kwic` and `timeline` sorted: options wherever they stand, everything else is the query.
//!
//! `-word` is query text there, `--x` an option, and an unknown one an error. `--` ends the options; `-` alone reads
//! the query from standard input, but after `--` it is the query `-`.

use std::ffi::OsString;

/// Commands whose arguments are a query.
const QUERIES: &[&str] = &["search", "count", "kwic", "timeline"];
/// The hidden option that stands for a `-` before `--`.
pub(super) const FROM_INPUT: &str = "--query-from-input";

/// Puts the options before the words of a query, so that the parser of options never sees a `-word`.
pub(super) fn sorted(root: &clap::Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let takes_value = |command: Option<&clap::Command>, long: &str| {
        let options =
            command.into_iter().flat_map(clap::Command::get_arguments).chain(root.get_arguments());
        options.filter(|it| it.get_long() == Some(long)).any(|it| it.get_action().takes_values())
    };
    let mut rest = arguments.iter();
    let mut options: Vec<OsString> = rest.next().cloned().into_iter().collect();
    // Options of the program may stand before the command.
    let mut command = None;
    while let Some(argument) = rest.next() {
        options.push(argument.clone());
        match argument.to_str() {
            Some(text) if text.starts_with("--") => {
                if !text.contains('=') && takes_value(None, &text[2..]) {
                    options.extend(rest.next().cloned());
                }
            }
            Some(text) if QUERIES.contains(&text) => {
                command = root.get_subcommands().find(|it| it.get_name() == text);
                break;
            }
            _ => return arguments,
        }
    }
    if command.is_none() {
        return arguments;
    }
    let mut words: Vec<OsString> = Vec::new();
    let mut from_input = false;
    while let Some(argument) = rest.next() {
        match argument.to_str() {
            Some("--") => {
                words.extend(rest.by_ref().cloned());
            }
            Some("-") => {
                from_input = true;
                words.push(argument.clone());
            }
            Some(text) if text.starts_with("--") => {
                options.push(argument.clone());
                if !text.contains('=') && takes_value(command, &text[2..]) {
                    options.extend(rest.next().cloned());
                }
            }
            _ => words.push(argument.clone()),
        }
    }
    if from_input && words.len() == 1 {
        options.push(FROM_INPUT.into());
        words.clear();
    }
    if !words.is_empty() {
        options.push("--".into());
        options.extend(words);
    }
    options
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::sorted;

    fn check(typed: &str, expected: &str) {
        let split = |text: &str| text.split(' ').map(Into::into).collect::<Vec<_>>();
        let root = crate::cli::Cli::command();
        assert_eq!(sorted(&root, split(typed)), split(expected));
    }

    #[test]
    fn sorting() {
        check("morgue search csto -obligations", "morgue search -- csto -obligations");
        check("morgue search a --limit 3 b", "morgue search --limit 3 -- a b");
        check("morgue search a --limit=3 -- --limit", "morgue search --limit=3 -- a --limit");
        check("morgue search -", "morgue search --query-from-input");
        check("morgue search -- -", "morgue search -- -");
        check("morgue --index x count -h", "morgue --index x count -- -h");
        check("morgue search a --unknown b", "morgue search --unknown -- a b");
        check("morgue extract -", "morgue extract -");
    }
}
