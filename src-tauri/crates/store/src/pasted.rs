//! The places of pasted pictures as they were pasted, beside what can be undone.

use domain::{
    ids::{ArticleId, Hash, PlacementId},
    placement::Position,
};
use rusqlite::{Connection, Row, params};

use crate::{Result, Tx, placements::PlacementRow, row};

/// Adds a place that was pasted.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Tx<'_>, placement: &PlacementRow) -> Result<()> {
    let sql = "INSERT INTO pasted_placements (id, article, picture, caption, credit_line, alt, seen_as)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    tx.prepare_cached(sql)?.execute(params![
        placement.id.0,
        placement.article.0,
        placement.picture.map(|hash| hash.0),
        placement.caption,
        placement.credit_line,
        placement.alt,
        placement.seen_as,
    ])?;
    Ok(())
}

/// Gives a pasted place its picture.
///
/// # Errors
/// What SQLite says.
pub fn give_picture(tx: &Tx<'_>, id: PlacementId, picture: Hash) -> Result<()> {
    tx.prepare_cached("UPDATE pasted_placements SET picture = ?2 WHERE id = ?1")?
        .execute(params![id.0, picture.0])?;
    Ok(())
}

/// Returns the places that were pasted into an article, in the order they were; a placement's order is told by the article.
///
/// # Errors
/// What SQLite says.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<PlacementRow>> {
    of_article_until(conn, article, i64::MAX)
}

/// Returns those that were the `last`th or before of the desk ([`last`]).
///
/// # Errors
/// What SQLite says.
pub fn of_article_until(conn: &Connection, article: ArticleId, last: i64) -> Result<Vec<PlacementRow>> {
    let sql = "SELECT * FROM pasted_placements WHERE article = ?1 AND rowid <= ?2 ORDER BY rowid";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query.query_map(params![article.0, last], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Returns the number of the place that was pasted last.
///
/// # Errors
/// What SQLite says.
pub fn last(conn: &Connection) -> Result<i64> {
    let sql = "SELECT ifnull(max(rowid), 0) FROM pasted_placements";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Forgets a place that was pasted. The placement itself stays.
///
/// # Errors
/// What SQLite says.
pub fn forget(tx: &Tx<'_>, id: PlacementId) -> Result<()> {
    tx.prepare_cached("DELETE FROM pasted_placements WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<PlacementRow> {
    Ok(PlacementRow {
        id: PlacementId(row::uuid(row, "id")?),
        article: ArticleId(row::uuid(row, "article")?),
        position: Position::InText,
        ordinal: 0,
        picture: row::maybe_hash(row, "picture")?,
        caption: row.get("caption")?,
        credit_line: row.get("credit_line")?,
        alt: row.get("alt")?,
        seen_as: row.get("seen_as")?,
    })
}
