//! An article -> the document that tantivy holds.

use tantivy::schema::{Field, Schema};

use super::Writer;
use super::entry::Entry;
use crate::article::{Article, Definition, EntityKind};
use crate::date::Date;
use crate::index::IndexError;
use crate::index::analyze::Analyzed;
use crate::index::catalog::{FileEntry, file_key};
use crate::index::date_code::{DateCode, day_number};
use crate::index::schema::{
    NOT_AN_ARTICLE, column, copy_key, definition_keys, entry_id, value_key,
};
use crate::text::Lang;

/// The columns of the schema.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub(super) date: Field,
    pub(super) updated: Field,
    pub(super) added: Field,
    pub(super) bounds: Field,
    pub(super) words: Field,
    pub(super) lang: Field,
    pub(super) hash: Field,
    pub(super) root: Field,
    pub(super) place: Field,
}

impl Columns {
    pub(super) fn of(schema: &Schema) -> Result<Self, IndexError> {
        Ok(Self {
            date: schema.get_field(column::DATE)?,
            updated: schema.get_field(column::UPDATED)?,
            added: schema.get_field(column::ADDED)?,
            bounds: schema.get_field(column::BOUNDS)?,
            words: schema.get_field(column::WORDS)?,
            lang: schema.get_field(column::LANG)?,
            hash: schema.get_field(column::HASH)?,
            root: schema.get_field(column::ROOT)?,
            place: schema.get_field(column::PLACE)?,
        })
    }
}

impl Writer {
    /// The document of an article; `stored` is it as JSON, `added` the day it came into the index.
    pub(super) fn document(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: Analyzed,
        (stored, added): (String, u64),
    ) -> Entry {
        let mut document = Entry::holding(analyzed.held);
        let date = article.published.as_ref().and_then(|it| Date::parse_iso(&it.date));
        let updated =
            article.updated.as_deref().and_then(|it| Date::parse_iso(it.get(..10).unwrap_or(it)));
        document.add_text(self.fields.text, analyzed.text);
        document.add_text(self.fields.aside, analyzed.aside);
        document.add_text(self.fields.id, article.id.as_str());
        document.add_text(self.fields.file, file_key(root, &article.place.path));
        document.add_text(self.fields.kind, "article");
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        let values = [
            article.authors.clone(),
            one(&article.source),
            one(&article.agency),
            one(&article.section),
            one(&article.language),
            article.people.clone(),
            article.organizations.clone(),
            article.places.clone(),
        ];
        for (field, values) in self.fields.values.iter().zip(values) {
            for value in values {
                document.add_text(*field, value_key(&value));
            }
        }
        for entity in &article.entities {
            let number = match entity.kind {
                EntityKind::Person => 0,
                EntityKind::Organization => 1,
                EntityKind::Place => 2,
            };
            for form in &entity.forms {
                document.add_text(self.fields.forms[number], value_key(&form.text));
            }
        }
        for Definition { short, long } in &article.definitions {
            for key in definition_keys(short, long) {
                document.add_text(self.fields.definitions, key);
            }
        }
        document.add_u64(self.columns.date, DateCode::new(date).0);
        document.add_u64(self.columns.updated, updated.map_or(0, |it| day_number(it.last())));
        document.add_u64(self.columns.added, added);
        document.add_u64(self.columns.bounds, analyzed.bounds.pack());
        document.add_u64(self.columns.words, u64::from(analyzed.words));
        document.add_u64(self.columns.lang, lang.map_or(0, |it| u64::from(it.number()) + 1));
        let hash = article.content_hash.get(..16).and_then(|it| u64::from_str_radix(it, 16).ok());
        document.add_u64(self.columns.hash, hash.unwrap_or(0));
        if let Some(hash) = hash {
            document.add_text(self.fields.id, copy_key(hash));
        }
        let number = self.roots.iter().find(|it| it.path == root).map_or(0, |it| it.number);
        document.add_u64(self.columns.root, u64::from(number));
        let place = &article.place;
        let inside = place.inside.as_deref().unwrap_or("");
        document.add_text(
            self.columns.place,
            format!("{}\0{inside}\0{:08x}", place.path, place.record),
        );
        document.add_text(self.fields.stored, stored);
        document
    }

    /// The document that holds a file's entry of the catalog.
    pub(super) fn entry_document(&self, entry: &FileEntry) -> Entry {
        let key = file_key(&entry.root, &entry.path);
        let mut document = Entry::default();
        document.add_text(self.fields.kind, "file");
        document.add_text(self.fields.id, entry_id(&key));
        document.add_text(self.fields.file, key);
        for field in [
            self.columns.date,
            self.columns.updated,
            self.columns.added,
            self.columns.bounds,
            self.columns.words,
            self.columns.hash,
            self.columns.root,
        ] {
            document.add_u64(field, 0);
        }
        document.add_u64(self.columns.lang, NOT_AN_ARTICLE);
        document.add_text(self.columns.place, "");
        let stored = serde_json::to_string(entry).unwrap_or_default();
        document.add_text(self.fields.stored, &stored);
        document
    }
}
