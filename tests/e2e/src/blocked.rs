//! How long a window can hear no key while something is done in it.
//!
//! Nothing is looked for by role and name here: that reads the whole page, and would be measured with it.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::desk::Desk;

/// In milliseconds.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Blocked {
    /// Script at a stretch: ours, with what layout it asks for.
    pub script: f64,
    /// With the style, layout and paint of the web view that follow it.
    pub whole: f64,
    /// Script and whole of every stretch of more than fifty.
    pub gaps: Vec<(f64, f64)>,
}

/// What a person does with an article, in this order; each is watched by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Open,
    Type,
    TypeAtTheEnd,
    ShowAsHeard,
    TypeBesideTheHeard,
    LookForMisspelt,
    ShowAsPage,
    Leave,
}

pub const ACTS: [Act; 8] = [
    Act::Open,
    Act::Type,
    Act::TypeAtTheEnd,
    Act::ShowAsHeard,
    Act::TypeBesideTheHeard,
    Act::LookForMisspelt,
    Act::ShowAsPage,
    Act::Leave,
];

/// Does it in the article of this headline, or leaves it for another, and returns how long the window was blocked.
///
/// # Errors
/// When it is not done, or the window says nothing.
pub async fn during(desk: &Desk, act: Act, headline: &str, another: &str) -> Result<Blocked> {
    desk.run(include_str!("blocked.js"), Vec::new()).await?;
    match act {
        Act::Open => opens(desk, headline).await?,
        Act::Type | Act::TypeBesideTheHeard => types(desk, "chu ").await?,
        Act::TypeAtTheEnd => {
            desk.goes_to(Key::End).await?;
            types(desk, "het").await?;
        }
        Act::ShowAsHeard => clicks(desk, ".ways button:nth-child(3)", "").await?,
        Act::LookForMisspelt => {
            desk.goes_to(Key::Home).await?;
            desk.key(Key::F7).await?;
        }
        Act::ShowAsPage => clicks(desk, ".ways button:nth-child(2)", "").await?,
        Act::Leave => opens(desk, another).await?,
    }
    settled(desk).await?;
    let seen = desk.run("window.__blocked.stop(); return window.__blocked.seen", Vec::new()).await?;
    serde_json::from_value(seen).context("what was seen")
}

async fn opens(desk: &Desk, headline: &str) -> Result<()> {
    clicks(desk, "button", headline).await?;
    let open =
        format!("return document.querySelector('[data-field=\"headline\"]')?.value === {}", json!(headline));
    desk.until("the article to be open", &open).await.map(drop)
}

async fn types(desk: &Desk, words: &str) -> Result<()> {
    desk.run("document.querySelector('.cm-content').focus(); return 0", Vec::new()).await?;
    for letter in words.chars() {
        desk.types(&letter.to_string()).await?;
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    Ok(())
}

/// Clicks the first element of this kind that holds the words.
async fn clicks(desk: &Desk, kind: &str, words: &str) -> Result<()> {
    let script = "const found = [...document.querySelectorAll(arguments[0])].find((one) => one.textContent.includes(arguments[1]));
        found?.click(); return found !== undefined";
    let done = desk.run(script, vec![json!(kind), json!(words)]).await?;
    anyhow::ensure!(done == Value::Bool(true), "there is no {kind} with “{words}”");
    Ok(())
}

/// Waits until what was done has come to an end: a second and a half without a stretch of work.
async fn settled(desk: &Desk) -> Result<()> {
    for _ in 0..120 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let still = desk.run("return performance.now() - window.__blocked.worked()", Vec::new()).await?;
        if still.as_f64().context("a time")? > 1500.0 {
            return Ok(());
        }
    }
    anyhow::bail!("the window works without end")
}
