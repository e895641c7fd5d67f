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
    /// Sum of headline, standfirst and content as they were written, this member left empty: another one says that
    /// somebody changed the post, where WordPress keeps no revisions too.
    #[serde(default)]
    pub sum: String,
}

impl Marker {
    /// Returns the block attribute `metadata`. The editor keeps it whatever is in it.
    #[must_use]
    pub fn metadata(&self) -> Value {
        json!({ "toasoan": self })
    }

    /// Returns the content with its marker's sum in it; `content` has it empty.
    #[must_use]
    pub fn summed(headline: &str, standfirst: &str, content: &str) -> String {
        let sum = sum(headline, standfirst, content);
        content.replacen(&member(""), &member(&sum), 1)
    }

    /// Says whether a post is word for word as it was written.
    #[must_use]
    pub fn fits(&self, headline: &str, standfirst: &str, content: &str) -> bool {
        let blank = content.replacen(&member(&self.sum), &member(""), 1);
        !self.sum.is_empty() && self.sum == sum(headline, standfirst, &blank)
    }

    /// Returns the marker in a post's content, if it was made here.
    #[must_use]
    pub fn of(content: &str) -> Option<Self> {
        const BEFORE: &str = "\"toasoan\":";
        let start = content.find(BEFORE)? + BEFORE.len();
        serde_json::Deserializer::from_str(&content[start..]).into_iter().next()?.ok()
    }
}

fn member(sum: &str) -> String {
    format!("\"sum\":\"{sum}\"")
}

fn sum(headline: &str, standfirst: &str, content: &str) -> String {
    let hash = Hash::of([headline, standfirst, content].join("\0").as_bytes()).to_string();
    hash[..16].to_owned()
}
