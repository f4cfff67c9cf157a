//! What a source claims of who wrote an article -> its authors: people, agencies named beside them, else a desk or the
//! publisher.

use crate::article::{Article, Claim, Topic};
use crate::date::find_dates;

use super::agency;
use super::claims::Claims;
use super::names::{Signed, Trust, read as read_names};
use super::openings::opening;
use super::source::host;
use super::text::{letters, one_line};

/// The authors that claims give.
#[derive(Debug, Default)]
pub(super) struct Signers {
    /// The people, then the agencies beside them; or who stands in for people.
    pub(super) names: Vec<String>,
    /// The agency that is named, by its usual name.
    pub(super) agency: Option<&'static str>,
    /// Where the names are from.
    pub(super) origin: String,
    /// Whether no person is among them: a byline in the text goes before them.
    pub(super) stand_in: bool,
}

/// How the claims of an origin are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// Stated for programs: every claim is about this article.
    Stated,
    /// Seen on the page: the first is about this article, later ones may belong to teasers and comments.
    Shown,
}

/// The origins in the order in which they are believed. The order, measured on judged news pages: JSON-LD names the
/// right people in nine pages of ten, marked-up bylines in two of three, links to authors in three of five.
static ORIGINS: &[(&str, Given)] = &[
    ("set", Given::Stated),
    ("record", Given::Stated),
    ("json-ld", Given::Stated),
    ("citation", Given::Stated),
    ("microdata", Given::Shown),
    ("rel-author", Given::Shown),
    ("author-class", Given::Shown),
    ("meta", Given::Stated),
    ("parsely", Given::Stated),
    ("dublin-core", Given::Stated),
    ("opengraph", Given::Stated),
    ("sailthru", Given::Stated),
    ("cxense", Given::Stated),
    ("author-link", Given::Shown),
    ("byline", Given::Shown),
    ("twitter-data", Given::Stated),
    (LINE_OF_PAGE, Given::Shown),
    ("json-ld-page", Given::Stated),
    ("json-ld-organization", Given::Stated),
    ("twitter", Given::Stated),
];

/// A short line near the headline: a byline only where its words say so.
pub(super) const LINE_OF_PAGE: &str = "page-top";

/// More people than this under one heading are not who wrote it, but a list of all who write.
const MOST_SHOWN: usize = 8;

/// Who signed, as the claims have it. `None` where they name nobody.
pub(super) fn choose(claims: &Claims, article: &Article) -> Option<Signers> {
    let publishers = Publishers::of(claims, article);
    let readings = read_all(claims, &publishers);
    if readings.is_empty() {
        return None;
    }
    let people = people(&readings, &publishers);
    if let Some((at, people)) = people {
        return Some(beside(&readings, at, people));
    }
    agency_alone(&readings).or_else(|| other_than_people(&readings, &publishers))
}

/// What the claims of one origin name.
#[derive(Debug)]
struct Reading {
    origin: String,
    given: Given,
    claims: Vec<Named>,
}

