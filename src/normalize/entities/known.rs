//! Mentions -> the same with the kind that lists, and the other names of the article, know better.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Mention;
use super::lexicon::{Lexicon, Place};
use super::names::key;
use super::tags::Kind;
use super::titles::is_nationality;
use super::tokens::{Token, tokenize};
use super::words::{hash, join};
use crate::article::Article;
use crate::text::legal_forms::without_form;

/// Bits of the gazetteer.
const LARGE_CITY: u8 = 2;
const COUNTRY: u8 = 4;
const STATE: u8 = 8;

/// Corrects the kinds of the mentions of an article, of which dateline and stated subjects are read already.
pub(super) fn correct(mentions: &mut Vec<Mention>, article: &Article, lexicon: &Lexicon) {
    mentions.retain(|it| !is_nationality_of_a_region(&it.text));
    let mut keyed: Vec<(String, Mention)> =
        mentions.drain(..).map(|it| (key(&it.text), it)).collect();
    drop_shouted_words(&mut keyed, lexicon);
    let mut full = FxHashSet::default();
    let mut firms = FxHashSet::default();
    for (key, mention) in &keyed {
        match mention.kind {
            Kind::Person if key.contains(' ') && !is_organization(key) => {
                full.extend(key.split(' ').map(str::to_owned));
            }
            // A government is called by a person's name too: only what is surely a firm.
            Kind::Organization if without_form(key).is_some() || is_organization(key) => {
                firms.extend(key.split(' ').filter(|it| it.len() > 3).map(str::to_owned));
            }
            Kind::Person | Kind::Organization | Kind::Place => {}
        }
    }
    let mut after_in = FxHashSet::default();
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    for (key, mention) in &keyed {
        if mention.after_in {
            after_in.insert(key.clone());
        }
        // Twice at the beginning of a sentence, or once elsewhere.
        // A headline begins with names as often as with words.
        let in_body = mention.at.0 == 2;
        let weight = if mention.first && in_body && !mention.shouted { 1 } else { 2 };
        match known.get_mut(key) {
            Some(sum) => *sum += weight,
            None => {
                known.insert(key.clone(), weight);
            }
        }
    }
    keyed.retain(|(key, it)| {
        // A word with a capital for the sentence's sake alone, and nobody's name that lists know.
        it.kind != Kind::Person
            || it.text.contains(' ')
            || full.contains(key)
            || known.get(key).is_some_and(|it| *it > 1)
            || may_be_a_name(&it.text, lexicon)
    });
    let dateline = article.dateline.as_deref().map(key);
    let mut stated = FxHashMap::default();
    for (kind, values) in [
        (Kind::Place, &article.places),
        (Kind::Organization, &article.organizations),
        (Kind::Person, &article.people),
    ] {
        stated.extend(values.iter().map(|it| (key(it), kind)));
    }
    for (key, mention) in &mut keyed {
        let key = key.as_str();
        let Place(place) = super::parts::place(&mention.text, lexicon).unwrap_or(Place(0));
        let is_surname = full.contains(key);
        mention.kind = match mention.kind {
            // The source knows best.
            kind if stated.contains_key(key) => stated.get(key).copied().unwrap_or(kind),
            _ if dateline.as_deref() == Some(key) && !is_surname => Kind::Place,
            Kind::Organization if place & COUNTRY > 0 => Kind::Place,
            // Many a small town is called like something else: White House in Tennessee.
            Kind::Place
                if is_organization(key)
                    && (place == 0 || key.contains(' ') && place & (COUNTRY | STATE) == 0) =>
            {
                Kind::Organization
            }
            // `VOLCKER SAYS`, `FORD SAYS`: words like those of `VOLCKER` are names of people.
            Kind::Organization
                if mention.shouted
                    && !key.contains(' ')
                    && !is_organization(key)
                    && is_like_a_name(&mention.text, lexicon) =>
            {
                Kind::Person
            }
            Kind::Person if is_surname => Kind::Person,
            Kind::Person if is_organization(key) => Kind::Organization,
            // Somebody that nobody knows, and that something is in, is somewhere.
            Kind::Person
                if after_in.contains(key)
                    && !key.contains(' ')
                    && !may_be_a_name(&mention.text, lexicon) =>
            {
                Kind::Place
            }
            // `Varholm` beside `Varholm Mills`, and nobody of that name.
            Kind::Person if firms.contains(key) => Kind::Organization,
            Kind::Person if place & (LARGE_CITY | COUNTRY | STATE) > 0 => Kind::Place,
            Kind::Person | Kind::Organization | Kind::Place => mention.kind,
        };
    }
    mentions.extend(keyed.into_iter().map(|it| it.1));
}

