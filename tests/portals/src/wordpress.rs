//! A real WordPress on this machine, started by `wordpress/site` and ended with this process, however that ends.

mod desk;
mod plugin;
mod rest;
mod trouble;

use std::{
    collections::BTreeMap,
    fmt,
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use serde::Deserialize;

pub use rest::{Answer, Picture, Post, State};
pub use trouble::Trouble;

/// Ends with this code where no WordPress can be had: no packages, no mirror.
const CANNOT_BE_HAD: i32 = 3;

/// Somebody who may do something there.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    #[serde(skip)]
    pub name: String,
    pub id: u64,
    /// For a browser.
    pub password: String,
    /// For the desk.
    pub application_password: String,
}

/// Why there is no WordPress.
#[derive(Debug)]
pub enum NoSite {
    /// This machine does not have what it takes.
    CannotBeHad(String),
    /// It should have started.
    Broken(String),
}

impl fmt::Display for NoSite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::CannotBeHad(why) | Self::Broken(why)) = self;
        formatter.write_str(why)
    }
}

impl std::error::Error for NoSite {}

pub struct WordPress {
    /// Where it answers, without a slash at the end.
    pub url: String,
    pub version: String,
    users: BTreeMap<String, User>,
    folder: PathBuf,
    client: reqwest::Client,
    without_redirects: reqwest::Client,
    /// Our plugin lies there.
    plugin_installed: tokio::sync::Mutex<bool>,
    process: Child,
    /// Open as long as the site shall live.
    talk: Mutex<Talk>,
}

struct Talk {
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// What the script says once the site answers.
#[derive(Deserialize)]
struct Told {
    base: String,
    version: String,
    users: BTreeMap<String, User>,
}

impl WordPress {
    /// Starts a WordPress of its own in a folder of its own.
    ///
    /// # Errors
    /// When none can be had, or it does not start.
    pub fn start() -> Result<Self, NoSite> {
        let broken = |error: io::Error| NoSite::Broken(format!("WordPress does not start: {error}"));
        // The script removes the folder: it outlives this process by a moment.
        let folder = tempfile::Builder::new().prefix("toasoan-wordpress-").tempdir().map_err(broken)?.keep();
        let mut process = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/wordpress/site"))
            .arg(&folder)
            .arg("--remove")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0) // Ctrl-C is for us; the site ends by our ending
            .spawn()
            .map_err(broken)?;
        let (input, output) = (process.stdin.take(), process.stdout.take().expect("it is piped"));
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line).map_err(broken)?;
        let Ok(told) = serde_json::from_str::<Told>(&line) else {
            return Err(why_not(process));
        };
        Ok(Self {
            url: told.base,
            version: told.version,
            users: named(told.users),
            folder,
            client: rest::client(reqwest::redirect::Policy::default()),
            without_redirects: rest::client(reqwest::redirect::Policy::none()),
            plugin_installed: tokio::sync::Mutex::default(),
            process,
            talk: Mutex::new(Talk { input, output }),
        })
    }

    /// Returns the user with this role: admin, editor, author, contributor.
    ///
    /// # Panics
    /// When there is none: a mistake of the test.
    #[must_use]
    pub fn user(&self, role: &str) -> &User {
        self.users.get(role).unwrap_or_else(|| panic!("nobody is {role}"))
    }

    /// Has the script do something to the site.
    fn tell(&self, words: &str) {
        let mut talk = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answer = String::new();
        let input = talk.input.as_mut().expect("it is open while the site lives");
        writeln!(input, "{words}").expect("the site lives");
        talk.output.read_line(&mut answer).expect("the site lives");
        assert_eq!(answer.trim(), "done", "{words}");
    }
}

impl Drop for WordPress {
    fn drop(&mut self) {
        self.talk.get_mut().unwrap_or_else(PoisonError::into_inner).input = None;
        self.process.wait().ok();
    }
}

fn named(users: BTreeMap<String, User>) -> BTreeMap<String, User> {
    users.into_iter().map(|(name, user)| (name.clone(), User { name, ..user })).collect()
}

/// The script's last line is a sentence for a person.
fn why_not(mut process: Child) -> NoSite {
    let mut said = String::new();
    if let Some(mut errors) = process.stderr.take() {
        errors.read_to_string(&mut said).ok();
    }
    let why = said.trim().lines().last().unwrap_or("WordPress does not start and says nothing").to_owned();
    match process.wait() {
        Ok(ended) if ended.code() == Some(CANNOT_BE_HAD) => NoSite::CannotBeHad(why),
        _ => NoSite::Broken(why),
    }
}
