//! Reading ids, hashes and words out of rows.

use domain::ids::Hash;
use rusqlite::{Row, types::Type};
use uuid::Uuid;

/// Returns the UUID in `column`.
pub fn uuid(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    row.get(column)
}

/// Returns the SHA-256 in `column`.
pub fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<Hash> {
    row.get(column).map(Hash)
}

/// Returns the SHA-256 in `column`, where there is one.
pub fn maybe_hash(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Hash>> {
    Ok(row.get::<_, Option<[u8; 32]>>(column)?.map(Hash))
}

/// Returns what the word in `column` names; the schema's CHECK knows the same words.
pub fn word<T>(row: &Row<'_>, column: &str, named: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let word: String = row.get(column)?;
    named(&word).ok_or_else(|| unreadable(format!("“{word}” is no {column}")))
}

/// Returns the value stored as JSON in `column`.
pub fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| unreadable(format!("{column}: {error}")))
}

fn unreadable(why: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, why.into())
}
