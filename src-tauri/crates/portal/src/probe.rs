//! What answers at an address: step one of connecting to a portal. No password is sent.

use protocol::PROBLEM;
use reqwest::{Client, header};
use serde::Deserialize;
use url::Url;

use crate::{Fault, http, wordpress::COMPANION};

/// What kind of portal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It speaks our protocol.
    Native,
    Wordpress,
}

/// A portal that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    /// Its address, as it wants to be called.
    pub address: String,
    /// What it calls itself.
    pub name: String,
    /// Root of WordPress's REST API.
    pub api: Option<String>,
    /// WordPress's own page where a person lets an application in, where it has one.
    pub authorize: Option<String>,
    /// Language of its pages (BCP 47); empty where it does not say.
    pub site_language: String,
    /// A WordPress has our plugin.
    pub companion: bool,
}

/// Finds out what answers at an address, given as people write it.
///
/// # Errors
/// [`Fault::Address`] when it is none; [`Fault::NotAPortal`] when something else answers.
pub async fn probe(address: &str, certificate_authority: Option<&str>) -> Result<Found, Fault> {
    let base = http::address(&completed(address))?;
    let behaviour = http::Behaviour { answer: http::ANSWER, certificate_authority, redirects: 5 };
    let client = http::client(&base, &behaviour)?;
    if speaks_our_protocol(&client, &base).await? {
        let name = base.host_str().unwrap_or_default().to_owned();
        return Ok(Found {
            kind: Kind::Native,
            address: trimmed(&base),
            name,
            api: None,
            authorize: None,
            site_language: String::new(),
            companion: false,
        });
    }
    wordpress(&client, &base).await
}

/// Returns the address of WordPress's page where a person lets an application in (*Application Passwords Integration
/// Guide*), calling back at `back`: with `site_url`, `user_login` and `password` in the query, or without them.
///
/// # Errors
/// [`Fault::NotAPortal`] when the portal's page is no address a person could be sent to.
pub fn authorize_address(page: &str, app_name: &str, back: &str) -> Result<String, Fault> {
    let mut url =
        Url::parse(page).map_err(|_| Fault::NotAPortal("its sign-in page has no web address".into()))?;
    http::address(url.as_str())?;
    url.query_pairs_mut()
        .append_pair("app_name", app_name)
        .append_pair("success_url", back)
        .append_pair("reject_url", &format!("{back}/no"));
    Ok(url.into())
}

/// People leave the scheme out; on this machine there is none to encrypt for.
fn completed(address: &str) -> String {
    let address = address.trim();
    if address.contains("://") || address.is_empty() {
        return address.to_owned();
    }
    let local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| address.starts_with(host));
    format!("{}://{address}", if local { "http" } else { "https" })
}

async fn speaks_our_protocol(client: &Client, base: &Url) -> Result<bool, Fault> {
    let mut url = base.clone();
    url.set_path(&format!("{}{}/me", base.path().trim_end_matches('/'), protocol::BASE));
    match client.get(url).send().await {
        Ok(answer) => Ok(answer.status() == 401 && http::content_type(&answer).starts_with(PROBLEM)),
        Err(error) if error.is_redirect() => Ok(false),
        Err(error) => Err(unreachable(&error)),
    }
}

/// Nothing was asked for that could have had an effect.
fn unreachable(error: &reqwest::Error) -> Fault {
    Fault::Unreachable(http::innermost(error))
}

#[derive(Debug, Deserialize)]
struct Index {
    #[serde(default)]
    name: String,
    #[serde(default)]
    home: String,
    #[serde(default)]
    namespaces: Vec<String>,
    #[serde(default)]
    authentication: serde_json::Value,
}

