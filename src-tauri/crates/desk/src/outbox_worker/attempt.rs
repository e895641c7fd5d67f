//! One attempt at a job: what the portal is asked, given and told, and what came of it.

use std::{sync::Arc, time::Duration};

use domain::{
    document::Document,
    outbox::{self as policy, JobState, Obstacle, Outcome},
    revision::Revision,
};
use portal::{Delivered, Delivery, Fault, Portal, read_back};
use protocol::{Edition, Receipt};
use store::{
    decisions,
    outbox::{self, JobRow},
    publications::{self, PublicationRow},
    revisions,
};

use super::{
    confirming::Applied,
    pictures::{Sent, sized},
};
use crate::{Desk, LOCAL, Result, kind};

/// What became of an attempt.
pub enum Attempt {
    Applied(Applied),
    /// Nothing was sent: a job of a higher rank took its place.
    Overtaken,
    /// Nothing was sent: it was decided too long ago.
    AsksAgain,
    Failed {
        outcome: Outcome,
        words: String,
        found_there: Option<String>,
        obstacle: Option<Obstacle>,
    },
}

impl Attempt {
    pub(super) fn failed(fault: &Fault, outcome: Outcome) -> Self {
        tracing::warn!(kind = kind(fault), %fault, "an attempt failed");
        let found_there =
            if let Fault::ChangedThere { version, .. } = fault { Some(version.clone()) } else { None };
        Self::Failed { outcome, words: fault.to_string(), found_there, obstacle: fault.obstacle() }
    }

    pub(super) fn before_sending(fault: &Fault) -> Self {
        Self::failed(fault, fault.outcome_before_sending())
    }
}

impl Desk {
    pub(super) async fn attempt(self: &Arc<Self>, job: &JobRow) -> Result<Attempt> {
        let Some(portal) = self.portal(&job.portal)? else {
            return Ok(nobody_there(&job.portal));
        };
        if job.act.takes_away() {
            return self.take_away(portal.as_ref(), job).await;
        }
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        let attempt = self.apply(portal.as_ref(), job, &revision).await?;
        let Attempt::Applied(Applied::Brought(mut delivered)) = attempt else { return Ok(attempt) };
        let notices = self.notices_with(job)?;
        let on_the_page = read_back(portal.as_ref(), &delivered.receipt, &revision.document, notices).await;
        delivered.differences.extend(on_the_page);
        Ok(brought(*delivered))
    }

    /// Has the decision applied. An unknown answer is settled by asking before anything is sent again.
    async fn apply(
        self: &Arc<Self>,
        portal: &dyn Portal,
        job: &JobRow,
        revision: &Revision,
    ) -> Result<Attempt> {
        let (made, broken) = match self.make_renditions(&revision.document, portal.caps()).await {
            Ok(made) => (made, None),
            Err(error) => (Vec::new(), Some(error)), // what was sent before is asked about all the same
        };
        let live = self.store.read(|conn| publications::get(conn, job.article, &job.portal))?;
        let delivery = Delivery {
            decision: job.decision,
            edition: &self.edition(job, revision, &made, live.as_ref())?,
            earlier_notices: &earlier_notices(live.as_ref()),
            remote_id: live.as_ref().map(|live| live.remote_id.as_str()).filter(|id| !id.is_empty()),
            terms: &self.terms_of(&job.portal)?,
        };
        if job.state == JobState::Unknown || job.sent_at.is_some() {
            match portal.receipt_of(&delivery, self.sent_ago(job)).await {
                Ok(Some(delivered)) => return Ok(brought(delivered)),
                Ok(None) => {}
                Err(fault) => return Ok(Attempt::failed(&fault, fault.outcome_while_asking())),
            }
        }
        // What the portal was to bring out by itself is not asked about again: it may come out at any moment.
        let is_there = job.held_for.is_some();
        if !is_there && policy::asks_again(job.act, job.agreed_at, job.not_before, self.now()) {
            self.store.write(|tx| outbox::sent(tx, job.id, None))?; // what was asked about certainly had no effect
            return Ok(Attempt::AsksAgain);
        }
        if let Some(settled) = self.free_for_now(portal, job, &delivery).await? {
            return Ok(settled);
        }
        if let Some(words) = broken {
            return Ok(Attempt::before_sending(&Fault::Refused { status: 0, words }));
        }
        if let Err(fault) = self.give_pictures(portal, job, &made).await {
            return Ok(Attempt::before_sending(&fault));
        }
        self.send(portal, job, &delivery).await
    }

