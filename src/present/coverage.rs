//! How many articles have each field, and from where, to a table for people and to JSON; and articles that lack one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::article_facts::{date_for_people, short_id};
use super::json::to_line;
use super::wrap::text_columns;
use super::{Style, sanitize};
use crate::article::Article;
use crate::search::coverage::{COVERED, Coverage};

/// Columns of the names of the fields, and of the counts.
const NAMES: usize = 13;
const COUNTS: usize = 9;

/// The table: a row a field, with as many of the places its values are from as the row takes, the most frequent first.
pub fn coverage_text(coverage: &Coverage, style: Style) -> String {
    let mut out = format!("{:NAMES$} {:>COUNTS$}  from\n", "field", "articles");
    for (field, counted) in COVERED.iter().zip(&coverage.fields) {
        let _ = write!(out, "{:NAMES$} {:>COUNTS$}", field.label, counted.articles);
        push_counts(&mut out, style, &sorted(&counted.from));
        if field.name == "published" {
            let rows = precision(coverage);
            let known: Vec<_> = rows.iter().filter(|row| row.1 > 0).copied().collect();
            if !known.is_empty() {
                let _ = write!(out, "{:NAMES$} {:COUNTS$}", "  known to", "");
                push_counts(&mut out, style, &known);
            }
        }
    }
    out
}

/// How exactly dates are known.
fn precision(coverage: &Coverage) -> [(&'static str, u64); 4] {
    let [day, month, year] = coverage.precision;
    [("day", day), ("month", month), ("year", year), ("day without year", coverage.without_year)]
}

fn sorted(from: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<_> = from.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    sorted
}

/// The rest of a row, and its end.
fn push_counts(out: &mut String, style: Style, counts: &[(&str, u64)]) {
    // Room is kept for the word on those that do not fit.
    const MORE: usize = ", 99 more".len();
    let room = style.width.max(60) - NAMES - COUNTS - 3;
    let mut used = 0;
    for (at, (name, count)) in counts.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        let item = format!("{comma}{} {count}", sanitize::line(name));
        let is_last = at + 1 == counts.len();
        let kept_free = if is_last { 0 } else { MORE };
        used += text_columns(&item);
        if at > 0 && used + kept_free > room {
            let _ = write!(out, ", {} more", counts.len() - at);
            break;
        }
        out.push_str(if at == 0 { "  " } else { "" });
        out.push_str(&item);
    }
    out.push('\n');
}

/// The counts of a field, as programs get them.
#[derive(Debug, Serialize)]
pub struct FieldCounts<'a> {
    articles: u64,
    from: &'a BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<PrecisionCounts>,
}

/// How exactly dates are known.
#[derive(Debug, Serialize)]
pub struct PrecisionCounts {
    day: u64,
    month: u64,
    year: u64,
    /// Day and month are known, and not the year; these articles have no date.
    without_year: u64,
}

/// The promised form of the counts, by the name of the field.
pub fn coverage_counts(coverage: &Coverage) -> BTreeMap<&'static str, FieldCounts<'_>> {
    let [day, month, year] = coverage.precision;
    let without_year = coverage.without_year;
    let rows = COVERED.iter().zip(&coverage.fields).map(|(field, counted)| {
        let is_date = field.name == "published";
        let precision = is_date.then_some(PrecisionCounts { day, month, year, without_year });
        (field.name, FieldCounts { articles: counted.articles, from: &counted.from, precision })
    });
    rows.collect()
}

/// An article that lacks a field, in a line; of one without a date also what is known of it.
pub fn lacking_text(article: &Article, is_date: bool) -> String {
    let title = article.title.as_deref().unwrap_or("[no title]");
    let line = format!("{}  {}: {title}", short_id(&article.id), article.place);
    let mut out = sanitize::line(&line).into_owned();
    out.push('\n');
    if is_date && article.published_partial.is_some() {
        let candidates = article.published_candidates.join(" or ");
        let indent = " ".repeat(short_id(&article.id).len());
        let colon = if candidates.is_empty() { "" } else { ": " };
        let known = format!("{}{colon}{candidates}", date_for_people(article));
        let _ = writeln!(out, "{indent}  {}", sanitize::line(&known));
    }
    out
}

/// The same for programs, on one line, without the line's end.
pub fn lacking_line(article: &Article, root: &str) -> String {
    let lacking = Lacking {
        id: &article.id,
        root,
        path: &article.place.path,
        inside: article.place.inside.as_deref(),
        record: article.place.record,
        title: article.title.as_deref(),
        published_partial: article.published_partial.as_deref(),
        published_candidates: &article.published_candidates,
    };
    to_line(&lacking).unwrap_or_default().trim_end().to_owned()
}

/// An article that lacks a field.
#[derive(Debug, Serialize)]
struct Lacking<'a> {
    id: &'a str,
    root: &'a str,
    path: &'a str,
    inside: Option<&'a str>,
    record: u32,
    title: Option<&'a str>,
    published_partial: Option<&'a str>,
    published_candidates: &'a [String],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::hits;
    use crate::search::coverage::FieldCoverage;

    #[test]
    fn a_row_takes_what_fits_and_says_how_many_more() {
        let mut fields = vec![FieldCoverage::default(); COVERED.len()];
        let names = ["record", "json-ld", "headline", "opengraph", "first-line", "title-tag"];
        let from = (1_u64..).zip(names).map(|(count, name)| (name.to_owned(), count * 1000));
        fields[0] = FieldCoverage { articles: 21_000, from: from.collect() };
        fields[4] = FieldCoverage { articles: 3, from: [("\u{1b}[2J".to_owned(), 3)].into() };
        let (precision, without_year) = ([2, 0, 1], 5);
        let coverage = Coverage { articles: 21_000, fields, precision, without_year };
        let text = coverage_text(&coverage, Style::default());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        let head: Vec<_> = text.lines().take(7).collect();
        insta::assert_snapshot!(head.join("\n"), @r"
        field          articles  from
        title             21000  title-tag 6000, first-line 5000, 4 more
        deck                  0
        author                0
        agency                0
        date                  3  ␛[2J 3
          known to               day 2, year 1, day without year 5
        ");
    }

    #[test]
    fn an_article_without_a_date() {
        let mut article = hits().remove(0).article;
        article.published = None;
        article.published_partial = Some("--09-14".into());
        article.published_candidates = vec!["2019-09-14".into(), "2020-09-14".into()];
        insta::assert_snapshot!(lacking_text(&article, true), @r"
        3f9a2c1b  pravda/sochi.txt: Presidents of the CSTO meet as best friends by the sea
                  14 September, year unknown: 2019-09-14 or 2020-09-14
        ");
        insta::assert_snapshot!(lacking_line(&article, "archive"), @r#"{"id":"3f9a2c1b77e0","root":"archive","path":"pravda/sochi.txt","inside":null,"record":0,"title":"Presidents of the CSTO meet as best friends by the sea","published_partial":"--09-14","published_candidates":["2019-09-14","2020-09-14"]}"#);
    }
}
