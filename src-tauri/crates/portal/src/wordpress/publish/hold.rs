//! What goes out later is given to WordPress early, as a post of the state `future`: its own clock brings it out. Every way
//! through here begins with looking, too.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    super::{
        Wordpress,
        post::{FIELDS, WpPost},
    },
    Attempt, Editions, perhaps_done, route,
    wanted::Wanted,
};
use crate::{Delivery, Fault, Held, Stays};

const FUTURE: &str = "future";
/// WordPress brings out at once what is due within a minute (s); until the post is written some time goes by.
const LEAST: i64 = 90;

impl Wordpress {
    /// Has the article brought out at `until` (Unix ms) by WordPress itself.
    pub(in crate::wordpress) async fn keep_until(
        &self,
        delivery: &Delivery<'_>,
        until: i64,
    ) -> Result<Held, Fault> {
        let edition = delivery.edition;
        let me = self.who().await?; // nothing is believed before
        me.refuse_unless(edition.act)?;
        let there = self.api.clock().and_then(|now| i64::try_from(now).ok()).unwrap_or(i64::MAX);
        if (until / 1000).saturating_sub(there) < LEAST {
            let words =
                "its time is so near that the portal would bring it out at once; it is sent then".into();
            return Err(Fault::Refused { status: 0, words });
        }
        let (editions, wanted) = tokio::try_join!(
            self.editions(&me, edition.article, delivery.remote_id),
            self.wanted(delivery, &me)
        )?;
        Attempt { wordpress: self, delivery, me }.hold(wanted, editions, until).await
    }

    /// Takes back what this decision left there, where no reader sees it yet.
    pub(in crate::wordpress) async fn take_back(
        &self,
        delivery: &Delivery<'_>,
        ago: Duration,
        stays: Stays,
    ) -> Result<Held, Fault> {
        let me = self.who().await?;
        let attempt = Attempt { wordpress: self, delivery, me };
        let editions = attempt.look().await?;
        for post in editions.known().filter(|post| attempt.waits(post)) {
            self.hide_again(post, stays).await?;
        }
        let after = attempt.look().await?;
        if attempt.is_live_in(&after) {
            return Ok(Held::Live(Box::new(attempt.found(&after).await?)));
        }
        if let Some(post) = after.known().find(|post| attempt.waits(post) && post.status == FUTURE) {
            return Err(Fault::Unknown(format!("post {} is still to come out there", post.id)));
        }
        if after.is_empty() && ago < self.patience.settles {
            return Err(Fault::Unknown(
                "nothing of it is on the portal yet; its server may still be at work on it, so it is looked for again"
                    .into(),
            ));
        }
        Ok(Held::Gone)
    }

    async fn hide_again(&self, post: &WpPost, stays: Stays) -> Result<(), Fault> {
        let request = match stays {
            // Without a date it is published with the time it is published at.
            Stays::Draft => {
                self.api.post(&route(post.id)).json(&json!({ "status": "draft", "date_gmt": null }))
            }
            Stays::Nothing => self.api.request(reqwest::Method::DELETE, &route(post.id)),
        };
        self.api.ask::<Value>(request.query(&[("_fields", "id")])).await.map(drop).map_err(perhaps_done)
    }
}

impl Attempt<'_> {
    async fn look(&self) -> Result<Editions, Fault> {
        self.wordpress.editions(&self.me, self.delivery.edition.article, self.delivery.remote_id).await
    }

    fn is_live_in(&self, editions: &Editions) -> bool {
        editions.live().any(|post| post.is_by(self.delivery.decision))
    }

    /// Whether this decision left it there for later.
    fn waits(&self, post: &WpPost) -> bool {
        post.is_by(self.delivery.decision) && !post.is_live() && !post.is_trashed()
    }

    async fn hold(&self, mut wanted: Wanted, editions: Editions, until: i64) -> Result<Held, Fault> {
        if self.is_live_in(&editions) {
            return Ok(Held::Live(Box::new(self.found(&editions).await?)));
        }
        if let Some(trashed) = editions.trashed_by_hand(self.delivery.decision) {
            return Err(self.changed_there(trashed, "it was put into the trash there").await);
        }
        let editions = if editions.kept().is_some() { editions } else { self.create(&mut wanted).await? };
        self.trash_own_extra(&editions).await;
        let Some(post) = editions.kept() else {
            return Err(Fault::Unknown("the draft was made and cannot be found".into()));
        };
        if post.is_live() {
            return Err(self.changed_there(post, "it is live there already, with other words").await);
        }
        if !post.is_untouched() && !wanted.is_in(post) {
            return Err(self.changed_there(post, "its draft was changed there").await);
        }
        self.write_for(&wanted, post, until).await
    }

    async fn write_for(&self, wanted: &Wanted, post: &WpPost, until: i64) -> Result<Held, Fault> {
        let mut fields = if wanted.is_in(post) { wanted.its_place(post) } else { wanted.over(post) };
        fields["status"] = json!(FUTURE);
        fields["date_gmt"] = json!(date_gmt(until));
        let request = self.wordpress.api.post(&route(post.id)).query(&[("_fields", FIELDS)]);
        let written: WpPost = self.wordpress.api.ask(request.json(&fields)).await.map_err(perhaps_done)?;
        match written.status.as_str() {
            FUTURE => Ok(Held::Waits),
            // Its time has come meanwhile.
            "publish" => Ok(Held::Live(Box::new(self.finish(wanted, post.revisions() + 1, written).await?))),
            other => {
                let words = format!(
                    "the portal keeps post {} as “{other}” and does not bring it out by itself",
                    written.id
                );
                Err(Fault::Refused { status: 200, words })
            }
        }
    }
}

/// WordPress's times in UTC have no zone.
fn date_gmt(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_wordpress_reads_it() {
        assert_eq!(date_gmt(1_764_068_400_000), "2025-11-25T11:00:00");
    }
}
