//! A text -> its language: by its script and its commonest words, then by its letters in threes; none when unsure.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::article::{Article, Topic};

use super::claims::{Claims, note};
use super::text::{Block, Role};

/// Fills in the language. What the source states is believed only where the text itself does not decide:
/// templates of pages are often in another language than what they hold.
pub(super) fn read(claims: &Claims, blocks: &[Block], article: &mut Article) {
    let claim = claims.first(Topic::Language);
    if let Some(claim) = claim.filter(|it| matches!(it.from.as_ref(), "set" | "record"))
        && let Some(code) = code_of(&claim.value)
    {
        article.language = Some(code);
        note(article, "language", &claim.from);
        return;
    }
    let title = claims.first(Topic::Title).map(|claim| claim.value.as_str());
    let body =
        blocks.iter().filter(|block| block.role == Role::Body).map(|block| block.text.as_str());
    let texts = || body.clone().chain(title);
    if let Some(code) = vote(texts()) {
        article.language = Some(code.to_owned());
        note(article, "language", "text");
        return;
    }
    if let Some(claim) = claim
        && let Some(code) = code_of(&claim.value)
    {
        article.language = Some(code);
        note(article, "language", &claim.from);
        return;
    }
    if let Some(code) = by_letters(texts()) {
        article.language = Some(code.to_owned());
        note(article, "language", "text");
    }
}

/// `en-GB`, `EN_us`, `eng`, `English` -> `en`.
pub(super) fn code_of(value: &str) -> Option<String> {
    let value = value.trim().to_lowercase();
    let primary = value.split(['-', '_', ',', ' ']).next()?;
    if let Some((code, ..)) =
        NAMES.iter().find(|(_, long, name)| *long == primary || *name == primary)
    {
        return Some((*code).to_owned());
    }
    let plain = primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase());
    match primary {
        "no" => Some("nb".to_owned()),
        code if plain => Some(code.to_owned()),
        _ => None,
    }
}

/// Two letters, three letters, English name.
static NAMES: &[(&str, &str, &str)] = &[
    ("en", "eng", "english"),
    ("de", "deu", "german"),
    ("fr", "fra", "french"),
    ("es", "spa", "spanish"),
    ("it", "ita", "italian"),
    ("pt", "por", "portuguese"),
    ("nl", "nld", "dutch"),
    ("ru", "rus", "russian"),
    ("uk", "ukr", "ukrainian"),
    ("be", "bel", "belarusian"),
    ("pl", "pol", "polish"),
    ("sv", "swe", "swedish"),
    ("da", "dan", "danish"),
    ("nb", "nob", "norwegian"),
    ("fi", "fin", "finnish"),
    ("cs", "ces", "czech"),
    ("sk", "slk", "slovak"),
    ("hu", "hun", "hungarian"),
    ("ro", "ron", "romanian"),
    ("tr", "tur", "turkish"),
    ("el", "ell", "greek"),
    ("ca", "cat", "catalan"),
    ("ar", "ara", "arabic"),
    ("fa", "pes", "persian"),
    ("hi", "hin", "hindi"),
    ("id", "ind", "indonesian"),
    ("lt", "lit", "lithuanian"),
    ("et", "est", "estonian"),
    ("sr", "srp", "serbian"),
    ("ja", "jpn", "japanese"),
    ("zh", "cmn", "chinese"),
    ("ko", "kor", "korean"),
    ("th", "tha", "thai"),
    ("vi", "vie", "vietnamese"),
    ("he", "heb", "hebrew"),
    ("bg", "bul", "bulgarian"),
    ("hr", "hrv", "croatian"),
    ("sl", "slv", "slovenian"),
    ("lv", "lav", "latvian"),
    ("mk", "mkd", "macedonian"),
    ("bn", "ben", "bengali"),
    ("ta", "tam", "tamil"),
    ("ur", "urd", "urdu"),
    ("ka", "kat", "georgian"),
    ("hy", "hye", "armenian"),
    ("az", "aze", "azerbaijani"),
    ("uz", "uzb", "uzbek"),
    ("te", "tel", "telugu"),
    ("mr", "mar", "marathi"),
    ("gu", "guj", "gujarati"),
    ("pa", "pan", "punjabi"),
    ("ml", "mal", "malayalam"),
    ("kn", "kan", "kannada"),
    ("my", "mya", "burmese"),
    ("km", "khm", "khmer"),
    ("af", "afr", "afrikaans"),
];

