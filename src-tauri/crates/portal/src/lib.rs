//! Where articles go: one trait, one adapter per kind of portal. What a failure means is decided here, what is done
//! about it in `domain::outbox`.

mod fault;
mod http;
pub mod native;
pub mod probe;
pub mod read_back;
mod secret;
pub mod term;
mod there;
pub mod wordpress;

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    ids::{ArticleId, DecisionId, Hash},
    picture::PictureWords,
};
use protocol::{Caps, Edition, Live, Me, Receipt, Withdrawal, Withdrawn};

pub use fault::Fault;
use read_back::PageShape;
pub use secret::Secret;
use term::{Term, TermMapping};
pub use there::{FoundPicture, PictureThere, There, Whole};

/// A rendition on its way to a portal.
#[derive(Debug, Clone, Copy)]
pub struct PictureFile<'a> {
    /// SHA-256 of `bytes`.
    pub hash: Hash,
    /// JPEG.
    pub bytes: &'a [u8],
    /// The words that are written into it, and that go beside it where a portal has fields for them.
    pub words: &'a PictureWords,
}

/// Hears how many bytes of a picture have arrived.
pub type Told<'a> = &'a (dyn Fn(usize) + Send + Sync);

/// A decision on its way, with what the desk knows of the portal.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    pub decision: DecisionId,
    pub edition: &'a Edition,
    /// Notices of corrections that stand on the page already, the oldest first. A portal that keeps them itself needs none.
    pub earlier_notices: &'a [String],
    /// The portal's own id of what is live of this edition, as its last receipt gave it.
    pub remote_id: Option<&'a str>,
    /// Which of our words is which term there, as far as it is known.
    pub terms: &'a [TermMapping],
}

/// A decision to take an edition away, with what the desk knows of the portal.
#[derive(Debug, Clone, Copy)]
pub struct Withdrawing<'a> {
    pub decision: DecisionId,
    pub withdrawal: &'a Withdrawal,
    /// The portal's own id of the edition, as its last receipt gave it.
    pub remote_id: Option<&'a str>,
    /// How long ago an edition was sent of which nobody knows whether it arrived.
    pub unsettled: Option<Duration>,
}

/// An edition that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAway {
    pub receipt: Withdrawn,
    /// What the portal could not do of what was asked, in words; nothing is well.
    pub differences: Vec<String>,
}

impl From<Withdrawn> for TakenAway {
    fn from(receipt: Withdrawn) -> Self {
        Self { receipt, differences: Vec::new() }
    }
}

/// A decision that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub receipt: Receipt,
    /// What the portal made otherwise than it was asked, in words; nothing is well.
    pub differences: Vec<String>,
    /// Terms that were found on the way, to be kept.
    pub terms: Vec<TermMapping>,
    /// Terms that the portal does not have any more, to be forgotten.
    pub forgotten: Vec<TermMapping>,
}

impl From<Receipt> for Delivered {
    fn from(receipt: Receipt) -> Self {
        Self { receipt, differences: Vec::new(), terms: Vec::new(), forgotten: Vec::new() }
    }
}

/// What became of an edition that a portal was given before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It has it, and no reader sees it yet.
    Waits,
    /// It has it no more.
    Gone,
    /// Its time has come there.
    Live(Box<Delivered>),
}

/// What of an edition that is taken back stays on the portal, where no reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// All of it: it is to go out at once.
    Draft,
    Nothing,
}

/// A portal that can be published to.
#[async_trait]
pub trait Portal: Send + Sync {
    /// Returns what this kind of portal can promise.
    fn caps(&self) -> Caps;
    /// Returns how its public pages are read.
    fn page_shape(&self) -> PageShape;
    /// Asks who the portal takes us for.
    async fn me(&self) -> Result<Me, Fault>;
    /// Returns which of these renditions the portal lacks.
    async fn lacks(&self, pictures: &[Hash]) -> Result<Vec<Hash>, Fault>;
    /// Gives the portal a rendition.
    async fn take_picture(&self, picture: &PictureFile<'_>) -> Result<(), Fault>;
    /// Gives the portal a rendition as [`Portal::take_picture`], and tells how many of its bytes are there by now. Where
    /// the portal can, a large one goes on where it was cut off.
    async fn upload(&self, picture: &PictureFile<'_>, told: Told<'_>) -> Result<(), Fault> {
        self.take_picture(picture).await?;
        told(picture.bytes.len());
        Ok(())
    }
    /// Returns the portal's own time (Unix ms, UTC), where it tells it.
    async fn now(&self) -> Result<Option<i64>, Fault> {
        Ok(None)
    }
    /// Has a decision applied; the same decision again has no further effect.
    async fn deliver(&self, delivery: &Delivery<'_>) -> Result<Delivered, Fault>;
    /// Asks whether a decision that was sent `ago` was applied: how an unknown answer is settled. `None` says that it
    /// certainly was not, and will not be.
    async fn receipt_of(&self, delivery: &Delivery<'_>, ago: Duration) -> Result<Option<Delivered>, Fault>;
    /// Gives the portal an edition that it brings out by itself once its clock shows `until` (Unix ms, UTC). The same decision
    /// again changes that time; where it is live by now, that is told.
    async fn hold(&self, _delivery: &Delivery<'_>, _until: i64) -> Result<Held, Fault> {
        Err(cannot_hold())
    }
    /// Takes back what the portal was given early, `ago`, if it is not live yet.
    async fn let_go(&self, _delivery: &Delivery<'_>, _ago: Duration, _stays: Stays) -> Result<Held, Fault> {
        Err(cannot_hold())
    }
    /// Takes an edition away from readers; the same decision again has no further effect. A kill takes every copy, in
    /// whatever state, and is refused only where the portal cannot.
    async fn withdraw(&self, withdrawing: &Withdrawing<'_>) -> Result<TakenAway, Fault>;
    /// Asks whether a decision that took an edition away was applied; `None` says that it was not.
    async fn withdrawn(&self, withdrawing: &Withdrawing<'_>) -> Result<Option<TakenAway>, Fault>;
    /// Returns what is live of an edition.
    async fn live(&self, article: ArticleId) -> Result<Option<Live>, Fault>;
    /// Returns how an edition stands there now, whatever readers see of it, with the version token it has.
    async fn standing(&self, article: ArticleId, remote_id: Option<&str>) -> Result<Option<There>, Fault>;
    /// Returns what is on the portal, the newest first.
    async fn list(&self) -> Result<Vec<There>, Fault>;
    /// Returns what is on the page of this public address.
    async fn find(&self, url: &str) -> Result<Option<There>, Fault>;
    /// Returns an edition whole, with what could not be read of it. `None`: it is not there any more.
    async fn whole(&self, remote_id: &str) -> Result<Option<Whole>, Fault>;
    /// Returns the bytes of a picture by the address that [`Portal::whole`] gave.
    async fn picture(&self, address: &str) -> Result<Vec<u8>, Fault>;
    /// Returns a public page as a reader gets it.
    async fn public_page(&self, url: &str) -> Result<String, Fault>;
    /// Asks as a reader does and returns the HTTP status: 404 and 410 say that the page is gone.
    async fn page_status(&self, url: &str) -> Result<u16, Fault>;
    /// Returns the categories and languages that our words can be matched with.
    async fn terms(&self) -> Result<Vec<Term>, Fault>;
}

/// A portal is only given early what `Caps::holds` says that it takes.
fn cannot_hold() -> Fault {
    Fault::Refused { status: 0, words: "the portal cannot hold an article until its time".into() }
}
