//! What a portal has, seen from there: for a desk that does not have it, or that looks whether somebody changed it.

use domain::{
    document::Document,
    ids::{ArticleId, Hash, StoryId},
    live::Standing,
    page::Correction,
};

/// An edition on a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// The portal's own id.
    pub remote_id: String,
    /// Which article it is; `None` where it was written on the portal itself.
    pub article: Option<ArticleId>,
    pub standing: Standing,
    pub headline: String,
    /// BCP 47; empty where the portal does not know.
    pub language: String,
    /// Where its page is, or was.
    pub url: String,
    /// RFC 3339; empty where the portal does not say.
    pub changed_at: String,
    /// The portal's version token; empty in a list.
    pub version: String,
    /// Of what was approved, as far as the portal keeps it.
    pub content_hash: Option<Hash>,
}

/// A picture of an edition that is on a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureThere {
    /// The picture as the document names it.
    pub picture: Hash,
    /// Where the portal has it, in the largest size: for its adapter only.
    pub address: String,
}

/// An edition as it stands on a portal, as a document of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub there: There,
    pub story: Option<StoryId>,
    pub document: Document,
    pub pictures: Vec<PictureThere>,
    pub corrections: Vec<Correction>,
    /// What of it a document of ours cannot hold, in words.
    pub lost: Vec<String>,
    /// Where the portal keeps no document of ours: its body as HTML, pictures in it by their addresses, and apart from
    /// that the picture above it. The document has the fields alone.
    pub html: Option<String>,
    pub lead: Option<FoundPicture>,
}

/// A picture as it stands on a page, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPicture {
    pub address: String,
    pub caption: String,
    pub credit_line: String,
    pub alt: String,
}