/// The commonest words of each language, those that tell it from its neighbours among them.
static COMMON: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in a is that for it was on with as be at by from are this have said has were his an would which their its pct vs cts dlrs mln net loss profit inc corp company year",
    ),
    (
        "de",
        "der die und das in den von zu mit sich auf ist für im dem nicht ein eine als auch es an werden aus er hat nach bei einer um wird",
    ),
    (
        "fr",
        "le la les de des et en un une du que est pour qui dans au sur par plus pas il avec ce sont aux cette été ont son l d",
    ),
    (
        "es",
        "de la el en y que los del se las por un una con para su al lo como más es no ha fue sus este pero entre según sobre",
    ),
    (
        "it",
        "di il la che e in un una per del è della non con si le da dei al nel alla sono ha più gli anche delle lo come",
    ),
    (
        "pt",
        "de o a que e do da em um para com não uma os no se na por mais as dos foi ao ele das à seu pela até ser são também",
    ),
    (
        "nl",
        "de het een en van in is dat op te zijn voor met niet aan er om ook als bij door maar naar uit dan wordt werd heeft",
    ),
    (
        "sv",
        "och att det i en som är på av för med den till har inte om ett han men var jag sig från vi så kan när eller",
    ),
    (
        "da",
        "og at det i en som er på af for med den til har ikke de et han men var sig fra vi blev efter også kan mod",
    ),
    (
        "nb",
        "og at det i en som er på av for med den til har ikke de et han men var seg fra vi ble etter også kan mot sier",
    ),
    (
        "fi",
        "ja on ei että se hän oli ovat mutta myös kun mukaan sen joka ole kuin niin jos sekä voi jo vain",
    ),
    (
        "pl",
        "i w na z się nie do to że jest o po od za jak przez dla co są oraz ale tym był ma jego które który",
    ),
    (
        "cs",
        "a v se na že je s z do o to i za ve jsem by podle jak pro které který od ale po byl jeho při nebo také jsou",
    ),
    (
        "sk",
        "a v sa na že je s z do o to aj za vo by podľa ako pre ktoré ktorý od ale po bol jeho pri alebo sú",
    ),
    ("hu", "a az és hogy nem is egy volt meg ezt csak van azt de szerint már mint el még ki lesz"),
    (
        "ro",
        "și în de la a cu nu care pe din să este că pentru mai o au fost un sunt după al lui prin",
    ),
    ("tr", "ve bir bu için da de ile olarak çok daha gibi olan en ne kadar sonra dedi ama ise var"),
    (
        "ca",
        "de la el que i en a per un una amb els no les del es al ha com més aquest però són seva als també",
    ),
    ("hr", "i u je na se da su za s od a što nije o koji koje kao će te bi ili iz prema rekao"),
    ("sl", "in je v na se da so za z pa ki ne bi po od tudi kot ali še pri iz bo"),
    ("lt", "ir į kad su iš yra o tai bet kaip buvo už nuo po apie dėl jis jo prie"),
    ("lv", "un ir ar no uz ka par bet lai arī kā pie to viņš tika pēc kas nav"),
    ("et", "ja on ei et oli see ta kui mis ka oma aga või tema pole nii siis"),
    (
        "id",
        "yang dan di dengan untuk dari ini pada itu tidak dalam akan ke juga oleh adalah telah karena bisa",
    ),
    ("vi", "và của là có được cho trong một người không với các đã này từ để những khi ông tại"),
    ("ru", "и в не на что с по он как его это к но из у за от о для также был было а со года"),
    ("uk", "і в не на що з та у до за про як його це від але є для був із й або також року під"),
    ("bg", "и на в да за се от не е с че по са ще като това до който които при беше няма"),
    ("sr", "и у је на се да су за од што није који које као ће или из био са"),
    ("be", "і ў не на што з па як яго гэта але за да ад для быў каб у ён"),
    ("mk", "и на во да се од за е што со не го ги ќе кои дека по беше"),
    ("ar", "في من على إلى أن التي عن الذي مع هذا كان وقد بعد قال هذه ما لا بين و"),
    ("fa", "در به از که این را با است برای آن یک شده های می خود تا بر و"),
    ("ur", "کے کی میں ہے اور سے کا کو نے پر اس یہ کہ ہیں بھی"),
];

type Votes = HashMap<&'static str, u64, FxBuildHasher>;

