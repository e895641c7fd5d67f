//! Makes the parsed tree fit for a page before it is rendered: pictures, links, headings, depth.

use std::collections::{HashMap, HashSet};

use comrak::{
    Arena,
    nodes::{AstNode, NodeValue},
};

use super::{Figures, Once, line, marks::Marks};
use crate::ids::PlacementId;

/// Deeper nesting is flattened: 50 KB of `>` would otherwise become megabytes of quotes.
const DEEPEST: usize = 100;

/// The figures that stand after, or instead of, a block, by where the block begins.
pub struct Pictures {
    figures: HashMap<(u32, usize), String>,
    alone: HashSet<(u32, usize)>,
}

impl Pictures {
    /// Returns the figures named in a top-level block.
    pub fn of<'a>(&self, node: &'a AstNode<'a>) -> &str {
        self.figures.get(&key(node)).map_or("", String::as_str)
    }

    /// Returns a block's HTML with its figures: a picture alone in its paragraph replaces it, others follow.
    pub fn around<'a>(&self, node: &'a AstNode<'a>, html: impl FnOnce() -> String) -> String {
        let figure = self.of(node);
        if self.alone.contains(&key(node)) { figure.to_owned() } else { html() + figure }
    }
}

/// A block's place in the source tells it from every other.
fn key<'a>(node: &'a AstNode<'a>) -> (u32, usize) {
    (line(node), node.data().sourcepos.start.column)
}

/// Returns the placement that a picture's address names.
pub fn placement(url: &str) -> Option<PlacementId> {
    url.strip_prefix("photo:")?.parse().ok()
}

/// Returns the placement that a node shows.
pub fn placement_of<'a>(node: &'a AstNode<'a>) -> Option<PlacementId> {
    let NodeValue::Image(link) = &node.data().value else { return None };
    placement(&link.url)
}

/// Prepares the tree and takes the pictures out of it.
pub fn prepare<'a>(
    arena: &'a Arena<'a>,
    root: &'a AstNode<'a>,
    marks: &Marks<'a>,
    figures: &dyn Figures,
) -> Pictures {
    let pictures = take_pictures(&marks.blocks(root), figures); // before anything is flattened: no picture is lost in the deep
    show_raw_html(arena, root);
    flatten(arena, root);
    shift_headings(root);
    unlink(root);
    pictures
}

fn flatten<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
    let mut level: Vec<&AstNode> = vec![root];
    for _ in 0..DEEPEST {
        level = level.into_iter().flat_map(AstNode::children).collect();
    }
    for node in level {
        // A list holds only items, a table only rows: there the whole list or table becomes one paragraph.
        let node = node.ancestors().find(|node| may_be_words(node)).unwrap_or(node);
        if node.first_child().is_some() {
            flatten_to_words(arena, node);
        }
    }
}

/// Whether this node may be replaced by its words where it stands.
fn may_be_words<'a>(node: &'a AstNode<'a>) -> bool {
    let is_block = node.data().value.block();
    !is_block || node.parent().is_some_and(|parent| parent.can_contain_type(&NodeValue::Paragraph))
}

fn flatten_to_words<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>) {
    let text: String = node.descendants().filter_map(text_of).collect::<Vec<_>>().join(" ");
    for child in node.children().collect::<Vec<_>>() {
        child.detach();
    }
    let is_block = node.data().value.block();
    if is_block {
        node.data_mut().value = NodeValue::Paragraph;
        node.append(arena.alloc(NodeValue::Text(text.into()).into()));
    } else {
        node.data_mut().value = NodeValue::Text(text.into());
    }
}

/// Returns the words a node itself holds.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "comrak's nodes: those not named hold no words of their own"
)]
pub fn text_of<'a>(node: &'a AstNode<'a>) -> Option<String> {
    match &node.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        NodeValue::Code(code) => Some(code.literal.clone()),
        NodeValue::CodeBlock(code) => Some(code.literal.clone()),
        NodeValue::HtmlInline(html) => Some(html.clone()),
        NodeValue::HtmlBlock(html) => Some(html.literal.clone()),
        NodeValue::SoftBreak | NodeValue::LineBreak => Some("\n".into()),
        _ => None,
    }
}

