//! Writes an archive of invented articles, to measure with: `generate_archive FOLDER [ARTICLES] [SEED]`.
//!
//! Three of four are plain text, the others web pages, a hundred in a folder. The words are drawn so that few are common
//! and many are rare, as in any text (Zipf 1935): without that an index is neither as large nor as slow as a real one.
//! The same seed gives the same bytes.

#![allow(clippy::print_stdout, reason = "it says what it wrote")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const SYLLABLES: [&str; 40] = [
    "ba", "ko", "rin", "te", "lom", "va", "sti", "ner", "du", "mal", "or", "pi", "sen", "gra",
    "tu", "el", "fo", "ci", "hal", "mer", "no", "ra", "bel", "shi", "am", "dor", "qui", "lan",
    "ve", "zo", "per", "in", "ta", "gos", "ly", "ken", "os", "ju", "wi", "far",
];
const SMALL: [&str; 16] = [
    "the", "of", "and", "to", "in", "a", "that", "for", "was", "on", "with", "said", "by", "at",
    "from", "it",
];
const NAMES: [&str; 12] = [
    "Ada Corvin",
    "Boris Hale",
    "Chiara Monte",
    "Dunja Perk",
    "Emil Sorge",
    "Farah Idris",
    "Goran Vale",
    "Hana Lisk",
    "Ivo Brandt",
    "Jana Crewe",
    "Kofi Larn",
    "Lena Osric",
];
const CITIES: [&str; 10] = [
    "ARDEN",
    "BELMOOR",
    "CASTRAVIA",
    "DORNHAVEN",
    "ELSBACH",
    "FERROL",
    "GLANMERE",
    "HALVIK",
    "ISTRA",
    "JORVIK",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// So many different words besides the small ones.
const VOCABULARY: u64 = 60_000;
const IN_A_FOLDER: u64 = 100;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize, default| match arguments.get(at).map(|it| it.parse::<u64>()) {
        None => Ok(default),
        Some(number) => {
            number.map_err(|error| io::Error::other(format!("`{}`: {error}", arguments[at])))
        }
    };
    let Some(folder) = arguments.first() else {
        return Err(io::Error::other("usage: generate_archive FOLDER [ARTICLES] [SEED]"));
    };
    let (articles, seed) = (number(1, 200_000)?, number(2, 1)?);
    let mut bytes = 0;
    for article in 0..articles {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ article);
        let below = Path::new(folder).join(format!("{:05}", article / IN_A_FOLDER));
        if article % IN_A_FOLDER == 0 {
            fs::create_dir_all(&below)?;
        }
        let written = write_article(&below, article, &mut random)?;
        bytes += written;
    }
    println!("{articles} articles, {:.1} MB in `{folder}`", bytes as f64 / 1e6);
    Ok(())
}

fn write_article(below: &Path, article: u64, random: &mut Random) -> io::Result<usize> {
    let title = capital(&sentence(random, 5, 9));
    let author = NAMES[random.below(NAMES.len() as u64) as usize];
    let city = CITIES[random.below(CITIES.len() as u64) as usize];
    let (year, month, day) = (1995 + random.below(25), 1 + random.below(12), 1 + random.below(28));
    let paragraphs: Vec<String> = (0..random.between(4, 12))
        .map(|_| {
            let sentences =
                (0..random.between(2, 5)).map(|_| capital(&sentence(random, 8, 24)) + ".");
            sentences.collect::<Vec<_>>().join(" ")
        })
        .collect();
    let (name, text) = if article % 4 == 3 {
        let mut page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title>\
             <meta property=\"article:published_time\" content=\"{year}-{month:02}-{day:02}\">\
             <meta name=\"author\" content=\"{author}\"></head><body><article><h1>{title}</h1>\n"
        );
        for paragraph in &paragraphs {
            let _ = writeln!(page, "<p>{paragraph}</p>");
        }
        page.push_str("</article></body></html>\n");
        (format!("{article:08}.html"), page)
    } else {
        let month = MONTHS[month as usize - 1];
        let mut text = format!("{title}\n\nBy {author}\n{day} {month} {year}\n\n{city} - ");
        text.push_str(&paragraphs.join("\n\n"));
        text.push('\n');
        (format!("{article:08}.txt"), text)
    };
    fs::write(below.join(name), &text)?;
    Ok(text.len())
}

fn sentence(random: &mut Random, least: u64, most: u64) -> String {
    let words = (0..random.between(least, most)).map(|_| {
        if random.below(100) < 40 {
            SMALL[random.below(SMALL.len() as u64) as usize].to_owned()
        } else {
            word(random.skewed(VOCABULARY))
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The word of a rank: two to four syllables, the same for the same rank.
fn word(rank: u64) -> String {
    let mut draw = Random(rank.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..draw.between(2, 4))
        .map(|_| SYLLABLES[draw.below(SYLLABLES.len() as u64) as usize])
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `SplitMix64` (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    /// Rank `r` about as often as `1 / r`.
    fn skewed(&mut self, end: u64) -> u64 {
        let part = self.next() as f64 / u64::MAX as f64;
        ((end as f64).powf(part) as u64).min(end - 1)
    }
}
