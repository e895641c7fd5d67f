//! Backups of the desk's database: made while it is worked on, kept by hour, day and week, and put back.
//! Pictures lie in the vault under their hashes and are never changed: they need no copy.

mod recovery;
mod replacement;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use domain::backup::kept;
use serde::Serialize;
use store::backup::{self as files, Mark};

pub(crate) use recovery::at_work;
pub use recovery::{Recovered, last_report};
pub use replacement::{Restored, restore};

use crate::{Clock, Desk, Error, Folder, Result, kind, lock, window::BackupShown};

/// How long after the window opened the first look is: the person comes first.
const FIRST_LOOK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_secs(60);
/// So old the newest backup may be while people work (Unix ms).
const OLD: i64 = 3_600_000;

const ENDING: &str = ".sqlite";
/// What is being made has another ending: a backup has its own only once it is whole.
const PART: &str = ".part";

/// A good backup: it passed SQLite's check when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// The time it shows, fit for a file name.
    pub name: String,
    /// Unix milliseconds, UTC.
    #[serde(skip)]
    pub made_at: i64,
    /// Bytes.
    pub size: u64,
    #[serde(skip)]
    file: PathBuf,
}

/// Returns the desk's good backups, newest first.
///
/// # Errors
/// [`Error::File`] when their folder cannot be read.
pub fn list(folder: &Folder) -> Result<Vec<Backup>> {
    let path = folder.backups();
    let unreadable = |error| Error::File { path: path.clone(), error };
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut found: Vec<Backup> = entries.flatten().filter_map(|entry| backup_at(entry.path())).collect();
    found.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
    Ok(found)
}

/// Returns the desk's good backups, the one that was made last first, whatever the clock showed.
fn as_made(folder: &Folder) -> Result<Vec<Backup>> {
    let mut found = list(folder)?;
    found.sort_by_cached_key(|backup| std::cmp::Reverse((files::number(&backup.file), backup.made_at)));
    Ok(found)
}

fn backup_at(file: PathBuf) -> Option<Backup> {
    let name = file.file_name()?.to_str()?.strip_suffix(ENDING)?.to_owned();
    let made_at = time_of(&name)?;
    let size = fs::metadata(&file).ok()?.len();
    Some(Backup { name, made_at, size, file })
}

const TIME: &str = "%Y-%m-%dT%H-%M-%S.%3fZ";

/// Returns a time as it stands in the name of a file: `2026-11-25T01-41-40.123Z`.
fn name_of(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default().strftime(TIME).to_string()
}

fn time_of(name: &str) -> Option<i64> {
    let (date, time) = name.split_once('T')?;
    let written = format!("{date}T{}", time.replace('-', ":"));
    let at = written.parse::<jiff::Timestamp>().ok()?.as_millisecond();
    (name_of(at) == name).then_some(at)
}

impl Desk {
    /// Makes a backup now, and lets those go that are not kept any longer.
    ///
    /// # Errors
    /// What the database or the disk says; the backups that were there are there still.
    pub fn back_up(&self) -> Result<Backup> {
        let made = self.count_on().and_then(|()| make(&self.folder, &self.clock));
        *lock(&self.backup_failed) = made.is_err().then(|| self.now());
        let made = made?;
        sort_out(&self.folder, &made)?;
        Ok(made)
    }

    /// Gives the next backup a number above all there are.
    fn count_on(&self) -> Result<()> {
        let highest = list(&self.folder)?.iter().filter_map(|backup| files::number(&backup.file)).max();
        Ok(self.store.write(|tx| files::count_on(tx, highest))?)
    }

    /// Makes a backup when the newest good one is older than an hour and work was done since.
    ///
    /// # Errors
    /// As [`Desk::back_up`].
    pub fn back_up_when_due(&self) -> Result<Option<Backup>> {
        let now = self.now();
        // One from tomorrow was made before the clock was set back: it says nothing of the last hour.
        let newest = list(&self.folder)?.into_iter().find(|backup| backup.made_at <= now);
        if newest.as_ref().is_some_and(|backup| now.saturating_sub(backup.made_at) < OLD) {
            return Ok(None);
        }
        let mark = Mark::of(&self.folder.database())?;
        let was = newest.and_then(|backup| Mark::of(&backup.file).ok());
        let idle = was.map_or(mark.is_empty(), |was| was == mark);
        if idle { Ok(None) } else { self.back_up().map(Some) }
    }

