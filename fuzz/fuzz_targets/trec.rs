//! Any bytes under a name that `trec` goes by.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("a.trec", bytes));