/// Whether lists or clusters know a word as a name of people.
fn may_be_a_name(word: &str, lexicon: &Lexicon) -> bool {
    let facts = lexicon.word(hash(word));
    facts.given > 0 || facts.surname > 0 || is_like_a_name(word, lexicon)
}

/// Whether a word stands where names of people do, in the texts that the clusters are from.
fn is_like_a_name(word: &str, lexicon: &Lexicon) -> bool {
    static CLUSTERS: OnceLock<Vec<bool>> = OnceLock::new();
    let clusters = CLUSTERS.get_or_init(|| lexicon.clusters_of_names());
    clusters.get(usize::from(lexicon.word(hash(word)).fine)) == Some(&true)
}

/// In a headline of capitals `BILL` and `MARK` are words: a first name alone counts only if the text has it too.
fn drop_shouted_words(keyed: &mut Vec<(String, Mention)>, lexicon: &Lexicon) {
    let is_doubted = |it: &Mention| {
        let alone = it.kind == Kind::Person && it.shouted && !it.text.contains(' ');
        alone && lexicon.word(hash(&it.text)).given == 1
    };
    if !keyed.iter().any(|it| is_doubted(&it.1)) {
        return;
    }
    let quiet: FxHashSet<String> = keyed
        .iter()
        .filter(|(_, it)| !it.shouted && it.kind == Kind::Person)
        .flat_map(|(key, _)| key.split(' ').map(str::to_owned))
        .collect();
    keyed.retain(|(key, it)| !is_doubted(it) || quiet.contains(key));
}

/// Whether this is an organization that news names often.
pub(super) fn is_organization(key: &str) -> bool {
    static KNOWN: OnceLock<FxHashSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| organizations().map(super::names::key).collect()).contains(key)
}

/// The organizations that news names often.
fn organizations() -> impl Iterator<Item = &'static str> {
    [include_str!("lists/organizations.txt"), include_str!("lists/firms.txt")]
        .iter()
        .flat_map(|it| it.lines())
        .filter(|it| !it.starts_with('#'))
        .flat_map(|it| it.split("; "))
        .map(str::trim)
}

/// The hashes of partnerships (`Duff and Phelps`), and of the first word of each with the words of the longest.
struct Partnerships {
    names: FxHashSet<u32>,
    firsts: FxHashMap<u32, usize>,
}

/// The length of the known partnership that begins with these words, of which the hashes are given. Few words begin
/// one: no hash but the first is asked for then.
pub(super) fn partnership(mut words: impl Iterator<Item = u32>) -> Option<usize> {
    static KNOWN: OnceLock<Partnerships> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known = Partnerships { names: FxHashSet::default(), firsts: FxHashMap::default() };
        for name in organizations().filter(|it| it.contains(" and ") || it.contains(" & ")) {
            for sign in ["and", "&"] {
                let mut tokens = Vec::new();
                let name = name.replace(" & ", " and ");
                tokenize(&name, &mut tokens);
                let word = |it: &Token| name.get(it.start as usize..it.end as usize).unwrap_or("");
                let hashes: Vec<u32> = tokens
                    .iter()
                    .map(|it| hash(if word(it) == "and" { sign } else { word(it) }))
                    .collect();
                let Some((first, rest)) = hashes.split_first() else { continue };
                known.names.insert(rest.iter().copied().fold(*first, join));
                let longest = known.firsts.entry(*first).or_default();
                *longest = hashes.len().max(*longest);
            }
        }
        known
    });
    let first = words.next()?;
    let longest = *known.firsts.get(&first)?;
    let mut name = first;
    let mut found = None;
    for (at, word) in words.enumerate().take(longest - 1) {
        name = join(name, word);
        if known.names.contains(&name) {
            found = Some(at + 2);
        }
    }
    found
}

/// `West German`, `North American`, `Southeast Asian`.
fn is_nationality_of_a_region(text: &str) -> bool {
    text.split_once([' ', '-']).is_some_and(|(region, nation)| {
        is_nationality(nation) && REGIONS.iter().any(|it| it.eq_ignore_ascii_case(region))
    })
}

/// Words before a nationality.
const REGIONS: &[&str] = &[
    "central",
    "east",
    "eastern",
    "latin",
    "north",
    "northern",
    "south",
    "southeast",
    "southern",
    "sub-saharan",
    "west",
    "western",
];
