//! Any bytes under a name that `csv` goes by.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("a.csv", bytes));
