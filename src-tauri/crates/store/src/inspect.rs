//! Looks at a database without changing it: whether it is whole, and how much is in it. No word of an article is read.

use std::{collections::BTreeMap, path::Path};

use rusqlite::{Connection, OpenFlags};

use crate::{BUSY, Result, migrations, settings};

/// So many of its faults are named; the first ones tell.
const FAULTS: u32 = 20;

/// What a database is like.
#[derive(Debug)]
pub struct Inspected {
    pub schema: u32,
    /// The schema this program knows.
    pub known_schema: u32,
    /// What SQLite's own check found; empty where all is whole.
    pub faults: Vec<String>,
    pub articles: Counts,
    pub jobs: Counts,
    /// By kind: a portal's name and address stay where they are.
    pub portals: Counts,
    pub counts: Vec<(&'static str, i64)>,
}

/// How many there are of each sort.
pub type Counts = BTreeMap<String, i64>;

const TABLES: [(&str, &str); 5] = [
    ("placements", "SELECT count(*) FROM placements"),
    ("pictures", "SELECT count(*) FROM pictures"),
    ("revisions", "SELECT count(*) FROM revisions"),
    ("decisions", "SELECT count(*) FROM decisions"),
    ("publications", "SELECT count(*) FROM publications"),
];

/// Inspects the database at `file`, which must be there.
///
/// # Errors
/// What SQLite says, e.g. that it is no database.
pub fn inspect(file: &Path) -> Result<Inspected> {
    let conn = look(file)?;
    let counts = TABLES.iter().map(|(name, sql)| Ok((*name, conn.query_row(sql, [], |row| row.get(0))?)));
    Ok(Inspected {
        schema: migrations::version(&conn)?,
        known_schema: migrations::KNOWN,
        faults: faults(&conn, Look::Quick)?,
        articles: by(&conn, "SELECT stage, count(*) FROM articles GROUP BY stage")?,
        jobs: by(&conn, "SELECT state, count(*) FROM outbox GROUP BY state")?,
        portals: by(&conn, "SELECT kind, count(*) FROM portals GROUP BY kind")?,
        counts: counts.collect::<Result<_>>()?,
    })
}

/// Returns a setting of the database at `file`.
///
/// # Errors
/// What SQLite says.
pub fn setting(file: &Path, name: &str) -> Result<Option<String>> {
    settings::get(&look(file)?, name)
}

pub(crate) fn look(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(file, flags)?;
    // Looking must not fold the log into the database: a damaged one is kept as it was found.
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.busy_timeout(BUSY)?;
    Ok(conn)
}

/// How a database is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Every page and every row.
    Quick,
    /// Whether the indexes lead to the rows, too.
    Full,
}

/// SQLite names tables, rows and pages, never what stands in them.
pub(crate) fn faults(conn: &Connection, look: Look) -> Result<Vec<String>> {
    let check = if look == Look::Full { "integrity_check" } else { "quick_check" };
    let mut query = conn.prepare(&format!("PRAGMA {check}({FAULTS})"))?;
    let said = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(said.into_iter().filter(|line| line != "ok").collect())
}

fn by(conn: &Connection, sql: &str) -> Result<Counts> {
    let mut query = conn.prepare(sql)?;
    Ok(query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Store};

    #[test]
    fn a_whole_database_has_no_faults_and_its_rows_are_counted() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        store.write::<_, Error>(|tx| {
            tx.execute("INSERT INTO portals (name, kind, added_at) VALUES ('a', 'native', 1)", [])?;
            settings::set(tx, "preferences", "{}")
        })?;

        let inspected = inspect(&file)?;

        assert_eq!((inspected.schema, inspected.faults.len()), (inspected.known_schema, 0));
        assert_eq!(inspected.portals, Counts::from([("native".into(), 1)]));
        assert_eq!(setting(&file, "preferences")?.as_deref(), Some("{}"));
        Ok(())
    }

    #[test]
    fn a_damaged_index_is_named() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let store = Store::open(&file)?;
        store.write::<_, Error>(|tx| Ok(tx.execute("INSERT INTO settings VALUES ('a', 'b')", [])?))?;
        drop(store);
        let conn = Connection::open(&file)?;
        conn.execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE TABLE settings (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) STRICT'
             WHERE name = 'settings'",
        )?;
        drop(conn);

        let inspected = inspect(&file)?;

        assert!(inspected.faults.iter().any(|fault| fault.contains("settings")), "{:?}", inspected.faults);
        Ok(())
    }

    #[test]
    fn what_is_no_database_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        std::fs::write(&file, "no database at all, but long enough to have a header of its own")
            .expect("a file");

        assert!(inspect(&file).is_err());
        assert!(inspect(&folder.path().join("nowhere")).is_err());
        assert!(!folder.path().join("nowhere").exists());
    }
}
