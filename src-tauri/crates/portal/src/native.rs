//! The adapter of our own protocol (`docs/protocol.md`).

use std::{
    net::IpAddr,
    sync::Once,
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use domain::ids::{ArticleId, DecisionId, Hash};
use protocol::{BASE, Caps, Edition, Live, Me, Pictures, Problem, Receipt};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect};
use serde::de::DeserializeOwned;
use url::{Host, Url};

use crate::{Fault, Portal, Secret};

const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(60);
/// Answers are small; a page is read back up to here.
const LARGEST_ANSWER: usize = 16 << 20;

/// A portal that speaks our protocol.
#[derive(Debug)]
pub struct Native {
    base: Url,
    secret: Secret,
    client: Client,
}

impl Native {
    /// Speaks to the portal at `address`.
    ///
    /// # Errors
    /// [`Fault::Address`] when it is no web address, or would carry the password unencrypted over a network.
    pub fn new(address: &str, secret: Secret) -> Result<Self, Fault> {
        Self::with_patience(address, secret, ANSWER)
    }

    /// As [`Native::new`], waiting for an answer no longer than `answer`.
    ///
    /// # Errors
    /// As [`Native::new`].
    pub fn with_patience(address: &str, secret: Secret, answer: Duration) -> Result<Self, Fault> {
        let base = Url::parse(address)
            .map_err(|_| Fault::Address("this is no web address; it begins with https://"))?;
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => {
                return Err(Fault::Address(
                    "over http the password could be read on the way; give the portal's https address",
                ));
            }
            _ => return Err(Fault::Address("this is no web address; it begins with https://")),
        }
        Ok(Self { client: client(&base, answer)?, base, secret })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{BASE}{path}", self.base.path().trim_end_matches('/')));
        self.client.request(method, url).bearer_auth(self.secret.reveal())
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        read(successful(request.send().await.map_err(|error| sending(&error))?).await?).await
    }

    /// A thing that may not be there: 404 in the portal's own manner is an answer.
    async fn ask_maybe<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Option<T>, Fault> {
        match self.ask(request).await {
            Ok(found) => Ok(Some(found)),
            Err(Fault::Refused { status: 404, .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

fn client(base: &Url, answer: Duration) -> Result<Client, Fault> {
    static CRYPTO: Once = Once::new();
    CRYPTO.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().ok(); // another part of the process may have been first
    });
    let builder =
        Client::builder().redirect(redirect::Policy::none()).connect_timeout(CONNECT).timeout(answer);
    let builder = if is_loopback(base) { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| Fault::Unreachable(error.to_string()))
}

/// Sorts a request that brought no answer: not connected means nothing happened there.
fn sending(error: &reqwest::Error) -> Fault {
    let words = innermost(error);
    if error.is_connect() || error.is_builder() { Fault::Unreachable(words) } else { Fault::Unknown(words) }
}

/// The innermost reason is the one that tells something; addresses and tokens stand only in the outer ones.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(inner) = error.source() {
        error = inner;
    }
    error.to_string()
}

async fn successful(answer: Response) -> Result<Response, Fault> {
    let status = answer.status();
    if status.is_success() {
        return if is_json(&answer) { Ok(answer) } else { Err(Fault::NotAPortal(content_type(&answer))) };
    }
    if status.is_redirection() {
        return Err(Fault::NotAPortal(format!("it redirects, {status}")));
    }
    let (is_ours, retry_after) = (is_json(&answer), retry_after(&answer));
    let body = body(answer).await.unwrap_or_default();
    let words = serde_json::from_slice::<Problem>(&body)
        .map_or_else(|_| status.to_string(), |problem| problem.detail);
    Err(match status {
        StatusCode::UNAUTHORIZED => Fault::NeedsPassword(words),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Fault::Busy { retry_after, words },
        _ if status.is_server_error() => Fault::ServerFailed { status: status.as_u16(), words },
        StatusCode::NOT_FOUND if !is_ours => Fault::NotAPortal(status.to_string()),
        _ => Fault::Refused { status: status.as_u16(), words },
    })
}

fn content_type(answer: &Response) -> String {
    answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("no content type")
        .to_owned()
}

fn is_json(answer: &Response) -> bool {
    let content_type = content_type(answer);
    content_type.starts_with("application/json") || content_type.starts_with(protocol::PROBLEM)
}

/// `Retry-After` in seconds or as a date; one that makes no sense is none.
fn retry_after(answer: &Response) -> Option<Duration> {
    let value = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = value.parse::<u64>().ok().map(Duration::from_secs);
    seconds.or_else(|| {
        httpdate::parse_http_date(value)
            .ok()
            .map(|at| at.duration_since(SystemTime::now()).unwrap_or_default())
    })
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Fault> {
    let body = body(answer).await?;
    serde_json::from_slice(&body)
        .map_err(|error| Fault::Unknown(format!("the answer cannot be read: {error}")))
}

async fn body(mut answer: Response) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| Fault::Unknown(innermost(&error)))? {
        body.extend_from_slice(&piece);
        if body.len() > LARGEST_ANSWER {
            return Err(Fault::Unknown("the answer has no end".into()));
        }
    }
    Ok(body)
}

#[async_trait]
impl Portal for Native {
    fn caps(&self) -> Caps {
        Caps { idempotent: true, preconditions: true, pictures_by_hash: true, credits_as_data: true }
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

    async fn take_picture(&self, hash: Hash, bytes: Vec<u8>) -> Result<(), Fault> {
        let request = self
            .request(Method::PUT, &format!("/pictures/{hash}"))
            .header(header::CONTENT_TYPE, "image/jpeg");
        self.ask::<Pictures>(request.body(bytes)).await.map(drop)
    }

    async fn deliver(&self, decision: DecisionId, edition: &Edition) -> Result<Receipt, Fault> {
        let request = self.request(Method::PUT, &format!("/decisions/{decision}")).json(edition);
        let receipt: Receipt = self.ask(request).await?;
        if receipt.decision == decision && receipt.content_hash == edition.content_hash {
            Ok(receipt)
        } else {
            Err(Fault::Unknown("the receipt is for something else".into()))
        }
    }

    async fn receipt_of(&self, decision: DecisionId) -> Result<Option<Receipt>, Fault> {
        self.ask_maybe(self.request(Method::GET, &format!("/decisions/{decision}"))).await
    }

    async fn live(&self, article: ArticleId) -> Result<Option<Live>, Fault> {
        self.ask_maybe(self.request(Method::GET, &format!("/editions/{article}"))).await
    }

    async fn public_page(&self, url: &str) -> Result<String, Fault> {
        let url = Url::parse(url).map_err(|_| Fault::NotAPortal("its page has no web address".into()))?;
        if url.origin() != self.base.origin() {
            return Err(Fault::NotAPortal("its page lies on another site".into()));
        }
        let answer = self.client.get(url).send().await.map_err(|error| sending(&error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(Fault::ServerFailed { status: status.as_u16(), words: status.to_string() });
        }
        Ok(String::from_utf8_lossy(&body(answer).await?).into_owned())
    }
}
