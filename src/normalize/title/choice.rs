//! All that a source calls the title -> what is said most, weighed by where it is said.
//!
//! Candidates that are the same but for punctuation, the site's name, a kicker or a cut count together.
//! The headline of the JSON-LD and that on the page weigh most: where they are the same, that is the
//! title. Where they differ, the others decide; so the title that was written for search engines wins
//! only where the page shows it too.

use std::collections::HashSet;

use crate::article::Topic;

use super::super::claims::Claims;
use super::super::origin::Origin;
use super::super::text::one_line;
use super::site::{is_site, without_site, without_tail};
use super::slug::Slug;
use super::{letters, overlap};

/// What it counts to be said at a place, and which place's spelling is taken first.
static WEIGHTS: &[(Origin, u32)] = &[
    (Origin::JsonLd, 14),
    (Origin::OpenGraph, 10),
    (Origin::Parsely, 6),
    (Origin::Sailthru, 5),
    (Origin::Cxense, 5),
    (Origin::Citation, 6),
    (Origin::DublinCore, 5),
    (Origin::Headline, 16),
    (Origin::Microdata, 6),
    (Origin::HeadlineClass, 4),
    (Origin::Meta, 4),
    (Origin::Twitter, 2),
    (Origin::TitleTag, 4),
    (Origin::Heading, 10),
    (Origin::Other, 1),
];

/// A headline on the page that nothing else confirms is often the name of a section.
const UNCONFIRMED: u32 = 3;

/// One title that was stated.
#[derive(Debug)]
pub(super) struct Candidate {
    /// In one line, without the site's name.
    pub(super) value: String,
    pub(super) origin: Origin,
    /// The name of the origin.
    pub(super) from: String,
    letters: String,
    /// The candidate this one says too; itself if it stands alone.
    says: usize,
    weight: u32,
}

/// More candidates are not weighed.
const MOST: usize = 60;

/// The candidates, and which of them wins.
pub(super) fn weigh(
    claims: &Claims,
    sites: &[String],
    slug: &Slug,
) -> (Vec<Candidate>, Option<usize>) {
    let mut all = candidates(claims, sites);
    for at in 0..all.len() {
        all[at].says = said_by(at, &all);
    }
    // Chains (a says b, b says c) are followed to their end.
    for at in 0..all.len() {
        let mut end = at;
        for _ in 0..4 {
            end = all[end].says;
        }
        all[at].says = end;
    }
    confirm(&mut all, slug);
    let best = (0..all.len())
        .map(|at| (at, total(at, &all)))
        .filter(|(_, total)| *total > 0)
        .max_by_key(|(at, total)| (*total, std::cmp::Reverse(*at)))
        .map(|(at, _)| at);
    (all, best)
}

fn candidates(claims: &Claims, sites: &[String]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let ranked = claims.ranked(Topic::Title);
    let lone =
        ranked.iter().all(|it| matches!(Origin::of(&it.from), Origin::TitleTag | Origin::Heading));
    for claim in ranked {
        let origin = Origin::of(&claim.from);
        let value = one_line(&claim.value);
        let value = without_site(&value, sites);
        let value = if origin == Origin::TitleTag && lone { without_tail(value) } else { value };
        let letters = letters(value);
        if letters.is_empty() || all.len() >= MOST {
            continue;
        }
        let on_page = matches!(origin, Origin::Headline | Origin::HeadlineClass | Origin::Heading);
        if on_page && is_site(value, sites) {
            continue;
        }
        // Only the first of its kind is the title; the others may still confirm a piece of another one.
        let first = !all.iter().any(|known| known.origin == origin);
        let weight = weight_of(origin);
        all.push(Candidate {
            value: value.to_owned(),
            origin,
            from: claim.from.to_string(),
            letters,
            says: all.len(),
            weight: if first { weight } else { weight.min(1) },
        });
    }
    all.sort_by_key(|it| WEIGHTS.iter().position(|row| row.0 == it.origin));
    for (at, candidate) in all.iter_mut().enumerate() {
        candidate.says = at;
    }
    all
}

/// The candidate that this one says in other words: the same letters; what it is with a site's name or a
/// kicker around it; what it is the beginning of.
fn said_by(at: usize, all: &[Candidate]) -> usize {
    let this = &all[at];
    let same = all.iter().position(|it| it.letters == this.letters);
    if let Some(same) = same.filter(|same| *same < at) {
        return same;
    }
    let others = all
        .iter()
        .enumerate()
        .filter(|(other, it)| *other != at && it.letters != this.letters && is_whole(&it.value));
    let mut best: Option<usize> = None;
    for (other, it) in others {
        if says(this, it) && best.is_none_or(|best| it.letters.len() > all[best].letters.len()) {
            best = Some(other);
        }
    }
    best.unwrap_or(at)
}

