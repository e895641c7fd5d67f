//! Where articles can go. Secrets are never stored here.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Result, Tx, row};

/// How a portal of others is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// What the portal calls itself.
    pub site_name: String,
    pub user: String,
    /// Root of WordPress's REST API.
    pub api: Option<String>,
    /// BCP 47; empty where the portal's pages do not say.
    pub site_language: String,
    /// PEM.
    pub certificate_authority: Option<String>,
    /// A WordPress had our plugin when it was connected.
    pub companion: bool,
}

/// A portal account of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalRow {
    pub name: String,
    /// `local` (run by the app itself), `native` (our protocol elsewhere) or `wordpress`.
    pub kind: String,
    /// Empty for `local`: its address is known when it runs.
    pub url: String,
    pub account: Account,
}

/// Adds a portal, or gives one another address.
///
/// # Errors
/// What SQLite says.
pub fn put(tx: &Tx<'_>, portal: &PortalRow, now_ms: i64) -> Result<()> {
    let sql = "INSERT INTO portals (name, kind, url, added_at, account) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, url = excluded.url, account = excluded.account";
    let account = serde_json::to_string(&portal.account)?;
    tx.prepare_cached(sql)?.execute(params![portal.name, portal.kind, portal.url, now_ms, account])?;
    Ok(())
}

/// Removes a portal nothing was ever sent to. Returns whether it was one.
///
/// # Errors
/// What SQLite says.
pub fn remove_unused(tx: &Tx<'_>, name: &str) -> Result<bool> {
    let used = "SELECT EXISTS (SELECT 1 FROM outbox WHERE portal = ?1) OR EXISTS (SELECT 1 FROM publications WHERE portal = ?1)";
    if tx.prepare_cached(used)?.query_row([name], |row| row.get(0))? {
        return Ok(false);
    }
    tx.prepare_cached("DELETE FROM term_mappings WHERE portal = ?1")?.execute([name])?;
    Ok(tx.prepare_cached("DELETE FROM portals WHERE name = ?1")?.execute([name])? > 0)
}

/// Returns all portals, the oldest first.
///
/// # Errors
/// What SQLite says.
pub fn all(conn: &Connection) -> Result<Vec<PortalRow>> {
    let mut query = conn.prepare_cached("SELECT * FROM portals ORDER BY added_at, name")?;
    let portals = query.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(portals)
}

/// Returns the portal of this name.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, name: &str) -> Result<Option<PortalRow>> {
    let mut query = conn.prepare_cached("SELECT * FROM portals WHERE name = ?1")?;
    Ok(query.query_row([name], read).optional()?)
}

/// Returns how far the portal's clock is ahead of this machine's (ms), as it was last seen.
///
/// # Errors
/// What SQLite says.
pub fn clock_ahead(conn: &Connection, name: &str) -> Result<Option<i64>> {
    let mut query = conn.prepare_cached("SELECT clock_ahead FROM portals WHERE name = ?1")?;
    Ok(query.query_row([name], |row| row.get(0)).optional()?.flatten())
}

/// Writes how far the portal's clock is ahead (ms).
///
/// # Errors
/// What SQLite says.
pub fn keep_clock_ahead(tx: &Tx<'_>, name: &str, ahead: i64) -> Result<()> {
    tx.prepare_cached("UPDATE portals SET clock_ahead = ?2 WHERE name = ?1")?
        .execute(params![name, ahead])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<PortalRow> {
    Ok(PortalRow {
        name: row.get("name")?,
        kind: row.get("kind")?,
        url: row.get("url")?,
        account: row::json(row, "account")?,
    })
}
