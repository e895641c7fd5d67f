//! One person at one desk: the app on a screen of its own, and what they do with it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Output,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, Key, WebDriver, WebElement, error::WebDriverErrorInner};

use crate::{
    eyes::{self, Seen},
    ibus::InputMethod,
    paths,
    screen::{self, LAPTOP, Screen, Size},
    spot::Spot,
};

/// How the desk is when the window opens.
#[derive(Debug, Clone)]
pub struct Opens {
    pub size: Size,
    pub app: PathBuf,
    pub arguments: Vec<String>,
    /// Where the desk's folder is; one of the screen's own where nobody says.
    pub folder: Option<PathBuf>,
    /// Notes when its process is started.
    pub timed: bool,
    /// What the command line did at this desk before.
    pub before: Vec<Vec<String>>,
    /// What stands between the keys and the window.
    pub input_method: Option<InputMethod>,
    /// What stands between the window and its disk.
    pub shim: Vec<(&'static str, PathBuf)>,
}

impl Opens {
    /// A desk nobody has worked at.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            size: LAPTOP,
            app: paths::app(),
            arguments: Vec::new(),
            folder: None,
            timed: false,
            before: Vec::new(),
            input_method: None,
            shim: Vec::new(),
        }
    }

    /// The sample newsroom.
    #[must_use]
    pub fn sample() -> Self {
        Self { arguments: vec!["--sample".into()], ..Self::empty() }
    }

    /// A desk with one article: the seed page, taken in and left as it came.
    #[must_use]
    pub fn seed() -> Self {
        let page = paths::fixture("pages/seed-ms.txt").to_string_lossy().into_owned();
        Self { before: vec![vec!["import".into(), page]], ..Self::empty() }
    }

    /// Another program than the desk, shown in the same way.
    #[must_use]
    pub fn program(app: PathBuf, arguments: Vec<String>) -> Self {
        Self { app, arguments, ..Self::empty() }
    }
}

/// How long a person waits before they say that nothing happens.
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(25);

pub struct Desk {
    window: Option<WebDriver>,
    pub screen: Screen,
    opens: Opens,
    folder: PathBuf,
    driver: Option<i32>,
    log: PathBuf,
}

impl Desk {
    /// Starts the app on a screen of its own and waits for its window.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn open(opens: Opens) -> Result<Self> {
        let mut screen = Screen::start(opens.size)?;
        if let Some(method) = &opens.input_method {
            screen.start_input_method(method)?;
        }
        let folder = opens.folder.clone().unwrap_or_else(|| screen.home.path().join("desk"));
        let log = screen.home.path().join("app.log");
        let mut desk = Self { window: None, screen, opens, folder, driver: None, log };
        for words in desk.opens.before.clone() {
            desk.word(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        desk.open_window().await?;
        Ok(desk)
    }

    /// Starts the app again on the same folder.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn open_window(&mut self) -> Result<()> {
        // The client wants to know whose cryptography it would use, though it only speaks to this machine.
        rustls::crypto::ring::default_provider().install_default().ok(); // another test may have been first
        ensure!(self.opens.app.is_file(), "{} is not built", self.opens.app.display());
        let address = self.start_driver().await?;
        let arguments = self.arguments();
        let mut wanted = Capabilities::new();
        wanted.set("webkitgtk:browserOptions", json!({ "binary": self.binary()?, "args": arguments }))?;
        let session = WebDriver::builder(address, wanted).request_timeout(Duration::from_secs(40));
        let window = session.await.with_context(|| format!("the window does not open; {}", self.said()))?;
        window.set_script_timeout(Duration::from_secs(30)).await?;
        self.window = Some(window);
        self.until("the page", "return document.readyState === 'complete'").await.map(drop)
    }

    /// Returns what the driver starts: the app, or a script that notes the time and becomes the app.
    fn binary(&self) -> Result<PathBuf> {
        if !self.opens.timed {
            return Ok(self.opens.app.clone());
        }
        let (script, home) = (self.screen.home.path().join("timed"), self.screen.home.path());
        let lines = format!(
            "#!/bin/sh\ndate +%s%N > '{}/started'\nexec '{}' \"$@\"\n",
            home.display(),
            self.opens.app.display()
        );
        fs::write(&script, lines)?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        Ok(script)
    }

    /// Returns when the app's process was started, in Unix milliseconds.
    ///
    /// # Errors
    /// When nobody noted it.
    pub fn started(&self) -> Result<f64> {
        let noted =
            fs::read_to_string(self.screen.home.path().join("started")).context("nobody noted the time")?;
        Ok(noted.trim().parse::<f64>()? / 1e6)
    }

