//! The database's file while the database is open. What is written to a file that was deleted, or that another one has
//! taken the place of, is gone with the program: nobody may be told that it is saved.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, backup::Backup};

use crate::{Error, Result, backup, make_private};

/// So many pages are copied at once.
const PAGES: i32 = 1000;

/// A database's file, known by more than its name.
#[derive(Debug)]
pub struct InPlace {
    path: PathBuf,
    identity: Mutex<Identity>,
}

/// Device and inode. Elsewhere a file that is open can be neither deleted nor replaced.
type Identity = Option<(u64, u64)>;

impl InPlace {
    pub fn of(path: &Path) -> Result<Self> {
        let identity = identity(path).map_err(Error::Folder)?;
        Ok(Self { path: path.to_owned(), identity: Mutex::new(identity) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says whether the file is the one that is open; false where there is none.
    pub fn is_there(&self) -> Result<bool> {
        let known = *self.identity.lock().unwrap_or_else(PoisonError::into_inner);
        match identity(&self.path) {
            Ok(found) if found == known => Ok(true),
            Ok(_) => Err(Error::Replaced),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::Folder(error)),
        }
    }

    /// Knows the file that lies there now, which is ours.
    pub fn know_again(&self) -> Result<()> {
        let found = identity(&self.path).map_err(Error::Folder)?;
        *self.identity.lock().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }

    /// Writes what is open into a new file in its place. What is open stays so, and is not to be written to any more.
    pub fn put_back(&self, open: &Connection) -> Result<()> {
        let part = backup::beside(&self.path, "-part");
        fs::remove_file(&part).or_else(unless_gone).map_err(Error::Folder)?;
        let copied = self.copy(open, &part);
        if copied.is_err() {
            fs::remove_file(&part).ok();
        }
        copied?;
        // All that was in the log is in the copy.
        for ending in ["-wal", "-shm", "-journal"] {
            fs::remove_file(backup::beside(&self.path, ending))
                .or_else(unless_gone)
                .map_err(Error::Folder)?;
        }
        fs::rename(&part, &self.path).map_err(Error::Folder)?;
        backup::names_on_disk(self.path.parent().unwrap_or(Path::new(".")))
    }

    fn copy(&self, from: &Connection, part: &Path) -> Result<()> {
        make_private(part)?;
        let mut copy = Connection::open(part)?;
        Backup::new(from, &mut copy)?.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
        copy.pragma_update(None, "journal_mode", "DELETE")?; // one file
        copy.close().map_err(|(_, error)| error)?;
        backup::on_disk(part)
    }

    /// Asks the disk for a file, as a save does.
    pub fn try_to_write(&self) -> io::Result<()> {
        let probe = backup::beside(&self.path, "-probe");
        let written = fs::write(&probe, [0; 4096]).and_then(|()| File::open(&probe)?.sync_all());
        fs::remove_file(&probe).or_else(unless_gone).and(written)
    }
}

fn unless_gone(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| Some((file.dev(), file.ino())))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> io::Result<Identity> {
    Ok(None)
}

#[cfg(all(test, unix))]
mod tests {
    use crate::{Store, settings};

    use super::*;

    fn set(store: &Store, value: &str) -> Result<()> {
        store.write(|tx| settings::set(tx, "a", value))
    }

    fn kept(file: &Path) -> Option<String> {
        Store::open(file).and_then(|store| store.read(|conn| settings::get(conn, "a"))).expect("it opens")
    }

    #[test]
    fn a_database_that_was_deleted_while_it_is_open_is_put_back_with_all_that_was_in_it() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        set(&store, "one")?;
        for entry in fs::read_dir(folder.path()).expect("its files").flatten() {
            fs::remove_file(entry.path()).expect("a file");
        }

        store.is_in_place()?;
        assert_eq!(kept(&file).as_deref(), Some("one"));
        set(&store, "two")?;
        assert_eq!(store.read::<_, Error>(|conn| settings::get(conn, "a"))?.as_deref(), Some("two"));
        drop(store);

        assert_eq!(kept(&file).as_deref(), Some("two"));
        Ok(())
    }

    #[test]
    fn beside_another_file_in_its_place_nothing_is_called_saved_until_the_right_one_is_back() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, aside) = (folder.path().join("desk.sqlite"), folder.path().join("aside"));
        let store = Store::open(&file)?;
        set(&store, "one")?;
        fs::rename(&file, &aside).expect("it is moved");
        fs::write(&file, "another").expect("a file");

        assert!(matches!(set(&store, "two"), Err(Error::Replaced)));
        assert_eq!(fs::read(&file).expect("it"), b"another", "it is nobody's to write to");
        fs::rename(&aside, &file).expect("it is put back");
        set(&store, "three")?;
        drop(store);

        assert_eq!(kept(&file).as_deref(), Some("three"));
        Ok(())
    }
}
