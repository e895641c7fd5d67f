//! The whole public page: what is around the article, which the preview does not show.

use super::{
    Correction, Links, PublicationFacts,
    card::{self, Card},
    head, labels, section,
    site_words::{self, SiteWords, filled},
};
use crate::document::Document;

pub use super::escape::{attribute, text};

/// Another language edition of the same story, live beside this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEdition {
    pub language: String,
    pub headline: String,
    /// As the page refers to it.
    pub address: String,
}

/// What ties articles to the one being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    Section,
    SourcePaper,
}

/// Articles a reader may go on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub by: Kinship,
    /// Where all of them are listed.
    pub address: String,
    pub cards: Vec<Card>,
}

/// Returns the whole public page.
#[must_use]
pub fn html(document: &Document, links: &dyn Links, facts: &PublicationFacts) -> String {
    let fields = &document.fields;
    let words = site_words::of(&fields.language);
    let article: String = super::blocks(document, links).into_iter().map(|block| block.html).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{dir}\">\n<head>\n{head}</head>\n<body>\n{top}<main id=\"main\">\n\
         <article>\n{times}{article}{corrections}</article>\n{editions}{related}</main>\n{foot}</body>\n</html>\n",
        language = attribute(&fields.language),
        dir = labels::direction(&fields.language),
        head = head::of(document, links, facts),
        top = top(&words, &facts.site_name, ""),
        times = times(document, &words, facts),
        corrections = corrections(&fields.language, &words, &facts.corrections),
        editions = editions(&words, &facts.editions),
        related =
            facts.related.iter().map(|related| self::related(document, &words, related)).collect::<String>(),
        foot = foot(&words, &facts.site_name, ""),
    )
}

/// What stands above every page but the front. `up` leads from the page to the site's root.
#[must_use]
pub fn top(words: &SiteWords, site_name: &str, up: &str) -> String {
    let home = if up.is_empty() { "./" } else { up };
    format!(
        "<a class=\"skip\" href=\"#main\">{}</a>\n<header class=\"site\"><a href=\"{home}\">{}</a></header>\n",
        text(words.skip),
        text(site_name)
    )
}

/// What stands below every page.
#[must_use]
pub fn foot(words: &SiteWords, site_name: &str, up: &str) -> String {
    let home = if up.is_empty() { "./" } else { up };
    format!(
        "<footer class=\"site-foot\"><a href=\"{home}\">{}</a> <a href=\"{up}feed.atom\" type=\"application/atom+xml\">{}</a></footer>\n",
        text(site_name),
        text(words.feed)
    )
}

/// Section, times and the number of corrections, above the headline.
fn times(document: &Document, words: &SiteWords, facts: &PublicationFacts) -> String {
    let fields = &document.fields;
    let time = |class: &str, label: &str, time: &str| {
        (!time.is_empty()).then(|| {
            let shown = labels::moment(&fields.language, time);
            format!(
                "<span class=\"{class}\">{} <time datetime=\"{}\">{}</time></span>",
                text(label),
                attribute(time),
                text(&shown)
            )
        })
    };
    let section = facts.section_address.as_ref().map(|address| {
        let name = section::name(&fields.language, &fields.category_code);
        format!("<a class=\"section\" href=\"{}\">{}</a>", attribute(address), text(&name))
    });
    let corrected = (!facts.corrections.is_empty()).then(|| {
        format!(
            "<a class=\"corrected\" href=\"#corrections\">{}: {}</a>",
            text(words.corrections),
            facts.corrections.len()
        )
    });
    let parts: Vec<String> = [
        section,
        time("published", words.published, &facts.first_published),
        time("updated", words.updated, &facts.updated),
        corrected,
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { String::new() } else { format!("<p class=\"times\">{}</p>\n", parts.join("\n")) }
}

/// Every notice with its day, the first first; they are counted in the heading.
fn corrections(language: &str, words: &SiteWords, corrections: &[Correction]) -> String {
    if corrections.is_empty() {
        return String::new();
    }
    let one = |correction: &Correction| {
        let day = correction.made_at.get(..10).unwrap_or_default();
        format!(
            "<li><time datetime=\"{}\">{}</time> <span class=\"notice\">{}</span></li>\n",
            attribute(&correction.made_at),
            text(&labels::date(language, day)),
            text(&correction.notice)
        )
    };
    format!(
        "<section class=\"corrections\" id=\"corrections\" aria-labelledby=\"corrections-name\">\n\
         <h2 id=\"corrections-name\">{} ({})</h2>\n<ul>\n{}</ul>\n</section>\n",
        text(words.corrections),
        corrections.len(),
        corrections.iter().map(one).collect::<String>()
    )
}

fn editions(words: &SiteWords, editions: &[OtherEdition]) -> String {
    if editions.is_empty() {
        return String::new();
    }
    let one = |edition: &OtherEdition| {
        format!(
            "<li lang=\"{language}\" dir=\"{}\"><a href=\"{}\" hreflang=\"{language}\" rel=\"alternate\"><span class=\"endonym\">{}</span> <span class=\"other-headline\">{}</span></a></li>\n",
            labels::direction(&edition.language),
            attribute(&edition.address),
            text(site_words::endonym(&edition.language)),
            text(&edition.headline),
            language = attribute(&edition.language),
        )
    };
    format!(
        "<nav class=\"editions\" aria-labelledby=\"editions-name\">\n<h2 id=\"editions-name\">{}</h2>\n<ul>\n{}</ul>\n</nav>\n",
        text(words.other_editions),
        editions.iter().map(one).collect::<String>()
    )
}

fn related(document: &Document, words: &SiteWords, related: &Related) -> String {
    let fields = &document.fields;
    let (id, heading) = match related.by {
        Kinship::Section => (
            "same-section",
            filled(words.more_in, &[&section::name(&fields.language, &fields.category_code)]),
        ),
        Kinship::SourcePaper => ("same-paper", filled(words.more_from, &[&fields.source_paper])),
    };
    let cards: String = related.cards.iter().map(|card| card::html(card, card::Shape::Brief)).collect();
    format!(
        "<section class=\"related\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\"><a href=\"{}\">{}</a></h2>\n<ul class=\"briefs\">\n{cards}</ul>\n</section>\n",
        attribute(&related.address),
        text(&heading)
    )
}
