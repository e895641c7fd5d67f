//! How a post says which article it is: an attribute of its first block, which no reader sees and every role may write.
//! WordPress itself keeps no key of ours without a plugin.

use domain::ids::{ArticleId, DecisionId, Hash};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Which article a post is, by which decision, with which content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    pub article: ArticleId,
    pub decision: DecisionId,
    /// Content hash of the document.
    pub content: Hash,
    /// BCP 47: WordPress has no field for it.
    #[serde(default)]
    pub language: String,
}

impl Marker {
    /// Returns the block attribute `metadata`. The editor keeps it whatever is in it.
    #[must_use]
    pub fn metadata(&self) -> Value {
        json!({ "toasoan": self })
    }

    /// Returns the marker in a post's content, if it was made here.
    #[must_use]
    pub fn of(content: &str) -> Option<Self> {
        const BEFORE: &str = "\"toasoan\":";
        let start = content.find(BEFORE)? + BEFORE.len();
        serde_json::Deserializer::from_str(&content[start..]).into_iter().next()?.ok()
    }
}
