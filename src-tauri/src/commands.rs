//! What the window may ask: one request in, one answer out, no decisions. The list is `commands/list.rs`.
#![expect(clippy::needless_pass_by_value, reason = "Tauri hands state and request over by value")]

mod page_window;
mod portals;
mod publication_log;
mod requests;
mod templates;

use std::sync::Arc;

use desk::{
    Attach, Desk, WordAsked, WordKept, Words, WordsAsked, WordsChecked,
    bundle::{self, Existing},
    publication_log::LogShape,
    window::*,
};
use domain::{picture::Picture, revision::Occasion};
use tauri::{AppHandle, Manager as _, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

pub use portals::SigningIn;
pub use requests::*;

use page_window::*;
use portals::*;
use publication_log::*;
use templates::*;

use crate::{
    clipboard,
    drops::Drops,
    failure::{Code, Failure},
    menu::{self, EditAsked, EditDone, Menus},
    opened::Opened,
    report,
    window::{Closing, Watching},
};

type TheDesk<'a> = State<'a, Arc<Desk>>;
type Answer<T> = Result<T, Failure>;

macro_rules! commands {
    ($($name:ident($($request:ty)?) -> $answer:ty,)+) => {
        /// Returns what hands each command to its function.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),+]
        }

        /// The window's view of the list: request and answer by name.
        #[cfg(test)]
        fn in_typescript() -> Vec<types::Command> {
            vec![$(types::Command {
                name: stringify!($name),
                request: types::of(&[$(<$request as ts_rs::TS>::name(&ts_rs::Config::from_env()))?]),
                answer: <$answer as ts_rs::TS>::name(&ts_rs::Config::from_env()),
            }),+]
        }
    };
}
include!("commands/list.rs");

#[tauri::command(async)]
fn start(desk: TheDesk<'_>) -> Answer<Start> {
    Ok(desk.start(env!("CARGO_PKG_VERSION"))?)
}

#[tauri::command(async)]
fn queue(desk: TheDesk<'_>, request: QueueAsked) -> Answer<Queue> {
    Ok(desk.queue(&request)?)
}

#[tauri::command(async)]
fn new_article(desk: TheDesk<'_>, request: NewArticle) -> Answer<ArticleShown> {
    Ok(desk.new_article(&request.language)?)
}

