//! Any bytes that may be packed; what lies in them is read by its own name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("a.tgz", bytes));
