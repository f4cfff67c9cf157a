//! The oracle held against sentences of the language's page, one case a sentence or two; and the comparison against
//! an engine that errs.

use super::compare::{compare_many, first_difference, tree};
use super::corpus::{Model, read_paragraph, words_of};
use super::evaluate::evaluate;
use super::generate::Level;
use super::words::Corpus;
use super::{Answer, AskOptions, Engine};
use morgue::article::Article;
use morgue::date::{Date, Day};
use morgue::query::Query;
use morgue::search::{MatchMode, Sort};

/// Text of a body, query, and `no` or the number of places and the body with its marks.
const MARKS: &[(&str, &str, &str)] = &[
    // Words.
    ("The CSTO has obligations", "csto obligations", "2 The [CSTO] has [obligations]"),
    ("The CSTO met", "csto obligations", "no"),
    ("He is obliged", "obligations", "1 He is [obliged]"),
    ("He is obliged", "=obligations", "no"),
    ("He is obliged", "=OBLIGED", "1 He is [obliged]"),
    ("A café, a Cafe", "=cafe", "2 A [café], a [Cafe]"),
    ("The CSTO's summit", "csto", "1 The [CSTO]'s summit"),
    ("Mr O'Neil met Neil", "o'neil", "1 Mr [O'Neil] met Neil"),
    ("He paid 1,200 to 1200", "1200", "2 He paid [1,200] to [1200]"),
    // Acronyms.
    ("The U.S. met us", "U.S.", "1 The [U.S.] met us"),
    ("The U.S. met us", "us", "1 The U.S. met [us]"),
    ("The US met us", "US", "1 The [US] met us"),
    ("The US met us", "us", "2 The [US] met [us]"),
    ("The US met us", "allcaps(us)", "1 The [US] met us"),
    ("THE US MET", "U.S.", "no"),
    ("THE US MET", "allcaps(us)", "no"),
    ("Turkey eats turkey", "caps(turkey)", "1 [Turkey] eats turkey"),
    ("Turkey eats turkey", "nocaps(turkey)", "1 Turkey eats [turkey]"),
    ("TURKEY EATS", "nocaps(turkey)", "no"),
    // Hyphens.
    ("A Putin-backed plan", "putin", "1 A [Putin]-backed plan"),
    ("A Putin-backed plan", "=putin", "1 A [Putin]-backed plan"),
    ("The fox and fox-it", "fox-it", "1 The fox and [fox]-[it]"),
    ("The fox and foxit", "fox-it", "1 The fox and [foxit]"),
    ("The fox did it", "fox-it", "no"),
    ("An e-mail", "email", "1 An [e]-[mail]"),
    ("Two emails", "e-mail", "1 Two [emails]"),
    ("An e-mail came", "\"email came\"", "1 An [e]-[mail] [came]"),
    ("An e-mail came", "\"mail came\"", "1 An e-[mail] [came]"),
    ("An e-mail came", "an w/1 email", "1 [An] [e]-[mail] came"),
    (
        "Quux email e-mail one zorp",
        "\"quux email zorp\"~2",
        "1 [Quux] [email] [e]-[mail] one [zorp]",
    ),
    // Stop words.
    ("Obligations of treaties", "the obligations", "1 [Obligations] of treaties"),
    ("The obligations", "the obligations", "1 The [obligations]"),
    ("Obligations of treaties", "the AND obligations", "no"),
    ("The summit of the treaty", "the of", "3 [The] summit [of] [the] treaty"),
    ("Summit of treaty", "\"summit treaty\"", "no"),
    ("The summit", "summit -the", "no"),
    ("The summit", "+the summit", "2 [The] [summit]"),
    // Phrases.
    ("CSTO obligations", "\"csto obligations\"", "1 [CSTO] [obligations]"),
    ("Obligations CSTO", "\"csto obligations\"", "no"),
    ("CSTO obligations", "=\"csto obligation\"", "no"),
    ("The CSTO. Obligations came", "\"csto obligations\"", "1 The [CSTO]. [Obligations] came"),
    ("The CSTO\n\nObligations came", "\"csto obligations\"", "no"),
    ("Putin Putin Putin", "\"putin putin\"", "1 [Putin] [Putin] [Putin]"),
    ("Csto has new obligations", "\"csto * * obligations\"", "1 [Csto] [has] [new] [obligations]"),
    ("Csto has new obligations", "\"csto obligations\"~2", "1 [Csto] has new [obligations]"),
    ("Csto has new obligations", "\"obligations csto\"~1", "no"),
    ("Csto summit", "\"csto csto\"~5", "no"),
    ("One two\n\nThree", "\"three two\"~1", "1 One [two]\n\n[Three]"),
    ("One two\n\nThree", "\"three two\"~0", "no"),
    ("A b c b", "\"a b c\"~5", "1 [A] [b] [c] b"),
    // Patterns.
    ("Obligation, oblige", "oblig*", "2 [Obligation], [oblige]"),
    ("Obligation, oblige", "oblig!", "2 [Obligation], [oblige]"),
    ("Women and woman", "wom?n", "2 [Women] and [woman]"),
    ("Women and woman", "*an", "1 Women and [woman]"),
    ("Lukashenka met lukashenko", "/lukashenk[oa]/", "2 [Lukashenka] met [lukashenko]"),
    ("Lukashenka met Lukashneko", "lukashenko~", "2 [Lukashenka] met [Lukashneko]"),
    ("Lukashinka", "lukashenko~", "no"),
    ("Lukashinka", "lukashenko~2", "1 [Lukashinka]"),
    ("Obligations", "/oblig/", "no"),
    ("Heavy obligations", "\"heavy oblig*\"", "1 [Heavy] [obligations]"),
    // Distances.
    ("Marvin left", "marvin w/5 marvin", "no"),
    ("Marvin met Marvin", "marvin w/5 marvin", "1 [Marvin] met [Marvin]"),
    ("Csto obligations", "csto w/1 obligations", "1 [Csto] [obligations]"),
    ("Csto has obligations", "csto w/1 obligations", "no"),
    ("Csto has obligations", "obligations w/2 csto", "1 [Csto] has [obligations]"),
    ("Csto has obligations", "obligations pre/2 csto", "no"),
    ("Csto has obligations", "csto pre/2 obligations", "1 [Csto] has [obligations]"),
    ("Csto met\n\nObligations", "csto w/3 obligations", "1 [Csto] met\n\n[Obligations]"),
    ("Csto met\n\nObligations", "csto w/2 obligations", "no"),
    ("Csto met. Obligations came", "csto /s obligations", "no"),
    ("Csto met. Obligations came", "csto /p obligations", "1 [Csto] met. [Obligations] came"),
    ("Csto met\n\nObligations", "csto /p obligations", "no"),
    ("Csto has obligations", "csto /s obligations", "1 [Csto] has [obligations]"),
    ("Csto csto has obligations", "csto w/9 obligations", "1 Csto [csto] has [obligations]"),
    ("A b x x c", "(a w/3 b) w/3 c", "1 [A] [b] x x [c]"),
    ("A b x x x c", "(a w/3 b) w/3 c", "no"),
    ("A b x x c", "(a OR b) w/3 c", "1 A [b] x x [c]"),
    // Of the larger span of an OR nothing is lost.
    ("A b c", "(\"a b\" OR a) w/1 c", "1 [A] [b] [c]"),
    ("A b c", "(a AND b) w/2 c", "1 [A] [b] [c]"),
    ("A c x b c", "(a AND b) w/1 c", "2 [A] [c] x [b] [c]"),
    ("A b x c", "(a AND b) w/2 c", "no"),
    (
        "Csto obligations met\n\nCsto",
        "csto not w/2 obligations",
        "1 Csto obligations met\n\n[Csto]",
    ),
    ("Csto obligations", "csto not w/2 obligations", "no"),
    ("George Bush, Bush", "bush not w/1 \"george bush\"", "no"),
    ("George Bush met Bush", "bush not w/1 \"george bush\"", "1 George Bush met [Bush]"),
    ("Bush met", "bush not w/5 bush", "1 [Bush] met"),
    ("Bush met", "bush w/0 met", "no"),
    // Rows of operators.
    ("Csto met", "csto AND NOT obligations", "1 [Csto] met"),
    ("Csto met", "csto AND (NOT obligations)", "1 [Csto] met"),
    ("Csto obligations", "csto AND NOT obligations", "no"),
    ("Csto met", "NOT obligations", "0 Csto met"),
    ("Csto met", "csto OR obligations", "1 [Csto] met"),
    ("Csto met x", "(csto y) OR x", "1 Csto met [x]"),
    ("Csto obligations", "\"csto obligations\" OR csto", "1 [Csto] [obligations]"),
    // Counts.
    ("Csto and csto", "atleast2(csto)", "2 [Csto] and [csto]"),
    ("Csto and csto", "atleast3(csto)", "no"),
    ("Csto and csto", "atleast3(csto) OR and", "1 Csto [and] csto"),
    ("One two three", "length:3", "0 One two three"),
    ("One two-three", "length>2", "0 One two-three"),
    ("One two\n\nThree", "length>3", "no"),
    // Fields.
    ("Csto met", "title:csto", "no"),
    ("Csto met", "body:csto", "1 [Csto] met"),
    ("Csto met\n\nPutin", "hlead(putin)", "no"),
    ("Csto met\n\nPutin csto", "hlead(csto)", "1 [Csto] met\n\nPutin csto"),
    ("Csto met", "title:csto w/5 met", "no"),
];

