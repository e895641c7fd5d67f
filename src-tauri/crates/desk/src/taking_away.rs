//! Taking it back: unpublish, takedown, kill. One decision, one transaction, one job per edition and portal. Nothing is
//! sent here, and nothing is said to be gone here: that is the worker's, once the portal has confirmed it and the page is
//! seen to be gone.

use std::collections::BTreeSet;

use domain::{
    article::Article,
    decision::{Act, Decision},
    ids::{ArticleId, DecisionId, Hash},
    live::{ActRefused, Standing},
    outbox::JobState,
    revision::Occasion,
    stage::{Role, may},
};
use store::{
    Connection, Tx, articles, decisions,
    outbox::{self, JobRow},
    portals,
    publications::{self, PublicationRow},
    revisions::{self, Head},
};

use crate::{
    Desk, Error, Result,
    article::document_of,
    window::{ArticleShown, Changed, EditionTaken, WithdrawalAsked, WithdrawalConfirmed, WithdrawalSummary},
};

/// Without a team one person is everybody; what an account may do on a portal, the portal says itself.
const ROLES: &[Role] = &Role::ALL;

/// One edition on one portal, and what is to be done about it.
pub(crate) struct Target {
    pub article: ArticleId,
    pub portal: String,
    there: Option<PublicationRow>,
    unfinished: Vec<JobRow>,
}

impl Target {
    /// Jobs that an act of this rank takes the place of, and that have certainly had no effect.
    fn cancelled(&self, act: Act) -> impl Iterator<Item = &JobRow> {
        self.unfinished.iter().filter(move |job| job.sent_at.is_none() && job.act.rank() <= act.rank())
    }

    /// Something of it is on the portal, or may be.
    fn may_be_there(&self) -> bool {
        self.there.is_some() || self.unfinished.iter().any(|job| job.sent_at.is_some())
    }

    fn standing(&self) -> Standing {
        self.there.as_ref().map_or(Standing::Never, |there| there.standing)
    }

    fn is_being_killed(&self) -> bool {
        self.unfinished.iter().any(|job| job.act == Act::Kill)
    }

    /// The revision that readers see or would have seen.
    fn revision(&self) -> Option<Hash> {
        let there = self.there.as_ref().map(|there| there.live_revision);
        there.or_else(|| self.unfinished.first().map(|job| job.revision))
    }
}

impl Desk {
    /// Says what taking an edition away would do, and makes the decision's id: confirming it twice is one decision.
    ///
    /// # Errors
    /// [`Error::Act`] where the edition stands so that this leads nowhere, [`Error::UnfinishedJob`] while something of
    /// it is on its way that only the portal can settle, [`Error::NoPortal`], [`Error::MayNot`].
    pub fn summarise_withdrawal(&self, asked: &WithdrawalAsked) -> Result<WithdrawalSummary> {
        let decision = DecisionId(self.clock.new_id());
        self.store.read(|conn| {
            let article = articles::get(conn, asked.id)?;
            let targets = planned(conn, &article, asked.act, &asked.portal)?;
            let taken: Vec<EditionTaken> = targets
                .iter()
                .filter(|target| target.may_be_there())
                .map(|target| self.edition_taken(conn, target))
                .collect::<Result<_>>()?;
            let editions: BTreeSet<ArticleId> = taken.iter().map(|one| one.article).collect();
            let at: BTreeSet<&String> = taken.iter().map(|one| &one.portal).collect();
            Ok(WithdrawalSummary {
                decision,
                article: article.id,
                act: asked.act,
                portal: asked.portal.clone(),
                editions: counted(editions.len()),
                portals: counted(at.len()),
                cancelled: counted(targets.iter().map(|target| target.cancelled(asked.act).count()).sum()),
                taken,
            })
        })
    }

    fn edition_taken(&self, conn: &Connection, target: &Target) -> Result<EditionTaken> {
        let fields = articles::get(conn, target.article)?.fields;
        let portal = portals::get(conn, &target.portal)?;
        Ok(EditionTaken {
            article: target.article,
            headline: fields.headline,
            language: fields.language,
            portal: target.portal.clone(),
            url: target.there.as_ref().map(|there| there.url.clone()).unwrap_or_default(),
            for_good: portal.is_some_and(|row| self.caps_now(&row).gone_for_good),
        })
    }

    /// Takes an edition away from the readers of one portal, or, killing it, every edition of its story from all. What
    /// waits for the same is cancelled with it. The same decision again changes nothing and answers the same.
    ///
    /// # Errors
    /// As [`Desk::summarise_withdrawal`]; [`Error::ReasonMissing`], [`Error::AskedByMissing`].
    pub fn withdraw(&self, confirmed: &WithdrawalConfirmed) -> Result<ArticleShown> {
        let changed = self.store.write(|tx| self.decide_withdrawal(tx, confirmed))?;
        self.news.tell(&Changed { articles: changed, outbox: true, pictures: false });
        self.show(confirmed.article)
    }

