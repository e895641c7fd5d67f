//! Measures the release build in its window, and the same web view with nothing in it beside.
//! Prints the figures and writes `target/bench.json`.
#![allow(clippy::print_stdout, reason = "it prints its figures")]

mod core;
mod figures;
mod package;
mod typing;
mod wordpress;

use std::{fs, path::PathBuf, process::Command};

use e2e::{Context, Result, ensure, paths};
use figures::{Figure, median, memory, percentile};
use typing::{Round, bare_codemirror, bare_window, on_article};

/// Every figure is of several starts, taken in turns, so that a busy moment does not fall on one of them alone.
const ROUNDS: usize = 5;
/// Typing is measured in the first of them.
const TYPED_ROUNDS: usize = 3;

fn main() -> Result<()> {
    let app = paths::release("toasoan");
    ensure!(app.is_file(), "{} is not built; run make build", app.display());
    let bare = bare_window_program()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let desks = [6, 50, 71].map(|kilobytes| typing::desk_with(&app, kilobytes));
    let [six, fifty, long] = desks;
    let (six, fifty, long) = (six?, fifty?, long?);
    for desk in [&six, &fifty, &long] {
        runtime.block_on(typing::leave_open(&app, desk))?;
    }
    let page = typing::codemirror_page()?;

    let mut rounds = Rounds::default();
    for round in 0..ROUNDS {
        println!("round {} of {ROUNDS}", round + 1);
        let types = round < TYPED_ROUNDS;
        rounds.six.push(runtime.block_on(on_article(&app, &six, types))?);
        rounds.bare_window.push(runtime.block_on(bare_window(&bare))?);
        rounds.long.push(runtime.block_on(on_article(&app, &long, false))?);
        if types {
            rounds.fifty.push(runtime.block_on(on_article(&app, &fifty, true))?);
            rounds.bare_codemirror.push(runtime.block_on(bare_codemirror(&bare, &page))?);
        }
    }

    rounds.tell();
    let mut figures = rounds.figures(core::render_50k()?, core::save()?);
    figures.push(Figure::mb("package_deb_mb", package::deb(&app)?, 12.0));
    figures.extend(wordpress::figures()?);
    for figure in &figures {
        println!("{figure}");
    }
    let file = paths::target().join("bench.json");
    fs::write(&file, serde_json::to_string_pretty(&figures)?)?;
    println!("written to {}", file.display());
    Ok(())
}

#[derive(Default)]
struct Rounds {
    six: Vec<Round>,
    fifty: Vec<Round>,
    long: Vec<Round>,
    bare_window: Vec<Round>,
    bare_codemirror: Vec<Round>,
}

impl Rounds {
    /// Says how the times of the keys lie, so that a figure that is bad can be understood.
    fn tell(&self) {
        let typed =
            [("6 KB", &self.six), ("50 KB", &self.fifty), ("CodeMirror alone, 50 KB", &self.bare_codemirror)];
        for (what, rounds) in typed {
            for round in rounds.iter().filter(|round| !round.letter.is_empty()) {
                let lie = |times: &[f64]| [50, 75, 90, 95, 100].map(|share| percentile(times, share).round());
                print!("{what}: letter {:?}", lie(&round.letter));
                let page = if round.preview.is_empty() {
                    String::new()
                } else {
                    format!(", page {:?}", lie(&round.preview))
                };
                println!("{page} ms (50, 75, 90, 95, 100 %)");
            }
        }
    }

    fn figures(&self, render: f64, save: f64) -> Vec<Figure> {
        let p95 = |rounds: Vec<&[f64]>| {
            let typed = rounds.into_iter().filter(|times| !times.is_empty());
            median(typed.map(|times| percentile(times, 95)).collect())
        };
        let letter = |rounds: &[Round]| p95(rounds.iter().map(|round| round.letter.as_slice()).collect());
        let preview = |rounds: &[Round]| p95(rounds.iter().map(|round| round.preview.as_slice()).collect());
        let start = |rounds: &[Round]| median(rounds.iter().map(|round| round.start).collect());
        vec![
            Figure::ms("render_50k_p50_ms", render, 1.0),
            Figure::ms("key_letter_50k_p95_ms", letter(&self.fifty), 20.0),
            Figure::ms("key_preview_6k_p95_ms", preview(&self.six), 33.0),
            Figure::ms("key_preview_50k_p95_ms", preview(&self.fifty), 33.0),
            Figure::ms("bare_codemirror_50k_p95_ms", letter(&self.bare_codemirror), 20.0),
            Figure::ms("save_p95_ms", save, 10.0),
            Figure::ms("start_to_caret_ms", start(&self.six), 800.0),
            Figure::ms("bare_window_start_ms", start(&self.bare_window), 500.0),
            Figure::mb("memory_10k_words_mb", memory(&self.long), 320.0),
            Figure::mb("bare_window_memory_mb", memory(&self.bare_window), 250.0),
        ]
    }
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
