//! A document on its way to the engine: its values, not copied, and what is to be let go once the engine has them.

use std::any::Any;
use std::iter::Map;
use std::slice::Iter;

use tantivy::TantivyDocument;
use tantivy::schema::{Document, Field, OwnedValue};

/// What is added to the index at once.
#[derive(Default)]
pub(super) struct Entry {
    values: Vec<(Field, OwnedValue)>,
    _held: Option<Box<dyn Any + Send + Sync>>,
}

impl Entry {
    /// An entry that keeps something until the engine takes it.
    pub(super) fn holding(held: Option<Box<dyn Any + Send + Sync>>) -> Self {
        Self { values: Vec::new(), _held: held }
    }

    pub(super) fn add_text(&mut self, field: Field, text: impl Into<String>) {
        self.values.push((field, OwnedValue::Str(text.into())));
    }

    pub(super) fn add_u64(&mut self, field: Field, number: u64) {
        self.values.push((field, OwnedValue::U64(number)));
    }
}

impl Document for Entry {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> =
        Map<Iter<'a, (Field, OwnedValue)>, fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|row| (row.0, &row.1))
    }

    /// The engine copies all values into one buffer: each is let go as soon as it is there.
    fn into_tantivy_document(self) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        for (field, value) in self.values {
            document.add_field_value(field, &value);
        }
        document
    }
}
