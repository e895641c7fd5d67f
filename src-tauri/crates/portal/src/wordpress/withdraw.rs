//! Taking a post away from readers. Plain WordPress has no 410 and no key of ours: what it cannot do is said.

use std::collections::BTreeSet;

use domain::live::Standing;
use protocol::{Act, Withdrawn};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    Wordpress,
    me::WpMe,
    media::images_in,
    post::{FIELDS, WpPost},
    publish::{Editions, route, utc},
};
use crate::{Fault, TakenAway, Withdrawing};

impl Wordpress {
    /// Takes every post of the article away from readers: begins by looking, so that it may be begun again.
    pub(super) async fn take_away(&self, withdrawing: &Withdrawing<'_>) -> Result<TakenAway, Fault> {
        let withdrawal = withdrawing.withdrawal;
        let me = self.who().await?;
        me.refuse_unless(withdrawal.act)?;
        let editions = self.editions(&me, withdrawal.article, withdrawing.remote_id).await?;
        self.refuse_changed(&editions, withdrawing).await?;
        let was_at = editions.known().next().map(|post| post.link.clone()).unwrap_or_default();
        let mut differences = Vec::new();
        for post in editions.known() {
            if withdrawal.act == Act::Kill {
                differences.extend(self.remove_pictures(post).await);
            }
            self.hide(post, withdrawal.act).await?;
        }
        let after = self.editions(&me, withdrawal.article, withdrawing.remote_id).await?;
        self.receipt_for(withdrawing, &after, was_at, differences)
    }

    /// Settles a decision whose answer never came: by looking.
    pub(super) async fn taken_away(&self, withdrawing: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault> {
        let withdrawal = withdrawing.withdrawal;
        let me = self.who().await?;
        let editions = self.editions(&me, withdrawal.article, withdrawing.remote_id).await?;
        if editions.known().any(|post| !is_away(post, withdrawal.act)) || editions.is_empty() {
            return Ok(None);
        }
        let was_at = editions.known().next().map(|post| post.link.clone()).unwrap_or_default();
        self.receipt_for(withdrawing, &editions, was_at, Vec::new()).map(Some)
    }

    /// What must go goes, whatever became of it; what is only unpublished is left to who changed it.
    async fn refuse_changed(&self, editions: &Editions, withdrawing: &Withdrawing<'_>) -> Result<(), Fault> {
        let Some(base) = &withdrawing.withdrawal.base else { return Ok(()) };
        match editions.kept() {
            Some(post) if is_away(post, withdrawing.withdrawal.act) || post.version() == *base => Ok(()),
            Some(post) => Err(self.changed_there(post, "it was changed there").await),
            None => Ok(()),
        }
    }

    /// Unpublished and taken down it is a draft, killed it is in the trash.
    async fn hide(&self, post: &WpPost, act: Act) -> Result<(), Fault> {
        if is_away(post, act) {
            return Ok(());
        }
        if post.hidden {
            let words = format!(
                "post {} is another account's, and this one may not take it away; sign in as that account, or as an editor",
                post.id
            );
            return Err(Fault::Refused { status: 403, words });
        }
        if act == Act::Kill {
            let request = self.api.request(Method::DELETE, &route(post.id));
            return match self.api.ask::<Value>(request).await {
                Ok(_) | Err(Fault::Refused { status: 404 | 410, .. }) => Ok(()),
                Err(fault) => Err(fault),
            };
        }
        let request = self.api.post(&route(post.id)).query(&[("_fields", FIELDS)]);
        let hidden: WpPost = self.api.ask(request.json(&json!({ "status": "draft" }))).await?;
        if hidden.is_live() {
            let words = format!("the portal keeps post {} public", hidden.id);
            return Err(Fault::Refused { status: 200, words });
        }
        Ok(())
    }

    fn receipt_for(
        &self,
        withdrawing: &Withdrawing<'_>,
        after: &Editions,
        was_at: String,
        mut differences: Vec<String>,
    ) -> Result<TakenAway, Fault> {
        let withdrawal = withdrawing.withdrawal;
        if let Some(post) = after.known().find(|post| !is_away(post, withdrawal.act)) {
            return Err(Fault::Unknown(format!("post {} is there still, as “{}”", post.id, post.status)));
        }
        let on_its_way = withdrawing.unsettled.is_some_and(|ago| ago < self.patience.settles);
        if after.is_empty() && on_its_way {
            return Err(Fault::Unknown(
                "nothing of it is on the portal yet; its server may still be at work on it, so it is looked for again"
                    .into(),
            ));
        }
        if withdrawal.act != Act::Unpublish && !after.is_empty() {
            differences.push(not_promised(withdrawal.act).into());
        }
        if !withdrawal.public_notice.trim().is_empty() {
            differences.push("public notice: plain WordPress has no place for one where the page was".into());
        }
        let post = after.known().next();
        Ok(TakenAway {
            receipt: Withdrawn {
                decision: withdrawing.decision,
                article: withdrawal.article,
                standing: standing_after(withdrawal.act),
                url: was_at,
                version: post.map(WpPost::version).unwrap_or_default(),
                applied_at: utc(post.and_then(|post| post.modified_gmt.as_deref())),
            },
            differences,
        })
    }

    /// Removes the files that only this post shows: what is in the media library is public by its address.
    async fn remove_pictures(&self, post: &WpPost) -> Vec<String> {
        let mut ids: BTreeSet<u64> = images_in(&post.content.raw).into_iter().collect();
        ids.extend(Some(post.featured_media).filter(|id| *id > 0));
        let mut kept = Vec::new();
        for id in ids {
            match self.remove_picture(id, post.id).await {
                Ok(true) => {}
                Ok(false) => kept.push(format!("picture {id}: another post shows it, so it stays")),
                Err(fault) => kept.push(format!("picture {id} is still at its address: {fault}")),
            }
        }
        kept
    }

    /// Returns whether it is gone; what another post shows stays.
    async fn remove_picture(&self, id: u64, post: u64) -> Result<bool, Fault> {
        let mark = format!("\"wp-image-{id}\"");
        let others = self.search(&mark, "edit", &super::publish::EVERY_STATE, None).await?;
        if others.iter().any(|other| other.id != post && !other.is_trashed()) {
            return Ok(false);
        }
        let request =
            self.api.request(Method::DELETE, &format!("wp/v2/media/{id}")).query(&[("force", "true")]);
        match self.api.ask::<Value>(request).await {
            Ok(_) | Err(Fault::Refused { status: 404 | 410, .. }) => Ok(true),
            Err(fault) => Err(fault),
        }
    }
}

fn is_away(post: &WpPost, act: Act) -> bool {
    if act == Act::Kill { post.is_trashed() } else { post.is_trashed() || post.status == "draft" }
}

pub(super) fn standing_after(act: Act) -> Standing {
    match act {
        Act::Kill => Standing::Killed,
        Act::Takedown => Standing::TakenDown,
        Act::Unpublish | Act::Publish | Act::MinorFix | Act::Update | Act::Correct => Standing::Unpublished,
    }
}

fn not_promised(act: Act) -> &'static str {
    if act == Act::Kill {
        "plain WordPress keeps the post in its trash and answers 404 where it was, not 410; who may edit there can put it back. The companion plugin keeps it away"
    } else {
        "plain WordPress keeps the post as a draft and answers 404 where it was, not 410; its picture files stay at their addresses"
    }
}

impl WpMe {
    /// Whether the account may take posts away.
    pub fn may_take_away(&self) -> bool {
        self.may("edit_published_posts") && self.may("delete_published_posts")
    }
}
