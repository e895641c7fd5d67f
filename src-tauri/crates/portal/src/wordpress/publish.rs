//! Once, without the server's help. Every way through here begins with looking, so that it may be cut off anywhere and
//! begun again.

mod editions;
mod hold;
pub(super) mod wanted;

use std::time::Duration;

use domain::{ids::ArticleId, live::Standing};
use protocol::{Live, Receipt};
use serde_json::json;
use tokio::time;

use super::{
    Wordpress,
    me::WpMe,
    post::{FIELDS, GONE, WpPost},
};
use crate::{Delivered, Delivery, Fault, Portal as _, read_back, term::TermMapping};
pub(super) use editions::{EVERY_STATE, Editions};
use wanted::Wanted;

/// Another desk made the draft and is about to publish it: it is given this long, in steps of [`A_MOMENT`].
const ANOTHER_DESK: u32 = 10;
const A_MOMENT: Duration = Duration::from_millis(300);

impl Wordpress {
    /// Makes what is live what was decided.
    pub(super) async fn publish(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        let edition = delivery.edition;
        let me = self.who().await?; // nothing is believed before
        me.refuse_unless(edition.act)?;
        let (editions, wanted) = tokio::try_join!(
            self.editions(&me, edition.article, delivery.remote_id),
            self.wanted(delivery, &me)
        )?;
        let attempt = Attempt { wordpress: self, delivery, me };
        match &edition.base {
            None => attempt.publish_first(wanted, editions).await,
            Some(base) => attempt.change(wanted, editions, base).await,
        }
    }

    /// Settles a decision whose answer never came.
    pub(super) async fn settled(
        &self,
        delivery: &Delivery<'_>,
        ago: Duration,
    ) -> Result<Option<Delivered>, Fault> {
        let me = self.who().await?;
        let editions = self.editions(&me, delivery.edition.article, delivery.remote_id).await?;
        let attempt = Attempt { wordpress: self, delivery, me };
        if editions.live().any(|post| post.is_by(delivery.decision)) {
            return attempt.found(&editions).await.map(Some);
        }
        if editions.is_empty() && ago < self.patience.settles {
            return Err(Fault::Unknown(
                "nothing of it is on the portal yet; its server may still be at work on it, so it is looked for again"
                    .into(),
            ));
        }
        Ok(None)
    }

    pub(super) async fn live_post(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        let me = self.who().await?;
        let editions = self.editions(&me, article, None).await?;
        let Some(post) = editions.live().next() else { return Ok(None) };
        let Some(marker) = post.marker() else {
            return Err(self.changed_there(post, "what is in it is not shown to this one").await);
        };
        Ok(Some(Live {
            article,
            standing: Standing::Live,
            url: post.link.clone(),
            version: post.version(),
            content_hash: marker.content,
            first_published: utc(post.date_gmt.as_deref()),
            updated: utc(post.modified_gmt.as_deref()),
            corrections: Vec::new(),
        }))
    }
}

/// One attempt at a decision, by an account that is known.
struct Attempt<'a> {
    wordpress: &'a Wordpress,
    delivery: &'a Delivery<'a>,
    me: WpMe,
}

