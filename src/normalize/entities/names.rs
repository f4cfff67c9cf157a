//! Mentions of an article -> its names: titles off, one kind a name, and each with the forms it has in the article.

use rustc_hash::{FxHashMap, FxHashSet};

use smallvec::SmallVec;

use super::Mention;
use super::firms::is_legal_form;
use super::people::{is_short_for, surname};
use super::tags::{KINDS, Kind};
use super::titles::{is_nationality, is_office, is_title};
use crate::article::{Definition, EntityForm};
use crate::names::NameList;
use crate::text::legal_forms::without_form;

/// A name with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// What it names.
    pub(super) kind: Kind,
    /// The fullest form.
    pub(super) name: String,
    /// The others.
    pub(super) forms: Vec<EntityForm>,
    /// Mentions in any form.
    pub(super) count: u32,
    /// Which text, and the bytes before it there.
    pub(super) first: (usize, usize),
    /// The number of the name in the list of the user.
    pub(super) listed: Option<usize>,
}

/// Mentions that differ in case and full stops at most.
struct Group {
    kind: Kind,
    key: String,
    /// As written, how often, and how often outside of lines in capitals.
    spellings: Vec<(String, u32, u32)>,
    count: u32,
    first: (usize, usize),
    /// The group with the fuller name, and whether that is concluded.
    head: Option<(usize, bool)>,
    /// The number of the name in the list of the user; it stands for no other then.
    listed: Option<usize>,
}

/// The names of an article, in the order they are first mentioned.
pub(super) fn join(
    mentions: Vec<Mention>,
    definitions: &[Definition],
    list: &NameList,
) -> Vec<Named> {
    let tidy = |it: Mention| if it.listed.is_some() { Some(it) } else { tidy(it) };
    let mentions: Vec<Mention> = mentions.into_iter().filter_map(tidy).collect();
    let mut groups = group(mentions, list);
    link_people(&mut groups);
    link_definitions(&mut groups, definitions);
    link_initials(&mut groups);
    link_firms(&mut groups);
    collect(&groups, list)
}