/// Common words, and the languages each is common in, a bit a row.
static BY_WORD: LazyLock<Votes> = LazyLock::new(|| {
    let mut votes = Votes::default();
    for (row, (_, words)) in COMMON.iter().enumerate() {
        for word in words.split(' ') {
            *votes.entry(word).or_default() |= 1 << row;
        }
    }
    votes
});

/// How many words are looked at, and how many letters.
const WORDS: usize = 150;
const LETTERS: usize = 1_500;

fn vote<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut counts = [0_u32; COMMON.len()];
    let mut scores = [0_u32; COMMON.len()];
    let mut scripts = Scripts::default();
    let (mut words, mut letters) = (0_usize, 0_usize);
    let mut folded = String::with_capacity(32);
    'texts: for text in texts {
        let mut rest = text;
        while let Some((word, behind)) = next_word(rest) {
            rest = behind;
            words += 1;
            letters += word.len();
            if words > WORDS || letters > LETTERS {
                break 'texts;
            }
            folded.clear();
            if word.is_ascii() {
                scripts.latin += word.len();
                folded.push_str(word);
                folded.make_ascii_lowercase();
            } else {
                word.chars().take(200).for_each(|c| scripts.count(c));
                folded.extend(word.chars().take(24).flat_map(char::to_lowercase));
            }
            if folded.len() > 24 {
                continue;
            }
            let Some(mut rows) = BY_WORD.get(folded.as_str()).copied() else { continue };
            // A word that few languages share says more; a letter alone says little.
            let letter = folded.len() == 1;
            let weight = match rows.count_ones() {
                _ if letter => 1,
                1 => 6,
                2 => 4,
                3 => 3,
                4 => 2,
                _ => 1,
            };
            while rows != 0 {
                let row = rows.trailing_zeros() as usize;
                counts[row] += u32::from(!letter);
                scores[row] += weight;
                rows &= rows - 1;
            }
        }
    }
    if let Some(code) = scripts.decide() {
        return Some(code);
    }
    let (mut best, mut first, mut second) = (0, 0, 0);
    for (row, score) in scores.iter().enumerate() {
        if *score > first {
            (best, first, second) = (row, *score, first);
        } else {
            second = second.max(*score);
        }
    }
    let count = counts[best] as usize;
    let enough = count >= 4 && count * 8 >= words.min(WORDS);
    (enough && first * 5 >= second * 6 + 5).then(|| COMMON[best].0)
}

