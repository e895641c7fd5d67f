//! Immutable revisions of articles.

use domain::{
    ids::{ArticleId, Hash, PersonId},
    revision::Revision,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Result, Tx, row};

/// Keeps a revision; one that is kept already stays as it is.
///
/// # Errors
/// What SQLite says.
pub fn keep(tx: &Tx<'_>, revision: &Revision) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO revisions (id, article, content_hash, document, made_by, made_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.prepare_cached(sql)?.execute(params![
        revision.id.0,
        revision.article.0,
        revision.content_hash.0,
        serde_json::to_string(&revision.document)?,
        revision.by.0,
        revision.made_at,
    ])?;
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO revision_parents (revision, parent) VALUES (?1, ?2)")?;
    for parent in &revision.parents {
        insert.execute(params![revision.id.0, parent.0])?;
    }
    Ok(())
}

/// Returns a revision.
///
/// # Errors
/// [`Error::Missing`] when the desk does not have it.
pub fn get(conn: &Connection, id: Hash) -> Result<Revision> {
    one(conn, "SELECT * FROM revisions WHERE id = ?1", params![id.0])?
        .ok_or_else(|| Error::Missing(format!("revision {id}")))
}

/// Returns the newest revision of an article.
///
/// # Errors
/// What SQLite says.
pub fn head(conn: &Connection, article: ArticleId) -> Result<Option<Revision>> {
    let sql = "SELECT * FROM revisions WHERE article = ?1 ORDER BY made_at DESC, rowid DESC LIMIT 1";
    one(conn, sql, params![article.0])
}

fn one(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Option<Revision>> {
    let Some(mut revision) = conn.prepare_cached(sql)?.query_row(params, read).optional()? else {
        return Ok(None);
    };
    let mut query =
        conn.prepare_cached("SELECT parent FROM revision_parents WHERE revision = ?1 ORDER BY parent")?;
    revision.parents =
        query.query_map([revision.id.0], |row| row.get(0).map(Hash))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(revision))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row::hash(row, "id")?,
        article: ArticleId(row::uuid(row, "article")?),
        content_hash: row::hash(row, "content_hash")?,
        parents: Vec::new(),
        by: PersonId(row::uuid(row, "made_by")?),
        made_at: row.get("made_at")?,
        document: row::json(row, "document")?,
    })
}
