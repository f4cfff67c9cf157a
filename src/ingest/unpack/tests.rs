//! Compressed files and containers, whole, cut off, damaged, and made to harm.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

use super::super::tests::{read, read_with};
use super::super::{ReadOptions, SkipKind};

const TEXT: &[u8] = b"The harbour\n\nShips waited for the fog to lift.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packs entries; `behind` writes sizes behind each, as programs do that write to a pipe.
fn zip(entries: &[(&str, &[u8])], behind: bool) -> Vec<u8> {
    let (mut archive, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let packed = deflate(bytes);
        let mut sum = Crc::new();
        sum.update(bytes);
        let offset = archive.len() as u32;
        let sizes = [sum.sum(), packed.len() as u32, bytes.len() as u32].map(u32::to_le_bytes);
        let sizes = sizes.concat();
        let head = [
            &20_u16.to_le_bytes()[..],
            &[if behind { 8 } else { 0 }, 8],
            &8_u16.to_le_bytes(),
            &[0; 4],
        ];
        let head = head.concat();
        let length = (name.len() as u16).to_le_bytes();
        archive.extend(
            [
                &b"PK\x03\x04"[..],
                &head[..],
                if behind { &[0; 12][..] } else { &sizes[..] },
                &length,
                &[0; 2],
            ]
            .concat(),
        );
        archive.extend(name.as_bytes());
        archive.extend(&packed);
        if behind {
            archive.extend(b"PK\x07\x08");
            archive.extend(&sizes);
        }
        list.extend([&b"PK\x01\x02"[..], &[20, 0], &head, &sizes, &length, &[0; 12]].concat());
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let count = (entries.len() as u16).to_le_bytes();
    let (size, start) = ((list.len() as u32).to_le_bytes(), (archive.len() as u32).to_le_bytes());
    archive.extend(&list);
    archive.extend([&b"PK\x05\x06"[..], &[0; 4], &count, &count, &size, &start, &[0; 2]].concat());
    archive
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in entries {
        let mut block = [0_u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        block[156] = if name.ends_with('@') { b'2' } else { b'0' };
        block[257..263].copy_from_slice(b"ustar\0");
        block[148..156].copy_from_slice(b"        ");
        let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend(block);
        archive.extend(*bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

fn insides(name: &str, bytes: &[u8]) -> Vec<String> {
    let (articles, skips) = read(name, bytes);
    assert!(skips.is_empty(), "{skips:?}");
    articles.into_iter().map(|it| it.place.inside.unwrap_or_default()).collect()
}

/// What was left out, as it is said.
fn said(name: &str, bytes: &[u8]) -> Vec<String> {
    read(name, bytes).1.into_iter().map(|it| it.reason).collect()
}

#[test]
fn every_compression_is_told_by_its_bytes_and_read_like_the_file_in_it() {
    let text = TEXT.repeat(40);
    for (name, bytes) in [
        ("a.txt.gz", gzip(&text)),
        ("a.txt", gzip(&text)),
        ("a.gz", [gzip(&text[..100]), gzip(&text[100..])].concat()),
        ("a.gz", [gzip(&text), vec![0; 1000]].concat()),
        ("a.gz", text.clone()),
    ] {
        let (articles, skips) = read(name, &bytes);
        assert!(skips.is_empty(), "{name}: {skips:?}");
        assert_eq!(articles[0].text.as_bytes(), text, "{name}");
        assert_eq!((articles[0].place.inside.as_deref(), &*articles[0].format), (None, "plain"));
    }
}

#[test]
fn what_other_programs_compressed_is_read() {
    // `harbour.txt` is the sum of its paragraphs, so that 250 KB of it need not lie here.
    let paragraph = |idx: u32| {
        format!(
            "Paragraph {idx}: {} ships waited in the harbour of Lednor for the fog to lift.\n\n",
            idx % 7
        )
    };
    let text: String = (0..3000).map(paragraph).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/packed");
    for name in [
        "harbour.txt.bz2",
        "two-members.txt.bz2",
        "harbour.txt.xz",
        "harbour.txt.zst",
        "two-frames.txt.zst",
    ] {
        let bytes = fs::read(folder.join(name)).unwrap();
        let (articles, skips) = read(name, &bytes);
        assert!(skips.is_empty(), "{name}: {skips:?}");
        assert!(articles[0].text == text, "{name}");
        let (articles, skips) = read(name, &bytes[..bytes.len() - 3]);
        // A decoder of zstd gives a frame of under its window only when all of it is there.
        assert!(!articles.is_empty() || name == "harbour.txt.zst", "{name}");
        assert!(skips[0].reason.starts_with("cut off"), "{name}: {skips:?}");
        if name == "two-frames.txt.zst" {
            // Its second frame has no checksum.
            continue;
        }
        let mut wrong = bytes.clone();
        wrong[bytes.len() / 2] ^= 4;
        let (_, skips) = read(name, &wrong);
        assert!(skips[0].reason.starts_with("cannot be unpacked"), "{name}: {skips:?}");
    }
}

#[test]
fn containers_lie_in_each_other_and_say_where() {
    let inner = gzip(&tar(&[("2001/a.txt", TEXT), ("b.txt", TEXT), ("link@", b"")]));
    for behind in [false, true] {
        let files = [
            ("x/", &b""[..]),
            ("x/c.txt", TEXT),
            ("inner.tar.gz", &inner),
            ("d.txt.gz", &gzip(TEXT)),
        ];
        let (articles, skips) = read("box.zip", &zip(&files, behind));
        let places: Vec<_> =
            articles.iter().map(|it| it.place.inside.as_deref().unwrap()).collect();
        assert_eq!(
            places,
            ["x/c.txt", "inner.tar.gz/2001/a.txt", "inner.tar.gz/b.txt", "d.txt.gz"]
        );
        assert_eq!(skips.len(), 1, "{skips:?}");
        assert_eq!(skips[0].reason, "passed over: link inside the folder");
    }
    assert_eq!(insides("a.zip", &zip(&[], false)), [""; 0]);
}

#[test]
fn what_is_cut_off_or_damaged_keeps_what_came_before() {
    let text: Vec<u8> = (0..20_000_u32)
        .flat_map(|it| format!("word{} ", it.wrapping_mul(2_654_435_761)).into_bytes())
        .collect();
    let whole = gzip(&text);
    let (articles, skips) = read("a.txt.gz", &whole[..whole.len() / 2]);
    assert!(articles[0].text.starts_with("word0 "));
    assert!(
        articles[0].problems.iter().any(|it| it.starts_with("cut off")),
        "{:?}",
        articles[0].problems
    );
    assert_eq!(skips[0].reason, "cut off; what came before is kept");
    assert_eq!(
        said("a.gz", b"\x1f\x8b\x08\0nothing that unpacks"),
        ["cannot be unpacked: corrupt deflate stream"]
    );
    let two = zip(&[("a.txt", TEXT), ("b.txt", &text)], false);
    let (articles, skips) = read("a.zip", &two[..two.len() / 2]);
    assert_eq!((articles.len(), articles[0].place.inside.as_deref()), (2, Some("a.txt")));
    assert_eq!(skips.last().unwrap().reason, "the archive is cut off; what came before is kept");
    let tarred = tar(&[("a.txt", TEXT), ("b.txt", &text)]);
    assert_eq!(
        said("a.tar", &tarred[..3000]),
        ["the archive is cut off; what came before is kept"]
    );
    let mut wrong = zip(&[("a.txt", TEXT), ("b.txt", TEXT)], false);
    wrong[14] ^= 1;
    assert_eq!(
        said("a.zip", &wrong),
        ["cannot be unpacked: its checksum does not fit; what came before is kept"]
    );
}

#[test]
fn names_in_a_zip_lead_nowhere() {
    let (articles, _) =
        read("a.zip", &zip(&[("../../etc/motd.txt", TEXT), ("/abs.txt", TEXT)], false));
    assert_eq!(articles[0].place.inside.as_deref(), Some("etc/motd.txt"));
    assert_eq!(articles[0].problems, ["its name leads out of the archive: `../../etc/motd.txt`"]);
    assert_eq!(articles[1].place.inside.as_deref(), Some("abs.txt"));
}

#[test]
fn bombs_go_off_in_no_hands() {
    let mut options = ReadOptions::default();
    options.limits.ratio_free_bytes = 1 << 20;
    let line = b"{\"title\":\"First\",\"text\":\"Kept.\"}\n".to_vec();
    let bomb = gzip(&[line, vec![b' '; 8 << 20]].concat());
    let (articles, skips) = read_with("a.jsonl.gz", &bomb, &options);
    assert_eq!(articles.len(), 1, "what came before is kept");
    assert!(
        skips.iter().any(|it| it.reason.starts_with("a bomb: unpacks to over 200 times")),
        "{skips:?}"
    );
    options.limits.unpacked_bytes = 1 << 20;
    let (_, skips) = read_with("a.jsonl.gz", &bomb, &options);
    assert_eq!(skips[0].reason, "unpacks to over 1 MB: the rest of the file is not read");
    options.limits.entries = 3;
    let many = zip(&[("a.txt", TEXT); 9], false);
    let (articles, skips) = read_with("a.zip", &many, &options);
    assert_eq!((articles.len(), skips[0].kind), (3, SkipKind::TooLarge));
    assert_eq!(skips[0].reason, "over 3 entries: the rest of the file is not read");
}

#[test]
fn what_is_packed_too_often_is_not_opened() {
    let mut nested = TEXT.to_vec();
    for _ in 0..30 {
        nested = zip(&[("again.zip", &nested)], false);
    }
    assert_eq!(said("again.zip", &nested), ["packed over 8 times in each other: not opened"]);
}

#[test]
fn a_file_that_gives_nothing_for_too_long_is_left() {
    use std::cell::Cell;
    use std::time::Duration;
    thread_local!(static NOW: Cell<u64> = const { Cell::new(0) });
    let clock = || Duration::from_secs(NOW.replace(NOW.get() + 50));
    let options = ReadOptions { clock: Some(clock), ..ReadOptions::default() };
    let (_, skips) = read_with("a.jsonl", &b"\n".repeat(1 << 20), &options);
    assert_eq!(skips.last().unwrap().reason, "gave nothing for 120 seconds: the rest is not read");
}

#[test]
fn one_file_is_copied_out_of_what_it_is_packed_in() {
    use super::super::copy_original;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("box.zip");
    let inner = gzip(&tar(&[("a.txt", b"One.\n"), ("b.txt", TEXT)]));
    fs::write(&path, zip(&[("inner.tar.gz", &inner), ("c.txt", b"Three.\n")], true)).unwrap();
    let copied = |inside: Option<&str>| {
        let mut out = Vec::new();
        copy_original(&path, inside, &mut out).unwrap().then_some(out)
    };
    assert_eq!(copied(Some("inner.tar.gz/b.txt")).as_deref(), Some(TEXT));
    assert_eq!(copied(Some("c.txt")).as_deref(), Some(&b"Three.\n"[..]));
    assert_eq!(copied(Some("d.txt")), None);
    let path = folder.path().join("a.txt.gz");
    fs::write(&path, gzip(TEXT)).unwrap();
    let mut out = Vec::new();
    assert!(copy_original(&path, None, &mut out).unwrap());
    assert_eq!(out, TEXT);
}

/// An entry is named with the reason why it is not read: a password, or a way of packing.
#[test]
fn entries_that_are_not_read_are_named() {
    let two = zip(&[("a.txt", TEXT), ("b.txt", TEXT)], false);
    let changed = |at: usize, byte: u8| {
        let mut bytes = two.clone();
        bytes[at] = byte;
        let (articles, skips) = read("box.zip", &bytes);
        assert_eq!(articles.len(), 1, "the other entry is read");
        (skips[0].reason.clone(), skips.len())
    };
    assert_eq!(changed(6, 1), ("needs a password: not read".to_owned(), 1));
    for (method, name) in [(9, "Deflate64"), (14, "LZMA"), (98, "PPMd"), (99, "AES")] {
        let reason = format!("packed by method {method} ({name}): not read yet");
        assert_eq!(changed(8, method), (reason, 1));
    }
}
