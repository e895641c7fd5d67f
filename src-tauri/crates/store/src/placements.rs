//! Pictures' places in articles, with the words that article gives them.

use domain::{
    ids::{ArticleId, Hash, PlacementId},
    placement::{Placement, Position},
};
use rusqlite::{Connection, Row, params};

use crate::{Error, Result, Tx, row};

/// A placement as stored: `None` words follow the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementRow {
    pub id: PlacementId,
    pub article: ArticleId,
    pub position: Position,
    pub ordinal: u32,
    pub picture: Option<Hash>,
    pub caption: Option<String>,
    pub credit_line: Option<String>,
    pub alt: Option<String>,
    pub seen_as: String,
}

fn word(position: Position) -> &'static str {
    match position {
        Position::Lead => "lead",
        Position::InText => "in_text",
        Position::Gallery => "gallery",
    }
}

fn named(word: &str) -> Option<Position> {
    match word {
        "lead" => Some(Position::Lead),
        "in_text" => Some(Position::InText),
        "gallery" => Some(Position::Gallery),
        _ => None,
    }
}

/// Adds a placement, or replaces all of it.
///
/// # Errors
/// What SQLite says, e.g. a second lead in one article.
pub fn put(tx: &Tx<'_>, placement: &PlacementRow) -> Result<()> {
    tx.prepare_cached(include_str!("placements/put.sql"))?.execute(params![
        placement.id.0,
        placement.article.0,
        word(placement.position),
        placement.ordinal,
        placement.picture.map(|hash| hash.0),
        placement.caption,
        placement.credit_line,
        placement.alt,
        placement.seen_as,
    ])?;
    Ok(())
}

/// Removes a placement from its article.
///
/// # Errors
/// What SQLite says.
pub fn remove(tx: &Tx<'_>, id: PlacementId) -> Result<()> {
    tx.prepare_cached("DELETE FROM placements WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

/// Returns a placement of `article` as stored.
///
/// # Errors
/// [`Error::Missing`] when the article has no such placement.
pub fn get(conn: &Connection, article: ArticleId, id: PlacementId) -> Result<PlacementRow> {
    let rows = of_article(conn, article)?;
    rows.into_iter()
        .find(|placement| placement.id == id)
        .ok_or_else(|| Error::Missing(format!("placement {id}")))
}

/// Says whether any article has a placement of this id.
///
/// # Errors
/// What SQLite says.
pub fn is_there(conn: &Connection, id: PlacementId) -> Result<bool> {
    let mut query = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM placements WHERE id = ?1)")?;
    Ok(query.query_row([id.0], |row| row.get(0))?)
}

/// Returns the placements of an article as stored: the lead, those in the text, the gallery, each in its order.
///
/// # Errors
/// What SQLite says.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<PlacementRow>> {
    let sql = "SELECT * FROM placements WHERE article = ?1
               ORDER BY CASE position WHEN 'lead' THEN 0 WHEN 'in_text' THEN 1 ELSE 2 END, ordinal, id";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query.query_map([article.0], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Returns the articles that a picture has a place in.
///
/// # Errors
/// What SQLite says.
pub fn articles_with(conn: &Connection, picture: Hash) -> Result<Vec<ArticleId>> {
    let mut query = conn.prepare_cached("SELECT DISTINCT article FROM placements WHERE picture = ?1")?;
    let ids =
        query.query_map([picture.0], |row| row.get(0).map(ArticleId))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// Returns the placements of an article with their words resolved for `language`:
/// the article's own where it has some, else the library's in that language, else as found in the file.
///
/// # Errors
/// What SQLite says.
pub fn resolved(conn: &Connection, article: ArticleId, language: &str) -> Result<Vec<Placement>> {
    let mut query = conn.prepare_cached(include_str!("placements/resolved.sql"))?;
    let rows = query
        .query_map(params![article.0, language], |row| {
            Ok(Placement {
                id: PlacementId(row::uuid(row, "id")?),
                position: row::word(row, "position", named)?,
                caption: row.get("caption")?,
                credit_line: row.get("credit_line")?,
                alt: row.get("alt")?,
                picture: row::maybe_hash(row, "picture")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<PlacementRow> {
    Ok(PlacementRow {
        id: PlacementId(row::uuid(row, "id")?),
        article: ArticleId(row::uuid(row, "article")?),
        position: row::word(row, "position", named)?,
        ordinal: row.get("ordinal")?,
        picture: row::maybe_hash(row, "picture")?,
        caption: row.get("caption")?,
        credit_line: row.get("credit_line")?,
        alt: row.get("alt")?,
        seen_as: row.get("seen_as")?,
    })
}