impl Attempt<'_> {
    /// Nothing of it is live, as far as the desk knows.
    async fn publish_first(&self, mut wanted: Wanted, editions: Editions) -> Result<Delivered, Fault> {
        if let Some(trashed) = editions.trashed_by_hand(self.delivery.decision) {
            return Err(self.changed_there(trashed, "it was put into the trash there").await);
        }
        let editions = if editions.kept().is_some() { editions } else { self.create(&mut wanted).await? };
        self.trash_own_extra(&editions).await;
        let Some(post) = editions.kept() else {
            return Err(Fault::Unknown("the draft was made and cannot be found".into()));
        };
        let post = if post.is_live() || post.is_by(self.delivery.decision) {
            post.clone()
        } else {
            self.left_to_another(post).await?
        };
        if post.is_live() {
            return self.live_already(&wanted, post).await;
        }
        if !post.is_untouched() && !wanted.is_in(&post) {
            return Err(self.changed_there(&post, "its draft was changed there").await);
        }
        self.write(&wanted, &post).await
    }

    /// What is live is replaced, if it is what the desk last saw.
    async fn change(&self, wanted: Wanted, editions: Editions, base: &str) -> Result<Delivered, Fault> {
        let Some(post) = editions.kept().or(editions.trashed()) else {
            if base == GONE {
                return self.publish_first(wanted, editions).await;
            }
            let words = "the post is not on the portal any more; it was deleted there".to_owned();
            return Err(Fault::ChangedThere { words, version: GONE.into() });
        };
        if post.is_live() && post.is_by(self.delivery.decision) {
            return self.finish(&wanted, post.revisions(), post.clone()).await; // the answer was lost, not the effect
        }
        if post.version() != base {
            return Err(self.changed_there(post, happened(post)).await);
        }
        self.write(&wanted, post).await
    }

    async fn live_already(&self, wanted: &Wanted, post: WpPost) -> Result<Delivered, Fault> {
        if self.says_the_same(&post).await {
            return self.finish(wanted, post.revisions(), post).await;
        }
        Err(self.changed_there(&post, "it is live there already, with other words").await)
    }

    /// Makes the draft. Where it is not found afterwards, once cannot be kept: it is taken back.
    async fn create(&self, wanted: &mut Wanted) -> Result<Editions, Fault> {
        let made = match self.draft(wanted).await {
            Err(Fault::Refused { status: 400, .. }) if wanted.drop_author() => self.draft(wanted).await?,
            made => made?,
        };
        let editions = self.wordpress.own_editions(self.delivery.edition.article).await?;
        if editions.has(made.id) {
            return Ok(editions);
        }
        self.wordpress.trash(made.id).await;
        let words = format!(
            "the portal's search does not find the draft {} that was just made, so that it could not be told from a second one; a plugin for searching may be in the way",
            made.id
        );
        Err(Fault::Refused { status: 200, words })
    }

    async fn draft(&self, wanted: &Wanted) -> Result<WpPost, Fault> {
        let mut fields = wanted.whole();
        fields["status"] = json!("draft");
        let request = self.wordpress.api.post("wp/v2/posts").query(&[("_fields", FIELDS)]);
        self.wordpress.api.ask(request.json(&fields)).await.map_err(perhaps_done)
    }

    /// Another desk's draft of the same article: as a rule it is published a moment later.
    async fn left_to_another(&self, post: &WpPost) -> Result<WpPost, Fault> {
        let mut seen = post.clone();
        for _ in 0..ANOTHER_DESK {
            if seen.is_live() {
                break;
            }
            time::sleep(A_MOMENT).await;
            match self.wordpress.post_of(post.id).await? {
                Some(now) => seen = now,
                None => break,
            }
        }
        Ok(seen)
    }

    /// Writes the whole post on its known id, live. The same again changes nothing.
    async fn write(&self, wanted: &Wanted, post: &WpPost) -> Result<Delivered, Fault> {
        let mut fields = if wanted.is_in(post) { wanted.its_place(post) } else { wanted.over(post) };
        fields["status"] = json!("publish");
        let request = self.wordpress.api.post(&route(post.id)).query(&[("_fields", FIELDS)]);
        let written: WpPost = self.wordpress.api.ask(request.json(&fields)).await.map_err(perhaps_done)?;
        if !written.is_live() {
            let words = format!(
                "the portal keeps post {} as “{}” and not as published; publish it there, or change its date there, then send it again",
                written.id, written.status
            );
            return Err(Fault::Refused { status: 200, words });
        }
        let expected = post.revisions() + 1;
        let (mut editions, differences) = self.seen(written).await;
        if self.delivery.edition.base.is_none() {
            editions = self.of_one_account(editions).await;
        }
        self.told(wanted, expected, &editions, differences).await
    }

    /// Reads back what is live, and says what is otherwise than it was sent.
    async fn finish(&self, wanted: &Wanted, expected: u64, live: WpPost) -> Result<Delivered, Fault> {
        let (editions, differences) = self.seen(live).await;
        self.told(wanted, expected, &editions, differences).await
    }

    /// Returns what there is of the article, with what of ours was there twice removed. It is live by now: that it cannot
    /// be read back is only said.
    async fn seen(&self, live: WpPost) -> (Editions, Vec<String>) {
        let mut differences = Vec::new();
        let mut editions = match self.wordpress.editions(&self.me, self.delivery.edition.article, None).await
        {
            Ok(editions) => editions,
            Err(fault) => {
                differences.push(format!("it could not be read back: {fault}"));
                Editions::default()
            }
        };
        editions.know(live);
        self.trash_own_extra(&editions).await;
        (editions, differences)
    }

    /// Two accounts that are not shown each other's drafts may publish at the same moment. Who sees a lower id has taken
    /// its own away by now. Who sees a higher one waits for that; where nothing happens the other was done before it could
    /// see ours, and ours gives way.
    async fn of_one_account(&self, mut editions: Editions) -> Editions {
        let ours = |editions: &Editions| {
            let kept = editions.kept().filter(|post| post.is_by(self.delivery.decision))?;
            editions.others_live(kept, self.delivery.decision).map(|_| kept.id)
        };
        for waited in 0.. {
            let Some(own) = ours(&editions) else { break };
            if waited < ANOTHER_DESK {
                time::sleep(A_MOMENT).await;
            } else if waited == ANOTHER_DESK {
                self.wordpress.trash(own).await;
            } else {
                break; // it stays: both are told of
            }
            let Ok(now) = self.wordpress.editions(&self.me, self.delivery.edition.article, None).await else {
                break;
            };
            editions = now;
        }
        editions
    }

    /// Nothing here makes a failure of what is live. More revisions than `expected` are somebody's who wrote at the same
    /// moment.
    async fn told(
        &self,
        wanted: &Wanted,
        expected: u64,
        editions: &Editions,
        mut differences: Vec<String>,
    ) -> Result<Delivered, Fault> {
        let Some(post) = editions.kept().filter(|post| post.is_live()) else {
            return Err(Fault::Unknown("it was published and is not live any more".into()));
        };
        if !self.says_the_same(post).await {
            return Err(self.changed_there(post, "it was changed there at the same moment").await);
        }
        differences.extend(wanted.differences(post));
        differences.extend(editions.others_live(post, self.delivery.decision));
        if post.revisions() > expected.max(1) && post.is_by(self.delivery.decision) {
            differences.push(
                "somebody changed it on the portal at the same moment; that text is kept among the post's revisions there"
                    .into(),
            );
        }
        let forgotten = wanted.forgotten(post, self.delivery.terms);
        Ok(self.delivered(post, differences, wanted.learnt.clone(), forgotten))
    }

    /// What was found live is what was decided: the receipt does not depend on what else can be asked now.
    async fn found(&self, editions: &Editions) -> Result<Delivered, Fault> {
        self.trash_own_extra(editions).await;
        let Some(post) = editions.kept().filter(|post| post.is_live()) else {
            return Err(Fault::Unknown("it was live a moment ago and is not any more".into()));
        };
        let mut differences: Vec<String> =
            editions.others_live(post, self.delivery.decision).into_iter().collect();
        let mut learnt = Vec::new();
        match self.wordpress.wanted(self.delivery, &self.me).await {
            Ok(wanted) => {
                differences.extend(wanted.differences(post));
                learnt.clone_from(&wanted.learnt);
            }
            Err(fault) => differences.push(format!("it could not be compared: {fault}")),
        }
        Ok(self.delivered(post, differences, learnt, Vec::new()))
    }

    fn delivered(
        &self,
        post: &WpPost,
        differences: Vec<String>,
        terms: Vec<TermMapping>,
        forgotten: Vec<TermMapping>,
    ) -> Delivered {
        let receipt = Receipt {
            decision: self.delivery.decision,
            remote_id: post.id.to_string(),
            url: post.link.clone(),
            version: post.version(),
            content_hash: self.delivery.edition.content_hash,
            applied_at: utc(post.live_since()),
        };
        Delivered { receipt, differences, terms, forgotten }
    }

    /// Whether the post is this decision's, or says the same by another desk's. Of another account's post that this one
    /// may not edit, only what readers see is known.
    async fn says_the_same(&self, post: &WpPost) -> bool {
        let edition = self.delivery.edition;
        if let Some(marker) = post.marker() {
            return marker.decision == self.delivery.decision || marker.content == edition.content_hash;
        }
        if !post.hidden {
            return false;
        }
        let shape = self.wordpress.page_shape();
        let page = self.wordpress.public_page(&post.link).await;
        page.is_ok_and(|page| read_back::differences(&page, &edition.document, &shape).is_empty())
    }

    async fn changed_there(&self, post: &WpPost, what: &str) -> Fault {
        self.wordpress.changed_there(post, what).await
    }

    async fn trash_own_extra(&self, editions: &Editions) {
        for post in editions.own_extra(self.delivery.decision, self.me.id) {
            self.wordpress.trash(post.id).await;
        }
    }
}

/// A server before WordPress that says it is busy may have passed the request on.
fn perhaps_done(fault: Fault) -> Fault {
    if let Fault::Busy { words, .. } = fault { Fault::ServerFailed { status: 503, words } } else { fault }
}

pub(super) fn happened(post: &WpPost) -> &'static str {
    if post.is_trashed() {
        "it was put into the trash there"
    } else if post.is_live() {
        "it was changed there"
    } else {
        "it was taken off the public site there"
    }
}

pub(super) fn route(id: u64) -> String {
    format!("wp/v2/posts/{id}")
}

/// WordPress's times in UTC have no zone.
pub(super) fn utc(time: Option<&str>) -> String {
    time.map(|time| format!("{time}Z")).unwrap_or_default()
}
