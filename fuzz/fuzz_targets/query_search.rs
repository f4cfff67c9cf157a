//! Whatever is typed can be asked of an index.
#![no_main]

use std::cell::OnceCell;

use morgue::search::Local;

thread_local! {
    static INDEX: OnceCell<Local> = const { OnceCell::new() };
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    INDEX.with(|it| morgue_fuzz::search(it.get_or_init(morgue_fuzz::small_index), text));
});
