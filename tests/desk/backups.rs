//! Backups are kept by hour, day and week and can be put back; a damaged database is put right with nothing lost that can
//! still be read, and nothing is published twice.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use desk::{Clock, Desk, Folder, SessionSecrets};
use domain::{ids::ArticleId, outbox::JobState};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{
    network::Trouble,
    newsroom::{Newsroom, edit},
};

/// 2025-12-12, in Unix milliseconds.
const MORNING: i64 = 1_765_500_000_000;
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// A desk in a folder of its own, and a clock one can turn.
pub struct Place {
    home: TempDir,
    time: Arc<AtomicI64>,
}

impl Place {
    pub fn new() -> Self {
        let time = Arc::new(AtomicI64::new(MORNING));
        Self { home: tempfile::tempdir().expect("a folder"), time }
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("desk")
    }

    pub fn clock(&self) -> Clock {
        let time = Arc::clone(&self.time);
        Clock::of(move || time.fetch_add(1, Ordering::SeqCst))
    }

    fn try_open(&self) -> desk::Result<Desk> {
        Desk::open(&self.folder(), "Lan", Box::new(SessionSecrets::default()), self.clock())
    }

    pub fn open(&self) -> Desk {
        self.try_open().expect("a desk")
    }

    pub fn passes(&self, time: i64) {
        self.time.fetch_add(time, Ordering::SeqCst);
    }

    pub fn database(&self) -> PathBuf {
        self.folder().join("desk.sqlite")
    }

    pub fn backups(&self) -> Vec<desk::Backup> {
        desk::backups(&Folder::at(&self.folder())).expect("the list")
    }
}

pub fn write(desk: &Desk, id: ArticleId, body: &str) {
    let article = desk.show(id).expect("the article");
    desk.save(&desk::window::Edit { body: Some(body.into()), ..edit(&article) }).expect("it is saved");
}

pub fn body(desk: &Desk, id: ArticleId) -> String {
    desk.show(id).expect("the article").body
}

/// The names of the folders in which databases were kept aside.
fn kept_aside(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(kind)))
        .collect()
}

#[test]
fn one_backup_of_each_kind_brings_its_own_day_back() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    let began = place.time.load(Ordering::SeqCst);
    let steps = [vec![7 * DAY; 10], vec![DAY; 20], vec![HOUR; 30]].concat();
    for (number, step) in steps.iter().enumerate() {
        place.passes(*step);
        write(&desk, id, &format!("bản {number}"));
        let made = desk.back_up().expect("a backup");
        assert_eq!(desk.last_backup(), Some(made.made_at));
    }
    drop(desk);

    let backups = place.backups();
    let now = backups[0].made_at;
    let aged = |hours: std::ops::Range<i64>| {
        let old = |made_at: i64| hours.contains(&((now - made_at) / HOUR));
        backups.iter().find(|backup| old(backup.made_at)).expect("one of that age").clone()
    };
    let (hourly, daily, weekly) = (aged(5..6), aged(9 * 24..10 * 24), aged(35 * 24..50 * 24));
    for backup in [&backups[0], &hourly, &daily, &weekly] {
        let restored = desk::restore(&place.folder(), &backup.name, &place.clock()).expect("it is put back");

        let mut made = began;
        let number = steps.iter().take_while(|step| {
            made += **step;
            made <= backup.made_at
        });
        let number = number.count() - 1;
        assert_eq!(body(&place.open(), id), format!("bản {number}"), "{}", backup.name);
        assert!(place.folder().join(&restored.kept_in).join("desk.sqlite").exists());
    }
    assert!(backups.len() <= 24 + 14 + 8, "{}", backups.len());
    assert_eq!(kept_aside(&place.folder(), "before-restore-").len(), 4);
    assert_eq!(place.backups(), backups, "none goes by being put back");
}

#[test]
fn a_backup_is_made_after_an_hour_of_work_and_not_of_idleness() {
    let place = Place::new();
    let desk = place.open();
    let when_due = || desk.back_up_when_due().expect("an answer").is_some();

    let empty = when_due();
    let id = desk.new_article("vi").expect("an article").id;
    let first = when_due();
    write(&desk, id, "một");
    let at_once = when_due();
    place.passes(2 * HOUR);
    let after_work = when_due();
    place.passes(2 * HOUR);
    let after_idleness = when_due();

    assert_eq!((empty, first, at_once, after_work, after_idleness), (false, true, false, true, false));
}

