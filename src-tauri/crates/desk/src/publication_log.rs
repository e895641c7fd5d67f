//! The publication log: read in the window, written into files for others, and looked through for what is not as it was
//! written. What it is and how it is checked elsewhere: `docs/publication-log.md`.

mod csv;

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
};

use domain::{
    ids::Hash,
    publication_log::{Broken, Entry, Fault, Head, Sealed, canonical},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    Connection,
    publication_log::{self as log, Filed, Wanted},
    revisions,
};
use ts_rs::TS;

use crate::{
    Desk, Error, Result,
    files::{self, Existing},
    window::{LogAsked, LogChecked, LogShown, Logged},
};

/// More than anybody scans; a file has them all.
const AT_MOST: u32 = 500;
/// Longer than any entry: what is longer is no log.
const LONGEST_LINE: u64 = 1 << 20;

/// How a log is written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LogShape {
    /// For a table: every entry's words, by columns.
    Csv,
    /// For whoever checks it: every entry as it is kept, with its hash.
    JsonLines,
}

impl LogShape {
    /// Returns the shape that a file's name ends in.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// Returns what a file of this shape is called where nobody says otherwise.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "publication-log.csv",
            Self::JsonLines => "publication-log.jsonl",
        }
    }
}

/// Why a file is not the log it should be.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("the name of the file says no shape; end it in .csv or .jsonl")]
    Shape,
    #[error("line {0} is no entry of a publication log; give a .jsonl file that “log export” wrote")]
    NotALog(u32),
    #[error(
        "the publication log is not as it was written: {0}; keep the desk's folder as it is, and look into its backups"
    )]
    Broken(Broken),
    #[error("the file is not as it was written: {0}; get it again from where it was kept")]
    FileBroken(Broken),
    #[error(
        "the file is whole, but the desk's log says something else at entry {0}: the file is of another desk, or the desk's log was written anew"
    )]
    Differs(u32),
    #[error(
        "the file is whole, but the desk's log ends at entry {desk} and the file at {file}: entries were taken from the desk, an older backup was put back, or the file is of another desk"
    )]
    Shorter { desk: u32, file: u32 },
}

impl Desk {
    /// Returns the newest entries of the log that were asked for.
    ///
    /// # Errors
    /// What the database says.
    pub fn publication_log(&self, asked: LogAsked) -> Result<LogShown> {
        let wanted = Wanted { article: asked.article, from_ms: asked.from, to_ms: asked.to };
        let mut found = self.store.read(|conn| log::newest(conn, wanted, AT_MOST + 1))?;
        let more = found.len() > AT_MOST as usize;
        found.truncate(AT_MOST as usize);
        Ok(LogShown { entries: found.iter().map(Logged::of).collect(), more })
    }

