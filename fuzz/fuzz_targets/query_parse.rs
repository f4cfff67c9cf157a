//! Whatever is typed gives a tree, and the tree printed is read as itself.
#![no_main]

use morgue::query::parse;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let first = parse(text, morgue_fuzz::today());
    let printed = first.query.to_string();
    let second = parse(&printed, morgue_fuzz::today());
    assert_eq!(first.query, second.query, "`{text}` is printed as `{printed}`");
});
