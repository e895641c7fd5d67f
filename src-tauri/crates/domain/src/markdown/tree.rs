//! Makes the parsed tree fit for a page before it is rendered: pictures, links, headings, depth.

use std::collections::{HashMap, HashSet};

use comrak::{
    Arena,
    nodes::{AstNode, NodeValue},
};

use super::{Block, Figures, line};
use crate::ids::PlacementId;

/// Deeper nesting is flattened: 50 KB of `>` would otherwise become megabytes of quotes.
const DEEPEST: usize = 100;

/// The figures that stand after, or instead of, a top-level block, by the block's first line.
pub struct Pictures {
    figures: HashMap<(u32, usize), String>,
    alone: HashSet<(u32, usize)>,
}

impl Pictures {
    /// Returns a block's HTML with its figures: a picture alone in its paragraph replaces it, others follow.
    pub fn around<'a>(&self, node: &'a AstNode<'a>, html: String) -> Block {
        let key = key(node);
        let figure = self.figures.get(&key).map_or("", String::as_str);
        let html = if self.alone.contains(&key) { figure.to_owned() } else { html + figure };
        Block { html, first_line: line(node) }
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

/// Prepares the tree and takes the pictures out of it.
pub fn prepare<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, figures: &dyn Figures) -> Pictures {
    flatten(arena, root);
    shift_headings(root);
    unlink(root);
    take_pictures(root, figures)
}

fn flatten<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
    let mut level: Vec<&AstNode> = vec![root];
    for _ in 0..DEEPEST {
        level = level.into_iter().flat_map(AstNode::children).collect();
    }
    for node in level {
        let text: String = node.descendants().filter_map(text_of).collect::<Vec<_>>().join(" ");
        for child in node.children().collect::<Vec<_>>() {
            child.detach();
        }
        if node.data().value.block() {
            node.data_mut().value = NodeValue::Paragraph;
            node.append(arena.alloc(NodeValue::Text(text.into()).into()));
        }
    }
}

/// Returns the words a node itself holds.
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

fn take_pictures<'a>(root: &'a AstNode<'a>, figures: &dyn Figures) -> Pictures {
    let mut taken = Pictures { figures: HashMap::new(), alone: HashSet::new() };
    let mut shown = HashSet::new();
    for block in root.children() {
        let images: Vec<&AstNode> =
            block.descendants().filter(|node| matches!(node.data().value, NodeValue::Image(_))).collect();
        if images.is_empty() {
            continue;
        }
        if is_pictures_only(block) {
            taken.alone.insert(key(block));
        }
        for image in images {
            let figure = figure_of(image, figures, &mut shown);
            taken.figures.entry(key(block)).or_default().push_str(&figure);
            image.detach();
        }
    }
    taken
}

fn figure_of<'a>(image: &'a AstNode<'a>, figures: &dyn Figures, shown: &mut HashSet<PlacementId>) -> String {
    let url = match &image.data().value {
        NodeValue::Image(link) => link.url.clone(),
        _ => String::new(),
    };
    match placement(&url) {
        Some(id) if shown.insert(id) => figures.figure(id),
        Some(_) => String::new(), // a caption is printed once
        None => figures.not_taken_in(&url),
    }
}

fn is_pictures_only<'a>(block: &'a AstNode<'a>) -> bool {
    matches!(block.data().value, NodeValue::Paragraph)
        && block.children().all(|child| match &child.data().value {
            NodeValue::Image(_) | NodeValue::SoftBreak | NodeValue::LineBreak => true,
            NodeValue::Text(text) => text.trim().is_empty(),
            _ => false,
        })
}
