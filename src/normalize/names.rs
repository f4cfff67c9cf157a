//! A byline -> the people in it, the agency it names, and whether every word of it was understood.

use super::signers::is_stray;
use super::word_table::{WordTable, folded};
use super::{agency, roles};

/// What a byline says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signed {
    /// The people, in order.
    pub(super) names: Vec<String>,
    /// The news agency.
    pub(super) agency: Option<&'static str>,
    /// The date, where one stands in it, as written.
    pub(super) date: Option<String>,
}

/// How a byline was found, which decides how much is taken on trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// A source states that this is a name or a byline.
    Stated,
    /// A line of text that may be a byline: each of its parts must be understood.
    Guessed,
}

/// Longer values are no bylines.
const LONGEST: usize = 300;

/// Reads what stands after the opening words; `None` if it names neither people nor an agency, or, for a
/// guess, holds anything else.
pub(super) fn read(text: &str, trust: Trust) -> Option<Signed> {
    if text.len() > LONGEST {
        return None;
    }
    let mut signed = Signed::default();
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | '|'));
    let (text, date) = cut_date(text);
    signed.date = date;
    if trust == Trust::Stated
        && let Some(name) = surname_first(text)
    {
        signed.names.push(name);
        return Some(signed);
    }
    for part in parts(text) {
        match read_part(part, trust) {
            Part::Name(name) => {
                if !signed.names.contains(&name) {
                    signed.names.push(name);
                }
            }
            Part::Agency(agency) => signed.agency = signed.agency.or(Some(agency)),
            Part::NameAndAgency(name, agency) => {
                signed.names.push(name);
                signed.agency = signed.agency.or(Some(agency));
            }
            Part::Stop => break,
            Part::Nothing => {}
            Part::Strange => match trust {
                Trust::Stated => {}
                // After a name, a place or a paper may follow; before one, nothing strange may stand.
                Trust::Guessed if signed.names.is_empty() || !is_title_case(part) => return None,
                Trust::Guessed => break,
            },
        }
    }
    (!signed.names.is_empty() || signed.agency.is_some()).then_some(signed)
}

/// One part of a byline.
enum Part {
    Name(String),
    Agency(&'static str),
    NameAndAgency(String, &'static str),
    /// A role, or a picture credit: what follows is not an author.
    Stop,
    Nothing,
    Strange,
}

fn read_part(part: &str, trust: Trust) -> Part {
    let part = part.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-' | '–' | '—' | ':' | '*' | '"')
    });
    if part.is_empty() {
        return Part::Nothing;
    }
    if let Some(agency) = agency::named(part) {
        return Part::Agency(agency);
    }
    let part = roles::behind(part);
    if is_role(part) {
        return Part::Stop;
    }
    let named = cut_place(cut_role(roles::before(part)));
    if let Some((name, agency)) = agency::at_end(named)
        && let Some(name) = name_of(name, trust)
    {
        return Part::NameAndAgency(name, agency);
    }
    match name_of(named, trust) {
        Some(name) => Part::Name(name),
        None => Part::Strange,
    }
}

/// Words between two names.
static AND: WordTable = WordTable::new(
    "and und et y e i en och og ja a și si és ve и і та και dan và & with mit avec",
    ' ',
);

/// A byline cut at commas, semicolons, strokes and the words between two names.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let between = |c| matches!(c, ',' | ';' | '|' | '•' | '·' | '、' | '，' | '；' | '\n');
    text.split(between).flat_map(split_at_stroke).flat_map(split_at_and)
}

/// `Laura Jordán / Javier Urbina`, `Peter Maahn/SP-X`: names at a stroke, or a name and the letters of an agency;
/// `Bündnis 90/Die Grünen` is one.
fn split_at_stroke(part: &str) -> impl Iterator<Item = &str> {
    let sides: Vec<&str> =
        if part.contains('/') { part.split('/').map(str::trim).collect() } else { Vec::new() };
    let is_full = |side: &str| name_of(side, Trust::Guessed).is_some();
    let is_code = |side: &str| {
        let letters = || side.chars().filter(|it| it.is_alphabetic());
        side.chars().count() <= LONGEST_CODE
            && (letters().all(char::is_uppercase) || letters().all(char::is_lowercase))
    };
    // `Image: Cultura RF/Getty`.
    let is_list = sides.len() > 1
        && !is_stray(part)
        && sides.iter().any(|it| is_full(it))
        && sides.iter().all(|it| is_full(it) || is_code(it) || agency::named(it).is_some());
    let sides = if is_list { sides } else { vec![part] };
    sides.into_iter().filter(move |it| !is_list || is_full(it) || agency::named(it).is_some())
}

