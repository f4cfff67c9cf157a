//! A line -> whether it ends in the credit of a picture, as a caption does.

/// What names a picture, a row a language or two: `(Picture: Reuters)`, `| Foto: Zvg.`.
static PICTURES: &[&str] = &[
    "picture pictures pic pics image images photo photos photograph photographs photographer file-photo screenshot \
     illustration credit graphic infographic",
    "foto fotos bild bilder archivfoto archivbild symbolbild symbolfoto grafik bildquelle",
    "photo crédit crédits photographie illustration",
    "foto fotos imagen imágenes fotografía fotografia captura",
    "immagine imagem imagens reprodução divulgação",
    "foto beeld kuva kuvat fotó bilde bilder billede mynd ljósmynd fotografie",
    "zdjęcie fot fot. zdroj fotografia fotoğraf",
    "фото снимка фотография",
    "写真 사진 图 图片 圖 照片 摄",
];

/// What a line begins with that says what a picture shows or whose it is, before a colon.
static LABELS: &[&str] = &[
    "abbildung abb beitragsbild titelbild symbolbild archivbild bildquelle bildnachweis bildrechte fotoquelle fotocredit",
    "photo-source photo-credit photo-credits image-source image-credit image-credits picture-credit featured-image cover-photo \
     screenshot",
    "crédit-photo crédits-photo photo-de-couverture foto-de-portada crédito-de-foto imagem-de-capa foto-di-copertina",
];

/// A longer line is text, whatever it ends in.
const LONGEST: usize = 420;
/// A longer end is no credit.
const LONGEST_CREDIT: usize = 70;

/// Whether a line is a caption.
pub(super) fn is_caption(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let line = line.trim_end_matches(['.', ' ']);
    if begins_with_label(line) || ends_with_owner(line) {
        return true;
    }
    let in_brackets = line
        .strip_suffix([')', ']', '）'])
        .and_then(|it| it.rfind(['(', '[', '（']).and_then(|at| it.get(at..)))
        .map(|it| it.trim_start_matches(['(', '[', '（']));
    if let Some(credit) = in_brackets {
        return credit.len() <= LONGEST_CREDIT && names_picture(credit, &[':', ' ', '/', '：']);
    }
    let after_stroke = line.rfind(['|', '—', '–']).and_then(|at| line.get(at..));
    let credit = after_stroke.map(|it| it.trim_start_matches(['|', '—', '–', ' ']));
    credit.is_some_and(|it| {
        it.len() <= LONGEST_CREDIT
            && (names_picture(it, &[':', '：']) || it.starts_with("Picture by"))
    })
}

/// `Photo source: A. Lee`, `Abbildung: der Hafen`.
fn begins_with_label(line: &str) -> bool {
    let Some((label, rest)) = line.split_once([':', '：']) else { return false };
    if rest.is_empty() || label.len() > LONGEST_LABEL {
        return false;
    }
    let label = label.trim().to_lowercase().replace(' ', "-");
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    LABELS.iter().any(|row| row.split_whitespace().any(|it| it == label))
}

const LONGEST_LABEL: usize = 30;

/// `The harbour at dawn. © A. Lee`, `The harbour - © Lantern`: the owner of a picture behind what it shows.
fn ends_with_owner(line: &str) -> bool {
    let Some((shown, owner)) = line.rsplit_once('©') else { return false };
    let owner = owner.trim();
    !shown.trim().is_empty()
        && (1..=LONGEST_OWNER).contains(&owner.len())
        && owner.starts_with(char::is_alphabetic)
}

/// A longer text behind the sign is a sentence about rights.
const LONGEST_OWNER: usize = 45;

/// Whether the first word is one for a picture, and a mark or a name follows.
fn names_picture(credit: &str, after: &[char]) -> bool {
    let Some((word, rest)) = credit.split_once(after) else { return false };
    // `AP Photo/Marco Ruiz`, `Archive Photo: A. Lee`.
    let second = rest.split(['/', ':', ' ']).next().unwrap_or_default();
    let known = |word: &str| {
        let word = word.trim().to_lowercase();
        PICTURES.iter().any(|row| row.split_whitespace().any(|it| it == word))
    };
    known(word) || after.contains(&'/') && word.len() <= 12 && known(second)
}

#[cfg(test)]
mod tests {
    use super::is_caption;

    #[test]
    fn captions_end_in_a_credit() {
        for line in [
            "The harbour at dawn (Picture: Reuters)",
            "Members of the guild, the tram behind them. (AP Photo/Ada Quill)",
            "Rainer und Irene vor dem Turm | Foto: Zvg.",
            "A file photograph shows the mayor in 2019. — Picture by Bo Lind",
            "Le port à l'aube (Crédit : Lanterne)",
            "The harbour at dawn. © A. Lee",
            "Ziegel am Kai: der Hafen im Bau. - © mason_ - picturestore.example",
            "Abbildung 2: Der Hafen im Vergleich (links) und der Damm",
            "Photo Source: Marco Ruiz from Picturestore",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "The harbour opened (it was late).",
            "The band sings © in every refrain, and nobody knows why; the mayor least of all, he says.",
            "Screenshots: there were many of them.",
            "Photos of the harbour were shown.",
            "He said — and he meant it — that the photo was his.",
            "The bill (image and all) was passed in 2019 – against his vote.",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }
}
