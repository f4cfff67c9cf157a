//! The data of training -> documents with tags, and the tables of words and places.

use std::collections::{HashMap, HashSet};
/// Hash and value, sorted.
pub(crate) type Pairs = Vec<(u32, u32)>;
use morgue::normalize::entities::{
    countries::country_bits,
    lexicon::*,
    tags::*,
    titles::*,
    tokens::tokenize,
    words::{hash, join},
};
pub(crate) struct Sentence {
    pub(crate) words: Vec<String>,
    pub(crate) tags: Vec<Option<(Kind, bool)>>,
} // (kind, begins)
pub(crate) struct Doc {
    pub(crate) sentences: Vec<Sentence>,
}
pub(crate) fn seq(s: &str) -> u32 {
    let mut h = 0;
    for (i, w) in s.split_whitespace().enumerate() {
        let n = hash(w);
        h = if i == 0 { n } else { join(h, n) };
    }
    h
}
/// The tables of words and of places.
pub(crate) fn lexicon(dir: &str, lists: &str) -> (Pairs, Pairs) {
    let mut m: HashMap<u32, WordFacts> = HashMap::new();
    let mut order = vec![];
    for (i, l) in
        std::fs::read_to_string(format!("{dir}/clusters.tsv")).unwrap().lines().enumerate()
    {
        let v: Vec<&str> = l.split('\t').collect();
        if v.len() < 4 {
            continue;
        }
        let h = hash(v[0]);
        if m.contains_key(&h) {
            continue;
        }
        order.push(h);
        m.insert(
            h,
            WordFacts {
                coarse: v[1].parse::<u8>().unwrap() + 1,
                middle: v[2].parse::<u16>().unwrap() + 1,
                fine: v[3].parse::<u16>().unwrap() + 1,
                rank: if i < 2000 {
                    1
                } else if i < 15000 {
                    2
                } else {
                    3
                },
                given: 0,
                surname: 0,
            },
        );
    }
    for l in std::fs::read_to_string(format!("{dir}/names.tsv")).unwrap().lines() {
        let v: Vec<&str> = l.split('\t').collect();
        let h = hash(v[0]);
        let e = m.entry(h).or_insert_with(|| {
            order.push(h);
            WordFacts::default()
        });
        e.given = v[1].parse().unwrap();
        e.surname = v[2].parse().unwrap();
    }
    let mut w: Vec<(u32, u32)> = order.iter().map(|h| (*h, pack(m[h]))).collect();
    let mut p = vec![];
    let mut seen = HashMap::new();
    for l in std::fs::read_to_string(format!("{dir}/places.tsv")).unwrap().lines() {
        let v: Vec<&str> = l.split('\t').collect();
        let h = seq(v[0]);
        *seen.entry(h).or_insert(0u32) |= v[1].parse::<u32>().unwrap();
    }
    for (f, bit) in [("organizations.txt", 64u32), ("regions.txt", 128)] {
        for l in std::fs::read_to_string(format!("{lists}/{f}")).unwrap().lines() {
            if l.starts_with('#') {
                continue;
            }
            for n in l.split(';') {
                let n = n.trim();
                if n.is_empty() {
                    continue;
                }
                let mut t = vec![];
                tokenize(n, &mut t);
                let mut h = 0;
                for (i, x) in t.iter().enumerate() {
                    let y = hash(&n[x.start as usize..x.end as usize]);
                    h = if i == 0 { y } else { join(h, y) };
                }
                *seen.entry(h).or_insert(0) |= bit;
            }
        }
    }
    for l in std::fs::read_to_string(format!("{lists}/countries.txt")).unwrap().lines() {
        let Some((code, names)) = l.split_once(": ").filter(|_| !l.starts_with('#')) else {
            continue;
        };
        for n in names.split("; ") {
            *seen.get_mut(&seq(n)).unwrap() |= country_bits(code).unwrap();
        }
    }
    for (h, b) in seen {
        p.push((h, b));
    }
    p.sort();
    w.sort_unstable();
    (w, p)
}
pub(crate) fn read(dir: &str, file: &str) -> Vec<Doc> {
    let text = std::fs::read_to_string(format!("{dir}/{file}.tsv")).unwrap();
    let mut docs: Vec<Doc> = vec![];
    let mut cur = Sentence { words: vec![], tags: vec![] };
    let flush = |cur: &mut Sentence, docs: &mut Vec<Doc>| {
        if !cur.words.is_empty() {
            if docs.is_empty() {
                docs.push(Doc { sentences: vec![] });
            }
            let s = std::mem::replace(cur, Sentence { words: vec![], tags: vec![] });
            docs.last_mut().unwrap().sentences.push(s);
        }
    };
    for l in text.lines() {
        if l == "#DOC" || l.starts_with("#DOC") {
            flush(&mut cur, &mut docs);
            docs.push(Doc { sentences: vec![] });
            continue;
        }
        if l.trim().is_empty() {
            flush(&mut cur, &mut docs);
            continue;
        }
        let Some((w, t)) = l.rsplit_once('\t') else { continue };
        if w == "-DOCSTART-" {
            continue;
        }
        let tag = match t {
            "O" => None,
            _ => {
                let (b, k) = t.split_once('-').unwrap();
                let kind = match k {
                    "PER" => Some(Kind::Person),
                    "ORG" => Some(Kind::Organization),
                    "LOC" => Some(Kind::Place),
                    _ => None,
                };
                kind.map(|k| (k, b == "B"))
            }
        };
        // first I without B
        let tag =
            tag.map(|(k, b)| (k, b || !matches!(cur.tags.last(),Some(Some((k2,_))) if *k2==k)));
        let w = match w {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            w => w,
        };
        let w = if file.starts_with("wnut") { w.trim_start_matches('#') } else { w };
        if w.is_empty() {
            continue;
        }
        cur.words.push(w.to_string());
        cur.tags.push(tag);
    }
    flush(&mut cur, &mut docs);
    // join hyphens inside entities
    for d in &mut docs {
        for s in &mut d.sentences {
            let mut i = 1;
            while i + 1 < s.words.len() {
                if s.words[i] == "-"
                    && s.tags[i].is_some_and(|t| !t.1)
                    && s.tags[i + 1].is_some_and(|t| !t.1)
                {
                    let w = format!("{}-{}", s.words[i - 1], s.words[i + 1]);
                    s.words[i - 1] = w;
                    s.words.drain(i..i + 2);
                    s.tags.drain(i..i + 2);
                } else {
                    i += 1;
                }
            }
        }
    }
    let nat: HashSet<String> = std::fs::read_to_string(format!("{dir}/places.tsv"))
        .unwrap()
        .lines()
        .filter_map(|l| {
            let (a, b) = l.split_once('\t')?;
            let b: u32 = b.parse().ok()?;
            (b & 16 != 0 && b & (1 | 2 | 4 | 8 | 32) == 0).then(|| a.to_string())
        })
        .collect();
    for d in &mut docs {
        for s in &mut d.sentences {
            clean(s, file, &nat);
        }
    }
    docs.retain(|d| !d.sentences.is_empty());
    // cap size of docs (wikigold has none)
    docs
}
pub(crate) fn bilou(s: &[Option<(Kind, bool)>]) -> Vec<u8> {
    let n = s.len();
    (0..n)
        .map(|i| match s[i] {
            None => 0,
            Some((k, b)) => {
                let begins = b || i == 0 || s[i - 1].is_none_or(|x| x.0 != k);
                let ends = i + 1 == n || s[i + 1].is_none_or(|x| x.0 != k || x.1);
                tag(
                    k,
                    match (begins, ends) {
                        (true, true) => Part::Unit,
                        (true, false) => Part::Begin,
                        (false, true) => Part::Last,
                        _ => Part::Inside,
                    },
                )
            }
        })
        .collect()
}

