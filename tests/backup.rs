//! The words `backup` and `restore` of the real program: what they answer, what a disk that takes no more does to them, and
//! what is said of a damaged database.
#![cfg(unix)]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn desk(&self) -> PathBuf {
        self.0.path().join("desk")
    }

    /// Runs the program; with `most`, no file may grow beyond so many blocks of 512 bytes.
    fn says(&self, words: &[&str], most: Option<u32>) -> Output {
        let mut command = Command::new("sh");
        let limit = most.map(|most| format!("trap '' XFSZ; ulimit -f {most}; ")).unwrap_or_default();
        command
            .args(["-c", &format!("{limit}exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_toasoan")])
            .args(words);
        command
            .env("TOASOAN_DESK", self.desk())
            .env("HOME", self.0.path())
            .env("XDG_RUNTIME_DIR", self.0.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // nobody's keyring is touched
        command.output().expect("the program runs")
    }

    fn answers(&self, words: &[&str]) -> Value {
        let output = self.says(words, None);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("an answer in JSON")
    }

    fn writes(&self, headline: &str) -> String {
        let page = self.0.path().join("page.txt");
        let text = format!("{headline}\n\nBÁO BÌNH MINH - Ngày 11-12-2025\n\nChữ chữ chữ.\n");
        fs::write(&page, text).expect("a page");
        let id = self.answers(&["import", "--anyway", &page.display().to_string()])["id"].clone();
        id.as_str().expect("an id").to_owned()
    }

    fn headlines(&self) -> Vec<String> {
        let list = self.answers(&["list"]);
        let all = list.as_array().expect("a list").iter();
        all.map(|article| article["headline"].as_str().expect("a headline").to_owned()).collect()
    }
}

#[test]
fn a_backup_is_listed_put_back_and_what_was_there_is_kept() {
    let place = Place::new();
    let id = place.writes("Bài một");
    place.answers(&["set", &id, "headline=Trước"]);

    let made = place.answers(&["backup"]);
    place.answers(&["set", &id, "headline=Sau"]);
    let listed = place.answers(&["backup", "--list"]);
    let restored = place.answers(&["restore", made["name"].as_str().expect("a name")]);

    assert_eq!(listed, Value::Array(vec![made.clone()]));
    assert_eq!((&restored["restored"], &restored["jobs_to_ask"]), (&made["name"], &0.into()));
    assert_eq!(place.headlines(), ["Trước"]);
    let kept = place.desk().join(restored["kept_in"].as_str().expect("a folder")).join("desk.sqlite");
    place.answers(&["restore", &kept.display().to_string()]);
    assert_eq!(place.headlines(), ["Sau"], "a file can be put back too");
}

#[test]
fn what_cannot_be_put_back_is_refused_in_one_sentence_and_makes_no_desk() {
    let place = Place::new();
    for (words, why) in [
        (vec!["restore", "yesterday"], "there is no backup “yesterday”"),
        (vec!["restore", "--report"], "no damaged database was put right"),
    ] {
        let refused = place.says(&words, None);

        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(why), "{refused:?}");
    }
    assert_eq!(place.says(&["restore"], None).status.code(), Some(2));
    assert!(!place.desk().exists());
    assert_eq!(place.answers(&["backup", "--list"]), Value::Array(Vec::new()));
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_last_good_backup() {
    let place = Place::new();
    let id = place.writes("Bài một");
    let long = format!("body={}", "chữ ".repeat(20_000));
    place.answers(&["set", &id, &long]);
    let good = place.answers(&["backup"]);

    let refused = place.says(&["backup"], Some(200)); // the database has more

    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("toasoan: "), "{refused:?}");
    assert_eq!(place.answers(&["backup", "--list"]), Value::Array(vec![good]));
    assert_eq!(
        fs::read_dir(place.desk().join("backups")).expect("them").count(),
        1,
        "nothing is left of the other"
    );
    assert_eq!(place.headlines(), ["Bài một"]);
}

#[test]
fn a_damaged_database_is_put_right_by_the_next_word_which_says_so() {
    let place = Place::new();
    let id = place.writes("Bài một");
    place.answers(&["backup"]);
    place.answers(&["set", &id, "headline=Mới hơn bản sao"]);
    let file = place.desk().join("desk.sqlite");
    let mut bytes = fs::read(&file).expect("the database");
    bytes[..4096].fill(0);
    fs::write(&file, bytes).expect("damage");

    let output = place.says(&["list"], None);

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("was damaged and was put right"), "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Mới hơn bản sao"), "{output:?}");
    let report = place.answers(&["restore", "--report"]);
    assert_eq!(
        (&report["articles"][0]["id"], &report["articles"][0]["from"]),
        (&id.into(), &"damaged_database".into())
    );
    assert_eq!(place.says(&["list"], None).stderr, b"", "it is said once");
}
