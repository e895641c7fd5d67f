//! Drives the real app in its real web view, as a person does: a screen, a web driver, eyes and hands.
//!
//! What is on the page is found by role and accessible name, asked for in one script call at a time, because
//! elements go stale while the window redraws. There is no back door: no command is called directly.

pub mod blocked;
pub mod desk;
pub mod eyes;
pub mod hands;
pub mod hostile;
pub mod ibus;
pub mod job;
pub mod keyboard;
pub mod killing;
pub mod pages;
pub mod paths;
pub mod portals;
pub mod process;
pub mod screen;
pub mod spot;
pub mod story;
pub mod vietnamese;
pub mod words;

pub use anyhow::{Context, Result, bail, ensure};
pub use desk::{Desk, Opens};
pub use spot::Spot;
pub use story::{Told, long_story, story};
