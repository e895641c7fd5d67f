//! What another program put on the clipboard as HTML becomes our Markdown, as its author saw it.
//!
//! Word, LibreOffice, Google Docs, Outlook and every browser say the same things in other words: a list in Word is
//! paragraphs, the whole of a Google document is a `<b>` that is not bold, links lead through somebody's counter. Here
//! the page is read once, each word with the look it had (`style`), into blocks (`walk`, `word`, `table`, `notes`), which
//! are then written (`inline`, `write`). Nothing is fetched, nothing of style or script is left, no visible word is lost.

mod address;
mod escape;
mod inline;
mod notes;
mod parse;
mod picture;
mod style;
mod table;
mod walk;
mod word;
mod write;

use domain::ids::PlacementId;

/// Most bytes of markup that are read; pictures inside it come on top.
pub const MAX_MARKUP: usize = 5 << 20;
/// Most bytes altogether, pictures written into the markup included.
pub const MAX_BYTES: usize = 64 << 20;

/// What was on the clipboard, as it goes into a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// Markdown without an end of line, with `![](photo:<placement id>)` where a picture stood.
    pub markdown: String,
    /// It begins with words of a paragraph: they may go on a line that has begun.
    pub begins_as_text: bool,
    /// It ends with words of a paragraph: what stands after the caret may follow on the same line.
    pub ends_as_text: bool,
    /// The pictures, in order.
    pub pictures: Vec<Picture>,
}

/// A picture that was pasted with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub id: PlacementId,
    pub caption: String,
    pub credit_line: String,
    pub alt: String,
    /// File name or address it was seen under; it is not fetched.
    pub seen_as: String,
    /// The file, where the markup held it.
    pub bytes: Option<Vec<u8>>,
}

/// Why nothing was made of it; its plain text can still be pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("what was copied has {megabytes} MB of markup; copy less at a time, or paste it as plain text")]
    TooLarge { megabytes: usize },
    #[error("what was copied is nested too deeply to be text; paste it as plain text")]
    TooDeep,
    #[error("what was copied takes too long to read; paste it as plain text")]
    TooSlow,
    #[error("there are no words and no pictures in what was copied; copy the text itself")]
    Nothing,
}

/// Makes Markdown of a clipboard's HTML. Footnotes are numbered from `first_note`, so that they are not taken for
/// those the body has; `new_id` gives each picture's place its id.
///
/// # Errors
/// [`Error`], each a sentence that says what to do.
pub fn read(html: &str, first_note: u32, new_id: &mut dyn FnMut() -> PlacementId) -> Result<Pasted, Error> {
    let page = parse::page(html)?;
    let read = walk::read(&page, new_id);
    let pasted = write::pasted(read, first_note);
    if pasted.markdown.is_empty() { Err(Error::Nothing) } else { Ok(pasted) }
}

/// Returns the text of a clipboard's bytes: UTF-8, or UTF-16 as some programs for X give it.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take(512).filter(|byte| **byte == 0).count();
    let encoding = match bytes {
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE,
        _ if bytes.starts_with(&[0xFF, 0xFE]) || zeros * 3 > bytes.len().min(512) => encoding_rs::UTF_16LE,
        _ => encoding_rs::UTF_8,
    };
    encoding.decode(bytes).0.trim_end_matches('\0').to_owned()
}

#[cfg(test)]
mod tests;
