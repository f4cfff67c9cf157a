//! Counts over time to a chart in the terminal, to a table, and to JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::article_facts::counted;
use super::json::{SCHEMA, SearchHead, to_line};
use super::paint::{Ink, paint};
use super::wrap::text_columns;
use super::{Style, sanitize};
use crate::search::{Head, Timeline};

/// Eighths of a column.
const BLOCKS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
/// Bars are no longer than this, however wide the terminal is.
const LONGEST_BAR: usize = 60;

/// All of a timeline, for programs.
#[derive(Debug, Serialize)]
struct Counts<'a> {
    schema: u32,
    by: &'static str,
    queries: Vec<QueryCounts<'a>>,
}

#[derive(Debug, Serialize)]
struct QueryCounts<'a> {
    #[serde(flatten)]
    head: SearchHead<'a>,
    without_date: u64,
    too_imprecise: u64,
    periods: Vec<PeriodCounts>,
}

#[derive(Debug, Serialize)]
struct PeriodCounts {
    period: String,
    from: String,
    to: String,
    count: u64,
    articles: u64,
    per_10000: f64,
}

/// So many of so many, per 10,000, to a hundredth.
fn per_10000(count: u64, of: u64) -> f64 {
    if of == 0 {
        return 0.0;
    }
    let hundredths = (u128::from(count) * 1_000_000 + u128::from(of) / 2) / u128::from(of);
    hundredths as f64 / 100.0
}

fn rows(timeline: &Timeline, series: usize) -> impl Iterator<Item = PeriodCounts> {
    let counts = &timeline.series[series].counts;
    timeline.periods.iter().zip(counts).zip(&timeline.articles).map(
        |((period, count), articles)| PeriodCounts {
            period: timeline.step.label(*period),
            from: period.first.to_string(),
            to: period.last.to_string(),
            count: *count,
            articles: *articles,
            per_10000: per_10000(*count, *articles),
        },
    )
}

/// One object; `heads` are those of the series.
pub fn timeline_json(timeline: &Timeline, heads: &[Head], out: &mut dyn Write) -> io::Result<()> {
    let queries = heads.iter().zip(&timeline.series).enumerate().map(|(at, (head, series))| {
        let (without_date, too_imprecise) = (series.undated, series.imprecise);
        let head = SearchHead::new(head, None);
        QueryCounts { head, without_date, too_imprecise, periods: rows(timeline, at).collect() }
    });
    let by = timeline.step.name();
    writeln!(out, "{}", to_line(&Counts { schema: SCHEMA, by, queries: queries.collect() })?)
}

/// A row a query and period; articles in no period have rows `undated` and `imprecise`.
pub fn timeline_table(
    timeline: &Timeline,
    heads: &[Head],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["query", "period", "from", "to", "count", "articles", "per_10000"])?;
    for (at, head) in heads.iter().enumerate() {
        let query = super::csv::safe(&head.text, style);
        for row in rows(timeline, at) {
            let (count, articles) = (row.count.to_string(), row.articles.to_string());
            let rate = format!("{:.2}", row.per_10000);
            writer.write_record([
                &*query,
                &row.period,
                &row.from,
                &row.to,
                &count,
                &articles,
                &rate,
            ])?;
        }
        let series = &timeline.series[at];
        for (name, count) in [("undated", series.undated), ("imprecise", series.imprecise)] {
            if count > 0 {
                writer.write_record([&*query, name, "", "", &count.to_string(), "", ""])?;
            }
        }
    }
    writer.flush()
}

/// A line a period: for each query its count, how many that is of 10,000 articles, and a bar.
pub fn timeline_text(timeline: &Timeline, heads: &[Head], style: Style) -> String {
    let mut text = String::new();
    for (head, series) in heads.iter().zip(&timeline.series) {
        text.push_str(&super::text::head_text(head, style));
        let exactly = timeline.step.name();
        if series.undated > 0 {
            let _ = writeln!(
                text,
                "{} without a date",
                counted(series.undated, "article is", "articles are")
            );
        }
        if series.imprecise > 0 {
            let those = counted(series.imprecise, "article is", "articles are");
            let _ = writeln!(text, "{those} not known to the {exactly}");
        }
    }
    let labels: Vec<_> = timeline.periods.iter().map(|it| timeline.step.label(*it)).collect();
    let Some(label) = labels.iter().map(String::len).max() else { return text };
    let most = timeline.series.iter().flat_map(|it| &it.counts).copied().max().unwrap_or(0);
    let number = most.to_string().len().max(5);
    // Count, its part of 10,000, and a bar; two columns between queries.
    let figures = number + 1 + RATE + 1;
    let queries = timeline.series.len().max(1);
    let each = style.width.saturating_sub(label + 2) / queries;
    let bar = each.saturating_sub(figures + 2).clamp(4, LONGEST_BAR);
    let _ = writeln!(
        text,
        "\nby {}; the second number is out of 10,000 articles of the {}",
        timeline.step.name(),
        timeline.step.name()
    );
    if queries > 1 {
        let _ = write!(text, "{}", " ".repeat(label + 2));
        for (at, head) in heads.iter().enumerate() {
            let name: String = fitting(&sanitize::line(&head.text), figures + bar);
            let gap = (figures + bar + 2).saturating_sub(text_columns(&name));
            paint(&mut text, style, Ink::Bold, &name);
            if at + 1 < queries {
                text.push_str(&" ".repeat(gap));
            }
        }
        text.push('\n');
    }
    for (at, name) in labels.iter().enumerate() {
        let mut line = format!("{name:<label$}");
        for series in &timeline.series {
            let count = series.counts[at];
            let rate = format!("{:.1}", per_10000(count, timeline.articles[at]));
            let drawn = drawn(count, most, bar);
            let filled = text_columns(&drawn);
            let _ = write!(line, "  {count:>number$} ");
            paint(&mut line, style, Ink::Dim, &format!("{rate:>RATE$} "));
            paint(&mut line, style, Ink::Note, &drawn);
            line.push_str(&" ".repeat(bar - filled));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Columns of a number out of 10,000.
const RATE: usize = 7;

fn fitting(name: &str, columns: usize) -> String {
    let mut used = 0;
    let mut fits = |ch: &char| {
        used += super::wrap::column_count(*ch);
        used <= columns
    };
    let kept: String = name.chars().take_while(&mut fits).collect();
    if kept.len() == name.len() {
        return kept;
    }
    let mut shorter: String = kept;
    while text_columns(&shorter) >= columns && shorter.pop().is_some() {}
    shorter.push('…');
    shorter
}

/// A bar of at most so many columns, to an eighth of one; what is not nothing is seen.
fn drawn(count: u64, most: u64, columns: usize) -> String {
    if count == 0 || most == 0 {
        return String::new();
    }
    let eighths = (u128::from(count) * columns as u128 * 8 / u128::from(most)).max(1) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(BLOCKS[eighths % 8 - 1]);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_rates() {
        assert_eq!(drawn(1, 1_000_000, 10), "▏");
        assert_eq!(drawn(5, 10, 5), "██▌");
        assert_eq!(drawn(10, 10, 3), "███");
        assert_eq!(drawn(0, 10, 3), "");
        assert_eq!(format!("{:.2}", per_10000(1, 3)), "3333.33");
        assert_eq!(format!("{:.2}", per_10000(0, 0)), "0.00");
        assert_eq!(fitting("abcdef", 4), "abc…");
    }
}