    fn decide_withdrawal(&self, tx: &Tx<'_>, confirmed: &WithdrawalConfirmed) -> Result<Vec<ArticleId>> {
        if decisions::get(tx, confirmed.decision)?.is_some() {
            return Ok(Vec::new()); // pressed twice
        }
        refuse_wordless(confirmed)?;
        let article = articles::get(tx, confirmed.article)?;
        let targets = planned(tx, &article, confirmed.act, &confirmed.portal)?;
        for job in targets.iter().flat_map(|target| target.cancelled(confirmed.act)) {
            outbox::settle(tx, job.id, JobState::Cancelled, None, &job.last_answer, self.now())?;
        }
        let mut editions: Vec<ArticleId> = vec![article.id];
        editions.extend(targets.iter().map(|target| target.article).filter(|id| *id != article.id));
        editions.dedup();
        for edition in &editions {
            let own: Vec<&Target> = targets.iter().filter(|target| target.article == *edition).collect();
            self.decide_for(tx, confirmed, *edition, &own)?;
        }
        Ok(editions)
    }

    /// A portal knows a decision by its id, so that each edition has one of its own.
    fn decide_for(
        &self,
        tx: &Tx<'_>,
        confirmed: &WithdrawalConfirmed,
        edition: ArticleId,
        targets: &[&Target],
    ) -> Result<()> {
        let id =
            if edition == confirmed.article { confirmed.decision } else { DecisionId(self.clock.new_id()) };
        let seen = targets.iter().find_map(|target| target.revision());
        let revision = self.revision_of(tx, edition, seen)?;
        let decision = Decision {
            public_notice: confirmed.public_notice.trim().to_owned(),
            asked_by: confirmed.asked_by.trim().to_owned(),
            ..self.decision(id, confirmed.act, edition, revision, confirmed.reason.trim())
        };
        decisions::log(tx, &decision, &[])?;
        for target in targets.iter().filter(|target| target.may_be_there()) {
            let revision = target.revision().unwrap_or(decision.revision);
            outbox::add(tx, &JobRow { revision, ..self.job_at_once(&decision, &target.portal) })?;
        }
        Ok(())
    }

    /// Returns what is known of the revision that readers saw, else the one that holds what is written now. One that
    /// cannot be read any more keeps nothing from being taken away.
    fn revision_of(&self, tx: &Tx<'_>, edition: ArticleId, seen: Option<Hash>) -> Result<Head> {
        if let Some(head) = seen.map(|id| revisions::head_of(tx, id)).transpose()?.flatten() {
            return Ok(head);
        }
        let document = document_of(tx, &articles::get(tx, edition)?)?;
        self.cut(tx, edition, document, Occasion::Step)
    }
}

/// Returns where something of it is or waits, after this act was found to lead somewhere from there.
pub(crate) fn planned(conn: &Connection, article: &Article, act: Act, portal: &str) -> Result<Vec<Target>> {
    if !act.takes_away() {
        return Err(ActRefused { from: Standing::Live, act }.into());
    }
    if !may(ROLES, act) {
        return Err(Error::MayNot);
    }
    if act == Act::Kill { all_of_story(conn, article) } else { Ok(vec![one(conn, article.id, act, portal)?]) }
}

fn one(conn: &Connection, article: ArticleId, act: Act, portal: &str) -> Result<Target> {
    if portals::get(conn, portal)?.is_none() {
        return Err(Error::NoPortal(portal.to_owned()));
    }
    let target = target(conn, article, portal.to_owned())?;
    target.standing().after(act)?;
    let settles_first = |job: &&JobRow| job.sent_at.is_some() && job.act.rank() >= act.rank();
    let kill = |job: &&JobRow| job.act == Act::Kill;
    if let Some(job) = target.unfinished.iter().find(|job| settles_first(job) || kill(job)) {
        return Err(Error::UnfinishedJob { portal: portal.to_owned(), state: job.state.to_string() });
    }
    Ok(target)
}

/// What is killed already, or is about to be, is killed once.
fn all_of_story(conn: &Connection, article: &Article) -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for edition in articles::of_story(conn, article.story)? {
        for portal in portals_of(conn, edition)? {
            targets.push(target(conn, edition, portal)?);
        }
    }
    targets.retain(|target| target.standing() != Standing::Killed && !target.is_being_killed());
    if targets.is_empty() {
        let killed = decisions::kill_of(conn, article.story)?.is_some();
        let from = if killed { Standing::Killed } else { Standing::Never };
        return Err(ActRefused { from, act: Act::Kill }.into());
    }
    Ok(targets)
}

/// Returns the portals that have an edition, had it, or are to get it.
fn portals_of(conn: &Connection, edition: ArticleId) -> Result<BTreeSet<String>> {
    let there = publications::of_article(conn, edition)?.into_iter().map(|there| there.portal);
    let jobs = outbox::of_article(conn, edition)?;
    let unfinished = jobs.into_iter().filter(|job| crate::show::unfinished(job.state)).map(|job| job.portal);
    Ok(there.chain(unfinished).collect())
}

fn target(conn: &Connection, article: ArticleId, portal: String) -> Result<Target> {
    let there = publications::get(conn, article, &portal)?;
    let unfinished = outbox::unfinished(conn, article, &portal)?;
    Ok(Target { article, portal, there, unfinished })
}

fn refuse_wordless(confirmed: &WithdrawalConfirmed) -> Result<()> {
    if confirmed.reason.trim().is_empty() {
        return Err(Error::ReasonMissing);
    }
    if confirmed.act == Act::Takedown && confirmed.asked_by.trim().is_empty() {
        return Err(Error::AskedByMissing);
    }
    Ok(())
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
