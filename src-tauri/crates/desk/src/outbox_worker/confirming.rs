//! What a portal has proven becomes true on the desk: in one transaction, in one place.

use domain::{
    decision::{Act, Decision},
    live::Standing,
    outbox::JobState,
    page::Correction,
};
use portal::{Delivered, TakenAway};
use store::{
    Tx, decisions,
    outbox::{self, JobRow},
    publications::{self, PageSeen, PublicationRow},
};

use crate::{Desk, Result, portals::term_row};

/// What a portal has proven.
pub enum Applied {
    /// It shows the edition, with what reading the public page back found different.
    Brought(Box<Delivered>),
    /// It took the edition away.
    TakenAway(TakenAway),
}

impl Applied {
    fn receipt(&self) -> serde_json::Result<String> {
        match self {
            Self::Brought(delivered) => serde_json::to_string(&delivered.receipt),
            Self::TakenAway(taken) => serde_json::to_string(&taken.receipt),
        }
    }
}

impl Desk {
    /// A receipt and what it makes true are one transaction.
    pub(super) fn confirm(&self, job: &JobRow, applied: &Applied, now: i64) -> Result<()> {
        self.store.write(|tx| {
            let before = publications::get(tx, job.article, &job.portal)?;
            let decided = decisions::get(tx, job.decision)?.ok_or_else(|| missing(job))?;
            let stands = match applied {
                Applied::Brought(delivered) => live(job, &decided, delivered, before.as_ref(), now),
                Applied::TakenAway(taken) => away(job, &decided, taken, before, now),
            };
            publications::put(tx, &stands)?;
            if let Applied::Brought(delivered) = applied {
                keep_terms(tx, job, delivered)?;
            }
            outbox::keep_receipt(tx, job.id, &applied.receipt().map_err(store::Error::from)?)?;
            outbox::obstacle(tx, job.id, None)?;
            if let Some(not_before) = job.not_before {
                let ahead = store::portals::clock_ahead(tx, &job.portal)?.unwrap_or_default();
                let live_since = brought_out_there(job, applied).unwrap_or(now.saturating_add(ahead));
                let due = not_before.max(job.agreed_at.saturating_add(ahead)); // nobody is late for what was over already
                outbox::late(tx, job.id, live_since.saturating_sub(due))?;
            }
            end_outranked(tx, job, now)?;
            Ok(outbox::settle(tx, job.id, JobState::Confirmed, None, "", now)?)
        })
    }
}

/// Returns when the portal brought out by itself what it held (Unix ms, by its clock): that this machine slept is nobody's
/// delay.
fn brought_out_there(job: &JobRow, applied: &Applied) -> Option<i64> {
    let Applied::Brought(delivered) = applied else { return None };
    let at = delivered.receipt.applied_at.parse::<jiff::Timestamp>().ok().filter(|_| job.held_for.is_some());
    at.map(jiff::Timestamp::as_millisecond)
}

/// Whatever became of what was on its way before: the portal has proven how the edition stands after it.
fn end_outranked(tx: &Tx<'_>, job: &JobRow, now: i64) -> Result<()> {
    for other in outbox::unfinished(tx, job.article, &job.portal)? {
        if other.id != job.id && other.act.rank() < job.act.rank() {
            outbox::settle(tx, other.id, JobState::Cancelled, None, &other.last_answer, now)?;
        }
    }
    Ok(())
}

fn keep_terms(tx: &Tx<'_>, job: &JobRow, delivered: &Delivered) -> Result<()> {
    for term in &delivered.terms {
        store::terms::put(tx, &job.portal, &term_row(term))?;
    }
    for term in &delivered.forgotten {
        store::terms::forget(tx, &job.portal, term.kind.word(), &term.ours)?;
    }
    Ok(())
}

fn live(
    job: &JobRow,
    decided: &Decision,
    delivered: &Delivered,
    before: Option<&PublicationRow>,
    now: i64,
) -> PublicationRow {
    let receipt = &delivered.receipt;
    let notices = before.map(|before| before.notices.clone()).unwrap_or_default();
    let was_live = before.filter(|before| before.standing.is_live());
    PublicationRow {
        article: job.article,
        portal: job.portal.clone(),
        remote_id: receipt.remote_id.clone(),
        url: receipt.url.clone(),
        version: receipt.version.clone(),
        live_revision: job.revision,
        live_content_hash: decided.content_hash,
        first_live_at: before.map_or(now, |before| before.first_live_at),
        live_since: now,
        corrections: before.map_or(0, |before| before.corrections) + u32::from(job.act == Act::Correct),
        notices: notices.into_iter().chain(correction(decided, delivered)).collect(),
        differences: delivered.differences.clone(),
        standing: Standing::Live,
        stands_since: was_live.map_or(now, |before| before.stands_since),
        page: PageSeen::default(),
    }
}

/// Returns what readers are told by a correction; it stays on the page for ever.
fn correction(decided: &Decision, delivered: &Delivered) -> Option<Correction> {
    (decided.act == Act::Correct).then(|| Correction {
        made_at: delivered.receipt.applied_at.clone(),
        notice: decided.public_notice.clone(),
    })
}

/// Its page is looked for at once, and until it is gone. What never had a page is gone as it is.
fn away(
    job: &JobRow,
    decided: &Decision,
    taken: &TakenAway,
    before: Option<PublicationRow>,
    now: i64,
) -> PublicationRow {
    let before = before.unwrap_or_else(|| never_seen(job, decided, now));
    let receipt = &taken.receipt;
    let url = if receipt.url.is_empty() { before.url } else { receipt.url.clone() };
    let page = if url.is_empty() {
        PageSeen { gone_at: Some(now), ..PageSeen::default() }
    } else {
        PageSeen { look_at: Some(now), ..PageSeen::default() }
    };
    PublicationRow {
        url,
        page,
        version: receipt.version.clone(),
        differences: taken.differences.clone(),
        standing: receipt.standing,
        stands_since: now,
        ..before
    }
}

/// An edition of which the desk never saw that it arrived.
fn never_seen(job: &JobRow, decided: &Decision, now: i64) -> PublicationRow {
    PublicationRow {
        article: job.article,
        portal: job.portal.clone(),
        remote_id: String::new(),
        url: String::new(),
        version: String::new(),
        live_revision: job.revision,
        live_content_hash: decided.content_hash,
        first_live_at: now,
        live_since: now,
        corrections: 0,
        notices: Vec::new(),
        differences: Vec::new(),
        standing: Standing::Never,
        stands_since: now,
        page: PageSeen::default(),
    }
}

fn missing(job: &JobRow) -> store::Error {
    store::Error::Missing(format!("decision {}", job.decision))
}
