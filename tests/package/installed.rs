//! A system of its own with the package in it: dpkg installs into a folder and needs no root for it.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::made::{Made, printed, run};

/// What dpkg keeps for itself.
const OWN: &str = "var/lib/dpkg";

/// How long a window may take on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window that shows pages has many colours; one that is still empty has one or two.
const COLOURS: u32 = 200;

pub struct Installed {
    root: TempDir,
    home: TempDir,
}

impl Installed {
    pub fn from(made: &Made) -> Self {
        let installed = Self {
            root: tempfile::tempdir().expect("a folder"),
            home: tempfile::tempdir().expect("a folder"),
        };
        for folder in ["info", "updates", "triggers"] {
            fs::create_dir_all(installed.root.path().join(OWN).join(folder)).expect("a folder");
        }
        fs::write(installed.root.path().join(OWN).join("status"), "").expect("a file");
        installed.dpkg(&["--force-depends", "--install", made.deb()]);
        assert!(installed.status().contains("Status: install ok installed"));
        installed
    }

    pub fn remove(&mut self) {
        self.dpkg(&["--purge", "toasoan"]);
        assert!(!self.status().contains("Package: toasoan"));
    }

    /// The files and folders that are not dpkg's own.
    pub fn left_behind(&self) -> BTreeSet<String> {
        let found =
            printed("find", &[&self.root.path().to_string_lossy(), "-mindepth", "1", "-printf", "%P\n"]);
        let found = found.lines().filter(|path| !path.starts_with(OWN) && !OWN.starts_with(path));
        found.map(str::to_owned).collect()
    }

    /// Runs the installed command line on the desk of this system and returns its answer.
    pub fn toasoan(&self, words: &[&str]) -> Value {
        let mut command = self.command(&self.program());
        let said = run(command.args(words));
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{words:?}: {error} in {said}"))
    }

    fn program(&self) -> PathBuf {
        self.root.path().join("usr/bin/toasoan")
    }

    fn status(&self) -> String {
        fs::read_to_string(self.root.path().join(OWN).join("status")).expect("dpkg's list")
    }

    /// Dependencies are not in this system, nobody is root, and the programs dpkg misses are for scripts: it has none.
    fn dpkg(&self, words: &[&str]) {
        let root = format!("--root={}", self.root.path().display());
        let mut all =
            vec![&*root, "--log=/dev/null", "--force-not-root", "--force-bad-path", "--no-triggers"];
        all.extend(words);
        printed("dpkg", &all);
    }

    /// A command with a home of its own, and nothing of whoever runs the tests.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for foreign in ["WAYLAND_DISPLAY", "LC_ALL", "LANGUAGE", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"] {
            command.env_remove(foreign);
        }
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("TOASOAN_DESK", "desk"),
        ] {
            command.env(name, self.home.path().join(folder));
        }
        for (name, value) in [
            ("GDK_BACKEND", "x11"),
            ("GSETTINGS_BACKEND", "memory"),
            ("LANG", "C.UTF-8"),
            ("NO_AT_BRIDGE", "1"),
            ("TOASOAN_PERSON", "Lan"),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ] {
            command.env(name, value);
        }
        command
    }
}

/// The installed program's window on the sample newsroom, on a display of its own; closed when dropped.
pub struct Window {
    display: String,
    running: Vec<Child>,
}

impl Window {
    pub fn open(installed: &Installed) -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let mut server = in_its_own_group(server.stdout(Stdio::piped()));
        let mut number = String::new();
        let mut output = BufReader::new(server.stdout.take().expect("its words"));
        output.read_line(&mut number).expect("the number of the display");
        let display = format!(":{}", number.trim());

        let mut program = installed.command(Path::new("dbus-run-session"));
        program.arg("--").arg(installed.program()).arg("--sample").env("DISPLAY", &display);
        let program = in_its_own_group(&mut program);
        Self { display, running: vec![program, server] }
    }

    pub fn wait_until_drawn(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.colours().is_none_or(|colours| colours < COLOURS) {
            assert!(Instant::now() < deadline, "no window with something in it after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// How many colours the window has, once it is there.
    fn colours(&self) -> Option<u32> {
        let found = self.says("xdotool", &["search", "--onlyvisible", "--class", "^toasoan$"])?;
        let window = found.lines().next()?;
        let picture =
            self.says("sh", &["-c", "import -window \"$0\" png:- | identify -format %k png:-", window])?;
        picture.trim().parse().ok()
    }

    fn says(&self, program: &str, words: &[&str]) -> Option<String> {
        let said = Command::new(program).args(words).env("DISPLAY", &self.display).output().ok()?;
        said.status.success().then(|| String::from_utf8_lossy(&said.stdout).into_owned())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        for child in &mut self.running {
            let group = format!("-{}", child.id());
            Command::new("kill").args(["-KILL", "--", &group]).status().ok();
            child.wait().ok();
        }
    }
}

/// All that it starts is ended with it.
fn in_its_own_group(command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().expect("it starts")
}

pub fn read_page(url: &str) -> String {
    printed("curl", &["--fail", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*", url])
}
