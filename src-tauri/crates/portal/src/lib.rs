//! Where articles go: one trait, one adapter per kind of portal. What a failure means is decided here, what is done
//! about it in `domain::outbox`.

mod fault;
pub mod native;
pub mod read_back;
mod secret;

use async_trait::async_trait;
use domain::ids::{ArticleId, DecisionId, Hash};
use protocol::{Caps, Edition, Live, Me, Receipt};

pub use fault::Fault;
pub use secret::Secret;

/// A portal that can be published to.
#[async_trait]
pub trait Portal: Send + Sync {
    /// Returns what this kind of portal can promise.
    fn caps(&self) -> Caps;
    /// Asks who the portal takes us for.
    async fn me(&self) -> Result<Me, Fault>;
    /// Returns which of these pictures the portal lacks.
    async fn lacks(&self, pictures: &[Hash]) -> Result<Vec<Hash>, Fault>;
    /// Gives the portal a picture.
    async fn take_picture(&self, hash: Hash, bytes: Vec<u8>) -> Result<(), Fault>;
    /// Has a decision applied; the same decision again has no further effect.
    async fn deliver(&self, decision: DecisionId, edition: &Edition) -> Result<Receipt, Fault>;
    /// Asks whether a decision was applied: how an unknown answer is settled.
    async fn receipt_of(&self, decision: DecisionId) -> Result<Option<Receipt>, Fault>;
    /// Returns what is live of an edition.
    async fn live(&self, article: ArticleId) -> Result<Option<Live>, Fault>;
    /// Returns a public page as a reader gets it.
    async fn public_page(&self, url: &str) -> Result<String, Fault>;
}
