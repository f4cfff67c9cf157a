//! Counts by field to the lines under a head, to the promised structs, and to a table.

use std::io::{self, Write};

use serde::Serialize;

use super::wrap::text_columns;
use super::{Style, sanitize};
use crate::search::Facet;

/// The counts of a field, as programs get them.
#[derive(Debug, Serialize)]
pub struct FacetCounts<'a> {
    field: &'static str,
    values: Vec<ValueCount<'a>>,
    distinct: u64,
    none: u64,
}

/// A value and its articles.
#[derive(Debug, Serialize)]
pub struct ValueCount<'a> {
    value: &'a str,
    count: u64,
}

impl<'a> FacetCounts<'a> {
    /// The promised form of `facet`.
    pub fn new(facet: &'a Facet) -> Self {
        let values = facet.values.iter().map(|(value, count)| ValueCount { value, count: *count });
        Self {
            field: facet.field.name(),
            values: values.collect(),
            distinct: facet.distinct,
            none: facet.none,
        }
    }
}

/// `authors: Ilya Morvan 3 · Xenia Olrich 2 · 8 more · without 4`, on as many lines as it takes.
pub fn facet_text(facets: &[Facet], style: Style) -> String {
    let mut text = String::new();
    for facet in facets {
        let mut items: Vec<String> = facet
            .values
            .iter()
            .map(|(value, count)| format!("{} {count}", sanitize::line(value).trim()))
            .collect();
        let more = facet.distinct.saturating_sub(facet.values.len() as u64);
        if more > 0 {
            items.push(format!("{more} more"));
        }
        if facet.none > 0 {
            items.push(format!("without {}", facet.none));
        }
        let mut line = format!("{}:", facet.field.name());
        for (at, item) in items.iter().enumerate() {
            let joint = if at == 0 { " " } else { " · " };
            if text_columns(&line) + text_columns(joint) + text_columns(item) > style.width
                && at > 0
            {
                text.push_str(&line);
                text.push('\n');
                line = format!("    {item}");
            } else {
                line.push_str(joint);
                line.push_str(item);
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A row a value: field, value, articles. Articles without any have a row with an empty value.
pub fn facet_table(facets: &[Facet], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["field", "value", "articles"])?;
    for facet in facets {
        for (value, count) in &facet.values {
            let value = super::csv::safe(value, style);
            writer.write_record([facet.field.name(), &*value, &count.to_string()])?;
        }
        if facet.none > 0 {
            writer.write_record([facet.field.name(), "", &facet.none.to_string()])?;
        }
    }
    writer.flush()
}
