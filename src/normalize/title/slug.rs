//! The last part of an address -> whether a headline is what it says: most systems make it of the headline.

use crate::article::{Article, Topic};

use super::super::claims::Claims;
use super::ascii;

/// The words of the address.
#[derive(Debug, Default)]
pub(super) struct Slug {
    words: Vec<String>,
}

/// Shorter words stand in any headline.
const SHORTEST: usize = 3;
/// Longer addresses hold data.
const LONGEST: usize = 400;
/// In per cent: so many of the address's words stand in the headline.
const LEAST_SHARED: usize = 60;
/// A single word says a headline only where it is as long.
const LEAST_ALONE: usize = 10;

impl Slug {
    /// The address that the page states.
    pub(super) fn of(claims: &Claims, article: &Article) -> Self {
        let url = claims.ranked(Topic::Url).first().map(|it| it.value.as_str());
        url.or(article.url.as_deref()).map(Self::of_url).unwrap_or_default()
    }

    fn of_url(url: &str) -> Self {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let path = path.split_once("://").map_or(path, |row| row.1);
        if path.len() > LONGEST {
            return Self::default();
        }
        let is_text =
            |part: &&str| part.bytes().filter(u8::is_ascii_alphabetic).count() >= SHORTEST;
        // The first part is the host; `index.html` says nothing.
        let parts = path.split('/').skip(1).filter(|part| !part.starts_with("index."));
        let Some(last) = parts.filter(is_text).last() else { return Self::default() };
        let name = last.rsplit_once('.').map_or(last, |row| row.0);
        let words = name.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_ascii_lowercase);
        Self { words: words.filter(|word| word.len() >= SHORTEST).collect() }
    }

    /// Whether most words of the address stand in the headline, and more of them than in any of the other titles.
    pub(super) fn says<'t>(&self, headline: &str, others: impl Iterator<Item = &'t str>) -> bool {
        let shared = self.shared(headline);
        let letters: usize = self.words.iter().map(String::len).sum();
        (self.words.len() >= 2 || letters >= LEAST_ALONE)
            && shared * 100 >= self.words.len() * LEAST_SHARED
            && others.map(|title| self.shared(title)).all(|other| other < shared)
    }

    /// How many of its words stand in a title, or begin a word of it, or are several of its words.
    fn shared(&self, title: &str) -> usize {
        let title = ascii(title);
        let words: Vec<&str> = title.split(' ').filter(|it| !it.is_empty()).collect();
        let whole = words.concat();
        let stands = |slug: &String| {
            words.iter().any(|word| word.starts_with(slug.as_str())) || whole == *slug
        };
        self.words.iter().filter(|slug| stands(slug)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn an_address_says_the_headline_it_was_made_of() {
        let says = |url: &str, headline: &str, other: &str| {
            Slug::of_url(url).says(headline, std::iter::once(other))
        };
        let tram = "Straßenbahn nach Morna: Brücke steht";
        for (url, headline, other, expected) in [
            (
                "https://lantern.example/n/strassenbahn-morna-bruecke-812.html",
                tram,
                "Nachrichten",
                true,
            ),
            (
                "https://lantern.example/trams/oldmornabay.htm?x=1",
                "Old Morna Bay",
                "Days out by the sea",
                true,
            ),
            // Another title says as much.
            ("https://lantern.example/old-morna/", "Old Morna", "Old Morna, a guide", false),
            ("https://lantern.example/old-morna/", "News", "Old Morna, a guide", false),
            ("https://lantern.example/node/812", "Node", "Old Morna", false),
            ("https://lantern.example/", "Example", "Old Morna", false),
        ] {
            assert_eq!(says(url, headline, other), expected, "{url} {headline}");
        }
    }
}
