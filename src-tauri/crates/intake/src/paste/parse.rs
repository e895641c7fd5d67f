//! Reads markup that may be hostile: large, deep, or made so that a parser takes for ever.

use std::time::{Duration, Instant};

use html5ever::{ParseOpts, driver::parse_document, tendril::TendrilSink as _};
use scraper::{Html, HtmlTreeSink};

use super::{Error, MAX_BYTES, MAX_MARKUP};

/// Deeper nesting is no text that a person wrote, and a parser looks through all of it at many a tag.
const DEEPEST: usize = 200;
/// A parser that puts back what was left open can make very much of little: it is looked at between pieces.
const PIECE: usize = 16 << 10;
/// Ordinary pastes take a hundredth of this; a window that waits longer pastes the plain text.
const LONGEST: Duration = Duration::from_millis(900);

/// A clipboard's page, with the pictures that were written into it.
pub struct Page {
    pub html: Html,
    /// What stood in place of `data:N`: the picture's base64.
    pub inside: Vec<String>,
}

/// Parses what was on the clipboard.
pub fn page(html: &str) -> Result<Page, Error> {
    if html.len() > MAX_BYTES {
        return Err(Error::TooLarge { megabytes: html.len() >> 20 });
    }
    let (markup, inside) = without_pictures(after_header(html));
    if markup.len() > MAX_MARKUP {
        return Err(Error::TooLarge { megabytes: markup.len() >> 20 });
    }
    if depth(&markup) > DEEPEST {
        return Err(Error::TooDeep);
    }
    Ok(Page { html: parsed(&markup)?, inside })
}

/// On Windows the clipboard's HTML has lines before it that say where it begins.
fn after_header(html: &str) -> &str {
    if html.starts_with("Version:") { html.find('<').map_or("", |at| &html[at..]) } else { html }
}

/// Takes pictures out of the markup, so that megabytes of them are not read as text.
fn without_pictures(html: &str) -> (String, Vec<String>) {
    const MARK: &str = ";base64,";
    let (mut markup, mut inside, mut rest) = (String::new(), Vec::new(), html);
    while let Some(at) = rest.find("data:image/") {
        let (before, from) = rest.split_at(at);
        markup.push_str(before);
        let end = from.find(['"', '\'', '>', '<', ')']).unwrap_or(from.len());
        let written = from[..end].find(MARK).map(|mark| from[mark + MARK.len()..end].to_owned());
        match written {
            Some(picture) => {
                markup.push_str(&format!("data:{}", inside.len()));
                inside.push(picture);
            }
            None => markup.push_str("data:"),
        }
        rest = &from[end..];
    }
    markup.push_str(rest);
    (markup, inside)
}

/// Elements that the next one may close, or that hold nothing: they do not nest by being many.
const NOT_NESTED: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "html",
    "head", "body", "rt",
];

/// Counts how deep elements are nested at most. Comments are left out: Word keeps its own XML in them.
fn depth(markup: &str) -> usize {
    let (mut depth, mut deepest, mut rest) = (0_usize, 0, markup);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let (closes, name) = rest.strip_prefix('/').map_or((false, rest), |name| (true, name));
        let length = name.bytes().take(12).take_while(|b| b.is_ascii_alphanumeric() || *b == b':').count();
        let name = name[..length].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || NOT_NESTED.contains(&name.as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Returns where the last letter ends that lies wholly within `bytes`.
pub(super) fn letters_within(text: &str, bytes: usize) -> usize {
    (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn parsed(markup: &str) -> Result<Html, Error> {
    let began = Instant::now();
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = markup;
    while !rest.is_empty() {
        let (piece, more) = rest.split_at(letters_within(rest, PIECE));
        parser.process(piece.into());
        if began.elapsed() > LONGEST {
            return Err(Error::TooSlow);
        }
        rest = more;
    }
    Ok(parser.finish())
}
