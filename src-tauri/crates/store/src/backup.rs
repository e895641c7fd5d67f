//! Backups of the database, what a damaged one is known by, and what is taken over out of it.
//! Pictures need no copy: the vault keeps them under their hashes and never changes one.

mod damage;
mod merge;
mod remains;
mod wal;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use damage::note_damage;
pub use damage::{damage, forget_damage, is_noted, look_through, note_when_damaged};
pub use merge::{Counted, From, FromWhere, TakenOver, bring_back_jobs, take_over};
pub use remains::Remains;
use rusqlite::{Connection, backup::Backup};

use crate::{Error, Result, Store, Tx, inspect, make_private, settings};

/// So many pages are copied at once (1 MB), with a pause after them: the machine is for who writes on it.
const PAGES: i32 = 256;
const PAUSE: Duration = Duration::from_millis(10);

/// What belongs to a database beside its own file, the database itself first.
pub const FILES: [&str; 5] = ["", "-wal", "-shm", "-journal", "-damaged"];

/// Texts that are JSON, which SQLite does not know.
const JSON: [(&str, &str); 7] = [
    ("articles", "keywords"),
    ("pictures", "found"),
    ("decisions", "findings"),
    ("publications", "differences"),
    ("outbox", "receipt"),
    ("publication_log", "entry"),
    ("portals", "account"),
];

fn tables() -> impl Iterator<Item = &'static str> {
    merge::TABLES.iter().map(|(table, _)| *table)
}

/// Names the file that belongs to the database at `file` under `ending`.
#[must_use]
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Copies the database at `from`, as it stands now, into the new file `to`, which is on the disk and whole when this
/// returns; where it fails `to` is not there. Others go on reading and writing.
///
/// # Errors
/// [`Error::Damaged`] when the copy does not pass SQLite's check: then the database itself is damaged, which is noted.
pub fn make(from: &Path, to: &Path) -> Result<()> {
    let made = copy(from, to).and_then(|()| is_whole(to)).and_then(|()| on_disk(to));
    if made.is_err() {
        fs::remove_file(to).ok(); // what is there in part is of no use
    }
    match &made {
        Err(Error::Damaged { .. }) => note_damage(from),
        Err(error) => drop(note_when_damaged(from, error)),
        Ok(()) => {}
    }
    made
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let from = inspect::look(from)?;
    make_private(to)?;
    let mut copy = Connection::open(to)?;
    copy.pragma_update(None, "synchronous", "OFF")?; // it is synced once, when it is whole
    // One state of the database is read to the end, whatever is written meanwhile: else the copying would begin anew.
    let state = from.unchecked_transaction()?;
    crate::migrations::refuse_newer(&state)?;
    Backup::new(&state, &mut copy)?.run_to_completion(PAGES, PAUSE, None)?;
    // One file that needs nothing beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Passes a database that SQLite's own check finds whole.
///
/// # Errors
/// [`Error::Damaged`] with the first fault.
pub fn is_whole(file: &Path) -> Result<()> {
    let conn = inspect::look(file)?;
    crate::migrations::refuse_newer(&conn)?;
    match inspect::faults(&conn, inspect::Look::Quick)?.into_iter().next() {
        None => Ok(()),
        Some(fault) => Err(Error::Damaged { fault }),
    }
}

/// Waits until the disk has the file.
///
/// # Errors
/// What the system says.
pub fn on_disk(file: &Path) -> Result<()> {
    // Written through any handle; some systems sync only one that may write.
    fs::OpenOptions::new().append(true).open(file).and_then(|file| file.sync_all()).map_err(Error::Folder)
}

/// Waits until the disk knows what the folder's files are called now.
///
/// # Errors
/// What the system says.
pub fn names_on_disk(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::Folder)
    } else {
        Ok(())
    }
}

/// Where a database keeps how many backups were made of the desk, itself among them if it is one. Names tell the time of
/// a clock that may have been set back; this only grows.
const NUMBER: &str = "backup_number";

/// Returns the number that the backup at `file` has; older ones than these numbers have none.
#[must_use]
pub fn number(file: &Path) -> Option<i64> {
    inspect::setting(file, NUMBER).ok()??.parse().ok()
}

/// Gives the database the number of its next backup: above its own, which is lower once an older one was put back, and
/// above `others`, the highest that any backup has.
///
/// # Errors
/// What SQLite says.
pub fn count_on(tx: &Tx<'_>, others: Option<i64>) -> Result<()> {
    let own = settings::get(tx, NUMBER)?.and_then(|number| number.parse::<i64>().ok());
    let last = own.max(others).unwrap_or_default();
    settings::set(tx, NUMBER, &last.saturating_add(1).to_string())
}

/// What a database's rows tell of how far the work has come; the same in two databases when nothing was done between.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark(Vec<Option<i64>>);

