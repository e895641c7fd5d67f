//! The problem report: what the shell knows of the program and of the machine, and the report that a person was shown.

use std::{
    env,
    path::Path,
    sync::{Mutex, PoisonError},
};

use desk::{Clock, Surroundings};

use crate::{home, keyring, version};

/// What the report is called where nobody says otherwise.
pub const FILE_NAME: &str = "toasoan-report.txt";

/// Returns the report on the desk in `folder`.
#[must_use]
pub fn of(folder: &Path) -> String {
    desk::report(folder, Clock::system().now_ms(), &surroundings(folder))
}

fn surroundings(folder: &Path) -> Surroundings {
    Surroundings {
        version: version::line().to_owned(),
        webview: tauri::webview_version().unwrap_or_else(|_| "unknown".to_owned()),
        system: os_info::get().to_string(),
        session: session().to_owned(),
        folder_chosen: folder != home::usual_desk(),
        proxy: ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"]
            .iter()
            .any(|name| is_set(name)),
        keyring: keyring::is_there(),
    }
}

/// Says by what windows are shown; the variables themselves may hold anything.
fn session() -> &'static str {
    if is_set("WAYLAND_DISPLAY") {
        "Wayland"
    } else if is_set("DISPLAY") {
        "X11"
    } else if cfg!(target_os = "linux") {
        "nothing: there is no display"
    } else {
        "the system"
    }
}

fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// The report that was shown last. Exactly that one is saved.
#[derive(Default)]
pub struct Shown(Mutex<String>);

impl Shown {
    pub fn show(&self, report: &str) {
        report.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
