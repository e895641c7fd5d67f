//! `export`: an article as a bundle, to be carried to another desk, or as ninjs for other programs.

use std::path::PathBuf;

use clap::Args;
use desk::{Desk, bundle::Existing};
use domain::ids::ArticleId;
use serde::Serialize;

use super::{Done, print};

#[derive(Args)]
pub struct Export {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// The file to write, by custom *.toasoan; one that is there already is left alone
    file: PathBuf,
    /// Write it as ninjs 3.1, for other programs; its pictures are named and not in it
    #[arg(long)]
    ninjs: bool,
}

/// The answer of `export`.
#[derive(Serialize)]
struct Written {
    file: String,
    /// Bytes.
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pictures: Option<usize>,
}

impl Export {
    pub fn run(&self, desk: &Desk) -> Done {
        let file = self.file.display().to_string();
        if self.ninjs {
            let size = desk.export_ninjs(self.id, &self.file, Existing::Keep)?;
            return print(&Written { file, size, pictures: None });
        }
        let exported = desk.export_bundle(self.id, &self.file, Existing::Keep)?;
        print(&Written { file, size: exported.size, pictures: Some(exported.pictures) })
    }
}
