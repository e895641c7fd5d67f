//! The outbox as people see it: what is on its way, what was answered; send again, cancel.

use std::collections::HashMap;

use domain::{
    decision::Act,
    ids::{ArticleId, DecisionId, JobId},
    outbox::JobState,
};
use store::{
    Connection, Tx, articles,
    outbox::{self, JobRow},
    publications,
};

use crate::{
    Change, Desk, Error, Result,
    article::document_of,
    show::{job_shown, unfinished},
    steps,
    times::{Past, Times, refuse_no_time},
    window::{Changed, JobRetimed, JobShown, PublishConfirmed},
};

/// Where a publication stands, for one who waits for it.
#[derive(Debug, Clone)]
pub struct Job {
    pub state: JobState,
    pub url: String,
    pub last_answer: String,
}

const NEWEST: u32 = 100;

impl Desk {
    /// Returns the newest jobs, unfinished ones first.
    ///
    /// # Errors
    /// What the database says.
    pub fn jobs(&self) -> Result<Vec<JobShown>> {
        self.store.read(|conn| {
            let jobs = outbox::newest(conn, NEWEST)?;
            let mut headlines = HashMap::new();
            let mut shown = Vec::new();
            for job in &jobs {
                let headline = headline(conn, job.article, &mut headlines)?;
                shown.push(job_shown(conn, job, &headline)?);
            }
            Ok(shown)
        })
    }

    /// Has a job sent again now. One that may have had its effect is asked about first.
    ///
    /// # Errors
    /// [`Error::Job`] when it is not one that can be.
    pub fn resend(&self, id: JobId) -> Result<Vec<JobShown>> {
        let may = |job: &JobRow| job.state.may_resend();
        self.move_job(id, "sent again", may, |tx, _, now| Ok(outbox::hurry(tx, id, now)?))
    }

    /// Has a job replace what somebody changed on the portal, as it was found there: a later change stops it again.
    ///
    /// # Errors
    /// [`Error::Job`] when that is not why it was refused.
    pub fn replace_there(&self, id: JobId) -> Result<Vec<JobShown>> {
        let may = |job: &JobRow| job.state == JobState::Refused && job.found_there.is_some();
        self.move_job(id, "made to replace what is on the portal", may, |tx, _, now| {
            outbox::may_replace_what_was_found(tx, id)?;
            Ok(outbox::hurry(tx, id, now)?)
        })
    }

    /// Cancels a job that has certainly had no effect. One that the portal may hold until its time is taken back from there
    /// first.
    ///
    /// # Errors
    /// [`Error::Job`] when it is not one that can be.
    pub fn cancel(&self, id: JobId) -> Result<Vec<JobShown>> {
        self.move_job(id, "cancelled", may_cancel, call_off)
    }

    /// Calls off what waits of an article that is not approved any more, or is held. What may have arrived goes on.
    pub(crate) fn call_off_waiting(&self, tx: &Tx<'_>, article: ArticleId) -> Result<()> {
        let jobs = outbox::of_article(tx, article)?;
        jobs.iter()
            .filter(|job| job.act.brings_words() && may_cancel(job))
            .try_for_each(|job| call_off(tx, job, self.now()))
    }

    /// Gives a job that waits another time; without one it goes as soon as no embargo holds.
    ///
    /// # Errors
    /// [`Error::Job`] when it is not one that can be; [`Error::Field`] for what is no time.
    pub fn retime(&self, asked: &JobRetimed) -> Result<Vec<JobShown>> {
        refuse_no_time("schedule", &asked.schedule)?;
        self.move_job(asked.id, "given another time", may_retime, |tx, job, now| {
            let past = Past::on(tx, &job.portal, now)?;
            let times = Times::of(&asked.schedule, &outbox::embargoes(tx, job.article)?, past);
            Ok(outbox::retime(tx, job.id, times.not_before, &times.zone, now)?)
        })
    }