/// The next word, and what stands behind it.
fn next_word(text: &str) -> Option<(&str, &str)> {
    // Letters of ASCII are told by their bytes; where others stand, by characters.
    let bytes = text.as_bytes();
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let start = bytes.iter().position(is_letter)?;
    let length = bytes.get(start..)?.iter().position(|it| !is_letter(it));
    let (word, rest) = text.get(start..)?.split_at_checked(length.unwrap_or(text.len() - start))?;
    if word.is_ascii() {
        return Some((word, rest));
    }
    let text = text.get(start..)?;
    let text = text.get(text.find(char::is_alphabetic)?..)?;
    text.split_at_checked(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

/// Letters by script.
#[derive(Debug, Default)]
struct Scripts {
    latin: usize,
    han: usize,
    kana: usize,
    other: [usize; ALONE.len()],
}

/// Scripts that one language of the news writes alone.
static ALONE: &[(&str, char, char)] = &[
    ("ko", '\u{ac00}', '\u{d7a3}'),
    ("th", '\u{e01}', '\u{e5b}'),
    ("el", '\u{370}', '\u{3ff}'),
    ("he", '\u{5d0}', '\u{5ea}'),
    ("ka", '\u{10a0}', '\u{10ff}'),
    ("hy", '\u{531}', '\u{58a}'),
    ("ta", '\u{b82}', '\u{bff}'),
    ("te", '\u{c00}', '\u{c7f}'),
    ("bn", '\u{980}', '\u{9ff}'),
    ("gu", '\u{a80}', '\u{aff}'),
    ("pa", '\u{a00}', '\u{a7f}'),
    ("ml", '\u{d00}', '\u{d7f}'),
    ("kn", '\u{c80}', '\u{cff}'),
    ("my", '\u{1000}', '\u{109f}'),
    ("km", '\u{1780}', '\u{17ff}'),
];

impl Scripts {
    fn count(&mut self, c: char) {
        match c {
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => self.latin += 1,
            '\u{3040}'..='\u{30ff}' => self.kana += 1,
            '\u{3400}'..='\u{9fff}' => self.han += 1,
            c => {
                let row = ALONE.iter().position(|(_, first, last)| (*first..=*last).contains(&c));
                if let Some(count) = row.and_then(|row| self.other.get_mut(row)) {
                    *count += 1;
                }
            }
        }
    }

    /// The language, where the script decides.
    fn decide(&self) -> Option<&'static str> {
        let east = self.han + self.kana;
        // A sign of these scripts says as much as two or three letters.
        if east >= 8 && east * 3 > self.latin {
            return Some(if self.kana * 20 > east { "ja" } else { "zh" });
        }
        let (row, count) = self.other.iter().enumerate().max_by_key(|(_, count)| **count)?;
        (*count >= 8 && *count * 2 > self.latin).then(|| ALONE[row].0)
    }
}

/// Longer text of no known commonest words: what its letters in threes say, if they say it clearly.
fn by_letters<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut sample = String::new();
    for text in texts {
        sample.extend(text.chars().take(LETTERS));
        sample.push('\n');
        if sample.len() > LETTERS {
            break;
        }
    }
    // Whoever has a row of common words and uses none of them is another; and without a letter beyond
    // ASCII it is more often a table of figures than a language.
    if sample.is_ascii() || sample.chars().filter(|c| c.is_alphabetic()).nth(150).is_none() {
        return None;
    }
    let info = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    let code = info.lang().code();
    let code = NAMES.iter().find(|(_, long, _)| *long == code).map(|row| row.0)?;
    let voted = COMMON.iter().any(|(row, _)| *row == code);
    (!voted).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::{code_of, vote};

    #[test]
    fn languages_by_their_words() {
        for (code, text) in [
            (
                "en",
                "The company said that it was not aware of the plan, which is to be signed by the end of the month.",
            ),
            (
                "de",
                "Die Regierung hat am Montag mit den Vertretern der Länder über das neue Gesetz beraten.",
            ),
            (
                "fr",
                "Le maire de la ville a annoncé que les travaux du pont seront terminés dans une semaine.",
            ),
            (
                "es",
                "El presidente de la compañía dijo que los trabajadores del puerto no serán despedidos por ahora.",
            ),
            (
                "it",
                "Il sindaco ha detto che la campana non è stata riparata e che il parroco si è offerto.",
            ),
            (
                "pt",
                "O presidente da câmara não disse que os trabalhadores do porto foram para uma reunião em Lisboa.",
            ),
            (
                "nl",
                "De burgemeester zei dat het dorp niet van plan is om de brug te sluiten voor het verkeer.",
            ),
            (
                "ru",
                "Президент сказал, что он не будет на встрече и что это не его дело, как и всё в городе.",
            ),
            (
                "uk",
                "Президент сказав, що він не буде на зустрічі, і це не його справа, як і все у місті.",
            ),
            (
                "pl",
                "Prezydent powiedział, że nie będzie go na spotkaniu i że to jest jego sprawa, a nie rządu.",
            ),
            ("ja", "首相は月曜日に会議に出席し、新しい法律について話した。"),
            ("zh", "总理星期一出席会议并谈到新的法律问题。"),
            ("ko", "대통령은 월요일 회의에 참석해 새 법안에 대해 말했다."),
            ("el", "Ο πρόεδρος είπε ότι δεν θα είναι στη συνάντηση."),
            (
                "sv",
                "Regeringen säger att det inte är aktuellt att höja skatten för dem som har lägst inkomster.",
            ),
            (
                "ar",
                "قال الرئيس إن الحكومة في البلاد على استعداد من أجل هذا بعد أن وافق البرلمان مع الذي كان في المدينة",
            ),
        ] {
            assert_eq!(vote(std::iter::once(text)), Some(code), "{text}");
        }
        assert_eq!(vote(std::iter::once("Shr 34 cts vs 1.19 dlrs")), None);
        assert_eq!(vote(std::iter::once("")), None);
    }

    #[test]
    fn codes() {
        assert_eq!(code_of("en-GB").as_deref(), Some("en"));
        assert_eq!(code_of("German").as_deref(), Some("de"));
        assert_eq!(code_of("eng").as_deref(), Some("en"));
        assert_eq!(code_of("no_NO").as_deref(), Some("nb"));
        assert_eq!(code_of("x"), None);
    }
}
