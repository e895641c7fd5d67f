//! The watched folder: pictures put there are taken into the library by themselves.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use intake::folder::{self, Watch};

use crate::{Desk, Result, kind};

impl Desk {
    /// Watches `folder` for pictures and remembers it. What is no picture is left where it is.
    ///
    /// # Errors
    /// [`crate::Error::Watch`] when it cannot be watched.
    pub fn watch(self: &Arc<Self>, folder: &Path, rest: Duration) -> Result<Watch> {
        let desk = Arc::clone(self);
        let watch = folder::watch(folder, rest, move |path| desk.found(&path))?;
        self.remember_watched_folder(&folder.display().to_string())?;
        Ok(watch)
    }

    /// Watches the folder that was watched last, if it is still there.
    #[must_use]
    pub fn watch_again(self: &Arc<Self>) -> Option<Watch> {
        let folder = PathBuf::from(self.watched_folder().ok()??);
        self.watch(&folder, folder::REST).ok()
    }

    fn found(&self, path: &Path) {
        if let Err(error) = self.take_in_picture_file(path) {
            tracing::warn!(kind = kind(&error), %error, "a file in the watched folder is not taken in");
        }
    }
}
