//! What is on the system's clipboard. The web view's paste event is empty for a picture, and its HTML is not what was
//! copied: lists of Word, for one, are gone.

use std::{fs, path::PathBuf};

use intake::paste;
use media::picture;
use tauri::AppHandle;

use crate::failure::{Code, Failure};

/// A picture from the clipboard: its bytes and the name it came under.
pub struct Pasted {
    pub bytes: Vec<u8>,
    pub name: String,
}

/// What lies on the clipboard.
enum Found {
    /// A copied file: the original, with all it says of itself.
    File(PathBuf),
    Bytes(Vec<u8>),
}

/// Returns the picture on the clipboard.
///
/// # Errors
/// [`Code::NoPictureInClipboard`], or [`Code::FileUnreadable`] for a copied file that cannot be read.
pub async fn picture(app: &AppHandle) -> Result<Pasted, Failure> {
    match found(app).await {
        Some(Found::File(path)) => read(&path),
        Some(Found::Bytes(bytes)) => Ok(Pasted { bytes, name: String::new() }),
        None => Err(Failure::new(
            Code::NoPictureInClipboard,
            "there is no picture on the clipboard; copy one first",
        )),
    }
}

fn read(path: &PathBuf) -> Result<Pasted, Failure> {
    let unreadable = |error: std::io::Error| Failure::new(Code::FileUnreadable, error.to_string());
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > u64::try_from(picture::LARGEST_FILE).unwrap_or(u64::MAX) {
        return Err(Failure::new(Code::PictureTooLarge, format!("the file has {} MB", size >> 20)));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Pasted { bytes: fs::read(path).map_err(unreadable)?, name })
}

/// Returns the HTML on the clipboard, as the program that copied it gave it.
pub async fn html(app: &AppHandle) -> Option<String> {
    let bytes = contents(app, "text/html").await?;
    (bytes.len() <= paste::MAX_BYTES * 2).then(|| paste::decoded(&bytes))
}

/// Returns the words on the clipboard.
///
/// # Errors
/// [`Code::NoWordsInClipboard`].
pub async fn words(app: &AppHandle) -> Result<String, Failure> {
    let words = text(app).await.filter(|words| !words.is_empty());
    words.ok_or_else(|| {
        Failure::new(Code::NoWordsInClipboard, "there are no words on the clipboard; copy some first")
    })
}

/// Asks GTK on its own thread.
#[cfg(target_os = "linux")]
async fn asked<T: Send + 'static>(
    app: &AppHandle,
    ask: impl FnOnce(&gtk::Clipboard) -> Option<T> + Send + 'static,
) -> Option<T> {
    let (tell, told) = tokio::sync::oneshot::channel();
    let asked = app.run_on_main_thread(move || {
        tell.send(ask(&gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD))).ok(); // nobody waits any more
    });
    asked.ok()?;
    told.await.ok()?
}

#[cfg(target_os = "linux")]
async fn found(app: &AppHandle) -> Option<Found> {
    asked(app, on_main_thread).await
}

#[cfg(target_os = "linux")]
async fn contents(app: &AppHandle, kind: &'static str) -> Option<Vec<u8>> {
    asked(app, move |clipboard| {
        let contents = clipboard.wait_for_contents(&gtk::gdk::Atom::intern(kind))?;
        Some(contents.data()).filter(|bytes| !bytes.is_empty())
    })
    .await
}

#[cfg(target_os = "linux")]
async fn text(app: &AppHandle) -> Option<String> {
    asked(app, |clipboard| clipboard.wait_for_text().map(Into::into)).await
}

/// Only tested on Linux; elsewhere the web view tells what was pasted.
#[cfg(not(target_os = "linux"))]
async fn contents(_app: &AppHandle, _kind: &'static str) -> Option<Vec<u8>> {
    None
}

#[cfg(not(target_os = "linux"))]
async fn text(_app: &AppHandle) -> Option<String> {
    None
}

/// Only tested on Linux; elsewhere a picture is dropped or chosen.
#[cfg(not(target_os = "linux"))]
async fn found(_app: &AppHandle) -> Option<Found> {
    None
}

#[cfg(target_os = "linux")]
fn on_main_thread(clipboard: &gtk::Clipboard) -> Option<Found> {
    if let Some(path) = clipboard.wait_for_uris().iter().find_map(|address| file(address)) {
        return Some(Found::File(path));
    }
    // The bytes as they were copied, before GTK would decode them and lose what they say of themselves.
    let as_copied = ["image/jpeg", "image/png", "image/webp"].into_iter().find_map(|kind| {
        let contents = clipboard.wait_for_contents(&gtk::gdk::Atom::intern(kind))?;
        Some(contents.data()).filter(|bytes| picture::kind_of(bytes).is_some())
    });
    let decoded = || clipboard.wait_for_image()?.save_to_bufferv("png", &[]).ok();
    as_copied.or_else(decoded).map(Found::Bytes)
}

/// Returns the path of a `file:` address.
#[cfg(target_os = "linux")]
fn file(address: &str) -> Option<PathBuf> {
    tauri::Url::parse(address).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}
