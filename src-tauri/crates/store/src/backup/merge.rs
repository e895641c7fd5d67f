//! What is taken over from the remains of a damaged database into a newer life of its backup: whatever is newer there, and
//! nothing that would have an effect twice.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    backup::job_brought_back,
    ids::{ArticleId, Hash},
    outbox::JobState,
    stage::Stage,
};
use rusqlite::{OptionalExtension as _, params, params_from_iter, types::Value};
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{
    JSON,
    remains::{Remains, columns},
};
use crate::{Result, Tx, outbox, revisions};

/// Every table, what it points to before itself.
pub(super) const TABLES: [(&str, Take); 22] = [
    ("people", Take::Missing),
    ("stories", Take::Missing),
    ("articles", Take::Articles),
    ("source_pages", Take::Missing),
    ("leftovers", Take::Missing),
    ("pictures", Take::Missing),
    ("picture_words", Take::Missing),
    ("placements", Take::Placements),
    ("pasted_placements", Take::Missing),
    ("revisions", Take::Revisions),
    ("revision_parents", Take::Missing),
    ("decisions", Take::Missing),
    ("portals", Take::Missing),
    ("publications", Take::Publications),
    ("publication_log", Take::Missing),
    ("outbox", Take::Jobs),
    ("carets", Take::Missing),
    ("undo_histories", Take::Missing),
    ("settings", Take::Missing),
    ("term_mappings", Take::Missing),
    ("spelling_words", Take::Missing),
    ("templates", Take::Missing),
];

/// What is taken of a table.
#[derive(Clone, Copy)]
pub(super) enum Take {
    /// What is not there under its key. It is never changed, or nobody would miss the change.
    Missing,
    /// What was saved more often.
    Articles,
    /// Those of the articles that were taken.
    Placements,
    /// Those whose text is what its hash says.
    Revisions,
    /// What went live later.
    Publications,
    Jobs,
}

/// Where an article's text is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWhere {
    /// It was newer there, or only there.
    DamagedDatabase,
    /// It could not be read in the damaged one: what was saved after the backup is lost.
    Backup,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct From {
    pub id: ArticleId,
    pub headline: String,
    pub from: FromWhere,
}

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub table: String,
    pub taken: u32,
    /// Rows that were read and could not be taken over, because what they belong to is gone.
    pub left: u32,
    /// Every row of the damaged database was read.
    pub all_read: bool,
}

/// What was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TakenOver {
    pub articles: Vec<From>,
    /// So many were the same in both.
    pub same: u32,
    pub tables: Vec<Counted>,
}

/// A row of a table, its values by their names.
struct Row<'a> {
    columns: &'a [String],
    values: &'a [Value],
}

impl Row<'_> {
    fn value(&self, name: &str) -> &Value {
        let at = self.columns.iter().position(|column| column == name);
        at.and_then(|at| self.values.get(at)).unwrap_or(&Value::Null)
    }

    fn number(&self, name: &str) -> Option<i64> {
        if let Value::Integer(number) = self.value(name) { Some(*number) } else { None }
    }

    fn text(&self, name: &str) -> &str {
        if let Value::Text(text) = self.value(name) { text } else { "" }
    }

    fn bytes(&self, name: &str) -> &[u8] {
        if let Value::Blob(bytes) = self.value(name) { bytes } else { &[] }
    }
}

/// Takes over what is newer in `remains`, in one transaction with everything else.
///
/// # Errors
/// What SQLite says of the database that is written to.
pub fn take_over(tx: &Tx<'_>, remains: &Remains) -> Result<TakenOver> {
    tx.pragma_update(None, "defer_foreign_keys", true)?; // a translation may come before its original
    let before = articles(tx)?;
    let newest = "SELECT max(made_at) FROM decisions";
    let ours: Option<i64> = tx.query_row(newest, [], |row| row.get(0))?;
    let later = remains.number(newest).is_none_or(|theirs| Some(theirs) >= ours);
    let mut work = Work { tx, remains, before, later, seen: BTreeSet::new(), taken: BTreeSet::new() };
    let tables = TABLES.iter().map(|(table, take)| work.table(table, *take)).collect::<Result<_>>()?;
    tx.execute(
        "UPDATE articles SET translated_from = NULL WHERE translated_from NOT IN (SELECT id FROM articles)",
        [],
    )?;
    Ok(TakenOver { articles: work.told()?, same: work.same(), tables })
}

