//! What goes out later: kept here while an embargo holds, else given to a portal that can hold it, so that it comes out in
//! time though this machine sleeps. The portal's word for it is never taken: once it is due it is looked for.

use std::sync::Arc;

use domain::{
    outbox::{self as policy, JobState},
    revision::Revision,
};
use portal::{Delivery, Fault, Held, Portal, Stays};
use store::{
    outbox::{self, JobRow},
    publications, revisions,
};

use super::{
    attempt::{Attempt, may_have_had_effect},
    confirming::Applied,
};
use crate::{
    Desk, Result,
    outbox::may_be_held,
    times::{Past, Times},
};

/// A portal that holds a job and could not be asked about it is asked again after so long (ms).
const ASKED_AGAIN: i64 = 15_000;

impl Desk {
    /// Returns the job as it stands under the embargoes there are now: one may have been set, or made longer, since it was
    /// decided. One that may be with readers already is left as it is.
    pub(super) fn under_embargo(&self, job: JobRow) -> Result<JobRow> {
        if !job.act.brings_words() || (job.sent_at.is_some() && !may_be_held(&job)) {
            return Ok(job);
        }
        let times = self
            .store
            .read(|conn| Times::of_embargoes(conn, job.article, Past::on(conn, &job.portal, self.now())?))?;
        let Some(until) = times.not_before.filter(|until| job.not_before.is_none_or(|at| at < *until)) else {
            return Ok(job);
        };
        self.store.write(|tx| outbox::put_off(tx, job.id, until, &times.zone))?;
        self.tell_job(&job);
        Ok(JobRow { not_before: Some(until), zone: times.zone, ..job })
    }

    /// Gives the portal a job that is to go out later, where it can hold it. Where that fails it is tried again, and at its
    /// time the job is sent all the same.
    pub(super) async fn give_early(self: &Arc<Self>, job: &JobRow) -> Result<()> {
        let Some(until) = job.not_before.filter(|until| job.held_for != Some(*until)) else { return Ok(()) };
        let Some(portal) = self.portal(&job.portal)?.filter(|portal| portal.caps().holds) else {
            return Ok(());
        };
        if !self.may_be_given_early(job, until).await? {
            return Ok(());
        }
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        self.hold(portal.as_ref(), job, &revision, until).await?;
        self.tell_job(job);
        Ok(())
    }

    async fn may_be_given_early(&self, job: &JobRow, until: i64) -> Result<bool> {
        let there = self.now().saturating_add(self.clock_ahead(&job.portal).await?.unwrap_or_default());
        let (embargo, live) = self.store.read::<_, crate::Error>(|conn| {
            let embargo = Times::of_embargoes(conn, job.article, Past(there))?.embargo;
            Ok((embargo, publications::get(conn, job.article, &job.portal)?))
        })?;
        let to_come = until.saturating_sub(there);
        let is_there = may_be_held(job);
        Ok(live.is_none() && policy::may_be_given_early(job.act, to_come, !embargo.is_empty(), is_there))
    }

    async fn hold(
        self: &Arc<Self>,
        portal: &dyn Portal,
        job: &JobRow,
        revision: &Revision,
        until: i64,
    ) -> Result<()> {
        let made = match self.make_renditions(&revision.document, portal.caps()).await {
            Ok(made) => made,
            Err(words) => return self.not_held(job, &words),
        };
        if let Err(fault) = self.give_pictures(portal, job, &made).await {
            return self.not_held(job, &fault.to_string());
        }
        if !self.may_be_given_early(job, until).await? {
            return Ok(()); // the pictures took their time
        }
        // A person may have cancelled it, or given it another time, meanwhile.
        if !self.store.write(|tx| outbox::sent_early(tx, job.id, until, self.now()))? {
            return Ok(());
        }
        let delivery = Delivery {
            decision: job.decision,
            edition: &self.edition(job, revision, &made, None)?,
            earlier_notices: &[], // only what was never there is held
            remote_id: None,
            terms: &self.terms_of(&job.portal)?,
        };
        let payload = delivery.edition.hash();
        self.store.write(|tx| outbox::payload(tx, job.id, payload))?;
        match portal.hold(&delivery, until).await {
            Ok(Held::Live(delivered)) => self.confirm(job, &Applied::Brought(delivered), self.now()),
            Ok(Held::Waits) => Ok(self.store.write(|tx| {
                outbox::held(tx, job.id, Some(until))?;
                outbox::answered(tx, job.id, "")
            })?),
            Ok(Held::Gone) => self.not_held(job, "the portal does not have it"),
            Err(fault) => {
                if !may_have_had_effect(&fault) && !may_be_held(job) {
                    self.store.write(|tx| outbox::sent(tx, job.id, None))?;
                }
                self.not_held(job, &fault.to_string())
            }
        }
    }

