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
use portal::{Delivered, Delivery, Fault, PictureFile, Portal, read_back};
use protocol::{Caps, Edition, PictureRendition, Receipt};
use store::{
    outbox::{self, JobRow},
    pictures,
    publications::{self, PublicationRow},
    revisions,
};
use tokio::time;

use crate::{Desk, Error, LOCAL, Result, WorkerLock, kind, portals::term_row, window::Changed};

/// How long the worker sleeps when nothing is due: another process may have added a job.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// Works off the desk's outbox for as long as it is polled; the lock says that nobody else does.
pub async fn work(desk: Arc<Desk>, _lock: WorkerLock) {
    if let Err(error) = desk.wake_known() {
        tracing::error!(kind = kind(&error), %error, "the outbox cannot be read");
    }
    let mut cut_short = true; // by the end of the run before this one
    loop {
        let worked = desk.work_after(cut_short).await;
        cut_short = worked.is_err();
        match worked {
            Ok(true) => {}
            Ok(false) => desk.rest().await,
            Err(error) => {
                tracing::error!(kind = kind(&error), %error, "the outbox cannot be worked off");
                time::sleep(LONGEST_SLEEP).await;
            }
        }
    }
}

/// What became of an attempt.
enum Attempt {
    /// With what reading the public page back found different, too.
    Delivered(Box<Delivered>),
    Failed {
        outcome: Outcome,
        words: String,
        found_there: Option<String>,
    },
}

impl From<Fault> for Attempt {
    fn from(fault: Fault) -> Self {
        tracing::warn!(kind = kind(&fault), %fault, "an attempt failed");
        let (outcome, words) = (fault.outcome(), fault.to_string());
        let found_there = if let Fault::ChangedThere { version, .. } = fault { Some(version) } else { None };
        Self::Failed { outcome, words, found_there }
    }
}

/// A rendition, the picture it is of, and the words written into it.
struct Sent {
    picture: Hash,
    rendition: Rendition,
    words: PictureWords,
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
        let now = self.now();
        // Nothing waits longer by itself: whatever seems to was put off before the clock was set back.
        let latest =
            now.saturating_add(i64::try_from(policy::LONGEST_ASKED_FOR.as_millis()).unwrap_or(i64::MAX));
        let Some(job) = self.store.read(|conn| outbox::due(conn, now, latest))? else { return Ok(false) };
        let ask_first = job.state == JobState::Unknown;
        self.store.write(|tx| outbox::lease(tx, job.id))?;
        self.tell_job(&job);
        let revision = self.store.read(|conn| revisions::get(conn, job.revision))?;
        let attempt = self.attempt(&job, &revision, ask_first).await?;
        let delivered = matches!(attempt, Attempt::Delivered(_));
        tracing::info!(delivered, attempts = job.attempts + 1, "a job was tried");
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
            Ok(mut delivered) => {
                let on_the_page = read_back(portal.as_ref(), &delivered.receipt, &revision.document).await;
                delivered.differences.extend(on_the_page);
                Ok(Attempt::Delivered(Box::new(delivered)))
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
    ) -> Result<Result<Delivered, Fault>> {
        let (made, broken) = match self.renditions_of(&revision.document, portal.caps()) {
            Ok(made) => (made, None),
            Err(error) => (Vec::new(), Some(error.to_string())), // what was sent before is asked about all the same
        };
        let live = self.store.read(|conn| publications::get(conn, job.article, &job.portal))?;
        let delivery = Delivery {
            decision: job.decision,
            edition: &self.edition(job, revision, &made, live.as_ref())?,
            remote_id: live.as_ref().map(|live| live.remote_id.as_str()),
            terms: &self.terms_of(&job.portal)?,
        };
        if ask_first {
            match portal.receipt_of(&delivery, self.sent_ago(job)).await {
                Ok(Some(delivered)) => return Ok(Ok(delivered)),
                Ok(None) => {}
                Err(fault) => return Ok(Err(unsettled(fault))),
            }
        }
        if let Some(words) = broken {
            return Ok(Err(Fault::Refused { status: 0, words }));
        }
        if let Err(fault) = give_pictures(portal, &made).await {
            return Ok(Err(before_sending(fault)));
        }
        self.store.write(|tx| outbox::sent(tx, job.id, Some(self.now())))?;
        let delivered = portal.deliver(&delivery).await;
        if let Err(fault) = &delivered {
            let since = may_have_had_effect(fault).then(|| self.now());
            self.store.write(|tx| outbox::sent(tx, job.id, since))?;
        }
        Ok(delivered)
    }

    /// A decision that was never sent itself cannot be on its way still.
    fn sent_ago(&self, job: &JobRow) -> Duration {
        let ago = |sent_at| u64::try_from(self.now().saturating_sub(sent_at)).unwrap_or_default();
        job.sent_at.map_or(Duration::MAX, |sent_at| Duration::from_millis(ago(sent_at)))
    }

