//! A Markdown file -> an article: the fields of its front matter, and its text without markup.

mod front;
mod text;

use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::detect::extension_of;
use super::json::article_of;
use super::skip::megabytes;
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind, claims, decode};
use crate::article::{Place, RawArticle, Topic};

/// Markdown, with or without front matter.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "Markdown with YAML or TOML front matter, one article a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd"]
    }

    fn recognizes(&self, path: &Path, _: &[u8]) -> bool {
        extension_of(path).is_some_and(|ending| self.extensions().contains(&ending.as_str()))
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let limit = options.limits.plain_bytes;
        let mut bytes = Vec::new();
        input.take(limit + 1).read_to_end(&mut bytes).map_err(ReadError::Read)?;
        if bytes.len() as u64 > limit {
            let reason = format!("a text of over {}: split it", megabytes(limit));
            let _ = sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason));
            return Ok(());
        }
        sink.make_room(bytes.len() as u64);
        let decoded = decode::decode(&bytes, None, options.encoding.as_deref())?;
        let whole = decoded.text.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
        let (fields, body) = front::split(&whole);
        let text = text::plain(body);
        let mut article = RawArticle { place: place.clone(), ..RawArticle::default() };
        if let Some(mut fields) = fields {
            // The text is the file's own: fields of such names are none.
            fields.insert("body".to_owned(), Value::String("text".to_owned()));
            match article_of(place, &Value::Object(fields), options) {
                Ok(found) => article = found,
                Err(skip) => claims::note(&mut article, &skip.reason),
            }
            article.text = without_title(text, &mut article);
        } else {
            article.text = text;
            article.text_holds_all = true;
        }
        for problem in &decoded.problems {
            claims::note(&mut article, problem);
        }
        let has_title = article.claims.iter().any(|claim| claim.topic == Topic::Title);
        let _ = if !has_title && !article.text.chars().any(char::is_alphanumeric) {
            sink.skip(place.clone(), Skip::new(SkipKind::NoText, "no text in the file"))
        } else {
            sink.article(article)
        };
        Ok(())
    }
}

/// The heading on top is the title, when none is stated; when it repeats the title, it is no text.
fn without_title(text: String, article: &mut RawArticle) -> String {
    let (first, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let title = article.claims.iter().find(|claim| claim.topic == Topic::Title);
    let repeats = title.is_some_and(|claim| claim.value == claims::squeeze(first, 20_000).0);
    if repeats {
        return rest.to_owned();
    }
    if title.is_none() && first.chars().count() <= 200 && !rest.is_empty() {
        let first = first.to_owned();
        let rest = rest.to_owned();
        claims::add(article, Topic::Title, &first, "headline");
        return rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::article::Topic;
    use crate::ingest::tests::read;

    #[test]
    fn fields_of_yaml_and_toml_go_by_the_usual_names() {
        for front in [
            "---\ntitle: \"A: B\"\nauthors:\n  - name: Ada Quill\n  - name: Bo Marsh\ndate: 2021-03-14 # Sunday\n---\n",
            "---\ntitle: 'A: B'\nauthors: [Ada Quill, \"Bo Marsh\"]\ndate: 2021-03-14\n...\n",
            "+++\ntitle = \"A: B\"\nauthors = [\n  \"Ada Quill\",\n  'Bo Marsh',\n]\ndate = 2021-03-14\n+++\n",
        ] {
            let (articles, _) = read("a.md", format!("{front}\n# A: B\n\nText.\n").as_bytes());
            let values = |topic| {
                let of = |it: &&crate::article::Claim| it.topic == topic;
                articles[0].claims.iter().filter(of).map(|it| it.value.as_str()).collect::<Vec<_>>()
            };
            assert_eq!(values(Topic::Title), ["A: B"], "{front}");
            assert_eq!(values(Topic::Author), ["Ada Quill", "Bo Marsh"], "{front}");
            assert_eq!(values(Topic::Published), ["2021-03-14"], "{front}");
            assert_eq!(articles[0].text, "Text.");
        }
    }

    #[test]
    fn hostile_front_matter_and_markup_end_well() {
        for text in [
            "---\n".repeat(20_000),
            format!("---\n{}\n---\nx", "- ".repeat(100_000)),
            format!("---\na: {}\n---\nx", "[".repeat(100_000)),
            format!("---\na: &a [*a, *a]\n{}---\nx", "b: *a\n".repeat(10_000)),
            "[".repeat(300_000),
            "[a](".repeat(100_000),
            "![".repeat(100_000),
            "`*_~<&\\".repeat(50_000),
            "> ".repeat(100_000),
        ] {
            read("a.md", text.as_bytes());
        }
    }
}
