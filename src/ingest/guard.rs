//! A call into somebody else's parser -> its value, or nothing if it panicked.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `call`; none when it panics. What it was working on has to be thrown away then.
///
/// A parser of a page or a stream is thousands of lines that others wrote: one record that upsets it must not stop the rest.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(call)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_the_next_call_is_as_good() {
        assert_eq!(guarded(|| guarded(|| 1)), Some(Some(1)));
        assert_eq!(guarded(|| -> u32 { std::panic::resume_unwind(Box::new(())) }), None);
        assert_eq!(guarded(|| 2), Some(2));
    }
}
