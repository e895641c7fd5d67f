//! Markdown as the portal shows it: the one renderer of preview, checks and publication.
//!
//! Raw HTML is shown as the text it is, links lead only where a reader may be sent, and `![](photo:<placement id>)` is
//! the only way a picture gets onto a page. Nothing here can make script, style or a frame.

mod tree;
mod words;

use comrak::{
    Arena, Options, format_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};

use crate::ids::PlacementId;

pub use words::{plain_text, word_count};

/// A top-level block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub html: String,
    /// Line of the body it begins on, 1-based.
    pub first_line: u32,
}

/// What stands for a picture on the page.
pub trait Figures {
    /// Returns the figure of a placement, or nothing where readers see none.
    fn figure(&self, placement: PlacementId) -> String;
    /// Returns what stands for a picture that the desk has not taken in; readers see nothing.
    fn not_taken_in(&self, address: &str) -> String;
}

/// Returns the blocks of the page's body, in order; joined they are the body.
///
/// Footnotes are the last block. A placement is shown where it is first named, once.
#[must_use]
pub fn blocks(body: &str, figures: &dyn Figures) -> Vec<Block> {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, body, &options);
    let pictures = tree::prepare(&arena, root, figures);
    let (footnotes, blocks): (Vec<_>, Vec<_>) = root.children().partition(|node| is_footnote(node));
    let mut rendered: Vec<Block> = blocks
        .into_iter()
        .map(|node| pictures.around(node, html_of(node, &options)))
        .filter(|b| !b.html.is_empty())
        .collect();
    if let Some(first) = footnotes.first() {
        let first_line = line(first);
        let figures: String = footnotes.iter().map(|footnote| pictures.of(footnote)).collect();
        let section = arena.alloc(NodeValue::Document.into());
        for footnote in footnotes {
            section.append(footnote);
        }
        rendered.push(Block { html: html_of(section, &options) + &figures, first_line });
    }
    rendered
}

/// Returns the body's HTML as readers get it where no picture is known.
#[must_use]
pub fn html(body: &str) -> String {
    blocks(body, &NoFigures).into_iter().map(|block| block.html).collect()
}

struct NoFigures;

impl Figures for NoFigures {
    fn figure(&self, _placement: PlacementId) -> String {
        String::new()
    }

    fn not_taken_in(&self, _address: &str) -> String {
        String::new()
    }
}

/// Returns the placements that the body names, in order, each once.
#[must_use]
pub fn used_placements(body: &str) -> Vec<PlacementId> {
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options());
    let mut used = Vec::new();
    for node in root.descendants() {
        if let NodeValue::Image(link) = &node.data().value
            && let Some(id) = tree::placement(&link.url)
            && !used.contains(&id)
        {
            used.push(id);
        }
    }
    used
}

/// Returns how the body names a placement.
#[must_use]
pub fn reference(placement: PlacementId) -> String {
    format!("![](photo:{placement})")
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.superscript = false;
    options.render.escape = true; // raw HTML is text: nothing runs, nothing vanishes
    options
}

fn html_of<'a>(node: &'a AstNode<'a>, options: &Options<'_>) -> String {
    let mut html = String::new();
    format_html(node, options, &mut html).expect("writing to a string does not fail");
    html
}

fn line<'a>(node: &'a AstNode<'a>) -> u32 {
    u32::try_from(node.data().sourcepos.start.line).unwrap_or(u32::MAX)
}

fn is_footnote<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::FootnoteDefinition(_))
}

#[cfg(test)]
mod tests;
