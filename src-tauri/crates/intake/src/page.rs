//! Takes a portal's page apart: text copied from a browser, or saved HTML, becomes a draft with every part in its field.
//!
//! The kind of page is recognised, not one page: where the date and the paper's name stand, what a caption looks like,
//! where the text ends. Every line gets exactly one role; one that gets none is a leftover, so nothing vanishes.

mod body;
mod charset;
mod date;
mod html;
mod language;
mod line;
mod recognise;
mod table;
mod text;
mod words;

use domain::{article::Fields, ids::PlacementId, leftover::Leftover, placement::Position};

/// Largest page that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// A page taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    pub fields: Fields,
    /// Markdown, with `![](photo:<placement id>)` where a picture stood.
    pub body: String,
    /// The page's pictures, in order: captions and credits before anyone has a file.
    pub wanted: Vec<Wanted>,
    pub leftovers: Vec<Leftover>,
}

/// A picture that the page showed and the desk has yet to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub id: PlacementId,
    pub position: Position,
    pub caption: String,
    pub credit_line: String,
    pub alt: String,
    /// File name or address it was seen under; never shown to readers.
    pub seen_as: String,
}

/// Why a file does not become a draft. Nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the page is empty; copy the whole page from the browser, or save it as HTML, and give that")]
    Empty,
    #[error("this is not text or HTML but a file of another kind; save the page as HTML or copy its text")]
    NotText,
    #[error("the page has {megabytes} MB; at most 8 MB can be taken in: copy only the article's text")]
    TooLarge { megabytes: usize },
    #[error("the page's HTML is nested too deeply to be an article; copy its text instead")]
    TooDeep,
    #[error(
        "no article was found in it: there is no headline with text under it; open the article's own page and copy that"
    )]
    NoArticle,
}

/// Takes a page apart. `new_id` gives each picture's place its id.
///
/// # Errors
/// [`Error`], each a sentence that says what to do.
pub fn read(bytes: &[u8], new_id: &mut dyn FnMut() -> PlacementId) -> Result<TakenIn, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { megabytes: bytes.len() >> 20 });
    }
    let page = charset::decoded(bytes)?;
    let (lines, known) = if html::looks_like(&page) {
        html::lines(&page)?
    } else {
        (text::lines(&page), html::Known::default())
    };
    recognise::draft(&lines, known, new_id)
}

#[cfg(test)]
mod tests;
