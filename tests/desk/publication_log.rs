//! The publication log: everything that a portal confirmed is in it, once, and whatever is done to it shows.

use std::{fs, path::PathBuf};

use desk::{
    Error,
    bundle::Existing,
    publication_log::{LogShape, Refused},
    window::{LogAsked, LogChecked, LogShown},
};
use domain::{
    decision::Act,
    ids::{ArticleId, Hash},
    outbox::JobState,
    publication_log::{Broken, Fault},
};
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    network::Trouble,
    newsroom::{Newsroom, PORTAL},
};

const DECIDING: &str = "PUT /dpp/v1/decisions";
const ALL: LogAsked = LogAsked { article: None, from: i64::MIN, to: i64::MAX };

async fn publishes(newsroom: &Newsroom, id: ArticleId, body: &str) {
    newsroom.set(id, &[("body", body)]);
    newsroom.submit_and_approve(id);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    assert_eq!(newsroom.state(decision), JobState::Confirmed);
}

/// One article, published and three times corrected.
async fn four_entries() -> (Newsroom, ArticleId) {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    for body in ["Bản A.\n", "Bản B.\n", "Bản C.\n", "Bản D.\n"] {
        publishes(&newsroom, id, body).await;
    }
    (newsroom, id)
}

fn log(newsroom: &Newsroom) -> LogShown {
    newsroom.desk.publication_log(ALL).expect("the log")
}

fn checked(newsroom: &Newsroom) -> LogChecked {
    newsroom.desk.check_log().expect("it is looked through")
}

fn exported(newsroom: &Newsroom, name: &str, shape: LogShape) -> PathBuf {
    let file = newsroom.home.path().join(name);
    newsroom.desk.export_log(&file, shape, Existing::Replace).expect("a file");
    file
}

/// Does to the database file what no program of ours does.
fn tampered(newsroom: &mut Newsroom, sql: &str) {
    newsroom.while_closed(|folder| {
        let conn = Connection::open(folder.join("desk.sqlite")).expect("the database");
        conn.execute_batch(
            "PRAGMA foreign_keys = OFF; DROP TRIGGER publication_log_stays; DROP TRIGGER publication_log_is_kept;
             DROP TRIGGER publication_log_goes_on; DROP TRIGGER revisions_stay;",
        )
        .expect("no trigger");
        conn.execute_batch(sql).expect(sql);
    });
}

#[tokio::test]
async fn a_publication_is_logged_with_who_and_which_bytes_and_what_the_portal_answered() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    publishes(&newsroom, id, "Bản A.\n").await;
    publishes(&newsroom, id, "Bản B.\n").await;

    let LogShown { entries, more } = log(&newsroom);

    assert!(!more);
    let told: Vec<_> =
        entries.iter().map(|entry| (entry.number, entry.said.as_ref().expect("words").act)).collect();
    assert_eq!(told, [(2, Act::Update), (1, Act::Publish)]);
    let (live, said) = (newsroom.live(id).await.expect("live"), entries[0].said.as_ref().expect("words"));
    assert_eq!(said.content_hash, live.content_hash);
    let page = |url: &str| url.rsplit('/').next().map(str::to_owned);
    assert_eq!(page(&entries[0].url), page(&live.url)); // the network between has an address of its own
    assert_eq!((said.portal.as_str(), said.headline.as_str()), (PORTAL, "Chợ nổi mở lại sau mùa nước"));
    assert_eq!(said.person, newsroom.desk.start("0").expect("the desk").person);
    assert!(
        said.payload_hash.is_some()
            && said.payload_hash != entries[1].said.as_ref().expect("words").payload_hash
    );
    let answer: Value = serde_json::from_str(&said.answer).expect("JSON");
    assert_eq!(answer["version"], live.version);
    assert_eq!((checked(&newsroom).entries, checked(&newsroom).broken), (2, None));
}

#[tokio::test]
async fn what_was_settled_by_asking_after_a_lost_answer_is_logged_once() {
    let mut newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.submit_and_approve(id);
    newsroom.network.next(DECIDING, Trouble::LosesAnswer);
    let decision = newsroom.publish(id);
    newsroom.works().await;
    assert_ne!(newsroom.state(decision), JobState::Confirmed);
    assert!(log(&newsroom).entries.is_empty(), "nothing is logged before it is known");

    newsroom.reopen();
    newsroom.remember_password();
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!(newsroom.state(decision), JobState::Confirmed);
    let entries = log(&newsroom).entries;
    assert_eq!(entries.len(), 1);
    assert!(entries[0].said.as_ref().is_some_and(|said| said.payload_hash.is_some()));
    assert_eq!(checked(&newsroom).broken, None);
}