    fn move_job(
        &self,
        id: JobId,
        wish: &'static str,
        may: fn(&JobRow) -> bool,
        write: impl FnOnce(&Tx<'_>, &JobRow, i64) -> Result<()>,
    ) -> Result<Vec<JobShown>> {
        let article = self.store.write(|tx| {
            let job = outbox::get(tx, id)?;
            if !may(&job) {
                return Err(Error::Job { state: job.state.to_string(), wish });
            }
            write(tx, &job, self.now())?;
            Ok(job.article)
        })?;
        self.news.tell(&Changed { articles: vec![article], outbox: true, pictures: false });
        self.jobs()
    }

    /// Publishes as the command line does, and returns the decision: a new one, or, while the same revision is still on
    /// its way (the process died, the password was not known), that one, which is due now. Where readers have the article
    /// already, `change` says what this is to it.
    ///
    /// # Errors
    /// As [`Desk::publish`].
    pub fn publish_now(&self, article: ArticleId, portal: &str, change: &Change) -> Result<DecisionId> {
        if let Some(decision) = self.hurry(article, portal, change.act)? {
            self.news.tell(&Changed { articles: vec![article], outbox: true, pictures: false });
            return Ok(decision);
        }
        let decision = DecisionId(self.clock.new_id());
        let schedule = self.store.read(|conn| articles::get(conn, article))?.fields.schedule;
        let Change { act, public_notice, reason } = change.clone();
        self.publish(&PublishConfirmed {
            decision,
            article,
            portal: portal.to_owned(),
            act,
            public_notice,
            reason,
            schedule,
            embargo: String::new(),
        })?;
        Ok(decision)
    }

    /// Makes the unfinished job of just what is approved now, for just this act, due, and returns its decision.
    fn hurry(&self, id: ArticleId, portal: &str, act: Act) -> Result<Option<DecisionId>> {
        let now = self.now();
        self.store.write(|tx| {
            let article = articles::get(tx, id)?;
            let Some(approval) = steps::approval(tx, &article, &document_of(tx, &article)?)? else {
                return Ok(None);
            };
            let jobs = outbox::of_article(tx, id)?;
            let job = jobs.into_iter().find(|job| {
                let is_same = job.portal == portal && job.revision == approval.revision && job.act == act;
                is_same && may_be_joined(job.state)
            });
            job.map(|job| outbox::hurry(tx, job.id, now).map(|()| job.decision))
                .transpose()
                .map_err(Error::from)
        })
    }

    /// Returns where the job of a decision stands.
    ///
    /// # Errors
    /// What the database says.
    pub fn job_of(&self, decision: DecisionId, portal: &str) -> Result<Option<Job>> {
        self.store.read(|conn| {
            let Some(job) = outbox::of_decision(conn, decision, portal)? else { return Ok(None) };
            let live = publications::get(conn, job.article, portal)?;
            let url =
                live.filter(|_| job.state == JobState::Confirmed).map(|live| live.url).unwrap_or_default();
            Ok(Some(Job { state: job.state, url, last_answer: job.last_answer }))
        })
    }

    /// Returns the address of an article's public page.
    ///
    /// # Errors
    /// What the database says.
    pub fn public_url(&self, article: ArticleId, portal: &str) -> Result<Option<String>> {
        Ok(self.store.read(|conn| publications::get(conn, article, portal))?.map(|live| live.url))
    }
}

fn call_off(tx: &Tx<'_>, job: &JobRow, now: i64) -> Result<()> {
    if may_be_held(job) {
        return Ok(outbox::recall(tx, job.id, now)?);
    }
    Ok(outbox::settle(tx, job.id, JobState::Cancelled, Some(now), &job.last_answer, now)?)
}

/// Only what certainly had no effect is cancelled, and what can be taken back before it has. Never a kill: it is for good from
/// the moment it is decided.
pub(crate) fn may_cancel(job: &JobRow) -> bool {
    let had_none = job.sent_at.is_none() || may_be_held(job);
    job.state.may_cancel() && had_none && !job.recalled && job.act != Act::Kill
}

pub(crate) fn may_retime(job: &JobRow) -> bool {
    let waits = matches!(job.state, JobState::WaitingTime | JobState::Ready | JobState::RetryLater);
    waits && (job.sent_at.is_none() || may_be_held(job)) && !job.recalled && job.act.brings_words()
}

/// It was given to the portal to be held until its time; whether it arrived may not be known.
pub(crate) fn may_be_held(job: &JobRow) -> bool {
    job.state == JobState::WaitingTime && job.sent_at.is_some()
}

/// A job that is on its way is joined; one that was refused needs a decision of its own.
fn may_be_joined(state: JobState) -> bool {
    unfinished(state) && state != JobState::Refused
}

fn headline(conn: &Connection, id: ArticleId, known: &mut HashMap<ArticleId, String>) -> Result<String> {
    if let Some(headline) = known.get(&id) {
        return Ok(headline.clone());
    }
    let headline = articles::get(conn, id)?.fields.headline;
    known.insert(id, headline.clone());
    Ok(headline)
}
