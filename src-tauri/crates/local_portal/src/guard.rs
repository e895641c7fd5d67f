//! Who may speak to the portal: the right Host for everyone (a web page elsewhere must not reach it under a name of its
//! own), the token for everything that is not public.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use protocol::ProblemKind;
use subtle::ConstantTimeEq as _;

use crate::{refusal::Refusal, serve::Site};

/// Nothing on a page runs, and nothing comes from elsewhere. (JSON-LD is data: it does not run.)
const CSP: &str = "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SAFE: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
];

/// Tells browsers how to keep to themselves what they were given, whatever it is.
pub async fn safely(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    answer.headers_mut().extend(SAFE.map(|(name, value)| (name, HeaderValue::from_static(value))));
    answer
}

/// Refuses requests under another name than this portal's, and what browsers ask before they write across sites.
pub async fn host(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !site.hosts.iter().any(|host| host == asked) {
        return Refusal::new(ProblemKind::WrongHost, "this portal is not known under that name")
            .into_response();
    }
    if request.method() == Method::OPTIONS {
        return Refusal::new(ProblemKind::NotFound, "other sites may not write here").into_response();
    }
    next.run(request).await
}

/// Refuses requests without the token.
pub async fn token(State(site): State<Site>, request: Request, next: Next) -> Response {
    if is_known(request.headers(), &site.token) {
        next.run(request).await
    } else {
        Refusal::new(ProblemKind::Unauthorised, "the token is missing or wrong").into_response()
    }
}

fn is_known(headers: &HeaderMap, token: &str) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(token.as_bytes())))
}
