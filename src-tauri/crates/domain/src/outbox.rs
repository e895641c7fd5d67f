//! When a job on its way to a portal is sent again, settled by asking, stopped, or left to a person.
//! The clock, the network and the database stay outside.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{decision::Act, live::Standing};

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
    /// It was decided long ago and never arrived: a person says once more that it shall go.
    AsksAgain,
    /// The portal said no, in its own words. The job stays: resend or cancel.
    Refused,
    Confirmed,
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 10] = [
        Self::Ready,
        Self::WaitingTime,
        Self::Sending,
        Self::Unknown,
        Self::RetryLater,
        Self::NeedsPassword,
        Self::AsksAgain,
        Self::Refused,
        Self::Confirmed,
        Self::Cancelled,
    ];

    /// Says whether a person may have it sent again (or asked about again) now.
    #[must_use]
    pub fn may_resend(self) -> bool {
        match self {
            Self::Unknown | Self::RetryLater | Self::NeedsPassword | Self::AsksAgain | Self::Refused => true,
            Self::Ready | Self::WaitingTime | Self::Sending | Self::Confirmed | Self::Cancelled => false,
        }
    }

    /// Says whether a person may cancel it: only while it certainly has had no effect.
    #[must_use]
    pub fn may_cancel(self) -> bool {
        match self {
            Self::Ready
            | Self::WaitingTime
            | Self::RetryLater
            | Self::NeedsPassword
            | Self::AsksAgain
            | Self::Refused => true,
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
            Self::AsksAgain => "decided long ago, waiting for another yes",
            Self::Refused => "refused",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
        })
    }
}

/// What only a person can remove, though the job goes on trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Obstacle {
    /// Something else answered in the portal's place: a login page, the page of a network.
    Stranger,
    /// The portal's certificate is not believed.
    Certificate,
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

/// So many jobs are on their way at once, each of another article.
pub const AT_ONCE: usize = 4;

/// So many more hands are free for kills alone: a portal that answers slowly keeps none waiting.
pub const AT_ONCE_FOR_KILLS: usize = 4;

/// A kill is tried at least so often, whatever patience was asked for.
const LONGEST_FOR_A_KILL: Duration = Duration::from_secs(60);

/// Returns how long a job of this act waits where any other would wait for `wait`.
#[must_use]
pub fn patience(act: Act, wait: Duration) -> Duration {
    if act == Act::Kill { wait.min(LONGEST_FOR_A_KILL) } else { wait }
}

/// Returns how long until the page of an edition that was taken away is looked at again, after so many looks.
#[must_use]
pub fn looks_again_in(standing: Standing, looks: u32) -> Duration {
    let act = if standing == Standing::Killed { Act::Kill } else { Act::Takedown };
    patience(act, backoff(looks))
}

/// A publication that nobody has agreed to for so long asks again before it is sent.
pub const ASKS_AGAIN_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Says whether a job asks again before it is sent: one that brings words to readers, whose last yes and whose time
/// (Unix ms) are long past. What takes words away from readers never waits.
#[must_use]
pub fn asks_again(act: Act, agreed_at: i64, not_before: Option<i64>, now: i64) -> bool {
    let since = agreed_at.max(not_before.unwrap_or(i64::MIN));
    act.brings_words() && now.saturating_sub(since) > millis(ASKS_AGAIN_AFTER)
}

/// How often the portal's clock is looked at while a job waits for its time.
pub const LOOKS_EVERY: Duration = Duration::from_secs(10 * 60);

/// A difference of clocks above this is shown (ms), and so is how late something went out.
pub const WORTH_SAYING: i64 = 60_000;

/// Returns when a job that may not go before `not_before` is looked at again (Unix ms, by this machine's clock), or
/// `None` once its time has come. It is the portal's clock that decides, `ahead` of this machine's as far as is known.
#[must_use]
pub fn looked_at_again(not_before: i64, now: i64, ahead: Option<i64>) -> Option<i64> {
    let ahead = ahead.unwrap_or_default();
    let comes = not_before.saturating_sub(ahead);
    (comes > now).then(|| comes.min(now.saturating_add(millis(LOOKS_EVERY))))
}

/// A portal that can is given what goes out later than in so long (ms): what comes sooner is sent from here in time.
pub const WORTH_HOLDING: i64 = 2 * 60_000;

/// Says whether a job may be given to a portal that holds it until its time. Only a first publication may: what is live
/// would have to go meanwhile. An embargo keeps it here, for what may not be known yet does not leave the house; only where
/// the portal has it already is it told the later time.
#[must_use]
pub fn may_be_given_early(act: Act, to_come: i64, under_embargo: bool, is_there: bool) -> bool {
    act == Act::Publish && to_come > WORTH_HOLDING && (!under_embargo || is_there)
}

