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
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "The harbour opened (it was late).",
            "Photos of the harbour were shown.",
            "He said — and he meant it — that the photo was his.",
            "The bill (image and all) was passed in 2019 – against his vote.",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }
}
