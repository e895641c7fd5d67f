//! A page as text, as a browser's copy gives it: a line is a line.

use super::line::Line;

/// Returns the lines that hold words.
pub fn lines(page: &str) -> Vec<Line> {
    page.split(['\n', '\u{2028}', '\u{2029}'])
        .map(Line::of_text)
        .filter(|line| !line.plain.is_empty())
        .collect()
}
