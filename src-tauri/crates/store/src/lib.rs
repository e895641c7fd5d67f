//! The desk's SQLite: SQL and rows, no rules. One module per table, one function per question asked of it.
//! Reads take a `&Connection`, writes a `&Tx`: a write outside a transaction does not compile.

pub mod articles;
pub mod backup;
pub mod carets;
pub mod decisions;
mod error;
mod in_place;
pub mod inspect;
mod migrations;
pub mod outbox;
mod packing;
pub mod pasted;
pub mod people;
pub mod pictures;
pub mod placements;
pub mod portals;
pub mod publication_log;
pub mod publications;
pub mod queue;
pub mod revisions;
mod row;
pub mod settings;
pub mod source_pages;
pub mod spelling;
pub mod templates;
pub mod terms;
pub mod trash;
pub mod undo_histories;

use std::{
    ops::Deref,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub use error::{Error, Result};
use in_place::InPlace;
pub use rusqlite::Connection;
use rusqlite::{Transaction, TransactionBehavior};

/// Oldest SQLite that does not have the WAL-reset bug (sqlite.org, release 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a write waits for another process's write.
const BUSY: Duration = Duration::from_secs(5);

/// The desk's database. Every acknowledged write is on the disk: WAL with `synchronous=FULL`.
#[derive(Debug)]
pub struct Store {
    writer: Mutex<Connection>,
    /// Reads never wait for a write to reach the disk. In memory there is one connection for both.
    reader: Option<Mutex<Connection>>,
    /// Its file; in memory there is none.
    file: Option<InPlace>,
}

/// What reading or writing may fail with: an error of ours, or of a caller who takes ours in.
pub trait Refused: From<Error> + std::error::Error + 'static {}

impl<E: From<Error> + std::error::Error + 'static> Refused for E {}

/// Proof that a write happens inside a transaction.
pub struct Tx<'c>(Transaction<'c>);

impl Deref for Tx<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl Store {
    /// Opens the database at `file`, making it (owner only) and bringing it up to date.
    ///
    /// # Errors
    /// [`Error::TooNew`] leaves a database of a later version unharmed; [`Error::OldSqlite`] refuses a library
    /// that can corrupt it; everything SQLite refuses is [`Error::Sqlite`].
    pub fn open(file: &Path) -> Result<Self> {
        let (writer, reader) = Self::connect(file)?;
        let file = Some(InPlace::of(file)?);
        Ok(Self { writer: Mutex::new(writer), reader: Some(Mutex::new(reader)), file })
    }

    fn connect(file: &Path) -> Result<(Connection, Connection)> {
        make_private(file)?;
        let conn = Connection::open(file)?;
        // A newer schema is refused before anything, even the journal mode, is touched.
        migrations::refuse_newer(&conn)?;
        let writer = Self::ready(conn)?;
        let reader = Connection::open(file)?;
        reader.busy_timeout(BUSY)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok((writer, reader))
    }

    /// Opens a database that lives as long as the value, for tests.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_in_memory() -> Result<Self> {
        let writer = Self::ready(Connection::open_in_memory()?)?;
        Ok(Self { writer: Mutex::new(writer), reader: None, file: None })
    }

    fn ready(mut conn: Connection) -> Result<Connection> {
        refuse_old_sqlite(rusqlite::version_number())?;
        conn.busy_timeout(BUSY)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", synchronous())?;
        // Pages that are let go are overwritten, also those a save lets go: what is purged later must not lie in them.
        conn.pragma_update(None, "secure_delete", true)?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "trusted_schema", false)?;
        migrations::run(&mut conn)?;
        Ok(conn)
    }

    /// Returns a number that is another one once another process has written (SQLite's `data_version`).
    ///
    /// # Errors
    /// What SQLite says.
    pub fn written_elsewhere(&self) -> Result<i64> {
        Ok(lock(&self.writer).pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Runs `work` in one transaction: all of it is kept, or none.
    ///
    /// # Errors
    /// What `work` returns, or what SQLite says when the whole cannot be kept.
    pub fn write<T, E: Refused>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.noted(self.written(work))
    }

    fn written<T, E: Refused>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut conn = lock(&self.writer);
        self.stay_in_place(&mut conn)?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = Tx(tx.map_err(|error| self.refused(error))?);
        let out = work(&tx)?; // an early return drops the transaction: rolled back
        tx.0.commit().map_err(|error| self.refused(error))?;
        Ok(out)
    }

    /// Puts the database back where its file was deleted while it is open; what is open is all there still.
    ///
    /// # Errors
    /// [`Error::Replaced`] when another file lies there; what the disk says.
    pub fn is_in_place(&self) -> Result<()> {
        self.stay_in_place(&mut lock(&self.writer))
    }

    fn stay_in_place(&self, writer: &mut Connection) -> Result<()> {
        let (Some(file), Some(reader)) = (&self.file, &self.reader) else { return Ok(()) };
        if file.is_there()? {
            return Ok(());
        }
        file.put_back(writer)?;
        let (new_writer, new_reader) = Self::connect(file.path())?;
        // The old ones are never closed: the last to close a database removes the log of that name, which is the new one's.
        std::mem::forget(std::mem::replace(writer, new_writer));
        std::mem::forget(std::mem::replace(&mut *lock(reader), new_reader));
        file.know_again()
    }

    /// SQLite only says that the disk failed: the folder itself is asked why.
    fn refused(&self, error: rusqlite::Error) -> Error {
        let failed = error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure);
        let why = self.file.as_ref().filter(|_| failed).and_then(|file| file.try_to_write().err());
        why.map_or_else(|| error.into(), Error::Folder)
    }

    /// Runs `work` on one consistent state of the database.
    ///
    /// # Errors
    /// What `work` returns.
    pub fn read<T, E: Refused>(
        &self,
        work: impl FnOnce(&Connection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.noted(self.looked_up(work))
    }

    fn looked_up<T, E: Refused>(
        &self,
        work: impl FnOnce(&Connection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut conn = lock(self.reader.as_ref().unwrap_or(&self.writer));
        let tx = conn.transaction().map_err(Error::from)?;
        work(&tx)
    }

    /// What SQLite finds damaged is put right when the desk is opened the next time.
    fn noted<T, E: Refused>(&self, done: std::result::Result<T, E>) -> std::result::Result<T, E> {
        if let (Err(error), Some(file)) = (&done, &self.file) {
            backup::note_when_damaged(file.path(), error);
        }
        done
    }

    /// Closes the database and leaves one file with nothing beside it. Nobody else may have it open.
    pub(crate) fn close_as_one_file(self) -> Result<()> {
        drop(self.reader);
        let conn = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        conn.execute_batch("REINDEX")?;
        conn.pragma_update(None, "journal_mode", "DELETE")?;
        conn.close().map_err(|(_, error)| error.into())
    }

    /// Returns a number that changes when another process has written to the database.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn data_version(&self) -> Result<i64> {
        Ok(lock(&self.writer).pragma_query_value(None, "data_version", |row| row.get(0))?)
    }
}