/// What one claim names.
#[derive(Debug, Default)]
struct Named {
    people: Vec<String>,
    /// Agencies as they are written, and by their usual name.
    agencies: Vec<(String, &'static str)>,
    /// Whether it is a line that is shown, in which an agency stands beside people as what it is.
    is_line: bool,
    /// Neither: a desk, a publication, the name somebody uses on the page.
    other: Option<String>,
}

fn read_all(claims: &Claims, publishers: &Publishers) -> Vec<Reading> {
    let mut all: Vec<&Claim> = claims.ranked(Topic::Author);
    all.extend(claims.ranked(Topic::Byline));
    let mut readings: Vec<Reading> = Vec::new();
    for claim in all {
        let given = given(&claim.from);
        let value = one_line(&claim.value);
        let mut named = if claim.from == LINE_OF_PAGE {
            read_line(&value)
        } else {
            read_claim(&value, given, claim.topic, publishers)
        };
        // `LN` is no person though it is one word that a person's name could be.
        if claim.from == "json-ld-organization" {
            let name = named.people.drain(..).next();
            named.other = named.other.or(name);
        }
        let nobody = named.people.is_empty() && named.agencies.is_empty() && named.other.is_none();
        let known = readings.iter().any(|it| it.origin == claim.from);
        // Where the first byline of a page names nobody, the next is hardly that of the article.
        if nobody && (given == Given::Stated || known || claim.from != "byline") {
            continue;
        }
        if let Some(reading) = readings.iter_mut().find(|it| it.origin == claim.from) {
            reading.claims.push(named);
        } else {
            let origin = claim.from.clone().into_owned();
            readings.push(Reading { origin, given, claims: vec![named] });
        }
    }
    readings.sort_by_key(|it| place(&it.origin));
    readings
}

fn given(origin: &str) -> Given {
    ORIGINS.iter().find(|row| row.0 == origin).map_or(Given::Stated, |row| row.1)
}

fn place(origin: &str) -> usize {
    ORIGINS.iter().position(|row| row.0 == origin).unwrap_or(ORIGINS.len())
}

/// The marks between the parts of a line of credits.
static MARKS: &[char] = &['·', '|', '•', '●'];

/// A line that nothing marks as a byline: its words have to.
fn read_line(value: &str) -> Named {
    let opened = value.split(MARKS).find_map(|part| opening(part.trim()));
    let signed = opened.and_then(|(_, rest)| read_names(rest, Trust::Guessed));
    let signed = signed.or_else(|| beside_a_date(value));
    let signed = signed.or_else(|| read_names(behind_a_date(value)?, Trust::Guessed));
    let mut people = signed.map(|it| it.names).unwrap_or_default();
    people.retain(|name| !is_stray(name) && name.split(' ').any(|word| word.chars().count() > 2));
    Named { people, ..Named::default() }
}

/// `Ann Lee | 5 April 2025`, `11.12.2019 - Ann Lee`: a name, a stroke and a day, and nothing else.
fn beside_a_date(value: &str) -> Option<Signed> {
    let (before, after) = value
        .split_once(['|', '·', '•', '–', '—'])
        .or_else(|| value.split_once(" - "))
        .map(|(before, after)| (before.trim(), after.trim()))?;
    let is_day = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().count() <= LONGEST_DAY
            && find_dates(text, None).iter().any(|it| it.day.is_some() && it.year.is_some())
    };
    let name = if is_day(after) { before } else { Some(after).filter(|_| is_day(before))? };
    read_names(name, Trust::Guessed).filter(|it| it.names == [name])
}

/// `Posted on September 21, 2020 by Ann Lee`: what follows the words that say who signed, behind a day.
fn behind_a_date(value: &str) -> Option<&str> {
    let dates = find_dates(value, None);
    let date = dates.iter().find(|it| it.day.is_some() && it.year.is_some())?;
    let before = value.get(..date.span.start)?;
    let behind = value.get(date.span.end..)?;
    let behind = behind
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '–'));
    let (_, rest) = opening(behind)?;
    // `by Ann Lee In News`: the section.
    let rest = rest.split(" In ").next().unwrap_or(rest);
    (before.split_whitespace().count() <= MOST_BEFORE_DATE).then_some(rest)
}

/// `Veröffentlicht am`: more words before a day are a sentence.
const MOST_BEFORE_DATE: usize = 3;

fn read_claim(value: &str, given: Given, topic: Topic, publishers: &Publishers) -> Named {
    let mut named = Named { is_line: topic == Topic::Byline, ..Named::default() };
    if value.contains("://") || value.contains('@') {
        return named;
    }
    let value = without_brackets(value);
    // Of a line of several parts the one that says that it is signed.
    let opened = value.split(MARKS).find_map(|part| opening(part.trim()).map(|it| it.1));
    let opened = opened.or_else(|| behind_a_date(&value));
    let text = opened.unwrap_or(value.as_str());
    // `hessenschau.de, Frankfurt, Germany` says where a publisher is.
    let of_publisher = text.split_once(',').is_some_and(|(first, _)| publishers.has(first));
    if let Some(signed) = read_names(text, Trust::Stated).filter(|_| !of_publisher) {
        for name in signed.names {
            if given == Given::Shown && is_stray(&name) {
                continue;
            }
            // One word alone may be anything that a page shows.
            if is_full(&name) || given == Given::Stated && !name.starts_with(char::is_lowercase) {
                named.people.push(name);
            }
        }
        if let Some(usual) = signed.agency {
            let written = text
                .split([',', ';', '|', '•', '·'])
                .map(str::trim)
                .find(|part| agency::named(part) == Some(usual))
                .unwrap_or(usual);
            named.agencies.push((written.to_owned(), usual));
        }
    }
    if named.people.is_empty() && named.agencies.is_empty() {
        let told = topic == Topic::Author || opened.is_some();
        let text = if of_publisher { text.split(',').next().unwrap_or(text) } else { text };
        named.other = told.then(|| other_name(text)).flatten();
    }
    named
}

