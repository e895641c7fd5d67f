//! A table of the page as a Markdown table.

use scraper::{ElementRef, Selector};

use super::line::{escaped, evened};

/// Returns the table's words and its Markdown; the first row is the heading.
pub fn read(table: ElementRef<'_>) -> (String, String) {
    let rows: Vec<Vec<String>> =
        selected(table, "tr").map(|row| selected(row, "th, td").map(words).collect()).collect();
    let rows: Vec<Vec<String>> =
        rows.into_iter().filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let plain = rows.iter().flatten().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let markdown: Vec<String> =
        rows.iter().enumerate().map(|(number, row)| line(row, columns, number == 0)).collect();
    (plain, markdown.join("\n"))
}

fn line(row: &[String], columns: usize, is_heading: bool) -> String {
    let cells: Vec<String> =
        (0..columns).map(|at| row.get(at).map(|cell| escaped(cell)).unwrap_or_default()).collect();
    let line = format!("| {} |", cells.join(" | "));
    if is_heading { format!("{line}\n|{}", " --- |".repeat(columns)) } else { line }
}

fn selected<'a>(element: ElementRef<'a>, what: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(what).expect("the selector is part of the program");
    element.select(&selector).collect::<Vec<_>>().into_iter()
}

fn words(cell: ElementRef<'_>) -> String {
    evened(&cell.text().collect::<Vec<_>>().join(" "))
}
