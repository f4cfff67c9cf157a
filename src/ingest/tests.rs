//! Detection, plain text, Reuters, and what helps the tests of the readers.

use super::*;
use crate::article::Topic;

/// Keeps what it is given.
#[derive(Default)]
struct Kept {
    articles: Vec<RawArticle>,
    skips: Vec<Skip>,
}

impl Sink for Kept {
    fn article(&mut self, article: RawArticle) -> ControlFlow<()> {
        self.articles.push(article);
        ControlFlow::Continue(())
    }

    fn skip(&mut self, _: Place, reason: Skip) -> ControlFlow<()> {
        self.skips.push(reason);
        ControlFlow::Continue(())
    }
}

pub(super) fn read(name: &str, bytes: &[u8]) -> (Vec<RawArticle>, Vec<Skip>) {
    read_with(name, bytes, &ReadOptions::default())
}

pub(super) fn read_with(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> (Vec<RawArticle>, Vec<Skip>) {
    let mut kept = Kept::default();
    let mut input = bytes;
    read_stream(Path::new(name), &Place::default(), &mut input, options, &mut kept).unwrap();
    (kept.articles, kept.skips)
}

fn kind(name: &str, head: &[u8]) -> &'static str {
    match detect(Path::new(name), head) {
        Detected::Format(format) => format.name(),
        Detected::Packed(packing) => packing.name(),
        Detected::NotRead(kind) => kind,
    }
}

#[test]
fn formats_are_told_by_name_and_bytes() {
    for (name, head, expected) in [
        ("a.txt", &b"some text"[..], "plain"),
        ("README", b"some text", "plain"),
        ("Dispatch of 3. October", b"some text", "plain"),
        ("a.txt", b"%PDF-1.4", "PDF"),
        ("a.html", b"no doctype", "html"),
        ("a.txt", b"<!DOCTYPE html>", "html"),
        ("a.json", b"[]", "json"),
        ("a.jsonl", b"{}", "jsonl"),
        ("a.sgm", b"<!DOCTYPE lewis>\n<REUTERS TOPICS>", "reuters"),
        ("a.sgm", b"<DOC>", "SGML"),
        ("a.docx", b"PK\x03\x04", "Word"),
        ("a.zip", b"PK\x03\x04", "zip"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        ("a.jpg", b"\xff\xd8\xff", "image"),
        ("a.csv", b"a,b", "csv"),
        ("a.xyz", b"\0\x01\x02", "binary"),
        ("a.xyz", b"words", "unknown text"),
        ("a.txt", b"h\0i\0", "plain"),
    ] {
        assert_eq!(kind(name, head), expected, "{name}");
    }
}

#[test]
fn plain_text_keeps_its_lines_and_says_what_was_guessed() {
    let article = &read(
        "a.txt",
        &[&b"Title\r\n\r\nFirst caf\xe9\0 line"[..], &b" and more"[..].repeat(20)].concat(),
    )
    .0[0];
    assert!(article.text.starts_with("Title\n\nFirst café line and"), "{}", article.text);
    assert!(article.text_holds_all);
    assert_eq!(article.problems.len(), 2, "{:?}", article.problems);
    assert_eq!(article.format, "plain");
    assert_eq!(read("a.txt", b"").1[0].kind, SkipKind::Empty);
    assert_eq!(read("a.txt", b" \n-- \n").1[0].kind, SkipKind::NoText);
}

#[test]
fn wrong_options_are_refused_before_anything_is_read() {
    let options = ReadOptions { encoding: Some("nope".into()), ..ReadOptions::default() };
    let error = read_stream(
        Path::new("a"),
        &Place::default(),
        &mut &b"x"[..],
        &options,
        &mut Kept::default(),
    );
    assert!(error.unwrap_err().is_about_options());
    let options = ReadOptions { map: vec![("titel".into(), "x".into())], ..ReadOptions::default() };
    let error = options.check().unwrap_err();
    assert_eq!(error.to_string(), "no such field `titel`");
    assert_eq!(error.hint(), Some("did you mean `title`?"));
    let options = ReadOptions { set: vec![("zzz".into(), "x".into())], ..ReadOptions::default() };
    assert!(
        options.check().unwrap_err().hint().unwrap().starts_with("there are title, deck, author,")
    );
}

const REUTERS: &str = r#"<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" OLDID="1" NEWID="7"><DATE>26-FEB-1987 15:01:01.79&#5;&#5;&#5;RM</DATE>
<PLACES><D>usa</D><D>peru</D></PLACES><PEOPLE></PEOPLE><ORGS><D>ec</D></ORGS><UNKNOWN>&#5;x</UNKNOWN>
<TEXT>&#2;
<TITLE>GULL &lt;GUL> SEES
 PROFIT</TITLE>
<AUTHOR>    By Ada Quill, Reuters</AUTHOR>
<DATELINE>    LIMA, Feb 26 - </DATELINE><BODY>Gull &amp; Co said
profit rose.
    It fell later.
 Shr  1
 Reuter
&#3;</BODY></TEXT>
</REUTERS><REUTERS NEWID="8"><DATE> 1-MAR-1987 605:12:19.12</DATE><TEXT TYPE="BRIEF">&#2;
******<TITLE>ALONE</TITLE>Blah blah blah.
&#3;
</TEXT></REUTERS>
<REUTERS NEWID="9"><DATE> 1-MAR-1987 00:00:00.00</DATE><TEXT TYPE="UNPROC">&#2;
RAW REPORT
 line.....1
&#3;</TEXT>
</REUTERS>
<REUTERS NEWID="10"><TEXT><TITLE>CUT</TITLE><BODY>off"#;

#[test]
fn a_reuters_record_is_an_article_whatever_it_has() {
    let (articles, skips) = read("a.sgm", REUTERS.as_bytes());
    assert!(skips.is_empty());
    let values = |article: &RawArticle, topic| -> Vec<String> {
        article.claims.iter().filter(|it| it.topic == topic).map(|it| it.value.clone()).collect()
    };
    let [full, brief, raw, cut] = &articles[..] else { panic!("{}", articles.len()) };
    assert_eq!(values(full, Topic::Title), ["GULL <GUL> SEES PROFIT"]);
    assert_eq!(values(full, Topic::Published), ["26-FEB-1987 15:01:01.79"]);
    assert_eq!(values(full, Topic::Place), ["usa", "peru"]);
    assert_eq!(values(full, Topic::Byline), ["By Ada Quill, Reuters"]);
    assert_eq!(full.text, "Gull & Co said profit rose.\n\nIt fell later.\nShr  1\n\nReuter");
    assert!(full.problems.is_empty());
    assert_eq!((values(brief, Topic::Title), brief.text.as_str()), (vec!["ALONE".to_owned()], ""));
    assert_eq!(brief.problems, ["odd date: `1-MAR-1987 605:12:19.12`"]);
    assert_eq!((raw.text.as_str(), raw.text_holds_all), ("RAW REPORT\n line.....1", true));
    assert_eq!((cut.text.as_str(), cut.place.record), ("off", 3));
    assert_eq!(cut.problems, ["the record is cut off"]);
}

#[test]
fn a_reuters_record_over_the_limit_is_skipped_alone() {
    let mut options = ReadOptions::default();
    options.limits.record_bytes = 200;
    let text = format!(
        "<REUTERS NEWID=\"1\"><TEXT><BODY>\n{}</BODY></TEXT></REUTERS>\n<REUTERS NEWID=\"2\"><TEXT><TITLE>B</TITLE></TEXT></REUTERS>\n",
        "word\n".repeat(500)
    );
    let (articles, skips) = read_with("a.sgm", text.as_bytes(), &options);
    assert_eq!((articles.len(), articles[0].place.record), (1, 1));
    assert_eq!(skips[0].kind, SkipKind::TooLarge);
}

#[test]
fn a_text_over_the_limit_of_an_article_is_refused_with_a_reason_in_any_format() {
    let mut options = ReadOptions::default();
    options.limits.article_bytes = 2 << 10;
    options.limits.plain_bytes = 2 << 10;
    let long = "word ".repeat(500);
    let page = format!("<title>T</title><h1>T</h1><article><p>{long}</p></article>");
    let record = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"short\"}}\n");
    for (name, bytes, left) in
        [("a.txt", &long, 0), ("a.html", &page, 0), ("a.jsonl", &record, 1), ("a.md", &long, 0)]
    {
        let (articles, skips) = read_with(name, bytes.as_bytes(), &options);
        assert_eq!((articles.len(), skips.len()), (left, 1), "{name}");
        assert_eq!(skips[0].kind, SkipKind::TooLarge, "{name}");
        assert!(skips[0].reason.contains("text of over 2 KB"), "{name}: {skips:?}");
    }
}

