//! A stream -> lines of bounded length: a line over the limit is passed over, never held.

use std::io::{self, BufRead};

/// What was found where a line was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line; it lies in the buffer, its line end included.
    Whole,
    /// A line of this many bytes, over the limit; the buffer holds its beginning.
    TooLong(u64),
    /// The end of the stream.
    End,
}

/// Reads one line into `buffer`, which is cleared first.
pub(super) fn read_line(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    limit: u64,
) -> io::Result<Line> {
    buffer.clear();
    let mut length = 0_u64;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        if length + used as u64 <= limit {
            buffer.extend_from_slice(&chunk[..used]);
        }
        length += used as u64;
        input.consume(used);
        if end.is_some() || used == 0 {
            return Ok(match length {
                0 => Line::End,
                _ if length > limit => Line::TooLong(length),
                _ => Line::Whole,
            });
        }
    }
}

/// What was found where a line, or a part of it, was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The rest of a line, its line end included.
    Line,
    /// A part of a line that goes on.
    Part,
    /// The end of the stream, and nothing before it.
    End,
}

/// Reads on behind what is in `buffer` until a line ends or there are `most` bytes.
pub(super) fn read_piece(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    most: usize,
) -> io::Result<Piece> {
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let chunk = &chunk[..chunk.len().min(most.saturating_sub(buffer.len()).max(1))];
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        buffer.extend_from_slice(&chunk[..used]);
        input.consume(used);
        if used == 0 {
            return Ok(if buffer.is_empty() { Piece::End } else { Piece::Line });
        }
        if end.is_some() {
            return Ok(Piece::Line);
        }
        if buffer.len() >= most {
            return Ok(Piece::Part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_one_read() {
        let text = format!("one\n{}\nthree", "x".repeat(10_000));
        let mut input = io::BufReader::with_capacity(16, text.as_bytes());
        let mut buffer = Vec::new();
        assert_eq!(read_line(&mut input, &mut buffer, 100).unwrap(), Line::Whole);
        assert_eq!(buffer, b"one\n");
        assert_eq!(read_line(&mut input, &mut buffer, 100).unwrap(), Line::TooLong(10_001));
        assert!(buffer.capacity() < 1_000);
        assert_eq!(read_line(&mut input, &mut buffer, 100).unwrap(), Line::Whole);
        assert_eq!(buffer, b"three");
        assert_eq!(read_line(&mut input, &mut buffer, 100).unwrap(), Line::End);
    }
}
