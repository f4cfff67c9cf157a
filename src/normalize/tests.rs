use std::sync::Arc;

use super::{Options, normalize};
use crate::article::{Article, Place, RawArticle, Topic};
use crate::date::Day;

pub(super) fn options(year: i32) -> Options {
    let now = Day::from_ymd(year, 12, 31).unwrap();
    Options {
        now,
        set: Vec::new(),
        root_id: "root".to_owned(),
        entities: false,
        names: Arc::default(),
        corrections: Arc::default(),
    }
}

fn plain(path: &str, text: &str) -> Article {
    let place = Place { path: path.to_owned(), ..Place::default() };
    let raw = RawArticle {
        place,
        format: "plain".into(),
        text: text.to_owned(),
        text_holds_all: true,
        ..RawArticle::default()
    };
    normalize(raw, &options(2026))
}

#[test]
fn a_text_that_holds_everything() {
    let article = plain(
        "x.txt",
        "Mayors renew their vows\n\nTwo towns, one platform, and 15 years of patience\n\n\
         On Monday, April 18, the mayors of Morna and Breskaven met on a wet platform, where no train \
         has stopped since the winter and none is expected to before the next one.\n\n\
         Subscribe to our channel!\n\nAuthor`s name Ann Lee",
    );
    assert_eq!(article.title.as_deref(), Some("Mayors renew their vows"));
    assert_eq!(article.deck.as_deref(), Some("Two towns, one platform, and 15 years of patience"));
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.byline.as_deref(), Some("Author`s name Ann Lee"));
    assert_eq!(article.other, "Subscribe to our channel!");
    assert!(article.body.starts_with("On Monday") && article.body.ends_with("next one."));
    assert_eq!(article.published, None);
    assert_eq!(article.published_partial.as_deref(), Some("--04-18"));
    assert_eq!(
        article.published_candidates,
        ["2005-04-18", "2011-04-18", "2016-04-18", "2022-04-18"]
    );
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn a_name_signs_below_running_text_alone() {
    let told = "The mayors of Morna and Breskaven met on a wet platform.";
    for (text, authors) in [
        (format!("{told}\n\n{told}\n\n{told}\n\nAnn Lee"), &["Ann Lee"][..]),
        (format!("{told}\n\n{told}\n\nFaithfully yours,\n\nAnn Lee"), &[]),
        (format!("{told}\n\nPay April 15\n\nDividend 12 cts\n\nRecord May One"), &[]),
        (format!("{told}\n\n{told}\n\n{told}\n\nMorna Ferries Ltd"), &[]),
        (format!("{told}\n\n{told}\n\n{told}\n\nR-Revised. Wire^M"), &[]),
    ] {
        let place = Place { path: "x.json".to_owned(), ..Place::default() };
        let raw = RawArticle { place, text: text.clone(), ..RawArticle::default() };
        assert_eq!(normalize(raw, &options(2026)).authors, authors, "{text}");
    }
}

#[test]
fn the_order_of_dates() {
    let body =
        "The mayors of Morna and Breskaven met on a wet platform where no train has stopped.";
    for (path, text, date, from) in [
        ("2019-05-02-x.txt", format!("Head\n\n{body}"), "2019-05-02", "path"),
        ("2020/09/14/x.txt", format!("Head\n\n{body}"), "2020-09-14", "path"),
        ("2021/x.txt", format!("Head\n\n{body}"), "2021", "path"),
        (
            "2020/09/x.txt",
            format!("Head\n\nMORNA, Sept. 15 (Wire) - {body}"),
            "2020-09-15",
            "inferred",
        ),
        (
            "x.txt",
            format!("Head\n\nBy Ann Lee February 27, 2020\n\n{body}"),
            "2020-02-27",
            "byline",
        ),
        (
            "x.txt",
            format!("Head\n\nPublished: 18 April 2016, 08:05\n\n{body}"),
            "2016-04-18",
            "text",
        ),
        ("x.txt", format!("Head\n\nMORNA, April 18, 2016 — {body}"), "2016-04-18", "dateline"),
        ("x.txt", format!("Head\n\nOn 11 September 2001 they fell. {body} In 2014 too."), "", ""),
        ("x.txt", format!("Head\n\nMORNA, April 18, 2036 — {body}"), "", ""),
    ] {
        let article = plain(path, &text);
        let found = article.published.as_ref().map_or("", |it| it.date.as_str());
        assert_eq!(found, date, "{path} {text}");
        let origin = article.provenance.get("published").map_or("", String::as_str);
        assert_eq!(origin, from, "{path} {text}");
    }
}

