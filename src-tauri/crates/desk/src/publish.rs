//! From approved to on its way: one decision, one transaction, one job per portal. Nothing is sent here.

use domain::{
    article::Article,
    checks,
    decision::{Act, Decision},
    document::Document,
    ids::{ArticleId, DecisionId, JobId},
    markdown,
    outbox::JobState,
    revision::Revision,
};
use store::{
    Connection, Tx, articles, decisions, outbox, people, portals, publications,
    revisions::{self, Head},
};

use crate::{
    Desk, Error, Result,
    article::document_of,
    changing::{Change, offered},
    portals::LOCAL,
    show::unfinished,
    steps,
    times::{Past, Times, millis_of, refuse_no_time},
    window::{ArticleShown, Changed, PublishConfirmed, PublishSummary},
};

impl Desk {
    /// Says what publishing would do, and makes the decision's id: confirming it twice is one decision.
    ///
    /// # Errors
    /// [`Error::NotApproved`], [`Error::ChecksBlock`], [`Error::NoPortal`].
    pub fn summarise_publication(&self, id: ArticleId, portal: &str) -> Result<PublishSummary> {
        let decision = DecisionId(self.clock.new_id());
        let (now, caps) = (self.now(), self.caps_of_portal(portal)?);
        self.store.read(|conn| {
            let (article, document, approval) = approved(conn, id)?;
            let summary = summary(conn, &article, &document, &approval, decision, portal)?;
            let embargo = Times::of_embargoes(conn, id, Past(now))?.embargo;
            let may_be_held = caps.holds && summary.acts.contains(&Act::Publish) && embargo.is_empty();
            let schedule = article.fields.schedule;
            let is_to_come = millis_of(&schedule).is_some_and(|at| at > now);
            let schedule = if is_to_come { schedule } else { String::new() };
            Ok(PublishSummary { schedule, embargo, may_be_held, ..summary })
        })
    }

    /// Publishes the approved revision to a portal: freezes it and puts it into the outbox.
    ///
    /// The same decision again changes nothing and answers the same.
    ///
    /// # Errors
    /// [`Error::NotApproved`] when the article is not what was approved, [`Error::ChecksBlock`], [`Error::Act`],
    /// [`Error::NotMinor`], [`Error::NoticeMissing`] where the act is not one that may be done now,
    /// [`Error::NoPortal`], [`Error::Killed`], [`Error::UnfinishedJob`] while an earlier decision for this edition is on its way.
    pub fn publish(&self, confirmed: &PublishConfirmed) -> Result<ArticleShown> {
        self.store.write(|tx| self.decide(tx, confirmed))?;
        self.news.tell(&Changed { articles: vec![confirmed.article], outbox: true, pictures: false });
        self.show(confirmed.article)
    }

    fn decide(&self, tx: &Tx<'_>, confirmed: &PublishConfirmed) -> Result<()> {
        if outbox::of_decision(tx, confirmed.decision, &confirmed.portal)?.is_some() {
            return Ok(()); // pressed twice
        }
        refuse_no_time("schedule", &confirmed.schedule)?;
        refuse_no_time("embargo", &confirmed.embargo)?;
        let (article, document, approval) = approved(tx, confirmed.article)?;
        refuse_unknown(tx, &confirmed.portal)?;
        self.supersede_refused(tx, article.id, &confirmed.portal)?;
        let there = publications::get(tx, article.id, &confirmed.portal)?;
        let Change { act, public_notice, reason } =
            offered(tx, there.as_ref(), &document)?.settled(&confirmed.change())?;
        // Read here, so that one that cannot be read any more is told of before anything is on its way.
        let Revision { id, content_hash, made_at, .. } = revisions::get(tx, approval.revision)?;
        let revision = Head { id, content_hash, made_at };
        let decision = self.decision(confirmed.decision, act, article.id, revision, &reason);
        let decision = Decision { public_notice, ..decision };
        decisions::log(tx, &decision, &checks::run(&document))?;
        let mut embargoes = outbox::embargoes(tx, article.id)?;
        embargoes.push(confirmed.embargo.clone());
        let past = Past::on(tx, &confirmed.portal, self.now())?;
        let times = Times::of(&confirmed.schedule, &embargoes, past);
        outbox::add(tx, &self.job(&decision, confirmed, times))?;
        Ok(())
    }

