//! Claims and the lines around the text -> authors: where a byline stands, in many languages.

use crate::article::{Article, Topic};
use crate::text::legal_forms::without_form;

use super::claims::{Claims, note};
use super::names::{Signed, Trust, read as read_names};
use super::openings::{Kind, opening};
use super::signers::{LINE_OF_PAGE, Signers, choose, is_among, is_stray as names_nobody};
use super::text::{Block, Role, one_line};

/// Fills in authors and byline, takes the line out of the text, and gives the date that stood in it.
pub(super) fn read(
    claims: &Claims,
    text_holds_all: bool,
    blocks: &mut [Block],
    article: &mut Article,
) -> Option<String> {
    let mut date = None;
    // The lines around a plain text may have told already.
    let bylines = claims.ranked(Topic::Byline);
    if article.authors.is_empty()
        && let Some(claim) = bylines.iter().find(|claim| claim.from != LINE_OF_PAGE)
    {
        article.byline = Some(one_line(&claim.value));
    }
    let signers = article.authors.is_empty().then(|| choose(claims, article)).flatten();
    let (signers, stand_in) = match signers {
        Some(signers) if signers.stand_in => (None, Some(signers)),
        other => (other, None),
    };
    if let Some(signers) = signers {
        sign(signers, article);
    }
    let found = lines(blocks, text_holds_all);
    let claimed = !article.authors.is_empty();
    for Line { at, signed } in found {
        let known = signed.names.iter().any(|name| is_among(name, &article.authors));
        if claimed && !known && !signed.names.is_empty() {
            continue;
        }
        if let Some(block) = blocks.get_mut(at) {
            // A second byline is not the byline, but no part of the article either.
            block.role = if article.byline.is_some() { Role::Other } else { Role::Byline };
        }
        date = date.or(signed.date);
        if article.authors.is_empty() && !signed.names.is_empty() {
            article.authors = signed.names;
            note(article, "authors", "byline");
        }
        if article.agency.is_none()
            && let Some(agency) = signed.agency
        {
            article.agency = Some(agency.to_owned());
            note(article, "agency", "byline");
        }
    }
    if article.authors.is_empty()
        && let Some((at, name)) = last_line(blocks)
    {
        blocks[at].role = Role::Byline;
        article.authors = vec![name];
        note(article, "authors", "last-line");
    }
    if let Some(signers) = stand_in
        && article.authors.is_empty()
    {
        sign(signers, article);
    }
    date
}

/// A text of fewer paragraphs has no signature that tells.
const LEAST_BLOCKS: usize = 4;
/// A name alone is not longer, in letters and in words.
const LONGEST_NAME: usize = 40;
const MOST_NAME: usize = 4;

/// A last paragraph that is a name and nothing else, as papers sign in many countries. It follows running text: below
/// a table a name is one more row, below `Faithfully yours,` that of who wrote a letter.
fn last_line(blocks: &[Block]) -> Option<(usize, String)> {
    let mut body = blocks.iter().enumerate().filter(|(_, it)| it.role == Role::Body);
    let (at, last) = body.next_back()?;
    let (_, before) = body.clone().next_back()?;
    let text = one_line(&last.text);
    let words = text.split(' ').count();
    let fits = body.count() + 1 >= LEAST_BLOCKS
        && text.chars().count() <= LONGEST_NAME
        && (2..=MOST_NAME).contains(&words)
        && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && text.contains(char::is_lowercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && without_form(&text.to_lowercase()).is_none()
        && !names_nobody(&text)
        && ends_a_sentence(&before.text);
    let signed = fits.then(|| read_names(&text, Trust::Guessed)).flatten()?;
    (signed.names == [text.as_str()]).then_some((at, text))
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', '“', '\'', '’', ')', ' '])
        .ends_with(['.', '!', '?', '…', '。'])
}

