//! Claims, the lines around the text and the path -> when it was published, and how that is known.

use crate::article::{Article, Published, Topic};
use crate::date::{Date, Day, Found, find_dates, read_timestamp};

use super::claims::{Claims, note};
use super::credits::Credits;
use super::date_labels::Label;
use super::dateline::Dateline;
use super::evidence::{self, Partial};
use super::page_date::{self, ShownAt};
use super::path_date;
use super::text::{Block, Role};

/// What other stages found of the date.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The lines around a plain text.
    pub(super) credits: Credits,
    /// What stood in the byline behind the names.
    pub(super) byline: Option<String>,
    /// A line of its own.
    pub(super) line: Option<String>,
    /// The head of the first sentence.
    pub(super) dateline: Option<Dateline>,
}

/// A date and the origin it is believed for.
struct Candidate {
    date: Date,
    at: Option<String>,
    from: String,
    /// Month and day the other way round, where figures can be read so too.
    swapped: Option<(u8, u8)>,
}

/// Fills in published, or what is known of it, and updated.
///
/// The order of belief: what the source states for machines; what the page shows near its headline; a line
/// that is a date; the byline; the dateline; the address; what the page shows elsewhere; the names of file and
/// folders; the beginning of the text; at last the date of a change. The first that gives a day wins; one that
/// gives a month or a year holds only where no day is known.
pub(super) fn read(
    claims: &Claims,
    stated: &Stated,
    blocks: &[Block],
    now: Day,
    article: &mut Article,
) {
    let mut known = Known::default();
    let language = article.language.as_deref().map(|it| with_region(it, claims));
    let language = language.as_deref();
    let mut partial: Option<Partial> = None;
    let shown = page_date::shown(claims, language, now);
    read_updated(claims, &shown, now, article);
    let changed = stated.credits.updated.as_ref();
    let changed = changed.and_then(|(found, _)| page_date::full_date(found));
    if let Some(date) = changed.filter(|it| article.updated.is_none() && it.first() <= now) {
        article.updated = Some(date.to_string());
        note(article, "updated", "text");
    }
    let evidence = Evidence { claims, stated, blocks, shown, language };
    for source in SOURCES {
        for candidate in candidates(*source, &evidence, &mut partial, article) {
            known.take(candidate, now, article);
        }
        if known.day.is_some() {
            break;
        }
    }
    let Known { day, coarse } = known;
    if let Some(day) = day {
        publish(day, article);
        return;
    }
    if let Some(partial) = partial {
        let statement = coarse.as_ref().map(|it| (it.date, it.from.as_str()));
        let verdict = evidence::weigh(&partial, statement, blocks, language, now);
        if let Some((date, why)) = verdict.asserted {
            publish(
                Candidate { date, at: None, from: "inferred".to_owned(), swapped: None },
                article,
            );
            note(article, "published_evidence", &why);
            return;
        }
        article.published_partial = Some(format!("--{:02}-{:02}", partial.month, partial.day));
        article.published_candidates = verdict.candidates.iter().map(ToString::to_string).collect();
        note(article, "published_partial", partial.from);
    }
    if let Some(coarse) = coarse {
        publish(coarse, article);
    }
}

const EPOCH: Date = Date::Day(1970, 1, 1);

/// The language with the region that the source names beside it: `en-GB` writes the day first, `en` the month.
fn with_region(language: &str, claims: &Claims) -> String {
    let named = claims.ranked(Topic::Language).into_iter().find_map(|claim| {
        let (name, region) = claim.value.trim().split_once(['-', '_'])?;
        let known = name.eq_ignore_ascii_case(language) && region.len() == 2;
        known.then(|| format!("{language}-{}", region.to_uppercase()))
    });
    named.unwrap_or_else(|| language.to_owned())
}

/// What is known so far.
#[derive(Default)]
struct Known {
    day: Option<Candidate>,
    /// A year or a month; days outside it are not believed.
    coarse: Option<Candidate>,
}

