//! WordPress's REST API as it is: its errors in JSON and in HTML, and what it says of a password it does not know.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::Account;
use crate::{Fault, http};

/// One WordPress, spoken to as one of its users.
#[derive(Debug)]
pub struct Api {
    /// The site's address.
    pub site: Url,
    root: Url,
    authorization: header::HeaderValue,
    pub client: Client,
    /// The portal's clock when it last answered, in Unix seconds; 0 before.
    clock: AtomicU64,
}

/// An error as WordPress words it. The message is in the site's language, `code` is the key.
#[derive(Debug, Deserialize)]
pub struct WpError {
    pub code: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub data: serde_json::Value,
}

impl Api {
    pub fn new(account: &Account, answer: Duration) -> Result<Self, Fault> {
        let site = http::address(&account.address)?;
        let root = match &account.api {
            Some(root) => http::address(root)?,
            None => joined(&site, "wp-json/"),
        };
        if root.origin() != site.origin() {
            return Err(Fault::Address("the portal's REST API lies on another site than the portal".into()));
        }
        let authority = account.certificate_authority.as_deref();
        let behaviour = http::Behaviour { answer, certificate_authority: authority, redirects: 0 };
        let client = http::client(&site, &behaviour)?;
        Ok(Self { client, authorization: basic(account)?, root, site, clock: AtomicU64::new(0) })
    }

    /// Begins a request to `route` (`wp/v2/posts`). Without `Accept` a fatal error would come as a page.
    pub fn request(&self, method: Method, route: &str) -> RequestBuilder {
        self.client
            .request(method, self.address_of(route))
            .header(header::AUTHORIZATION, self.authorization.clone())
            .header(header::ACCEPT, "application/json")
    }

    pub fn get(&self, route: &str) -> RequestBuilder {
        self.request(Method::GET, route)
    }

    pub fn post(&self, route: &str) -> RequestBuilder {
        self.request(Method::POST, route)
    }

    /// Pretty addresses, or `?rest_route=` where the site has none.
    fn address_of(&self, route: &str) -> Url {
        if self.root.query_pairs().any(|(name, _)| name == "rest_route") {
            let mut url = self.root.clone();
            url.query_pairs_mut().clear().append_pair("rest_route", &format!("/{route}"));
            return url;
        }
        joined(&self.root, route)
    }

