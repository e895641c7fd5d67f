//! What every adapter needs of HTTP: one client, and a failure sorted by what it means for the next move.

use std::{
    net::IpAddr,
    sync::Once,
    time::{Duration, SystemTime},
};

use reqwest::{Certificate, Client, Response, StatusCode, header, redirect};
use scraper::Html;
use serde::de::DeserializeOwned;
use url::{Host, Url};

use crate::Fault;

const CONNECT: Duration = Duration::from_secs(5);
/// A connection is used again within this time; servers close one that rests longer (Apache after 5 s), and a request
/// on its way just then would be one whose answer never came.
const RESTS: Duration = Duration::from_secs(4);
/// How long an answer is waited for.
pub const ANSWER: Duration = Duration::from_secs(60);
/// A line slower than this (bytes a second) brings nothing across.
const SLOWEST: u64 = 16 << 10;
/// Answers are small; a page is read back up to here.
const LARGEST_ANSWER: usize = 16 << 20;

/// Returns how long the answer to a request with so many bytes in it is waited for: they have to get there first.
pub fn while_sending(answer: Duration, bytes: usize) -> Duration {
    answer.saturating_add(Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX) / SLOWEST))
}

/// Returns a portal's address, if a password may be sent there.
pub fn address(given: &str) -> Result<Url, Fault> {
    let base = Url::parse(given)
        .map_err(|_| Fault::Address("this is no web address; it begins with https://".into()))?;
    if !base.username().is_empty() || base.password().is_some() {
        return Err(Fault::Address("a name or password has no place in the address; give it apart".into()));
    }
    match base.scheme() {
        "https" => Ok(base),
        "http" if is_loopback(&base) => Ok(base),
        "http" => Err(Fault::Address(
            "over http the password could be read on the way; give the portal's https address".into(),
        )),
        _ => Err(Fault::Address("this is no web address; it begins with https://".into())),
    }
}

pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// How a client behaves beyond what all do.
pub struct Behaviour<'a> {
    /// How long an answer is waited for.
    pub answer: Duration,
    /// A newsroom's own certificate authority, PEM, believed beside the system's.
    pub certificate_authority: Option<&'a str>,
    /// Where no password is sent, a portal may lead elsewhere.
    pub redirects: usize,
}

/// Returns a client for the portal at `base`: by the system's proxy, except on this machine.
pub fn client(base: &Url, behaviour: &Behaviour<'_>) -> Result<Client, Fault> {
    static CRYPTO: Once = Once::new();
    CRYPTO.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().ok(); // another part of the process may have been first
    });
    let policy = match behaviour.redirects {
        0 => redirect::Policy::none(),
        most => redirect::Policy::limited(most),
    };
    let mut builder = Client::builder()
        .redirect(policy)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(RESTS)
        .timeout(behaviour.answer);
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    if let Some(pem) = behaviour.certificate_authority {
        builder = builder.tls_certs_merge(certificates(pem)?);
    }
    builder.build().map_err(|error| Fault::Unreachable(error.to_string()))
}

fn certificates(pem: &str) -> Result<Vec<Certificate>, Fault> {
    let found = Certificate::from_pem_bundle(pem.as_bytes()).unwrap_or_default();
    if found.is_empty() {
        return Err(Fault::Address(
            "the certificate authority's file holds no certificate; give it in PEM (BEGIN CERTIFICATE)"
                .into(),
        ));
    }
    Ok(found)
}

/// Sorts a request that brought no answer: not connected means nothing happened there.
pub fn sending(error: &reqwest::Error) -> Fault {
    let words = innermost(error);
    if distrusts(error) {
        return Fault::Certificate(words);
    }
    if error.is_connect() || error.is_builder() { Fault::Unreachable(words) } else { Fault::Unknown(words) }
}

/// Says whether the other side could not prove who it is. Nothing was sent to it.
fn distrusts(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        // `source` of an I/O error is that of the error it holds: the held one itself would be passed over.
        let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    false
}

/// The innermost reason is the one that tells something; addresses and tokens stand only in the outer ones.
pub fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(inner) = error.source() {
        error = inner;
    }
    error.to_string()
}

pub fn content_type(answer: &Response) -> String {
    answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("no content type")
        .to_owned()
}

fn retry_after(answer: &Response) -> Option<Duration> {
    let value = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    let here = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    patience(value, date(answer).unwrap_or(here))
}

/// Returns how long `Retry-After` asks to wait: in seconds, or until a date in any of the three forms HTTP knows, seen
/// from `now`, the portal's own clock where it tells it (Unix seconds). One that makes no sense is none.
fn patience(value: &str, now: u64) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let at = httpdate::parse_http_date(value).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Duration::from_secs(at.as_secs().saturating_sub(now)))
}

