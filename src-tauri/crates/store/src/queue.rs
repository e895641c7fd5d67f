//! The queue's rows: what a list shows of an article, without its text.

use domain::{ids::ArticleId, live::Standing, stage::Stage};
use rusqlite::{Connection, Row};

use crate::{Result, row};

/// One article as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    pub id: ArticleId,
    pub headline: String,
    pub language: String,
    pub source_paper: String,
    pub stage: Stage,
    pub person: String,
    /// Unix milliseconds, UTC.
    pub saved_at: i64,
    pub pictures: u32,
    pub pictures_wanted: u32,
    /// Placed pictures that lack caption, credit or alt text.
    pub words_missing: u32,
    pub live: bool,
    pub corrected: bool,
    /// Its story was killed: only lists of what is still on its way show it.
    pub killed: bool,
    /// How it stands where it was taken away last.
    pub away: Option<Standing>,
    /// An unfinished job is on its way.
    pub queued: bool,
    /// A job was refused, waits for a password, or readers still get what a portal said it took away.
    pub failed: bool,
    /// When the first job that waits for its time goes out (Unix ms), and the zone that was typed in.
    pub goes_out: Option<i64>,
    pub zone: String,
}

/// Returns the newest `at_most` articles whose headline, standfirst, paper or slugline holds `find` (all when empty).
///
/// # Errors
/// What SQLite says.
pub fn rows(conn: &Connection, find: &str, at_most: u32) -> Result<Vec<QueueRow>> {
    let mut query = conn.prepare_cached(include_str!("queue/rows.sql"))?;
    let pattern = format!("%{}%", find.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let rows =
        query.query_map(rusqlite::params![pattern, at_most], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<QueueRow> {
    Ok(QueueRow {
        id: ArticleId(row::uuid(row, "id")?),
        headline: row.get("headline")?,
        language: row.get("language")?,
        source_paper: row.get("source_paper")?,
        stage: row::word(row, "stage", Stage::named)?,
        person: row.get("person")?,
        saved_at: row.get("saved_at")?,
        pictures: row.get("pictures")?,
        pictures_wanted: row.get("pictures_wanted")?,
        words_missing: row.get("words_missing")?,
        live: row.get("live")?,
        corrected: row.get("corrected")?,
        killed: row.get("killed")?,
        away: row.get::<_, Option<String>>("away")?.as_deref().and_then(Standing::named),
        queued: row.get("queued")?,
        failed: row.get("failed")?,
        goes_out: row.get("goes_out")?,
        zone: row.get("zone")?,
    })
}
