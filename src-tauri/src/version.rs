//! Which program this is, in one line: for `--version`, and for whoever asks what somebody runs.

use std::sync::LazyLock;

/// Returns number, commit and SQLite's version: `0.1.0 (1f2e3d4c5b6a) SQLite 3.53.2`.
pub fn line() -> &'static str {
    static LINE: LazyLock<String> = LazyLock::new(|| {
        format!("{} ({}) SQLite {}", version::NUMBER, version::COMMIT, store::sqlite_version())
    });
    &LINE
}