/// A block of raw HTML becomes a paragraph that shows it: every block of the page is an element.
fn show_raw_html<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
    for node in root.descendants() {
        let Some(literal) = raw_html(node) else { continue };
        node.data_mut().value = NodeValue::Paragraph;
        node.append(arena.alloc(NodeValue::Text(literal.into()).into()));
    }
}

fn raw_html<'a>(node: &'a AstNode<'a>) -> Option<String> {
    if let NodeValue::HtmlBlock(html) = &node.data().value {
        Some(html.literal.trim_end().to_owned())
    } else {
        None
    }
}

/// The page's one `h1` is the headline.
fn shift_headings<'a>(root: &'a AstNode<'a>) {
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = (heading.level + 1).min(6);
        }
    }
}

/// A link that leads where no reader may be sent becomes its words.
fn unlink<'a>(root: &'a AstNode<'a>) {
    let links: Vec<&AstNode> = root
        .descendants()
        .filter(|node| matches!(&node.data().value, NodeValue::Link(link) if !may_be_followed(&link.url)))
        .collect();
    for link in links {
        for child in link.children().collect::<Vec<_>>() {
            link.insert_before(child);
        }
        link.detach();
    }
}

/// Only whole web addresses, mail and telephone; a leading space of any script would hide another scheme.
fn may_be_followed(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

fn take_pictures<'a>(blocks: &[&'a AstNode<'a>], figures: &dyn Figures) -> Pictures {
    let mut taken = Pictures { figures: HashMap::new(), alone: HashSet::new() };
    let mut shown = Once::default();
    for block in blocks.iter().copied() {
        let images: Vec<&AstNode> =
            block.descendants().filter(|node| matches!(node.data().value, NodeValue::Image(_))).collect();
        if images.is_empty() {
            continue;
        }
        for image in images {
            let figure = figure_of(image, figures, &mut shown);
            taken.figures.entry(key(block)).or_default().push_str(&figure);
            detach_with_husk(image, block);
        }
        if is_husk(block) {
            taken.alone.insert(key(block));
        }
    }
    taken
}

fn figure_of<'a>(image: &'a AstNode<'a>, figures: &dyn Figures, shown: &mut Once) -> String {
    let url = if let NodeValue::Image(link) = &image.data().value { link.url.clone() } else { String::new() };
    match placement(&url) {
        Some(id) if shown.first(id) => figures.figure(id),
        Some(_) => String::new(), // a caption is printed once
        None => figures.not_taken_in(&url),
    }
}

/// Detaches a picture and what held nothing else (a link, a paragraph, a list's item), up to its top-level block.
fn detach_with_husk<'a>(image: &'a AstNode<'a>, block: &'a AstNode<'a>) {
    let mut next = image.parent();
    image.detach();
    while let Some(node) = next.filter(|node| !node.same_node(block) && is_husk(node)) {
        next = node.parent();
        node.detach();
    }
}

/// Whether a node that held pictures holds nothing for readers any more. A table keeps its cells.
///
/// Asked after every picture, from the end: the next picture answers at once, the breaks left by those before it do not.
#[expect(clippy::wildcard_enum_match_arm, reason = "comrak's nodes: only the one named is meant")]
fn is_husk<'a>(node: &'a AstNode<'a>) -> bool {
    !matches!(node.data().value, NodeValue::TableCell | NodeValue::FootnoteDefinition(_))
        && node.reverse_children().all(|child| match &child.data().value {
            NodeValue::SoftBreak | NodeValue::LineBreak => true,
            NodeValue::Text(text) => text.trim().is_empty(),
            _ => false,
        })
}
