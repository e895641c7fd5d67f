//! Measures the release build in its window, and the same web view with nothing in it beside.
//! Prints the figures and writes `target/bench.json`.
#![allow(clippy::print_stdout, reason = "it prints its figures")]

mod core;
mod figures;
mod typing;

use std::{fs, path::PathBuf, process::Command};

use e2e::{Context, Result, ensure, paths};
use figures::{Figure, median, memory, percentile};
use typing::{Round, bare_codemirror, bare_window, on_article};

/// Every figure is of several starts, taken in turns, so that a busy moment does not fall on one of them alone.
const ROUNDS: usize = 5;
/// Typing is measured in the first of them.
const TYPED_ROUNDS: usize = 3;

fn main() -> Result<()> {
    let app = built("toasoan", &["build", "--release", "--package", "toasoan"])?;
    let bare = built("bare_window", &["build", "--release", "--package", "e2e", "--bin", "bare_window"])?;
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

    let figures = rounds.figures(core::render_50k()?, core::save()?);
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
    fn figures(&self, render: f64, save: f64) -> Vec<Figure> {
        let p95 = |times: Vec<&[f64]>| median(times.into_iter().map(|times| percentile(times, 95)).collect());
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

/// Builds a program as it is shipped and returns where it lies.
fn built(program: &str, arguments: &[&str]) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status =
        Command::new(cargo).args(arguments).current_dir(paths::root()).status().context("cargo is needed")?;
    ensure!(status.success(), "{program} does not build");
    Ok(paths::target().join("release").join(program))
}