#[test]
fn claims_win_by_their_origin() {
    let mut raw = RawArticle { format: "html".into(), ..RawArticle::default() };
    raw.text = "Die Brücke steht\n\nMehr als 40 Menschen kamen am Montag zu der Brücke.".to_owned();
    raw.claim(Topic::Title, "Brücke: Alles, was Sie wissen müssen - WELT", "json-ld");
    raw.claim(Topic::Title, "Die Brücke steht", "headline");
    raw.claim(Topic::Title, "Die Brücke steht - WELT", "title-tag");
    raw.claim(Topic::Source, "WELT", "opengraph");
    raw.claim(Topic::Author, "WELT", "json-ld");
    raw.claim(Topic::Byline, "Von Ann Lee und Bob Roe (dpa)", "byline");
    raw.claim(Topic::Updated, "2020-09-16T10:00:00+02:00", "json-ld");
    raw.claim(Topic::Published, "2020-09-14T00:30:00+02:00", "json-ld");
    raw.claim(Topic::Url, "https://www.welt.example/a/?utm_source=x", "canonical");
    let article = normalize(raw, &options(2026));
    assert_eq!(article.title.as_deref(), Some("Die Brücke steht"));
    assert_eq!(article.authors, ["Ann Lee", "Bob Roe"]);
    assert_eq!(article.agency.as_deref(), Some("dpa"));
    let published = article.published.unwrap();
    assert_eq!(published.date, "2020-09-14");
    assert_eq!(published.at.as_deref(), Some("2020-09-14T00:30:00+02:00"));
    assert_eq!(article.updated.as_deref(), Some("2020-09-16T10:00:00+02:00"));
    assert_eq!(article.body, "Mehr als 40 Menschen kamen am Montag zu der Brücke.");
    assert_eq!(article.language.as_deref(), Some("de"));
    assert_eq!(article.provenance["published"], "json-ld");
}

#[test]
fn wire_copy() {
    let mut raw = RawArticle { format: "reuters".into(), ..RawArticle::default() };
    raw.text = "The bridge stands.\n\nIt is wet.\n\nREUTER".to_owned();
    raw.claim(Topic::Id, "7", "record");
    raw.claim(Topic::Title, "BRIDGE <BRDG> STANDS", "record");
    raw.claim(Topic::Byline, "    BY TED D'AFFLISIO, Reuters", "record");
    raw.claim(Topic::Dateline, "    PORTLAND, Ore., March 3 - ", "record");
    raw.claim(Topic::Published, " 1-MAR-1987 15:01:01.79", "record");
    let article = normalize(raw, &options(2026));
    assert_eq!(article.authors, ["TED D'AFFLISIO"]);
    assert_eq!(article.agency.as_deref(), Some("Reuters"));
    assert_eq!(article.dateline.as_deref(), Some("PORTLAND"));
    assert_eq!(article.published.unwrap().date, "1987-03-01");
    assert_eq!(article.title.as_deref(), Some("BRIDGE <BRDG> STANDS"));
    assert_eq!(article.body, "The bridge stands.\n\nIt is wet.");
}

#[test]
fn identifiers_last() {
    let one = plain("a/x.txt", "Head\n\nBody of it.");
    let edited = plain("a/x.txt", "Head\n\nAnother body.");
    assert_eq!(one.id, edited.id);
    assert_eq!(one.id.len(), 16);
    assert_ne!(one.content_hash, edited.content_hash);
    assert_ne!(one.id, plain("a/y.txt", "Head\n\nBody of it.").id);
}

#[test]
fn anything_gives_an_article() {
    let long = "word ".repeat(100_000);
    let short_lines = "By A\n".repeat(20_000);
    for text in [
        "",
        "\n",
        "-",
        "By ",
        "(",
        "\u{feff}",
        "By By By",
        "年前20年前",
        &long,
        &short_lines,
        "٣٤ سنة -",
        "\u{300}\u{301}",
        "A—",
        "A, 1 — ",
    ] {
        let article = plain("2020-99-99/é/\u{1f600}.txt", text);
        assert_eq!(article.id.len(), 16);
    }
}

