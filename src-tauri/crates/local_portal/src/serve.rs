//! Serves the portal over HTTP until it is told to stop.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use protocol::{BASE, LARGEST_EDITION, LARGEST_PICTURE};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{Error, LocalPortal, api, feed, guard, lists, page};

const PORT: &str = "port";

/// How to serve a portal.
pub struct Serve {
    /// `None`: the port it had last, or any free one.
    pub port: Option<u16>,
    pub token: String,
}

/// A portal being served.
pub struct Running {
    /// Where readers find it, without a slash at the end.
    pub url: String,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// What every request sees.
#[derive(Clone)]
pub struct Site {
    pub portal: LocalPortal,
    pub url: String,
    pub token: Arc<str>,
    /// The names it answers to: a page elsewhere cannot reach it under another.
    pub hosts: Arc<[String]>,
}

impl LocalPortal {
    /// Serves the portal on loopback.
    ///
    /// # Errors
    /// [`Error::Folder`] when the port asked for is taken.
    pub async fn serve(&self, serve: Serve) -> Result<Running, Error> {
        let listener = self.listen(serve.port).await?;
        let port = listener.local_addr()?.port();
        self.remember(PORT, &port.to_string()).ok(); // a port that is not kept is only less convenient
        let site = Site {
            portal: self.clone(),
            url: format!("http://127.0.0.1:{port}"),
            token: serve.token.into(),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")].into(),
        };
        let url = site.url.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let until = async {
                stopped.await.ok(); // dropped is stopped too
            };
            axum::serve(listener, router(site)).with_graceful_shutdown(until).await.ok();
        });
        Ok(Running { url, stop: Some(stop), task })
    }

    async fn listen(&self, port: Option<u16>) -> Result<TcpListener, Error> {
        let at = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        if let Some(port) = port {
            return Ok(at(port).await?);
        }
        let kept = self.remembered(PORT).and_then(|port| port.parse().ok()).unwrap_or(0);
        match at(kept).await {
            Ok(listener) => Ok(listener),
            Err(_) => Ok(at(0).await?), // somebody else has the port now
        }
    }
}

impl Running {
    /// Stops serving; requests being answered are answered.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok(); // it may have stopped by itself
        }
        self.task.await.ok();
    }

    /// Waits until it stops.
    pub async fn until_it_stops(self) {
        let Self { stop, task, .. } = self;
        task.await.ok();
        drop(stop);
    }
}

/// Every address there is.
pub(crate) fn router(site: Site) -> Router {
    let protocol = Router::new()
        .route("/me", get(api::me))
        .route("/pictures/lacking", post(api::lacking))
        .route(
            "/pictures/{hash}",
            get(api::give_picture).put(api::take_picture).layer(DefaultBodyLimit::max(LARGEST_PICTURE)),
        )
        .route("/uploads/{hash}", get(api::upload).patch(api::go_on))
        .route(
            "/decisions/{id}",
            get(api::receipt).put(api::decide).layer(DefaultBodyLimit::max(LARGEST_EDITION)),
        )
        .route("/withdrawals/{id}", get(api::withdrawn).put(api::withdraw))
        .route("/editions", get(api::editions))
        .route("/editions/{article}", get(api::live))
        .route("/editions/{article}/document", get(api::document))
        .fallback(api::nothing_here)
        .layer(middleware::from_fn_with_state(site.clone(), guard::token));
    Router::new()
        .nest(BASE, protocol)
        .route("/", get(lists::front))
        .route("/category/{code}", get(lists::section))
        .route("/paper/{paper}", get(lists::source_paper))
        .route("/feed.atom", get(feed::atom))
        .route("/news-sitemap.xml", get(feed::news_sitemap))
        .route("/robots.txt", get(feed::robots))
        .route("/portal.css", get(page::style))
        .route("/fonts/{name}", get(page::font))
        .route("/pictures/{name}", get(page::picture))
        .route("/{name}", get(page::article))
        .fallback(page::missing)
        .layer(middleware::from_fn_with_state(site.clone(), guard::host))
        .layer(middleware::from_fn(guard::safely))
        .with_state(site)
}
