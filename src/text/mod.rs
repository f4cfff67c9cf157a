//! Letters to positioned tokens: what a word is, its forms, its stem, where sentences and paragraphs end.
//!
//! Everything that has to know what a word is asks here: the index when it is written, the query when it
//! is compiled, and the passages when they are marked. They cannot disagree, because it is the same code.
//!
//! | step | file |
//! |---|---|
//! | the words of a text, with positions, sentences and paragraphs | [`tokens`] |
//! | a word with signs in it (`U.S.`, `$1.5`, `Putin-backed`, `AT&T`) | `compound` |
//! | case and accents taken off | [`fold`](fold::fold_into) |
//! | stems, memoized | [`stem`] |
//! | what kind of firm a name says it is | [`legal_forms`] |
//! | where a sentence ends | `sentences` |
//! | languages: stemmer and stop words | [`languages`] |

mod compound;
pub mod fold;
pub mod languages;
pub mod legal_forms;
mod sentences;
pub mod stem;
mod stopwords;
pub mod tokens;

pub use compound::is_written_without_spaces;
pub use languages::Lang;
pub use stem::Stemmer;
pub use tokens::{Class, Form, FormKind, Visitor, tokenize, tokenize_typed};
