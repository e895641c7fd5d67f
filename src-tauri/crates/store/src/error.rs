//! What the database refuses.

use domain::ids::{ArticleId, Hash};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Someone saved since the writer last read. Nothing was written.
    #[error("article {id} is at edit {actual}, not {expected}")]
    Stale { id: ArticleId, expected: u32, actual: u32 },
    #[error("there is no article {0} on this desk")]
    NoArticle(ArticleId),
    /// A row that must be there is not: which one, in words.
    #[error("there is no {0} on this desk")]
    Missing(String),
    /// The folder was written by a later Tòa Soạn.
    #[error(
        "this folder was written by a newer Tòa Soạn (schema {found}, this one knows {known}); open it with that one"
    )]
    TooNew { found: u32, known: u32 },
    #[error("SQLite {found} can corrupt a database; 3.51.3 or later is needed")]
    OldSqlite { found: i32 },
    /// What is stored of it is not what its hash says, or cannot be unpacked.
    #[error(
        "the revision {0} was damaged on the disk and cannot be read any more; the article and its other revisions are as they were, and a backup may have it still"
    )]
    RevisionDamaged(Hash),
    /// A document could not be packed.
    #[error("a revision cannot be packed: {0}")]
    Packing(#[from] std::io::Error),
    /// A stored value is not what the schema promises.
    #[error("a stored value cannot be read: {0}")]
    Stored(String),
    /// A check of the whole found a fault, named by SQLite.
    #[error("the database is damaged ({fault}); close the desk and open it again, then it is put right")]
    Damaged { fault: String },
    /// While the database was open its file was put away and another one put there.
    #[error(
        "another file lies where the desk's database was, nothing was stored; put the right desk.sqlite back, or close the desk and open it again"
    )]
    Replaced,
    #[error("the desk's folder cannot be used: {0}")]
    Folder(#[source] std::io::Error),
    #[error("{}", in_words(.0))]
    Sqlite(#[from] rusqlite::Error),
}

/// Says what a person can do about what SQLite refuses.
fn in_words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => {
            "the disk is full, nothing was stored; make room and try again".into()
        }
        Some(
            rusqlite::ErrorCode::ReadOnly
            | rusqlite::ErrorCode::PermissionDenied
            | rusqlite::ErrorCode::CannotOpen,
        ) => "the desk's folder cannot be written, nothing was stored; make it writable and try again".into(),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            "another process is writing to this desk; try again in a moment".into()
        }
        Some(rusqlite::ErrorCode::SystemIoFailure) => {
            "the disk reports an error, nothing was stored; have the disk looked at".into()
        }
        _ if is_damage(error) => {
            format!(
                "the desk's database is damaged ({error}); close the desk and open it again: it is put right from the newest backup and from what can be read"
            )
        }
        _ => format!("the database refuses: {error}"),
    }
}

/// Says whether SQLite found damage, or a value that the schema would not have let in.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::{
        Error::{FromSqlConversionFailure, InvalidColumnType, Utf8Error},
        ErrorCode::{DatabaseCorrupt, NotADatabase},
    };
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
        || matches!(error, FromSqlConversionFailure(..) | InvalidColumnType(..) | Utf8Error(..))
}

impl Error {
    /// Says whether the disk is full: nothing was written, and writing works again when there is room.
    #[must_use]
    pub fn disk_full(&self) -> bool {
        self.sqlite_code() == Some(rusqlite::ErrorCode::DiskFull)
            || matches!(self, Self::Folder(error) if error.kind() == std::io::ErrorKind::StorageFull)
    }

    /// Says whether the folder or its file may not be written.
    #[must_use]
    pub fn read_only(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
        matches!(self.sqlite_code(), Some(ReadOnly | PermissionDenied | CannotOpen))
            || matches!(self, Self::Folder(error)
                if matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem))
    }

    /// Says whether the folder or the database in it was moved away while it was open.
    #[must_use]
    pub fn moved(&self) -> bool {
        matches!(self, Self::Replaced)
            || matches!(self, Self::Folder(error) if error.kind() == std::io::ErrorKind::NotFound)
    }

    /// Says whether the disk itself fails.
    #[must_use]
    pub fn disk_fails(&self) -> bool {
        self.sqlite_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
            || matches!(self, Self::Folder(_)) && !(self.disk_full() || self.read_only() || self.moved())
    }

    /// Says whether a uniqueness the schema promises would have been broken.
    #[must_use]
    pub fn not_unique(&self) -> bool {
        self.sqlite_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
    }

    fn sqlite_code(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code(),
            Self::Stale { .. }
            | Self::NoArticle(_)
            | Self::Missing(_)
            | Self::TooNew { .. }
            | Self::OldSqlite { .. }
            | Self::Stored(_)
            | Self::Damaged { .. }
            | Self::RevisionDamaged(_)
            | Self::Packing(_)
            | Self::Replaced
            | Self::Folder(_) => None,
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Stored(error.to_string())
    }
}
