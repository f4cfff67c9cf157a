//! Invented results for the tests of all outputs.
#![allow(clippy::single_range_in_vec_init)]

use super::{RenderContext, Style, find};
use crate::article::{Article, Place, Published};
use crate::query::Problem;
use crate::search::{Capped, Head, Hit, MissingWord, Passage, Rung};

pub(super) fn head() -> Head {
    Head {
        text: "csto obligations".into(),
        understood: "csto obligations".into(),
        total: 15,
        shown: 13,
        ladder: vec![(Rung::Phrase, 2), (Rung::Near, 9), (Rung::Paragraph, 10), (Rung::All, 15)],
        articles: 40,
        limit: Some(3),
        ..Head::default()
    }
}

/// A head in which everything that can be said is said.
pub(super) fn talkative_head() -> Head {
    Head {
        text: "by:dmitry csto or \u{1b}[31mzeppelin".into(),
        understood: "by:dmitry AND (csto OR zeppelin)".into(),
        problems: vec![Problem {
            message: "`by:dmitry csto` is `by:dmitry` and a word".into(),
            hint: Some("`by:\"dmitry csto\"` is one name".into()),
            start: 0,
            end: 14,
        }],
        readings: vec![("by:dmitry csto \\or zeppelin".into(), 3)],
        total: 12,
        total_is_at_least: true,
        capped: vec![Capped { pattern: "/.*/".into(), looked_at: 50_000, forms: 61_234 }],
        shown: 12,
        undated: 431,
        imprecise: 9,
        missing: vec![MissingWord {
            word: "zeppelin".into(),
            nearest: vec![("zeppelins".into(), 3), ("zepelin".into(), 1)],
        }],
        ladder: Vec::new(),
        articles: 40,
        limit: Some(10),
        ..Head::default()
    }
}

/// One in English with copies; one in Hebrew and Chinese with escapes, its year unknown; one with
/// neither title nor date.
pub(super) fn hits() -> Vec<Hit> {
    let place = |path: &str| Place { path: path.into(), inside: None, record: 0 };
    let body = "It began at noon. The CSTO has obligations to all of its members, and everybody \
                in the hall knew what obligations those were. Then it rained.";
    let first = Article {
        id: "3f9a2c1b77e0".into(),
        place: place("pravda/sochi.txt"),
        format: "plain".into(),
        title: Some("Presidents of the CSTO meet as best friends by the sea".into()),
        deck: Some("Twenty years of friendship".into()),
        body: body.into(),
        authors: vec!["Dmitry Sudakov".into(), "Ada \"Ace\" Lovelace".into()],
        published: Some(Published { date: "2020-09-14".into(), at: None }),
        source: Some("Pravda".into()),
        language: Some("en".into()),
        provenance: [("published".to_owned(), "inferred".to_owned())].into(),
        ..Article::default()
    };
    let second = Article {
        id: "00b1-2".into(),
        place: Place { path: "feeds/all.zip".into(), inside: Some("x.jsonl".into()), record: 7 },
        format: "jsonl".into(),
        source_id: Some("IL 77".into()),
        title: Some("\u{1b}]0;owned\u{7}שלום \u{202e}world".into()),
        body: "אמר CSTO היום. 東京都の会議。".into(),
        authors: vec!["דוד כהן".into()],
        agency: Some("Reuters".into()),
        published_partial: Some("--09-14".into()),
        published_candidates: vec!["2015-09-14".into(), "2020-09-14".into()],
        ..Article::default()
    };
    let third = Article {
        id: "77".into(),
        place: place("notes/untitled.txt"),
        body:
            "Nobody gave this text a title, nor a date, and its first sentence goes on for longer \
               than a line. The csto is in it."
                .into(),
        ..Article::default()
    };
    vec![
        Hit {
            rank: 1,
            score: 12.25,
            rung: Some(Rung::Near),
            matches: 17,
            article: first,
            root: "archive".into(),
            words: 1034,
            title_highlights: vec![18..22],
            deck_highlights: Vec::new(),
            body_highlights: Vec::new(),
            passages: vec![Passage {
                field: "body",
                text: body.chars().skip(18).take(106).collect(),
                highlights: vec![4..8, 13..24],
                start: 18,
            }],
            also: vec![place("pravda/again.txt"), place("copy.txt")],
        },
        Hit {
            rank: 2,
            score: 3.5,
            rung: Some(Rung::All),
            matches: 1,
            article: second,
            root: "/srv/feeds".into(),
            words: 5,
            title_highlights: Vec::new(),
            deck_highlights: Vec::new(),
            body_highlights: Vec::new(),
            passages: vec![Passage {
                field: "body",
                text: "אמר CSTO היום. 東京都の会議。".into(),
                highlights: vec![4..8],
                start: 0,
            }],
            also: Vec::new(),
        },
        Hit {
            rank: 3,
            score: 3.5,
            rung: None,
            matches: 1,
            article: third,
            root: "archive".into(),
            words: 25,
            title_highlights: Vec::new(),
            deck_highlights: Vec::new(),
            body_highlights: Vec::new(),
            passages: vec![
                Passage {
                    field: "body",
                    text: "The csto is in it.".into(),
                    highlights: vec![4..8],
                    start: 98,
                },
                Passage {
                    field: "other",
                    text: "Read \u{9b}31m\u{7f}also:\u{202e} csto".into(),
                    highlights: vec![17..21],
                    start: 0,
                },
            ],
            also: Vec::new(),
        },
    ]
}

/// What the output of this name makes of them.
pub(super) fn rendered(
    name: &str,
    style: Style,
    context: RenderContext,
    head: &Head,
    hits: &[Hit],
) -> String {
    let mut out = Vec::new();
    let mut results = find(name).unwrap().begin(&mut out, style, context);
    results.head(head).unwrap();
    for hit in hits {
        if results.hit(hit).unwrap().is_break() {
            break;
        }
    }
    results.end().unwrap();
    drop(results);
    String::from_utf8(out).unwrap()
}
