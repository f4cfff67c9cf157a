//! Articles to a tantivy index, and the index opened again for searching.
//!
//! | what | file |
//! |---|---|
//! | which fields and columns there are | [`schema`] |
//! | the terms of an article | `analyze`, `keys` |
//! | how they travel to tantivy | `stream` |
//! | dates as numbers | `date_code` |
//! | which roots and files are in it | [`catalog`] |
//! | all articles, one after the other | `scan` |
//! | a stored article, as far as lists show it | `listed` |
//! | writing | [`writer`] |
//! | the files, sealed when written and only read when searched | `directory` |
//! | whether it is as it was written | [`verify`] |

pub mod analyze;
pub mod catalog;
pub mod date_code;
mod directory;
pub mod keys;
mod listed;
pub(crate) mod scan;
pub mod schema;
mod stream;
pub mod verify;
pub mod writer;

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::Directory;
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::store::Compressor;
use tantivy::{IndexBuilder, IndexReader, IndexSettings, ReloadPolicy};

use crate::article::Article;
use catalog::{FileEntry, Root, Summary};
use directory::unseal;
pub(crate) use listed::read_listed;
use schema::{Fields, SCHEMA_VERSION, is_id};

/// The file that says a folder is an index of ours, and of which version.
pub const MARKER: &str = "morgue.json";

/// The file that names the segments of a commit.
const META: &str = "meta.json";

/// How often an index is opened again when a writer has committed in between.
const MOST_TRIES: u32 = 50;

/// An index that is opened for reading.
pub struct Index {
    pub(crate) reader: IndexReader,
    /// The fields of its schema.
    pub fields: Fields,
    /// What is in it.
    pub summary: Summary,
    path: Option<PathBuf>,
}

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none.
    #[error("no index in `{}`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error("`{}` is not an index and not empty", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// It was written by another version.
    #[error("the index in `{}` has schema {found}, this morgue reads schema {SCHEMA_VERSION}", path.display())]
    OtherVersion {
        /// The index.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// Another process writes it.
    #[error("the index in `{}` is being written by another morgue", path.display())]
    Locked {
        /// The index.
        path: PathBuf,
    },
    /// Whoever asks may not write it, or nobody may.
    #[error("the index in `{}` cannot be written", path.display())]
    ReadOnly {
        /// The index.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is damaged.
    #[error("the index in `{}` is damaged: {reason}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A file or folder could not be read or written.
    #[error("cannot use `{}`", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// There is no room left.
    #[error("no room left to write `{}`", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
        /// Whether of the disk, of a quota or of a limit.
        #[source]
        source: std::io::Error,
    },
    /// The engine failed.
    #[error("the engine failed")]
    Engine(#[from] tantivy::TantivyError),
}

impl IndexError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => "make one with `morgue index FOLDER`".to_owned(),
            Self::Foreign { .. } => "give an empty or new folder with `--index DIR`".to_owned(),
            Self::OtherVersion { path, .. } => format!(
                "remove `{}` and build it again with `morgue index FOLDER`; the articles themselves are not touched",
                path.display()
            ),
            Self::Locked { .. } => "wait until it is done; searching works meanwhile".to_owned(),
            Self::ReadOnly { .. } => "it is another user's, or its permissions or its disk are for reading only; it can \
                be searched as it is, and `--index DIR` makes another"
                .to_owned(),
            Self::Damaged { path, .. } => format!(
                "`morgue verify` says what is damaged; remove `{}` and index again: the articles are not touched",
                path.display()
            ),
            Self::Io { .. } => {
                "look at its permissions and at the space left on the disk".to_owned()
            }
            Self::Full { .. } => "what was committed before is intact and can be searched; make room and run the same \
                command again: it goes on from there"
                .to_owned(),
            Self::Engine(_) => "`morgue verify` checks the index file by file".to_owned(),
        }
    }
}

/// What the marker holds.
#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    schema: u32,
    made_by: String,
    /// Whether others may read it, as far as the umask lets them.
    #[serde(default)]
    shared: bool,
}

