//! The words of a text, without its marks.

use comrak::{
    Arena,
    nodes::{AstNode, NodeValue},
};

use super::{marks::Marks, parse, plain, tree::text_of};

/// Returns the body's words, one line per paragraph, without Markdown's marks and without pictures.
#[must_use]
pub fn plain_text(body: &str) -> String {
    let arena = Arena::new();
    let Ok(root) = parse::tree(&arena, body) else { return plain::words(body) };
    Marks::take(&arena, root);
    of(root)
}

/// Returns the words of a tree whose marks are taken.
pub fn of<'a>(root: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in root.descendants() {
        if matches!(node.data().value, NodeValue::Image(_)) {
            continue;
        }
        if node.data().value.block() && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&text_of(node).unwrap_or_default());
    }
    text.trim().to_owned()
}

/// Counts words as the language's readers do: by spaces, and each sign of scripts that are written without them.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().map(words_in).sum()
}

fn words_in(piece: &str) -> usize {
    let signs = piece.chars().filter(|c| is_word_sign(*c)).count();
    let rest = piece.chars().any(|c| c.is_alphanumeric() && !is_word_sign(c));
    signs + usize::from(rest)
}

/// Han and kana: one sign counts as one word.
fn is_word_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}