/// Takes what the claims say of who signed.
fn sign(signers: Signers, article: &mut Article) {
    if article.agency.is_none()
        && let Some(agency) = signers.agency
    {
        article.agency = Some(agency.to_owned());
        note(article, "agency", &signers.origin);
    }
    article.authors = signers.names;
    note(article, "authors", &signers.origin);
}

/// A paragraph that is a byline.
struct Line {
    at: usize,
    signed: Signed,
}

/// How far from the top and from the end a byline is looked for, in paragraphs.
const NEAR_TOP: usize = 5;
const NEAR_END: usize = 3;

fn lines(blocks: &[Block], text_holds_all: bool) -> Vec<Line> {
    let body: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks.get(*at).is_some_and(|it| it.role == Role::Body))
        .collect();
    let mut found = Vec::new();
    let top = body.len().min(if text_holds_all { NEAR_TOP } else { 2 });
    let end = body.len().saturating_sub(NEAR_END).max(1);
    for (place, at) in body.iter().enumerate() {
        let stands = match (place < top, place >= end) {
            (true, true) => Stands::Both,
            (true, false) => Stands::Top,
            (false, true) => Stands::End,
            (false, false) => continue,
        };
        let line = blocks.get(*at).and_then(|block| byline_of(&block.text, stands));
        if let Some(signed) = line {
            found.push(Line { at: *at, signed });
        }
    }
    found
}

/// Whether a line is a byline, wherever it stands.
pub(super) fn is_byline(line: &str) -> bool {
    byline_of(line, Stands::Top).is_some()
}

/// Where a line stands that may be a byline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Top,
    End,
    /// In a text so short that its top is its end.
    Both,
}

/// Longer paragraphs are no bylines.
const LONGEST: usize = 240;

fn byline_of(line: &str, stands: Stands) -> Option<Signed> {
    if line.len() > LONGEST {
        return None;
    }
    let bare = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '*' | '_')
    });
    if let Some((kind, rest)) = opening(bare) {
        return read_names(rest, Trust::Guessed).filter(|signed| is_enough(signed, kind));
    }
    let top = || after_place(bare).or_else(|| special_to(bare));
    match stands {
        Stands::Top => top(),
        Stands::End => signature(bare),
        Stands::Both => top().or_else(|| signature(bare)),
    }
}

