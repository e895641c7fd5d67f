//! What the desk remembers by name: preferences, the watched folder, the article that was open.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, Tx};

/// Keeps `value` under `name`.
///
/// # Errors
/// What SQLite says.
pub fn set(tx: &Tx<'_>, name: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}

/// Returns what is kept under `name`.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, name: &str) -> Result<Option<String>> {
    let mut query = conn.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    Ok(query.query_row([name], |row| row.get(0)).optional()?)
}

/// Forgets what is kept under `name`; false when nothing was.
///
/// # Errors
/// What SQLite says.
pub fn forget(tx: &Tx<'_>, name: &str) -> Result<bool> {
    Ok(tx.prepare_cached("DELETE FROM settings WHERE name = ?1")?.execute([name])? > 0)
}

/// Returns what is kept under names that begin so, in the order of the names.
///
/// # Errors
/// What SQLite says.
pub fn beginning_with(conn: &Connection, start: &str) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, value FROM settings WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name";
    let mut query = conn.prepare_cached(sql)?;
    let kept =
        query.query_map([start], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(kept)
}
