//! The public side: pages as the preview shows them, the list of what is live, and what lies beside them.

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{
    ids::Hash,
    live::Standing,
    page::{self, FONTS, ImageSources, Links, PublicationFacts, STYLE},
};
use protocol::Edition;

use crate::{LocalPortal, editions::LiveEdition, refusal::Refusal, serve::Site};

/// Nothing on a page runs, and nothing comes from elsewhere. (JSON-LD is data: it does not run.)
const CSP: &str = "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SAFE: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
];

/// An article's page.
pub async fn article(State(site): State<Site>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let Some(edition) = site.portal.on_page(&name)? else { return Ok(not_found(&site.portal)) };
    Ok(match edition.standing {
        Standing::Live => (SAFE, Html(rendered(&edition, &site))).into_response(),
        // Quietly: it may return.
        Standing::Never | Standing::Unpublished => not_found(&site.portal),
        Standing::TakenDown | Standing::Killed => gone(&site.portal, &edition),
    })
}

/// What was here, and is not any more: nothing of it but what the desk lets readers know.
fn gone(portal: &LocalPortal, edition: &LiveEdition) -> Response {
    let language = &edition.edition.document.fields.language;
    let notice = escaped(edition.public_notice.trim());
    let notice = if notice.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"notice\" lang=\"{}\" dir=\"{}\">{notice}</p>\n",
            escaped(language),
            page::direction(language)
        )
    };
    let inner = format!("<p class=\"empty\">Bài này đã được gỡ. This article was removed.</p>\n{notice}");
    (StatusCode::GONE, SAFE, Html(frame(&escaped(&portal.0.site_name), &inner))).into_response()
}

fn rendered(live: &LiveEdition, site: &Site) -> String {
    let facts = PublicationFacts {
        url: format!("{}/{}", site.url, live.page),
        site_name: site.portal.0.site_name.clone(),
        first_published: live.first_published.clone(),
        updated: live.updated.clone(),
        corrections: live.corrections.clone(),
    };
    page::html(&live.edition.document, &Beside { edition: &live.edition }, &facts)
}

/// What a page refers to lies beside it, under relative addresses.
struct Beside<'a> {
    edition: &'a Edition,
}

impl Links for Beside<'_> {
    fn image(&self, picture: Hash) -> Option<ImageSources> {
        let mut sizes: Vec<_> =
            self.edition.renditions.iter().filter(|rendition| rendition.picture == picture).collect();
        sizes.sort_by_key(|rendition| rendition.width);
        sizes.dedup_by_key(|rendition| rendition.width); // a small picture is the same in every size
        let address = |rendition: Hash| format!("pictures/{rendition}.jpg");
        let largest = sizes.last()?;
        Some(ImageSources {
            src: address(largest.rendition),
            srcset: sizes.iter().map(|size| (address(size.rendition), size.width)).collect(),
            width: largest.width,
            height: largest.height,
        })
    }

    fn stylesheet(&self) -> String {
        "portal.css".into()
    }

    fn is_preview(&self) -> bool {
        false
    }
}

/// The list of what is live.
pub async fn front(State(site): State<Site>) -> Result<Response, Refusal> {
    let name = escaped(&site.portal.0.site_name);
    let items: String = site
        .portal
        .front()?
        .into_iter()
        .map(|(page, fields)| {
            let (language, headline, paper) = (escaped(&fields.language), escaped(&fields.headline), escaped(&fields.source_paper));
            let day = escaped(&fields.source_date);
            format!("<li lang=\"{language}\" dir=\"{dir}\"><a href=\"{page}\">{headline}</a><p>{paper} <time>{day}</time></p></li>\n", dir = page::direction(&fields.language))
        })
        .collect();
    let list = if items.is_empty() {
        "<p class=\"empty\">Chưa có bài nào. Nothing is live yet.</p>\n".to_owned()
    } else {
        format!("<ul class=\"front\">\n{items}</ul>\n")
    };
    Ok((SAFE, Html(frame(&name, &list))).into_response())
}

fn frame(name: &str, inner: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name}</title>\n<link rel=\"stylesheet\" href=\"portal.css\">\n</head>\n<body>\n\
         <header class=\"site\"><a href=\"./\">{name}</a></header>\n<main>\n<h1 class=\"front-name\">{name}</h1>\n{inner}</main>\n</body>\n</html>\n"
    )
}

fn not_found(portal: &LocalPortal) -> Response {
    let inner = "<p class=\"empty\">Không có trang này. There is no such page.</p>\n";
    (StatusCode::NOT_FOUND, SAFE, Html(frame(&escaped(&portal.0.site_name), inner))).into_response()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The style.
pub async fn style() -> impl IntoResponse {
    (SAFE, [(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// A font the style names.
pub async fn font(Path(name): Path<String>) -> Response {
    let font = FONTS.iter().find(|(font, _)| *font == name);
    font.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |(_, bytes)| (SAFE, [(header::CONTENT_TYPE, "font/woff2")], *bytes).into_response(),
    )
}

/// A picture of a page.
pub async fn picture(State(site): State<Site>, Path(name): Path<String>) -> Response {
    let hash: Option<Hash> = name.strip_suffix(".jpg").and_then(|hash| hash.parse().ok());
    let shown = hash.filter(|hash| site.portal.shows_picture(*hash).unwrap_or_default());
    let bytes = shown.and_then(|hash| site.portal.picture(hash));
    bytes.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |bytes| (SAFE, [(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response(),
    )
}
