//! A folder -> its files, in a fixed order, and a word on everything that was passed over.

use std::fmt;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// What was met on the walk.
#[derive(Debug)]
pub enum Walked {
    /// A regular file.
    File(PathBuf),
    /// A file or a folder with all it holds that is not read, and why.
    PassedOver(PathBuf, PassedOver),
    /// A folder or file that could not be looked at.
    Unreadable(PathBuf, io::Error),
}

/// Why something was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassedOver {
    /// A folder that a browser saved beside a page (`X_files` beside `X.html`).
    PageFiles,
    /// What the system or a program keeps for itself (`._x`, `.git`, `.DS_Store`).
    Hidden,
    /// A morgue index.
    Index,
    /// A device, a pipe or a socket.
    Special,
    /// A link to what lies outside of the folder.
    LinkOutside,
    /// A link to what is met in the folder anyway.
    LinkInside,
    /// A link to a folder that holds it.
    LinkLoop,
    /// A link to nothing.
    LinkBroken,
}

impl PassedOver {
    /// A short name for counting and for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::PageFiles => "files of a saved page",
            Self::Hidden => "hidden",
            Self::Index => "a morgue index",
            Self::Special => "device, pipe or socket",
            Self::LinkOutside => "link that leaves the folder",
            Self::LinkInside => "link inside the folder",
            Self::LinkLoop => "link in a circle",
            Self::LinkBroken => "broken link",
        }
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The file that marks a folder as a morgue index.
pub const INDEX_MARK: &str = "morgue.json";

/// Walks `root`, a folder or one file, sorted by name.
///
/// Links are not followed: what they lead to is outside of the folder, or met in it anyway. Only
/// `root` itself may be a link.
pub fn walk(root: &Path) -> impl Iterator<Item = Walked> + use<> {
    let canonical = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(unreadable(error)),
            };
            if let Some(reason) = passed_over(&entry, &canonical) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                return Some(Walked::PassedOver(entry.into_path(), reason));
            }
            if !is_folder(&entry) {
                return Some(Walked::File(entry.into_path()));
            }
        }
    })
}

fn unreadable(error: walkdir::Error) -> Walked {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("cannot be walked"));
    Walked::Unreadable(path, error)
}

/// A root that is a link to a folder is walked like that folder.
fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() || (entry.depth() == 0 && entry.path().is_dir())
}

fn passed_over(entry: &DirEntry, canonical_root: &Path) -> Option<PassedOver> {
    if is_folder(entry) {
        if is_index(entry.path()) {
            return Some(PassedOver::Index);
        }
        if entry.depth() > 0 && is_beside_its_page(entry.path()) {
            return Some(PassedOver::PageFiles);
        }
    }
    let name = entry.file_name().to_string_lossy();
    // What was asked for by name is read, whatever it is called.
    if entry.depth() > 0 && is_kept_by_programs(&name) {
        return Some(PassedOver::Hidden);
    }
    if entry.path_is_symlink() {
        if entry.depth() == 0 {
            let leads_to_special = !is_folder(entry) && !entry.path().is_file();
            return leads_to_special.then_some(PassedOver::Special);
        }
        return Some(link(entry.path(), canonical_root));
    }
    let kind = entry.file_type();
    (!kind.is_dir() && !kind.is_file()).then_some(PassedOver::Special)
}

/// Whether a folder is an index of ours. An article may lie in a file of the same name as its mark.
fn is_index(folder: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Mark {
        schema: u64,
        made_by: String,
    }
    let Ok(mark) = fs::File::open(folder.join(INDEX_MARK)) else { return false };
    let mut line = Vec::new();
    // The mark is one line, and a seal behind it. One that cannot be read is told by what an index holds besides.
    let read = io::BufReader::new(mark.take(MARK_BYTES)).read_until(b'\n', &mut line);
    let ours = read.ok().and_then(|_| serde_json::from_slice::<Mark>(&line).ok());
    ours.is_some_and(|it| it.schema > 0 && it.made_by.starts_with("morgue"))
        || INDEX_FILES.iter().all(|it| folder.join(it).is_file())
}

/// Bytes that the mark of an index has at most.
const MARK_BYTES: u64 = 4096;
/// What lies in an index besides its mark.
const INDEX_FILES: [&str; 2] = ["meta.json", ".managed.json"];

fn link(path: &Path, canonical_root: &Path) -> PassedOver {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return PassedOver::LinkBroken,
        // Links that lead to each other end in an error of the system.
        Err(_) => return PassedOver::LinkLoop,
    };
    let parent = path.parent().and_then(|parent| fs::canonicalize(parent).ok());
    if !target.starts_with(canonical_root) {
        PassedOver::LinkOutside
    } else if parent.is_some_and(|parent| parent.starts_with(&target)) {
        PassedOver::LinkLoop
    } else {
        PassedOver::LinkInside
    }
}

