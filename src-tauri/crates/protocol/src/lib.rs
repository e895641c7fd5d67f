//! The wire types of our publishing protocol: what the desk's portal adapter and the local portal say to each other.
//! `docs/protocol.md` tells the story, `docs/openapi.json` the details.

use domain::{
    decision,
    document::Document,
    ids::{ArticleId, DecisionId, Hash, StoryId},
    live::Standing,
    page::Correction,
    publication_log,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the protocol begins on a portal.
pub const BASE: &str = "/dpp/v1";
/// Content type of a refusal (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";
/// Largest edition that is taken, in bytes of JSON.
pub const LARGEST_EDITION: usize = 8 << 20;
/// Largest picture that is taken, in bytes.
pub const LARGEST_PICTURE: usize = 100 << 20;
/// A picture of more bytes than this goes in pieces, and goes on where it was cut off.
pub const LARGEST_IN_ONE: usize = 8 << 20;
/// Content type of a piece; with the three headers it is the vocabulary of the IETF's draft “Resumable Uploads for
/// HTTP”.
pub const PARTIAL_UPLOAD: &str = "application/partial-upload";
/// Where a piece begins, and how much is there.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// `?1` with the last piece, and once the picture is there; `?0` until then.
pub const UPLOAD_COMPLETE: &str = "upload-complete";

/// What is done to the public page. The first four bring an [`Edition`], the others are a [`Withdrawal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// What is not there for readers now comes (again).
    Publish,
    /// A slip is put right; readers are told nothing.
    MinorFix,
    /// New facts: when it changed is told.
    Update,
    /// We were wrong: the notice stays on the page.
    Correct,
    /// Taken off quietly; it may return.
    Unpublish,
    /// Taken off by right or on the source's request; it may return.
    Takedown,
    /// Gone for good, and refused from now on whenever it arrives.
    Kill,
}

impl Act {
    #[must_use]
    pub fn takes_away(self) -> bool {
        matches!(self, Self::Unpublish | Self::Takedown | Self::Kill)
    }

    /// Returns the act towards readers that is of the same name on the desk; a step on the desk is none.
    #[must_use]
    pub fn of(act: decision::Act) -> Option<Self> {
        match act {
            decision::Act::Publish => Some(Self::Publish),
            decision::Act::MinorFix => Some(Self::MinorFix),
            decision::Act::Update => Some(Self::Update),
            decision::Act::Correct => Some(Self::Correct),
            decision::Act::Unpublish => Some(Self::Unpublish),
            decision::Act::Takedown => Some(Self::Takedown),
            decision::Act::Kill => Some(Self::Kill),
            decision::Act::Submit
            | decision::Act::OpenForReview
            | decision::Act::Return
            | decision::Act::Approve
            | decision::Act::Withdraw
            | decision::Act::Hold
            | decision::Act::Release
            | decision::Act::Spike
            | decision::Act::Unspike => None,
        }
    }
}

/// A decision about one language edition, with all it needs: sent under the decision's id, applied once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    pub act: Act,
    pub article: ArticleId,
    pub story: StoryId,
    /// Hash of `document`: what was approved is what arrives.
    pub content_hash: Hash,
    /// The version the desk believes is live; the portal refuses when another is. `None`: nothing is live.
    pub base: Option<String>,
    pub document: Document,
    pub renditions: Vec<PictureRendition>,
    /// Public notice of a correction; empty for none.
    pub correction_notice: String,
    /// Where the source paper's terms ask that search engines find the story (`rel=canonical`); empty: on its own page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub canonical_url: String,
    /// RFC 3339.
    pub decided_at: String,
}

impl Edition {
    /// Returns the SHA-256 of its canonical JSON (RFC 8785): what the publication log says was sent.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash_of(self)
    }
}

fn hash_of(message: &impl Serialize) -> Hash {
    let value = serde_json::to_value(message).expect("a message's members have text for keys");
    Hash::of(publication_log::canonical(&value).as_bytes())
}

/// A picture of the document in one size, already with the portal under its own hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRendition {
    /// The picture as the document names it.
    pub picture: Hash,
    /// The rendition's bytes.
    pub rendition: Hash,
    pub width: u32,
    pub height: u32,
}

