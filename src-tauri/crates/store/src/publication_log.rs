//! The publication log as it is kept. Rows are only ever added: the schema refuses anything else.

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, Hash, JobId, PersonId},
    publication_log::{Entry, Head, Sealed},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Refused, Result, Tx, outbox, revisions, row};

/// An entry, and what it is filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    pub number: u32,
    /// Unix milliseconds, UTC.
    pub confirmed_at: i64,
    pub article: ArticleId,
    pub job: JobId,
    pub sealed: Sealed,
}

/// Which entries: of one article, or of all; confirmed in a stretch of time (Unix ms, its end not in it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub article: Option<ArticleId>,
    pub from_ms: i64,
    pub to_ms: i64,
}

impl Wanted {
    pub const ALL: Self = Self { article: None, from_ms: i64::MIN, to_ms: i64::MAX };
}

/// Adds what a job did, which was confirmed now; of a job that is in the log already nothing is added.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Tx<'_>, job: JobId, now_ms: i64) -> Result<()> {
    if tx.prepare_cached("SELECT 1 FROM publication_log WHERE job = ?1")?.exists([job.0])? {
        return Ok(());
    }
    let last = head(tx)?;
    let mut entry = tx
        .prepare_cached(include_str!("publication_log/job.sql"))?
        .query_row([job.0], |row| read_job(row, last, now_ms))?;
    match revisions::get(tx, entry.revision) {
        Ok(words) => {
            entry.content_hash = words.content_hash;
            entry.headline = words.document.fields.headline;
            entry.language = words.document.fields.language;
        }
        // What was done is told all the same: taking away needs no words.
        Err(Error::RevisionDamaged(id)) => {
            entry.content_hash =
                revisions::head_of(tx, id)?.map_or(entry.content_hash, |head| head.content_hash);
        }
        Err(error) => return Err(error),
    }
    let sealed = entry.sealed();
    let sql = "INSERT INTO publication_log (number, confirmed_at, article, job, entry, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.prepare_cached(sql)?.execute(params![
        entry.number,
        entry.confirmed_at,
        entry.article.0,
        job.0,
        sealed.entry,
        sealed.hash.0
    ])?;
    Ok(())
}

/// Returns how far the log goes.
///
/// # Errors
/// What SQLite says.
pub fn head(conn: &Connection) -> Result<Head> {
    let sql = "SELECT number, hash FROM publication_log ORDER BY number DESC LIMIT 1";
    let read = |row: &Row<'_>| Ok(Head { entries: row.get("number")?, hash: row::hash(row, "hash")? });
    Ok(conn.prepare_cached(sql)?.query_row([], read).optional()?.unwrap_or_default())
}

/// Returns the hash of the entry of this number, where there is one.
///
/// # Errors
/// What SQLite says.
pub fn hash_of(conn: &Connection, number: u32) -> Result<Option<Hash>> {
    let mut query = conn.prepare_cached("SELECT hash FROM publication_log WHERE number = ?1")?;
    Ok(query.query_row([number], |row| row::hash(row, "hash")).optional()?)
}

/// Returns the newest entries, the newest first.
///
/// # Errors
/// What SQLite says.
pub fn newest(conn: &Connection, wanted: Wanted, at_most: u32) -> Result<Vec<Filed>> {
    let sql = "SELECT * FROM publication_log
               WHERE (?1 IS NULL OR article = ?1) AND confirmed_at >= ?2 AND confirmed_at < ?3
               ORDER BY number DESC LIMIT ?4";
    let mut query = conn.prepare_cached(sql)?;
    let asked = params![wanted.article.map(|article| article.0), wanted.from_ms, wanted.to_ms, at_most];
    Ok(query.query_map(asked, read)?.collect::<rusqlite::Result<_>>()?)
}

/// Hands out every entry, the first one first.
///
/// # Errors
/// What SQLite or `work` says.
pub fn each<E: Refused>(conn: &Connection, mut work: impl FnMut(Filed) -> Result<(), E>) -> Result<(), E> {
    let sql = "SELECT * FROM publication_log ORDER BY number";
    let mut query = conn.prepare_cached(sql).map_err(Error::from)?;
    let mut rows = query.query([]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        work(read(row).map_err(Error::from)?)?;
    }
    Ok(())
}

/// Returns whether every job that was confirmed since there is a log is in it.
///
/// # Errors
/// What SQLite says.
pub fn has_all(conn: &Connection) -> Result<bool> {
    let sql = "SELECT (SELECT count(*) FROM outbox WHERE state = 'confirmed' AND id NOT IN (SELECT job FROM publication_log))
                      <= coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'confirmed_before_the_log'), 0)";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Filed> {
    Ok(Filed {
        number: row.get("number")?,
        confirmed_at: row.get("confirmed_at")?,
        article: ArticleId(row::uuid(row, "article")?),
        job: JobId(row::uuid(row, "job")?),
        sealed: Sealed { entry: row.get("entry")?, hash: row::hash(row, "hash")? },
    })
}

/// Reads what is told of a job; the words of its revision are unpacked elsewhere.
fn read_job(row: &Row<'_>, last: Head, now_ms: i64) -> rusqlite::Result<Entry> {
    let act: Act = row::word(row, "act", outbox::act)?;
    let differences = if act.brings_words() { row::json(row, "differences")? } else { Vec::new() };
    Ok(Entry {
        number: last.entries + 1,
        previous: last.hash,
        act,
        article: ArticleId(row::uuid(row, "article")?),
        headline: String::new(),
        language: String::new(),
        portal: row.get("portal")?,
        person: PersonId(row::uuid(row, "made_by")?),
        person_name: row.get("person_name")?,
        decision: DecisionId(row::uuid(row, "decision")?),
        job: JobId(row::uuid(row, "job")?),
        reason: row.get("reason")?,
        revision: row::hash(row, "revision")?,
        content_hash: Hash([0; 32]),
        payload_hash: row::maybe_hash(row, "payload_hash")?,
        attempts: row.get("attempts")?,
        decided_at: row.get("made_at")?,
        sent_at: row.get("sent_at")?,
        confirmed_at: now_ms,
        answer: row::json(row, "answer")?,
        differences,
    })
}
