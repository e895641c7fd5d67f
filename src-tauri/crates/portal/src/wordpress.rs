//! The adapter of a real WordPress (5.6 or newer), through its REST API and an application password.
//!
//! Where the site has our plugin (`wordpress-plugin/`), the plugin keeps the promises: `companion` speaks to it.
//!
//! Plain WordPress has no idempotency, no preconditions and no key of ours. What it lacks is made up for here: an
//! article is created as a *draft* that carries our marker, looked up in every state, and only then published on its
//! known id; nothing is sent again before it was looked for; nothing that somebody changed there is overwritten.

mod api;
mod blocks;
mod companion;
mod marker;
mod me;
mod media;
mod post;
mod publish;
mod terms;
mod there;
mod withdraw;

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex as Lock, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use domain::ids::{ArticleId, Hash};
use protocol::{Caps, Live, Me};
use tokio::sync::Mutex;

use crate::{
    Delivered, Delivery, Fault, Held, PictureFile, Portal, Secret, Stays, TakenAway, There, Whole,
    Withdrawing, http, read_back::PageShape, term::Term,
};
pub use companion::COMPANION;

use api::Api;
use blocks::Image;

/// An account on a WordPress.
#[derive(Debug, Clone)]
pub struct Account {
    /// The site's address.
    pub address: String,
    /// The root of its REST API, where it is not `wp-json/` under the address.
    pub api: Option<String>,
    pub user: String,
    /// An application password (since WordPress 5.6), with or without its spaces.
    pub password: Secret,
    /// A newsroom's own certificate authority, PEM, believed beside the system's.
    pub certificate_authority: Option<String>,
    /// Language of the site's pages (BCP 47); empty where it is not known.
    pub site_language: String,
    /// Our plugin was there when the site was last asked; it is asked again before anything is sent.
    pub companion: bool,
}

/// How long this adapter waits.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For an answer.
    pub answer: Duration,
    /// Longer than a server works on a request (PHP's `max_execution_time` and the web server's own limit): what has not
    /// appeared by then never will.
    pub settles: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: http::ANSWER, settles: Duration::from_secs(150) }
    }
}

/// A WordPress that is spoken to as one of its users.
#[derive(Debug)]
pub struct Wordpress {
    api: Api,
    patience: Patience,
    site_language: String,
    companion: Lock<companion::Presence>,
    /// Pictures that were looked up or uploaded by this value.
    pictures: Mutex<HashMap<Hash, Image>>,
    /// Ids of pictures that this value uploaded: the only ones it would ever remove.
    own_uploads: Mutex<HashSet<u64>>,
}

impl Wordpress {
    /// What plain WordPress promises.
    pub const CAPS: Caps = Caps {
        idempotent: false,
        preconditions: false,
        pictures_by_hash: false,
        credits_as_data: false,
        language_as_data: false,
        makes_sizes: true,
        terms: true,
        gone_for_good: false,
        notices_as_data: false,
        holds: true,
    };

    /// What a WordPress with our plugin promises.
    pub const CAPS_WITH_PLUGIN: Caps = Caps {
        idempotent: true,
        preconditions: true,
        pictures_by_hash: true,
        credits_as_data: true,
        language_as_data: true,
        gone_for_good: true,
        notices_as_data: true,
        ..Self::CAPS
    };

    /// Speaks to a WordPress by an account on it.
    ///
    /// # Errors
    /// [`Fault::Address`] when the address is none, or would carry the password unencrypted over a network.
    pub fn new(account: &Account) -> Result<Self, Fault> {
        Self::with_patience(account, Patience::default())
    }

    /// As [`Wordpress::new`], waiting as long as `patience` says.
    ///
    /// # Errors
    /// As [`Wordpress::new`].
    pub fn with_patience(account: &Account, patience: Patience) -> Result<Self, Fault> {
        Ok(Self {
            api: Api::new(account, patience.answer)?,
            patience,
            site_language: account.site_language.clone(),
            companion: Lock::new(companion::Presence::expected(account.companion)),
            pictures: Mutex::default(),
            own_uploads: Mutex::default(),
        })
    }
}

