//! History: a revision at every natural pause of writing; read, compared and brought back. Nothing here touches the text
//! that is being typed but [`Desk::restore_revision`], and that keeps what was there first.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use domain::{
    comparison,
    document::Document,
    ids::{ArticleId, Hash},
    placement::Placement,
    revision::{Change, Occasion, Revision, Unkept, is_long_deletion},
};
use store::{
    Connection, Tx, articles, decisions, pictures,
    placements::{self, PlacementRow},
    publications,
    revisions::{self, Head, Listed},
};

use crate::{
    Desk, Error, Result,
    article::{document_of, lapse},
    backup::off_the_window,
    kind, lock,
    window::{ArticleShown, CompareAsked, Compared, Edit, History, RestoreAsked, RevisionShown},
};

/// Nobody has typed for so long: a pause (milliseconds).
const QUIET: i64 = 10 * 60_000;
/// How often it is looked for articles at which nobody types any more.
const LOOK: Duration = Duration::from_secs(30);
/// How long after the window opened the first look is: the person comes first.
const FIRST_LOOK: Duration = Duration::from_secs(3);
/// So many articles are kept in one transaction: who types does not wait for longer.
const AT_ONCE: u32 = 50;
/// More than anybody reads.
const LISTED: u32 = 500;

/// The most that each article has said since it was last kept. What the desk is closed or killed over is kept as a
/// revision then or at the next start: nothing of it has to outlive the process.
pub(crate) type AllUnkept = HashMap<ArticleId, Unkept>;
/// What could not be kept in one look, and why.
type Failed = BTreeMap<ArticleId, Error>;

impl Desk {
    /// Cuts the revision that holds `document`, which is how the article stands, or returns the newest one when it holds
    /// just that.
    pub(crate) fn cut(
        &self,
        tx: &Tx<'_>,
        article: ArticleId,
        document: Document,
        occasion: Occasion,
    ) -> Result<Head> {
        articles::set_kept(tx, article)?;
        let head = revisions::head(tx, article)?;
        let content_hash = document.content_hash();
        if let Some(head) = head.filter(|head| head.content_hash == content_hash) {
            return Ok(head);
        }
        let before = head.map(|head| readable(tx, head.id)).transpose()?.flatten();
        let change = before.map(|before| Change::between(&before.document, &document));
        let parents = head.iter().map(|head| head.id).collect();
        // A clock that was set back must not make the newest revision an old one.
        let made_at = head.map_or(i64::MIN, |head| head.made_at).max(self.now());
        let revision = Revision::new(article, document, parents, self.person, made_at);
        revisions::keep(tx, &revision, occasion, change)?;
        Ok(Head { id: revision.id, content_hash, made_at })
    }

    pub(crate) fn keep(&self, tx: &Tx<'_>, id: ArticleId, occasion: Occasion) -> Result<()> {
        let article = articles::get(tx, id)?;
        self.cut(tx, id, document_of(tx, &article)?, occasion).map(drop)
    }

    /// Keeps what stands, or the most that stood since it was last kept, where much of it is gone when the body becomes
    /// `next`: at once or bit by bit. Says whether it did.
    pub(crate) fn keep_before_loss(
        &self,
        tx: &Tx<'_>,
        id: ArticleId,
        before: &Document,
        next: &str,
    ) -> Result<bool> {
        let lost = {
            let mut all = lock(&self.unkept);
            if !articles::is_to_keep(tx, id)? {
                all.insert(id, Unkept::after_keeping(&before.body));
            }
            let unkept = all.entry(id).or_default();
            unkept.stands(before);
            if is_long_deletion(&before.body, next) {
                Some(before.clone())
            } else {
                unkept.lost_with(next).cloned()
            }
        };
        let Some(lost) = lost else { return Ok(false) };
        self.cut(tx, id, lost, Occasion::LongDeletion)?;
        Ok(true)
    }

    /// Keeps a revision of every article at which nobody has typed for ten minutes. Returns of how many.
    ///
    /// # Errors
    /// What the database says when none can be kept. One that cannot is passed over, and its history says so.
    pub fn keep_quiet(&self) -> Result<u32> {
        let saved_by = self.now().saturating_sub(QUIET);
        let (mut all, mut failed) = (0, Failed::new());
        loop {
            let kept = self.keep_some(saved_by, Occasion::Quiet, &mut failed)?;
            all += kept;
            if kept == 0 {
                return self.told(all, failed);
            }
        }
    }

    /// Keeps a revision of the articles with edits that are in none, of so many at most that nobody waits for it at closing:
    /// a desk of before there were such revisions has thousands, which are kept when nobody types. Returns of how many.
    ///
    /// # Errors
    /// As [`Desk::keep_quiet`].
    pub fn keep_all(&self, occasion: Occasion) -> Result<u32> {
        let mut failed = Failed::new();
        let kept = self.keep_some(i64::MAX, occasion, &mut failed)?;
        self.told(kept, failed)
    }

