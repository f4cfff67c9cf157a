//! The forms of dates, one line a form.

use super::{
    DateError, Day, DayRange, Found, RangeUse, apply, find_dates, read_range, read_timestamp,
};

/// `2020-09-14`, `--09-14`, `2020-09`, with the weekday, the time and the other reading behind.
fn shown(found: &Found) -> String {
    let weekdays = ["mo", "tu", "we", "th", "fr", "sa", "su"];
    let parts = [
        Some(found.year.map_or("-".to_owned(), |year| format!("{year:04}"))),
        Some(found.month).filter(|month| *month > 0).map(|month| format!("-{month:02}")),
        found.day.map(|day| format!("-{day:02}")),
        found.weekday.map(|day| format!(" {}", weekdays[usize::from(day)])),
        found.time.map(|(hour, minute, _)| format!(" {hour:02}:{minute:02}")),
        found.zone.as_ref().map(|zone| format!(" {zone}")),
        found.swapped.map(|(month, day)| format!(" or {month:02}-{day:02}")),
    ];
    parts.into_iter().flatten().collect()
}

fn all(text: &str, language: &str) -> String {
    let language = Some(language).filter(|language| !language.is_empty());
    find_dates(text, language).iter().map(shown).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(language, text, right)| all(text, language) != *right)
        .map(|(language, text, right)| {
            format!("[{language}] {text}: {} instead of {right}", all(text, language))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn english_forms() {
    check(&[
        ("en", "On Monday, September 14, the two met", "--09-14 mo"),
        ("en", "WASHINGTON, Sept. 14, 2020 (AP) -", "2020-09-14"),
        ("en", "on 14 September 2020.", "2020-09-14"),
        ("en", "the 14th of September, 2020", "2020-09-14"),
        ("en", "September 14th 2020", "2020-09-14"),
        ("en", "In October 2000 they", "2000-10"),
        ("en", "in September, 2020", "2020-09"),
        ("en", "Monday, Sept 14 2020 10:30 CET", "2020-09-14 mo 10:30 CET"),
        ("en", "Mon Sep 14 10:30:00 CET 2020", "2020-09-14 mo 10:30 CET"),
        ("en", "10:30 AM ET, Mon September 14, 2020", "2020-09-14 mo 10:30 ET"),
        ("en", "on Monday (Sept 14)", "--09-14 mo"),
        ("en", "September 14-16, 2020", "2020-09-14"),
        ("en", "14-16 September 2020", "2020-09-14"),
        ("en", "14–16 September 2020", "2020-09-14"),
        ("en", "13/14 September 2020", "2020-09-13"),
        ("en", "Python 3 January 13, 2020", "2020-01-13"),
        ("en", "14-Sep-20", "2020-09-14"),
        ("en", "26-FEB-1987 15:01:01.79", "1987-02-26 15:01"),
        ("en", "Sept 14 '20", "2020-09-14"),
        ("en", "2020/sep/14/slug", "2020-09-14"),
        ("en", "2020 September 14", "2020-09-14"),
        ("en", "Sept 14 1530 GMT", "--09-14 15:30 GMT"),
        ("en", "FEB 26, and March 3; April 4", "--02-26; --03-03; --04-04"),
        ("en", "from 3 May 2019 to 4 May 2020", "2019-05-03; 2020-05-04"),
        ("en", "feb 26\n  1987", "1987-02-26"),
    ]);
}

#[test]
fn other_languages() {
    check(&[
        ("de", "am Montag, den 14. September 2020", "2020-09-14 mo"),
        ("de", "Mo., 14. März 2022, 10.30 Uhr", "2022-03-14 mo 10:30"),
        ("de", "vom 14.9. an", "--09-14"),
        ("fr", "le lundi 14 septembre 2020 à 10h30", "2020-09-14 mo 10:30"),
        ("fr", "le 1er août 2020", "2020-08-01"),
        ("es", "14 de septiembre de 2020", "2020-09-14"),
        ("es", "3 ago 2020", "2020-08-03"),
        ("pt", "segunda-feira, 14 de setembro de 2020", "2020-09-14 mo"),
        ("it", "lunedì 14 settembre 2020", "2020-09-14 mo"),
        ("it", "l'8 marzo", "--03-08"),
        ("nl", "maandag 14 september 2020", "2020-09-14 mo"),
        ("sv", "måndagen den 14 september 2020", "2020-09-14 mo"),
        ("da", "mandag den 14. september 2020", "2020-09-14 mo"),
        ("nb", "14. des 2020", "2020-12-14"),
        ("fi", "maanantaina 14. syyskuuta 2020", "2020-09-14 mo"),
        ("pl", "14 września 2020 r.", "2020-09-14"),
        ("cs", "14. září 2020", "2020-09-14"),
        ("sk", "14. septembra 2020", "2020-09-14"),
        ("hu", "2020. szeptember 14-én", "2020-09-14"),
        ("hu", "2020. szept. 14.", "2020-09-14"),
        ("ro", "luni, 14 septembrie 2020", "2020-09-14 mo"),
        ("bg", "14 септември 2020 г.", "2020-09-14"),
        ("ru", "14 сентября 2020 года", "2020-09-14"),
        ("ru", "в понедельник, 14 сентября,", "--09-14 mo"),
        ("uk", "п’ятниця, 11 вересня 2020 року", "2020-09-11 fr"),
        ("sr", "14. септембра 2020. године", "2020-09-14"),
        ("hr", "14. rujna 2020.", "2020-09-14"),
        ("hr", "5. listopada 2020.", "2020-10-05"),
        ("pl", "5 listopada 2020", "2020-11-05"),
        ("el", "Δευτέρα 14 Σεπτεμβρίου 2020", "2020-09-14 mo"),
        ("el", "14 ΣΕΠΤΕΜΒΡΙΟΥ 2020", "2020-09-14"),
        ("tr", "14 Eylül 2020 Pazartesi", "2020-09-14 mo"),
        ("id", "Senin, 14 September 2020", "2020-09-14 mo"),
        ("vi", "ngày 14 tháng 9 năm 2020", "2020-09-14"),
        ("vi", "thứ hai, ngày 14/9", "--09-14 mo"),
        ("vi", "tháng 9 năm 2020", "2020-09"),
        ("ja", "2020年9月14日(月)10時30分", "2020-09-14 mo 10:30"),
        ("ja", "令和2年9月14日", "2020-09-14"),
        ("zh", "2020年9月14日 星期一", "2020-09-14 mo"),
        ("zh", "9月14日", "--09-14"),
        ("zh", "2020年", "2020"),
        ("ko", "2020년 9월 14일 월요일", "2020-09-14 mo"),
        ("ko", "2020. 9. 14. 오후 3:20", "2020-09-14 15:20"),
        ("ar", "الاثنين ١٤ سبتمبر ٢٠٢٠", "2020-09-14 mo"),
        ("ar", "14 سبتمبر/ أيلول 2020", "2020-09-14"),
        ("ar", "14 كانون الثاني 2020", "2020-01-14"),
        ("he", "14 בספטמבר 2020", "2020-09-14"),
        ("hi", "१४ सितंबर २०२०", "2020-09-14"),
        ("lt", "2020 m. rugsėjo 14 d.", "2020-09-14"),
        ("lv", "2020. gada 14. septembrī", "2020-09-14"),
        ("et", "14. septembril 2020", "2020-09-14"),
        ("ca", "14 d'agost de 2020", "2020-08-14"),
        ("ca", "l'1 d’octubre de 2017", "2017-10-01"),
        ("th", "14 กันยายน 2563", "2020-09-14"),
        ("th", "14 ก.ย. 63", "2020-09-14"),
        ("", "14 septembre 2020, 14 września 2020", "2020-09-14; 2020-09-14"),
    ]);
}

#[test]
fn figures() {
    check(&[
        ("", "2020-09-14", "2020-09-14"),
        ("", "2020-09-14T10:00:00+02:00", "2020-09-14 10:00 +02:00"),
        ("", "2020-09-14 10:00:00Z", "2020-09-14 10:00 Z"),
        ("", "/2020/09/14/slug", "2020-09-14"),
        ("", "14.09.2020", "2020-09-14"),
        ("", "14. 9. 2020", "2020-09-14"),
        ("", "14.\u{2009}9.\u{2009}2020", "2020-09-14"),
        ("", "14.09.20", "2020-09-14"),
        ("", "14/09/2020", "2020-09-14"),
        ("", "14 | 09 | 2020 News | Video", "2020-09-14"),
        ("fr", "09/14/2020", "2020-09-14"),
        ("en", "03/04/2020", "2020-03-04 or 04-03"),
        ("fr", "03/04/2020", "2020-04-03 or 03-04"),
        ("en-GB", "03/04/2020", "2020-04-03 or 03-04"),
        ("", "04/04/2020", "2020-04-04"),
        ("de", "03.04.2020", "2020-04-03"),
        ("en", "Friday 03/04/2020", "2020-04-03 fr"),
        ("", "news_20200914.txt", "2020-09-14"),
    ]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "They may come. March on, 5 will follow.",
        "you may 14 times",
        "some 20 may have died",
        "costs 1.5 or 10.30 each, won 3-2, at 10:30",
        "20 years ago, 5 days ago 14 people",
        "in May 10,000 people; in May 10.5 percent; May 10% of them",
        "In May. 14 people died",
        "in September, 14 people",
        "9/11 and 3/4 and 24/7",
        "version 1.2.3, host 10.0.0.1, 192.168.10.20, 555-12-1234",
        "2020-21 season, 1999-2000",
        "the 14 best; set 14 records; out 12; des 14 pays; led 3 teams",
        "31 June 2020, 30/02/2020, 2021-02-29",
        "$14 September",
        "K Mart in 1977, 284 1/4 Jul contracts",
        "12345678, 99999999, 2020",
    ] {
        assert_eq!(all(text, "en"), "", "{text}");
    }
    assert_eq!(all("29 February", "en"), "--02-29");
}

#[test]
fn spans_take_in_the_weekday_and_lie_on_char_boundaries() {
    let text = "«Montag, den 14. März 2022» – été";
    let found = find_dates(text, Some("de"));
    assert_eq!(found.len(), 1);
    assert_eq!(&text[found[0].span.clone()], "Montag, den 14. März 2022");
}

#[test]
fn any_text_is_read_in_linear_time_and_without_a_panic() {
    let pieces = [
        "14",
        "2020",
        "9",
        " ",
        ".",
        "-",
        "/",
        ":",
        "September",
        "may",
        "de",
        "月",
        "年",
        "日",
        "é",
        "١٤",
        "tháng",
        "\u{301}",
        "\n",
        ",",
        "'",
        "(",
        "كانون",
        "ก.ย.",
        "T",
        "+02",
        "Z",
        "am",
        "１",
    ];
    let mut state = 12_345_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        let mut end = 0;
        for found in find_dates(&text, Some("vi")) {
            assert!(found.span.start >= end && text.get(found.span.clone()).is_some(), "{text}");
            end = found.span.end;
        }
        let _ = read_timestamp(&text, None);
    }
    for piece in ["9", "9.", "9-", "9 ", " ", "a", "9 de ", "de ", "٩", "Sept ", "9 tháng "] {
        assert!(find_dates(&piece.repeat(100_000), None).len() < 100_001);
    }
}

fn range(text: &str) -> Result<String, DateError> {
    let today = Day::from_ymd(2020, 9, 16).unwrap();
    read_range(text, today).map(|range| range.to_string())
}

#[test]
fn ranges_as_people_type_them() {
    for (text, days) in [
        ("2020", "2020-01-01..2020-12-31"),
        ("2020-02", "2020-02-01..2020-02-29"),
        ("2020-09-14", "2020-09-14"),
        ("20200914", "2020-09-14"),
        ("2020-03..2020-06", "2020-03-01..2020-06-30"),
        ("..2019", "..2019-12-31"),
        ("2021..", "2021-01-01.."),
        ("2020-03 to june 2020", "2020-03-01..2020-06-30"),
        ("today", "2020-09-16"),
        ("yesterday", "2020-09-15"),
        ("this week", "2020-09-14..2020-09-20"),
        ("last week", "2020-09-07..2020-09-13"),
        ("this month", "2020-09-01..2020-09-30"),
        ("Last Month", "2020-08-01..2020-08-31"),
        ("last quarter", "2020-04-01..2020-06-30"),
        ("last year", "2019-01-01..2019-12-31"),
        ("last 3 months", "2020-06-16..2020-09-16"),
        ("\"the last three months\"", "2020-06-16..2020-09-16"),
        ("last-7-days", "2020-09-09..2020-09-16"),
        ("3 days ago", "2020-09-13"),
        ("a year ago", "2019-09-16"),
        ("7d", "2020-09-09"),
        ("monday", "2020-09-14"),
        ("last wednesday", "2020-09-09"),
        ("14 September 2020", "2020-09-14"),
        ("Sept 2020", "2020-09-01..2020-09-30"),
        ("may 2020", "2020-05-01..2020-05-31"),
        ("september 14, 2020", "2020-09-14"),
        ("14.9.2020", "2020-09-14"),
        ("14/9/2020", "2020-09-14"),
        ("9/2020", "2020-09-01..2020-09-30"),
        ("14 сентября 2020 г.", "2020-09-14"),
        ("2020年9月", "2020-09-01..2020-09-30"),
        ("1990s", "1990-01-01..1999-12-31"),
        ("Q3 2020", "2020-07-01..2020-09-30"),
        ("2020-09-14T10:00:00Z", "2020-09-14"),
        ("last 999999 years", "1500-01-01..2020-09-16"),
        ("1500..2999", "1500-01-01..2999-12-31"),
    ] {
        assert_eq!(range(text).as_deref(), Ok(days), "{text}");
    }
}

#[test]
fn what_is_no_range_says_why() {
    for (text, message, hint) in [
        ("", "no date is given", "2020-09"),
        ("..", "no date is given", "2020-09"),
        ("soon", "`soon` is not a date", "last 3 months"),
        ("2020-09-14x", "`2020-09-14x` is not a date", "yesterday"),
        ("1499", "`1499` is not in the years 1500 to 2999", "1500"),
        ("14 September 3000", "`14 September 3000` is not in the years 1500 to 2999", "1500"),
        ("2021-02-30", "`2021-02-30` is not in the calendar", "day"),
        ("31 June 2020", "`31 June 2020` is not in the calendar", "day"),
        ("14 September", "`14 September` has no year", "\"14 September 2020\""),
        ("03/04/2020", "`03/04/2020` may be 2020-03-04 or 2020-04-03", "2020-04-03"),
        ("5 listopada 2020", "`5 listopada 2020` may be 2020-10-05 or 2020-11-05", "2020-10-05"),
        ("2020-06..2020-03", "`2020-06..2020-03` ends before it starts", "2020-03..2020-06"),
        ("last 0 days", "`last 0 days` is not a date", "yesterday"),
    ] {
        let error = range(text).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(error.hint().contains(hint), "{text}: {}", error.hint());
    }
    assert!(range(&"é".repeat(10_000)).is_err());
}

#[test]
fn since_and_until_include_before_and_after_do_not() {
    let month = read_range("2020-09", Day(0)).unwrap();
    for (use_, days) in [
        (RangeUse::On, "2020-09-01..2020-09-30"),
        (RangeUse::Since, "2020-09-01.."),
        (RangeUse::Until, "..2020-09-30"),
        (RangeUse::Before, "..2020-08-31"),
        (RangeUse::After, "2020-10-01.."),
    ] {
        assert_eq!(apply(use_, month).to_string(), days);
    }
    let open = read_range("..2019", Day(0)).unwrap();
    assert!(apply(RangeUse::Before, open).is_empty());
    assert!(!apply(RangeUse::After, open).is_empty());
    assert!(apply(RangeUse::After, read_range("2999", Day(0)).unwrap()).is_empty());
}

#[test]
fn a_range_holds_what_lies_inside_as_a_whole() {
    let range = read_range("2020-09-10..2020-09-20", Day(0)).unwrap();
    let date = |text| super::Date::parse_iso(text).unwrap();
    assert!(range.holds(date("2020-09-14")) && range.holds(date("2020-09-20")));
    assert!(!range.holds(date("2020-09")) && !range.holds(date("2020")));
    let month = date("2020-09");
    assert!(range.touches_days(month.first(), month.last()));
    assert!(DayRange::default().holds(date("2020")));
}

#[test]
fn timestamps_keep_the_local_day() {
    for (text, date, at) in [
        ("2020-09-14T23:30:00-05:00", "2020-09-14", Some("2020-09-14T23:30:00-05:00")),
        ("2020-09-14T00:30:00.123+0200", "2020-09-14", Some("2020-09-14T00:30:00+02:00")),
        ("2020-09-14 10:00:00", "2020-09-14", None),
        ("2020-09-14T10:00Z", "2020-09-14", Some("2020-09-14T10:00:00Z")),
        ("Mon, 14 Sep 2020 10:00:00 +0200", "2020-09-14", Some("2020-09-14T10:00:00+02:00")),
        ("Mon, 14 Sep 2020 10:00:00 GMT", "2020-09-14", Some("2020-09-14T10:00:00Z")),
        (
            "Mon Sep 14 2020 10:00:00 GMT+0200 (CEST)",
            "2020-09-14",
            Some("2020-09-14T10:00:00+02:00"),
        ),
        ("26-FEB-1987 15:01:01.79", "1987-02-26", None),
        (" 1-MAR-1987 00:46:01.66\nB", "1987-03-01", None),
        ("1600077600", "2020-09-14", Some("2020-09-14T10:00:00Z")),
        ("1600077600000", "2020-09-14", Some("2020-09-14T10:00:00Z")),
        ("20200914", "2020-09-14", None),
        ("20200914103000", "2020-09-14", None),
        ("20200914T103000Z", "2020-09-14", Some("2020-09-14T10:30:00Z")),
        ("2020-09", "2020-09", None),
        ("2020", "2020", None),
        ("September 2020", "2020-09", None),
        (
            "2020-09-14T10:00:00+02:00[Europe/Berlin]",
            "2020-09-14",
            Some("2020-09-14T10:00:00+02:00"),
        ),
        (
            "Published: Sept. 14, 2020 at 9:05 p.m. EDT",
            "2020-09-14",
            Some("2020-09-14T21:05:00-04:00"),
        ),
    ] {
        let read = read_timestamp(text, None).map(|t| (t.date.to_string(), t.at));
        assert_eq!(read, Some((date.to_owned(), at.map(str::to_owned))), "{text}");
    }
    for text in ["", "soon", "0001-01-01T00:00:00Z", "0000-00-00", "14 September", "0"] {
        assert_eq!(read_timestamp(text, None), None, "{text}");
    }
}