impl Index {
    /// Opens the index in `path` for reading; nothing in the folder is changed.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        check_marker(path)?;
        if is_unborn(path) {
            return Err(IndexError::Missing { path: path.to_owned() });
        }
        // A writer beside may commit, and remove files of the commit before, while they are opened: no lock keeps it
        // from that. What was opened is of one commit if the list of its files is the same before and after.
        let list = || fs::read(path.join(META)).ok();
        let mut before = list();
        for _ in 1..MOST_TRIES {
            let opened = Self::open_once(path);
            let after = list();
            if before == after {
                return opened;
            }
            before = after;
        }
        Self::open_once(path)
    }

    fn open_once(path: &Path) -> Result<Self, IndexError> {
        let directory = directory::ReadOnly::open(path).map_err(|error| opening(path, error))?;
        let index = tantivy::Index::open(directory).map_err(|error| opening(path, error))?;
        let mut opened = Self::over(&index).map_err(|error| match error {
            IndexError::Engine(error) => opening(path, error),
            other => other,
        })?;
        opened.path = Some(path.to_owned());
        Ok(opened)
    }

    pub(crate) fn over(index: &tantivy::Index) -> Result<Self, IndexError> {
        register(index);
        let (_, fields) = schema::build();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let summary = read_summary(index)?;
        Ok(Self { reader, fields, summary, path: None })
    }

    /// Where it lies; none for an index in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Every file of the catalog.
    pub fn files(&self) -> Result<Vec<FileEntry>, IndexError> {
        let searcher = self.reader.searcher();
        writer::read_catalog(&searcher, self.fields)
    }

    /// The article whose id begins with `prefix`: none, one, or several.
    pub fn articles_by_id(&self, prefix: &str) -> Result<Vec<Article>, IndexError> {
        Ok(self.found_by_id(prefix)?.into_iter().map(|row| row.1).collect())
    }

    /// The root that the article with this very id was read from: two may hold a file of the same path.
    pub fn root_of(&self, id: &str) -> Result<Option<&Root>, IndexError> {
        let found = self.found_by_id(id)?;
        let number = found.into_iter().find(|row| row.1.id == id).map(|row| row.0);
        Ok(self.summary.roots.iter().find(|root| Some(u64::from(root.number)) == number))
    }

    /// Articles whose id begins with `prefix`, each with the number of its root.
    fn found_by_id(&self, prefix: &str) -> Result<Vec<(u64, Article)>, IndexError> {
        let searcher = self.reader.searcher();
        let mut found = Vec::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.id)?;
            let roots = segment.fast_fields().u64(schema::column::ROOT)?;
            let mut stream =
                inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(io)?;
            // The limit is one of each segment: whichever holds the very id, it comes first there.
            let enough = found.len() + 50;
            while stream.advance()
                && stream.key().starts_with(prefix.as_bytes())
                && found.len() < enough
            {
                let mut postings = inverted
                    .read_postings_from_terminfo(
                        stream.value(),
                        tantivy::schema::IndexRecordOption::Basic,
                    )
                    .map_err(io)?;
                if !is_id(stream.key()) {
                    continue;
                }
                let store = segment.get_store_reader(1).map_err(io)?;
                while tantivy::DocSet::doc(&postings) != tantivy::TERMINATED {
                    let doc = tantivy::DocSet::doc(&postings);
                    if !segment.is_deleted(doc) {
                        let root = roots.first(doc).unwrap_or(0);
                        found.push((root, stored_article(&store, doc, self.fields)?));
                    }
                    tantivy::DocSet::advance(&mut postings);
                }
            }
        }
        found.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        Ok(found)
    }
}

/// The payload of the last commit. tantivy has read the same file when it opened the index; all but the payload
/// is passed over here.
fn read_summary(index: &tantivy::Index) -> Result<Summary, IndexError> {
    #[derive(Deserialize)]
    struct Metas {
        payload: Option<String>,
    }
    let bytes =
        index.directory().atomic_read(Path::new(META)).map_err(tantivy::TantivyError::from)?;
    let damaged = |error: serde_json::Error| damaged_store(&error.to_string());
    let metas: Metas = serde_json::from_slice(&bytes).map_err(damaged)?;
    metas
        .payload
        .map_or_else(|| Ok(Summary::default()), |text| serde_json::from_str(&text).map_err(damaged))
}

/// The article stored for a document.
pub(crate) fn stored_article(
    store: &tantivy::store::StoreReader,
    doc: tantivy::DocId,
    fields: Fields,
) -> Result<Article, IndexError> {
    let text = stored_text(store, doc, fields)?;
    serde_json::from_str(&text).map_err(|error| damaged_store(&error.to_string()))
}

/// What is stored of a document: an article or an entry of the catalog, as JSON. It is kept as text, which the engine
/// reads in one piece, where it reads bytes one by one.
pub(crate) fn stored_text(
    store: &tantivy::store::StoreReader,
    doc: tantivy::DocId,
    fields: Fields,
) -> Result<String, IndexError> {
    let Stored(first) = store.get(doc)?;
    let (_, text) = first
        .filter(|it| it.0 == fields.stored)
        .ok_or_else(|| damaged_store("a document holds no article"))?;
    Ok(text)
}

