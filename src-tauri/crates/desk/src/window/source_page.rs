//! The source page as the window shows it: words, never markup.

use domain::leftover::Why;
use serde::Serialize;
use ts_rs::TS;

/// The page an article was taken over from, line by line.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SourcePageShown {
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub taken_in_at: i64,
    /// BCP 47; empty where it was not recognised.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    pub lines: Vec<SourceLine>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SourceLine {
    pub kind: SourceLineKind,
    pub words: String,
    /// The words as Markdown, as they would stand in a body.
    pub markdown: String,
    /// Why it is in no field and not in the text; `null` where it is.
    pub left_over: Option<Why>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SourceLineKind {
    Headline,
    Heading,
    Text,
    Picture,
    Caption,
    Item,
    Quotation,
    Table,
}
