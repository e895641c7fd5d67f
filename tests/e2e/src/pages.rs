//! The pictures on the pages of `docs/`: made by the tour, never by hand.

use std::fs;

use anyhow::{Result, bail};

use crate::{paths, screen::Screen};

/// Bytes. A page with a few of them opens at once.
const LARGEST: u64 = 150_000;
/// A picture of a window needs few colours; photographs on it look well with these.
const COLOURS: [&str; 4] = ["256", "128", "64", "32"];

/// Takes a picture of the screen for the pages and keeps it small.
///
/// # Errors
/// When it cannot be taken, or stays too large.
pub fn picture(screen: &Screen, name: &str) -> Result<()> {
    let taken = screen.home.path().join("page.png");
    screen.picture(&taken)?;
    let folder = paths::root().join("docs/images");
    fs::create_dir_all(&folder)?;
    let kept = folder.join(format!("{name}.png"));
    for colours in COLOURS {
        let (from, to) = (taken.to_string_lossy(), format!("PNG8:{}", kept.display()));
        screen.run(
            "convert",
            &[
                &from,
                "-dither",
                "None",
                "-colors",
                colours,
                "-strip",
                "-define",
                "png:compression-level=9",
                &to,
            ],
        )?;
        if fs::metadata(&kept)?.len() < LARGEST {
            return Ok(());
        }
    }
    bail!("{} is too large for a page", kept.display())
}