    fn edition(
        &self,
        job: &JobRow,
        revision: &Revision,
        made: &[Sent],
        live: Option<&PublicationRow>,
    ) -> Result<Edition> {
        let story = self.store.read(|conn| store::articles::get(conn, job.article))?.story;
        let decided_at = jiff::Timestamp::from_millisecond(job.made_at).unwrap_or_default().to_string();
        Ok(Edition {
            act: if job.act == Act::Correct { protocol::Act::Correct } else { protocol::Act::Publish },
            article: job.article,
            story,
            content_hash: revision.content_hash,
            base: job.may_replace.clone().or_else(|| live.map(|live| live.version.clone())),
            document: revision.document.clone(),
            renditions: made.iter().map(sized).collect(),
            correction_notice: String::new(),
            decided_at,
        })
    }

    /// Makes the sizes of every picture of the document, with the article's words written in.
    fn renditions_of(&self, document: &Document, caps: Caps) -> Result<Vec<Sent>> {
        let recipes: &[Recipe] =
            if caps.makes_sizes { &[Recipe::Web] } else { &[Recipe::WebSmall, Recipe::Web] };
        let mut made = Vec::new();
        for placement in &document.placements {
            let Some(picture) = placement.picture else { continue };
            let words = self.words_of(picture, placement)?;
            for recipe in recipes {
                let rendition = self.renditions.get(&self.vault, picture, *recipe, &words)?;
                made.push(Sent { picture, rendition, words: words.clone() });
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
            Attempt::Delivered(delivered) => self.store.write(|tx| {
                let before = publications::get(tx, job.article, &job.portal)?;
                publications::put(tx, &live(job, revision, &delivered, before.as_ref(), now))?;
                for term in &delivered.terms {
                    store::terms::put(tx, &job.portal, &term_row(term))?;
                }
                for term in &delivered.forgotten {
                    store::terms::forget(tx, &job.portal, term.kind.word(), &term.ours)?;
                }
                let receipt = serde_json::to_string(&delivered.receipt).map_err(store::Error::from)?;
                outbox::keep_receipt(tx, job.id, &receipt)?;
                Ok(outbox::settle(tx, job.id, JobState::Confirmed, None, "", now)?)
            }),
            Attempt::Failed { outcome, words, found_there } => {
                let (state, wait) = moved(policy::next(job.attempts + 1, outcome));
                let next_at =
                    wait.map(|wait| now.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
                self.store.write::<_, Error>(|tx| {
                    outbox::found_there(tx, job.id, found_there.as_deref())?;
                    Ok(outbox::settle(tx, job.id, state, next_at, &words, now)?)
                })
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
        found_there: None,
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

/// Only a portal that said no, or was never reached, certainly did nothing.
fn may_have_had_effect(fault: &Fault) -> bool {
    matches!(fault.outcome(), Outcome::Unknown | Outcome::ServerFailed)
}

/// While the portal cannot be asked, what is unknown stays unknown.
fn unsettled(fault: Fault) -> Fault {
    match fault {
        Fault::Unreachable(words) => Fault::Unknown(words),
        Fault::Busy { words, .. } => Fault::Unknown(words),
        Fault::Unknown(_)
        | Fault::ServerFailed { .. }
        | Fault::Refused { .. }
        | Fault::ChangedThere { .. }
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
        | Fault::ChangedThere { .. }
        | Fault::NeedsPassword(_)
        | Fault::Address(_) => fault,
    }
}

fn sized(sent: &Sent) -> PictureRendition {
    let Rendition { hash, width, height, .. } = sent.rendition;
    PictureRendition { picture: sent.picture, rendition: hash, width, height }
}

async fn give_pictures(portal: &dyn Portal, made: &[Sent]) -> Result<(), Fault> {
    let mut hashes: Vec<Hash> = Vec::new();
    for sent in made {
        if !hashes.contains(&sent.rendition.hash) {
            hashes.push(sent.rendition.hash); // the same picture twice, with the same words
        }
    }
    for hash in portal.lacks(&hashes).await? {
        let Some(Sent { rendition, words, .. }) = made.iter().find(|sent| sent.rendition.hash == hash) else {
            continue;
        };
        portal.take_picture(&PictureFile { hash, bytes: &rendition.bytes, words }).await?;
    }
    Ok(())
}

/// A page that cannot be read back is a difference too: the person looks.
async fn read_back(portal: &dyn Portal, receipt: &Receipt, document: &Document) -> Vec<String> {
    match portal.public_page(&receipt.url).await {
        Ok(page) => {
            let (document, shape) = (document.clone(), portal.page_shape());
            let compared =
                tokio::task::spawn_blocking(move || read_back::differences(&page, &document, &shape));
            compared.await.unwrap_or_else(|error| vec![format!("the page could not be read back: {error}")])
        }
        Err(fault) => vec![format!("the page could not be read back: {fault}")],
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
