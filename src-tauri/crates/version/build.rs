//! Asks git which commit this is. Without git (sources from an archive), `TOASOAN_COMMIT` says so, or nobody does.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// What the program is made of: any other change leaves it the same program.
const INPUTS: [&str; 16] = [
    "Cargo.lock",
    "Cargo.toml",
    "capabilities",
    "icons",
    "migrations",
    "src-tauri",
    "tauri.conf.json",
    "tauri.windows.conf.json",
    "ui/index.html",
    "ui/package-lock.json",
    "ui/package.json",
    "ui/page.html",
    "ui/src",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
    "ui/vite.config.ts",
];

const DIGITS: usize = 12;

fn main() {
    let own = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says where the package is"));
    let root = own.ancestors().nth(3).expect("the package lies three folders deep");
    println!("cargo:rerun-if-env-changed=TOASOAN_COMMIT");
    for input in INPUTS {
        watch(&root.join(input));
    }
    let said = env::var("TOASOAN_COMMIT").ok().filter(|commit| !commit.trim().is_empty());
    let commit = said.map(|commit| shortened(commit.trim())).or_else(|| asked(root));
    println!("cargo:rustc-env=TOASOAN_BUILT_FROM={}", commit.as_deref().unwrap_or("unknown"));
}

/// A path that is not there would run this at every call.
fn watch(path: &Path) {
    if path.exists() {
        println!("cargo:rerun-if-changed={}", path.display());
    }
}

/// Asks git, where `root` is the top of a repository: one that merely has our sources somewhere in it knows its own
/// commits, not ours.
fn asked(root: &Path) -> Option<String> {
    if !git(root, &["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    // HEAD is a worktree's own; its branches are shared. A commit writes the branch, a switch writes HEAD.
    watch(&root.join(git(root, &["rev-parse", "--git-dir"])?).join("HEAD"));
    let shared = root.join(git(root, &["rev-parse", "--git-common-dir"])?);
    watch(&shared.join("refs/heads"));
    watch(&shared.join("packed-refs"));

    let commit = shortened(&git(root, &["rev-parse", "--verify", "HEAD"])?);
    let status = [&["status", "--porcelain", "--"][..], &INPUTS].concat();
    let changed = if git(root, &status)?.is_empty() { "" } else { ", changed" };
    Some(format!("{commit}{changed}"))
}

/// Returns git's words, unless it has none for us. It takes no lock, so that it is never in a person's way.
fn git(root: &Path, words: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.current_dir(root).args(["--no-optional-locks", "-c", "safe.directory=*"]).args(words);
    let said = command.output().ok().filter(|said| said.status.success())?;
    Some(String::from_utf8(said.stdout).ok()?.trim().to_owned())
}

fn shortened(commit: &str) -> String {
    commit.chars().take(DIGITS).collect()
}
