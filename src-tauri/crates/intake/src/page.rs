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
pub(crate) use line::evened;
mod recognise;
mod table;
mod text;
mod words;

use domain::{
    article::Fields,
    ids::PlacementId,
    leftover::{Leftover, Why},
    placement::Position,
};

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
    let (lines, known) = lines(bytes)?;
    Ok(recognise::draft(&lines, known, new_id)?.0)
}

fn lines(bytes: &[u8]) -> Result<(Vec<line::Line>, html::Known), Error> {
    let page = charset::decoded(bytes)?;
    if html::looks_like(&page) {
        html::lines(&page)
    } else {
        Ok((text::lines(&page), html::Known::default()))
    }
}

/// A page as it was read, for a person to read it beside the draft: words only, nothing that runs or loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// BCP 47, as recognised.
    pub language: String,
    pub lines: Vec<PageLine>,
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLine {
    pub shown_as: ShownAs,
    /// The words, NFC, white space evened out.
    pub words: String,
    /// The words as Markdown.
    pub markdown: String,
    /// Why it went into no field and not into the text.
    pub left_over: Option<Why>,
}

/// What a line of a page is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownAs {
    Headline,
    Heading,
    Text,
    Picture,
    Caption,
    Item,
    Quotation,
    Table,
}

/// Reads a page again that was taken in before.
///
/// # Errors
/// As [`read`], but for [`Error::NoArticle`]: its lines are there to be read all the same.
pub fn text_of(bytes: &[u8]) -> Result<PageText, Error> {
    let (lines, known) = lines(bytes)?;
    let draft = recognise::draft(&lines, known, &mut || PlacementId(Default::default()));
    let (language, left_over) = match draft {
        Ok((taken_in, left_over)) => (taken_in.fields.language, left_over),
        Err(_) => (String::new(), vec![None; lines.len()]),
    };
    let shown = lines.into_iter().zip(left_over).filter(|(line, _)| !line.plain.is_empty());
    let lines = shown.map(|(line, left_over)| PageLine {
        shown_as: shown_as(line.hint),
        words: line.plain,
        markdown: line.markdown,
        left_over,
    });
    Ok(PageText { language, lines: lines.collect() })
}

fn shown_as(hint: line::Hint) -> ShownAs {
    match hint {
        line::Hint::Headline => ShownAs::Headline,
        line::Hint::Heading(_) => ShownAs::Heading,
        line::Hint::None | line::Hint::Standfirst => ShownAs::Text,
        line::Hint::Picture => ShownAs::Picture,
        line::Hint::Caption | line::Hint::Credit => ShownAs::Caption,
        line::Hint::ListItem => ShownAs::Item,
        line::Hint::Quote => ShownAs::Quotation,
        line::Hint::Table => ShownAs::Table,
    }
}

#[cfg(test)]
mod tests;
