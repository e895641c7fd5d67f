//! The window's tests: the real app in its real web view. What rules say is tested in `domain`; here, that it is connected.

mod approving;
mod blocks;
mod bundles;
mod comfort;
mod editing;
mod history;
mod input_methods;
mod killing;
mod looks;
mod main_job;
mod page_window;
mod pasting;
mod payload;
mod pictures;
mod portals;
mod preview;
mod public_page;
mod report;
mod saving;
mod security;
mod source_page;
mod taking_in;
mod templates;
mod times;
mod trouble;
mod work;
