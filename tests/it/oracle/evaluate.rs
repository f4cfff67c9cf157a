//! A query, a corpus and options -> the answer the engine has to give.

use super::judge::plain_word;
use super::spans::{Judge, Scope};
use super::words::{Corpus, Words};
use super::{Answer, AskOptions, OneHit};
use morgue::date::{Date, Day};
use morgue::query::{Near, Phrase, Query, Term, TermKind, Within};
use morgue::search::{MatchMode, Rung, Sort};

/// What the engine has to answer. Under `Sort::Relevance` the order
/// of the hits is that of rungs, then of places: scores are the engine's own.
pub(crate) fn evaluate<'a>(query: &Query, corpus: &'a Corpus, options: &AskOptions) -> Answer {
    let query = settle(query.clone(), options.mode);
    let judge =
        |article: &'a Words, undated| Judge { corpus, article, mode: options.mode, undated };
    let asked = |article: &'a Words, query: &Query, undated| {
        let judge = judge(article, undated);
        options.filters.iter().all(|it| judge.holds(it)) && judge.holds(query)
    };
    let articles = || corpus.articles.iter();
    let (found, others): (Vec<&Words>, Vec<&Words>) =
        articles().partition(|it| asked(it, &query, options.undated));
    let left_out: Vec<&Words> = others.into_iter().filter(|it| asked(it, &query, true)).collect();
    let undated = left_out.iter().filter(|it| it.model.published.is_none()).count() as u64;
    let rungs: Vec<(Rung, Query)> =
        articles().next().map_or(Vec::new(), |it| rungs(judge(it, false), &query, options.mode));
    let ladder = rungs
        .iter()
        .map(|(rung, query)| {
            let count = articles().filter(|it| asked(it, query, options.undated)).count();
            (rung.name().to_owned(), count as u64)
        })
        .collect();
    let best = |article: &'a Words| {
        let judge = judge(article, options.undated);
        rungs.iter().find(|(_, query)| judge.holds(query)).map(|(rung, _)| rung.name().to_owned())
    };
    let mut hits: Vec<(Option<Day>, String, OneHit)> = Vec::new();
    let mut add = |article: &'a Words, query: &Query, rung: Option<String>| {
        let date = article.model.published.map(Date::last);
        let hit = hit(judge(article, options.undated), query, rung);
        hits.push((date, article.model.path(), hit));
    };
    for article in &found {
        add(article, &query, best(article));
    }
    let mut fallback = false;
    if found.is_empty() && options.sort == Sort::Relevance && options.mode == MatchMode::Auto {
        for (article, relaxed) in some(&query, corpus, options) {
            fallback = true;
            add(article, &relaxed, Some(Rung::Some.name().to_owned()));
        }
    }
    hits.sort_by(|a, b| {
        let place_of = |rung: &Option<String>| {
            rungs.iter().position(|it| rung.as_deref() == Some(it.0.name())).unwrap_or(rungs.len())
        };
        let by_day = match (options.sort, a.0, b.0) {
            (Sort::Relevance, ..) => place_of(&a.2.rung).cmp(&place_of(&b.2.rung)),
            (_, None, None) => std::cmp::Ordering::Equal,
            // What has no date comes last both ways.
            (_, None, Some(_)) => std::cmp::Ordering::Greater,
            (_, Some(_), None) => std::cmp::Ordering::Less,
            (Sort::Newest, Some(a), Some(b)) => b.cmp(&a),
            (Sort::Oldest, Some(a), Some(b)) => a.cmp(&b),
        };
        by_day.then_with(|| a.1.cmp(&b.1))
    });
    let hits: Vec<OneHit> = hits.into_iter().map(|it| it.2).collect();
    Answer {
        total: found.len() as u64,
        ids: hits.iter().map(|it| it.id.clone()).collect(),
        fallback,
        undated,
        imprecise: left_out.len() as u64 - undated,
        ladder,
        hits,
    }
}

/// Words side by side as the mode takes them.
fn settle(query: Query, mode: MatchMode) -> Query {
    match (mode, query) {
        (MatchMode::Phrase | MatchMode::Exact, Query::Term(term)) => {
            Query::Term(in_mode(term, mode))
        }
        (_, query) => settle_rows(query, mode),
    }
}

fn settle_rows(query: Query, mode: MatchMode) -> Query {
    let all = |parts: Vec<Query>| parts.into_iter().map(|it| settle_rows(it, mode)).collect();
    let one = |inner: Box<Query>| Box::new(settle_rows(*inner, mode));
    match query {
        Query::Words(parts) => match mode {
            MatchMode::Auto | MatchMode::All | MatchMode::Any => Query::Words(all(parts)),
            MatchMode::Phrase | MatchMode::Exact => {
                let mut words = Vec::new();
                let mut others = Vec::new();
                for part in parts {
                    match bare(part) {
                        Ok(term) => words.push(in_mode(term, mode)),
                        Err(other) => others.push(settle_rows(other, mode)),
                    }
                }
                if !words.is_empty() {
                    others.insert(0, Query::Phrase(Phrase { words, window: None }));
                }
                Query::And(others)
            }
        },
        Query::And(parts) => Query::And(all(parts)),
        Query::Or(parts) => Query::Or(all(parts)),
        Query::Not(inner) => Query::Not(one(inner)),
        Query::AtLeast { count, inner } => Query::AtLeast { count, inner: one(inner) },
        Query::Field { field, inner } => Query::Field { field, inner: one(inner) },
        Query::Boost { weight, inner } => Query::Boost { weight, inner: one(inner) },
        Query::Near(_)
        | Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => query,
    }
}

