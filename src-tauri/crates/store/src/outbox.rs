//! Jobs on their way to portals. Which state follows which is `domain::outbox`'s business.

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash, JobId},
    outbox::JobState,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Result, Tx, row};

/// One job: a decision, for one edition, to one portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    pub id: JobId,
    pub decision: DecisionId,
    pub article: ArticleId,
    pub portal: String,
    /// [`Act::Publish`] or [`Act::Correct`].
    pub act: Act,
    /// Frozen when the decision was made.
    pub revision: Hash,
    pub state: JobState,
    pub attempts: u32,
    /// Unix milliseconds, UTC.
    pub next_at: Option<i64>,
    /// The portal's own words, or why it could not be asked.
    pub last_answer: String,
    pub made_at: i64,
    /// When the decision itself was last sent; `None` while it never was.
    pub sent_at: Option<i64>,
    /// Version of what somebody else left there, where that is why it was refused.
    pub found_there: Option<String>,
    /// Version that a person allowed to be replaced.
    pub may_replace: Option<String>,
}

/// Adds a job; one decision makes one job per edition and portal, however often it is asked for.
///
/// # Errors
/// [`Error::Sqlite`] with [`Error::not_unique`] when another job for this edition and portal is unfinished.
pub fn add(tx: &Tx<'_>, job: &JobRow) -> Result<()> {
    let sql = "INSERT INTO outbox (id, decision, article, portal, act, revision, state, next_at, made_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (decision, article, portal) DO NOTHING";
    tx.prepare_cached(sql)?.execute(params![
        job.id.0,
        job.decision.0,
        job.article.0,
        job.portal,
        job.act.word(),
        job.revision.0,
        word(job.state)?,
        job.next_at,
        job.made_at,
    ])?;
    Ok(())
}

/// Returns the oldest job whose time has come, or that waits until after `latest_ms` though nobody set it a time.
///
/// # Errors
/// What SQLite says.
pub fn due(conn: &Connection, now_ms: i64, latest_ms: i64) -> Result<Option<JobRow>> {
    let mut query = conn.prepare_cached(include_str!("outbox/due.sql"))?;
    Ok(query.query_row([now_ms, latest_ms], read).optional()?)
}