impl Known {
    /// Takes a candidate that fits what is known, and does not lie after `now`.
    fn take(&mut self, candidate: Candidate, now: Day, article: &mut Article) {
        if self.day.is_some() {
            return;
        }
        // What a system writes that knows no date.
        if candidate.date == EPOCH {
            return;
        }
        if candidate.date.first() > now {
            let (date, from) = (candidate.date, &candidate.from);
            let problem = format!("the date `{date}` ({from}) lies after {now} and is not used");
            if !article.problems.contains(&problem) {
                article.problems.push(problem);
            }
            return;
        }
        // A year among the metadata of a page may be that of a book it cites.
        let binds = |it: &Candidate| matches!(it.from.as_str(), "record" | "set" | "url" | "path");
        if self.coarse.as_ref().is_some_and(|it| binds(it) && !holds(it.date, candidate.date)) {
            return;
        }
        match candidate.date {
            Date::Day(..) => self.day = Some(candidate),
            Date::Month(..) => self.coarse = Some(candidate),
            Date::Year(_) if self.coarse.is_none() => self.coarse = Some(candidate),
            Date::Year(_) => {}
        }
    }
}

fn publish(candidate: Candidate, article: &mut Article) {
    if let (Date::Day(year, ..), Some((month, day))) = (candidate.date, candidate.swapped)
        && let Some(other) = Date::day(year, month, day).filter(|it| *it != candidate.date)
    {
        let problem = format!("the date {} may also be read as {other}", candidate.date);
        article.problems.push(problem);
    }
    article.published = Some(Published { date: candidate.date.to_string(), at: candidate.at });
    note(article, "published", &candidate.from);
}

/// Whether the second date lies in the first.
fn holds(wide: Date, narrow: Date) -> bool {
    wide.first() <= narrow.first() && narrow.last() <= wide.last()
}

/// Where dates are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Claims,
    PageTop,
    Line,
    Byline,
    Dateline,
    Url,
    Page,
    Path,
    Lead,
    Change,
}

/// The order of belief.
static SOURCES: &[Source] = &[
    Source::Claims,
    Source::PageTop,
    Source::Line,
    Source::Byline,
    Source::Dateline,
    Source::Url,
    Source::Page,
    Source::Path,
    Source::Lead,
    Source::Change,
];

/// What all sources are looked for in.
struct Evidence<'e> {
    claims: &'e Claims,
    stated: &'e Stated,
    blocks: &'e [Block],
    shown: Vec<ShownAt<'e>>,
    language: Option<&'e str>,
}

fn candidates(
    source: Source,
    evidence: &Evidence<'_>,
    partial: &mut Option<Partial>,
    article: &mut Article,
) -> Vec<Candidate> {
    let Evidence { claims, stated, blocks, shown, language } = evidence;
    let language = *language;
    let partial_known = partial.is_some();
    let mut one = |found: Option<&Found>, from: &'static str| -> Vec<Candidate> {
        let Some(found) = found else { return Vec::new() };
        if found.year.is_none() && partial.is_none() {
            *partial = partial_of(found, from);
        }
        let date = page_date::full_date(found);
        let swapped = found.swapped;
        let from = from.to_owned();
        date.map(|date| Candidate { date, at: None, from, swapped }).into_iter().collect()
    };
    match source {
        Source::Claims => {
            let mut found = claimed(claims, language, article);
            // The others are looked at only where this one cannot be, and say nothing about the day.
            if let Some(first) = found.iter_mut().find(|it| matches!(it.date, Date::Day(..))) {
                settle(first, evidence, article);
            }
            found
        }
        Source::PageTop => {
            // An address with a whole date knows better than a date among other words.
            let named = article.url.as_deref().and_then(path_date::in_url);
            let named = named.filter(|it| matches!(it, Date::Day(..)));
            let best = page_date::best(shown, page_date::Within::Top);
            let best = best.filter(|it| {
                named
                    .is_none_or(|day| day == it.date || it.from != "page-top" || it.label.is_some())
            });
            best.into_iter().map(candidate).collect()
        }
        Source::Page => {
            page_date::best(shown, page_date::Within::Page).into_iter().map(candidate).collect()
        }
        Source::Change => {
            page_date::best(shown, page_date::Within::Changes).into_iter().map(candidate).collect()
        }
        Source::Line => {
            if let Some((found, from)) = &stated.credits.published {
                return one(Some(found), from);
            }
            one(stated.line.as_deref().and_then(|it| first_date(it, language)).as_ref(), "text")
        }
        Source::Byline => {
            one(stated.byline.as_deref().and_then(|it| first_date(it, language)).as_ref(), "byline")
        }
        Source::Dateline => {
            one(stated.dateline.as_ref().and_then(|it| it.date.as_ref()), "dateline")
        }
        Source::Url => named(article.url.as_deref().and_then(path_date::in_url), "url"),
        Source::Path => {
            let inside = article.place.inside.as_deref().and_then(path_date::in_path);
            named(inside.or_else(|| path_date::in_path(&article.place.path)), "path")
        }
        // A date in the dateline leaves nothing for the lead to say.
        Source::Lead if partial_known => Vec::new(),
        Source::Lead => {
            let lead = lead_date(blocks, language);
            let trusted = lead.as_ref().filter(|found| {
                found.year.is_none()
                    || found.swapped.is_none()
                        && found.span.start <= AT_START
                        && !is_past(found, blocks)
            });
            one(trusted, "text")
        }
    }
}