    fn arguments(&self) -> Vec<String> {
        let own = self.opens.app == paths::app() || self.opens.app.ends_with("toasoan");
        let folder = self.folder.to_string_lossy().into_owned();
        let desk = if own { vec!["--desk".to_owned(), folder] } else { Vec::new() };
        [desk, self.opens.arguments.clone()].concat()
    }

    async fn start_driver(&mut self) -> Result<String> {
        let port = screen::free_port()?;
        let mut command = self.screen.command("WebKitWebDriver");
        command
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(self.opens.shim.iter().map(|(name, value)| (*name, value.as_path())));
        let log = self.log()?;
        let driver = self.screen.family.start(command.stdout(log.try_clone()?).stderr(log))?;
        self.driver = Some(i32::try_from(driver.id())?);
        let deadline = Instant::now() + PATIENCE;
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            ensure!(Instant::now() < deadline, "WebKitWebDriver does not listen; {}", self.said());
            tokio::time::sleep(GLANCE).await;
        }
        Ok(format!("http://127.0.0.1:{port}"))
    }

    /// Runs a word of the command line at this desk and returns its answer.
    ///
    /// # Errors
    /// When it is refused.
    pub fn word(&self, words: &[&str]) -> Result<Value> {
        let output = self.starts_again(words)?;
        ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Starts the app once more on the same folder and waits until it ends.
    ///
    /// # Errors
    /// When it does not start.
    pub fn starts_again(&self, words: &[&str]) -> Result<Output> {
        let mut command = self.screen.command(&self.opens.app);
        Ok(command.arg("--desk").arg(&self.folder).args(words).output()?)
    }

    /// Returns where what they say is kept.
    pub(crate) fn log(&self) -> Result<fs::File> {
        Ok(fs::OpenOptions::new().create(true).append(true).open(&self.log)?)
    }

    /// Returns the last lines the app and the driver wrote.
    #[must_use]
    pub fn said(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let of_the_locale =
            |line: &&str| line.contains("Locale not supported") || line.contains("fallback 'C' locale");
        let lines: Vec<&str> =
            log.lines().filter(|line| !line.trim().is_empty() && !of_the_locale(line)).collect();
        format!("the app and the driver said: {}", lines[lines.len().saturating_sub(8)..].join(" / "))
    }

    /// Kills the app as the kernel would, and the driver with it.
    ///
    /// # Errors
    /// When the app is not there.
    pub fn kill(&mut self) -> Result<()> {
        let app = self.app_process().context("the app is not running")?;
        crate::process::kill(app);
        self.forget_window();
        screen::wait_for("the app to be dead", || crate::process::is_dead(app))
    }

    /// Closes the window as a person does, and waits until the app has ended.
    ///
    /// # Errors
    /// When it does not end.
    pub fn close(&mut self) -> Result<()> {
        let app = self.app_process().context("the app is not running")?;
        self.strikes("alt+F4")?;
        screen::wait_for("the app to end", || crate::process::is_dead(app))?;
        self.forget_window();
        Ok(())
    }

    fn forget_window(&mut self) {
        if let Some(window) = self.window.take() {
            let _ = window.leak(); // its session is gone with the driver
        }
        if let Some(driver) = self.driver.take() {
            crate::process::kill(driver);
        }
    }

    /// Returns the number of the app's process.
    #[must_use]
    pub fn app_process(&self) -> Option<i32> {
        let alive = |pid: &i32| !crate::process::is_dead(*pid);
        self.screen.family.running(&self.opens.app).into_iter().find(alive)
    }

    /// Returns the desk's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the session, for what has no words here.
    ///
    /// # Panics
    /// When the window is closed: a mistake of the test.
    #[must_use]
    pub fn window(&self) -> &WebDriver {
        self.window.as_ref().expect("the window is open")
    }

    /// Runs a script in the page and returns its answer.
    ///
    /// # Errors
    /// When the page refuses it.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.window().execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that uses the eyes; puts them into the page first where they are not.
    async fn look(&self, script: &str, spot: &Spot) -> Result<thirtyfour::session::scriptret::ScriptRet> {
        let script = format!("if (!window.__eyes) return '{NO_EYES}'; {script}");
        let arguments = vec![serde_json::to_value(spot)?];
        let answer = self.window().execute(script.clone(), arguments.clone()).await?;
        if answer.json() != NO_EYES {
            return Ok(answer);
        }
        self.open_eyes().await?;
        Ok(self.window().execute(script, arguments).await?)
    }

    async fn open_eyes(&self) -> Result<()> {
        self.window().execute(eyes::script()?, Vec::new()).await.context("the eyes do not open")?;
        Ok(())
    }

    /// Returns what is to be seen now.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn see(&self, spot: impl Into<Spot>) -> Result<Vec<Seen>> {
        let answer = self.look("return window.__eyes.see(arguments[0])", &spot.into()).await?;
        Ok(answer.convert()?)
    }

    /// Waits until it is there, and returns the first of it.
    ///
    /// # Errors
    /// When it never is.
    pub async fn sees(&self, spot: impl Into<Spot>) -> Result<Seen> {
        self.sees_that(spot, "", |_| true).await
    }

    /// Waits until one of them is as described, and returns it.
    ///
    /// # Errors
    /// When none ever is.
    pub async fn sees_that(
        &self,
        spot: impl Into<Spot>,
        described: &str,
        is_it: impl Fn(&Seen) -> bool,
    ) -> Result<Seen> {
        let spot = spot.into();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let there = self.see(spot.clone()).await?;
            if let Some(found) = there.iter().find(|seen| is_it(seen)) {
                return Ok(found.clone());
            }
            if Instant::now() > deadline {
                let there: Vec<String> =
                    there.iter().map(|seen| format!("{}: {}", seen.name, seen.value)).collect();
                bail!("{spot} {described} is not there. {} {}", there.join(" | "), self.inventory().await);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until it is there and holds the words.
    ///
    /// # Errors
    /// When it never does.
    pub async fn reads(&self, spot: impl Into<Spot>, words: &str) -> Result<Seen> {
        self.sees_that(spot, &format!("with “{words}”"), |seen| {
            seen.value.contains(words) || seen.text.contains(words) || seen.name.contains(words)
        })
        .await
    }

    /// Waits until it is gone.
    ///
    /// # Errors
    /// When it stays.
    pub async fn misses(&self, spot: impl Into<Spot>) -> Result<()> {
        let spot = spot.into();
        let deadline = Instant::now() + PATIENCE;
        while !self.see(spot.clone()).await?.is_empty() {
            ensure!(Instant::now() < deadline, "{spot} is still there. {}", self.inventory().await);
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    /// Waits until the words are somewhere in the window.
    ///
    /// # Errors
    /// When they never are.
    pub async fn sees_words(&self, words: &str) -> Result<()> {
        let script = "return window.__eyes.words().replace(/\\s+/g, ' ')";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let page = self
                .look(script, &crate::spot::any("main"))
                .await?
                .json()
                .as_str()
                .unwrap_or_default()
                .to_owned();
            if page.contains(words) {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "“{words}” is not to be read. The window says: {page}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Returns all that has a name, for the sentence of a failed test.
    pub async fn inventory(&self) -> String {
        let answer = self.look("return window.__eyes.inventory()", &crate::spot::any("main")).await;
        let lines = answer.ok().and_then(|answer| answer.convert::<Vec<String>>().ok()).unwrap_or_default();
        format!("There are: {}", lines.join(", "))
    }

    /// Waits until it can be used, and clicks it with the mouse.
    ///
    /// # Errors
    /// When it never can.
    pub async fn press(&self, spot: impl Into<Spot>) -> Result<()> {
        self.clicked(&spot.into()).await.map(drop)
    }

    async fn clicked(&self, spot: &Spot) -> Result<WebElement> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let failed = match self.taken(spot).await? {
                None => "it is not there, or cannot be used now".to_owned(),
                Some(element) => match element.click().await {
                    Ok(()) => return Ok(element),
                    Err(error) if passes(&error) => error.to_string(),
                    Err(error) => return Err(error.into()),
                },
            };
            ensure!(
                Instant::now() < deadline,
                "{spot} cannot be pressed: {failed}. {}",
                self.inventory().await
            );
            tokio::time::sleep(GLANCE).await;
        }
    }

    pub(crate) async fn taken(&self, spot: &Spot) -> Result<Option<WebElement>> {
        let answer = self.look("return window.__eyes.take(arguments[0])", spot).await?;
        if answer.json().is_null() { Ok(None) } else { Ok(Some(answer.element()?)) }
    }

    /// Opens an article from the queue by a part of its headline.
    ///
    /// # Errors
    /// When it is not in the list.
    pub async fn opens(&self, headline: &str) -> Result<()> {
        let row = crate::spot::button(headline).in_part().within(crate::spot::list("Articles"));
        self.press(row).await?;
        self.reads(crate::spot::textbox("Headline"), headline).await.map(drop)
    }

    /// Clicks a place of the page, in CSS pixels of the window.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn clicks_at(&self, x: f64, y: f64) -> Result<()> {
        #[expect(clippy::cast_possible_truncation, reason = "places on a screen are small")]
        let chain =
            self.window().action_chain_with_delay(None, Some(Duration::ZERO)).move_to(x as i64, y as i64);
        Ok(chain.click().perform().await?)
    }

    /// Scrolls until it is to be seen.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn reveals(&self, spot: &Spot) -> Result<()> {
        self.look("window.__eyes.take(arguments[0]); return 0", spot).await.map(drop)
    }

    /// Replaces what stands in a field.
    ///
    /// # Errors
    /// When the field is not there or does not take the words.
    pub async fn fills(&self, spot: impl Into<Spot>, words: &str) -> Result<()> {
        let spot = spot.into();
        self.press(spot.clone()).await?;
        self.chord(Key::Control, 'a').await?;
        self.types(words).await?;
        self.reads(spot, words).await.map(drop)
    }

    /// Presses the keys of the words, one after the other, wherever the caret is.
    ///
    /// # Errors
    /// When the window does not take them.
    pub async fn types(&self, words: &str) -> Result<()> {
        Ok(self.window().action_chain().send_keys(words).perform().await?)
    }

    /// Presses one key.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn key(&self, key: Key) -> Result<()> {
        Ok(self.window().action_chain().send_keys(key).perform().await?)
    }

    /// Presses a key while another is held.
    ///
    /// # Errors
    /// When the window does not take them.
    pub async fn chord(&self, held: Key, key: char) -> Result<()> {
        let chain =
            self.window().action_chain().key_down(held.clone()).send_keys(key.to_string()).key_up(held);
        Ok(chain.perform().await?)
    }

    /// Goes to the first place of the text, or the last: Ctrl with Home or End.
    ///
    /// # Errors
    /// When the window does not take the keys.
    pub async fn goes_to(&self, end: Key) -> Result<()> {
        let chain = self.window().action_chain().key_down(Key::Control).send_keys(end).key_up(Key::Control);
        Ok(chain.perform().await?)
    }

    /// Waits until the script returns something true, and returns it.
    ///
    /// # Errors
    /// When it never does.
    pub async fn until(&self, what: &str, script: &str) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.run(script, Vec::new()).await;
            match answer {
                Ok(answer) if !matches!(answer, Value::Null | Value::Bool(false)) => return Ok(answer),
                Err(error) if Instant::now() > deadline => return Err(error.context(what.to_owned())),
                Ok(_) if Instant::now() > deadline => bail!("waited ten seconds for {what}; {}", self.said()),
                Ok(_) | Err(_) => tokio::time::sleep(GLANCE).await,
            }
        }
    }

    /// Returns what the window's policy refused since the first look.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn violations(&self) -> Result<Vec<String>> {
        let answer = self.look("return window.__eyes.violations", &crate::spot::any("main")).await?;
        Ok(answer.convert()?)
    }

    /// Returns the desk's database, to be read only.
    ///
    /// # Errors
    /// When there is none.
    pub fn database(&self) -> Result<rusqlite::Connection> {
        let is_it = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "db" || kind == "sqlite");
        let files = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path());
        let file = files.into_iter().find(is_it).context("the desk's folder holds no database")?;
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(rusqlite::Connection::open_with_flags(file, flags)?)
    }

    /// Returns one number from the database.
    ///
    /// # Errors
    /// When the question is wrong.
    pub fn count(&self, sql: &str) -> Result<i64> {
        Ok(self.database()?.query_row(sql, [], |row| row.get(0))?)
    }

    /// Waits until the database gives this number.
    ///
    /// # Errors
    /// When it never does.
    pub async fn counts(&self, sql: &str, wanted: i64) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.count(sql); // there may be no database just now: a test took it away
            if found.as_ref().is_ok_and(|found| *found == wanted) {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "{sql} gives {found:?}, not {wanted}");
            tokio::time::sleep(GLANCE).await;
        }
    }
}

const NO_EYES: &str = "the eyes are closed";

/// The page redrew under the hand, or something moved over it: a person tries again.
fn passes(error: &thirtyfour::error::WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::NoSuchElement(_)
    )
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.forget_window();
    }
}
