//! The window: made, told what changed, closed only when all is saved.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use desk::{
    Desk, bundle,
    window::{Changed, Dropped, Preferences},
};
use intake::folder::{self, Watch};
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, PhysicalPosition, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

use crate::{
    commands::{self, Dragging, SigningIn},
    drops::Drops,
    log, menu, newsroom,
    opened::{self, Opened},
    page_window, photos, report,
};

pub const LABEL: &str = "main";
pub const BACKGROUND: tauri::window::Color = tauri::window::Color(0xfb, 0xfa, 0xf7, 0xff);

/// The folder being watched.
#[derive(Default)]
pub struct Watching(Mutex<Option<Watch>>);

impl Watching {
    /// Watches another folder from now on.
    ///
    /// # Errors
    /// As [`Desk::watch`].
    pub fn watch(&self, desk: &Arc<Desk>, folder: &Path) -> desk::Result<()> {
        let watch = desk.watch(folder, folder::REST)?;
        self.keep(Some(watch));
        Ok(())
    }

    fn keep(&self, watch: Option<Watch>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = watch;
    }
}

/// Whether the window has saved all and may close.
#[derive(Default)]
pub struct Closing(Mutex<Leave>);

#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
enum Leave {
    #[default]
    NotAsked,
    /// The window was asked to save all, and is doing so.
    Asked(Instant),
    Allowed,
}

/// What a press on the window's close button does.
#[derive(Debug, PartialEq, Eq)]
enum Press {
    AskToSave,
    Wait,
    Close,
}

/// A window that has not answered for so long is not a trap: the next press closes it.
const PATIENCE: Duration = Duration::from_secs(5);

impl Closing {
    /// All is saved: it may close.
    pub fn allow(&self) {
        *self.leave() = Leave::Allowed;
    }

    /// The person goes on writing: the next press asks again.
    pub fn stay(&self) {
        *self.leave() = Leave::NotAsked;
    }

    fn pressed(&self, now: Instant) -> Press {
        let mut leave = self.leave();
        match *leave {
            Leave::Allowed => Press::Close,
            Leave::Asked(when) if now.duration_since(when) >= PATIENCE => Press::Close,
            Leave::Asked(_) => Press::Wait,
            Leave::NotAsked => {
                *leave = Leave::Asked(now);
                Press::AskToSave
            }
        }
    }

    fn leave(&self) -> MutexGuard<'_, Leave> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows the desk in its window until it is closed. One window per desk folder.
pub fn show(folder: &Path, sample: bool, file: Option<&Path>) -> Result<(), String> {
    if cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none())
    {
        return Err(
            "there is no display to open a window on; the command line needs none: toasoan --help".into()
        );
    }
    let desk = newsroom::open(folder).map_err(|error| error.to_string())?;
    log::begin(desk.folder(), true);
    let lock = desk.folder().lock_window().map_err(|error| error.to_string())?;
    // The running window knows nothing of the folder that this start stands in.
    let file = file.map(std::path::absolute).transpose().map_err(|error| error.to_string())?;
    let lock = match (lock, &file) {
        (Some(lock), _) => lock,
        (None, Some(file)) => return opened::hand_over(&desk, file),
        (None, None) => {
            return Err(format!(
                "{} is open in another window; go on there, or close it first",
                folder.display()
            ));
        }
    };
    if sample {
        desk.open_sample().map_err(|error| error.to_string())?;
    }
    let shown = run(&desk, Opened::with(file));
    drop(lock);
    shown.map_err(|error| format!("the window cannot be shown: {error}"))
}

fn run(desk: &Arc<Desk>, opened: Opened) -> tauri::Result<()> {
    let for_pictures = Arc::clone(desk);
    let desk = Arc::clone(desk);
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&desk))
        .manage(Drops::default())
        .manage(opened)
        .manage(Watching::default())
        .manage(Closing::default())
        .manage(Zoom::default())
        .manage(report::Shown::default())
        .manage(SigningIn::default())
        .register_asynchronous_uri_scheme_protocol("photo", move |from, request, responder| {
            photos::serve(&for_pictures, from, &request, responder);
        })
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let window = build(app.handle())?;
            zoom(&window, &desk.preferences().unwrap_or_default());
            listen(app.handle(), &window);
            tell_what_changed(&desk, app.handle());
            opened::listen(&desk, app.handle());
            app.state::<Watching>().keep(desk.watch_again());
            tauri::async_runtime::spawn(desk::look_elsewhere(Arc::clone(&desk)));
            tauri::async_runtime::spawn(desk::keep_backups(Arc::clone(&desk)));
            tauri::async_runtime::spawn(desk::keep_history(Arc::clone(&desk)));
            tauri::async_runtime::spawn(newsroom::keep_working(desk));
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn build(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Tòa Soạn")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .background_color(BACKGROUND)
        .on_navigation(is_ours)
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        .build()
}

/// Per cent; below and above nothing can be used.
const SIZES: std::ops::RangeInclusive<u32> = 50..=200;

