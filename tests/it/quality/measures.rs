//! Rankings and judgements to numbers, and what may be said of their difference.

use std::collections::HashMap;

use crate::oracle::Rng;

/// Average precision and nDCG at 10 of one question, as `trec_eval` has them.
pub(super) fn judged(ranked: &[String], grades: &HashMap<String, i32>) -> (f64, f64) {
    let grade = |id: &String| grades.get(id).copied().unwrap_or(0).max(0);
    let relevant = grades.values().filter(|it| **it > 0).count();
    let (mut hits, mut precision, mut gain) = (0.0, 0.0, 0.0);
    for (at, id) in ranked.iter().enumerate() {
        if grade(id) > 0 {
            hits += 1.0;
            precision += hits / (at + 1) as f64;
            if at < 10 {
                gain += f64::from(grade(id)) / discount(at);
            }
        }
    }
    let mut best: Vec<i32> = grades.values().copied().filter(|it| *it > 0).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal: f64 =
        best.iter().take(10).enumerate().map(|(at, it)| f64::from(*it) / discount(at)).sum();
    (precision / relevant.max(1) as f64, if ideal > 0.0 { gain / ideal } else { 0.0 })
}

fn discount(at: usize) -> f64 {
    (at as f64 + 2.0).log2()
}

/// One over the rank of the article looked for; 0 if it is not in the list.
pub(super) fn reciprocal<T: PartialEq>(ranked: &[T], wanted: &T) -> f64 {
    ranked.iter().position(|it| it == wanted).map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Paired randomization test, two-sided (Smucker, Allan, Carterette 2007): how often chance alone, which swaps the two
/// systems question by question, makes a difference at least as large.
pub(super) fn chance(ours: &[f64], theirs: &[f64], rounds: usize) -> f64 {
    let differences: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a - b).collect();
    let seen = differences.iter().sum::<f64>().abs();
    let mut rng = Rng::new(1);
    let mut as_large = 0_usize;
    for _ in 0..rounds {
        let swapped: f64 =
            differences.iter().map(|it| if rng.next() >> 63 == 0 { *it } else { -it }).sum();
        as_large += usize::from(swapped.abs() >= seen - 1e-12);
    }
    (as_large + 1) as f64 / (rounds + 1) as f64
}

/// The 95 % interval of a mean, from means of questions drawn again.
pub(super) fn interval(values: &[f64], rounds: usize) -> (f64, f64) {
    let mut rng = Rng::new(2);
    let mut means: Vec<f64> = (0..rounds)
        .map(|_| {
            (0..values.len()).map(|_| values[rng.below(values.len())]).sum::<f64>()
                / values.len().max(1) as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    (means[rounds * 25 / 1000], means[rounds * 975 / 1000 - 1])
}
