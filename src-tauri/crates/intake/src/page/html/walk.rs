//! Walks the page's elements and makes lines of what a reader sees.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node, node::Element};

use crate::page::{
    line::{Hint, Line, Region, escaped, evened},
    table,
};

/// What a reader never sees as text.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "head", "object", "select", "video", "audio",
    "math",
];
/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
    "figcaption",
    "br",
    "hr",
    "pre",
    "form",
    "button",
    "label",
    "dl",
    "dt",
    "dd",
    "center",
    "body",
    "html",
    "textarea",
    "address",
    "time",
    "option",
    "picture",
];

/// Returns the lines of the page.
pub fn lines(html: &Html) -> Vec<Line> {
    let mut walk = Walk::default();
    let mut skipped = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if let Some(element) = ElementRef::wrap(node) {
                    if walk.open(element) == Below::Skipped {
                        skipped = Some(node.id());
                    }
                } else if let Node::Text(text) = node.value() {
                    walk.text(text);
                }
            }
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
    walk.end_line();
    walk.lines
}

#[derive(PartialEq, Eq)]
enum Below {
    Walked,
    Skipped,
}

/// What an open element gives the lines inside it.
#[derive(Clone, Copy)]
struct Inside {
    hint: Hint,
    region: Region,
}

const NOWHERE: Inside = Inside { hint: Hint::None, region: Region::Main };

/// Blocks do; so do a credit in an element of its own, and every link of a menu.
fn begins_a_line(name: &str, inside: Inside, outside: Inside) -> bool {
    BLOCKS.contains(&name)
        || (inside.hint == Hint::Credit && outside.hint != Hint::Credit)
        || (name == "a" && inside.region != Region::Main)
}

#[derive(Default)]
struct Walk {
    lines: Vec<Line>,
    open: Vec<Inside>,
    plain: String,
    markdown: String,
    address: String,
    links: Vec<(usize, String)>,
    /// Only emphasised words stand in the line so far: a caption, if it follows a picture.
    emphasis: usize,
    all_emphasis: bool,
    /// Where the last link ended in the line so far.
    link_end: usize,
}

impl Walk {
    fn inside(&self) -> Inside {
        self.open.last().copied().unwrap_or(NOWHERE)
    }

    fn open(&mut self, element: ElementRef<'_>) -> Below {
        let value = element.value();
        let name = value.name();
        if UNSEEN.contains(&name) || is_hidden(value) {
            return Below::Skipped;
        }
        let inside = self.inside();
        let becomes = Inside { hint: hint(value, inside.hint), region: region(value, inside.region) };
        if begins_a_line(name, becomes, inside) {
            self.end_line();
        } else if name == "a" && self.link_end > 0 && self.link_end == self.plain.len() {
            self.plain.push(' '); // links side by side are not one word
            self.markdown.push(' ');
        }
        match name {
            "img" => self.image(value),
            "table" if !has_picture(element) => {
                self.table(element);
                return Below::Skipped;
            }
            "a" => self
                .links
                .push((self.markdown.len(), value.attr("href").unwrap_or_default().trim().to_owned())),
            "strong" | "b" | "em" | "i" => self.emphasis += 1,
            _ => {}
        }
        self.open.push(becomes);
        Below::Walked
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "a" => {
                self.close_link();
                self.link_end = self.plain.len();
            }
            "strong" | "b" | "em" | "i" => self.emphasis = self.emphasis.saturating_sub(1),
            _ => {}
        }
        let inside = self.inside();
        let outside = self.open.iter().rev().nth(1).copied().unwrap_or(NOWHERE);
        if begins_a_line(name, inside, outside) {
            self.end_line();
        }
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.all_emphasis = (self.plain.trim().is_empty() || self.all_emphasis) && self.emphasis > 0;
        }
        self.plain.push_str(text);
        // Escaping minds where the line begins, so words that go on are escaped as going on.
        let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let escaped = if self.markdown.trim().is_empty() {
            escaped(spaced.trim_start())
        } else {
            escaped_inside(&spaced)
        };
        self.markdown.push_str(&escaped);
    }

    fn close_link(&mut self) {
        let Some((start, href)) = self.links.pop() else { return };
        let followed = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| href.to_ascii_lowercase().starts_with(scheme));
        let words = self.markdown.get(start..).unwrap_or_default().trim().to_owned();
        if !followed || words.is_empty() {
            return;
        }
        if self.address.is_empty() {
            self.address.clone_from(&href);
        }
        let href: String = href.chars().filter(|c| !c.is_whitespace() && !"<>()\\".contains(*c)).collect();
        let lead = self.markdown[start..].len() - self.markdown[start..].trim_start().len();
        self.markdown.truncate(start + lead);
        self.markdown.push_str(&format!("[{words}]({href})"));
    }

    fn image(&mut self, image: &Element) {
        self.end_line();
        let inside = self.inside();
        let alt = evened(image.attr("alt").unwrap_or_default());
        let address = picture_address(image);
        let hint = if is_furniture(image, &address) { Hint::None } else { Hint::Picture };
        let region = if hint == Hint::Picture { inside.region } else { Region::Navigation };
        if hint == Hint::Picture || !alt.is_empty() {
            self.lines.push(Line {
                markdown: escaped(&alt),
                plain: alt,
                hint,
                region,
                address,
                is_strong: false,
            });
        }
    }

    fn table(&mut self, element: ElementRef<'_>) {
        let (plain, markdown) = table::read(element);
        if !plain.is_empty() {
            let region = self.inside().region;
            self.lines.push(Line {
                plain,
                markdown,
                hint: Hint::Table,
                region,
                address: String::new(),
                is_strong: false,
            });
        }
    }

    fn end_line(&mut self) {
        let plain = evened(&self.plain);
        let markdown = evened_markdown(&self.markdown);
        let Inside { hint, region } = self.inside();
        let address = std::mem::take(&mut self.address);
        let emphasised = self.all_emphasis;
        self.plain.clear();
        self.markdown.clear();
        self.link_end = 0;
        self.links.iter_mut().for_each(|(start, _)| *start = 0);
        self.all_emphasis = false;
        if plain.is_empty() {
            return;
        }
        let below_picture = self.lines.last().is_some_and(|line| line.hint == Hint::Picture);
        let hint = if hint == Hint::None && emphasised && below_picture && plain.chars().count() <= 300 {
            Hint::Caption
        } else {
            hint
        };
        self.lines.push(Line { plain, markdown, hint, region, address, is_strong: emphasised });
    }
}

