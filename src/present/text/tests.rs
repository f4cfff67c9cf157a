#![allow(clippy::single_range_in_vec_init)]

use super::*;
use crate::present::sample::{head, hits, rendered, talkative_head};
use crate::search::Added;

fn list(style: Style, head: &Head, hits: &[Hit]) -> String {
    let roots = [("archive".to_owned(), "/srv/my archive".to_owned())].into();
    let context = RenderContext { roots, ..RenderContext::default() };
    rendered("text", style, context, head, hits)
        .replace('\u{1b}', "^")
        .replace('\u{2068}', "<FSI>")
        .replace('\u{2069}', "<PDI>")
}

const NARROW: Style = Style { width: 80, colour: false, links: false, terminal: false };

#[test]
fn eighty_columns_without_colour() {
    let text = list(NARROW, &head(), &hits());
    assert!(text.lines().all(|line| text_columns(line) <= 80));
    insta::assert_snapshot!(text, @r#"
    read as: csto obligations
    2 with the phrase · 9 within 10 words · 10 in one paragraph · 15 with all words

     1. Presidents of the **CSTO** meet as best friends by the sea
        Dmitry Sudakov, Ada "Ace" Lovelace · 2020-09-14? · Pravda · 3 of 17 mentions
        +2 copies · pravda/sochi.txt · 3f9a2c1b
        … The **CSTO** has **obligations** to all of its members, and everybody in
        the hall knew what obligations those were …

     2. ␛]0;owned␇שלום \u{202e}world
        דוד כהן · Reuters · 14 September, year unknown · 1 mention
        feeds/all.zip!x.jsonl#7 · 00b1-2
        אמר **CSTO** היום. 東京都の会議。

     3. [Nobody gave this text a title, nor a date, and its first sentence goes on…]
        date unknown · 1 mention · notes/untitled.txt · 77
        … The **csto** is in it.
        other: Read \u{9b}31m␡also:\u{202e} **csto**

    1-3 of 13 and 2 copies · next: --offset 3
    "#);
}

#[test]
fn two_hundred_columns_without_colour() {
    insta::assert_snapshot!(list(Style { width: 200, ..NARROW }, &head(), &hits()), @r#"
    read as: csto obligations
    2 with the phrase · 9 within 10 words · 10 in one paragraph · 15 with all words

     1. Presidents of the **CSTO** meet as best friends by the sea
        Dmitry Sudakov, Ada "Ace" Lovelace · 2020-09-14? · Pravda · 3 of 17 mentions · +2 copies
        pravda/sochi.txt · 3f9a2c1b
        … The **CSTO** has **obligations** to all of its members, and everybody in the hall knew what
        obligations those were …

     2. ␛]0;owned␇שלום \u{202e}world
        דוד כהן · Reuters · 14 September, year unknown · 1 mention · feeds/all.zip!x.jsonl#7 · 00b1-2
        אמר **CSTO** היום. 東京都の会議。

     3. [Nobody gave this text a title, nor a date, and its first sentence goes on for longer than a l…]
        date unknown · 1 mention · notes/untitled.txt · 77
        … The **csto** is in it.
        other: Read \u{9b}31m␡also:\u{202e} **csto**

    1-3 of 13 and 2 copies · next: --offset 3
    "#);
}

