//! Tables: the editor keeps a cell's alignment in a class and an attribute of its own.

use scraper::ElementRef;
use serde_json::json;

use super::{Block, html::inner};

/// Returns the block of a table; `marked` marks a cell's words with their language.
pub fn block(table: ElementRef<'_>, marked: &dyn Fn(&str) -> String) -> Block {
    let sections: String = table
        .child_elements()
        .filter(|section| matches!(section.value().name(), "thead" | "tbody"))
        .map(|section| {
            let name = section.value().name();
            let rows: String = section.child_elements().map(|row| self::row(row, marked)).collect();
            format!("<{name}>{rows}</{name}>")
        })
        .collect();
    // Said though it is the older default: newer editors have the other one.
    let attributes = json!({ "hasFixedLayout": false });
    Block::new(
        "table",
        attributes,
        format!("<figure class=\"wp-block-table\"><table>{sections}</table></figure>"),
    )
}

fn row(row: ElementRef<'_>, marked: &dyn Fn(&str) -> String) -> String {
    let cells: String = row
        .child_elements()
        .map(|cell| {
            let name = cell.value().name();
            let aligned = cell.attr("align").filter(|side| matches!(*side, "left" | "center" | "right"));
            let aligned = aligned.map_or_else(String::new, |side| {
                format!(" class=\"has-text-align-{side}\" data-align=\"{side}\"")
            });
            format!("<{name}{aligned}>{}</{name}>", marked(&inner(cell)))
        })
        .collect();
    format!("<tr>{cells}</tr>")
}