/// The mentions by their key, each key with one kind: that of most of its mentions, else of the first.
fn group(mentions: Vec<Mention>, list: &NameList) -> Vec<Group> {
    let keys: Vec<String> = mentions.iter().map(|it| key_of(it, list)).collect();
    let mut votes: FxHashMap<&str, [u32; 3]> = FxHashMap::default();
    // The surnames of full names; whoever is called by one alone is that person.
    let mut surnames: FxHashSet<&str> = FxHashSet::default();
    for (mention, key) in mentions.iter().zip(&keys) {
        if mention.kind == Kind::Person
            && let Some((_, last)) = key.rsplit_once(' ')
        {
            surnames.insert(last);
        }
        // In lines of capitals anything may be a name.
        votes.entry(key).or_default()[mention.kind as usize] += if mention.shouted { 1 } else { 3 };
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut known: FxHashMap<(&str, Option<usize>), usize> = FxHashMap::default();
    for (mention, key) in mentions.into_iter().zip(&keys) {
        let Some(votes) = votes.get(key.as_str()) else { continue };
        let listed = mention.listed;
        let at = *known.entry((key, listed)).or_insert_with(|| {
            let mut kind = mention.kind;
            for other in KINDS {
                if votes[other as usize] > votes[kind as usize] {
                    kind = other;
                }
            }
            if surnames.contains(key.as_str()) && votes[Kind::Person as usize] > 0 {
                kind = Kind::Person;
            }
            if listed.is_some() {
                kind = mention.kind;
            }
            let (spellings, first) = (Vec::new(), mention.at);
            let key = key.clone();
            groups.push(Group { kind, key, spellings, count: 0, first, head: None, listed });
            groups.len() - 1
        });
        let group = &mut groups[at];
        group.count += 1;
        let quiet = u32::from(!mention.shouted);
        match group.spellings.iter_mut().find(|it| it.0 == mention.text) {
            Some(spelling) => {
                spelling.1 += 1;
                spelling.2 += quiet;
            }
            None => group.spellings.push((mention.text, 1, quiet)),
        }
    }
    groups
}

/// The key of a mention: that of the listed name it is, else its own.
fn key_of(mention: &Mention, list: &NameList) -> String {
    let listed = mention.listed.and_then(|it| list.get(it));
    key(listed.map_or(mention.text.as_str(), |it| it.name.as_str()))
}

/// Names of people that share a word are compared up to so many.
const MOST_ALIKE: usize = 50;

/// Links short names of people to the full one.
fn link_people(groups: &mut [Group]) {
    let mut full: Vec<usize> = (0..groups.len())
        .filter(|at| groups[*at].kind == Kind::Person && groups[*at].key.contains(' '))
        .collect();
    let length = |at: usize| groups[at].key.split(' ').count();
    full.sort_by_key(|at| (std::cmp::Reverse(length(*at)), groups[*at].first));
    // Full names by each of their words.
    let mut with_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for at in full {
        let key = groups[at].key.clone();
        let words: Vec<&str> = key.split(' ').collect();
        let alike = words
            .iter()
            .filter(|it| it.chars().count() > 1)
            .filter_map(|it| with_word.get(*it))
            .flat_map(|it| it.iter().take(MOST_ALIKE).copied())
            .filter(|head| {
                let long: Vec<&str> = groups[*head].key.split(' ').collect();
                is_short_for(&words, &long)
            });
        let heads: Vec<usize> = alike.collect();
        // Short for two different people is short for none.
        if let Some(head) = heads.first().copied()
            && groups[at].listed.is_none()
            && heads.iter().all(|it| *it == head)
        {
            groups[at].head = Some((head, true));
            continue;
        }
        for word in words {
            with_word.entry(word.to_owned()).or_default().push(at);
        }
    }
    for at in 0..groups.len() {
        let Group { kind: Kind::Person, key, listed: None, .. } = &groups[at] else { continue };
        if key.contains(' ') {
            continue;
        }
        let Some(candidates) = with_word.get(key) else { continue };
        let named = |at: usize| {
            let words: Vec<&str> = groups[at].key.split(' ').collect();
            surname(&words) == Some(key.as_str())
        };
        // By the surname rather than another word, the most frequent, the first.
        let head = candidates
            .iter()
            .copied()
            .max_by_key(|it| (named(*it), groups[*it].count, std::cmp::Reverse(groups[*it].first)));
        groups[at].head = head.map(|it| (it, true));
    }
}

/// Links short forms to what the article says they stand for.
fn link_definitions(groups: &mut Vec<Group>, definitions: &[Definition]) {
    for Definition { short, long } in definitions {
        let (short, long_key) = (key(short), key(long));
        let find = |groups: &[Group], key: &str| {
            groups.iter().position(|it| it.key == key && it.kind != Kind::Person)
        };
        let Some(at) = find(groups, &short) else { continue };
        let head = find(groups, &long_key).unwrap_or_else(|| {
            let Group { kind, first, .. } = groups[at];
            groups.push(Group {
                kind,
                key: long_key,
                spellings: vec![(long.clone(), 0, 1)],
                count: 0,
                first,
                head: None,
                listed: None,
            });
            groups.len() - 1
        });
        link(groups, at, head, false);
    }
}

/// Links a short form to the only name that has its letters as initials.
fn link_initials(groups: &mut [Group]) {
    let mut by_initials: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        let words = group.key.split([' ', '-']).filter(|it| !SMALL.contains(it));
        let initials: String = words.filter_map(|it| it.chars().next()).collect();
        if group.kind == Kind::Organization && initials.chars().count() >= FEWEST_INITIALS {
            by_initials.entry(initials).or_default().push(at);
        }
    }
    for at in 0..groups.len() {
        let group = &groups[at];
        let capitals = group
            .spellings
            .iter()
            .any(|it| it.0.chars().filter(|it| it.is_alphabetic()).all(char::is_uppercase));
        let letters: String = group.key.chars().filter(|it| it.is_alphabetic()).collect();
        if group.kind != Kind::Organization || !capitals || group.head.is_some() {
            continue;
        }
        if let Some([head]) = by_initials.get(&letters).map(Vec::as_slice) {
            link(groups, at, *head, true);
        }
    }
}

/// Initials of two letters are those of too many.
const FEWEST_INITIALS: usize = 3;

