//! [`RawArticle`] -> [`Article`]: what the source states and what its text shows, chosen by rules and named by their origin.
//!
//! | stage | file |
//! |---|---|
//! | letters, white space, paragraphs, the end line of wire copy | `text` |
//! | lines that are not the article | `clutter` |
//! | which claim wins | `claims` |
//! | publication, section, address | `source` |
//! | language | `language` |
//! | headline and standfirst | `title`, `deck` |
//! | who signed | `byline` (where), `signers` (as claimed), `credits` (in plain text), `openings` (which words), `names` (who), `roles`, `agency` |
//! | place before the first sentence | `dateline` |
//! | when | `date`, `page_date`, `date_labels`, `path_date`, `evidence`, `ago` |
//! | people, organizations, places named in the text | `entities` |
//! | identifiers | `identity` |
//! | what a person says in place of what was found | `corrections` |
//! | what a field was chosen from | `explained` |

mod agency;
mod ago;
mod byline;
mod claims;
mod clutter;
pub mod corrections;
mod credits;
mod date;
mod date_labels;
mod dateline;
mod deck;
pub mod entities;
mod evidence;
mod explained;
mod identity;
mod language;
mod names;
mod openings;
mod origin;
mod page_date;
mod path_date;
mod roles;
mod signers;
mod source;
mod text;
mod title;
mod word_table;

#[cfg(test)]
mod tests;

pub use explained::explain;
pub use identity::id_within;

use std::sync::Arc;

use self::corrections::Corrections;
use crate::article::{Article, RawArticle, Topic};
use crate::date::Day;
use crate::names::NameList;

/// What normalization is told from outside: it asks no clock and reads no file.
#[derive(Debug, Clone)]
pub struct Options {
    /// Today, the last day anything can have been published on.
    pub now: Day,
    /// What the user states about every article: field and value.
    pub set: Vec<(String, String)>,
    /// Identifies the root the article was found under; identifiers are unique within it.
    pub root_id: String,
    /// Whether people, organizations and places are looked for in the text.
    pub entities: bool,
    /// What people said of articles of this root; it goes before everything.
    pub corrections: Arc<Corrections>,
    /// What the user says about names.
    pub names: Arc<NameList>,
}

/// Normalizes one article. Cannot fail: what makes no sense is left out, and `problems` says so.
pub fn normalize(mut raw: RawArticle, options: &Options) -> Article {
    let claims = claims::Claims::new(raw.claims, &options.set);
    let mut blocks = text::blocks(&raw.text);
    // A long text is not held twice while it is read.
    raw.text = String::new();
    let mut article = Article {
        place: raw.place,
        format: raw.format.into_owned(),
        problems: raw.problems,
        ..Article::default()
    };
    source::read(&claims, &mut article);
    text::cut_end_lines(&mut blocks, &mut article);
    clutter::set_aside(&mut blocks);
    language::read(&claims, &blocks, &mut article);
    title::read(&claims, raw.text_holds_all, &mut blocks, &mut article);
    // A record that has a field for the date does not write it into its text, nor who signed.
    let recorded = claims.first(Topic::Published).is_some_and(|claim| claim.from == "record");
    let credits = if raw.text_holds_all && !recorded {
        credits::read(&claims, &mut blocks, &mut article)
    } else {
        credits::Credits::default()
    };
    let signed = byline::read(&claims, raw.text_holds_all, &mut blocks, &mut article);
    let dated = date::set_aside_date_lines(&claims, &mut blocks, &article);
    let dateline = dateline::read(&claims, &blocks, &mut article);
    deck::read(&claims, raw.text_holds_all, &mut blocks, &mut article);
    let stated = date::Stated { credits, byline: signed, line: dated, dateline };
    date::read(&claims, &stated, &blocks, options.now, &mut article);
    source::read_subjects(&claims, &mut article);
    text::assemble(blocks, &mut article);
    identity::name(&claims, options, &mut article);
    // The article is named by what was found, so that a correction changes neither its id nor its own key; names are
    // looked for in what people say.
    options.corrections.apply(&mut article);
    if options.entities {
        entities::read(&mut article, &options.names);
    }
    article
}
