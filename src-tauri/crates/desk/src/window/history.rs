//! What the window asks and is shown of revisions, the trash and backups.

use domain::{
    comparison::Comparison,
    ids::{ArticleId, Hash},
    revision::{Change, Occasion},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The revisions of an article, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct History {
    pub revisions: Vec<RevisionShown>,
    /// The newest one holds just what is saved now.
    pub is_kept: bool,
    /// What was written since could not be kept as one; it is tried again and again.
    pub failed: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RevisionShown {
    pub id: Hash,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub made_at: i64,
    pub person: String,
    pub occasion: Occasion,
    /// What was decided about it, in order.
    pub acts: Vec<String>,
    /// In words, against the revision before it.
    pub change: Option<Change>,
    /// It holds just what is saved now.
    pub is_now: bool,
    /// The portals on which readers see it.
    pub live_on: Vec<String>,
}

/// What lies in the trash.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Trash {
    /// For thirty days or longer.
    pub old: Vec<Trashed>,
    pub recent: Vec<Trashed>,
    /// They were published, or were on their way: they stay.
    pub stay: Vec<Trashed>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Trashed {
    pub id: ArticleId,
    pub headline: String,
    pub language: String,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub since: i64,
}

/// The articles that go for good: those that the person was shown.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct EmptyTrash {
    pub articles: Vec<ArticleId>,
}

/// The last good backup.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct BackupShown {
    /// Unix milliseconds, UTC.
    #[ts(type = "number | null")]
    pub made_at: Option<i64>,
    /// When a later one could not be made.
    #[ts(type = "number | null")]
    pub failed_at: Option<i64>,
}

/// Asks what is different; a revision that is not named is what is saved now.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct CompareAsked {
    pub id: ArticleId,
    pub before: Option<Hash>,
    pub after: Option<Hash>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Compared {
    pub language: String,
    pub comparison: Comparison,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct RestoreAsked {
    pub id: ArticleId,
    /// The edits the person had before their eyes.
    pub edits: u32,
    pub revision: Hash,
}