    /// Keeps some of what is due, in one transaction where that can be: it is one wait for the disk.
    fn keep_some(&self, saved_by: i64, occasion: Occasion, failed: &mut Failed) -> Result<u32> {
        let at_most = AT_ONCE.saturating_add(u32::try_from(failed.len()).unwrap_or(u32::MAX));
        let mut due = self.store.read(|conn| articles::to_keep(conn, saved_by, at_most))?;
        due.retain(|id| !failed.contains_key(id));
        if due.is_empty() {
            return Ok(0);
        }
        let together = self.store.write(|tx| due.iter().try_for_each(|id| self.keep(tx, *id, occasion)));
        let before = failed.len();
        if together.is_err() {
            for id in &due {
                if let Err(error) = self.store.write(|tx| self.keep(tx, *id, occasion)) {
                    failed.insert(*id, error);
                }
            }
        }
        Ok(u32::try_from(due.len() - (failed.len() - before)).unwrap_or(u32::MAX))
    }

    /// Notes what could not be kept, and logs each once. Where nothing could be, it is no article's own trouble.
    fn told(&self, kept: u32, failed: Failed) -> Result<u32> {
        let ids: BTreeSet<ArticleId> = failed.keys().copied().collect();
        let before = std::mem::replace(&mut *lock(&self.not_kept), ids);
        for (id, error) in failed.iter().filter(|(id, _)| !before.contains(id)) {
            tracing::error!(kind = kind(error), %id, %error, "an article could not be kept as a revision");
        }
        match failed.into_values().next() {
            Some(error) if kept == 0 => Err(error),
            Some(_) | None => Ok(kept),
        }
    }

    /// The window is done with an article: what was written is kept as a revision.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn leave_article(&self, id: ArticleId) -> Result<()> {
        if self.store.read(|conn| articles::is_to_keep(conn, id))? {
            self.store.write(|tx| self.keep(tx, id, Occasion::Closing))?;
        }
        lock(&self.unkept).remove(&id);
        Ok(())
    }

    /// Returns the revisions of an article, newest first.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn history(&self, id: ArticleId) -> Result<History> {
        self.store.read(|conn| {
            let article = articles::get(conn, id)?;
            let now = document_of(conn, &article)?.content_hash();
            let listed = revisions::list(conn, id, LISTED)?;
            let is_kept = listed.first().is_some_and(|newest| newest.content_hash == now);
            let (acts, live) = (acts(conn, id)?, live(conn, id)?);
            let shown = |(at, one): (usize, Listed)| RevisionShown {
                id: one.id,
                made_at: one.made_at,
                person: one.person,
                occasion: one.occasion,
                acts: acts.get(&one.id).cloned().unwrap_or_default(),
                change: one.change,
                is_now: at == 0 && is_kept,
                live_on: live.get(&one.id).cloned().unwrap_or_default(),
            };
            let failed = !is_kept && lock(&self.not_kept).contains(&id);
            Ok(History { revisions: listed.into_iter().enumerate().map(shown).collect(), is_kept, failed })
        })
    }

    /// Compares two states of an article, of which each is a revision or what is saved now.
    ///
    /// # Errors
    /// [`store::Error::Missing`] for a revision of another article, [`store::Error::RevisionDamaged`].
    pub fn compare_revisions(&self, asked: &CompareAsked) -> Result<Compared> {
        let (before, after) = self.store.read::<_, crate::Error>(|conn| {
            Ok((state(conn, asked.id, asked.before)?, state(conn, asked.id, asked.after)?))
        })?;
        Ok(Compared {
            language: after.fields.language.clone(),
            comparison: comparison::compare(&before, &after),
        })
    }

    /// Brings an older revision back, as the newest one. What was there is kept as one before it.
    ///
    /// # Errors
    /// [`store::Error::Stale`] when the article is no longer what was seen, [`crate::Error::Step`] where it may not be
    /// edited; as [`Desk::compare_revisions`].
    pub fn restore_revision(&self, asked: &RestoreAsked) -> Result<ArticleShown> {
        self.store.write(|tx| self.bring_back(tx, asked))?;
        self.tell_article(asked.id);
        self.show(asked.id)
    }

    /// Two wrote at once and one side is about to be chosen: both are kept as revisions, what is saved as the newest. The
    /// edit is what the window has and could not save.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`]; what the database says.
    pub fn keep_both(&self, edit: &Edit) -> Result<()> {
        self.store.write(|tx| {
            let saved = document_of(tx, &articles::get(tx, edit.id)?)?;
            self.cut(tx, edit.id, with_edit(&saved, edit), Occasion::BeforeRestore)?;
            self.cut(tx, edit.id, saved, Occasion::BeforeRestore).map(drop)
        })
    }

    fn bring_back(&self, tx: &Tx<'_>, asked: &RestoreAsked) -> Result<()> {
        let article = articles::get(tx, asked.id)?;
        let before = document_of(tx, &article)?;
        let document = state(tx, asked.id, Some(asked.revision))?;
        if document == before {
            return Ok(());
        }
        self.cut(tx, asked.id, before.clone(), Occasion::BeforeRestore)?;
        articles::save(tx, asked.id, asked.edits, &document.fields, &document.body, self.now())?;
        place(tx, asked.id, &before.placements, &document.placements)?;
        lapse(tx, &article, &before)?;
        self.keep(tx, asked.id, Occasion::Restored)
    }
}