fn is_beside_its_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    page_of_folder(name).any(|stem| {
        PAGES.iter().any(|ending| folder.with_file_name(format!("{stem}{ending}")).is_file())
    })
}

/// What the pages may be called, without their ending, whose pictures a folder of this name holds.
pub(super) fn page_of_folder(name: &str) -> impl Iterator<Item = &str> {
    PAGE_FILES.iter().filter_map(|ending| name.strip_suffix(ending))
}

/// The name of a page without its ending; none for what is no page.
pub(super) fn page_stem(name: &str) -> Option<&str> {
    PAGES.iter().find_map(|ending| name.strip_suffix(ending))
}

/// Whether programs and systems use a name for themselves.
pub(super) fn is_kept_by_programs(name: &str) -> bool {
    name.starts_with("._") || KEPT_BY_PROGRAMS.contains(&name)
}

/// Names that programs and systems use for themselves.
static KEPT_BY_PROGRAMS: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".bzr",
    ".DS_Store",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    "$RECYCLE.BIN",
    "System Volume Information",
    "__MACOSX",
    "Thumbs.db",
    "desktop.ini",
    ".gitignore",
];

/// What browsers in different languages call the folder beside a saved page.
static PAGE_FILES: &[&str] = &[
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_file",
    "-filer",
    "_pliki",
    "_soubory",
    "-tiedostot",
    "_elemei",
];

/// The endings of pages, as they are written.
static PAGES: &[&str] =
    &[".html", ".htm", ".xhtml", ".HTML", ".HTM", ".XHTML", ".Html", ".Htm", ".Xhtml"];

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        walk(root)
            .map(|it| {
                let show = |path: &Path| path.strip_prefix(root).unwrap().display().to_string();
                match it {
                    Walked::File(path) => show(&path),
                    Walked::PassedOver(path, reason) => format!("{}: {reason}", show(&path)),
                    Walked::Unreadable(path, _) => format!("{}: unreadable", show(&path)),
                }
            })
            .collect()
    }

    #[test]
    fn files_come_sorted_and_what_is_passed_over_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for dir in ["b", "page_files", "lone_files", ".git", "idx", "story", "Loud_files"] {
            fs::create_dir(root.join(dir)).unwrap();
            fs::write(root.join(dir).join("x.txt"), "x").unwrap();
        }
        for file in ["a.txt", "page.html", "._a.txt", "Loud.HTML"] {
            fs::write(root.join(file), "x").unwrap();
        }
        let mark = "{\"schema\":1,\"made_by\":\"morgue 0.1.0\"}\n#seal {} 00000000\n";
        fs::write(root.join("idx/morgue.json"), mark).unwrap();
        let article = "{\"title\": \"The morgue\", \"text\": \"Where clippings lie.\"}";
        fs::write(root.join("story/morgue.json"), article).unwrap();
        let expected = [
            "._a.txt: hidden",
            ".git: hidden",
            "Loud.HTML",
            "Loud_files: files of a saved page",
            "a.txt",
            "b/x.txt",
            "idx: a morgue index",
            "lone_files/x.txt",
            "page.html",
            "page_files: files of a saved page",
            "story/morgue.json",
            "story/x.txt",
        ];
        assert_eq!(names(root), expected);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_say_where_they_lead() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("sub")).unwrap();
        fs::write(root.join("sub/x.txt"), "x").unwrap();
        symlink(root, root.join("sub/up")).unwrap();
        symlink(outside.path(), root.join("away")).unwrap();
        symlink(root.join("nothing"), root.join("broken")).unwrap();
        symlink(root.join("sub/x.txt"), root.join("same.txt")).unwrap();
        symlink(root.join("self"), root.join("self")).unwrap();
        let expected = [
            "away: link that leaves the folder",
            "broken: broken link",
            "same.txt: link inside the folder",
            "self: link in a circle",
            "sub/up: link in a circle",
            "sub/x.txt",
        ];
        assert_eq!(names(root), expected);
        let link = outside.path().join("root");
        symlink(root.join("sub"), &link).unwrap();
        assert!(names(&link).contains(&"x.txt".to_owned()));
    }

    #[test]
    fn a_root_may_be_a_file_or_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("one.txt");
        fs::write(&file, "x").unwrap();
        assert!(matches!(walk(&file).next(), Some(Walked::File(path)) if path == file));
        let gone = folder.path().join("gone");
        assert!(matches!(walk(&gone).next(), Some(Walked::Unreadable(path, _)) if path == gone));
    }
}
