//! Documents -> copies with other names, in capitals, and as headlines.

use crate::corpus::*;
use morgue::normalize::entities::tags::*;
pub(crate) struct Rng(pub(crate) u64);
impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545F4914F6CDD1D)
    }
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n.max(1)
    }
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        ((self.next() >> 11) as f64 / (1u64 << 53) as f64) < p
    }
}
pub(crate) struct Pools {
    pub(crate) mentions: [Vec<Vec<String>>; 3],
    pub(crate) given: Vec<String>,
    pub(crate) surname: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) big: Vec<String>,
    pub(crate) orgs: Vec<String>,
}
pub(crate) fn title(s: &str) -> String {
    s.split(' ')
        .map(|w| {
            let mut c = w.chars();
            match c.next() {
                Some(f) => f.to_uppercase().collect::<String>() + c.as_str(),
                None => String::new(),
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
pub(crate) fn pools(dir: &str, lists: &str, docs: &[Doc]) -> Pools {
    let mut p = Pools {
        mentions: Default::default(),
        given: vec![],
        surname: vec![],
        places: vec![],
        big: vec![],
        orgs: vec![],
    };
    for l in std::fs::read_to_string(format!("{dir}/names.tsv")).unwrap().lines() {
        let v: Vec<&str> = l.split('\t').collect();
        if v[1] != "0" && v[1] != "3" {
            p.given.push(title(v[0]));
        } else if v[1] == "3" {
            p.given.push(title(v[0]));
        }
        if v[2] == "1" {
            for _ in 0..8 {
                p.surname.push(title(v[0]));
            }
        } else if v[2] != "0" {
            p.surname.push(title(v[0]));
        }
    }
    for l in std::fs::read_to_string(format!("{dir}/places.tsv")).unwrap().lines() {
        let v: Vec<&str> = l.split('\t').collect();
        let b: u32 = v[1].parse().unwrap();
        if b & 16 != 0 {
            continue;
        }
        let t = title(v[0]);
        if b & (2 | 4 | 8) != 0 {
            p.big.push(t.clone());
        }
        p.places.push(t);
    }
    for l in std::fs::read_to_string(format!("{lists}/organizations.txt")).unwrap().lines() {
        if l.starts_with('#') {
            continue;
        }
        for n in l.split(';') {
            let n = n.trim();
            if !n.is_empty() {
                p.orgs.push(n.to_string());
            }
        }
    }
    for l in std::fs::read_to_string(format!("{lists}/regions.txt")).unwrap().lines() {
        if l.starts_with('#') {
            continue;
        }
        for n in l.split(';') {
            let n = n.trim();
            if !n.is_empty() {
                p.big.push(n.to_string());
            }
        }
    }
    for d in docs {
        for s in &d.sentences {
            let mut i = 0;
            while i < s.words.len() {
                if let Some((k, _)) = s.tags[i] {
                    let mut j = i + 1;
                    while j < s.words.len() && s.tags[j].is_some_and(|t| t.0 == k && !t.1) {
                        j += 1;
                    }
                    if s.words[i].chars().next().is_some_and(char::is_uppercase) {
                        p.mentions[k as usize].push(s.words[i..j].to_vec());
                    }
                    i = j;
                } else {
                    i += 1;
                }
            }
        }
    }
    p
}
pub(crate) fn fill(kind: Kind, r: &mut Rng, p: &Pools, old: &[String]) -> Vec<String> {
    let pick = |r: &mut Rng, v: &Vec<String>| v[r.below(v.len())].clone();
    let words = |s: String| s.split(' ').map(str::to_string).collect::<Vec<_>>();
    match kind {
        Kind::Person => {
            if r.chance(0.25) {
                return p.mentions[0][r.below(p.mentions[0].len())].clone();
            }
            if old.len() == 1 {
                return vec![if r.chance(0.75) { pick(r, &p.surname) } else { pick(r, &p.given) }];
            }
            let mut v = vec![pick(r, &p.given)];
            if r.chance(0.12) {
                v.push(format!("{}.", (b'A' + r.below(26) as u8) as char));
            }
            v.push(pick(r, &p.surname));
            if r.chance(0.08) {
                v.push(pick(r, &p.surname));
            }
            v
        }
        Kind::Place => {
            if r.chance(0.3) {
                return p.mentions[2][r.below(p.mentions[2].len())].clone();
            }
            words(if r.chance(0.5) { pick(r, &p.big) } else { pick(r, &p.places) })
        }
        Kind::Organization => {
            let c = r.below(100);
            if c < 45 || p.orgs.is_empty() && c < 70 {
                return p.mentions[1][r.below(p.mentions[1].len())].clone();
            }
            if c < 70 {
                return words(pick(r, &p.orgs));
            }
            let place = |r: &mut Rng| words(pick(r, &p.big));
            let sur = |r: &mut Rng| pick(r, &p.surname);
            let mut v = vec![];
            match r.below(14) {
                0 => {
                    v.push(sur(r));
                    v.push(
                        [
                            "Corp.",
                            "Inc.",
                            "Ltd.",
                            "Co.",
                            "Group",
                            "Holdings",
                            "Industries",
                            "plc",
                            "AG",
                            "SA",
                            "Corp",
                            "Inc",
                            "Ltd",
                            "Co",
                        ][r.below(14)]
                        .into(),
                    );
                }
                1 => {
                    v.push(sur(r));
                    v.push("&".into());
                    v.push(sur(r));
                }
                2 => {
                    v.extend(["University".into(), "of".into()]);
                    v.extend(place(r));
                }
                3 => {
                    v.extend(place(r));
                    v.push("University".into());
                }
                4 => {
                    v.extend(["Bank".into(), "of".into()]);
                    v.extend(place(r));
                }
                5 => {
                    v.extend(["Ministry".into(), "of".into()]);
                    v.push(
                        [
                            "Finance",
                            "Defence",
                            "Health",
                            "Education",
                            "Justice",
                            "Agriculture",
                            "Energy",
                            "Transport",
                            "Trade",
                            "Labor",
                        ][r.below(10)]
                        .into(),
                    );
                }
                6 => {
                    v.push(
                        [
                            "Finance",
                            "Defense",
                            "Foreign",
                            "Health",
                            "Interior",
                            "Education",
                            "Justice",
                            "Agriculture",
                            "Trade",
                            "Labour",
                        ][r.below(10)]
                        .into(),
                    );
                    v.push(["Ministry", "Department"][r.below(2)].into());
                }
                7 => {
                    v.extend(place(r));
                    v.push(
                        ["Times", "Post", "Herald", "Tribune", "Daily", "News", "Gazette", "Star"]
                            [r.below(8)]
                        .into(),
                    );
                }
                8 => {
                    v.extend(place(r));
                    v.push(
                        [
                            "United", "City", "FC", "Tigers", "Lions", "Rangers", "Eagles",
                            "Police", "Airlines", "Airways",
                        ][r.below(10)]
                        .into(),
                    );
                }
                9 => {
                    v.push(
                        [
                            "National",
                            "International",
                            "Federal",
                            "Central",
                            "Royal",
                            "Supreme",
                            "World",
                            "European",
                            "African",
                            "Asian",
                            "American",
                        ][r.below(11)]
                        .into(),
                    );
                    v.push(
                        [
                            "Health",
                            "Trade",
                            "Football",
                            "Labor",
                            "Energy",
                            "Security",
                            "Election",
                            "Development",
                            "Aviation",
                            "Research",
                        ][r.below(10)]
                        .into(),
                    );
                    v.push(
                        [
                            "Commission",
                            "Council",
                            "Agency",
                            "Authority",
                            "Association",
                            "Federation",
                            "Institute",
                            "Bank",
                            "Organization",
                            "Union",
                            "Court",
                            "Committee",
                            "Board",
                        ][r.below(13)]
                        .into(),
                    );
                }
                10 => {
                    v.push(
                        [
                            "Democratic",
                            "Labor",
                            "National",
                            "People's",
                            "Socialist",
                            "Liberal",
                            "Conservative",
                            "Green",
                            "Communist",
                            "Republican",
                            "Workers",
                        ][r.below(11)]
                        .into(),
                    );
                    v.push(
                        ["Party", "Front", "Alliance", "Union", "Movement", "Congress"][r.below(6)]
                            .into(),
                    );
                }
                11 => {
                    let n = 2 + r.below(4);
                    v.push((0..n).map(|_| (b'A' + r.below(26) as u8) as char).collect());
                }
                12 => {
                    v.push(sur(r));
                    v.push(
                        [
                            "Steel",
                            "Motors",
                            "Electronics",
                            "Foods",
                            "Oil",
                            "Pharmaceuticals",
                            "Energy",
                            "Airlines",
                            "Bank",
                            "Securities",
                            "Insurance",
                            "Technologies",
                            "Media",
                            "Resources",
                            "Mining",
                            "Communications",
                            "Systems",
                            "International",
                        ][r.below(18)]
                        .into(),
                    );
                    if r.chance(0.5) {
                        v.push(
                            ["Corp.", "Inc.", "Ltd.", "Co.", "Corp", "Inc", "Ltd", "Co"]
                                [r.below(8)]
                            .into(),
                        );
                    }
                }
                _ => {
                    v.extend(place(r));
                    v.push(
                        [
                            "Chamber",
                            "Institute",
                            "Hospital",
                            "Museum",
                            "Committee",
                            "Council",
                            "Stock",
                            "Central",
                        ][r.below(8)]
                        .into(),
                    );
                    if v.last().unwrap() == "Chamber" {
                        v.extend(["of".into(), "Commerce".into()]);
                    } else if v.last().unwrap() == "Stock" {
                        v.push("Exchange".into());
                    } else if v.last().unwrap() == "Central" {
                        v.push("Bank".into());
                    }
                }
            }
            v
        }
    }
}
pub(crate) fn swap(d: &Doc, r: &mut Rng, p: &Pools) -> Doc {
    // consistent replacement inside document of same string
    let mut map = std::collections::HashMap::new();
    Doc {
        sentences: d
            .sentences
            .iter()
            .map(|s| {
                let mut o = Sentence { words: vec![], tags: vec![] };
                let mut i = 0;
                while i < s.words.len() {
                    if let Some((k, _)) = s.tags[i] {
                        let mut j = i + 1;
                        while j < s.words.len() && s.tags[j].is_some_and(|t| t.0 == k && !t.1) {
                            j += 1;
                        }
                        let old = &s.words[i..j];
                        let new = map
                            .entry((k, old.to_vec()))
                            .or_insert_with(|| fill(k, r, p, old))
                            .clone();
                        for (n, w) in new.iter().enumerate() {
                            o.words.push(w.clone());
                            o.tags.push(Some((k, n == 0)));
                        }
                        i = j;
                    } else {
                        o.words.push(s.words[i].clone());
                        o.tags.push(None);
                        i += 1;
                    }
                }
                o
            })
            .collect(),
    }
}
pub(crate) fn upper(d: &Doc) -> Doc {
    Doc {
        sentences: d
            .sentences
            .iter()
            .map(|s| Sentence {
                words: s.words.iter().map(|w| w.to_uppercase()).collect(),
                tags: s.tags.clone(),
            })
            .collect(),
    }
}
pub(crate) fn titled(d: &Doc) -> Doc {
    Doc {
        sentences: d
            .sentences
            .iter()
            .map(|s| Sentence {
                words: s
                    .words
                    .iter()
                    .enumerate()
                    .map(|(i, w)| {
                        if i > 0
                            && matches!(
                                w.as_str(),
                                "a" | "an"
                                    | "the"
                                    | "of"
                                    | "in"
                                    | "on"
                                    | "at"
                                    | "to"
                                    | "for"
                                    | "and"
                                    | "or"
                                    | "by"
                                    | "with"
                                    | "from"
                                    | "as"
                                    | "'s"
                                    | "n't"
                            )
                        {
                            w.clone()
                        } else {
                            title(w)
                        }
                    })
                    .collect(),
                tags: s.tags.clone(),
            })
            .collect(),
    }
}