/// Letters of what agencies sign with: `SP-X`, `dpa`.
const LONGEST_CODE: usize = 5;

fn split_at_and(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(part);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((at, length)) = first_and(text) else { return rest.take() };
        rest = text.get(at + length..);
        text.get(..at)
    })
}

/// The first such word with a space on either side: where the space before it is, and the bytes up to the next name.
fn first_and(text: &str) -> Option<(usize, usize)> {
    text.match_indices(' ').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let word = rest.get(..rest.find(' ')?)?;
        // In capitals " AND " stands between two names as well.
        (AND.has(word) || word.eq_ignore_ascii_case("and")).then_some((at, word.len() + 2))
    })
}

/// `Smith, Ann` is one name and stays as it is.
fn surname_first(text: &str) -> Option<String> {
    let (surname, given) = text.split_once(", ")?;
    let one =
        |it: &str| !it.contains([' ', ',', ';']) && is_capital(it) && agency::named(it).is_none();
    let few = given.split(' ').count() <= 2
        && given.split(' ').all(is_capital)
        && !given.contains([',', ';']);
    let fits = one(surname) && few && agency::named(given).is_none() && !is_role(given);
    fits.then(|| format!("{surname}, {given}"))
}

/// Small words inside names.
static PARTICLES: WordTable = WordTable::new(
    "von van vom zu zum zur der den de del della di da do dos das du des la le las los \
     ten ter te op af av bin ibn al el ben abu y e i und d san st dal lo ул фон де да \
     оглы",
    ' ',
);

/// Whether a small word may stand inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.has(word)
}

/// Words that begin no name, and words no name has: a headline with "By" has them.
static NEVER_NAMES: WordTable = WordTable::new(
    "the a an this that these those our their his her its my your all any some no not \
     now then far contrast comparison law end mistake accident noon midnight night day \
     week month year monday tuesday wednesday thursday friday saturday sunday january \
     february march april june july august september october november december million \
     billion percent pct dlrs mln than and or of in on at to for from with is are was \
     were be has have had will said says popular request demand staff admin editorial \
     administrator editor editors redaktion redaction rédaction redacción redazione \
     redação redakcja редакция редакція newsroom desk team online unknown anonymous \
     guest post posts view http: https: der die das dem den ein eine einer einem le les \
     une un el los las una il gli não que che nicht ist sind wird correspondent \
     correspondents inc corp ltd llc co gmbh news wire times press media group agency",
    ' ',
);

fn is_in_no_name(c: char) -> bool {
    matches!(
        c,
        '@' | '/'
            | '\\'
            | '<'
            | '>'
            | '{'
            | '}'
            | '['
            | ']'
            | '='
            | '+'
            | '_'
            | '!'
            | '?'
            | '%'
            | '$'
            | '#'
            | '"'
            | '“'
            | '”'
            | '«'
            | '»'
    )
}

/// The name a part is, if it is one.
fn name_of(part: &str, trust: Trust) -> Option<String> {
    let part =
        part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | '—'));
    let part =
        part.strip_suffix('.').filter(|it| it.len() > 3 && !ends_in_initial(it)).unwrap_or(part);
    if part.len() > 80 || part.chars().any(|c| c.is_numeric() || is_in_no_name(c)) {
        return None;
    }
    let mut words = 0;
    let mut capitals = 0;
    // A source may write its whole byline small.
    let small = trust == Trust::Stated
        && matches!(part.split_whitespace().count(), 2 | 3)
        && !part.contains(char::is_uppercase);
    for (at, word) in part.split_whitespace().enumerate() {
        words += 1;
        let folded = word.to_lowercase();
        if small || is_capital(word) || at > 0 && is_joined_particle(word) {
            capitals += 1;
            if NEVER_NAMES.has(folded.trim_end_matches([':', ',', '.']))
                && !(at > 0 && word.len() <= 3)
            {
                return None;
            }
        } else if at > 0 && words > 1 && !PARTICLES.has(word) || at == 0 && !PARTICLES.has(word) {
            return None;
        }
    }
    // A headline in capitals may begin like a byline.
    let most = if trust == Trust::Guessed && !part.contains(char::is_lowercase) { 4 } else { 6 };
    let uncased = part.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    let least = match trust {
        Trust::Stated => 1,
        Trust::Guessed if uncased => 1,
        Trust::Guessed => 2,
    };
    let fits = (least..=most).contains(&words)
        && capitals >= least.min(words)
        && part.chars().count() >= 2;
    let mut all: Vec<&str> = part.split_whitespace().collect();
    // Where a link and its title say the same name it is there twice.
    if let (first, second) = all.split_at(all.len() / 2)
        && first == second
        && first.len() > 1
    {
        all.truncate(all.len() / 2);
    }
    fits.then(|| all.join(" "))
}

