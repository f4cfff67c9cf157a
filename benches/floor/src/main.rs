//! `floor`: the least tantivy program that indexes Reuters-21578 and searches it, against which `morgue` is measured.
//!
//! It does no more than `benches/floor/README.md` says, and its query syntax is tantivy's own.

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, doc};

type Outcome<T> = Result<T, Box<dyn Error>>;

const WRITER_THREADS: usize = 1;
const WRITER_BUDGET_BYTES: usize = 100_000_000;
const DOCUMENT_STORE_BLOCK_BYTES: usize = 16 * 1024;
const HITS: usize = 10;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["index", sgml_folder, index_folder] => {
            index_folder_of_sgml(sgml_folder.as_ref(), index_folder.as_ref())
        }
        ["search", index_folder, query] => search(index_folder.as_ref(), query),
        ["batch", index_folder, file] => batch(index_folder.as_ref(), file.as_ref()),
        _ => Err(
            "usage: floor index SGML_DIR INDEX_DIR | search INDEX_DIR QUERY | batch INDEX_DIR FILE"
                .into(),
        ),
    }
}

fn index_folder_of_sgml(sgml_folder: &Path, index_folder: &Path) -> Outcome<()> {
    let schema = schema();
    let fields = Fields::of(&schema)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: DOCUMENT_STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    fs::create_dir_all(index_folder)?;
    let index = Index::builder().schema(schema).settings(settings).create_in_dir(index_folder)?;
    let mut writer: IndexWriter =
        index.writer_with_num_threads(WRITER_THREADS, WRITER_BUDGET_BYTES)?;
    let mut articles = 0_u64;
    for file in sgml_files(sgml_folder)? {
        // The files are Latin-1: a byte is a character.
        let text: String = fs::read(file)?.iter().copied().map(char::from).collect();
        for record in records(&text) {
            let text = between(record, "<TEXT", "</TEXT>").unwrap_or_default();
            let text = text.split_once('>').map_or("", |(_, inside)| inside);
            let title = between(text, "<TITLE>", "</TITLE>").unwrap_or_default();
            let body = match between(text, "<BODY>", "</BODY>") {
                Some(body) => body,
                // A title alone, or a record of raw text.
                None => text.rsplit_once("</TITLE>").map_or(text, |(_, rest)| rest),
            };
            let mut document = doc!(
                fields.title => plain(title),
                fields.body => plain(body),
                fields.author => plain(between(text, "<AUTHOR>", "</AUTHOR>").unwrap_or_default()),
            );
            if let Some(day) = between(record, "<DATE>", "</DATE>").and_then(day) {
                document.add_i64(fields.day, day);
            }
            writer.add_document(document)?;
            articles += 1;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    // Waiting consumed the writer: another one, which starts no work, removes what the merges left behind.
    let writer: IndexWriter = index.writer_with_num_threads(WRITER_THREADS, 15_000_000)?;
    writer.garbage_collect_files().wait()?;
    writeln!(io::stdout(), "{articles} articles")?;
    Ok(())
}

fn search(index_folder: &Path, query: &str) -> Outcome<()> {
    let opened = Opened::open(index_folder)?;
    opened.print_best(query, &mut BufWriter::new(io::stdout().lock()))
}

fn batch(index_folder: &Path, file: &Path) -> Outcome<()> {
    let opened = Opened::open(index_folder)?;
    let mut output = BufWriter::new(io::stdout().lock());
    for query in fs::read_to_string(file)?.lines().filter(|line| !line.trim().is_empty()) {
        writeln!(output, "query\t{query}")?;
        opened.print_best(query, &mut output)?;
    }
    Ok(())
}

fn schema() -> Schema {
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextFieldIndexing::default()
        .set_tokenizer("default")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let stored = |indexing| TextOptions::default().set_indexing_options(indexing).set_stored();
    let mut schema = Schema::builder();
    schema.add_text_field("title", stored(stemmed.clone()));
    schema.add_text_field("body", stored(stemmed));
    schema.add_text_field("author", stored(words));
    schema.add_i64_field("day", FAST | STORED);
    schema.build()
}

struct Fields {
    title: Field,
    body: Field,
    author: Field,
    day: Field,
}

impl Fields {
    fn of(schema: &Schema) -> tantivy::Result<Self> {
        Ok(Self {
            title: schema.get_field("title")?,
            body: schema.get_field("body")?,
            author: schema.get_field("author")?,
            day: schema.get_field("day")?,
        })
    }
}

struct Opened {
    fields: Fields,
    parser: QueryParser,
    searcher: Searcher,
}

impl Opened {
    fn open(index_folder: &Path) -> Outcome<Self> {
        let index = Index::open_in_dir(index_folder)?;
        let fields = Fields::of(&index.schema())?;
        let mut parser = QueryParser::for_index(&index, vec![fields.title, fields.body]);
        parser.set_conjunction_by_default();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, parser, searcher: reader.searcher() })
    }

    fn print_best(&self, query: &str, output: &mut impl Write) -> Outcome<()> {
        let query = self.parser.parse_query(query)?;
        let best = self.searcher.search(&query, &TopDocs::with_limit(HITS).order_by_score())?;
        let passages = SnippetGenerator::create(&self.searcher, &*query, self.fields.body)?;
        for (rank, (score, address)) in best.into_iter().enumerate() {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let text = |field| {
                document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
            };
            let day = document.get_first(self.fields.day).and_then(|value| value.as_i64());
            let rank = rank + 1;
            writeln!(output, "{rank}. {} {score:.3}", text(self.fields.title).trim())?;
            writeln!(output, "   {} {}", day.unwrap_or_default(), text(self.fields.author).trim())?;
            writeln!(output, "   {}", passages.snippet_from_doc(&document).to_html())?;
        }
        Ok(())
    }
}

fn sgml_files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "sgm") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn records(text: &str) -> impl Iterator<Item = &str> {
    text.split("</REUTERS>")
        .filter_map(|piece| piece.split_once("<REUTERS").map(|(_, record)| record))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let from = text.find(start)? + start.len();
    let until = text[from..].find(end)?;
    Some(&text[from..from + until])
}

fn plain(text: &str) -> String {
    text.replace("&#2;", "").replace("&#3;", "").replace("&lt;", "<").replace("&amp;", "&")
}

/// `26-FEB-1987 15:01:01.79` is 19870226.
fn day(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = text.split_whitespace().next()?.split('-');
    let day: i64 = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let year: i64 = parts.next()?.parse().ok()?;
    Some(year * 10_000 + month * 100 + day)
}