/// Whether `this` says what `it` says, with more around it or less of it. `it` is the better title.
fn says(this: &Candidate, it: &Candidate) -> bool {
    let cut = is_cut(&this.value) && it.letters.starts_with(&this.letters);
    let tail = || ends_in(&this.value, &it.letters);
    match (this.origin, it.origin) {
        (_, Origin::Heading) if this.origin != Origin::TitleTag => {
            let more = this.value.split_whitespace().count();
            more <= it.value.split_whitespace().count() + MOST_AROUND
                && !is_shown(this.origin)
                && begins_with(&this.value, &it.letters, false)
        }
        // What the page shows may have a kicker glued to it; or JSON-LD has one that the page shows apart.
        (Origin::Headline | Origin::HeadlineClass | Origin::Heading | Origin::Microdata, by) => {
            !is_shown(by)
                && by != Origin::TitleTag
                && (this.letters.ends_with(&it.letters)
                    || (this.letters.starts_with(&it.letters) && !is_cut(&it.value))
                    || (by == Origin::JsonLd && ends_in(&it.value, &this.letters)))
        }
        // A kicker that is no part of the title where it is shared.
        (Origin::JsonLd, Origin::OpenGraph) if is_headline_long(&it.value) => cut || tail(),
        (Origin::JsonLd, _) => cut,
        (Origin::TitleTag, _) => cut || tail() || begins_with(&this.value, &it.letters, true),
        (_, Origin::Headline | Origin::JsonLd) => {
            cut || tail() || begins_with(&this.value, &it.letters, false)
        }
        _ => cut || begins_with(&this.value, &it.letters, false),
    }
}

/// Whether a text is long enough to be told apart in another one.
fn is_whole(value: &str) -> bool {
    value.split_whitespace().count() >= 3
        || value.chars().count() >= 12
        || value.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c))
            && value.chars().count() >= 5
}

/// Whether a text has the words of a headline, rather than those of a subject.
fn is_headline_long(value: &str) -> bool {
    value.split_whitespace().count() >= 4
}

/// Titles that are cut off end in dots, or at a length that a system allows.
fn is_cut(value: &str) -> bool {
    value.ends_with("...") || value.ends_with('…') || value.chars().count() >= 100
}

/// What stands between a title and what is put behind it.
const APPENDED: [char; 15] =
    ['*', '|', '-', '–', '—', '·', '»', '«', '•', '｜', '/', '_', 'ㅣ', '(', '›'];
/// A heading with more words than this behind it is the kicker of a headline.
const MOST_AROUND: usize = 6;

/// Whether this begins with a text and goes on behind a mark.
fn begins_with(value: &str, head: &str, colon: bool) -> bool {
    let mut rest = value;
    for expected in head.chars() {
        let found = rest.char_indices().find(|(_, c)| c.is_alphanumeric());
        let Some((at, c)) = found.filter(|(_, c)| c.to_lowercase().next() == Some(expected)) else {
            return false;
        };
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
    }
    let mark = rest.trim_start().trim_start_matches(['?', '!', '.', '…', '"', '”', '»', ')', '“']);
    let mark = mark.trim_start();
    // `»` behind a space closes no quotation.
    let set_off = rest.starts_with(' ') && rest.trim_start().starts_with(APPENDED);
    set_off || mark.starts_with(APPENDED) || colon && mark.starts_with(':')
}

/// Whether this is a text behind a kicker or the name of a site.
fn ends_in(value: &str, tail: &str) -> bool {
    let found = letters(value);
    let Some(head) = found.strip_suffix(tail) else { return false };
    let mut left = head.chars().count();
    let mut rest = value.char_indices();
    // The mark stands behind the last letter of the head.
    for (at, c) in rest.by_ref() {
        if left == 0 {
            let between = value.get(at..).unwrap_or_default().trim_start();
            return between.starts_with(['|', '-', '–', '—', '·', '»', ':', '•', '｜', '/', '+']);
        }
        if c.is_alphanumeric() {
            left = left.saturating_sub(c.to_lowercase().count());
        }
    }
    false
}

/// What the page shows counts little where nothing else confirms it: a headline may be that of a section
/// or the name of the site, and there are many headings.
fn confirm(all: &mut [Candidate], slug: &Slug) {
    let mut shown: Vec<Origin> = Vec::new();
    let of_slug = said_by_slug(all, slug);
    for at in 0..all.len() {
        let this = &all[at];
        let machine = |it: &Candidate| !is_shown(it.origin);
        let confirmed = match this.origin {
            Origin::Headline | Origin::HeadlineClass => {
                of_slug == Some(at)
                    || !is_tail(this, all)
                        && of_slug.is_none()
                        && (all.iter().any(|it| machine(it) && confirms(this, it))
                            || !all.iter().any(machine))
            }
            Origin::Heading => {
                all[this.says].origin != Origin::Heading
                    || all.iter().any(|it| machine(it) && it.says == this.says)
            }
            _ => continue,
        };
        let origin = this.origin;
        let first = !shown.contains(&origin);
        let weight = if confirmed && first {
            shown.push(origin);
            weight_of(origin)
        } else if origin == Origin::Heading {
            0
        } else {
            UNCONFIRMED.min(weight_of(origin))
        };
        all[at].weight = weight;
    }
}

