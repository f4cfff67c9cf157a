//! What the page reader states and takes for the text.

use std::path::Path;

use super::*;
use crate::ingest::tests::{read, read_with};

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Harbour opens | The Lantern</title>
<link rel="canonical" href="https://lantern.example/a">
<meta property="og:title" content="Harbour opens"><meta property="og:site_name" content="The Lantern">
<meta property="article:author" content="https://lantern.example/people/ada">
<meta name="author" content="Ada Quill">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour opens","author":{"name":"Ada Quill"},"datePublished":"2020-09-14T23:30:00-05:00"}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Harbour opens</h1>
<p class="standfirst">After nine years</p><div class="byline">By <a rel="author" href="/x">Ada Quill</a></div>
<time datetime="2020-09-14">14 September</time><span class="updated"><time datetime="2020-09-15">15</time></span>
<div class="body"><p>The harbour opened on <b>Mon</b>day, after nine years of work, two floods and a change of plan, officials said.</p>
<h2>What it cost</h2><p>It cost more than was said, as harbours do, and less than was feared, as some remember from the debates.</p>
<figure><img src="x.jpg"><figcaption>A caption of the picture</figcaption></figure>
<ul><li>Two cranes, one of them red</li><li>A lighthouse, repainted</li></ul>
<blockquote>It is a harbour, said the mayor, and a good one.</blockquote></div></article>
<div class="comments"><span class="author">troll</span><time datetime="2021-01-01">x</time></div></body></html>"#;

fn values(article: &RawArticle, topic: Topic) -> Vec<(&str, &str)> {
    let of_topic = article.claims.iter().filter(|it| it.topic == topic);
    of_topic.map(|it| (it.value.as_str(), it.from.as_ref())).collect()
}

#[test]
fn each_source_is_stated_with_its_name() {
    let article = &read("page.html", PAGE.as_bytes()).0[0];
    assert_eq!(
        values(article, Topic::Title),
        [
            ("Harbour opens | The Lantern", "title-tag"),
            ("Harbour opens", "opengraph"),
            ("Harbour opens", "json-ld"),
            ("Harbour opens", "headline"),
            ("What it cost", "heading"),
        ]
    );
    assert_eq!(
        values(article, Topic::Author),
        [("Ada Quill", "meta"), ("Ada Quill", "json-ld"), ("Ada Quill", "rel-author")]
    );
    let bylines = values(article, Topic::Byline);
    assert_eq!(bylines[0], ("By Ada Quill", "byline"));
    assert!(bylines[1..].iter().all(|(_, from)| *from == "page-top"), "{bylines:?}");
    assert!(bylines.contains(&("By Ada Quill", "page-top")), "{bylines:?}");
    assert_eq!(
        values(article, Topic::Published),
        [("2020-09-14T23:30:00-05:00", "json-ld"), ("2020-09-14", "time")]
    );
    assert_eq!(values(article, Topic::Updated), [("2020-09-15", "time")]);
    assert_eq!(values(article, Topic::Deck), [("After nine years", "standfirst")]);
    assert_eq!(values(article, Topic::Url), [("https://lantern.example/a", "canonical")]);
    assert_eq!(values(article, Topic::Language), [("en", "html-lang")]);
}

