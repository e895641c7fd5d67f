//! Backups: which of them are kept, and how a job stands that comes back from one.

use std::collections::BTreeSet;

use crate::outbox::JobState;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
/// The first of January 1970 was a Thursday; a week begins on Monday.
const FROM_MONDAY: i64 = 3 * DAY;

const HOURS: usize = 24;
const DAYS: usize = 14;
const WEEKS: usize = 8;

/// Returns which of the backups made at these times (Unix ms) are kept: the newest of each of the last 24 hours, 14 days
/// and 8 weeks that have one, in UTC. Hours in which nobody worked are not counted, so nothing goes by lying still.
#[must_use]
pub fn kept(made_at: &[i64]) -> BTreeSet<i64> {
    let hours = newest_of_each(made_at, HOURS, |at| at.div_euclid(HOUR));
    let days = newest_of_each(made_at, DAYS, |at| at.div_euclid(DAY));
    let weeks = newest_of_each(made_at, WEEKS, |at| at.saturating_add(FROM_MONDAY).div_euclid(WEEK));
    hours.into_iter().chain(days).chain(weeks).collect()
}

fn newest_of_each(made_at: &[i64], most: usize, span: impl Fn(i64) -> i64) -> Vec<i64> {
    let times: BTreeSet<i64> = made_at.iter().copied().collect();
    let mut newest: Vec<i64> = times.into_iter().rev().collect();
    newest.dedup_by_key(|at| span(*at));
    newest.truncate(most);
    newest
}

/// Returns how a job stands that comes back out of an older state of the desk. What was done since then is not known:
/// the portal is asked before anything is sent. One whose time has not come cannot have been sent.
#[must_use]
pub fn job_brought_back(state: JobState, not_before: Option<i64>, now_ms: i64) -> JobState {
    match state {
        JobState::WaitingTime if not_before.is_some_and(|at| at > now_ms) => state,
        JobState::Ready
        | JobState::WaitingTime
        | JobState::Sending
        | JobState::Unknown
        | JobState::RetryLater
        | JobState::NeedsPassword
        | JobState::AsksAgain => JobState::Unknown,
        // A person decides about what was refused; what is settled stays settled.
        JobState::Refused | JobState::Confirmed | JobState::Cancelled => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random enough (xorshift), and the same in every run.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: i64) -> i64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            i64::try_from(self.0 >> 1).expect("63 bits") % most
        }

        /// Times of backups from before 1970 on, close together or far apart.
        fn times(&mut self) -> Vec<i64> {
            let reach = [HOUR, DAY, WEEK, 60 * WEEK][usize::try_from(self.below(4)).expect("small")];
            (0..self.below(200)).map(|_| self.below(2 * reach) - reach / 3).collect()
        }
    }

    #[test]
    fn whatever_the_times_the_newest_is_kept_and_few_are() {
        let mut dice = Dice(4711);
        for _ in 0..2000 {
            let times = dice.times();

            let kept_now = kept(&times);

            assert!(kept_now.iter().all(|at| times.contains(at)), "{times:?}");
            assert_eq!(kept_now.last(), times.iter().max(), "{times:?}");
            assert!(kept_now.len() <= HOURS + DAYS + WEEKS, "{times:?}");
            let again: Vec<i64> = kept_now.iter().copied().collect();
            assert_eq!(kept(&again), kept_now, "what was kept is kept: {times:?}");
        }
    }

    #[test]
    fn sorting_out_after_every_backup_keeps_what_sorting_out_once_would() {
        let mut dice = Dice(42);
        for _ in 0..200 {
            let mut times = dice.times();
            times.sort_unstable();

            let mut there: Vec<i64> = Vec::new();
            for at in &times {
                there.push(*at);
                there = kept(&there).into_iter().collect();
            }

            assert_eq!(there, kept(&times).into_iter().collect::<Vec<_>>(), "{times:?}");
        }
    }

    #[test]
    fn a_year_of_hourly_backups_leaves_hours_days_and_weeks() {
        let hourly: Vec<i64> = (0..365 * 24).map(|hour| hour * HOUR).collect();
        let newest = 365 * DAY - HOUR;

        let kept = kept(&hourly);

        assert_eq!(kept.iter().filter(|at| newest - **at < DAY).count(), HOURS);
        assert_eq!(kept.iter().filter(|at| newest - **at < 14 * DAY).count(), HOURS + DAYS - 1);
        let oldest = kept.first().copied().unwrap_or_default();
        assert!((6 * WEEK..=7 * WEEK).contains(&(newest - oldest)), "{oldest}");
    }

    #[test]
    fn a_job_that_may_have_been_sent_is_asked_about() {
        use JobState::{
            AsksAgain, Cancelled, Confirmed, NeedsPassword, Ready, Refused, RetryLater, Sending, Unknown,
            WaitingTime,
        };
        let now = 1000;
        let table = [
            (Ready, None, Unknown),
            (Sending, Some(0), Unknown),
            (Unknown, Some(2000), Unknown),
            (RetryLater, Some(2000), Unknown),
            (NeedsPassword, None, Unknown),
            (AsksAgain, None, Unknown),
            (WaitingTime, Some(1000), Unknown),
            (WaitingTime, Some(1001), WaitingTime),
            (WaitingTime, None, Unknown),
            (Refused, None, Refused),
            (Confirmed, None, Confirmed),
            (Cancelled, None, Cancelled),
        ];
        for (state, not_before, want) in table {
            assert_eq!(job_brought_back(state, not_before, now), want, "{state:?} {not_before:?}");
        }
    }
}
