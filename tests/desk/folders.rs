//! The desk's folder: for its owner only, and never harmed.

use std::{fs, path::Path};

use desk::{Clock, Desk, SessionSecrets};

fn open(folder: &Path) -> desk::Result<Desk> {
    Desk::open(folder, "Lan", Box::new(SessionSecrets::default()), Clock::system())
}

#[cfg(unix)]
#[test]
fn everything_in_it_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    fn modes(folder: &Path, found: &mut Vec<(String, u32)>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let mode = entry.metadata().expect("its mode").permissions().mode() & 0o777;
            found.push((entry.path().display().to_string(), mode));
            if entry.path().is_dir() {
                modes(&entry.path(), found);
            }
        }
    }
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("desk");
    let desk = open(&folder).expect("a desk");
    desk.take_in_picture(&crate::newsroom::photograph("lead.jpg"), "lead.jpg").expect("a picture");
    let hash = crate::newsroom::hash_of("lead.jpg");
    desk.shown_picture(hash, desk_recipe()).expect("a thumbnail");
    let _lock = desk.folder().lock_worker().expect("a lock");

    let mut found =
        vec![("the folder".to_owned(), fs::metadata(&folder).expect("it").permissions().mode() & 0o777)];
    modes(&folder, &mut found);

    assert!(found.len() >= 8, "{found:?}");
    for (path, mode) in found {
        let want = if Path::new(&path).is_file() { 0o600 } else { 0o700 };
        assert_eq!(mode, want, "{path} is {mode:o}");
    }
}

fn desk_recipe() -> media::rendition::Recipe {
    media::rendition::Recipe::Thumbnail
}

#[test]
fn a_desk_of_a_later_version_is_refused_unharmed() {
    let home = tempfile::tempdir().expect("a folder");
    drop(open(home.path()).expect("a desk"));
    let file = home.path().join("desk.sqlite");
    let conn = rusqlite::Connection::open(&file).expect("its database");
    conn.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 4711").expect("a later schema");
    drop(conn);
    let before = fs::read(&file).expect("its bytes");

    let refused = open(home.path());

    assert!(matches!(refused.err(), Some(desk::Error::Store(store::Error::TooNew { found: 4711, .. }))));
    assert_eq!(fs::read(&file).expect("its bytes"), before);
}

#[test]
fn what_is_no_database_is_refused_unharmed() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("desk.sqlite");
    let words = "this is a letter, not a database; ".repeat(100);
    fs::write(&file, &words).expect("a file");

    let refused = open(home.path()).err().expect("it is refused").to_string();

    assert!(!refused.is_empty());
    assert_eq!(fs::read_to_string(&file).expect("the letter"), words);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_refused_with_its_name() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("a file");
    fs::write(&file, "x").expect("a file");
    let below_a_file = file.join("desk");
    let nowhere = Path::new("/proc/self/desk"); // read-only for root too

    for folder in [file.as_path(), &below_a_file, nowhere] {
        let refused = open(folder).err().expect("it is refused").to_string();
        assert!(refused.contains(&folder.display().to_string()), "{refused}");
    }
    assert_eq!(fs::read_to_string(&file).expect("the file"), "x");
}

#[cfg(unix)]
#[test]
fn in_a_folder_made_read_only_nothing_is_harmed() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("desk");
    let id = open(&folder).expect("a desk").new_article("vi").expect("a draft").id;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).expect("its mode");

    // Its owner may give himself the right back, and so may the desk; another's folder it may not.
    if let Ok(desk) = open(&folder) {
        assert_eq!(desk.show(id).expect("the draft").id, id);
    }

    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("its mode");
    assert_eq!(open(&folder).expect("the desk").show(id).expect("the draft").id, id);
}

#[test]
fn only_one_worker_and_one_window_serve_a_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let (one, other) =
        (open(home.path()).expect("a desk"), open(home.path()).expect("the command line beside it"));

    let worker = one.folder().lock_worker().expect("a lock");
    let window = one.folder().lock_window().expect("a lock");

    assert!(worker.is_some() && other.folder().lock_worker().expect("an answer").is_none());
    assert!(window.is_some() && other.folder().lock_window().expect("an answer").is_none());
    drop(worker);
    assert!(other.folder().lock_worker().expect("an answer").is_some());
}

#[test]
fn the_sample_newsroom_is_put_into_an_empty_desk_once() {
    let home = tempfile::tempdir().expect("a folder");
    let desk = open(home.path()).expect("a desk");

    desk.open_sample().expect("the sample");
    let first = desk.list().expect("the list");
    desk.open_sample().expect("again");

    assert!(first.len() >= 3);
    assert_eq!(desk.list().expect("the list").len(), first.len());
    assert!(first.iter().any(|article| !article.jobs.is_empty()), "one is on its way to the local portal");
}