#[tauri::command(async)]
fn open_article(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<ArticleShown> {
    Ok(desk.open_article(request.id)?)
}

#[tauri::command(async)]
fn show_article(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<ArticleShown> {
    Ok(desk.show(request.id)?)
}

#[tauri::command(async)]
fn close_article(desk: TheDesk<'_>) -> Answer<()> {
    Ok(desk.close_article()?)
}

#[tauri::command(async)]
fn save(desk: TheDesk<'_>, request: Edit) -> Answer<Saved> {
    Ok(desk.save(&request)?)
}

#[tauri::command(async)]
fn preview(app: AppHandle, desk: TheDesk<'_>, request: PreviewAsked) -> Answer<Option<Preview>> {
    let change = desk.preview(&request)?;
    if let Some(change) = &change {
        crate::page_window::show(&app, request.id, change);
    }
    Ok(change)
}

#[tauri::command(async)]
fn remember_caret(desk: TheDesk<'_>, request: CaretKept) -> Answer<()> {
    Ok(desk.remember_caret(request.article, &request.caret)?)
}

#[tauri::command(async)]
fn remember_undo(desk: TheDesk<'_>, request: UndoKept) -> Answer<()> {
    Ok(desk.remember_undo(request)?)
}

#[tauri::command(async)]
fn undo_history(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<Option<UndoKept>> {
    Ok(desk.undo_history(request.id)?)
}

#[tauri::command(async)]
fn prefer(app: AppHandle, desk: TheDesk<'_>, window: WebviewWindow, request: Preferences) -> Answer<()> {
    crate::window::zoom(&window, &request);
    crate::page_window::prefer(&app, &request);
    Ok(desk.prefer(&request)?)
}

#[tauri::command(async)]
fn show_menus(window: WebviewWindow, request: Menus) -> Answer<()> {
    menu::show(&window, &request).map_err(|error| Failure::new(Code::Internal, error.to_string()))
}

#[tauri::command(async)]
fn edit(window: WebviewWindow, request: EditAsked) -> Answer<EditDone> {
    Ok(EditDone { done: menu::edit(&window, request.what) })
}

#[tauri::command(async)]
fn check_words(desk: TheDesk<'_>, request: WordsAsked) -> Answer<WordsChecked> {
    Ok(desk.check_words(&request)?)
}

#[tauri::command(async)]
fn suggest(desk: TheDesk<'_>, request: WordAsked) -> Answer<Vec<String>> {
    Ok(desk.suggest(&request)?)
}

#[tauri::command(async)]
fn keep_word(desk: TheDesk<'_>, request: WordKept) -> Answer<()> {
    Ok(desk.keep_word(&request)?)
}

#[tauri::command(async)]
fn forget_word(desk: TheDesk<'_>, request: WordKept) -> Answer<()> {
    Ok(desk.forget_word(&request)?)
}

#[tauri::command(async)]
fn kept_words(desk: TheDesk<'_>) -> Answer<Vec<WordKept>> {
    Ok(desk.kept_words()?)
}

#[tauri::command(async)]
fn take_in(desk: TheDesk<'_>, request: TakeIn) -> Answer<TakenIn> {
    Ok(desk.take_in(request.page.as_bytes(), request.anyway)?)
}

/// The person chooses a page's file; it is taken in as a dropped one is.
#[tauri::command]
async fn choose_page(app: AppHandle, drops: State<'_, Drops>) -> Answer<Option<ChosenFile>> {
    Ok(choose(&app, Wanted::Page).await.map(|path| drops.chosen(path)))
}

#[tauri::command(async)]
fn take_in_dropped(desk: TheDesk<'_>, drops: State<'_, Drops>, request: TakeInDropped) -> Answer<TakenIn> {
    let paths = drops.of(request.drop)?;
    Ok(desk.take_in_file(&paths[0], request.anyway)?)
}

/// Returns the next file that was opened with Tòa Soạn; it is taken in as a dropped one is.
#[tauri::command(async)]
fn opened_file(opened: State<'_, Opened>, drops: State<'_, Drops>) -> Answer<Option<ChosenFile>> {
    Ok(opened.next().map(|path| drops.chosen(path)))
}

/// The person chooses where the article goes as one file.
#[tauri::command]
async fn export_article(
    app: AppHandle,
    desk: TheDesk<'_>,
    request: ArticleAsked,
) -> Answer<Option<SavedFile>> {
    let wanted = Wanted::BundleFile(desk.bundle_name(request.id)?);
    let Some(path) = choose(&app, wanted).await else { return Ok(None) };
    let (desk, saved) = (Arc::clone(&desk), SavedFile::at(&path));
    off_thread(move || desk.export_bundle(request.id, &path, Existing::Replace)).await?;
    Ok(Some(saved))
}

/// The person chooses where the article goes as ninjs.
#[tauri::command]
async fn export_ninjs(app: AppHandle, desk: TheDesk<'_>, request: ArticleAsked) -> Answer<Option<SavedFile>> {
    let Some(path) = choose(&app, Wanted::NinjsFile(desk.ninjs_name(request.id)?)).await else {
        return Ok(None);
    };
    let (desk, saved) = (Arc::clone(&desk), SavedFile::at(&path));
    off_thread(move || desk.export_ninjs(request.id, &path, Existing::Replace)).await?;
    Ok(Some(saved))
}

#[tauri::command(async)]
fn source_page(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<Option<SourcePageShown>> {
    Ok(desk.source_page(request.id)?)
}

#[tauri::command(async)]
fn open_sample(desk: TheDesk<'_>) -> Answer<()> {
    Ok(desk.open_sample()?)
}

#[tauri::command(async)]
fn attach_dropped(
    desk: TheDesk<'_>,
    drops: State<'_, Drops>,
    request: AttachDropped,
) -> Answer<ArticleShown> {
    Ok(desk.attach_files(request.article, request.slot, &drops.of(request.drop)?)?)
}

#[tauri::command]
async fn paste_picture(app: AppHandle, desk: TheDesk<'_>, request: PastePicture) -> Answer<ArticleShown> {
    let pasted = clipboard::picture(&app).await?;
    let desk = Arc::clone(&desk);
    off_thread(move || {
        let PastePicture { article, slot } = request;
        desk.attach(Attach {
            article,
            slot,
            bytes: &pasted.bytes,
            name: &pasted.name,
            words: Words::default(),
        })
    })
    .await
}

/// Pastes what another program copied. The clipboard is read here where it can be: the web view gives a page that it
/// has already changed.
#[tauri::command]
async fn paste(app: AppHandle, desk: TheDesk<'_>, request: PasteAsked) -> Answer<TextPasted> {
    let html = clipboard::html(&app).await.unwrap_or(request.html);
    let asked = PasteAsked { html, ..request };
    let pasting = Arc::clone(&desk);
    let (pasted, alone) = off_thread(move || pasting.paste(&asked)).await?;
    if let Some(place) = alone
        && let Ok(picture) = clipboard::picture(&app).await
    {
        let desk = Arc::clone(&desk);
        off_thread(move || desk.paste_file(place, &picture.bytes, &picture.name)).await?;
    }
    Ok(pasted)
}

/// Pastes the clipboard's words and nothing else.
#[tauri::command]
async fn paste_plain(app: AppHandle) -> Answer<TextPasted> {
    Ok(TextPasted::plain(&clipboard::words(&app).await?))
}

/// The person chooses a picture's file; it is attached as a dropped one is.
#[tauri::command]
async fn choose_picture(app: AppHandle, drops: State<'_, Drops>) -> Answer<Option<ChosenFile>> {
    Ok(choose(&app, Wanted::Picture).await.map(|path| drops.chosen(path)))
}

#[tauri::command(async)]
fn attach_known(desk: TheDesk<'_>, request: AttachKnown) -> Answer<ArticleShown> {
    Ok(desk.attach_known(request.article, request.picture, &request.slot)?)
}

#[tauri::command(async)]
fn take_out_picture(desk: TheDesk<'_>, request: PlacementAsked) -> Answer<ArticleShown> {
    Ok(desk.take_out_picture(&request)?)
}

#[tauri::command(async)]
fn remove_placement(desk: TheDesk<'_>, request: PlacementAsked) -> Answer<ArticleShown> {
    Ok(desk.remove_placement(&request)?)
}

#[tauri::command(async)]
fn library(desk: TheDesk<'_>) -> Answer<Vec<Picture>> {
    Ok(desk.library()?)
}

#[tauri::command]
async fn choose_watched_folder(
    app: AppHandle,
    desk: TheDesk<'_>,
    watching: State<'_, Watching>,
) -> Answer<Option<String>> {
    let Some(folder) = choose(&app, Wanted::Folder).await else { return Ok(None) };
    watching.watch(&desk, &folder)?;
    Ok(Some(folder.display().to_string()))
}

#[tauri::command(async)]
fn leave_article(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<()> {
    Ok(desk.leave_article(request.id)?)
}

#[tauri::command(async)]
fn keep_both(desk: TheDesk<'_>, request: Edit) -> Answer<()> {
    Ok(desk.keep_both(&request)?)
}

#[tauri::command(async)]
fn history(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<History> {
    Ok(desk.history(request.id)?)
}

#[tauri::command(async)]
fn compare_revisions(desk: TheDesk<'_>, request: CompareAsked) -> Answer<Compared> {
    Ok(desk.compare_revisions(&request)?)
}

#[tauri::command(async)]
fn restore_revision(desk: TheDesk<'_>, request: RestoreAsked) -> Answer<ArticleShown> {
    Ok(desk.restore_revision(&request)?)
}

#[tauri::command(async)]
fn put_into_trash(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<ArticleShown> {
    Ok(desk.put_into_trash(request.id)?)
}

#[tauri::command(async)]
fn take_out_of_trash(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<ArticleShown> {
    Ok(desk.take_out_of_trash(request.id)?)
}

#[tauri::command(async)]
fn trash(desk: TheDesk<'_>) -> Answer<Trash> {
    Ok(desk.trash()?)
}

#[tauri::command(async)]
fn empty_trash(desk: TheDesk<'_>, request: EmptyTrash) -> Answer<u32> {
    Ok(desk.empty_trash(&request)?)
}

#[tauri::command(async)]
fn last_backup(desk: TheDesk<'_>) -> Answer<BackupShown> {
    Ok(desk.backup_shown())
}

#[tauri::command]
async fn back_up(desk: TheDesk<'_>) -> Answer<BackupShown> {
    let desk = Arc::clone(&desk);
    off_thread(move || desk.back_up().map(|_| desk.backup_shown())).await
}

#[tauri::command(async)]
fn take_step(desk: TheDesk<'_>, request: StepAsked) -> Answer<ArticleShown> {
    Ok(desk.take_step(&request)?)
}

#[tauri::command(async)]
fn summarise_publication(desk: TheDesk<'_>, request: PublishAsked) -> Answer<PublishSummary> {
    Ok(desk.summarise_publication(request.id, &request.portal)?)
}

#[tauri::command(async)]
fn publish(desk: TheDesk<'_>, request: PublishConfirmed) -> Answer<ArticleShown> {
    Ok(desk.publish(&request)?)
}

#[tauri::command(async)]
fn live(desk: TheDesk<'_>, request: ArticleAsked) -> Answer<LiveShown> {
    Ok(desk.live(request.id)?)
}

#[tauri::command(async)]
fn summarise_withdrawal(desk: TheDesk<'_>, request: WithdrawalAsked) -> Answer<WithdrawalSummary> {
    Ok(desk.summarise_withdrawal(&request)?)
}

#[tauri::command(async)]
fn withdraw(desk: TheDesk<'_>, request: WithdrawalConfirmed) -> Answer<ArticleShown> {
    Ok(desk.withdraw(&request)?)
}

#[tauri::command(async)]
fn outbox(desk: TheDesk<'_>) -> Answer<Vec<JobShown>> {
    Ok(desk.jobs()?)
}

#[tauri::command(async)]
fn resend(desk: TheDesk<'_>, request: JobAsked) -> Answer<Vec<JobShown>> {
    Ok(desk.resend(request.id)?)
}

#[tauri::command(async)]
fn cancel(desk: TheDesk<'_>, request: JobAsked) -> Answer<Vec<JobShown>> {
    Ok(desk.cancel(request.id)?)
}

#[tauri::command(async)]
fn retime(desk: TheDesk<'_>, request: JobRetimed) -> Answer<Vec<JobShown>> {
    Ok(desk.retime(&request)?)
}

#[tauri::command(async)]
fn read_time(desk: TheDesk<'_>, request: TimeTyped) -> Answer<TimeRead> {
    Ok(desk.read_time(&request))
}

/// Opens an article's public page in the person's browser: an address the portal gave, never one from the window.
#[tauri::command(async)]
fn open_public_page(desk: TheDesk<'_>, request: PublicPage) -> Answer<()> {
    let url = desk.public_url(request.article, &request.portal)?.filter(|url| url.starts_with("http"));
    let url = url.ok_or_else(|| Failure::new(Code::Gone, "this article is not live there"))?;
    tauri_plugin_opener::open_url(url, None::<&str>)
        .map_err(|error| Failure::new(Code::Internal, error.to_string()))
}

/// Returns the problem report as it would be saved.
#[tauri::command(async)]
fn problem_report(desk: TheDesk<'_>, shown: State<'_, report::Shown>) -> Answer<ProblemReport> {
    let text = report::of(desk.folder().path());
    shown.show(&text);
    Ok(ProblemReport { text })
}

/// The person chooses where; what is saved is what they were shown. Returns the file's name.
#[tauri::command]
async fn save_problem_report(app: AppHandle, shown: State<'_, report::Shown>) -> Answer<Option<SavedFile>> {
    let Some(path) = choose(&app, Wanted::ReportFile).await else { return Ok(None) };
    desk::write_whole(&path, shown.text().as_bytes()).map_err(|error| Failure::unwritable(&error))?;
    Ok(Some(SavedFile::at(&path)))
}

/// Writes text of the window into a file of the person's choice: it needs nothing of the desk, whose disk may be full.
#[tauri::command]
async fn keep_text(app: AppHandle, request: TextKept) -> Answer<Option<SavedFile>> {
    let Some(path) = choose(&app, Wanted::TextFile).await else { return Ok(None) };
    desk::write_whole(&path, request.text.as_bytes()).map_err(|error| Failure::unwritable(&error))?;
    Ok(Some(SavedFile::at(&path)))
}

/// The window has saved all: it may close.
#[tauri::command(async)]
fn leave(app: AppHandle, desk: TheDesk<'_>, closing: State<'_, Closing>) -> Answer<()> {
    // What cannot be kept as a revision now is saved all the same, and kept at the next start.
    if let Err(error) = desk.keep_all(Occasion::Closing) {
        tracing::warn!(kind = desk::kind(&error), %error, "revisions could not be kept at closing");
    }
    closing.allow();
    if let Some(window) = app.get_webview_window(crate::window::LABEL) {
        window.close().map_err(|error| Failure::new(Code::Internal, error.to_string()))?;
    }
    Ok(())
}

/// The person keeps the window, which could not save all.
#[tauri::command(async)]
fn stay(closing: State<'_, Closing>) {
    closing.stay();
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> desk::Result<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::new(Code::Internal, error.to_string()))??)
}

/// What a person chooses in the system's own dialog.
enum Wanted {
    Page,
    Picture,
    Folder,
    ReportFile,
    TextFile,
    LogFile(LogShape),
    /// What it would be called.
    NinjsFile(String),
    /// What it would be called.
    BundleFile(String),
}

async fn choose(app: &AppHandle, wanted: Wanted) -> Option<std::path::PathBuf> {
    let (tell, told) = oneshot::channel();
    let dialog = app.dialog().file();
    let window = app.get_webview_window(crate::window::LABEL);
    let dialog = if let Some(window) = &window { dialog.set_parent(window) } else { dialog };
    let answer = move |chosen| {
        tell.send(chosen).ok(); // nobody waits any more
    };
    match wanted {
        Wanted::Page => {
            let pages = ["html", "htm", "xhtml", "txt", "md", bundle::ENDING];
            dialog.add_filter("HTML, text, Tòa Soạn", &pages).pick_file(answer);
        }
        Wanted::Picture => dialog
            .add_filter("JPEG, PNG, WebP", &["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG", "WEBP"])
            .pick_file(answer),
        Wanted::Folder => dialog.pick_folder(answer),
        Wanted::BundleFile(name) => {
            dialog.add_filter("Tòa Soạn", &[bundle::ENDING]).set_file_name(name).save_file(answer);
        }
        Wanted::LogFile(shape) => dialog.set_file_name(shape.file_name()).save_file(answer),
        Wanted::NinjsFile(name) => dialog.set_file_name(name).save_file(answer),
        Wanted::TextFile => dialog.set_file_name("toasoan.md").save_file(answer),
        Wanted::ReportFile => dialog.set_file_name(report::FILE_NAME).save_file(answer),
    }
    told.await.ok()??.into_path().ok()
}

#[cfg(test)]
mod types;
