//! Immutable revisions of articles, packed small: every few in full, the others as what is different from that one.

use domain::{
    document::Document,
    ids::{ArticleId, Hash, PersonId},
    revision::{Change, Occasion, Revision},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Error, Result, Tx, packing, row};

/// So many revisions at most need one other to be read. Damage to that one costs no more than these.
const BESIDE_ONE: u32 = 16;

/// The newest revision of an article: what the next one comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub id: Hash,
    pub content_hash: Hash,
    /// Unix milliseconds, UTC.
    pub made_at: i64,
}

/// A revision as a list shows it, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: Hash,
    pub content_hash: Hash,
    pub person: String,
    /// Unix milliseconds, UTC.
    pub made_at: i64,
    pub occasion: Occasion,
    /// Against the revision before it, where there was one and it could be read.
    pub change: Option<Change>,
}

/// Keeps a revision; one that is kept already stays as it is.
///
/// # Errors
/// What SQLite says.
pub fn keep(tx: &Tx<'_>, revision: &Revision, occasion: Occasion, change: Option<Change>) -> Result<()> {
    pack_old(tx, revision.article)?;
    let (packed, base) = packed(tx, revision)?;
    tx.prepare_cached(include_str!("revisions/keep.sql"))?.execute(params![
        revision.id.0,
        revision.article.0,
        revision.content_hash.0,
        packed,
        base.map(|base| base.0),
        revision.by.0,
        revision.made_at,
        occasion.word(),
        change.map(|change| change.added),
        change.map(|change| change.removed),
    ])?;
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO revision_parents (revision, parent) VALUES (?1, ?2)")?;
    for parent in &revision.parents {
        insert.execute(params![revision.id.0, parent.0])?;
    }
    Ok(())
}

/// Packs a document beside the one that the newest revision needs, where that makes it much smaller than by itself.
fn packed(tx: &Tx<'_>, revision: &Revision) -> Result<(Vec<u8>, Option<Hash>)> {
    let document = serde_json::to_vec(&revision.document)?;
    let alone = packing::alone(&document)?;
    let Some(base) = base(tx, revision.article)? else { return Ok((alone, None)) };
    // One that cannot be read any more is no base for another; whoever reads it is told.
    let Ok(beside) = raw(tx, base) else { return Ok((alone, None)) };
    let small = packing::beside(&beside, &document)?;
    if small.len() * 2 < alone.len() { Ok((small, Some(base))) } else { Ok((alone, None)) }
}

/// Returns the revision beside which the next one is packed: a full one that not too many need yet.
fn base(conn: &Connection, article: ArticleId) -> Result<Option<Hash>> {
    let mut query = conn.prepare_cached(include_str!("revisions/base.sql"))?;
    let found = query.query_row([article.0], |row| Ok((row.get(0).map(Hash)?, row.get::<_, u32>(1)?)));
    Ok(found.optional()?.filter(|(_, needed_by)| *needed_by < BESIDE_ONE).map(|(base, _)| base))
}

