//! What the window is told when a command fails: a code to translate, a detail to log.

use desk::Error;
use domain::checks::Finding;
use intake::page;
use media::picture::Refused;
use serde::Serialize;
use ts_rs::TS;

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
    NoPortal,
    PageEmpty,
    PageNotText,
    PageTooLarge,
    PageTooDeep,
    PageNoArticle,
    FileUnreadable,
    NotAFile,
    PictureEmpty,
    NotAPicture,
    PictureUnsupported,
    PictureCutOff,
    PictureTooManyPixels,
    PictureTooLarge,
    PictureStore,
    NoPictureInClipboard,
    DropGone,
    FolderNotWatched,
    JobRefused,
    DiskFull,
    ReadOnly,
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
        Self { code, detail: detail.into(), findings: Vec::new() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Store(error) => of_store(error),
            Error::Folder { error, .. } => of_io(error, Code::ReadOnly),
            Error::Page(error) => of_page(error),
            Error::File { .. } => Code::FileUnreadable,
            Error::NotAFile(_) => Code::NotAFile,
            Error::Picture(refused) => of_picture(refused),
            Error::Vault(media::vault::Error::Io(error)) => of_io(error, Code::PictureStore),
            Error::Vault(media::vault::Error::Missing(_)) | Error::Rendition(_) => Code::PictureStore,
            Error::Watch(_) => Code::FolderNotWatched,
            Error::Step(_) => Code::StepRefused,
            Error::ChecksBlock(_) => Code::ChecksBlock,
            Error::NotApproved => Code::NotApproved,
            Error::UnfinishedJob { .. } => Code::UnfinishedJob,
            Error::NoPortal(_) | Error::PortalName(_) | Error::PortalAddress(_) => Code::NoPortal,
            Error::Field { .. } => Code::Internal, // the window sends fields by their types
            Error::Job { .. } => Code::JobRefused,
        };
        let detail = error.to_string();
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
        store::Error::OldSqlite { .. }
        | store::Error::Stored(_)
        | store::Error::Folder(_)
        | store::Error::Sqlite(_) => Code::Internal,
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
