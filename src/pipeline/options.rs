//! Options given with a path, and those it is remembered with -> those that are in force.

use crate::index::catalog::RootOptions;
use crate::ingest::{ReadError, ReadOptions, target_of};

/// Options that are given with a path. Each replaces what is remembered of the same field, and the others stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenOptions {
    /// `--map field=key`; an empty key takes back what is remembered of the field.
    pub map: Vec<(String, String)>,
    /// `--set field=value`; an empty value takes back what is remembered of the field.
    pub set: Vec<(String, String)>,
    /// `--encoding NAME`; an empty name takes back the one that is remembered.
    pub encoding: Option<String>,
    /// `--no-entities`.
    pub no_entities: bool,
    /// `--names FILE`, as the canonical path.
    pub names: Option<String>,
    /// `--forget-options`: nothing that is remembered stays.
    pub forget: bool,
}

impl GivenOptions {
    /// Whether nothing was given.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// What holds of them for a path that nothing is remembered of.
    pub fn alone(&self) -> RootOptions {
        self.over(&RootOptions::default())
    }

    /// What holds when they are given with a path that is remembered with others.
    pub fn over(&self, known: &RootOptions) -> RootOptions {
        let none = RootOptions::default();
        let known = if self.forget { &none } else { known };
        let encoding = self.encoding.as_ref().or(known.encoding.as_ref());
        RootOptions {
            map: replaced(&known.map, &self.map),
            set: replaced(&known.set, &self.set),
            encoding: encoding.filter(|it| !it.trim().is_empty()).cloned(),
            no_entities: self.no_entities || known.no_entities,
            names: self.names.as_ref().or(known.names.as_ref()).cloned(),
        }
    }

    /// Says which of them cannot be followed; those that take something back are asked too.
    pub fn check(&self) -> Result<(), ReadError> {
        let encoding = self.alone().encoding;
        ReadOptions {
            map: self.map.clone(),
            set: self.set.clone(),
            encoding,
            ..ReadOptions::default()
        }
        .check()
    }
}

type Pair = (String, String);

/// The pairs that are known, those of the fields that are given again replaced where they stood: files read with the
/// same options in another order would be read again.
fn replaced(known: &[Pair], given: &[Pair]) -> Vec<Pair> {
    let same = |a: &Pair, b: &Pair| match (target_of(&a.0), target_of(&b.0)) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => a.0 == b.0,
    };
    let mut in_force: Vec<Pair> = Vec::new();
    for pair in known {
        if !given.iter().any(|it| same(it, pair)) {
            in_force.push(pair.clone());
        } else if !in_force.iter().any(|it| same(it, pair)) {
            in_force.extend(given.iter().filter(|it| same(it, pair)).cloned());
        }
    }
    in_force.extend(given.iter().filter(|it| !known.iter().any(|old| same(old, it))).cloned());
    in_force.retain(|it| !it.1.is_empty());
    in_force
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<Pair> {
        let pair = |it: &str| it.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned()));
        text.split_whitespace().filter_map(pair).collect()
    }

    #[test]
    fn what_is_given_replaces_its_own_field_alone() {
        for (known, given, in_force) in [
            ("", "title=a title=b", "title=a title=b"),
            ("title=a text=b", "title=c", "title=c text=b"),
            ("title=a text=b", "headline=c", "headline=c text=b"),
            ("title=a text=b", "source=c", "title=a text=b source=c"),
            ("title=a title=b text=c", "title=", "text=c"),
            ("title=a", "text=", "title=a"),
        ] {
            assert_eq!(
                replaced(&pairs(known), &pairs(given)),
                pairs(in_force),
                "{known} + {given}"
            );
        }
        let known =
            RootOptions { set: pairs("source=a"), no_entities: true, ..RootOptions::default() };
        let given = GivenOptions { encoding: Some("cp1252".to_owned()), ..GivenOptions::default() };
        let both = given.over(&known);
        assert_eq!((&both.set, both.no_entities), (&known.set, true));
        assert_eq!(both.encoding.as_deref(), Some("cp1252"));
        let forgetting = GivenOptions { forget: true, ..GivenOptions::default() };
        assert_eq!(forgetting.over(&both), RootOptions::default());
    }
}