/// The one value that is stored of a document. The engine's own documents copy it twice more.
struct Stored(Option<(Field, String)>);

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut document: D,
    ) -> Result<Self, DeserializeError> {
        document.next_field().map(Self)
    }
}

fn damaged_store(reason: &str) -> IndexError {
    IndexError::Damaged { path: PathBuf::new(), reason: reason.to_owned() }
}

/// An error of reading, as the engine's.
pub(crate) fn io(error: std::io::Error) -> IndexError {
    IndexError::Engine(error.into())
}

/// Whether the folder is missing, or holds nothing but a `.gitignore` and what an index that was being made left
/// when it was cut off.
pub fn is_vacant(path: &Path) -> bool {
    let is_nothing = |name: &std::ffi::OsStr| {
        name == ".gitignore" || name.to_string_lossy().starts_with(directory::UNFINISHED)
    };
    match fs::read_dir(path) {
        Ok(mut entries) => entries.all(|it| it.is_ok_and(|it| is_nothing(&it.file_name()))),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Whether a run was cut off when it had made the folder, and before it made the index.
fn is_unborn(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else { return false };
    entries.flatten().all(|it| {
        let name = it.file_name();
        name == MARKER || name.to_string_lossy().starts_with('.')
    })
}

fn check_marker(path: &Path) -> Result<Marker, IndexError> {
    let marker = path.join(MARKER);
    let bytes = match fs::read(&marker) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(if is_vacant(path) {
                IndexError::Missing { path: path.to_owned() }
            } else {
                IndexError::Foreign { path: path.to_owned() }
            });
        }
        Err(source) => return Err(IndexError::Io { path: marker, source }),
    };
    let damaged = |reason: &dyn std::fmt::Display| IndexError::Damaged {
        path: path.to_owned(),
        reason: format!("`{MARKER}`: {reason}"),
    };
    // Another version may seal its files in another way, but says which it is in the first line.
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let marker: Marker = serde_json::from_slice(first_line).map_err(|error| damaged(&error))?;
    if marker.schema != SCHEMA_VERSION {
        return Err(IndexError::OtherVersion { path: path.to_owned(), found: marker.schema });
    }
    unseal(&bytes).map_err(|error| damaged(&error))?;
    Ok(marker)
}

/// Why something of an index could not be written.
fn not_written(path: PathBuf, source: std::io::Error) -> IndexError {
    use std::io::ErrorKind as E;
    match source.kind() {
        E::StorageFull | E::QuotaExceeded | E::FileTooLarge => IndexError::Full { path, source },
        _ => IndexError::Io { path, source },
    }
}

fn opening(path: &Path, error: tantivy::TantivyError) -> IndexError {
    use tantivy::TantivyError as E;
    use tantivy::directory::error::LockError;
    let path = path.to_owned();
    let again = |it: &std::io::Error| std::io::Error::new(it.kind(), it.to_string());
    match error {
        E::LockFailure(LockError::LockBusy, _) => IndexError::Locked { path },
        // The file of the lock lies in the index: who cannot open it can write nothing else there.
        E::LockFailure(LockError::IoError(source), _) => {
            use std::io::ErrorKind as K;
            let source = again(&source);
            if matches!(source.kind(), K::PermissionDenied | K::ReadOnlyFilesystem) {
                IndexError::ReadOnly { path, source }
            } else {
                not_written(path, source)
            }
        }
        E::IoError(source) => not_written(path, again(&source)),
        E::OpenReadError(tantivy::directory::error::OpenReadError::FileDoesNotExist(file)) => {
            IndexError::Damaged { path, reason: format!("`{}` is missing", file.display()) }
        }
        E::DataCorruption(_)
        | E::OpenReadError(_)
        | E::OpenDirectoryError(_)
        | E::IncompatibleIndex(_) => IndexError::Damaged { path, reason: error.to_string() },
        other => IndexError::Engine(other),
    }
}

fn register(index: &tantivy::Index) {
    index.tokenizers().register(stream::TOKENIZER, stream::Unpack::default());
}

/// Settings of a new index. Measured on 21,578 articles; see `ARCHITECTURE.md`.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: 8_192,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

fn builder() -> IndexBuilder {
    tantivy::Index::builder().schema(schema::build().0).settings(settings())
}
