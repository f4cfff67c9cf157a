//! AGENCIES: one row a news agency, with the ways it is written.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The agency this text names, if it names one and nothing else: `Reuters`, `(AFP)`, `Associated Press`.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let folded = text.to_lowercase();
    let row = |name: &str| BY_SPELLING.get(name).copied();
    row(&folded).or_else(|| desk_of(&folded).and_then(row))
}

/// The agency of a desk or a region (`dpa/lno`, `dpa-infocom`), or that somebody signs beside with a few letters (`det/dpa`).
fn desk_of(folded: &str) -> Option<&str> {
    let Some((head, tail)) = folded.split_once('/') else {
        // With a hyphen only what is hardly the beginning of a name.
        let (head, tail) = folded.split_once('-')?;
        return (head == "dpa" && tail.len() <= LONGEST_DESK).then_some(head);
    };
    let is_short = |text: &str, most| {
        (2..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase())
    };
    match (WITH_DESKS.contains(&head), WITH_DESKS.contains(&tail)) {
        (true, _) => is_short(tail, LONGEST_DESK).then_some(head),
        (false, true) => is_short(head, LONGEST_SIGN).then_some(tail),
        (false, false) => None,
    }
}

/// Agencies that name the desk.
static WITH_DESKS: &[&str] = &["dpa", "apa", "sda", "afp", "epd", "kna", "sid"];
const LONGEST_DESK: usize = 9;
const LONGEST_SIGN: usize = 4;

/// The agency whose name ends this text, and what stands before it: `Brad Schade Reuters`.
pub(super) fn at_end(text: &str) -> Option<(&str, &'static str)> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut cut = text.len();
    let mut found = None;
    // The longest name wins: `The Associated Press` has three words.
    for _ in 0..3 {
        let Some(at) = text.get(..cut).and_then(|head| head.rfind([' ', '/', '('])) else { break };
        cut = at;
        if let Some(agency) = text.get(cut..).and_then(named) {
            let before = text.get(..cut)?.trim_end_matches([' ', '/', '(', ',', '-', '–', '—']);
            found = Some((before, agency));
        }
    }
    found
}

/// The rows by spelling; the first row has it. Every part of every line that may be a credit is asked for.
static BY_SPELLING: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = AGENCIES.iter().rev();
    rows.flat_map(|(name, spellings)| spellings.iter().map(|it| (*it, *name))).collect()
});

/// Name as it is shown; spellings in lower case.
static AGENCIES: &[(&str, &[&str])] = &[
    (
        "Reuters",
        &[
            "reuters",
            "reuter",
            "reutersd",
            "thomson reuters",
            "reuters news agency",
            "рейтер",
            "路透社",
            "ロイター",
        ],
    ),
    ("AP", &["ap", "associated press", "the associated press", "a.p", "美联社"]),
    ("AFP", &["afp", "agence france-presse", "agence france presse", "法新社", "afp通信"]),
    ("UPI", &["upi", "united press international", "united press"]),
    ("dpa", &["dpa", "deutsche presse-agentur", "dpa-afx"]),
    ("epd", &["epd", "evangelischer pressedienst"]),
    ("KNA", &["kna"]),
    ("SID", &["sid", "sport-informations-dienst"]),
    ("APA", &["apa"]),
    ("SDA", &["sda", "keystone-sda", "sda-ats", "ats"]),
    ("EFE", &["efe", "agencia efe"]),
    ("Europa Press", &["europa press", "europapress"]),
    ("ANSA", &["ansa"]),
    ("AGI", &["agi"]),
    ("Adnkronos", &["adnkronos"]),
    ("LUSA", &["lusa", "agência lusa"]),
    ("Agência Brasil", &["agência brasil"]),
    ("Estadão Conteúdo", &["estadão conteúdo", "estadao conteudo"]),
    ("ANP", &["anp"]),
    ("Belga", &["belga"]),
    ("TT", &["tt", "tt nyhetsbyrån"]),
    ("NTB", &["ntb"]),
    ("Ritzau", &["ritzau"]),
    ("STT", &["stt", "stt-lehtikuva"]),
    ("PAP", &["pap"]),
    ("ČTK", &["čtk", "ctk"]),
    ("TASR", &["tasr"]),
    ("MTI", &["mti"]),
    ("Agerpres", &["agerpres"]),
    ("Mediafax", &["mediafax"]),
    ("HINA", &["hina"]),
    ("Tanjug", &["tanjug", "танјуг"]),
    ("BTA", &["bta", "бта"]),
    ("TASS", &["tass", "itar-tass", "тасс", "итар-тасс"]),
    ("RIA Novosti", &["ria novosti", "риа новости", "ria"]),
    ("Interfax", &["interfax", "интерфакс"]),
    ("Ukrinform", &["ukrinform", "укрінформ"]),
    ("UNIAN", &["unian", "уніан", "униан"]),
    ("BelTA", &["belta", "белта"]),
    ("Anadolu", &["aa", "anadolu", "anadolu agency", "anadolu ajansı"]),
    ("DHA", &["dha", "demirören haber ajansı"]),
    ("IHA", &["iha", "ihlas haber ajansı"]),
    ("Xinhua", &["xinhua", "新华社", "新華社"]),
    ("CNA", &["cna", "中央社"]),
    ("Kyodo", &["kyodo", "kyodo news", "共同通信", "共同"]),
    ("Jiji", &["jiji", "jiji press", "時事通信", "時事"]),
    ("Yonhap", &["yonhap", "연합뉴스"]),
    ("Newsis", &["뉴시스", "newsis"]),
    ("PTI", &["pti", "press trust of india"]),
    ("ANI", &["ani"]),
    ("IANS", &["ians"]),
    ("Antara", &["antara"]),
    ("Bernama", &["bernama"]),
    ("AAP", &["aap", "australian associated press"]),
    ("PA", &["pa", "press association", "pa media", "the press association"]),
    ("CP", &["cp", "the canadian press", "canadian press", "la presse canadienne"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("Dow Jones", &["dow jones", "dow jones newswires"]),
    ("MENA", &["mena"]),
    ("WAM", &["wam", "وام"]),
    ("SPA", &["spa", "واس"]),
    ("IRNA", &["irna", "ایرنا"]),
];

#[cfg(test)]
mod tests {
    use super::{at_end, named};

    #[test]
    fn agencies_by_name() {
        assert_eq!(named("(Reuters)"), Some("Reuters"));
        assert_eq!(named("REUTERS."), Some("Reuters"));
        assert_eq!(named("Associated Press"), Some("AP"));
        assert_eq!(named("Andrew Smith"), None);
        assert_eq!(at_end("Brad Schade Reuters"), Some(("Brad Schade", "Reuters")));
        assert_eq!(at_end("Ann Lee/The Associated Press"), Some(("Ann Lee", "AP")));
        assert_eq!(at_end("Ann Lee"), None);
    }
}
