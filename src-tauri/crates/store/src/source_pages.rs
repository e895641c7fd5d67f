//! The page an article was taken over from, frozen, and every line of it that went into no field.

use domain::{
    ids::{ArticleId, Hash},
    leftover::{Leftover, Why},
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, Tx, row};

/// The page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePage {
    pub hash: Hash,
    pub frozen_copy: Vec<u8>,
    pub page_headline: String,
    /// Unix milliseconds, UTC.
    pub taken_in_at: i64,
}

/// Keeps the page as it came, with its leftovers.
///
/// # Errors
/// What SQLite says.
pub fn keep(
    tx: &Tx<'_>,
    article: ArticleId,
    page: &[u8],
    page_headline: &str,
    leftovers: &[Leftover],
    now_ms: i64,
) -> Result<()> {
    let sql = "INSERT INTO source_pages (article, hash, frozen_copy, page_headline, taken_in_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.prepare_cached(sql)?.execute(params![article.0, Hash::of(page).0, page, page_headline, now_ms])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO leftovers (article, ordinal, why, line) VALUES (?1, ?2, ?3, ?4)")?;
    for (ordinal, leftover) in leftovers.iter().enumerate() {
        let ordinal = i64::try_from(ordinal).unwrap_or(i64::MAX);
        insert.execute(params![article.0, ordinal, word(leftover.why)?, leftover.text])?;
    }
    Ok(())
}

/// Returns the page an article was taken over from, if it came from one.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, article: ArticleId) -> Result<Option<SourcePage>> {
    let mut query = conn.prepare_cached("SELECT * FROM source_pages WHERE article = ?1")?;
    let page = query.query_row([article.0], |row| {
        Ok(SourcePage {
            hash: row::hash(row, "hash")?,
            frozen_copy: row.get("frozen_copy")?,
            page_headline: row.get("page_headline")?,
            taken_in_at: row.get("taken_in_at")?,
        })
    });
    Ok(page.optional()?)
}

/// Returns the leftovers of an article, as they stood on its page.
///
/// # Errors
/// What SQLite says.
pub fn leftovers(conn: &Connection, article: ArticleId) -> Result<Vec<Leftover>> {
    let mut query =
        conn.prepare_cached("SELECT why, line FROM leftovers WHERE article = ?1 ORDER BY ordinal")?;
    let leftovers = query
        .query_map([article.0], |row| {
            Ok(Leftover { why: row::word(row, "why", named)?, text: row.get("line")? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(leftovers)
}

/// The word is the one the window gets, so that both always agree.
fn word(why: Why) -> Result<String> {
    Ok(serde_json::to_string(&why)?.trim_matches('"').to_owned())
}

fn named(word: &str) -> Option<Why> {
    serde_json::from_value(word.into()).ok()
}
