//! What is live, per edition and portal.

use domain::ids::{ArticleId, Hash};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Result, Tx, row};

/// What readers can see of one edition on one portal, by the portal's receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRow {
    pub article: ArticleId,
    pub portal: String,
    pub remote_id: String,
    pub url: String,
    /// The portal's own version token.
    pub version: String,
    pub live_revision: Hash,
    pub live_content_hash: Hash,
    /// Unix milliseconds, UTC.
    pub first_live_at: i64,
    pub live_since: i64,
    pub corrections: u32,
    /// What reading the public page back found different.
    pub differences: Vec<String>,
}

/// Records what is live now. The time of the first publication stays.
///
/// # Errors
/// What SQLite says.
pub fn put(tx: &Tx<'_>, publication: &PublicationRow) -> Result<()> {
    tx.prepare_cached(include_str!("publications/put.sql"))?.execute(params![
        publication.article.0,
        publication.portal,
        publication.remote_id,
        publication.url,
        publication.version,
        publication.live_revision.0,
        publication.live_content_hash.0,
        publication.first_live_at,
        publication.live_since,
        publication.corrections,
        serde_json::to_string(&publication.differences)?,
    ])?;
    Ok(())
}

/// Returns what is live of an article, by portal.
///
/// # Errors
/// What SQLite says.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<PublicationRow>> {
    let mut query = conn.prepare_cached("SELECT * FROM publications WHERE article = ?1 ORDER BY portal")?;
    let publications = query.query_map([article.0], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(publications)
}

/// Returns what is live of an article on one portal.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, article: ArticleId, portal: &str) -> Result<Option<PublicationRow>> {
    let mut query = conn.prepare_cached("SELECT * FROM publications WHERE article = ?1 AND portal = ?2")?;
    Ok(query.query_row(params![article.0, portal], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<PublicationRow> {
    Ok(PublicationRow {
        article: ArticleId(row::uuid(row, "article")?),
        portal: row.get("portal")?,
        remote_id: row.get("remote_id")?,
        url: row.get("url")?,
        version: row.get("version")?,
        live_revision: row::hash(row, "live_revision")?,
        live_content_hash: row::hash(row, "live_content_hash")?,
        first_live_at: row.get("first_live_at")?,
        live_since: row.get("live_since")?,
        corrections: row.get("corrections")?,
        differences: row::json(row, "differences")?,
    })
}
