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
    Correct,
}

impl Act {
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
            Self::Correct => "correct",
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
    /// Why, where a reason is asked for.
    pub reason: String,
}
