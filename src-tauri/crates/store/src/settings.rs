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