#[test]
fn a_clock_that_was_a_day_ahead_stops_no_backup_and_costs_none() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    place.passes(DAY);
    for hour in 0..30 {
        write(&desk, id, &format!("giờ sai {hour}"));
        desk.back_up().expect("a backup");
        place.passes(HOUR);
    }
    place.passes(-3 * DAY);

    write(&desk, id, "giờ đúng");
    let due = desk.back_up_when_due().expect("an answer").expect("a backup");
    let again = desk.back_up_when_due().expect("an answer");

    assert_eq!(again, None, "it is not made anew at every look");
    assert!(place.backups().contains(&due), "what was made just now is kept");
    drop(desk);
    desk::restore(&place.folder(), &due.name, &place.clock()).expect("it is put back");
    assert_eq!(body(&place.open(), id), "giờ đúng");
}

#[test]
fn nothing_is_put_back_while_the_desk_is_open_and_nothing_that_is_not_whole() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    let backup = desk.back_up().expect("a backup").name;
    write(&desk, id, "sau");
    let restore = |name: &str| desk::restore(&place.folder(), name, &place.clock());

    let while_open = restore(&backup);
    drop(desk);
    let unknown = restore("2001-01-01T00-00-00.000Z");
    let file = place.folder().join(format!("backups/{backup}.sqlite"));
    let mut bytes = fs::read(&file).expect("the backup");
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, bytes).expect("the backup cut off");
    let cut_off = restore(&backup);

    assert!(matches!(while_open, Err(desk::Error::DeskInUse)));
    assert!(matches!(unknown, Err(desk::Error::NoBackup(_))));
    assert!(matches!(cut_off, Err(desk::Error::Store(_))), "{cut_off:?}");
    assert_eq!(body(&place.open(), id), "sau");
    assert!(kept_aside(&place.folder(), "before-restore-").is_empty());
}

/// Random enough (xorshift), and the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).expect("64 bits")).expect("it fits")
    }
}

/// What was acknowledged of an article, and what the backup has.
#[derive(Debug, Default, Clone)]
struct Said {
    last: String,
    in_backup: Option<String>,
}

/// A desk with a backup in the middle of its work: articles short and long, before it, after it and on both sides.
fn worked_at(place: &Place, dice: &mut Dice) -> BTreeMap<ArticleId, Said> {
    let desk = place.open();
    let mut said: BTreeMap<ArticleId, Said> = BTreeMap::new();
    let mut text = |number: usize| format!("{number} {}", "chữ ".repeat(1 + dice.below(8) * dice.below(400)));
    for number in 0..40 {
        let id = desk.new_article("vi").expect("an article").id;
        let last = text(number);
        write(&desk, id, &last);
        said.insert(id, Said { last, in_backup: None });
    }
    said.values_mut().for_each(|said| said.in_backup = Some(said.last.clone()));
    desk.back_up().expect("a backup");
    let first: Vec<ArticleId> = said.keys().step_by(3).copied().collect();
    for (number, id) in first.into_iter().enumerate() {
        let last = text(1000 + number);
        write(&desk, id, &last);
        said.entry(id).or_default().last = last;
    }
    for number in 0..10 {
        let id = desk.new_article("vi").expect("an article").id;
        let last = text(2000 + number);
        write(&desk, id, &last);
        said.insert(id, Said { last, in_backup: None });
    }
    let submitted = *said.keys().next().expect("one");
    desk.set_fields(submitted, &[("headline".into(), "Một tiêu đề".into())]).expect("a headline");
    desk.take_step_now(submitted, domain::stage::Step::Submit).expect("a step");
    said
}

/// What a look that knows nothing of the desk's own recovery reads of every article, row by row.
fn readable(place: &Place) -> BTreeMap<ArticleId, String> {
    let copies = tempfile::tempdir().expect("a folder");
    let copy = copies.path().join("desk.sqlite");
    for ending in ["", "-wal"] {
        let name = |file: &Path| PathBuf::from(format!("{}{ending}", file.display()));
        if name(&place.database()).exists() {
            fs::copy(name(&place.database()), name(&copy)).expect("a copy");
        }
    }
    let Ok(conn) = Connection::open(&copy) else { return BTreeMap::new() };
    conn.execute_batch("PRAGMA writable_schema = ON").ok();
    let Ok(mut one) = conn.prepare("SELECT id, body FROM articles NOT INDEXED WHERE rowid = ?1") else {
        return BTreeMap::new();
    };
    let read = |row: &rusqlite::Row<'_>| {
        let text = row.get_ref(1)?.as_bytes()?;
        Ok((ArticleId(row.get(0)?), String::from_utf8_lossy(text).into_owned()))
    };
    (1..=50_i64).filter_map(|rowid| one.query_row([rowid], read).ok()).collect()
}

