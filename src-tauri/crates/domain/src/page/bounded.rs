//! What a preview shows of a text that no window could lay out while somebody types in it.

use super::{Labels, PageBlock, escape::text};

/// HTML of a block that is still laid out between two frames; a long read's longest paragraph has a tenth of it.
const LARGEST_BLOCK: usize = 128 << 10;
/// Elements of such a block.
const MOST_ELEMENTS: usize = 5_000;
/// HTML and blocks of a body: a text of five megabytes in paragraphs is within.
const LARGEST_BODY: usize = 12 << 20;
const MOST_BLOCKS: usize = 50_000;
/// Characters of a block that is not shown, so that one finds it.
const BEGINNING: usize = 200;

/// Returns the blocks, with a notice in place of what is too large.
pub fn blocks(body: impl Iterator<Item = PageBlock>, labels: &Labels) -> Vec<PageBlock> {
    let (mut shown, mut size) = (Vec::new(), 0);
    for block in body {
        let block = if is_too_large(&block.html) { cut(&block, labels) } else { block };
        size += block.html.len();
        if size > LARGEST_BODY || shown.len() == MOST_BLOCKS {
            shown.push(PageBlock { html: notice(labels.ends_here, ""), ..block });
            break;
        }
        shown.push(block);
    }
    shown
}

fn is_too_large(html: &str) -> bool {
    html.len() > LARGEST_BLOCK || html.bytes().filter(|byte| *byte == b'<').nth(2 * MOST_ELEMENTS).is_some()
}

fn cut(block: &PageBlock, labels: &Labels) -> PageBlock {
    let beginning = words(&block.html);
    PageBlock { html: notice(labels.too_large, &beginning), first_line: block.first_line }
}

/// Returns how the words of a block begin, as they are escaped in it.
fn words(html: &str) -> String {
    let (mut words, mut in_tag) = (String::new(), false);
    for sign in html.chars().take(20 * BEGINNING) {
        match sign {
            '<' => in_tag = true,
            '>' => in_tag = false,
            sign if !in_tag => words.push(sign),
            _ => {}
        }
        if words.len() > 4 * BEGINNING {
            break;
        }
    }
    let words: String =
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(BEGINNING).collect();
    // Nothing is cut within `&amp;`.
    let whole = words.rfind('&').filter(|at| !words[*at..].contains(';')).map_or(words.len(), |at| at);
    words[..whole].to_owned()
}

pub fn notice(words: &str, beginning: &str) -> String {
    let beginning = if beginning.is_empty() { String::new() } else { format!(" <q>{beginning}…</q>") };
    format!("<p class=\"not-taken-in\">{}{beginning}</p>\n", text(words))
}
