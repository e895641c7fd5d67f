//! How every edition of a story stands on every portal, as far as the portals have confirmed it.

use domain::{
    decision::Act,
    ids::ArticleId,
    live::{Away, Standing},
};
use store::{
    Connection, articles, decisions,
    outbox::{self, JobRow},
    people,
    publications::{self, PublicationRow},
};

use crate::{
    Desk, Result,
    article::document_of,
    show::{decision_shown, job_shown, unfinished},
    taking_away,
    window::{ActDone, EditionLive, LiveShown, PageLooked, PlaceLive},
};

impl Desk {
    /// Returns how every edition of an article's story stands, this one first.
    ///
    /// # Errors
    /// [`store::Error::NoArticle`].
    pub fn live(&self, id: ArticleId) -> Result<LiveShown> {
        self.store.read(|conn| {
            let article = articles::get(conn, id)?;
            let mut story = articles::of_story(conn, article.story)?;
            story.sort_by_key(|edition| *edition != id); // stable: the others stay by age
            let killed = decisions::kill_of(conn, article.story)?;
            Ok(LiveShown {
                article: id,
                editions: story
                    .into_iter()
                    .map(|edition| edition_live(conn, edition))
                    .collect::<Result<_>>()?,
                killed: killed.map(|decision| decision_shown(conn, &decision)).transpose()?,
                may_kill: taking_away::planned(conn, &article, Act::Kill, "").is_ok(),
            })
        })
    }
}

fn edition_live(conn: &Connection, id: ArticleId) -> Result<EditionLive> {
    let article = articles::get(conn, id)?;
    let content_hash = document_of(conn, &article)?.content_hash();
    let jobs = outbox::of_article(conn, id)?;
    let there = publications::of_article(conn, id)?;
    let mut places = Vec::new();
    for publication in &there {
        let is_current = publication.standing.is_live() && publication.live_content_hash == content_hash;
        places.push(place(conn, &publication.portal, Some(publication), &jobs, is_current)?);
    }
    for job in jobs.iter().filter(|job| unfinished(job.state)) {
        if !places.iter().any(|place| place.portal == job.portal) {
            places.push(place(conn, &job.portal, None, &jobs, false)?);
        }
    }
    let headline = article.fields.headline;
    for place in &mut places {
        if let Some(job) = &mut place.job {
            job.headline.clone_from(&headline);
        }
    }
    Ok(EditionLive { article: id, headline, language: article.fields.language, places })
}

fn place(
    conn: &Connection,
    portal: &str,
    there: Option<&PublicationRow>,
    jobs: &[JobRow],
    is_current: bool,
) -> Result<PlaceLive> {
    let standing = there.map_or(Standing::Never, |there| there.standing);
    let own: Vec<&JobRow> = jobs.iter().filter(|job| job.portal == portal).collect();
    let on_its_way = own.iter().filter(|job| unfinished(job.state)).max_by_key(|job| job.act.rank());
    Ok(PlaceLive {
        portal: portal.to_owned(),
        standing,
        url: there.map(|there| there.url.clone()).unwrap_or_default(),
        since: there
            .map_or(0, |there| if standing.is_live() { there.live_since } else { there.stands_since }),
        corrections: there.map_or(0, |there| there.corrections),
        is_current,
        differences: there.map(|there| there.differences.clone()).unwrap_or_default(),
        away: away(there, on_its_way.copied()),
        page: there.map(page_looked).unwrap_or_default(),
        last_act: last_act(conn, &own)?,
        job: on_its_way.map(|job| job_shown(conn, job, "")).transpose()?,
        may: may(standing, on_its_way.copied()),
    })
}

/// Returns how far an edition is on its way from readers: what is decided now comes before what was.
pub(crate) fn away(there: Option<&PublicationRow>, on_its_way: Option<&JobRow>) -> Option<Away> {
    if on_its_way.is_some_and(|job| job.act.takes_away()) {
        return Some(Away::Asked);
    }
    let there = there.filter(|there| there.standing.is_away())?;
    Some(match &there.page {
        page if page.gone_at.is_some() => Away::Gone,
        page if page.readable => Away::StillReadable,
        _ => Away::Accepted,
    })
}

/// What waits on its way to readers does not keep anything from being taken away; what takes away does.
fn may(standing: Standing, on_its_way: Option<&JobRow>) -> Vec<Act> {
    if on_its_way.is_some_and(|job| job.act.takes_away()) {
        return Vec::new();
    }
    [Act::Unpublish, Act::Takedown].into_iter().filter(|act| standing.after(*act).is_ok()).collect()
}

fn page_looked(there: &PublicationRow) -> PageLooked {
    let page = &there.page;
    PageLooked {
        looks: page.looks,
        looked_at: page.looked_at,
        look_at: page.look_at,
        answer: page.answer.clone(),
        gone_at: page.gone_at,
    }
}

/// The newest decision that was not given up.
fn last_act(conn: &Connection, jobs: &[&JobRow]) -> Result<Option<ActDone>> {
    let Some(job) = jobs.iter().find(|job| job.state != domain::outbox::JobState::Cancelled) else {
        return Ok(None);
    };
    let Some(decision) = decisions::get(conn, job.decision)? else { return Ok(None) };
    Ok(Some(ActDone {
        act: decision.act,
        person: people::name(conn, decision.by)?,
        made_at: decision.made_at,
        reason: decision.reason,
        asked_by: decision.asked_by,
        public_notice: decision.public_notice,
    }))
}
