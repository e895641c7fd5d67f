//! Where articles can go. Secrets are never stored here.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Result, Tx};

/// A portal account of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalRow {
    pub name: String,
    /// `local` (run by the app itself) or `native` (our protocol elsewhere).
    pub kind: String,
    /// Empty for `local`: its address is known when it runs.
    pub url: String,
}

/// Adds a portal, or gives one another address.
///
/// # Errors
/// What SQLite says.
pub fn put(tx: &Tx<'_>, portal: &PortalRow, now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO portals (name, kind, url, added_at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, url = excluded.url";
    tx.prepare_cached(sql)?.execute(params![portal.name, portal.kind, portal.url, now_ms])?;
    Ok(())
}

/// Returns all portals, the oldest first.
///
/// # Errors
/// What SQLite says.
pub fn all(conn: &Connection) -> Result<Vec<PortalRow>> {
    let mut query = conn.prepare_cached("SELECT name, kind, url FROM portals ORDER BY added_at, name")?;
    let portals = query.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(portals)
}

/// Returns the portal of this name.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, name: &str) -> Result<Option<PortalRow>> {
    let mut query = conn.prepare_cached("SELECT name, kind, url FROM portals WHERE name = ?1")?;
    Ok(query.query_row([name], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<PortalRow> {
    Ok(PortalRow { name: row.get(0)?, kind: row.get(1)?, url: row.get(2)? })
}