#[test]
fn what_the_headline_stands_in_is_not_beside_it() {
    let around = |class: &str| {
        let text = "<p>The harbour opened after nine years of work.</p>".repeat(6);
        let article = format!(
            "<article><h1>Harbour opens</h1><span class=author>Ada Quill</span>{text}</article>"
        );
        format!(
            "<div class='{class}'>{article}<div class=sidebar><a href=/author/bo>Bo Lind</a></div></div>"
        )
    };
    let stated = |page: &str| {
        let article = read("page.html", page.as_bytes()).0.remove(0);
        let all = [values(&article, Topic::Title), values(&article, Topic::Author)];
        all.concat().into_iter().map(|it| format!("{} {}", it.0, it.1)).collect::<Vec<_>>()
    };
    let both = ["Harbour opens headline", "Ada Quill author-class"];
    for class in ["dialog-off-canvas-main-canvas", "content-sidebar-wrap", "no-sidebar"] {
        assert_eq!(stated(&around(class)), both, "{class}");
    }
    // What people write below is no article, and a box about old browsers no page.
    assert!(stated(&around("comments")).is_empty());
    let old = "<div class=ie-overlay><h1>Your browser is old</h1><p>Get a new one.</p></div>";
    assert_eq!(stated(&format!("{old}{}", around("wide"))), both);
    // The first headline may be the name of the site, with the article in what is called after its sidebar.
    let named = format!("<h1>The Lantern</h1>{}", around("one-sidebar"));
    assert_eq!(stated(&named), ["The Lantern headline", both[0], both[1]]);
    assert_eq!(stated(&named.replace("The Lantern", "")), both);
    let window = around("login-dialog");
    assert_eq!(stated(&format!("{}{window}", around("wide"))), both);
    // A licence asks to be named by its address; that names nobody.
    let licence = "<a href=https://creativecommons.org/licenses/by/4.0/>CC BY</a>";
    assert_eq!(
        stated(&around("wide").replace("</article>", &format!("{licence}</article>"))),
        both
    );
}

#[test]
fn blocks_become_paragraphs_and_captions_are_left_out() {
    let article = &read("page.html", PAGE.as_bytes()).0[0];
    assert!(article.text.contains("on Monday, after"), "{}", article.text);
    assert!(article.text.contains("\n\nWhat it cost\n\nIt cost"), "{}", article.text);
    assert!(
        article.text.contains("red\n\nA lighthouse, repainted\n\nIt is a harbour"),
        "{}",
        article.text
    );
    assert!(!article.text.contains("caption") && !article.text.contains("troll"));
}

#[test]
fn charsets_are_taken_from_the_declaration() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>Президент прибыл</p>");
    assert_eq!(read("a.html", &bytes).0[0].text, "Президент прибыл");
    assert_eq!(
        meta::declared_charset(b"<?xml version='1.0' encoding='koi8-r'?>").as_deref(),
        Some("koi8-r")
    );
}

#[test]
fn deep_large_and_empty_pages_say_so() {
    let deep = format!("<p>start</p>{}end", "<div>".repeat(5_000));
    let article = &read("a.html", deep.as_bytes()).0[0];
    assert!(
        article.text.ends_with("end") && article.problems[0].contains("512"),
        "{:?}",
        article.problems
    );
    let mut options = ReadOptions::default();
    options.limits.html_bytes = 100;
    let (_, skips) = read_with("a.html", PAGE.as_bytes(), &options);
    assert_eq!(skips[0].kind, SkipKind::TooLarge);
    assert_eq!(read("a.html", b"<html><body></body></html>").1[0].kind, SkipKind::NoText);
}

#[test]
fn many_references_are_read_in_time() {
    let page = format!("<p>{}</p>", "A &amp; B & C &eacute; ".repeat(20_000));
    let article = &read("a.html", page.as_bytes()).0[0];
    assert!(article.text.starts_with("A & B & C é A & B"));
}

#[test]
fn a_page_cut_off_anywhere_is_read() {
    for end in (0..PAGE.len()).step_by(7) {
        let (articles, skips) = read("a.html", &PAGE.as_bytes()[..end]);
        assert_eq!(articles.len() + skips.len(), 1);
    }
}

#[test]
fn markup_is_told_from_text() {
    assert!(
        looks_like_markup("<p>one</p>")
            && looks_like_markup("one<br/>two")
            && looks_like_markup("a <b>b</b>")
    );
    assert!(
        !looks_like_markup("a < b and c > d")
            && !looks_like_markup("<ABC.N> rose")
            && !looks_like_markup("no")
    );
    assert!(Html.recognizes(Path::new("story.php"), b"\n<!DOCTYPE html>"));
}
