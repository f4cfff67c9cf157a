//! Full-text search over news archives.
//!
//! An archive is a folder of articles in whatever format a newsroom left them. An article travels through the
//! modules in this order:
//!
//! | step          | takes                | gives                              |
//! |---------------|----------------------|------------------------------------|
//! | [`ingest`]    | files                | [`article::RawArticle`]            |
//! | [`normalize`] | `RawArticle`         | [`article::Article`]               |
//! | [`index`]     | `Article`            | a tantivy index                    |
//! | [`query`]     | what the user typed  | [`query::Query`]                   |
//! | [`search`]    | `Query`              | hits and passages                  |
//! | [`present`]   | hits                 | bytes for a terminal, a file, a program |
//!
//! [`pipeline`] joins the first three, and is the place to start reading. [`text`] and [`date`] say what a word
//! and a day are, for all of them; [`field`] lists what can be searched; [`names`]
//! is what the user says about people, organizations and places.

pub mod article;
pub mod field;
pub mod text;
pub mod date;
pub mod names;

pub mod ingest;
pub mod normalize;
pub mod index;
pub mod pipeline;

pub mod query;
pub mod search;
pub mod present;