/// The portal's proof that a decision was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub decision: DecisionId,
    pub remote_id: String,
    /// The public page.
    pub url: String,
    /// The portal's version token of what this decision made.
    pub version: String,
    pub content_hash: Hash,
    /// RFC 3339, by the portal's clock.
    pub applied_at: String,
}

/// A decision that takes one language edition away from readers: sent under the decision's id, applied once. Why is the
/// desk's own business; what readers are told, if anything, is the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    pub act: Act,
    pub article: ArticleId,
    pub story: StoryId,
    /// The version the desk believes is there; refused when another is. `None`: whatever is there.
    pub base: Option<String>,
    /// For the readers who come to the page; empty for none.
    pub public_notice: String,
    /// RFC 3339.
    pub decided_at: String,
}

impl Withdrawal {
    /// Returns the SHA-256 of its canonical JSON (RFC 8785): what the publication log says was sent.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash_of(self)
    }
}

/// The portal's proof that an edition was taken away. A kill is proven of what was never there, too: it cannot come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub decision: DecisionId,
    pub article: ArticleId,
    pub standing: Standing,
    /// Where its page was; empty where it never had one.
    pub url: String,
    /// The portal's version token of how it stands now.
    pub version: String,
    /// RFC 3339, by the portal's clock.
    pub applied_at: String,
}

/// How an edition stands, and what readers see or saw of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    pub article: ArticleId,
    #[serde(default)]
    pub standing: Standing,
    pub url: String,
    pub version: String,
    pub content_hash: Hash,
    pub first_published: String,
    pub updated: String,
    pub corrections: Vec<Correction>,
}

/// An edition as it is kept on the portal, whole: for a desk that does not have it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub live: Live,
    pub edition: Edition,
}

/// An edition in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub article: ArticleId,
    pub standing: Standing,
    pub headline: String,
    pub language: String,
    pub url: String,
    /// RFC 3339: when it last changed.
    pub changed_at: String,
}

/// Editions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Editions {
    pub editions: Vec<Listed>,
}

/// Which pictures a portal is asked about, and which of them it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pictures {
    pub hashes: Vec<Hash>,
}

/// How far the upload of a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub hash: Hash,
    /// So many bytes are there, from the first on.
    pub offset: u64,
    /// All are there and have that hash: the portal has the picture.
    pub complete: bool,
}

/// Who the portal takes the desk for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: String,
    pub role: String,
    pub may: Vec<Act>,
    /// The portal's clock, RFC 3339: what is to go out at a time goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// What a portal can promise; the window words its own promises by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Caps {
    /// The same decision twice has one effect, without the desk's help.
    pub idempotent: bool,
    /// It refuses to overwrite what the desk has not seen.
    pub preconditions: bool,
    /// It knows pictures by their hash.
    pub pictures_by_hash: bool,
    /// Credits and sources stay data.
    pub credits_as_data: bool,
    /// It knows the language of an edition, and which editions belong together.
    pub language_as_data: bool,
    /// It makes the smaller sizes of a picture itself: only the largest is sent.
    pub makes_sizes: bool,
    /// It has categories of its own that ours are matched with.
    pub terms: bool,
    /// The page of what was killed or taken down says that it is gone (410), and a killed article can never come back.
    pub gone_for_good: bool,
    /// Notices of corrections stay with the article as data, whatever comes after.
    pub notices_as_data: bool,
    /// It takes an article early and brings it out at its time by itself.
    #[serde(default)]
    pub holds: bool,
}

/// What kind of refusal a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    Unauthorised,
    WrongHost,
    NotFound,
    DigestMismatch,
    NotAPicture,
    OffsetMismatch,
    TooLarge,
    Malformed,
    KeyReused,
    ContentMismatch,
    PictureMissing,
    StaleVersion,
    Killed,
    Failed,
}

/// A refusal in words (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// HTTP status code.
    pub status: u16,
    /// A sentence for the person at the desk.
    pub detail: String,
    /// Pictures that are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Hash>,
    /// With `stale-version`: the version that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
