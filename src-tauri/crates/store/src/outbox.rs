//! Jobs on their way to portals. Which state follows which is `domain::outbox`'s business.

mod times;

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash, JobId},
    outbox::{JobState, Obstacle},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Result, Tx, publication_log, row};
pub use times::{answered, embargoes, held, put_off, recall, retime, sent_early};

/// One job: a decision, for one edition, to one portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    pub id: JobId,
    pub decision: DecisionId,
    pub article: ArticleId,
    pub portal: String,
    /// One of [`Act::TOWARDS_READERS`].
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
    /// The later of schedule and embargo (Unix ms, UTC), by the portal's clock.
    pub not_before: Option<i64>,
    /// IANA name of the zone that time was typed in; empty for none.
    pub zone: String,
    /// When a person last said that it shall go.
    pub agreed_at: i64,
    pub obstacle: Option<Obstacle>,
    /// How far its pictures are.
    pub uploaded: Uploaded,
    /// How long after its time it was there (ms), once confirmed.
    pub late_by: Option<i64>,
    /// The embargo that was set with the decision, as it is stored; empty for none.
    pub embargo: String,
    /// The portal has it and brings it out then (Unix ms, UTC).
    pub held_for: Option<i64>,
    /// A person cancelled it, and the portal may still have it.
    pub recalled: bool,
}

/// Bytes of a job's pictures, in this attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uploaded {
    pub sent: i64,
    pub total: i64,
}

/// Adds a job; one decision makes one job per edition and portal, however often it is asked for.
///
/// # Errors
/// [`Error::Sqlite`] with [`Error::not_unique`] when another job for this edition and portal is unfinished.
pub fn add(tx: &Tx<'_>, job: &JobRow) -> Result<()> {
    let sql = "INSERT INTO outbox (id, decision, article, portal, act, revision, state, next_at, made_at, not_before, zone, agreed_at, embargo)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (decision, article, portal) DO NOTHING";
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
        job.not_before,
        job.zone,
        job.agreed_at,
        job.embargo,
    ])?;
    Ok(())
}

