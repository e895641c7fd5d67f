//! `publish`: one decision, then the portal's answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};
use desk::{Change, Desk, Job, LOCAL};
use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId},
    outbox::JobState,
};
use serde::Serialize;
use tokio::{runtime::Runtime, time};

use super::{Done, Refusal, print};
use crate::newsroom;

const LOOK_AGAIN: Duration = Duration::from_millis(20);

#[derive(Args)]
pub struct Publish {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// The portal's name; `local` is the one the app runs itself
    #[arg(long, value_name = "NAME")]
    portal: String,
    /// What the change is, where the article is live already
    #[arg(long = "as", value_name = "CHANGE")]
    as_change: Option<AsChange>,
    /// What readers are told was wrong; it stays on the page
    #[arg(long, value_name = "TEXT", default_value = "", required_if_eq("as_change", "correct"))]
    notice: String,
    /// What is new, for the desk's record
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// Put it into the outbox and do not wait: the window, or the next publish, sends it
    #[arg(long)]
    no_wait: bool,
    /// How long to wait for the portal's answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, conflicts_with = "no_wait")]
    wait: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum AsChange {
    /// A slip is put right; readers are told nothing
    MinorFix,
    /// There are new facts; the page says when
    Update,
    /// It was wrong; the notice stays on the page
    Correct,
}

/// The answer of `publish`.
#[derive(Serialize)]
struct Published {
    state: JobState,
    /// Empty until it is confirmed.
    url: String,
}

impl Publish {
    pub fn run(&self, desk: &Arc<Desk>) -> Done {
        if !self.no_wait {
            return Runtime::new()?.block_on(self.send(desk));
        }
        let decision = desk.publish_now(self.id, &self.portal, &self.change())?;
        let job = self.job(desk, decision)?;
        print(&Published { state: job.state, url: job.url })
    }

    fn change(&self) -> Change {
        let act = match self.as_change {
            None => Act::Publish,
            Some(AsChange::MinorFix) => Act::MinorFix,
            Some(AsChange::Update) => Act::Update,
            Some(AsChange::Correct) => Act::Correct,
        };
        Change { act, public_notice: self.notice.clone(), reason: self.reason.clone() }
    }

    fn job(&self, desk: &Desk, decision: DecisionId) -> Result<Job, Refusal> {
        desk.job_of(decision, &self.portal)?
            .ok_or_else(|| Refusal::new("the job is not in the outbox any more"))
    }

    /// Works the outbox off until this decision is settled, or watches another process do so.
    async fn send(&self, desk: &Arc<Desk>) -> Done {
        let until = Instant::now() + Duration::from_secs(self.wait);
        desk.summarise_publication(self.id, &self.portal)?; // refused before anything is started
        let lock = desk.folder().lock_worker()?;
        let _local = if lock.is_some() && self.portal == LOCAL {
            Some(newsroom::start_local_portal(desk).await?)
        } else {
            None
        };
        let _asked = desk.portal_clock(&self.portal).await?; // what is past by its clock does not wait
        let worker = lock.map(|lock| tokio::spawn(desk::work(Arc::clone(desk), lock)));
        let job = self.settled_job(desk, until).await;
        if let Some(worker) = worker {
            worker.abort(); // what it is sending is settled by asking, at the next start
        }
        let job = job?;
        print(&Published { state: job.state, url: job.url.clone() })?;
        verdict(&job)
    }

    async fn settled_job(&self, desk: &Desk, until: Instant) -> Result<Job, Refusal> {
        let decision = self.decide(desk, until).await?;
        loop {
            let job = self.job(desk, decision)?;
            if settled(job.state) || Instant::now() >= until {
                return Ok(job);
            }
            time::sleep(LOOK_AGAIN).await;
        }
    }

    /// An earlier decision about this edition is settled first: what readers see changes in the order decided.
    async fn decide(&self, desk: &Desk, until: Instant) -> Result<DecisionId, Refusal> {
        loop {
            match desk.publish_now(self.id, &self.portal, &self.change()) {
                Err(desk::Error::UnfinishedJob { .. }) if Instant::now() < until => {
                    time::sleep(LOOK_AGAIN).await;
                }
                decided => return Ok(decided?),
            }
        }
    }
}

/// Says whether waiting longer changes nothing by itself.
fn settled(state: JobState) -> bool {
    match state {
        JobState::Confirmed
        | JobState::Refused
        | JobState::NeedsPassword
        | JobState::AsksAgain
        | JobState::Cancelled
        | JobState::WaitingTime => true,
        JobState::Ready | JobState::Sending | JobState::Unknown | JobState::RetryLater => false,
    }
}

fn verdict(job: &Job) -> Done {
    if matches!(job.state, JobState::Confirmed | JobState::WaitingTime) {
        return Ok(());
    }
    let answer = if job.last_answer.is_empty() { String::new() } else { format!(": {}", job.last_answer) };
    Err(Refusal::new(format!("not live yet ({}){answer}; the job stays in the outbox", job.state)))
}
