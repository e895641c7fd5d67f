//! What a person does outside of the page: the clipboard, the system's dialogs, dragging files from another window.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::{
    desk::Desk,
    screen::{self, Screen},
    spot::Spot,
};

/// Where the drag source stands: a corner that the tests do not click.
const CORNER: (i32, i32) = (4, 720);

impl Desk {
    /// Puts text on the clipboard, as another program would.
    ///
    /// # Errors
    /// When the clipboard does not take it.
    pub fn copies_text(&self, words: &str) -> Result<()> {
        let file = self.screen.home.path().join("copied.txt");
        fs::write(&file, words)?;
        copies(&self.screen, "UTF8_STRING", &file)
    }

    /// Puts a page on the clipboard, as another program would: with its words beside it where that program has one.
    ///
    /// # Errors
    /// When the clipboard does not take it.
    pub fn copies_page(&self, html: &str) -> Result<()> {
        let file = self.screen.home.path().join("copied.html");
        fs::write(&file, html)?;
        copies(&self.screen, "text/html", &file)
    }

    /// Copies a file as a file manager does.
    ///
    /// # Errors
    /// When the clipboard does not take it.
    pub fn copies_file(&self, file: &Path) -> Result<()> {
        let list = self.screen.home.path().join("copied.uris");
        fs::write(&list, format!("file://{}\r\n", file.display()))?;
        copies(&self.screen, "text/uri-list", &list)
    }

    /// Copies a picture as a browser does: its bytes, under their type.
    ///
    /// # Errors
    /// When the clipboard does not take it.
    pub fn copies_picture(&self, file: &Path, kind: &str) -> Result<()> {
        copies(&self.screen, kind, file)
    }

    /// Presses keys for whichever window has the focus, as `xdotool` names them.
    ///
    /// # Errors
    /// When there is no screen.
    pub fn strikes(&self, keys: &str) -> Result<()> {
        self.screen.run("xdotool", &["key", "--clearmodifiers", keys]).map(drop)
    }

    /// Answers the system's file dialog: waits for it, types the path, confirms, waits until it is gone.
    ///
    /// # Errors
    /// When no dialog comes or it stays.
    pub fn chooses_file(&self, file: &Path) -> Result<()> {
        screen::wait_for("the file dialog", || windows(&self.screen).is_ok_and(|now| now.len() > 1))?;
        thread::sleep(Duration::from_millis(400)); // it lists its folder first, and takes no keys while it does
        let dialog = windows(&self.screen)?.pop().context("the dialog is there")?;
        self.screen.run("xdotool", &["windowfocus", "--sync", &dialog])?;
        let path = file.to_string_lossy();
        self.screen.run("xdotool", &["key", "ctrl+l"])?;
        thread::sleep(Duration::from_millis(150));
        self.screen.run("xdotool", &["key", "ctrl+a"])?;
        self.screen.run("xdotool", &["type", "--delay", "8", &path])?;
        thread::sleep(Duration::from_millis(300)); // completion fills in what it knows
        self.screen.run("xdotool", &["key", "Return"])?;
        let gone = || windows(&self.screen).is_ok_and(|now| !now.contains(&dialog));
        screen::wait_for("the file dialog to close", gone)
    }

    /// Drags files from another window and drops them on the middle of `spot`.
    ///
    /// # Errors
    /// When the other window does not come up, or the spot is not there.
    pub async fn drags(&self, files: &[&Path], spot: impl Into<Spot>) -> Result<()> {
        let seen = self.sees(spot).await?;
        let (left, top) = self.corner_of_page().await?;
        let script = self.screen.home.path().join("drag.py");
        fs::write(&script, include_str!("drag.py"))?;
        let mut command = self.screen.command("/usr/bin/python3");
        command.arg(script).args([CORNER.0.to_string(), CORNER.1.to_string()]).args(files);
        let mut source = self.screen.family.start(command.stdout(Stdio::piped()).stderr(self.log()?))?;
        let mut ready = String::new();
        BufReader::new(source.stdout.take().context("its output is read")?).read_line(&mut ready)?;
        ensure!(ready.trim() == "ready", "the window to drag from did not come up: is python3-gi installed?");
        self.moves((CORNER.0 + 45, CORNER.1 + 25), (seen.x + left, seen.y + top))?;
        let ended = || source.try_wait().is_ok_and(|status| status.is_some());
        screen::wait_for("the drag to end", ended)
    }

    /// Presses at one place of the screen, moves as a hand does, lets go at the other.
    #[expect(clippy::cast_possible_truncation, reason = "places on a screen are small")]
    fn moves(&self, from: (i32, i32), to: (f64, f64)) -> Result<()> {
        let at = |x: f64, y: f64| [(x as i32).to_string(), (y as i32).to_string()];
        let mouse = |what: &[&str]| self.screen.run("xdotool", what).map(drop);
        let pause = || thread::sleep(Duration::from_millis(30));
        mouse(&["mousemove", &from.0.to_string(), &from.1.to_string()])?;
        mouse(&["mousedown", "1"])?;
        for step in 1..=12 {
            pause();
            let part = f64::from(step) / 12.0;
            let [x, y] = at(
                f64::from(from.0) + (to.0 - f64::from(from.0)) * part,
                f64::from(from.1) + (to.1 - f64::from(from.1)) * part,
            );
            mouse(&["mousemove", &x, &y])?;
        }
        let [x, y] = at(to.0 + 2.0, to.1 + 1.0); // a last small move, so that the target has seen it stand there
        pause();
        mouse(&["mousemove", &x, &y])?;
        thread::sleep(Duration::from_millis(150));
        mouse(&["mouseup", "1"])
    }

    /// Returns where the page begins on the screen.
    async fn corner_of_page(&self) -> Result<(f64, f64)> {
        let script = "return [screenX + outerWidth - innerWidth, screenY + outerHeight - innerHeight]";
        Ok(serde_json::from_value(self.run(script, Vec::new()).await?)?)
    }
}

fn copies(screen: &Screen, kind: &str, file: &Path) -> Result<()> {
    let mut command = screen.command("xclip");
    command.args(["-selection", "clipboard", "-target", kind, "-in"]).arg(file);
    let status = screen.family.start(command.stdout(Stdio::null()).stderr(Stdio::null()))?.wait()?;
    ensure!(status.success(), "the clipboard did not take {}", file.display()); // xclip stays to hand it out
    Ok(())
}

/// Returns the windows the window manager holds, oldest first.
fn windows(screen: &Screen) -> Result<Vec<String>> {
    let found = screen.run("xprop", &["-root", "_NET_CLIENT_LIST"])?;
    let (_, numbers) = found.split_once('#').unwrap_or_default();
    let numbers = numbers.split(',').map(|number| number.trim().trim_start_matches("0x"));
    let numbers = numbers.filter_map(|number| u32::from_str_radix(number, 16).ok());
    Ok(numbers.map(|number| number.to_string()).collect())
}
