//! A post as WordPress keeps it, and what tells one state of it from another.

use domain::ids::{DecisionId, Hash};
use serde::Deserialize;

use super::marker::Marker;

/// The fields that are asked for; all others only cost time.
pub const FIELDS: &str = "id,status,slug,link,date_gmt,modified_gmt,title,excerpt,content,featured_media,categories,tags,author,_links";

/// The version token of what is not there any more.
pub const GONE: &str = "gone";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WpPost {
    pub id: u64,
    pub status: String,
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub link: String,
    #[serde(default)]
    pub date_gmt: Option<String>,
    #[serde(default)]
    pub modified_gmt: Option<String>,
    #[serde(default)]
    pub title: Raw,
    #[serde(default)]
    pub excerpt: Raw,
    #[serde(default)]
    pub content: Raw,
    #[serde(default)]
    pub author: u64,
    #[serde(default)]
    pub featured_media: u64,
    #[serde(default)]
    pub categories: Vec<u64>,
    #[serde(default)]
    pub tags: Vec<u64>,
    #[serde(default, rename = "_links")]
    links: Links,
    /// It is another account's, which this one may not edit: only what readers see of it is known.
    #[serde(skip)]
    pub hidden: bool,
}

/// A text as it was written; what WordPress makes of it for readers is never compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Raw {
    #[serde(default)]
    pub raw: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Links {
    predecessor_version: Vec<Predecessor>,
    version_history: Vec<History>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Predecessor {
    #[serde(default)]
    id: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct History {
    #[serde(default)]
    count: u64,
}

impl WpPost {
    /// Returns the id of the newest revision; 0 for a post that was never changed.
    pub fn revision(&self) -> u64 {
        self.links.predecessor_version.first().map_or(0, |revision| revision.id)
    }

    /// Returns how many revisions there are.
    pub fn revisions(&self) -> u64 {
        self.links.version_history.first().map_or(0, |history| history.count)
    }

    /// Returns a post that was asked for without the right to edit it.
    pub fn seen_by_readers(self) -> Self {
        Self { hidden: true, ..self }
    }

    /// Returns the version token. `modified_gmt` is not in it: it counts whole seconds, and a change of nothing moves it.
    pub fn version(&self) -> String {
        let words = [&self.title.raw, &self.excerpt.raw, &self.content.raw].map(String::as_str).join("\0");
        let hash = Hash::of(format!("{words}\0{}", self.featured_media).as_bytes()).to_string();
        format!("r{}-{}-{}", self.revision(), &hash[..16], self.status)
    }

    pub fn marker(&self) -> Option<Marker> {
        Marker::of(&self.content.raw)
    }

    /// Says whether nobody changed it after it was written here.
    pub fn is_untouched(&self) -> bool {
        self.marker().is_some_and(|marker| marker.fits(&self.title.raw, &self.excerpt.raw, &self.content.raw))
    }

    /// Says whether this decision wrote it.
    pub fn is_by(&self, decision: DecisionId) -> bool {
        self.marker().is_some_and(|marker| marker.decision == decision)
    }

    pub fn is_live(&self) -> bool {
        self.status == "publish"
    }

    /// Returns since when readers see it as it is, in UTC: a post that was held is older than its date.
    pub fn live_since(&self) -> Option<&str> {
        self.modified_gmt.as_deref().max(self.date_gmt.as_deref())
    }

    pub fn is_trashed(&self) -> bool {
        self.status == "trash"
    }
}
