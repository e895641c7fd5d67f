//! Which of our words is which term of a portal.

use rusqlite::{Connection, params};

use crate::{Result, Tx};

/// Our word and the portal's term for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRow {
    /// `category`, `keyword`, `byline` or `language`.
    pub kind: String,
    pub ours: String,
    /// The portal's own id.
    pub theirs: String,
    pub name: String,
}

/// Keeps a mapping; a word means one term.
///
/// # Errors
/// What SQLite says.
pub fn put(tx: &Tx<'_>, portal: &str, term: &TermRow) -> Result<()> {
    let sql = "INSERT INTO term_mappings (portal, kind, ours, theirs, name) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (portal, kind, ours) DO UPDATE SET theirs = excluded.theirs, name = excluded.name";
    tx.prepare_cached(sql)?.execute(params![portal, term.kind, term.ours, term.theirs, term.name])?;
    Ok(())
}

/// Forgets a mapping.
///
/// # Errors
/// What SQLite says.
pub fn forget(tx: &Tx<'_>, portal: &str, kind: &str, ours: &str) -> Result<()> {
    let sql = "DELETE FROM term_mappings WHERE portal = ?1 AND kind = ?2 AND ours = ?3";
    tx.prepare_cached(sql)?.execute(params![portal, kind, ours])?;
    Ok(())
}

/// Returns the mappings of a portal.
///
/// # Errors
/// What SQLite says.
pub fn of_portal(conn: &Connection, portal: &str) -> Result<Vec<TermRow>> {
    let sql = "SELECT kind, ours, theirs, name FROM term_mappings WHERE portal = ?1 ORDER BY kind, ours";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query
        .query_map([portal], |row| {
            Ok(TermRow { kind: row.get(0)?, ours: row.get(1)?, theirs: row.get(2)?, name: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
