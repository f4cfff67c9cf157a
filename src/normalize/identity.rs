//! An article -> its identifiers: short, stable, the same for the same article read again.

use sha2::{Digest, Sha256};

use crate::article::{Article, Topic};

use super::Options;
use super::claims::{Claims, note};

/// Hexadecimal digits kept of an identifier.
const DIGITS: usize = 16;

/// Formats with one article a file: there the path alone names it, and the name survives edits.
static ONE_ARTICLE_A_FILE: &[&str] = &["plain", "html", "markdown"];

/// Fills in the source's own identifier, ours, and the hash of the content.
pub(super) fn name(claims: &Claims, options: &Options, article: &mut Article) {
    article.source_id = claims.take(Topic::Id, "source_id", article);
    article.content_hash = article.hash_of_content();
    article.id = id_within(article, &options.root_id, &article.place.path);
    let from = match (&article.source_id, &article.url) {
        (Some(_), _) => "source-id",
        (None, Some(_)) => "url",
        (None, None) => "path",
    };
    note(article, "id", from);
}

/// The identifier that an article has in a root of this name, read from a file of this path below it.
pub fn id_within(article: &Article, root_id: &str, path: &str) -> String {
    let mut hash = Sha256::new();
    if let Some(own) = &article.source_id {
        feed(&mut hash, &["id", root_id, own]);
    } else if let Some(url) = &article.url {
        feed(&mut hash, &["url", &same_address(url)]);
    } else {
        let inside = article.place.inside.as_deref().unwrap_or_default();
        feed(&mut hash, &["path", root_id, path, inside]);
        if !ONE_ARTICLE_A_FILE.contains(&article.format.as_str()) {
            feed(&mut hash, &["content", &article.content_hash]);
        }
    }
    hex(&hash.finalize(), DIGITS / 2)
}

/// Feeds parts so that no two lists of parts feed the same bytes.
fn feed(hash: &mut Sha256, parts: &[&str]) {
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
}

fn hex(bytes: &[u8], count: usize) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().take(count).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// An address without what differs between links to the same page: scheme, `www.`, the case of the host,
/// fragment, marks of campaigns, the last slash.
fn same_address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let mut same = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    let path = path.trim_end_matches('/');
    if !path.is_empty() {
        same.push('/');
        same.push_str(path);
    }
    let mut mark = '?';
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !is_campaign(pair)) {
        same.push(mark);
        same.push_str(pair);
        mark = '&';
    }
    same
}

fn is_campaign(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "mc_cid" | "mc_eid")
}

#[cfg(test)]
mod tests {
    use super::same_address;

    #[test]
    fn addresses_of_one_page_are_one() {
        for (url, same) in [
            ("https://www.Example.org/A/b/?utm_source=x#top", "example.org/A/b"),
            ("http://example.org/A/b", "example.org/A/b"),
            ("https://example.org/?id=7&utm_medium=y&p=2", "example.org?id=7&p=2"),
            ("https://example.org", "example.org"),
        ] {
            assert_eq!(same_address(url), same, "{url}");
        }
    }
}
