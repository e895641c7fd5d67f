//! Portals to test against, the network in between, and what a desk sends.

pub mod article;
mod harness;
pub mod network;
pub mod newspaper;
pub mod wordpress;

pub use harness::{SiteTest, Test, conclude, runtime};
