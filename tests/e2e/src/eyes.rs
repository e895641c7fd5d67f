//! The script that finds things on the page, and what it saw.

use std::{fs, process::Command, sync::OnceLock};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::paths;

/// One thing seen on the page.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    pub name: String,
    pub text: String,
    /// What stands in a field; the text of anything else.
    pub value: String,
    pub disabled: bool,
    pub pressed: bool,
    pub selected: bool,
    pub focused: bool,
    pub invalid: bool,
    /// Its middle, in CSS pixels of the window.
    pub x: f64,
    pub y: f64,
}

/// Returns the script to put into the page.
///
/// # Errors
/// When its libraries are not there and cannot be fetched.
pub fn script() -> Result<&'static str> {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    if let Some(script) = SCRIPT.get() {
        return Ok(script);
    }
    let made = assemble()?;
    Ok(SCRIPT.get_or_init(|| made))
}

/// Returns axe, which looks for what people with a disability would stumble over.
///
/// # Errors
/// When it is not there and cannot be fetched.
pub fn axe() -> Result<String> {
    fetch()?;
    Ok(fs::read_to_string(modules().join("axe-core/axe.min.js"))?)
}

/// The library is a folder of small modules that require each other: a page has no `require`, so it is given one.
fn assemble() -> Result<String> {
    fetch()?;
    let folder = modules().join("dom-accessibility-api/dist");
    let mut parts = String::from("(function () { const parts = {}, made = {};\n");
    for below in ["", "polyfills/"] {
        for entry in fs::read_dir(folder.join(below))? {
            let path = entry?.path();
            let Some(stem) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".js")) else {
                continue;
            };
            let source = fs::read_to_string(&path)?;
            parts += &format!("parts[{stem:?}] = function (exports, require, module) {{\n{source}\n}};\n");
        }
    }
    parts += "function use(path) { const name = path.split('/').pop().replace(/\\.js$/, '');\n\
        if (!(name in made)) { const module = { exports: {} }; made[name] = module.exports;\n\
        parts[name](module.exports, use, module); made[name] = module.exports; }\n\
        return made[name]; }\n";
    Ok(format!("{parts}({})(use('index')); }})();", include_str!("eyes.js").trim()))
}

fn modules() -> std::path::PathBuf {
    paths::root().join("tests/e2e/node_modules")
}

/// Fetches the libraries where they are missing or older than the list of them.
fn fetch() -> Result<()> {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _held = ONE_AT_A_TIME.lock();
    let folder = paths::root().join("tests/e2e");
    let written = |path: &str| fs::metadata(folder.join(path)).and_then(|file| file.modified()).ok();
    if written("node_modules/.package-lock.json") >= written("package-lock.json") {
        return Ok(());
    }
    let status =
        Command::new("npm").arg("ci").current_dir(&folder).status().context("npm is not installed")?;
    ensure!(status.success(), "npm ci failed in tests/e2e");
    Ok(())
}