/// When the damage was met.
#[derive(PartialEq, Eq)]
enum Recovered {
    Not,
    AtTheStart,
    /// By a desk that had worked on it already.
    Later,
}

/// Opens the desk as often as it says that it must be opened again, works on it, and closes it.
fn works_on(place: &Place) -> (BTreeMap<ArticleId, String>, Recovered) {
    let mut recovered = Recovered::Not;
    for attempt in 0..3 {
        let desk = place.try_open().expect("the desk opens");
        if desk.recovered().is_some() {
            recovered = if attempt == 0 { Recovered::AtTheStart } else { Recovered::Later };
        }
        let worked = desk.look_through().and_then(|()| {
            let all = desk.list()?;
            let mine = desk.new_article("vi")?;
            desk.save(&desk::window::Edit { body: Some("mới".into()), ..edit(&mine) })?;
            if let Some(one) = all.get(all.len() / 2) {
                desk.show(one.id)?;
            }
            Ok(all.into_iter().map(|article| (article.id, article.body)).collect())
        });
        match worked {
            Ok(bodies) => return (bodies, recovered),
            Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
        }
    }
    panic!("it was put right again and again")
}

fn nothing_readable_is_lost(
    said: &BTreeMap<ArticleId, Said>,
    readable: &BTreeMap<ArticleId, String>,
    found: &BTreeMap<ArticleId, String>,
    told: &str,
) {
    for (id, Said { last, in_backup }) in said {
        let found = found.get(id);
        match readable.get(id) {
            Some(text) if text == last => assert!(found == Some(last), "{told}: {id} was readable"),
            // A changed letter in a text is seen by nobody.
            Some(text) => assert!(
                found == Some(text) || found == Some(last) || found == in_backup.as_ref(),
                "{told}: {id} is something else"
            ),
            None => assert!(
                found == Some(last) || found == in_backup.as_ref(),
                "{told}: {id} is neither as it was nor as in the backup"
            ),
        }
    }
}

fn put_back(place: &Place, files: &BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(place.folder()).expect("the folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with("desk.sqlite") {
            fs::remove_file(path).expect("it goes");
        } else if name.starts_with("damaged-") {
            fs::remove_dir_all(path).expect("it goes");
        }
    }
    for (name, bytes) in files {
        fs::write(place.folder().join(name), bytes).expect("a file");
    }
}

fn files_of(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let read = |ending: &str| {
        let name = format!("desk.sqlite{ending}");
        fs::read(place.folder().join(&name)).ok().map(|bytes| (name, bytes))
    };
    ["", "-wal"].into_iter().filter_map(read).collect()
}

fn damage(bytes: &mut Vec<u8>, kind: &str, at: usize, dice: &mut Dice) {
    const PAGE: usize = 4096;
    let page = at / PAGE * PAGE..at / PAGE * PAGE + PAGE;
    match kind {
        "flip" => bytes[at] ^= 1 << dice.below(8),
        "zeroes" => bytes[page].fill(0),
        "noise" => bytes[page].fill_with(|| u8::try_from(dice.below(256)).expect("a byte")),
        _ => bytes.truncate(at),
    }
}

#[test]
fn two_hundred_random_damages_are_worked_on_or_put_right() {
    let (place, mut dice) = (Place::new(), Dice(20_261_125));
    let said = worked_at(&place, &mut dice);
    let whole = files_of(&place);
    assert_eq!(whole.len(), 1, "closed well: nothing is beside it");
    let mut put_right = 0;

    for round in 0..200 {
        let mut bytes = whole["desk.sqlite"].clone();
        let at = dice.below(bytes.len());
        let kind = ["flip", "zeroes", "noise", "cut off"][round % 4];
        damage(&mut bytes, kind, at, &mut dice);
        put_back(&place, &BTreeMap::from([("desk.sqlite".to_owned(), bytes.clone())]));
        let readable = readable(&place);

        let (found, recovered) = works_on(&place);

        let told = format!("round {round}: {kind} at {at}");
        nothing_readable_is_lost(&said, &readable, &found, &told);
        let aside = kept_aside(&place.folder(), "damaged-");
        assert_eq!(aside.len(), usize::from(recovered != Recovered::Not), "{told}");
        if recovered == Recovered::AtTheStart {
            let kept = fs::read(aside[0].join("desk.sqlite")).expect("the damaged file");
            assert!(kept == bytes, "{told}: the damaged file was touched");
        }
        put_right += aside.len();
    }
    assert!(put_right >= 100, "only {put_right} were noticed");
}