/// Returns milliseconds as they are counted everywhere here.
#[must_use]
pub fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
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
    fn a_kill_is_tried_every_minute_at_least() {
        let waits = |act| [1, 60, 61, 3600].map(|wait| patience(act, Duration::from_secs(wait)).as_secs());

        assert_eq!(waits(Act::Kill), [1, 60, 60, 60]);
        assert_eq!(waits(Act::Takedown), [1, 60, 61, 3600]);
        assert_eq!(looks_again_in(Standing::Killed, 30).as_secs(), 60);
        assert_eq!(looks_again_in(Standing::TakenDown, 30).as_secs(), 900);
    }

    #[test]
    fn patience_grows_and_has_an_end() {
        let waits: Vec<u64> = (0..=14).map(|attempt| backoff(attempt).as_secs()).collect();

        assert_eq!(waits, [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert_eq!(backoff(u32::MAX), LONGEST);
    }

    #[test]
    fn nothing_that_may_have_happened_can_be_cancelled() {
        use JobState::{
            AsksAgain, Confirmed, NeedsPassword, Ready, Refused, RetryLater, Sending, Unknown, WaitingTime,
        };
        let may_cancel: Vec<_> = JobState::ALL.into_iter().filter(|state| state.may_cancel()).collect();
        let may_resend: Vec<_> = JobState::ALL.into_iter().filter(|state| state.may_resend()).collect();

        assert_eq!(may_cancel, [Ready, WaitingTime, RetryLater, NeedsPassword, AsksAgain, Refused]);
        assert_eq!(may_resend, [Unknown, RetryLater, NeedsPassword, AsksAgain, Refused]);
        assert!(!Sending.may_cancel() && !Confirmed.may_resend());
    }

    #[test]
    fn the_portals_clock_decides_when_the_time_has_come() {
        const MINUTE: i64 = 60_000;
        const DAY: i64 = 24 * 60 * MINUTE;
        let noon = 100 * DAY;
        let table = [
            // now              ahead            looked at again
            (noon, None, None),
            (noon - 1, None, Some(noon)),
            (noon - 30 * MINUTE, None, Some(noon - 20 * MINUTE)), // a clock may be set meanwhile
            (noon - 2 * MINUTE, Some(2 * MINUTE), None),
            (noon - 3 * MINUTE, Some(2 * MINUTE), Some(noon - 2 * MINUTE)),
            (noon, Some(-2 * MINUTE), Some(noon + 2 * MINUTE)), // ours is fast: it would be too early
            (noon - DAY, Some(DAY), None),
            (noon, Some(-DAY), Some(noon + 10 * MINUTE)),
            (i64::MIN, Some(i64::MAX), Some(i64::MIN + 10 * MINUTE)),
        ];
        for (now, ahead, want) in table {
            assert_eq!(looked_at_again(noon, now, ahead), want, "{now} {ahead:?}");
        }
    }

    #[test]
    fn what_is_given_early_is_a_first_publication_without_an_embargo() {
        const HOUR: i64 = 3_600_000;
        let table = [
            // act,        to come, embargo, there, given
            (Act::Publish, HOUR, false, false, true),
            (Act::Publish, WORTH_HOLDING, false, false, false),
            (Act::Publish, -HOUR, false, false, false),
            (Act::Publish, HOUR, true, false, false),
            (Act::Publish, HOUR, true, true, true), // it is moved to the end of the embargo
            (Act::Correct, HOUR, false, false, false),
            (Act::Update, HOUR, false, true, false),
            (Act::Kill, HOUR, false, false, false),
        ];
        for (act, to_come, embargo, there, want) in table {
            assert_eq!(
                may_be_given_early(act, to_come, embargo, there),
                want,
                "{act:?} {to_come} {embargo} {there}"
            );
        }
    }

    #[test]
    fn what_was_agreed_to_long_ago_asks_again() {
        const HOUR: i64 = 3_600_000;
        let table = [
            (Act::Publish, 0, None, 24 * HOUR, false),
            (Act::Publish, 0, None, 24 * HOUR + 1, true),
            (Act::Correct, 0, None, 24 * HOUR + 1, true),
            (Act::Publish, 20 * HOUR, None, 40 * HOUR, false), // somebody has said yes again meanwhile
            (Act::Publish, 0, Some(100 * HOUR), 110 * HOUR, false), // it was to go only then
            (Act::Publish, 0, Some(100 * HOUR), 125 * HOUR, true), // the machine slept all the while
            (Act::Publish, 0, None, -5 * HOUR, false),
        ];
        for (act, agreed_at, not_before, now, want) in table {
            assert_eq!(asks_again(act, agreed_at, not_before, now), want, "{act:?} {agreed_at} {now}");
        }
    }
}
