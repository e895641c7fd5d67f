//! Looks at the page of what was taken away, as a reader does, until it is gone: before that nobody says so.

use std::sync::Arc;

use domain::{ids::ArticleId, live::PageAnswer, outbox as policy};
use store::publications::{self, PageSeen, PublicationRow};

use super::latest;
use crate::{Desk, Result, window::Changed};

impl Desk {
    /// Returns the edition whose page is to be looked at next, of an article that nobody has in hand.
    pub(super) fn next_look(&self, in_hand: &[ArticleId]) -> Result<Option<PublicationRow>> {
        let now = self.now();
        Ok(self.store.read(|conn| publications::to_look_at(conn, now, latest(now), in_hand))?)
    }

    /// Looks whether readers still get the page of an edition that was taken away.
    pub(super) async fn look(self: &Arc<Self>, there: PublicationRow) -> Result<()> {
        let answer = match self.portal(&there.portal)? {
            Some(portal) => portal.page_status(&there.url).await.map_err(|fault| fault.to_string()),
            None => Err("the portal cannot be asked from this machine now".into()),
        };
        let page = seen(&there, answer, self.now());
        self.store.write(|tx| publications::saw(tx, &there, &page))?;
        self.news.tell(&Changed { articles: vec![there.article], outbox: true, pictures: false });
        Ok(())
    }
}

/// Returns what is known of a page after it was looked at and this was the answer: a status, or why there was none.
fn seen(there: &PublicationRow, answer: Result<u16, String>, now: i64) -> PageSeen {
    let looks = there.page.looks.saturating_add(1);
    let what = answer.as_ref().map_or(PageAnswer::Unclear, |status| PageAnswer::of(*status));
    let wait = policy::millis(policy::looks_again_in(there.standing, looks));
    let is_gone = what == PageAnswer::Gone;
    PageSeen {
        look_at: (!is_gone).then(|| now.saturating_add(wait)),
        looks,
        looked_at: Some(now),
        // An answer that says nothing changes nothing of what was seen.
        readable: what == PageAnswer::Readable || (what == PageAnswer::Unclear && there.page.readable),
        answer: answer.map_or_else(|words| words, |status| status.to_string()),
        gone_at: is_gone.then_some(now),
    }
}
