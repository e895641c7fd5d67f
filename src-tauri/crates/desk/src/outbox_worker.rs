//! Works off the outbox: leases a row, gives the portal what it lacks, has the decision applied, reads back.
//! One worker per desk folder (`WorkerLock`); what a dead worker was sending is asked about, not sent again. Several
//! articles are on their way at once; of one article, one job after the other. A kill goes before all, and has hands of
//! its own. What was taken away is looked for on its public page until it is gone.

mod attempt;
mod clocks;
mod confirming;
mod early;
mod gone;
mod pictures;
mod withdrawing;

use std::{collections::HashMap, sync::Arc, time::Duration};

use domain::{
    decision::Act,
    ids::{ArticleId, JobId},
    outbox::{self as policy, JobState, Next},
};
use store::{
    Tx,
    outbox::{self, JobRow},
    publications::PublicationRow,
};
use tokio::{
    task::{self, AbortHandle, JoinSet},
    time,
};

use crate::{Desk, Result, WorkerLock, kind, outbox::may_be_held, window::Changed};
use attempt::Attempt;
pub(crate) use clocks::Clocks;
use clocks::Time;

/// How long the worker sleeps when nothing is due: another process may have added a job.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// More jobs than the articles in hand can have at all portals together.
const LOOKED_AT: u32 = 64;

/// Works off the desk's outbox for as long as it is polled; the lock says that nobody else does.
pub async fn work(desk: Arc<Desk>, _lock: WorkerLock) {
    if let Err(error) = desk.wake_known() {
        tracing::error!(kind = kind(&error), %error, "the outbox cannot be read");
    }
    let mut hands = Hands::default();
    let mut cut_short = true; // by the end of the run before this one
    loop {
        match desk.hand_out(&mut hands, cut_short) {
            Ok(()) => cut_short = hands.rest(&desk).await,
            Err(error) => {
                tracing::error!(kind = kind(&error), %error, "the outbox cannot be worked off");
                cut_short = true;
                time::sleep(LONGEST_SLEEP).await;
            }
        }
    }
}

/// The jobs that are being worked on, each of another article. Dropped, they stop where they are.
#[derive(Default)]
struct Hands {
    at_work: JoinSet<Result<()>>,
    held: HashMap<task::Id, Held>,
}

/// What a hand is at.
struct Held {
    article: ArticleId,
    /// `None` where a page is looked at.
    job: Option<JobId>,
    stop: AbortHandle,
}

impl Hands {
    fn articles(&self) -> Vec<ArticleId> {
        self.held.values().map(|held| held.article).collect()
    }

    fn take(&mut self, desk: &Arc<Desk>, job: JobRow) {
        let (desk, article, id) = (Arc::clone(desk), job.article, job.id);
        let stop = self.at_work.spawn(async move { desk.work_on(job).await });
        self.held.insert(stop.id(), Held { article, job: Some(id), stop });
    }

    fn look(&mut self, desk: &Arc<Desk>, there: PublicationRow) {
        let (desk, article) = (Arc::clone(desk), there.article);
        let stop = self.at_work.spawn(async move { desk.look(there).await });
        self.held.insert(stop.id(), Held { article, job: None, stop });
    }

    /// Waits until there may be something to do. Returns whether a job was cut short: by a database that could not be
    /// written (a full disk), so that nobody wrote what became of it.
    async fn rest(&mut self, desk: &Desk) -> bool {
        let ended = tokio::select! {
            Some(ended) = self.at_work.join_next_with_id() => ended,
            () = desk.news.outbox.notified() => return false,
            () = time::sleep(LONGEST_SLEEP) => return false,
        };
        let (id, worked) = match ended {
            Ok((id, worked)) => (id, worked),
            Err(ended) => {
                self.held.remove(&ended.id());
                if ended.is_panic() {
                    tracing::error!("an attempt ended in the middle");
                }
                return ended.is_panic(); // else a kill took its place
            }
        };
        self.held.remove(&id);
        let Err(error) = worked else { return false };
        tracing::error!(kind = kind(&error), %error, "the outbox cannot be worked off");
        time::sleep(LONGEST_SLEEP).await;
        true
    }
}

impl Desk {
    /// Gives what is due into free hands. What was cut short is put right before.
    fn hand_out(self: &Arc<Self>, hands: &mut Hands, cut_short: bool) -> Result<()> {
        if cut_short {
            self.store.write(|tx| outbox::free_leases(tx, &hands.articles(), self.now()))?;
        }
        self.stop_overtaken(hands)?;
        while hands.held.len() < policy::AT_ONCE + policy::AT_ONCE_FOR_KILLS {
            let due = self.due(&hands.articles())?;
            let may_be_taken = |job: &JobRow| hands.held.len() < policy::AT_ONCE || job.act == Act::Kill;
            let Some(job) = due.into_iter().find(may_be_taken) else { break };
            hands.take(self, job);
        }
        while hands.held.len() < policy::AT_ONCE {
            let Some(there) = self.next_look(&hands.articles())? else { break };
            hands.look(self, there);
        }
        Ok(())
    }

