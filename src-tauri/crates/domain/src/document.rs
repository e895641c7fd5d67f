//! What a revision says and a portal publishes: the whole article, pictures' words resolved, credits as data.

use serde::{Deserialize, Serialize};

use crate::{
    article::Fields,
    ids::{Hash, PlacementId},
    placement::{Placement, Position},
};

/// The article as one value: everything a reader may see, and nothing about the desk's work on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    #[serde(flatten)]
    pub fields: Fields,
    /// Markdown; `![](photo:<placement id>)` stands where a picture stands.
    pub body: String,
    /// In the order the desk shows them; the lead first.
    pub placements: Vec<Placement>,
}

impl Document {
    /// Returns the content hash: SHA-256 of the canonical JSON (RFC 8785) of the whole document.
    #[must_use]
    pub fn content_hash(&self) -> Hash {
        let canonical =
            serde_json_canonicalizer::to_vec(self).expect("strings and lists always have canonical JSON");
        Hash::of(&canonical)
    }

    #[must_use]
    pub fn placement(&self, id: PlacementId) -> Option<&Placement> {
        self.placements.iter().find(|placement| placement.id == id)
    }

    /// Returns the picture above the body, if there is a place for one.
    #[must_use]
    pub fn lead(&self) -> Option<&Placement> {
        self.placements.iter().find(|placement| placement.position == Position::Lead)
    }
}
