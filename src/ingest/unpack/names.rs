//! Names as they stand in containers -> names that can be shown, and what they say of what is not to be read.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::super::detect::extension_of;
use super::super::walk::{PassedOver, is_kept_by_programs, page_of_folder, page_stem};
use super::super::{Sink, Skip, file_name};
use super::Packing;
use crate::article::{Place, RawArticle};

/// The name of what is compressed: `a.txt` of `a.txt.gz`, `b.tar` of `b.tgz`.
pub(super) fn unpacked(name: &Path) -> PathBuf {
    let ending = extension_of(name).unwrap_or_default();
    let Some(stem) = Packing::of_ending(&ending).and(name.file_stem()) else {
        return name.to_owned();
    };
    let mut stem = stem.to_owned();
    if ending.starts_with('t') {
        stem.push(".tar");
    }
    name.with_file_name(stem)
}

/// The name of an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryName {
    /// Relative, with `/` between folders, and leading nowhere else.
    pub(super) name: String,
    /// As it stood, where that leads out of the container.
    pub(super) leads_out: Option<String>,
}

impl EntryName {
    /// A sink that says so, with each article, where the name leads out of the container.
    pub(super) fn noting<'a>(&'a self, sink: &'a mut dyn Sink) -> Noting<'a> {
        Noting { sink, leads_out: self.leads_out.as_deref() }
    }
}

/// See [`EntryName::noting`].
pub(super) struct Noting<'a> {
    sink: &'a mut dyn Sink,
    leads_out: Option<&'a str>,
}

impl Sink for Noting<'_> {
    fn article(&mut self, mut article: RawArticle) -> ControlFlow<()> {
        if let Some(name) = self.leads_out {
            article.problems.push(format!("its name leads out of the archive: `{name}`"));
        }
        self.sink.article(article)
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.sink.skip(place, reason)
    }

    fn beneath(&mut self) -> Option<&mut dyn Sink> {
        Some(&mut *self.sink)
    }
}

/// Takes a name apart. Nothing is ever written to a disk under it: but it is printed, and others may use it.
pub(super) fn entry(bytes: &[u8], is_dos: bool) -> EntryName {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_dos => bytes.iter().map(|&byte| of_dos(byte)).collect(),
        Err(_) => file_name::printable_bytes(bytes),
    };
    // Some programs of Windows write its separator, which no name of theirs can hold.
    let text = if is_dos && !text.contains('/') { text.replace('\\', "/") } else { text };
    let drive = text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
    let rest = if drive { text.get(2..).unwrap_or_default() } else { &text };
    let parts = || rest.split('/').filter(|part| !part.is_empty() && *part != ".");
    let leads_out = drive || rest.starts_with('/') || parts().any(|part| part == "..");
    let name = parts().filter(|part| *part != "..").collect::<Vec<_>>().join("/");
    let leads_out = leads_out.then(|| text.clone());
    EntryName { name: if name.is_empty() { "unnamed".to_owned() } else { name }, leads_out }
}

/// What is passed over in a container as it would be in a folder.
#[derive(Default)]
pub(super) struct Passing {
    /// Pages met so far, by hash, without their ending.
    pages: FxHashSet<u64>,
}

impl Passing {
    /// Why an entry is not read, if it is not.
    pub(super) fn over(&mut self, name: &str) -> Option<PassedOver> {
        if name.split('/').any(is_kept_by_programs) {
            return Some(PassedOver::Hidden);
        }
        let mut end = 0;
        for part in name.split('/') {
            let of_page = page_of_folder(part)
                .any(|stem| self.pages.contains(&hash(&format!("{}{stem}", &name[..end]))));
            end += part.len() + 1;
            if of_page && end < name.len() {
                return Some(PassedOver::PageFiles);
            }
        }
        if let Some(stem) = page_stem(name) {
            self.pages.insert(hash(stem));
        }
        None
    }
}

pub(super) fn hash(text: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A letter of code page 437, in which zip archives name their entries when they do not say otherwise.
fn of_dos(byte: u8) -> char {
    match byte {
        0..=127 => char::from(byte),
        128.. => DOS.chars().nth(usize::from(byte - 128)).unwrap_or('\u{fffd}'),
    }
}

const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_lead_nowhere() {
        let name = |bytes: &[u8]| entry(bytes, true);
        assert_eq!(name(b"2001/a.html").name, "2001/a.html");
        assert_eq!(name(b"2001/a.html").leads_out, None);
        assert_eq!(name(b"caf\x82\\menu.txt").name, "café/menu.txt");
        assert_eq!(entry(b"caf\xe9", false).name, "caf\\xE9");
        for (outside, inside) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\boot.ini", "boot.ini"),
            ("a/../b", "a/b"),
            ("..", "unnamed"),
        ] {
            let found = name(outside.as_bytes());
            assert_eq!(found.name, inside);
            assert!(found.leads_out.is_some(), "{outside}");
        }
        assert_eq!(DOS.chars().count(), 128);
    }

    #[test]
    fn what_a_folder_would_pass_over_a_container_does() {
        let mut passing = Passing::default();
        assert_eq!(passing.over("a/page.html"), None);
        assert_eq!(passing.over("a/page_files/frame.html"), Some(PassedOver::PageFiles));
        assert_eq!(passing.over("b/page_files/frame.html"), None);
        assert_eq!(passing.over("a/page_files"), None);
        assert_eq!(passing.over("__MACOSX/a/._page.html"), Some(PassedOver::Hidden));
        assert_eq!(passing.over("a/._page.html"), Some(PassedOver::Hidden));
    }

    #[test]
    fn a_compressed_file_is_called_by_what_is_in_it() {
        for (name, inner) in
            [("x/a.txt.gz", "x/a.txt"), ("b.tgz", "b.tar"), ("b.tar.zst", "b.tar"), ("c", "c")]
        {
            assert_eq!(unpacked(Path::new(name)), Path::new(inner));
        }
    }
}
