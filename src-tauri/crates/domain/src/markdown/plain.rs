//! A text that is marked up beyond reading: its paragraphs as they were typed. Nothing is lost, only the marks are shown.

use super::{Block, Figures, Once, Rendered, escaped, reference, tree};
use crate::ids::PlacementId;

const PICTURE: &str = "![](";

pub fn render(body: &str, figures: &dyn Figures) -> Rendered {
    let mut seen = Once::default();
    let (mut blocks, mut words) = (Vec::new(), Vec::new());
    for (first_line, paragraph) in paragraphs(body) {
        let (text, named) = taken_out(paragraph);
        let shown: String =
            named.into_iter().filter(|id| seen.first(*id)).map(|id| figures.figure(id)).collect();
        let text = text.trim();
        let html = if text.is_empty() { shown } else { format!("<p>{}</p>\n{shown}", escaped(text)) };
        if !html.is_empty() {
            blocks.push(Block { html, first_line });
        }
        if !text.is_empty() {
            words.push(text.to_owned());
        }
    }
    Rendered { blocks, words: words.join("\n"), as_typed: true }
}

pub fn words(body: &str) -> String {
    let texts = paragraphs(body).map(|(_, paragraph)| taken_out(paragraph).0.trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

pub fn used_placements(body: &str) -> Vec<PlacementId> {
    let mut seen = Once::default();
    taken_out(body).1.into_iter().filter(|id| seen.first(*id)).collect()
}

/// Returns what stands between blank lines, and the line (1-based) each begins on.
fn paragraphs(body: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut line = 1_u32;
    body.split("\n\n").map(move |paragraph| {
        let blank = paragraph.bytes().take_while(|byte| *byte == b'\n').count();
        let first = line.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        let breaks = paragraph.bytes().filter(|byte| *byte == b'\n').count() + 2;
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        (first, paragraph)
    })
}

/// Returns the text without the pictures it names, and the placements of those.
fn taken_out(text: &str) -> (String, Vec<PlacementId>) {
    let (mut words, mut named, mut rest) = (String::with_capacity(text.len()), Vec::new(), text);
    while let Some(at) = rest.find(PICTURE) {
        let address = &rest[at + PICTURE.len()..];
        // A placement's address is short: what is longer is none, and is not searched to its end.
        let end = address.bytes().take(64).position(|byte| byte == b')');
        let id = end.and_then(|end| tree::placement(&address[..end]));
        words.push_str(&rest[..at]);
        if let Some(id) = id {
            named.push(id);
            rest = &rest[at + reference(id).len()..];
        } else {
            words.push_str(PICTURE);
            rest = address;
        }
    }
    words.push_str(rest);
    (words, named)
}
