//! A firm's name -> the same without the words that only say what kind of firm it is.

/// A firm's name without its legal form.
pub fn without_form(key: &str) -> Option<&str> {
    let mut rest = key;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && LEGAL_FORMS.contains(&last)
    {
        rest = before.trim_end_matches([',', '&', ' ']);
    }
    (rest != key && !rest.is_empty()).then_some(rest)
}

/// Words that say what kind of firm it is, and nothing else; in small letters without full stops.
pub const LEGAL_FORMS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "cos",
    "ltd",
    "limited",
    "plc",
    "llc",
    "ag",
    "sa",
    "spa",
    "nv",
    "bv",
    "gmbh",
    "kk",
    "ab",
    "oy",
    "asa",
    "se",
    "incorporated",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_off() {
        assert_eq!(without_form("varholm mills co inc"), Some("varholm mills"));
        assert_eq!(without_form("varholm mills"), None);
        assert_eq!(without_form("inc"), None);
    }
}
