//! When a job on its way to a portal is sent again, settled by asking, stopped, or left to a person.
//! The clock, the network and the database stay outside.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum JobState {
    Ready,
    /// Its schedule or embargo is in the future.
    WaitingTime,
    Sending,
    /// Sent, and no answer that can be believed: the portal will be asked, never sent to blindly again.
    Unknown,
    RetryLater,
    NeedsPassword,
    /// The portal said no, in its own words. The job stays: resend or cancel.
    Refused,
    Confirmed,
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 9] = [
        Self::Ready,
        Self::WaitingTime,
        Self::Sending,
        Self::Unknown,
        Self::RetryLater,
        Self::NeedsPassword,
        Self::Refused,
        Self::Confirmed,
        Self::Cancelled,
    ];

    /// Says whether a person may have it sent again (or asked about again) now.
    #[must_use]
    pub fn may_resend(self) -> bool {
        match self {
            Self::Unknown | Self::RetryLater | Self::NeedsPassword | Self::Refused => true,
            Self::Ready | Self::WaitingTime | Self::Sending | Self::Confirmed | Self::Cancelled => false,
        }
    }

    /// Says whether a person may cancel it: only while it certainly has had no effect.
    #[must_use]
    pub fn may_cancel(self) -> bool {
        match self {
            Self::Ready | Self::WaitingTime | Self::RetryLater | Self::NeedsPassword | Self::Refused => true,
            Self::Sending | Self::Unknown | Self::Confirmed | Self::Cancelled => false,
        }
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::WaitingTime => "waiting for its time",
            Self::Sending => "being sent",
            Self::Unknown => "sent, answer unknown",
            Self::RetryLater => "waiting to be sent again",
            Self::NeedsPassword => "waiting for a password",
            Self::Refused => "refused",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
        })
    }
}

/// What became of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The portal gave its receipt.
    Delivered,
    /// It never reached the portal: nothing can have happened there.
    Unreachable,
    /// It may have arrived: the answer was lost, late, or not the portal's.
    Unknown,
    /// The portal is busy and says for how long.
    Busy { retry_after: Option<Duration> },
    /// The portal failed (5xx).
    ServerFailed,
    /// The portal said no (4xx).
    Refused,
    /// It does not know us, or there is no password.
    NeedsPassword,
}

/// The next move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Confirm,
    StopAndShow,
    WaitForPassword,
    /// Ask the portal after this time whether it has the decision; never send again blindly.
    AskIn(Duration),
    RetryIn(Duration),
}

/// Decides the next move after attempt number `attempt` (the first is 1).
#[must_use]
pub fn next(attempt: u32, outcome: Outcome) -> Next {
    match outcome {
        Outcome::Delivered => Next::Confirm,
        Outcome::Refused => Next::StopAndShow,
        Outcome::NeedsPassword => Next::WaitForPassword,
        Outcome::Unknown | Outcome::ServerFailed => Next::AskIn(backoff(attempt)), // a 5xx may follow a commit
        Outcome::Unreachable => Next::RetryIn(backoff(attempt)),
        Outcome::Busy { retry_after } => Next::RetryIn(retry_after.map_or_else(|| backoff(attempt), bounded)),
    }
}

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// A portal that asks for more patience than this is asked again all the same.
pub const LONGEST_ASKED_FOR: Duration = Duration::from_secs(60 * 60);

/// Returns how long to wait after attempt number `attempt`: 1, 2, 4 … seconds, at most a quarter of an hour.
#[must_use]
pub fn backoff(attempt: u32) -> Duration {
    SHORTEST.saturating_mul(1 << attempt.saturating_sub(1).min(12)).min(LONGEST)
}

fn bounded(asked: Duration) -> Duration {
    asked.clamp(SHORTEST, LONGEST_ASKED_FOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_next_move() {
        let seconds = Duration::from_secs;
        let table = [
            (1, Outcome::Delivered, Next::Confirm),
            (1, Outcome::Refused, Next::StopAndShow),
            (9, Outcome::NeedsPassword, Next::WaitForPassword),
            (1, Outcome::Unknown, Next::AskIn(seconds(1))),
            (2, Outcome::ServerFailed, Next::AskIn(seconds(2))),
            (3, Outcome::Unreachable, Next::RetryIn(seconds(4))),
            (4, Outcome::Busy { retry_after: None }, Next::RetryIn(seconds(8))),
            (1, Outcome::Busy { retry_after: Some(seconds(30)) }, Next::RetryIn(seconds(30))),
            (1, Outcome::Busy { retry_after: Some(seconds(0)) }, Next::RetryIn(seconds(1))),
            (1, Outcome::Busy { retry_after: Some(seconds(315_360_000)) }, Next::RetryIn(seconds(3600))),
        ];
        for (attempt, outcome, want) in table {
            assert_eq!(next(attempt, outcome), want, "{attempt}: {outcome:?}");
        }
    }

    #[test]
    fn patience_grows_and_has_an_end() {
        let waits: Vec<u64> = (0..=14).map(|attempt| backoff(attempt).as_secs()).collect();

        assert_eq!(waits, [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert_eq!(backoff(u32::MAX), LONGEST);
    }

    #[test]
    fn nothing_that_may_have_happened_can_be_cancelled() {
        use JobState::{Confirmed, NeedsPassword, Ready, Refused, RetryLater, Sending, Unknown, WaitingTime};
        let may_cancel: Vec<_> = JobState::ALL.into_iter().filter(|state| state.may_cancel()).collect();
        let may_resend: Vec<_> = JobState::ALL.into_iter().filter(|state| state.may_resend()).collect();

        assert_eq!(may_cancel, [Ready, WaitingTime, RetryLater, NeedsPassword, Refused]);
        assert_eq!(may_resend, [Unknown, RetryLater, NeedsPassword, Refused]);
        assert!(!Sending.may_cancel() && !Confirmed.may_resend());
    }
}
