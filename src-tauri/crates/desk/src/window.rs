//! What the window asks of the desk, and what it is shown: one request, one answer.
//! The window's TypeScript types are generated from here.

mod history;
mod live;
mod page_window;
mod paste;
mod portals;
mod publication_log;
mod source_page;
mod templates;
mod times;

use domain::{
    article::Fields,
    checks::Finding,
    decision::Act,
    ids::{ArticleId, DecisionId, Hash, JobId, PlacementId},
    leftover::Leftover,
    limits::Limits,
    live::{Away, NotMinor},
    outbox::{JobState, Obstacle},
    page::Correction,
    picture::Picture,
    placement::Position,
    stage::{Stage, Step},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Change;

pub use history::*;
pub use live::*;
pub use page_window::*;
pub use paste::*;
pub use portals::*;
pub use publication_log::*;
pub use source_page::*;
pub use templates::*;
pub use times::*;

/// The lists of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QueueList {
    Mine,
    ToReview,
    PicturesWanted,
    Scheduled,
    Live,
    Failed,
    Trash,
}

/// What readers can see of one edition on one portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PublicationState {
    Never,
    Queued,
    Live,
    Corrected,
    Unpublished,
    TakenDown,
    Killed,
}

/// Everything the window needs when it opens.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Start {
    pub version: String,
    pub person: String,
    pub desk_folder: String,
    /// The article that was open last; the caret comes with it.
    pub open: Option<ArticleId>,
    pub preferences: Preferences,
    pub limits: Limits,
    pub portals: Vec<PortalShown>,
    /// False where the system has no keyring: passwords are kept until the app ends.
    pub keyring: bool,
    pub watched_folder: Option<String>,
    /// The page's own window was open when the desk was left: it is opened again.
    pub page_window_open: bool,
    /// Set when the database was damaged and was put right while this desk was opened.
    pub put_right: Option<PutRight>,
}

/// What became of the articles of a damaged database, by their headlines.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PutRight {
    /// The folder in the desk's folder in which the damaged files are kept.
    pub kept_in: String,
    /// They were newer in the damaged database than in the backup, and could be read there.
    pub read_there: Vec<String>,
    /// They could not: they are as they were in the backup.
    pub as_in_backup: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Preferences {
    /// Language of the window, `vi` or `en`; empty follows the system.
    pub words: String,
    /// `light`, `dark`; empty follows the system.
    pub theme: String,
    /// Widths of the queue and the side pane in CSS pixels; 0 is the default.
    pub queue_width: u32,
    pub side_width: u32,
    pub queue_folded: bool,
    pub side_folded: bool,
    /// Size of everything in the window, in per cent; 0 is 100.
    pub zoom: u32,
    /// `more`, `usual`; empty follows the system.
    pub contrast: String,
    /// `less`, `usual`; empty follows the system.
    pub motion: String,
    /// The menus stand above the window; where they have a bar of their own, they always do.
    pub menu_bar: bool,
    /// No word is marked as misspelt.
    pub spelling_off: bool,
    /// The actions that were chosen last from the palette, newest first.
    pub recent: Vec<String>,
    /// How the page is shown beside the text, and in its own window: `page`, `phone`, `heard`; empty is the usual.
    pub page_as: String,
    pub page_window_as: String,
    /// What stays bright while one writes: `paragraph`, `sentence`; empty is all of it.
    pub focus: String,
    /// The line one writes stays at one height.
    pub typewriter: bool,
    /// Characters in a line; 0 is the default.
    pub measure: u32,
    /// Size of the text in CSS pixels; 0 is the default.
    pub text_size: u32,
    /// Quotes and spaces stay as typed.
    pub plain_quotes: bool,
    /// The zone the newsroom works by, IANA; empty is this machine's.
    pub newsroom_zone: String,
}

