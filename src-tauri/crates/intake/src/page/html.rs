//! A saved page's HTML as lines, in the order in which a reader meets them, with what the markup says of each.

mod known;
mod walk;

use scraper::Html;

use super::{
    Error,
    line::{Hint, Line, Region},
};

pub use known::Known;

/// Deeper nesting is no article, and costs the square of its depth.
const DEEPEST: usize = 3000;

/// Says whether the text is HTML: it has tags of a page near its start.
pub fn looks_like(page: &str) -> bool {
    let start: String = page
        .trim_start_matches(['\u{feff}', ' ', '\n', '\t'])
        .chars()
        .take(3000)
        .collect::<String>()
        .to_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || ["<body", "<div", "<p>", "<p ", "<article", "<head", "<h1", "<section", "<main"]
            .iter()
            .any(|tag| start.contains(tag))
            && start.contains('>')
}

/// Returns the page's lines and what its markup knows besides.
pub fn lines(page: &str) -> Result<(Vec<Line>, Known), Error> {
    refuse_depth(page)?;
    let html = Html::parse_document(page);
    let (mut lines, known) = (walk::lines(&html), known::read(&html));
    mark_headline(&mut lines, &known.titles);
    Ok((lines, known))
}

/// The headline is the line that the page's title begins with, whatever element it stands in.
fn mark_headline(lines: &mut [Line], titles: &[String]) {
    let is_it = |line: &Line| {
        line.region == Region::Main
            && line.length() >= 15
            && !matches!(line.hint, Hint::Picture | Hint::Caption | Hint::Credit)
            && titles.iter().any(|title| title.starts_with(&line.plain))
    };
    if let Some(found) = lines.iter().position(is_it).filter(|at| lines[*at].hint != Hint::Headline) {
        for line in lines.iter_mut().filter(|line| line.hint == Hint::Headline) {
            line.hint = Hint::None; // a site that marks its own name so
        }
        lines[found].hint = Hint::Headline;
    }
}

/// Counts how deep elements that must be closed are nested.
fn refuse_depth(page: &str) -> Result<(), Error> {
    const NEST: [&str; 16] = [
        "div",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "font",
        "blockquote",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "u",
        "small",
    ];
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for piece in page.split('<').skip(1) {
        let (closes, rest) = piece.strip_prefix('/').map_or((false, piece), |rest| (true, rest));
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        if NEST.contains(&name.as_str()) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
            deepest = deepest.max(depth);
        }
    }
    if deepest > DEEPEST { Err(Error::TooDeep) } else { Ok(()) }
}