/// Puts every job as it may stand after what is not known any more, and returns how many the portals will be asked about.
///
/// # Errors
/// What SQLite says.
pub fn bring_back_jobs(tx: &Tx<'_>, now_ms: i64) -> Result<u32> {
    let mut asked = 0;
    for job in outbox::newest(tx, u32::MAX)? {
        let state = job_brought_back(job.state, job.not_before, now_ms);
        if state == JobState::Unknown {
            // Sent as late as can be: a slow portal may be at it still.
            tx.prepare_cached(
                "UPDATE outbox SET state = 'unknown', next_at = ?2, sent_at = ?2 WHERE id = ?1",
            )?
            .execute(params![job.id.0, now_ms])?;
            asked += 1;
        }
    }
    Ok(asked)
}

type Id = Vec<u8>;

/// Saves and time of the last one: what says which of two is newer.
fn articles(tx: &Tx<'_>) -> Result<BTreeMap<Id, (i64, i64)>> {
    let mut query = tx.prepare("SELECT id, edits, saved_at FROM articles")?;
    let all = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

struct Work<'a> {
    tx: &'a Tx<'a>,
    remains: &'a Remains,
    before: BTreeMap<Id, (i64, i64)>,
    /// The damaged database goes on after the backup. Without its log it may end before.
    later: bool,
    /// Articles that were read in the damaged database and are as they were in the backup.
    seen: BTreeSet<Id>,
    taken: BTreeSet<Id>,
}

