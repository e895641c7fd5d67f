//! A refusal: a problem of the protocol, in words, with its HTTP status.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::Hash;
use protocol::{PROBLEM, Problem, ProblemKind};

use crate::Error;

/// Why a request is refused.
#[derive(Debug)]
pub struct Refusal(Problem);

impl Refusal {
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self(Problem {
            kind,
            status: status(kind).as_u16(),
            detail: detail.into(),
            missing: Vec::new(),
            version: None,
        })
    }

    pub fn missing(pictures: Vec<Hash>) -> Self {
        let detail = format!("{} pictures of this edition have not arrived", pictures.len());
        let mut refusal = Self::new(ProblemKind::PictureMissing, detail);
        refusal.0.missing = pictures;
        refusal
    }

    /// What is there is not what the desk has seen: `version`, or nothing.
    pub fn stale(detail: impl Into<String>, version: Option<String>) -> Self {
        let mut refusal = Self::new(ProblemKind::StaleVersion, detail);
        refusal.0.version = version;
        refusal
    }
}

fn status(kind: ProblemKind) -> StatusCode {
    match kind {
        ProblemKind::Unauthorised => StatusCode::UNAUTHORIZED,
        ProblemKind::WrongHost => StatusCode::MISDIRECTED_REQUEST,
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::DigestMismatch | ProblemKind::NotAPicture | ProblemKind::Malformed => {
            StatusCode::BAD_REQUEST
        }
        ProblemKind::OffsetMismatch => StatusCode::CONFLICT,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::KeyReused | ProblemKind::ContentMismatch | ProblemKind::PictureMissing => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ProblemKind::StaleVersion => StatusCode::PRECONDITION_FAILED,
        ProblemKind::Killed => StatusCode::GONE,
        ProblemKind::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::new(ProblemKind::Failed, error.to_string())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, PROBLEM)], body).into_response()
    }
}
