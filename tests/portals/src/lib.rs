//! Portals to test against, and the network in between. What is here knows nothing of the desk: the tests do.

mod harness;
pub mod network;
pub mod wordpress;

pub use harness::{SiteTest, Test, conclude, runtime};
