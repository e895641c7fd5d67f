//! What a newspaper sets apart from its text, as the editor's own blocks: quote with citation, pullquote, group, gallery.

use scraper::ElementRef;
use serde_json::json;

use super::{Block, Post, html::inner};

impl Post<'_> {
    pub(super) fn quote(&self, element: ElementRef<'_>, speaker: Option<String>) -> Block {
        let cite =
            speaker.map_or_else(String::new, |speaker| format!("<cite>{}</cite>", self.marked(&speaker)));
        let html =
            format!("<blockquote class=\"wp-block-quote\">{}{cite}</blockquote>", self.written(element));
        Block::new("quote", json!({}), html)
    }

    pub(super) fn quotation(&self, figure: ElementRef<'_>) -> Option<Block> {
        Some(self.quote(part(figure, "blockquote")?, part(figure, "figcaption").map(inner)))
    }

    /// The editor's pullquote holds one paragraph; what holds more is a quote.
    pub(super) fn pull_quote(&self, figure: ElementRef<'_>) -> Option<Block> {
        let quote = part(figure, "blockquote")?;
        let speaker = part(figure, "figcaption").map(inner);
        if quote.child_elements().any(|child| child.value().name() != "p") {
            return Some(self.quote(quote, speaker));
        }
        let words = quote.child_elements().map(inner).collect::<Vec<_>>().join("<br>");
        let cite =
            speaker.map_or_else(String::new, |speaker| format!("<cite>{}</cite>", self.marked(&speaker)));
        let html = format!(
            "<figure class=\"wp-block-pullquote\"><blockquote><p>{}</p>{cite}</blockquote></figure>",
            self.marked(&words)
        );
        Some(Block::new("pullquote", json!({}), html))
    }

    pub(super) fn group(&self, aside: ElementRef<'_>) -> Block {
        let html = format!("<aside class=\"wp-block-group box\">{}</aside>", self.written(aside));
        Block::new("group", json!({ "tagName": "aside", "className": "box" }), html)
    }

    /// The pictures the portal has, as one gallery; without any its words are a paragraph.
    pub(super) fn gallery_of(&self, figure: ElementRef<'_>) -> Block {
        let pictures: Vec<String> = figure
            .child_elements()
            .filter_map(|picture| self.placed(picture))
            .map(|block| block.written())
            .collect();
        let words = part(figure, "figcaption").map(inner).unwrap_or_default();
        if pictures.is_empty() {
            return self.paragraph(None, &words);
        }
        let words = if words.is_empty() {
            words
        } else {
            let words = self.marked(&words);
            format!("<figcaption class=\"blocks-gallery-caption wp-element-caption\">{words}</figcaption>")
        };
        let html = format!(
            "<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped\">{}{words}</figure>",
            pictures.join("\n\n")
        );
        Block::new("gallery", json!({ "linkTo": "none" }), html)
    }

    /// Returns what stands in an element as blocks, between their comments.
    fn written(&self, element: ElementRef<'_>) -> String {
        self.inside(element).iter().map(Block::written).collect::<Vec<_>>().join("\n\n")
    }
}

fn part<'a>(element: ElementRef<'a>, name: &str) -> Option<ElementRef<'a>> {
    element.child_elements().find(|child| child.value().name() == name)
}
