//! A small portal of our own: the protocol's reference, and the place where a newcomer's first article goes live.
//! On SQLite and a folder, for this machine or a newsroom's own network; it is not meant for the internet.

mod address;
mod api;
mod editions;
mod feed;
mod guard;
mod listing;
mod lists;
mod migrations;
mod page;
mod pictures;
mod refusal;
mod serve;
mod uploads;
mod withdrawals;
mod xml;

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

pub use serve::{Running, Serve};
use uploads::Uploads;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the portal's folder {} is in use by another process", .0.display())]
    InUse(PathBuf),
    #[error("the portal's folder cannot be used: {0}")]
    Folder(#[from] io::Error),
    #[error("the portal's folder was written by a newer Tòa Soạn (schema {found}); open it with that one")]
    TooNew { found: u32 },
    #[error("the portal's database refuses: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("a stored edition cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
}

/// A portal's content: open in one process at a time.
#[derive(Debug, Clone)]
pub struct LocalPortal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    conn: Mutex<Connection>,
    pictures: PathBuf,
    uploads: Uploads,
    site_name: String,
    clock: Clock,
    /// In which readers are told times.
    zone: TimeZone,
    /// The system frees it when the process dies.
    _lock: File,
}

/// Where the portal takes its time from.
struct Clock(Box<dyn Fn() -> Timestamp + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl LocalPortal {
    /// Opens the portal in `folder`, making it for its owner only.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process has it, [`Error::TooNew`], [`Error::Folder`].
    pub fn open(folder: &Path, site_name: &str) -> Result<Self, Error> {
        Self::open_with_clock(folder, site_name, Timestamp::now)
    }

    /// As [`LocalPortal::open`], with a clock of its own.
    ///
    /// # Errors
    /// As [`LocalPortal::open`].
    pub fn open_with_clock(
        folder: &Path,
        site_name: &str,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        make_private(folder)?;
        let pictures = folder.join("pictures");
        make_private(&pictures)?;
        let lock = lock(folder)?;
        let uploads = Uploads::open(folder.join("uploads"))?;
        let file = folder.join("portal.sqlite");
        private_file().open(&file)?;
        let mut conn = Connection::open(&file)?;
        migrations::run(&mut conn)?;
        Ok(Self(Arc::new(Inner {
            conn: Mutex::new(conn),
            pictures,
            uploads,
            site_name: site_name.to_owned(),
            clock: Clock(Box::new(clock)),
            zone: TimeZone::system(),
            _lock: lock,
        })))
    }

    /// Returns the time by this portal's clock.
    fn now(&self) -> Timestamp {
        (self.0.clock.0)()
    }

    /// Returns a stored time as readers are told it: RFC 3339, to the second, in the portal's zone.
    fn told(&self, time: &str) -> String {
        time.parse::<Timestamp>().map_or_else(|_| time.to_owned(), |time| self.in_zone(time))
    }

    fn in_zone(&self, time: Timestamp) -> String {
        time.to_zoned(self.0.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.0.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock(folder: &Path) -> Result<File, Error> {
    let file = private_file().open(folder.join("portal.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// What is put into a folder is found again after a power cut only where the folder's own name is on the disk.
#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let is_new = !folder.exists();
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    match folder.parent().filter(|holder| is_new && !holder.as_os_str().is_empty()) {
        Some(holder) => fs::File::open(holder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