/// `Elena Oberholzer (obe)` without what stands in brackets, unless that is an agency: `Ann Lee (dpa)`.
fn without_brackets(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('(') {
        let (within, behind) = after.split_once(')').unwrap_or((after, ""));
        kept.push_str(before);
        if agency::named(within).is_some() {
            kept.push_str(", ");
            kept.push_str(within);
        }
        kept.push(' ');
        rest = behind;
    }
    kept.push_str(rest);
    let kept = one_line(&kept);
    if kept.chars().any(char::is_alphabetic) { kept } else { value.to_owned() }
}

/// Whether a name has its given name and its surname, as far as its script shows it.
fn is_full(name: &str) -> bool {
    let cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    !cased || name.contains(' ')
}

/// Words of links and labels beside authors. A value that has one names nobody.
static STRAY: &str = "profile profiles profil profiel archive archives archiv archivos follow facebook twitter xing \
     linkedin instagram youtube impressum kontakt contact about admin administrator unknown anonymous anonym guest gast \
     posts post threads artikel articles articoli artículos artigos beiträge comment comments kommentare image images \
     bild bilder foto fotos photo photos picture фото fotografie fotografía fotografia zdjęcie zdjęcia kuva fotó getty veröffentlicht published updated uhr min mehr aktualisierung actualizado aggiornato modifié more weitere alle \
     all view infos rss newsletter login anmelden share teilen uncategorized illustration editorial-policies people \
     guide meinung publisher seitenanfang top euer eure ihr ihre yours fuente quelle source";

/// A day with its hour is not longer, in letters.
const LONGEST_DAY: usize = 40;

/// The longest name of a desk, in words and in letters.
const MOST_WORDS: usize = 6;
const LONGEST_OTHER: usize = 60;

/// A name that is no person's: `Redaktion`, `BR24 Redaktion`, `nieuwsblad.be`, `gizzmo`.
fn other_name(text: &str) -> Option<String> {
    let text = text.split(MARKS).next().unwrap_or(text);
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '→' | '/' | '*' | '.')
    });
    let words = text.split_whitespace().count();
    let fits = (1..=MOST_WORDS).contains(&words)
        && (2..=LONGEST_OTHER).contains(&text.chars().count())
        && text.starts_with(char::is_alphanumeric)
        && text.chars().filter(|c| c.is_alphabetic()).count() * 2 > text.chars().count()
        && !text.contains(['?', '!', '"', '„', '“', '{', '<', '[', '=', '©'])
        && !(words > 1 && text.starts_with(|c: char| c.is_ascii_digit()))
        && !is_stray(text)
        && opening(&format!("{text} x")).is_none_or(|(_, rest)| rest != "x");
    fits.then(|| text.to_owned())
}

/// Whether a text has a word that no name has.
pub(super) fn is_stray(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| STRAY.split(' ').any(|it| it == word.to_lowercase()))
}

/// The names under which a page is published.
struct Publishers {
    names: Vec<String>,
    host: String,
}

impl Publishers {
    fn of(claims: &Claims, article: &Article) -> Self {
        let mut names: Vec<String> =
            claims.ranked(Topic::Source).into_iter().map(|claim| letters(&claim.value)).collect();
        names.extend(article.source.as_deref().map(letters));
        let host = article.url.as_deref().and_then(host).map(letters).unwrap_or_default();
        Self { names, host }
    }

    fn has(&self, name: &str) -> bool {
        let name = letters(name);
        self.names.contains(&name) || name.len() > 5 && self.host.contains(&name)
    }
}

