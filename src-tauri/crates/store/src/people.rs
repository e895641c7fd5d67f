//! Who works at this desk.

use domain::ids::PersonId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, Tx};

/// Adds a person.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Tx<'_>, id: PersonId, name: &str, now_ms: i64) -> Result<()> {
    tx.prepare_cached("INSERT INTO people (id, name, since) VALUES (?1, ?2, ?3)")?
        .execute(params![id.0, name, now_ms])?;
    Ok(())
}

/// Returns the first person of the desk: with one person at a desk, the one who sits there.
///
/// # Errors
/// What SQLite says.
pub fn first(conn: &Connection) -> Result<Option<(PersonId, String)>> {
    let mut query = conn.prepare_cached("SELECT id, name FROM people ORDER BY since, id LIMIT 1")?;
    Ok(query.query_row([], |row| Ok((PersonId(row.get(0)?), row.get(1)?))).optional()?)
}

/// Returns the name of a person.
///
/// # Errors
/// What SQLite says.
pub fn name(conn: &Connection, id: PersonId) -> Result<String> {
    let mut query = conn.prepare_cached("SELECT name FROM people WHERE id = ?1")?;
    Ok(query.query_row([id.0], |row| row.get(0)).optional()?.unwrap_or_default())
}
