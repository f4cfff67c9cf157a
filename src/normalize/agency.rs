//! AGENCIES: one row a news agency, with the ways it is written.

/// The agency this text names, if it names one and nothing else: `Reuters`, `(AFP)`, `Associated Press`.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let folded = text.to_lowercase();
    AGENCIES.iter().find(|(_, spellings)| spellings.contains(&folded.as_str())).map(|row| row.0)
}

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
    ("dpa", &["dpa", "deutsche presse-agentur", "dpa-afx", "dpa/lni"]),
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