/// Mends what a source states for machines by what it shows to people: the day in UTC where the page and its
/// address say the local one, and the day of a move to another system where the address says the first one.
fn settle(candidate: &mut Candidate, evidence: &Evidence<'_>, article: &mut Article) {
    let is_user = matches!(candidate.from.as_str(), "record" | "set");
    let Date::Day(..) = candidate.date else { return };
    if is_user {
        return;
    }
    let day = candidate.date.first();
    let named = article.url.as_deref().and_then(path_date::in_url);
    let named = named.filter(|it| matches!(it, Date::Day(..)));
    if let Some(hour) = candidate.at.as_deref().and_then(hour_in_utc) {
        let may_be = |local: Date| match local.first().0 - day.0 {
            -1 => hour < WEST,
            1 => hour >= 24 - EAST,
            _ => false,
        };
        let top = page_date::local_days(&evidence.shown);
        let shown = if top.contains(&candidate.date) { None } else { top.first().copied() };
        if let Some(local) = shown.into_iter().chain(named).find(|it| may_be(*it)) {
            let why = format!("{} is the day in UTC, {local} that of the page", candidate.date);
            note(article, "published_evidence", &why);
            candidate.date = local;
            return;
        }
    }
    // A system's own date goes before neither the one beside the headline nor, where it is that of a change,
    // an earlier one.
    let is_loose = LOOSE.contains(&candidate.from.as_str());
    let of_change = candidate.from != "json-ld"
        && article.updated.as_deref().is_some_and(|it| it.starts_with(&candidate.date.to_string()));
    let clear = page_date::clear(&evidence.shown).filter(|it| {
        let later = it.date.first().0 - day.0;
        later != 0 && (is_loose && later <= LATER || of_change && later < -1)
    });
    if let Some(shown) = clear {
        let why = format!("{} of {} is not what the page shows", candidate.date, candidate.from);
        note(article, "published_evidence", &why);
        let (date, at, from) = (shown.date, shown.at.clone(), shown.from.to_owned());
        *candidate = Candidate { date, at, from, swapped: shown.swapped };
        return;
    }
    if let Some(named) = named.filter(|it| it.first().0 < day.0 - 1) {
        let why = format!("{} of {} is later than the address", candidate.date, candidate.from);
        note(article, "published_evidence", &why);
        (candidate.date, candidate.at) = (named, None);
        "url".clone_into(&mut candidate.from);
    }
}

/// Origins that programs fill in, as often with a change or a day of print.
static LOOSE: &[&str] = &["meta", "dublin-core"];

/// Days that what the page shows may be later: after many it is the day the page was saved.
const LATER: i32 = 60;

/// Hours that local time is behind UTC at most, and ahead of it.
const WEST: i32 = 12;
const EAST: i32 = 14;

/// The hour of a moment that is written in UTC.
fn hour_in_utc(at: &str) -> Option<i32> {
    let in_utc = at.ends_with('Z') || at.ends_with("+00:00");
    in_utc.then(|| at.get(11..13)?.parse().ok())?
}

fn candidate(shown: &ShownAt<'_>) -> Candidate {
    let from = if shown.label == Some(Label::Updated) { "updated" } else { shown.from };
    Candidate {
        date: shown.date,
        at: shown.at.clone(),
        from: from.to_owned(),
        swapped: shown.swapped,
    }
}