/// Returns the jobs whose time has come, or that wait until after `latest_ms`, which nobody asked of them: kills first,
/// then the oldest. What a job of a higher rank came after is left to that one.
///
/// # Errors
/// What SQLite says.
pub fn due(conn: &Connection, now_ms: i64, latest_ms: i64, at_most: u32) -> Result<Vec<JobRow>> {
    let mut query = conn.prepare_cached(include_str!("outbox/due.sql"))?;
    let jobs =
        query.query_map(params![now_ms, latest_ms, at_most], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(jobs)
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

/// Takes a job for sending and counts the attempt. Returns whether it still stood as it was read: a person may have
/// cancelled it meanwhile.
///
/// # Errors
/// What SQLite says.
pub fn lease(tx: &Tx<'_>, job: &JobRow) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, bytes_sent = 0, bytes_total = 0
               WHERE id = ?1 AND state = ?2";
    Ok(tx.prepare_cached(sql)?.execute(params![job.id.0, word(job.state)?])? > 0)
}

/// Has a job that waits for its time looked at again at `at_ms`.
///
/// # Errors
/// What SQLite says.
pub fn look_again(tx: &Tx<'_>, id: JobId, at_ms: i64) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'waiting_time', next_at = ?2
               WHERE id = ?1 AND state IN ('ready', 'waiting_time', 'retry_later')";
    tx.prepare_cached(sql)?.execute(params![id.0, at_ms])?;
    Ok(())
}

/// Writes how far its pictures are.
///
/// # Errors
/// What SQLite says.
pub fn uploaded(tx: &Tx<'_>, id: JobId, uploaded: Uploaded) -> Result<()> {
    let sql = "UPDATE outbox SET bytes_sent = ?2, bytes_total = ?3 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute(params![id.0, uploaded.sent, uploaded.total])?;
    Ok(())
}

/// Writes what stands in the way that only a person can remove.
///
/// # Errors
/// What SQLite says.
pub fn obstacle(tx: &Tx<'_>, id: JobId, obstacle: Option<Obstacle>) -> Result<()> {
    let word = obstacle.map(|obstacle| serde_json::to_string(&obstacle)).transpose()?.unwrap_or_default();
    tx.prepare_cached("UPDATE outbox SET obstacle = ?2 WHERE id = ?1")?
        .execute(params![id.0, word.trim_matches('"')])?;
    Ok(())
}

/// Writes how long after its time it was there.
///
/// # Errors
/// What SQLite says.
pub fn late(tx: &Tx<'_>, id: JobId, by_ms: i64) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET late_by = ?2 WHERE id = ?1")?.execute(params![id.0, by_ms])?;
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

/// Keeps the hash of the message that goes out now.
///
/// # Errors
/// What SQLite says.
pub fn payload(tx: &Tx<'_>, id: JobId, hash: Hash) -> Result<()> {
    tx.prepare_cached("UPDATE outbox SET payload_hash = ?2 WHERE id = ?1")?.execute(params![id.0, hash.0])?;
    Ok(())
}

/// Writes that the decision itself goes out now, as a message of this hash. Returns false where the job is not in hand any
/// more, because one of a higher rank took its place: then it must not.
///
/// # Errors
/// What SQLite says.
pub fn begin_sending(tx: &Tx<'_>, id: JobId, payload: Hash, at_ms: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET sent_at = ?2, payload_hash = ?3 WHERE id = ?1 AND state = 'sending'";
    Ok(tx.prepare_cached(sql)?.execute(params![id.0, at_ms, payload.0])? > 0)
}

/// Says whether a job is in hand.
///
/// # Errors
/// What SQLite says.
pub fn is_in_hand(conn: &Connection, id: JobId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE id = ?1 AND state = 'sending')";
    Ok(conn.prepare_cached(sql)?.query_row([id.0], |row| row.get(0))?)
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

/// Frees the jobs that are taken and that nobody has in hand (`in_hand` are those somebody has), as the end of a run
/// leaves them: where one may have arrived, the portal will be asked.
///
/// # Errors
/// What SQLite says.
pub fn free_leases(tx: &Tx<'_>, in_hand: &[ArticleId], now_ms: i64) -> Result<()> {
    let mut query = tx.prepare_cached("SELECT * FROM outbox WHERE state = 'sending'")?;
    let taken: Vec<JobRow> = query.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    let sql = "UPDATE outbox SET state = CASE WHEN sent_at IS NULL THEN 'retry_later' ELSE 'unknown' END, next_at = ?2
               WHERE id = ?1";
    for job in taken.iter().filter(|job| !in_hand.contains(&job.article)) {
        tx.prepare_cached(sql)?.execute(params![job.id.0, now_ms])?;
    }
    Ok(())
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

/// Makes a job due now, whatever it waited for but its time: a person says that it shall go. One that may have arrived is
/// asked about first.
///
/// # Errors
/// What SQLite says.
pub fn hurry(tx: &Tx<'_>, id: JobId, now_ms: i64) -> Result<()> {
    let sql =
        "UPDATE outbox SET next_at = ?2, agreed_at = ?2, state = CASE WHEN sent_at IS NULL THEN 'ready' ELSE 'unknown' END
               WHERE id = ?1 AND state IN ('needs_password', 'retry_later', 'unknown', 'asks_again', 'refused')";
    tx.prepare_cached(sql)?.execute(params![id.0, now_ms])?;
    Ok(())
}

/// Writes how a job stands. One that is confirmed is in the publication log from then on: its receipt, and what it made of
/// the publication, are written before.
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
    if state == JobState::Confirmed { publication_log::add(tx, id, now_ms) } else { Ok(()) }
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

/// Returns the unfinished jobs of an edition for one portal, the oldest first.
///
/// # Errors
/// What SQLite says.
pub fn unfinished(conn: &Connection, article: ArticleId, portal: &str) -> Result<Vec<JobRow>> {
    let sql =
        "SELECT * FROM outbox WHERE article = ?1 AND portal = ?2 AND state NOT IN ('confirmed', 'cancelled')
               ORDER BY made_at, rowid";
    let mut query = conn.prepare_cached(sql)?;
    let jobs = query.query_map(params![article.0, portal], read)?.collect::<rusqlite::Result<_>>()?;
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

fn known_obstacle(word: &str) -> Option<Obstacle> {
    serde_json::from_value(word.into()).ok()
}

pub(crate) fn act(word: &str) -> Option<Act> {
    serde_json::from_value(word.into()).ok()
}

fn read(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    let made_at = row.get("made_at")?;
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
        made_at,
        sent_at: row.get("sent_at")?,
        found_there: row.get("found_there")?,
        may_replace: row.get("may_replace")?,
        not_before: row.get("not_before")?,
        zone: row.get("zone")?,
        agreed_at: row.get::<_, i64>("agreed_at")?.max(made_at),
        obstacle: known_obstacle(&row.get::<_, String>("obstacle")?),
        uploaded: Uploaded { sent: row.get("bytes_sent")?, total: row.get("bytes_total")? },
        late_by: row.get("late_by")?,
        embargo: row.get("embargo")?,
        held_for: row.get("held_for")?,
        recalled: row.get("recalled")?,
    })
}
