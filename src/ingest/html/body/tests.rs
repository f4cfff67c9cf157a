//! Which lines of invented pages are the article.

use super::super::outline::outline;
use super::{Evidence, Known, main_text};

const LEAD: &str = "The harbour opened on Monday, after nine years of work, two floods and a change of plan, officials said.";
const SECOND: &str = "It cost more than was said, as harbours do, and less than was feared, as some remember from the debates.";
const THIRD: &str = "The mayor, who had promised it for a spring that is long gone, cut the ribbon with a borrowed pair of scissors.";

fn text_of(body: &str, stated: Option<&str>) -> Vec<String> {
    let evidence = stated.map(Evidence::of).unwrap_or_default();
    text_with(body, &Known { evidence, ..Known::default() })
}

fn text_with(body: &str, known: &Known) -> Vec<String> {
    let document = dom_query::Document::from(format!("<html><body>{body}</body></html>"));
    let text = main_text(&outline(&document), known).text;
    text.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn headings_lists_and_quotes_stay_and_what_is_set_apart_goes() {
    let page = format!(
        "<nav><a href=/>Home</a> <a href=/b>Business</a></nav><main><h1>Harbour opens</h1>\
         <p class=byline>By Ada Quill</p><div class=article-body><p>{LEAD}</p>\
         <div class=newsletter-signup><p>Get our letter each morning, with all that matters on the quays.</p></div>\
         <h2>What it cost</h2><p>{SECOND}</p><ul><li>Two cranes, one of them red</li><li>A lighthouse</li></ul>\
         <p>READ MORE: <a href=/x>Tram dreams, a history in nine parts</a></p>\
         <blockquote>It is a harbour.</blockquote><p>The crowd cheered (Picture: Lantern)</p><p>{THIRD}</p>\
         <h3>More on this</h3><ul><li><a href=/1>The flood of May and what it took</a></li><li><a href=/2>The flood of June</a></li></ul>\
         </div></main><footer><p>Copyright The Lantern. All of it, always, wherever the wind may carry it.</p></footer>"
    );
    assert_eq!(
        text_of(&page, None),
        [
            // For those who know names.
            "By Ada Quill",
            LEAD,
            "What it cost",
            SECOND,
            "Two cranes, one of them red",
            "A lighthouse",
            "It is a harbour.",
            THIRD
        ]
    );
}

#[test]
fn parts_of_a_text_in_several_elements_are_brought_together() {
    let page = format!(
        "<div class=wrap><h1>Harbour opens</h1><div><div><p>{LEAD}</p></div></div><div class=ad>Advertisement</div>\
         <div><div><p>{SECOND}</p></div></div><div><div><p>{THIRD}</p></div></div></div>\
         <div id=comments><p>{LEAD} I do not believe a word of it, says a reader who was not there.</p></div>"
    );
    assert_eq!(text_of(&page, None), [LEAD, SECOND, THIRD]);
}

#[test]
fn what_json_ld_gives_for_the_text_outweighs_a_longer_text() {
    let cookies = "We store cookies on your device to remember what you did, and sell what we remember to those who ask for it. ".repeat(9);
    let page = format!(
        "<div><div><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD} {LEAD}</p></div></div><div><div><div><p>{cookies}</p><p>{cookies} Yes.</p></div></div></div>"
    );
    assert_eq!(
        text_of(&page, Some(&format!("{LEAD} {SECOND} {THIRD} {LEAD}"))),
        [LEAD, SECOND, &format!("{THIRD} {LEAD}")]
    );
}

#[test]
fn a_page_of_nothing_but_links_has_no_text_of_its_own() {
    assert_eq!(
        text_of("<ul><li><a href=/a>One</a></li><li><a href=/b>Two</a></li></ul>", None),
        [""]
    );
}

#[test]
fn a_standfirst_above_the_text_stays_also_where_json_ld_does_not_give_it() {
    let shown = "Nine years late and twice under water, the harbour has found its ships at last";
    let sentence = "The cranes were bought second-hand from a town up the river.";
    let page = format!(
        "<article><h1>Harbour opens</h1><header><h2>{shown}</h2></header><p>{sentence} {sentence} It is told elsewhere how.</p>\
         <div class=text><p>{LEAD}</p><p><a href=/c>{sentence}</a></p><p>{SECOND}</p><p>{THIRD}</p></div></article>"
    );
    let text = text_of(&page, Some(&format!("{LEAD} {sentence} {SECOND} {THIRD}")));
    assert_eq!(text.first().map(String::as_str), Some(shown));
    assert!(text.contains(&sentence.to_owned()), "{text:?}");
    assert!(text[1].ends_with("It is told elsewhere how."), "{text:?}");
}

#[test]
fn where_all_of_the_text_is_called_something_else_the_names_mean_nothing() {
    let page = format!(
        "<div class=gallery><p>{LEAD}</p></div>\
         <div id=comments><p>{THIRD} {THIRD} {THIRD} {THIRD}</p></div><aside><p>{THIRD}</p></aside>"
    );
    assert_eq!(text_of(&page, None), [LEAD]);
    let post = format!(
        "<div class='post hentry tag-comments category-related'><h1>Harbour opens</h1><p>{LEAD}</p></div>\
         <div><p>Short and elsewhere, but it ends as sentences do.</p></div>"
    );
    assert!(text_of(&post, None).contains(&LEAD.to_owned()));
}

#[test]
fn a_heading_that_says_the_title_is_the_headline_where_none_is_of_the_first_rank() {
    let site = "<div><h1><a href=/>The Lantern</a></h1></div>".to_owned()
        + &"<div><p><a href=/s>Section</a></p></div>".repeat(45);
    let page = format!(
        "{site}<div><h2>Harbour opens at last</h2><div class=top><p>{LEAD}</p></div></div>\
         <div><a href=/pictures>Pictures</a></div><div><p>{SECOND}</p><p>{THIRD}</p><p>{SECOND} {THIRD}</p></div>"
    );
    let titles = vec!["Harbour opens at last - The Lantern".to_owned()];
    let text = text_with(&page, &Known { titles, ..Known::default() });
    assert_eq!(text, [LEAD, SECOND, THIRD, &format!("{SECOND} {THIRD}")]);
}

#[test]
fn what_json_ld_gives_stays_however_far_above_the_text_it_stands() {
    let pictures = "<div><p><a href=/p>A picture</a></p></div>".repeat(60);
    let page = format!(
        "<div><h1>Harbour opens</h1><div><p>{LEAD}</p></div></div>{pictures}\
         <div><p>{SECOND}</p><p>{THIRD}</p><p>{SECOND} {THIRD}</p></div>"
    );
    assert_eq!(text_of(&page, Some(LEAD)).first().map(String::as_str), Some(LEAD));
}

#[test]
fn the_copyright_of_a_picture_is_not_the_foot_of_the_page() {
    let page = format!(
        "<div><h1>Harbour opens</h1><div><p>{LEAD}</p><p>{SECOND}</p></div>\
         <figure><figcaption><span class=copyright>Lantern archive, the harbour</span></figcaption></figure>\
         <div><p>{THIRD}</p><p>{SECOND} {THIRD}</p></div></div>"
    );
    assert_eq!(text_of(&page, None), [LEAD, SECOND, THIRD, &format!("{SECOND} {THIRD}")]);
}

#[test]
fn a_paragraph_set_as_a_heading_stays_also_above_links() {
    let page = format!(
        "<article><h1>Harbour opens</h1><h2>{LEAD} {SECOND}</h2><ul><li><a href=/1>Harbours</a></li>\
         <li><a href=/2>Floods</a></li></ul><div><p>{THIRD}</p><p>{SECOND} {THIRD}</p></div></article>"
    );
    assert_eq!(text_of(&page, None).first(), Some(&format!("{LEAD} {SECOND}")));
}
