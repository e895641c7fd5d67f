//! A damaged database is put right when the desk is opened: the files are kept aside untouched, the newest good backup
//! takes their place, and whatever can still be read and is newer is taken over. A report says what came from where.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use store::backup::{self as files, FromWhere, Remains, TakenOver};

use super::{
    Backup, as_made,
    replacement::{Aside, DAMAGED, asides, finish, unreadable},
};
use crate::{Clock, Error, Folder, Result, folder::DeskLock, window::PutRight};

/// How long another process may take to put a desk right before this one says so.
const PATIENCE: Duration = Duration::from_secs(20);
const TRY_AGAIN: Duration = Duration::from_millis(20);

const REPORT: &str = "report.json";
const COPY: &str = "remains.sqlite";

/// What was found damaged, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// Unix milliseconds, UTC.
    pub at: i64,
    /// What is wrong with the database, in SQLite's words.
    pub damage: String,
    /// The folder in the desk's folder in which the damaged files are kept.
    pub kept_in: String,
    /// The backup that was taken; without one, all there is was read in the damaged database.
    pub backup: Option<String>,
    /// Jobs of the outbox that the portals will be asked about before anything is sent.
    pub jobs_to_ask: u32,
    #[serde(flatten)]
    pub taken_over: TakenOver,
}

impl Recovered {
    /// Says it in one sentence, for the command line and the log.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (newer, older) =
            (self.from(FromWhere::DamagedDatabase).len(), self.from(FromWhere::Backup).len());
        let backup = self.backup.as_ref().map_or_else(
            || "there was no backup".into(),
            |name| format!("{older} articles are as they were in the backup of {name}"),
        );
        format!(
            "the database was damaged and was put right: {} articles are the same in both, {newer} were read in the damaged one, {backup}; the damaged files are kept in {}, and toasoan restore --report says more",
            self.taken_over.same, self.kept_in
        )
    }

    /// Returns it as the window shows it.
    pub(crate) fn shown(&self) -> PutRight {
        PutRight {
            kept_in: self.kept_in.clone(),
            read_there: self.from(FromWhere::DamagedDatabase),
            as_in_backup: self.from(FromWhere::Backup),
        }
    }

    /// The headlines of the articles that are from there.
    fn from(&self, place: FromWhere) -> Vec<String> {
        let articles = self.taken_over.articles.iter().filter(|article| article.from == place);
        articles.map(|article| article.headline.clone()).collect()
    }
}

/// Waits for the right to work on the desk. Whoever is the first to open it looks whether its database was damaged and
/// puts it right.
///
/// # Errors
/// [`Error::DeskInUse`] while another process puts it right for long; [`Error::NothingToRestore`].
pub fn at_work(folder: &Folder, clock: &Clock) -> Result<(DeskLock, Option<Recovered>)> {
    let recovered = match folder.lock_alone()? {
        Some(_alone) => put_right(folder, clock)?,
        None => None,
    };
    let began = Instant::now();
    loop {
        if let Some(lock) = folder.lock_with_others()? {
            return Ok((lock, recovered));
        }
        if began.elapsed() > PATIENCE {
            return Err(Error::DeskInUse);
        }
        thread::sleep(TRY_AGAIN);
    }
}

fn put_right(folder: &Folder, clock: &Clock) -> Result<Option<Recovered>> {
    finish(folder)?;
    let database = folder.database();
    let Some(damage) = files::damage(&database)? else {
        if files::is_noted(&database) {
            files::forget_damage(&database); // it was looked through just now
        }
        return Ok(None);
    };
    tracing::error!("the database is damaged");
    recover(folder, damage, clock.now_ms()).map(Some)
}

fn recover(folder: &Folder, damage: String, now_ms: i64) -> Result<Recovered> {
    let backup = newest_whole(folder)?;
    let backup_file = backup.as_ref().map(|backup| backup.file.as_path());
    let aside = Aside::make(folder, DAMAGED, now_ms)?;
    let copy = aside.path().join(COPY);
    let remains = Remains::open(&folder.database(), &copy, backup_file);
    let made = remains.map_err(Error::from).and_then(|remains| {
        if remains.is_none() && backup.is_none() {
            return Err(Error::NothingToRestore(damage.clone()));
        }
        aside.prepare(backup_file, |store| {
            store.write(|tx| {
                let taken = remains.as_ref().map(|remains| files::take_over(tx, remains)).transpose()?;
                Ok((taken, files::bring_back_jobs(tx, now_ms)?))
            })
        })
    });
    // The copy was only read; the files themselves are kept.
    files::FILES.iter().for_each(|ending| drop(fs::remove_file(files::beside(&copy, ending))));
    let (taken_over, jobs_to_ask) = made.inspect_err(|_| drop(fs::remove_dir(aside.path())))?;
    let recovered = Recovered {
        at: now_ms,
        damage,
        kept_in: aside.name(),
        backup: backup.map(|backup| backup.name),
        jobs_to_ask,
        taken_over: taken_over.unwrap_or_default(),
    };
    write_report(&aside, &recovered)?;
    aside.replace(folder)?;
    Ok(recovered)
}

/// Returns the backup that was made last of those that are whole still.
fn newest_whole(folder: &Folder) -> Result<Option<Backup>> {
    Ok(as_made(folder)?.into_iter().find(|backup| files::is_whole(&backup.file).is_ok()))
}

fn write_report(aside: &Aside, recovered: &Recovered) -> Result<()> {
    let path = aside.path().join(REPORT);
    let text = serde_json::to_vec(recovered).map_err(store::Error::from)?;
    crate::folder::write_private(&path, &text).map_err(|error| Error::NotWritten { path, error })
}

/// Returns what became of the newest damage that was put right.
///
/// # Errors
/// [`Error::File`] when the folder cannot be read.
pub fn last_report(folder: &Folder) -> Result<Option<Recovered>> {
    let mut kept = match asides(folder, &[DAMAGED]) {
        Ok(kept) => kept,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(folder)(error)),
    };
    kept.reverse();
    let read = |aside: &Aside| serde_json::from_slice(&fs::read(aside.path().join(REPORT)).ok()?).ok();
    Ok(kept.iter().find_map(read))
}
