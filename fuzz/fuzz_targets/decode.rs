//! Any bytes in any charset: the first byte chooses it.
#![no_main]

use morgue::ingest::ReadOptions;

static CHARSETS: &[Option<&str>] = &[
    None,
    Some("utf-8"),
    Some("utf-16le"),
    Some("utf-16be"),
    Some("windows-1252"),
    Some("windows-1251"),
    Some("koi8-r"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("iso-2022-jp"),
    Some("big5"),
    Some("euc-kr"),
    Some("replacement"),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let charset = CHARSETS[usize::from(*first) % CHARSETS.len()];
    let options =
        ReadOptions { encoding: charset.map(str::to_owned), ..ReadOptions::default() };
    // One name for what is decoded whole, one for what is decoded as a stream.
    let name = if first & 0x80 == 0 { "a.txt" } else { "a.jsonl" };
    morgue_fuzz::read_with(name, rest, &options);
});
