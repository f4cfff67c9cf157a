//! Tagged documents -> weights.

use crate::{augment::*, corpus::*};
use morgue::normalize::entities::{
    Seen, features::*, lexicon::*, segments::*, tags::*, viterbi::*, words::*,
};
use std::collections::HashMap;
pub(crate) struct Model {
    pub(crate) index: HashMap<u32, u32>,
    pub(crate) weights: Vec<[f32; 16]>,
    pub(crate) steps: Steps,
}
pub(crate) struct Seg {
    pub(crate) start: u32,
    pub(crate) len: u32,
} // into feats offsets
pub(crate) struct Data {
    pub(crate) feats: Vec<u32>,
    pub(crate) offs: Vec<u32>,
    pub(crate) gold: Vec<u8>,
    pub(crate) segs: Vec<Seg>,
    pub(crate) index: HashMap<u32, u32>,
    pub(crate) lost: usize,
    pub(crate) cut: usize,
    pub(crate) ents: usize,
}
pub(crate) fn words_of(s: &Sentence) -> Vec<Word<'_>> {
    let mut out: Vec<Word> = s
        .words
        .iter()
        .map(|w| {
            let sh = if w.contains("://") || w.starts_with('@') { Shape::Number } else { shape(w) };
            Word::new(w, sh, false)
        })
        .collect();
    let mut ended = true;
    for w in out.iter_mut() {
        match w.shape {
            Shape::Sign => match w.text {
                "." | "!" | "?" => ended = true,
                "\"" | "'" | "”" | "’" | "“" | "‘" | ")" | "(" | "[" | "]" | "*" | "-" | "–"
                | "—" | "•" => {}
                _ => ended = false,
            },
            Shape::Lower => ended = false,
            _ => {
                w.first = ended;
                ended = false;
            }
        }
    }
    out
}
pub(crate) fn add(d: &Doc, lex: &Lexicon, data: &mut Data) {
    let lines: Vec<Vec<Word>> = d.sentences.iter().map(words_of).collect();
    let hab = Seen::of(lines.iter().map(|l| (l.as_slice(), case(l))));
    let mut segs = vec![];
    let mut line = Line::default();
    let mut f = vec![];
    for (ws, s) in lines.iter().zip(&d.sentences) {
        segments(ws, &mut segs);
        look_up(ws, &segs, case(ws), lex, &hab, &mut line);
        let mut covered = vec![false; ws.len()];
        for (a, b) in &segs {
            let cut_left = *a > 0 && s.tags[*a].is_some_and(|y| !y.1);
            let cut_right = *b < ws.len() && s.tags[*b].is_some_and(|y| !y.1);
            for i in *a..*b {
                covered[i] = true;
            }
            if cut_left || cut_right {
                data.cut += 1;
                continue;
            }
            let gold = bilou(&s.tags[*a..*b]);
            data.segs.push(Seg { start: data.gold.len() as u32, len: (b - a) as u32 });
            for at in *a..*b {
                covered[at] = true;
                features(ws, &line, at, (*a, *b), &mut f);
                for x in &f {
                    let n = data.index.len() as u32;
                    let id = *data.index.entry(*x).or_insert(n);
                    data.feats.push(id);
                }
                data.offs.push(data.feats.len() as u32);
                data.gold.push(gold[at - *a]);
            }
        }
        for (i, t) in s.tags.iter().enumerate() {
            if let Some((_, true)) = t {
                data.ents += 1;
                if !covered[i] {
                    data.lost += 1;
                }
            }
        }
    }
}
/// Files of the corpus, in the order they are read.
const FILES: &[&str] =
    &["wikigold", "wnut.train", "wnut.dev", "wnut.test", "btc", "ewt.dev", "ewt.test", "gum"];
