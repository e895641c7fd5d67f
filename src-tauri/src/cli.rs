//! The command line: the same desk without a window. JSON on stdout, one sentence on stderr; exit 1 when it is refused
//! or failed, 2 when it was asked wrongly. `docs/cli.md` says it for people.

mod answers;
mod article;
mod backup;
mod bundle;
mod man;
mod portal;
mod publication_log;
mod publish;
mod report;
mod template;
mod tools;

use std::{
    fmt::Display,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, Subcommand, error::ErrorKind};
use desk::Desk;
use serde::Serialize;

use crate::{home, log, newsroom, version, window};

const REFUSED: u8 = 1;
const WRONG_USAGE: u8 = 2;

/// Tòa Soạn: a newsroom's desk. Without a word it opens the window, on FILE where one is given.
#[derive(Parser)]
#[command(name = "toasoan", version = version::line(), disable_help_subcommand = true)]
struct CommandLine {
    /// The desk's folder [default: $TOASOAN_DESK, else toasoan among your data]
    #[arg(long, value_name = "DIR", global = true)]
    desk: Option<PathBuf>,
    /// Fill an empty desk with the sample newsroom before the window opens
    #[arg(long)]
    sample: bool,
    /// Open this file in the window: a page or an exported article, taken in as a draft
    file: Option<PathBuf>,
    #[command(subcommand)]
    word: Option<Word>,
}

#[derive(Subcommand)]
enum Word {
    /// Take in a source paper's page (text or saved HTML), or an exported article, as a draft
    Import(article::Import),
    /// Write an article, with its pictures and its source page, into one file for another desk
    Export(bundle::Export),
    /// List the articles, newest first
    List,
    /// Show all fields of an article
    Show(article::Asked),
    /// Set fields of an article: FIELD=VALUE…
    Set(article::Set),
    /// Attach a picture to an article
    Attach(article::Attach),
    /// List what is not right with an article yet
    Check(article::Asked),
    /// Submit an article for review
    Submit(article::Asked),
    /// Approve an article as it stands
    Approve(article::Asked),
    /// Publish the approved article to a portal, and wait for the portal's answer
    Publish(publish::Publish),
    /// Render a Markdown file as the HTML body of a page
    Render(tools::Render),
    /// Read what pictures say of themselves
    Photo(tools::Photo),
    /// Split captions (one a line on stdin) into caption and credit
    Credit(tools::Credit),
    /// Where articles can go
    #[command(subcommand)]
    Portal(portal::Word),
    /// What new articles begin with
    #[command(subcommand)]
    Template(template::Word),
    /// The publication log: who made what public, which bytes, when, and what the portal answered
    #[command(subcommand)]
    Log(publication_log::Word),
    /// Make a backup of the desk's database, or list those there are
    Backup(backup::Backup),
    /// Put a backup in the place of the desk's database, which is kept aside
    Restore(backup::Restore),
    /// Report a problem: versions, counts and the log; no word of an article, no name, no password
    Report(report::Report),
    /// Write the manual's pages
    #[command(hide = true)]
    ManPages(man::ManPages),
}

/// A failed word: one sentence. What is to be said on stdout all the same was said already.
pub(crate) struct Refusal(String);

impl<E: std::error::Error> From<E> for Refusal {
    fn from(error: E) -> Self {
        tracing::warn!(kind = desk::kind(&error), %error, "a word was refused");
        Self(error.to_string())
    }
}

impl Refusal {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

type Done = Result<(), Refusal>;

/// Runs what the command line says.
pub fn run() -> ExitCode {
    match CommandLine::try_parse() {
        Ok(line) => obey(line),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.print().ok(); // a closed pipe is no failure of ours
            ExitCode::SUCCESS
        }
        Err(error) => wrong_usage(&error),
    }
}

fn obey(line: CommandLine) -> ExitCode {
    let folder = line.desk.unwrap_or_else(home::desk);
    let Some(word) = line.word else {
        return show(&folder, line.sample, line.file.as_deref());
    };
    if line.file.is_some() {
        return wrong("a file is opened without a word, or taken in with: import FILE");
    }
    match word.run(&folder, || open(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal(why)) => refuse(&why),
    }
}

/// Whatever is no word is a file: where there is none either, it was a word misspelt.
fn show(folder: &Path, sample: bool, file: Option<&Path>) -> ExitCode {
    match file {
        Some(file) if !file.exists() => {
            wrong(&format!("there is neither a word nor a file named {}", file.display()))
        }
        Some(file) if file.is_dir() => refuse(&format!("{} is a folder; give a file", file.display())),
        _ => window::exit(window::show(folder, sample, file)),
    }
}

fn open(folder: &Path) -> Result<Arc<Desk>, Refusal> {
    let desk = newsroom::open(folder)?;
    log::begin(desk.folder(), false); // its one sentence on stderr is said by the word itself
    if let Some(recovered) = desk.recovered() {
        tell(&recovered.in_words());
    }
    Ok(desk)
}

impl Word {
    /// `open` opens the desk: words that need none never make a folder.
    fn run(self, folder: &Path, open: impl Fn() -> Result<Arc<Desk>, Refusal>) -> Done {
        match self {
            Self::Import(import) => import.run(&*open()?),
            Self::Export(export) => export.run(&*open()?),
            Self::List => article::list(&*open()?),
            Self::Show(asked) => asked.show(&*open()?),
            Self::Set(set) => set.run(&*open()?),
            Self::Attach(attach) => attach.run(&*open()?),
            Self::Check(asked) => asked.check(&*open()?),
            Self::Submit(asked) => asked.submit(&*open()?),
            Self::Approve(asked) => asked.approve(&*open()?),
            Self::Publish(publish) => publish.run(&open()?),
            Self::Render(render) => render.run(),
            Self::Photo(photo) => photo.run(),
            Self::Credit(credit) => credit.run(),
            Self::Portal(word) => word.run(open),
            Self::Template(word) => word.run(&*open()?),
            Self::Log(word) => word.run(&*open()?),
            Self::Backup(backup) => backup.run(folder, open),
            Self::Restore(restore) => restore.run(folder),
            Self::Report(report) => report.run(folder),
            Self::ManPages(pages) => pages.run(),
        }
    }
}

/// Says why not, on stderr, in one sentence.
pub fn refuse(why: &str) -> ExitCode {
    tell(why);
    ExitCode::from(REFUSED)
}

#[expect(clippy::print_stderr, reason = "the command line speaks there")]
fn tell(sentence: &str) {
    eprintln!("toasoan: {}", sentence.replace('\n', " "));
}

/// Clap's first line says what is wrong; the usage is one `--help` away.
fn wrong_usage(error: &clap::Error) -> ExitCode {
    let words = error.to_string();
    let lines: Vec<&str> =
        words.lines().take_while(|line| !line.starts_with("Usage") && !line.contains("tip:")).collect();
    let sentence = lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    wrong(sentence.trim_start_matches("error: "))
}

#[expect(clippy::print_stderr, reason = "the command line speaks there")]
fn wrong(sentence: &str) -> ExitCode {
    eprintln!("toasoan: {} (see toasoan --help)", sentence.replace('\n', " "));
    ExitCode::from(WRONG_USAGE)
}

/// Prints one line of JSON.
fn print(answer: &impl Serialize) -> Done {
    print_line(serde_json::to_string(answer)?)
}

fn print_line(line: impl Display) -> Done {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
