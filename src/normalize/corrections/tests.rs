use super::*;
use crate::article::Published;

fn article() -> Article {
    Article {
        id: "1".to_owned(),
        place: Place { path: "a/b.jsonl".to_owned(), inside: None, record: 3 },
        source_id: Some("x7".to_owned()),
        content_hash: "ff".to_owned(),
        authors: vec!["Ann Lee".to_owned()],
        published: Some(Published { date: "2020-09-14".to_owned(), at: None }),
        provenance: [("authors".to_owned(), "byline".to_owned())].into(),
        ..Article::default()
    }
}

fn corrected(lines: &str) -> Article {
    let (corrections, broken) = Corrections::read(lines.as_bytes());
    assert!(broken.is_empty(), "{broken:?}");
    let mut article = article();
    corrections.apply(&mut article);
    assert!(corrections.is_applied(Known::of(&article), &article.corrected));
    article
}

#[test]
fn the_later_line_holds_whatever_key_it_goes_by() {
    let article = corrected(
        r#"{"key":"content:ff","fields":{"author":"Cy Poe","date":"2019"}}
           {"key":"id:x7","fields":{"authors":["Di Roe","Ed Moe"]}}
           {"key":"id:other","fields":{"title":"Not this one"}}"#,
    );
    assert_eq!(article.authors, ["Di Roe", "Ed Moe"]);
    assert_eq!(article.published.as_ref().map(|it| it.date.as_str()), Some("2019"));
    assert_eq!(article.title, None);
    assert_eq!(article.provenance["authors"], CORRECTION);
    assert_eq!(article.provenance["published"], CORRECTION);
    let first = &article.corrected[0];
    assert_eq!((first.field.as_str(), first.before.as_deref()), ("authors", Some("Ann Lee")));
    assert_eq!(first.before_from.as_deref(), Some("byline"));
}

#[test]
fn nothing_is_a_value_and_what_is_taken_back_is_none() {
    let cleared = corrected(r#"{"key":"id:x7","fields":{"authors":null,"date":""}}"#);
    assert!(cleared.authors.is_empty() && cleared.published.is_none());
    assert_eq!(cleared.provenance["authors"], CORRECTION);
    let undone = corrected(
        r#"{"key":"id:x7","fields":{"authors":"Cy Poe","title":"T"}}
           {"key":"id:x7","undo":["author"]}"#,
    );
    assert_eq!((undone.authors, undone.title.as_deref()), (article().authors, Some("T")));
    assert_eq!(undone.corrected.len(), 1);
}

#[test]
fn one_of_several_articles_of_a_key_is_told_by_its_place() {
    for (only_in, fits) in [("a/b.jsonl", true), ("b.jsonl", true), ("z/a/b.jsonl", true)] {
        let line = format!(r#"{{"key":"id:x7","only_in":"{only_in}","fields":{{"title":"T"}}}}"#);
        assert_eq!(corrected(&line).title.is_some(), fits, "{only_in}");
    }
    for only_in in ["a/c.jsonl", "l", "xa/b.jsonl"] {
        let line = format!(r#"{{"key":"id:x7","only_in":"{only_in}","fields":{{"title":"T"}}}}"#);
        assert_eq!(corrected(&line).title, None, "{only_in}");
    }
}

#[test]
fn a_broken_line_is_named_and_stops_no_other() {
    let lines = b"\xef\xbb\xbf{\"key\":\"id:x7\",\"fields\":{\"title\":\"T\"}}\n\nnonsense\n[1]\n\xff\n\
        {\"key\":\"x7\",\"fields\":{}}\n{\"key\":\"id:x7\"}\n{\"key\":\"id:x7\",\"fields\":{\"autor\":\"x\"}}\n\
        {\"key\":\"id:x7\",\"fields\":{\"date\":\"soon\"}}\n{\"key\":\"id:x7\",\"fields\":{\"title\":7}}\n";
    let (corrections, broken) = Corrections::read(lines);
    assert_eq!(corrections.count(), 1);
    let said: Vec<_> = broken.iter().map(|it| format!("{} {}", it.line, it.reason)).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    3 it is no JSON object
    4 it is no JSON object
    5 it is not UTF-8
    6 its `key` begins neither with `id:` nor with `content:`
    7 it has neither `fields` nor `undo`
    8 there is no field `autor` to correct: did you mean `author`?
    9 `soon` is no date (`date`): write it like 2020, 2020-09, 2020-09-14 or `14 September 2020`
    10 `title` is neither text nor a list of texts
    ");
}

#[test]
fn what_fits_nothing_is_named() {
    let (corrections, _) = Corrections::read(
        br#"{"key":"id:x7","fields":{"title":"T"}}
            {"key":"id:gone","about":"a/gone.txt","fields":{"title":"T"}}
            {"key":"content:00","fields":{"title":"T"}}
            {"key":"content:01","fields":{"title":"T"}}
            {"key":"content:01","undo":["title"]}"#,
    );
    let mut fitting = FxHashSet::default();
    corrections.mark_fitting(Known::of(&article()), &mut fitting);
    assert_eq!(corrections.unfit(&fitting), ["a/gone.txt", "content:00"]);
}

#[test]
fn a_line_reads_as_it_is_written() {
    let line = Line {
        key: "id:a\"b\u{1b}".to_owned(),
        only_in: Some("a.zip!b".to_owned()),
        fields: vec![(2, vec!["A".into(), "B".into()]), (1, vec![]), (0, vec!["T".to_owned()])],
        undo: vec![4],
        about: Some("x".to_owned()),
        when: Some("2020-09-14".to_owned()),
        note: None,
    };
    assert_eq!(Line::read(line.write().trim().as_bytes()), Ok(line));
}

#[test]
fn articles_of_a_newspaper_are_no_corrections() {
    assert!(is_line(b"") && is_line(b"nonsense\n"));
    assert!(is_line(b"nonsense\n{\"key\":\"id:1\",\"fields\":{}}"));
    assert!(!is_line(b"{\"title\":\"Corrections\",\"text\":\"We were wrong.\"}\n"));
}
