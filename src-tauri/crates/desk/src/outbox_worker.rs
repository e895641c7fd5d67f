//! Works off the outbox: leases a row, gives the portal what it lacks, has the decision applied, reads back.
//! One worker per desk folder (`WorkerLock`); what a dead worker was sending is asked about, not sent again. Several
//! articles are on their way at once; of one article, one job after the other.

mod attempt;
mod clocks;
mod early;
mod pictures;

use std::{collections::HashMap, sync::Arc, time::Duration};

use domain::{
    decision::Act,
    ids::ArticleId,
    outbox::{self as policy, JobState, Next},
    revision::Revision,
};
use portal::Delivered;
use store::{
    outbox::{self, JobRow},
    publications::{self, PublicationRow},
    revisions,
};
use tokio::{
    task::{self, JoinSet},
    time,
};

use crate::{Desk, Error, Result, WorkerLock, kind, portals::term_row, window::Changed};
use attempt::Attempt;
pub(crate) use clocks::Clocks;

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
    articles: HashMap<task::Id, ArticleId>,
}

impl Hands {
    fn articles(&self) -> Vec<ArticleId> {
        self.articles.values().copied().collect()
    }

    fn take(&mut self, desk: &Arc<Desk>, job: JobRow) {
        let (desk, article) = (Arc::clone(desk), job.article);
        let task = self.at_work.spawn(async move { desk.work_on(job).await });
        self.articles.insert(task.id(), article);
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
            Err(panicked) => {
                tracing::error!("an attempt ended in the middle");
                self.articles.remove(&panicked.id());
                return true;
            }
        };
        self.articles.remove(&id);
        let Err(error) = worked else { return false };
        tracing::error!(kind = kind(&error), %error, "the outbox cannot be worked off");
        time::sleep(LONGEST_SLEEP).await;
        true
    }
}

impl Desk {
    /// Gives jobs that are due into free hands. What was cut short is put right before.
    fn hand_out(self: &Arc<Self>, hands: &mut Hands, cut_short: bool) -> Result<()> {
        if cut_short {
            self.store.write(|tx| outbox::free_leases(tx, &hands.articles(), self.now()))?;
        }
        while hands.articles.len() < policy::AT_ONCE {
            let Some(job) = self.next_job(&hands.articles())? else { break };
            hands.take(self, job);
        }
        Ok(())
    }

    /// Returns the oldest job that is due, of an article that nobody has in hand.
    fn next_job(&self, in_hand: &[ArticleId]) -> Result<Option<JobRow>> {
        let now = self.now();
        // Nothing waits longer by itself: whatever seems to was put off before the clock was set back.
        let latest = now.saturating_add(policy::millis(policy::LONGEST_ASKED_FOR));
        let due = self.store.read(|conn| outbox::due(conn, now, latest, LOOKED_AT))?;
        Ok(due.into_iter().find(|job| !in_hand.contains(&job.article)))
    }

    /// Sends the oldest job that is due. Returns whether there was one.
    ///
    /// # Errors
    /// What the database says; a portal's failure is the job's business, not an error.
    pub async fn work_once(self: &Arc<Self>) -> Result<bool> {
        let Some(job) = self.next_job(&[])? else { return Ok(false) };
        self.work_on(job).await?;
        Ok(true)
    }

    async fn work_on(self: &Arc<Self>, job: JobRow) -> Result<()> {
        let job = self.under_embargo(job)?;
        if job.recalled {
            return self.take_back(&job).await;
        }
        if let Some(at) = self.too_early(&job).await? {
            self.store.write(|tx| outbox::look_again(tx, job.id, at))?;
            return self.give_early(&job).await;
        }
        if !self.store.write(|tx| outbox::lease(tx, &job))? {
            return Ok(()); // a person was faster
        }
        self.tell_job(&job);
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        let attempt = self.attempt(&job, &revision).await?;
        let delivered = matches!(attempt, Attempt::Delivered(_));
        tracing::info!(delivered, attempts = job.attempts + 1, "a job was tried");
        self.settle(&job, &revision, attempt)?;
        self.tell_job(&job);
        Ok(())
    }

