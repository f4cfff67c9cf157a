//! The lines above and below a plain text -> who signed it and when: bylines, names that stand alone beside a date, date lines.
//!
//! A line is taken apart in `line` with the tables of `words`; here its place decides. `By Ann Lee` stands for itself.
//! A name alone is a byline only beside something that says so: a date line, a role, an address, or the
//! same name once more around the text. A line that dates the article is short, and little of it is strange.

mod line;
mod words;

use crate::article::{Article, Topic};
use crate::date::Found;

use super::claims::{Claims, note};
use super::dateline;
use super::text::{Block, Role};
use line::{CreditLine, is_running};

/// What the lines say of the date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Credits {
    /// The day of publication, and whether it stood in a line of its own or in a byline.
    pub(super) published: Option<(Found, &'static str)>,
    /// The day of a change.
    pub(super) updated: Option<(Found, &'static str)>,
}

/// A line around the text.
struct Place {
    /// Which block.
    at: usize,
    line: CreditLine,
    /// Nothing but a date, or little else.
    dates: bool,
    /// Stands below the text.
    below: bool,
    /// Stands behind running text, as the very last line.
    last: bool,
    text: String,
}

/// How many lines above the text are looked at, and how many below it.
const ABOVE: usize = 12;
const BELOW: usize = 4;

/// Fills in authors and agency, and takes the lines that sign and date the article out of the text.
pub(super) fn read(claims: &Claims, blocks: &mut [Block], article: &mut Article) -> Credits {
    let places = places(blocks, article.language.as_deref());
    let mut credits = Credits::default();
    let dates = places.iter().filter(|it| it.dates);
    for (place, date) in dates.flat_map(|it| it.line.dates.iter().map(move |date| (it, date))) {
        let from = if place.line.names.is_empty() { "text" } else { "byline" };
        let slot = if date.is_update { &mut credits.updated } else { &mut credits.published };
        // A day with its year says more than one without.
        if slot.as_ref().is_none_or(|(it, _)| it.year.is_none() && date.found.year.is_some()) {
            *slot = Some((date.found.clone(), from));
        }
    }
    let signing = signing(&places);
    let mut signed = false;
    for (index, place) in places.iter().enumerate() {
        let Some(block) = blocks.get_mut(place.at) else { continue };
        let repeats = !place.line.names.is_empty()
            && place.line.strange == 0
            && place.line.names.iter().all(|name| signing.names.contains(name));
        if signing.places.contains(&index) {
            block.role = if signed { Role::Other } else { Role::Byline };
            signed = true;
        } else if place.dates
            || repeats
            || is_agency_beside(&places, index)
            || !place.below && is_role_beside(&places, index, &signing)
        {
            block.role = Role::Other;
        } else {
            continue;
        }
        if let Some(agency) = place.line.agency.filter(|_| article.agency.is_none()) {
            article.agency = Some(agency.to_owned());
            note(article, "agency", "byline");
        }
    }
    // Such a line was taken out of the text before. In its middle it says whose picture this is.
    let end = blocks.len().saturating_sub(BELOW);
    let mut aside = blocks
        .iter()
        .enumerate()
        .filter(|(at, it)| it.role == Role::Other && (*at < ABOVE || *at >= end));
    if article.agency.is_none()
        && let Some(agency) = aside.find_map(|(_, it)| line::sent_by(&it.text))
    {
        article.agency = Some(agency.to_owned());
        note(article, "agency", "byline");
    }
    let claimed = claims.any(Topic::Author) || claims.any(Topic::Byline);
    if !signing.names.is_empty() && !claimed {
        article.authors = signing.names;
        note(article, "authors", "byline");
    }
    credits
}

/// Whether a line of a plain text is nothing but a date: no headline.
pub(super) fn is_date_line(text: &str, language: Option<&str>) -> bool {
    line::has_day(text, language)
        && line::read(text, language).is_some_and(|line| dates(&line, text))
}

/// The lines around the text.
fn places(blocks: &[Block], language: Option<&str>) -> Vec<Place> {
    let body: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks.get(*at).is_some_and(|it| it.role == Role::Body))
        .collect();
    let mut found = Vec::new();
    let mut running = 0;
    let mut seen = 0;
    for at in body.iter().take(ABOVE) {
        let Some(block) = blocks.get(*at) else { continue };
        // A standfirst and captions may stand between, but after three paragraphs the text has begun.
        running += usize::from(is_running(&block.text));
        if running > 2 {
            break;
        }
        seen += 1;
        found.extend(place(*at, &block.text, language, false));
    }
    let below = seen.max(body.len().saturating_sub(BELOW));
    for at in body.iter().skip(below) {
        let Some(block) = blocks.get(*at) else { continue };
        found.extend(place(*at, &block.text, language, true));
    }
    if let [.., before, last] = body.as_slice()
        && let Some(place) = found.last_mut().filter(|it| it.at == *last)
    {
        place.last = blocks.get(*before).is_some_and(|it| is_running(&it.text));
    }
    found
}

