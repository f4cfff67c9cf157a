//! Names of people in an archive -> those that are surely one person: initials (`V. Putin`), and other ways to write the
//! same name (`Lukashenka`).
//!
//! Two names are taken for one only if all of this holds. With initials: every name of the archive that either fits also
//! fits the other. With another spelling: each word has the same consonants and few other letters. Always: no article
//! has both, and the articles of both name the same others, rare names weighing more than frequent ones. What is not
//! sure stays apart.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::Local;
use super::entities::{Merge, merge_key};
use super::facets::SEPARATOR;
use super::likeness::{Likeness, bucket_keys, likeness};
use crate::article::EntityKind;
use crate::index::schema::VALUE_FIELDS;
use crate::index::{IndexError, io};

/// Articles of a name that are looked at for the others in them; each name with more has enough in these.
const MOST_ARTICLES: usize = 400;

/// Where so many names of an archive are alike, nothing sure can be said of any two.
const MOST_ALIKE: usize = 300;

/// Least cosine of what stands beside two names that differ in initials, of which only one fits the other.
const LEAST_FOR_INITIALS: f64 = 0.1;

/// The same for names that are spelled in two ways, which are others far more often.
const LEAST_FOR_SPELLINGS: f64 = 0.15;

/// Others that both have to stand with, at least.
const LEAST_SHARED: usize = 2;

/// Value fields of people, organizations and places.
const NAMED: std::ops::Range<usize> = 5..8;

/// A name of the archive.
struct Person {
    key: String,
    /// The terms it is written as.
    terms: Vec<Vec<u8>>,
}

/// Where a name stands, and with whom.
struct Company {
    articles: FxHashSet<DocAddress>,
    /// What stands beside it: how often, times how rare.
    others: FxHashMap<u64, f64>,
}

impl Local {
    /// Of these names of people, by what makes them one, those that are one person.
    pub(super) fn same_people(&self, asked: &[&str]) -> Result<Vec<Vec<String>>, IndexError> {
        let people = self.people_like(asked)?;
        let by_key: FxHashMap<&str, usize> =
            people.iter().enumerate().map(|(at, it)| (it.key.as_str(), at)).collect();
        let asked: FxHashSet<usize> =
            asked.iter().filter_map(|it| by_key.get(it).copied()).collect();
        let pairs = pairs(&people, &asked);
        let mut weights = Weights { local: self, known: FxHashMap::default() };
        let mut company: FxHashMap<usize, Company> = FxHashMap::default();
        let mut groups = Groups::default();
        for (a, b, likeness) in pairs {
            for person in [a, b] {
                if let Entry::Vacant(free) = company.entry(person) {
                    free.insert(self.company(&people[person], &mut weights)?);
                }
            }
            let (Some(one), Some(other)) = (company.get(&a), company.get(&b)) else { continue };
            let least = match likeness {
                Likeness::Initials => LEAST_FOR_INITIALS,
                Likeness::Spelling => LEAST_FOR_SPELLINGS,
            };
            let (shared, cosine) = overlap(&one.others, &other.others);
            if shared >= LEAST_SHARED && cosine >= least {
                groups.join(a, b, |a, b| {
                    let of = |it| company.get(it).map(|it: &Company| &it.articles);
                    of(&a).zip(of(&b)).is_some_and(|(a, b)| a.is_disjoint(b))
                });
            }
        }
        let groups = groups.0.into_iter().filter(|it| it.len() > 1);
        Ok(groups.map(|it| it.into_iter().map(|at| people[at].key.clone()).collect()).collect())
    }