#[test]
fn every_kind_of_damage_is_found_at_the_start_and_its_files_are_kept_untouched() {
    let (place, mut dice) = (Place::new(), Dice(7));
    let said = worked_at(&place, &mut dice);
    let whole = files_of(&place);
    let database = whole["desk.sqlite"].clone();
    // The last saves are in the log alone, as when the power goes.
    let desk = place.open();
    let (first, _) = said.iter().next().expect("one");
    write(&desk, *first, "trong nhật ký");
    let with_log = files_of(&place);
    drop(desk);
    let mut said_later = said.clone();
    said_later.entry(*first).or_default().last = "trong nhật ký".into();

    let overwritten = |from: usize, to: usize| {
        let mut bytes = database.clone();
        bytes[from..to].fill(0xa5);
        BTreeMap::from([("desk.sqlite".to_owned(), bytes)])
    };
    let mut cut_off = whole;
    cut_off.get_mut("desk.sqlite").expect("it").truncate(database.len() / 2);
    let mut garbage_in_the_log = with_log.clone();
    garbage_in_the_log.get_mut("desk.sqlite-wal").expect("the log").fill(0x5a);
    let mut garbage_with_a_log = with_log;
    garbage_with_a_log.get_mut("desk.sqlite").expect("it")[..100].fill(0);
    let letter = b"this is a letter, no database; ".repeat(200);
    let table = [
        ("no database", BTreeMap::from([("desk.sqlite".to_owned(), letter)])),
        ("the header overwritten", overwritten(0, 100)),
        ("the first page overwritten", overwritten(0, 4096)),
        ("the schema overwritten", overwritten(0, 5 * 4096)),
        ("cut off", cut_off),
        ("garbage in the log", garbage_in_the_log),
        ("the header overwritten, a log beside it", garbage_with_a_log),
    ];
    for (told, files) in table {
        put_back(&place, &files);
        let readable = readable(&place);

        let desk = place.try_open().expect(told);
        let recovered = desk.recovered().unwrap_or_else(|| panic!("{told} was not noticed")).clone();
        let found =
            desk.list().expect("the list").into_iter().map(|article| (article.id, article.body)).collect();
        drop(desk);

        let said = if files.contains_key("desk.sqlite-wal") { &said_later } else { &said };
        nothing_readable_is_lost(said, &readable, &found, told);
        let aside = place.folder().join(&recovered.kept_in);
        for (name, bytes) in &files {
            assert!(fs::read(aside.join(name)).expect(told) == *bytes, "{told}: {name} was touched");
        }
        let report = desk::last_report(&Folder::at(&place.folder())).expect("the report");
        assert_eq!(report, Some(recovered), "{told}");
        assert!(place.open().recovered().is_none(), "{told}: once");
    }
}

#[test]
fn with_the_first_pages_gone_everything_else_is_still_read() {
    let (place, mut dice) = (Place::new(), Dice(99));
    let said = worked_at(&place, &mut dice);
    let mut bytes = fs::read(place.database()).expect("the database");
    bytes[..4096].fill(0);
    fs::write(place.database(), bytes).expect("damage");

    let desk = place.open();

    for (id, said) in &said {
        assert_eq!(body(&desk, *id), said.last, "{id}");
    }
    let recovered = desk.recovered().expect("it was put right");
    assert!(
        recovered.taken_over.tables.iter().all(|table| table.all_read && table.left == 0),
        "{recovered:?}"
    );
    let newer = recovered.taken_over.articles.len();
    assert_eq!((newer, recovered.taken_over.same), (14 + 10, 26));
    let told = desk.start("1").expect("the start").put_right.expect("the window is told");
    assert_eq!((told.read_there.len(), told.as_in_backup.len()), (24, 0));
    assert!(told.read_there.contains(&"Một tiêu đề".to_owned()), "{told:?}");
}