    fn not_held(&self, job: &JobRow, words: &str) -> Result<()> {
        tracing::warn!("a job could not be given to the portal before its time");
        Ok(self.store.write(|tx| outbox::answered(tx, job.id, words))?)
    }

    /// A job that the portal holds for later is to go out now: it is freed there, or found to be live.
    pub(super) async fn free_for_now(
        &self,
        portal: &dyn Portal,
        job: &JobRow,
        delivery: &Delivery<'_>,
    ) -> Result<Option<Attempt>> {
        let there = self.now().saturating_add(self.clock_ahead(&job.portal).await?.unwrap_or_default());
        if job.held_for.is_none_or(|until| until <= there) {
            return Ok(None);
        }
        match portal.let_go(delivery, self.sent_ago(job), Stays::Draft).await {
            Ok(Held::Live(delivered)) => Ok(Some(Attempt::Applied(Applied::Brought(delivered)))),
            Ok(Held::Waits | Held::Gone) => {
                self.store.write(|tx| outbox::held(tx, job.id, None))?;
                Ok(None)
            }
            Err(fault) => Ok(Some(Attempt::failed(&fault, fault.outcome_while_asking()))),
        }
    }

    /// A person cancelled what the portal may hold: it is cancelled once it is gone there, and told to be live where it was
    /// too late.
    pub(super) async fn take_back(self: &Arc<Self>, job: &JobRow) -> Result<()> {
        let taken = match self.portal(&job.portal)? {
            Some(portal) => self.let_go(portal.as_ref(), job).await?,
            None => {
                Err(Fault::NeedsPassword("its password is not known on this machine; give it again".into()))
            }
        };
        let now = self.now();
        match taken {
            Ok(Held::Live(delivered)) => {
                self.confirm(job, &Applied::Brought(delivered), now)?;
            }
            Ok(Held::Waits | Held::Gone) => {
                self.store.write(|tx| outbox::settle(tx, job.id, JobState::Cancelled, None, "", now))?;
            }
            Err(fault) => self.ask_later(job, &fault)?,
        }
        self.tell_job(job);
        Ok(())
    }

    /// The portal has a job, or may have it, and cannot be asked about it now.
    pub(super) fn ask_later(&self, job: &JobRow, fault: &Fault) -> Result<()> {
        tracing::warn!(kind = crate::kind(fault), %fault, "a portal that holds a job cannot be asked");
        let again = self.now().saturating_add(ASKED_AGAIN);
        Ok(self.store.write(|tx| {
            outbox::answered(tx, job.id, &fault.to_string())?;
            outbox::look_again(tx, job.id, again)
        })?)
    }

    async fn let_go(&self, portal: &dyn Portal, job: &JobRow) -> Result<Result<Held, Fault>> {
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        let delivery = Delivery {
            decision: job.decision,
            edition: &self.edition(job, &revision, &[], None)?,
            earlier_notices: &[], // only what was never there is held
            remote_id: None,
            terms: &self.terms_of(&job.portal)?,
        };
        Ok(portal.let_go(&delivery, self.sent_ago(job), Stays::Nothing).await)
    }
}

#[cfg(test)]
mod tests;
