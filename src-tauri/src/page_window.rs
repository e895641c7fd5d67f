//! The page in a window of its own: it follows the article that is open in the desk's window, and closes with it.
//!
//! The two windows never speak to each other directly: what one says comes here as a command and goes on as an event.

use std::sync::{Arc, Mutex, PoisonError};

use desk::{
    Desk,
    window::{PageSaid, PageShown, PageTold, PageWindowPlace, Preferences, Preview},
};
use domain::ids::ArticleId;
use serde::Serialize;
use tauri::{
    AppHandle, Emitter as _, LogicalPosition, LogicalSize, Manager as _, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

use crate::{commands::PageWindowAsked, window};

pub const LABEL: &str = "page";

/// Held while the window is looked for and made, so that two calls make one.
static MAKING: Mutex<()> = Mutex::new(());

/// Opens the window, or raises it where it is open.
pub fn open(app: &AppHandle, asked: &PageWindowAsked) -> tauri::Result<()> {
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(open) = app.get_webview_window(LABEL) {
        open.unminimize()?;
        return open.set_focus();
    }
    let desk = app.state::<Arc<Desk>>();
    let place = desk.page_window_place().ok().flatten().filter(|place| is_on_a_screen(app, place));
    let page = build(app, asked, place)?;
    window::zoom(&page, &desk.preferences().unwrap_or_default());
    desk.remember_page_window_open(true).ok(); // then it is opened by hand the next time
    let told = (app.clone(), page.clone());
    page.on_window_event(move |event| happened(&told.0, &told.1, event));
    Ok(())
}

fn build(
    app: &AppHandle,
    asked: &PageWindowAsked,
    place: Option<PageWindowPlace>,
) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("page.html".into()))
        .title(&asked.title)
        .focused(!asked.again)
        .inner_size(820.0, 860.0)
        .min_inner_size(320.0, 360.0)
        .background_color(window::BACKGROUND)
        .on_navigation(window::is_ours)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny);
    let Some(PageWindowPlace { x, y, width, height, maximized }) = place else { return builder.build() };
    builder.inner_size(width, height).position(x, y).maximized(maximized).build()
}

/// A screen that is there no more would hide the window.
fn is_on_a_screen(app: &AppHandle, place: &PageWindowPlace) -> bool {
    let middle = (place.x + place.width / 2.0, place.y + 20.0); // its title bar must be within reach
    app.available_monitors().unwrap_or_default().iter().any(|monitor| {
        let scale = monitor.scale_factor();
        let from: LogicalPosition<f64> = monitor.position().to_logical(scale);
        let size: LogicalSize<f64> = monitor.size().to_logical(scale);
        (from.x..from.x + size.width).contains(&middle.0)
            && (from.y..from.y + size.height).contains(&middle.1)
    })
}

fn happened(app: &AppHandle, page: &WebviewWindow, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { .. } = event {
        remember(app, page);
        app.state::<Arc<Desk>>().remember_page_window_open(false).ok(); // as above
    } else if let WindowEvent::Destroyed = event {
        window::forget_zoom(app, LABEL);
        to_desk(app, &PageSaid::Closed);
    }
}

fn remember(app: &AppHandle, page: &WebviewWindow) {
    if let Ok(place) = place_of(page) {
        app.state::<Arc<Desk>>().remember_page_window(&place).ok(); // then it opens where it usually does
    }
}

fn place_of(page: &WebviewWindow) -> tauri::Result<PageWindowPlace> {
    let scale = page.scale_factor()?;
    let at: LogicalPosition<f64> = page.outer_position()?.to_logical(scale);
    let size: LogicalSize<f64> = page.inner_size()?.to_logical(scale);
    Ok(PageWindowPlace {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
        maximized: page.is_maximized()?,
    })
}

/// The desk's window is closed: this one goes with it.
pub fn close(app: &AppHandle) {
    if let Some(page) = app.get_webview_window(LABEL) {
        remember(app, &page);
        page.destroy().ok(); // it is closing by itself
    }
}

/// Shows a change of a page in the window, where it is open.
pub fn show(app: &AppHandle, article: ArticleId, change: &Preview) {
    if app.get_webview_window(LABEL).is_some() {
        to_page(app, "page_shown", &PageShown { article, change: change.clone() });
    }
}

/// Theme, language and size follow those of the desk's window.
pub fn prefer(app: &AppHandle, preferences: &Preferences) {
    if let Some(page) = app.get_webview_window(LABEL) {
        window::zoom(&page, preferences);
    }
    to_page(app, "preferred", preferences);
}

/// Tells the window which article is open, and where its text was scrolled to.
pub fn tell(app: &AppHandle, told: &PageTold) {
    if let (PageTold::Article { title, .. }, Some(page)) = (told, app.get_webview_window(LABEL)) {
        page.set_title(title).ok(); // it may be closing
    }
    to_page(app, "page_told", told);
}

/// Tells the desk's window what was done in this one.
pub fn says(app: &AppHandle, said: &PageSaid) {
    let goes_on_there = matches!(said, PageSaid::Clicked { .. } | PageSaid::Back);
    if let (true, Some(desk)) = (goes_on_there, app.get_webview_window(window::LABEL)) {
        desk.unminimize().and_then(|()| desk.set_focus()).ok(); // a system that gives no focus shows that it is wanted
    }
    to_desk(app, said);
}

fn to_desk(app: &AppHandle, said: &PageSaid) {
    app.emit_to(window::LABEL, "page_said", said).ok(); // the window may be closing
}

fn to_page(app: &AppHandle, event: &str, told: &(impl Serialize + Clone)) {
    app.emit_to(LABEL, event, told).ok(); // nobody hears it where the window is not open
}
