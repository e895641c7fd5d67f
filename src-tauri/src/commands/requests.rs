//! Requests and answers that only the shell has; the others are the desk's.

use std::path::Path;

use desk::window::{Caret, Preferences};
use domain::ids::{ArticleId, JobId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct NewArticle {
    /// BCP 47.
    pub language: String,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct ArticleAsked {
    pub id: ArticleId,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct CaretKept {
    pub article: ArticleId,
    pub caret: Caret,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PageWindowAsked {
    /// What the window is called, in the window's language.
    pub title: String,
    /// It was open when the desk was left: it comes back without taking the focus.
    pub again: bool,
}

/// What the page's own window needs when it opens; which article it shows it is told once it stands.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PageWindowStart {
    pub preferences: Preferences,
}

/// A file the person chose: to be used as a dropped one. Nothing waits for a dialog that stays open.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ChosenFile {
    pub drop: u32,
    pub name: String,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct TakeInDropped {
    pub drop: u32,
    /// Take it in even though the source URL is on the desk already.
    pub anyway: bool,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct JobAsked {
    pub id: JobId,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PublicPage {
    pub article: ArticleId,
    pub portal: String,
}

/// Text as it stands in the window, which the desk may not be able to save.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TextKept {
    pub text: String,
}

/// What a problem report says, all of it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ProblemReport {
    pub text: String,
}

/// A file was written where the person wished; the window knows its name, not its place.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SavedFile {
    pub name: String,
}

impl SavedFile {
    pub fn at(path: &Path) -> Self {
        Self { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned() }
    }
}

/// Files are being dragged over the window.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export)]
pub struct Dragging {
    pub over: bool,
    /// CSS pixels in the window.
    pub x: f64,
    pub y: f64,
}
