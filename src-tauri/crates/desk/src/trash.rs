//! The trash: articles that were put aside, until somebody takes them out or empties it by hand.

use domain::{
    ids::ArticleId,
    stage::{Stage, Step},
};
use store::{articles, trash};

use crate::{
    Desk, Error, Result,
    window::{ArticleShown, Changed, EmptyTrash, Trash, Trashed},
};

/// So long an article lies in the trash before it is offered to go for good (milliseconds): thirty days.
const KEPT: i64 = 30 * 24 * 3_600_000;

impl Desk {
    /// Puts an article into the trash, as it stands.
    ///
    /// # Errors
    /// [`Error::Step`] from a stage that does not allow it; [`store::Error::NoArticle`].
    pub fn put_into_trash(&self, id: ArticleId) -> Result<ArticleShown> {
        self.take_step_now(id, Step::Spike)
    }

    /// Takes an article out of the trash: it is a draft again.
    ///
    /// # Errors
    /// As [`Desk::put_into_trash`].
    pub fn take_out_of_trash(&self, id: ArticleId) -> Result<ArticleShown> {
        self.take_step_now(id, Step::Unspike)
    }

    /// Returns what lies in the trash, and what of it may go for good.
    ///
    /// # Errors
    /// What the database says.
    pub fn trash(&self) -> Result<Trash> {
        let ripe = self.now().saturating_sub(KEPT);
        let (stay, go): (Vec<_>, Vec<_>) =
            self.store.read(trash::list)?.into_iter().partition(|one| one.was_out);
        let (old, recent) = go.into_iter().partition(|one| one.since <= ripe);
        Ok(Trash { old: shown(old), recent: shown(recent), stay: shown(stay) })
    }

    /// Lets these articles go for good, with their revisions: exactly those that the person was shown. One that was
    /// published, or was taken out of the trash since, stays. Returns how many went.
    ///
    /// # Errors
    /// What the database says: then none went.
    pub fn empty_trash(&self, asked: &EmptyTrash) -> Result<u32> {
        let gone = self.store.write_over(|tx| {
            let there = trash::list(tx)?;
            let may_go = |id: &&ArticleId| there.iter().any(|one| one.id == **id && !one.was_out);
            let gone: Vec<ArticleId> = asked.articles.iter().filter(may_go).copied().collect();
            gone.iter().try_for_each(|id| trash::remove(tx, *id))?;
            Ok(gone)
        })?;
        let count = u32::try_from(gone.len()).unwrap_or(u32::MAX);
        self.news.tell(&Changed { articles: gone, ..Changed::default() });
        Ok(count)
    }

    /// Whoever types into an article that lies in the trash takes it out of it: no word is refused.
    pub(crate) fn out_of_trash(
        &self,
        tx: &store::Tx<'_>,
        article: domain::article::Article,
    ) -> Result<domain::article::Article> {
        if article.stage != Stage::Spiked {
            return Ok(article);
        }
        self.walk(tx, &article, Step::Unspike, "")?;
        articles::get(tx, article.id).map_err(Error::from)
    }
}

fn shown(articles: Vec<trash::InTrash>) -> Vec<Trashed> {
    let one = |one: trash::InTrash| Trashed {
        id: one.id,
        headline: one.headline,
        language: one.language,
        since: one.since,
    };
    articles.into_iter().map(one).collect()
}