#[test]
fn long_and_hostile_texts_take_no_more_than_their_length() {
    let lead = "Head\n\nOn Monday, September 14, they met.\n\n";
    for part in [
        "20 years ago in 2000 ",
        "On Sept. 3, 2020 and ",
        "By Ann Lee, ",
        "A, 1 - ",
        "(| Share | Tweet | ",
        "Von A. ",
        "a.b.c! ",
        "\n\n20 years ago. In 2000. ",
        "\nx",
    ] {
        let text = format!("{lead}{}", part.repeat(400_000 / part.len()));
        let article = plain("x.txt", &text);
        assert!(article.published.is_none_or(|it| it.date == "2020-09-14"), "{part:?}");
    }
}

#[test]
fn the_clock_moves_and_the_inferred_year_does_not() {
    let text = "Head of it\n\nOn Monday, September 14, they met.\n\nLittle has changed since 20 years ago. In \
                October 2000, too, they met. Coal is to go by 2030.";
    for (year, month, day) in [(2020, 10, 1), (2021, 9, 14), (2026, 9, 14), (2030, 12, 31)] {
        let now = Day::from_ymd(year, month, day).unwrap();
        let mut raw =
            RawArticle { format: "plain".into(), text: text.into(), ..RawArticle::default() };
        raw.text_holds_all = true;
        let article = normalize(raw, &Options { now, ..options(2026) });
        assert_eq!(article.published.map(|it| it.date).as_deref(), Some("2020-09-14"));
        assert_eq!(article.provenance["published"], "inferred");
    }
}

fn page(url: &str, dates: &[(Topic, &str, &'static str)]) -> Article {
    let mut raw = RawArticle { format: "html".into(), ..RawArticle::default() };
    raw.text = "More than forty people came to see the bridge of Morna on a wet Monday.".to_owned();
    raw.claim(Topic::Url, url, "canonical");
    raw.claim(Topic::Language, "en-GB", "html-lang");
    for (topic, value, from) in dates {
        raw.claim(*topic, *value, *from);
    }
    normalize(raw, &options(2026))
}

#[test]
fn what_a_page_shows_dates_it() {
    let (published, updated) = (Topic::Published, Topic::Updated);
    let plain = "https://x.example/bridge";
    for (url, dates, date, from) in [
        // A word says what a date is, wherever it stands.
        (
            plain,
            vec![(published, "Updated 3 May 2020, published 1 May 2020", "page-top")],
            "2020-05-01",
            "page-top",
        ),
        (plain, vec![(published, "Member since 3 May 2010", "page-top")], "", ""),
        (
            plain,
            vec![(published, "Posted on 3 May 2020 by Ann Lee", "page-apart")],
            "2020-05-03",
            "page-apart",
        ),
        (plain, vec![(published, "3 May 2020", "page-apart")], "2020-05-03", "page-apart"),
        (
            plain,
            vec![(published, "3 May 2020", "page-apart"), (published, "4 May 2020", "page-apart")],
            "",
            "",
        ),
        (
            plain,
            vec![(updated, "2020-05-04", "time"), (published, "3 May 2020", "date-class")],
            "2020-05-03",
            "date-class",
        ),
        // Only a change is known.
        (plain, vec![(published, "Last updated: 4 May 2020", "page")], "2020-05-04", "updated"),
        // The local day, by the page or its address.
        (
            plain,
            vec![
                (published, "2020-05-04T02:10:00Z", "json-ld"),
                (published, "May 3, 2020 10:10 PM", "page-top"),
            ],
            "2020-05-03",
            "json-ld",
        ),
        (
            plain,
            vec![
                (published, "2020-05-04T20:10:00Z", "json-ld"),
                (published, "May 3, 2020", "page-top"),
            ],
            "2020-05-04",
            "json-ld",
        ),
        (
            "https://x.example/2020/05/03/bridge",
            vec![(published, "2020-05-04T02:10:00Z", "json-ld")],
            "2020-05-03",
            "json-ld",
        ),
        // An address is older than the system that serves it.
        (
            "https://x.example/2016/05/03/bridge",
            vec![(published, "2020-05-04", "json-ld")],
            "2016-05-03",
            "url",
        ),
        (plain, vec![(published, "1970-01-01", "json-ld")], "", ""),
    ] {
        let article = page(url, &dates);
        let found = article.published.as_ref().map_or("", |it| it.date.as_str());
        let origin = article.provenance.get("published").map_or("", String::as_str);
        assert_eq!((found, origin), (date, from), "{url} {dates:?}");
    }
    let article = page(plain, &[(published, "04/05/2016", "page-top")]);
    assert_eq!(article.published.unwrap().date, "2016-05-04");
    assert!(article.problems.iter().any(|it| it.contains("2016-04-05")), "{:?}", article.problems);
}
