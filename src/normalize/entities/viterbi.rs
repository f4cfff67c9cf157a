//! Scores of the tags of each word -> the best sequence in which every name is whole.

use std::sync::OnceLock;

use smallvec::SmallVec;

use super::tags::{OUTSIDE, TAGS, may_follow};

/// Scores of the tags of one word.
pub type Scores = [f32; TAGS];

/// Scores of one tag after another.
pub type Steps = [[f32; TAGS]; TAGS];

/// The best sequence of tags; what stands before and after the words is outside.
pub fn best(scores: &[Scores], steps: &Steps, path: &mut Vec<u8>) {
    path.clear();
    let mut best = [f32::NEG_INFINITY; TAGS];
    best[usize::from(OUTSIDE)] = 0.0;
    // Most runs are a word or a few.
    let mut from: SmallVec<[[u8; TAGS]; 8]> = SmallVec::with_capacity(scores.len());
    for own in scores {
        let mut next = [f32::NEG_INFINITY; TAGS];
        let mut back = [0; TAGS];
        for (before, (sum, followers)) in best.iter().zip(followers()).enumerate() {
            if *sum == f32::NEG_INFINITY {
                continue;
            }
            for after in followers.iter().copied() {
                let total = sum + steps[before][after] + own[after];
                if total > next[after] {
                    next[after] = total;
                    back[after] = before as u8;
                }
            }
        }
        best = next;
        from.push(back);
    }
    let mut last = OUTSIDE;
    let mut most = f32::NEG_INFINITY;
    for (tag, sum) in best.iter().enumerate() {
        let total = sum + steps[tag][usize::from(OUTSIDE)];
        if total > most {
            most = total;
            last = tag as u8;
        }
    }
    for back in from.iter().rev() {
        path.push(last);
        last = back[usize::from(last)];
    }
    path.reverse();
}

/// The tags that may follow each: a third of all pairs.
fn followers() -> &'static [Vec<usize>; TAGS] {
    static FOLLOWERS: OnceLock<[Vec<usize>; TAGS]> = OnceLock::new();
    FOLLOWERS.get_or_init(|| {
        std::array::from_fn(|before| {
            (0..TAGS).filter(|after| may_follow(before as u8, *after as u8)).collect()
        })
    })
}

/// Steps that cost nothing where they are allowed.
pub fn free_steps() -> Steps {
    let mut steps = [[0.0; TAGS]; TAGS];
    for (before, row) in steps.iter_mut().enumerate() {
        for (after, score) in row.iter_mut().enumerate() {
            if !may_follow(before as u8, after as u8) {
                *score = f32::NEG_INFINITY;
            }
        }
    }
    steps
}
