//! How long a window can hear no key while something is done in it.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

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

/// Watches the window while something is done, until it has been still for a while.
///
/// # Errors
/// When it is not done, or the window says nothing.
pub async fn during(desk: &Desk, does: impl AsyncFnOnce(&Desk) -> Result<()>) -> Result<Blocked> {
    desk.run(include_str!("blocked.js"), Vec::new()).await?;
    does(desk).await?;
    settled(desk).await?;
    let seen = desk.run("window.__blocked.stop(); return window.__blocked.seen", Vec::new()).await?;
    serde_json::from_value(seen).context("what was seen")
}

/// Waits until what a person did has come to an end: a second without a stretch of work.
async fn settled(desk: &Desk) -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let still = desk.run("return performance.now() - window.__blocked.worked()", Vec::new()).await?;
        if still.as_f64().context("a time")? > 1000.0 {
            return Ok(());
        }
    }
}
