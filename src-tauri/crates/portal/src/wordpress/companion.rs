//! Our plugin on a WordPress (`wordpress-plugin/`): a key that nothing else can have, and changes only of what the desk
//! has seen, in one transaction of the site's own. What the post says is the same as without it, so that the plugin may
//! come later, and go.

use std::{
    collections::HashMap,
    sync::PoisonError,
    time::{Duration, Instant},
};

use domain::{
    ids::{ArticleId, DecisionId, Hash},
    live::Standing,
    page::Correction,
};
use protocol::{Live, Receipt, Withdrawn};
use reqwest::{Method, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    Wordpress,
    api::{WpError, successful},
    blocks::Image,
    post::{GONE, WpPost},
    publish::{
        happened, utc,
        wanted::{Wanted, rendition_of},
    },
};
use crate::{Delivered, Delivery, Fault, PictureFile, TakenAway, There, Withdrawing, http};

/// The plugin's part of the REST API.
pub const COMPANION: &str = "toasoan/v1";
/// A plugin may be put in, or taken away, while the desk runs.
const ASKED_AGAIN: Duration = Duration::from_secs(10 * 60);

/// Whether the site has our plugin, as far as is known.
#[derive(Debug)]
pub struct Presence {
    pub is_there: bool,
    asked: Option<Instant>,
}

impl Presence {
    pub fn expected(is_there: bool) -> Self {
        Self { is_there, asked: None }
    }
}

/// What the plugin says of itself.
#[derive(Debug, Deserialize)]
struct About {
    version: String,
}

/// What the plugin answers to a decision.
#[derive(Debug, Deserialize)]
struct Decided {
    receipt: Receipt,
    edition: Option<Kept>,
}

/// What it answers to a decision that takes an edition away.
#[derive(Debug, Deserialize)]
struct Removed {
    receipt: RemovedReceipt,
    edition: Kept,
}

#[derive(Debug, Deserialize)]
struct RemovedReceipt {
    url: String,
    version: String,
    applied_at: String,
}

/// An edition as the plugin keeps it.
#[derive(Debug, Deserialize)]
struct Kept {
    remote_id: String,
    language: String,
    state: String,
    is_as_left: bool,
    version: Option<String>,
    content_hash: String,
    url: String,
    first_published: String,
    updated: String,
    #[serde(default)]
    corrections: Vec<Correction>,
    post: Option<WpPost>,
}

#[derive(Debug, Deserialize)]
struct KeptPicture {
    hash: Hash,
    id: u64,
    url: String,
    size: String,
}

impl Kept {
    /// A draft that the desk left there without the plugin was not yet published.
    fn standing(&self) -> Standing {
        Standing::named(&self.state).unwrap_or(Standing::Unpublished)
    }
}

impl From<KeptPicture> for Image {
    fn from(kept: KeptPicture) -> Self {
        Self { id: kept.id, url: kept.url, size: kept.size }
    }
}

impl Wordpress {
    /// Asks whether the site has our plugin.
    pub(super) async fn has_companion(&self) -> Result<bool, Fault> {
        let known = self.presence(|presence| {
            presence.asked.is_some_and(|at| at.elapsed() < ASKED_AGAIN).then_some(presence.is_there)
        });
        if let Some(is_there) = known {
            return Ok(is_there);
        }
        let request = self.api.get(&route("about"));
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        // Nobody knows the route, or somebody keeps unknown ones closed.
        let is_json = http::content_type(&answer).starts_with("application/json");
        let is_there = match answer.status() {
            StatusCode::NOT_FOUND if is_json => false,
            StatusCode::FORBIDDEN => false,
            _ => !http::read::<About>(successful(answer).await?).await?.version.is_empty(),
        };
        self.presence(|presence| *presence = Presence { is_there, asked: Some(Instant::now()) });
        Ok(is_there)
    }

