//! Articles in the trash, and how one leaves it for good.

use domain::{decision::Act, ids::ArticleId, stage::Stage};
use rusqlite::{Connection, params};

use crate::{Result, Store, Tx, lock};

/// An article in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTrash {
    pub id: ArticleId,
    pub headline: String,
    pub language: String,
    /// When it was put there (Unix ms).
    pub since: i64,
    /// It was published, or was on its way: it is kept.
    pub was_out: bool,
}

/// Returns what is in the trash, the oldest first.
///
/// # Errors
/// What SQLite says.
pub fn list(conn: &Connection) -> Result<Vec<InTrash>> {
    let mut query = conn.prepare_cached(include_str!("trash/list.sql"))?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(InTrash {
            id: ArticleId(row.get("id")?),
            headline: row.get("headline")?,
            language: row.get("language")?,
            since: row.get("since")?,
            was_out: row.get("was_out")?,
        })
    };
    let all = query
        .query_map(params![Stage::Spiked.word(), Act::Spike.word()], read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(all)
}

/// Removes an article with all that belongs to it. Pictures stay in the library. The database itself refuses it for one
/// that is not in the trash or was ever on its way to readers.
///
/// # Errors
/// What SQLite says.
pub fn remove(tx: &Tx<'_>, id: ArticleId) -> Result<()> {
    tx.pragma_update(None, "defer_foreign_keys", true)?; // all of it goes, in whatever order
    tx.execute("UPDATE articles SET translated_from = NULL WHERE translated_from = ?1", [id.0])?;
    tx.execute(
        "DELETE FROM revision_parents WHERE revision IN (SELECT id FROM revisions WHERE article = ?1)",
        [id.0],
    )?;
    for (table, column) in belonging(tx)? {
        tx.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [id.0])?;
    }
    tx.execute("DELETE FROM articles WHERE id = ?1", [id.0])?;
    tx.execute("DELETE FROM stories WHERE id NOT IN (SELECT story FROM articles)", [])?;
    Ok(())
}

/// Returns every table with rows that belong to an article, and the column that names it, as the schema tells.
fn belonging(conn: &Connection) -> Result<Vec<(String, String)>> {
    let mut query = conn.prepare_cached(include_str!("trash/belonging.sql"))?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Runs `work`, and leaves nothing of what it deletes in the log. Backups keep what they have.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_over<T>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let done = self.write(work);
        // The log still has the pages as they were; where somebody reads just now, it is cut at the next time.
        lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_of_an_article_is_found_by_the_schema() -> Result<()> {
        let store = Store::open_in_memory()?;

        let found = store.read(belonging)?;

        for table in ["carets", "decisions", "leftovers", "placements", "revisions", "source_pages"] {
            assert!(found.iter().any(|(name, _)| name == table), "{table} is not among {found:?}");
        }
        assert!(found.iter().all(|(name, _)| name != "articles"));
        Ok(())
    }
}