    pub async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        if let Some(now) = http::date(&answer) {
            self.clock.store(now, Ordering::Relaxed);
        }
        http::read(successful(answer).await?).await
    }

    /// As [`Self::ask`], where an error of WordPress's own may mean more than it does elsewhere.
    pub async fn ask_unless<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        special: impl FnOnce(&WpError) -> Option<Fault>,
    ) -> Result<T, Fault> {
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        let is_ours = http::content_type(&answer).starts_with("application/json");
        if !is_ours || !answer.status().is_client_error() {
            return http::read(successful(answer).await?).await;
        }
        let status = answer.status();
        let error: WpError = http::read(answer).await?;
        Err(special(&error).unwrap_or_else(|| of_wordpress(status, &error, None)))
    }

    /// Returns the portal's time, in Unix seconds, once it has answered.
    pub fn clock(&self) -> Option<u64> {
        Some(self.clock.load(Ordering::Relaxed)).filter(|now| *now > 0)
    }

    /// Makes a term, and returns its id: the one it had already where it was there.
    pub async fn make_term(&self, route: &str, name: &str) -> Result<u64, Fault> {
        #[derive(Deserialize)]
        struct Made {
            id: u64,
        }
        let request = self.post(route).json(&serde_json::json!({ "name": name }));
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        if answer.status() != StatusCode::BAD_REQUEST {
            return Ok(http::read::<Made>(successful(answer).await?).await?.id);
        }
        let error: WpError = http::read(answer).await?;
        let there = error.data["term_id"].as_u64().filter(|_| error.code == "term_exists");
        there.ok_or_else(|| of_wordpress(StatusCode::BAD_REQUEST, &error, None))
    }

    /// A thing that may not be there: 404 in WordPress's own manner is an answer.
    pub async fn ask_maybe<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Option<T>, Fault> {
        match self.ask(request).await {
            Ok(found) => Ok(Some(found)),
            Err(Fault::Refused { status: 404, .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

fn joined(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_query(None);
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}

/// The password as WordPress shows it has spaces, which count for nothing.
fn basic(account: &Account) -> Result<header::HeaderValue, Fault> {
    let password: String = account.password.reveal().split_whitespace().collect();
    let encoded = STANDARD.encode(format!("{}:{password}", account.user));
    let mut value = header::HeaderValue::from_str(&format!("Basic {encoded}")).map_err(|_| {
        Fault::Address("the user name or the password has characters that no password has".into())
    })?;
    value.set_sensitive(true);
    Ok(value)
}

pub async fn successful(answer: Response) -> Result<Response, Fault> {
    let is_ours = http::content_type(&answer).starts_with("application/json");
    http::successful(answer, is_ours, |failed| match serde_json::from_slice::<WpError>(&failed.body) {
        Ok(error) => of_wordpress(failed.status, &error, failed.retry_after),
        Err(_) => of_web_server(failed.status, failed.retry_after),
    })
    .await
}

/// WordPress itself answered.
fn of_wordpress(status: StatusCode, error: &WpError, retry_after: Option<Duration>) -> Fault {
    let words = http::words(if error.message.is_empty() { &error.code } else { &error.message });
    match (status.as_u16(), error.code.as_str()) {
        // Who is not known is not refused but taken for anybody: these are the ways in which that shows.
        (401, _) => Fault::NeedsPassword(words),
        (400, "rest_invalid_param") if forbids_a_status(error) => Fault::NeedsPassword(words),
        // A file it does not take is a 500, and would be one again.
        (500, "rest_upload_sideload_error" | "rest_upload_unknown_error") => {
            Fault::Refused { status: 500, words }
        }
        (412, "rest_upload_hash_mismatch") | (400, "toasoan_digest_mismatch") => {
            Fault::Busy { retry_after: None, words }
        }
        (404, "rest_no_route") => Fault::NotAPortal(words),
        (429 | 503, _) => Fault::Busy { retry_after, words },
        (500.., _) => Fault::ServerFailed { status: status.as_u16(), words },
        (code, _) => Fault::Refused { status: code, words },
    }
}

fn forbids_a_status(error: &WpError) -> bool {
    error.data["details"]["status"]["code"] == "rest_forbidden_status"
}

/// A server before WordPress answered, or PHP died: a page for people.
fn of_web_server(status: StatusCode, retry_after: Option<Duration>) -> Fault {
    let words = status.to_string();
    match status.as_u16() {
        401 => Fault::NeedsPassword(format!("the web server itself asks for a password ({words})")),
        413 => Fault::Refused {
            status: 413,
            words: "the portal's web server takes no request of this size (413); its administrator can raise the limit"
                .into(),
        },
        404 | 405 => Fault::NotAPortal(words),
        429 | 503 => Fault::Busy { retry_after, words },
        500.. => Fault::ServerFailed { status: status.as_u16(), words },
        code => Fault::Refused {
            status: code,
            words: format!("the web server before the portal refuses it ({words}); its administrator can allow it"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn api(address: &str, root: Option<&str>) -> Result<Api, Fault> {
        let account = Account {
            address: address.into(),
            api: root.map(str::to_owned),
            user: "lan".into(),
            password: Secret::new("abcd EFGH 1234".into()),
            certificate_authority: None,
            site_language: String::new(),
            companion: false,
        };
        Api::new(&account, http::ANSWER)
    }

    #[test]
    fn a_site_may_lie_in_a_folder_and_have_no_pretty_addresses() {
        let table = [
            ("https://a.vn", None, "https://a.vn/wp-json/wp/v2/posts"),
            ("https://a.vn/tin/", None, "https://a.vn/tin/wp-json/wp/v2/posts"),
            ("https://a.vn/tin", Some("https://a.vn/tin/api/"), "https://a.vn/tin/api/wp/v2/posts"),
            (
                "https://a.vn",
                Some("https://a.vn/index.php?rest_route=/"),
                "https://a.vn/index.php?rest_route=%2Fwp%2Fv2%2Fposts",
            ),
        ];
        for (address, root, want) in table {
            assert_eq!(api(address, root).expect("an account").address_of("wp/v2/posts").as_str(), want);
        }
        let elsewhere = api("https://a.vn", Some("https://evil.example/wp-json/"));
        assert!(matches!(elsewhere, Err(Fault::Address(_))), "the password goes nowhere else");
    }

    #[test]
    fn the_spaces_of_an_application_password_count_for_nothing() {
        let api = api("https://a.vn", None).expect("an account");

        let sent = api.authorization.to_str().expect("letters");

        assert_eq!(sent, format!("Basic {}", STANDARD.encode("lan:abcdEFGH1234")));
        assert!(!format!("{api:?}").contains(sent), "no log shows it");
    }
}
