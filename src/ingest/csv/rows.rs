//! Lines of a table -> rows of fields, with quoted line breaks, in bounded memory.

use std::io::{self, BufRead};

use super::super::lines::{Line, read_line};

/// What was found where a row was looked for.
pub(super) enum Row {
    /// The fields of a row, and the line it begins in.
    Whole { line: u64, fields: Vec<String> },
    /// A row over the limit.
    TooLarge { line: u64 },
}

/// Reads rows.
pub(super) struct Rows<'a> {
    input: &'a mut dyn BufRead,
    limit: u64,
    pub(super) delimiter: char,
    /// A line that was read and not used yet.
    ahead: Option<String>,
    line: u64,
    buffer: Vec<u8>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, limit: u64) -> Self {
        Self { input, limit, delimiter: ',', ahead: None, line: 0, buffer: Vec::new() }
    }

    /// The first line that is not blank, which stays to be read.
    pub(super) fn first_line(&mut self) -> io::Result<String> {
        loop {
            match self.next_line()? {
                // Some programs say in the first line what parts the columns.
                Found::Line(line) if !line.trim().is_empty() && !line.starts_with("sep=") => {
                    self.ahead = Some(line.clone());
                    return Ok(line);
                }
                Found::Line(_) | Found::TooLong => {}
                Found::End => return Ok(String::new()),
            }
        }
    }

    /// The next row that is not blank.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Row>> {
        let mut fields = Fields::new(self.delimiter);
        let mut start = 0;
        let mut length = 0;
        loop {
            let found = match self.ahead.take() {
                Some(line) => Found::Line(line),
                None => self.next_line()?,
            };
            let first = if start == 0 { self.line } else { start };
            let line = match found {
                Found::Line(line) => line,
                Found::TooLong => return Ok(Some(Row::TooLarge { line: first })),
                // The file ends within a quoted field.
                Found::End => {
                    let row = || Row::Whole { line: start, fields: fields.finish() };
                    return Ok((start > 0).then(row));
                }
            };
            start = first;
            if length == 0 && line.trim_matches(['\r', '\n', ' ']).is_empty() {
                start = 0;
                continue;
            }
            length += line.len() as u64;
            if length > self.limit {
                return Ok(Some(Row::TooLarge { line: start }));
            }
            if fields.line(&line) {
                return Ok(Some(Row::Whole { line: start, fields: fields.finish() }));
            }
        }
    }

    fn next_line(&mut self) -> io::Result<Found> {
        let found = read_line(self.input, &mut self.buffer, self.limit)?;
        self.line += 1;
        Ok(match found {
            Line::End => Found::End,
            Line::Whole => Found::Line(String::from_utf8_lossy(&self.buffer).into_owned()),
            Line::TooLong(_) => Found::TooLong,
        })
    }
}

/// What was found where a line was looked for.
enum Found {
    Line(String),
    TooLong,
    End,
}

/// The fields of one line.
pub(super) fn split(line: &str, delimiter: char) -> Vec<String> {
    let mut fields = Fields::new(delimiter);
    fields.line(line);
    fields.finish()
}

/// Fields as they grow. A quote opens a field only at its beginning; two quotes are one.
struct Fields {
    delimiter: char,
    done: Vec<String>,
    field: String,
    quoted: bool,
}

impl Fields {
    fn new(delimiter: char) -> Self {
        Self { delimiter, done: Vec::new(), field: String::new(), quoted: false }
    }

    /// Takes a line; whether the row ends with it.
    fn line(&mut self, line: &str) -> bool {
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if self.quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    self.field.push('"');
                }
                '"' if self.quoted => self.quoted = false,
                '"' if self.field.trim().is_empty() => {
                    self.field.clear();
                    self.quoted = true;
                }
                '\n' | '\r' if !self.quoted => {}
                '\r' if chars.peek() == Some(&'\n') => {}
                c if c == self.delimiter && !self.quoted => {
                    self.done.push(std::mem::take(&mut self.field));
                }
                c => self.field.push(c),
            }
        }
        !self.quoted
    }

    fn finish(mut self) -> Vec<String> {
        self.done.push(self.field);
        self.done
    }
}
