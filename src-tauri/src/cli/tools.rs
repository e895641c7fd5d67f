//! Words that need no desk: render, photo, credit.

use std::{
    fs::File,
    io::{self, BufRead as _, Read as _},
    path::{Path, PathBuf},
};

use clap::Args;
use domain::{
    credit, markdown,
    picture::{Difference, PictureKind, PictureWords},
};
use media::{metadata, picture};
use serde::Serialize;

use super::{Done, Refusal, print, print_line};

/// Larger than any article.
const LARGEST_TEXT: usize = 8 << 20;

#[derive(Args)]
pub struct Render {
    /// A Markdown file; - is stdin
    file: PathBuf,
}

impl Render {
    pub fn run(&self) -> Done {
        let bytes = if self.file.as_os_str() == "-" {
            read_to_end(io::stdin(), LARGEST_TEXT)?
        } else {
            read(&self.file, LARGEST_TEXT)?
        };
        let body = String::from_utf8(bytes)
            .map_err(|_| Refusal::new("this is not text in UTF-8; save it as UTF-8 and try again"))?;
        print_line(markdown::html(&domain::article::normalised(&body)).trim_end())
    }
}

fn read(file: &Path, at_most: usize) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: io::Error| Refusal::new(format!("{} cannot be read: {error}", file.display()));
    let opened = File::open(file).map_err(unreadable)?;
    if opened.metadata().map_err(unreadable)?.is_dir() {
        return Err(Refusal::new(format!("{} is a folder; give a file", file.display())));
    }
    read_to_end(opened, at_most)
}

fn read_to_end(from: impl io::Read, at_most: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    from.take(u64::try_from(at_most).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > at_most {
        return Err(Refusal::new(format!("the file is too large; {} MB can be read", at_most >> 20)));
    }
    Ok(bytes)
}

#[derive(Args)]
pub struct Photo {
    /// JPEG, PNG or WebP files
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// A line of `photo`.
#[derive(Serialize)]
struct Read<'a> {
    file: String,
    kind: PictureKind,
    width: u32,
    height: u32,
    orientation: u8,
    #[serde(flatten)]
    words: PictureWords,
    differences: &'a [Difference],
}

impl Photo {
    /// Every picture that can be read is; those that cannot are named together.
    pub fn run(&self) -> Done {
        let refused: Vec<String> =
            self.files.iter().filter_map(|file| one(file).err()).map(|Refusal(why)| why).collect();
        if refused.is_empty() { Ok(()) } else { Err(Refusal::new(refused.join("; "))) }
    }
}

fn one(file: &Path) -> Done {
    let bytes = read(file, picture::LARGEST_FILE)?;
    let inspected =
        picture::inspect(&bytes).map_err(|why| Refusal::new(format!("{}: {why}", file.display())))?;
    let found = metadata::read(&bytes);
    print(&Read {
        file: file.display().to_string(),
        kind: inspected.kind,
        width: inspected.width,
        height: inspected.height,
        orientation: inspected.orientation,
        words: found.words,
        differences: &found.differences,
    })
}

#[derive(Args)]
pub struct Credit {
    /// Language of the captions, BCP 47; the labels of every language are understood in each
    #[arg(long, default_value = "vi")]
    lang: String,
}

/// A line of `credit`.
#[derive(Serialize)]
struct Split {
    caption: String,
    credit: String,
}

impl Credit {
    pub fn run(&self) -> Done {
        if self.lang.trim().is_empty() {
            return Err(Refusal::new("the language is missing; write it like --lang vi"));
        }
        for line in io::stdin().lock().lines() {
            let split = credit::split(&line?);
            print(&Split { caption: split.caption, credit: split.credit_line })?;
        }
        Ok(())
    }
}
