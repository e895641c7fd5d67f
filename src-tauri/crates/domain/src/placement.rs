//! A picture's place in an article. Without a picture it is *wanted*: a taken-over page brings captions and credits
//! before anyone has the file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{Hash, PlacementId};

/// Where in the article a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Position {
    /// Above the body. At most one in an article.
    Lead,
    /// Where the body says `![](photo:<placement id>)`.
    InText,
    /// In the row of pictures after the body.
    Gallery,
}

/// A placement with its words resolved: the article's own where set, else the library's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Placement {
    pub id: PlacementId,
    pub position: Position,
    /// What the picture shows, for readers.
    pub caption: String,
    /// The words that must be printed beside it, without label or brackets.
    pub credit_line: String,
    /// What a person who cannot see it needs.
    pub alt: String,
    /// SHA-256 of the picture's file; `None` while it is wanted.
    pub picture: Option<Hash>,
}
