//! Pasting, as the window asks for it.

use domain::{article::normalised, ids::ArticleId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PasteAsked {
    pub article: ArticleId,
    /// The clipboard's HTML; empty where the program itself reads the clipboard.
    pub html: String,
}

/// What was pasted, as text for a body.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct TextPasted {
    pub markdown: String,
    /// It begins with words of a paragraph: they may go on a line that has begun.
    pub begins_as_text: bool,
    /// It ends with words of a paragraph: what stands after the caret may follow on the same line.
    pub ends_as_text: bool,
    /// Places that are kept once the text that names them is saved.
    pub pictures: u32,
}

impl TextPasted {
    /// Returns words that are pasted as they are.
    #[must_use]
    pub fn plain(words: &str) -> Self {
        let markdown = normalised(words);
        Self { markdown, begins_as_text: true, ends_as_text: true, pictures: 0 }
    }
}
