//! Times as the window asks what they mean, and gives to jobs.

use domain::ids::JobId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A time as somebody types it: `18:00`, `mai 6:00`, `25/11 18:00 Berlin`.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TimeTyped {
    pub text: String,
    /// The zone it is meant in where it names none, IANA.
    pub zone: String,
}

/// What it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum TimeRead {
    /// Nothing was typed.
    Empty,
    NotATime,
    Time {
        time: TimeMeant,
    },
    /// The clocks there go forward over it: it does not exist.
    Skipped {
        earlier: TimeMeant,
        later: TimeMeant,
    },
    /// The clocks there go back over it: it comes twice.
    Twice {
        first: TimeMeant,
        second: TimeMeant,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TimeMeant {
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub at: i64,
    /// IANA.
    pub zone: String,
    /// As it is stored: UTC, and the zone.
    pub stored: String,
    pub is_past: bool,
}

/// How far a portal's clock is from this machine's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PortalClock {
    /// Milliseconds, where that is worth saying.
    #[ts(type = "number | null")]
    pub ahead: Option<i64>,
}

/// Gives a job that waits for its time another one.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct JobRetimed {
    pub id: JobId,
    /// As stored; empty sends it as soon as no embargo holds.
    pub schedule: String,
}
