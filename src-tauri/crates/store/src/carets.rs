//! Where the caret was in each article.

use domain::ids::ArticleId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, Tx};

/// A caret: the field's name and a selection in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    pub field: String,
    pub anchor: u32,
    pub head: u32,
}

/// Remembers the caret of an article.
///
/// # Errors
/// What SQLite says.
pub fn keep(tx: &Tx<'_>, article: ArticleId, caret: &Caret) -> Result<()> {
    let sql = "INSERT INTO carets (article, field, anchor, head) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (article) DO UPDATE SET field = excluded.field, anchor = excluded.anchor, head = excluded.head";
    tx.prepare_cached(sql)?.execute(params![article.0, caret.field, caret.anchor, caret.head])?;
    Ok(())
}

/// Returns the caret of an article, if it was ever open.
///
/// # Errors
/// What SQLite says.
pub fn of(conn: &Connection, article: ArticleId) -> Result<Option<Caret>> {
    let mut query = conn.prepare_cached("SELECT field, anchor, head FROM carets WHERE article = ?1")?;
    let caret = query
        .query_row([article.0], |row| {
            Ok(Caret { field: row.get(0)?, anchor: row.get(1)?, head: row.get(2)? })
        })
        .optional()?;
    Ok(caret)
}
