//! The picture library: one row per file, by what the file is.

use domain::{
    ids::Hash,
    picture::{Difference, Picture, PictureKind, PictureWords},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Result, Tx, row};

/// What the file itself said when it was taken in; never changed afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct AsFound {
    words: PictureWords,
    differences: Vec<Difference>,
}

fn word(kind: PictureKind) -> &'static str {
    match kind {
        PictureKind::Jpeg => "jpeg",
        PictureKind::Png => "png",
        PictureKind::Webp => "webp",
    }
}

fn named(word: &str) -> Option<PictureKind> {
    match word {
        "jpeg" => Some(PictureKind::Jpeg),
        "png" => Some(PictureKind::Png),
        "webp" => Some(PictureKind::Webp),
        _ => None,
    }
}

/// Adds a picture with the words found in it. A picture that is there already keeps all its fields.
///
/// # Errors
/// What SQLite says.
pub fn add(tx: &Tx<'_>, picture: &Picture, orientation: u8, seen_as: &str, now_ms: i64) -> Result<()> {
    let found = AsFound { words: picture.words.clone(), differences: picture.differences.clone() };
    let words = &picture.words;
    tx.prepare_cached(include_str!("pictures/add.sql"))?.execute(params![
        picture.hash.0,
        word(picture.kind),
        i64::try_from(picture.size).unwrap_or(i64::MAX),
        picture.width,
        picture.height,
        orientation,
        now_ms,
        seen_as,
        serde_json::to_string(&found)?,
        words.creator,
        words.credit_line,
        words.copyright_notice,
        words.picture_source,
        words.usage_terms,
        words.instructions,
        words.caption_writer,
        words.date_taken,
        words.place,
        words.digital_source_type,
        words.headline,
    ])?;
    tx.prepare_cached(
        "INSERT OR IGNORE INTO picture_words (picture, language, caption, alt) VALUES (?1, '', ?2, ?3)",
    )?
    .execute(params![picture.hash.0, words.caption, words.alt])?;
    Ok(())
}

/// Returns the picture with these bytes, if the library has it.
///
/// # Errors
/// What SQLite says.
pub fn get(conn: &Connection, hash: Hash) -> Result<Option<Picture>> {
    let mut query = conn.prepare_cached(
        "SELECT * FROM pictures JOIN picture_words ON picture = hash AND language = '' WHERE hash = ?1",
    )?;
    Ok(query.query_row([hash.0], read).optional()?)
}

/// Returns the file name a picture came under; readers never see it.
///
/// # Errors
/// What SQLite says, e.g. when there is no such picture.
pub fn seen_as(conn: &Connection, hash: Hash) -> Result<String> {
    let mut query = conn.prepare_cached("SELECT seen_as FROM pictures WHERE hash = ?1")?;
    Ok(query.query_row([hash.0], |row| row.get(0))?)
}

/// Gives a picture other words in the library: the ones that stand for every language that has none of its own.
///
/// # Errors
/// What SQLite says.
pub fn set_words(tx: &Tx<'_>, picture: Hash, caption: &str, credit_line: &str, alt: &str) -> Result<()> {
    tx.prepare_cached("UPDATE pictures SET credit_line = ?2 WHERE hash = ?1")?
        .execute(params![picture.0, credit_line])?;
    tx.prepare_cached(
        "UPDATE picture_words SET caption = ?2, alt = ?3 WHERE picture = ?1 AND language = ''",
    )?
    .execute(params![picture.0, caption, alt])?;
    Ok(())
}

/// Returns the newest pictures, those that stand in no article first.
///
/// # Errors
/// What SQLite says.
pub fn newest(conn: &Connection, at_most: u32) -> Result<Vec<Picture>> {
    let mut query = conn.prepare_cached(include_str!("pictures/newest.sql"))?;
    let pictures = query.query_map([at_most], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(pictures)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Picture> {
    let found: AsFound = row::json(row, "found")?;
    Ok(Picture {
        hash: row::hash(row, "hash")?,
        kind: row::word(row, "kind", named)?,
        size: row.get::<_, i64>("size")?.unsigned_abs(),
        width: row.get("width")?,
        height: row.get("height")?,
        words: PictureWords {
            caption: row.get("caption")?,
            alt: row.get("alt")?,
            creator: row.get("creator")?,
            credit_line: row.get("credit_line")?,
            copyright_notice: row.get("copyright_notice")?,
            picture_source: row.get("picture_source")?,
            usage_terms: row.get("usage_terms")?,
            instructions: row.get("instructions")?,
            caption_writer: row.get("caption_writer")?,
            date_taken: row.get("date_taken")?,
            place: row.get("place")?,
            digital_source_type: row.get("digital_source_type")?,
            headline: row.get("headline")?,
        },
        differences: found.differences,
    })
}
