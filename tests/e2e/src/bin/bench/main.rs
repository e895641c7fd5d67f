//! Measures the release build in its window, and the same web view with nothing in it beside: `bench`, in minutes, `bench
//! --long`, or `bench NAME…` for what is named: 6k, 50k, 300k … core, articles, history, blocked, kills, package, wordpress. Prints the figures and writes `target/bench.json`. `docs/performance.md` says what they mean.
#![allow(clippy::print_stdout, reason = "it prints its figures")]

mod blocked;
mod cases;
mod core;
mod figures;
mod history;
mod large;
mod package;
mod texts;
mod typing;
mod wordpress;

use std::{fs, path::PathBuf, process::Command};

use e2e::{Context, Result, ensure, paths};
use figures::Figure;

/// What is to be measured: all of what is quick, of everything, or only what is named.
struct Asked {
    long: bool,
    only: Vec<String>,
}

impl Asked {
    fn read() -> Self {
        let (options, only) = std::env::args().skip(1).partition::<Vec<_>, _>(|word| word == "--long");
        Self { long: !options.is_empty(), only }
    }

    fn wants(&self, name: &str, long: bool) -> bool {
        if self.only.is_empty() { self.long || !long } else { self.only.iter().any(|word| word == name) }
    }
}

fn main() -> Result<()> {
    let asked = Asked::read();
    let app = paths::release("toasoan");
    ensure!(app.is_file(), "{} is not built; run make build", app.display());
    let bare = bare_window_program()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;

    let mut figures = runtime.block_on(cases::figures(&app, &bare, &asked))?;
    if asked.wants("core", false) {
        figures.extend(core::figures()?);
    }
    if asked.wants("articles", true) {
        figures.extend(runtime.block_on(large::figures(&app))?);
    }
    if asked.wants("history", true) {
        figures.extend(history::figures()?);
    }
    if asked.wants("blocked", true) {
        figures.extend(runtime.block_on(blocked::figures(&app))?);
    }
    if asked.wants("kills", true) {
        figures.extend(runtime.block_on(large::kills(&app))?);
    }
    if asked.wants("package", false) {
        figures.push(Figure::mb("package_deb_mb", package::deb(&app)?, 12.0));
    }
    if asked.wants("wordpress", false) {
        figures.extend(wordpress::figures()?);
    }
    tell(&figures)
}

fn tell(figures: &[Figure]) -> Result<()> {
    println!("\n{:<36} {:>9} {:<9} {:>14}  verdict", "figure", "measured", "", "bar");
    for figure in figures {
        println!("{figure}");
    }
    let file = paths::target().join("bench.json");
    fs::write(&file, serde_json::to_string_pretty(&figures)?)?;
    println!("written to {}", file.display());
    Ok(())
}

/// Builds the window to compare with, as the app is built, and returns where it lies.
fn bare_window_program() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--release", "--package", "e2e", "--bin", "bare_window"];
    let status =
        Command::new(cargo).args(arguments).current_dir(paths::root()).status().context("cargo is needed")?;
    ensure!(status.success(), "bare_window does not build");
    Ok(paths::release("bare_window"))
}
