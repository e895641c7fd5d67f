//! The system's menus, made of the window's list of actions: the window says what stands in them, in its language, and
//! hears which item was chosen. Their keys are the window's own but on a Mac, where a menu without keys is not one.

use serde::{Deserialize, Serialize};
use tauri::{
    AppHandle, Emitter as _, Manager as _, WebviewWindow,
    menu::{IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu},
};
use ts_rs::TS;

use crate::window::LABEL;

/// Chosen in the menu of the app itself, which only a Mac has.
const QUIT: &str = "app.quit";

/// What stands in the menus.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct Menus {
    /// Whether there is a bar above the window. A Mac has one of its own, always.
    pub bar: bool,
    /// What the item that ends the app is called.
    pub quit: String,
    pub menus: Vec<Item>,
}

/// An item, or a menu of items where it has any.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export, rename = "MenuItem")]
pub struct Item {
    /// The action's.
    pub id: String,
    pub name: String,
    /// As the window writes it; empty without one.
    pub key: String,
    /// As Tauri writes it, for a Mac.
    pub accelerator: String,
    /// What the system does by itself where it can.
    pub native: Option<Native>,
    pub items: Vec<Item>,
}

/// What every field can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Native {
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct EditAsked {
    pub what: Native,
}

/// False where the window has to do it itself.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export)]
pub struct EditDone {
    pub done: bool,
}

/// Shows the menus, in place of those that were there.
///
/// # Errors
/// What the system says.
pub fn show(window: &WebviewWindow, menus: &Menus) -> tauri::Result<()> {
    let app = window.app_handle();
    if cfg!(target_os = "macos") {
        let menu = Menu::new(app)?;
        menu.append(&of_the_app(app, &menus.quit)?)?;
        fill(app, &menu, &menus.menus)?;
        app.set_menu(menu)?;
    } else if menus.bar {
        let menu = Menu::new(app)?;
        fill(app, &menu, &menus.menus)?;
        window.set_menu(menu)?;
    } else {
        window.remove_menu()?;
    }
    Ok(())
}

fn fill(app: &AppHandle, menu: &Menu<tauri::Wry>, items: &[Item]) -> tauri::Result<()> {
    items.iter().try_for_each(|item| menu.append(&submenu(app, item)?))
}

fn submenu(app: &AppHandle, shown: &Item) -> tauri::Result<Submenu<tauri::Wry>> {
    let menu = Submenu::new(app, literal(&shown.name), true)?;
    for item in &shown.items {
        menu.append(entry(app, item)?.as_ref())?;
    }
    Ok(menu)
}

fn entry(app: &AppHandle, item: &Item) -> tauri::Result<Box<dyn IsMenuItem<tauri::Wry>>> {
    if !item.items.is_empty() {
        return Ok(Box::new(submenu(app, item)?));
    }
    if let (Some(native), true) = (item.native, cfg!(target_os = "macos")) {
        return Ok(Box::new(by_the_system(app, native, &literal(&item.name))?));
    }
    let accelerator =
        Some(item.accelerator.as_str()).filter(|key| cfg!(target_os = "macos") && !key.is_empty());
    Ok(Box::new(MenuItem::with_id(app, &item.id, label(item), true, accelerator)?))
}

/// On a Mac the system's own items reach whatever has the focus, in the dialogs of the system too.
fn by_the_system(
    app: &AppHandle,
    native: Native,
    name: &str,
) -> tauri::Result<PredefinedMenuItem<tauri::Wry>> {
    match native {
        Native::Undo => PredefinedMenuItem::undo(app, Some(name)),
        Native::Redo => PredefinedMenuItem::redo(app, Some(name)),
        Native::Cut => PredefinedMenuItem::cut(app, Some(name)),
        Native::Copy => PredefinedMenuItem::copy(app, Some(name)),
        Native::Paste => PredefinedMenuItem::paste(app, Some(name)),
        Native::SelectAll => PredefinedMenuItem::select_all(app, Some(name)),
    }
}

/// The key stands behind the name without being an accelerator: those would be heard before the input method is.
fn label(item: &Item) -> String {
    let name = literal(&item.name);
    match (item.key.as_str(), cfg!(target_os = "macos")) {
        ("", _) | (_, true) => name,
        (key, false) => format!("{name}\u{2003}{}", literal(key)),
    }
}

/// A menu takes `&` for the mark of a letter.
fn literal(words: &str) -> String {
    words.replace('&', "&&")
}

/// The menu that carries the app's name.
fn of_the_app(app: &AppHandle, quit: &str) -> tauri::Result<Submenu<tauri::Wry>> {
    Submenu::with_items(
        app,
        "Tòa Soạn",
        true,
        &[
            &PredefinedMenuItem::services(app, None)?,
            &PredefinedMenuItem::separator(app)?,
            &PredefinedMenuItem::hide(app, None)?,
            &PredefinedMenuItem::hide_others(app, None)?,
            &PredefinedMenuItem::show_all(app, None)?,
            &PredefinedMenuItem::separator(app)?,
            &MenuItem::with_id(app, QUIT, literal(quit), true, Some("Cmd+Q"))?,
        ],
    )
}

/// Hands what was chosen to the window. The app ends as its window closes: once all is saved.
pub fn chosen(app: &AppHandle, event: &MenuEvent) {
    if event.id().as_ref() == QUIT {
        if let Some(window) = app.get_webview_window(LABEL) {
            window.close().ok();
        }
        return;
    }
    app.emit_to(LABEL, "menu", event.id().as_ref()).ok(); // the window may be closing
}

/// Does it in the field that has the focus; false where the window has to.
#[cfg(target_os = "linux")]
pub fn edit(window: &WebviewWindow, what: Native) -> bool {
    use webkit2gtk::WebViewExt as _;
    let command = match what {
        Native::Undo => "Undo",
        Native::Redo => "Redo",
        Native::Cut => "Cut",
        Native::Copy => "Copy",
        Native::Paste => "Paste",
        Native::SelectAll => "SelectAll",
    };
    window.with_webview(move |view| view.inner().execute_editing_command(command)).is_ok()
}

#[cfg(not(target_os = "linux"))]
pub fn edit(_window: &WebviewWindow, _what: Native) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_an_ampersand_is_shown_as_it_is() {
        let item = Item {
            id: "a".into(),
            name: "Ảnh & chữ".into(),
            key: String::new(),
            accelerator: String::new(),
            native: None,
            items: vec![],
        };

        assert_eq!(label(&item), "Ảnh && chữ");
    }
}