fn ends_in_initial(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(|c| matches!(c, ' ' | '.'))
        || text.ends_with("Jr")
        || text.ends_with("Sr")
}

/// `d'Alembert`, `al-Masri`.
fn is_joined_particle(word: &str) -> bool {
    word.split_once(['\'', '’', '-'])
        .is_some_and(|(small, rest)| small.len() <= 3 && is_capital(rest))
}

/// Whether a word begins as names do: with a capital, or in a script without capitals.
fn is_capital(word: &str) -> bool {
    let first = word.chars().find(|c| !matches!(c, '\'' | '’' | '(' | '.'));
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

fn is_title_case(part: &str) -> bool {
    let mut words = part.split_whitespace();
    words.clone().count() <= 5
        && words.all(|word| is_capital(word) || PARTICLES.has(word) || word.len() <= 3)
}

/// Roles: a part that begins with one ends the names; in a part that holds one the name stands before.
static ROLES: WordTable = WordTable::new(
    "staff,correspondent,special correspondent,special to,reporter,staff writer,\
     staff reporter,senior writer,senior correspondent,chief correspondent,\
     political correspondent,business writer,business correspondent,\
     diplomatic correspondent,editor,editing by,edited by,additional reporting,\
     writing by,compiled by,photo,photos,photographs,photography,pictures,picture,video,\
     graphics,illustration,for the,columnist,contributor,contributing writer,freelance,\
     journalist,political editor,news editor,economics correspondent,in,our,from our,\
     updated,published,read more,associated press writer,ap writer,ap,writer,\
     translated by,is a,is the,korrespondent,korrespondentin,redakteur,redakteurin,foto,\
     fotos,bilder,autor,übersetzt,correspondant,correspondante,envoyé spécial,\
     envoyée spéciale,journaliste,traduit,corresponsal,enviado especial,enviada especial,\
     periodista,redactor,redactora,fotografía,correspondente,enviado,repórter,jornalista,\
     fotografia,corrispondente,inviato,inviata,giornalista,zdjęcia,fot,fotografie,bild,\
     kuva,fotó,фото,корреспондент,собкор,обозреватель,специально для,для,кореспондент,\
     записал,записала,muhabir,fotoğraf,责任编辑,编辑,责编,摄影,記者,编,기자",
    ',',
);

fn is_role(part: &str) -> bool {
    let folded = folded(part);
    let mut starts = ROLES.at_start_of(&folded);
    starts
        .any(|role| !folded.get(role.len()..).is_some_and(|it| it.starts_with(char::is_alphabetic)))
}

/// The part before a role: `Ann Lee Staff Writer`, `Ann Lee for the Sun`, `金东旭 기자`.
fn cut_role(part: &str) -> &str {
    // The last are of links to write to somebody.
    static TAILS: WordTable = WordTable::new(
        " staff, associated press writer, ap writer, correspondent, special to , for , illustration, foto, photo, für , \
         pour , para , per , для , 기자, 記者,记者, reports, send an email, send email, sende uns , e-mail senden, \
         envoyer un courriel, enviar un correo, invia un'email",
        ',',
    );
    let folded = folded(part);
    if folded.len() != part.len() {
        return part;
    }
    TAILS.first_in(&folded).and_then(|(cut, _)| part.get(..cut)).unwrap_or(part)
}

/// The part before a place: `Ann Lee in London`.
fn cut_place(part: &str) -> &str {
    static PLACES: WordTable = WordTable::new(" in , à , em , в , at , aus ", ',');
    PLACES.first_in(part).and_then(|(cut, _)| part.get(..cut)).unwrap_or(part)
}

/// Words between a name and a date.
static DATE_CUES: WordTable = WordTable::new("published posted on updated am le el il", ' ');

/// The names, and the date behind them: `Ann Lee February 27, 2020`.
fn cut_date(text: &str) -> (&str, Option<String>) {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return (text, None);
    }
    let found = crate::date::find_dates(text, None);
    let Some(found) = found.first().filter(|found| found.span.start > 0) else {
        return (text, None);
    };
    let (Some(names), Some(date)) = (text.get(..found.span.start), text.get(found.span.start..))
    else {
        return (text, None);
    };
    let mut names = names.trim_end_matches([' ', ',', '|', '-', '–', '—', '·', ':', '•']);
    if let Some((before, word)) = names.rsplit_once(' ')
        && DATE_CUES.has(&word.to_lowercase())
    {
        names = before.trim_end_matches([' ', ',', '|', '-', '–', '—']);
    }
    (names, Some(date.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Trust, read};

    fn check(text: &str, trust: Trust, names: &[&str], agency: Option<&str>) {
        let signed = read(text, trust).unwrap_or_default();
        assert_eq!(signed.names, names, "in {text:?}");
        assert_eq!(signed.agency, agency, "in {text:?}");
    }

    #[test]
    fn strokes_and_names_said_twice() {
        let both = ["Laura Jordán", "Javier Urbina"];
        check("Laura Jordán / Javier Urbina", Trust::Stated, &both, None);
        check("Laura Jordán/Javier Urbina", Trust::Stated, &both, None);
        check("Peter Maahn/SP-X", Trust::Stated, &["Peter Maahn"], None);
        check("Ann Lee/dpa", Trust::Stated, &["Ann Lee"], Some("dpa"));
        check("Bündnis 90/Die Grünen", Trust::Stated, &[], None);
        check("Cultura Rex/Getty", Trust::Stated, &[], None);
        check("Kristen Falc'hon Kristen Falc'hon", Trust::Stated, &["Kristen Falc'hon"], None);
        check("det/dpa", Trust::Stated, &[], Some("dpa"));
        check("dpa/lno", Trust::Stated, &[], Some("dpa"));
        check("dpa-infocom", Trust::Stated, &[], Some("dpa"));
        check("Sid-James Lee", Trust::Stated, &["Sid-James Lee"], None);
    }

    #[test]
    fn names_and_agencies() {
        for trust in [Trust::Stated, Trust::Guessed] {
            check("Janie Gabbett, Reuters", trust, &["Janie Gabbett"], Some("Reuters"));
            check("PATRICK RIZZO AND PATTI DOMM", trust, &["PATRICK RIZZO", "PATTI DOMM"], None);
            check("Brad Schade Reuters", trust, &["Brad Schade"], Some("Reuters"));
            check(
                "Ann Lee, Bob O'Neil and J. P. van der Meer",
                trust,
                &["Ann Lee", "Bob O'Neil", "J. P. van der Meer"],
                None,
            );
            check("Ann Lee, Associated Press Writer", trust, &["Ann Lee"], None);
            check("Ann Lee in London and Bob Roe in Paris", trust, &["Ann Lee", "Bob Roe"], None);
            check(
                "Friederike von Thaden-Külz und Holger Ahlers",
                trust,
                &["Friederike von Thaden-Külz", "Holger Ahlers"],
                None,
            );
            check("Inés Valdovinos | Enviada especial", trust, &["Inés Valdovinos"], None);
            check("Марфа Белозёрова 5 июня 2018 года", trust, &["Марфа Белозёрова"], None);
            check("AFP", trust, &[], Some("AFP"));
            check("Roger May", trust, &["Roger May"], None);
        }
        check("Smith, Ann", Trust::Stated, &["Smith, Ann"], None);
        check("keith grant, Reuters", Trust::Stated, &["keith grant"], Some("Reuters"));
        check("view all posts by admin", Trust::Stated, &[], None);
        check("Madonna", Trust::Stated, &["Madonna"], None);
    }

    #[test]
    fn what_is_no_name() {
        for text in [
            "the time the police came",
            "2030",
            "Wednesday",
            "Monday Morning",
            "law",
            "Homer",
            "Land And Sea To The End",
            "5 pct",
            "",
        ] {
            assert_eq!(read(text, Trust::Guessed), None, "{text:?}");
        }
    }
}