fn bare(query: Query) -> Result<Term, Query> {
    match query {
        Query::Term(term) => Ok(term),
        Query::Boost { weight, inner } => {
            bare(*inner).map_err(|inner| Query::Boost { weight, inner: Box::new(inner) })
        }
        other => Err(other),
    }
}

fn in_mode(term: Term, mode: MatchMode) -> Term {
    let exact = mode == MatchMode::Exact && term.kind == TermKind::Stem;
    Term { kind: if exact { TermKind::Exact } else { term.kind }, ..term }
}

/// The rungs of two or three plain words, each an explicit query; nothing for any other query.
fn rungs(judge: Judge<'_>, query: &Query, mode: MatchMode) -> Vec<(Rung, Query)> {
    let Query::Words(parts) = query else { return Vec::new() };
    if !matches!(mode, MatchMode::Auto | MatchMode::All) {
        return Vec::new();
    }
    let plain: Option<Vec<&Term>> = judge.counting(parts).map(plain_word).collect();
    let words: Vec<Term> = plain.unwrap_or_default().into_iter().cloned().collect();
    if !matches!(words.len(), 2 | 3) || parts.iter().any(|it| plain_word(it).is_none()) {
        return Vec::new();
    }
    let terms: Vec<Query> = words.iter().cloned().map(Query::Term).collect();
    let near = |left: Query, right: Query, within| {
        Query::Near(Box::new(Near { left, right, within, ordered: false, negated: false }))
    };
    let within_ten = if let [left, right] = &terms[..] {
        near(left.clone(), right.clone(), Within::Words(10))
    } else {
        Query::Phrase(Phrase { words: words.clone(), window: Some(10) })
    };
    let one_paragraph =
        terms.iter().cloned().reduce(|left, right| near(left, right, Within::Paragraph));
    let required = words.iter().map(|it| Query::Term(Term { required: true, ..it.clone() }));
    let all = Query::And(required.collect());
    let mut out = vec![
        (Rung::Phrase, Query::Phrase(Phrase { words, window: None })),
        (Rung::Near, within_ten),
    ];
    out.extend(one_paragraph.map(|it| (Rung::Paragraph, it)));
    out.push((Rung::All, all));
    out
}

/// The fallback: articles with the most of two or three words, or any of more, and what is marked in them.
fn some<'a>(query: &Query, corpus: &'a Corpus, options: &AskOptions) -> Vec<(&'a Words, Query)> {
    let Query::Words(parts) = query else { return Vec::new() };
    let mut candidates = Vec::new();
    let mut asked = 0;
    for article in &corpus.articles {
        let judge = Judge { corpus, article, mode: options.mode, undated: options.undated };
        let relaxes = |it: &Query| plain_word(it).is_some_and(|it| !it.required);
        let (free, fixed): (Vec<&Query>, Vec<&Query>) =
            judge.counting(parts).partition(|it| relaxes(it));
        asked = free.len();
        let held: Vec<Query> = free.into_iter().filter(|it| judge.holds(it)).cloned().collect();
        let fixed_hold = fixed.iter().all(|it| judge.holds(it));
        if fixed_hold && !held.is_empty() && options.filters.iter().all(|it| judge.holds(it)) {
            let marked = held.iter().cloned().chain(fixed.into_iter().cloned()).collect();
            candidates.push((article, held.len(), Query::Or(marked)));
        }
    }
    let most = candidates.iter().map(|it| it.1).max().unwrap_or(0);
    let least = if asked > 3 { 1 } else { most };
    candidates.retain(|it| asked > 1 && it.1 >= least);
    candidates.into_iter().map(|(article, _, query)| (article, query)).collect()
}

fn hit(judge: Judge<'_>, query: &Query, rung: Option<String>) -> OneHit {
    let mut hit = OneHit {
        id: judge.article.model.id(),
        rung,
        matches: judge.count(judge.matches(query, Scope::default())),
        title_marks: Vec::new(),
        deck_marks: Vec::new(),
        body_marks: Vec::new(),
    };
    for (number, position) in judge.marks(query) {
        let stream = &judge.article.streams[number];
        let spot = &stream.spots[position as usize];
        let marks = match stream.field {
            "title" => &mut hit.title_marks,
            "deck" => &mut hit.deck_marks,
            _ => &mut hit.body_marks,
        };
        if !spot.border {
            marks.push(spot.range);
        }
    }
    hit
}
