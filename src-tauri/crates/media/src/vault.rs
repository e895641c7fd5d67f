//! The pictures' bytes, stored once under their SHA-256, never changed.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use domain::ids::Hash;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the picture store cannot be used: {0}")]
    Io(#[from] io::Error),
    #[error("the file of picture {0} is missing from the desk's folder")]
    Missing(Hash),
}

/// A folder of files named by what they hold.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
}

impl Vault {
    /// Opens the vault in `folder` and sweeps what an interrupted write left behind.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be made or read.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        make_private(folder)?;
        for entry in fs::read_dir(folder)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(".new-") {
                fs::remove_file(entry.path()).ok(); // swept next time, if it must be
            }
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Stores `bytes` and returns their name; the same bytes are stored once.
    ///
    /// # Errors
    /// [`Error::Io`], e.g. when the disk is full; then nothing is stored.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash, Error> {
        let hash = Hash::of(bytes);
        let path = self.path(hash);
        let shelf = path.parent().unwrap_or(&self.folder);
        if path.exists() {
            sync_folder(shelf)?; // whoever put it there may not have come that far
            return Ok(hash);
        }
        if !shelf.exists() {
            make_private(shelf)?;
            sync_folder(&self.folder)?;
        }
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?; // mode 0600
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        sync_folder(shelf)?;
        Ok(hash)
    }

    /// Returns the bytes of a picture.
    ///
    /// # Errors
    /// [`Error::Missing`] when somebody removed the file, [`Error::Io`].
    pub fn read(&self, hash: Hash) -> Result<Vec<u8>, Error> {
        fs::read(self.path(hash)).map_err(|error| {
            if error.kind() == io::ErrorKind::NotFound { Error::Missing(hash) } else { Error::Io(error) }
        })
    }

    fn path(&self, hash: Hash) -> PathBuf {
        let name = hash.to_string();
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

#[cfg(unix)]
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// A new name is on the disk only once its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_stored_once_and_read_back() -> Result<(), Error> {
        let home = tempfile::tempdir()?;
        let vault = Vault::open(&home.path().join("pictures"))?;

        let (first, again) = (vault.put(b"picture")?, vault.put(b"picture")?);

        assert_eq!(first, again);
        assert_eq!(vault.read(first)?, b"picture");
        assert!(matches!(vault.read(Hash::of(b"other")), Err(Error::Missing(_))));
        Ok(())
    }

    #[test]
    fn what_an_interrupted_write_left_is_swept() -> Result<(), Error> {
        let home = tempfile::tempdir()?;
        fs::write(home.path().join(".new-abc"), "half")?;

        Vault::open(home.path())?;

        assert_eq!(fs::read_dir(home.path())?.count(), 0);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn pictures_are_for_their_owner_only() -> Result<(), Error> {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir()?;
        let vault = Vault::open(&home.path().join("pictures"))?;

        let path = vault.path(vault.put(b"picture")?);

        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(path.parent().expect("its shelf"))?.permissions().mode() & 0o777, 0o700);
        Ok(())
    }
}
