//! Once, without the server's help. Every way through here begins with looking, so that it may be cut off anywhere and
//! begun again.

mod editions;
mod wanted;

use std::time::Duration;

use domain::ids::ArticleId;
use protocol::{Live, Receipt};
use serde_json::json;
use tokio::time;

use super::{
    Wordpress,
    me::WpMe,
    post::{FIELDS, GONE, WpPost},
};
use crate::{Delivered, Delivery, Fault};
use editions::Editions;
use wanted::Wanted;

/// Another desk made the draft and is about to publish it: it is given this long, in steps of [`A_MOMENT`].
const ANOTHER_DESK: u32 = 10;
const A_MOMENT: Duration = Duration::from_millis(300);

impl Wordpress {
    /// Makes what is live what was decided.
    pub(super) async fn publish(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        let edition = delivery.edition;
        let (me, editions) =
            tokio::try_join!(self.who(), self.editions(edition.article, delivery.remote_id))?;
        me.refuse_unless(edition.act)?;
        let wanted = self.wanted(delivery, &me).await?;
        match &edition.base {
            None => self.publish_first(delivery, &me, &wanted, editions).await,
            Some(base) => self.change(delivery, &me, &wanted, editions, base).await,
        }
    }

    /// Nothing of it is live, as far as the desk knows.
    async fn publish_first(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
        wanted: &Wanted,
        editions: Editions,
    ) -> Result<Delivered, Fault> {
        if let Some(trashed) = editions.trashed_by_hand(delivery.decision) {
            return Err(self.changed_there(trashed, "it was put into the trash there").await);
        }
        let editions =
            if editions.kept().is_some() { editions } else { self.create(delivery, wanted).await? };
        self.trash_own_extra(&editions, delivery).await;
        let Some(post) = editions.kept() else {
            return Err(Fault::Unknown("the draft was made and cannot be found".into()));
        };
        let post = if wanted.is_by_us(post) { post.clone() } else { self.left_to_another(post).await? };
        if post.is_live() {
            return self.live_already(delivery, me, wanted, &post).await;
        }
        if !wanted.is_by_us(&post) && post.revision() != 0 {
            return Err(self.changed_there(&post, "its draft was changed there").await);
        }
        self.write(delivery, me, wanted, &post).await
    }

    /// What is live is replaced, if it is what the desk last saw.
    async fn change(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
        wanted: &Wanted,
        editions: Editions,
        base: &str,
    ) -> Result<Delivered, Fault> {
        let Some(post) = editions.kept().or(editions.trashed()) else {
            if base == GONE {
                return self.publish_first(delivery, me, wanted, editions).await;
            }
            let words = "the post is not on the portal any more; it was deleted there".to_owned();
            return Err(Fault::ChangedThere { words, version: GONE.into() });
        };
        if post.is_live() && wanted.is_by_us(post) {
            return self.finish(delivery, me, wanted, post.revisions()).await; // the answer was lost, not the effect
        }
        if post.version() != base {
            return Err(self.changed_there(post, happened(post)).await);
        }
        self.write(delivery, me, wanted, post).await
    }

    async fn live_already(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
        wanted: &Wanted,
        post: &WpPost,
    ) -> Result<Delivered, Fault> {
        if says_the_same(post, delivery) {
            return self.finish(delivery, me, wanted, post.revisions()).await;
        }
        Err(self.changed_there(post, "it is live there already, with other words").await)
    }

    async fn create(&self, delivery: &Delivery<'_>, wanted: &Wanted) -> Result<Editions, Fault> {
        let mut fields = wanted.whole();
        fields["status"] = json!("draft");
        let made: WpPost =
            self.api.ask(self.api.post("wp/v2/posts").query(&[("_fields", FIELDS)]).json(&fields)).await?;
        let mut editions = self.editions(delivery.edition.article, None).await?;
        editions.know(made);
        Ok(editions)
    }

    /// Another desk's draft of the same article: as a rule it is published a moment later.
    async fn left_to_another(&self, post: &WpPost) -> Result<WpPost, Fault> {
        let mut seen = post.clone();
        for _ in 0..ANOTHER_DESK {
            if seen.is_live() {
                break;
            }
            time::sleep(A_MOMENT).await;
            match self.post_of(post.id).await? {
                Some(now) => seen = now,
                None => break,
            }
        }
        Ok(seen)
    }