/// Revisions of the time before there was packing are packed when the next one of their article is made.
fn pack_old(tx: &Tx<'_>, article: ArticleId) -> Result<()> {
    let sql = "SELECT id, packed FROM revisions WHERE article = ?1 AND substr(packed, 1, 1) = x'7b'";
    let mut query = tx.prepare_cached(sql)?;
    let old: Vec<([u8; 32], Vec<u8>)> = query
        .query_map([article.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, document) in old {
        tx.prepare_cached("UPDATE revisions SET packed = ?2 WHERE id = ?1")?
            .execute(params![id, packing::alone(&document)?])?;
    }
    Ok(())
}

/// Returns a revision.
///
/// # Errors
/// [`Error::Missing`] when the desk does not have it, [`Error::RevisionDamaged`] when what is stored is not what was.
pub fn get(conn: &Connection, id: Hash) -> Result<Revision> {
    let mut query = conn.prepare_cached("SELECT * FROM revisions WHERE id = ?1")?;
    let found = query.query_row([id.0], read).optional()?;
    let mut revision = found.ok_or_else(|| Error::Missing(format!("revision {id}")))?;
    let mut query =
        conn.prepare_cached("SELECT parent FROM revision_parents WHERE revision = ?1 ORDER BY parent")?;
    revision.parents =
        query.query_map([id.0], |row| row.get(0).map(Hash))?.collect::<rusqlite::Result<_>>()?;
    revision.document =
        known_again(&raw(conn, id)?, revision.content_hash).ok_or(Error::RevisionDamaged(id))?;
    Ok(revision)
}

/// Returns the document in JSON, as it was packed.
fn raw(conn: &Connection, id: Hash) -> Result<Vec<u8>> {
    let sql =
        "SELECT own.packed, base.packed FROM revisions own LEFT JOIN revisions base ON base.id = own.base
               WHERE own.id = ?1";
    let mut query = conn.prepare_cached(sql)?;
    let found = query.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (packed, base): (Vec<u8>, Option<Vec<u8>>) =
        found.ok_or_else(|| Error::Missing(format!("revision {id}")))?;
    let unpacked = base.map_or(Ok(Vec::new()), |base| packing::unpack(&base, b""));
    unpacked.and_then(|base| packing::unpack(&packed, &base)).map_err(|_| Error::RevisionDamaged(id))
}

/// Returns the document, if it is the one of this hash.
fn known_again(document: &[u8], hash: Hash) -> Option<Document> {
    let document: Document = serde_json::from_slice(document).ok()?;
    (document.content_hash() == hash).then_some(document)
}

/// Says whether what is packed is the document of this hash, when it is read with the bases that `conn` has.
pub(crate) fn is_what_its_hash_says(
    conn: &Connection,
    packed: &[u8],
    base: Option<Hash>,
    hash: Hash,
) -> bool {
    let base = base.map_or(Ok(Vec::new()), |base| raw(conn, base));
    let document = base.ok().and_then(|base| packing::unpack(packed, &base).ok());
    document.is_some_and(|document| known_again(&document, hash).is_some())
}

/// Returns the newest revision of an article: the one that was kept last, whatever the clock showed.
///
/// # Errors
/// What SQLite says.
pub fn head(conn: &Connection, article: ArticleId) -> Result<Option<Head>> {
    let sql =
        "SELECT id, content_hash, made_at FROM revisions WHERE article = ?1 ORDER BY rowid DESC LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([article.0], read_head).optional()?)
}

/// Returns what is known of a revision without its text.
///
/// # Errors
/// What SQLite says.
pub fn head_of(conn: &Connection, id: Hash) -> Result<Option<Head>> {
    let sql = "SELECT id, content_hash, made_at FROM revisions WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([id.0], read_head).optional()?)
}

fn read_head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        id: row::hash(row, "id")?,
        content_hash: row::hash(row, "content_hash")?,
        made_at: row.get("made_at")?,
    })
}

/// Returns the newest `at_most` revisions of an article, newest first.
///
/// # Errors
/// What SQLite says.
pub fn list(conn: &Connection, article: ArticleId, at_most: u32) -> Result<Vec<Listed>> {
    let mut query = conn.prepare_cached(include_str!("revisions/list.sql"))?;
    let read = |row: &Row<'_>| {
        let (added, removed): (Option<u32>, Option<u32>) = (row.get("added")?, row.get("removed")?);
        Ok(Listed {
            id: row::hash(row, "id")?,
            content_hash: row::hash(row, "content_hash")?,
            person: row.get("person")?,
            made_at: row.get("made_at")?,
            occasion: row::word(row, "occasion", Occasion::named)?,
            change: added.zip(removed).map(|(added, removed)| Change { added, removed }),
        })
    };
    let rows = query.query_map(params![article.0, at_most], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row::hash(row, "id")?,
        article: ArticleId(row::uuid(row, "article")?),
        content_hash: row::hash(row, "content_hash")?,
        parents: Vec::new(),
        by: PersonId(row::uuid(row, "made_by")?),
        made_at: row.get("made_at")?,
        document: Document::default(),
    })
}

#[cfg(test)]
mod tests;
