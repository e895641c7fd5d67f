//! Whether a write-ahead log was damaged. SQLite reads it up to the first frame that is not right and takes that for its
//! end: after a crash it is, but where whole saves follow, they were on the disk and would be passed over in silence.
//! The format: <https://www.sqlite.org/fileformat2.html#walformat>.

use std::path::Path;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const MAGIC: u32 = 0x377f_0682;
/// With `synchronous=FULL` a save is on the disk before the next begins: a crash leaves at most one in pieces.
const IN_PIECES_AFTER_A_CRASH: usize = 1;

/// Says whether the log at `file` was damaged. An empty one, or none, was not.
pub fn is_damaged(file: &Path) -> std::io::Result<bool> {
    match std::fs::read(file) {
        Ok(bytes) => Ok(!bytes.is_empty() && bytes_are_damaged(&bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn bytes_are_damaged(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..HEADER) else { return false }; // cut short while it was begun
    let big_endian = match word(header, 0) {
        MAGIC => false,
        magic if magic == MAGIC | 1 => true,
        _ => return true,
    };
    let sum = Sum { big_endian, pair: (0, 0) }.with(&header[..24]);
    if !sum.is_written_at(&header[24..]) {
        return true;
    }
    let page = word(header, 8) as usize;
    let frames: Vec<&[u8]> = bytes[HEADER..].chunks_exact(FRAME_HEADER + page.max(512)).collect();
    passed_over(&frames, &header[16..24], sum) > IN_PIECES_AFTER_A_CRASH
}

/// Counts the saves of this log's own generation that follow the first frame that is not right.
fn passed_over(frames: &[&[u8]], salt: &[u8], mut sum: Sum) -> usize {
    let ours = |frame: &&&[u8]| frame[8..16] == *salt;
    for (at, frame) in frames.iter().enumerate() {
        sum = sum.with(&frame[..8]).with(&frame[FRAME_HEADER..]);
        if frame[8..16] != *salt || !sum.is_written_at(&frame[16..]) {
            return frames[at..].iter().filter(ours).filter(|frame| word(frame, 4) != 0).count();
        }
    }
    0
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// The running checksum of a log.
#[derive(Clone, Copy)]
struct Sum {
    big_endian: bool,
    pair: (u32, u32),
}

impl Sum {
    fn with(self, bytes: &[u8]) -> Self {
        let read = |four: &[u8]| {
            let big = word(four, 0);
            if self.big_endian { big } else { big.swap_bytes() }
        };
        let pair = bytes.chunks_exact(8).fold(self.pair, |(first, second), eight| {
            let first = first.wrapping_add(read(&eight[..4])).wrapping_add(second);
            (first, second.wrapping_add(read(&eight[4..])).wrapping_add(first))
        });
        Self { pair, ..self }
    }

    fn is_written_at(self, bytes: &[u8]) -> bool {
        (word(bytes, 0), word(bytes, 4)) == self.pair
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Result, Store, settings};

    /// A log with `saves` saves in it, as it lies there while the desk is open.
    fn log(saves: usize) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        for number in 0..saves {
            store.write::<_, Error>(|tx| settings::set(tx, "body", &format!("{number} ").repeat(3000)))?;
        }
        let bytes = std::fs::read(folder.path().join("desk.sqlite-wal")).expect("the log");
        drop(store);
        Ok(bytes)
    }

    #[test]
    fn a_log_as_sqlite_writes_it_is_whole_and_so_is_one_that_a_crash_cut_off() -> Result<()> {
        let bytes = log(20)?;

        assert!(!bytes_are_damaged(&bytes));
        for cut in [0, 10, HEADER, bytes.len() / 2, bytes.len() - 5] {
            assert!(!bytes_are_damaged(&bytes[..cut]), "cut off at {cut}");
        }
        Ok(())
    }

    #[test]
    fn a_log_started_anew_over_an_older_one_is_whole() -> Result<()> {
        let bytes = log(400)?; // more than SQLite lets it grow: frames of the older generation follow

        assert!(!bytes_are_damaged(&bytes));
        Ok(())
    }

    #[test]
    fn a_byte_in_the_header_or_under_later_saves_is_noticed() -> Result<()> {
        let bytes = log(20)?;
        for at in [0, 5, 17, 30, HEADER + 9, HEADER + 200, bytes.len() / 2] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            assert!(bytes_are_damaged(&damaged), "at {at}");
        }
        Ok(())
    }
}