/// Returns when the next waiting job is due (Unix ms).
///
/// # Errors
/// What SQLite says.
pub fn next_due(conn: &Connection) -> Result<Option<i64>> {
    let sql =
        "SELECT min(next_at) FROM outbox WHERE state IN ('ready', 'waiting_time', 'retry_later', 'unknown')";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Takes a job for sending and counts the attempt.
///
/// # Errors
/// What SQLite says.
pub fn lease(tx: &Tx<'_>, id: JobId) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Writes when the decision itself went out: from then on it may have an effect. `None` where it certainly had none.
///
/// # Errors
/// What SQLite says.
pub fn sent(tx: &Tx<'_>, id: JobId, at_ms: Option<i64>) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET sent_at = ?2 WHERE id = ?1")?.execute(params![id.0, at_ms])?;
    Ok(())
}

/// Keeps what the portal has instead of what the desk left there.
///
/// # Errors
/// What SQLite says.
pub fn found_there(tx: &Tx<'_>, id: JobId, version: Option<&str>) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET found_there = ?2 WHERE id = ?1")?.execute(params![id.0, version])?;
    Ok(())
}

/// Has the job replace what was found there, and nothing that came later.
///
/// # Errors
/// What SQLite says.
pub fn may_replace_what_was_found(tx: &Tx<'_>, id: JobId) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET may_replace = found_there WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

/// Frees the jobs a dead run was at: where one may have arrived, the portal will be asked.
///
/// # Errors
/// What SQLite says.
pub fn free_leases(tx: &Tx<'_>, now_ms: i64) -> Result<usize> {
    let sql = "UPDATE outbox SET state = CASE WHEN sent_at IS NULL THEN 'retry_later' ELSE 'unknown' END, next_at = ?1
               WHERE state = 'sending'";
    Ok(tx.prepare_cached(sql)?.execute([now_ms])?)
}

/// Makes the jobs due that waited for a portal to be there or its password to be known. One that may have arrived is
/// asked about first.
///
/// # Errors
/// What SQLite says.
pub fn wake(tx: &Tx<'_>, portal: &str, now_ms: i64) -> Result<usize> {
    let sql =
        "UPDATE outbox SET state = CASE WHEN sent_at IS NULL THEN 'ready' ELSE 'unknown' END, next_at = ?2
               WHERE portal = ?1 AND state IN ('needs_password', 'retry_later')";
    Ok(tx.prepare_cached(sql)?.execute(params![portal, now_ms])?)
}

/// Makes a job due now, whatever it waited for but its time. One that may have arrived is asked about first.
///
/// # Errors
/// What SQLite says.
pub fn hurry(tx: &Tx<'_>, id: JobId, now_ms: i64) -> Result<()> {
    let sql =
        "UPDATE outbox SET next_at = ?2, state = CASE WHEN sent_at IS NULL THEN 'ready' ELSE 'unknown' END
               WHERE id = ?1 AND state IN ('needs_password', 'retry_later', 'unknown', 'refused')";
    tx.prepare_cached(sql)?.execute(params![id.0, now_ms])?;
    Ok(())
}

/// Writes how a job stands.
///
/// # Errors
/// What SQLite says.
pub fn settle(
    tx: &Tx<'_>,
    id: JobId,
    state: JobState,
    next_at: Option<i64>,
    answer: &str,
    now_ms: i64,
) -> Result<()> {
    let sql = "UPDATE outbox SET state = ?2, next_at = ?3, last_answer = ?4, settled_at = ?5 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute(params![id.0, word(state)?, next_at, answer, now_ms])?;
    Ok(())
}

/// Keeps the portal's receipt (JSON) with its job.
///
/// # Errors
/// What SQLite says.
pub fn keep_receipt(tx: &Tx<'_>, id: JobId, receipt: &str) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET receipt = ?2 WHERE id = ?1")?.execute(params![id.0, receipt])?;
    Ok(())
}

/// Returns a job.
///
/// # Errors
/// [`Error::Missing`].
pub fn get(conn: &Connection, id: JobId) -> Result<JobRow> {
    let mut query = conn.prepare_cached("SELECT * FROM outbox WHERE id = ?1")?;
    query.query_row([id.0], read).optional()?.ok_or_else(|| Error::Missing(format!("job {id}")))
}

/// Returns the job a decision made for one portal.
///
/// # Errors
/// What SQLite says.
pub fn of_decision(conn: &Connection, decision: DecisionId, portal: &str) -> Result<Option<JobRow>> {
    let mut query = conn.prepare_cached("SELECT * FROM outbox WHERE decision = ?1 AND portal = ?2")?;
    Ok(query.query_row(params![decision.0, portal], read).optional()?)
}

/// Returns the jobs of an article, newest first.
///
/// # Errors
/// What SQLite says.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<JobRow>> {
    let mut query =
        conn.prepare_cached("SELECT * FROM outbox WHERE article = ?1 ORDER BY made_at DESC, rowid DESC")?;
    let jobs = query.query_map([article.0], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(jobs)
}

/// Returns the newest jobs of the whole desk, unfinished ones first.
///
/// # Errors
/// What SQLite says.
pub fn newest(conn: &Connection, at_most: u32) -> Result<Vec<JobRow>> {
    let sql = "SELECT * FROM outbox ORDER BY state IN ('confirmed', 'cancelled'), made_at DESC, rowid DESC LIMIT ?1";
    let mut query = conn.prepare_cached(sql)?;
    let jobs = query.query_map([at_most], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(jobs)
}

/// The word is the one the window gets, so that both always agree.
fn word(state: JobState) -> Result<String> {
    Ok(serde_json::to_string(&state)?.trim_matches('"').to_owned())
}

fn state(word: &str) -> Option<JobState> {
    serde_json::from_value(word.into()).ok()
}

fn act(word: &str) -> Option<Act> {
    serde_json::from_value(word.into()).ok()
}

fn read(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    Ok(JobRow {
        id: JobId(row::uuid(row, "id")?),
        decision: DecisionId(row::uuid(row, "decision")?),
        article: ArticleId(row::uuid(row, "article")?),
        portal: row.get("portal")?,
        act: row::word(row, "act", act)?,
        revision: row::hash(row, "revision")?,
        state: row::word(row, "state", state)?,
        attempts: row.get("attempts")?,
        next_at: row.get("next_at")?,
        last_answer: row.get("last_answer")?,
        made_at: row.get("made_at")?,
        sent_at: row.get("sent_at")?,
        found_there: row.get("found_there")?,
        may_replace: row.get("may_replace")?,
    })
}