fn options() -> AskOptions {
    AskOptions {
        mode: MatchMode::Auto,
        sort: Sort::Relevance,
        undated: false,
        filters: Vec::new(),
        today: Day::from_ymd(2021, 3, 15).expect("a day"),
    }
}

fn body(text: &str) -> Model {
    Model {
        body: text.split("\n\n").map(read_paragraph).collect(),
        language: Some("en"),
        ..Model::default()
    }
}

fn ask(models: &[Model], text: &str, options: &AskOptions) -> Answer {
    evaluate(&tree(text, options), &Corpus::new(models), options)
}

#[test]
fn marks_and_counts() {
    let mut wrong = Vec::new();
    for (text, query, expected) in MARKS {
        let model = body(text);
        let answer = ask(std::slice::from_ref(&model), query, &options());
        let got = match answer.hits.first() {
            Some(hit) if answer.total > 0 => {
                // The full stop that every paragraph ends with says nothing here.
                let mut letters: Vec<String> =
                    model.body_text().text.chars().map(String::from).collect();
                for (start, end) in &hit.body_marks {
                    letters[*start].insert(0, '[');
                    letters[end - 1].push(']');
                }
                let marked = letters.concat().replace(".\n", "\n");
                format!("{} {}", hit.matches, marked.strip_suffix('.').unwrap_or(&marked))
            }
            _ => "no".to_owned(),
        };
        if got != *expected {
            wrong.push(format!(
                "`{query}` in {text:?}:\n  expected {expected:?}\n       got {got:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Articles with titles, authors and days.
fn archive() -> Vec<Model> {
    let row = |number, title, text, author: &str, day: &str| Model {
        number,
        title: read_paragraph(title),
        byline: words_of(&format!("By {author}")),
        authors: vec![words_of(author)],
        published: Date::parse_iso(day),
        ..body(text)
    };
    let mut all = vec![
        row(0, "Csto obligations", "Putin met", "Dmitry Sudakov", "2020-09-14"),
        row(1, "Summit", "Csto has new obligations. Smith met", "D. Sudakov", "2020-09"),
        row(2, "SUMMIT CSTO", "Putin\n\nObligations", "Maria Smith", "2020"),
        row(3, "Putin met. Csto left", "Nothing", "John Smith", ""),
        row(4, "Smith", "The obligation", "Sudakov Dmitry", "2019-12-31"),
    ];
    all[3].authors.clear();
    all[3].language = None;
    all
}

/// Query, and the articles it finds: the order of their numbers.
const SETS: &[(&str, &str)] = &[
    ("csto obligations", "0 1 2"),
    ("sudakov", "0 1 4"),
    ("smith", "1 2 3 4"),
    ("\"john smith\"", ""),
    ("byline:\"john smith\"", "3"),
    ("john w/1 smith", ""),
    ("by:smith", "2"),
    ("by:sudakov", "0 1 4"),
    ("by:\"Dmitry Sudakov\"", "0 1 4"),
    ("by:\"M. Smith\"", "2"),
    ("by:\"John Sudakov\"", ""),
    ("by:none", "3"),
    ("lang:en", "0 1 2 4"),
    ("lang:none", "3"),
    ("title:csto", "0 2 3"),
    ("title:(csto w/1 obligations)", "0"),
    ("title:met w/2 left", "3"),
    ("title:(met /s left)", "3"),
    ("csto /p obligations", "0 1"),
    ("csto w/9 obligations", "0 1"),
    ("caps(csto)", "0 1 3"),
    ("atleast1(sudakov)", ""),
    ("date:2020-09-14", "0"),
    ("date:2020-09", "0 1"),
    ("date:2020", "0 1 2"),
    ("since:2020-09", "0 1"),
    ("until:2020-09-14", "0 4"),
    ("before:2020", "4"),
    ("after:2019", "0 1 2"),
    ("date:none", "3"),
    ("NOT date:2020", "3 4"),
    ("obligations -date:2020", "4"),
    ("date:..2020-09", "0 1 4"),
    ("*", "0 1 2 3 4"),
];

#[test]
fn sets() {
    for (query, expected) in SETS {
        let answer = ask(&archive(), query, &options());
        let found: Vec<String> = answer
            .ids
            .iter()
            .filter_map(|it| it.strip_prefix("art0000"))
            .map(str::to_owned)
            .collect();
        let found = if answer.fallback { String::new() } else { found.join(" ") };
        assert_eq!(found, *expected, "{query}");
    }
}

#[test]
fn days_left_out_and_their_order() {
    let answer = ask(&archive(), "obligations date:2020-09-14", &options());
    assert_eq!((answer.total, answer.undated, answer.imprecise), (1, 0, 2));
    let answer = ask(&archive(), "csto date:2019", &options());
    assert_eq!((answer.total, answer.undated, answer.imprecise), (0, 1, 0));
    let adding = AskOptions { undated: true, ..options() };
    let answer = ask(&archive(), "csto date:2020-09-14", &adding);
    assert_eq!((answer.total, answer.undated, answer.imprecise), (4, 0, 0));
    for (sort, expected) in [(Sort::Newest, [2, 1, 0, 4, 3]), (Sort::Oldest, [4, 0, 1, 2, 3])] {
        let answer = ask(&archive(), "*", &AskOptions { sort, ..options() });
        assert_eq!(answer.ids, expected.map(|it| format!("art0000{it}")));
    }
}

#[test]
fn ladder_and_fallback() {
    let ladder = |text: &str| -> Vec<u64> {
        ask(&archive(), text, &options()).ladder.iter().map(|it| it.1).collect()
    };
    assert_eq!(ladder("csto obligations"), [1, 2, 2, 3]);
    assert_eq!(ladder("the csto obligations"), [1, 2, 2, 3]);
    assert_eq!(ladder("csto new obligations"), [0, 1, 1, 1]);
    assert!(ladder("csto -obligations").is_empty());
    assert!(ladder("\"csto obligations\" met").is_empty());
    assert!(ladder("csto").is_empty());
    let rungs: Vec<Option<String>> = ask(&archive(), "csto obligations", &options())
        .hits
        .into_iter()
        .map(|it| it.rung)
        .collect();
    assert_eq!(rungs, ["phrase", "near", "all"].map(|it| Some(it.to_owned())));
    let answer = ask(&archive(), "csto summit smith", &options());
    assert_eq!((answer.total, answer.fallback, answer.ids.len()), (2, false, 2));
    // None has all three: those with two.
    let answer = ask(&archive(), "csto zebra putin", &options());
    assert_eq!((answer.total, answer.fallback), (0, true));
    assert_eq!(answer.ids, ["art00000", "art00002", "art00003"]);
    let answer = ask(&archive(), "zebra yak emu left", &options());
    assert_eq!((answer.ids.as_slice(), answer.fallback), (&["art00003".to_owned()][..], true));
    for mode in [MatchMode::All, MatchMode::Phrase, MatchMode::Exact] {
        assert_eq!(
            ask(&archive(), "csto zebra putin", &AskOptions { mode, ..options() }).ids.len(),
            0
        );
    }
    let newest = AskOptions { sort: Sort::Newest, ..options() };
    assert_eq!(ask(&archive(), "csto zebra putin", &newest).ids.len(), 0);
    let total = |mode, text| ask(&archive(), text, &AskOptions { mode, ..options() }).total;
    assert_eq!(total(MatchMode::Phrase, "csto obligation"), 1);
    assert_eq!(total(MatchMode::Exact, "csto obligation"), 0);
    assert_eq!(total(MatchMode::All, "the obligations"), 1);
    assert_eq!(total(MatchMode::Any, "the zebra csto nothing"), 4);
    assert_eq!(total(MatchMode::Any, "-csto"), 4);
}

/// The oracle itself as an engine, with a fault.
struct Mirror<const FAULT: u8>(Corpus);

impl<const FAULT: u8> Engine for Mirror<FAULT> {
    fn build(articles: Vec<Article>) -> Self {
        let number = |it: &Article| it.id[3..].parse().expect("the id ends with its number");
        let models: Vec<Model> =
            articles.iter().map(|it| Model::of_article(it, number(it))).collect();
        Self(Corpus::new(&models))
    }

    fn ask(&self, text: &str, options: &AskOptions) -> Answer {
        let mut query = tree(text, options);
        if FAULT == 1
            && let Query::Near(near) = &mut query
        {
            near.negated = false;
        }
        let mut answer = evaluate(&query, &self.0, options);
        for hit in &mut answer.hits {
            if FAULT == 2 && hit.body_marks.len() > 3 {
                hit.body_marks.pop();
            }
        }
        answer
    }
}

#[test]
fn a_right_engine_agrees_and_a_wrong_one_is_caught() {
    compare_many::<Mirror<0>>(300, Level::Everything, 7);
    let report = first_difference::<Mirror<1>>(5_000, Level::Everything, 7).expect("a difference");
    assert!(report.contains("negated: true"), "{report}");
    assert!(report.matches("\nart").count() <= 1, "not made small: {report}");
    let report = first_difference::<Mirror<2>>(5_000, Level::Words, 7).expect("a difference");
    assert!(report.contains("expected"), "{report}");
}
