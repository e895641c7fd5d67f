//! `publish`: one decision, then the portal's answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use desk::{Desk, Job, LOCAL};
use domain::{
    ids::{ArticleId, DecisionId},
    outbox::JobState,
};
use local_portal::Running;
use serde::Serialize;
use tokio::{runtime::Runtime, time};

use super::{Done, Refusal, print};
use crate::newsroom;

#[derive(Args)]
pub struct Publish {
    /// The article's id
    #[arg(value_name = "ID")]
    id: ArticleId,
    /// The portal's name; `local` is the one the app runs itself
    #[arg(long, value_name = "NAME")]
    portal: String,
    /// Put it into the outbox and do not wait: the window, or the next publish, sends it
    #[arg(long)]
    no_wait: bool,
    /// How long to wait for the portal's answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, conflicts_with = "no_wait")]
    wait: u64,
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
        let decision = desk.publish_now(self.id, &self.portal)?;
        if self.no_wait {
            let job = self.job(desk, decision)?;
            return print(&Published { state: job.state, url: job.url });
        }
        Runtime::new()?.block_on(self.wait_for(desk, decision))
    }

    fn job(&self, desk: &Desk, decision: DecisionId) -> Result<Job, Refusal> {
        desk.job_of(decision, &self.portal)?
            .ok_or_else(|| Refusal::new("the job is not in the outbox any more"))
    }

    /// Works the outbox off until this decision is settled, or watches another process do so.
    async fn wait_for(&self, desk: &Arc<Desk>, decision: DecisionId) -> Done {
        let until = Instant::now() + Duration::from_secs(self.wait);
        let lock = desk.folder().lock_worker()?;
        let _local =
            if lock.is_some() && self.portal == LOCAL { self.local_portal(desk).await? } else { None };
        let worker = lock.map(|lock| tokio::spawn(desk::work(Arc::clone(desk), lock)));
        let job = loop {
            let job = self.job(desk, decision)?;
            if settled(job.state) || Instant::now() >= until {
                break job;
            }
            time::sleep(Duration::from_millis(20)).await;
        };
        if let Some(worker) = worker {
            worker.abort(); // what it is sending is settled by asking, at the next start
        }
        print(&Published { state: job.state, url: job.url.clone() })?;
        verdict(&job)
    }

    async fn local_portal(&self, desk: &Desk) -> Result<Option<Running>, Refusal> {
        Ok(Some(newsroom::start_local_portal(desk).await?))
    }
}

/// Says whether waiting longer changes nothing by itself.
fn settled(state: JobState) -> bool {
    match state {
        JobState::Confirmed
        | JobState::Refused
        | JobState::NeedsPassword
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
