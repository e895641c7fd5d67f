//! The portal's page of an article: the same blocks in the preview and in public.

mod bounded;
pub mod card;
mod escape;
mod figure;
mod head;
mod json_ld;
mod labels;
pub mod name;
pub mod public;
pub mod section;
pub mod site_words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    document::Document,
    ids::{Hash, PlacementId},
    markdown::{self, Figures, embed::Embed},
    placement::Position,
};

pub use labels::{Labels, date, direction, moment, of as labels};
pub use public::{OtherEdition, Related, html};

use escape::{attribute, text};

/// The page's style, the same in the preview and in public.
pub const STYLE: &str = include_str!("../assets/portal.css");

/// The fonts the style names, by file name.
pub const FONTS: &[(&str, &[u8])] = &[
    ("source-serif-4-latin.woff2", include_bytes!("../assets/fonts/source-serif-4-latin.woff2")),
    ("source-serif-4-latin-ext.woff2", include_bytes!("../assets/fonts/source-serif-4-latin-ext.woff2")),
    ("source-serif-4-vietnamese.woff2", include_bytes!("../assets/fonts/source-serif-4-vietnamese.woff2")),
    ("be-vietnam-pro-400-latin.woff2", include_bytes!("../assets/fonts/be-vietnam-pro-400-latin.woff2")),
    (
        "be-vietnam-pro-400-latin-ext.woff2",
        include_bytes!("../assets/fonts/be-vietnam-pro-400-latin-ext.woff2"),
    ),
    (
        "be-vietnam-pro-400-vietnamese.woff2",
        include_bytes!("../assets/fonts/be-vietnam-pro-400-vietnamese.woff2"),
    ),
    ("be-vietnam-pro-600-latin.woff2", include_bytes!("../assets/fonts/be-vietnam-pro-600-latin.woff2")),
    (
        "be-vietnam-pro-600-latin-ext.woff2",
        include_bytes!("../assets/fonts/be-vietnam-pro-600-latin-ext.woff2"),
    ),
    (
        "be-vietnam-pro-600-vietnamese.woff2",
        include_bytes!("../assets/fonts/be-vietnam-pro-600-vietnamese.woff2"),
    ),
];

/// A picture as a page refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSources {
    pub src: String,
    /// Address and width in pixels of each size.
    pub srcset: Vec<(String, u32)>,
    pub width: u32,
    pub height: u32,
}

/// Where a page finds what lies beside it, and for whom it is.
pub trait Links {
    /// Returns where the picture of this hash is, or `None` when the page has no such file.
    fn image(&self, picture: Hash) -> Option<ImageSources>;
    /// Returns the address of the style.
    fn stylesheet(&self) -> String;
    /// A preview shows what is still wanted; readers never see it.
    fn is_preview(&self) -> bool;
}

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBlock {
    pub html: String,
    /// Line of the body it begins on, 1-based; 0 for what is not of the body.
    pub first_line: u32,
}

/// A public notice of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Correction {
    /// RFC 3339.
    pub made_at: String,
    pub notice: String,
}

/// What is true of a page only once it is public. Times are RFC 3339 in the zone in which readers are told them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicationFacts {
    /// The page's own address, absolute.
    pub url: String,
    /// Where search engines are to find the story, when it is not here.
    pub canonical_url: String,
    pub site_name: String,
    pub first_published: String,
    /// Empty until it changed.
    pub updated: String,
    pub corrections: Vec<Correction>,
    /// Where the section's articles are listed.
    pub section_address: Option<String>,
    pub editions: Vec<OtherEdition>,
    pub related: Vec<Related>,
}

impl PublicationFacts {
    /// Returns an address the page refers to as the whole world knows it.
    #[must_use]
    pub fn absolute(&self, address: &str) -> String {
        match self.url.rsplit_once('/') {
            Some((base, _)) => format!("{base}/{address}"),
            None => address.to_owned(),
        }
    }
}

/// A page, and the words of the body it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// In the order in which a reader meets them; joined they are the article.
    pub blocks: Vec<PageBlock>,
    /// As [`markdown::plain_text`] returns them.
    pub words: String,
}

/// Renders the article. In a preview what no window could show is cut short, and says so.
#[must_use]
pub fn render(document: &Document, links: &dyn Links) -> Rendered {
    let page = Page { document, links };
    let mut blocks = page.head();
    let markdown::Rendered { blocks: body, words, as_typed } = markdown::render(&document.body, &page);
    let body = body.into_iter().map(|block| PageBlock { html: block.html, first_line: block.first_line });
    if links.is_preview() {
        let labels = labels::of(&document.fields.language);
        blocks.extend(as_typed.then(|| outside_body(bounded::notice(labels.as_typed, ""))));
        blocks.extend(bounded::blocks(body, &labels));
    } else {
        blocks.extend(body);
    }
    blocks.extend(page.gallery());
    blocks.extend(page.source_url());
    Rendered { blocks, words }
}

