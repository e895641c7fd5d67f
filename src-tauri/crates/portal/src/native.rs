//! The adapter of our own protocol (`docs/protocol.md`).

mod uploads;

use std::time::Duration;

use async_trait::async_trait;
use domain::ids::{ArticleId, DecisionId, Hash};
use jiff::Timestamp;
use protocol::{
    BASE, Caps, Edition, Editions, Kept, LARGEST_IN_ONE, Listed, Live, Me, Pictures, Problem, ProblemKind,
    Receipt, Withdrawn,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use url::Url;

use crate::{
    Delivered, Delivery, Fault, PictureFile, PictureThere, Portal, Secret, TakenAway, There, Told, Whole,
    Withdrawing,
    http::{self, Failed},
    read_back::PageShape,
    term::Term,
};

/// A portal that speaks our protocol.
#[derive(Debug)]
pub struct Native {
    base: Url,
    secret: Secret,
    client: Client,
    /// How long an answer is waited for.
    answer: Duration,
}

impl Native {
    /// What our protocol promises.
    pub const CAPS: Caps = Caps {
        idempotent: true,
        preconditions: true,
        pictures_by_hash: true,
        credits_as_data: true,
        language_as_data: true,
        makes_sizes: false,
        terms: false,
        gone_for_good: true,
        notices_as_data: true,
        holds: false,
    };

    /// Speaks to the portal at `address`, believing a newsroom's own certificate authority (PEM) beside the system's.
    ///
    /// # Errors
    /// [`Fault::Address`] when it is no web address, or would carry the password unencrypted over a network.
    pub fn new(address: &str, secret: Secret, certificate_authority: Option<&str>) -> Result<Self, Fault> {
        Self::with_patience(address, secret, certificate_authority, http::ANSWER)
    }

    /// As [`Native::new`], waiting for an answer no longer than `answer`.
    ///
    /// # Errors
    /// As [`Native::new`].
    pub fn with_patience(
        address: &str,
        secret: Secret,
        certificate_authority: Option<&str>,
        answer: Duration,
    ) -> Result<Self, Fault> {
        let base = http::address(address)?;
        let behaviour = http::Behaviour { answer, certificate_authority, redirects: 0 };
        Ok(Self { client: http::client(&base, &behaviour)?, base, secret, answer })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{BASE}{path}", self.base.path().trim_end_matches('/')));
        self.client.request(method, url).bearer_auth(self.secret.reveal())
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        http::read(successful(request.send().await.map_err(|error| http::sending(&error))?).await?).await
    }

    /// A thing that may not be there: 404 in the portal's own manner is an answer.
    async fn ask_maybe<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Option<T>, Fault> {
        match self.ask(request).await {
            Ok(found) => Ok(Some(found)),
            Err(Fault::Refused { status: 404, .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn edition(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        self.ask_maybe(self.request(Method::GET, &format!("/editions/{article}"))).await
    }

    /// Asks for the receipt of a decision.
    ///
    /// # Errors
    /// What the portal says.
    pub async fn receipt(&self, decision: DecisionId) -> Result<Option<Receipt>, Fault> {
        self.ask_maybe(self.request(Method::GET, &format!("/decisions/{decision}"))).await
    }
}

fn listed_there(listed: Listed) -> There {
    There {
        remote_id: listed.article.to_string(),
        article: Some(listed.article),
        standing: listed.standing,
        headline: listed.headline,
        language: listed.language,
        url: listed.url,
        changed_at: listed.changed_at,
        version: String::new(),
        content_hash: None,
    }
}

fn whole(remote_id: &str, kept: Kept) -> Whole {
    let Kept { live, edition } = kept;
    let largest = |picture: Hash| {
        let sizes = edition.renditions.iter().filter(|made| made.picture == picture);
        sizes.max_by_key(|made| made.width).map(|made| made.rendition)
    };
    let mut pictures: Vec<PictureThere> = Vec::new();
    for picture in edition.document.placements.iter().filter_map(|placement| placement.picture) {
        let Some(rendition) = largest(picture) else { continue };
        if !pictures.iter().any(|there| there.picture == picture) {
            pictures.push(PictureThere { picture, address: rendition.to_string() });
        }
    }
    Whole {
        there: There {
            remote_id: remote_id.to_owned(),
            article: Some(live.article),
            standing: live.standing,
            headline: edition.document.fields.headline.clone(),
            language: edition.document.fields.language.clone(),
            url: live.url,
            changed_at: live.updated,
            version: live.version,
            content_hash: Some(live.content_hash),
        },
        story: Some(edition.story),
        document: edition.document,
        pictures,
        corrections: live.corrections,
        lost: Vec::new(),
        html: None,
        lead: None,
    }
}

async fn successful(answer: Response) -> Result<Response, Fault> {
    let is_ours = is_json(&answer);
    http::successful(answer, is_ours, refused).await
}

fn refused(failed: Failed) -> Fault {
    let Failed { status, is_ours, retry_after, body } = failed;
    let problem = serde_json::from_slice::<Problem>(&body).ok();
    let words = problem.as_ref().map_or_else(|| status.to_string(), |problem| http::words(&problem.detail));
    match status {
        StatusCode::PRECONDITION_FAILED
            if problem.as_ref().is_some_and(|problem| problem.kind == ProblemKind::StaleVersion) =>
        {
            // Where nothing is there any more it is empty, and what may replace that is sent as new.
            let version = problem.and_then(|problem| problem.version).unwrap_or_default();
            Fault::ChangedThere { words, version }
        }
        StatusCode::UNAUTHORIZED => Fault::NeedsPassword(words),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Fault::Busy { retry_after, words },
        _ if status.is_server_error() => Fault::ServerFailed { status: status.as_u16(), words },
        StatusCode::NOT_FOUND if !is_ours => Fault::NotAPortal(status.to_string()),
        _ => Fault::Refused { status: status.as_u16(), words },
    }
}

fn is_json(answer: &Response) -> bool {
    let content_type = http::content_type(answer);
    content_type.starts_with("application/json") || content_type.starts_with(protocol::PROBLEM)
}

#[async_trait]
impl Portal for Native {
    fn caps(&self) -> Caps {
        Self::CAPS
    }

    fn page_shape(&self) -> PageShape {
        PageShape::OURS
    }

    async fn me(&self) -> Result<Me, Fault> {
        self.ask(self.request(Method::GET, "/me")).await
    }

    async fn lacks(&self, pictures: &[Hash]) -> Result<Vec<Hash>, Fault> {
        let asked = Pictures { hashes: pictures.to_vec() };
        let lacking: Pictures =
            self.ask(self.request(Method::POST, "/pictures/lacking").json(&asked)).await?;
        Ok(lacking.hashes)
    }

    async fn take_picture(&self, picture: &PictureFile<'_>) -> Result<(), Fault> {
        let request = self
            .request(Method::PUT, &format!("/pictures/{}", picture.hash))
            .header(header::CONTENT_TYPE, "image/jpeg")
            .timeout(http::while_sending(self.answer, picture.bytes.len()));
        self.ask::<Pictures>(request.body(picture.bytes.to_vec())).await.map(drop)
    }

    async fn upload(&self, picture: &PictureFile<'_>, told: Told<'_>) -> Result<(), Fault> {
        if picture.bytes.len() > LARGEST_IN_ONE {
            return self.in_pieces(picture, told).await;
        }
        self.take_picture(picture).await?;
        told(picture.bytes.len());
        Ok(())
    }

    async fn now(&self) -> Result<Option<i64>, Fault> {
        let now = self.me().await?.now;
        Ok(now.and_then(|now| now.parse().ok()).map(Timestamp::as_millisecond))
    }

    async fn deliver(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault> {
        let (decision, edition) = (delivery.decision, delivery.edition);
        let anew = (edition.base.as_deref() == Some("")).then(|| Edition { base: None, ..edition.clone() }); // see `refused`
        let edition = anew.as_ref().unwrap_or(edition);
        let request = self.request(Method::PUT, &format!("/decisions/{decision}")).json(edition);
        let receipt: Receipt = self.ask(request).await?;
        if receipt.decision == decision && receipt.content_hash == edition.content_hash {
            Ok(receipt.into())
        } else {
            Err(Fault::Unknown("the receipt is for something else".into()))
        }
    }

    async fn receipt_of(&self, delivery: &Delivery<'_>, _ago: Duration) -> Result<Option<Delivered>, Fault> {
        Ok(self.receipt(delivery.decision).await?.map(Delivered::from))
    }

    async fn withdraw(&self, withdrawing: &Withdrawing<'_>) -> Result<TakenAway, Fault> {
        let Withdrawing { decision, withdrawal, .. } = *withdrawing;
        let request = self.request(Method::PUT, &format!("/withdrawals/{decision}")).json(withdrawal);
        let receipt: Withdrawn = self.ask(request).await?;
        if receipt.decision == decision && receipt.article == withdrawal.article {
            Ok(receipt.into())
        } else {
            Err(Fault::Unknown("the receipt is for something else".into()))
        }
    }

    async fn withdrawn(&self, withdrawing: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault> {
        let request = self.request(Method::GET, &format!("/withdrawals/{}", withdrawing.decision));
        Ok(self.ask_maybe::<Withdrawn>(request).await?.map(TakenAway::from))
    }

    async fn live(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        Ok(self.edition(article).await?.filter(|edition| edition.standing.is_live()))
    }

    async fn standing(&self, article: ArticleId, _remote_id: Option<&str>) -> Result<Option<There>, Fault> {
        Ok(self.edition(article).await?.map(|edition| There {
            remote_id: article.to_string(),
            article: Some(article),
            standing: edition.standing,
            headline: String::new(),
            language: String::new(),
            url: edition.url,
            changed_at: edition.updated,
            version: edition.version,
            content_hash: Some(edition.content_hash),
        }))
    }

    async fn list(&self) -> Result<Vec<There>, Fault> {
        let listed: Editions = self.ask(self.request(Method::GET, "/editions")).await?;
        Ok(listed.editions.into_iter().map(listed_there).collect())
    }

    async fn find(&self, url: &str) -> Result<Option<There>, Fault> {
        let request = self.request(Method::GET, "/editions").query(&[("url", url)]);
        let found: Editions = self.ask(request).await?;
        Ok(found.editions.into_iter().next().map(listed_there))
    }

    async fn whole(&self, remote_id: &str) -> Result<Option<Whole>, Fault> {
        let request = self.request(Method::GET, &format!("/editions/{remote_id}/document"));
        Ok(self.ask_maybe::<Kept>(request).await?.map(|kept| whole(remote_id, kept)))
    }

    async fn picture(&self, address: &str) -> Result<Vec<u8>, Fault> {
        let request = self.request(Method::GET, &format!("/pictures/{address}"));
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        let is_ours = http::content_type(&answer).starts_with("image/") || is_json(&answer);
        http::body(http::successful(answer, is_ours, refused).await?).await
    }

    async fn page_status(&self, url: &str) -> Result<u16, Fault> {
        http::page_status(&self.client, &self.base, url).await
    }

    async fn public_page(&self, url: &str) -> Result<String, Fault> {
        http::public_page(&self.client, &self.base, url).await
    }

    async fn terms(&self) -> Result<Vec<Term>, Fault> {
        Ok(Vec::new()) // categories and keywords stay our own words there
    }
}