    /// The names of the archive that may be confused with these.
    fn people_like(&self, asked: &[&str]) -> Result<Vec<Person>, IndexError> {
        let buckets: FxHashSet<String> = asked.iter().flat_map(|it| bucket_keys(it)).collect();
        let mut people: FxHashMap<String, Vec<Vec<u8>>> = FxHashMap::default();
        let field = self.index().fields.values[NAMED.start];
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut stream = inverted.terms().stream().map_err(io)?;
            while stream.advance() {
                let folded = stream.key().split(|it| *it == SEPARATOR).next().unwrap_or_default();
                let Ok(folded) = std::str::from_utf8(folded) else { continue };
                let key = merge_key(folded, EntityKind::Person, Merge::Alike);
                if bucket_keys(&key).any(|it| buckets.contains(&it)) {
                    let terms = people.entry(key).or_default();
                    if !terms.iter().any(|it| it == stream.key()) {
                        terms.push(stream.key().to_vec());
                    }
                }
            }
        }
        let mut people: Vec<Person> =
            people.into_iter().map(|(key, terms)| Person { key, terms }).collect();
        people.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(people)
    }

    /// The articles of a name, and what stands beside it.
    fn company(&self, person: &Person, weights: &mut Weights<'_>) -> Result<Company, IndexError> {
        let mut articles = FxHashSet::default();
        let mut counts: FxHashMap<u64, (u32, f64)> = FxHashMap::default();
        for (number, reader) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(self.index().fields.values[NAMED.start])?;
            let mut docs = Vec::new();
            for term in &person.terms {
                let Some(found) = inverted.terms().get(term).map_err(io)? else { continue };
                let mut postings = inverted
                    .read_postings_from_terminfo(&found, IndexRecordOption::Basic)
                    .map_err(io)?;
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    if reader.alive_bitset().is_none_or(|it| it.is_alive(doc)) {
                        docs.push(doc);
                    }
                    postings.advance();
                }
            }
            docs.sort_unstable();
            docs.dedup();
            for doc in docs {
                let is_enough = articles.len() >= MOST_ARTICLES;
                articles.insert(DocAddress::new(u32::try_from(number).unwrap_or(u32::MAX), doc));
                if is_enough {
                    continue;
                }
                for field in NAMED {
                    let Some(column) = reader.fast_fields().str(VALUE_FIELDS[field].0)? else {
                        continue;
                    };
                    for ord in column.term_ords(doc) {
                        let (id, weight) = weights.of(number, field, ord, &column)?;
                        counts.entry(id).or_insert((0, weight)).0 += 1;
                    }
                }
            }
        }
        for term in &person.terms {
            counts.remove(&id_of(NAMED.start, term));
        }
        let others = counts.into_iter().map(|(id, (count, weight))| {
            // Ten times is not ten times as telling as once.
            (id, f64::from(count).sqrt() * weight)
        });
        Ok(Company { articles, others: others.collect() })
    }
}

/// How telling names are, by segment, field and number.
struct Weights<'a> {
    local: &'a Local,
    known: FxHashMap<(usize, usize, u64), (u64, f64)>,
}

impl Weights<'_> {
    /// What a name is known by, and how rare it is.
    fn of(
        &mut self,
        segment: usize,
        field: usize,
        ord: u64,
        column: &tantivy::columnar::StrColumn,
    ) -> Result<(u64, f64), IndexError> {
        if let Some(known) = self.known.get(&(segment, field, ord)) {
            return Ok(*known);
        }
        let mut bytes = Vec::new();
        column.dictionary().ord_to_term(ord, &mut bytes).map_err(io)?;
        let id = id_of(field, &bytes);
        let text = String::from_utf8_lossy(&bytes);
        let term = Term::from_field_text(self.local.index().fields.values[field], &text);
        let articles = self.local.searcher.doc_freq(&term)?.max(1);
        let all = self.local.searcher.num_docs().max(1);
        let found = (id, (all as f64 / articles as f64).ln().max(0.0));
        self.known.insert((segment, field, ord), found);
        Ok(found)
    }
}

/// A number for a name, however it is written.
fn id_of(field: usize, term: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_usize(field);
    hasher.write(term.split(|it| *it == SEPARATOR).next().unwrap_or_default());
    hasher.finish()
}

/// How many others two names share, and the cosine of all that stands beside them.
fn overlap(a: &FxHashMap<u64, f64>, b: &FxHashMap<u64, f64>) -> (usize, f64) {
    let norm = |it: &FxHashMap<u64, f64>| it.values().map(|it| it * it).sum::<f64>().sqrt();
    let shared: Vec<f64> = a.iter().filter_map(|(id, weight)| Some(weight * b.get(id)?)).collect();
    let lengths = norm(a) * norm(b);
    let cosine = if lengths > 0.0 { shared.iter().sum::<f64>() / lengths } else { 0.0 };
    (shared.len(), cosine)
}

