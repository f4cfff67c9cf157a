//! An article to the short facts that every output states: its date in words, its precision, its place.

use super::sanitize;
use crate::article::Article;

/// `2020-09-14`, `2020-09-14?` when it was inferred, `14 September, year unknown`, `date unknown`.
pub(super) fn date_for_people(article: &Article) -> String {
    if let Some(published) = &article.published {
        let doubt = if is_inferred(article) { "?" } else { "" };
        return format!("{}{doubt}", sanitize::line(&published.date));
    }
    let Some(partial) = &article.published_partial else {
        return "date unknown".to_owned();
    };
    day_and_month(partial).map_or_else(
        || format!("{}, year unknown", sanitize::line(partial)),
        |(day, month)| format!("{day} {month}, year unknown"),
    )
}

/// Where the date of publication is from.
pub(super) fn published_from(article: &Article) -> Option<&str> {
    article.provenance.get("published").map(String::as_str)
}

/// `year`, `month` or `day`.
pub(super) fn published_precision(article: &Article) -> Option<&'static str> {
    let date = &article.published.as_ref()?.date;
    Some(match date.bytes().filter(|&byte| byte == b'-').count() {
        0 => "year",
        1 => "month",
        2.. => "day",
    })
}

/// An id short enough to be typed. One with a number after it is told from its twin by nothing else.
pub(super) fn short_id(id: &str) -> &str {
    const SHOWN: usize = 8;
    let has_number = id.rsplit_once('-').is_some_and(|(_, number)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    match id.char_indices().nth(SHOWN) {
        Some((end, _)) if !has_number => &id[..end],
        Some(_) | None => id,
    }
}

/// `1 article`, `2 articles`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn is_inferred(article: &Article) -> bool {
    published_from(article).is_some_and(|from| from.starts_with("inferred"))
}

fn day_and_month(partial: &str) -> Option<(u8, &'static str)> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (month, day) = partial.strip_prefix("--")?.split_once('-')?;
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some((day.parse().ok()?, month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Published;

    #[test]
    fn dates_in_words() {
        let mut article = Article::default();
        assert_eq!(date_for_people(&article), "date unknown");
        article.published_partial = Some("--09-04".into());
        assert_eq!(date_for_people(&article), "4 September, year unknown");
        article.published_partial = Some("--99-04".into());
        assert_eq!(date_for_people(&article), "--99-04, year unknown");
        article.published = Some(Published { date: "2020-09".into(), at: None });
        assert_eq!(date_for_people(&article), "2020-09");
        assert_eq!(published_precision(&article), Some("month"));
        article.provenance.insert("published".into(), "inferred".into());
        assert_eq!(date_for_people(&article), "2020-09?");
    }

    #[test]
    fn ids_stay_unique() {
        assert_eq!(short_id("0123456789abcdef"), "01234567");
        assert_eq!(short_id("0123456789-2"), "0123456789-2");
        assert_eq!(short_id("ab"), "ab");
    }
}
