//! Typing, starting and standing still, in real windows.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use e2e::{Context, Desk, Opens, Result, ensure, paths, process, spot};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Key;

/// What one start of a window gave.
#[derive(Default)]
pub struct Round {
    /// From the start of the process to the caret, in milliseconds.
    pub start: f64,
    /// Of all its processes, in megabytes.
    pub memory: f64,
    /// From each key to its letter.
    pub letter: Vec<f64>,
    /// From each key to the page beside.
    pub preview: Vec<f64>,
    /// What a letter costs the editor: the change and the layout after it, in one go.
    pub dispatch: Vec<f64>,
}

const TYPED: &str = "ba muoi nam sau, nguoi ta van ke lai chuyen ay";
/// A quick writer: eight letters a second. The pause is part of the figure, so it is the same everywhere.
const PACE: Duration = Duration::from_millis(120);

/// Each typing begins with a word that no other has: by it the page is known to show these letters.
static MARKS: AtomicU32 = AtomicU32::new(0);

/// Opens the desk's article, types into the middle of it where asked, and lets it stand.
pub async fn on_article(app: &Path, folder: &TempDir, types: bool) -> Result<Round> {
    let (desk, began) = started(opens(app, folder)).await?;
    measured(&desk, began, types).await
}

/// Has the article open once, so that every start that is measured finds it as a person left it.
pub async fn leave_open(app: &Path, folder: &TempDir) -> Result<()> {
    let mut desk = Desk::open(opens(app, folder)).await?;
    desk.opens("Sweden dan Vietnam").await?;
    desk.press(spot::textbox("Body")).await?;
    tokio::time::sleep(Duration::from_secs(2)).await; // the place of the caret is saved
    desk.close()
}

pub fn opens(app: &Path, folder: &TempDir) -> Opens {
    Opens { folder: Some(folder.path().join("desk")), ..Opens::program(app.to_path_buf(), Vec::new()) }
}

async fn measured(desk: &Desk, began: f64, types: bool) -> Result<Round> {
    desk.sees(spot::textbox("Body")).await?;
    let start = caret(desk).await? - began;
    let mut round = if types { typed(desk, &spot::textbox("Body"), true).await? } else { Round::default() };
    tokio::time::sleep(Duration::from_secs(2)).await;
    round.start = start;
    round.memory = standing(desk);
    Ok(round)
}

/// A window with an empty field in it.
pub async fn bare_window(bare: &Path) -> Result<Round> {
    let (desk, began) = started(Opens::program(bare.to_path_buf(), Vec::new())).await?;
    let start = caret(&desk).await? - began;
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(Round { start, memory: standing(&desk), ..Round::default() })
}

/// The same text in CodeMirror alone, in the same web view.
pub async fn bare_codemirror(bare: &Path, code: &str, body: &str) -> Result<Round> {
    let address = served(page_of(code, body))?;
    let desk = Desk::open(Opens::program(bare.to_path_buf(), vec![address])).await?;
    typed(&desk, &spot::textbox("Body"), false).await
}

async fn typed(desk: &Desk, body: &spot::Spot, previews: bool) -> Result<Round> {
    desk.press(body.clone()).await?;
    desk.key(Key::End).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mark = format!("q{}z ", MARKS.fetch_add(1, Ordering::Relaxed));
    desk.types(&mark).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    desk.run(include_str!("stopwatch.js"), vec![json!(mark)]).await?;
    for letter in TYPED.chars() {
        desk.types(&letter.to_string()).await?;
        tokio::time::sleep(PACE).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await; // the page of a very long text comes later than the letter
    let times = desk.run("return window.__stopwatch", Vec::new()).await?;
    let taken = |name: &str| -> Result<Vec<f64>> { Ok(serde_json::from_value(times[name].clone())?) };
    let (letter, preview) = (taken("letter")?, taken("preview")?);
    ensure!(letter.len() * 10 >= TYPED.len() * 9, "{} of {} letters were seen", letter.len(), TYPED.len());
    let shown = TYPED.chars().filter(|letter| *letter != ' ').count();
    ensure!(!previews || preview.len() * 10 >= shown * 9, "{} of {shown} were on the page", preview.len());
    let dispatch = dispatches(desk).await?;
    Ok(Round { letter, preview, dispatch, ..Round::default() })
}

/// Returns what letters cost that are dispatched by script: no driver, no key, only the editor.
async fn dispatches(desk: &Desk) -> Result<Vec<f64>> {
    desk.run(
        "window.__dispatches(40).catch((why) => { window.__stopwatch.dispatched = String(why); })",
        Vec::new(),
    )
    .await?;
    let done = desk.until("the letters to be dispatched", "return window.__stopwatch.dispatched").await?;
    ensure!(done == true, "{done}");
    Ok(serde_json::from_value(desk.run("return window.__stopwatch.dispatch", Vec::new()).await?)?)
}

/// Returns when the caret stood, in Unix milliseconds, as the page says it.
async fn caret(desk: &Desk) -> Result<f64> {
    let script = "const [mark] = performance.getEntriesByName('toasoan:caret');
        return mark === undefined ? null : performance.timeOrigin + mark.startTime";
    desk.until("the caret", script).await?.as_f64().context("a time")
}

/// Opens a window and returns when its process was started, in Unix milliseconds.
async fn started(opens: Opens) -> Result<(Desk, f64)> {
    let desk = Desk::open(Opens { timed: true, ..opens }).await?;
    let began = desk.started()?;
    Ok((desk, began))
}

/// Returns the memory of the window's processes, shared pages by share.
#[expect(clippy::cast_precision_loss, reason = "megabytes")]
fn standing(desk: &Desk) -> f64 {
    let app = desk.app_process();
    let is_ours = |pid: &i32| {
        let exe = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
        let name = exe.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some(*pid) == app || (name.starts_with("WebKit") && name.ends_with("Process"))
    };
    let members = desk.screen.family.members();
    members.into_iter().filter(is_ours).map(process::memory).sum::<u64>() as f64 / 1_048_576.0
}

/// Returns CodeMirror and nothing else, bundled from what the UI is built from.
pub fn codemirror() -> Result<String> {
    let ui = paths::root().join("ui");
    let bundle = tempfile::NamedTempFile::with_suffix(".js")?;
    let entry = paths::root().join("tests/e2e/src/bin/bench/bare_codemirror.js");
    let script = format!(
        "import {{ rolldown }} from {rolldown}; const made = await rolldown({{ input: {entry}, \
         resolve: {{ modules: [{modules}] }} }}); await made.write({{ file: {to}, format: 'iife' }});",
        rolldown = json!(ui.join("node_modules/rolldown/dist/index.mjs")),
        entry = json!(entry),
        modules = json!(ui.join("node_modules")),
        to = json!(bundle.path()),
    );
    let status = Command::new("node").args(["--input-type=module", "--eval", &script]).status()?;
    ensure!(status.success(), "the page with CodeMirror is not bundled; run npm ci in ui");
    Ok(fs::read_to_string(bundle.path())?.replace("</script", "<\\/script"))
}

fn page_of(code: &str, body: &str) -> String {
    let text = body.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><meta charset=utf-8><title>bare</title><style>body {{ margin: 0 }}</style>\
         <pre id=text hidden>{text}</pre><script>{code}</script>"
    )
}

/// Serves one page on this machine and returns its address.
fn served(page: String) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut asked = BufReader::new(&stream).lines();
            while asked.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            let _ = (&stream).write_all(format!("{head}{page}").as_bytes()); // the window may be gone
        }
    });
    Ok(address)
}
