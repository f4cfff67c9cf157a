//! A mention that was taken for one name -> the names it holds: two that `and` joins, a person and a firm.

use super::Mention;
use super::lexicon::{Lexicon, Place, WordFacts};
use super::names::key;
use super::tags::Kind;
use super::titles::{is_nationality, is_office};
use super::words::{hash, join};

/// Adds the names in a mention to `found`; mostly itself.
pub(super) fn parts(mention: Mention, lexicon: &Lexicon, found: &mut Vec<Mention>) {
    if !mention.text.contains([' ', '-']) || is_place(&mention.text, lexicon) {
        found.push(mention);
        return;
    }
    if let Some(joined) = joined(&mention, lexicon) {
        found.extend(joined);
        return;
    }
    match mention.kind {
        Kind::Person => found.push(without_office(mention)),
        Kind::Organization => match of_a_person(&mention, lexicon) {
            Some(both) => found.extend(both),
            None => found.push(mention),
        },
        Kind::Place => found.push(mention),
    }
}

/// Whether the words are a place of the gazetteer.
fn is_place(text: &str, lexicon: &Lexicon) -> bool {
    place(text, lexicon).is_some()
}

/// What the gazetteer knows of these words as a place.
pub(super) fn place(text: &str, lexicon: &Lexicon) -> Option<Place> {
    let mut words = text.split(' ').map(hash);
    let first = words.next()?;
    let Place(kinds) = lexicon.place(words.fold(first, join))?;
    let kinds = kinds & !(ORGANIZATION | NATIONALITY);
    (kinds > 0).then_some(Place(kinds))
}

/// Bits of the gazetteer that are no places.
const NATIONALITY: u8 = 16;
const ORGANIZATION: u8 = 64;

fn piece(mention: &Mention, kind: Kind, start: usize, end: usize) -> Option<Mention> {
    let text = mention.text.get(start..end)?;
    let trimmed = text.trim_start();
    let start = start + text.len() - trimmed.len();
    let text = trimmed.trim_end().to_owned();
    (!text.is_empty()).then(|| Mention {
        kind,
        text,
        at: (mention.at.0, mention.at.1 + start),
        shouted: mention.shouted,
        first: mention.first && start == 0,
        after_in: mention.after_in && start == 0,
        listed: None,
    })
}

/// `the Seed Council and the Tax Union`, `Morna and Varholm`, `Morna-Varholm`: two names.
fn joined(mention: &Mention, lexicon: &Lexicon) -> Option<Vec<Mention>> {
    let text = &mention.text;
    let has_and = text.split(' ').any(|it| it == "and");
    for sign in [" and the ", " and ", "-", "/"] {
        if sign.len() > 1 && !has_and {
            continue;
        }
        let Some((before, after)) = text.split_once(sign) else { continue };
        let (left, right) = (is_place(before, lexicon), is_place(after, lexicon));
        let kinds = match mention.kind {
            Kind::Organization
                if sign == " and the " && before.contains(' ') && after.contains(' ') =>
            {
                [Kind::Organization; 2]
            }
            // A place beside something else may be the name of a firm: `Morna and Tesh Railway`.
            // A hyphen joins the names of a firm.
            Kind::Organization if left && right && sign != "-" => [Kind::Place; 2],
            Kind::Place if left && right => [Kind::Place; 2],
            Kind::Organization if right && sign == " and " && before.contains(' ') => {
                [Kind::Organization, Kind::Place]
            }
            Kind::Organization | Kind::Place | Kind::Person
                if sign == "-" && before.split(' ').chain(after.split(' ')).all(is_nationality) =>
            {
                return Some(Vec::new());
            }
            Kind::Organization | Kind::Place | Kind::Person => continue,
        };
        let first = piece(mention, kinds[0], 0, before.len());
        let second = piece(mention, kinds[1], before.len() + sign.len(), text.len());
        return Some(first.into_iter().chain(second).collect());
    }
    None
}

/// `Works Minister Ilona Varga`: an office inside of the name ends what stands before it.
fn without_office(mention: Mention) -> Mention {
    let mut start = 0;
    let mut at = 0;
    for word in mention.text.split(' ') {
        at += word.len() + 1;
        if is_office(word) && at < mention.text.len() {
            start = at;
        }
    }
    piece(&mention, Kind::Person, start, mention.text.len()).unwrap_or(mention)
}

/// `Ilona Varga of Varholm Mills`: a person, and a firm.
fn of_a_person(mention: &Mention, lexicon: &Lexicon) -> Option<Vec<Mention>> {
    let (person, firm) = mention.text.split_once(" of ")?;
    let words: Vec<&str> = person.split(' ').collect();
    let facts = |word: &str| lexicon.word(hash(word));
    let (first, last) = (facts(words.first()?), facts(words.last()?));
    let is_name = (2..=3).contains(&words.len())
        && matches!(first, WordFacts { given: 1 | 2, .. })
        && matches!(last, WordFacts { surname: 1.., .. })
        && words.iter().all(|it| key(it).chars().count() > 1)
        && !words.iter().any(|it| lexicon.place(hash(it)).is_some());
    if !is_name {
        return None;
    }
    let kind = if is_place(firm.trim_start_matches("the "), lexicon) {
        Kind::Place
    } else {
        Kind::Organization
    };
    let end = mention.text.len();
    let person = piece(mention, Kind::Person, 0, person.len())?;
    Some(vec![person, piece(mention, kind, end - firm.len(), end)?])
}
