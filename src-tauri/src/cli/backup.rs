//! `backup` and `restore`: copies of the desk's database, and what became of a damaged one.

use std::{path::Path, sync::Arc};

use clap::Args;
use desk::{Clock, Desk, Folder};

use super::{Done, Refusal, print};

#[derive(Args)]
pub struct Backup {
    /// List the good backups, newest first
    #[arg(long)]
    list: bool,
}

impl Backup {
    /// The list is read without opening the desk: it may be wanted because that does not go.
    pub fn run(&self, folder: &Path, open: impl Fn() -> Result<Arc<Desk>, Refusal>) -> Done {
        if self.list { print(&desk::backups(&Folder::at(folder))?) } else { print(&open()?.back_up()?) }
    }
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Restore {
    /// A name that backup --list gives, or a file
    backup: Option<String>,
    /// Say what came from where when a damaged database was put right last
    #[arg(long)]
    report: bool,
}

impl Restore {
    pub fn run(&self, folder: &Path) -> Done {
        match &self.backup {
            Some(backup) => print(&desk::restore(folder, backup, &Clock::system())?),
            None => match desk::last_report(&Folder::at(folder))? {
                Some(report) => print(&report),
                None => Err(Refusal::new("no damaged database was put right on this desk")),
            },
        }
    }
}
