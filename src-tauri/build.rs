//! Builds the window's pages (npm, only when their sources changed) and what Tauri needs.

use std::{
    env, fs,
    path::Path,
    process::{Command, exit},
    time::SystemTime,
};

/// What the window's pages are made of.
const UI_INPUTS: [&str; 8] = [
    "ui/src",
    "ui/index.html",
    "ui/page.html",
    "ui/package.json",
    "ui/package-lock.json",
    "ui/vite.config.ts",
    "ui/svelte.config.js",
    "ui/tsconfig.json",
];

/// The page's style and fonts are shared with the portal.
const SHARED_INPUT: &str = "src-tauri/crates/domain/assets";

/// Read from the list of commands, so that each has a permission and none is forgotten.
macro_rules! commands {
    ($($name:ident($($request:ty)?) -> $answer:ty,)+) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),+];
    };
}
include!("src/commands/list.rs");

fn main() {
    build_ui();
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri.conf.json is right");
}

/// `TOASOAN_UI=skip` leaves the pages as they are: for checks that never open a window.
fn build_ui() {
    println!("cargo:rerun-if-env-changed=TOASOAN_UI");
    for input in UI_INPUTS.iter().chain([&SHARED_INPUT]).filter(|path| Path::new(path).exists()) {
        println!("cargo:rerun-if-changed={input}"); // a path that is not there would re-run this every time
    }
    let by_dev_server = env::var("DEP_TAURI_DEV").is_ok_and(|dev| dev == "true");
    match env::var("TOASOAN_UI").as_deref() {
        Ok("skip") => place_holder(),
        _ if by_dev_server => place_holder(),
        _ => {
            if changed("ui/package-lock.json") > changed("ui/node_modules/.package-lock.json") {
                npm(&["ci", "--no-audit", "--no-fund"]);
            }
            npm(&["run", "build"]);
        }
    }
}

/// Without any page Tauri's own macro cannot be compiled.
fn place_holder() {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("ui/dist").expect("ui can be written");
        fs::write(page, "<!doctype html><title>Tòa Soạn</title>").expect("ui can be written");
    }
}

fn changed(path: &str) -> SystemTime {
    fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn npm(arguments: &[&str]) {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    match Command::new(program).args(arguments).current_dir("ui").status() {
        Ok(status) if status.success() => {}
        Ok(_) => {
            println!("cargo::error=`npm {}` failed in ui/; its words stand above", arguments.join(" "));
            exit(1);
        }
        Err(error) => {
            println!("cargo::error=npm cannot be run ({error}); install Node.js 20.19 or later");
            exit(1);
        }
    }
}