/// How long a write waits: until the disk has it. Only a program built for tests can be made to acknowledge too early, so
/// that the test of power cuts is seen to fail.
fn synchronous() -> &'static str {
    let too_early =
        cfg!(debug_assertions) && std::env::var_os("TOASOAN_TEST_ACKNOWLEDGES_TOO_EARLY").is_some();
    if too_early { "NORMAL" } else { "FULL" }
}

fn lock(conn: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    conn.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the version of the bundled SQLite, e.g. `3.54.1`.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

fn refuse_old_sqlite(found: i32) -> Result<()> {
    if found < OLDEST_SQLITE { Err(Error::OldSqlite { found }) } else { Ok(()) }
}

/// Makes `file` readable by its owner only, whatever the umask; SQLite gives `-wal` and `-shm` the same mode.
#[cfg(unix)]
fn make_private(file: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)
        .map(drop)
        .map_err(Error::Folder)
}

#[cfg(not(unix))]
fn make_private(_file: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_sqlite_has_no_wal_reset_bug() {
        assert!(refuse_old_sqlite(rusqlite::version_number()).is_ok());
        assert!(matches!(refuse_old_sqlite(3_051_002), Err(Error::OldSqlite { found: 3_051_002 })));
    }

    #[test]
    fn another_process_that_wrote_is_noticed_and_we_ourselves_are_not() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, theirs) = (Store::open(&folder.path().join("d"))?, Store::open(&folder.path().join("d"))?);
        let set = |store: &Store, value| store.write::<_, Error>(|tx| settings::set(tx, "name", value));
        let before = ours.written_elsewhere()?;

        set(&ours, "ours")?;
        assert_eq!(ours.written_elsewhere()?, before);
        set(&theirs, "theirs")?;

        assert_ne!(ours.written_elsewhere()?, before);
        Ok(())
    }

    #[test]
    fn what_is_acknowledged_is_on_the_disk_and_for_its_owner_only() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;

        let modes: (String, i64) = store.read::<_, Error>(|conn| {
            Ok((
                conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?,
                conn.pragma_query_value(None, "synchronous", |row| row.get(0))?,
            ))
        })?;

        assert_eq!(modes, ("wal".into(), 2));
        #[cfg(unix)]
        for entry in std::fs::read_dir(folder.path()).expect("its files") {
            use std::os::unix::fs::PermissionsExt;
            let entry = entry.expect("a file");
            let mode = entry.metadata().expect("its mode").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        }
        Ok(())
    }

    #[test]
    fn a_newer_schema_is_refused_and_left_as_it_was() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let conn = Connection::open(&file)?;
        conn.execute_batch("CREATE TABLE of_tomorrow (x); PRAGMA user_version = 9000")?;
        drop(conn);
        let before = std::fs::read(&file).expect("its bytes");

        let refused = Store::open(&file);

        assert!(matches!(refused, Err(Error::TooNew { found: 9000, .. })));
        assert_eq!(std::fs::read(&file).expect("its bytes"), before);
        Ok(())
    }

    #[test]
    fn a_refused_transaction_leaves_nothing_behind() -> Result<()> {
        let store = Store::open_in_memory()?;

        let refused = store.write(|tx| {
            settings::set(tx, "a", "1")?;
            Err::<(), _>(Error::OldSqlite { found: 0 })
        });

        assert!(refused.is_err());
        assert_eq!(store.read(|conn| settings::get(conn, "a"))?, None);
        Ok(())
    }
}
