//! A disk that loses its power or refuses, under the real program: every change a program makes to the files below a
//! folder is noted, and what the disk holds after a cut is made from the notes; or its changes are made to fail.

mod log;
mod replay;
mod shim;
mod work;

pub use log::{Change, read};
pub use replay::{Cut, Disk};
pub use shim::Shim;
pub use work::{Line, number_of, text};