/// The people of the most trusted origin that names any, and that origin.
fn people(readings: &[Reading], publishers: &Publishers) -> Option<(usize, Vec<String>)> {
    let mut chosen: Option<(usize, Vec<String>)> = None;
    for (at, reading) in readings.iter().enumerate() {
        let mut found: Vec<String> = Vec::new();
        for (claim, named) in reading.claims.iter().enumerate() {
            let later = reading.given == Given::Shown && claim > 0;
            for name in &named.people {
                let told = !later || elsewhere(name, at, readings);
                if told && !publishers.has(name) && !is_among(name, &found) {
                    found.push(name.clone());
                }
            }
        }
        match &chosen {
            None if !found.is_empty() => chosen = Some((at, found)),
            // A byline that names others besides is what the page says; who is stated for programs is often the first.
            Some((_, names))
                if reading.given == Given::Shown
                    && reading.claims.first().is_some_and(|it| shares(&it.people, names))
                    && found.len() > names.len()
                    && found.len() <= MOST_SHOWN
                    && names.iter().all(|name| is_among(name, &found)) =>
            {
                chosen = Some((at, found));
            }
            None | Some(_) => {}
        }
    }
    chosen
}

fn shares(some: &[String], others: &[String]) -> bool {
    some.iter().any(|name| is_among(name, others))
}

/// Whether another origin names somebody too: one for programs anywhere, one on the page first.
fn elsewhere(name: &str, at: usize, readings: &[Reading]) -> bool {
    readings.iter().enumerate().any(|(other, reading)| {
        let claims = match reading.given {
            Given::Stated => reading.claims.as_slice(),
            Given::Shown => reading.claims.get(..1).unwrap_or_default(),
        };
        let marked = reading.origin != LINE_OF_PAGE;
        other != at && marked && claims.iter().any(|named| is_among(name, &named.people))
    })
}

/// The people, with the agencies that their origin names beside them.
fn beside(readings: &[Reading], at: usize, people: Vec<String>) -> Signers {
    let mut signers = Signers { names: people, ..Signers::default() };
    for (place, reading) in readings.iter().enumerate() {
        // JSON-LD lists people and agencies together.
        let together = place == at
            || reading.origin == "json-ld-organization"
                && readings.get(at).is_some_and(|it| it.origin == "json-ld");
        if place == at {
            signers.origin.clone_from(&reading.origin);
        }
        let most = if reading.given == Given::Shown { 1 } else { usize::MAX };
        for named in reading.claims.iter().take(most) {
            for (written, usual) in &named.agencies {
                signers.agency = signers.agency.or(Some(usual));
                if together && !named.is_line && !is_among(written, &signers.names) {
                    signers.names.push(written.clone());
                }
            }
        }
    }
    signers
}

/// The agency that signed where no person did.
fn agency_alone(readings: &[Reading]) -> Option<Signers> {
    let (reading, (written, usual)) = readings.iter().find_map(|reading| {
        let most = if reading.given == Given::Shown { 1 } else { usize::MAX };
        let agency = reading.claims.iter().take(most).flat_map(|it| &it.agencies).next()?;
        Some((reading, agency))
    })?;
    Some(Signers {
        names: vec![written.clone()],
        agency: Some(usual),
        origin: reading.origin.clone(),
        stand_in: true,
    })
}

/// A desk, or the name somebody uses on the page; else the publisher.
fn other_than_people(readings: &[Reading], publishers: &Publishers) -> Option<Signers> {
    let all = || {
        readings.iter().flat_map(|reading| {
            reading.claims.iter().flat_map(move |named| {
                named.people.iter().chain(&named.other).map(move |name| (reading, name))
            })
        })
    };
    let (reading, name) = all().find(|(_, name)| !publishers.has(name)).or_else(|| all().next())?;
    Some(Signers {
        names: vec![name.clone()],
        agency: None,
        origin: reading.origin.clone(),
        stand_in: true,
    })
}

/// Whether a name is in a list, whatever its case.
pub(super) fn is_among(name: &str, names: &[String]) -> bool {
    names.iter().any(|known| same(known, name))
}

fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::claims::Claims;
    use super::choose;
    use crate::article::{Article, Claim, Topic};

    fn check(claims: &[(&'static str, &str)], names: &[&str], agency: Option<&str>) {
        let mut all = vec![Claim {
            topic: Topic::Source,
            value: "The Lantern".to_owned(),
            from: "opengraph".into(),
        }];
        for (from, value) in claims {
            let topic =
                if matches!(*from, "byline" | "page-top") { Topic::Byline } else { Topic::Author };
            all.push(Claim { topic, value: (*value).to_owned(), from: (*from).into() });
        }
        let signers = choose(&Claims::new(all, &[]), &Article::default()).unwrap_or_default();
        assert_eq!(signers.names, names, "{claims:?}");
        assert_eq!(signers.agency, agency, "{claims:?}");
    }

    #[test]
    fn people_then_agencies_then_desks_then_the_publisher() {
        let desk = ("json-ld-organization", "Foreign Desk");
        let publisher = ("meta", "The Lantern");
        let agency = ("json-ld-organization", "AFP");
        check(&[publisher, desk, agency, ("json-ld", "Ann Lee")], &["Ann Lee", "AFP"], Some("AFP"));
        check(&[publisher, desk, agency], &["AFP"], Some("AFP"));
        check(&[publisher, desk], &["Foreign Desk"], None);
        check(&[("json-ld-organization", "LN"), ("byline", "Ann Lee")], &["Ann Lee"], None);
        check(&[publisher], &["The Lantern"], None);
        check(&[("rel-author", "lampkeeper7")], &["lampkeeper7"], None);
        check(
            &[("json-ld", "Ann Lee (ale)"), ("json-ld", "Bob Roe (bro)")],
            &["Ann Lee", "Bob Roe"],
            None,
        );
    }

    #[test]
    fn who_signs_behind_a_day() {
        for line in [
            "Posted on September 21, 2020 by Ann Lee",
            "Veröffentlicht am 6. Juli 2015 von Ann Lee",
            "21 September 2020, by Ann Lee In News",
        ] {
            check(&[("byline", line)], &["Ann Lee"], None);
            check(&[("page-top", line)], &["Ann Lee"], None);
        }
        let sentence = "The bridge that was opened on 6 July 2015 by Ann Lee";
        check(&[("page-top", sentence)], &[], None);
    }

    #[test]
    fn of_what_the_page_shows_the_first_counts_and_what_others_say_too() {
        let teasers =
            [("author-link", "Ann Lee"), ("author-link", "Cy Poe"), ("author-link", "Di Orr")];
        check(&teasers, &["Ann Lee"], None);
        let two =
            [("author-link", "Ann Lee"), ("author-link", "Bob Roe"), ("meta", "Ann Lee, Bob Roe")];
        check(&two, &["Ann Lee", "Bob Roe"], None);
        // The page names both, its description the first.
        let more = [("json-ld", "Ann Lee"), ("byline", "By Ann Lee and Bob Roe")];
        check(&more, &["Ann Lee", "Bob Roe"], None);
        let other = [("json-ld", "Ann Lee"), ("author-link", "Cy Poe"), ("author-link", "Ann Lee")];
        check(&other, &["Ann Lee"], None);
    }

    #[test]
    fn labels_and_links_name_nobody() {
        for stray in
            ["Profiles", "More Posts", "By", "3 Threads", "© Getty Images", "Published: 3 May"]
        {
            check(&[("author-link", stray), ("author-class", stray)], &[], None);
        }
        check(&[("author-class", "Фото Ани Ли")], &[], None);
        check(&[("author-class", "Recipe by Ann Lee")], &["Ann Lee"], None);
        check(&[("page-top", "Ann Lee | 05.04.2025 - 14:20")], &["Ann Lee"], None);
        check(&[("page-top", "11.12.2019 - Ann Lee")], &["Ann Lee"], None);
        check(&[("page-top", "Weather and Tides | The day after")], &[], None);
        check(
            &[("page-top", "Weather and tides"), ("page-top", "Von Ann Lee")],
            &["Ann Lee"],
            None,
        );
        check(&[("meta", "The Lantern, Morna, Westland")], &["The Lantern"], None);
    }
}
