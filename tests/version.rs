//! `toasoan --version` names the number, the commit and SQLite; the commit is right at every build and costs none.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// The manifest of a workspace that has nothing but the crate `version`.
const WORKSPACE: &str = r#"
[workspace]
members = ["src-tauri/crates/version"]
resolver = "3"
[workspace.package]
version = "1.2.3"
edition = "2024"
rust-version = "1.90"
license = "MIT"
publish = false
[workspace.lints]
"#;

/// Says what a program built in this workspace would say.
const PROGRAM: &str = "fn main() { print!(\"{} {}\", version::NUMBER, version::COMMIT) }";

/// A workspace of its own with our crate in it, in a repository of its own.
struct Sources(TempDir);

impl Sources {
    fn unpacked() -> Self {
        let sources = Self(tempfile::tempdir().expect("a folder"));
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/crates/version");
        for file in ["Cargo.toml", "build.rs", "src/lib.rs"] {
            let words = fs::read_to_string(own.join(file)).expect("our crate");
            sources.write(&format!("src-tauri/crates/version/{file}"), &words);
        }
        sources.write("src-tauri/crates/version/src/main.rs", PROGRAM);
        sources.write("Cargo.toml", WORKSPACE);
        sources.write("notes.txt", "not a part of the program");
        sources.write(".gitignore", "/target\n");
        assert!(sources.cargo(&["generate-lockfile"]).status.success());
        sources
    }

    fn committed() -> Self {
        let sources = Self::unpacked();
        sources.git(&["init", "--quiet"]);
        sources.commit();
        sources
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, words: &str) {
        let file = self.path(name);
        fs::create_dir_all(file.parent().expect("its folder")).expect("a folder");
        fs::write(file, words).expect("it is written");
    }

    fn git(&self, words: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Lan", "-c", "user.email=lan@toasoan.example"]).args(words);
        let said = command.current_dir(self.0.path()).output().expect("git runs");
        assert!(said.status.success(), "{said:?}");
        String::from_utf8(said.stdout).expect("text").trim().to_owned()
    }

    fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "a step"]);
        self.git(&["rev-parse", "--short=12", "HEAD"])
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.args(words).args(["--offline", "--quiet"]).current_dir(self.0.path());
        command.env("CARGO_TARGET_DIR", self.path("target")).env_remove("TOASOAN_COMMIT");
        command
    }

    fn cargo(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("cargo runs")
    }

    /// Builds what needs to be built and returns what the program says.
    fn says(&self) -> String {
        said(self.cargo(&["run"]))
    }

    /// When the crate was last compiled.
    fn compiled(&self) -> std::time::SystemTime {
        let program = fs::metadata(self.path("target/debug/version")).expect("it is built");
        program.modified().expect("its time")
    }
}

fn said(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_commit_and_every_change_is_seen_and_nothing_is_built_for_nothing() {
    let sources = Sources::committed();
    let first = sources.git(&["rev-parse", "--short=12", "HEAD"]);
    assert_eq!(sources.says(), format!("1.2.3 {first}"));

    let compiled = sources.compiled();
    sources.write("notes.txt", "still not a part of it");
    assert_eq!(sources.says(), format!("1.2.3 {first}"), "only what the program is made of counts");
    assert_eq!(sources.compiled(), compiled, "it was built again for nothing");

    sources.write("src-tauri/another.rs", "// a file that is not committed");
    assert_eq!(sources.says(), format!("1.2.3 {first}, changed"));

    let second = sources.commit();
    assert_ne!(first, second);
    assert_eq!(sources.says(), format!("1.2.3 {second}"));

    sources.git(&["switch", "--quiet", "--detach", "HEAD~1"]);
    assert_eq!(sources.says(), format!("1.2.3 {first}"));
}

#[test]
fn a_commit_is_seen_after_the_branches_were_packed() {
    let sources = Sources::committed();
    sources.git(&["pack-refs", "--all"]);
    sources.says();

    let next = sources.commit();

    assert_eq!(sources.says(), format!("1.2.3 {next}"));
}

#[test]
fn without_git_the_one_who_packs_says_which_commit_it_is() {
    let sources = Sources::unpacked();
    assert_eq!(sources.says(), "1.2.3 unknown");

    let mut told = sources.command(&["run"]);
    told.env("TOASOAN_COMMIT", "0123456789abcdef0123456789abcdef01234567\n");

    assert_eq!(said(told.output().expect("cargo runs")), "1.2.3 0123456789ab");
}

#[test]
fn sources_inside_another_repository_do_not_take_its_commits_for_theirs() {
    let outer = tempfile::tempdir().expect("a folder");
    let sources = Sources::unpacked();
    let inside = outer.path().join("sources");
    fs::rename(sources.0.path(), &inside).expect("it is moved");
    let run = |program: &str, words: &[&str], at: &Path| {
        let mut command = Command::new(program);
        let said = command.args(words).current_dir(at).env_remove("TOASOAN_COMMIT").output();
        said.expect("it runs")
    };
    assert!(run("git", &["init", "--quiet"], outer.path()).status.success());
    let identity = ["-c", "user.name=Lan", "-c", "user.email=lan@toasoan.example"];
    let commit = [&identity[..], &["commit", "--quiet", "--allow-empty", "--message", "theirs"]].concat();
    assert!(run("git", &commit, outer.path()).status.success());

    let target = outer.path().join("target");
    let target = target.to_str().expect("a path in UTF-8");
    let words = ["run", "--offline", "--quiet", "--target-dir", target];
    assert_eq!(said(run(env!("CARGO"), &words, &inside)), "1.2.3 unknown");
}

#[test]
fn the_program_says_number_commit_and_sqlite_in_one_line() {
    for option in ["--version", "-V"] {
        let said = said(Command::new(env!("CARGO_BIN_EXE_toasoan")).arg(option).output().expect("it runs"));
        let number = env!("CARGO_PKG_VERSION");
        assert_eq!(
            said,
            format!("toasoan {number} ({}) SQLite {}\n", version::COMMIT, store::sqlite_version())
        );
    }
}

#[test]
fn there_is_one_version_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(root.join(name)).expect(name)).expect(name)
    };

    assert!(json("tauri.conf.json").get("version").is_none(), "Tauri takes it from Cargo.toml");
    assert!(json("ui/package.json").get("version").is_none(), "the pages are no package of their own");
    assert_eq!(env!("CARGO_PKG_VERSION"), version::NUMBER);
}
