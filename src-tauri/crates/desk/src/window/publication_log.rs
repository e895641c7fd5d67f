//! What the window asks and is shown of the publication log.

use domain::{
    decision::Act,
    ids::{ArticleId, Hash},
    publication_log::{Broken, Entry},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which entries: of one article, or of all; confirmed in a stretch of time.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export)]
pub struct LogAsked {
    pub article: Option<ArticleId>,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub from: i64,
    /// Not in it any more.
    #[ts(type = "number")]
    pub to: i64,
}

/// Entries, the newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LogShown {
    pub entries: Vec<Logged>,
    /// There are more than are shown.
    pub more: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Logged {
    pub number: u32,
    /// Of the entry.
    pub hash: Hash,
    pub article: ArticleId,
    #[ts(type = "number")]
    pub confirmed_at: i64,
    /// The public page, by the portal's receipt.
    pub url: String,
    /// `None` where the entry cannot be read any more.
    pub said: Option<LoggedSaid>,
}

/// What an entry says.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LoggedSaid {
    pub act: Act,
    pub headline: String,
    pub language: String,
    pub portal: String,
    pub person: String,
    pub reason: String,
    #[ts(type = "number")]
    pub decided_at: i64,
    pub attempts: u32,
    pub revision: Hash,
    pub content_hash: Hash,
    pub payload_hash: Option<Hash>,
    /// The portal's receipt, JSON.
    pub answer: String,
    pub differences: Vec<String>,
}

impl From<Entry> for LoggedSaid {
    fn from(entry: Entry) -> Self {
        Self {
            act: entry.act,
            headline: entry.headline,
            language: entry.language,
            portal: entry.portal,
            person: entry.person_name,
            reason: entry.reason,
            decided_at: entry.decided_at,
            attempts: entry.attempts,
            revision: entry.revision,
            content_hash: entry.content_hash,
            payload_hash: entry.payload_hash,
            answer: format!("{:#}", entry.answer),
            differences: entry.differences,
        }
    }
}

/// What looking through the log found.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export)]
pub struct LogChecked {
    /// So many are as they were written.
    pub entries: u32,
    /// Of the last of them.
    pub hash: Hash,
    /// The first that is not.
    pub broken: Option<Broken>,
}
