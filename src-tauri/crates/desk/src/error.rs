//! Why the desk could not do what was asked. Nothing was stored and nothing was lost.

use std::path::PathBuf;

use domain::{
    checks::Finding,
    live::{ActRefused, NotMinor},
    stage::StepRefused,
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the folder {path} cannot be used ({error}); make it writable, or give another one", path = .path.display())]
    Folder { path: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Page(#[from] intake::page::Error),
    #[error(transparent)]
    Paste(#[from] intake::paste::Error),
    #[error("the desk is open in a window or in another process; close it there and try again")]
    DeskInUse,
    #[error("there is no backup “{0}”; see toasoan backup --list")]
    NoBackup(String),
    /// In SQLite's words.
    #[error(
        "the desk's database cannot be read at all ({0}) and there is no backup; nothing was changed: put a copy of desk.sqlite back, or give another folder"
    )]
    NothingToRestore(String),
    #[error("{path} cannot be read: {error}", path = .path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{path} cannot be written: {error}", path = .path.display())]
    NotWritten { path: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Bundle(#[from] crate::bundle::Refused),
    #[error(transparent)]
    Log(#[from] crate::publication_log::Refused),
    #[error("{} is a folder; give a file", .0.display())]
    NotAFile(PathBuf),
    #[error(transparent)]
    Picture(#[from] media::picture::Refused),
    #[error(transparent)]
    Vault(#[from] media::vault::Error),
    #[error(transparent)]
    Rendition(#[from] media::rendition::Error),
    #[error(transparent)]
    Watch(#[from] intake::folder::Error),
    #[error("{0}")]
    Step(#[from] StepRefused),
    /// The checks that stop it, at least one.
    #[error("{} must be put right first: {}", count(.0), list(.0))]
    ChecksBlock(Vec<Finding>),
    #[error("the article as it stands is not approved; submit it and approve it first")]
    NotApproved,
    /// An earlier decision for this edition is still on its way.
    #[error(
        "an earlier publication of this article to “{portal}” is not settled ({state}); wait for it, or cancel it in the outbox"
    )]
    UnfinishedJob { portal: String, state: String },
    /// The edition stands where this act leads nowhere.
    #[error("{0}; look at how it stands under Live")]
    Act(#[from] ActRefused),
    #[error("this article was killed, with every edition of it; write a new article")]
    Killed,
    #[error("say why; the reason is kept with the decision")]
    ReasonMissing,
    #[error("say who asked for it; it is kept with the decision")]
    AskedByMissing,
    #[error("only an editor may do this")]
    MayNot,
    #[error(
        "this article is live already: say whether the change is a minor fix, an update or a correction (--as minor-fix, update or correct)"
    )]
    ChangeNotNamed,
    /// Why not, at least one reason.
    #[error("this is more than a minor fix ({}); publish it as an update or a correction", reasons(.0))]
    NotMinor(Vec<NotMinor>),
    #[error("a correction tells readers what was wrong: give the notice")]
    NoticeMissing,
    #[error("the notice of a correction has at most {most} characters, this one has {has}; shorten it")]
    NoticeLong { has: usize, most: usize },
    #[error("there is no portal “{0}”; add it with: toasoan portal add {0}")]
    NoPortal(String),
    #[error("“{0}” cannot be the name of a portal; use letters, digits, - and _")]
    PortalName(String),
    #[error("{0}")]
    PortalAddress(portal::Fault),
    #[error("“{name}” is the portal at {url} already; give this one another name")]
    PortalElsewhere { name: String, url: String },
    /// The portal, or what stands in its place, said no.
    #[error("{0}")]
    Portal(#[from] portal::Fault),
    #[error("the password of “{0}” is not known on this machine; give it again")]
    PortalPassword(String),
    #[error("this portal has no page of its own to let an application in; paste an application password")]
    NoAuthorizePage,
    #[error("“{field}” cannot be {given}: {why}")]
    Field { field: String, given: String, why: &'static str },
    #[error("this cannot be a template: {0}")]
    Template(#[from] domain::template::Refused),
    #[error("there is a template “{0}” already; replace it (--replace), or give this one another name")]
    TemplateExists(String),
    #[error("there is no template “{0}”; see toasoan template list")]
    NoTemplate(String),
    #[error("no templates can be read from this file: {0}")]
    TemplateFile(String),
    #[error("this job is {state} and cannot be {wish}")]
    Job { state: String, wish: &'static str },
}

fn count(findings: &[Finding]) -> String {
    if findings.len() == 1 { "one thing".into() } else { format!("{} things", findings.len()) }
}

/// Names the checks as they are named everywhere, each once.
fn list(findings: &[Finding]) -> String {
    let name = |finding: &Finding| {
        serde_json::to_value(finding.check).ok()?.as_str().map(|name| name.replace('_', " "))
    };
    let mut names: Vec<String> = findings.iter().filter_map(name).collect();
    names.dedup();
    names.join(", ")
}

/// Names why it is no minor fix, each reason once.
fn reasons(reasons: &[NotMinor]) -> String {
    let name = |reason: &NotMinor| match reason {
        NotMinor::TooMuch => "too many words",
        NotMinor::Number => "a number",
        NotMinor::Name => "a name",
        NotMinor::Quotation => "a quotation",
        NotMinor::Credit => "a credit",
        NotMinor::Picture => "a picture",
        NotMinor::Facts => "source, byline, date, language or category",
    };
    reasons.iter().map(name).collect::<Vec<_>>().join(", ")
}
