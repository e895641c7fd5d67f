//! A problem report: versions, settings that matter, counts, SQLite's own check, and the log. It is put together from
//! numbers and from words of the program itself, so that no text, name, address, path or password can be in it.

use std::{
    fmt::{Display, Write as _},
    fs, io,
    path::Path,
};

use store::inspect::{self, Counts, Inspected};

use crate::{folder::Folder, kind, window::Preferences};

/// The end of the log tells most; so much of it goes into a report.
const LOG_LINES: usize = 400;
/// So many files at most are counted: a folder may hold years of pictures.
const MOST_FILES: usize = 200_000;

/// What the program and the machine are like.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Number, commit and SQLite in one line.
    pub version: String,
    pub webview: String,
    /// E.g. `Debian 12.0.0 [64-bit]`.
    pub system: String,
    /// How windows are shown, e.g. `x11`.
    pub session: String,
    /// Whether the desk's folder was chosen; where it is does not matter.
    pub folder_chosen: bool,
    pub proxy: bool,
    pub keyring: bool,
}

/// Returns the report on the desk in `folder`, which may be damaged or not there: then that is what it says.
#[must_use]
pub fn report(folder: &Path, now_ms: i64, around: &Surroundings) -> String {
    let folder = Folder::at(folder);
    let made = jiff::Timestamp::from_millisecond(now_ms).unwrap_or_default();
    let mut paper = Paper(String::new());
    paper.line("Tòa Soạn: problem report", "");
    paper.line("made", made);
    versions(&mut paper, around);
    settings(&mut paper, &folder, around);
    database(&mut paper, &folder);
    files(&mut paper, &folder);
    log(&mut paper, &folder);
    paper.0
}

/// The report as it is written down.
struct Paper(String);

impl Paper {
    fn heading(&mut self, words: &str) {
        let _ = writeln!(self.0, "\n[{words}]"); // a String takes everything
    }

    fn line(&mut self, name: &str, value: impl Display) {
        let line = format!("{name}: {value}");
        let _ = writeln!(self.0, "{}", line.trim_end_matches([' ', ':']));
    }

    fn counts(&mut self, name: &str, counts: &Counts) {
        let all: Vec<String> = counts.iter().map(|(sort, n)| format!("{} {n}", known(sort))).collect();
        self.line(name, if all.is_empty() { "none".into() } else { all.join(", ") });
    }
}

fn versions(paper: &mut Paper, around: &Surroundings) {
    paper.heading("versions");
    paper.line("Tòa Soạn", &around.version);
    paper.line("web view", &around.webview);
    paper.line("system", &around.system);
    paper.line("machine", std::env::consts::ARCH);
}

fn settings(paper: &mut Paper, folder: &Folder, around: &Surroundings) {
    let kept = inspect::setting(&folder.database(), crate::remembered::PREFERENCES);
    let preferred = kept.ok().flatten().and_then(|text| serde_json::from_str::<Preferences>(&text).ok());
    let preferred = preferred.unwrap_or_default();
    let watched = inspect::setting(&folder.database(), crate::remembered::WATCHED_FOLDER);
    paper.heading("settings");
    paper.line("language of the window", known_or_system(&preferred.words));
    paper.line("appearance", known_or_system(&preferred.theme));
    paper.line("contrast", known_or_system(&preferred.contrast));
    paper.line("motion", known_or_system(&preferred.motion));
    paper.line("size", format_args!("{} %", if preferred.zoom == 0 { 100 } else { preferred.zoom }));
    paper.line("queue", format_args!("{} px, folded {}", preferred.queue_width, yes(preferred.queue_folded)));
    paper.line(
        "side pane",
        format_args!("{} px, folded {}", preferred.side_width, yes(preferred.side_folded)),
    );
    paper.line("a folder is watched", yes(watched.ok().flatten().is_some_and(|path| !path.is_empty())));
    paper.line("the desk's folder was chosen", yes(around.folder_chosen));
    paper.line("a proxy is set", yes(around.proxy));
    paper.line("the system has a keyring", yes(around.keyring));
    paper.line("windows are shown by", &around.session);
}

fn database(paper: &mut Paper, folder: &Folder) {
    paper.heading("database");
    match inspect::inspect(&folder.database()) {
        Ok(found) => inspected(paper, &found),
        Err(error) => paper.line("cannot be read", kind(&error)),
    }
}

fn inspected(paper: &mut Paper, found: &Inspected) {
    paper.line("schema", format_args!("{} of {}", found.schema, found.known_schema));
    paper.line("check", if found.faults.is_empty() { "whole" } else { "DAMAGED" });
    found.faults.iter().for_each(|fault| paper.line("  fault", fault));
    paper.counts("articles", &found.articles);
    found.counts.iter().for_each(|(name, n)| paper.line(name, n));
    paper.counts("jobs", &found.jobs);
    paper.counts("portals", &found.portals);
}