    /// A kill does not wait for pictures that are on their way for nothing.
    fn stop_overtaken(&self, hands: &Hands) -> Result<()> {
        for held in hands.held.values() {
            let Some(id) = held.job else { continue };
            if self.store.read(|conn| outbox::get(conn, id))?.state == JobState::Cancelled {
                held.stop.abort();
            }
        }
        Ok(())
    }

    /// Returns the jobs that are due, of articles that nobody has in hand: kills first, then the oldest.
    fn due(&self, in_hand: &[ArticleId]) -> Result<Vec<JobRow>> {
        let now = self.now();
        let mut due = self.store.read(|conn| outbox::due(conn, now, latest(now), LOOKED_AT))?;
        due.retain(|job| !in_hand.contains(&job.article));
        Ok(due)
    }

    /// Frees what a run that died had in hand, as [`work`] does when it begins. The lock says that it is dead.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_over(&self, _lock: &WorkerLock) -> Result<()> {
        Ok(self.store.write(|tx| outbox::free_leases(tx, &[], self.now()))?)
    }

    /// Does what is due first: sends a job, or looks whether a page is gone. Returns whether there was anything.
    ///
    /// # Errors
    /// What the database says; a portal's failure is the job's business, not an error.
    pub async fn work_once(self: &Arc<Self>) -> Result<bool> {
        if let Some(job) = self.due(&[])?.into_iter().next() {
            self.work_on(job).await?;
            return Ok(true);
        }
        let Some(there) = self.next_look(&[])? else { return Ok(false) };
        self.look(there).await?;
        Ok(true)
    }

    async fn work_on(self: &Arc<Self>, job: JobRow) -> Result<()> {
        let job = self.under_embargo(job)?;
        if job.recalled {
            return self.take_back(&job).await;
        }
        let time = self.time_of(&job).await?;
        if let Time::Comes(at) = time {
            self.store.write(|tx| outbox::look_again(tx, job.id, at))?;
            return self.give_early(&job).await;
        }
        if let (Time::NotKnown(fault), true) = (&time, may_be_held(&job)) {
            return self.ask_later(&job, fault); // the portal has it: it is not early there, and not late
        }
        if !self.store.write(|tx| outbox::lease(tx, &job))? {
            return Ok(()); // a person was faster
        }
        self.tell_job(&job);
        let attempt = match time {
            Time::NotKnown(fault) => Attempt::before_sending(&fault),
            Time::HasCome | Time::Comes(_) => self.attempt(&job).await?,
        };
        let delivered = matches!(attempt, Attempt::Applied(_));
        tracing::info!(delivered, attempts = job.attempts + 1, "a job was tried");
        self.settle(&job, attempt)?;
        self.tell_job(&job);
        Ok(())
    }

    fn tell_job(&self, job: &JobRow) {
        self.news.tell(&Changed { articles: vec![job.article], outbox: true, pictures: false });
    }

    /// Writes how the job stands now. One in whose place another came meanwhile stays as that left it.
    fn settle(&self, job: &JobRow, attempt: Attempt) -> Result<()> {
        let now = self.now();
        match attempt {
            Attempt::Applied(applied) => self.confirm(job, &applied, now),
            Attempt::Overtaken => Ok(()),
            Attempt::AsksAgain => {
                let (state, words) = (JobState::AsksAgain, &job.last_answer);
                self.write_in_hand(job, |tx| outbox::settle(tx, job.id, state, None, words, now))
            }
            Attempt::Failed { outcome, words, found_there, obstacle } => {
                let (state, wait) = moved(policy::next(job.attempts + 1, outcome));
                let wait = wait.map(|wait| policy::millis(policy::patience(job.act, wait)));
                let next_at = wait.map(|wait| now.saturating_add(wait));
                self.write_in_hand(job, |tx| {
                    outbox::found_there(tx, job.id, found_there.as_deref())?;
                    outbox::obstacle(tx, job.id, obstacle)?;
                    outbox::settle(tx, job.id, state, next_at, &words, now)
                })
            }
        }
    }

    fn write_in_hand(&self, job: &JobRow, write: impl FnOnce(&Tx<'_>) -> store::Result<()>) -> Result<()> {
        Ok(self.store.write(|tx| if outbox::is_in_hand(tx, job.id)? { write(tx) } else { Ok(()) })?)
    }
}

/// Nothing waits longer by itself: whatever seems to was put off before the clock was set back.
fn latest(now: i64) -> i64 {
    now.saturating_add(policy::millis(policy::LONGEST_ASKED_FOR))
}

fn moved(next: Next) -> (JobState, Option<Duration>) {
    match next {
        Next::Confirm => (JobState::Confirmed, None),
        Next::StopAndShow => (JobState::Refused, None),
        Next::WaitForPassword => (JobState::NeedsPassword, None),
        Next::AskIn(wait) => (JobState::Unknown, Some(wait)),
        Next::RetryIn(wait) => (JobState::RetryLater, Some(wait)),
    }
}
