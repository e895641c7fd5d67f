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
