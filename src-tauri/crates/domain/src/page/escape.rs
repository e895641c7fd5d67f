//! Words between the signs of a page.

/// Escapes text that stands between tags.
#[must_use]
pub fn text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Escapes text that stands in a quoted attribute.
#[must_use]
pub fn attribute(words: &str) -> String {
    text(words).replace('"', "&quot;").replace('\'', "&#39;")
}
