//! `export`: an article as a bundle, to be carried to another desk.

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
}

/// The answer of `export`.
#[derive(Serialize)]
struct Written {
    file: String,
    /// Bytes.
    size: u64,
    pictures: usize,
}

impl Export {
    pub fn run(&self, desk: &Desk) -> Done {
        let exported = desk.export_bundle(self.id, &self.file, Existing::Keep)?;
        let file = self.file.display().to_string();
        print(&Written { file, size: exported.size, pictures: exported.pictures })
    }
}