impl Work<'_> {
    fn table(&mut self, table: &str, take: Take) -> Result<Counted> {
        let known = columns(self.tx, table)?;
        let there = self.remains.columns(table);
        let columns: Vec<String> = known.into_iter().filter(|column| in_remains(&there, column)).collect();
        let mut counted = Counted { table: table.to_owned(), taken: 0, left: 0, all_read: false };
        if columns.is_empty() {
            return Ok(counted);
        }
        let parents = parents(self.tx, table)?;
        let remains = self.remains;
        let mut rows = Vec::new();
        let asked: Vec<String> = columns.iter().map(|column| asked(&there, column)).collect();
        let all_read = remains.each(table, &asked, |values| {
            let row = Row { columns: &columns, values };
            if matches!(take, Take::Placements) {
                rows.push(values.to_vec()); // whether all were read decides what is done with them
                return Ok(());
            }
            counted.add(self.row(table, take, &row, &parents)?);
            Ok(())
        })?;
        counted.all_read = all_read;
        if matches!(take, Take::Placements) {
            self.placements(&columns, &rows, all_read, &mut counted)?;
        }
        Ok(counted)
    }

    fn row(&mut self, table: &str, take: Take, row: &Row<'_>, parents: &[Parent]) -> Result<Fate> {
        if matches!(take, Take::Articles) {
            return self.article(&Row { columns: row.columns, values: &mended(self.tx, row)? });
        }
        if !is_json_where_it_must_be(table, row) {
            return Ok(Fate::Left);
        }
        match take {
            Take::Revisions if self.has_revision(row)? => return Ok(Fate::Known),
            Take::Revisions if !self.is_what_its_hash_says(row) => return Ok(Fate::Left),
            Take::Missing
            | Take::Articles
            | Take::Placements
            | Take::Revisions
            | Take::Publications
            | Take::Jobs => {}
        }
        if !self.belongs(row, parents)? {
            return Ok(Fate::Left);
        }
        match take {
            Take::Publications => self.publication(row),
            Take::Jobs => self.job(row),
            Take::Missing | Take::Placements | Take::Revisions | Take::Articles => {
                self.written(table, row, "ON CONFLICT DO NOTHING")
            }
        }
    }

    /// Most are there already: their texts need no second look.
    fn has_revision(&self, row: &Row<'_>) -> Result<bool> {
        Ok(self.tx.prepare_cached("SELECT 1 FROM revisions WHERE id = ?1")?.exists([row.value("id")])?)
    }

    /// What it is packed beside was taken before it.
    fn is_what_its_hash_says(&self, row: &Row<'_>) -> bool {
        let hash = |name| <[u8; 32]>::try_from(row.bytes(name)).map(Hash).ok();
        hash("content_hash").is_some_and(|content| {
            revisions::is_what_its_hash_says(self.tx, row.bytes("packed"), hash("base"), content)
        })
    }

    /// Writes the row; one that the schema refuses was damaged without SQLite seeing it.
    fn written(&self, table: &str, row: &Row<'_>, conflict: &str) -> Result<Fate> {
        let places = vec!["?"; row.columns.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({}) VALUES ({places}) {conflict}", row.columns.join(", "));
        match self.tx.prepare_cached(&sql)?.execute(params_from_iter(row.values)) {
            Ok(0) => Ok(Fate::Known),
            Ok(_) => Ok(Fate::Taken),
            Err(error) if is_refusal(&error) => Ok(Fate::Left),
            Err(error) => Err(error.into()),
        }
    }

    fn belongs(&self, row: &Row<'_>, parents: &[Parent]) -> Result<bool> {
        for Parent { column, sql } in parents {
            let value = row.value(column);
            if *value != Value::Null && !self.tx.prepare_cached(sql)?.exists([value])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn article(&mut self, row: &Row<'_>) -> Result<Fate> {
        let id = row.bytes("id").to_vec();
        let (Some(edits), Some(saved_at)) = (row.number("edits"), row.number("saved_at")) else {
            return Ok(Fate::Left);
        };
        match self.before.get(&id) {
            Some(ours) if *ours == (edits, saved_at) => {
                self.seen.insert(id);
                return self.stage(row);
            }
            Some(ours) if *ours > (edits, saved_at) || letters_lost(row) > FEW => return Ok(Fate::Known),
            Some(_) | None => {}
        }
        let since = row.number("created_at");
        self.tx.execute(
            "INSERT OR IGNORE INTO stories (id, began_at) VALUES (?1, ?2)",
            params![row.bytes("story"), since],
        )?;
        self.tx.execute(
            "INSERT OR IGNORE INTO people (id, name, since) VALUES (?1, '', ?2)",
            params![row.bytes("begun_by"), since],
        )?;
        let conflict = format!("ON CONFLICT (id) DO UPDATE SET {}", all_of(row.columns));
        let fate = self.written("articles", row, &conflict)?;
        if fate == Fate::Taken {
            self.taken.insert(id);
        }
        Ok(fate)
    }

    /// A step does not count as a save: of the same text the stage is taken. Its approval holds only with its decision.
    fn stage(&self, row: &Row<'_>) -> Result<Fate> {
        if !self.later {
            return Ok(Fate::Known);
        }
        let sql = "UPDATE articles SET stage = ?2, approval_lapsed = ?3 WHERE id = ?1 AND stage <> ?2";
        let values = params![row.bytes("id"), row.text("stage"), row.number("approval_lapsed")];
        match self.tx.prepare_cached(sql)?.execute(values) {
            Ok(0) => Ok(Fate::Known),
            Ok(_) => Ok(Fate::Taken),
            Err(error) if is_refusal(&error) => Ok(Fate::Left),
            Err(error) => Err(error.into()),
        }
    }

    /// The pictures' places go with the text that was taken. Where not all could be read, those of the backup stay too:
    /// rather one too many.
    fn placements(
        &self,
        columns: &[String],
        rows: &[Vec<Value>],
        all_read: bool,
        counted: &mut Counted,
    ) -> Result<()> {
        if all_read {
            for article in &self.taken {
                self.tx.execute("DELETE FROM placements WHERE article = ?1", [article])?;
            }
        }
        for values in rows {
            let row = Row { columns, values };
            if self.taken.contains(row.bytes("article")) {
                counted.add(self.placement(&row)?);
            }
        }
        Ok(())
    }

    fn placement(&self, row: &Row<'_>) -> Result<Fate> {
        if row.text("position") == "lead" {
            let sql = "UPDATE placements SET position = 'gallery' WHERE article = ?1 AND position = 'lead' AND id <> ?2";
            self.tx.execute(sql, params![row.bytes("article"), row.bytes("id")])?;
        }
        let mut values = row.values.to_vec();
        let known =
            self.tx.query_row("SELECT 1 FROM pictures WHERE hash = ?1", [row.value("picture")], |_| Ok(()));
        if known.optional()?.is_none() {
            // What is known of the picture is gone: it is wanted again.
            if let Some(at) = row.columns.iter().position(|column| column == "picture") {
                values[at] = Value::Null;
            }
        }
        let conflict = format!("ON CONFLICT (id) DO UPDATE SET {}", all_of(row.columns));
        self.written("placements", &Row { columns: row.columns, values: &values }, &conflict)
    }

    /// What the portal confirmed later is how it stands.
    fn publication(&self, row: &Row<'_>) -> Result<Fate> {
        let conflict = format!(
            "ON CONFLICT (article, portal) DO UPDATE SET {}
             WHERE max(excluded.live_since, excluded.stands_since) > max(publications.live_since, publications.stands_since)",
            all_of(row.columns)
        );
        self.written("publications", row, &conflict)
    }

    /// What is settled on either side is settled. Of two that were on their way to one place only the later can have been:
    /// the end of the earlier one is not to be read any more.
    fn job(&self, row: &Row<'_>) -> Result<Fate> {
        let ours =
            self.tx.query_row("SELECT state FROM outbox WHERE id = ?1", [row.value("id")], |row| row.get(0));
        let ours: Option<String> = ours.optional()?;
        if ours.is_some_and(|state| is_settled(&state)) {
            return Ok(Fate::Known);
        }
        if !is_settled(row.text("state")) {
            self.tx.execute(
                "UPDATE outbox SET state = 'cancelled', last_answer = 'what became of it was in the damaged database'
                 WHERE article = ?1 AND portal = ?2 AND id <> ?3 AND made_at <= ?4
                   AND state NOT IN ('confirmed', 'cancelled') AND (act = 'kill') = (?5 = 'kill')
                   AND (act IN ('unpublish', 'takedown')) = (?5 IN ('unpublish', 'takedown'))",
                params![
                    row.bytes("article"),
                    row.text("portal"),
                    row.bytes("id"),
                    row.number("made_at"),
                    row.text("act")
                ],
            )?;
        }
        self.written("outbox", row, &format!("ON CONFLICT (id) DO UPDATE SET {}", all_of(row.columns)))
    }

    fn same(&self) -> u32 {
        u32::try_from(self.seen.len()).unwrap_or(u32::MAX)
    }

    /// Names every article that is not the same in both.
    fn told(&self) -> Result<Vec<From>> {
        let mut query = self.tx.prepare("SELECT id, headline FROM articles ORDER BY saved_at DESC, id")?;
        let mut rows = query.query([])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Id = row.get(0)?;
            if self.seen.contains(&bytes) {
                continue;
            }
            let from =
                if self.taken.contains(&bytes) { FromWhere::DamagedDatabase } else { FromWhere::Backup };
            told.push(From { id: ArticleId(row.get(0)?), headline: row.get(1)?, from });
        }
        Ok(told)
    }
}

/// Has every column take the value that was read.
fn all_of(columns: &[String]) -> String {
    let all: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    all.join(", ")
}

/// The name under which a column stood before it was called so, in databases of that time, and what to ask for then.
const BEFORE: (&str, &str, &str) = ("packed", "document", "CAST(document AS BLOB)");

fn in_remains(there: &[String], column: &str) -> bool {
    let has = |name: &str| there.iter().any(|one| one == name);
    has(column) || (column == BEFORE.0 && has(BEFORE.1))
}

fn asked(there: &[String], column: &str) -> String {
    let renamed = column == BEFORE.0 && !there.iter().any(|one| one == column);
    if renamed { BEFORE.2.to_owned() } else { column.to_owned() }
}

/// What became of a row that was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Taken,
    /// It was there already, as new or newer.
    Known,
    Left,
}

