//! What the user says about names (`names.toml`) -> a list that texts are read with.
//!
//! | stage | file |
//! |---|---|
//! | the file, and what is wrong with it | `file` |
//! | where its names stand in a text | `list` |

mod file;
mod list;

pub use file::{NamesError, parse};
pub use list::{Found, NameList};

use serde::{Deserialize, Serialize};

use crate::article::EntityKind;

/// A name as the user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedName {
    /// What it is called.
    pub name: String,
    /// What it names; none only for a hidden name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
    /// What else it is called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether it is left out wherever names are listed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

impl ListedName {
    /// The name and its aliases.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}
