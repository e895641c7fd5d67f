//! What can be undone in each article.

use domain::ids::ArticleId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, Tx};

/// A history of the editor's, and the body that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoHistory {
    /// UTF-16 units.
    pub body_length: u32,
    pub body_hash: String,
    pub history: String,
}

/// Keeps the history of an article in place of the one before.
///
/// # Errors
/// What SQLite says, also that there is no such article.
pub fn keep(tx: &Tx<'_>, article: ArticleId, kept: &UndoHistory) -> Result<()> {
    let sql = "INSERT INTO undo_histories (article, body_length, body_hash, history) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (article) DO UPDATE SET body_length = excluded.body_length,
                   body_hash = excluded.body_hash, history = excluded.history";
    tx.prepare_cached(sql)?.execute(params![article.0, kept.body_length, kept.body_hash, kept.history])?;
    Ok(())
}

/// Forgets the history of an article.
///
/// # Errors
/// What SQLite says.
pub fn forget(tx: &Tx<'_>, article: ArticleId) -> Result<()> {
    tx.prepare_cached("DELETE FROM undo_histories WHERE article = ?1")?.execute([article.0])?;
    Ok(())
}

/// Returns the history of an article, if one is kept.
///
/// # Errors
/// What SQLite says.
pub fn of(conn: &Connection, article: ArticleId) -> Result<Option<UndoHistory>> {
    let sql = "SELECT body_length, body_hash, history FROM undo_histories WHERE article = ?1";
    let kept = conn
        .prepare_cached(sql)?
        .query_row([article.0], |row| {
            Ok(UndoHistory { body_length: row.get(0)?, body_hash: row.get(1)?, history: row.get(2)? })
        })
        .optional()?;
    Ok(kept)
}
