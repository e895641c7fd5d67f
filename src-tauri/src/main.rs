//! The one binary: with a word it is the command line, without one the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    toasoan_lib::run()
}