fn named(date: Option<Date>, from: &str) -> Vec<Candidate> {
    date.map(|date| Candidate { date, at: None, from: from.to_owned(), swapped: None })
        .into_iter()
        .collect()
}

fn claimed(claims: &Claims, language: Option<&str>, article: &mut Article) -> Vec<Candidate> {
    let mut found = Vec::new();
    for claim in claims.ranked(Topic::Published) {
        if page_date::is_shown(&claim.from) {
            continue;
        }
        match read_timestamp(&claim.value, language) {
            Some(stamp) => {
                found.push(Candidate {
                    date: stamp.date,
                    at: stamp.at,
                    from: claim.from.to_string(),
                    swapped: None,
                });
            }
            None if matches!(claim.from.as_ref(), "record" | "set") => {
                let value: String = claim.value.trim().chars().take(60).collect();
                article.problems.push(format!("no date could be read from `{value}`"));
            }
            None => {}
        }
    }
    before_change(&mut found, article);
    found
}

/// Puts the day that another origin states before one that is that of the last change too.
fn before_change(found: &mut [Candidate], article: &Article) {
    let Some(first) = found.first() else { return };
    let is_user = matches!(first.from.as_str(), "record" | "set");
    let day = first.date.to_string();
    if is_user || !article.updated.as_deref().is_some_and(|it| it.starts_with(&day)) {
        return;
    }
    let first = first.date.first().0;
    let named = |it: &Candidate| matches!(it.from.as_str(), "json-ld" | "opengraph" | "parsely");
    let earlier =
        |it: &Candidate| matches!(it.date, Date::Day(..)) && it.date.first().0 < first - 1;
    if let Some(at) = found.iter().position(|it| named(it) && earlier(it) && it.date != EPOCH) {
        found.swap(0, at);
    }
}

