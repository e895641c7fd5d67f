//! Why a portal did not do what was asked, by what it means for the next move.

use std::{borrow::Cow, time::Duration};

use domain::outbox::{Obstacle, Outcome};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing reached the portal.
    #[error("the portal cannot be reached: {0}")]
    Unreachable(String),
    /// Nothing reached the portal: who answers there cannot prove to be it.
    #[error(
        "the portal's certificate is not believed ({0}); another network may stand in between, or the portal's administrator has to renew it"
    )]
    Certificate(String),
    /// It was sent; whether it arrived is not known.
    #[error("the answer did not come: {0}")]
    Unknown(String),
    #[error("the portal is busy: {words}")]
    Busy { retry_after: Option<Duration>, words: String },
    #[error("the portal failed ({status}): {words}")]
    ServerFailed { status: u16, words: String },
    /// The portal's own words.
    #[error("{words}")]
    Refused { status: u16, words: String },
    #[error("the portal does not accept the password: {0}")]
    NeedsPassword(String),
    /// A login page, a captive portal, or some other server answered.
    #[error(
        "the address does not answer as a portal does ({0}); a login page or another network may stand in between"
    )]
    NotAPortal(String),
    /// The edition is not there as it was left: somebody changed it on the portal, or took it away.
    #[error("{words}")]
    ChangedThere {
        words: String,
        /// The portal's version token of what is there now.
        version: String,
    },
    #[error("{0}")]
    Address(Cow<'static, str>),
}

impl Fault {
    /// Returns what the fault of a *sent decision* means for the next move.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unreachable(_) | Self::Certificate(_) => Outcome::Unreachable,
            // What answered was not the portal, but whether the decision passed by it is not known.
            Self::Unknown(_) | Self::NotAPortal(_) => Outcome::Unknown,
            Self::Busy { retry_after, .. } => Outcome::Busy { retry_after: *retry_after },
            Self::ServerFailed { .. } => Outcome::ServerFailed,
            Self::Refused { .. } | Self::ChangedThere { .. } | Self::Address(_) => Outcome::Refused,
            Self::NeedsPassword(_) => Outcome::NeedsPassword,
        }
    }

    /// Returns what it means before the decision itself was sent: nothing can have happened, a lost answer is only a
    /// failed try.
    #[must_use]
    pub fn outcome_before_sending(&self) -> Outcome {
        match self.outcome() {
            Outcome::Unknown => Outcome::Unreachable,
            Outcome::ServerFailed => Outcome::Busy { retry_after: None },
            other @ (Outcome::Delivered
            | Outcome::Unreachable
            | Outcome::Busy { .. }
            | Outcome::Refused
            | Outcome::NeedsPassword) => other,
        }
    }

    /// Returns what it means while a decision that was sent is asked about: what is unknown stays unknown.
    #[must_use]
    pub fn outcome_while_asking(&self) -> Outcome {
        match self.outcome() {
            Outcome::Unreachable | Outcome::Busy { .. } => Outcome::Unknown,
            other @ (Outcome::Delivered
            | Outcome::Unknown
            | Outcome::ServerFailed
            | Outcome::Refused
            | Outcome::NeedsPassword) => other,
        }
    }

    /// Returns what only a person can remove. The job goes on trying: they may remove it without telling us.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        match self {
            Self::NotAPortal(_) => Some(Obstacle::Stranger),
            Self::Certificate(_) => Some(Obstacle::Certificate),
            Self::Unreachable(_)
            | Self::Unknown(_)
            | Self::Busy { .. }
            | Self::ServerFailed { .. }
            | Self::Refused { .. }
            | Self::NeedsPassword(_)
            | Self::ChangedThere { .. }
            | Self::Address(_) => None,
        }
    }
}
