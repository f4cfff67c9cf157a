//! Plain text: one article a file, in which everything about it stands in the text itself.

use std::io::Read;
use std::path::Path;

use super::detect::extension_of;
use super::skip::megabytes;
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind, decode};
use crate::article::{Place, RawArticle};

/// Plain text.
pub(super) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn about(&self) -> &'static str {
        "plain text, one article a file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognizes(&self, path: &Path, _: &[u8]) -> bool {
        extension_of(path).is_none_or(|ending| {
            self.extensions().contains(&ending.as_str()) || !is_an_ending(&ending)
        })
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
        drop(bytes);
        let mut problems = decoded.problems;
        let mut text = decoded.text;
        if text.contains(['\r', '\u{c}']) {
            text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
        }
        if text.contains('\0') {
            text.retain(|c| c != '\0');
            problems.push("NUL characters were left out".to_owned());
        }
        if !text.chars().any(char::is_alphanumeric) {
            let skip = Skip::new(SkipKind::NoText, "no text in the file");
            let _ = sink.skip(place.clone(), skip);
            return Ok(());
        }
        let article = RawArticle {
            place: place.clone(),
            text,
            text_holds_all: true,
            problems,
            ..RawArticle::default()
        };
        let _ = sink.article(article);
        Ok(())
    }
}

/// Whether what follows the last dot is an ending, and not the last words of a name
/// (`Dispatch of 3. October`).
fn is_an_ending(ending: &str) -> bool {
    ending.len() <= 6
        && ending.chars().all(|c| c.is_ascii_alphanumeric())
        && ending.chars().any(|c| c.is_ascii_alphabetic())
}