    fn presence<T>(&self, with: impl FnOnce(&mut Presence) -> T) -> T {
        with(&mut self.companion.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the plugin; where it does not answer any more, it is looked for anew before the next request.
    async fn ask_companion<T: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
        special: impl FnOnce(&WpError) -> Option<Fault>,
    ) -> Result<T, Fault> {
        let answer = self.api.ask_unless(request, special).await;
        if matches!(answer, Err(Fault::NotAPortal(_))) {
            self.presence(|presence| presence.asked = None);
        }
        answer
    }

    /// Has a decision applied. The same again gets the first answer.
    pub(super) async fn decide(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        let me = self.who().await?; // nothing is believed before
        me.refuse_unless(delivery.edition.act)?;
        let mut wanted = self.wanted(delivery, &me).await?;
        let decided = match self.put_decision(delivery, &wanted).await {
            Err(Fault::Refused { status: 400, .. }) if wanted.drop_author() => {
                self.put_decision(delivery, &wanted).await
            }
            decided => decided,
        }?;
        Ok(delivered(decided, &wanted, delivery))
    }

    async fn put_decision(&self, delivery: &Delivery<'_>, wanted: &Wanted) -> Result<Decided, Fault> {
        let mut body = self.as_data(delivery).await;
        body["fields"] = wanted.whole();
        let request = self.api.request(Method::PUT, &decision_route(delivery.decision)).json(&body);
        self.ask_companion(request, |error| changed_there(error, delivery.edition.base.is_none())).await
    }

    /// Returns what is kept as data, beside the post's own fields.
    async fn as_data(&self, delivery: &Delivery<'_>) -> Value {
        let edition = delivery.edition;
        let fields = &edition.document.fields;
        let pictures = self.pictures.lock().await;
        let placed = edition.document.placements.iter().filter_map(|placement| {
            let hash = rendition_of(edition, placement)?;
            Some(json!({
                "hash": hash,
                "attachment": pictures.get(&hash)?.id,
                "caption": placement.caption,
                "credit_line": placement.credit_line,
                "alt": placement.alt,
            }))
        });
        json!({
            "act": edition.act,
            "article": edition.article,
            "story": edition.story,
            "base": edition.base,
            "remote_id": number(delivery.remote_id),
            "content_hash": edition.content_hash,
            "language": fields.language,
            "byline": fields.byline,
            "source_paper": fields.source_paper,
            "source_url": fields.source_url,
            "source_date": fields.source_date,
            "pictures": placed.collect::<Vec<_>>(),
            "correction_notice": edition.correction_notice,
        })
    }

    /// Asks whether a decision was applied. Where it was not, it may be sent again at once: its key is used once.
    pub(super) async fn decided(&self, delivery: &Delivery<'_>) -> Result<Option<Delivered>, Fault> {
        let me = self.who().await?;
        let mut request = self.api.get(&decision_route(delivery.decision)).query(&[
            ("article", delivery.edition.article.to_string()),
            ("story", delivery.edition.story.to_string()),
        ]);
        if let Some(id) = number(delivery.remote_id) {
            request = request.query(&[("remote_id", id)]);
        }
        let decided: Decided = match self.ask_companion(request, not_applied).await {
            Err(Fault::Refused { status: 404, .. }) => return Ok(None),
            decided => decided?,
        };
        // It is done: what else cannot be asked now is only said.
        Ok(Some(match self.wanted(delivery, &me).await {
            Ok(wanted) => delivered(decided, &wanted, delivery),
            Err(fault) => Delivered {
                differences: vec![format!("it could not be compared: {fault}")],
                ..decided.receipt.into()
            },
        }))
    }

    /// Takes an edition away. The plugin's key makes it once, and refuses what comes too late for good.
    pub(super) async fn remove(&self, withdrawing: &Withdrawing<'_>) -> Result<TakenAway, Fault> {
        let withdrawal = withdrawing.withdrawal;
        let me = self.who().await?;
        me.refuse_unless(withdrawal.act)?;
        let body = json!({
            "act": withdrawal.act,
            "article": withdrawal.article,
            "story": withdrawal.story,
            "base": withdrawal.base,
            "remote_id": number(withdrawing.remote_id),
            "public_notice": withdrawal.public_notice,
        });
        let request = self.api.request(Method::PUT, &decision_route(withdrawing.decision)).json(&body);
        let removed = self.ask_companion(request, |error| changed_there(error, false)).await?;
        Ok(taken_away(removed, withdrawing))
    }

    pub(super) async fn removed(&self, withdrawing: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault> {
        self.who().await?;
        let request = self.api.get(&decision_route(withdrawing.decision));
        match self.ask_companion(request, not_applied).await {
            Err(Fault::Refused { status: 404, .. }) => Ok(None),
            removed => Ok(Some(taken_away(removed?, withdrawing))),
        }
    }

    async fn kept(&self, article: ArticleId) -> Result<Option<Kept>, Fault> {
        self.who().await?;
        let request = self.api.get(&route(&format!("editions/{article}")));
        match self.ask_companion(request, not_applied).await {
            Err(Fault::Refused { status: 404, .. }) => Ok(None),
            kept => kept.map(Some),
        }
    }

    pub(super) async fn kept_edition(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        let Some(kept) = self.kept(article).await?.filter(|kept| kept.standing().is_live()) else {
            return Ok(None);
        };
        let content_hash =
            kept.content_hash.parse().map_err(|_| Fault::Unknown("it names no content".into()))?;
        Ok(Some(Live {
            article,
            standing: Standing::Live,
            url: kept.url,
            version: kept.version.unwrap_or_else(|| GONE.to_owned()),
            content_hash,
            first_published: kept.first_published,
            updated: kept.updated,
            corrections: kept.corrections,
        }))
    }

    pub(super) async fn kept_standing(&self, article: ArticleId) -> Result<Option<There>, Fault> {
        let Some(kept) = self.kept(article).await? else { return Ok(None) };
        let headline = kept.post.as_ref().map(|post| http::words(&post.title.raw)).unwrap_or_default();
        Ok(Some(There {
            standing: kept.standing(),
            content_hash: kept.content_hash.parse().ok().filter(|_| kept.is_as_left),
            remote_id: kept.remote_id,
            article: Some(article),
            headline,
            language: kept.language,
            url: kept.url,
            changed_at: kept.updated,
            version: kept.version.unwrap_or_else(|| GONE.to_owned()),
        }))
    }

    pub(super) async fn pictures_there(&self, hashes: &[Hash]) -> Result<HashMap<Hash, Image>, Fault> {
        #[derive(Deserialize)]
        struct Known {
            known: Vec<KeptPicture>,
        }
        let mut there = HashMap::new();
        for some in hashes.chunks(200) {
            let request = self.api.post(&route("pictures/known")).json(&json!({ "hashes": some }));
            let answer: Known = self.ask_companion(request, |_| None).await?;
            there.extend(answer.known.into_iter().map(|kept| (kept.hash, kept.into())));
        }
        Ok(there)
    }

    pub(super) async fn give_picture(&self, picture: &PictureFile<'_>) -> Result<(), Fault> {
        let request = self
            .api
            .request(Method::PUT, &route(&format!("pictures/{}", picture.hash)))
            .header(header::CONTENT_TYPE, "image/jpeg")
            .body(picture.bytes.to_vec());
        let kept: KeptPicture = self.ask_companion(request, |_| None).await?;
        self.pictures.lock().await.insert(picture.hash, kept.into());
        Ok(())
    }
}

fn route(path: &str) -> String {
    format!("{COMPANION}/{path}")
}

fn decision_route(decision: DecisionId) -> String {
    route(&format!("decisions/{decision}"))
}

fn number(remote_id: Option<&str>) -> Option<u64> {
    remote_id?.parse().ok()
}

fn delivered(decided: Decided, wanted: &Wanted, delivery: &Delivery<'_>) -> Delivered {
    let post = decided.edition.and_then(|kept| kept.post);
    let live = post.as_ref().filter(|post| post.is_live() && post.is_by(delivery.decision));
    let mut receipt = decided.receipt;
    if let Some(since) = live.and_then(WpPost::live_since) {
        receipt.applied_at = utc(Some(since)); // the site may have brought it out before the plugin was asked
    }
    Delivered {
        receipt,
        differences: post.as_ref().map(|post| wanted.differences(post)).unwrap_or_default(),
        forgotten: post.as_ref().map(|post| wanted.forgotten(post, delivery.terms)).unwrap_or_default(),
        terms: wanted.learnt.clone(),
    }
}

fn taken_away(removed: Removed, withdrawing: &Withdrawing<'_>) -> TakenAway {
    let Removed { receipt, edition } = removed;
    TakenAway::from(Withdrawn {
        decision: withdrawing.decision,
        article: withdrawing.withdrawal.article,
        standing: edition.standing(),
        url: receipt.url,
        version: receipt.version,
        applied_at: receipt.applied_at,
    })
}

/// The plugin's own 404 is an answer; WordPress's says that there is no plugin.
fn not_applied(error: &WpError) -> Option<Fault> {
    let is_answer = matches!(error.code.as_str(), "toasoan_not_applied" | "toasoan_not_found");
    is_answer.then(|| Fault::Refused { status: 404, words: http::words(&error.message) })
}

/// The plugin refuses to overwrite what the desk has not seen, and says what there is.
fn changed_there(error: &WpError, as_new: bool) -> Option<Fault> {
    if !matches!(error.code.as_str(), "toasoan_stale_version" | "toasoan_exists") {
        return None;
    }
    let kept = Kept::deserialize(&error.data["current"]).ok()?;
    let version = kept.version.unwrap_or_else(|| GONE.to_owned());
    let Some(post) = kept.post else {
        let words = "the post is not on the portal any more; it was deleted there".to_owned();
        return Some(Fault::ChangedThere { words, version });
    };
    let what = match (as_new, kept.state.as_str()) {
        (true, "draft") if !post.is_trashed() => "its draft was changed there",
        (true, "live") => "it is live there already, with other words",
        _ => happened(&post),
    };
    let by = last_change(&error.data["last_change"]).unwrap_or_default();
    let words = format!("post {}: {what}{by}; nothing was overwritten", post.id);
    Some(Fault::ChangedThere { words, version })
}

fn last_change(told: &Value) -> Option<String> {
    let (name, at) = (told["name"].as_str()?, told["at"].as_str()?);
    let at = at.replace('T', " ").replace('Z', "");
    Some(http::words(&format!(", last by {name} at {at} UTC")))
}
