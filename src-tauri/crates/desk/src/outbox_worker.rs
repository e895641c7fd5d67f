//! Works off the outbox: leases a job, gives the portal what it lacks, has the decision applied, reads back.
//! One worker per desk folder (`WorkerLock`); what a dead worker was sending is asked about, not sent again.

use std::{sync::Arc, time::Duration};

use domain::{
    decision::Act,
    document::Document,
    ids::Hash,
    outbox::{self as policy, JobState, Next, Outcome},
    picture::PictureWords,
    placement::Placement,
    revision::Revision,
};
use media::rendition::{Recipe, Rendition};
use portal::{Fault, Portal, read_back};
use protocol::{Edition, PictureRendition, Receipt};
use store::{
    outbox::{self, JobRow},
    pictures,
    publications::{self, PublicationRow},
    revisions,
};
use tokio::time;

use crate::{Desk, Error, LOCAL, Result, WorkerLock, window::Changed};

/// How long the worker sleeps when nothing is due: another process may have added a job.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// Works off the desk's outbox for as long as it is polled; the lock says that nobody else does.
pub async fn work(desk: Arc<Desk>, _lock: WorkerLock) {
    if let Err(error) = desk.wake_known() {
        tracing::error!("the outbox cannot be read: {error}");
    }
    let mut cut_short = true; // by the end of the run before this one
    loop {
        let worked = desk.work_after(cut_short).await;
        cut_short = worked.is_err();
        match worked {
            Ok(true) => {}
            Ok(false) => desk.rest().await,
            Err(error) => {
                tracing::error!("the outbox cannot be worked off: {error}");
                time::sleep(LONGEST_SLEEP).await;
            }
        }
    }
}

/// What became of an attempt.
enum Attempt {
    Delivered { receipt: Box<Receipt>, differences: Vec<String> },
    Failed { outcome: Outcome, words: String },
}

impl From<Fault> for Attempt {
    fn from(fault: Fault) -> Self {
        Self::Failed { outcome: fault.outcome(), words: fault.to_string() }
    }
}

impl Desk {
    /// Works on. Where an attempt was cut short, by the end of a run or by a database that could not be written (a full
    /// disk), nobody wrote what became of it: the portal is asked.
    async fn work_after(&self, cut_short: bool) -> Result<bool> {
        if cut_short {
            self.store.write(|tx| outbox::free_leases(tx, self.now()))?;
        }
        self.work_once().await
    }

    async fn rest(&self) {
        tokio::select! {
            () = self.news.outbox.notified() => {}
            () = time::sleep(LONGEST_SLEEP) => {}
        }
    }

    /// Sends the oldest job that is due. Returns whether there was one.
    ///
    /// # Errors
    /// What the database says; a portal's failure is the job's business, not an error.
    pub async fn work_once(&self) -> Result<bool> {
        let Some(job) = self.store.read(|conn| outbox::due(conn, self.now()))? else { return Ok(false) };
        let ask_first = job.state == JobState::Unknown;
        self.store.write(|tx| outbox::lease(tx, job.id))?;
        self.tell_job(&job);
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        let attempt = self.attempt(&job, &revision, ask_first).await?;
        self.settle(&job, &revision, attempt)?;
        self.tell_job(&job);
        Ok(true)
    }

    fn tell_job(&self, job: &JobRow) {
        // The worker itself is awake: only the window is told.
        self.news.tell(&Changed { articles: vec![job.article], outbox: true, pictures: false });
    }

    async fn attempt(&self, job: &JobRow, revision: &Revision, ask_first: bool) -> Result<Attempt> {
        let Some(portal) = self.portal(&job.portal)? else {
            return Ok(nobody_there(&job.portal));
        };
        match self.applied(portal.as_ref(), job, revision, ask_first).await? {
            Ok(receipt) => {
                let differences = read_back(portal.as_ref(), &receipt, &revision.document).await;
                Ok(Attempt::Delivered { receipt: Box::new(receipt), differences })
            }
            Err(fault) => Ok(fault.into()),
        }
    }

    /// Has the decision applied. An unknown answer is settled by asking before anything is sent again.
    async fn applied(
        &self,
        portal: &dyn Portal,
        job: &JobRow,
        revision: &Revision,
        ask_first: bool,
    ) -> Result<Result<Receipt, Fault>> {
        if ask_first {
            match portal.receipt_of(job.decision).await {
                Ok(Some(receipt)) => return Ok(Ok(receipt)),
                Ok(None) => {}
                Err(fault) => return Ok(Err(unsettled(fault))),
            }
        }
        let renditions = match self.renditions_of(&revision.document) {
            Ok(renditions) => renditions,
            Err(error) => return Ok(Err(Fault::Refused { status: 0, words: error.to_string() })),
        };
        if let Err(fault) = give_pictures(portal, &renditions).await {
            return Ok(Err(before_sending(fault)));
        }
        let edition = self.edition(job, revision, &renditions)?;
        Ok(portal.deliver(job.decision, &edition).await)
    }

