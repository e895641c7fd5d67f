//! Markdown as the portal shows it: the one renderer of preview, checks and publication.
//!
//! Raw HTML is shown as the text it is, links lead only where a reader may be sent, and `![](photo:<placement id>)` is
//! the only way a picture gets onto a page. Nothing here can make script, style or a frame.
//! `docs/markdown.md` says what may be written.

pub mod embed;
mod frame;
mod marks;
mod parse;
mod plain;
mod tree;
mod words;

use comrak::{
    Arena,
    nodes::{AstNode, NodeValue},
};

use crate::ids::PlacementId;
use embed::Embed;
use marks::Marks;

pub use parse::SUBHEAD;
pub use words::{plain_text, word_count};

/// A top-level block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub html: String,
    /// Line of the body it begins on, 1-based.
    pub first_line: u32,
}

/// A body as it was read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// In order; joined they are the body.
    pub blocks: Vec<Block>,
    /// What [`plain_text`] returns.
    pub words: String,
    /// It is marked up beyond what is read as Markdown: its paragraphs stand as they were typed.
    pub as_typed: bool,
}

/// What stands on the page for what the body only names.
pub trait Figures {
    /// Returns the figure of a placement, or nothing where readers see none.
    fn figure(&self, placement: PlacementId) -> String;
    /// Returns what stands for a picture that the desk has not taken in; readers see nothing.
    fn not_taken_in(&self, address: &str) -> String;
    /// Returns the card of a video, a recording or a post. It loads nothing.
    fn embed(&self, embed: &Embed<'_>) -> String;
    /// Returns a table as it stands on the page: one wider than the page scrolls in a box of its own.
    fn table(&self, html: String) -> String {
        html
    }
    /// Returns what the arrow at the end of a footnote is called, `{}` for the number it leads back to.
    fn back_from_note(&self) -> &str {
        "Back to reference {}"
    }
}

/// Renders the body.
///
/// Footnotes are the last block. A placement is shown where it is first named, once.
#[must_use]
pub fn render(body: &str, figures: &dyn Figures) -> Rendered {
    let arena = Arena::new();
    let Ok(root) = parse::tree(&arena, body) else { return plain::render(body, figures) };
    let marks = Marks::take(&arena, root);
    let words = words::of(root);
    Rendered { blocks: blocks_of(&arena, root, &marks, figures), words, as_typed: false }
}

fn blocks_of<'a>(
    arena: &'a Arena<'a>,
    root: &'a AstNode<'a>,
    marks: &Marks<'a>,
    figures: &dyn Figures,
) -> Vec<Block> {
    let pictures = tree::prepare(arena, root, marks, figures);
    frame::inner(root, marks, figures);
    let (footnotes, blocks): (Vec<_>, Vec<_>) = root.children().partition(|node| is_footnote(node));
    let mut rendered: Vec<Block> = blocks
        .into_iter()
        .map(|node| Block { html: frame::block(node, marks, &pictures, figures), first_line: line(node) })
        .filter(|block| !block.html.is_empty())
        .collect();
    if let Some(first) = footnotes.first() {
        let first_line = line(first);
        let shown: String = footnotes.iter().map(|footnote| pictures.of(footnote)).collect();
        let section = arena.alloc(NodeValue::Document.into());
        for footnote in footnotes {
            section.append(footnote);
        }
        let notes = named(&parse::html_of(section), figures.back_from_note());
        rendered.push(Block { html: notes + &shown, first_line });
    }
    rendered
}

/// The arrows of footnotes are called by the article's words. No word of a note holds a quotation mark that is not escaped.
fn named(notes: &str, back: &str) -> String {
    const OURS: &str = " aria-label=\"Back to reference ";
    let mut pieces = notes.split(OURS);
    let mut html = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('"').unwrap_or((piece, ""));
        html += &format!(" aria-label=\"{}\"{rest}", escaped(back).replace("{}", number));
    }
    html
}

/// Returns the blocks of the page's body.
#[must_use]
pub fn blocks(body: &str, figures: &dyn Figures) -> Vec<Block> {
    render(body, figures).blocks
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

    fn embed(&self, embed: &Embed<'_>) -> String {
        embed.html("")
    }
}

/// Returns the placements that the body names, in order, each once.
#[must_use]
pub fn used_placements(body: &str) -> Vec<PlacementId> {
    let arena = Arena::new();
    let Ok(root) = parse::tree(&arena, body) else { return plain::used_placements(body) };
    let mut used = Once::default();
    root.descendants().filter_map(tree::placement_of).filter(|id| used.first(*id)).collect()
}

/// Tells the first of several from those that come again.
#[derive(Default)]
struct Once(std::collections::HashSet<PlacementId>);

impl Once {
    fn first(&mut self, id: PlacementId) -> bool {
        self.0.insert(id)
    }
}

/// Returns how the body names a placement.
#[must_use]
pub fn reference(placement: PlacementId) -> String {
    format!("![](photo:{placement})")
}

fn line<'a>(node: &'a AstNode<'a>) -> u32 {
    u32::try_from(node.data().sourcepos.start.line).unwrap_or(u32::MAX)
}

fn is_footnote<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::FootnoteDefinition(_))
}

/// Escapes text that stands between tags or in a quoted attribute.
fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            sign => html.push(sign),
        }
    }
    html
}

#[cfg(test)]
mod tests;
