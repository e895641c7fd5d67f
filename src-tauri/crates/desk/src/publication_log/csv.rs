//! The log as a table (RFC 4180, UTF-8 with a mark that says so, which the programs for tables want).

use std::io;

use domain::{ids::Hash, publication_log::Entry};
use store::publication_log::Filed;

const COLUMNS: &[&str] = &[
    "number",
    "confirmed_at",
    "act",
    "headline",
    "language",
    "article",
    "portal",
    "url",
    "person",
    "reason",
    "decided_at",
    "sent_at",
    "attempts",
    "decision",
    "revision",
    "content_hash",
    "payload_hash",
    "answer",
    "differences",
    "previous",
    "hash",
];

pub fn heading(out: &mut impl io::Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    row(out, COLUMNS)
}

/// An entry that cannot be read has its number and hash alone.
pub fn line(out: &mut impl io::Write, filed: &Filed) -> io::Result<()> {
    let number = filed.number.to_string();
    let hash = filed.sealed.hash.to_string();
    let mut cells = vec![number];
    match serde_json::from_str::<Entry>(&filed.sealed.entry) {
        Ok(entry) => cells.extend(said(entry)),
        Err(_) => cells.resize(COLUMNS.len() - 1, String::new()),
    }
    cells.push(hash);
    row(out, &cells)
}

fn said(entry: Entry) -> [String; 19] {
    let url = entry.answer["url"].as_str().unwrap_or_default().to_owned();
    [
        time(entry.confirmed_at),
        entry.act.word().to_owned(),
        entry.headline,
        entry.language,
        entry.article.to_string(),
        entry.portal,
        url,
        entry.person_name,
        entry.reason,
        time(entry.decided_at),
        entry.sent_at.map(time).unwrap_or_default(),
        entry.attempts.to_string(),
        entry.decision.to_string(),
        entry.revision.to_string(),
        entry.content_hash.to_string(),
        entry.payload_hash.as_ref().map(Hash::to_string).unwrap_or_default(),
        entry.answer.to_string(),
        entry.differences.join("\n"),
        entry.previous.to_string(),
    ]
}

fn time(unix_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(unix_ms).map(|time| time.to_string()).unwrap_or_default()
}

fn row(out: &mut impl io::Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell.as_ref())).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// What a table would take for a formula is text: it begins with an apostrophe there.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}
