//! The newsroom's rules, pure: articles, revisions, stages, credit lines, checks, pages, outbox policy.
//! No clock, no files, no network, no SQL: times and ids come in as arguments.

pub mod article;
pub mod backup;
pub mod checks;
pub mod comparison;
pub mod credit;
pub mod decision;
pub mod document;
pub mod ids;
pub mod leftover;
pub mod limits;
pub mod live;
pub mod markdown;
pub mod ninjs;
pub mod outbox;
pub mod page;
pub mod picture;
pub mod placement;
pub mod publication_log;
pub mod revision;
pub mod stage;
pub mod template;
pub mod when;