/// What can be undone in an article, and the body it belongs to. The window alone reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct UndoKept {
    pub article: ArticleId,
    /// UTF-16 units.
    pub body_length: u32,
    pub body_hash: String,
    pub history: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct QueueAsked {
    pub list: QueueList,
    /// Words to find in every list; empty finds all of `list`.
    pub find: String,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Queue {
    pub rows: Vec<QueueRow>,
    pub counts: QueueCounts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QueueCounts {
    pub mine: u32,
    pub to_review: u32,
    pub pictures_wanted: u32,
    pub scheduled: u32,
    pub live: u32,
    pub failed: u32,
    pub trash: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct QueueRow {
    pub id: ArticleId,
    pub headline: String,
    pub language: String,
    pub source_paper: String,
    pub stage: Stage,
    pub publication: PublicationState,
    pub pictures: u32,
    pub pictures_wanted: u32,
    /// A picture is there without caption, credit or alt text.
    pub words_missing: u32,
    pub person: String,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub saved_at: i64,
    /// When it goes out (Unix ms), and the zone that was typed in.
    #[ts(type = "number | null")]
    pub goes_out: Option<i64>,
    pub zone: String,
}

/// One article, whole: what the work and the side pane show.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ArticleShown {
    pub id: ArticleId,
    pub stage: Stage,
    pub edits: u32,
    #[ts(type = "number")]
    pub saved_at: i64,
    pub fields: Fields,
    pub body: String,
    pub placements: Vec<PlacementShown>,
    pub leftovers: Vec<Leftover>,
    pub findings: Vec<Finding>,
    /// Set when an approval lapsed because of an edit: when it had been given (Unix ms).
    #[ts(type = "number | null")]
    pub approval_lapsed: Option<i64>,
    /// Why it was returned or held, with who and when.
    pub last_decision: Option<DecisionShown>,
    pub publications: Vec<PublicationShown>,
    pub jobs: Vec<JobShown>,
    pub caret: Option<Caret>,
    pub steps: Vec<Step>,
    pub may_publish: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DecisionShown {
    pub act: String,
    pub person: String,
    pub reason: String,
    #[ts(type = "number")]
    pub made_at: i64,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PlacementShown {
    pub id: PlacementId,
    pub position: Position,
    /// Resolved: the article's own words, else the library's.
    pub caption: String,
    pub credit_line: String,
    pub alt: String,
    /// File name or address it was seen under on the source page.
    pub seen_as: String,
    pub picture: Option<Picture>,
}

/// Where the caret was. `field` is a name of [`Fields`], `body`, or `<placement id>.caption|credit_line|alt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Caret {
    pub field: String,
    /// UTF-16 units from the start of the field.
    pub anchor: u32,
    pub head: u32,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PublicationShown {
    pub portal: String,
    pub state: PublicationState,
    pub url: String,
    /// Unix milliseconds, UTC.
    #[ts(type = "number")]
    pub live_since: i64,
    /// How far it is on its way from readers, where it is, and since when it stands as it does (Unix ms).
    pub away: Option<Away>,
    #[ts(type = "number")]
    pub stands_since: i64,
    /// What is live is word for word what the desk holds.
    pub is_current: bool,
    /// What the read-back of the public page found different; empty is well.
    pub differences: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct JobShown {
    pub id: JobId,
    pub article: ArticleId,
    pub headline: String,
    pub portal: String,
    pub act: Act,
    pub state: JobState,
    pub obstacle: Option<Obstacle>,
    pub attempts: u32,
    /// The portal's own words, or why it could not be asked.
    pub last_answer: String,
    #[ts(type = "number")]
    pub made_at: i64,
    #[ts(type = "number | null")]
    pub next_at: Option<i64>,
    /// Its time, by the portal's clock (Unix ms), and the IANA zone it was typed in.
    #[ts(type = "number | null")]
    pub not_before: Option<i64>,
    pub zone: String,
    /// How late it went out (ms), where that is worth saying.
    #[ts(type = "number | null")]
    pub late_by: Option<i64>,
    /// How far the portal's clock is ahead of this machine's (ms), where that is worth saying.
    #[ts(type = "number | null")]
    pub clock_ahead: Option<i64>,
    /// The portal has it already, and brings it out at this time (Unix ms) by itself.
    #[ts(type = "number | null")]
    pub held_for: Option<i64>,
    /// It was cancelled, and is being taken back from the portal.
    pub recalled: bool,
    pub may_retime: bool,
    /// Bytes of its pictures.
    #[ts(type = "number")]
    pub bytes_sent: i64,
    #[ts(type = "number")]
    pub bytes_total: i64,
    pub may_resend: bool,
    pub may_cancel: bool,
    /// Somebody changed the article on the portal: a person may have it replaced.
    pub may_replace: bool,
}

/// All unsaved changes of one article, composed. What is absent stays as it is.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct Edit {
    pub id: ArticleId,
    /// The count of edits the window last read; a stale writer is refused with `changed_elsewhere`.
    pub edits: u32,
    #[serde(default)]
    #[ts(optional)]
    pub body: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub fields: Option<Fields>,
    #[serde(default)]
    pub placements: Vec<PlacementWords>,
    /// Where the caret stood behind these words: kept with them, so that a desk that is killed begins where it was.
    #[serde(default)]
    #[ts(optional)]
    pub caret: Option<Caret>,
}

/// New words of a placement; what is absent stays.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PlacementWords {
    pub id: PlacementId,
    #[serde(default)]
    #[ts(optional)]
    pub caption: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub credit_line: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub alt: Option<String>,
}

/// The edit is on disk.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Saved {
    pub edits: u32,
    #[ts(type = "number")]
    pub saved_at: i64,
    pub stage: Stage,
    pub findings: Vec<Finding>,
    #[ts(type = "number | null")]
    pub approval_lapsed: Option<i64>,
    pub steps: Vec<Step>,
    pub may_publish: bool,
    pub is_current: bool,
}

/// Asks for the page as the portal would show it, from the text in the window, saved or not.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PreviewAsked {
    pub id: ArticleId,
    pub fields: Fields,
    pub body: BodyAsked,
    /// Words typed into placements, saved or not.
    #[serde(default)]
    pub placements: Vec<PlacementWords>,
    /// Version of the preview the window holds; 0 when it holds none.
    pub have: u32,
}

/// The body in the window: whole, or as one change of the body that made the page the window holds.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum BodyAsked {
    Whole { text: String },
    Changed(BodyChange),
}

