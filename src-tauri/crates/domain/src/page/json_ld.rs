//! What search engines are told: schema.org `NewsArticle`, pictures with their credits.

use serde_json::{Map, Value, json};

use super::{Links, PublicationFacts, section};
use crate::{document::Document, placement::Placement};

/// Returns the JSON-LD, safe inside a `script` element of a page.
pub fn news_article(document: &Document, links: &dyn Links, facts: &PublicationFacts) -> String {
    let fields = &document.fields;
    let images: Vec<Value> =
        document.placements.iter().filter_map(|placement| image(placement, links, facts)).collect();
    let corrections: Vec<Value> = facts
        .corrections
        .iter()
        .map(|correction| json!({"@type": "CorrectionComment", "text": correction.notice, "datePublished": correction.made_at}))
        .collect();
    let article = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": fields.headline,
        "description": fields.standfirst,
        "inLanguage": fields.language,
        "url": facts.url,
        "mainEntityOfPage": if facts.canonical_url.is_empty() { &facts.url } else { &facts.canonical_url },
        "articleSection": section::name(&fields.language, &fields.category_code),
        "datePublished": facts.first_published,
        "dateModified": if facts.updated.is_empty() { &facts.first_published } else { &facts.updated },
        "isBasedOn": fields.source_url,
        "author": named("Person", &fields.byline),
        "translator": named("Person", &fields.translator),
        "sourceOrganization": named("Organization", &fields.source_paper),
        "publisher": named("Organization", &facts.site_name),
        "keywords": fields.keywords,
        "image": images,
        "correction": corrections,
    });
    in_script(&without_empty(article))
}

fn image(placement: &Placement, links: &dyn Links, facts: &PublicationFacts) -> Option<Value> {
    let image = links.image(placement.picture?)?;
    Some(without_empty(json!({
        "@type": "ImageObject",
        "contentUrl": facts.absolute(&image.src),
        "width": image.width,
        "height": image.height,
        "caption": placement.caption,
        "creditText": placement.credit_line,
    })))
}

fn named(kind: &str, name: &str) -> Value {
    if name.trim().is_empty() { Value::Null } else { json!({"@type": kind, "name": name}) }
}

fn without_empty(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let told =
        |member: &Value| !(member.is_null() || member == "" || member.as_array().is_some_and(Vec::is_empty));
    Value::Object(members.into_iter().filter(|(_, member)| told(member)).collect::<Map<_, _>>())
}

/// In a script element only `<` can end it or open a comment; JSON may write it as an escape.
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
