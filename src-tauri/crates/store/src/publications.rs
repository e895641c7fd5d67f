//! What readers see, per edition and portal.

use domain::{
    ids::{ArticleId, Hash},
    live::Standing,
    page::Correction,
};
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
    /// The notices that stand on the page, the oldest first.
    pub notices: Vec<Correction>,
    /// What reading the public page back found different, or what a portal could not do of what was asked.
    pub differences: Vec<String>,
    /// As the portal confirmed it, never as it was only decided.
    pub standing: Standing,
    /// When the portal confirmed that it stands so (Unix milliseconds, UTC).
    pub stands_since: i64,
    pub page: PageSeen,
}

/// What was seen of the page of an edition that was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageSeen {
    /// When it is looked at again (Unix milliseconds, UTC); `None`: there is nothing more to be seen.
    pub look_at: Option<i64>,
    pub looks: u32,
    pub looked_at: Option<i64>,
    /// A reader still got it at the last look.
    pub readable: bool,
    /// What was answered then, or why it could not be asked.
    pub answer: String,
    /// When it was first seen to be gone.
    pub gone_at: Option<i64>,
}

/// Records how an edition stands now. The time of the first publication stays.
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
        publication.standing.word(),
        publication.stands_since,
        publication.page.look_at,
        publication.page.looks,
        publication.page.looked_at,
        publication.page.readable,
        publication.page.answer,
        publication.page.gone_at,
        serde_json::to_string(&publication.notices)?,
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

/// Returns the edition whose page is to be looked at first, of those whose time has come or that wait until after
/// `latest_ms`, which nobody asked of them, and that are of none of these articles.
///
/// # Errors
/// What SQLite says.
pub fn to_look_at(
    conn: &Connection,
    now_ms: i64,
    latest_ms: i64,
    but: &[ArticleId],
) -> Result<Option<PublicationRow>> {
    let sql = "SELECT * FROM publications WHERE look_at IS NOT NULL AND (look_at <= ?1 OR look_at > ?2) ORDER BY look_at";
    let mut query = conn.prepare_cached(sql)?;
    let mut rows = query.query_map(params![now_ms, latest_ms], read)?;
    Ok(rows.find(|row| row.as_ref().map_or(true, |one| !but.contains(&one.article))).transpose()?)
}

/// Writes what was seen of a page, if the edition still stands as it did when it was looked for.
///
/// # Errors
/// What SQLite says.
pub fn saw(tx: &Tx<'_>, there: &PublicationRow, page: &PageSeen) -> Result<()> {
    let sql =
        "UPDATE publications SET look_at = ?5, looks = ?6, looked_at = ?7, readable = ?8, page_answer = ?9, gone_at = ?10
               WHERE article = ?1 AND portal = ?2 AND standing = ?3 AND stands_since = ?4";
    tx.prepare_cached(sql)?.execute(params![
        there.article.0,
        there.portal,
        there.standing.word(),
        there.stands_since,
        page.look_at,
        page.looks,
        page.looked_at,
        page.readable,
        page.answer,
        page.gone_at,
    ])?;
    Ok(())
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
        notices: row::json(row, "notices")?,
        differences: row::json(row, "differences")?,
        standing: row::word(row, "standing", Standing::named)?,
        stands_since: row.get("stands_since")?,
        page: PageSeen {
            look_at: row.get("look_at")?,
            looks: row.get("looks")?,
            looked_at: row.get("looked_at")?,
            readable: row.get("readable")?,
            answer: row.get("page_answer")?,
            gone_at: row.get("gone_at")?,
        },
    })
}
