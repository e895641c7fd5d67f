//! Pictures: what a file is, what it says of itself, where its bytes are kept, and what goes out of it.
//! No database here, and nothing a hostile file says is believed before it is checked.

mod colour;
#[cfg(test)]
mod files;
pub mod metadata;
pub mod picture;
pub mod rendition;
mod segments;
pub mod vault;