/// `remove` code units of UTF-16 after the first `from` are replaced by `insert`.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct BodyChange {
    pub from: u32,
    pub remove: u32,
    pub insert: String,
    /// Code units of the body then: by it a change of another body is known.
    pub length: u32,
}

/// A change of the preview: blocks `from .. from + remove` are replaced by `insert`. All other blocks stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Preview {
    pub version: u32,
    /// The version this change applies to; 0 means that `insert` is the whole page.
    pub applies_to: u32,
    pub from: u32,
    pub remove: u32,
    /// HTML of each new block.
    pub insert: Vec<String>,
    /// First line of the body of each block, 1-based; 0 for what is not of the body.
    pub lines: Vec<u32>,
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    pub words: u32,
    pub characters: u32,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct TakeIn {
    /// A page as text or HTML, as pasted.
    pub page: String,
    /// Take it in even though the source URL is on the desk already.
    pub anyway: bool,
}

/// What became of a page taken in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[ts(export)]
pub enum TakenIn {
    /// A new draft.
    Draft { article: Box<ArticleShown> },
    /// Nothing was stored: an article with this source URL is on the desk.
    /// Without a URL it is this very article, taken in before or exported from here.
    OnTheDesk { id: ArticleId, headline: String, source_url: String },
}

/// Where a picture goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
#[ts(export)]
pub enum Slot {
    /// A placement there is: wanted, or to be given another file.
    Placement { id: PlacementId },
    /// The place above the body.
    Lead,
    /// A new place in the text, after the body's line (1-based); 0 appends.
    InText { after_line: u32 },
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct AttachDropped {
    /// Names the drop; paths never reach the window.
    pub drop: u32,
    pub article: ArticleId,
    pub slot: Slot,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct AttachKnown {
    pub picture: Hash,
    pub article: ArticleId,
    pub slot: Slot,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PastePicture {
    pub article: ArticleId,
    pub slot: Slot,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PlacementAsked {
    pub article: ArticleId,
    pub placement: PlacementId,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct StepAsked {
    pub id: ArticleId,
    /// The edits the person had before their eyes.
    pub edits: u32,
    pub step: Step,
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PublishAsked {
    pub id: ArticleId,
    pub portal: String,
}

/// What a press on Publish would do; the decision's id is made here, so pressing twice is one decision.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PublishSummary {
    pub decision: DecisionId,
    pub article: ArticleId,
    pub portal: String,
    /// What it may be: where readers have the edition already, what the change is called.
    pub acts: Vec<Act>,
    /// Why it is no minor fix, where it is none.
    pub not_minor: Vec<NotMinor>,
    /// Notices of corrections that stand on the page already.
    pub notices: Vec<Correction>,
    pub headline: String,
    pub source_paper: String,
    pub source_url: String,
    pub language: String,
    pub pictures: u32,
    pub credited: u32,
    pub words: u32,
    #[ts(type = "number | null")]
    pub approved_at: Option<i64>,
    pub approved_by: String,
    pub on_this_machine: bool,
    /// The time planned for the article, as stored; empty for none, or for one that is past.
    pub schedule: String,
    /// The embargo that holds for it, as stored: the latest of all editions of its story.
    pub embargo: String,
    /// The portal can hold it until its time.
    pub may_be_held: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export)]
pub struct PublishConfirmed {
    pub decision: DecisionId,
    pub article: ArticleId,
    pub portal: String,
    /// One of those that the summary offers.
    pub act: Act,
    /// What readers are told; a correction needs it.
    #[serde(default)]
    pub public_notice: String,
    /// What is new, for the desk's own record.
    #[serde(default)]
    pub reason: String,
    /// When it is to go out, as stored; empty at once.
    #[serde(default)]
    pub schedule: String,
    /// Until when no edition of the story may go out, as stored; empty for none but what the articles say.
    #[serde(default)]
    pub embargo: String,
}

impl PublishConfirmed {
    pub(crate) fn change(&self) -> Change {
        Change { act: self.act, public_notice: self.public_notice.clone(), reason: self.reason.clone() }
    }
}

/// What changed behind the window's back; it asks again for what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[ts(export)]
pub struct Changed {
    pub articles: Vec<ArticleId>,
    pub outbox: bool,
    pub pictures: bool,
}

/// Files were dropped on the window.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Dropped {
    pub drop: u32,
    pub names: Vec<String>,
    /// All are exported articles, by their bytes.
    pub bundles: bool,
    /// CSS pixels in the window.
    pub x: f64,
    pub y: f64,
}
