//! A text that JSON-LD gives for the article -> how much of a line stands in it.

use rustc_hash::FxHashSet;

/// A run of this many letters is hardly there by chance.
const WINDOW: usize = 10;
/// Odd, to mix letters: the rolling sum is taken modulo two to the 64.
const BASE: u64 = 0x0100_0000_01b3;

/// The runs of letters of a text.
#[derive(Default)]
pub(in super::super) struct Evidence {
    runs: FxHashSet<u64>,
}

impl Evidence {
    /// Takes a text; letters and digits alone count, so that markup, spaces and quotes may differ.
    pub(in super::super) fn of(text: &str) -> Self {
        let mut runs = FxHashSet::default();
        each_run(text, |run| {
            runs.insert(run);
        });
        Self { runs }
    }

    /// Whether there is any.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// In per cent, how much of a line stands in the text; `None` for a line too short to say.
    pub(in super::super) fn share(&self, line: &str) -> Option<u32> {
        let (mut all, mut known) = (0u32, 0u32);
        each_run(line, |run| {
            all += 1;
            known += u32::from(self.runs.contains(&run));
        });
        (all > 0).then(|| known * 100 / all)
    }
}

fn each_run(text: &str, mut see: impl FnMut(u64)) {
    let oldest = (0..WINDOW).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window = [0u64; WINDOW];
    let (mut at, mut sum) = (0usize, 0u64);
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        let code = c.to_lowercase().next().unwrap_or(c) as u64 + 1;
        sum = sum.wrapping_mul(BASE).wrapping_add(code);
        let slot = &mut window[at % WINDOW];
        sum = sum.wrapping_sub(slot.wrapping_mul(oldest));
        *slot = code;
        at += 1;
        if at >= WINDOW {
            see(sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    #[test]
    fn lines_are_found_whatever_stands_between_the_letters() {
        let evidence = Evidence::of("The <b>harbour</b> opened on Monday, “after” nine years.");
        assert_eq!(evidence.share("after nine years"), Some(100));
        assert_eq!(evidence.share("something else entirely"), Some(0));
        assert_eq!(evidence.share("too"), None);
        assert!(Evidence::of("short").is_empty());
    }
}
