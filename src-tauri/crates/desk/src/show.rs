//! Gathers all that the window shows of one article.

use std::collections::HashMap;

use domain::{
    article::Article,
    checks,
    decision::Decision,
    document::Document,
    ids::{ArticleId, Hash},
    live::Standing,
    outbox::{JobState, WORTH_SAYING},
    picture::Picture,
    placement::Placement,
};
use store::{
    Connection, articles, carets, decisions,
    outbox::{self, JobRow},
    people, pictures, placements,
    publications::{self, PublicationRow},
    source_pages,
};

use crate::{
    Desk, Result,
    article::document_of,
    live::away,
    outbox::{may_cancel, may_retime},
    steps,
    window::{
        ArticleShown, Caret, Changed, DecisionShown, JobShown, PlacementShown, PublicationShown,
        PublicationState,
    },
};

impl Desk {
    /// Returns one article, whole.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn show(&self, id: ArticleId) -> Result<ArticleShown> {
        self.store.read(|conn| show(conn, id))
    }

    pub(crate) fn tell_article(&self, id: ArticleId) {
        self.news.tell(&Changed { articles: vec![id], ..Changed::default() });
    }
}

fn show(conn: &Connection, id: ArticleId) -> Result<ArticleShown> {
    let article = articles::get(conn, id)?;
    let document = document_of(conn, &article)?;
    let jobs = outbox::of_article(conn, id)?;
    Ok(ArticleShown {
        id,
        stage: article.stage,
        edits: article.edits,
        saved_at: article.saved_at,
        placements: placements_shown(conn, id, &document.placements)?,
        leftovers: source_pages::leftovers(conn, id)?,
        findings: checks::run(&document),
        approval_lapsed: article.approval_lapsed,
        last_decision: decisions::newest(conn, id)?
            .map(|decision| decision_shown(conn, &decision))
            .transpose()?,
        publications: publications_shown(conn, &article, &document, &jobs)?,
        jobs: jobs.iter().map(|job| job_shown(conn, job, &article.fields.headline)).collect::<Result<_>>()?,
        caret: carets::of(conn, id)?.map(caret_shown),
        steps: steps::open_from(article.stage),
        may_publish: steps::may_publish(conn, &article, &document)?,
        fields: article.fields,
        body: article.body,
    })
}

fn caret_shown(caret: carets::Caret) -> Caret {
    Caret { field: caret.field, anchor: caret.anchor, head: caret.head }
}

fn placements_shown(conn: &Connection, id: ArticleId, resolved: &[Placement]) -> Result<Vec<PlacementShown>> {
    let seen: HashMap<_, _> =
        placements::of_article(conn, id)?.into_iter().map(|row| (row.id, row.seen_as)).collect();
    let shown = |placement: &Placement| {
        Ok(PlacementShown {
            id: placement.id,
            position: placement.position,
            caption: placement.caption.clone(),
            credit_line: placement.credit_line.clone(),
            alt: placement.alt.clone(),
            seen_as: seen.get(&placement.id).cloned().unwrap_or_default(),
            picture: picture(conn, placement.picture)?,
        })
    };
    resolved.iter().map(shown).collect()
}

fn picture(conn: &Connection, hash: Option<Hash>) -> Result<Option<Picture>> {
    Ok(match hash {
        Some(hash) => pictures::get(conn, hash)?,
        None => None,
    })
}

pub(crate) fn decision_shown(conn: &Connection, decision: &Decision) -> Result<DecisionShown> {
    Ok(DecisionShown {
        act: decision.act.word().to_owned(),
        person: people::name(conn, decision.by)?,
        reason: decision.reason.clone(),
        made_at: decision.made_at,
    })
}

fn publications_shown(
    conn: &Connection,
    article: &Article,
    document: &Document,
    jobs: &[JobRow],
) -> Result<Vec<PublicationShown>> {
    let hash = document.content_hash();
    let there = publications::of_article(conn, article.id)?;
    let on_their_way = jobs
        .iter()
        .filter(|job| {
            unfinished(job.state)
                && !job.act.takes_away()
                && !there.iter().any(|publication| publication.portal == job.portal)
        })
        .map(|job| queued(&job.portal));
    let shown = there.iter().map(|publication| publication_shown(publication, hash, jobs));
    Ok(shown.chain(on_their_way).collect())
}

fn publication_shown(publication: &PublicationRow, hash: Hash, jobs: &[JobRow]) -> PublicationShown {
    let unfinished = jobs.iter().filter(|job| job.portal == publication.portal && unfinished(job.state));
    PublicationShown {
        portal: publication.portal.clone(),
        state: state(publication),
        url: publication.url.clone(),
        live_since: publication.live_since,
        away: away(Some(publication), unfinished.max_by_key(|job| job.act.rank())),
        stands_since: publication.stands_since.max(publication.live_since),
        is_current: publication.standing.is_live() && publication.live_content_hash == hash,
        differences: publication.differences.clone(),
    }
}

fn state(publication: &PublicationRow) -> PublicationState {
    match publication.standing {
        Standing::Never => PublicationState::Never,
        Standing::Live if publication.corrections > 0 => PublicationState::Corrected,
        Standing::Live => PublicationState::Live,
        Standing::Unpublished => PublicationState::Unpublished,
        Standing::TakenDown => PublicationState::TakenDown,
        Standing::Killed => PublicationState::Killed,
    }
}

fn queued(portal: &str) -> PublicationShown {
    PublicationShown {
        portal: portal.to_owned(),
        state: PublicationState::Queued,
        url: String::new(),
        live_since: 0,
        away: None,
        stands_since: 0,
        is_current: false,
        differences: Vec::new(),
    }
}

/// Says whether a job may still have an effect.
pub(crate) fn unfinished(state: JobState) -> bool {
    !matches!(state, JobState::Confirmed | JobState::Cancelled)
}

pub(crate) fn job_shown(conn: &Connection, job: &JobRow, headline: &str) -> Result<JobShown> {
    let clock_ahead = store::portals::clock_ahead(conn, &job.portal)?;
    Ok(JobShown {
        id: job.id,
        article: job.article,
        headline: headline.to_owned(),
        portal: job.portal.clone(),
        act: job.act,
        state: job.state,
        obstacle: job.obstacle,
        attempts: job.attempts,
        last_answer: job.last_answer.clone(),
        made_at: job.made_at,
        next_at: job.next_at.filter(|_| unfinished(job.state)),
        not_before: job.not_before,
        zone: job.zone.clone(),
        late_by: job.late_by.filter(|late| *late > WORTH_SAYING),
        clock_ahead: clock_ahead.filter(|ahead| ahead.abs() > WORTH_SAYING),
        held_for: job.held_for.filter(|_| job.state == JobState::WaitingTime),
        recalled: job.recalled,
        bytes_sent: job.uploaded.sent,
        bytes_total: job.uploaded.total,
        may_resend: job.state.may_resend(),
        may_cancel: may_cancel(job),
        may_replace: job.state == JobState::Refused && job.found_there.is_some(),
        may_retime: may_retime(job),
    })
}
