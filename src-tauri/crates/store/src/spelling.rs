//! Words that are spelt right though no dictionary has them: the newsroom's, and each person's own.

use domain::ids::PersonId;
use rusqlite::{Connection, params};

use crate::{Result, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordRow {
    pub word: String,
    /// The newsroom's; otherwise the person's own.
    pub shared: bool,
}

/// Keeps a word: a person's, or the newsroom's. Kept twice it is kept once.
///
/// # Errors
/// What SQLite says.
pub fn keep(tx: &Tx<'_>, word: &str, person: Option<PersonId>, now_ms: i64) -> Result<()> {
    let sql =
        "INSERT INTO spelling_words (word, person, added_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    tx.prepare_cached(sql)?.execute(params![word, person.map(|id| id.0), now_ms])?;
    Ok(())
}

/// Forgets a word of a person, or of the newsroom.
///
/// # Errors
/// What SQLite says.
pub fn forget(tx: &Tx<'_>, word: &str, person: Option<PersonId>) -> Result<()> {
    let sql = "DELETE FROM spelling_words WHERE word = ?1 AND person IS ?2";
    tx.prepare_cached(sql)?.execute(params![word, person.map(|id| id.0)])?;
    Ok(())
}

/// Returns the words of the newsroom and of a person, in their order.
///
/// # Errors
/// What SQLite says.
pub fn of(conn: &Connection, person: PersonId) -> Result<Vec<WordRow>> {
    let sql = "SELECT word, person IS NULL FROM spelling_words WHERE person IS NULL OR person = ?1 ORDER BY word, person";
    let mut query = conn.prepare_cached(sql)?;
    let rows = query
        .query_map([person.0], |row| Ok(WordRow { word: row.get(0)?, shared: row.get(1)? }))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