/// Returns the article's blocks; joined they are the article.
#[must_use]
pub fn blocks(document: &Document, links: &dyn Links) -> Vec<PageBlock> {
    render(document, links).blocks
}

struct Page<'a> {
    document: &'a Document,
    links: &'a dyn Links,
}

impl Page<'_> {
    fn head(&self) -> Vec<PageBlock> {
        let fields = &self.document.fields;
        let lead = self.document.lead().map(|lead| figure::html(lead, &fields.language, self.links, "lead"));
        let html = [
            paragraph("kicker", &fields.kicker),
            Some(format!("<h1>{}</h1>\n", text(&fields.headline))),
            paragraph("standfirst", &fields.standfirst),
            self.source_line(),
            lead,
            paragraph("dateline", &fields.dateline),
        ];
        html.into_iter().flatten().filter(|html| !html.is_empty()).map(outside_body).collect()
    }

    /// Paper and date each in an element of its own, with a space between: never glued.
    fn source_line(&self) -> Option<String> {
        let fields = &self.document.fields;
        let span = |class: &str, words: &str| format!("<span class=\"{class}\">{}</span>", text(words));
        let date = || {
            let shown = labels::date(&fields.language, &fields.source_date);
            format!("<time datetime=\"{}\">{}</time>", attribute(&fields.source_date), text(&shown))
        };
        let parts: Vec<String> = [
            (!fields.byline.is_empty()).then(|| span("byline", &fields.byline)),
            (!fields.source_paper.is_empty()).then(|| span("source-paper", &fields.source_paper)),
            (!fields.source_date.is_empty()).then(date),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| {
            format!("<p class=\"source-line\">{}</p>\n", parts.join(" <span aria-hidden=\"true\">·</span> "))
        })
    }

    fn gallery(&self) -> Option<PageBlock> {
        let language = &self.document.fields.language;
        let pictures =
            self.document.placements.iter().filter(|placement| placement.position == Position::Gallery);
        let figures: String =
            pictures.map(|placement| figure::html(placement, language, self.links, "gallery")).collect();
        (!figures.is_empty())
            .then(|| outside_body(format!("<section class=\"gallery\">\n{figures}</section>\n")))
    }

    fn source_url(&self) -> Option<PageBlock> {
        let fields = &self.document.fields;
        let url = fields.source_url.trim();
        let followed = url.starts_with("https://") || url.starts_with("http://");
        followed.then(|| {
            outside_body(format!(
                "<p class=\"source-url\"><span class=\"label\">{}</span> <a href=\"{}\" rel=\"noopener\">{}</a></p>\n",
                text(labels::of(&fields.language).source),
                attribute(url),
                text(url)
            ))
        })
    }
}

impl Figures for Page<'_> {
    fn figure(&self, id: PlacementId) -> String {
        let found = self.document.placement(id).filter(|placement| placement.position == Position::InText);
        found.map_or_else(String::new, |placement| {
            figure::html(placement, &self.document.fields.language, self.links, "in-text")
        })
    }

    fn not_taken_in(&self, address: &str) -> String {
        if !self.links.is_preview() {
            return String::new();
        }
        let label = labels::of(&self.document.fields.language).not_taken_in;
        format!("<p class=\"not-taken-in\">{} <code>{}</code></p>\n", text(label), text(address))
    }

    fn embed(&self, embed: &Embed<'_>) -> String {
        embed.html(labels::of(&self.document.fields.language).embed(embed.kind))
    }

    fn back_from_note(&self) -> &str {
        labels::of(&self.document.fields.language).back_from_note
    }

    /// Who reads by keyboard reaches the box to scroll it, and is told what it is.
    fn table(&self, html: String) -> String {
        let name = text(labels::of(&self.document.fields.language).table);
        format!("<div class=\"table\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n{html}</div>\n")
    }
}

fn outside_body(html: String) -> PageBlock {
    PageBlock { html, first_line: 0 }
}

fn paragraph(class: &str, words: &str) -> Option<String> {
    (!words.trim().is_empty()).then(|| format!("<p class=\"{class}\">{}</p>\n", text(words)))
}

#[cfg(test)]
mod tests;
