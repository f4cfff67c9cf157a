//! Why a file or a record gave no article, for people and for counting.

use std::fmt;
use std::io;

use thiserror::Error;

use super::walk::PassedOver;

/// Why something was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// What it is counted under.
    pub kind: SkipKind,
    /// For people, with a hint where there is one.
    pub reason: String,
}

impl Skip {
    /// A skip of this kind, with its reason.
    pub fn new(kind: SkipKind, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into() }
    }

    /// A file of a kind that is not read.
    pub fn not_read(kind: &'static str) -> Self {
        Self::new(SkipKind::Unknown(kind), format!("{kind}: not read yet"))
    }

    /// Something in a container that would be passed over in a folder.
    pub fn passed_over(reason: PassedOver) -> Self {
        Self::new(SkipKind::PassedOver(reason), format!("passed over: {reason}"))
    }
}

/// What a skipped file or record is counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipKind {
    /// Of a kind that is not read: `PDF`, `image`, ...
    Unknown(&'static str),
    /// Holds nothing.
    Empty,
    /// Holds neither text nor title.
    NoText,
    /// Cannot be understood.
    Broken,
    /// Over a limit.
    TooLarge,
    /// Could not be opened or read.
    Unreadable,
    /// Needs a password.
    Encrypted,
    /// In a container, and of a kind that is passed over in a folder.
    PassedOver(PassedOver),
}

impl SkipKind {
    /// A short name for counting.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown(kind) => kind,
            Self::Empty => "empty",
            Self::NoText => "no text",
            Self::Broken => "broken",
            Self::TooLarge => "too large",
            Self::Unreadable => "unreadable",
            Self::Encrypted => "encrypted",
            Self::PassedOver(reason) => reason.name(),
        }
    }
}

impl fmt::Display for SkipKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a file could not be read to its end.
#[derive(Debug, Error)]
pub enum ReadError {
    /// It could not be opened.
    #[error("cannot be opened: {0}")]
    Open(#[source] io::Error),
    /// It could not be read.
    #[error("cannot be read: {0}")]
    Read(#[source] io::Error),
    /// `--encoding` names no charset.
    #[error("no such encoding `{0}`")]
    UnknownEncoding(String),
    /// `--map` or `--set` names no field.
    #[error("no such field `{given}`")]
    UnknownField {
        /// As it was typed.
        given: String,
        /// What to do about it.
        hint: String,
    },
}

impl ReadError {
    /// What to do about it, where something can be done.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Open(_) | Self::Read(_) => None,
            Self::UnknownEncoding(_) => Some("use a name like utf-8, windows-1252 or shift_jis"),
            Self::UnknownField { hint, .. } => Some(hint),
        }
    }

    /// Whether the options are wrong, and not the file.
    pub fn is_about_options(&self) -> bool {
        match self {
            Self::Open(_) | Self::Read(_) => false,
            Self::UnknownEncoding(_) | Self::UnknownField { .. } => true,
        }
    }

    /// The same as something left out.
    pub fn to_skip(&self) -> Skip {
        Skip::new(SkipKind::Unreadable, self.to_string())
    }
}

/// A number of bytes for people.
pub(super) fn megabytes(bytes: u64) -> String {
    if bytes < 1 << 20 {
        format!("{} KB", bytes.div_ceil(1 << 10))
    } else {
        format!("{} MB", bytes >> 20)
    }
}