#[async_trait]
impl Portal for Wordpress {
    fn caps(&self) -> Caps {
        let companion = self.companion.lock().unwrap_or_else(PoisonError::into_inner);
        if companion.is_there { Self::CAPS_WITH_PLUGIN } else { Self::CAPS }
    }

    fn page_shape(&self) -> PageShape {
        // A theme may show the featured picture once more, without words: that one is the theme's.
        PageShape { pictures: "figure.wp-block-image img", text: "body", typographic: true }
    }

    async fn me(&self) -> Result<Me, Fault> {
        let me = self.who().await?;
        self.has_companion().await?;
        Ok(me.into())
    }

    async fn lacks(&self, pictures: &[Hash]) -> Result<Vec<Hash>, Fault> {
        let known = self.known_pictures(pictures).await?;
        let lacking: Vec<Hash> = pictures.iter().filter(|hash| !known.contains_key(hash)).copied().collect();
        let mut pictures = self.pictures.lock().await;
        pictures.extend(known);
        pictures.retain(|hash, _| !lacking.contains(hash)); // somebody may have deleted it there
        Ok(lacking)
    }

    async fn take_picture(&self, picture: &PictureFile<'_>) -> Result<(), Fault> {
        self.upload(picture).await
    }

    /// Its `Date` counts whole seconds and is never ahead of it.
    async fn now(&self) -> Result<Option<i64>, Fault> {
        self.who().await?;
        Ok(self.api.clock().and_then(|seconds| i64::try_from(seconds.saturating_mul(1000)).ok()))
    }

    async fn deliver(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        if self.has_companion().await? { self.decide(delivery).await } else { self.publish(delivery).await }
    }

    async fn receipt_of(&self, delivery: &Delivery<'_>, ago: Duration) -> Result<Option<Delivered>, Fault> {
        if self.has_companion().await? {
            self.decided(delivery).await
        } else {
            self.settled(delivery, ago).await
        }
    }

    async fn hold(&self, delivery: &Delivery<'_>, until: i64) -> Result<Held, Fault> {
        self.keep_until(delivery, until).await
    }

    async fn let_go(&self, delivery: &Delivery<'_>, ago: Duration, stays: Stays) -> Result<Held, Fault> {
        self.take_back(delivery, ago, stays).await
    }

    async fn withdraw(&self, withdrawing: &Withdrawing<'_>) -> Result<TakenAway, Fault> {
        if self.has_companion().await? {
            self.remove(withdrawing).await
        } else {
            self.take_away(withdrawing).await
        }
    }

    async fn withdrawn(&self, withdrawing: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault> {
        if self.has_companion().await? {
            self.removed(withdrawing).await
        } else {
            self.taken_away(withdrawing).await
        }
    }

    async fn standing(&self, article: ArticleId, remote_id: Option<&str>) -> Result<Option<There>, Fault> {
        if self.has_companion().await? {
            self.kept_standing(article).await
        } else {
            self.standing_of(article, remote_id).await
        }
    }

    async fn list(&self) -> Result<Vec<There>, Fault> {
        self.newest_posts().await
    }

    async fn find(&self, url: &str) -> Result<Option<There>, Fault> {
        self.post_at(url).await
    }

    async fn whole(&self, remote_id: &str) -> Result<Option<Whole>, Fault> {
        self.whole_post(remote_id).await
    }

    async fn picture(&self, address: &str) -> Result<Vec<u8>, Fault> {
        http::public_bytes(&self.api.client, &self.api.site, address).await
    }

    async fn live(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        if self.has_companion().await? {
            self.kept_edition(article).await
        } else {
            self.live_post(article).await
        }
    }

    async fn public_page(&self, url: &str) -> Result<String, Fault> {
        http::public_page(&self.api.client, &self.api.site, url).await
    }

    async fn page_status(&self, url: &str) -> Result<u16, Fault> {
        http::page_status(&self.api.client, &self.api.site, url).await
    }

    async fn terms(&self) -> Result<Vec<Term>, Fault> {
        self.categories().await
    }
}
