//! What the ingester made of a file, article or not, to the line that `extract` prints.

use super::json::{ExtractLine, SkippedLine, to_line};
use crate::article::{Article, Place};

/// The JSON of an article on one line, without the line's end.
pub fn extract_line(article: &Article) -> String {
    // Plain strings and numbers always have a JSON form.
    to_line(&ExtractLine::new(article)).unwrap_or_default()
}

/// The JSON of a file or record that gave no article, and why.
pub fn skipped_line(place: &Place, reason: &str) -> String {
    to_line(&SkippedLine::new(place, reason)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::hits;

    #[test]
    fn the_promised_keys() {
        insta::assert_snapshot!(extract_line(&hits()[0].article), @r#"{"schema":1,"path":"pravda/sochi.txt","inside":null,"record":0,"format":"plain","id":"3f9a2c1b77e0","source_id":null,"title":"Presidents of the CSTO meet as best friends by the sea","deck":"Twenty years of friendship","authors":["Dmitry Sudakov","Ada \"Ace\" Lovelace"],"agency":null,"published":"2020-09-14","published_precision":"day","published_at":null,"published_partial":null,"published_candidates":[],"updated":null,"dateline":null,"source":"Pravda","section":null,"language":"en","url":null,"body":"It began at noon. The CSTO has obligations to all of its members, and everybody in the hall knew what obligations those were. Then it rained.","other":"","people":[],"organizations":[],"places":[],"provenance":{"published":"inferred"},"problems":[]}"#);
        insta::assert_snapshot!(extract_line(&Article::default()), @r#"{"schema":1,"path":"","inside":null,"record":0,"format":"","id":"","source_id":null,"title":null,"deck":null,"authors":[],"agency":null,"published":null,"published_precision":null,"published_at":null,"published_partial":null,"published_candidates":[],"updated":null,"dateline":null,"source":null,"section":null,"language":null,"url":null,"body":"","other":"","people":[],"organizations":[],"places":[],"provenance":{},"problems":[]}"#);
        let place = Place { path: "a.zip".into(), inside: Some("b/\u{1b}".into()), record: 3 };
        insta::assert_snapshot!(skipped_line(&place, "no text in it"), @r#"{"schema":1,"path":"a.zip","inside":"b/\u001b","record":3,"skipped":"no text in it"}"#);
    }
}
