//! The protocol's side: one function per resource.

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::ids::{ArticleId, DecisionId, Hash};
use http_body_util::BodyExt as _;
use protocol::{
    Act, Editions, Kept, LARGEST_IN_ONE, Live, Me, PARTIAL_UPLOAD, Pictures, ProblemKind, Receipt,
    UPLOAD_COMPLETE, UPLOAD_OFFSET, Upload, Withdrawn,
};
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
    let hash = picture(&hash)?;
    site.portal.take_picture(hash, &bytes)?;
    Ok(Json(Pictures { hashes: vec![hash] }))
}

/// `GET /uploads/{hash}`
pub async fn upload(State(site): State<Site>, Path(hash): Path<String>) -> Result<Response, Refusal> {
    Ok(how_far(site.portal.upload(picture(&hash)?)?))
}

/// `PATCH /uploads/{hash}`
pub async fn go_on(
    State(site): State<Site>,
    Path(hash): Path<String>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Response, Refusal> {
    let taken = take_piece(&site, &hash, &headers, &mut body).await;
    if taken.is_err() {
        read_to_its_end(&mut body).await; // who is still sending would not hear why
    }
    taken.map(how_far)
}

/// What arrives is kept as it arrives, so that nothing of it is sent twice.
async fn take_piece(
    site: &Site,
    hash: &str,
    headers: &HeaderMap,
    body: &mut Body,
) -> Result<Upload, Refusal> {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if named(header::CONTENT_TYPE.as_str()) != Some(PARTIAL_UPLOAD) {
        return Err(Refusal::new(ProblemKind::Malformed, format!("a piece is sent as {PARTIAL_UPLOAD}")));
    }
    let offset = named(UPLOAD_OFFSET).and_then(|offset| offset.parse().ok()).ok_or_else(|| {
        Refusal::new(ProblemKind::Malformed, "Upload-Offset does not say where the piece begins")
    })?;
    let mut piece = site.portal.begin_piece(picture(hash)?, offset)?;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::new(ProblemKind::Malformed, "the piece was cut off"))?;
        if let Some(bytes) = frame.data_ref() {
            piece.write(bytes)?;
        }
    }
    piece.end(named(UPLOAD_COMPLETE) == Some("?1"))
}

async fn read_to_its_end(body: &mut Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > LARGEST_IN_ONE {
            return;
        }
    }
}

fn how_far(upload: Upload) -> Response {
    let headers = [
        (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
        (UPLOAD_OFFSET, upload.offset.to_string()),
        (UPLOAD_COMPLETE, (if upload.complete { "?1" } else { "?0" }).to_owned()),
    ];
    (headers, Json(upload)).into_response()
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
    let bytes = site.portal.picture(picture(&hash)?);
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

fn picture(hash: &str) -> Result<Hash, Refusal> {
    hash.parse().map_err(|_| Refusal::new(ProblemKind::Malformed, "a picture's address is its SHA-256"))
}

fn decision(id: &str) -> Result<DecisionId, Refusal> {
    id.parse().map_err(|_| Refusal::new(ProblemKind::Malformed, "a decision's address is its UUID"))
}
