//! What is typed and how it is read, as data; and what holds for every text and every tree.

use super::*;
use crate::date::Day;
use std::fmt::Write as _;

fn today() -> Day {
    Day::from_ymd(2020, 10, 15).expect("a day")
}

#[test]
fn signs_in_a_group_of_days_read_back() {
    for text in ["before:(t //?//)", "before:(t ///)", "date:(a /./ OR 2019)"] {
        let query = parse(text, today()).query;
        assert_eq!(parse(&query.to_string(), today()).query, query, "{text}");
    }
}

#[test]
fn readings_of_the_page() {
    let mut wrong = String::new();
    let table = include_str!("tests.tsv");
    let mut rows = 0;
    for line in table.lines().filter(|it| !it.starts_with('#') && !it.is_empty()) {
        let mut columns = line.split('\t');
        let (typed, tree) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        let flags = columns.next().unwrap_or("");
        let parsed = parse(typed, today());
        let mut seen = String::new();
        if !parsed.problems.is_empty() {
            seen.push('!');
        }
        if !parsed.readings.is_empty() {
            seen.push('?');
        }
        let printed = parsed.query.to_string();
        if printed != tree || seen != flags {
            let _ = writeln!(wrong, "{typed}\t{printed}\t{seen}   # expected {tree} {flags}");
            for problem in &parsed.problems {
                let _ = writeln!(wrong, "#     {} ({:?})", problem.message, problem.hint);
            }
        }
        rows += 1;
    }
    assert!(rows >= 150, "only {rows} rows");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What the manual tells people to type is read without a problem, and what it says is refused is not silent.
#[test]
fn the_manual_is_true() {
    let mut column = None;
    let mut seen = 0;
    let pages =
        [include_str!("../../docs/queries.md"), include_str!("../../docs/coming-from.md")].concat();
    for line in pages.lines() {
        if !line.starts_with('|') {
            column = None;
            continue;
        }
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<&str> = line.split('|').collect();
        let Some(at) = column else {
            column = cells.iter().position(|it| it.trim().starts_with("Type"));
            continue;
        };
        for typed in cells[at].split('`').skip(1).step_by(2) {
            let typed = typed.replace('\u{1}', "|");
            let parsed = parse(&typed, today());
            assert!(parsed.problems.is_empty(), "`{typed}`: {:?}", parsed.problems);
            seen += 1;
        }
    }
    assert!(seen > 90, "only {seen} examples");
    for typed in [
        "date aft 2020",
        "csto SAME obligations",
        "hd=csto",
        "earn$3",
        "csto /F50/",
        "intitle:csto",
        "atleast5 csto",
    ] {
        assert!(!parse(typed, today()).problems.is_empty(), "`{typed}` is silent");
    }
    for typed in
        ["date:[2020 TO 2021]", "_exists_:by", "filetype:pdf", "csto AROUND(5) obligations"]
    {
        assert!(!parse(typed, today()).problems.is_empty(), "`{typed}` is silent");
    }
}

#[test]
fn problems_name_the_spot_and_the_remedy() {
    let parsed = parse("putin autor:smith", today());
    let problem = &parsed.problems[0];
    assert_eq!((problem.start, problem.end), (6, 12));
    assert_eq!(problem.message, "there is no field `autor:`: read as text");
    assert!(problem.hint.as_ref().is_some_and(|it| it.contains("did you mean `author:`")));
    let parsed = parse("by:dmitry sudakov", today());
    assert!(
        parsed.problems[0].hint.as_ref().is_some_and(|it| it.contains("by:\"dmitry sudakov\""))
    );
}

#[test]
fn other_readings_are_kept() {
    let of = |text: &str| {
        let readings = parse(text, today()).readings;
        readings.iter().map(|it| format!("{} / {}", it.note, it.query)).collect::<Vec<_>>()
    };
    assert_eq!(of("a b OR c"), ["read as (a b) OR c / a (b OR c)"]);
    assert_eq!(of("putin or xi"), ["`or` read as words: putin \\or xi / putin OR xi"]);
    assert_eq!(
        of("\"putin\" or xi"),
        ["`or` read as operators: \"putin\" OR xi / \"putin\" \\or xi"]
    );
    assert_eq!(of("a OR b"), Vec::<String>::new());
    assert_eq!(of("a (b OR c)"), Vec::<String>::new());
}

#[test]
fn what_is_too_long_is_cut_at_a_word_and_said() {
    let text = "word ".repeat(LONGEST);
    let (kept, problem) = within_limit(&text);
    assert_eq!(kept.chars().count(), LONGEST - 1);
    let problem = problem.expect("a problem");
    assert_eq!((problem.start, problem.end), (LONGEST - 1, LONGEST));
    assert_eq!(within_limit("csto obligations"), ("csto obligations", None));
    assert_eq!(within_limit(&"東".repeat(LONGEST + 1)).0.chars().count(), LONGEST);
}

#[test]
fn plain_words_have_no_operators() {
    assert_eq!(
        plain_words("csto AND (\"obligations\") -by:x oblig*").to_string(),
        "csto \\AND obligations by\\:x oblig"
    );
    assert_eq!(plain_words("U.S. C++ $1.5?").to_string(), "U.S. C++ $1.5");
    assert_eq!(plain_words(" - ").to_string(), "*");
}

#[test]
fn words_that_weigh_nothing_stand_in_brackets_and_read_back() {
    let query = plain_words("to be or not");
    assert_eq!(understood(&query), "to be \\or \\not");
    let shown = understood_with(&query, &|it| it.text != "be");
    assert_eq!(shown, "[to] be [or] [not]");
    assert_eq!(parse(&shown, today()).query, query);
    let query = parse("the csto", today()).query;
    assert_eq!(understood_with(&query, &|it| it.text == "the"), "[the] csto");
}

#[test]
fn a_slip_never_widens() {
    for (typed, tree) in [
        ("turkey AND /[/", "turkey AND \\/\\[\\/"),
        ("turkey NOT /[/", "turkey NOT \\/\\[\\/"),
        ("turkey by:\"\"", "turkey by:\\\"\\\""),
        ("turkey by:()", "turkey by:\\(\\)"),
        ("turkey by:(", "turkey by:\\(\\)"),
        ("\"turkey /[/\"", "\"turkey \\/\\[\\/\""),
    ] {
        let parsed = parse(typed, today());
        assert_eq!(parsed.query.to_string(), tree);
        assert!(!parsed.problems.is_empty(), "{typed}");
    }
}

#[test]
fn what_is_no_sign_is_said_once() {
    let said = |typed: &str| {
        let problems = parse(typed, today()).problems;
        problems.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let quotes = |inner: &str| format!("`{inner}` is read as words: single quotes are apostrophes");
    assert_eq!(said("'aa xx'"), [quotes("'aa xx'")]);
    assert_eq!(said("cc ‘aa xx’ bb"), [quotes("‘aa xx’")]);
    assert_eq!(said("the workers' 'rights' and rock 'n' roll"), Vec::<String>::new());
    assert_eq!(said("[aa] bb").len(), 1);
    assert_eq!(said("aa near bb near cc").len(), 1);
    assert_eq!(said("near aa"), Vec::<String>::new());
    assert_eq!(said("(aa NOT turkey) w/3 cc").len(), 1);
    assert_eq!(said("atleast2(by:sudakov)").len(), 1);
    assert_eq!(said("by:(atleast2(sudakov))").len(), 1);
    assert_eq!(said("atleast2(title:x)"), Vec::<String>::new());
    assert_eq!(said("lang:english marvin"), ["`english` is no code of a language"]);
    let hint = |typed: &str| parse(typed, today()).problems[0].hint.clone().unwrap_or_default();
    assert!(!hint("aa w/5 (date:2020)").contains("not w/5"));
    assert!(hint("aa w/5 (NOT bb)").contains("not w/5"));
}

/// Long and deep texts: each is read, printed, read back, compared and dropped, in linear time.
#[test]
fn pathological_texts_are_read() {
    let many = |text: &str, times: usize| text.repeat(times);
    let texts = [
        many("(", 100_000),
        many(")", 100_000),
        many("(a ", 100_000),
        many("-(a ", 50_000),
        many("-", 100_000),
        many("- ", 100_000),
        many("-x ", 100_000),
        many("NOT ", 100_000),
        many("not ", 100_000),
        many("or ", 100_000),
        many("AND ", 100_000),
        many("\"", 100_001),
        many("\"a", 100_000),
        many("«", 100_000),
        many("a w/5 ", 100_000),
        many("a OR ", 100_000),
        many("(a w/5 b) w/5 ", 20_000),
        many("(a w/5 (b OR ", 20_000),
        many("title:", 100_000),
        many("title:(", 50_000),
        many("caps(", 50_000),
        many("atleast2(a w/3 ", 50_000),
        many("/a", 100_000),
        many("/a(", 100_000),
        many("/a/ ", 30_000),
        many("[", 100_000),
        many("{a ", 50_000),
        many("date:", 50_000),
        many("a^2", 100_000),
        many("~", 100_000),
        many("?", 100_000),
        many("*", 100_000),
        many("\\", 100_000),
        many("+5 ", 100_000),
        many("a:", 100_000),
        many("http://a(", 50_000),
        format!("({}) w/5 ({})", many("a ", 100_000), many("b ", 100_000)),
        format!("({}) w/5 c", many("a OR ", 100_000)),
        many("word ", 200_000),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let parsed = parse(&text, today());
        let took = start.elapsed();
        let head: String = text.chars().take(12).collect();
        assert!(took.as_secs() < 5, "`{head}` took {took:?}");
        assert!(parsed.problems.len() <= 21, "`{head}`: {} problems", parsed.problems.len());
        let printed = parsed.query.to_string();
        let again = parse(&printed, today());
        assert!(again.query == parsed.query, "`{head}` does not read back");
        if std::env::var_os("SHOW_TIMES").is_some() {
            println!("{head}\t{took:?}\t{} problems", parsed.problems.len());
        }
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        let texts = [
            "csto",
            "obligations",
            "or",
            "AND",
            "not",
            "near5",
            "w/5",
            "U.S.",
            "AT&T",
            "C++",
            "none",
            "a:b",
            "by:x",
            "x*y",
            "O'Neil",
            "10:30",
            "東京",
            "-x",
            "a,",
            "what?",
            "a\"b",
            "a(b",
            "x^2",
            "x~",
            "http://example.org/a?b=1",
            "date:2020",
            "caps",
            "a…",
            "\\or",
            "=x",
            "/x/",
            "a|b",
            "same",
            "TO",
            "words",
            "length",
            "WC",
            "date",
            "since",
            "100",
            "5",
            "2020",
            ">100",
            "=100",
            "aft",
            "bef",
            "last",
            "3",
            "months",
            "yesterday",
            "BUT",
            "NOT",
            "s",
            "p",
            "within/5",
            "AROUND",
            "atleast3",
            "title",
            "[2020",
            "2021]",
            "F50",
            "/F50/",
            "$3",
            "earn$3",
            "#1",
            "www.x.org",
            "mailto:a@b.org",
            "a@b.org",
            "2020..2021",
            "+5",
            "1.5",
            ".5",
            "e-mail",
            "a\\",
            "x!",
            "^2",
            "~2",
            "title\\:x",
            "[x]",
            "x[1]",
            "a]b",
            "/a[/",
            "/[/",
            "\"\"",
            "()",
            "\\",
            "'a",
            "‘b’",
            "near",
        ];
        prop::sample::select(texts.to_vec()).prop_map(str::to_owned)
    }

    fn term() -> impl Strategy<Value = Term> {
        let stem = (text(), any::<bool>())
            .prop_map(|(text, exact)| (text, if exact { TermKind::Exact } else { TermKind::Stem }));
        let pattern = prop::sample::select(vec![
            "oblig*",
            "wom?n",
            "*gation",
            "a*b",
            "?oman",
            "*a*",
            "*202[0-4]",
            "a]*[b",
        ])
        .prop_map(|it| (it.to_owned(), TermKind::Wildcard));
        let fuzzy = (text(), 1..3_u8)
            .prop_map(|(text, count)| (text, TermKind::Fuzzy(count)))
            .prop_filter("signs and patterns are not fuzzy", |(text, _)| {
                text.contains(char::is_alphanumeric) && !text.contains(['*', '?'])
            });
        let expression = prop::sample::select(vec!["lukashenk[oa]", "a(b|c)", ".*", "a\\/b"])
            .prop_map(|it| (it.to_owned(), TermKind::Regex));
        let case = prop::option::weighted(
            0.2,
            prop::sample::select(vec![Case::Some, Case::All, Case::None]),
        );
        (prop_oneof![4 => stem, 1 => pattern, 1 => fuzzy, 1 => expression], case, any::<bool>())
            .prop_map(|((text, kind), case, required)| Term { text, kind, case, required })
    }

    fn phrase() -> impl Strategy<Value = Query> {
        let words = prop::collection::vec(term(), 1..4);
        (words, prop::option::of(0..9_u32)).prop_map(|(mut words, window)| {
            let case = words[0].case;
            for word in &mut words {
                word.case = case;
                word.required = false;
            }
            let window = window.filter(|_| words.len() > 1);
            Query::Phrase(Phrase { words, window })
        })
    }

    /// Parts that have places in the text.
    fn span() -> impl Strategy<Value = Query> {
        let leaf = prop_oneof![3 => term().prop_map(Query::Term), 1 => phrase()];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let within = prop_oneof![
                (0..20_u32).prop_map(Within::Words),
                Just(Within::Sentence),
                Just(Within::Paragraph)
            ];
            prop_oneof![
                (inner.clone(), inner.clone(), within, any::<bool>(), any::<bool>()).prop_map(
                    |(mut left, mut right, within, ordered, negated)| {
                        tree::set_required(&mut left, false);
                        tree::set_required(&mut right, false);
                        Query::Near(Box::new(Near { left, right, within, ordered, negated }))
                    }
                ),
                prop::collection::vec(inner.clone(), 2..4)
                    .prop_map(|it| tree::or(it).expect("parts")),
                (inner, weight())
                    .prop_map(|(inner, weight)| Query::Boost { weight, inner: Box::new(inner) }),
            ]
        })
    }

    fn weight() -> impl Strategy<Value = f32> {
        prop::sample::select(vec![0.25_f32, 1.0, 2.0, 2.5, 100.0])
    }

    fn condition() -> impl Strategy<Value = Query> {
        let day = || prop::option::of((-100_000..300_000_i32).prop_map(Day));
        let count = || prop::option::of(0..5000_u32);
        let fields = vec![DateField::Published, DateField::Updated, DateField::Added];
        prop_oneof![
            (prop::sample::select(fields), day(), day())
                .prop_map(|(field, first, last)| Query::Dates { field, first, last })
                .prop_filter(
                    "days in order",
                    |it| !matches!(it, Query::Dates { first: Some(a), last: Some(b), .. } if a > b)
                ),
            (count(), count()).prop_map(|(min, max)| Query::Length { min, max }),
            prop::sample::select(vec!["by", "date", "source", "added"])
                .prop_map(|field| Query::Missing { field }),
            Just(Query::All),
        ]
    }

    fn combined(
        inner: impl Strategy<Value = Query> + Clone + 'static,
    ) -> impl Strategy<Value = Query> {
        let several = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            several.clone().prop_map(|mut parts| {
                for part in &mut parts {
                    tree::set_required(part, false);
                }
                tree::words(parts).expect("parts")
            }),
            several.clone().prop_map(|mut parts| {
                if parts.iter().all(|it| tree::required(it) == Some(false)) {
                    tree::set_required(&mut parts[0], true);
                }
                tree::and(parts).expect("parts")
            }),
            several.prop_map(|it| tree::or(it).expect("parts")),
            inner.clone().prop_map(tree::not),
            (1..9_u32, inner.clone())
                .prop_map(|(count, inner)| Query::AtLeast { count, inner: Box::new(inner) }),
            (inner, weight())
                .prop_map(|(inner, weight)| Query::Boost { weight, inner: Box::new(inner) }),
        ]
    }

    fn tree_of_parts() -> impl Strategy<Value = Query> {
        let plain = span().prop_recursive(3, 20, 4, combined);
        let fields = vec!["title", "body", "by", "hlead", "url", "person"];
        let in_field = (prop::sample::select(fields), plain.clone())
            .prop_map(|(field, inner)| Query::Field { field, inner: Box::new(inner) });
        prop_oneof![3 => plain, 2 => in_field, 1 => condition()].prop_recursive(4, 30, 4, combined)
    }

    fn typed() -> impl Strategy<Value = String> {
        let pieces = vec![
            "csto",
            "obligations",
            "Putin",
            " ",
            " ",
            " ",
            "(",
            ")",
            "\"",
            "“",
            "”",
            "«",
            "»",
            "-",
            "+",
            "=",
            "~",
            "^2",
            "*",
            "?",
            "!",
            "/",
            "\\",
            "AND",
            "OR",
            "NOT",
            "and",
            "or",
            "not",
            "w/5",
            "near5",
            "NEAR",
            "pre/3",
            "/s",
            "/p",
            "+5",
            "|",
            "&",
            "title:",
            "by:",
            "date:",
            "since:",
            "none",
            "2020-09",
            "..",
            "length>600",
            "length:",
            "caps(",
            "atleast3(",
            "headline(",
            "[",
            "]",
            "{",
            "}",
            " TO ",
            "$3",
            ":",
            "://",
            "http",
            ",",
            ".",
            "’",
            "–",
            "東京",
            "é",
            "\u{0}",
            "\t",
            "autor:",
            "hd=",
            "F50",
            "BUT NOT",
            "SAME",
            "date aft 2020",
            "~2",
            "words",
            "length",
            "date",
            "wc",
            " >100",
            " =100",
            "100",
            ">",
            "<",
            "=(",
            "5",
            "aft",
            "last",
            "months",
            "AROUND(5)",
            "\\",
            "#",
            "@",
            "$",
            "%",
            "&&",
            "||",
            "BUT",
            "ADJ",
            "/x/",
            "/F5/",
            "www.",
            "-",
            "'",
            ";",
            "\u{200b}",
            "s",
            "p",
            "1",
            "/[/",
            "202[0-4]",
            "title\\:x",
            "\\or",
            "\"\"",
            "()",
            "[or]",
            "‘",
            "lang:english",
        ];
        prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|it| it.concat())
    }

    fn holds(text: &str) -> Result<(), TestCaseError> {
        let parsed = parse(text, today());
        let length = text.chars().count();
        for problem in &parsed.problems {
            prop_assert!(
                problem.start <= problem.end && problem.end <= length,
                "{text:?}: {problem:?}"
            );
        }
        for query in
            std::iter::once(&parsed.query).chain(parsed.readings.iter().map(|it| &it.query))
        {
            let printed = query.to_string();
            let again = parse(&printed, today()).query;
            prop_assert_eq!(query, &again, "{:?} printed as {:?}", text, printed);
            reads_back(query)?;
        }
        let plain = plain_words(text);
        prop_assert_eq!(&plain, &parse(&plain.to_string(), today()).query);
        reads_back(&plain)?;
        // As `--match any` takes them.
        if let Query::Words(words) = plain {
            reads_back(&Query::Or(words))?;
        }
        Ok(())
    }

    /// The words of rows that may weigh nothing.
    fn small_words(query: &Query, found: &mut Vec<*const Term>) {
        match query {
            Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
                for part in parts {
                    let mut word = part;
                    while let Query::Boost { inner, .. } = word {
                        word = inner;
                    }
                    match word {
                        Query::Term(term) => {
                            let small = ["or", "and", "not", "near", "s", "date", "csto", "none"];
                            let is_small = small.contains(&term.text.to_lowercase().as_str());
                            let is_plain = term.kind == TermKind::Stem && term.case.is_none();
                            if is_small && is_plain && !term.required {
                                found.push(std::ptr::from_ref(term));
                            }
                        }
                        other => small_words(other, found),
                    }
                }
            }
            Query::Not(inner)
            | Query::AtLeast { inner, .. }
            | Query::Field { inner, .. }
            | Query::Boost { inner, .. } => small_words(inner, found),
            Query::All
            | Query::Term(_)
            | Query::Phrase(_)
            | Query::Near(_)
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => {}
        }
    }

    /// What people see of a tree, words that weigh nothing in brackets, is read as that tree.
    fn reads_back(query: &Query) -> Result<(), TestCaseError> {
        let mut small = Vec::new();
        small_words(query, &mut small);
        let is_ignored = |term: &Term| small.contains(&std::ptr::from_ref(term));
        for shown in [understood(query), understood_with(query, &is_ignored)] {
            prop_assert!(!shown.is_empty());
            prop_assert_eq!(query, &parse(&shown, today()).query, "shown as {:?}", shown);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn trees_print_and_read_back(query in tree_of_parts()) {
            let printed = query.to_string();
            let again = parse(&printed, today()).query;
            prop_assert_eq!(&query, &again, "{}", printed);
            reads_back(&query)?;
        }

        #[test]
        fn pieces_are_read(text in typed()) {
            holds(&text)?;
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,40}") {
            holds(&text)?;
        }
    }

    fn cases() -> u32 {
        if std::env::var_os("RUN_SLOW_TESTS").is_some() { 100_000 } else { 2500 }
    }
}
