//! Queries that a stock parser misreads, with the answers that people expect: found articles, marks, and whether
//! something is said.

use super::engine::Morgue;
use super::{AskOptions, Engine};
use morgue::article::Article;
use morgue::date::Day;
use morgue::query::parse;
use morgue::search::{MatchMode, Sort};

/// Eight articles with the two words at known distances: 5 apart, 3 apart the other way round, beside each other,
/// one of them alone, none, none, another form, none.
const ARTICLES: &[&str] = &[
    "The CSTO reminded members of their obligations on Monday.",
    "Their obligations to the CSTO were read out.",
    "CSTO obligations.",
    "The CSTO met in Sochi.",
    "A zebra was seen in the 東京都の報告書 of the year 2021.",
    "Nothing of the kind happened <img src=x onerror=alert(1)>.",
    "Who is obliged by law has to pay.",
    "The weather is fine.",
];

/// What is typed; the articles found; whether a problem is said; the first article's text with its marks.
const ROWS: &[(&str, &str, bool, &str)] = &[
    ("csto AND NOT obligations", "3", false, "The [CSTO] met in Sochi."),
    ("csto AND (NOT obligations)", "3", false, "The [CSTO] met in Sochi."),
    ("csto NOT obligations", "3", false, "The [CSTO] met in Sochi."),
    ("csto -obligations", "3", false, "The [CSTO] met in Sochi."),
    ("csto AND -obligations", "3", false, "The [CSTO] met in Sochi."),
    (
        "csto obligations OR zebra",
        "0 1 2 4",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    (
        "csto (obligations OR zebra)",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    ("oblig*", "0 1 2 6", false, "The CSTO reminded members of their [obligations] on Monday."),
    ("obligatons~1", "0 1 2", false, "The CSTO reminded members of their [obligations] on Monday."),
    (
        "csto w/5 obligations",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    (
        "csto NEAR/5 obligations",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    (
        "csto pre/5 obligations",
        "0 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    (
        "csto and obligations",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    ("body:*202[0-4]", "", true, ""),
    ("body:/.*202[0-4]/", "4", false, "A zebra was seen in the 東京都の報告書 of the year [2021]."),
    ("(csto", "0 1 2 3", true, "The [CSTO] reminded members of their obligations on Monday."),
    ("csto AND", "0 1 2 3", true, "The [CSTO] reminded members of their obligations on Monday."),
    ("csto -", "0 1 2 3", true, "The [CSTO] reminded members of their obligations on Monday."),
    ("atleast3(csto)", "", false, ""),
    (
        "csto: obligations",
        "0 1 2",
        true,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    ("\"csto csto\"~5", "", false, ""),
    ("csto w/5 csto", "", false, ""),
    // The window of this language counts the words between, whichever comes first.
    ("\"csto obligations\"~1", "2", false, "[CSTO] [obligations]."),
    ("\"csto obligations\"~3", "1 2", false, "Their [obligations] to the [CSTO] were read out."),
    (
        "\"csto obligations\"~4",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    (
        "\"obligations csto\"~5",
        "0 1 2",
        false,
        "The [CSTO] reminded members of their [obligations] on Monday.",
    ),
    // Marks of what is no plain word.
    ("lukashenko~ OR weathr~", "7", false, "The [weather] is fine."),
    (
        "/obligations?/",
        "0 1 2",
        false,
        "The CSTO reminded members of their [obligations] on Monday.",
    ),
    ("\"csto oblig*\"", "2", false, "[CSTO] [obligations]."),
    ("東京", "4", false, "A zebra was seen in the [東][京]都の報告書 of the year 2021."),
    ("onerror", "5", false, "Nothing of the kind happened <img src=x [onerror]=alert(1)>."),
];

fn article(number: usize, body: &str) -> Article {
    let mut article = Article {
        id: format!("art{number:05}"),
        body: body.to_owned(),
        language: Some("en".to_owned()),
        authors: if number == 3 { vec!["Dmitry Sudakov".to_owned()] } else { Vec::new() },
        ..Article::default()
    };
    article.place.path = format!("{number}.txt");
    article
}

fn options() -> AskOptions {
    AskOptions {
        mode: MatchMode::Auto,
        sort: Sort::Relevance,
        undated: false,
        filters: Vec::new(),
        today: Day::from_ymd(2021, 3, 15).unwrap(),
    }
}

fn marked(body: &str, marks: &[(usize, usize)]) -> String {
    let mut letters: Vec<String> = body.chars().map(String::from).collect();
    for (start, end) in marks {
        letters[*start].insert(0, '[');
        letters[end - 1].push(']');
    }
    letters.concat()
}

#[test]
fn queries_that_a_stock_parser_misreads() {
    let articles = ARTICLES.iter().enumerate().map(|(number, body)| article(number, body));
    let engine = Morgue::build(articles.collect());
    let mut wrong = Vec::new();
    for (typed, ids, problem, first) in ROWS {
        let answer = engine.ask(typed, &options());
        let mut found: Vec<usize> =
            answer.hits.iter().map(|it| it.id[3..].parse().unwrap()).collect();
        found.sort_unstable();
        let hit = answer.hits.iter().min_by_key(|it| &it.id);
        let text = hit.map_or(String::new(), |hit| marked(ARTICLES[found[0]], &hit.body_marks));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let said = !parse(typed, options().today).problems.is_empty();
        if (found.join(" ").as_str(), said, text.as_str()) != (ids, *problem, first)
            || answer.fallback
        {
            wrong.push(format!("`{typed}`: {found:?}, a problem: {said}, {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A window wider than a byte: 560 words between the first and the last.
#[test]
fn wide_windows_do_not_wrap() {
    let words = "word ".repeat(280);
    let engine = Morgue::build(vec![article(0, &format!("One {words} two {words} three."))]);
    let total = |typed: &str| engine.ask(typed, &options()).total;
    assert_eq!(total("\"one two three\"~310"), 0);
    assert_eq!(total("\"one two three\"~559"), 0);
    assert_eq!(total("\"one two three\"~560"), 1);
    assert_eq!(total("one w/280 two"), 0);
    assert_eq!(total("one w/281 two"), 1);
    assert_eq!(total("one w/99999 three"), 1);
}

/// What has no place in the text marks nothing, and the lead is shown.
#[test]
fn an_author_or_a_day_alone_shows_the_lead() {
    let mut last = article(9, &format!("The lead of it. {}", "More was said. ".repeat(200)));
    last.authors = vec!["Ada Lovelace".to_owned()];
    let engine = Morgue::build(vec![article(3, ARTICLES[3]), last]);
    let answer = engine.ask("by:lovelace", &options());
    assert_eq!(answer.total, 1);
    assert_eq!((answer.hits[0].matches, answer.hits[0].body_marks.as_slice()), (0, &[][..]));
    assert!(engine.first_passage("by:lovelace", &options()).starts_with("The lead of it."));
    assert!(engine.first_passage("date:none by:lovelace", &options()).starts_with("The lead"));
    // Of what is left out nothing is marked, nor of what stands in another field than asked.
    let answer = engine.ask("met -lead", &options());
    assert_eq!(marked(ARTICLES[3], &answer.hits[0].body_marks), "The CSTO [met] in Sochi.");
    let answer = engine.ask("by:sudakov NOT title:csto", &options());
    assert_eq!(answer.hits[0].body_marks, []);
}
