//! The portal's own page lets us in: the person's browser comes back to this machine with the application password.
//!
//! A port of the loopback interface, for one answer (RFC 8252, section 7.3), at an address nobody can guess. The window
//! never sees the password.

use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{Query, State},
    http::header,
    response::{Html, IntoResponse, Redirect},
    routing::get,
};
use portal::Secret;
use serde::Deserialize;
use tokio::{net::TcpListener, sync::oneshot, time};

use crate::newsroom::new_token;

/// How long the person may take at the portal's page.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// What the portal gave.
#[derive(Debug)]
pub struct Granted {
    pub user: String,
    pub password: Secret,
}

/// Why nothing was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotGranted {
    /// The person said no there, or nothing here any more.
    Refused,
    TooLate,
    /// This machine lets no port be opened.
    NoPort,
}

/// Waits for one browser to come back.
pub struct Waiting {
    /// Where it is to come back to.
    pub back: String,
    answer: oneshot::Receiver<Option<Granted>>,
}

type Tell = Arc<Mutex<Option<oneshot::Sender<Option<Granted>>>>>;

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    user_login: String,
    #[serde(default)]
    password: String,
}

/// Opens the port.
///
/// # Errors
/// [`NotGranted::NoPort`].
pub async fn listen() -> Result<Waiting, NotGranted> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|_| NotGranted::NoPort)?;
    let port = listener.local_addr().map_err(|_| NotGranted::NoPort)?.port();
    let (tell, answer) = oneshot::channel();
    let tell: Tell = Arc::new(Mutex::new(Some(tell)));
    let path = format!("/{}", new_token());
    let app = Router::new()
        .route(&path, get(granted))
        .route(&format!("{path}/no"), get(refused))
        .route(&format!("{path}/done"), get(done))
        .with_state((tell, format!("{path}/done")));
    // It ends with the process, or when the answer is there and the browser has been thanked.
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    tokio::spawn(async move {
        time::sleep(PATIENCE + Duration::from_secs(60)).await;
        serving.abort();
    });
    Ok(Waiting { back: format!("http://127.0.0.1:{port}{path}"), answer })
}

impl Waiting {
    /// Waits for the person's answer at the portal.
    ///
    /// # Errors
    /// [`NotGranted`].
    pub async fn granted(self) -> Result<Granted, NotGranted> {
        let answer = time::timeout(PATIENCE, self.answer).await.map_err(|_| NotGranted::TooLate)?;
        answer.ok().flatten().ok_or(NotGranted::Refused)
    }
}

/// The password stands in the address: the browser is led on at once, so that it stays in no history.
async fn granted(State((tell, done)): State<(Tell, String)>, Query(back): Query<Back>) -> impl IntoResponse {
    if back.user_login.is_empty() || back.password.is_empty() {
        return refused(State((tell, done))).await.into_response();
    }
    let granted = Granted { user: back.user_login, password: Secret::new(back.password) };
    if say(&tell, Some(granted)) {
        return Redirect::to(&done).into_response();
    }
    page(
        "Tòa Soạn không còn chờ: hãy thu hồi mật khẩu ứng dụng này trong WordPress. / \
         Tòa Soạn does not wait any longer: revoke this application password in WordPress.",
    )
    .into_response()
}

async fn refused(State((tell, _)): State<(Tell, String)>) -> impl IntoResponse {
    say(&tell, None);
    page("Chưa nối với cổng. / Not connected.")
}

async fn done() -> impl IntoResponse {
    page("Có thể đóng trang này và trở lại Tòa Soạn. / You can close this page and go back to Tòa Soạn.")
}

fn page(sentence: &str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let html = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Tòa Soạn</title><h1>Tòa Soạn</h1><p>{sentence}</p></html>"
    );
    (headers, Html(html))
}

/// Returns whether somebody still waits.
fn say(tell: &Tell, granted: Option<Granted>) -> bool {
    let waiting = tell.lock().unwrap_or_else(PoisonError::into_inner).take();
    waiting.is_some_and(|waiting| waiting.send(granted).is_ok())
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
    };

    use super::*;

    async fn browser_goes_to(url: &str) -> String {
        let rest = url.trim_start_matches("http://");
        let (host, path) = rest.split_once('/').expect("a path");
        let mut stream = TcpStream::connect(host).await.expect("it listens");
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer
    }

    #[tokio::test]
    async fn the_password_comes_back_once_and_stays_in_no_history() {
        let waiting = listen().await.expect("a port");
        let back = waiting.back.clone();

        let elsewhere = browser_goes_to(&back.replace(&back[back.len() - 8..], "guessed!")).await;
        let answer = browser_goes_to(&format!("{back}?site_url=x&user_login=lan&password=abcd%20EFGH")).await;
        let granted = waiting.granted().await.expect("granted");

        assert!(elsewhere.starts_with("HTTP/1.1 404"), "{elsewhere}");
        assert_eq!((granted.user.as_str(), granted.password.reveal()), ("lan", "abcd EFGH"));
        assert!(answer.starts_with("HTTP/1.1 303") && !answer.contains("EFGH"), "{answer}");
        assert!(browser_goes_to(&format!("{back}/done")).await.contains("Tòa Soạn"));
    }

    #[tokio::test]
    async fn who_comes_back_too_late_is_told_what_to_do() {
        let waiting = listen().await.expect("a port");
        let back = waiting.back.clone();
        drop(waiting); // given up in the window

        let answer = browser_goes_to(&format!("{back}?user_login=lan&password=abcd")).await;

        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("revoke"), "{answer}");
    }

    #[tokio::test]
    async fn a_no_there_is_a_no_here() {
        let refused = listen().await.expect("a port");
        browser_goes_to(&format!("{}/no?success=false", refused.back)).await;
        let empty = listen().await.expect("a port");
        browser_goes_to(&empty.back).await;

        assert_eq!(refused.granted().await.err(), Some(NotGranted::Refused));
        assert_eq!(empty.granted().await.err(), Some(NotGranted::Refused));
    }
}