impl Mark {
    /// Returns how far the database at `file` has come.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn of(file: &Path) -> Result<Self> {
        let conn = inspect::look(file)?;
        crate::migrations::refuse_newer(&conn)?;
        conn.query_row(include_str!("backup/mark.sql"), [], |row| {
            let columns = row.as_ref().column_count();
            (0..columns).map(|at| row.get(at)).collect::<rusqlite::Result<_>>().map(Self)
        })
        .map_err(Error::from)
    }

    /// Says whether nobody has begun an article yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.first().is_none_or(|newest| newest.is_none())
    }
}

/// Makes of the file `copy`, a copy of the backup `backup` or an empty database without one, one file that the desk can
/// open: brought up to date, `work` done in it, its indexes made anew, whole, and on the disk.
///
/// # Errors
/// What `work` returns; what SQLite says.
pub fn prepare<T>(backup: Option<&Path>, copy: &Path, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
    if let Some(backup) = backup {
        make_private(copy)?;
        fs::copy(backup, copy).map_err(Error::Folder)?;
    }
    let store = Store::open(copy)?;
    let out = work(&store)?;
    store.close_as_one_file()?;
    is_whole(copy)?;
    on_disk(copy)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    fn kept(file: &Path, name: &str) -> Result<Option<String>> {
        settings::get(&inspect::look(file)?, name)
    }

    #[test]
    fn a_backup_is_one_whole_file_for_its_owner_only() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, backup) = (folder.path().join("desk.sqlite"), folder.path().join("backup.sqlite"));
        let store = Store::open(&file)?;
        store.write::<_, Error>(|tx| settings::set(tx, "a", "one"))?;

        make(&file, &backup)?;
        store.write::<_, Error>(|tx| settings::set(tx, "a", "two"))?;

        assert_eq!(kept(&backup, "a")?.as_deref(), Some("one"));
        assert!(["-wal", "-shm", "-journal"].iter().all(|ending| !beside(&backup, ending).exists()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&backup).expect("it").permissions().mode() & 0o777, 0o600);
        }
        Ok(())
    }

    #[test]
    fn a_backup_is_one_moment_however_much_is_written_meanwhile() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        let filler = "chữ ".repeat(20_000);
        for number in 0..300 {
            store.write::<_, Error>(|tx| settings::set(tx, &format!("filler {number}"), &filler))?;
        }
        let over = AtomicBool::new(false);

        let written = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut number: i64 = 0;
                while !over.load(Ordering::SeqCst) {
                    number += 1;
                    let value = number.to_string();
                    let both = |tx: &crate::Tx<'_>| {
                        settings::set(tx, "left", &value)?;
                        settings::set(tx, "right", &value)
                    };
                    store.write::<_, Error>(both).expect("a write beside the backup");
                }
                number
            });
            for number in 0..3 {
                let backup = folder.path().join(format!("backup {number}"));
                make(&file, &backup).expect("a backup beside the writing");
                assert_eq!(kept(&backup, "left").expect("it"), kept(&backup, "right").expect("it"));
            }
            over.store(true, Ordering::SeqCst);
            writer.join().expect("the writer")
        });

        assert!(written > 10, "only {written} writes went by the backups");
        Ok(())
    }

    #[test]
    fn a_change_that_a_power_cut_left_half_made_is_undone_and_is_no_damage() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, cut) = (folder.path().join("desk.sqlite"), folder.path().join("cut.sqlite"));
        let store = Store::open(&file)?;
        store.write::<_, Error>(|tx| settings::set(tx, "a", "one"))?;
        store.close_as_one_file()?; // from here on the old pages lie in a journal until all new ones are there
        let conn = Connection::open(&file)?;
        conn.execute_batch("PRAGMA cache_size = 2; BEGIN; UPDATE settings SET value = 'half'")?;
        for number in 0..200 {
            conn.execute("INSERT INTO settings VALUES (?1, ?2)", (number.to_string(), "chữ ".repeat(500)))?;
        }
        for ending in ["", "-journal"] {
            fs::copy(beside(&file, ending), beside(&cut, ending)).map_err(Error::Folder)?;
        }
        assert!(inspect::setting(&cut, "a").is_err(), "nobody may look at it as it is");

        let damage = damage(&cut)?;

        assert_eq!(damage, None);
        let store = Store::open(&cut)?;
        assert_eq!(store.read(|conn| settings::get(conn, "a"))?.as_deref(), Some("one"));
        Ok(())
    }

    #[test]
    fn the_mark_moves_with_the_work_and_not_with_the_caret() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        let empty = Mark::of(&file)?;
        store.write::<_, Error>(|tx| settings::set(tx, "open_article", "1"))?;
        let looked_at = Mark::of(&file)?;
        store.write::<_, Error>(|tx| {
            tx.execute_batch(
                "INSERT INTO people VALUES (x'01', 'Lan', 1); INSERT INTO stories VALUES (x'02', 1);
                 INSERT INTO articles (id, story, stage, begun_by, created_at, saved_at, language)
                 VALUES (x'03', x'02', 'draft', x'01', 1, 1, 'vi')",
            )?;
            Ok(())
        })?;

        assert!(empty.is_empty() && empty == looked_at);
        assert!(!Mark::of(&file)?.is_empty());
        Ok(())
    }
}
