//! Trains the entity tagger: `cargo run --release --example train_entities -- DATA [FOLDER]`.
//!
//! DATA holds the files that docs/entities.md lists; the packed tables and weights go to FOLDER (where the library
//! keeps them, if none is given). The same data on the same machine give the same bytes.

#![allow(
    clippy::all,
    clippy::pedantic,
    unreachable_pub,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the shelf: it stops at the first thing that is not as expected"
)]

mod augment;
mod corpus;
mod train;

use std::sync::Arc;

use morgue::normalize::entities::lexicon::Lexicon;
use morgue::normalize::entities::model::{Row, pack_pairs, pack_rows};
use morgue::normalize::entities::table::Table;

/// Weights are kept in these parts of one.
const PARTS: f32 = 32.0;

/// What is taken from "no name": names found weigh more than names too many.
const AGAINST_OUTSIDE: f32 = -0.5;

/// A feature whose weights are all smaller, in parts of one, is left out.
const LEAST: i8 = 3;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().expect("the folder of the training data");
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/src/normalize/entities");
    let folder = arguments.next().unwrap_or_else(|| own.to_owned());
    let (words, places) = corpus::lexicon(&data, &format!("{own}/lists"));
    let lexicon = Lexicon::new(Table::new(&words), Arc::new(Table::new(&places)));
    let model = train::train(&data, &format!("{own}/lists"), &lexicon);
    let mut rows: Vec<(u32, Row)> = Vec::new();
    for (feature, at) in &model.index {
        let mut row: Row = [0; 16];
        for (small, weight) in row.iter_mut().zip(&model.weights[*at as usize]) {
            *small = (weight * PARTS).round().clamp(-127.0, 127.0) as i8;
            if small.abs() < 2 {
                *small = 0;
            }
        }
        if row.iter().any(|it| it.abs() >= LEAST) {
            rows.push((*feature, row));
        }
    }
    rows.sort_unstable();
    let mut steps = Vec::new();
    for row in &model.steps {
        for (after, score) in row.iter().enumerate() {
            let score = if after == 0 { score + AGAINST_OUTSIDE } else { *score };
            let score = if score.is_finite() { score * PARTS } else { 0.0 };
            steps.extend(score.to_le_bytes());
        }
    }
    let write = |name: &str, bytes: &[u8]| {
        println!("{name}: {} bytes", bytes.len());
        std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
    };
    let mut packed = Vec::new();
    pack_pairs(&words, &mut packed);
    write("words.bin", &packed);
    packed.clear();
    pack_pairs(&places, &mut packed);
    write("places.bin", &packed);
    // Halves: no file of the project is larger than a megabyte.
    for (number, half) in rows.chunks(rows.len().div_ceil(2)).enumerate() {
        packed.clear();
        pack_rows(half, &mut packed);
        write(&format!("weights-{}.bin", number + 1), &packed);
    }
    write("steps.bin", &steps);
    println!("{} features", rows.len());
}
