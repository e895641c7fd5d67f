//! The shell: the window with its three-line commands, and the command line. Everything worth testing is in `desk`.

mod authorize;
mod cli;
mod clipboard;
mod commands;
mod drops;
mod failure;
mod home;
mod keyring;
mod log;
mod menu;
mod newsroom;
mod opened;
mod page_window;
mod photos;
mod report;
mod version;
mod window;

use std::process::ExitCode;

/// Runs what the command line asks for.
#[must_use]
pub fn run() -> ExitCode {
    cli::run()
}