    fn tell_job(&self, job: &JobRow) {
        self.news.tell(&Changed { articles: vec![job.article], outbox: true, pictures: false });
    }

    /// Writes how the job stands now.
    fn settle(&self, job: &JobRow, revision: &Revision, attempt: Attempt) -> Result<()> {
        let now = self.now();
        match attempt {
            Attempt::Delivered(delivered) => self.confirm(job, revision, &delivered, now),
            Attempt::AsksAgain => {
                let (state, words) = (JobState::AsksAgain, &job.last_answer);
                Ok(self.store.write(|tx| outbox::settle(tx, job.id, state, None, words, now))?)
            }
            Attempt::Failed { outcome, words, found_there, obstacle } => {
                let (state, wait) = moved(policy::next(job.attempts + 1, outcome));
                let next_at = wait.map(|wait| now.saturating_add(policy::millis(wait)));
                self.store.write::<_, Error>(|tx| {
                    outbox::found_there(tx, job.id, found_there.as_deref())?;
                    outbox::obstacle(tx, job.id, obstacle)?;
                    Ok(outbox::settle(tx, job.id, state, next_at, &words, now)?)
                })
            }
        }
    }

    /// A receipt and what it makes live are one transaction.
    fn confirm(&self, job: &JobRow, revision: &Revision, delivered: &Delivered, now: i64) -> Result<()> {
        self.store.write(|tx| {
            let before = publications::get(tx, job.article, &job.portal)?;
            publications::put(tx, &live(job, revision, delivered, before.as_ref(), now))?;
            for term in &delivered.terms {
                store::terms::put(tx, &job.portal, &term_row(term))?;
            }
            for term in &delivered.forgotten {
                store::terms::forget(tx, &job.portal, term.kind.word(), &term.ours)?;
            }
            let receipt = serde_json::to_string(&delivered.receipt).map_err(store::Error::from)?;
            outbox::keep_receipt(tx, job.id, &receipt)?;
            outbox::obstacle(tx, job.id, None)?;
            if let Some(not_before) = job.not_before {
                let ahead = store::portals::clock_ahead(tx, &job.portal)?.unwrap_or_default();
                let live_since = brought_out_there(job, delivered).unwrap_or(now.saturating_add(ahead));
                let due = not_before.max(job.agreed_at.saturating_add(ahead)); // nobody is late for what was over already
                outbox::late(tx, job.id, live_since.saturating_sub(due))?;
            }
            Ok(outbox::settle(tx, job.id, JobState::Confirmed, None, "", now)?)
        })
    }
}

/// Returns when the portal brought out by itself what it held (Unix ms, by its clock): that this machine slept is nobody's
/// delay.
fn brought_out_there(job: &JobRow, delivered: &Delivered) -> Option<i64> {
    let at = delivered.receipt.applied_at.parse::<jiff::Timestamp>().ok().filter(|_| job.held_for.is_some());
    at.map(jiff::Timestamp::as_millisecond)
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

fn live(
    job: &JobRow,
    revision: &Revision,
    delivered: &Delivered,
    before: Option<&PublicationRow>,
    now: i64,
) -> PublicationRow {
    let receipt = &delivered.receipt;
    PublicationRow {
        article: job.article,
        portal: job.portal.clone(),
        remote_id: receipt.remote_id.clone(),
        url: receipt.url.clone(),
        version: receipt.version.clone(),
        live_revision: revision.id,
        live_content_hash: revision.content_hash,
        first_live_at: before.map_or(now, |before| before.first_live_at),
        live_since: now,
        corrections: before.map_or(0, |before| before.corrections) + u32::from(job.act == Act::Correct),
        differences: delivered.differences.clone(),
    }
}
