//! What a person decided, about exactly which revision.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ids::{ArticleId, DecisionId, Hash, PersonId},
    stage::Step,
};

/// What was decided: a step on the desk, or an act towards readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Act {
    Submit,
    OpenForReview,
    Return,
    Approve,
    Withdraw,
    Hold,
    Release,
    Spike,
    Unspike,
    Publish,
    /// A slip of typing or layout is put right; readers are told nothing.
    MinorFix,
    /// New facts.
    Update,
    /// We were wrong, and say so.
    Correct,
    /// Taken off quietly; it may return.
    Unpublish,
    /// Taken off because of rights, or because the source asks for it; it may return once that is cleared.
    Takedown,
    /// Must not be used by anybody any more: every edition goes, for good.
    Kill,
}

impl Act {
    /// The acts that readers notice.
    pub const TOWARDS_READERS: [Self; 7] = [
        Self::Publish,
        Self::MinorFix,
        Self::Update,
        Self::Correct,
        Self::Unpublish,
        Self::Takedown,
        Self::Kill,
    ];

    /// Says whether the act takes an edition away from readers.
    #[must_use]
    pub fn takes_away(self) -> bool {
        matches!(self, Self::Unpublish | Self::Takedown | Self::Kill)
    }

    /// Says whether the act brings words to readers.
    #[must_use]
    pub fn brings_words(self) -> bool {
        matches!(self, Self::Publish | Self::MinorFix | Self::Update | Self::Correct)
    }

    /// Which of two unfinished jobs for one edition on one portal comes first: the higher one. Of one rank there is only
    /// one at a time.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Kill => 2,
            Self::Unpublish | Self::Takedown => 1,
            Self::Publish
            | Self::MinorFix
            | Self::Update
            | Self::Correct
            | Self::Submit
            | Self::OpenForReview
            | Self::Return
            | Self::Approve
            | Self::Withdraw
            | Self::Hold
            | Self::Release
            | Self::Spike
            | Self::Unspike => 0,
        }
    }

    /// Returns the word stored in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::OpenForReview => "open_for_review",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Withdraw => "withdraw",
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Spike => "spike",
            Self::Unspike => "unspike",
            Self::Publish => "publish",
            Self::MinorFix => "minor_fix",
            Self::Update => "update",
            Self::Correct => "correct",
            Self::Unpublish => "unpublish",
            Self::Takedown => "takedown",
            Self::Kill => "kill",
        }
    }

    /// Returns the act that logs `step`; typing is not a decision.
    #[must_use]
    pub fn of(step: Step) -> Option<Self> {
        match step {
            Step::Submit => Some(Self::Submit),
            Step::OpenForReview => Some(Self::OpenForReview),
            Step::Return => Some(Self::Return),
            Step::Approve => Some(Self::Approve),
            Step::Withdraw => Some(Self::Withdraw),
            Step::Hold => Some(Self::Hold),
            Step::Release => Some(Self::Release),
            Step::Spike => Some(Self::Spike),
            Step::Unspike => Some(Self::Unspike),
            Step::Edit => None,
        }
    }
}

/// One decision, made when the person confirms. Its id is the portal's idempotency key: one decision, one effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: DecisionId,
    pub article: ArticleId,
    pub act: Act,
    pub by: PersonId,
    /// Unix milliseconds, UTC.
    pub made_at: i64,
    pub revision: Hash,
    pub content_hash: Hash,
    /// Why, where a reason is asked for. It stays on the desk.
    pub reason: String,
    /// What readers are told of it; empty for nothing.
    pub public_notice: String,
    /// Who asked for it from outside, where somebody did.
    pub asked_by: String,
}
