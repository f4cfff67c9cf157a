//! What is in the index: roots and files, as they were when they were read. It commits with the articles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::names::ListedName;

/// A folder or file that was given to be indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its number, which articles refer to; never given again.
    pub number: u32,
    /// Its canonical path: the key.
    pub path: String,
    /// The path as it was given, for people.
    pub given: String,
    /// Options given with it: `--map`, `--set`, `--encoding`.
    #[serde(default)]
    pub options: RootOptions,
    /// The language that articles of unknown language are analysed in: that of most of the root.
    #[serde(default)]
    pub language: Option<String>,
    /// When the last run ended, in seconds since 1970.
    #[serde(default)]
    pub finished: u64,
    /// What was taken out by name and is not to come back: files and folders below the root, and ids.
    #[serde(default)]
    pub forgotten: Forgotten,
    /// What its user says about names, as it was when the last run began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<ListedName>,
    /// What people said of its articles, as of the last run.
    #[serde(default)]
    pub corrections: CorrectionsSeen,
    /// What stands below it and was not read.
    #[serde(default)]
    pub beside: Beside,
}

/// A file of corrections as it was when it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionsSeen {
    /// The canonical path that was given with `--corrections`; none: the file that is found by its name.
    pub named: Option<String>,
    /// Stands for what it held when all articles of the root were as it says; empty where there was none, and
    /// otherwise while they are not.
    pub applied: String,
    /// How many articles it speaks of.
    pub count: u64,
    /// How many of them are not in the index.
    pub unfit: u64,
}

/// What was taken out of a root by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// Files and folders, as paths below the root.
    pub paths: Vec<String>,
    /// Ids of articles, each with its file.
    pub ids: BTreeMap<String, String>,
    /// Articles that were taken out of a root which has become part of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<ForgottenElsewhere>,
}

/// An article that was taken out when its file lay in another root: its id is made of the name of that root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgottenElsewhere {
    /// Its id there.
    pub id: String,
    /// The name that root gave its ids.
    pub root_id: String,
    /// Path of the file below that root.
    pub path_there: String,
    /// Path of the file below this root.
    pub path: String,
}

/// What the last run over a root met and did not read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Files and folders that were passed over, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passed_over: BTreeMap<String, u64>,
    /// Folders and files that could not be looked at, and why: the first `MOST_UNREADABLE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<(String, String)>,
    /// How many more.
    #[serde(default)]
    pub unreadable_besides: u64,
}

/// So many places that could not be looked at are kept: every search reads them.
pub const MOST_UNREADABLE: usize = 100;

impl Beside {
    /// Takes note of what could not be looked at; beyond `MOST_UNREADABLE` it is only counted.
    pub fn could_not_look_at(&mut self, path: &str, reason: &str) {
        if self.unreadable.len() < MOST_UNREADABLE {
            self.unreadable.push((path.to_owned(), reason.to_owned()));
        } else {
            self.unreadable_besides += 1;
        }
    }
}

/// Options that are remembered with a root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RootOptions {
    /// `--map field=key`.
    #[serde(default)]
    pub map: Vec<(String, String)>,
    /// `--set field=value`.
    #[serde(default)]
    pub set: Vec<(String, String)>,
    /// `--encoding NAME`.
    #[serde(default)]
    pub encoding: Option<String>,
    /// `--no-entities`.
    #[serde(default)]
    pub no_entities: bool,
    /// `--names FILE`, by its canonical path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
}