fn place(at: usize, text: &str, language: Option<&str>, below: bool) -> Option<Place> {
    let line = line::read(text, language)?;
    // `ST. LOUIS, March 4 - ` begins a paragraph, however short.
    if !line.opened && dateline::of_paragraph(text, language).is_some() {
        return None;
    }
    let dates = dates(&line, text);
    Some(Place { at, line, dates, below, last: false, text: text.to_owned() })
}

/// Whether a line dates the article and says little else.
fn dates(line: &CreditLine, text: &str) -> bool {
    if line.dates.is_empty() || line.dates.len() > 3 {
        return false;
    }
    let timed = line.dates.iter().any(|it| it.found.time.is_some());
    if line.dates.iter().all(|it| it.found.year.is_none()) {
        let weekday = line.dates.iter().any(|it| it.found.weekday.is_some());
        return line.strange == 0 && (timed || weekday);
    }
    match line.strange {
        0 => true,
        1..=3 => text.len() <= 110,
        4..=6 => text.len() <= 120 && (line.labelled || timed),
        _ => false,
    }
}

/// Who signed, and on which lines.
#[derive(Default)]
struct Signing {
    names: Vec<String>,
    places: Vec<usize>,
}

fn signing(places: &[Place]) -> Signing {
    let mut signing = Signing::default();
    let opened = |it: &Place| it.line.opened && (it.line.strange == 0 || it.dates);
    for (index, place) in places.iter().enumerate() {
        let after_opening =
            index > 0 && places[index - 1].line.opening_alone && is_bare(&place.line);
        if opened(place) || after_opening {
            // `By Ann Lee`, and `By Bob Roe` below it; one at the end says the same in other words.
            let goes_on =
                signing.places.last().is_some_and(|before| before + 1 == index && !place.below);
            if signing.places.is_empty() || goes_on {
                add(&mut signing.names, &place.line.names);
            }
            signing.places.push(index);
        } else if place.line.opening_alone {
            signing
                .places
                .extend(places.get(index + 1).filter(|it| is_bare(&it.line)).map(|_| index));
        }
    }
    if !signing.places.is_empty() {
        return signing;
    }
    let supported: Vec<usize> = (0..places.len()).filter(|at| is_supported(places, *at)).collect();
    // One group of lines that follow each other; above the text before below it.
    for at in supported {
        if signing.places.last().is_none_or(|before| before + 1 == at) {
            add(&mut signing.names, &places[at].line.names);
            signing.places.push(at);
        }
    }
    if signing.places.is_empty() {
        let desk = (0..places.len()).find(|at| {
            let place = &places[*at];
            let beside =
                place.dates || beside_date(places, *at) || place.last && place.line.strange == 0;
            place.line.desk.is_some() && beside
        });
        if let Some(at) = desk {
            signing.names.extend(places[at].line.desk.clone());
            signing.places.push(at);
        }
    }
    signing
}

fn add(names: &mut Vec<String>, more: &[String]) {
    for name in more {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
}

/// Names and nothing strange.
fn is_bare(line: &CreditLine) -> bool {
    !line.names.is_empty() && line.strange == 0
}

/// Whether something says that a line of names is a byline.
fn is_supported(places: &[Place], at: usize) -> bool {
    let place = &places[at];
    if place.line.names.is_empty() {
        return false;
    }
    if place.dates || place.line.when && place.line.strange == 0 {
        return true;
    }
    if !is_bare(&place.line) {
        return false;
    }
    let role = |at: Option<&Place>| at.is_some_and(|it| is_role_line(&it.line));
    let again = places.iter().enumerate().any(|(other, it)| {
        let same =
            is_bare(&it.line) && it.line.names.iter().any(|name| place.line.names.contains(name));
        // `Ann Lee, professor of law at Morna` below or above `Ann Lee`.
        let titled = |name: &String| {
            it.text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(", "))
        };
        other != at && (same || place.line.names.iter().any(titled))
    });
    place.line.role
        || place.line.agency.is_some()
        || place.last
        || again
        || beside_date(places, at)
        || role(places.get(at + 1))
}

/// Whether the line stands beside a date line, other names and roles between them aside.
fn beside_date(places: &[Place], at: usize) -> bool {
    let passes = |it: &&Place| is_bare(&it.line) || is_role_line(&it.line);
    let near = |it: Option<&Place>| {
        it.is_some_and(|it| {
            let when = it.line.when && it.line.strange == 0 && !it.below;
            (it.dates || when) && it.below == places[at].below
        })
    };
    near(places[at + 1..].iter().find(|it| !passes(it)))
        || near(places[..at].iter().rev().find(|it| !passes(it)))
}

/// An agency alone on the line beside the date.
fn is_agency_beside(places: &[Place], at: usize) -> bool {
    let line = &places[at].line;
    line.agency.is_some() && line.names.is_empty() && line.strange == 0 && beside_date(places, at)
}

fn is_role_line(line: &CreditLine) -> bool {
    line.role && line.names.is_empty() && line.strange <= 2 && line.dates.is_empty()
}

/// A role on the line below the names.
fn is_role_beside(places: &[Place], at: usize, signing: &Signing) -> bool {
    is_role_line(&places[at].line)
        && at.checked_sub(1).is_some_and(|before| signing.places.contains(&before))
}
