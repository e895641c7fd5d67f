//! What is on a WordPress, seen from a desk that does not have it: our own blocks are read back into fields, what
//! somebody wrote there by hand as far as it can be.

use std::collections::BTreeSet;

use domain::{article::Fields, document::Document, ids::ArticleId, live::Standing, page::Correction};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{
    Wordpress,
    blocks::outer,
    post::{FIELDS, WpPost},
    publish::utc,
};
use crate::{Fault, FoundPicture, There, Whole, http};

/// Blocks that are written here. What others hold is read as text.
const OURS: [&str; 14] = [
    "paragraph",
    "heading",
    "list",
    "list-item",
    "quote",
    "pullquote",
    "code",
    "table",
    "separator",
    "image",
    "gallery",
    "group",
    "html",
    "freeform",
];
const NEWEST: &str = "50";

impl Wordpress {
    pub(super) async fn standing_of(
        &self,
        article: ArticleId,
        remote_id: Option<&str>,
    ) -> Result<Option<There>, Fault> {
        let me = self.who().await?;
        let editions = self.editions(&me, article, remote_id).await?;
        let post = editions.kept().or(editions.trashed());
        Ok(post.map(|post| There { article: Some(article), ..self.there(post) }))
    }

    pub(super) async fn newest_posts(&self) -> Result<Vec<There>, Fault> {
        let request = self.api.get("wp/v2/posts").query(&[
            ("context", "edit"),
            ("status", "publish"),
            ("orderby", "modified"),
            ("per_page", NEWEST),
            ("_fields", FIELDS),
        ]);
        let posts: Vec<WpPost> = self.api.ask(request).await?;
        Ok(posts.iter().map(|post| self.there(post)).collect())
    }

    /// A page is found by the last part of its address, or by the number in it.
    pub(super) async fn post_at(&self, url: &str) -> Result<Option<There>, Fault> {
        let Ok(url) = Url::parse(url) else { return Ok(None) };
        let of_query = url.query_pairs().find(|(name, _)| name == "p").map(|(_, id)| id.into_owned());
        if let Some(id) = of_query.and_then(|id| id.parse().ok()) {
            return Ok(self.post_of(id).await?.map(|post| self.there(&post)));
        }
        let slug = url.path_segments().and_then(|parts| parts.rev().find(|part| !part.is_empty()));
        let Some(slug) = slug else { return Ok(None) };
        let request = self.api.get("wp/v2/posts").query(&[
            ("context", "edit"),
            ("slug", slug),
            ("status", "publish,draft,private"),
            ("_fields", FIELDS),
        ]);
        let posts: Vec<WpPost> = self.api.ask(request).await?;
        Ok(posts.first().map(|post| self.there(post)))
    }

    pub(super) async fn whole_post(&self, remote_id: &str) -> Result<Option<Whole>, Fault> {
        let Ok(id) = remote_id.parse() else { return Ok(None) };
        Ok(self.post_of(id).await?.map(|post| whole(self.there(&post), &post, &self.site_language)))
    }

    fn there(&self, post: &WpPost) -> There {
        let marker = post.marker();
        let language = marker.as_ref().map(|marker| marker.language.clone()).unwrap_or_default();
        There {
            remote_id: post.id.to_string(),
            article: marker.as_ref().map(|marker| marker.article),
            standing: match post.status.as_str() {
                "publish" => Standing::Live,
                "trash" => Standing::Killed,
                _ => Standing::Unpublished,
            },
            headline: http::words(&post.title.raw),
            language: if language.is_empty() { self.site_language.clone() } else { language },
            url: post.link.clone(),
            changed_at: utc(post.modified_gmt.as_deref()),
            version: post.version(),
            content_hash: marker.filter(|_| post.is_untouched()).map(|marker| marker.content),
        }
    }
}

/// Reads a post: fields out of the paragraphs that are ours, the rest as the body's HTML.
fn whole(there: There, post: &WpPost, site_language: &str) -> Whole {
    let mut read = Read {
        fields: Fields {
            language: if there.language.is_empty() {
                site_language.to_owned()
            } else {
                there.language.clone()
            },
            headline: text_of(&post.title.raw),
            standfirst: text_of(&post.excerpt.raw),
            url_slug: String::new(),
            ..Fields::default()
        },
        ..Read::default()
    };
    let content = Html::parse_fragment(&post.content.raw);
    for element in content.root_element().child_elements() {
        read.element(element);
    }
    let document = Document { fields: read.fields, ..Document::default() };
    Whole {
        there,
        story: None,
        document,
        pictures: Vec::new(),
        corrections: read.corrections,
        lost: lost(&post.content.raw),
        lead: read.lead,
        html: Some(read.html),
    }
}

