//! `template`: what new articles begin with, listed, and handed to other newsrooms in a file.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use desk::{Desk, ExistingTemplates, window::TemplateShown};
use serde::Serialize;

use super::{Done, print, print_line};

#[derive(Subcommand)]
pub enum Word {
    /// List the templates
    List,
    /// Write templates for other newsrooms, as JSON on stdout
    Export(Export),
    /// Keep the templates of a file that another newsroom exported
    Import(Import),
}

#[derive(Args)]
pub struct Export {
    /// The templates' names; without one, all
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

#[derive(Args)]
pub struct Import {
    /// The file
    file: PathBuf,
    /// Replace templates of the same names
    #[arg(long)]
    replace: bool,
}

/// A line of `template list`.
#[derive(Serialize)]
struct Listed {
    name: String,
    language: String,
    headline: String,
    /// Places that wait for words.
    places: u32,
    /// Pictures it wants.
    pictures: u32,
}

impl Word {
    pub fn run(self, desk: &Desk) -> Done {
        match self {
            Self::List => list(desk.templates()?),
            Self::Export(export) => print_line(desk.export_templates(&export.names)?),
            Self::Import(import) => {
                let existing =
                    if import.replace { ExistingTemplates::Replace } else { ExistingTemplates::Keep };
                list(desk.import_templates_file(&import.file, existing)?)
            }
        }
    }
}

fn list(templates: Vec<TemplateShown>) -> Done {
    let listed: Vec<Listed> = templates.into_iter().map(Listed::from).collect();
    print(&listed)
}

impl From<TemplateShown> for Listed {
    fn from(TemplateShown { name, language, headline, places, pictures, .. }: TemplateShown) -> Self {
        Self { name, language, headline, places, pictures }
    }
}
