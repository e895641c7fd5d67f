//! What the window is told when a command fails: a code to translate, a detail to log.

use desk::{Error, bundle};
use domain::checks::Finding;
use intake::page;
use media::picture::Refused;
use portal::Fault;
use serde::Serialize;
use ts_rs::TS;

use crate::authorize::NotGranted;

/// One code for each thing the window says or does differently; its words live in `ui/src/words/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Code {
    ChangedElsewhere,
    Gone,
    ChecksBlock,
    StepRefused,
    NotApproved,
    UnfinishedJob,
    ActRefused,
    Killed,
    ReasonMissing,
    AskedByMissing,
    MayNot,
    ChangeNotNamed,
    NotMinor,
    NoticeMissing,
    NoticeLong,
    NoPortal,
    PortalName,
    PortalAddress,
    PortalUnreachable,
    PortalPassword,
    PortalRefused,
    PortalFailed,
    NotAPortal,
    PortalCertificate,
    NoAuthorizePage,
    NotGranted,
    NoBrowser,
    PageEmpty,
    PageNotText,
    PageTooLarge,
    PageTooDeep,
    PageNoArticle,
    PasteUnreadable,
    FileUnreadable,
    FileUnwritable,
    NotAFile,
    NotABundle,
    BundleNewer,
    BundleDamaged,
    BundleForeign,
    BundleTooLarge,
    PictureEmpty,
    NotAPicture,
    PictureUnsupported,
    PictureCutOff,
    PictureTooManyPixels,
    PictureTooLarge,
    PictureStore,
    NoPictureInClipboard,
    NoWordsInClipboard,
    DropGone,
    FolderNotWatched,
    JobRefused,
    TemplateName,
    TemplateExists,
    TemplateRefused,
    RevisionDamaged,
    DiskFull,
    ReadOnly,
    DiskFails,
    Replaced,
    TooNew,
    Internal,
}

/// A failed command. Nothing was stored and nothing was lost.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Failure {
    pub code: Code,
    /// One sentence in English, for the log; the portal's own words where it is about one.
    pub detail: String,
    /// What must be put right first, where that is why.
    pub findings: Vec<Finding>,
}

impl Failure {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        tracing::warn!(?code, detail, "a command failed");
        Self { code, detail, findings: Vec::new() }
    }
}

impl Failure {
    /// A file that a person wanted to have somewhere cannot be written there.
    pub fn unwritable(error: &std::io::Error) -> Self {
        let full =
            [std::io::ErrorKind::StorageFull, std::io::ErrorKind::QuotaExceeded].contains(&error.kind());
        Self::new(if full { Code::DiskFull } else { Code::FileUnwritable }, error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Store(error) => of_store(error),
            Error::Folder { error, .. } => of_io(error, Code::ReadOnly),
            Error::Page(error) => of_page(error),
            Error::Paste(_) => Code::PasteUnreadable,
            Error::File { .. } => Code::FileUnreadable,
            Error::NotAFile(_) => Code::NotAFile,
            Error::NotWritten { error, .. } => Self::unwritable(error).code,
            Error::Bundle(refused) => of_bundle(refused),
            Error::Log(_) => Code::Internal, // files of a log are read by the command line
            Error::Picture(refused) => of_picture(refused),
            Error::Vault(media::vault::Error::Io(error)) => of_io(error, Code::PictureStore),
            Error::Vault(media::vault::Error::Missing(_)) | Error::Rendition(_) => Code::PictureStore,
            Error::Watch(_) => Code::FolderNotWatched,
            Error::Step(_) => Code::StepRefused,
            Error::DeskInUse | Error::NoBackup(_) | Error::NothingToRestore(_) => Code::Internal,
            Error::ChecksBlock(_) => Code::ChecksBlock,
            Error::NotApproved => Code::NotApproved,
            Error::ChangeNotNamed => Code::ChangeNotNamed,
            Error::NotMinor(_) => Code::NotMinor,
            Error::NoticeMissing => Code::NoticeMissing,
            Error::NoticeLong { .. } => Code::NoticeLong,
            Error::UnfinishedJob { .. } => Code::UnfinishedJob,
            Error::Act(_) => Code::ActRefused,
            Error::Killed => Code::Killed,
            Error::ReasonMissing => Code::ReasonMissing,
            Error::AskedByMissing => Code::AskedByMissing,
            Error::MayNot => Code::MayNot,
            Error::NoPortal(_) => Code::NoPortal,
            Error::PortalName(_) | Error::PortalElsewhere { .. } => Code::PortalName,
            Error::PortalAddress(_) => Code::PortalAddress,
            Error::Portal(fault) => of_portal(fault),
            Error::PortalPassword(_) => Code::PortalPassword,
            Error::NoAuthorizePage => Code::NoAuthorizePage,
            Error::Field { .. } => Code::Internal, // the window sends fields by their types
            Error::Job { .. } => Code::JobRefused,
            Error::Template(domain::template::Refused::Name) => Code::TemplateName,
            Error::Template(_) => Code::TemplateRefused,
            Error::TemplateExists(_) => Code::TemplateExists,
            Error::NoTemplate(_) => Code::Gone,
            Error::TemplateFile(_) => Code::Internal, // files of templates are read by the command line
        };
        let detail = error.to_string();
        tracing::warn!(?code, kind = desk::kind(&error), detail, "a command failed");
        let findings = if let Error::ChecksBlock(findings) = error { findings } else { Vec::new() };
        Self { code, detail, findings }
    }
}

