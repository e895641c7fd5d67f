//! Tables that are tables. One that only holds things in place is read as what it holds.

use ego_tree::NodeId;
use scraper::{ElementRef, node::Element};

use super::{
    inline::Inline,
    style,
    write::{Align, Table},
};

/// Wider and longer ones are cut into their words.
const MOST_CELLS: usize = 20_000;
const WIDEST: usize = 60;

/// The rows of a table, each with its cells.
pub struct Cells<'a> {
    pub rows: Vec<Vec<ElementRef<'a>>>,
}

impl<'a> Cells<'a> {
    pub fn of(table: ElementRef<'a>) -> Self {
        let of_this = |node: ElementRef<'a>| nearest_table(node) == Some(table.id());
        let elements = || table.descendants().filter_map(ElementRef::wrap);
        let rows = elements().filter(|one| one.value().name() == "tr" && of_this(*one));
        let cells = |row: ElementRef<'a>| {
            row.child_elements().filter(|one| matches!(one.value().name(), "td" | "th")).collect::<Vec<_>>()
        };
        Self { rows: rows.map(cells).filter(|cells| !cells.is_empty()).collect() }
    }

    /// Says whether the table shows rows and columns to a reader.
    pub fn is_table(&self, table: ElementRef<'_>) -> bool {
        let nested = table.descendants().skip(1).filter_map(ElementRef::wrap).any(|one| {
            matches!(
                one.value().name(),
                "table" | "h1" | "h2" | "h3" | "ul" | "ol" | "blockquote" | "pre" | "figure"
            )
        });
        let cells: usize = self.rows.iter().map(Vec::len).sum();
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let role = table.value().attr("role").unwrap_or_default();
        !nested
            && columns > 1
            && columns <= WIDEST
            && cells <= MOST_CELLS
            && !matches!(role, "presentation" | "none")
    }
}

fn nearest_table(node: ElementRef<'_>) -> Option<NodeId> {
    node.ancestors()
        .filter_map(ElementRef::wrap)
        .find(|one| one.value().name() == "table")
        .map(|table| table.id())
}

/// Returns how many columns or rows a cell takes.
pub fn span(cell: &Element, name: &str) -> usize {
    cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, WIDEST)
}

/// Returns on which side a cell's words stand.
pub fn side(cell: ElementRef<'_>) -> Align {
    let said = |element: &Element| {
        let style = style::value(element.attr("style").unwrap_or_default(), "text-align");
        style.or_else(|| element.attr("align").map(str::to_lowercase))
    };
    let inner = || cell.child_elements().next().and_then(|inner| said(inner.value()));
    match said(cell.value()).or_else(inner).as_deref() {
        Some("right" | "end") => Align::Right,
        Some("center") => Align::Middle,
        Some("left") => Align::Left,
        _ => Align::None,
    }
}

/// Puts cells that reach over several columns or rows where Markdown's, which do not, have to stand.
pub fn laid_out(rows: Vec<Vec<(Inline, usize, usize)>>) -> Vec<Vec<Inline>> {
    let mut taken: Vec<usize> = Vec::new(); // rows that a cell above still takes, by column
    let mut out = Vec::new();
    for row in rows {
        let mut line: Vec<Inline> = Vec::new();
        let mut cells = row.into_iter();
        loop {
            let at = line.len();
            if let Some(left) = taken.get_mut(at).filter(|left| **left > 0) {
                *left -= 1;
                line.push(Inline::default());
                continue;
            }
            let Some((words, columns, rows)) = cells.next() else { break };
            if at >= WIDEST {
                line.last_mut().expect("it is wide").join(words);
                continue;
            }
            for column in 0..columns {
                if taken.len() <= at + column {
                    taken.resize(at + column + 1, 0);
                }
                taken[at + column] = rows - 1;
            }
            line.push(words);
            line.extend((1..columns).map(|_| Inline::default()));
        }
        out.push(line);
    }
    out
}

/// Takes away rows and last columns in which there is nothing.
pub fn tidied(rows: Vec<Vec<Inline>>, sides: Vec<Align>) -> Table {
    let mut rows: Vec<Vec<Inline>> =
        rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
    let used = rows
        .iter()
        .filter_map(|row| row.iter().rposition(|cell| !cell.is_blank()))
        .max()
        .map_or(0, |at| at + 1);
    rows.iter_mut().for_each(|row| row.truncate(used));
    if let Some(heading) = rows.first_mut() {
        heading.iter_mut().for_each(Inline::not_all_bold);
    }
    Table { rows, sides }
}
