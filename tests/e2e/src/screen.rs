//! A screen of its own for each test: an X server, a window manager, a session bus, a home.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::Family;

/// Width and height in pixels.
pub type Size = (u32, u32);

pub const LAPTOP: Size = (1280, 800);
pub const MONITOR: Size = (1920, 1080);

#[derive(Debug)]
pub struct Screen {
    pub family: Family, // dropped first: nothing writes into the home any more
    pub home: TempDir,
    environment: Vec<(String, String)>,
}

impl Screen {
    /// Starts a screen.
    ///
    /// # Errors
    /// When the X server or the window manager does not start.
    pub fn start((width, height): Size) -> Result<Self> {
        let family = Family::new();
        let home = tempfile::Builder::new().prefix("toasoan-e2e-").tempdir()?;
        let mut screen = Self { family, environment: environment(home.path())?, home };
        screen.put_a_browser()?;
        let display = screen.start_x(width, height)?;
        screen.environment.push(("DISPLAY".into(), display));
        let bus = screen.start_bus()?;
        screen.environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), bus));
        screen.start_window_manager()?;
        Ok(screen)
    }

    /// Returns a command that will run on this screen, with its home and nobody else's.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for foreign in ["WAYLAND_DISPLAY", "LC_ALL", "LANGUAGE", "XAUTHORITY", "TOASOAN_DESK"] {
            command.env_remove(foreign);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Sets a variable for what is started from now on.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Runs a command on this screen and returns what it prints.
    ///
    /// # Errors
    /// When it fails.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = self.command(program);
        let output = command.args(arguments).output().with_context(|| format!("{program} does not start"))?;
        if !output.status.success() {
            bail!("{program} {arguments:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Saves a picture of the whole screen.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub fn picture(&self, to: &Path) -> Result<()> {
        fs::create_dir_all(to.parent().context("a picture lies in a folder")?)?;
        self.run("import", &["-window", "root", &to.to_string_lossy()]).map(drop)
    }

    /// Returns the addresses that were to be opened in a browser, oldest first.
    #[must_use]
    pub fn browsed(&self) -> Vec<String> {
        let opened = fs::read_to_string(self.home.path().join("browsed")).unwrap_or_default();
        opened.lines().map(str::to_owned).collect()
    }

    /// No test opens a real browser: this one notes the address.
    fn put_a_browser(&mut self) -> Result<()> {
        let (bin, noted) = (self.home.path().join("bin"), self.home.path().join("browsed"));
        fs::create_dir_all(&bin)?;
        let script = bin.join("xdg-open");
        fs::write(&script, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", noted.display()))?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
        let path = std::env::var("PATH").unwrap_or_default();
        self.environment.push(("PATH".into(), format!("{}:{path}", bin.display())));
        Ok(())
    }

    fn start_x(&self, width: u32, height: u32) -> Result<String> {
        let mut command = self.command("Xvfb");
        let screen = format!("{width}x{height}x24");
        command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-dpi", "96"]);
        let mut server = self.family.start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let number = first_line(server.stdout.take(), "Xvfb")?; // the server finds a free one by itself
        Ok(format!(":{number}"))
    }

    fn start_bus(&self) -> Result<String> {
        let mut command = self.command("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus = self.family.start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        first_line(bus.stdout.take(), "dbus-daemon")
    }

    /// A window manager that comes up before the X server has settled ends at once: then it is started again.
    fn start_window_manager(&self) -> Result<()> {
        let rules = self.home.path().join("openbox.xml");
        fs::write(&rules, WINDOWS)?;
        let mut command = self.command("openbox");
        command
            .args(["--sm-disable", "--config-file"])
            .arg(rules)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut manager = self.family.start(&mut command)?;
        wait_for("the window manager", || {
            if manager.try_wait().is_ok_and(|ended| ended.is_some())
                && let Ok(another) = self.family.start(&mut command)
            {
                manager = another;
            }
            self.run("xdotool", &["get_num_desktops"]).is_ok()
        })
    }
}

/// The app fills the screen without a frame around it; dialogs and the drag source keep their size.
const WINDOWS: &str = r#"<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <desktops><number>1</number></desktops>
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <mouse><dragThreshold>8</dragThreshold><context name="Client"><mousebind button="Left" action="Press">
    <action name="Focus"/><action name="Raise"/></mousebind></context></mouse>
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
    <application type="utility"><decor>no</decor><layer>above</layer></application>
  </applications>
</openbox_config>"#;

fn environment(home: &Path) -> Result<Vec<(String, String)>> {
    let runtime = home.join("run");
    fs::create_dir_all(&runtime)?;
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;
    let folder = |name: &str| home.join(name).to_string_lossy().into_owned();
    let set = [
        ("HOME", folder("")),
        ("XDG_CONFIG_HOME", folder("config")),
        ("XDG_DATA_HOME", folder("data")),
        ("XDG_STATE_HOME", folder("state")),
        ("XDG_CACHE_HOME", folder("cache")),
        ("XDG_RUNTIME_DIR", folder("run")),
        ("TMPDIR", folder("tmp")),
        ("LANG", "en_US.UTF-8".into()),
        ("TZ", "Asia/Ho_Chi_Minh".into()),
        ("GDK_BACKEND", "x11".into()),
        ("GTK_USE_PORTAL", "0".into()),
        ("GSETTINGS_BACKEND", "memory".into()),
        ("GIO_USE_VFS", "local".into()),
        ("NO_AT_BRIDGE", "1".into()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()), // no GPU here: saves memory, draws the same
        ("TOASOAN_PERSON", "Lan".into()),
    ];
    fs::create_dir_all(folder("tmp"))?;
    Ok(set.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn first_line(output: Option<impl std::io::Read>, program: &str) -> Result<String> {
    let mut line = String::new();
    BufReader::new(output.context("its output is read")?).read_line(&mut line)?;
    let line = line.trim();
    if line.is_empty() {
        bail!("{program} ended at once");
    }
    Ok(line.to_owned())
}

/// Waits until `ready`, at most ten seconds.
///
/// # Errors
/// When it never is.
pub fn wait_for(what: &str, mut ready: impl FnMut() -> bool) -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !ready() {
        if Instant::now() > deadline {
            bail!("waited ten seconds for {what}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Returns a port of this machine that nobody listens on.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Returns where the pictures of failed tests and the screens go.
#[must_use]
pub fn pictures() -> PathBuf {
    crate::paths::target().join("e2e")
}
