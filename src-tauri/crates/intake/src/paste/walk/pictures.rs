//! Pictures and the words under them.

use scraper::{ElementRef, node::Element};

use super::{Flow, Inside, Walk, plain};
use crate::paste::{inline::Inline, picture, table, write::Block};

impl Walk<'_> {
    pub(super) fn image(&mut self, value: &Element, inside: Inside, flow: &mut Flow) {
        match picture::of(value, &self.page.inside, self.new_id) {
            picture::Image::Sign(sign) => flow.line.text(&sign, inside.look, inside.link),
            picture::Image::Nothing => {}
            picture::Image::Picture(picture) => {
                flow.picture(picture.id);
                self.pictures.push(picture);
            }
        }
    }

    pub(super) fn figure(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let before = self.pictures.len();
        let is_caption = |one: &ElementRef<'_>| one.value().name() == "figcaption";
        let caption = element.descendants().filter_map(ElementRef::wrap).find(is_caption);
        if caption.is_none_or(|caption| caption.parent().map(|parent| parent.id()) != Some(element.id())) {
            self.children(*element, inside, flow);
            flow.end_line();
            return;
        }
        for child in element.children() {
            if ElementRef::wrap(child).is_none_or(|child| Some(child) != caption) {
                self.child(child, inside, flow);
            }
        }
        flow.end_line();
        let blocks = caption.map(|caption| self.caption_of(caption, inside)).unwrap_or_default();
        if self.pictures.len() > before {
            self.give_caption(&blocks);
        } else {
            flow.blocks.extend(blocks); // of a table, or of something that cannot be pasted
        }
    }

    /// Says whether this is what a page prints right under a picture.
    pub(super) fn is_caption(&self, element: ElementRef<'_>, flow: &Flow) -> bool {
        let last = flow.blocks.last();
        let bare = self.pictures.last().is_some_and(|picture| {
            last == Some(&Block::Picture(picture.id))
                && picture.caption.is_empty()
                && picture.credit_line.is_empty()
        });
        bare && flow.line.is_blank() && picture::is_caption(element.value()) && !has_image(element)
    }

    pub(super) fn caption_below(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.line = Inline::default();
        let blocks = self.caption_of(element, inside);
        self.give_caption(&blocks);
    }

    pub(super) fn caption_of(&mut self, element: ElementRef<'_>, inside: Inside) -> Vec<Block> {
        (self.in_caption, self.credit) = (true, None);
        let blocks = self.flow_of(element, inside);
        self.in_caption = false;
        blocks
    }

    pub(super) fn give_caption(&mut self, blocks: &[Block]) {
        let lines: Vec<String> = blocks.iter().map(plain).filter(|line| !line.is_empty()).collect();
        let credit = self.credit.take();
        if lines.is_empty() && credit.is_none() {
            return;
        }
        if let Some(picture) = self.pictures.last_mut() {
            picture::caption(picture, &lines, credit.as_deref());
        }
    }

    /// Many Vietnamese papers put a picture and its caption into a table of two rows.
    pub(super) fn picture_table(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) -> bool {
        let images =
            element.descendants().filter_map(ElementRef::wrap).filter(|one| one.value().name() == "img");
        let words: String = element.text().collect();
        let rows = table::Cells::of(element).rows;
        let is_one = images.count() == 1
            && words.trim().chars().count() <= picture::LONGEST_CAPTION
            && rows.iter().all(|row| row.len() == 1);
        if !is_one {
            return false;
        }
        let before = self.pictures.len();
        (self.in_caption, self.credit) = (true, None);
        let blocks = self.flow_of(element, inside);
        self.in_caption = false;
        if self.pictures.len() == before {
            flow.blocks.extend(blocks);
            return true;
        }
        self.give_caption(&blocks);
        flow.blocks.extend(blocks.into_iter().filter(|block| matches!(block, Block::Picture(_))));
        true
    }
}

fn has_image(element: ElementRef<'_>) -> bool {
    element.descendants().filter_map(ElementRef::wrap).any(|one| one.value().name() == "img")
}