/// Files are told by the names they have in every desk; pictures only by how many there are.
fn files(paper: &mut Paper, folder: &Folder) {
    paper.heading("files");
    for name in [Folder::DATABASE, "desk.sqlite-wal", Folder::LOG, Folder::OLDER_LOG] {
        let size = fs::metadata(folder.path().join(name)).map(|file| format!("{} bytes", file.len()));
        paper.line(name, size.unwrap_or_else(|error| not_there(&error)));
    }
    let kept =
        [("pictures", folder.pictures()), ("renditions", folder.renditions()), ("backups", folder.backups())];
    for (name, of) in kept {
        paper.line(name, counted(&of).unwrap_or_else(|error| not_there(&error)));
    }
    let last = crate::backups(folder).ok().and_then(|backups| Some(backups.first()?.name.clone()));
    paper.line("last good backup", last.as_deref().unwrap_or("none"));
    let damaged = crate::last_report(folder).ok().flatten();
    paper.line("a damaged database was put right", yes(damaged.is_some()));
}

fn not_there(error: &io::Error) -> String {
    kind(&error.kind())
}

/// Says how many files are in a folder and in those below it, and how large they are together.
fn counted(folder: &Path) -> io::Result<String> {
    let (mut files, mut bytes, mut below) = (0, 0, vec![folder.to_owned()]);
    while let Some(folder) = below.pop() {
        for entry in fs::read_dir(folder)?.flatten() {
            let about = entry.metadata()?;
            if about.is_dir() {
                below.push(entry.path());
            } else if files < MOST_FILES {
                files += 1;
                bytes += about.len();
            }
        }
    }
    Ok(format!("{files} files, {bytes} bytes"))
}

/// The log holds nothing that may not be told: it is written that way.
fn log(paper: &mut Paper, folder: &Folder) {
    paper.heading("log");
    let older = fs::read_to_string(folder.older_log()).unwrap_or_default();
    let newer = fs::read_to_string(folder.log()).unwrap_or_default();
    let lines: Vec<&str> = older.lines().chain(newer.lines()).collect();
    if lines.is_empty() {
        paper.line("nothing was logged", "");
    }
    lines.iter().skip(lines.len().saturating_sub(LOG_LINES)).for_each(|line| paper.line(line, ""));
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn known_or_system(value: &str) -> &str {
    if value.is_empty() { "as the system" } else { known(value) }
}

/// Lets a word of ours pass. What a database holds in its place, however it came there, is not told.
fn known(word: &str) -> &str {
    const OURS: &str = "draft submitted in_review returned approved on_hold spiked \
        ready waiting_time sending unknown retry_later needs_password refused confirmed cancelled \
        local native wordpress vi en light dark";
    if OURS.split_whitespace().any(|ours| ours == word) { word } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around() -> Surroundings {
        Surroundings {
            version: "9.8.7 (abcdef1)".into(),
            webview: "2.50.6".into(),
            system: "Debian 12".into(),
            session: "x11".into(),
            folder_chosen: true,
            proxy: false,
            keyring: true,
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_reported_and_not_made() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("nowhere");

        let report = report(&folder, 0, &around());

        for words in
            ["Tòa Soạn: 9.8.7 (abcdef1)", "cannot be read: Sqlite SqliteFailure", "pictures: NotFound"]
        {
            assert!(report.contains(words), "{words} is missing in {report}");
        }
        assert!(!folder.exists());
    }

    #[test]
    fn a_damaged_database_is_reported_without_its_bytes() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join(Folder::DATABASE), "canary ".repeat(500)).expect("a file");

        let report = report(home.path(), 0, &around());

        assert!(report.contains("cannot be read: Sqlite SqliteFailure Error code NotADatabase"), "{report}");
        assert!(!report.contains("canary"));
    }

    #[test]
    fn only_the_end_of_a_long_log_is_in_it() {
        let home = tempfile::tempdir().expect("a folder");
        let lines = |from: usize| (from..from + 300).map(|n| format!("line {n}\n")).collect::<String>();
        fs::write(home.path().join(Folder::OLDER_LOG), lines(0)).expect("a file");
        fs::write(home.path().join(Folder::LOG), lines(300)).expect("a file");

        let report = report(home.path(), 0, &around());

        assert!(
            !report.contains("line 199\n") && report.contains("line 200\n") && report.ends_with("line 599\n")
        );
    }
}
