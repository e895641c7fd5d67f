//! One attempt at taking an edition away from readers.

use std::{sync::Arc, time::Duration};

use domain::{decision::Act, decision::Decision, outbox::JobState};
use portal::{Delivery, Fault, Portal, TakenAway, Withdrawing};
use protocol::Withdrawal;
use store::{
    articles, decisions,
    outbox::{self, JobRow},
    publications::{self, PublicationRow},
    revisions,
};

use super::{
    attempt::{Attempt, earlier_notices, may_have_had_effect},
    confirming::Applied,
};
use crate::{Desk, Result};

/// What was sent before, and nobody knows whether it arrived.
struct Unsettled {
    ago: Duration,
    fault: Fault,
}

impl Desk {
    /// Has an edition taken away. What is on its way there is settled first, by asking.
    pub(super) async fn take_away(self: &Arc<Self>, portal: &dyn Portal, job: &JobRow) -> Result<Attempt> {
        let unsettled = self.settle_outranked(portal, job).await?;
        if let Some(Unsettled { fault, .. }) = unsettled.as_ref().filter(|_| job.act != Act::Kill) {
            return Ok(Attempt::before_sending(fault)); // a kill works whatever arrives; anything else comes in its turn
        }
        let there = self.store.read(|conn| publications::get(conn, job.article, &job.portal))?;
        let withdrawal = self.withdrawal(job, there.as_ref())?;
        let withdrawing = Withdrawing {
            decision: job.decision,
            withdrawal: &withdrawal,
            remote_id: there.as_ref().map(|there| there.remote_id.as_str()).filter(|id| !id.is_empty()),
            unsettled: unsettled.map(|unsettled| unsettled.ago),
        };
        if job.state == JobState::Unknown {
            match portal.withdrawn(&withdrawing).await {
                Ok(Some(taken)) => return Ok(proven(taken)),
                Ok(None) => {}
                Err(fault) => return Ok(Attempt::failed(&fault, fault.outcome_while_asking())),
            }
        }
        self.send_withdrawal(portal, job, &withdrawing).await
    }

    async fn send_withdrawal(
        &self,
        portal: &dyn Portal,
        job: &JobRow,
        withdrawing: &Withdrawing<'_>,
    ) -> Result<Attempt> {
        let payload = withdrawing.withdrawal.hash();
        if !self.store.write(|tx| outbox::begin_sending(tx, job.id, payload, self.now()))? {
            return Ok(Attempt::Overtaken);
        }
        match portal.withdraw(withdrawing).await {
            Ok(taken) => Ok(proven(taken)),
            Err(fault) => {
                let since = may_have_had_effect(&fault).then(|| self.now());
                self.store.write(|tx| outbox::sent(tx, job.id, since))?;
                Ok(Attempt::failed(&fault, fault.outcome()))
            }
        }
    }

    /// Settles what was to bring words there before: what certainly never arrived is cancelled, what may have is asked
    /// about. Returns what could not be settled now.
    async fn settle_outranked(
        self: &Arc<Self>,
        portal: &dyn Portal,
        job: &JobRow,
    ) -> Result<Option<Unsettled>> {
        let before = self.store.read(|conn| outbox::unfinished(conn, job.article, &job.portal))?;
        let mut unsettled = None;
        for other in before.iter().filter(|other| other.id != job.id && other.act.rank() < job.act.rank()) {
            if other.sent_at.is_none() {
                self.cancel_outranked(other)?;
            } else if other.act.brings_words() {
                unsettled = self.settle_sent(portal, other).await?.or(unsettled);
            }
        }
        Ok(unsettled)
    }

    async fn settle_sent(self: &Arc<Self>, portal: &dyn Portal, other: &JobRow) -> Result<Option<Unsettled>> {
        let ago = self.sent_ago(other);
        let fault = match self.asked_about(portal, other, ago).await? {
            Ok(Some(applied)) => {
                self.confirm(other, &applied, self.now())?;
                return Ok(None);
            }
            Ok(None) => {
                self.cancel_outranked(other)?;
                return Ok(None);
            }
            Err(fault) => fault,
        };
        Ok(Some(Unsettled { ago, fault }))
    }

    /// Asks whether a decision that brings words was applied. It is told of without its pictures: nothing is sent.
    async fn asked_about(
        &self,
        portal: &dyn Portal,
        other: &JobRow,
        ago: Duration,
    ) -> Result<Result<Option<Applied>, Fault>> {
        let revision = match self.store.read(|conn| revisions::get(conn, other.revision)) {
            Ok(revision) => revision,
            Err(error) => return Ok(Err(Fault::Unknown(error.to_string()))),
        };
        let there = self.store.read(|conn| publications::get(conn, other.article, &other.portal))?;
        let delivery = Delivery {
            decision: other.decision,
            edition: &self.edition(other, &revision, &[], there.as_ref())?,
            earlier_notices: &earlier_notices(there.as_ref()),
            remote_id: there.as_ref().map(|there| there.remote_id.as_str()).filter(|id| !id.is_empty()),
            terms: &self.terms_of(&other.portal)?,
        };
        let receipt = portal.receipt_of(&delivery, ago).await;
        Ok(receipt.map(|delivered| delivered.map(|delivered| Applied::Brought(Box::new(delivered)))))
    }

    fn cancel_outranked(&self, other: &JobRow) -> Result<()> {
        let (state, now) = (JobState::Cancelled, self.now());
        Ok(self.store.write(|tx| outbox::settle(tx, other.id, state, None, &other.last_answer, now))?)
    }

    /// What must go goes, whatever became of it; what is only unpublished is left to who changed it there.
    fn withdrawal(&self, job: &JobRow, there: Option<&PublicationRow>) -> Result<Withdrawal> {
        let (story, decision) = self.store.read::<_, store::Error>(|conn| {
            let decision = decisions::get(conn, job.decision)?;
            let decision: Decision =
                decision.ok_or_else(|| store::Error::Missing(format!("decision {}", job.decision)))?;
            Ok((articles::get(conn, job.article)?.story, decision))
        })?;
        let seen = there.map(|there| there.version.clone()).filter(|version| !version.is_empty());
        let act = protocol::Act::of(job.act).filter(|act| act.takes_away());
        Ok(Withdrawal {
            act: act.ok_or_else(|| store::Error::Stored(format!("{} takes nothing away", job.act.word())))?,
            article: job.article,
            story,
            base: job.may_replace.clone().or(seen).filter(|_| job.act == Act::Unpublish),
            public_notice: decision.public_notice,
            decided_at: jiff::Timestamp::from_millisecond(job.made_at).unwrap_or_default().to_string(),
        })
    }
}

/// A portal that says it is live all the same has proven nothing.
fn proven(taken: TakenAway) -> Attempt {
    let standing = taken.receipt.standing;
    if standing.is_away() {
        return Attempt::Applied(Applied::TakenAway(taken));
    }
    let fault = Fault::Unknown(format!("by the portal's answer it {standing}"));
    Attempt::failed(&fault, fault.outcome())
}
