//! The names that the user lists -> put over what was found and what the source states: found wherever they stand, under
//! the name and the kind of the list, or left out.

use super::Mention;
use super::names::tidy;
use super::tags::{KINDS, Kind};
use crate::article::{Article, Entity, EntityForm};
use crate::names::{ListedName, NameList};
use crate::normalize::claims::note;

/// How a listed name is known.
pub(super) const FROM: &str = "names";

/// Puts the listed names in the place of what was found there.
///
/// A found name that holds a listed one and more is another name (`Third World Network`), and stays.
pub(super) fn find(found: &mut Vec<Mention>, texts: &[&str], names: &NameList) {
    if names.is_empty() {
        return;
    }
    let mut tidied: Vec<Mention> = std::mem::take(found).into_iter().filter_map(tidy).collect();
    tidied.sort_by_key(|it| it.at);
    let spans: Vec<(usize, usize, usize)> =
        tidied.iter().map(|it| (it.at.0, it.at.1, it.at.1 + it.text.len())).collect();
    let mut is_replaced = vec![false; tidied.len()];
    for (number, text) in texts.iter().enumerate() {
        let mut next = spans.partition_point(|it| it.0 < number);
        for here in names.find(text) {
            let Some(listed) = names.get(here.name) else { continue };
            while spans.get(next).is_some_and(|it| it.0 == number && it.2 <= here.start) {
                next += 1;
            }
            let over = |it: &&(usize, usize, usize)| it.0 == number && it.1 < here.end;
            let count = spans.get(next..).into_iter().flatten().take_while(over).count();
            let overlapped = next..next + count;
            let is_longer = |at: &usize| {
                let (_, start, end) = spans[*at];
                start <= here.start && here.end <= end && end - start > here.end - here.start + 1
            };
            if overlapped.clone().any(|it| is_longer(&it)) {
                continue;
            }
            is_replaced[overlapped].fill(true);
            found.extend(listed.kind.filter(|_| !listed.hidden).map(|kind| Mention {
                kind,
                text: text.get(here.start..here.end).unwrap_or_default().to_owned(),
                at: (number, here.start),
                shouted: false,
                first: false,
                after_in: false,
                listed: Some(here.name),
            }));
        }
    }
    for (mut mention, is_replaced) in tidied.into_iter().zip(is_replaced) {
        // In other letters than the list has, if it is the same kind of thing: `Who` need not be the `WHO`.
        let called = names.called(&mention.text).and_then(|at| Some((at, names.get(at)?)));
        match called {
            _ if is_replaced => continue,
            Some((_, ListedName { hidden: true, .. })) => continue,
            Some((at, listed)) if listed.kind == Some(mention.kind) => mention.listed = Some(at),
            Some(_) | None => {}
        }
        found.push(mention);
    }
    found.sort_by_key(|it| it.at);
}

/// What a source calls a listed name.
pub(super) struct Renamed {
    kind: Kind,
    name: String,
    form: String,
}

/// Gives the subjects that the source states the names and kinds of the list.
pub(super) fn rename(article: &mut Article, names: &NameList) -> Vec<Renamed> {
    let mut renamed = Vec::new();
    if names.is_empty() {
        return renamed;
    }
    let mut lists: [Vec<String>; 3] = Default::default();
    let mut from: [Option<String>; 3] = Default::default();
    for kind in KINDS {
        let stated_from = article.provenance.get(super::stated::field(kind)).cloned();
        for value in std::mem::take(super::stated::values_of(kind, article)) {
            let listed = names.called(&value).and_then(|at| names.get(at));
            let (kind, name) = match listed {
                Some(ListedName { hidden: true, .. }) => continue,
                Some(listed) => (listed.kind.unwrap_or(kind), listed.name.clone()),
                None => (kind, value.clone()),
            };
            if listed.is_some() && name != value {
                renamed.push(Renamed { kind, name: name.clone(), form: value });
            }
            let list = &mut lists[kind as usize];
            if !list.contains(&name) {
                list.push(name);
            }
            let known = &mut from[kind as usize];
            if known.is_none() {
                known.clone_from(&stated_from);
            }
        }
        article.provenance.remove(super::stated::field(kind));
    }
    for (kind, (list, from)) in KINDS.into_iter().zip(lists.into_iter().zip(from)) {
        *super::stated::values_of(kind, article) = list;
        if let Some(from) = from {
            note(article, super::stated::field(kind), &from);
        }
    }
    renamed
}

/// Adds what the source calls them to the forms of listed names.
pub(super) fn add_forms(entities: &mut [Entity], renamed: Vec<Renamed>) {
    for Renamed { kind, name, form } in renamed {
        let entity = entities.iter_mut().find(|it| it.kind == kind && it.name == name);
        if let Some(entity) = entity
            && name.to_lowercase() != form.to_lowercase()
            && entity.forms.iter().all(|it| it.text.to_lowercase() != form.to_lowercase())
        {
            entity.forms.push(EntityForm { text: form, count: 0, inferred: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::parse;
    use crate::normalize::entities;

    const NAMES: &str = r#"
        [[name]]
        name = "Collective Security Treaty Organization"
        kind = "organization"
        aliases = ["CSTO", "ОДКБ"]
        [[name]]
        name = "Ilona Varga"
        kind = "person"
        [[name]]
        name = "Kesh"
        kind = "organization"
        [[name]]
        name = "Third World"
        hidden = true
    "#;

    fn read(article: Article) -> Article {
        let mut article = article;
        let names = NameList::new(parse(NAMES).unwrap());
        entities::read(&mut article, &names);
        article
    }

    fn shown(article: &Article) -> Vec<String> {
        let forms =
            |it: &Entity| it.forms.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join(", ");
        let one = |it: &Entity| {
            format!("{:?} {} {} [{}] {}", it.kind, it.count, it.name, forms(it), it.from)
        };
        article.entities.iter().map(one).collect()
    }

    #[test]
    fn the_list_overrides() {
        let body = "The CSTO met in Minsk on Monday. President Ilona Varga told Kesh that the Third World \
                    would gain. Varga thanked the Third World Network.";
        let article = read(Article { body: body.to_owned(), ..Article::default() });
        assert_eq!(
            shown(&article),
            [
                "Person 2 Ilona Varga [Varga] names",
                "Organization 1 Collective Security Treaty Organization [CSTO] names",
                "Organization 1 Kesh [] names",
                "Organization 1 Third World Network [] text",
                "Place 1 Minsk [] text",
            ]
        );
        assert_eq!(article.provenance["people"], "names");
        assert_eq!(article.provenance["organizations"], "text");
    }

    #[test]
    fn in_any_language_and_script() {
        let body = "Страны ОДКБ провели учения в горах.".to_owned();
        let article = read(Article { body, language: Some("ru".into()), ..Article::default() });
        assert_eq!(article.organizations, ["Collective Security Treaty Organization"]);
        assert_eq!(article.entities[0].forms[0].text, "ОДКБ");
        assert_eq!(article.entities[0].first.as_ref().unwrap().start, 7);
    }

    #[test]
    fn what_the_source_states_goes_by_the_list_too() {
        let mut article = Article { body: "It rained.".to_owned(), ..Article::default() };
        article.places = vec!["kesh".into(), "third world".into(), "Tesh".into()];
        article.organizations = vec!["csto".into()];
        note(&mut article, "places", "record");
        note(&mut article, "organizations", "record");
        let article = read(article);
        assert_eq!(
            shown(&article),
            [
                "Organization 0 Collective Security Treaty Organization [csto] record",
                "Organization 0 Kesh [] record",
                "Place 0 Tesh [] record",
            ]
        );
    }
}
