//! The one reading of Markdown, with an end to its work: a text of a megabyte may cost a quarter of a second, no more.

use std::cell::Cell;

use comrak::{Arena, Options, ParseCancelled, format_html, nodes::AstNode, try_parse_document};

/// Steps (a line, an inline, a node) between two questions of the parser whether it is to go on.
const STEPS_AT_ONCE: usize = 256;
/// Any text may cost so much: a small one is never long in the reading.
const STEPS_OF_ANY: usize = 500_000;
/// And so much for each of its bytes. Dense markup costs less than 2; one quotation mark after another, 7.
const STEPS_OF_A_BYTE: usize = 2;
/// What the parser does for a number of a footnote beyond the steps it counts.
const STEPS_OF_A_FOOTNOTE: usize = 8;

/// What a heading of the text is called on the page, where it is one level below what was typed.
pub const SUBHEAD: &str = "subhead";

/// Returns the tree of a body, unless it takes more steps than a text of its length may. The same text always ends the
/// same way: steps are counted, not time.
pub fn tree<'a>(arena: &'a Arena<'a>, body: &str) -> Result<&'a AstNode<'a>, ParseCancelled> {
    let uncounted = STEPS_OF_A_FOOTNOTE * body.matches("[^").count();
    let may_cost = (STEPS_OF_ANY + STEPS_OF_A_BYTE * body.len()).saturating_sub(uncounted);
    let left = Cell::new(may_cost / STEPS_AT_ONCE);
    let spent = || {
        left.set(left.get().saturating_sub(1));
        left.get() == 0
    };
    try_parse_document(arena, body, &options(), &spent)
}

/// Returns the HTML of a node and what stands in it.
pub fn html_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut html = String::new();
    format_html(node, &options(), &mut html).expect("writing to a string does not fail");
    subheads(html)
}

/// Headings of the text say that they are: copied from the page and pasted, each comes back as what was typed. Words hold no `<`.
fn subheads(html: String) -> String {
    if !html.contains("<h") {
        return html;
    }
    (2..=6).fold(html, |html, level| {
        html.replace(&format!("<h{level}>"), &format!("<h{level} class=\"{SUBHEAD}\">"))
    })
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