#[tokio::test]
async fn the_database_refuses_to_change_remove_or_replace_an_entry() {
    let (newsroom, _) = four_entries().await;
    let conn = Connection::open(newsroom.folder().join("desk.sqlite")).expect("the database");
    let columns = "(number, confirmed_at, article, job, entry, hash)";
    let refused = [
        "UPDATE publication_log SET confirmed_at = 0 WHERE number = 2".to_owned(),
        "DELETE FROM publication_log WHERE number = 4".to_owned(),
        "DELETE FROM publication_log".to_owned(),
        format!("REPLACE INTO publication_log {columns} SELECT 4, 0, article, job, entry, hash FROM publication_log WHERE number = 4"),
        format!("REPLACE INTO publication_log {columns} SELECT 5, confirmed_at, article, job, entry, hash FROM publication_log WHERE number = 4"),
        format!("INSERT INTO publication_log {columns} SELECT 6, confirmed_at, article, x'01', entry, x'02' FROM publication_log WHERE number = 4"),
        format!(
            "INSERT INTO publication_log {columns} SELECT 5, confirmed_at, article, x'01', json_set(entry, '$.number', 5), x'02'
             FROM publication_log WHERE number = 4"
        ),
    ];

    for sql in refused {
        let error = conn.execute(&sql, []).expect_err(&sql).to_string();
        assert!(error.contains("publication log"), "{sql}: {error}");
    }

    assert_eq!((checked(&newsroom).entries, checked(&newsroom).broken), (4, None));
}

#[tokio::test]
async fn whatever_is_done_to_the_file_itself_shows_at_its_entry() {
    let (mut newsroom, _) = four_entries().await;
    let table = [
        (
            "UPDATE publication_log SET entry = json_set(entry, '$.person_name', 'Hoa') WHERE number = 2",
            2,
            Fault::Altered,
        ),
        ("DELETE FROM publication_log WHERE number = 1", 1, Fault::Missing),
        ("DELETE FROM publication_log WHERE number = 3", 3, Fault::Missing),
        ("DELETE FROM publication_log WHERE number = 4", 4, Fault::Missing),
        ("UPDATE publication_log SET confirmed_at = confirmed_at + 1 WHERE number = 3", 3, Fault::Misfiled),
        (
            "UPDATE publication_log SET entry = '{}', hash = x'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE number = 4",
            4,
            Fault::Unreadable,
        ),
        (
            "UPDATE revisions SET content_hash = zeroblob(32) WHERE id = (SELECT live_revision FROM publications)",
            4,
            Fault::WordsGone,
        ),
    ];
    for (sql, at, fault) in table {
        let kept = tempfile::tempdir().expect("a folder");
        let file = kept.path().join("desk.sqlite");
        newsroom.while_closed(|folder| {
            let conn = Connection::open(folder.join("desk.sqlite")).expect("the database");
            conn.execute("VACUUM INTO ?1", [file.to_str()]).expect("a copy");
        });

        tampered(&mut newsroom, sql);

        assert_eq!(checked(&newsroom).broken, Some(Broken { at, fault }), "{sql}");
        assert_eq!(log(&newsroom).entries.len(), if sql.starts_with("DELETE") { 3 } else { 4 });
        newsroom.while_closed(|folder| {
            for ending in ["", "-wal", "-shm"] {
                fs::remove_file(folder.join(format!("desk.sqlite{ending}"))).ok();
            }
            fs::copy(&file, folder.join("desk.sqlite")).expect("as it was");
        });
        assert_eq!(checked(&newsroom).broken, None);
    }
}

