//! Why a portal did not do what was asked, by what it means for the next move.

use std::{borrow::Cow, time::Duration};

use domain::outbox::Outcome;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing reached the portal.
    #[error("the portal cannot be reached: {0}")]
    Unreachable(String),
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
            Self::Unreachable(_) => Outcome::Unreachable,
            // What answered was not the portal, but whether the decision passed by it is not known.
            Self::Unknown(_) | Self::NotAPortal(_) => Outcome::Unknown,
            Self::Busy { retry_after, .. } => Outcome::Busy { retry_after: *retry_after },
            Self::ServerFailed { .. } => Outcome::ServerFailed,
            Self::Refused { .. } | Self::ChangedThere { .. } | Self::Address(_) => Outcome::Refused,
            Self::NeedsPassword(_) => Outcome::NeedsPassword,
        }
    }
}
