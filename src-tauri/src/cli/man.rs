//! `man-pages`: the manual as the definition of the command line says it. Hidden: it is for whoever makes a package.

use std::{fs, path::PathBuf};

use clap::{Args, CommandFactory as _};

use super::{CommandLine, Done, Refusal};

#[derive(Args)]
pub struct ManPages {
    /// Where the pages go
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ManPages {
    /// Writes `toasoan.1`, and a page for every word. The commit would make each commit's pages other pages.
    pub fn run(self) -> Done {
        let cannot = |error| Refusal::new(format!("{} cannot be written: {error}", self.folder.display()));
        fs::create_dir_all(&self.folder).map_err(cannot)?;
        let command = CommandLine::command().version(version::NUMBER);
        clap_mangen::generate_to(command, &self.folder).map_err(cannot)
    }
}