/// Returns the document as it would be if the edit could be saved.
fn with_edit(saved: &Document, edit: &Edit) -> Document {
    let mut document = saved.clone();
    document.fields = edit.fields.clone().unwrap_or(document.fields);
    document.body = edit.body.clone().unwrap_or(document.body);
    for placement in &mut document.placements {
        let Some(words) = edit.placements.iter().find(|words| words.id == placement.id) else { continue };
        let given = [
            (&mut placement.caption, &words.caption),
            (&mut placement.credit_line, &words.credit_line),
            (&mut placement.alt, &words.alt),
        ];
        for (word, new) in given {
            word.clone_from(new.as_ref().unwrap_or(&word.clone()));
        }
    }
    document
}

/// Returns a revision, if it can be read: what is cut after a damaged one is kept all the same.
fn readable(conn: &Connection, id: Hash) -> Result<Option<Revision>> {
    match revisions::get(conn, id) {
        Err(store::Error::RevisionDamaged(_)) => Ok(None),
        read => Ok(Some(read?)),
    }
}

fn state(conn: &Connection, id: ArticleId, revision: Option<Hash>) -> Result<Document> {
    let article = articles::get(conn, id)?;
    let Some(hash) = revision else { return Ok(document_of(conn, &article)?) };
    let revision = revisions::get(conn, hash)?;
    if revision.article != id {
        return Err(store::Error::Missing(format!("revision {hash} of this article")).into());
    }
    Ok(revision.document)
}

/// What was decided about each revision, in the order in which it was.
fn acts(conn: &Connection, id: ArticleId) -> Result<HashMap<Hash, Vec<String>>> {
    let mut acts: HashMap<Hash, Vec<String>> = HashMap::new();
    for decision in decisions::of_article(conn, id)? {
        acts.entry(decision.revision).or_default().push(decision.act.word().to_owned());
    }
    Ok(acts)
}

fn live(conn: &Connection, id: ArticleId) -> Result<HashMap<Hash, Vec<String>>> {
    let mut live: HashMap<Hash, Vec<String>> = HashMap::new();
    let there = publications::of_article(conn, id)?;
    for publication in there.into_iter().filter(|publication| publication.standing.is_live()) {
        live.entry(publication.live_revision).or_default().push(publication.portal);
    }
    Ok(live)
}

/// Gives the article the places of pictures that an older revision has. One that says the same follows the library as
/// before; a picture that the desk knows no more is wanted.
fn place(tx: &Tx<'_>, article: ArticleId, now: &[Placement], then: &[Placement]) -> Result<()> {
    let rows: HashMap<_, _> =
        placements::of_article(tx, article)?.into_iter().map(|row| (row.id, row)).collect();
    for id in rows.keys() {
        placements::remove(tx, *id)?; // all at once, or two leads could meet
    }
    for (ordinal, placement) in (0..).zip(then) {
        let row = rows.get(&placement.id).filter(|_| now.contains(placement)).cloned();
        let row = row.map_or_else(|| given(tx, article, placement, rows.get(&placement.id)), Ok)?;
        placements::put(tx, &PlacementRow { ordinal, ..row })?;
    }
    Ok(())
}

fn given(
    conn: &Connection,
    article: ArticleId,
    placement: &Placement,
    row: Option<&PlacementRow>,
) -> Result<PlacementRow> {
    let known = placement.picture.map(|hash| pictures::get(conn, hash)).transpose()?.flatten();
    Ok(PlacementRow {
        id: placement.id,
        article,
        position: placement.position,
        ordinal: 0,
        picture: known.and(placement.picture),
        caption: Some(placement.caption.clone()),
        credit_line: Some(placement.credit_line.clone()),
        alt: Some(placement.alt.clone()),
        seen_as: row.map(|row| row.seen_as.clone()).unwrap_or_default(),
    })
}

/// Keeps a revision at every pause for as long as it is polled, and first of what an earlier run was cut off over.
pub async fn keep_history(desk: Arc<Desk>) {
    tokio::time::sleep(FIRST_LOOK).await;
    let first = Arc::clone(&desk);
    off_the_window("a revision could not be kept", move || first.keep_all(Occasion::Quiet)).await;
    loop {
        tokio::time::sleep(LOOK).await;
        let quiet = Arc::clone(&desk);
        off_the_window("a revision could not be kept", move || quiet.keep_quiet()).await;
    }
}