#[derive(Default)]
struct Read {
    fields: Fields,
    corrections: Vec<Correction>,
    lead: Option<FoundPicture>,
    html: String,
}

impl Read {
    fn element(&mut self, element: ElementRef<'_>) {
        let classes: Vec<&str> = element.value().classes().collect();
        let is = |class: &str| classes.contains(&class);
        let words = || evened(&element.text().collect::<String>());
        match element.value().name() {
            "p" if is("kicker") => self.fields.kicker = words(),
            "p" if is("standfirst") => self.fields.standfirst = words(),
            "p" if is("dateline") => self.fields.dateline = words(),
            "p" if is("source-line") => self.source_line(element),
            "p" if is("source-url") => self.fields.source_url = href(element),
            "p" if is("correction") => {
                let label = part(element, "strong").unwrap_or_default();
                let notice = words().trim_start_matches(&label).trim().to_owned();
                self.corrections.push(Correction { made_at: String::new(), notice });
            }
            "figure" if is("lead") => self.lead = found_picture(element),
            _ => self.html.push_str(&outer(element)),
        }
    }

    fn source_line(&mut self, line: ElementRef<'_>) {
        self.fields.byline = part(line, ".byline").unwrap_or_default();
        self.fields.source_paper = part(line, ".source-paper").unwrap_or_default();
        self.fields.source_date = part(line, ".source-date").map(|day| day_of(&day)).unwrap_or_default();
    }
}

fn found_picture(figure: ElementRef<'_>) -> Option<FoundPicture> {
    let image = figure.select(&selector("img")).next()?;
    Some(FoundPicture {
        address: image.attr("src")?.to_owned(),
        alt: image.attr("alt").unwrap_or_default().to_owned(),
        caption: part(figure, ".caption").unwrap_or_default(),
        credit_line: part(figure, ".credit").unwrap_or_default(),
    })
}

fn part(element: ElementRef<'_>, what: &str) -> Option<String> {
    element.select(&selector(what)).next().map(|found| evened(&found.text().collect::<String>()))
}

fn href(element: ElementRef<'_>) -> String {
    let link = element.select(&selector("a")).next().and_then(|link| link.attr("href"));
    link.unwrap_or_default().to_owned()
}

fn selector(what: &str) -> Selector {
    Selector::parse(what).expect("the selector is part of the program")
}

/// Returns a day as papers print it, in whatever order, as `YYYY-MM-DD`; empty where it is none.
fn day_of(printed: &str) -> String {
    let numbers: Vec<u32> =
        printed.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [year, month, day] | [day, month, year] if year > 999 => format!("{year:04}-{month:02}-{day:02}"),
        _ => String::new(),
    }
}

/// Returns the kinds of blocks that a document of ours does not have, each once, in words.
fn lost(content: &str) -> Vec<String> {
    let names = content.split("<!-- wp:").skip(1).map(|block| {
        let end = block.find([' ', '\n']).unwrap_or(block.len());
        block[..end].trim_start_matches("core/").to_owned()
    });
    let foreign: BTreeSet<String> = names.filter(|name| !OURS.contains(&name.as_str())).collect();
    foreign.into_iter().map(|name| format!("block “{name}”: only its words were taken")).collect()
}

fn text_of(html: &str) -> String {
    evened(&Html::parse_fragment(html).root_element().text().collect::<String>())
}

fn evened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_printed() {
        let table = [
            ("11/12/2025", "2025-12-11"),
            ("11.12.2025", "2025-12-11"),
            ("2025年12月1日", "2025-12-01"),
            ("2025.12.11", "2025-12-11"),
            ("hôm qua", ""),
        ];
        for (printed, want) in table {
            assert_eq!(day_of(printed), want);
        }
    }

    #[test]
    fn what_is_not_ours_is_named_once() {
        let content = "<!-- wp:paragraph {\"a\":1} --><p>x</p><!-- /wp:paragraph --><!-- wp:embed {} -->y<!-- /wp:embed --><!-- wp:embed -->";

        assert_eq!(lost(content), ["block “embed”: only its words were taken"]);
    }
}
