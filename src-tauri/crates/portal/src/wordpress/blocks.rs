//! An article as the block editor writes it: the editor opens it without a warning, and WordPress's filter for authors
//! changes nothing in it.
//!
//! Every block is the newest form of WordPress's own save function. What it has no block for is Custom HTML.

mod html;
mod newsroom;
mod table;

use domain::{
    document::Document,
    ids::PlacementId,
    markdown::{self, Figures, embed::Embed},
    page,
    placement::{Placement, Position},
};
use scraper::{ElementRef, Html, Node};
use serde_json::{Map, Value, json};

use super::marker::Marker;
pub use html::outer;
use html::{attribute, children, inner, text};

/// A picture as the portal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub id: u64,
    pub url: String,
    /// WordPress's name of the size that `url` shows.
    pub size: String,
}

/// What a post needs beside the document.
pub struct Post<'a> {
    pub document: &'a Document,
    pub marker: Marker,
    /// The language of the site's pages; text in another is marked.
    pub site_language: &'a str,
    pub notices: &'a [&'a str],
    /// Returns the portal's copy of a placement's picture.
    pub image: &'a dyn Fn(&Placement) -> Option<Image>,
}

impl Post<'_> {
    /// Returns the post's content.
    #[must_use]
    pub fn content(&self) -> String {
        let mut blocks = self.head();
        blocks.extend(markdown::blocks(&self.document.body, self).iter().flat_map(|b| self.of_html(&b.html)));
        blocks.extend(self.gallery());
        blocks.extend(self.foot());
        if blocks.is_empty() {
            blocks.push(self.paragraph(None, "")); // the marker stands in a block
        }
        if let Some(first) = blocks.first_mut() {
            first.attributes.insert("metadata".into(), self.marker.metadata());
        }
        blocks.iter().map(Block::written).collect::<Vec<_>>().join("\n\n")
    }

    fn head(&self) -> Vec<Block> {
        let fields = &self.document.fields;
        let lead = self.document.lead().and_then(|lead| self.figure_block(lead, "lead"));
        [
            self.words("kicker", &fields.kicker),
            self.words("standfirst", &fields.standfirst),
            self.source_line(),
            lead,
            self.words("dateline", &fields.dateline),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn foot(&self) -> Vec<Block> {
        self.notices().into_iter().chain(self.source_url()).collect()
    }

    fn words(&self, class: &str, words: &str) -> Option<Block> {
        (!words.trim().is_empty()).then(|| self.paragraph(Some(class), &text(words.trim())))
    }

    fn source_line(&self) -> Option<Block> {
        let fields = &self.document.fields;
        let span = |class: &str, words: &str| format!("<span class=\"{class}\">{}</span>", text(words));
        // Not `time`: WordPress 6.1 (Debian 12's own) takes that element out of an author's text.
        let date = || span("source-date", &page::date(&fields.language, &fields.source_date));
        let parts: Vec<String> = [
            (!fields.byline.is_empty()).then(|| span("byline", &fields.byline)),
            (!fields.source_paper.is_empty()).then(|| span("source-paper", &fields.source_paper)),
            (!fields.source_date.is_empty()).then(date),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| self.paragraph(Some("source-line"), &parts.join(" · ")))
    }

    fn source_url(&self) -> Option<Block> {
        let url = self.document.fields.source_url.trim();
        let followed = url.starts_with("https://") || url.starts_with("http://");
        followed.then(|| {
            let label = page::labels(&self.document.fields.language).source;
            let link = format!("<a href=\"{}\">{}</a>", attribute(url), text(url));
            self.paragraph(Some("source-url"), &format!("{} {link}", text(label)))
        })
    }

    /// A notice is a line: the earlier ones stand there again, or they would be gone.
    fn notices(&self) -> Vec<Block> {
        let label = page::labels(&self.document.fields.language).correction;
        let one = |notice: &str| {
            let words = format!("<strong>{}</strong> {}", text(label), text(notice.trim()));
            self.paragraph(Some("correction"), &words)
        };
        self.notices.iter().copied().map(one).collect()
    }

    fn gallery(&self) -> Vec<Block> {
        let placements = self.document.placements.iter();
        placements
            .filter(|placement| placement.position == Position::Gallery)
            .filter_map(|placement| self.figure_block(placement, "gallery"))
            .collect()
    }

    fn figure_block(&self, placement: &Placement, class: &str) -> Option<Block> {
        let image = (self.image)(placement)?;
        let attributes = json!({
            "id": image.id, "sizeSlug": image.size, "linkDestination": "none", "className": class,
        });
        let words = caption(placement, &self.document.fields.language);
        let caption = if words.is_empty() {
            String::new()
        } else {
            format!("<figcaption class=\"wp-element-caption\">{}</figcaption>", self.marked(&words))
        };
        let html = format!(
            "<figure class=\"wp-block-image size-{} {class}\"><img src=\"{}\" alt=\"{}\" class=\"wp-image-{}\" />{caption}</figure>",
            image.size,
            attribute(&image.url),
            attribute(&placement.alt),
            image.id
        );
        Some(Block::new("image", attributes, html))
    }

    fn paragraph(&self, class: Option<&str>, words: &str) -> Block {
        let mut attributes = Map::new();
        let mut html = String::from("<p");
        if self.turned() {
            attributes.insert("direction".into(), "rtl".into());
        }
        if let Some(class) = class {
            attributes.insert("className".into(), class.into());
            html.push_str(&format!(" class=\"{class}\""));
        }
        if self.turned() {
            html.push_str(" dir=\"rtl\"");
        }
        html.push_str(&format!(">{}</p>", self.marked(words)));
        Block { name: "paragraph", attributes, html }
    }

    /// Text runs the other way than the site's pages do.
    fn turned(&self) -> bool {
        page::direction(&self.document.fields.language) == "rtl"
            && page::direction(self.site_language) == "ltr"
    }

    /// Marks text whose language is not the site's (WCAG 3.1.2). WordPress knows no language of a post.
    fn marked(&self, words: &str) -> String {
        let language = &self.document.fields.language;
        let primary = |language: &str| language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        if words.is_empty() || language.is_empty() || primary(language) == primary(self.site_language) {
            return words.to_owned();
        }
        format!("<span lang=\"{}\">{words}</span>", attribute(language))
    }

    /// Returns the blocks of a piece of the rendered body.
    fn of_html(&self, html: &str) -> Vec<Block> {
        let fragment = Html::parse_fragment(html);
        self.inside(fragment.root_element())
    }

    fn inside(&self, element: ElementRef<'_>) -> Vec<Block> {
        children(element).filter_map(|node| self.block(node)).collect()
    }

    fn block(&self, node: ego_tree::NodeRef<'_, Node>) -> Option<Block> {
        if let Node::Text(words) = node.value() {
            return (!words.trim().is_empty()).then(|| self.paragraph(None, &text(words.trim())));
        }
        let element = ElementRef::wrap(node)?;
        let block = match element.value().name() {
            "p" => self.paragraph(element.attr("class"), &inner(element)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" if has_plain_items(element) => self.list(element),
            "blockquote" => self.quote(element, None),
            "aside" => self.group(element),
            "pre" => code(element),
            "table" => table::block(element, &|words| self.marked(words)),
            "hr" => Block::new(
                "separator",
                json!({}),
                "<hr class=\"wp-block-separator has-alpha-channel-opacity\" />".into(),
            ),
            "figure" => return self.figure_of(element),
            _ => Block::new("html", json!({}), outer(element)),
        };
        Some(block)
    }

    fn figure_of(&self, element: ElementRef<'_>) -> Option<Block> {
        match element.attr("class").unwrap_or_default() {
            "quotation" => self.quotation(element),
            "pull-quote" => self.pull_quote(element),
            "gallery" => Some(self.gallery_of(element)),
            _ => self.placed(element),
        }
    }

    /// What [`Figures::figure`] left where a picture stands.
    fn placed(&self, element: ElementRef<'_>) -> Option<Block> {
        let id: PlacementId = element.attr("id")?.parse().ok()?;
        self.figure_block(self.document.placement(id)?, "in-text")
    }

    fn heading(&self, element: ElementRef<'_>) -> Block {
        let name = element.value().name();
        let level = name[1..].parse::<u8>().unwrap_or(2);
        let attributes = if level == 2 { json!({}) } else { json!({ "level": level }) };
        let words = self.marked(&inner(element));
        Block::new("heading", attributes, format!("<{name} class=\"wp-block-heading\">{words}</{name}>"))
    }

    fn list(&self, element: ElementRef<'_>) -> Block {
        let name = element.value().name();
        let start =
            element.attr("start").and_then(|start| start.parse::<u32>().ok()).filter(|start| *start != 1);
        let mut attributes = Map::new();
        if name == "ol" {
            attributes.insert("ordered".into(), true.into());
        }
        let mut begins = String::new();
        if let Some(start) = start {
            attributes.insert("start".into(), start.into());
            begins = format!(" start=\"{start}\"");
        }
        let items: Vec<String> =
            children(element).filter_map(ElementRef::wrap).map(|item| self.item(item).written()).collect();
        let html = format!("<{name}{begins} class=\"wp-block-list\">{}</{name}>", items.join("\n\n"));
        Block { name: "list", attributes, html }
    }

    /// Words first, then the lists inside: an item holds nothing else.
    fn item(&self, item: ElementRef<'_>) -> Block {
        let (mut words, mut lists) = (String::new(), String::new());
        for node in children(item) {
            match ElementRef::wrap(node) {
                Some(element) if matches!(element.value().name(), "ul" | "ol") => {
                    lists.push_str(&self.list(element).written());
                }
                Some(element) if element.value().name() == "p" => words.push_str(&inner(element)),
                _ => html::write(node, &mut words),
            }
        }
        Block::new("list-item", json!({}), format!("<li>{}{lists}</li>", self.marked(words.trim())))
    }
}

impl Figures for Post<'_> {
    fn figure(&self, id: PlacementId) -> String {
        let found = self.document.placement(id).filter(|placement| placement.position == Position::InText);
        found.map_or_else(String::new, |placement| format!("<figure id=\"{}\"></figure>", placement.id))
    }

    fn not_taken_in(&self, _address: &str) -> String {
        String::new()
    }

    fn embed(&self, embed: &Embed<'_>) -> String {
        embed.html(page::labels(&self.document.fields.language).embed(embed.kind))
    }

    fn back_from_note(&self) -> &str {
        page::labels(&self.document.fields.language).back_from_note
    }
}

/// Whether every item is words and lists, as the editor's items are.
fn has_plain_items(list: ElementRef<'_>) -> bool {
    list.child_elements().all(|item| {
        let paragraphs = item.child_elements().filter(|child| child.value().name() == "p").count();
        let plain = item.child_elements().all(|child| match child.value().name() {
            "ul" | "ol" => has_plain_items(child),
            name => !matches!(
                name,
                "blockquote"
                    | "pre"
                    | "table"
                    | "figure"
                    | "hr"
                    | "section"
                    | "aside"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
            ),
        });
        paragraphs <= 1 && plain
    })
}

fn code(element: ElementRef<'_>) -> Block {
    let words: String = element.text().collect();
    let html =
        format!("<pre class=\"wp-block-code\"><code>{}</code></pre>", text(words.trim_end_matches('\n')));
    Block::new("code", json!({}), html)
}

/// Caption and credit, each in an element of its own: both are seen, and both can be told apart.
pub fn caption(placement: &Placement, language: &str) -> String {
    let caption = placement.caption.trim();
    let credit = placement.credit_line.trim();
    let caption = (!caption.is_empty()).then(|| format!("<span class=\"caption\">{}</span>", text(caption)));
    let credit = (!credit.is_empty()).then(|| {
        let label = text(page::labels(language).photo);
        format!("<span class=\"credit-label\">{label}</span> <span class=\"credit\">{}</span>", text(credit))
    });
    [caption, credit].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns words as a field of a post takes them: text, with what would be markup escaped.
pub fn as_text(words: &str) -> String {
    words.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A block between its comments.
struct Block {
    name: &'static str,
    attributes: Map<String, Value>,
    html: String,
}

impl Block {
    fn new(name: &'static str, attributes: Value, html: String) -> Self {
        let attributes = if let Value::Object(attributes) = attributes { attributes } else { Map::new() };
        Self { name, attributes, html }
    }

    fn written(&self) -> String {
        let name = self.name;
        let attributes = if self.attributes.is_empty() {
            String::new()
        } else {
            format!("{} ", in_comment(&self.attributes))
        };
        format!("<!-- wp:{name} {attributes}-->\n{}\n<!-- /wp:{name} -->", self.html)
    }
}

/// JSON inside a comment, escaped as the editor's `serializeAttributes` does.
fn in_comment(attributes: &Map<String, Value>) -> String {
    let json = Value::Object(attributes.clone()).to_string();
    json.replace("--", "\\u002d\\u002d")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace("\\\"", "\\u0022")
}

#[cfg(test)]
mod tests;
