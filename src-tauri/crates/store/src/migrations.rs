//! The numbered files of `migrations/`, run in order, each in one transaction, counted in `user_version`.
//! A released file is never edited.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, Result};

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_articles.sql", include_str!("../../../../migrations/0001_articles.sql")),
    ("0002_pictures.sql", include_str!("../../../../migrations/0002_pictures.sql")),
    ("0003_revisions.sql", include_str!("../../../../migrations/0003_revisions.sql")),
    ("0004_publications.sql", include_str!("../../../../migrations/0004_publications.sql")),
    ("0005_desk.sql", include_str!("../../../../migrations/0005_desk.sql")),
    ("0006_portal_accounts.sql", include_str!("../../../../migrations/0006_portal_accounts.sql")),
    ("0007_spelling.sql", include_str!("../../../../migrations/0007_spelling.sql")),
    ("0008_history.sql", include_str!("../../../../migrations/0008_history.sql")),
    ("0009_undo_histories.sql", include_str!("../../../../migrations/0009_undo_histories.sql")),
    ("0010_templates.sql", include_str!("../../../../migrations/0010_templates.sql")),
    ("0011_pasted_placements.sql", include_str!("../../../../migrations/0011_pasted_placements.sql")),
    ("0012_outbox.sql", include_str!("../../../../migrations/0012_outbox.sql")),
    ("0013_time.sql", include_str!("../../../../migrations/0013_time.sql")),
    ("0014_publication_log.sql", include_str!("../../../../migrations/0014_publication_log.sql")),
    ("0015_withdrawals.sql", include_str!("../../../../migrations/0015_withdrawals.sql")),
    ("0016_notices.sql", include_str!("../../../../migrations/0016_notices.sql")),
];

pub const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Refuses a database of a later version, without touching it.
pub fn refuse_newer(conn: &Connection) -> Result<()> {
    let found = version(conn)?;
    if found > KNOWN { Err(Error::TooNew { found, known: KNOWN }) } else { Ok(()) }
}

/// Brings the schema up to date.
pub fn run(conn: &mut Connection) -> Result<()> {
    // A second process may be at it too: the version is read inside the transaction.
    while (version(conn)? as usize) < MIGRATIONS.len() {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at = version(&tx)?;
        if let Some((_, sql)) = MIGRATIONS.get(at as usize) {
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "user_version", at + 1)?;
        }
        tx.commit()?;
    }
    Ok(())
}

/// Returns how many of the migrations have run.
pub fn version(conn: &Connection) -> Result<u32> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_of_the_folder_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the migrations")
            .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();

        let listed: Vec<_> = MIGRATIONS.iter().map(|(name, _)| *name).collect();

        assert_eq!(files, listed);
    }

    #[test]
    fn every_table_is_strict() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;

        run(&mut conn)?;

        let loose: i64 = conn.query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(loose, 0);
        Ok(())
    }

    #[test]
    fn the_database_refuses_what_the_types_refuse() -> Result<()> {
        let mut conn = Connection::open_in_memory()?;
        run(&mut conn)?;
        let article = "INSERT INTO articles (id, story, stage, begun_by, created_at, saved_at, language)";
        conn.execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; {article} VALUES (x'01', x'01', 'draft', x'01', 0, 0, 'vi')"
        ))?;

        for wrong in [
            "x'02', x'01', 'published', x'01', 0, 0, 'vi'", // no stage
            "x'03', x'01', 'draft', x'01', 'now', 0, 'vi'", // no time
            "x'01', x'01', 'draft', x'01', 0, 0, 'vi'",     // the same id
        ] {
            assert!(conn.execute_batch(&format!("{article} VALUES ({wrong})")).is_err(), "{wrong}");
        }
        Ok(())
    }
}
