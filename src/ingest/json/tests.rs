//! Which records are articles, and what of them.

use super::*;
use crate::article::{RawArticle, Topic};
use crate::ingest::tests::{read, read_with};

fn values(article: &RawArticle, topic: Topic) -> Vec<&str> {
    article.claims.iter().filter(|it| it.topic == topic).map(|it| it.value.as_str()).collect()
}

#[test]
fn a_broken_line_is_skipped_with_its_number_and_the_rest_goes_on() {
    let text = "{\"title\":\"A\",\"text\":\"a\"}\n\n{\"title\": oops}\n[1]\n{\"date\":\"2020\"}\n{\"headline\":\"B\"}\n";
    let (articles, skips) = read("a.jsonl", text.as_bytes());
    assert_eq!(articles.iter().map(|it| it.place.record).collect::<Vec<_>>(), [0, 4]);
    let reasons: Vec<_> = skips.iter().map(|it| it.reason.as_str()).collect();
    assert!(
        reasons[0].starts_with("line 3 is broken JSON: expected value (character"),
        "{reasons:?}"
    );
    assert_eq!(reasons[1], "line 4 is no JSON object");
    assert!(reasons[2].contains("`date`") && reasons[2].contains("--map"), "{reasons:?}");
}

#[test]
fn a_line_over_the_limit_is_refused_and_the_next_one_read() {
    let mut options = ReadOptions::default();
    options.limits.record_bytes = 20_000;
    let text = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(100_000));
    let (articles, skips) = read_with("a.jsonl", text.as_bytes(), &options);
    assert_eq!((articles[0].text.as_str(), articles[0].place.record), ("b", 1));
    assert_eq!(skips[0].kind, SkipKind::TooLarge);
    let text = format!("[{{\"text\":\"a\"}},{}]", &text[..50_000]);
    let (articles, skips) = read_with("a.json", text.as_bytes(), &options);
    assert_eq!((articles.len(), skips[0].kind), (1, SkipKind::TooLarge));
}

#[test]
fn lists_are_found_where_they_usually_stand() {
    for text in [
        r#"[{"title":"A"},{"title":"B"}]"#,
        r#"{"status":"ok","articles":[{"title":"A"},{"title":"B"}]}"#,
        r#"{"response":{"numFound":2,"docs":[{"title":"A"},{"title":"B"}]}}"#,
        r#"{"title":"A"} {"title":"B"}"#,
    ] {
        assert_eq!(read("a.json", text.as_bytes()).0.len(), 2, "{text}");
    }
    let own =
        r#"{"data":[{"k":1}],"items":["x"],"title":"A","text":"t","results":[{"title":"other"}]}"#;
    let (articles, _) = read("a.json", own.as_bytes());
    assert_eq!((articles.len(), articles[0].text.as_str()), (1, "t"));
}

#[test]
fn names_are_told_in_any_spelling_and_values_in_any_shape() {
    let text = r#"{"_id":{"$oid":"7"},"Headline":"T &amp; U","publishedAt":"2020-01-02","byline":"By A and B",
        "authors":[{"name":"Ada"},"Bo"],"source":{"id":null,"name":"Lantern"},"maintext":"<p>one</p><p>two &lt;3</p>",
        "people":["P"],"date_modify":1600000000}"#;
    let article = &read("a.json", text.as_bytes()).0[0];
    assert_eq!(values(article, Topic::Id), ["7"]);
    assert_eq!(values(article, Topic::Title), ["T & U"]);
    assert_eq!(values(article, Topic::Author), ["Ada", "Bo"]);
    assert_eq!(values(article, Topic::Byline), ["By A and B"]);
    assert_eq!(values(article, Topic::Source), ["Lantern"]);
    assert_eq!(values(article, Topic::Updated), ["1600000000"]);
    assert_eq!(article.text, "one\n\ntwo <3");
}

#[test]
fn mapped_keys_win_and_reach_into_objects_and_lists() {
    let text = r#"{"title":"wrong","h":{"main":"right"},"p":[{"t":"one"},{"t":"two"}],"w":[{"firstname":"Ada","lastname":"Quill"}]}"#;
    let map = [("title", "h.main"), ("text", "p.0.t"), ("author", "w")];
    let map = map.map(|(field, key)| (field.to_owned(), key.to_owned())).to_vec();
    let set = vec![("source".to_owned(), "Lantern".to_owned())];
    let options = ReadOptions { map, set, ..ReadOptions::default() };
    let (articles, _) = read_with("a.json", text.as_bytes(), &options);
    assert_eq!(values(&articles[0], Topic::Title), ["right"]);
    assert_eq!(values(&articles[0], Topic::Author), ["Ada Quill"]);
    assert_eq!(values(&articles[0], Topic::Source), ["Lantern"]);
    assert_eq!(articles[0].text, "one");
}

#[test]
fn broken_deep_and_utf16_files_end_well() {
    assert_eq!(read("a.json", &b"[".repeat(100_000)).1[0].kind, SkipKind::Broken);
    let (articles, skips) = read("a.json", br#"[{"title":"A"},{"title":"#);
    assert_eq!((articles.len(), skips[0].kind), (1, SkipKind::Broken));
    let utf16: Vec<u8> =
        "\u{feff}{\"title\":\"é\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(values(&read("a.json", &utf16).0[0], Topic::Title), ["é"]);
}
