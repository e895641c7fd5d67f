//! A file opened while a window has the desk open already: the second start hands it over, and ends.

use std::{
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use store::settings;

use crate::{Desk, Error, Result};

/// What is handed over is remembered under this and an id: they come in the order of their ids.
const HANDED_OVER: &str = "handed_over:";

/// How often it is looked whether the window has taken it.
const LOOK: Duration = Duration::from_millis(100);

impl Desk {
    /// Asks the window of this desk to open a file, and waits until it does. False when it has not in `patience`:
    /// then it will not open it later either.
    ///
    /// # Errors
    /// When the file's name cannot be told, and what the database says.
    pub fn hand_over(&self, file: &Path, patience: Duration) -> Result<bool> {
        let unsayable = || Error::File {
            path: file.to_owned(),
            error: io::Error::new(io::ErrorKind::InvalidInput, "its name is not in UTF-8; rename it"),
        };
        let path = file.to_str().ok_or_else(unsayable)?;
        let name = format!("{HANDED_OVER}{}", self.clock.new_id());
        self.store.write::<_, Error>(|tx| Ok(settings::set(tx, &name, path)?))?;
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if self.store.read(|conn| settings::get(conn, &name))?.is_none() {
                return Ok(true);
            }
            thread::sleep(LOOK);
        }
        Ok(!self.store.write(|tx| settings::forget(tx, &name))?)
    }

    /// Returns the files that other starts handed over; each is returned once.
    ///
    /// # Errors
    /// What the database says.
    pub fn handed_over(&self) -> Result<Vec<PathBuf>> {
        let waiting = self.store.read(|conn| settings::beginning_with(conn, HANDED_OVER))?;
        let mut files = Vec::new();
        for (name, path) in waiting {
            // Whoever handed it over may have lost patience in between.
            if self.store.write(|tx| settings::forget(tx, &name))? {
                files.push(PathBuf::from(path));
            }
        }
        Ok(files)
    }
}