/// A file under a root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Canonical path of its root.
    pub root: String,
    /// Path below the root; empty when the root is the file.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970; for noticing changes alone.
    pub modified: i64,
    /// SHA-256 of its bytes; `first N: ` and that of its first bytes where they alone were read and gave no article.
    pub hash: String,
    /// The format it was read as, or what it is if that is not read.
    pub kind: String,
    /// Version of the rules that read it.
    pub rules: u32,
    /// Options it was read with.
    #[serde(default)]
    pub options: RootOptions,
    /// SHA-256 of the file of names it was read with; empty without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub names: String,
    /// Articles made of it.
    pub articles: u32,
    /// How many of them in each language (`?`: unknown).
    #[serde(default)]
    pub languages: BTreeMap<String, u32>,
    /// The language those of unknown language were analysed in.
    #[serde(default)]
    pub unknown_as: String,
    /// Words in titles, decks and bodies, for the averages of the ranking.
    #[serde(default)]
    pub lengths: Lengths,
    /// What was left out, and why: the first `MOST_SKIPPED`.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// How many more were left out, by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub skipped_besides: BTreeMap<String, u64>,
    /// How many of them are of kinds that are not read yet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub not_read_besides: BTreeMap<String, u64>,
    /// When it was read, in seconds since 1970.
    pub read_at: u64,
    /// How many of its records, those left out included, a run had seen that was cut off; none if it was read to
    /// its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<u64>,
    /// It could not be read to its end, or a run that compared it with what it held was stopped: the index keeps what
    /// it had of the rest, and the next run reads it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
}

/// A record, or a whole file, that gave no article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Place inside a container.
    #[serde(default)]
    pub inside: Option<String>,
    /// Which record.
    pub record: u32,
    /// A short name, for counting.
    pub kind: String,
    /// The reason, for people.
    pub reason: String,
}

/// What is left out of one file is listed so far; a file of a million broken records must not fill the catalog.
pub const MOST_SKIPPED: usize = 1000;

impl FileEntry {
    /// Takes note of what was left out; beyond `MOST_SKIPPED` it is only counted.
    pub fn skip(&mut self, skipped: Skipped) {
        if self.skipped.len() < MOST_SKIPPED {
            self.skipped.push(skipped);
            return;
        }
        let not_read = skipped.is_not_read_yet();
        let counts = if not_read { &mut self.not_read_besides } else { &mut self.skipped_besides };
        *counts.entry(skipped.kind).or_default() += 1;
    }

    /// Takes note that it could not be read to its end; what is known of it otherwise stays.
    pub fn could_not_be_read(&mut self, reason: String) {
        self.could_be_read();
        self.incomplete = true;
        let kind = UNREADABLE.to_owned();
        // The first of the list, so that however many others there are it is told.
        self.skipped.insert(0, Skipped { kind, reason, ..Skipped::default() });
    }

    /// Takes back that it could not be read.
    pub fn could_be_read(&mut self) {
        self.incomplete = false;
        self.skipped.retain(|it| it.kind != UNREADABLE || it.inside.is_some());
    }

    /// How many records, or whole files, gave no article.
    pub fn left_out(&self) -> u64 {
        let besides = self.skipped_besides.values().chain(self.not_read_besides.values());
        self.skipped.len() as u64 + besides.sum::<u64>()
    }
}

/// What a file that could not be opened or read is counted under.
pub const UNREADABLE: &str = "unreadable";

impl Skipped {
    /// Whether it is of a kind that is not read yet, and not wrong in itself.
    pub fn is_not_read_yet(&self) -> bool {
        self.reason.strip_prefix(&self.kind).is_some_and(|it| it == ": not read yet")
    }
}

/// Sums of words over articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lengths {
    /// In titles.
    pub title: u64,
    /// In decks.
    pub deck: u64,
    /// In bodies.
    pub body: u64,
}

/// What every search has to know, kept in the payload of the commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Roots.
    pub roots: Vec<Root>,
    /// Articles.
    pub articles: u64,
    /// Files, those that gave nothing included.
    pub files: u64,
    /// How many articles were analysed in each language.
    pub languages: BTreeMap<String, u64>,
    /// Words.
    pub lengths: Lengths,
    /// When it was committed, in seconds since 1970.
    pub committed: u64,
}

impl Lengths {
    /// Adds another sum.
    pub fn add(&mut self, other: Self) {
        self.title += other.title;
        self.deck += other.deck;
        self.body += other.body;
    }

    /// Takes another sum away.
    pub fn remove(&mut self, other: Self) {
        self.title = self.title.saturating_sub(other.title);
        self.deck = self.deck.saturating_sub(other.deck);
        self.body = self.body.saturating_sub(other.body);
    }
}

/// The key of a file in the index.
pub fn file_key(root: &str, path: &str) -> String {
    format!("{root}\0{path}")
}
