//! `log`: the publication log, written into a file and looked through.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use desk::{
    Desk,
    bundle::Existing,
    publication_log::{LogShape, Refused},
};
use domain::{ids::Hash, publication_log::Head};
use serde::Serialize;

use super::{Done, Refusal, print};

#[derive(Subcommand)]
pub enum Word {
    /// Write the whole log into a file: a table (.csv), or the entries as they are kept, for whoever checks them (.jsonl)
    Export(Export),
    /// Look through the log, or through a .jsonl file that was exported before, for what is not as it was written
    Verify(Verify),
}

#[derive(Args)]
pub struct Export {
    /// The file to write; one that is there already is left alone
    file: PathBuf,
}

#[derive(Args)]
pub struct Verify {
    /// The file; without it the desk's own log
    file: Option<PathBuf>,
}

/// The answer of both: how far the log goes.
#[derive(Serialize)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    entries: u32,
    /// Of the last entry.
    hash: Hash,
}

impl Word {
    pub fn run(self, desk: &Desk) -> Done {
        match self {
            Self::Export(Export { file }) => {
                let shape = LogShape::of(&file).ok_or(Refused::Shape)?;
                let head = desk.export_log(&file, shape, Existing::Keep)?;
                said(head, Some(&file))
            }
            Self::Verify(Verify { file: Some(file) }) => said(desk.check_log_file(&file)?, Some(&file)),
            Self::Verify(Verify { file: None }) => {
                let checked = desk.check_log()?;
                match checked.broken {
                    None => said(Head { entries: checked.entries, hash: checked.hash }, None),
                    Some(broken) => Err(Refusal::from(Refused::Broken(broken))),
                }
            }
        }
    }
}

fn said(Head { entries, hash }: Head, file: Option<&PathBuf>) -> Done {
    print(&Said { file: file.map(|file| file.display().to_string()), entries, hash })
}
