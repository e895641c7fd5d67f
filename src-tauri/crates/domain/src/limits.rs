//! How long a field may be and still be shown well. The window counts against the same numbers while one types.

use serde::Serialize;
use ts_rs::TS;

/// Characters (Unicode scalar values) that a field should not exceed; of keywords, how many.
///
/// None is a law: a longer field is told of, and goes out all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Limits {
    /// One line above the headline, on a phone too.
    pub kicker: u32,
    /// Two lines on a phone; search engines and social cards cut off at about as much.
    pub headline: u32,
    /// Two sentences.
    pub standfirst: u32,
    pub dateline: u32,
    /// What a search engine shows of an address.
    pub url_slug: u32,
    pub keywords: u32,
    /// Three sentences under a picture.
    pub caption: u32,
    /// A listener cannot skip back within it.
    pub alt: u32,
}

pub const LIMITS: Limits = Limits {
    kicker: 40,
    headline: 90,
    standfirst: 220,
    dateline: 60,
    url_slug: 75,
    keywords: 10,
    caption: 350,
    alt: 200,
};

/// Says whether `words` are longer than `most`, counted as the window counts.
#[must_use]
pub fn exceeds(words: &str, most: u32) -> bool {
    words.chars().nth(most as usize).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_not_bytes() {
        assert!(!exceeds("Ấ", 1));
        assert!(exceeds("Ấm", 1));
        assert!(!exceeds("", 0));
    }
}
