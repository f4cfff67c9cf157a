//! The tantivy schema: which fields an index has, and the columns a search reads.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use super::stream::TOKENIZER;
use crate::text::fold::fold;

/// Changes when an index written before cannot be read any more.
pub const SCHEMA_VERSION: u32 = 1;

/// The fields of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The words of title, deck, byline, dateline and body, with positions.
    pub text: Field,
    /// The words of cut lines, address and path, each behind a prefix.
    pub aside: Field,
    /// The article's id; and a key of its content, for exact copies.
    pub id: Field,
    /// The file it is from: root, a zero, path.
    pub file: Field,
    /// `article`, `file`: what the document is.
    pub kind: Field,
    /// Values compared as a whole or by their words, in the order of [`VALUE_FIELDS`].
    pub values: [Field; 8],
    /// Other forms of people, organizations and places, in this order; searched with the names, never counted.
    pub forms: [Field; 3],
    /// Short forms and what they stand for; see [`definition_keys`].
    pub definitions: Field,
    /// The article, or the catalog's entry of a file, as JSON.
    pub stored: Field,
}

/// The columns, by name.
pub mod column {
    /// Last day the article may be, and precision; see `DateCode`.
    pub const DATE: &str = "date";
    /// Day the source changed it, as a day from 1500 on; 0 if unknown.
    pub const UPDATED: &str = "updated";
    /// Day it came into the index.
    pub const ADDED: &str = "added";
    /// Ends of title, deck, byline, dateline.
    pub const BOUNDS: &str = "bounds";
    /// Words in the body.
    pub const WORDS: &str = "words";
    /// Number of the language it was analysed in, plus one; [`super::NOT_AN_ARTICLE`] for the catalog's documents.
    pub const LANG: &str = "analysed";
    /// The first 64 bits of the content hash.
    pub const HASH: &str = "hash";
    /// Number of the root.
    pub const ROOT: &str = "root";
    /// Path, place inside, record: the order of equals.
    pub const PLACE: &str = "place";

    /// Those that are numbers, one for every document.
    pub const NUMBERS: [&str; 8] = [DATE, UPDATED, ADDED, BOUNDS, WORDS, LANG, HASH, ROOT];
}

/// In the column of languages: a document of the catalog.
pub const NOT_AN_ARTICLE: u64 = 255;

/// The key of all articles of one content, in the field of ids, where no id begins like it.
pub fn copy_key(hash: u64) -> String {
    format!("={hash:016x}")
}

/// The key of a file's entry in the catalog, in the field of ids, where no id begins like it.
pub fn entry_id(key: &str) -> String {
    format!("\u{1}{key}")
}

/// Whether a term of the field of ids is an id, and no key of a content or of a file.
pub fn is_id(term: &[u8]) -> bool {
    !matches!(term.first(), None | Some(b'=' | 1))
}

/// Value fields: name in the schema, name in queries.
pub const VALUE_FIELDS: [(&str, &str); 8] = [
    ("authors", "by"),
    ("sources", "source"),
    ("agencies", "agency"),
    ("sections", "section"),
    ("languages", "lang"),
    ("people", "person"),
    ("organizations", "org"),
    ("places", "place"),
];

/// The field of forms that goes with a value field, by the number of that.
pub fn forms_of(value_field: usize) -> Option<usize> {
    let name = VALUE_FIELDS.get(value_field)?.1;
    ["person", "org", "place"].iter().position(|it| *it == name)
}

/// What stands between the parts of a term that has several: nothing that is folded holds it.
pub const BORDER: char = '\u{1f}';

/// A value as the index holds it: folded, for looking through; as it is shown, behind it.
pub fn value_key(value: &str) -> String {
    // tantivy drops terms of 64 KiB and more without a word.
    let value = value.char_indices().nth(2_000).map_or(value, |(end, _)| &value[..end]);
    format!("{}{BORDER}{value}", fold(value))
}

/// The two parts of such a key.
pub fn value_parts(key: &str) -> (&str, &str) {
    let border = memchr::memchr(BORDER as u8, key.as_bytes());
    border.map_or((key, key), |at| (&key[..at], &key[at + 1..]))
}

/// The terms of a definition, one for each direction: what is asked, folded; what it also means, folded and as written.
pub fn definition_keys(short: &str, long: &str) -> [String; 2] {
    let key = |from: &str, to: &str| {
        format!("{}{BORDER}{}{BORDER}{to}", definition_key(from), definition_key(to))
    };
    [key(short, long), key(long, short)]
}

/// A short or long form as it is looked up: folded, without full stops, hyphens as spaces.
pub fn definition_key(text: &str) -> String {
    let folded = fold(text).replace('.', "").replace('-', " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Builds the schema.
pub fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(false),
        )
    };
    let raw = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        )
    };
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        text: schema.add_text_field("text", words()),
        aside: schema.add_text_field("aside", words()),
        id: schema.add_text_field("id", raw()),
        file: schema.add_text_field("file", raw()),
        kind: schema.add_text_field("kind", raw()),
        values: VALUE_FIELDS.map(|(name, _)| schema.add_text_field(name, raw().set_fast("raw"))),
        forms: ["people_forms", "organizations_forms", "places_forms"]
            .map(|name| schema.add_text_field(name, raw())),
        definitions: schema.add_text_field("definitions", raw()),
        stored: schema.add_text_field("stored", TextOptions::default().set_stored()),
    };
    for name in column::NUMBERS {
        schema.add_u64_field(name, number());
    }
    schema.add_text_field(column::PLACE, TextOptions::default().set_fast("raw"));
    (schema.build(), fields)
}