fn of_store(error: &store::Error) -> Code {
    match error {
        store::Error::Stale { .. } => Code::ChangedElsewhere,
        store::Error::NoArticle(_) | store::Error::Missing(_) => Code::Gone,
        store::Error::TooNew { .. } => Code::TooNew,
        other if other.disk_full() => Code::DiskFull,
        other if other.read_only() => Code::ReadOnly,
        store::Error::RevisionDamaged(_) => Code::RevisionDamaged,
        other if other.moved() => Code::Replaced,
        other if other.disk_fails() => Code::DiskFails,
        store::Error::OldSqlite { .. }
        | store::Error::Stored(_)
        | store::Error::Damaged { .. }
        | store::Error::Replaced
        | store::Error::Folder(_)
        | store::Error::Packing(_)
        | store::Error::Sqlite(_) => Code::Internal,
    }
}

impl From<NotGranted> for Failure {
    fn from(why: NotGranted) -> Self {
        Self::new(Code::NotGranted, format!("the portal let nobody in: {why:?}"))
    }
}

fn of_portal(fault: &Fault) -> Code {
    match fault {
        Fault::Unreachable(_) | Fault::Unknown(_) => Code::PortalUnreachable,
        Fault::Busy { .. } | Fault::ServerFailed { .. } => Code::PortalFailed,
        Fault::Refused { .. } | Fault::ChangedThere { .. } => Code::PortalRefused,
        Fault::NeedsPassword(_) => Code::PortalPassword,
        Fault::NotAPortal(_) => Code::NotAPortal,
        Fault::Certificate(_) => Code::PortalCertificate,
        Fault::Address(_) => Code::PortalAddress,
    }
}

fn of_io(error: &std::io::Error, otherwise: Code) -> Code {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let kind = error.kind();
    if [StorageFull, QuotaExceeded].contains(&kind) {
        Code::DiskFull
    } else if [PermissionDenied, ReadOnlyFilesystem].contains(&kind) {
        Code::ReadOnly
    } else {
        otherwise
    }
}

fn of_page(error: &page::Error) -> Code {
    match error {
        page::Error::Empty => Code::PageEmpty,
        page::Error::NotText => Code::PageNotText,
        page::Error::TooLarge { .. } => Code::PageTooLarge,
        page::Error::TooDeep => Code::PageTooDeep,
        page::Error::NoArticle => Code::PageNoArticle,
    }
}

fn of_bundle(refused: &bundle::Refused) -> Code {
    match refused {
        bundle::Refused::NotABundle => Code::NotABundle,
        bundle::Refused::Newer { .. } => Code::BundleNewer,
        bundle::Refused::Damaged(_) => Code::BundleDamaged,
        bundle::Refused::Foreign(_) => Code::BundleForeign,
        bundle::Refused::TooLarge(_) => Code::BundleTooLarge,
        bundle::Refused::Picture { why, .. } => of_picture(why),
        bundle::Refused::PictureAltered(_) => Code::PictureStore,
    }
}

fn of_picture(refused: &Refused) -> Code {
    match refused {
        Refused::Empty => Code::PictureEmpty,
        Refused::NotAPicture { .. } => Code::NotAPicture,
        Refused::Unsupported { .. } => Code::PictureUnsupported,
        Refused::CutOff { .. } => Code::PictureCutOff,
        Refused::TooManyPixels { .. } => Code::PictureTooManyPixels,
        Refused::TooLarge { .. } => Code::PictureTooLarge,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_to_do_about_it() {
        let table = [
            (Error::from(store::Error::Missing("picture".into())), Code::Gone),
            (Error::from(Refused::Empty), Code::PictureEmpty),
            (Error::from(page::Error::NoArticle), Code::PageNoArticle),
            (Error::NotApproved, Code::NotApproved),
        ];
        for (error, want) in table {
            assert_eq!(Failure::from(error).code, want);
        }
    }

    #[test]
    fn what_blocks_travels_with_the_failure() {
        let document = domain::document::Document { body: "text".into(), ..Default::default() };
        let findings = domain::checks::run(&document);

        assert_eq!(Failure::from(Error::ChecksBlock(findings.clone())).findings, findings);
    }
}