    /// Writes the whole log into a file, whatever its state: all of it, or no file. Returns how far it goes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_log(&self, file: &Path, shape: LogShape, existing: Existing) -> Result<Head> {
        let mut head = Head::default();
        files::write(file, existing, |new, failed| {
            let mut out = BufWriter::new(new);
            if shape == LogShape::Csv {
                csv::heading(&mut out).map_err(failed)?;
            }
            self.store.read(|conn| {
                log::each(conn, |filed| {
                    head = Head { entries: filed.number, hash: filed.sealed.hash };
                    match shape {
                        LogShape::Csv => csv::line(&mut out, &filed),
                        LogShape::JsonLines => json_line(&mut out, &filed.sealed),
                    }
                    .map_err(failed)
                })
            })?;
            out.flush().map_err(failed)
        })?;
        Ok(head)
    }

    /// Looks through the whole log: every entry is as it was written, none is missing, and the words that it names are kept.
    ///
    /// # Errors
    /// What the database says.
    pub fn check_log(&self) -> Result<LogChecked> {
        self.store.read(|conn| {
            let mut head = Head::default();
            let looked = log::each(conn, |filed| look_at(conn, &mut head, &filed));
            let broken = match looked {
                Ok(()) if log::has_all(conn)? => None,
                Ok(()) => Some(Broken { at: head.entries + 1, fault: Fault::Missing }),
                Err(Error::Log(Refused::Broken(broken))) => Some(broken),
                Err(error) => return Err(error),
            };
            Ok(LogChecked { entries: head.entries, hash: head.hash, broken })
        })
    }

    /// Looks through a file that [`Desk::export_log`] wrote as JSON lines, and whether the desk's log goes on from it.
    ///
    /// # Errors
    /// [`Refused`], in words.
    pub fn check_log_file(&self, file: &Path) -> Result<Head> {
        let cannot = |error| Error::File { path: file.to_owned(), error };
        let mut head = Head::default();
        let mut lines = BufReader::new(File::open(file).map_err(cannot)?);
        while let Some(sealed) = next_line(&mut lines, head.entries + 1, &cannot)? {
            head.follow(&sealed).map_err(Refused::FileBroken)?;
        }
        let (desk, there) = self
            .store
            .read(|conn| Ok::<_, Error>((log::head(conn)?.entries, log::hash_of(conn, head.entries)?)))?;
        match there {
            _ if head.entries == 0 => Ok(head),
            None => Err(Refused::Shorter { desk, file: head.entries }.into()),
            Some(hash) if hash != head.hash => Err(Refused::Differs(head.entries).into()),
            Some(_) => Ok(head),
        }
    }
}

fn look_at(conn: &Connection, head: &mut Head, filed: &Filed) -> Result<()> {
    let entry = head.follow(&filed.sealed).map_err(Refused::Broken)?;
    let broken = |fault| Refused::Broken(Broken { at: entry.number, fault }).into();
    let files = (filed.number, filed.confirmed_at, filed.article, filed.job);
    if files != (entry.number, entry.confirmed_at, entry.article, entry.job) {
        return Err(broken(Fault::Misfiled));
    }
    match revisions::get(conn, entry.revision) {
        Ok(revision) if revision.content_hash == entry.content_hash => Ok(()),
        Ok(_) | Err(store::Error::Missing(_) | store::Error::RevisionDamaged(_)) => {
            Err(broken(Fault::WordsGone))
        }
        Err(error) => Err(error.into()),
    }
}

/// A line of a file of JSON lines.
#[derive(Serialize, Deserialize)]
struct Line<T> {
    entry: T,
    hash: Hash,
}

/// The entry stands in the line as it is kept.
fn json_line(out: &mut impl io::Write, sealed: &Sealed) -> io::Result<()> {
    writeln!(out, r#"{{"entry":{},"hash":"{}"}}"#, sealed.entry, sealed.hash)
}

/// A space more or less between its members makes no other entry: it is the canonical JSON that was hashed.
fn next_line(
    lines: &mut impl io::BufRead,
    number: u32,
    cannot: &dyn Fn(io::Error) -> Error,
) -> Result<Option<Sealed>> {
    let mut line = Vec::new();
    io::Read::take(&mut *lines, LONGEST_LINE).read_until(b'\n', &mut line).map_err(cannot)?;
    if line.is_empty() {
        return Ok(None);
    }
    let Line { entry, hash }: Line<Value> =
        serde_json::from_slice(&line).map_err(|_| Refused::NotALog(number))?;
    Ok(Some(Sealed { entry: canonical(&entry), hash }))
}

impl Logged {
    /// An entry that cannot be read is shown by what it is filed under.
    fn of(filed: &Filed) -> Self {
        let entry: Option<Entry> = serde_json::from_str(&filed.sealed.entry).ok();
        let url =
            entry.as_ref().and_then(|entry| entry.answer["url"].as_str()).unwrap_or_default().to_owned();
        Self {
            number: filed.number,
            hash: filed.sealed.hash,
            article: filed.article,
            confirmed_at: filed.confirmed_at,
            url,
            said: entry.map(Into::into),
        }
    }
}