/// The record of an article is printed out of a file of many, as it lies there; a file of one is its own record.
#[test]
fn records_as_they_lie() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    for (file, record, begins, holds) in [
        ("reuters/complete-records.sgm", 1, "<REUTERS", "NEWID=\"91002\""),
        ("trec/ap-and-wsj.sgml", 1, "<DOC>", "WSJ910314-0002"),
        ("nexis/documents.txt", 1, " ", "2 of 2 DOCUMENTS"),
        ("factiva/articles.txt", 1, "Keeper", "Document CASPW"),
        ("csv/quoted-line-breaks-and-ragged-rows.csv", 0, "id,headline", "Ferry bell rings again"),
        ("json/list-of-records.json", 1, "{", "Xenia Olrich"),
        ("json/date-forms.jsonl", 3, "{", "}"),
    ] {
        let path = formats.join(file);
        let place = Place { path: file.to_owned(), inside: None, record };
        let mut out = Vec::new();
        assert!(copy_record(&path, &place, &ReadOptions::default(), &mut out).unwrap(), "{file}");
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with(begins) && text.contains(holds), "{file}: {text}");
        let whole = fs::read_to_string(&path).unwrap();
        assert!(text.len() < whole.len(), "{file}");
    }
    let place = Place { path: "cyrillic.txt".to_owned(), inside: None, record: 0 };
    let path = formats.join("plain/cyrillic.txt");
    let mut out = Vec::new();
    assert!(!copy_record(&path, &place, &ReadOptions::default(), &mut out).unwrap());
    assert!(out.is_empty());
}
