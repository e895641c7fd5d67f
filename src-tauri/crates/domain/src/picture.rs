//! What a picture's file says of itself, and what the newsroom's library holds of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::Hash;

/// The kind of a picture's file, recognised by its bytes, never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PictureKind {
    Jpeg,
    Png,
    Webp,
}

/// The words found in a file (XMP, IPTC-IIM, EXIF), already reconciled. NFC; empty means not found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct PictureWords {
    pub caption: String,
    /// Several creators are joined with ", ".
    pub creator: String,
    pub credit_line: String,
    pub copyright_notice: String,
    /// IPTC *Source*: who owned the picture first.
    pub picture_source: String,
    pub usage_terms: String,
    pub instructions: String,
    pub caption_writer: String,
    /// As found, ISO 8601 where it can be read as one.
    pub date_taken: String,
    pub place: String,
    /// IPTC Digital Source Type, a URI.
    pub digital_source_type: String,
    pub headline: String,
    /// XMP Iptc4xmpCore:AltTextAccessibility.
    pub alt: String,
}

/// A field whose copies in one file differ: both are shown, the first was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Difference {
    /// Name of the field of [`PictureWords`].
    pub field: String,
    pub taken: String,
    pub other: String,
    /// Where the other copy stands: `xmp`, `iim` or `exif`.
    pub other_from: String,
}

/// A picture as the library holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Picture {
    /// SHA-256 of the file's bytes.
    pub hash: Hash,
    pub kind: PictureKind,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Pixels, upright (after orientation).
    pub width: u32,
    pub height: u32,
    #[serde(flatten)]
    pub words: PictureWords,
    pub differences: Vec<Difference>,
}
