//! Files opened with Tòa Soạn, from a file manager or by `toasoan FILE`: the window takes them in one after another.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use desk::{Desk, window::Changed};
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::window::LABEL;

/// How long a second start waits for the window: it looks once a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// The files that the window has yet to take in.
#[derive(Default)]
pub struct Opened(Mutex<VecDeque<PathBuf>>);

impl Opened {
    /// Begins with the file given at the start.
    pub fn with(file: Option<PathBuf>) -> Self {
        Self(Mutex::new(file.into_iter().collect()))
    }

    pub fn next(&self) -> Option<PathBuf> {
        self.waiting().pop_front()
    }

    fn add(&self, files: Vec<PathBuf>) {
        self.waiting().extend(files);
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands a file over to the window that has this desk open.
pub fn hand_over(desk: &Desk, file: &Path) -> Result<(), String> {
    match desk.hand_over(file, PATIENCE) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!(
            "{} is open in another window, which does not answer; take {} in there",
            desk.folder().path().display(),
            file.display()
        )),
        Err(error) => Err(error.to_string()),
    }
}

/// Opens from now on what other starts hand over.
pub fn listen(desk: &Desk, app: &AppHandle) {
    let app = app.clone();
    desk.news().listen(move |changed| {
        if by_another_process(changed) {
            open_handed_over(&app);
        }
    });
}

/// What another process wrote is not named.
fn by_another_process(changed: &Changed) -> bool {
    changed.articles.is_empty() && changed.outbox
}

fn open_handed_over(app: &AppHandle) {
    let desk = app.state::<std::sync::Arc<Desk>>();
    let files = desk.handed_over().unwrap_or_else(|error| {
        tracing::error!(kind = desk::kind(&error), %error, "what was handed over cannot be read");
        Vec::new()
    });
    if files.is_empty() {
        return;
    }
    app.state::<Opened>().add(files);
    app.emit_to(LABEL, "opened", ()).ok(); // the window may be closing
    if let Some(window) = app.get_webview_window(LABEL) {
        window.unminimize().and_then(|()| window.set_focus()).ok(); // it is there all the same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_opened_once_in_the_order_they_came() {
        let opened = Opened::with(Some("a.toasoan".into()));
        opened.add(vec!["b.html".into()]);

        let all = [opened.next(), opened.next(), opened.next()];

        assert_eq!(all, [Some("a.toasoan".into()), Some("b.html".into()), None]);
    }
}
