//! An article's public page, and what lies beside it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{
    ids::Hash,
    live::Standing,
    page::{
        self, Correction, FONTS, ImageSources, Links, PublicationFacts, Related, STYLE,
        public::{self, Kinship},
        site_words,
    },
};
use protocol::Edition;

use crate::{
    address::List,
    editions::LiveEdition,
    listing::{Filter, Row},
    lists::message,
    refusal::Refusal,
    serve::Site,
};

/// How many articles are offered below another, for each reason.
const RELATED: u32 = 4;

/// An article's page. An old address of it leads to the new, and hides what that hides.
pub async fn article(State(site): State<Site>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let here = site.portal.on_page(&name)?;
    let has_moved = here.is_none();
    let found = if has_moved { site.portal.on_former_page(&name)? } else { here };
    let Some(edition) = found else { return Ok(not_found(&site)) };
    Ok(match edition.standing {
        Standing::Live if has_moved => {
            let there = format!("./{}", edition.page);
            (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, there)]).into_response()
        }
        Standing::Live => Html(rendered(&edition, &site)?).into_response(),
        Standing::TakenDown | Standing::Killed => gone(&site, &edition),
        // Quietly: it may return.
        Standing::Never | Standing::Unpublished => not_found(&site),
    })
}

/// What was here, and is not any more: nothing of it but what the desk lets readers know.
fn gone(site: &Site, edition: &LiveEdition) -> Response {
    let language = &edition.edition.document.fields.language;
    let removed = site_words::of(language).removed;
    let notice = edition.public_notice.trim();
    let notice = if notice.is_empty() {
        String::new()
    } else {
        format!("<p class=\"notice\">{}</p>\n", public::text(notice))
    };
    (StatusCode::GONE, Html(message(site, language, removed, &notice))).into_response()
}

fn not_found(site: &Site) -> Response {
    let english = format!("<p lang=\"en\">{}</p>\n", site_words::of("en").missing);
    (StatusCode::NOT_FOUND, Html(message(site, "vi", site_words::of("vi").missing, &english))).into_response()
}

/// Whatever else is asked of the site.
pub async fn missing(State(site): State<Site>) -> Response {
    not_found(&site)
}

fn rendered(live: &LiveEdition, site: &Site) -> Result<String, Refusal> {
    let beside = Beside { edition: &live.edition };
    Ok(page::html(&live.edition.document, &beside, &facts(live, site)?))
}

fn facts(live: &LiveEdition, site: &Site) -> Result<PublicationFacts, Refusal> {
    let (portal, edition) = (&site.portal, &live.edition);
    let fields = &edition.document.fields;
    let code = fields.category_code.trim();
    let corrections = live.corrections.iter().map(|correction| Correction {
        made_at: portal.told(&correction.made_at),
        notice: correction.notice.clone(),
    });
    Ok(PublicationFacts {
        url: format!("{}/{}", site.url, live.page),
        canonical_url: edition.canonical_url.clone(),
        site_name: portal.0.site_name.clone(),
        first_published: portal.told(&live.first_published),
        updated: portal.told(&live.updated),
        corrections: corrections.collect(),
        section_address: (!code.is_empty()).then(|| List::Section(code).from("", &fields.language, 1)),
        editions: portal.other_editions(edition.story, edition.article)?,
        related: related(site, edition)?,
    })
}

/// Articles of the same section, then others from the same paper; in this language.
fn related(site: &Site, edition: &Edition) -> Result<Vec<Related>, Refusal> {
    let fields = &edition.document.fields;
    let (code, paper) = (fields.category_code.trim(), fields.source_paper.trim());
    let alike = Filter { language: &fields.language, not_story: Some(edition.story), ..Filter::default() };
    let mut found = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    if !code.is_empty() {
        let rows = site.portal.rows(&Filter { category_code: code, ..alike }, RELATED, 0)?;
        shown.extend(rows.iter().map(|row| row.page.clone()));
        found.extend(of_kind(site, Kinship::Section, List::Section(code), &fields.language, &rows)?);
    }
    if !paper.is_empty() {
        let mut rows = site.portal.rows(&Filter { source_paper: paper, ..alike }, 2 * RELATED, 0)?;
        rows.retain(|row| !shown.contains(&row.page));
        rows.truncate(RELATED as usize);
        found.extend(of_kind(site, Kinship::SourcePaper, List::SourcePaper(paper), &fields.language, &rows)?);
    }
    Ok(found)
}

fn of_kind(
    site: &Site,
    by: Kinship,
    all: List<'_>,
    language: &str,
    rows: &[Row],
) -> Result<Option<Related>, Refusal> {
    if rows.is_empty() {
        return Ok(None);
    }
    let cards = rows.iter().map(|row| site.portal.card(row, "")).collect::<Result<_, _>>()?;
    Ok(Some(Related { by, address: all.from("", language, 1), cards }))
}

/// What a page refers to lies beside it, under relative addresses.
struct Beside<'a> {
    edition: &'a Edition,
}

/// Returns a picture of an edition in the sizes that were sent, for a page that is `up` from the site's root.
pub fn sources(edition: &Edition, picture: Hash, up: &str) -> Option<ImageSources> {
    let mut sizes: Vec<_> =
        edition.renditions.iter().filter(|rendition| rendition.picture == picture).collect();
    sizes.sort_by_key(|rendition| rendition.width);
    sizes.dedup_by_key(|rendition| rendition.width); // a small picture is the same in every size
    let address = |rendition: Hash| format!("{up}pictures/{rendition}.jpg");
    let largest = sizes.last()?;
    Some(ImageSources {
        src: address(largest.rendition),
        srcset: sizes.iter().map(|size| (address(size.rendition), size.width)).collect(),
        width: largest.width,
        height: largest.height,
    })
}

impl Links for Beside<'_> {
    fn image(&self, picture: Hash) -> Option<ImageSources> {
        sources(self.edition, picture, "")
    }

    fn stylesheet(&self) -> String {
        "portal.css".into()
    }

    fn is_preview(&self) -> bool {
        false
    }
}

/// The style.
pub async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// A font the style names.
pub async fn font(Path(name): Path<String>) -> Response {
    let font = FONTS.iter().find(|(font, _)| *font == name);
    font.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |(_, bytes)| ([(header::CONTENT_TYPE, "font/woff2")], *bytes).into_response(),
    )
}

/// A picture of a page.
pub async fn picture(State(site): State<Site>, Path(name): Path<String>) -> Response {
    let hash: Option<Hash> = name.strip_suffix(".jpg").and_then(|hash| hash.parse().ok());
    let shown = hash.filter(|hash| site.portal.shows_picture(*hash).unwrap_or_default());
    let bytes = shown.and_then(|hash| site.portal.picture(hash));
    bytes.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |bytes| ([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response(),
    )
}