    fn edition(
        &self,
        job: &JobRow,
        revision: &Revision,
        renditions: &[(Hash, Rendition)],
    ) -> Result<Edition> {
        let (live, story) = self.store.read(|conn| {
            let live = publications::get(conn, job.article, &job.portal)?;
            Ok::<_, store::Error>((live, store::articles::get(conn, job.article)?.story))
        })?;
        let decided_at = jiff::Timestamp::from_millisecond(job.made_at).unwrap_or_default().to_string();
        Ok(Edition {
            act: if job.act == Act::Correct { protocol::Act::Correct } else { protocol::Act::Publish },
            article: job.article,
            story,
            content_hash: revision.content_hash,
            base: live.map(|live| live.version),
            document: revision.document.clone(),
            renditions: renditions.iter().map(|(picture, made)| sized(*picture, made)).collect(),
            correction_notice: String::new(),
            decided_at,
        })
    }

    /// Makes the sizes of every picture of the document, with the article's words written in.
    fn renditions_of(&self, document: &Document) -> Result<Vec<(Hash, Rendition)>> {
        let mut made = Vec::new();
        for placement in &document.placements {
            let Some(picture) = placement.picture else { continue };
            let words = self.words_of(picture, placement)?;
            for recipe in [Recipe::WebSmall, Recipe::Web] {
                made.push((picture, self.renditions.get(&self.vault, picture, recipe, &words)?));
            }
        }
        Ok(made)
    }

    fn words_of(&self, picture: Hash, placement: &Placement) -> Result<PictureWords> {
        let found = self
            .store
            .read(|conn| pictures::get(conn, picture))?
            .map(|picture| picture.words)
            .unwrap_or_default();
        Ok(PictureWords {
            caption: placement.caption.clone(),
            credit_line: placement.credit_line.clone(),
            alt: placement.alt.clone(),
            ..found
        })
    }

    /// Writes how the job stands now; a receipt and what it makes live are one transaction.
    fn settle(&self, job: &JobRow, revision: &Revision, attempt: Attempt) -> Result<()> {
        let now = self.now();
        match attempt {
            Attempt::Delivered { receipt, differences } => self.store.write(|tx| {
                let before = publications::get(tx, job.article, &job.portal)?;
                publications::put(tx, &live(job, revision, &receipt, differences, before.as_ref(), now))?;
                outbox::keep_receipt(
                    tx,
                    job.id,
                    &serde_json::to_string(&receipt).map_err(store::Error::from)?,
                )?;
                Ok(outbox::settle(tx, job.id, JobState::Confirmed, None, "", now)?)
            }),
            Attempt::Failed { outcome, words } => {
                let (state, wait) = moved(policy::next(job.attempts + 1, outcome));
                let next_at =
                    wait.map(|wait| now.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
                self.store
                    .write::<_, Error>(|tx| Ok(outbox::settle(tx, job.id, state, next_at, &words, now)?))
            }
        }
    }
}

/// The app's own portal is not running yet, or the password of another is not known: nothing was sent.
fn nobody_there(portal: &str) -> Attempt {
    if portal == LOCAL {
        return Fault::Unreachable("it does not run on this machine yet".into()).into();
    }
    Attempt::Failed {
        outcome: Outcome::NeedsPassword,
        words: "its password is not known on this machine; give it again".into(),
    }
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

/// While the portal cannot be asked, what is unknown stays unknown.
fn unsettled(fault: Fault) -> Fault {
    match fault {
        Fault::Unreachable(words) => Fault::Unknown(words),
        Fault::Busy { words, .. } => Fault::Unknown(words),
        Fault::Unknown(_)
        | Fault::ServerFailed { .. }
        | Fault::Refused { .. }
        | Fault::NeedsPassword(_)
        | Fault::NotAPortal(_)
        | Fault::Address(_) => fault,
    }
}

/// Before the decision itself was sent nothing can have happened: a lost answer is only a failed try.
fn before_sending(fault: Fault) -> Fault {
    match fault {
        Fault::Unknown(words) => Fault::Unreachable(words),
        Fault::NotAPortal(words) => Fault::Unreachable(Fault::NotAPortal(words).to_string()),
        Fault::ServerFailed { words, .. } => Fault::Busy { retry_after: None, words },
        Fault::Unreachable(_)
        | Fault::Busy { .. }
        | Fault::Refused { .. }
        | Fault::NeedsPassword(_)
        | Fault::Address(_) => fault,
    }
}

fn sized(picture: Hash, made: &Rendition) -> PictureRendition {
    PictureRendition { picture, rendition: made.hash, width: made.width, height: made.height }
}

async fn give_pictures(portal: &dyn Portal, renditions: &[(Hash, Rendition)]) -> Result<(), Fault> {
    let hashes: Vec<Hash> = renditions.iter().map(|(_, made)| made.hash).collect();
    let lacking = portal.lacks(&hashes).await?;
    for (_, made) in renditions.iter().filter(|(_, made)| lacking.contains(&made.hash)) {
        portal.take_picture(made.hash, made.bytes.clone()).await?;
    }
    Ok(())
}

/// A page that cannot be read back is a difference too: the person looks.
async fn read_back(portal: &dyn Portal, receipt: &Receipt, document: &Document) -> Vec<String> {
    match portal.public_page(&receipt.url).await {
        Ok(page) => read_back::differences(&page, document),
        Err(fault) => vec![format!("the page could not be read back: {fault}")],
    }
}

fn live(
    job: &JobRow,
    revision: &Revision,
    receipt: &Receipt,
    differences: Vec<String>,
    before: Option<&PublicationRow>,
    now: i64,
) -> PublicationRow {
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
        differences,
    }
}