impl Counted {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Taken => self.taken += 1,
            Fate::Known => {}
            Fate::Left => self.left += 1,
        }
    }
}

/// What a column points to, and the question whether it is there.
struct Parent {
    column: String,
    sql: String,
}

fn parents(tx: &Tx<'_>, table: &str) -> Result<Vec<Parent>> {
    let mut query = tx.prepare("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)")?;
    let read = |row: &rusqlite::Row<'_>| {
        let (parent, key): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Parent { column: row.get(0)?, sql: format!("SELECT 1 FROM {parent} WHERE {key} = ?1") })
    };
    Ok(query.query_map([table], read)?.collect::<rusqlite::Result<_>>()?)
}

/// A newer text with so many letters lost is better than an older one without a fault; one with more is not.
const FEW: usize = 8;

fn letters_lost(row: &Row<'_>) -> usize {
    let lost = |value: &Value| match value {
        Value::Text(text) => text.matches(char::REPLACEMENT_CHARACTER).count(),
        Value::Null | Value::Integer(_) | Value::Real(_) | Value::Blob(_) => 0,
    };
    row.values.iter().map(lost).sum()
}

/// Returns an article's values as the schema wants them: nobody's text is left behind because a byte of another field,
/// or of what says how long the fields are, was damaged.
fn mended(tx: &Tx<'_>, row: &Row<'_>) -> Result<Vec<Value>> {
    let mut query =
        tx.prepare_cached("SELECT type, \"notnull\" FROM pragma_table_info('articles') WHERE name = ?1")?;
    let mut mended = Vec::new();
    for (column, value) in row.columns.iter().zip(row.values) {
        let (sort, must_be): (String, bool) =
            query.query_row([column], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let value = match (sort.as_str(), value) {
            ("TEXT", Value::Blob(bytes)) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
            ("TEXT", Value::Null | Value::Integer(_) | Value::Real(_)) if must_be => {
                Value::Text(String::new())
            }
            ("BLOB", Value::Text(text)) => Value::Blob(text.clone().into_bytes()),
            ("INTEGER", Value::Text(_) | Value::Blob(_) | Value::Real(_)) if !must_be => Value::Null,
            (_, value) => value.clone(),
        };
        mended.push(match (column.as_str(), value) {
            ("keywords", Value::Text(text)) if serde_json::from_str::<Vec<String>>(&text).is_err() => {
                "[]".to_owned().into()
            }
            ("stage", Value::Text(text)) if Stage::named(&text).is_none() => {
                Stage::Draft.word().to_owned().into()
            }
            (_, value) => value,
        });
    }
    Ok(mended)
}

fn is_json_where_it_must_be(table: &str, row: &Row<'_>) -> bool {
    let mut columns = JSON.iter().filter(|(of, _)| *of == table).map(|(_, column)| row.value(column));
    columns.all(|value| match value {
        Value::Text(text) => serde_json::from_str::<IgnoredAny>(text).is_ok(),
        Value::Null | Value::Integer(_) | Value::Real(_) | Value::Blob(_) => true, // the schema's business
    })
}

fn is_settled(state: &str) -> bool {
    ["confirmed", "cancelled"].contains(&state)
}

fn is_refusal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{ConstraintViolation, TypeMismatch};
    matches!(error.sqlite_error_code(), Some(ConstraintViolation | TypeMismatch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Store};

    #[test]
    fn no_table_is_forgotten() -> Result<()> {
        let store = Store::open_in_memory()?;
        let there: BTreeSet<String> = store.read::<_, Error>(|conn| {
            let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
            Ok(conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;

        let listed: BTreeSet<String> = TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();

        assert_eq!(there, listed);
        Ok(())
    }

    #[test]
    fn what_a_row_points_to_comes_before_it() -> Result<()> {
        let store = Store::open_in_memory()?;
        let place = |name: &str| TABLES.iter().position(|(table, _)| *table == name);
        store.write::<_, Error>(|tx| {
            for (table, _) in TABLES {
                for parent in parents(tx, table)? {
                    let of = parent.sql.split_whitespace().nth(3).expect("the parent's name").to_owned();
                    assert!(of == table || place(&of) < place(table), "{table} comes before {of}");
                }
            }
            Ok(())
        })
    }
}
