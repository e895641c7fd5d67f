//! The protocol's side: one function per resource.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::ids::{ArticleId, DecisionId, Hash};
use protocol::{Act, Editions, Kept, Live, Me, Pictures, ProblemKind, Receipt, Withdrawn};
use serde::Deserialize;

use crate::{
    editions::{Applied, LiveEdition},
    refusal::Refusal,
    serve::Site,
    withdrawals::TakenAway,
};

/// One token, which may do everything.
const MAY: [Act; 7] =
    [Act::Publish, Act::MinorFix, Act::Update, Act::Correct, Act::Unpublish, Act::Takedown, Act::Kill];

/// `GET /me`
pub async fn me(State(site): State<Site>) -> Json<Me> {
    Json(Me {
        name: site.portal.0.site_name.clone(),
        role: "publisher".into(),
        may: MAY.to_vec(),
        now: Some(site.portal.now().to_string()),
    })
}

/// `POST /pictures/lacking`
pub async fn lacking(State(site): State<Site>, Json(asked): Json<Pictures>) -> Json<Pictures> {
    Json(Pictures {
        hashes: asked.hashes.into_iter().filter(|hash| !site.portal.has_picture(*hash)).collect(),
    })
}

/// `PUT /pictures/{hash}`
pub async fn take_picture(
    State(site): State<Site>,
    Path(hash): Path<String>,
    bytes: Bytes,
) -> Result<Json<Pictures>, Refusal> {
    let hash: Hash = hash
        .parse()
        .map_err(|_| Refusal::new(ProblemKind::Malformed, "a picture's address is its SHA-256"))?;
    site.portal.take_picture(hash, &bytes)?;
    Ok(Json(Pictures { hashes: vec![hash] }))
}

/// `PUT /decisions/{id}`
pub async fn decide(
    State(site): State<Site>,
    Path(id): Path<String>,
    sent: Bytes,
) -> Result<(StatusCode, Json<Receipt>), Refusal> {
    Ok(match site.portal.apply(decision(&id)?, &sent, &site.url)? {
        Applied::Now(receipt) => (StatusCode::CREATED, Json(receipt)),
        Applied::Before(receipt) => (StatusCode::OK, Json(receipt)),
    })
}

/// `GET /decisions/{id}`
pub async fn receipt(State(site): State<Site>, Path(id): Path<String>) -> Result<Json<Receipt>, Refusal> {
    let receipt = site.portal.receipt(decision(&id)?)?;
    receipt.map(Json).ok_or_else(|| Refusal::new(ProblemKind::NotFound, "no such decision was made here"))
}

/// `PUT /withdrawals/{id}`
pub async fn withdraw(
    State(site): State<Site>,
    Path(id): Path<String>,
    sent: Bytes,
) -> Result<(StatusCode, Json<Withdrawn>), Refusal> {
    Ok(match site.portal.withdraw(decision(&id)?, &sent, &site.url)? {
        TakenAway::Now(receipt) => (StatusCode::CREATED, Json(receipt)),
        TakenAway::Before(receipt) => (StatusCode::OK, Json(receipt)),
    })
}

/// `GET /withdrawals/{id}`
pub async fn withdrawn(State(site): State<Site>, Path(id): Path<String>) -> Result<Json<Withdrawn>, Refusal> {
    let receipt = site.portal.withdrawn(decision(&id)?)?;
    receipt.map(Json).ok_or_else(|| Refusal::new(ProblemKind::NotFound, "no such decision was made here"))
}

/// Which editions are asked for.
#[derive(Deserialize)]
pub struct Asked {
    /// Public address of one.
    url: Option<String>,
}

/// `GET /editions`
pub async fn editions(
    State(site): State<Site>,
    Query(asked): Query<Asked>,
) -> Result<Json<Editions>, Refusal> {
    let page = asked.url.as_deref().map(page_of);
    Ok(Json(Editions { editions: site.portal.list(page, &site.url)? }))
}

/// The name of the page in an address, whatever the site is called by.
fn page_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default()
}

/// `GET /editions/{article}`
pub async fn live(State(site): State<Site>, Path(article): Path<String>) -> Result<Json<Live>, Refusal> {
    Ok(Json(edition(&site, &article)?.told(&site.url)))
}

/// `GET /editions/{article}/document`
pub async fn document(State(site): State<Site>, Path(article): Path<String>) -> Result<Json<Kept>, Refusal> {
    Ok(Json(edition(&site, &article)?.kept(&site.url)))
}

/// `GET /pictures/{hash}`: also of what is not shown to readers (any more).
pub async fn give_picture(State(site): State<Site>, Path(hash): Path<String>) -> Result<Response, Refusal> {
    let hash: Hash = hash
        .parse()
        .map_err(|_| Refusal::new(ProblemKind::Malformed, "a picture's address is its SHA-256"))?;
    let bytes = site.portal.picture(hash);
    bytes
        .map(|bytes| ([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
        .ok_or_else(|| Refusal::new(ProblemKind::NotFound, "this picture is not here"))
}

fn edition(site: &Site, article: &str) -> Result<LiveEdition, Refusal> {
    let article: ArticleId = article
        .parse()
        .map_err(|_| Refusal::new(ProblemKind::Malformed, "an edition's address is its UUID"))?;
    site.portal
        .edition(article)?
        .ok_or_else(|| Refusal::new(ProblemKind::NotFound, "nothing of it was ever here"))
}

/// Whatever else is asked of the protocol.
pub async fn nothing_here() -> Refusal {
    Refusal::new(ProblemKind::NotFound, "the protocol has no such resource")
}

fn decision(id: &str) -> Result<DecisionId, Refusal> {
    id.parse().map_err(|_| Refusal::new(ProblemKind::Malformed, "a decision's address is its UUID"))
}
