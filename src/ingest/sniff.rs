//! First bytes of a text -> the name of a kind of text that is not read, so that none is taken for an article.

use super::detect::{begins_with, holds};

/// The name of a kind of text that no format reads, told by what stands in it.
pub(super) fn kind_of_text(head: &[u8]) -> Option<&'static str> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    wire(text).or_else(|| markup(text)).or_else(|| mail(text.trim_ascii_start()))
}

/// Wire copy with its codes: they are what an article is told apart by.
fn wire(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"\x16\x16\x01") {
        return Some("ANPA wire");
    }
    (head.starts_with(b"\x01") && head.contains(&2)).then_some("IPTC 7901 wire")
}

/// XML goes by its first element.
fn markup(head: &[u8]) -> Option<&'static str> {
    let is_xml = begins_with(head, b"<?xml");
    if !is_xml && !begins_with(head, b"<") {
        return None;
    }
    let root = first_element(head);
    let name = root.rsplit(|&byte| byte == b':').next().unwrap_or(root).to_ascii_lowercase();
    let known = XML.iter().find(|row| row.1.contains(&name.as_slice())).map(|row| row.0);
    if known.is_some() || !is_xml {
        return known;
    }
    let has_reader = name == b"html" || RECORDS.iter().any(|tag| holds(head, tag));
    (!has_reader).then_some("XML")
}

/// Tags of SGML collections, which may begin like XML.
static RECORDS: &[&[u8]] = &[b"<REUTERS", b"<DOCNO>", b"<html"];

/// The name of the first element, past declarations and comments.
fn first_element(head: &[u8]) -> &[u8] {
    let mut rest = head.trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', name @ ..] => {
                let odd = |byte: &u8| !byte.is_ascii_alphanumeric() && !b":_-.".contains(byte);
                return &name[..name.iter().position(odd).unwrap_or(name.len())];
            }
            _ => return b"",
        };
        let Some(at) = rest.windows(end.len()).position(|found| found == end) else { return b"" };
        rest = rest[at + end.len()..].trim_ascii_start();
    }
}

/// A kind, and the names of first elements it goes by, without prefix.
static XML: &[(&str, &[&[u8]])] = &[
    ("feed", &[b"rss", b"feed", b"rdf", b"channel", b"opml"]),
    (
        "NewsML",
        &[b"newsml", b"newsmessage", b"newsitem", b"packageitem", b"conceptitem", b"knowledgeitem"],
    ),
    ("NITF", &[b"nitf"]),
    ("OCR", &[b"alto", b"mets", b"tet", b"pcgts", b"didl"]),
    ("e-book", &[b"fictionbook", b"ncx"]),
    ("TEI", &[b"tei", b"tei.2", b"teicorpus"]),
    ("MediaWiki dump", &[b"mediawiki"]),
    ("sitemap", &[b"urlset", b"sitemapindex"]),
    ("image", &[b"svg"]),
    ("web app data", &[b"plist", b"manifest"]),
];

/// Letters and posts of newsgroups: lines of headers, then a blank line.
fn mail(head: &[u8]) -> Option<&'static str> {
    let mut known = 0;
    for (idx, line) in head.split(|&byte| byte == b'\n').take(40).enumerate() {
        let line = line.trim_ascii_end();
        match line.first() {
            // A header goes on; an mbox has a line before them.
            Some(b' ' | b'\t') => continue,
            Some(_) if idx == 0 && (line == b"From" || line.starts_with(b"From ")) => continue,
            Some(_) => {}
            None => break,
        }
        let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        if name.len() == line.len() || name.is_empty() || !name.iter().all(is_name) {
            break;
        }
        known += HEADERS.iter().filter(|it| name.eq_ignore_ascii_case(it)).count();
    }
    (known >= 3).then_some("e-mail")
}

/// Headers of letters that do not stand above articles as well.
static HEADERS: &[&[u8]] = &[
    b"From",
    b"To",
    b"Cc",
    b"Subject",
    b"Received",
    b"X-Received",
    b"Message-ID",
    b"MIME-Version",
    b"Delivered-To",
    b"Return-Path",
    b"Reply-To",
    b"Content-Type",
    b"Content-Transfer-Encoding",
    b"DKIM-Signature",
    b"User-Agent",
    b"X-Mailer",
    b"Newsgroups",
    b"Organization",
    b"Lines",
    b"Path",
    b"References",
    b"In-Reply-To",
];

#[cfg(test)]
mod tests {
    use super::kind_of_text;

    #[test]
    fn what_is_not_read_is_told_by_what_stands_in_it() {
        for (head, kind) in [
            (&b"<?xml version='1.0'?>\n<!-- x > y -->\n<rss version='2.0'>"[..], Some("feed")),
            (b"<!-- a test -->\n<feed xmlns='x'>", Some("feed")),
            (b"\xef\xbb\xbf<?xml version='1.0'?><a:newsItem>", Some("NewsML")),
            (b"<?xml version='1.0'?><strange>", Some("XML")),
            (b"<?xml version='1.0'?><!DOCTYPE html><html>", None),
            (b"<?xml version='1.0'?><docs><DOC><DOCNO>1</DOCNO>", None),
            (b"<p>markup of no kind</p>", None),
            (b"<!-- never closed", None),
            (b"From: A\nSubject: B\n\twhich goes on\nLines: 3\n\ntext", Some("e-mail")),
            (b"From a@b.example Mon Feb 27\nMessage-ID: x\nFrom: a\nTo: b\n", Some("e-mail")),
            (b"Subject: the only one\nDate: today\n\ntext", None),
            (b"From: here\n\nTo: there\nLines: 3", None),
            (b"\x16\x16\x01z6715", Some("ANPA wire")),
            (b"\x01eca0003 3 i 380 dpa\r\n\x02TITLE", Some("IPTC 7901 wire")),
            (b"A text, with: colons", None),
        ] {
            assert_eq!(kind_of_text(head), kind, "{}", String::from_utf8_lossy(head));
        }
    }
}
