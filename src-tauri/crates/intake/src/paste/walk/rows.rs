//! Lists and tables.

use scraper::ElementRef;

use super::{Flow, Inside, Walk};
use crate::paste::{
    style::{self, Stands},
    table, word,
    write::{Block, Item, List},
};

impl Walk<'_> {
    pub(super) fn list(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let ordered = element.value().name() == "ol";
        let number =
            |value: Option<&str>| value.and_then(|n| n.trim().parse::<u32>().ok()).map(|n| n.min(99_999));
        let mut list = List {
            from: ordered.then(|| number(element.value().attr("start")).unwrap_or(1)),
            items: Vec::new(),
        };
        let mut other = Flow::default();
        for child in element.children() {
            let item = ElementRef::wrap(child).filter(|item| item.value().name() == "li");
            if let Some(item) = item.filter(|item| item.value().attr("data-aria-level").is_some()) {
                self.item(item, list.from, inside, flow);
            } else if let Some(item) = item {
                if let (true, Some(value)) =
                    (ordered && list.items.is_empty(), number(item.value().attr("value")))
                {
                    list.from = Some(value);
                }
                self.one_item(item, inside, &mut list);
            } else {
                // A list right in a list (Google Docs), or words that belong to the item above.
                self.child(child, inside, &mut other);
                let blocks = std::mem::take(&mut other).done();
                match list.items.last_mut() {
                    Some(last) => last.extend(blocks),
                    None if blocks.is_empty() => {}
                    None => list.items.push(blocks),
                }
            }
        }
        list.items.retain(|item| !item.is_empty());
        if !list.items.is_empty() {
            flow.blocks.push(Block::List(list));
        }
    }

    pub(super) fn one_item(&mut self, item: ElementRef<'_>, inside: Inside, list: &mut List) {
        if self.is_left_out(item, inside) {
            return;
        }
        let (look, stands) = style::look(item.value(), inside.look, &self.sheet);
        if stands == Stands::Hidden {
            return;
        }
        let blocks = self.flow_of(item, Inside { look, depth: inside.depth + 1, ..inside });
        // An item that is nothing but a list is that list, one step deeper, under the item before it.
        let only_lists = !blocks.is_empty() && blocks.iter().all(|block| matches!(block, Block::List(_)));
        match list.items.last_mut() {
            Some(last) if only_lists => last.extend(blocks),
            _ => list.items.push(blocks),
        }
    }

    /// An item without a list around it, or one in a list of its own, as Word on the web has it.
    pub(super) fn item(
        &mut self,
        element: ElementRef<'_>,
        ordered: Option<u32>,
        inside: Inside,
        flow: &mut Flow,
    ) {
        flow.end_line();
        let place = word::place_online(element.value(), ordered).unwrap_or(word::Place {
            list: String::new(),
            level: 1,
            number: None,
        });
        let (look, _) = style::look(element.value(), inside.look, &self.sheet);
        let blocks = self.flow_of(element, Inside { look, depth: inside.depth + 1, ..inside });
        push_item(place, blocks, flow);
    }

    pub(super) fn word_item(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        let place = word::place(element, &self.sheet).expect("it was just seen");
        let blocks = self.flow_of(element, inside);
        push_item(place, blocks, flow);
    }

    pub(super) fn table(&mut self, element: ElementRef<'_>, inside: Inside, flow: &mut Flow) {
        flow.end_line();
        if self.picture_table(element, inside, flow) {
            return;
        }
        let cells = table::Cells::of(element);
        if !cells.is_table(element) {
            self.children(*element, inside, flow);
            flow.end_line();
            return;
        }
        let mut rest = Vec::new();
        if let Some(caption) = element.child_elements().find(|one| one.value().name() == "caption") {
            flow.blocks.extend(self.flow_of(caption, inside));
        }
        let sides = cells
            .rows
            .iter()
            .rev()
            .max_by_key(|row| row.len())
            .map(|row| row.iter().map(|cell| table::side(*cell)).collect());
        let mut rows = Vec::new();
        for row in &cells.rows {
            let mut line = Vec::new();
            for cell in row {
                let (look, stands) = style::look(cell.value(), inside.look, &self.sheet);
                let (words, more) = match stands {
                    Stands::Hidden => Default::default(),
                    Stands::AsUsual | Stands::AsBlock | Stands::InLine => {
                        self.line_of(*cell, Inside { look, depth: inside.depth + 3, ..inside })
                    }
                };
                rest.extend(more);
                line.push((
                    words,
                    table::span(cell.value(), "colspan"),
                    table::span(cell.value(), "rowspan"),
                ));
            }
            rows.push(line);
        }
        let table = table::tidied(table::laid_out(rows), sides.unwrap_or_default());
        if !table.rows.is_empty() {
            flow.blocks.push(Block::Table(table));
        }
        flow.blocks.extend(rest);
    }
}

fn push_item(place: word::Place, blocks: Vec<Block>, flow: &mut Flow) {
    if !blocks.is_empty() {
        let word::Place { list, level, number } = place;
        flow.blocks.push(Block::Item(Item { list, level, number, blocks }));
    }
}
