//! What the desk's window and the page's own window tell each other.

use domain::ids::ArticleId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Preview;

/// Where the page's own window stands, in logical pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageWindowPlace {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub maximized: bool,
}

/// What the page's own window is told of the article in the desk's window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum PageTold {
    /// Another article is open, or none.
    Article {
        id: Option<ArticleId>,
        /// What the window is called now.
        title: String,
    },
    /// The text was scrolled; fractional, below 1 above the body.
    Scrolled { line: f64 },
}

/// What the page's own window says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum PageSaid {
    /// It stands and wants to know which article is open.
    Ready,
    /// A person scrolled the page.
    Scrolled { line: f64 },
    /// A person clicked the page; line 0 stands for `part`, what is not of the body. `words` are how the paragraph begins that
    /// was clicked inside the block of the line.
    Clicked { line: u32, part: String, words: String },
    /// The page is shown in another way from now on: `page`, `phone`, `heard`.
    ShownAs { way: String },
    /// The person goes on in the desk's window.
    Back,
    /// It was closed.
    Closed,
}

/// A change of the page of one article.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PageShown {
    pub article: ArticleId,
    pub change: Preview,
}
