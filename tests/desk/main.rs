//! What a person does at the desk, from the page taken in to the page that is live: through the `desk` crate, on real
//! folders, databases and pictures, and a real portal over HTTP.

#[allow(dead_code, reason = "the contract's own tests make more trouble")]
#[path = "../portals/src/network.rs"]
mod network;
mod newsroom;

mod approving;
mod backup_order;
mod backups;
mod bundle_round_trip;
mod bundles;
mod changing;
mod clock;
mod folders;
mod history;
mod ninjs;
mod older_databases;
mod outbox;
mod pasting;
mod pictures;
mod portals;
mod previewing;
mod publication_log;
mod publishing;
mod simulated;
mod spelling;
mod taking_back;
mod taking_in;
mod templates;
mod times;
mod trash;
mod trouble;
mod uploads;
mod writing;