    async fn send(&self, portal: &dyn Portal, job: &JobRow, delivery: &Delivery<'_>) -> Result<Attempt> {
        let payload = delivery.edition.hash();
        if !self.store.write(|tx| outbox::begin_sending(tx, job.id, payload, self.now()))? {
            return Ok(Attempt::Overtaken);
        }
        match portal.deliver(delivery).await {
            Ok(delivered) => Ok(brought(delivered)),
            Err(fault) => {
                let is_there = may_have_had_effect(&fault) || job.held_for.is_some();
                let since = is_there.then(|| self.now());
                self.store.write(|tx| outbox::sent(tx, job.id, since))?;
                Ok(Attempt::failed(&fault, fault.outcome()))
            }
        }
    }

    /// Returns the notices that must stand on the page after this job.
    fn notices_with(&self, job: &JobRow) -> Result<Vec<String>> {
        self.store.read(|conn| {
            let before = publications::get(conn, job.article, &job.portal)?;
            let own = decisions::get(conn, job.decision)?.map(|decision| decision.public_notice);
            Ok(earlier_notices(before.as_ref())
                .into_iter()
                .chain(own)
                .filter(|notice| !notice.is_empty())
                .collect())
        })
    }

    /// A decision that was never sent itself cannot be on its way still.
    pub(super) fn sent_ago(&self, job: &JobRow) -> Duration {
        let ago = |sent_at| u64::try_from(self.now().saturating_sub(sent_at)).unwrap_or_default();
        job.sent_at.map_or(Duration::MAX, |sent_at| Duration::from_millis(ago(sent_at)))
    }

    pub(super) fn edition(
        &self,
        job: &JobRow,
        revision: &Revision,
        made: &[Sent],
        live: Option<&PublicationRow>,
    ) -> Result<Edition> {
        let story = self.store.read(|conn| store::articles::get(conn, job.article))?.story;
        let decision = self.store.read(|conn| decisions::get(conn, job.decision))?;
        let decided_at = jiff::Timestamp::from_millisecond(job.made_at).unwrap_or_default().to_string();
        let act = protocol::Act::of(job.act).filter(|act| !act.takes_away());
        Ok(Edition {
            act: act.ok_or_else(|| store::Error::Stored(format!("{} sends no edition", job.act.word())))?,
            article: job.article,
            story,
            content_hash: revision.content_hash,
            base: job
                .may_replace
                .clone()
                .or_else(|| live.map(|live| live.version.clone()).filter(|seen| !seen.is_empty())),
            document: revision.document.clone(),
            renditions: made.iter().map(sized).collect(),
            correction_notice: decision.map(|decision| decision.public_notice).unwrap_or_default(),
            canonical_url: String::new(),
            decided_at,
        })
    }
}

/// Returns the notices that stand on the page already, the oldest first.
pub fn earlier_notices(there: Option<&PublicationRow>) -> Vec<String> {
    there.into_iter().flat_map(|there| &there.notices).map(|one| one.notice.clone()).collect()
}

/// The app's own portal is not running yet, or the password of another is not known: nothing was sent.
fn nobody_there(portal: &str) -> Attempt {
    if portal == LOCAL {
        return Attempt::before_sending(&Fault::Unreachable("it does not run on this machine yet".into()));
    }
    Attempt::Failed {
        outcome: Outcome::NeedsPassword,
        words: "its password is not known on this machine; give it again".into(),
        found_there: None,
        obstacle: None,
    }
}

fn brought(delivered: Delivered) -> Attempt {
    Attempt::Applied(Applied::Brought(Box::new(delivered)))
}

/// Only a portal that said no, or was never reached, certainly did nothing.
pub(super) fn may_have_had_effect(fault: &Fault) -> bool {
    matches!(fault.outcome(), Outcome::Unknown | Outcome::ServerFailed)
}

/// A page that cannot be read back is a difference too: the person looks.
async fn read_back(
    portal: &dyn Portal,
    receipt: &Receipt,
    document: &Document,
    notices: Vec<String>,
) -> Vec<String> {
    match portal.public_page(&receipt.url).await {
        Ok(page) => {
            let (document, shape) = (document.clone(), portal.page_shape());
            let compared = tokio::task::spawn_blocking(move || {
                let mut differences = read_back::differences(&page, &document, &shape);
                differences.extend(read_back::notices(&page, &notices, &shape));
                differences
            });
            compared.await.unwrap_or_else(|error| vec![format!("the page could not be read back: {error}")])
        }
        Err(fault) => vec![format!("the page could not be read back: {fault}")],
    }
}