#[test]
fn an_index_that_leads_nowhere_is_met_and_made_anew() {
    let (place, mut dice) = (Place::new(), Dice(3));
    let said = worked_at(&place, &mut dice);
    let conn = Connection::open(place.database()).expect("the database");
    let page: i64 = conn
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_articles_1'",
            [],
            |row| row.get(0),
        )
        .expect("its index");
    drop(conn);
    let mut bytes = fs::read(place.database()).expect("its bytes");
    let at = usize::try_from(page - 1).expect("a page") * 4096;
    bytes[at..at + 4096].fill(0);
    fs::write(place.database(), bytes).expect("damage");

    let desk = place.open();
    let met = desk.show(*said.keys().next().expect("one"));
    drop(desk);
    let desk = place.open();

    assert!(met.is_err());
    assert!(desk.recovered().is_some());
    for (id, said) in &said {
        assert_eq!(body(&desk, *id), said.last);
    }
}

#[test]
fn what_a_run_that_died_had_begun_to_put_in_place_is_finished() {
    let place = Place::new();
    let desk = place.open();
    let id = desk.new_article("vi").expect("an article").id;
    write(&desk, id, "trước");
    let backup = desk.back_up().expect("a backup").name;
    write(&desk, id, "sau");
    drop(desk);
    // It died when the next one was whole and the old one half aside.
    let aside = place.folder().join("before-restore-2025-12-12T01-02-03.004Z");
    fs::create_dir(&aside).expect("a folder");
    fs::copy(place.folder().join(format!("backups/{backup}.sqlite")), aside.join("next.sqlite"))
        .expect("the next");
    fs::rename(place.database(), aside.join("desk.sqlite")).expect("the old one");
    fs::write(place.folder().join("desk.sqlite-wal"), b"a log that belongs to the old one").expect("its log");

    let found = body(&place.open(), id);

    assert_eq!(found, "trước");
    assert!(aside.join("desk.sqlite").exists() && aside.join("desk.sqlite-wal").exists());
    assert!(!aside.join("next.sqlite").exists());
}

#[tokio::test]
async fn a_job_of_a_backup_that_was_sent_since_is_asked_about_and_published_once() {
    for damaged in [false, true] {
        let mut newsroom = Newsroom::open().await;
        let id = newsroom.ready_article();
        newsroom.submit_and_approve(id);
        let decision = newsroom.publish(id);
        let backup = newsroom.desk.back_up().expect("a backup").name;
        newsroom.works().await;
        let before = (newsroom.state(decision), newsroom.effects_and_pages());

        newsroom.while_closed(|folder| {
            if damaged {
                fs::write(folder.join("desk.sqlite"), "nothing can be read here ".repeat(400))
                    .expect("damage");
            } else {
                let restored =
                    desk::restore(folder, &backup, &Clock::of(|| MORNING)).expect("it is put back");
                assert_eq!(restored.jobs_to_ask, 1);
            }
        });
        let brought_back = newsroom.state(decision);
        newsroom.remember_password();
        newsroom.an_hour_passes();
        newsroom.works().await;

        assert_eq!(before, (JobState::Confirmed, (1, 1)), "damaged: {damaged}");
        assert_eq!(brought_back, JobState::Unknown, "damaged: {damaged}");
        assert_eq!(newsroom.state(decision), JobState::Confirmed, "damaged: {damaged}");
        assert_eq!(newsroom.effects_and_pages(), (1, 1), "damaged: {damaged}");
    }
}

#[tokio::test]
async fn a_job_that_waits_in_a_damaged_database_is_taken_over_and_asked_about() {
    let mut newsroom = Newsroom::open().await;
    let id = newsroom.ready_article();
    newsroom.desk.back_up().expect("a backup");
    newsroom.submit_and_approve(id);
    newsroom.network.next("PUT /dpp/v1/decisions", Trouble::LosesAnswer);
    let decision = newsroom.publish(id);
    newsroom.works().await;

    newsroom.while_closed(|folder| {
        let file = folder.join("desk.sqlite");
        let mut bytes = fs::read(&file).expect("the database");
        bytes[..4096].fill(0);
        fs::write(&file, bytes).expect("damage");
    });
    let brought_back = newsroom.state(decision);
    newsroom.remember_password();
    newsroom.an_hour_passes();
    newsroom.works().await;

    assert_eq!((brought_back, newsroom.state(decision)), (JobState::Unknown, JobState::Confirmed));
    assert_eq!(newsroom.effects_and_pages(), (1, 1));
}
