//! The commands of the page's own window, and of the desk's window about it. What they say goes on as events.

use desk::window::*;
use tauri::AppHandle;

use super::{Answer, ArticleAsked, PageWindowAsked, PageWindowStart, TheDesk};
use crate::{
    failure::{Code, Failure},
    page_window,
};

/// Asynchronous: on Windows a window that is made on the thread of another one stops both.
#[tauri::command]
pub async fn open_page_window(app: AppHandle, request: PageWindowAsked) -> Answer<()> {
    page_window::open(&app, &request).map_err(|error| Failure::new(Code::Internal, error.to_string()))
}

#[tauri::command(async)]
pub fn tell_page_window(app: AppHandle, request: PageTold) -> Answer<()> {
    page_window::tell(&app, &request);
    Ok(())
}

#[tauri::command(async)]
pub fn page_window_starts(desk: TheDesk<'_>) -> Answer<PageWindowStart> {
    Ok(PageWindowStart { preferences: desk.preferences()? })
}

#[tauri::command(async)]
pub fn page_held(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<Option<Preview>> {
    Ok(desk.preview_held(request.id))
}

#[tauri::command(async)]
pub fn page_window_says(app: AppHandle, request: PageSaid) -> Answer<()> {
    page_window::says(&app, &request);
    Ok(())
}
