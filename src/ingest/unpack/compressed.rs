//! A compressed stream -> the bytes in it, member by member, in memory bounded by the window of its kind.

use std::io::{self, BufRead, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder};
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::bzip2::Bzip2;
use super::source::Source;

/// Kibibytes that a decoder of xz may ask for: `xz -9` needs 64 MB.
const XZ_MEMORY: u32 = 160 << 10;

/// Bytes of history that a decoder of zstd may ask for, as in `zstd` itself.
const ZSTD_WINDOW: u64 = 128 << 20;

pub(super) fn gzip<'s>(source: &'s mut Source<'_>) -> Box<dyn Read + 's> {
    Box::new(Gzip { current: Some(GzDecoder::new(source)) })
}

pub(super) fn zstd<'s>(source: &'s mut Source<'_>) -> Box<dyn Read + 's> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(ZSTD_WINDOW);
    Box::new(Zstd { source, decoder, begun: false })
}

pub(super) fn xz<'s>(source: &'s mut Source<'_>) -> Box<dyn Read + 's> {
    Box::new(XzReader::new_mem_limit(source, true, XZ_MEMORY))
}

pub(super) fn bzip2<'s>(source: &'s mut Source<'_>) -> Box<dyn Read + 's> {
    Box::new(Bzip2::new(source))
}

pub(super) fn deflate<'s>(source: &'s mut Source<'_>) -> Box<dyn Read + 's> {
    Box::new(DeflateDecoder::new(source))
}

/// Members of gzip, one after the other.
struct Gzip<'s, 'a> {
    current: Option<GzDecoder<&'s mut Source<'a>>>,
}

impl Read for Gzip<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.current else { return Ok(0) };
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let Some(ended) = self.current.take() else { return Ok(0) };
            let source = ended.into_inner();
            if source.peek(2)?.starts_with(b"\x1f\x8b") {
                self.current = Some(GzDecoder::new(source));
            } else {
                nothing_else(source)?;
            }
        }
    }
}

/// Tapes and disks fill up with zeros behind the last member; anything else there has been lost or damaged.
fn nothing_else(source: &mut Source<'_>) -> io::Result<()> {
    loop {
        let bytes = source.fill_buf()?;
        let count = bytes.len();
        if count == 0 {
            return Ok(());
        }
        if bytes.iter().any(|&byte| byte != 0) {
            return Err(io::Error::other("something else follows its end"));
        }
        source.consume(count);
    }
}

/// Frames of zstd, one after the other; those that hold no data are passed over.
struct Zstd<'s, 'a> {
    source: &'s mut Source<'a>,
    decoder: FrameDecoder,
    begun: bool,
}

impl Zstd<'_, '_> {
    /// Begins the next frame; false at the end of the stream.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.peek(1)?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut *self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    if self.source.skip(u64::from(length))? < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(zstd_error(&error)),
            }
        }
    }
}

impl Read for Zstd<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.begun && !self.begin()? {
                return Ok(0);
            }
            self.begun = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let some = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut *self.source, some)
                    .map_err(|error| zstd_error(&error))?;
            }
            let count = self.decoder.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let stated = self.decoder.get_checksum_from_data();
            if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
                return Err(io::Error::other("its checksum does not fit"));
            }
            self.begun = false;
        }
    }
}

/// The decoder wraps the end of the stream in errors of its own.
fn zstd_error(error: &FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(found) = cause {
        let at_end = found.downcast_ref::<io::Error>();
        if at_end.is_some_and(|it| it.kind() == io::ErrorKind::UnexpectedEof) {
            return io::ErrorKind::UnexpectedEof.into();
        }
        cause = found.source();
    }
    io::Error::other(error.to_string())
}
