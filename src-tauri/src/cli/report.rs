//! `report`: versions, counts and the log, for whoever is to mend something. No word of an article, no name, no password.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{Done, Refusal, print, print_line};
use crate::report;

#[derive(Args)]
pub struct Report {
    /// Write it to this file [default: print it]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct Written {
    file: String,
}

impl Report {
    /// A desk that cannot be opened is reported on too; one that is not there is not made.
    pub fn run(&self, folder: &Path) -> Done {
        let text = report::of(folder);
        let Some(file) = &self.out else { return print_line(text.trim_end()) };
        let unwritable = |error| {
            Refusal::new(format!("{} cannot be written ({error}); give another file", file.display()))
        };
        fs::write(file, text).map_err(unwritable)?;
        print(&Written { file: file.display().to_string() })
    }
}
