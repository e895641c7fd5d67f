//! The posts that carry an article's marker, in every state, and which of them is kept.

use std::{cmp::Reverse, time::Duration};

use domain::ids::{ArticleId, DecisionId};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::{
    super::{
        Wordpress,
        me::WpMe,
        post::{FIELDS, WpPost},
    },
    route,
};
use crate::Fault;

pub const EVERY_STATE: [&str; 6] = ["publish", "future", "draft", "pending", "private", "trash"];
/// Posts are looked for from this long before the article was begun: clocks differ, and a post's date is the site's.
const SLACK: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// What there is of an article, by id.
#[derive(Debug, Default)]
pub struct Editions {
    posts: Vec<WpPost>,
}

impl Editions {
    /// Adds a post that is known to be there; one that was found is the newer.
    pub fn know(&mut self, post: WpPost) {
        if !self.has(post.id) {
            self.posts.push(post);
            self.posts.sort_by_key(|post| post.id);
        }
    }

    pub fn has(&self, id: u64) -> bool {
        self.posts.iter().any(|post| post.id == id)
    }

    /// Returns all there are, by id.
    pub fn known(&self) -> impl Iterator<Item = &WpPost> {
        self.posts.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    /// Returns the one that is kept: a live one before any other, then the lowest id.
    pub fn kept(&self) -> Option<&WpPost> {
        let there = self.posts.iter().filter(|post| !post.is_trashed());
        there.min_by_key(|post| (Reverse(post.is_live()), post.id))
    }

    pub fn live(&self) -> impl Iterator<Item = &WpPost> {
        self.posts.iter().filter(|post| post.is_live())
    }

    /// Returns the one in the trash, where there is no other.
    pub fn trashed(&self) -> Option<&WpPost> {
        if self.kept().is_some() { None } else { self.posts.first() }
    }

    /// Returns what this decision made and somebody then put into the trash.
    pub fn trashed_by_hand(&self, decision: DecisionId) -> Option<&WpPost> {
        self.trashed().filter(|post| post.is_by(decision))
    }

    /// Returns what this decision made by this account beside the one that is kept, and nobody has touched since.
    /// Nothing else is ever removed: a copy that somebody made there carries the marker too.
    pub fn own_extra(&self, decision: DecisionId, account: u64) -> impl Iterator<Item = &WpPost> {
        let kept = self.kept().map(|post| post.id);
        self.posts.iter().filter(move |post| {
            Some(post.id) != kept
                && !post.is_trashed()
                && post.is_by(decision)
                && post.author == account
                && post.is_untouched()
        })
    }

    /// Says, in words, that the article is there more than once by others' doing.
    pub fn others_live(&self, kept: &WpPost, decision: DecisionId) -> Option<String> {
        let ids: Vec<String> = self
            .live()
            .filter(|post| post.id != kept.id && !(post.is_by(decision) && post.is_untouched()))
            .map(|post| post.id.to_string())
            .collect();
        (!ids.is_empty())
            .then(|| format!("the article is on the portal more than once: post {}", ids.join(", ")))
    }
}

/// The article's UUIDv7 tells when it was begun, by a clock that may have been ahead of the portal's.
fn looked_for_after(article: ArticleId, portals_clock: Option<u64>) -> Option<String> {
    let (begun, _) = article.0.get_timestamp()?.to_unix();
    let from = begun.min(portals_clock?).saturating_sub(SLACK.as_secs());
    let from = jiff::Timestamp::from_second(i64::try_from(from).ok()?).ok()?;
    Some(from.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

impl Wordpress {
    /// Returns the posts with this article's marker, and the one the desk knows by its id. An account that may not edit
    /// another's posts sees of those only the public ones, as readers do.
    pub(in crate::wordpress) async fn editions(
        &self,
        me: &WpMe,
        article: ArticleId,
        remote_id: Option<&str>,
    ) -> Result<Editions, Fault> {
        let (mut editions, known, public) = tokio::try_join!(
            self.own_editions(article),
            self.known_post(remote_id),
            self.public_ones(me, article)
        )?;
        known.into_iter().chain(public).for_each(|post| editions.know(post));
        Ok(editions)
    }

    /// Returns those of the posts with this article's marker that the account may edit.
    pub(super) async fn own_editions(&self, article: ArticleId) -> Result<Editions, Fault> {
        let found = self.search_article(article, "edit", &EVERY_STATE).await?;
        let marked = |post: &WpPost| post.marker().is_some_and(|marker| marker.article == article);
        Ok(Editions { posts: found.into_iter().filter(marked).collect() })
    }

    async fn public_ones(&self, me: &WpMe, article: ArticleId) -> Result<Vec<WpPost>, Fault> {
        if me.may("edit_others_posts") {
            return Ok(Vec::new());
        }
        let public = self.search_article(article, "view", &["publish"]).await?;
        Ok(public.into_iter().map(WpPost::seen_by_readers).collect())
    }

    /// The marker is looked for in the text. Only posts since the article was begun are read: the whole table would be.
    async fn search_article(
        &self,
        article: ArticleId,
        context: &str,
        states: &[&str],
    ) -> Result<Vec<WpPost>, Fault> {
        let after = looked_for_after(article, self.api.clock());
        self.search(&article.to_string(), context, states, after).await
    }

    /// Looks for what is in the text of posts.
    pub(in crate::wordpress) async fn search(
        &self,
        words: &str,
        context: &str,
        states: &[&str],
        after: Option<String>,
    ) -> Result<Vec<WpPost>, Fault> {
        let mut request = self.api.get("wp/v2/posts").query(&[
            ("search", words),
            ("search_columns[]", "post_content"),
            ("context", context),
            ("orderby", "id"),
            ("order", "asc"),
            ("per_page", "100"),
            ("_fields", FIELDS),
        ]);
        for state in states {
            request = request.query(&[("status[]", state)]);
        }
        if let Some(after) = after {
            request = request.query(&[("after", after)]);
        }
        self.api.ask(request).await
    }

    async fn known_post(&self, remote_id: Option<&str>) -> Result<Option<WpPost>, Fault> {
        let Some(id) = remote_id.and_then(|id| id.parse().ok()) else { return Ok(None) };
        match self.post_of(id).await {
            Err(Fault::Refused { status: 403, .. }) => {
                let words = format!(
                    "post {id} was published by another account, and this one may not edit it; sign in as that account, or as an editor"
                );
                Err(Fault::Refused { status: 403, words })
            }
            other => other,
        }
    }

    pub(in crate::wordpress) async fn post_of(&self, id: u64) -> Result<Option<WpPost>, Fault> {
        let request = self.api.get(&route(id)).query(&[("context", "edit"), ("_fields", FIELDS)]);
        self.api.ask_maybe(request).await
    }

    /// Puts a post into the trash. One that stays is said when it is read back.
    pub(super) async fn trash(&self, id: u64) {
        if let Err(fault) = self.api.ask::<Value>(self.api.request(Method::DELETE, &route(id))).await {
            tracing::warn!(post = id, %fault, "a post is on the portal once too often");
        }
    }

    /// Says what somebody did there, who and when, as far as the portal tells.
    pub(in crate::wordpress) async fn changed_there(&self, post: &WpPost, what: &str) -> Fault {
        if post.hidden {
            let words = format!(
                "post {}, by another account: {what}; sign in as that account, or as an editor",
                post.id
            );
            return Fault::Refused { status: 403, words };
        }
        let by = self.last_change(post).await.unwrap_or_default();
        Fault::ChangedThere {
            words: format!("post {}: {what}{by}; nothing was overwritten", post.id),
            version: post.version(),
        }
    }

    async fn last_change(&self, post: &WpPost) -> Option<String> {
        #[derive(Deserialize)]
        struct Revision {
            author: u64,
            modified_gmt: String,
        }
        #[derive(Deserialize)]
        struct User {
            name: String,
        }
        let request = self.api.get(&format!("{}/revisions", route(post.id))).query(&[
            ("per_page", "1"),
            ("context", "edit"),
            ("_fields", "author,modified_gmt"),
        ]);
        let newest = self.api.ask::<Vec<Revision>>(request).await.ok()?.into_iter().next()?;
        let user = self.api.get(&format!("wp/v2/users/{}", newest.author)).query(&[("_fields", "name")]);
        let name = self
            .api
            .ask::<User>(user)
            .await
            .map_or_else(|_| format!("user {}", newest.author), |user| user.name);
        Some(format!(", last by {name} at {} UTC", newest.modified_gmt.replace('T', " ")))
    }
}