fn clean(s: &mut Sentence, file: &str, nat: &HashSet<String>) {
    let cap = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let n = s.words.len();
    let mut i = 0;
    while i < n {
        let Some((k, _)) = s.tags[i] else {
            i += 1;
            continue;
        };
        let mut j = i + 1;
        while j < n && s.tags[j].is_some_and(|t| t.0 == k && !t.1) {
            j += 1;
        }
        let (mut a, mut b) = (i, j);
        while a < b
            && matches!(
                s.words[a].to_lowercase().as_str(),
                "the" | "a" | "an" | "this" | "our" | "his" | "my" | "your" | "," | "\"" | "of"
            )
        {
            a += 1;
        }
        while b > a && matches!(s.words[b - 1].as_str(), "'s" | "’s" | "'" | "," | "." | "\"") {
            b -= 1;
        }
        if k == Kind::Person {
            while a < b && (is_title(&s.words[a]) || nat.contains(&s.words[a].to_lowercase())) {
                a += 1;
                while a < b && matches!(s.words[a].as_str(), "of" | "the" | "-") {
                    a += 1;
                }
            }
            if b - a == 1 {
                let l = s.words[a].to_lowercase();
                if matches!(
                    l.as_str(),
                    "petitioner"
                        | "democrats"
                        | "republicans"
                        | "lords"
                        | "respondent"
                        | "muslims"
                        | "christians"
                        | "jews"
                        | "nobody"
                        | "everyone"
                        | "god"
                ) || nat.contains(&l)
                    || l.strip_suffix('s').is_some_and(|x| nat.contains(x))
                {
                    a = b;
                }
            }
        }
        if k == Kind::Place && b - a == 1 && {
            let l = s.words[a].to_lowercase();
            nat.contains(&l) || l.strip_suffix('s').is_some_and(|x| nat.contains(x))
        } {
            a = b;
        }
        if file == "gum" && k != Kind::Person && a == i && a < b {
            while a > 1
                && s.tags[a - 1].is_none()
                && cap(&s.words[a - 1])
                && s.words[a - 1].len() > 1
                && !matches!(s.words[a - 1].as_str(), "The" | "A" | "In" | "On" | "At")
            {
                a -= 1;
            }
            if a == 1 && s.tags[0].is_none() && s.words[0] == "United" {
                a = 0;
            }
        }
        for t in &mut s.tags[i..j] {
            *t = None;
        }
        for (x, t) in s.tags[a..b].iter_mut().enumerate() {
            *t = Some((k, x == 0));
        }
        if file == "gum" && a < i {
            for (x, t) in s.tags[a..b].iter_mut().enumerate() {
                *t = Some((k, x == 0));
            }
        }
        i = j;
    }
}