/// Returns the size of everything in the window, 1 for 100 %.
fn size(preferences: &Preferences) -> f64 {
    let percent = if preferences.zoom == 0 { 100 } else { preferences.zoom };
    f64::from(percent.clamp(*SIZES.start(), *SIZES.end())) / 100.0
}

/// How large everything in each window is, by its label. The web view lays the page out anew, narrow where it must be.
#[derive(Default)]
pub struct Zoom(Mutex<HashMap<String, f64>>);

impl Zoom {
    fn sizes(&self) -> MutexGuard<'_, HashMap<String, f64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, label: &str) -> f64 {
        self.sizes().get(label).copied().unwrap_or(1.0)
    }
}

/// Makes everything in a window as large as the person prefers.
pub fn zoom(window: &WebviewWindow, preferences: &Preferences) {
    let wanted = size(preferences);
    let before = window.state::<Zoom>().sizes().insert(window.label().to_owned(), wanted);
    if before.unwrap_or(1.0) != wanted {
        window.set_zoom(wanted).ok(); // the window may be closing
    }
}

/// The window is gone: the next of its name begins in the usual size.
pub fn forget_zoom(app: &AppHandle, label: &str) {
    app.state::<Zoom>().sizes().remove(label);
}

/// The window shows its own page and the preview's frame, and goes nowhere else.
pub fn is_ours(url: &tauri::Url) -> bool {
    let at_home = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    let by_dev_server = cfg!(dev) && url.host_str() == Some("127.0.0.1");
    at_home || by_dev_server || url.as_str() == "about:blank" || url.as_str() == "about:srcdoc"
}

fn tell_what_changed(desk: &Desk, app: &AppHandle) {
    let app = app.clone();
    desk.news().listen(move |changed: &Changed| {
        app.emit_to(LABEL, "changed", changed).ok(); // the window may be closing
    });
}

fn listen(app: &AppHandle, window: &WebviewWindow) {
    let (app, told) = (app.clone(), window.clone());
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            dragged(&app, &told, event);
        } else if let WindowEvent::CloseRequested { api, .. } = event {
            let press = app.state::<Closing>().pressed(Instant::now());
            if press != Press::Close {
                api.prevent_close();
            }
            if press == Press::AskToSave {
                told.emit_to(LABEL, "closing", ()).ok();
            }
        } else if let WindowEvent::Destroyed = event {
            page_window::close(&app);
        }
    });
}

fn dragged(app: &AppHandle, window: &WebviewWindow, event: &DragDropEvent) {
    let zoom = app.state::<Zoom>().of(LABEL);
    let scale = window.scale_factor().unwrap_or(1.0) * zoom; // the page's pixels grow with it
    let dragging = |over, position: &PhysicalPosition<f64>| {
        let at = position.to_logical::<f64>(scale);
        window.emit_to(LABEL, "dragging", Dragging { over, x: at.x, y: at.y }).ok();
    };
    if let DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } = event {
        dragging(true, position);
        return;
    }
    dragging(false, &PhysicalPosition::default());
    if let DragDropEvent::Drop { paths, position } = event {
        let at = position.to_logical::<f64>(scale);
        let (drop, paths) = (app.state::<Drops>().keep(paths.clone()), paths.clone());
        let window = window.clone();
        // Not here: a slow disk must not stop the window.
        tauri::async_runtime::spawn_blocking(move || {
            window.emit_to(LABEL, "dropped", looked_at(drop, &paths, at.x, at.y)).ok();
        });
    }
}

fn looked_at(drop: u32, paths: &[PathBuf], x: f64, y: f64) -> Dropped {
    let name = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    let bundles = !paths.is_empty() && paths.iter().all(|path| bundle::is_bundle(path));
    Dropped { names: paths.iter().filter_map(name).collect(), bundles, drop, x, y }
}

/// Says in words why there is no window.
pub fn exit(shown: Result<(), String>) -> ExitCode {
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => crate::cli::refuse(&why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_between_half_and_twice_as_large() {
        let sizes = [0, 100, 50, 200, 7, 4_000_000_000]
            .map(|zoom| size(&Preferences { zoom, ..Preferences::default() }));

        assert_eq!(sizes, [1.0, 1.0, 0.5, 2.0, 0.5, 2.0]);
    }

    #[test]
    fn a_window_closes_once_all_is_saved_or_when_it_has_not_answered_for_long() {
        let (closing, first) = (Closing::default(), Instant::now());

        assert_eq!(closing.pressed(first), Press::AskToSave);
        assert_eq!(closing.pressed(first + Duration::from_millis(200)), Press::Wait);
        assert_eq!(closing.pressed(first + PATIENCE), Press::Close);

        closing.stay();
        assert_eq!(closing.pressed(first + 2 * PATIENCE), Press::AskToSave);
        closing.allow();
        assert_eq!(closing.pressed(first + 2 * PATIENCE), Press::Close);
    }
}