fn escaped_inside(words: &str) -> String {
    let escaped = escaped(&format!("x{words}"));
    escaped[1..].to_owned()
}

fn evened_markdown(markdown: &str) -> String {
    evened(markdown)
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").to_lowercase().contains("display:none"))
}

fn has_picture(table: ElementRef<'_>) -> bool {
    table.descendants().any(|node| matches!(node.value(), Node::Element(element) if element.name() == "img"))
}

/// Classes of an element that says whose picture it is.
const CREDITS: [&str; 8] = [
    "photo-credit",
    "photocredit",
    "image-credit",
    "img-credit",
    "photocms_author",
    "photographer",
    "photo-author",
    "photo-source",
];
/// What says so only where a caption is.
const CREDITS_IN_CAPTIONS: [&str; 7] =
    ["credit", "author", "source", "copyright", "byline", "nguon", "tac-gia"];

fn hint(element: &Element, outer: Hint) -> Hint {
    match element.name() {
        "h1" => return Hint::Headline,
        "h2" => return Hint::Heading(2),
        "h3" => return Hint::Heading(3),
        "h4" | "h5" | "h6" => return Hint::Heading(4),
        "figcaption" | "caption" => return Hint::Caption,
        "cite" | "small" if outer == Hint::Caption => return Hint::Credit,
        "li" => return Hint::ListItem,
        "blockquote" => return Hint::Quote,
        _ => {}
    }
    let class = class(element);
    let says = |words: &[&str]| words.iter().any(|word| class.contains(word));
    if says(&CREDITS) || (outer == Hint::Caption && says(&CREDITS_IN_CAPTIONS)) {
        Hint::Credit
    } else if says(&["caption", "chuthich", "chu-thich", "img-desc", "image-desc", "photo-desc"]) {
        Hint::Caption
    } else if says(&["sapo", "standfirst", "summary", "article-lead", "detail-lead", "singular-sapo"])
        && outer == Hint::None
    {
        Hint::Standfirst
    } else {
        outer
    }
}

fn region(element: &Element, outer: Region) -> Region {
    if outer != Region::Main {
        return outer;
    }
    match element.name() {
        "nav" | "footer" | "form" | "button" | "textarea" => return Region::Navigation,
        "aside" => return Region::Related,
        _ => {}
    }
    let class = class(element);
    let tokens: Vec<&str> = class.split([' ', '-', '_']).collect();
    let says = |words: &[&str]| {
        words
            .iter()
            .any(|word| tokens.contains(word) || class.contains(&format!("{word}-")) && word.len() > 5)
    };
    if says(&["comment", "comments", "komen", "binhluan", "respond"]) {
        Region::Comments
    } else if says(&[
        "related",
        "relate",
        "recommend",
        "recommended",
        "lienquan",
        "popular",
        "sidebar",
        "more-news",
    ]) {
        Region::Related
    } else if says(&[
        "nav",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "share",
        "social",
        "footer",
        "banner",
        "toolbar",
        "ads",
        "advert",
    ]) {
        Region::Navigation
    } else {
        Region::Main
    }
}

fn class(element: &Element) -> String {
    format!("{} {}", element.attr("class").unwrap_or_default(), element.id().unwrap_or_default())
        .to_lowercase()
}

/// The largest picture a lazy page names; a `data:` address is only its placeholder.
fn picture_address(image: &Element) -> String {
    let largest = |srcset: &str| {
        let width = |piece: &str| {
            piece
                .split_whitespace()
                .nth(1)
                .and_then(|size| size[..size.len() - 1].parse::<f64>().ok())
                .unwrap_or(0.0)
        };
        srcset
            .split(", ")
            .max_by(|a, b| width(a).total_cmp(&width(b)))
            .and_then(|piece| piece.split_whitespace().next())
            .map(str::to_owned)
    };
    let named = ["data-original", "data-src", "data-lazy-src", "src"]
        .iter()
        .filter_map(|name| image.attr(name))
        .find(|address| !address.starts_with("data:"));
    named.map(str::to_owned).or_else(|| image.attr("srcset").and_then(largest)).unwrap_or_default()
}

/// Logos, icons and counters are no pictures of the article.
fn is_furniture(image: &Element, address: &str) -> bool {
    let lower = format!("{} {}", address.to_lowercase(), class(image));
    let small = ["width", "height"]
        .iter()
        .any(|side| image.attr(side).and_then(|size| size.parse::<u32>().ok()).is_some_and(|size| size < 80));
    small
        || address.is_empty()
        || lower.contains(".svg")
        || ["logo", "icon", "avatar", "emoji", "pixel", "spinner"].iter().any(|word| lower.contains(word))
}
