//! What must be right before an article may be approved and published. One list for all fields and pictures.
//!
//! To add a check: a file beside this one with one function, and a line in [`CHECKS`].

mod headline;
mod length;
mod picture_words;
mod places;
mod source_url;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{document::Document, ids::PlacementId};

/// The checks by name. The window has words for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Check {
    HeadlineMissing,
    BodyMissing,
    SourceUrlMissing,
    SourceUrlUnusable,
    PictureWanted,
    CaptionMissing,
    CreditMissing,
    AltMissing,
    AltIsCaption,
    CaptionIsFileName,
    CreditInCaption,
    PictureNotPlaced,
    KickerLong,
    HeadlineLong,
    StandfirstLong,
    DatelineLong,
    UrlSlugLong,
    KeywordsMany,
    CaptionLong,
    AltLong,
    PlaceLeft,
}

/// Where a finding is mended: the window puts the caret there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Place {
    Kicker,
    Headline,
    Standfirst,
    Dateline,
    Byline,
    UrlSlug,
    Keywords,
    Body,
    SourcePaper,
    SourceUrl,
    Picture,
    Caption,
    CreditLine,
    Alt,
}

/// One thing that is not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Finding {
    pub check: Check,
    /// Whether it stops approval and publication.
    pub blocks: bool,
    pub place: Place,
    /// The placement it is about, where it is about one.
    pub placement: Option<PlacementId>,
}

impl Finding {
    fn blocking(check: Check, place: Place, placement: Option<PlacementId>) -> Self {
        Self { check, blocks: true, place, placement }
    }
}

/// Every check, in the order in which they are shown.
const CHECKS: [fn(&Document) -> Vec<Finding>; 5] =
    [headline::check, places::check, source_url::check, picture_words::check, length::check];

/// Returns everything that is not right with `document`.
#[must_use]
pub fn run(document: &Document) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| check(document)).collect()
}

/// Says whether nothing stops approval.
#[must_use]
pub fn ready(findings: &[Finding]) -> bool {
    !findings.iter().any(|finding| finding.blocks)
}
