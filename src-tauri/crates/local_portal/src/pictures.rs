//! Pictures by the hash of their bytes: taken once, served for ever, never re-encoded.

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

use domain::ids::Hash;
use protocol::ProblemKind;

use crate::{Error, LocalPortal, refusal::Refusal};

impl LocalPortal {
    /// Takes a picture whose bytes have this hash.
    pub fn take_picture(&self, hash: Hash, bytes: &[u8]) -> Result<(), Refusal> {
        if Hash::of(bytes) != hash {
            return Err(digest_mismatch());
        }
        if !is_jpeg(bytes) {
            return Err(not_a_picture());
        }
        Ok(self.store(hash, bytes)?)
    }

    fn store(&self, hash: Hash, bytes: &[u8]) -> Result<(), Error> {
        if self.has_picture(hash) {
            return Ok(());
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.0.pictures)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(self.picture_path(hash)).map_err(|error| error.error)?;
        Ok(self.names_are_kept()?)
    }

    /// The name of a picture is on the disk once the folder is.
    pub fn names_are_kept(&self) -> io::Result<()> {
        if cfg!(unix) { fs::File::open(&self.0.pictures)?.sync_all() } else { Ok(()) }
    }

    pub fn has_picture(&self, hash: Hash) -> bool {
        self.picture_path(hash).exists()
    }

    pub fn picture(&self, hash: Hash) -> Option<Vec<u8>> {
        fs::read(self.picture_path(hash)).ok()
    }

    pub fn picture_path(&self, hash: Hash) -> PathBuf {
        self.0.pictures.join(format!("{hash}.jpg"))
    }
}

pub fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff])
}

pub fn not_a_picture() -> Refusal {
    Refusal::new(ProblemKind::NotAPicture, "only JPEG pictures are shown on pages")
}

pub fn digest_mismatch() -> Refusal {
    Refusal::new(ProblemKind::DigestMismatch, "the picture's bytes are not the ones its address names")
}