/// How many of the documents also come in capitals, and as headlines.
const COPIES: f64 = 0.15;
/// A feature has to be seen so often to be kept.
const SEEN: u32 = 2;
/// Passes over the data.
const PASSES: usize = 12;
/// The step of the first update.
const STEP: f32 = 0.03;
pub(crate) fn train(dir: &str, lists: &str, lex: &Lexicon) -> Model {
    let mut docs = vec![];
    for f in FILES {
        docs.extend(read(dir, f));
    }
    let pools = pools(dir, lists, &docs);
    let mut r = Rng(0x9E3779B97F4A7C15);
    let mut data = Data {
        feats: vec![],
        offs: vec![0],
        gold: vec![],
        segs: vec![],
        index: HashMap::new(),
        lost: 0,
        cut: 0,
        ents: 0,
    };
    for d in &docs {
        add(d, lex, &mut data);
    }
    println!(
        "{} documents, {} runs of {} words; {} of {} names stand in no run, {} runs cut a name",
        docs.len(),
        data.segs.len(),
        data.gold.len(),
        data.lost,
        data.ents,
        data.cut
    );
    for d in &docs {
        if r.chance(COPIES) {
            let d = if r.chance(0.5) {
                swap(d, &mut r, &pools)
            } else {
                Doc {
                    sentences: d
                        .sentences
                        .iter()
                        .map(|s| Sentence { words: s.words.clone(), tags: s.tags.clone() })
                        .collect(),
                }
            };
            add(&upper(&d), lex, &mut data);
        }
        if r.chance(COPIES) {
            let d = swap(d, &mut r, &pools);
            add(&titled(&d), lex, &mut data);
        }
    }
    let mut count = vec![0u32; data.index.len()];
    for f in &data.feats {
        count[*f as usize] += 1;
    }
    let mut remap = vec![u32::MAX; count.len()];
    let mut n = 0u32;
    for (i, c) in count.iter().enumerate() {
        if *c >= SEEN {
            remap[i] = n;
            n += 1;
        }
    }
    let index: HashMap<u32, u32> = data
        .index
        .iter()
        .filter(|(_, v)| remap[**v as usize] != u32::MAX)
        .map(|(k, v)| (*k, remap[*v as usize]))
        .collect();
    for f in &mut data.feats {
        *f = remap[*f as usize];
    }
    crf(data, index, n as usize)
}
/// A linear-chain CRF, by stochastic gradient with a step of its own for each weight.
fn crf(data: Data, index: HashMap<u32, u32>, n: usize) -> Model {
    let (eta, l2) = (STEP, 1e-6f32);
    let mut w = vec![[0f32; 16]; n];
    let mut g2 = vec![[1e-8f32; 16]; n];
    let mut steps = free_steps();
    let mut sg2 = [[1e-8f32; TAGS]; TAGS];
    let mut r = Rng(77);
    let mut order: Vec<usize> = (0..data.segs.len()).collect();
    for pass in 0..PASSES {
        for i in (1..order.len()).rev() {
            let j = r.below(i + 1);
            order.swap(i, j);
        }
        let mut ll = 0f64;
        for &si in &order {
            let s = &data.segs[si];
            let len = s.len as usize;
            let mut sc: Vec<[f32; 16]> = Vec::with_capacity(len);
            for t in s.start..s.start + s.len {
                let mut x = [0f32; 16];
                for f in data.feats
                    [data.offs[t as usize] as usize..data.offs[t as usize + 1] as usize]
                    .iter()
                {
                    if *f != u32::MAX {
                        let row = &w[*f as usize];
                        for k in 0..16 {
                            x[k] += row[k];
                        }
                    }
                }
                sc.push(x);
            }
            let est = |a: usize, b: usize| {
                if steps[a][b] == f32::NEG_INFINITY { 0.0 } else { steps[a][b].exp() }
            };
            let mut e = [[0f32; TAGS]; TAGS];
            for a in 0..TAGS {
                for b in 0..TAGS {
                    e[a][b] = est(a, b);
                }
            }
            // forward with scaling in prob domain
            let mut ex = vec![[0f32; TAGS]; len];
            let mut logz = 0f64;
            for t in 0..len {
                let m = sc[t][..TAGS].iter().cloned().fold(f32::MIN, f32::max);
                logz += m as f64;
                for k in 0..TAGS {
                    ex[t][k] = (sc[t][k] - m).exp();
                }
            }
            let mut al = vec![[0f32; TAGS]; len];
            for t in 0..len {
                for b in 0..TAGS {
                    let mut v = 0.0;
                    if t == 0 {
                        v = e[0][b];
                    } else {
                        for a in 0..TAGS {
                            v += al[t - 1][a] * e[a][b];
                        }
                    }
                    al[t][b] = v * ex[t][b];
                }
                let z: f32 = al[t].iter().sum::<f32>().max(1e-30);
                logz += (z as f64).ln();
                for b in 0..TAGS {
                    al[t][b] /= z;
                }
            }
            let endz: f32 = (0..TAGS).map(|a| al[len - 1][a] * e[a][0]).sum::<f32>().max(1e-30);
            logz += (endz as f64).ln();
            let mut be = vec![[0f32; TAGS]; len];
            for a in 0..TAGS {
                be[len - 1][a] = e[a][0] / endz;
            }
            for t in (0..len - 1).rev() {
                let mut z = 0.0;
                for a in 0..TAGS {
                    let mut v = 0.0;
                    for b in 0..TAGS {
                        v += e[a][b] * ex[t + 1][b] * be[t + 1][b];
                    }
                    be[t][a] = v;
                    z += v * al[t][a];
                }
                let z = z.max(1e-30);
                for a in 0..TAGS {
                    be[t][a] /= z;
                }
            }
            let gold = &data.gold[s.start as usize..(s.start + s.len) as usize];
            let mut gs = 0f64;
            let mut pg = 0usize;
            for t in 0..len {
                gs += (sc[t][gold[t] as usize] + steps[pg][gold[t] as usize]) as f64;
                pg = gold[t] as usize;
            }
            gs += steps[pg][0] as f64;
            ll += gs - logz;
            // gradients
            for (t, tt) in (s.start..s.start + s.len).enumerate() {
                let mut g = [0f32; 16];
                let mut z = 0.0;
                for k in 0..TAGS {
                    g[k] = al[t][k] * be[t][k];
                    z += g[k];
                }
                let mut big = 0f32;
                for k in 0..TAGS {
                    g[k] = -g[k] / z.max(1e-30);
                }
                g[gold[t] as usize] += 1.0;
                for k in 0..TAGS {
                    big = big.max(g[k].abs());
                }
                if big < 1e-3 {
                    continue;
                }
                for f in data.feats
                    [data.offs[tt as usize] as usize..data.offs[tt as usize + 1] as usize]
                    .iter()
                {
                    if *f != u32::MAX {
                        let f = *f as usize;
                        let row = &mut w[f];
                        let gg = &mut g2[f];
                        for k in 0..TAGS {
                            let x = g[k] - l2 * row[k];
                            gg[k] += x * x;
                            row[k] += eta * x / (gg[k].sqrt() + 0.1);
                        }
                    }
                }
            }
            let mut pg = 0usize;
            for t in 0..=len {
                let mut ge = [[0f32; TAGS]; TAGS];
                let g = if t == len { 0 } else { gold[t] as usize };
                let mut z = 0.0;
                for a in 0..TAGS {
                    let av = if t == 0 { if a == 0 { 1.0 } else { 0.0 } } else { al[t - 1][a] };
                    if av == 0.0 {
                        continue;
                    }
                    for b in 0..TAGS {
                        let bv = if t == len {
                            if b == 0 { 1.0 } else { 0.0 }
                        } else {
                            ex[t][b] * be[t][b]
                        };
                        ge[a][b] = av * e[a][b] * bv;
                        z += ge[a][b];
                    }
                }
                for a in 0..TAGS {
                    for b in 0..TAGS {
                        let mut x = -ge[a][b] / z.max(1e-30);
                        if a == pg && b == g {
                            x += 1.0;
                        }
                        if x != 0.0 && steps[a][b] != f32::NEG_INFINITY {
                            sg2[a][b] += x * x;
                            steps[a][b] += eta * x / (sg2[a][b].sqrt() + 0.1);
                        }
                    }
                }
                pg = g;
            }
        }
        println!("pass {} log likelihood {ll:.0}", pass + 1);
    }
    Model { index, weights: w, steps }
}