fn read_updated(claims: &Claims, shown: &[ShownAt<'_>], now: Day, article: &mut Article) {
    for claim in claims.ranked(Topic::Updated) {
        if page_date::is_shown(&claim.from) {
            continue;
        }
        let stamp = read_timestamp(&claim.value, article.language.as_deref());
        if let Some(stamp) = stamp.filter(|it| it.date.first() <= now) {
            article.updated = Some(stamp.at.unwrap_or_else(|| stamp.date.to_string()));
            note(article, "updated", &claim.from);
            return;
        }
    }
    if let Some(change) = page_date::best(shown, page_date::Within::Changes) {
        article.updated = Some(change.at.clone().unwrap_or_else(|| change.date.to_string()));
        note(article, "updated", change.from);
    }
}

fn first_date(text: &str, language: Option<&str>) -> Option<Found> {
    let found = find_dates(text, language);
    let full = found.iter().find(|it| it.year.is_some() && it.day.is_some()).cloned();
    full.or_else(|| found.into_iter().next())
}

fn partial_of(found: &Found, from: &'static str) -> Option<Partial> {
    let day = found.day.filter(|_| found.month > 0)?;
    Some(Partial { month: found.month, day, weekday: found.weekday, from })
}

/// How far into the lead a date without a year may stand, in bytes.
const LEAD: usize = 300;
/// A full date that dates the article stands where the lead begins.
const AT_START: usize = 40;

/// The date in the first paragraph: one with a weekday before others.
fn lead_date(blocks: &[Block], language: Option<&str>) -> Option<Found> {
    let lead = &blocks.iter().find(|block| block.role == Role::Body)?.text;
    let mut end = lead.len().min(LEAD);
    while !lead.is_char_boundary(end) {
        end -= 1;
    }
    let head = lead.get(..end)?;
    let found = find_dates(head, language);
    // What touches the cut may go on behind it.
    let mut found =
        found.into_iter().filter(|it| it.day.is_some() && (it.span.end < end || end == lead.len()));
    let first = found.next()?;
    if first.year.is_some() || first.weekday.is_some() {
        return Some(first);
    }
    Some(found.find(|it| it.year.is_none() && it.weekday.is_some()).unwrap_or(first))
}

/// Whether the text speaks of a later year than the date: then the date is of something past.
fn is_past(found: &Found, blocks: &[Block]) -> bool {
    let Some(year) = found.year else { return false };
    let body = blocks.iter().filter(|block| block.role == Role::Body);
    body.flat_map(|block| evidence::years(&block.text))
        .any(|(later, _)| later > year && later < year + 100)
}

/// Words that stand with a date in a line of its own, for published and for updated. In lower case.
static LABELS: &[(&str, &str, &str)] = &[
    (
        "en",
        "published on at date posted created first publication time by am pm",
        "updated modified last edited update",
    ),
    (
        "de",
        "veröffentlicht am um uhr vom stand datum erschienen den",
        "aktualisiert zuletzt geändert",
    ),
    ("fr", "publié le à h date posté mis en ligne", "mis à jour modifié actualisé"),
    ("es", "publicado el a las h fecha de publicación hs horas", "actualizado modificado"),
    ("pt", "publicado em às h data de publicação", "atualizado atualizada"),
    ("it", "pubblicato il alle ore data", "aggiornato"),
    ("nl", "gepubliceerd op om geplaatst datum", "bijgewerkt laatst gewijzigd"),
    ("sv", "publicerad kl den", "uppdaterad"),
    ("da", "publiceret kl den", "opdateret"),
    ("nb", "publisert kl", "oppdatert"),
    ("fi", "julkaistu klo", "päivitetty"),
    ("pl", "opublikowano data publikacji dodano godz r", "aktualizacja zaktualizowano"),
    ("cs", "publikováno vydáno dne", "aktualizováno"),
    ("hu", "megjelent közzétéve", "frissítve"),
    ("ro", "publicat la data ora", "actualizat"),
    ("tr", "yayınlanma tarihi tarih giriş", "güncelleme güncellenme"),
    ("ru", "опубликовано дата публикации в г года мск", "обновлено"),
    ("uk", "опубліковано дата публікації о р року", "оновлено"),
    ("id", "diterbitkan pada tanggal wib", "diperbarui"),
    ("zh", "发布时间 发布 时间 日期 发表于", "更新时间 更新"),
    ("ja", "公開 公開日 配信 掲載", "更新"),
];

/// Takes lines that are nothing but a date out of the text; gives the one of publication.
pub(super) fn set_aside_date_lines(
    claims: &Claims,
    blocks: &mut [Block],
    article: &Article,
) -> Option<String> {
    // A record that has a field for it does not write it into its text.
    if claims.first(Topic::Published).is_some_and(|claim| claim.from == "record") {
        return None;
    }
    let body: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks.get(*at).is_some_and(|it| it.role == Role::Body))
        .collect();
    let near = body.iter().take(5).chain(body.iter().skip(5.max(body.len().saturating_sub(2))));
    let mut published = None;
    for at in near {
        let Some(block) = blocks.get_mut(*at) else { continue };
        let Some(is_update) = date_line(&block.text, article.language.as_deref()) else { continue };
        block.role = Role::Other;
        if !is_update && published.is_none() {
            published = Some(block.text.clone());
        }
    }
    published
}

/// Whether a line is nothing but a date; if so, whether it is that of a change.
fn date_line(line: &str, language: Option<&str>) -> Option<bool> {
    if line.len() > 120 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // A row of a table may be all dates; a date line has one.
    let mut dates = find_dates(line, language).into_iter();
    let found = dates.next().filter(|it| it.year.is_some() && it.day.is_some())?;
    if dates.next().is_some() {
        return None;
    }
    let before = line.get(..found.span.start)?;
    let after = line.get(found.span.end..)?;
    let mut is_update = false;
    let mut words = 0;
    for word in
        before.split(|c: char| !c.is_alphabetic()).chain(after.split(|c: char| !c.is_alphabetic()))
    {
        if word.is_empty() {
            continue;
        }
        words += 1;
        let folded = word.to_lowercase();
        let among = |row: &str| row.split(' ').any(|label| label == folded);
        let update = LABELS.iter().any(|(_, _, row)| among(row));
        // Zones and single letters say nothing.
        let known = update
            || word.len() <= 4
                && before.len() < found.span.start + 1
                && after.contains(word)
                && word.chars().all(char::is_uppercase)
            || LABELS.iter().any(|(_, row, _)| among(row));
        if !known {
            return None;
        }
        is_update |= update && before.contains(word);
    }
    (words <= 6).then_some(is_update)
}