/// Words that give no initial.
const SMALL: &[&str] = &["of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "la", "&"];

/// Links `Texaco` to `Texaco Inc`.
fn link_firms(groups: &mut [Group]) {
    let known: FxHashMap<String, usize> = groups
        .iter()
        .enumerate()
        .filter(|it| it.1.kind == Kind::Organization)
        .map(|(at, it)| (it.key.clone(), at))
        .collect();
    for head in 0..groups.len() {
        if groups[head].kind != Kind::Organization {
            continue;
        }
        if let Some(at) = without_form(&groups[head].key).and_then(|it| known.get(it)) {
            link(groups, *at, head, false);
        }
    }
}

/// Links a group to a fuller one, unless that stands for it already.
fn link(groups: &mut [Group], at: usize, head: usize, inferred: bool) {
    if at != head
        && groups[at].head.is_none()
        && groups[at].listed.is_none()
        && top(groups, head).0 != at
    {
        groups[at].head = Some((head, inferred));
    }
}

/// The group whose name stands for this one, and whether that is concluded.
fn top(groups: &[Group], mut at: usize) -> (usize, bool) {
    let mut inferred = false;
    while let Some((head, concluded)) = groups[at].head {
        inferred |= concluded;
        at = head;
    }
    (at, inferred)
}

/// The groups without a fuller one, with those that lead to them as forms.
fn collect(groups: &[Group], list: &NameList) -> Vec<Named> {
    let mut named: Vec<Option<Named>> = groups
        .iter()
        .map(|group| {
            let listed = group.listed.and_then(|it| list.get(it));
            let name = listed.map_or_else(|| shown(group), |it| it.name.clone());
            let Group { kind, count, first, listed, .. } = *group;
            let mut one = Named { kind, name, forms: Vec::new(), count, first, listed };
            add_forms(&mut one, group, false);
            group.head.is_none().then_some(one)
        })
        .collect();
    for (at, group) in groups.iter().enumerate().filter(|it| it.1.head.is_some()) {
        let (head, inferred) = top(groups, at);
        if let Some(one) = &mut named[head] {
            one.count += group.count;
            one.first = one.first.min(group.first);
            add_forms(one, group, inferred);
        }
    }
    let mut named: Vec<Named> = named.into_iter().flatten().collect();
    named.sort_by_key(|it| it.first);
    named
}

/// Adds the spellings of a group that are not the name itself in other letters.
fn add_forms(one: &mut Named, group: &Group, inferred: bool) {
    let mut spellings: Vec<_> = group.spellings.iter().collect();
    spellings.sort_by_key(|it| std::cmp::Reverse(it.2));
    for (text, count, _) in spellings {
        if *count == 0 || is_same_in_other_letters(text, &one.name) {
            continue;
        }
        let same = one.forms.iter_mut().find(|it| is_same_in_other_letters(&it.text, text));
        match same {
            Some(form) => form.count += count,
            None => one.forms.push(EntityForm { text: text.clone(), count: *count, inferred }),
        }
    }
}

/// Whether two texts differ in case at most.
fn is_same_in_other_letters(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase()
}

/// How a name is written: as most often outside of lines in capitals.
fn shown(group: &Group) -> String {
    let mut best = &group.spellings[0];
    for spelling in &group.spellings {
        if (spelling.2, spelling.1) > (best.2, best.1) {
            best = spelling;
        }
    }
    if best.2 > 0 || group.kind == Kind::Organization {
        return best.0.clone();
    }
    // Only in lines of capitals; an organization may be an acronym, a person is none.
    let is_acronym = |word: &str| word.contains('.') || word.chars().count() < 3;
    let words =
        best.0.split(' ').map(|it| if is_acronym(it) { it.to_owned() } else { capitalized(it) });
    words.collect::<Vec<_>>().join(" ")
}

/// `SMITH-JONES` as `Smith-Jones`.
fn capitalized(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut inside = false;
    for letter in word.chars() {
        if inside {
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    out
}

/// What makes two mentions the same name: neither case, full stops, hyphens nor apostrophes.
pub(super) fn key(name: &str) -> String {
    if !name.contains(' ') && name.chars().all(|it| it == '.' || it.is_uppercase()) {
        return name.replace('.', "").to_lowercase();
    }
    if name.is_ascii() {
        return key_of_ascii(name);
    }
    let plain = name.replace(['’', '\''], "").replace(['.', '-', '_'], " ").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for most names, letter by letter.
fn key_of_ascii(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut is_apart = false;
    for byte in name.bytes() {
        match byte {
            b'\'' => {}
            b'.' | b'-' | b'_' | b' ' | b'\t'..=b'\r' => is_apart = true,
            _ => {
                if std::mem::take(&mut is_apart) && !key.is_empty() {
                    key.push(' ');
                }
                key.push(char::from(byte.to_ascii_lowercase()));
            }
        }
    }
    key
}

/// Labels in the tables of news.
const LABELS: &[&str] =
    &["avg", "box", "div", "nil", "note", "oper", "pct", "qtly", "qtr", "revs", "shr"];

/// Last words of what only looks like a person.
const ROLES: &[&str] =
    &["Chancellor", "Congressmen", "Senators", "Democrat", "Republican", "Governor", "Premier"];

/// A mention without titles and articles; nothing if no name is left.
pub(super) fn tidy(mut mention: Mention) -> Option<Mention> {
    let bytes = before_the_name(&mention)?;
    mention.text.drain(..bytes);
    mention.at.1 += bytes;
    Some(mention)
}

/// The bytes of titles and articles at the beginning of a mention; nothing if the rest is no name.
fn before_the_name(mention: &Mention) -> Option<usize> {
    let words: SmallVec<[&str; 8]> = mention.text.split(' ').collect();
    let mut start = 0;
    if mention.kind == Kind::Person {
        while words.get(start).is_some_and(|it| is_title(it) || is_nationality(it)) {
            start += 1;
            while words.get(start).is_some_and(|it| matches!(*it, "of" | "the" | "-")) {
                start += 1;
            }
        }
    }
    if words.get(start).is_some_and(|it| it.eq_ignore_ascii_case("the")) {
        start += 1;
    }
    let (dropped, words) = words.split_at(start.min(words.len()));
    let bytes: usize = dropped.iter().map(|it| it.len() + 1).sum();
    match (mention.kind, words) {
        (_, []) => return None,
        (_, [word]) if is_nationality(word) || is_legal_form(word) => return None,
        (_, [word]) if LABELS.iter().any(|it| it.eq_ignore_ascii_case(word)) => return None,
        // `U.K. Chancellor`, `Senate Republican`: nobody's name.
        (Kind::Person, [.., word]) if is_office(word) || ROLES.contains(word) => return None,
        (Kind::Place, ["State" | "Republic" | "Kingdom" | "Province" | "City" | "District"]) => {
            return None;
        }
        (Kind::Person | Kind::Organization | Kind::Place, _) => {}
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mentions: &[(Kind, &str)], definitions: &[Definition]) -> Vec<String> {
        let mention = |(at, it): (usize, &(Kind, &str))| Mention {
            kind: it.0,
            text: it.1.to_owned(),
            at: (0, at * 100),
            shouted: it.1.len() > 4 && !it.1.contains(char::is_lowercase),
            first: false,
            after_in: false,
            listed: None,
        };
        let mentions: Vec<Mention> = mentions.iter().enumerate().map(mention).collect();
        let form = |it: &EntityForm| format!("{}{}", it.text, if it.inferred { "?" } else { "" });
        join(mentions, definitions, &NameList::default())
            .iter()
            .map(|it| {
                let forms = it.forms.iter().map(form).collect::<Vec<_>>().join(", ");
                format!("{:?} {} {} [{forms}]", it.kind, it.count, it.name)
            })
            .collect()
    }

    #[test]
    fn one_name_each() {
        let people = [
            (Kind::Place, "Varga"),
            (Kind::Person, "Dr. Ilona Varga"),
            (Kind::Person, "Varga"),
            (Kind::Place, "Morna"),
            (Kind::Place, "MORNA"),
            (Kind::Person, "President"),
            (Kind::Place, "Belarusian"),
            (Kind::Person, "I. Varga"),
            (Kind::Person, "ANTON BRANDVOLD"),
        ];
        let expected = [
            "Person 4 Ilona Varga [Varga?, I. Varga?]",
            "Place 2 Morna []",
            "Person 1 Anton Brandvold []",
        ];
        assert_eq!(found(&people, &[]), expected);
        let two = [
            (Kind::Person, "Ilona Varga"),
            (Kind::Person, "Imre Varga"),
            (Kind::Person, "I. Varga"),
        ];
        assert_eq!(found(&two, &[]).len(), 3, "short for two is short for none");
    }

    #[test]
    fn forms_of_organizations() {
        let mentions = [
            (Kind::Organization, "Mornan Seed Council"),
            (Kind::Organization, "MSC"),
            (Kind::Organization, "Varholm Mills Inc"),
            (Kind::Organization, "Varholm Mills"),
            (Kind::Place, "Tesh"),
            (Kind::Organization, "KTU"),
        ];
        let definition = Definition { short: "KTU".into(), long: "Kesh Tax Union".into() };
        let expected = [
            "Organization 2 Mornan Seed Council [MSC?]",
            "Organization 2 Varholm Mills Inc [Varholm Mills]",
            "Place 1 Tesh []",
            "Organization 1 Kesh Tax Union [KTU]",
        ];
        assert_eq!(found(&mentions, &[definition]), expected);
    }
}
