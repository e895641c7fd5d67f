//! The window's commands about the publication log.

use std::sync::Arc;

use desk::{bundle::Existing, publication_log::LogShape, window::*};
use serde::Deserialize;
use tauri::AppHandle;
use ts_rs::TS;

use super::{Answer, SavedFile, TheDesk, Wanted, choose, off_thread};

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct LogExport {
    pub shape: LogShape,
}

#[tauri::command(async)]
pub fn publication_log(desk: TheDesk<'_>, request: LogAsked) -> Answer<LogShown> {
    Ok(desk.publication_log(request)?)
}

#[tauri::command(async)]
pub fn check_publication_log(desk: TheDesk<'_>) -> Answer<LogChecked> {
    Ok(desk.check_log()?)
}

/// The person chooses where the log goes.
#[tauri::command]
pub async fn export_publication_log(
    app: AppHandle,
    desk: TheDesk<'_>,
    request: LogExport,
) -> Answer<Option<SavedFile>> {
    let Some(path) = choose(&app, Wanted::LogFile(request.shape)).await else { return Ok(None) };
    let (desk, saved) = (Arc::clone(&desk), SavedFile::at(&path));
    off_thread(move || desk.export_log(&path, request.shape, Existing::Replace)).await?;
    Ok(Some(saved))
}
