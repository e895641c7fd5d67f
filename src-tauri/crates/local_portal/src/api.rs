//! The protocol's side: one function per resource.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use domain::ids::{ArticleId, DecisionId, Hash};
use protocol::{Act, Live, Me, Pictures, ProblemKind, Receipt};

use crate::{editions::Applied, refusal::Refusal, serve::Site};

/// `GET /me`
pub async fn me(State(site): State<Site>) -> Json<Me> {
    Json(Me {
        name: site.portal.0.site_name.clone(),
        role: "publisher".into(),
        may: vec![Act::Publish, Act::Correct],
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

/// `GET /editions/{article}`
pub async fn live(State(site): State<Site>, Path(article): Path<String>) -> Result<Json<Live>, Refusal> {
    let article: ArticleId = article
        .parse()
        .map_err(|_| Refusal::new(ProblemKind::Malformed, "an edition's address is its UUID"))?;
    let live = site.portal.live(article)?;
    live.map(|live| Json(live.told(&site.url)))
        .ok_or_else(|| Refusal::new(ProblemKind::NotFound, "nothing of it is live here"))
}

/// Whatever else is asked of the protocol.
pub async fn nothing_here() -> Refusal {
    Refusal::new(ProblemKind::NotFound, "the protocol has no such resource")
}

fn decision(id: &str) -> Result<DecisionId, Refusal> {
    id.parse().map_err(|_| Refusal::new(ProblemKind::Malformed, "a decision's address is its UUID"))
}
