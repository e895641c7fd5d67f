//! Typing, starting and standing still, in real windows.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    thread,
    time::Duration,
};

use e2e::{Context, Desk, Opens, Result, ensure, paths, process, spot};
use serde_json::{Value, json};
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
}

const TYPED: &str = "ba muoi nam sau, nguoi ta van ke lai chuyen ay";
/// A quick writer: eight letters a second. The pause is part of the figure, so it is the same everywhere.
const PACE: Duration = Duration::from_millis(120);

/// Returns so many kilobytes of an article: paragraphs, quotations, lists, links, as they come on a desk.
pub fn article(kilobytes: usize) -> String {
    let mut body = String::new();
    for number in 1.. {
        body += &format!(
            "Đoạn {number}. Hội nghị tại Hà Nội quy tụ đại biểu của hai nước, cùng bàn về *chăm sóc sức khỏe* và \
             **chuyển đổi số** trong bệnh viện. Chương trình có sự tham dự của lãnh đạo Bộ Y tế, các nhà nghiên cứu và \
             [doanh nghiệp](https://example.org/bai-{number}) đang làm việc tại Việt Nam.\n\n"
        );
        match number % 5 {
            1 => body += "> “Hôm nay chúng ta đi từ lịch sử chung đến đổi mới chung”, Đại sứ nói.\n\n",
            2 => body += "- phòng ngừa\n- điều trị tại nhà\n- đào tạo bác sĩ trẻ\n\n",
            3 => body += "## Những bước tiếp theo\n\n",
            _ => {}
        }
        if body.len() >= kilobytes * 1024 {
            break;
        }
    }
    let end = (0..=kilobytes * 1024).rev().find(|end| body.is_char_boundary(*end)).unwrap_or_default();
    body.truncate(end);
    body
}

/// Makes a desk with one article of so many kilobytes.
pub fn desk_with(app: &Path, kilobytes: usize) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("page.txt");
    fs::copy(paths::fixture("pages/seed-ms.txt"), &page)?;
    let word = |arguments: &[&str]| -> Result<Value> {
        let output =
            Command::new(app).arg("--desk").arg(folder.path().join("desk")).args(arguments).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    let id =
        word(&["import", &page.to_string_lossy()])?["id"].as_str().context("an id is answered")?.to_owned();
    word(&["set", &id, &format!("body={}", article(kilobytes))])?;
    Ok(folder)
}

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

fn opens(app: &Path, folder: &TempDir) -> Opens {
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
pub async fn bare_codemirror(bare: &Path, page: &str) -> Result<Round> {
    let address = served(page.to_owned())?;
    let desk = Desk::open(Opens::program(bare.to_path_buf(), vec![address])).await?;
    typed(&desk, &spot::textbox("Body"), false).await
}

async fn typed(desk: &Desk, body: &spot::Spot, previews: bool) -> Result<Round> {
    desk.press(body.clone()).await?;
    desk.key(Key::End).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    desk.run(include_str!("stopwatch.js"), Vec::new()).await?;
    for letter in TYPED.chars() {
        desk.types(&letter.to_string()).await?;
        tokio::time::sleep(PACE).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let times = desk.run("return window.__stopwatch", Vec::new()).await?;
    let taken = |name: &str| -> Result<Vec<f64>> { Ok(serde_json::from_value(times[name].clone())?) };
    let (letter, preview) = (taken("letter")?, taken("preview")?);
    ensure!(letter.len() * 10 >= TYPED.len() * 9, "{} of {} letters were seen", letter.len(), TYPED.len());
    ensure!(!previews || preview.len() * 2 >= TYPED.len(), "the page followed {} letters", preview.len());
    Ok(Round { letter, preview, ..Round::default() })
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

/// Returns the page with CodeMirror in it, bundled from what the UI is built from.
pub fn codemirror_page() -> Result<String> {
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
    let text = article(50).replace('&', "&amp;").replace('<', "&lt;");
    let code = fs::read_to_string(bundle.path())?.replace("</script", "<\\/script");
    Ok(format!(
        "<!doctype html><meta charset=utf-8><title>bare</title><style>body {{ margin: 0 }}</style>\
         <pre id=text hidden>{text}</pre><script>{code}</script>"
    ))
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
