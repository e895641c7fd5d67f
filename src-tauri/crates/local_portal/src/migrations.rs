//! The portal's numbered schema files, as the desk has its own.

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_editions.sql", include_str!("../migrations/0001_editions.sql")),
    ("0002_standing.sql", include_str!("../migrations/0002_standing.sql")),
    ("0003_pages.sql", include_str!("../migrations/0003_pages.sql")),
];

/// Brings the database up to date; a newer one is refused before anything is written.
pub fn run(conn: &mut Connection) -> Result<(), Error> {
    let found: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found as usize > MIGRATIONS.len() {
        return Err(Error::TooNew { found });
    }
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    for (number, (_, sql)) in (1_u32..).zip(MIGRATIONS).skip(found as usize) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A portal as version 2 left it, with one edition on it.
    fn before_lists() -> Connection {
        let mut conn = Connection::open_in_memory().expect("a database");
        for (_, sql) in &MIGRATIONS[..2] {
            conn.execute_batch(sql).expect("an older schema");
        }
        let edition = r#"{"story": "0198", "document": {"language": "vi", "category_code": " kinh-te ", "source_paper": "Nhân Dân"}}"#;
        conn.execute(
            "INSERT INTO editions (article, page, version, shows, first_published) VALUES (x'01', 'a-1', 2, 2, '2025-12-12T00:00:00Z')",
            [],
        )
        .expect("an edition");
        for (version, edition) in [(1, "{}"), (2, edition)] {
            let sql = "INSERT INTO versions VALUES (x'01', ?1, x'02', ?2, '2025-12-12T00:00:00Z')";
            conn.execute(sql, (version, edition)).expect("a version");
        }
        conn.pragma_update(None, "user_version", 2).expect("its number");
        run(&mut conn).expect("it is brought up to date");
        conn
    }

    #[test]
    fn what_was_live_before_there_were_lists_stands_in_them() {
        let conn = before_lists();

        let listed: (String, String, String, String) = conn
            .query_row("SELECT story, language, category_code, source_paper FROM editions", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .expect("the edition");

        assert_eq!(listed, ("0198".into(), "vi".into(), "kinh-te".into(), "Nhân Dân".into()));
    }

    #[test]
    fn no_file_of_the_folder_is_forgotten() {
        let folder =
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).expect("the migrations");
        let mut files: Vec<_> =
            folder.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
        files.sort();

        assert_eq!(files, MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
