//! What programs read of the site: an Atom feed that tells of what was taken away too (RFC 4287, RFC 6721), a sitemap for
//! news search, and where both are.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::page::{section, site_words};
use jiff::{SignedDuration, Timestamp};
use protocol::Edition;
use serde::Deserialize;

use crate::{
    LocalPortal,
    listing::{Row, Withdrawn},
    page,
    refusal::Refusal,
    serve::Site,
    xml::{element, escaped},
};

/// Entries of a feed: what readers were told of last.
const ENTRIES: u32 = 50;
/// How long a feed tells that something was taken away.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// News search reads what is younger, and no more than so many.
const NEWS: SignedDuration = SignedDuration::from_hours(48);
const MOST_NEWS: u32 = 1_000;

/// Which entries are asked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
}

/// `GET /feed.atom`
pub async fn atom(State(site): State<Site>, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let (portal, language) = (&site.portal, asked.lang.as_str());
    let rows = portal.told_last(language, ENTRIES)?;
    let withdrawn = portal.withdrawn_since(&portal.ago(TOLD_FOR), language)?;
    let updated = rows.iter().map(changed).chain(withdrawn.iter().map(|one| one.withdrawn_at.as_str())).max();
    let own = if language.is_empty() { String::new() } else { format!("?lang={}", escaped(language)) };
    let (url, name) = (&site.url, &portal.0.site_name);
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\">\n\
         <id>{url}/feed.atom{own}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{url}/feed.atom{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{url}/{own}\"/>\n<author><name>{title}</name></author>\n{entries}{tombstones}</feed>\n",
        title = escaped(name),
        updated = updated.map_or_else(|| portal.now().to_string(), str::to_owned),
        entries = rows.iter().map(|row| entry(&site, row)).collect::<String>(),
        tombstones = withdrawn.iter().map(tombstone).collect::<String>(),
    );
    Ok(typed("application/atom+xml; charset=utf-8", xml))
}

fn changed(row: &Row) -> &str {
    if row.updated.is_empty() { &row.first_published } else { &row.updated }
}

fn entry(site: &Site, row: &Row) -> String {
    let (edition, fields) = (&row.edition, &row.edition.document.fields);
    let language = escaped(&fields.language);
    let by = [&fields.byline, &fields.source_paper, &site.portal.0.site_name];
    let author = by.into_iter().find(|name| !name.trim().is_empty()).map_or("", String::as_str);
    let code = fields.category_code.trim();
    let category = if code.is_empty() {
        String::new()
    } else {
        let label = section::name(&fields.language, code);
        format!("<category term=\"{}\" label=\"{}\"/>\n", escaped(code), escaped(&label))
    };
    let source = web_address(&fields.source_url)
        .map_or_else(String::new, |url| format!("<link rel=\"via\" href=\"{}\"/>\n", escaped(&url)));
    format!(
        "<entry xml:lang=\"{language}\">\n<id>urn:uuid:{id}</id>\n<title>{headline}</title>\n<published>{published}</published>\n\
         <updated>{updated}</updated>\n<link rel=\"alternate\" type=\"text/html\" hreflang=\"{language}\" href=\"{url}/{page}\"/>\n\
         {source}{picture}<author><name>{author}</name></author>\n{category}{summary}</entry>\n",
        id = edition.article,
        headline = escaped(&fields.headline),
        published = row.first_published,
        updated = changed(row),
        url = site.url,
        page = row.page,
        picture = lead(edition).map_or_else(String::new, |address| format!(
            "<link rel=\"enclosure\" type=\"image/jpeg\" href=\"{}/{address}\"/>\n",
            site.url
        )),
        author = escaped(author),
        summary = element("summary", &fields.standfirst),
    )
}

fn tombstone(withdrawn: &Withdrawn) -> String {
    format!(
        "<at:deleted-entry ref=\"urn:uuid:{}\" when=\"{}\">\n{}</at:deleted-entry>\n",
        withdrawn.article,
        withdrawn.withdrawn_at,
        element("at:comment", &withdrawn.public_notice)
    )
}

/// `GET /news-sitemap.xml`
pub async fn news_sitemap(State(site): State<Site>) -> Result<Response, Refusal> {
    let rows = site.portal.published_since(&site.portal.ago(NEWS), MOST_NEWS)?;
    // What is to be found at its source is not offered here.
    let urls: String =
        rows.iter().filter(|row| row.edition.canonical_url.is_empty()).map(|row| news(&site, row)).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">\n{urls}</urlset>\n"
    );
    Ok(typed("application/xml; charset=utf-8", xml))
}

fn news(site: &Site, row: &Row) -> String {
    let fields = &row.edition.document.fields;
    let picture = lead(&row.edition).map_or_else(String::new, |address| {
        format!("<image:image><image:loc>{}/{address}</image:loc></image:image>\n", site.url)
    });
    format!(
        "<url>\n<loc>{}/{}</loc>\n<news:news>\n<news:publication>\n<news:name>{}</news:name>\n<news:language>{}</news:language>\n</news:publication>\n\
         <news:publication_date>{}</news:publication_date>\n<news:title>{}</news:title>\n</news:news>\n{picture}</url>\n",
        site.url,
        row.page,
        escaped(&site.portal.0.site_name),
        news_language(&fields.language),
        site.portal.told(&row.first_published),
        escaped(&fields.headline),
    )
}

/// Returns a language as news search has it: two or three letters, and Chinese by its script.
fn news_language(language: &str) -> String {
    if language.starts_with("zh") {
        return if site_words::is_traditional(language) { "zh-tw".into() } else { "zh-cn".into() };
    }
    language.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// `GET /robots.txt`
pub async fn robots(State(site): State<Site>) -> Response {
    let text =
        format!("User-agent: *\nDisallow: {}/\n\nSitemap: {}/news-sitemap.xml\n", protocol::BASE, site.url);
    typed("text/plain; charset=utf-8", text)
}

fn typed(content_type: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// Returns where the article's first picture lies.
fn lead(edition: &Edition) -> Option<String> {
    let placements = &edition.document.placements;
    let picture =
        edition.document.lead().into_iter().chain(placements).find_map(|placement| placement.picture)?;
    page::sources(edition, picture, "").map(|sources| sources.src)
}

/// Returns the address as programs take it, if it is one of the web.
fn web_address(address: &str) -> Option<String> {
    let url = url::Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

impl LocalPortal {
    fn ago(&self, ago: SignedDuration) -> String {
        self.now().checked_sub(ago).unwrap_or(Timestamp::MIN).to_string()
    }
}
