//! Names found in the text and subjects that the source states -> the names of the article, each once.

use rustc_hash::FxHashMap;

use super::countries::country;
use super::listed;
use super::names::{Named, key};
use super::people::{is_short_for, surname};
use super::tags::{KINDS, Kind};
use crate::article::{Article, Definition, Entity, EntityForm, Spot};
use crate::normalize::claims::note;

/// Fills in people, organizations and places: those that the source states first, then in the order of the text.
pub(super) fn merge(
    named: Vec<Named>,
    spots: Vec<Spot>,
    from_text: &str,
    definitions: Vec<Definition>,
    article: &mut Article,
) {
    let mut found: Vec<Option<Entity>> = Vec::new();
    for (named, spot) in named.into_iter().zip(spots) {
        let Named { kind, name, forms, count, listed, .. } = named;
        let from = if listed.is_some() { listed::FROM } else { from_text }.to_owned();
        let first = Some(spot);
        found.push(Some(Entity { kind, name, forms, count, first, from, country: None }));
    }
    let mut entities: Vec<Entity> = Vec::new();
    for kind in KINDS {
        let field = field(kind);
        let from = article.provenance.get(field).cloned();
        let known = keys(kind, &found);
        let mut values = Vec::new();
        for value in std::mem::take(values_of(kind, article)) {
            let same = known.get(&key(&value)).copied().or_else(|| alike(kind, &value, &found));
            let same = same.and_then(|at| found.get_mut(at)?.take());
            let mut entity = same.unwrap_or_else(|| Entity {
                kind,
                name: value.clone(),
                forms: Vec::new(),
                count: 0,
                first: None,
                from: String::new(),
                country: None,
            });
            entity.from = from.clone().unwrap_or_default();
            values.push(entity);
        }
        for entity in &mut found {
            if entity.as_ref().is_some_and(|it| it.kind == kind) {
                values.extend(entity.take());
            }
        }
        if from.is_none() && !values.is_empty() {
            let all_listed = values.iter().all(|it| it.from == listed::FROM);
            note(article, field, if all_listed { listed::FROM } else { from_text });
        }
        *values_of(kind, article) = values.iter().map(|it| it.name.clone()).collect();
        entities.extend(values);
    }
    for place in entities.iter_mut().filter(|it| it.kind == Kind::Place) {
        place.country = country(&place.name);
    }
    article.entities = entities;
    article.definitions = definitions;
}

/// Each name and form of a kind, with the number of its entity; nothing for a form of several.
fn keys(kind: Kind, found: &[Option<Entity>]) -> FxHashMap<String, usize> {
    let mut keys: FxHashMap<String, usize> = FxHashMap::default();
    let of_kind = || found.iter().enumerate().filter_map(|(at, it)| Some((at, it.as_ref()?)));
    for (at, entity) in of_kind().filter(|it| it.1.kind == kind) {
        keys.insert(key(&entity.name), at);
    }
    for (at, entity) in of_kind().filter(|it| it.1.kind == kind) {
        for EntityForm { text, .. } in &entity.forms {
            keys.entry(key(text)).or_insert(at);
        }
    }
    keys
}

/// The only person found whose full name a stated one is short for, or the other way round.
fn alike(kind: Kind, value: &str, found: &[Option<Entity>]) -> Option<usize> {
    if kind != Kind::Person {
        return None;
    }
    let value = key(value);
    let stated: Vec<&str> = value.split(' ').collect();
    let mut alike = found.iter().enumerate().filter(|(_, it)| {
        it.as_ref().is_some_and(|it| {
            let name = key(&it.name);
            let name: Vec<&str> = name.split(' ').collect();
            it.kind == kind
                && match (stated.as_slice(), name.as_slice()) {
                    ([one], _) => surname(&name) == Some(one),
                    (_, [one]) => surname(&stated) == Some(one),
                    (_, _) => is_short_for(&stated, &name) || is_short_for(&name, &stated),
                }
        })
    });
    let first = alike.next()?.0;
    alike.next().is_none().then_some(first)
}

pub(super) fn field(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "people",
        Kind::Organization => "organizations",
        Kind::Place => "places",
    }
}

pub(super) fn values_of(kind: Kind, article: &mut Article) -> &mut Vec<String> {
    match kind {
        Kind::Person => &mut article.people,
        Kind::Organization => &mut article.organizations,
        Kind::Place => &mut article.places,
    }
}
