//! Which rows are articles, and what of them.

use proptest::prelude::*;

use super::rows::{Row, Rows};
use super::*;
use crate::article::Topic;
use crate::ingest::tests::{read, read_with};

#[test]
fn quoted_line_breaks_delimiters_and_ragged_rows_are_read() {
    let (articles, skips) = read(
        "a.csv",
        b"sep=;\nid;Headline;body\n1;One;\"first; \"\"so\"\"\nsecond\"\n\n2;Two\n;;\n3;;\n4;Four;a;b\n",
    );
    let texts: Vec<_> = articles.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["first; \"so\"\nsecond", "", "a, b"]);
    assert_eq!(articles[1].problems, ["line 6 has 2 columns and the first row 3"]);
    assert_eq!(articles[2].problems, ["line 9 has 4 columns and the first row 3"]);
    assert_eq!(articles.iter().map(|it| it.place.record).collect::<Vec<_>>(), [0, 1, 3]);
    assert!(skips[0].reason.starts_with("neither text nor title among the keys `id`"), "{skips:?}");
}

#[test]
fn columns_of_other_names_are_named_or_numbered() {
    let (articles, skips) = read("a.tsv", b"Kopf\tRumpf\nA\tx\n");
    assert_eq!((articles.len(), skips.len()), (0, 1));
    assert!(skips[0].reason.contains("`Kopf`, `Rumpf`"), "{skips:?}");
    let map = |pairs: &[(&str, &str)]| ReadOptions {
        map: pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        ..ReadOptions::default()
    };
    let named = map(&[("title", "Kopf"), ("text", "Rumpf")]);
    assert_eq!(read_with("a.tsv", b"Kopf\tRumpf\nA\tx\n", &named).0[0].text, "x");
    let numbered = map(&[("title", "1"), ("text", "2")]);
    let (articles, _) = read_with("a.tsv", b"A\tx\nB\ty\n", &numbered);
    assert_eq!(articles.len(), 2);
    let titles = articles.iter().flat_map(|it| &it.claims).filter(|it| it.topic == Topic::Title);
    assert_eq!(titles.map(|it| it.value.as_str()).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn a_quote_that_is_never_closed_takes_no_more_than_the_limit() {
    let mut options = ReadOptions::default();
    options.limits.record_bytes = 1_000;
    let text = format!("title,text\nA,\"{}\nB,b\n", "line\n".repeat(300));
    let (articles, skips) = read_with("a.csv", text.as_bytes(), &options);
    assert_eq!(skips[0].kind, SkipKind::TooLarge);
    assert!(skips[0].reason.contains("line 2"), "{skips:?}");
    assert!(articles.iter().any(|it| it.text == "b"));
}

proptest! {
    #[test]
    fn what_is_written_reads_back(rows in prop::collection::vec(
        prop::collection::vec("[ab,;\"\n é]{0,8}", 3..4), 1..6)) {
        let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
        let text: String = rows
            .iter()
            .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n")
            .collect();
        let mut input = text.as_bytes();
        let mut reader = Rows::new(&mut input, 1 << 20);
        let mut found = Vec::new();
        while let Some(Row::Whole { fields, .. }) = reader.next_row().unwrap() {
            found.push(fields);
        }
        prop_assert_eq!(found, rows);
    }
}