    /// Writes the whole post on its known id, live. The same again changes nothing.
    async fn write(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
        wanted: &Wanted,
        post: &WpPost,
    ) -> Result<Delivered, Fault> {
        let mut fields = if wanted.is_in(post) { wanted.only_its_place(post) } else { wanted.over(post) };
        fields["status"] = json!("publish");
        let request = self.api.post(&route(post.id)).query(&[("_fields", FIELDS)]);
        let _: WpPost = self.api.ask(request.json(&fields)).await?;
        self.finish(delivery, me, wanted, post.revisions() + 1).await
    }

    /// Reads back, removes what of ours is there twice, and says what is otherwise than it was sent. More revisions than
    /// `expected` are somebody's who wrote at the same moment.
    async fn finish(
        &self,
        delivery: &Delivery<'_>,
        me: &WpMe,
        wanted: &Wanted,
        expected: u64,
    ) -> Result<Delivered, Fault> {
        let editions = self.editions_seen_by(me, delivery.edition.article, delivery.remote_id).await?;
        self.trash_own_extra(&editions, delivery).await;
        let Some(post) = editions.kept().filter(|post| post.is_live()) else {
            return Err(Fault::Unknown("it was published and is not live".into()));
        };
        if !says_the_same(post, delivery) {
            return Err(self.changed_there(post, "it was changed there at the same moment").await);
        }
        let mut differences = wanted.differences(post);
        differences.extend(editions.others_live(post, delivery.decision));
        if post.revisions() > expected.max(1) && wanted.is_by_us(post) {
            differences.push(
                "somebody changed it on the portal at the same moment; that text is kept among the post's revisions there"
                    .into(),
            );
        }
        let receipt = Receipt {
            decision: delivery.decision,
            remote_id: post.id.to_string(),
            url: post.link.clone(),
            version: post.version(),
            content_hash: delivery.edition.content_hash,
            applied_at: utc(post.modified_gmt.as_deref()),
        };
        Ok(Delivered { receipt, differences, terms: wanted.learnt.clone() })
    }

    /// Settles a decision whose answer never came.
    pub(super) async fn settled(
        &self,
        delivery: &Delivery<'_>,
        ago: Duration,
    ) -> Result<Option<Delivered>, Fault> {
        let (me, editions) =
            tokio::try_join!(self.who(), self.editions(delivery.edition.article, delivery.remote_id))?;
        let applied = editions
            .live()
            .find(|post| post.marker().is_some_and(|marker| marker.decision == delivery.decision));
        if let Some(post) = applied {
            let expected = post.revisions();
            let wanted = self.wanted(delivery, &me).await?;
            return self.finish(delivery, &me, &wanted, expected).await.map(Some);
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
        let editions = self.editions(article, None).await?;
        Ok(editions.live().next().map(|post| Live {
            article,
            url: post.link.clone(),
            version: post.version(),
            content_hash: post.marker().map_or(domain::ids::Hash([0; 32]), |marker| marker.content),
            first_published: utc(post.date_gmt.as_deref()),
            updated: utc(post.modified_gmt.as_deref()),
            corrections: Vec::new(),
        }))
    }
}

/// Whether the post is this decision's, or says the same by another desk's. An account that may not edit another's post
/// is not shown what is in it.
fn says_the_same(post: &WpPost, delivery: &Delivery<'_>) -> bool {
    post.marker().is_none_or(|marker| {
        marker.decision == delivery.decision || marker.content == delivery.edition.content_hash
    })
}

fn happened(post: &WpPost) -> &'static str {
    if post.is_trashed() {
        "it was put into the trash there"
    } else if post.is_live() {
        "it was changed there"
    } else {
        "it was taken off the public site there"
    }
}

fn route(id: u64) -> String {
    format!("wp/v2/posts/{id}")
}

/// WordPress's times in UTC have no zone.
fn utc(time: Option<&str>) -> String {
    time.map(|time| format!("{time}Z")).unwrap_or_default()
}
