//! What can still be read of a damaged database: row by row, past the places that cannot.

use std::{
    borrow::Cow,
    fs,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
};

use rusqlite::{Connection, Row, Statement, types::Value, types::ValueRef};

use super::beside;
use crate::{Error, Result};

/// After so many rows in a row that cannot be read the rest is given up: where the last one is, is not known then.
const GIVEN_UP_AFTER: i64 = 200_000;

/// A copy of a damaged database; the files themselves stay as they are.
#[derive(Debug)]
pub struct Remains(Connection);

impl Remains {
    /// Copies the database at `damaged` with its log to `copy` and opens that. Where nothing can be read because the pages
    /// that say what is where are gone, a backup's are read instead: a backup is a copy page by page. `None` when it helps
    /// nothing.
    ///
    /// # Errors
    /// When the files cannot be copied.
    pub fn open(damaged: &Path, copy: &Path, backup: Option<&Path>) -> Result<Option<Self>> {
        for ending in ["", "-wal"] {
            let from = beside(damaged, ending);
            if from.exists() {
                fs::copy(from, beside(copy, ending)).map_err(Error::Folder)?;
            }
        }
        let conn = readable(copy).or_else(|| {
            lend_schema(copy, backup?).ok()?;
            readable(copy)
        });
        Ok(conn.map(Self))
    }

    /// Returns the columns of a table, none where it is not there.
    pub fn columns(&self, table: &str) -> Vec<String> {
        columns(&self.0, table).unwrap_or_default()
    }

    /// Returns the number that `sql` asks for, where it can be read and is one.
    pub fn number(&self, sql: &str) -> Option<i64> {
        self.0.query_row(sql, [], |row| row.get(0)).ok()
    }

    /// Calls `take` with every row that can be read, in the order they were written. Returns whether those were all.
    ///
    /// # Errors
    /// What `take` returns.
    pub fn each(
        &self,
        table: &str,
        columns: &[String],
        mut take: impl FnMut(&[Value]) -> Result<()>,
    ) -> Result<bool> {
        let sql = format!("SELECT rowid, {} FROM {table} NOT INDEXED WHERE rowid", columns.join(", "));
        let onward = self.0.prepare(&format!("{sql} >= ?1 ORDER BY rowid"));
        let (Ok(mut onward), Ok(mut one)) = (onward, self.0.prepare(&format!("{sql} = ?1"))) else {
            return Ok(false);
        };
        let (mut from, mut all) = (1, true);
        loop {
            let read = read_on(&mut onward, from, &mut take)?;
            all &= read.all;
            if read.to_the_end {
                return Ok(all);
            }
            let Some(beyond) = self.beyond(table, &mut one, read.last + 1) else { return Ok(false) };
            (from, all) = (beyond, false);
        }
    }

    /// Returns the first row from `from` on that can be read by itself.
    fn beyond(&self, table: &str, one: &mut Statement<'_>, from: i64) -> Option<i64> {
        let sql = format!("SELECT max(rowid) FROM {table} NOT INDEXED");
        let highest = self.number(&sql);
        let given_up = from.saturating_add(GIVEN_UP_AFTER);
        let last = highest.map_or(given_up, |highest| highest.min(given_up));
        (from..=last).find(|rowid| one.query_row([rowid], |_| Ok(())).is_ok())
    }
}

/// How far reading went before the first place that cannot be read.
struct ReadOn {
    last: i64,
    to_the_end: bool,
    /// No row on the way was left out.
    all: bool,
}

fn read_on(
    query: &mut Statement<'_>,
    from: i64,
    take: &mut impl FnMut(&[Value]) -> Result<()>,
) -> Result<ReadOn> {
    let mut read = ReadOn { last: from - 1, to_the_end: false, all: true };
    let Ok(mut rows) = query.query([from]) else { return Ok(read) };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(ReadOn { to_the_end: true, ..read }),
            Err(_) => return Ok(read),
        };
        match row.get::<_, i64>(0) {
            Ok(rowid) if rowid > read.last => read.last = rowid,
            _ => return Ok(read), // pages in a circle
        }
        let Some((values, as_written)) = values(row) else { return Ok(read) };
        read.all &= as_written;
        take(&values)?;
    }
}

/// Returns the row's values, but for the row's number, and whether every text is one: of one that is none the letters
/// that can be read are kept.
fn values(row: &Row<'_>) -> Option<(Vec<Value>, bool)> {
    let mut as_written = true;
    let columns = row.as_ref().column_count();
    let mut value = |at| {
        let found = row.get_ref(at).ok()?;
        if let ValueRef::Text(bytes) = found {
            let text = String::from_utf8_lossy(bytes);
            as_written &= matches!(text, Cow::Borrowed(_));
            return Some(Value::Text(text.into_owned()));
        }
        Value::try_from(found).ok()
    };
    let values = (1..columns).map(&mut value).collect::<Option<_>>()?;
    Some((values, as_written))
}

/// Returns the names of a table's columns.
pub fn columns(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let mut query = conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
    Ok(query.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

fn readable(copy: &Path) -> Option<Connection> {
    let conn = Connection::open(copy).ok()?;
    // With this SQLite reads a file that was cut off as far as it goes.
    conn.pragma_update(None, "writable_schema", true).ok()?;
    conn.prepare("SELECT id FROM articles").ok()?;
    Some(conn)
}

/// Writes over the pages of `copy` that hold the schema with those of `backup`.
fn lend_schema(copy: &Path, backup: &Path) -> std::io::Result<()> {
    let mut lender = fs::File::open(backup)?;
    let mut first = [0; 100];
    lender.read_exact(&mut first)?;
    let page = page_size(&first);
    let mut to = fs::OpenOptions::new().read(true).write(true).open(copy)?;
    let pages = u32::try_from(to.metadata()?.len() / page).unwrap_or(u32::MAX);
    let mut bytes = page_of(&mut lender, page, 1)?;
    for number in below(&bytes) {
        write_page(&mut to, page, number, &page_of(&mut lender, page, number)?)?;
    }
    bytes[18..20].copy_from_slice(&[2, 2]); // a write-ahead log is beside it
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    let counter: [u8; 4] = bytes[24..28].try_into().unwrap_or_default();
    bytes[92..96].copy_from_slice(&counter); // or the number of pages does not count
    write_page(&mut to, page, 1, &bytes)
}

fn page_size(header: &[u8]) -> u64 {
    let size = u64::from(u16::from_be_bytes([header[16], header[17]]));
    if size == 1 { 65_536 } else { size.max(512) }
}

fn page_of(file: &mut fs::File, page: u64, number: u32) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(page).unwrap_or_default()];
    file.seek(SeekFrom::Start(u64::from(number.saturating_sub(1)) * page))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn write_page(file: &mut fs::File, page: u64, number: u32, bytes: &[u8]) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(u64::from(number.saturating_sub(1)) * page))?;
    file.write_all(bytes)
}

/// Returns the pages that the first page, the root of the schema's tree, points to.
fn below(first: &[u8]) -> Vec<u32> {
    const INTERIOR: u8 = 5;
    let half = |at: usize| Some(usize::from(u16::from_be_bytes([*first.get(at)?, *first.get(at + 1)?])));
    let word = |at: usize| Some(u32::from_be_bytes(first.get(at..at + 4)?.try_into().ok()?));
    if first.get(100) != Some(&INTERIOR) {
        return Vec::new();
    }
    let cells = (0..half(103).unwrap_or_default()).filter_map(|cell| word(half(112 + 2 * cell)?));
    cells.chain(word(108)).collect()
}
