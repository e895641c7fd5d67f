//! When a job may go out: its time, embargoes, and what the portal holds of it meanwhile.

use domain::ids::{ArticleId, JobId};
use rusqlite::{Connection, params};

use crate::{Result, Tx};

/// Returns the embargoes that hold for an article, as they are stored, past ones too: its own, those of the other editions
/// of its story, and those that were set with a decision.
///
/// # Errors
/// What SQLite says.
pub fn embargoes(conn: &Connection, article: ArticleId) -> Result<Vec<String>> {
    let mut query = conn.prepare_cached(include_str!("embargoes.sql"))?;
    let embargoes = query.query_map([article.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(embargoes)
}

/// Gives a job that was not sent another time (Unix ms, by the portal's clock; `None` is now), typed in `zone`.
///
/// # Errors
/// What SQLite says.
pub fn retime(tx: &Tx<'_>, id: JobId, not_before: Option<i64>, zone: &str, now_ms: i64) -> Result<()> {
    let sql = "UPDATE outbox SET not_before = ?2, zone = ?3, next_at = ?4, agreed_at = max(agreed_at, ?4),
                      state = CASE WHEN ?2 IS NULL AND sent_at IS NULL THEN 'ready' ELSE 'waiting_time' END
               WHERE id = ?1";
    tx.prepare_cached(sql)?.execute(params![id.0, not_before, zone, now_ms])?;
    Ok(())
}

/// Puts a job off until an embargo ends that was set after it was decided.
///
/// # Errors
/// What SQLite says.
pub fn put_off(tx: &Tx<'_>, id: JobId, not_before: i64, zone: &str) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET not_before = ?2, zone = ?3 WHERE id = ?1")?
        .execute(params![id.0, not_before, zone])?;
    Ok(())
}

/// Writes for when the portal holds a job; `None` where it holds it no more.
///
/// # Errors
/// What SQLite says.
pub fn held(tx: &Tx<'_>, id: JobId, held_for: Option<i64>) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET held_for = ?2 WHERE id = ?1")?.execute(params![id.0, held_for])?;
    Ok(())
}

/// Writes that a job goes to a portal that holds it until `not_before`. Returns whether it still waits for just that.
///
/// # Errors
/// What SQLite says.
pub fn sent_early(tx: &Tx<'_>, id: JobId, not_before: i64, now_ms: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET sent_at = ?3
               WHERE id = ?1 AND not_before = ?2 AND state = 'waiting_time' AND recalled = 0";
    Ok(tx.prepare_cached(sql)?.execute(params![id.0, not_before, now_ms])? > 0)
}

/// Has a job taken back from the portal that may hold it: a person cancelled it.
///
/// # Errors
/// What SQLite says.
pub fn recall(tx: &Tx<'_>, id: JobId, now_ms: i64) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET recalled = 1, next_at = ?2 WHERE id = ?1")?
        .execute(params![id.0, now_ms])?;
    Ok(())
}

/// Keeps what a portal answered that could not hold a job yet, or not give it back: it is tried again.
///
/// # Errors
/// What SQLite says.
pub fn answered(tx: &Tx<'_>, id: JobId, answer: &str) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET last_answer = ?2 WHERE id = ?1")?.execute(params![id.0, answer])?;
    Ok(())
}