/// `Krummdeich. Von Annegret Südhoff`
fn after_place(line: &str) -> Option<Signed> {
    let start = line.as_bytes().get(..line.len().min(40))?;
    let cut = start.iter().position(|b| matches!(b, b'.' | b'|' | b'-' | b'/' | b':' | 0xe2))?;
    let place = line.get(..cut)?.trim();
    if place.split(' ').count() > 3 || !place.starts_with(char::is_uppercase) {
        return None;
    }
    let rest = line.get(cut..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (kind, rest) = opening(rest)?;
    read_names(rest, Trust::Guessed).filter(|signed| is_enough(signed, kind))
}

/// A word alone (`By`, `Di`) needs a person behind it; a label may also name an agency.
fn is_enough(signed: &Signed, kind: Kind) -> bool {
    match kind {
        Kind::Word => !signed.names.is_empty() || signed.agency.is_some(),
        Kind::Label => true,
    }
}

/// `Ярина Стебелецька, для «Вісника»`, `Ann Lee, Special to the Sun`.
fn special_to(line: &str) -> Option<Signed> {
    static FOR: &[&str] =
        &["special to", "для", "специально для", "спеціально для", "for the", "speciaal voor"];
    let (name, rest) = line.split_once(',').filter(|(_, rest)| rest.len() < 90)?;
    let rest = rest.trim().to_lowercase();
    let fits = !line.ends_with('.')
        && FOR.iter().any(|word| {
            rest.strip_prefix(word).is_some_and(|after| after.starts_with([' ', '\u{a0}']))
        });
    if fits { read_names(name, Trust::Guessed) } else { None }
}

/// `— P. J. Wetherby-Oduya, Morna` at the end of a letter.
fn signature(line: &str) -> Option<Signed> {
    let rest = line.strip_prefix(['—', '–']).or_else(|| line.strip_prefix("--"))?.trim();
    if rest.len() > 80 || rest.ends_with(['.', '!', '?', '"', '”']) {
        return None;
    }
    let name = rest.split(',').next()?;
    read_names(name, Trust::Guessed)
}

#[cfg(test)]
mod tests {
    use super::{Stands, byline_of};

    fn check(line: &str, stands: Stands, names: &[&str]) {
        let signed = byline_of(line, stands).unwrap_or_default();
        assert_eq!(signed.names, names, "in {line:?}");
    }

    #[test]
    fn bylines_in_many_forms() {
        for (line, names) in [
            ("By Xenia Olrich and Tomas Brandvold", &["Xenia Olrich", "Tomas Brandvold"][..]),
            ("BY TED D'AFFLISIO, Reuters", &["TED D'AFFLISIO"]),
            ("by Janie Gabbett, Reuters", &["Janie Gabbett"]),
            ("By Desmond Achebe-Hale February 27, 2020", &["Desmond Achebe-Hale"]),
            ("By Haruka Lindgren, Caspian Wire", &["Haruka Lindgren"]),
            ("Author`s name Dmitry Sudakov", &["Dmitry Sudakov"]),
            ("Author's name Dmitry Sudakov", &["Dmitry Sudakov"]),
            ("Author´s name: Dmitry Sudakov", &["Dmitry Sudakov"]),
            ("Author’s name Dmitry Sudakov", &["Dmitry Sudakov"]),
            ("Reported by Barnaby Quill 12 February 2021", &["Barnaby Quill"]),
            (
                "(Reporting by Saskia Brink and Joost van Meer; Editing by Anneke Dorrit)",
                &["Saskia Brink", "Joost van Meer"],
            ),
            (
                "Krummdeich. Von Annegret Südhoff und Jan-Ole Petersen",
                &["Annegret Südhoff", "Jan-Ole Petersen"],
            ),
            ("Par Hélène Vautrin et Bastien Le Guellec", &["Hélène Vautrin", "Bastien Le Guellec"]),
            ("Por Inés Valdovinos | Enviada especial", &["Inés Valdovinos"]),
            ("di Ginevra Dallolio", &["Ginevra Dallolio"]),
            ("Tekst: Bogumiła Zarzeczna, zdjęcia: Kacper Wilkosz", &["Bogumiła Zarzeczna"]),
            ("Автор: Марфа Белозёрова 5 июня 2018 года", &["Марфа Белозёрова"]),
            ("Ярина Стебелецька, для «Надбережного вісника»", &["Ярина Стебелецька"]),
            ("作者：王小明", &["王小明"]),
            ("Av Ingrid Dahl", &["Ingrid Dahl"]),
            ("Door Jan de Vries en Piet Bakker", &["Jan de Vries", "Piet Bakker"]),
        ] {
            check(line, Stands::Top, names);
        }
        check("— P. J. Wetherby-Oduya, Morna", Stands::End, &["P. J. Wetherby-Oduya"]);
    }

    #[test]
    fn lines_that_are_no_bylines() {
        for line in [
            "By the time the fire was out, Ann Lee had gone.",
            "By Wednesday, the river had risen.",
            "By 2030, Ann Lee says, there will be none.",
            "By Monday Morning",
            "By contrast, Germany grew.",
            "Von der Leyen reist nach Kyjiw, um dort zu verhandeln.",
            "De Gaulle est mort.",
            "Por la tarde llovió.",
            "Di Maio ha detto di no.",
            "Text messages were sent to all.",
            "Report says Ann Lee is gone",
            "— From our Special Correspondent.",
            "Authorities in Morna said no.",
            "Bystanders Ann and Bob",
        ] {
            for stands in [Stands::Top, Stands::End] {
                check(line, stands, &[]);
            }
        }
    }
}
