//! Pictures that come in pieces and go on where they were cut off, after the IETF's draft “Resumable Uploads for HTTP”.
//! Its resource need not be made first: it is known by the hash of what is to come.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::ids::Hash;
use protocol::{LARGEST_PICTURE, ProblemKind, Upload};

use crate::{
    Error, LocalPortal, make_private,
    pictures::{digest_mismatch, is_jpeg, not_a_picture},
    private_file,
    refusal::Refusal,
};

/// What nobody went on with for so long is thrown away.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What has arrived of pictures that are not whole yet.
#[derive(Debug)]
pub struct Uploads {
    folder: PathBuf,
    turns: Mutex<Turns>,
}

/// Whose turn it is to write: of one picture, the last who came. Who was cut off may not know it yet.
#[derive(Debug, Default)]
struct Turns {
    last: u64,
    of: HashMap<Hash, u64>,
}

/// A piece that is arriving.
pub struct Piece {
    portal: LocalPortal,
    hash: Hash,
    turn: u64,
    file: File,
    /// So many bytes are there.
    offset: u64,
}

impl Uploads {
    pub fn open(folder: PathBuf) -> Result<Self, Error> {
        make_private(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let rests = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if rests > KEPT_FOR {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { folder, turns: Mutex::default() })
    }

    fn path(&self, hash: Hash) -> PathBuf {
        self.folder.join(format!("{hash}.part"))
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody else writes to this picture as long as this is held.
    fn turn(&self, hash: Hash, turn: u64) -> Result<MutexGuard<'_, Turns>, Refusal> {
        let turns = self.turns();
        if turns.of.get(&hash) == Some(&turn) {
            return Ok(turns);
        }
        Err(Refusal::new(ProblemKind::OffsetMismatch, "another request is sending this picture"))
    }
}

impl LocalPortal {
    /// Says how far a picture is.
    pub fn upload(&self, hash: Hash) -> Result<Upload, Refusal> {
        let (path, complete) = if self.has_picture(hash) {
            (self.picture_path(hash), true)
        } else {
            (self.0.uploads.path(hash), false)
        };
        Ok(Upload { hash, offset: length(&path).map_err(Error::from)?, complete })
    }

    /// Begins to take a piece. Whoever was sending this picture before has had their turn.
    pub fn begin_piece(&self, hash: Hash, offset: u64) -> Result<Piece, Refusal> {
        let mut turns = self.0.uploads.turns();
        let there = self.upload(hash)?.offset;
        if offset != there {
            return Err(Refusal::new(
                ProblemKind::OffsetMismatch,
                format!("{there} bytes of this picture are here; it goes on from there"),
            ));
        }
        let path = self.0.uploads.path(hash);
        let mut file = private_file().open(path).map_err(Error::from)?;
        file.seek(SeekFrom::Start(offset)).map_err(Error::from)?;
        turns.last += 1;
        let turn = turns.last;
        turns.of.insert(hash, turn);
        Ok(Piece { portal: self.clone(), hash, turn, file, offset })
    }
}

impl Piece {
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let offset = self.offset.saturating_add(bytes.len() as u64);
        if offset > LARGEST_PICTURE as u64 {
            return Err(Refusal::new(ProblemKind::TooLarge, "a picture is no larger than 100 MiB"));
        }
        let uploads = &self.portal.0.uploads;
        let _nobody_else_writes = uploads.turn(self.hash, self.turn)?;
        self.file.write_all(bytes).map_err(Error::from)?;
        self.offset = offset;
        Ok(())
    }

    /// Ends the piece; the last makes a picture of what is there, or throws it away where it is not what its name says.
    pub fn end(self, is_last: bool) -> Result<Upload, Refusal> {
        let Self { portal, hash, turn, file, offset } = self;
        let mut turns = portal.0.uploads.turn(hash, turn)?;
        if !is_last {
            return Ok(Upload { hash, offset, complete: false });
        }
        // From here on nobody writes to it, and whoever begins now begins anew.
        let whole = portal.0.uploads.folder.join(format!("{hash}.{turn}.whole"));
        fs::rename(portal.0.uploads.path(hash), &whole).map_err(Error::from)?;
        turns.of.remove(&hash);
        drop(turns);
        let kept = portal.keep_whole(hash, &file, &whole);
        if kept.is_err() {
            fs::remove_file(&whole).ok(); // it is swept later
        }
        kept.map(|()| Upload { hash, offset, complete: true })
    }
}

impl LocalPortal {
    fn keep_whole(&self, hash: Hash, file: &File, path: &Path) -> Result<(), Refusal> {
        let bytes = fs::read(path).map_err(Error::from)?;
        if Hash::of(&bytes) != hash {
            return Err(digest_mismatch());
        }
        if !is_jpeg(&bytes) {
            return Err(not_a_picture());
        }
        file.sync_all().map_err(Error::from)?;
        fs::rename(path, self.picture_path(hash)).map_err(Error::from)?;
        Ok(self.names_are_kept().map_err(Error::from)?)
    }
}

/// Returns how long a file is; one that is not there has no length.
fn length(path: &Path) -> io::Result<u64> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}
