//! Another database is put in the place of the desk's own: that one is kept aside as it was, and nothing is deleted.
//! A run that dies on the way leaves either the old one in its place, or what the next run finishes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Serialize;
use store::backup as files;

use super::{Backup, list, name_of};
use crate::{Clock, Error, Folder, Result, folder::make_private};

const BEFORE_RESTORE: &str = "before-restore-";
pub const DAMAGED: &str = "damaged-";
/// The next database, whole and on the disk. From when it has this name on, it will be the desk's.
const NEXT: &str = "next.sqlite";
const PART: &str = "next.sqlite.part";

/// What became of a restore.
#[derive(Debug, Serialize)]
pub struct Restored {
    /// The backup's name.
    pub restored: String,
    /// The folder in the desk's folder in which the database that was there is kept.
    pub kept_in: String,
    /// Jobs of the outbox that the portals will be asked about before anything is sent.
    pub jobs_to_ask: u32,
}

/// Puts the backup `name` (a name of the list, or a file) in the place of the desk's database, which is kept aside.
///
/// # Errors
/// [`Error::DeskInUse`] while anybody has the desk open; [`Error::NoBackup`]; [`store::Error::Damaged`] when the backup
/// is not whole. Nothing was changed then.
pub fn restore(folder: &Path, name: &str, clock: &Clock) -> Result<Restored> {
    if !Folder::at(folder).database().exists() && !Folder::at(folder).backups().exists() {
        return Err(Error::NoBackup(name.to_owned())); // no desk is made for it
    }
    let folder = Folder::open(folder)?;
    let _alone = folder.lock_alone()?.ok_or(Error::DeskInUse)?;
    finish(&folder)?;
    let (name, file) = find(&folder, name)?;
    files::is_whole(&file)?;
    let aside = Aside::make(&folder, BEFORE_RESTORE, clock.now_ms())?;
    let jobs_to_ask =
        aside.prepare(Some(&file), |store| store.write(|tx| files::bring_back_jobs(tx, clock.now_ms())))?;
    aside.replace(&folder)?;
    Ok(Restored { restored: name, kept_in: aside.name(), jobs_to_ask })
}

fn find(folder: &Folder, name: &str) -> Result<(String, PathBuf)> {
    if let Some(Backup { name, file, .. }) = list(folder)?.into_iter().find(|backup| backup.name == name) {
        return Ok((name, file));
    }
    let file = Path::new(name);
    if file.is_file() {
        Ok((name.to_owned(), file.to_owned()))
    } else {
        Err(Error::NoBackup(name.to_owned()))
    }
}

/// A folder of its own for the database that is replaced, and for the next one while it is made.
pub struct Aside(PathBuf);

impl Aside {
    pub fn make(folder: &Folder, kind: &str, now_ms: i64) -> Result<Self> {
        let path = folder.path().join(format!("{kind}{}", name_of(now_ms)));
        make_private(&path).map_err(|error| Error::Folder { path: path.clone(), error })?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn name(&self) -> String {
        self.0.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Makes the next database here out of a backup, or a new one without.
    pub fn prepare<T>(
        &self,
        backup: Option<&Path>,
        work: impl FnOnce(&store::Store) -> store::Result<T>,
    ) -> Result<T> {
        let part = self.0.join(PART);
        let made = files::prepare(backup, &part, work);
        if made.is_err() {
            // Ours alone, and of no use; what was there before is in its place still.
            files::FILES.iter().for_each(|ending| drop(fs::remove_file(files::beside(&part, ending))));
            fs::remove_dir(&self.0).ok();
        }
        Ok(made?)
    }

    /// Keeps the desk's database here and puts the one that was prepared in its place.
    pub fn replace(&self, folder: &Folder) -> Result<()> {
        let next = self.0.join(NEXT);
        let decided = fs::rename(self.0.join(PART), &next);
        decided.map_err(|error| Error::NotWritten { path: next, error })?;
        files::names_on_disk(&self.0)?;
        self.put_in_place(folder)
    }

    fn put_in_place(&self, folder: &Folder) -> Result<()> {
        let database = folder.database();
        for ending in files::FILES {
            let from = files::beside(&database, ending);
            let to = self.0.join(from.file_name().unwrap_or_default());
            if from.exists() {
                fs::rename(&from, &to).map_err(|error| Error::NotWritten { path: to, error })?;
            }
        }
        files::names_on_disk(&self.0)?;
        let placed = fs::rename(self.0.join(NEXT), &database);
        placed.map_err(|error| Error::NotWritten { path: database, error })?;
        Ok(files::names_on_disk(folder.path())?)
    }
}

/// Finishes what a run that died had begun to put in place.
pub fn finish(folder: &Folder) -> Result<()> {
    for aside in asides(folder, &[DAMAGED, BEFORE_RESTORE]).map_err(unreadable(folder))? {
        if aside.path().join(NEXT).exists() {
            aside.put_in_place(folder)?;
        }
    }
    Ok(())
}

pub fn unreadable(folder: &Folder) -> impl Fn(io::Error) -> Error {
    let path = folder.path().to_owned();
    move |error| Error::File { path: path.clone(), error }
}

/// Returns the folders of these kinds that were made, oldest first.
pub fn asides(folder: &Folder, kinds: &[&str]) -> io::Result<Vec<Aside>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.path())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if kinds.iter().any(|kind| name.starts_with(kind)) && path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found.into_iter().map(Aside).collect())
}