    fn job(&self, decision: &Decision, confirmed: &PublishConfirmed, times: Times) -> outbox::JobRow {
        let now = self.now();
        let Times { not_before, zone, .. } = times;
        outbox::JobRow {
            state: if not_before.is_some() { JobState::WaitingTime } else { JobState::Ready },
            next_at: not_before.map(|_| now), // looked at now: the portal's clock may differ from ours
            not_before,
            zone,
            embargo: confirmed.embargo.clone(),
            ..self.job_at_once(decision, &confirmed.portal)
        }
    }

    /// Returns the job of a decision that waits for no time.
    pub(crate) fn job_at_once(&self, decision: &Decision, portal: &str) -> outbox::JobRow {
        outbox::JobRow {
            id: JobId(self.clock.new_id()),
            decision: decision.id,
            article: decision.article,
            portal: portal.to_owned(),
            act: decision.act,
            revision: decision.revision,
            state: JobState::Ready,
            attempts: 0,
            next_at: None,
            last_answer: String::new(),
            made_at: decision.made_at,
            sent_at: None,
            found_there: None,
            may_replace: None,
            not_before: None,
            zone: String::new(),
            agreed_at: decision.made_at,
            obstacle: None,
            uploaded: outbox::Uploaded::default(),
            late_by: None,
            embargo: String::new(),
            held_for: None,
            recalled: false,
        }
    }

    /// A job that was refused, or asks again, had no effect: a new decision takes its place. Any other is left to be settled.
    fn supersede_refused(&self, tx: &Tx<'_>, id: ArticleId, portal: &str) -> Result<()> {
        for job in outbox::of_article(tx, id)? {
            if job.portal != portal || !unfinished(job.state) {
                continue;
            }
            let gives_way =
                matches!(job.state, JobState::Refused | JobState::AsksAgain) && job.sent_at.is_none();
            if !gives_way || job.act.takes_away() {
                return Err(Error::UnfinishedJob { portal: job.portal, state: job.state.to_string() });
            }
            outbox::settle(tx, job.id, JobState::Cancelled, None, &job.last_answer, self.now())?;
        }
        Ok(())
    }
}

/// Returns the article with the approval that covers it exactly as it stands.
fn approved(conn: &Connection, id: ArticleId) -> Result<(Article, Document, Decision)> {
    let article = articles::get(conn, id)?;
    if decisions::kill_of(conn, article.story)?.is_some() {
        return Err(Error::Killed);
    }
    let document = document_of(conn, &article)?;
    let approval = steps::approval(conn, &article, &document)?.ok_or(Error::NotApproved)?;
    let findings = checks::run(&document);
    if !checks::ready(&findings) {
        return Err(Error::ChecksBlock(findings.into_iter().filter(|finding| finding.blocks).collect()));
    }
    Ok((article, document, approval))
}

fn refuse_unknown(conn: &Connection, portal: &str) -> Result<()> {
    portals::get(conn, portal)?.map(drop).ok_or_else(|| Error::NoPortal(portal.to_owned()))
}

fn summary(
    conn: &Connection,
    article: &Article,
    document: &Document,
    approval: &Decision,
    decision: DecisionId,
    portal: &str,
) -> Result<PublishSummary> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let credited = document.placements.iter().filter(|placement| !placement.credit_line.trim().is_empty());
    let fields = &article.fields;
    let there = publications::get(conn, article.id, portal)?;
    let offered = offered(conn, there.as_ref(), document)?;
    Ok(PublishSummary {
        decision,
        article: article.id,
        portal: portal.to_owned(),
        acts: offered.acts,
        not_minor: offered.not_minor,
        notices: there.map(|there| there.notices).unwrap_or_default(),
        headline: fields.headline.clone(),
        source_paper: fields.source_paper.clone(),
        source_url: fields.source_url.clone(),
        language: fields.language.clone(),
        pictures: count(document.placements.len()),
        credited: count(credited.count()),
        words: count(markdown::word_count(&markdown::plain_text(&document.body))),
        approved_at: Some(approval.made_at),
        approved_by: people::name(conn, approval.by)?,
        on_this_machine: portal == LOCAL,
        schedule: String::new(),
        embargo: String::new(),
        may_be_held: false,
    })
}