#[test]
fn eighty_columns_of_a_terminal_with_colour_and_links() {
    let style = Style { width: 80, colour: true, links: true, terminal: true };
    insta::assert_snapshot!(list(style, &head(), &hits()), @r#"
    read as: csto obligations
    2 with the phrase · 9 within 10 words · 10 in one paragraph · 15 with all words

     1. ^[1mPresidents of the ^[0m^[1;31mCSTO^[0m^[1m meet as best friends by the sea^[0m
        ^[2mDmitry Sudakov, Ada "Ace" Lovelace · 2020-09-14? · Pravda · 3 of 17 mentions^[0m
        ^[2m+2 copies · ^]8;;file:///srv/my%20archive/pravda/sochi.txt^\pravda/sochi.txt^]8;;^\ · 3f9a2c1b^[0m
        … The ^[1;31mCSTO^[0m has ^[1;31mobligations^[0m to all of its members, and everybody in the hall
        knew what obligations those were …

     2. <FSI>^[1m␛]0;owned␇שלום \u{202e}world^[0m<PDI>
        ^[2m<FSI>דוד כהן<PDI> · Reuters · 14 September, year unknown · 1 mention^[0m
        ^[2m^]8;;file:///srv/feeds/feeds/all.zip^\feeds/all.zip!x.jsonl#7^]8;;^\ · 00b1-2^[0m
        <FSI>אמר ^[1;31mCSTO^[0m היום. 東京都の会議。<PDI>

     3. ^[1m[Nobody gave this text a title, nor a date, and its first sentence goes on…]^[0m
        ^[2mdate unknown · 1 mention · ^]8;;file:///srv/my%20archive/notes/untitled.txt^\notes/untitled.txt^]8;;^\ · 77^[0m
        … The ^[1;31mcsto^[0m is in it.
        other: Read \u{9b}31m␡also:\u{202e} ^[1;31mcsto^[0m

    1-3 of 13 and 2 copies · next: --offset 3
    "#);
}

#[test]
fn two_hundred_columns_with_colour() {
    let style = Style { width: 200, colour: true, ..NARROW };
    insta::assert_snapshot!(list(style, &talkative_head(), &hits()[..1]), @r#"
    read as: by:dmitry AND (csto OR zeppelin)
    ^[33mnote:^[0m `by:dmitry csto` is `by:dmitry` and a word
        by:dmitry csto or ␛[31mzeppelin
        ^[33m^^^^^^^^^^^^^^^[0m
        hint: `by:"dmitry csto"` is one name
    other reading: by:dmitry csto \or zeppelin: 3
    at least 12 articles (50000 of 61234 forms of /.*/) · 431 more match the words but have no date, 9
    only a month or year (--undated adds them)
    zeppelin is in no article (nearest: zeppelins 3, zepelin 1)

     1. ^[1mPresidents of the ^[0m^[1;31mCSTO^[0m^[1m meet as best friends by the sea^[0m
        ^[2mDmitry Sudakov, Ada "Ace" Lovelace · 2020-09-14? · Pravda · 3 of 17 mentions · +2 copies^[0m
        ^[2mpravda/sochi.txt · 3f9a2c1b^[0m
        … The ^[1;31mCSTO^[0m has ^[1;31mobligations^[0m to all of its members, and everybody in the hall knew what
        obligations those were …

    1-1 of at least 12 · next: --offset 1
    "#);
}

#[test]
fn all_that_a_head_can_say() {
    insta::assert_snapshot!(list(NARROW, &talkative_head(), &[]), @r#"
    read as: by:dmitry AND (csto OR zeppelin)
    note: `by:dmitry csto` is `by:dmitry` and a word
        by:dmitry csto or ␛[31mzeppelin
        ^^^^^^^^^^^^^^
        hint: `by:"dmitry csto"` is one name
    other reading: by:dmitry csto \or zeppelin: 3
    at least 12 articles (50000 of 61234 forms of /.*/) · 431 more match the words
    but have no date, 9 only a month or year (--undated adds them)
    zeppelin is in no article (nearest: zeppelins 3, zepelin 1)
    "#);
    let fallback = Head {
        total: 0,
        shown: 40,
        fallback: true,
        problems: Vec::new(),
        undated: 0,
        imprecise: 0,
        total_is_at_least: false,
        capped: Vec::new(),
        readings: Vec::new(),
        understood: "csto zeppelin".into(),
        ..talkative_head()
    };
    insta::assert_snapshot!(list(NARROW, &fallback, &hits()[2..]), @r"
    read as: csto zeppelin
    nothing has all of: csto zeppelin; zeppelin is in no article (nearest: zeppelins
    3, zepelin 1)

     3. [Nobody gave this text a title, nor a date, and its first sentence goes on…]
        date unknown · 1 mention · notes/untitled.txt · 77
        … The **csto** is in it.
        other: Read \u{9b}31m␡also:\u{202e} **csto**

    1-1 of 40 with some of the words · next: --offset 1
    ");
    let nothing =
        Head { articles: 1, text: "xyz".into(), understood: "xyz".into(), ..Head::default() };
    insta::assert_snapshot!(list(NARROW, &nothing, &[]), @r"
    read as: xyz
    nothing found in 1 article
    ");
    let one = Head { total: 1, imprecise: 1, ..nothing.clone() };
    insta::assert_snapshot!(list(NARROW, &one, &[]), @r"
    read as: xyz
    1 article · 1 more matches the words but has only a month or year (--undated
    adds it)
    ");
    let with = |undated, imprecise| {
        let added = Some(Added { undated, imprecise });
        let added = Head { total: 5, shown: 5, added, ..nothing.clone() };
        list(NARROW, &added, &[]).lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(with(0, 0), "5 articles");
    assert_eq!(with(1, 0), "5 articles, 1 of them without a date");
    assert_eq!(with(0, 2), "5 articles, 2 of them with only a month or year");
    assert_eq!(with(1, 1), "5 articles, 1 of them without a date, 1 with only a month or year");
    let beyond = Head { offset: 100, ..head() };
    insta::assert_snapshot!(list(NARROW, &beyond, &[]), @r"
    read as: csto obligations
    2 with the phrase · 9 within 10 words · 10 in one paragraph · 15 with all words

    nothing from 101 on: there are 13
    ");
}

#[test]
fn no_escape_comes_from_an_article() {
    let terminal = Style { terminal: true, ..NARROW };
    for style in [NARROW, terminal] {
        let text = rendered("text", style, RenderContext::default(), &talkative_head(), &hits());
        let raw = |ch: char| ch.is_control() && ch != '\n' || ch == '\u{202e}';
        assert!(!text.chars().any(raw), "{text:?}");
    }
}

#[test]
fn enormous_values_are_cut() {
    let mut hit = hits().remove(0);
    hit.article.title = Some("\u{301}x ".repeat(3_000_000));
    hit.passages[0].text = "東".repeat(3_000_000);
    hit.title_highlights = vec![0..usize::MAX];
    let text = list(NARROW, &head(), &[hit]);
    assert!(text.len() < 30_000);
}
