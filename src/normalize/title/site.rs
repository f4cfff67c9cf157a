//! A title -> the same without the name of the site, and the names a site goes by.

use crate::article::{Article, Topic};

use super::super::claims::Claims;
use super::super::source::host;
use super::{ascii, letters};

/// The names a site goes by: its own, and those its host spells; letters only.
pub(super) fn sites(claims: &Claims, article: &Article) -> Vec<String> {
    let mut sites: Vec<String> =
        claims.ranked(Topic::Source).iter().map(|claim| letters(&claim.value)).collect();
    for claim in claims.ranked(Topic::Url) {
        push_host(&claim.value, &mut sites);
    }
    if let Some(url) = article.url.as_deref() {
        push_host(url, &mut sites);
    }
    sites.retain(|site| site.chars().count() >= 2);
    sites.dedup();
    sites
}

fn push_host(url: &str, sites: &mut Vec<String>) {
    let Some(host) = host(url) else { return };
    sites.push(letters(host));
    sites.extend(host.split('.').filter(|label| label.len() > 3).map(letters));
}

/// The marks that set the name of a site off from a headline.
static MARKS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", "｜", " / ", " ~ ", " › ",
    " * ", " ｜ ", " : ", ": ", "_", "ㅣ", " |", "| ", "-",
];

/// Without the names of the site at its end and at its beginning, as often as they stand there.
pub(super) fn without_site<'t>(title: &'t str, sites: &[String]) -> &'t str {
    let mut title = title.trim();
    for _ in 0..3 {
        let shorter = MARKS
            .iter()
            .filter_map(|mark| {
                let at = title.rfind(mark)?;
                let head = title.get(..at)?.trim();
                let tail = title.get(at + mark.len()..)?;
                // A bare hyphen stands in words as well.
                let fits = if *mark == "-" {
                    sites.contains(&letters(tail))
                } else {
                    is_site(tail, sites)
                };
                (fits && !head.is_empty()).then_some(head)
            })
            .max_by_key(|head| head.len());
        let Some(head) = shorter else { break };
        title = head;
    }
    for mark in MARKS {
        if let Some((head, rest)) = title.split_once(mark)
            && *mark != "-"
            && !rest.trim().is_empty()
            && is_site(head, sites)
        {
            return rest.trim_matches(|c: char| c.is_whitespace() || "|»«-–—:/".contains(c));
        }
    }
    [" -", " –", " |"].iter().find_map(|mark| title.strip_suffix(mark)).unwrap_or(title)
}

/// Without a short piece at the end behind a mark that hardly ever stands within a headline.
pub(super) fn without_tail(title: &str) -> &str {
    for mark in [" | ", " - ", " – ", " — ", " » ", " : ", " · ", "-"] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let wide = tail.chars().all(|c| c > '\u{2e7f}');
            let fits = if mark == "-" { wide } else { tail.split_whitespace().count() <= 4 };
            if fits && head.chars().count() >= 12 || wide && head.chars().count() >= 6 {
                return head.trim_end();
            }
        }
    }
    title
}

/// Whether this is a name of the site: as it is spelled, or with a word or two more (`The Lantern Online`).
pub(super) fn is_site(text: &str, sites: &[String]) -> bool {
    if text.len() > 80 {
        return false;
    }
    // Addresses spell `Jäger` as `jaeger`.
    let spelled = || letters(&ascii(text));
    names(text, &letters(text), sites) || !text.is_ascii() && names(text, &spelled(), sites)
}

fn names(text: &str, found: &str, sites: &[String]) -> bool {
    if found.is_empty() {
        return false;
    }
    sites.iter().any(|site| {
        found == *site
            || found.strip_prefix("www") == Some(site.as_str())
            || (site.chars().count() >= 4
                && found.chars().count() <= site.chars().count() + 12
                && (found.starts_with(site.as_str()) || ends_with_name(text, found, site)))
            || (found.chars().count() >= 4
                && site.starts_with(found)
                && text.split_whitespace().count() >= 2)
    })
}

/// Whether a text ends with a name, from the beginning of a word on: no site `rails` is named in `monorails`.
fn ends_with_name(text: &str, found: &str, site: &str) -> bool {
    let Some(head) = found.strip_suffix(site) else { return false };
    let mut left = head.chars().count();
    text.split_whitespace().any(|word| {
        let is_here = left == 0;
        left = left.checked_sub(letters(word).chars().count()).unwrap_or(usize::MAX);
        is_here
    })
}

#[cfg(test)]
mod tests {
    use super::without_site;

    #[test]
    fn the_site_is_no_part_of_the_headline() {
        let sites = ["welt", "meridiandispatch", "derbaerentaler"].map(str::to_owned);
        for (title, expected) in [
            ("Die Brücke steht - WELT", "Die Brücke steht"),
            ("Bridge stands | The end | Meridian Dispatch", "Bridge stands | The end"),
            ("Bridge stands | Meridian Dispatch Online", "Bridge stands"),
            ("WELT | Die Brücke", "Die Brücke"),
            ("Meridian Dispatch: Bridge stands", "Bridge stands"),
            ("Bridge - a history", "Bridge - a history"),
            ("A welt-wide bridge", "A welt-wide bridge"),
            ("Welt", "Welt"),
            ("Umwelt: Die Brücke steht", "Umwelt: Die Brücke steht"),
            ("Die Brücke steht | Der Bärentaler Online", "Die Brücke steht"),
        ] {
            assert_eq!(without_site(title, &sites), expected);
        }
    }
}