/// WordPress names the root of its REST API in a header of its front page (REST API Handbook, *Discovery*); where that
/// page does not come, it lies at its usual place.
async fn wordpress(client: &Client, base: &Url) -> Result<Found, Fault> {
    let front = match client.get(base.clone()).send().await {
        Ok(answer) => Some(front_of(answer).await?),
        Err(error) if error.is_redirect() => None, // it leads to itself, as behind a proxy it may
        Err(error) => return Err(unreachable(&error)),
    };
    let (arrived, linked, site_language) = front.unwrap_or_else(|| (base.clone(), None, String::new()));
    let (api, index) = index_at(client, &arrived, linked).await?;
    let home = Url::parse(&index.home).unwrap_or_else(|_| arrived.clone());
    let authorize = index.authentication["application-passwords"]["endpoints"]["authorization"].as_str();
    let authorize = authorize.and_then(|page| Url::parse(page).ok());
    Ok(Found {
        kind: Kind::Wordpress,
        address: trimmed(&http::as_reached(home, &arrived)),
        name: http::words(&index.name),
        api: Some(api.into()),
        authorize: authorize.map(|page| http::as_reached(page, &arrived).into()),
        site_language,
        companion: index.namespaces.iter().any(|name| name == COMPANION),
    })
}

/// Returns the root of the REST API: where the site says it is, else at its usual place, with pretty addresses or
/// without.
async fn index_at(client: &Client, arrived: &Url, linked: Option<Url>) -> Result<(Url, Index), Fault> {
    let mut plain = with_path(arrived, "");
    plain.set_query(Some("rest_route=/"));
    let places = match linked {
        Some(linked) => vec![http::as_reached(linked, arrived)],
        None => vec![with_path(arrived, "wp-json/"), plain],
    };
    let mut answer = Err(Fault::NotAPortal("nothing".into()));
    for place in places {
        answer = index_of(client, &place).await.map(|index| (place, index));
        if answer.is_ok() {
            break;
        }
    }
    answer
}

/// Returns where the front page lies, the API it names, and its language.
async fn front_of(answer: reqwest::Response) -> Result<(Url, Option<Url>, String), Fault> {
    let arrived = answer.url().clone();
    http::address(arrived.as_str())?; // it may have led to where no password may be sent
    let linked = linked_api(&answer).and_then(|api| arrived.join(&api).ok());
    let page = http::body(answer).await.unwrap_or_default();
    let language = language_of(&String::from_utf8_lossy(&page));
    Ok((arrived, linked, language))
}

async fn index_of(client: &Client, api: &Url) -> Result<Index, Fault> {
    let request = client.get(api.clone()).header(header::ACCEPT, "application/json");
    let answer = request.send().await.map_err(|error| unreachable(&error))?;
    let (status, kind) = (answer.status(), http::content_type(&answer));
    if status.is_server_error() {
        return Err(Fault::ServerFailed { status: status.as_u16(), words: status.to_string() });
    }
    let index: Option<Index> = serde_json::from_slice(&http::body(answer).await?).ok();
    index
        .filter(|index| index.namespaces.iter().any(|name| name == "wp/v2"))
        .ok_or_else(|| Fault::NotAPortal(format!("{status}, {kind}; neither WordPress nor our own protocol")))
}

/// `Link: <https://portal.example/wp-json/>; rel="https://api.w.org/"`.
fn linked_api(answer: &reqwest::Response) -> Option<String> {
    let links = answer.headers().get_all(header::LINK).into_iter().filter_map(|link| link.to_str().ok());
    let mut each = links.flat_map(|links| links.split('<').skip(1)).filter_map(|link| link.split_once('>'));
    each.find(|(_, about)| about.contains("https://api.w.org/")).map(|(address, _)| address.to_owned())
}

/// Only the first tag is read: the rest of the page is not ours, and may be of any shape.
fn language_of(page: &str) -> String {
    let tag = page.find("<html").and_then(|start| Some(&page[start..start + page[start..].find('>')? + 1]));
    let html = scraper::Html::parse_document(tag.unwrap_or_default());
    http::words(html.root_element().attr("lang").unwrap_or_default())
}

fn with_path(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_query(None);
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

fn trimmed(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_people_write_it() {
        let table = [
            ("portal.example.vn", "https://portal.example.vn"),
            (" https://portal.example.vn/tin ", "https://portal.example.vn/tin"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("", ""),
        ];
        for (given, want) in table {
            assert_eq!(completed(given), want);
        }
    }

    #[test]
    fn only_the_first_tag_says_the_language() {
        let page = format!("<!doctype html><html class=x lang='vi'>{}", "<div><p>".repeat(100_000));

        assert_eq!(language_of(&page), "vi");
        assert_eq!(language_of("<html"), "");
        assert_eq!(language_of("no page"), "");
    }
}