/// An answer that is no success.
pub struct Failed {
    pub status: StatusCode,
    /// In the portal's own manner; else it is a page for people, of whatever server stands in between.
    pub is_ours: bool,
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// Returns an answer that is a success in the portal's own manner (`is_ours`); `sort` says what any other means.
pub async fn successful(
    answer: Response,
    is_ours: bool,
    sort: impl FnOnce(Failed) -> Fault,
) -> Result<Response, Fault> {
    let status = answer.status();
    if status.is_success() {
        return if is_ours { Ok(answer) } else { Err(Fault::NotAPortal(content_type(&answer))) };
    }
    if status.is_redirection() {
        return Err(Fault::NotAPortal(format!("it redirects, {status}")));
    }
    match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            return Err(Fault::NotAPortal("a proxy on the way asks for a name and password".into()));
        }
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => {
            return Err(Fault::NotAPortal("the network asks to log in first".into()));
        }
        StatusCode::REQUEST_TIMEOUT => return Err(Fault::Unknown(status.to_string())),
        _ => {}
    }
    let retry_after = retry_after(&answer);
    let body = body(answer).await.unwrap_or_default();
    Err(sort(Failed { status, is_ours, retry_after, body }))
}

/// Reads an answer's JSON.
pub async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Fault> {
    let body = body(answer).await?;
    serde_json::from_slice(&body)
        .map_err(|error| Fault::Unknown(format!("the answer cannot be read: {error}")))
}

/// Returns the server's clock, in Unix seconds.
pub fn date(answer: &Response) -> Option<u64> {
    let date = httpdate::parse_http_date(answer.headers().get(header::DATE)?.to_str().ok()?).ok()?;
    Some(date.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs())
}

pub async fn body(mut answer: Response) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| Fault::Unknown(innermost(&error)))? {
        body.extend_from_slice(&piece);
        if body.len() > LARGEST_ANSWER {
            return Err(Fault::Unknown("the answer has no end".into()));
        }
    }
    Ok(body)
}

/// The longest sentence of a portal's own that is kept.
const LONGEST_WORDS: usize = 500;

/// Returns a portal's own words as they may be kept and shown: text, and not without end.
pub fn words(given: &str) -> String {
    let start: String = given.chars().take(8 * LONGEST_WORDS).collect();
    let text: String = Html::parse_fragment(&start).root_element().text().collect();
    let text: String =
        text.chars().filter(|c| !turns(*c) && (c.is_whitespace() || !c.is_control())).collect();
    let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = whole.chars().take(LONGEST_WORDS).collect();
    if cut.len() < whole.len() {
        cut.push('…');
    }
    cut
}

/// Characters that turn the direction of what stands after them: a portal's words could look like the desk's own.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

/// Returns `url` by the scheme its site was reached by: behind a proxy a site may believe that it is called by http.
pub fn as_reached(mut url: Url, base: &Url) -> Url {
    if url.host() == base.host() && url.scheme() != base.scheme() && base.scheme() == "https" {
        url.set_scheme(base.scheme()).and_then(|()| url.set_port(base.port())).ok();
    }
    url
}

/// Returns a public page of the site at `base` as a reader gets it.
pub async fn public_page(client: &Client, base: &Url, url: &str) -> Result<String, Fault> {
    let answer = public_answer(client, base, url).await?;
    let status = answer.status();
    if !status.is_success() {
        return Err(Fault::ServerFailed { status: status.as_u16(), words: status.to_string() });
    }
    Ok(String::from_utf8_lossy(&body(answer).await?).into_owned())
}

/// Returns the status by which a reader is answered at an address of the site.
pub async fn page_status(client: &Client, base: &Url, url: &str) -> Result<u16, Fault> {
    Ok(public_answer(client, base, url).await?.status().as_u16())
}

/// Returns a public file of the site.
pub async fn public_bytes(client: &Client, base: &Url, url: &str) -> Result<Vec<u8>, Fault> {
    let answer = public_answer(client, base, url).await?;
    let status = answer.status();
    if !status.is_success() {
        return Err(Fault::ServerFailed { status: status.as_u16(), words: status.to_string() });
    }
    body(answer).await
}

async fn public_answer(client: &Client, base: &Url, url: &str) -> Result<Response, Fault> {
    let url = Url::parse(url).map_err(|_| Fault::NotAPortal("its page has no web address".into()))?;
    let url = as_reached(url, base);
    if url.origin() != base.origin() {
        return Err(Fault::NotAPortal("its page lies on another site".into()));
    }
    let request = client.get(url).header(header::CACHE_CONTROL, "no-cache");
    request.send().await.map_err(|error| sending(&error))
}

#[cfg(test)]
mod tests;
