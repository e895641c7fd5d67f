//! What a page says of itself to machines: JSON-LD, `og:` and `article:` properties, its language.

use scraper::{Html, Selector};
use serde_json::Value;

use crate::page::{date, language, line::evened};

/// What the markup knows; empty where it is silent.
#[derive(Debug, Default, Clone)]
pub struct Known {
    pub language: Option<String>,
    /// `YYYY-MM-DD`.
    pub published: String,
    pub paper: String,
    pub byline: String,
    pub keywords: Vec<String>,
    /// The page's titles: the headline, perhaps with the site's name after it.
    pub titles: Vec<String>,
}

/// Reads the head of a page.
pub fn read(html: &Html) -> Known {
    let article = json_ld(html);
    let told =
        |path: &[&str]| article.as_ref().and_then(|article| text_at(article, path)).unwrap_or_default();
    let first = |values: [String; 2]| values.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    let published = first([told(&["datePublished"]), meta(html, "article:published_time")]);
    Known {
        language: html.root_element().value().attr("lang").and_then(language::declared),
        published: date::find(&published).map(|dated| dated.day).unwrap_or_default(),
        paper: told(&["sourceOrganization", "name"]),
        byline: told(&["author", "name"]).trim().to_owned(),
        titles: [meta(html, "og:title"), told(&["headline"]), title(html)]
            .into_iter()
            .filter(|title| !title.is_empty())
            .collect(),
        keywords: meta(html, "news_keywords")
            .split(',')
            .map(evened)
            .filter(|word| !word.is_empty())
            .collect(),
    }
}

fn title(html: &Html) -> String {
    let selector = Selector::parse("head title").expect("the selector is part of the program");
    html.select(&selector).next().map(|title| evened(&title.text().collect::<String>())).unwrap_or_default()
}

fn meta(html: &Html, name: &str) -> String {
    let selector = Selector::parse("meta[content]").expect("the selector is part of the program");
    let is_it = |meta: &scraper::ElementRef<'_>| {
        let value = meta.value();
        value.attr("property") == Some(name) || value.attr("name") == Some(name)
    };
    html.select(&selector)
        .find(is_it)
        .and_then(|meta| meta.value().attr("content"))
        .map(evened)
        .unwrap_or_default()
}

/// Returns the first article among the page's JSON-LD, also in a list or a graph.
fn json_ld(html: &Html) -> Option<Value> {
    let selector =
        Selector::parse("script[type='application/ld+json']").expect("the selector is part of the program");
    html.select(&selector).find_map(|script| {
        let value: Value = serde_json::from_str(&script.text().collect::<String>()).ok()?;
        let graph = value.get("@graph").unwrap_or(&value);
        let nodes = graph.as_array().cloned().unwrap_or_else(|| vec![graph.clone()]);
        nodes.into_iter().find(|node| node["@type"].to_string().contains("Article"))
    })
}

fn text_at(value: &Value, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(value, |value, name| {
        value.as_array().and_then(|list| list.first()).unwrap_or(value).get(name)
    })?;
    found.as_str().map(evened)
}