/// The headline that the address says, where no title for machines says it as well: it was made of it.
fn said_by_slug(all: &[Candidate], slug: &Slug) -> Option<usize> {
    let is_said = |this: &Candidate| {
        // A title that holds the headline says it too.
        let others = all
            .iter()
            .filter(|it| !is_shown(it.origin) && !it.letters.contains(this.letters.as_str()))
            .map(|it| it.value.as_str());
        this.origin == Origin::Headline && slug.says(&this.value, others)
    };
    let mut said = (0..all.len()).filter(|&at| is_said(&all[at]));
    said.next().filter(|_| said.next().is_none())
}

/// Whether this headline may be the title that machines are told. One word of it may also be a section's.
fn confirms(headline: &Candidate, it: &Candidate) -> bool {
    if is_whole(&headline.value) {
        overlap(&headline.value, &it.value) >= 0.4
    } else {
        it.letters.starts_with(&headline.letters)
    }
}

/// Whether the page shows it, rather than telling machines.
fn is_shown(origin: Origin) -> bool {
    matches!(origin, Origin::Headline | Origin::HeadlineClass | Origin::Heading)
}

/// Whether this, or what it begins with, stands behind another candidate in the title for machines: then it is the
/// name of the site, perhaps with its slogan.
fn is_tail(this: &Candidate, all: &[Candidate]) -> bool {
    all.iter().filter(|it| !is_shown(it.origin)).any(|long| {
        all.iter().any(|it| {
            long.letters.strip_prefix(it.letters.as_str()).is_some_and(|tail| {
                let is_name = this.letters == tail
                    || tail.len() >= SHORTEST_NAME && this.letters.starts_with(tail);
                !tail.is_empty() && is_name && begins_with(&long.value, &it.letters, false)
            })
        })
    })
}

/// A shorter name may begin a headline by chance.
const SHORTEST_NAME: usize = 6;

fn weight_of(origin: Origin) -> u32 {
    WEIGHTS.iter().find(|row| row.0 == origin).map_or(1, |row| row.1)
}

/// What all that say the same weigh; an origin counts once.
fn total(at: usize, all: &[Candidate]) -> u32 {
    if all[at].says != at {
        return 0;
    }
    let mut seen: HashSet<Origin> = HashSet::new();
    let mut sum = 0;
    for it in all.iter().filter(|it| it.says == at) {
        if seen.insert(it.origin) {
            sum += it.weight;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use crate::article::{Claim, Topic};

    use super::super::super::claims::Claims;
    use super::super::slug::Slug;
    use super::weigh;

    fn check(stated: &[(&'static str, &str)], expected: &str) {
        let all = stated.iter().map(|(from, value)| Claim {
            topic: Topic::Title,
            value: (*value).to_owned(),
            from: (*from).into(),
        });
        let (all, best) =
            weigh(&Claims::new(all.collect(), &[]), &["thelantern".to_owned()], &Slug::default());
        let title = best.and_then(|at| all.get(at)).map(|it| it.value.as_str());
        assert_eq!(title, Some(expected), "of {stated:?}");
    }

    #[test]
    fn what_most_say_is_the_title() {
        // Written for search engines, and not shown by the page.
        check(
            &[
                ("title-tag", "Harbour of Morna: opening day news | The Lantern"),
                ("json-ld", "Harbour of Morna: opening day news"),
                ("opengraph", "After nine years the harbour opens"),
                ("headline", "After nine years the harbour opens"),
            ],
            "After nine years the harbour opens",
        );
        // The page shows the kicker apart.
        check(
            &[
                ("opengraph", "Morna: The harbour opens at last"),
                ("json-ld", "Morna: The harbour opens at last"),
                ("headline", "The harbour opens at last"),
            ],
            "Morna: The harbour opens at last",
        );
        // The kicker is glued to the headline.
        check(
            &[
                ("opengraph", "The harbour opens at last"),
                ("headline", "Sea and land The harbour opens at last"),
            ],
            "The harbour opens at last",
        );
        // The kicker of the JSON-LD is no part of the title elsewhere.
        check(
            &[
                ("json-ld", "Council meets in Morna: The harbour opens at last"),
                ("opengraph", "The harbour opens at last"),
                ("heading", "Council meets in Morna – The harbour opens at last"),
            ],
            "The harbour opens at last",
        );
        // The heading of the first rank is the name and the slogan of the site.
        check(
            &[
                ("title-tag", "Trams of Morna » Friends of Rails"),
                ("headline", "Friends of Rails, a club for all who like trams"),
                ("heading", "Trams of Morna"),
            ],
            "Trams of Morna",
        );
        // An unknown site's name stands where a heading of the page ends.
        check(
            &[
                ("title-tag", "The harbour opens at last | Tidings | Morna"),
                ("headline", "Morna"),
                ("heading", "The harbour opens at last"),
                ("heading", "More of this"),
            ],
            "The harbour opens at last",
        );
        // The section is in a headline of its own.
        check(
            &[("headline", "Opinion"), ("opengraph", "Why the harbour had to open")],
            "Why the harbour had to open",
        );
    }
}
