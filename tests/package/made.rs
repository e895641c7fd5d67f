//! Makes the packages, and reads them with the systems' own tools.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use tempfile::TempDir;

/// A commit's date, as git says it and as `dpkg-deb --contents` does.
pub const DATE: (&str, &str) = ("1763200800", "2025-11-15 10:00");

pub struct Made {
    pub deb: PathBuf,
    pub rpm: PathBuf,
    /// What `scripts/package` printed.
    pub said: String,
    unpacked: OnceLock<PathBuf>,
    folder: TempDir,
}

/// Returns the packages; made once for all tests.
pub fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(make)
}

pub fn make() -> Made {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut command = Command::new(root().join("scripts/package"));
    command.args(["--quick", "--program", env!("CARGO_BIN_EXE_toasoan"), "--into"]).arg(folder.path());
    let said = run(command.env("SOURCE_DATE_EPOCH", DATE.0).current_dir(root()));
    Made {
        deb: only(folder.path(), "deb"),
        rpm: only(folder.path(), "rpm"),
        said,
        unpacked: OnceLock::new(),
        folder,
    }
}

impl Made {
    pub fn deb(&self) -> &str {
        self.deb.to_str().expect("a path in UTF-8")
    }

    pub fn rpm(&self) -> &str {
        self.rpm.to_str().expect("a path in UTF-8")
    }

    /// Returns a folder with what the .deb carries.
    pub fn unpacked(&self) -> &Path {
        self.unpacked.get_or_init(|| {
            let folder = self.folder.path().join("unpacked");
            printed("dpkg-deb", &["--extract", self.deb(), &folder.to_string_lossy()]);
            folder
        })
    }

    /// The files of the .deb, without a leading slash.
    pub fn files(&self) -> impl Iterator<Item = String> {
        let listed = printed("find", &[&self.unpacked().to_string_lossy(), "-type", "f", "-printf", "%P\n"]);
        listed.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
    }
}

/// A desktop that has the package and whose caches are what the systems' triggers would make of it.
pub struct Desktop(TempDir);

impl Desktop {
    pub fn of(made: &Made) -> Self {
        let desktop = Self(tempfile::tempdir().expect("a folder"));
        let share = made.unpacked().join("usr/share");
        for part in ["applications", "mime"] {
            let (from, to) = (share.join(part), desktop.share().join(part));
            fs::create_dir_all(desktop.share()).expect("a folder");
            printed("cp", &["--recursive", &from.to_string_lossy(), &to.to_string_lossy()]);
        }
        // It warns of types that are not in the tree it is given, and that is only ours.
        printed("update-mime-database", &[&desktop.share().join("mime").to_string_lossy()]);
        printed("update-desktop-database", &[&desktop.share().join("applications").to_string_lossy()]);
        desktop
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    fn share(&self) -> PathBuf {
        self.folder().join("share")
    }

    /// Runs a program on this desktop and returns what it prints.
    pub fn says(&self, program: &str, words: &[&str]) -> String {
        let path = std::env::var("PATH").expect("a path");
        let programs = made().unpacked().join("usr/bin");
        let mut command = Command::new(program);
        command
            .args(words)
            .env("PATH", format!("{}:{path}", programs.display()))
            .env("XDG_DATA_DIRS", format!("{}:/usr/share", self.share().display()))
            .env("XDG_DATA_HOME", self.folder().join("data"))
            .env("TOASOAN_DESK", self.folder().join("desk"))
            .env("XDG_CONFIG_HOME", self.folder().join("config"))
            .env("GIO_USE_VFS", "local");
        run(&mut command)
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8")
}

/// Runs a program and returns what it prints; it must succeed.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not run: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

pub fn printed(program: &str, words: &[&str]) -> String {
    run(Command::new(program).args(words).env("LC_ALL", "C.UTF-8"))
}

pub fn sha256(file: &Path) -> String {
    let said = printed("sha256sum", &[&file.to_string_lossy()]);
    said.split_whitespace().next().expect("a sum").to_owned()
}

/// Width and height, from the first chunk of a PNG.
pub fn png_size(file: &Path) -> (u32, u32) {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(bytes[12..16], *b"IHDR", "{} is a PNG", file.display());
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn only(folder: &Path, ending: &str) -> PathBuf {
    let listed = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = listed.filter(|path| path.extension().is_some_and(|is| is == ending)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}
