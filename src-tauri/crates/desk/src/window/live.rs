//! What the window asks and is shown of what readers see: how every edition stands on every portal, and what takes it away.

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId},
    live::{Away, Standing},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DecisionShown, JobShown};

/// Every edition of an article's story, this one first, and how each stands.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LiveShown {
    pub article: ArticleId,
    pub editions: Vec<EditionLive>,
    /// By whom and why the story was killed, where it was.
    pub killed: Option<DecisionShown>,
    /// Something of it is there, or may be, that a kill would take away.
    pub may_kill: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EditionLive {
    pub article: ArticleId,
    pub headline: String,
    /// BCP 47.
    pub language: String,
    pub places: Vec<PlaceLive>,
}

/// One edition on one portal.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PlaceLive {
    pub portal: String,
    /// As the portal confirmed it.
    pub standing: Standing,
    /// Where its page is, or was; empty where there never was one.
    pub url: String,
    /// Since when it stands so; of what is live, since when readers see these words (Unix ms).
    #[ts(type = "number")]
    pub since: i64,
    pub corrections: u32,
    /// What is live is word for word what the desk holds.
    pub is_current: bool,
    /// What the page shows differently, or what the portal could not do of what was asked; empty is well.
    pub differences: Vec<String>,
    /// How far it is on its way from readers, where it is.
    pub away: Option<Away>,
    pub page: PageLooked,
    /// The act that made it stand so, or is to change it.
    pub last_act: Option<ActDone>,
    /// What is on its way there.
    pub job: Option<JobShown>,
    /// What may be done with it alone.
    pub may: Vec<Act>,
}

/// How often the page of what was taken away was looked at, and what was answered.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export)]
pub struct PageLooked {
    pub looks: u32,
    #[ts(type = "number | null")]
    pub looked_at: Option<i64>,
    /// When it is looked at again.
    #[ts(type = "number | null")]
    pub look_at: Option<i64>,
    /// A status of HTTP, or why nothing was answered.
    pub answer: String,
    #[ts(type = "number | null")]
    pub gone_at: Option<i64>,
}

/// What was decided towards readers, by whom and why.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ActDone {
    pub act: Act,
    pub person: String,
    #[ts(type = "number")]
    pub made_at: i64,
    pub reason: String,
    pub asked_by: String,
    pub public_notice: String,
}

/// Asks what taking an edition away would do.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct WithdrawalAsked {
    pub id: ArticleId,
    /// `unpublish`, `takedown` or `kill`.
    pub act: Act,
    /// Where from; a kill is everywhere, whatever is named.
    pub portal: String,
}

/// What an act that takes away would do; the decision's id is made here, so pressing twice is one decision.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct WithdrawalSummary {
    pub decision: DecisionId,
    pub article: ArticleId,
    pub act: Act,
    pub portal: String,
    pub taken: Vec<EditionTaken>,
    pub editions: u32,
    pub portals: u32,
    /// So many jobs that wait are cancelled.
    pub cancelled: u32,
}

/// One edition that goes from one portal.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EditionTaken {
    pub article: ArticleId,
    pub headline: String,
    pub language: String,
    pub portal: String,
    /// Empty where nobody knows whether it ever arrived.
    pub url: String,
    /// The portal will answer 410 there, and takes it never again.
    pub for_good: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct WithdrawalConfirmed {
    pub decision: DecisionId,
    pub article: ArticleId,
    pub act: Act,
    pub portal: String,
    /// Why: it is kept with the decision and does not leave the desk.
    pub reason: String,
    /// Who asked for it; a takedown needs it.
    #[serde(default)]
    pub asked_by: String,
    /// What readers are told who come to the page; empty for nothing.
    #[serde(default)]
    pub public_notice: String,
}