    /// Returns when the last good backup was made (Unix ms).
    #[must_use]
    pub fn last_backup(&self) -> Option<i64> {
        Some(as_made(&self.folder).ok()?.first()?.made_at)
    }

    /// Returns what the window tells of the last good backup.
    #[must_use]
    pub fn backup_shown(&self) -> BackupShown {
        BackupShown { made_at: self.last_backup(), failed_at: *lock(&self.backup_failed) }
    }

    /// Looks through the whole database. Damage is noted: it is put right when the desk is opened the next time.
    ///
    /// # Errors
    /// [`store::Error::Damaged`], or what the database says.
    pub fn look_through(&self) -> Result<()> {
        Ok(files::look_through(&self.folder.database())?)
    }
}

fn make(folder: &Folder, clock: &Clock) -> Result<Backup> {
    folder.make_backups()?;
    let name = name_of(clock.now_ms());
    let file = folder.backups().join(format!("{name}{ENDING}"));
    let part = folder.backups().join(format!("{name}{PART}"));
    clear_parts(folder);
    files::make(&folder.database(), &part)?;
    let renamed = fs::rename(&part, &file);
    renamed.map_err(|error| Error::NotWritten { path: file.clone(), error })?;
    files::names_on_disk(&folder.backups())?;
    backup_at(file).ok_or_else(|| store::Error::Missing("backup that was just made".into()).into())
}

/// What a run that was cut short left of a backup is of no use to anybody.
fn clear_parts(folder: &Folder) {
    let entries = fs::read_dir(folder.backups()).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| is_old_part(path)) {
        fs::remove_file(path).ok();
    }
}

/// A young one may be another process's, being made.
fn is_old_part(path: &Path) -> bool {
    let age = fs::metadata(path).and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
    path.to_str().is_some_and(|path| path.contains(PART)) && age.is_some_and(|age| age > LOOK * 10)
}

/// What was made last is kept, even where the clock was set back and it seems old.
fn sort_out(folder: &Folder, made: &Backup) -> Result<()> {
    let there = list(folder)?;
    let kept = kept(&there.iter().map(|backup| backup.made_at).collect::<Vec<_>>());
    for backup in there.iter().filter(|backup| *backup != made && !kept.contains(&backup.made_at)) {
        let gone = fs::remove_file(&backup.file);
        gone.map_err(|error| Error::NotWritten { path: backup.file.clone(), error })?;
    }
    Ok(())
}

/// Keeps the desk's backups for as long as it is polled: away from the window's own thread, and never while it opens.
pub async fn keep_backups(desk: Arc<Desk>) {
    tokio::time::sleep(FIRST_LOOK).await;
    let first = Arc::clone(&desk);
    off_the_window("the database could not be looked through", move || first.look_through()).await;
    loop {
        let due = Arc::clone(&desk);
        off_the_window("a backup could not be made", move || due.back_up_when_due()).await;
        tokio::time::sleep(LOOK).await;
    }
}

/// Does `work` where the window does not wait for it; what fails is logged as `failed`.
pub(crate) async fn off_the_window<T: Send + 'static>(
    failed: &'static str,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::error!(kind = kind(&error), %error, failed, "what is done beside the window failed");
        }
        Err(_) => tracing::error!(failed, "what is done beside the window was broken off"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_time_and_nothing_else_is_one() {
        for at in [0, 1_765_500_000_000, 1_765_500_000_001] {
            assert_eq!(time_of(&name_of(at)), Some(at), "{}", name_of(at));
        }
        for name in ["", "desk", "2026-11-25", "2026-11-25T01-41-40.123", "2026-13-25T01-41-40.123Z", "../x"]
        {
            assert_eq!(time_of(name), None, "{name}");
        }
    }
}
