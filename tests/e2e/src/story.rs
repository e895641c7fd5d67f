//! A test is a story about a desk: it ends in time, and leaves a picture when it goes wrong.

use std::{
    fmt,
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

use anyhow::{Result, anyhow};

use crate::{
    desk::{Desk, Opens},
    screen,
};

/// No story is longer; one that is hangs.
const END: Duration = Duration::from_secs(120);
/// So many windows at once.
const AT_ONCE: usize = 2;

/// How a test ends.
pub type Told = Result<(), Failed>;

/// What went wrong, in words, without the stack of calls that led there.
pub struct Failed(String);

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(format!("{:#}", error.into()))
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Opens the desk and tells the story.
///
/// # Errors
/// What went wrong in it. A picture of the screen then lies in `target/e2e`.
pub fn story(opens: Opens, tell: impl AsyncFnOnce(&mut Desk) -> Result<()>) -> Told {
    story_until(END, opens, tell)
}

/// Tells a story of thousands of keys, which takes longer than others on a busy machine.
///
/// # Errors
/// As `story`.
pub fn long_story(opens: Opens, tell: impl AsyncFnOnce(&mut Desk) -> Result<()>) -> Told {
    story_until(END * 4, opens, tell)
}

fn story_until(end: Duration, opens: Opens, tell: impl AsyncFnOnce(&mut Desk) -> Result<()>) -> Told {
    let _seat = Seat::take();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut desk = Camera(Desk::open(opens).await?);
        let told = tokio::time::timeout(end, tell(&mut desk.0)).await;
        let told = told.unwrap_or_else(|_| Err(anyhow!("the story has no end")));
        told.inspect_err(|_| desk.shoot()).map_err(|error| Failed(format!("{error:#}\n{}", desk.0.said())))
    })
}

/// Takes a picture when the story ends in a panic.
struct Camera(Desk);

impl Camera {
    fn shoot(&self) {
        let _ = self.0.screen.picture(&picture()); // the story's own failure is the one to tell
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        if thread::panicking() {
            self.shoot();
        }
    }
}

fn picture() -> PathBuf {
    let name = thread::current().name().unwrap_or("story").replace("::", "-");
    screen::pictures().join(format!("{name}.png"))
}

static TAKEN: Mutex<usize> = Mutex::new(0);
static LEFT: Condvar = Condvar::new();

struct Seat;

impl Seat {
    fn take() -> Self {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken =
            LEFT.wait_while(taken, |taken| *taken >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Self
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        LEFT.notify_one();
    }
}
