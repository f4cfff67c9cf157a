//! Any bytes, read as a download of `factiva` whether they look like one or not.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read_as("factiva", bytes));
