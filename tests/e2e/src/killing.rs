//! The window killed while somebody types: how much of the typing is missing, and where the caret is at the next start.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{Desk, Opens, spot};

/// What one kill cost.
#[derive(Debug, Clone, Copy)]
pub struct Loss {
    /// From the first key that is missing to the kill; nothing where all keys are there.
    pub missing: Duration,
    /// Whether the next start has the caret right behind the last letter that is there.
    pub caret_in_place: bool,
}

/// Between two keys: a quick writer, as elsewhere.
const PACE: Duration = Duration::from_millis(60);

/// Kills the window so many times while numbered words are typed at the end of a text, each time after another while.
///
/// # Errors
/// When something else is missing than the last words, or the window does not come up again.
pub async fn kills(opens: Opens, times: u32) -> Result<Vec<Loss>> {
    let mut desk = Desk::open(opens).await?;
    desk.press("Start writing").await?;
    desk.press(spot::textbox("Body")).await?;
    let mut losses = Vec::new();
    let mut text = String::new();
    for number in 0..times {
        let keys = words(number);
        let pressed = types_until_killed(
            &mut desk,
            &keys,
            Duration::from_millis(400 + u64::from(number * 617 % 1900)),
        )?;
        let kept = body(&desk)?;
        let typed: String = keys.iter().take(pressed.len()).collect();
        let new =
            kept.strip_prefix(&text).with_context(|| format!("{text:?} was there before, now {kept:?}"))?;
        ensure!(typed.starts_with(new), "kill {number}: {typed:?} was typed, {new:?} is there");
        let killed = *pressed.last().context("the kill is noted")?;
        let first_missing = pressed.get(new.chars().count()).copied().unwrap_or(killed);
        let missing = killed.saturating_duration_since(first_missing);

        desk.open_window().await?;
        desk.sees_that(spot::textbox("Body"), "with the caret", |seen| seen.focused).await?;
        desk.keyboard()?.strikes(&["Return"])?;
        text = format!("{kept}\n");
        let caret_in_place = is_kept(&desk, &text).await?;
        ensure!(caret_in_place || !kept.is_empty(), "kill {number}: nothing is there");
        if !caret_in_place {
            text = begins_anew(&desk).await?;
        }
        losses.push(Loss { missing, caret_in_place });
    }
    Ok(losses)
}

/// Returns more keys than anybody types before the kill.
fn words(number: u32) -> Vec<char> {
    let words: Vec<String> = (0..60).map(|word| format!("{number}-{word} ")).collect();
    words.concat().chars().collect()
}

/// Types at an even pace and kills the app after a while. Returns when each key went down, and at last the kill.
fn types_until_killed(desk: &mut Desk, keys: &[char], after: Duration) -> Result<Vec<Instant>> {
    let mut keyboard = desk.keyboard()?;
    keyboard.pause = Duration::ZERO;
    let began = Instant::now();
    let mut pressed = Vec::new();
    for key in keys {
        if began.elapsed() >= after {
            break;
        }
        pressed.push(Instant::now());
        keyboard.writes(&key.to_string())?;
        thread::sleep(PACE);
    }
    pressed.push(Instant::now());
    desk.kill()?;
    Ok(pressed)
}

fn body(desk: &Desk) -> Result<String> {
    Ok(desk.database()?.query_row("SELECT body FROM articles", [], |row| row.get(0))?)
}

async fn is_kept(desk: &Desk, wanted: &str) -> Result<bool> {
    for _ in 0..100 {
        if body(desk)? == wanted {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(false)
}

/// Goes to the end, so that one caret out of place is counted once.
async fn begins_anew(desk: &Desk) -> Result<String> {
    desk.keyboard()?.strikes(&["Ctrl+End", "Return"])?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    body(desk)
}