/// Pairs of these names that may be one person, those in initials first.
fn pairs(people: &[Person], asked: &FxHashSet<usize>) -> Vec<(usize, usize, Likeness)> {
    let mut buckets: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, person) in people.iter().enumerate() {
        for key in bucket_keys(&person.key) {
            buckets.entry(key).or_default().push(at);
        }
    }
    let mut alike: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut found: FxHashMap<(usize, usize), Likeness> = FxHashMap::default();
    for members in buckets.values().filter(|it| it.len() <= MOST_ALIKE) {
        for (number, a) in members.iter().enumerate() {
            for b in members.iter().skip(number + 1) {
                let (a, b) = (*a.min(b), *a.max(b));
                if found.contains_key(&(a, b)) {
                    continue;
                }
                let Some(likeness) = likeness(&people[a].key, &people[b].key) else { continue };
                found.insert((a, b), likeness);
                if likeness == Likeness::Initials {
                    alike.entry(a).or_default().push(b);
                    alike.entry(b).or_default().push(a);
                }
            }
        }
    }
    // `J. Smith` fits John Smith and James Smith, who do not fit each other: he may be either.
    let are_one = |at: &usize| {
        let others = alike.get(at).map(Vec::as_slice).unwrap_or_default();
        others.iter().enumerate().all(|(number, a)| {
            others
                .iter()
                .skip(number + 1)
                .all(|b| found.get(&(*a.min(b), *a.max(b))) == Some(&Likeness::Initials))
        })
    };
    let mut pairs: Vec<_> = found
        .iter()
        .filter(|((a, b), _)| asked.contains(a) && asked.contains(b))
        .filter(|((a, b), it)| **it == Likeness::Spelling || are_one(a) && are_one(b))
        .map(|((a, b), it)| (*a, *b, *it))
        .collect();
    pairs.sort_by_key(|(a, b, it)| (*it == Likeness::Spelling, *a, *b));
    pairs
}

/// Names that are one.
#[derive(Default)]
struct Groups(Vec<Vec<usize>>);

impl Groups {
    /// Makes one group of those of two names, if each of the one may be each of the other.
    fn join(&mut self, a: usize, b: usize, may_be: impl Fn(usize, usize) -> bool) {
        let mut take = |name: usize| {
            let at = self.0.iter().position(|it| it.contains(&name));
            at.map_or_else(|| vec![name], |at| self.0.swap_remove(at))
        };
        let mut one = take(a);
        if one.contains(&b) {
            self.0.push(one);
            return;
        }
        let other = take(b);
        if one.iter().all(|a| other.iter().all(|b| may_be(*a, *b))) {
            one.extend(other);
            self.0.push(one);
        } else {
            self.0.extend([one, other]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs_of(names: &[&str]) -> Vec<String> {
        let person = |it: &&str| Person { key: (*it).to_owned(), terms: Vec::new() };
        let people: Vec<Person> = names.iter().map(person).collect();
        let asked = (0..people.len()).collect();
        let found = pairs(&people, &asked);
        found.iter().map(|(a, b, _)| format!("{} = {}", names[*a], names[*b])).collect()
    }

    #[test]
    fn initials_that_fit_two_people_fit_none() {
        assert_eq!(pairs_of(&["j smith", "john smith"]), ["j smith = john smith"]);
        assert_eq!(pairs_of(&["j smith", "james smith", "john smith"]), [""; 0]);
        assert_eq!(pairs_of(&["paul a volcker", "paul b volcker", "paul volcker"]), [""; 0]);
        assert_eq!(pairs_of(&["p a volcker", "paul a volcker", "paul volcker"]).len(), 3);
        assert_eq!(
            pairs_of(&["mikhael gorbachev", "mikhail gorbachev", "raisa gorbacheva"]),
            ["mikhael gorbachev = mikhail gorbachev"]
        );
    }

    #[test]
    fn a_group_takes_nobody_who_stands_with_one_of_it() {
        let mut groups = Groups::default();
        let may_be = |a: usize, b: usize| (a, b) != (0, 2) && (b, a) != (0, 2);
        groups.join(0, 1, may_be);
        groups.join(1, 2, may_be);
        groups.join(0, 1, may_be);
        let mut groups = groups.0;
        groups.sort();
        assert_eq!(groups, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn company_is_compared_by_weight() {
        let others = |it: &[(u64, f64)]| it.iter().copied().collect::<FxHashMap<_, _>>();
        let (shared, cosine) =
            overlap(&others(&[(1, 3.0), (2, 4.0)]), &others(&[(1, 3.0), (3, 4.0)]));
        assert_eq!(shared, 1);
        assert!((cosine - 9.0 / 25.0).abs() < 1e-9);
        assert_eq!(overlap(&others(&[]), &others(&[])), (0, 0.0));
    }
}
