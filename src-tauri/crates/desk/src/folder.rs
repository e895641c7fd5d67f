//! The desk's folder: what lies where, for its owner only, and who may write to it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::{Error, Result};

/// A desk's folder, made and private.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// Held by the one process that works off this desk's outbox; the system frees it when the process dies.
#[derive(Debug)]
pub struct WorkerLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

/// Held by the one window of this desk.
#[derive(Debug)]
pub struct WindowLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

/// Held by every process that has this desk open, together; or by one alone that puts another database in its place.
#[derive(Debug)]
pub struct DeskLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl Folder {
    pub(crate) const DATABASE: &str = "desk.sqlite";
    pub(crate) const LOG: &str = "log.txt";
    pub(crate) const OLDER_LOG: &str = "log.1.txt";

    /// Names what lies in `path`, whatever is there: nothing is made.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Opens `path` as a desk's folder, making it with mode 0700.
    ///
    /// # Errors
    /// [`Error::Folder`] when it is no folder or cannot be made or written.
    pub fn open(path: &Path) -> Result<Self> {
        let folder = Self(path.to_owned());
        folder.make().map_err(|error| Error::Folder { path: path.to_owned(), error })?;
        Ok(folder)
    }

    fn make(&self) -> std::io::Result<()> {
        make_private(&self.0)?;
        make_private(&self.pictures())?;
        make_private(&self.renditions())
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join(Self::DATABASE)
    }

    #[must_use]
    pub fn pictures(&self) -> PathBuf {
        self.0.join("pictures")
    }

    /// What can be made again from the pictures.
    #[must_use]
    pub fn renditions(&self) -> PathBuf {
        self.0.join("renditions")
    }

    /// Where the local portal keeps what is live.
    #[must_use]
    pub fn local_portal(&self) -> PathBuf {
        self.0.join("portal")
    }

    /// Copies of the database, as it was.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    pub(crate) fn make_backups(&self) -> Result<()> {
        let path = self.backups();
        make_private(&path).map_err(|error| Error::Folder { path, error })
    }

    /// What happened, told without a word of what was written.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.0.join(Self::LOG)
    }

    /// Where the log goes when it is full.
    #[must_use]
    pub fn older_log(&self) -> PathBuf {
        self.0.join(Self::OLDER_LOG)
    }

    /// Takes the right to work off the outbox; `None` while another process has it.
    ///
    /// # Errors
    /// [`Error::Folder`] when the lock file cannot be made.
    pub fn lock_worker(&self) -> Result<Option<WorkerLock>> {
        Ok(self.try_lock("outbox.lock", File::try_lock)?.map(WorkerLock))
    }

    /// Takes the right to show this desk in a window; `None` while another window shows it.
    ///
    /// # Errors
    /// [`Error::Folder`] when the lock file cannot be made.
    pub fn lock_window(&self) -> Result<Option<WindowLock>> {
        Ok(self.try_lock("window.lock", File::try_lock)?.map(WindowLock))
    }

    /// Takes the right to replace the database; `None` while anybody has the desk open.
    pub(crate) fn lock_alone(&self) -> Result<Option<DeskLock>> {
        Ok(self.try_lock("desk.lock", File::try_lock)?.map(DeskLock))
    }

    /// Takes the right to work with the database beside others; `None` while somebody replaces it.
    pub(crate) fn lock_with_others(&self) -> Result<Option<DeskLock>> {
        Ok(self.try_lock("desk.lock", File::try_lock_shared)?.map(DeskLock))
    }

    fn try_lock(&self, name: &str, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Option<File>> {
        let path = self.0.join(name);
        let failed = |error| Error::Folder { path: path.clone(), error };
        let file = private_file().open(&path).map_err(failed)?;
        match lock(&file) {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// Makes a folder for its owner only. What is put into it is found again after a power cut only where its own name is on
/// the disk: that is waited for.
#[cfg(unix)]
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    let new: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    for holder in new.iter().filter_map(|folder| folder.parent()) {
        names_on_disk(holder)?;
    }
    let is_private = fs::metadata(path)?.permissions().mode() & 0o077 == 0;
    if is_private { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(0o700)) }
}

/// Waits until the disk knows what is in the folder, where the folder may be read and its file system can say so.
pub(crate) fn names_on_disk(folder: &Path) -> std::io::Result<()> {
    use std::io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};

    if !cfg!(unix) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if ![InvalidInput, PermissionDenied, Unsupported].contains(&error.kind()) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}

/// Writes a file for its owner only, and waits until the disk has it.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = private_file().open(path)?;
    file.set_len(0)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes a file that a person wanted somewhere, readable as their files are, and waits until the disk has it.
///
/// # Errors
/// What the system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), names_on_disk)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_process_works_off_the_outbox() -> Result<()> {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(&home.path().join("desk"))?;

        let held = folder.lock_worker()?;
        assert!(held.is_some());
        assert!(folder.lock_worker()?.is_none());
        drop(held);

        assert!(folder.lock_worker()?.is_some());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_for_its_owner_only() -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("desk");
        fs::create_dir(&path).expect("a folder that is open to all");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");

        Folder::open(&path)?;

        for folder in [path.clone(), path.join("pictures")] {
            assert_eq!(fs::metadata(folder).expect("a folder").permissions().mode() & 0o777, 0o700);
        }
        Ok(())
    }

    #[test]
    fn a_file_in_its_place_is_refused() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("desk");
        fs::write(&path, "x").expect("a file");

        assert!(matches!(Folder::open(&path), Err(Error::Folder { .. })));
    }
}
