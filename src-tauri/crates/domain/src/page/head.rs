//! What a page tells programs: search engines, feeds' readers, those who show a link.

use super::{
    ImageSources, Links, PublicationFacts,
    escape::{attribute, text},
    json_ld, section, site_words,
};
use crate::{document::Document, placement::Placement};

/// Networks that show a link want a picture at least so wide.
const WIDE_ENOUGH: u32 = 1_200;

/// Returns what stands in the page's `head`.
pub fn of(document: &Document, links: &dyn Links, facts: &PublicationFacts) -> String {
    let fields = &document.fields;
    let canonical = if facts.canonical_url.is_empty() { &facts.url } else { &facts.canonical_url };
    [
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n".to_owned(),
        format!("<title>{} · {}</title>\n", text(&fields.headline), text(&facts.site_name)),
        named("description", &fields.standfirst),
        link("canonical", canonical),
        alternates(document, facts),
        format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\" title=\"{}\">\n",
            attribute(&facts.site_name)
        ),
        format!("<link rel=\"stylesheet\" href=\"{}\">\n", attribute(&links.stylesheet())),
        open_graph(document, facts),
        shared_picture(document, links, facts),
        format!(
            "<script type=\"application/ld+json\">{}</script>\n",
            json_ld::news_article(document, links, facts)
        ),
    ]
    .concat()
}

/// This edition first: every page of a story names all of them.
fn alternates(document: &Document, facts: &PublicationFacts) -> String {
    if facts.editions.is_empty() {
        return String::new();
    }
    let one = |language: &str, url: &str| {
        format!("<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">\n", attribute(language), attribute(url))
    };
    let mut told = vec![document.fields.language.as_str()];
    let mut out = one(&document.fields.language, &facts.url);
    for edition in &facts.editions {
        if !told.contains(&edition.language.as_str()) {
            told.push(&edition.language);
            out += &one(&edition.language, &facts.absolute(&edition.address));
        }
    }
    out
}

fn open_graph(document: &Document, facts: &PublicationFacts) -> String {
    let fields = &document.fields;
    let locales: String = facts
        .editions
        .iter()
        .filter_map(|edition| site_words::locale(&edition.language))
        .map(|locale| property("og:locale:alternate", &locale))
        .collect();
    let tags: String = fields.keywords.iter().map(|keyword| property("article:tag", keyword)).collect();
    let section = section::name(&fields.language, &fields.category_code);
    [
        property("og:type", "article"),
        property("og:title", &fields.headline),
        property("og:description", &fields.standfirst),
        property("og:url", &facts.url),
        property("og:site_name", &facts.site_name),
        property("og:locale", &site_words::locale(&fields.language).unwrap_or_default()),
        locales,
        property("article:published_time", &facts.first_published),
        property("article:modified_time", &facts.updated),
        property("article:section", &section),
        tags,
    ]
    .concat()
}

/// The picture that is shown where the link is: the lead, else the first there is.
fn shared_picture(document: &Document, links: &dyn Links, facts: &PublicationFacts) -> String {
    let found = document.lead().into_iter().chain(&document.placements);
    let shown = |placement: &Placement| Some((placement.alt.clone(), links.image(placement.picture?)?));
    let Some((alt, image)) = found.filter_map(shown).next() else {
        return named("twitter:card", "summary");
    };
    let (address, width, height) = shared_size(&image);
    [
        property("og:image", &facts.absolute(&address)),
        property("og:image:type", "image/jpeg"),
        property("og:image:width", &width.to_string()),
        property("og:image:height", &height.to_string()),
        property("og:image:alt", &alt),
        named("twitter:card", "summary_large_image"),
    ]
    .concat()
}

/// The smallest that is wide enough, else the largest. Sizes of a picture are alike in shape.
fn shared_size(image: &ImageSources) -> (String, u32, u32) {
    let wide = image.srcset.iter().filter(|(_, width)| *width >= WIDE_ENOUGH).min_by_key(|(_, width)| *width);
    let Some((address, width)) = wide else { return (image.src.clone(), image.width, image.height) };
    let height = u64::from(image.height) * u64::from(*width) / u64::from(image.width.max(1));
    (address.clone(), *width, u32::try_from(height).unwrap_or(u32::MAX))
}

fn named(name: &str, content: &str) -> String {
    meta("name", name, content)
}

fn property(name: &str, content: &str) -> String {
    meta("property", name, content)
}

fn meta(kind: &str, name: &str, content: &str) -> String {
    let content = content.trim();
    if content.is_empty() {
        return String::new();
    }
    format!("<meta {kind}=\"{name}\" content=\"{}\">\n", attribute(content))
}

fn link(rel: &str, url: &str) -> String {
    if url.is_empty() { String::new() } else { format!("<link rel=\"{rel}\" href=\"{}\">\n", attribute(url)) }
}
