//! What a damaged database is known by, and the note that one was met.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, config::DbConfig, types::ValueRef};

use super::{JSON, beside, remains::columns, wal};
use crate::{Error, Result, error::is_damage, inspect, inspect::Look, make_private, migrations};

/// Beside the database while it is known to be damaged: SQLite said so, or a backup of it was not whole.
const NOTE: &str = "-damaged";

/// Notes that the database at `file` is damaged. Where not even that can be written, it will be met again.
pub fn note_damage(file: &Path) {
    make_private(&beside(file, NOTE)).ok();
}

/// Notes that the database at `file` is damaged where that is what `error` means; says whether it does.
pub fn note_when_damaged(file: &Path, error: &(dyn std::error::Error + 'static)) -> bool {
    let met = means_damage(error);
    if met {
        note_damage(file);
    }
    met
}

/// Says whether the database at `file` was met damaged.
#[must_use]
pub fn is_noted(file: &Path) -> bool {
    beside(file, NOTE).exists()
}

/// Takes the note back: a look showed that all is whole.
pub fn forget_damage(file: &Path) {
    std::fs::remove_file(beside(file, NOTE)).ok();
}

/// Returns what is wrong with the database at `file`, which nobody else has open. Nothing is changed. Its pages are looked
/// through only where the last run did not end well, and its indexes too where damage was noted; else its header and
/// schema have to do.
/// A database of a later version is not damaged.
///
/// # Errors
/// What SQLite says that is not about damage.
pub fn damage(file: &Path) -> Result<Option<String>> {
    let log = beside(file, "-wal");
    let size = |file: &Path| std::fs::metadata(file).map_or(0, |file| file.len());
    if size(file) == 0 && size(&log) == 0 {
        return Ok(None); // a new desk
    }
    if size(&beside(file, "-journal")) > 0 {
        roll_back(file)?;
    }
    if inspect::look(file)
        .and_then(|conn| migrations::version(&conn))
        .is_ok_and(|found| found > migrations::KNOWN)
    {
        return Ok(None);
    }
    if wal::is_damaged(&log).map_err(Error::Folder)? {
        return Ok(Some("the write-ahead log is not as it was written".into()));
    }
    let look = match (is_noted(file), size(&log)) {
        (true, _) => Some(Look::Full),
        (false, 1..) => Some(Look::Quick),
        (false, 0) => None,
    };
    match faults(file, look) {
        Err(error) if means_damage(&error) => Ok(Some(error_words(&error))),
        other => Ok(other?.into_iter().next()),
    }
}

/// The power was cut while the kind of the log was changed, as a new or restored database does once. Who only looks may not
/// undo that half change, and without it SQLite lets nobody look. Damage that shows here is found again by the look.
fn roll_back(file: &Path) -> Result<()> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    match conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(error) if !is_damage(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

fn faults(file: &Path, look: Option<Look>) -> Result<Vec<String>> {
    let conn = inspect::look(file)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let Some(look) = look else { return Ok(Vec::new()) };
    let faults = inspect::faults(&conn, look)?;
    if faults.is_empty() && look == Look::Full { texts_that_are_none(&conn) } else { Ok(faults) }
}

/// SQLite passes a text whatever its bytes are: a letter changed by the disk can make one that nobody can read.
fn texts_that_are_none(conn: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    // A desk that an older app left lacks what came later: it is brought up to date when it is opened.
    let there = |table: &str| columns(conn, table);
    for table in super::tables() {
        if there(table)?.is_empty() {
            continue;
        }
        let mut query = conn.prepare(&format!("SELECT * FROM {table}"))?;
        let (columns, mut rows) = (query.column_count(), query.query([])?);
        while let Some(row) = rows.next()? {
            let is_text = |at| match row.get_ref(at) {
                Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes).is_ok(),
                Ok(_) => true,
                Err(_) => false,
            };
            if !(0..columns).all(is_text) {
                faults.push(format!("a text in {table} is none"));
                break;
            }
        }
    }
    for (table, column) in JSON {
        if !there(table)?.iter().any(|one| one == column) {
            continue;
        }
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE NOT json_valid({column}))");
        if conn.query_row(&sql, [], |row| row.get(0))? {
            faults.push(format!("{column} in {table} is no JSON"));
        }
    }
    Ok(faults)
}

/// Says whether the error is SQLite's word for damage.
pub fn means_damage(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(of_sqlite) = error.downcast_ref::<rusqlite::Error>() {
            return is_damage(of_sqlite);
        }
        cause = error.source();
    }
    false
}

/// SQLite's own words: ours say what to do, which is being done.
fn error_words(error: &Error) -> String {
    if let Error::Sqlite(of_sqlite) = error { of_sqlite.to_string() } else { error.to_string() }
}

/// Looks through the whole database at `file`, its indexes too, while others work on it. Damage is noted.
///
/// # Errors
/// [`Error::Damaged`] with the first fault.
pub fn look_through(file: &Path) -> Result<()> {
    let fault = match faults(file, Some(Look::Full)) {
        Err(error) if means_damage(&error) => Some(error_words(&error)),
        other => other?.into_iter().next(),
    };
    let Some(fault) = fault else { return Ok(()) };
    note_damage(file);
    Err(Error::Damaged { fault })
}
