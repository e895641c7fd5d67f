//! A database that an older app left, of every schema there was, and damaged: it is put right and brought up to date, and
//! the person is told.

use std::{
    fs,
    path::{Path, PathBuf},
};

use desk::{Clock, Desk, SessionSecrets};
use domain::ids::ArticleId;
use rusqlite::Connection;

const PAGE: usize = 4096;
const ARTICLES: u8 = 40;

fn migrations() -> Vec<PathBuf> {
    let files = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../migrations"));
    let mut files: Vec<PathBuf> =
        files.expect("the migrations").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

fn body(number: u8, version: &str) -> String {
    format!("{version} {number} {}", "Nước lên nhanh trong đêm. ".repeat(60))
}

fn id(number: u8) -> ArticleId {
    ArticleId(uuid::Uuid::from_bytes([number + 1; 16]))
}

/// Makes the database of a desk as the app with so many migrations left it.
fn older_desk(file: &Path, schema: usize) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    let conn = Connection::open(file).expect("a database");
    for migration in &migrations()[..schema] {
        conn.execute_batch(&fs::read_to_string(migration).expect("SQL")).expect("it runs");
    }
    conn.pragma_update(None, "user_version", u32::try_from(schema).expect("a few")).expect("the version");
    conn.execute_batch("BEGIN; INSERT INTO people VALUES (x'00000000000000000000000000000001', 'Lan', 1)")
        .expect("Lan");
    for number in 0..ARTICLES {
        let key = [number + 1; 16];
        conn.execute("INSERT INTO stories VALUES (?1, 1)", [key]).expect("a story");
        let sql = "INSERT INTO articles (id, story, stage, begun_by, created_at, saved_at, language, headline, body)
                   VALUES (?1, ?1, 'draft', x'00000000000000000000000000000001', 1, 1, 'vi', ?2, ?3)";
        conn.execute(sql, (key, format!("Bài {number}"), body(number, "cũ"))).expect("an article");
        if schema >= 2 {
            let sql = "INSERT INTO placements (id, article, position, ordinal, caption) VALUES (?1, ?1, 'lead', 0, 'Chợ')";
            conn.execute(sql, [key]).expect("a picture that is wanted");
        }
    }
    conn.execute_batch("COMMIT").expect("it is written");
}

/// The articles are saved once more, after the backup.
fn save_once_more(file: &Path) {
    let conn = Connection::open(file).expect("a database");
    for number in 0..ARTICLES {
        conn.execute(
            "UPDATE articles SET edits = edits + 1, saved_at = 2, body = ?2 WHERE id = ?1",
            ([number + 1; 16], body(number, "mới")),
        )
        .expect("a save");
    }
}

/// Overwrites a page on which articles are, and notes that the database was met damaged.
fn damage(file: &Path) {
    let mut bytes = fs::read(file).expect("the database");
    let needle = "mới 20 ".as_bytes();
    let at = bytes.windows(needle.len()).rposition(|window| window == needle).expect("an article's page");
    let page = at / PAGE * PAGE;
    bytes[page..page + PAGE].fill(0);
    fs::write(file, bytes).expect("damage");
    fs::write(file.with_file_name("desk.sqlite-damaged"), b"").expect("a note");
}

fn open(folder: &Path) -> Desk {
    let secrets = Box::new(SessionSecrets::default());
    Desk::open(folder, "Lan", secrets, Clock::of(|| 1_765_500_000_000)).expect("the desk opens")
}

/// Returns how many articles are as they were saved last, as in the backup, and missing.
fn found(desk: &Desk) -> [usize; 3] {
    let mut counted = [0; 3];
    for number in 0..ARTICLES {
        let shown = desk.show(id(number)).ok();
        let at = match shown.as_ref().map(|shown| shown.body.as_str()) {
            Some(text) if text == body(number, "mới") => 0,
            Some(text) if text == body(number, "cũ") => 1,
            Some(text) => panic!("{number} is something else: {text}"),
            None => 2,
        };
        counted[at] += 1;
    }
    counted
}

#[test]
fn a_database_of_every_schema_there_was_is_put_right_without_a_backup() {
    for schema in 1..=migrations().len() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("desk.sqlite");
        older_desk(&file, schema);
        save_once_more(&file);
        damage(&file);

        let desk = open(home.path());

        let recovered = desk.recovered().unwrap_or_else(|| panic!("schema {schema}: it was not noticed"));
        assert_eq!(recovered.backup, None);
        let [newest, _, missing] = found(&desk);
        assert!(
            newest >= usize::from(ARTICLES) - 4 && missing > 0,
            "schema {schema}: {newest} and {missing}"
        );
        let told = desk.start("1").expect("the start").put_right.expect("the window is told");
        assert_eq!(told.read_there.len(), newest, "schema {schema}");
        let captioned = desk.show(id(0)).expect("the first").placements.len();
        assert_eq!(captioned, usize::from(schema >= 2), "schema {schema}");
        desk.look_through().unwrap_or_else(|error| panic!("schema {schema}: {error}"));
    }
}

#[test]
fn a_database_of_every_schema_there_was_is_put_right_with_a_backup_of_its_time() {
    for schema in 1..=migrations().len() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("desk.sqlite");
        older_desk(&file, schema);
        fs::create_dir(home.path().join("backups")).expect("a folder");
        fs::copy(&file, home.path().join("backups/2025-12-11T01-02-03.004Z.sqlite")).expect("a backup");
        save_once_more(&file);
        damage(&file);

        let desk = open(home.path());

        let recovered = desk.recovered().unwrap_or_else(|| panic!("schema {schema}: it was not noticed"));
        assert_eq!(recovered.backup.as_deref(), Some("2025-12-11T01-02-03.004Z"), "schema {schema}");
        let [newest, older, missing] = found(&desk);
        assert!(newest >= usize::from(ARTICLES) - 4 && older > 0, "schema {schema}: {newest} and {older}");
        assert_eq!(missing, 0, "schema {schema}");
        let told = desk.start("1").expect("the start").put_right.expect("the window is told");
        assert_eq!((told.read_there.len(), told.as_in_backup.len()), (newest, older), "schema {schema}");
    }
}

#[test]
fn a_whole_database_of_every_schema_that_was_noted_as_damaged_opens_as_it_is() {
    for schema in 1..=migrations().len() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("desk.sqlite");
        older_desk(&file, schema);
        fs::write(home.path().join("desk.sqlite-damaged"), b"").expect("a note");

        let desk = open(home.path());

        assert!(desk.recovered().is_none(), "schema {schema}");
        assert_eq!(found(&desk), [0, usize::from(ARTICLES), 0], "schema {schema}");
    }
}
