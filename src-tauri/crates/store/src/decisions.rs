//! What people decided about exactly which revision. Rows are only ever added.

use domain::{
    checks::Finding,
    decision::{Act, Decision},
    ids::{ArticleId, DecisionId, Hash, PersonId, StoryId},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Result, Tx, row};

/// Logs a decision with the checks' results it was made on. Returns false when this very decision is logged already.
///
/// # Errors
/// What SQLite says.
pub fn log(tx: &Tx<'_>, decision: &Decision, findings: &[Finding]) -> Result<bool> {
    let sql = "INSERT OR IGNORE INTO decisions (id, article, act, made_by, made_at, revision, content_hash, findings, reason, public_notice, asked_by)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let added = tx.prepare_cached(sql)?.execute(params![
        decision.id.0,
        decision.article.0,
        decision.act.word(),
        decision.by.0,
        decision.made_at,
        decision.revision.0,
        decision.content_hash.0,
        serde_json::to_string(findings)?,
        decision.reason,
        decision.public_notice,
        decision.asked_by,
    ])?;
    Ok(added == 1)
}

/// Returns all decisions on an article, in the order in which they were logged, whatever the clock showed.
///
/// # Errors
/// What SQLite says.
pub fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<Decision>> {
    let sql = "SELECT * FROM decisions WHERE article = ?1 ORDER BY rowid";
    let mut query = conn.prepare_cached(sql)?;
    let all = query.query_map([article.0], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(all)
}

/// Returns the newest decision on an article: the one that was logged last, whatever the clock showed.
///
/// # Errors
/// What SQLite says.
pub fn newest(conn: &Connection, article: ArticleId) -> Result<Option<Decision>> {
    let sql = "SELECT * FROM decisions WHERE article = ?1 ORDER BY rowid DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([article.0], read).optional()?)
}

/// Returns the newest decision of one kind on an article.
///
/// # Errors
/// What SQLite says.
pub fn newest_of(conn: &Connection, article: ArticleId, act: Act) -> Result<Option<Decision>> {
    let sql = "SELECT * FROM decisions WHERE article = ?1 AND act = ?2 ORDER BY rowid DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row(params![article.0, act.word()], read).optional()?)
}

/// Returns the decision by which an edition of the story, and with it the whole story, was killed.
///
/// # Errors
/// What SQLite says.
pub fn kill_of(conn: &Connection, story: StoryId) -> Result<Option<Decision>> {
    let sql = "SELECT decisions.* FROM articles JOIN decisions ON decisions.article = articles.id
               WHERE articles.story = ?1 AND decisions.act = ?2 ORDER BY decisions.rowid LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row(params![story.0, Act::Kill.word()], read).optional()?)
}

/// Returns a decision.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, id: DecisionId) -> Result<Option<Decision>> {
    Ok(conn.prepare_cached("SELECT * FROM decisions WHERE id = ?1")?.query_row([id.0], read).optional()?)
}

fn named(word: &str) -> Option<Act> {
    serde_json::from_value(word.into()).ok()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: DecisionId(row::uuid(row, "id")?),
        article: ArticleId(row::uuid(row, "article")?),
        act: row::word(row, "act", named)?,
        by: PersonId(row::uuid(row, "made_by")?),
        made_at: row.get("made_at")?,
        revision: Hash(row.get("revision")?),
        content_hash: row::hash(row, "content_hash")?,
        reason: row.get("reason")?,
        public_notice: row.get("public_notice")?,
        asked_by: row.get("asked_by")?,
    })
}
