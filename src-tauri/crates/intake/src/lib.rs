//! What comes in: source papers' pages, and folders of pictures. It reads and recognises; storing is the desk's.

pub mod folder;
pub mod page;
pub mod paste;
