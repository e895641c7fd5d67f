//! Which Tòa Soạn this is. A crate of its own, so that a commit is looked up anew without building the window's pages.

/// The number everything carries: the manifest of the workspace has it.
pub const NUMBER: &str = env!("CARGO_PKG_VERSION");

/// The commit it was built from, twelve hex digits, and `, changed` where the sources were not quite that commit;
/// `unknown` where nobody could say.
pub const COMMIT: &str = env!("TOASOAN_BUILT_FROM");