#[tokio::test]
async fn an_exported_log_is_checked_without_the_desk_and_against_it() {
    let (mut newsroom, id) = four_entries().await;
    let lines = exported(&newsroom, "log.jsonl", LogShape::JsonLines);
    let text = fs::read_to_string(&lines).expect("text");
    let last = checked(&newsroom).hash;

    let head = newsroom.desk.check_log_file(&lines).expect("it is whole");

    assert_eq!((head.entries, head.hash), (4, last));
    let mut previous = Value::from("0".repeat(64));
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let canonical = domain::publication_log::canonical(&line["entry"]);
        assert_eq!(line["entry"]["previous"], previous, "anybody can follow it");
        assert_eq!(line["hash"], Hash::of(canonical.as_bytes()).to_string());
        previous = line["hash"].clone();
    }
    publishes(&newsroom, id, "Bản E.\n").await;
    assert_eq!(newsroom.desk.check_log_file(&lines).expect("the desk goes on").entries, 4);

    let refused = |text: &str| {
        fs::write(&lines, text).expect("a file");
        newsroom.desk.check_log_file(&lines).expect_err("it is refused")
    };
    let broken = |error| {
        let Error::Log(Refused::FileBroken(Broken { at, fault })) = error else { panic!("{error:?}") };
        (at, fault)
    };
    assert_eq!(broken(refused(&text.replacen("Chợ", "Phố", 1))).1, Fault::Altered);
    assert_eq!(broken(refused(&text.lines().skip(1).collect::<Vec<_>>().join("\n"))), (1, Fault::Missing));
    assert!(matches!(refused("number,confirmed_at\r\n"), Error::Log(Refused::NotALog(1))));
    fs::write(&lines, &text).expect("the file");

    let sql = "DELETE FROM publication_log WHERE number > 2";
    tampered(&mut newsroom, sql);
    let error = newsroom.desk.check_log_file(&lines).expect_err("it is refused");
    assert!(matches!(error, Error::Log(Refused::Shorter { desk: 2, file: 4 })), "{error:?}");
    let (other, _) = four_entries().await;
    let error = other.desk.check_log_file(&lines).expect_err("it is refused");
    assert!(matches!(error, Error::Log(Refused::Differs(4))), "{error:?}");
}

#[tokio::test]
async fn the_table_has_every_entry_and_no_cell_is_a_formula() {
    let newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.set(id, &[("headline", "=HYPERLINK(\"http://x\"),\nhai dòng")]);
    publishes(&newsroom, id, "Bản A.\n").await;

    let table = fs::read_to_string(exported(&newsroom, "log.csv", LogShape::Csv)).expect("text");

    let (heading, rows) = table.split_once("\r\n").expect("a heading");
    assert!(heading.starts_with("\u{feff}\"number\",\"confirmed_at\",\"act\""), "{heading}");
    assert!(rows.starts_with("\"1\",\"2025-12-12T"), "{rows}");
    assert!(rows.contains("\"'=HYPERLINK(\"\"http://x\"\")"), "{rows}");
    let hash = checked(&newsroom).hash.to_string();
    assert!(rows.ends_with(&format!("\"{hash}\"\r\n")));
}

#[tokio::test]
async fn the_log_is_asked_for_by_article_and_by_day() {
    let newsroom = Newsroom::open().await;
    let (first, second) = (newsroom.ready_article(), newsroom.ready_article());
    publishes(&newsroom, first, "Bản A.\n").await;
    let at = log(&newsroom).entries[0].confirmed_at;
    newsroom.hours_pass(24);
    publishes(&newsroom, second, "Bản B.\n").await;

    let numbers = |asked| {
        let found = newsroom.desk.publication_log(asked).expect("the log").entries;
        found.iter().map(|entry| (entry.number, entry.article)).collect::<Vec<_>>()
    };

    assert_eq!(numbers(ALL), [(2, second), (1, first)]);
    assert_eq!(numbers(LogAsked { article: Some(first), ..ALL }), [(1, first)]);
    assert_eq!(numbers(LogAsked { article: None, from: at, to: at + 1 }), [(1, first)]);
    assert_eq!(numbers(LogAsked { article: None, from: at + 1, to: i64::MAX }), [(2, second)]);
}

#[tokio::test]
async fn what_a_file_cannot_be_is_said() {
    let newsroom = Newsroom::open().await;
    let at = |name: &str| newsroom.home.path().join(name);

    assert_eq!(LogShape::of(&at("a.CSV")), Some(LogShape::Csv));
    assert_eq!(LogShape::of(&at("a.jsonl")), Some(LogShape::JsonLines));
    assert_eq!(LogShape::of(&at("a.txt")), None);
    let empty = exported(&newsroom, "empty.jsonl", LogShape::JsonLines);
    assert_eq!(newsroom.desk.check_log_file(&empty).expect("nothing is whole").entries, 0);
    let there = newsroom.desk.export_log(&empty, LogShape::Csv, Existing::Keep).expect_err("it is there");
    assert!(there.to_string().contains("there already"), "{there}");
    let gone = newsroom.desk.check_log_file(&at("gone.jsonl")).expect_err("it is not");
    assert!(matches!(gone, Error::File { .. }), "{gone:?}");
    fs::write(at("long.jsonl"), vec![b'x'; 3 << 20]).expect("a file");
    assert!(matches!(
        newsroom.desk.check_log_file(&at("long.jsonl")).expect_err("it is none"),
        Error::Log(Refused::NotALog(1))
    ));
}
