//! Where things lie in the repository.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Returns the root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the crate lies in tests/e2e")
}

/// Returns a file of `tests/fixtures`.
#[must_use]
pub fn fixture(path: &str) -> PathBuf {
    root().join("tests/fixtures").join(path)
}

/// Returns where Cargo builds to.
#[must_use]
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns the app to drive: `$TOASOAN_BIN`, else the debug build.
#[must_use]
pub fn app() -> PathBuf {
    env::var_os("TOASOAN_BIN").map_or_else(|| target().join("debug/toasoan"), PathBuf::from)
}

/// Returns a program as it is shipped.
#[must_use]
pub fn release(program: &str) -> PathBuf {
    target().join("release").join(program)
}

/// Returns the three photographs of the seed article, in the order of its placements.
#[must_use]
pub fn seed_photos() -> [PathBuf; 3] {
    ["lead", "ambassador", "hospital"].map(|name| fixture(&format!("photos/seed/{name}.jpg")))
}
