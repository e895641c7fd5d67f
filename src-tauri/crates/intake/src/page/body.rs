//! The text with its pictures: paragraphs, and places where a picture stood with caption and credit.

use std::{collections::HashSet, ops::Range};

use domain::{
    credit,
    ids::PlacementId,
    leftover::{Leftover, Why},
    markdown,
    placement::Position,
};

use super::{
    Wanted,
    line::{Hint, Line, Region},
    words,
};

/// Longer lines are paragraphs, whatever stands in them.
const LONGEST_CAPTION: usize = 500;

/// What the text region of a page holds.
#[derive(Debug, Default)]
pub struct Body {
    pub markdown: String,
    pub wanted: Vec<Wanted>,
    /// Lines in the region that are not of the text.
    pub dropped: Vec<(usize, Why)>,
    /// Alt texts that are file names or repeat the caption.
    pub alt_leftovers: Vec<Leftover>,
    said: HashSet<String>,
    blocks: Vec<(Hint, String)>,
}

impl Body {
    /// Says whether the text or a caption says just this line.
    pub fn says(&self, line: &str) -> bool {
        self.said.contains(line)
    }

    fn paragraph(&mut self, line: &Line) {
        self.said.insert(line.plain.clone());
        let text = match line.hint {
            Hint::Heading(level) => format!("{} {}", "#".repeat(level), line.markdown),
            Hint::ListItem => format!("- {}", line.markdown),
            Hint::Quote => format!("> {}", line.markdown),
            Hint::None
            | Hint::Headline
            | Hint::Caption
            | Hint::Credit
            | Hint::Picture
            | Hint::Table
            | Hint::Standfirst => line.markdown.clone(),
        };
        self.blocks.push((line.hint, text));
    }

    fn picture(&mut self, found: Found, id: PlacementId) {
        let has_text = self.blocks.iter().any(|(hint, _)| *hint != Hint::Picture);
        let has_lead = self.wanted.iter().any(|wanted| wanted.position == Position::Lead);
        let position = if has_text || has_lead { Position::InText } else { Position::Lead };
        if position == Position::InText {
            self.blocks.push((Hint::Picture, markdown::reference(id)));
        }
        let alt = self.alt(&found);
        self.said.insert(found.raw);
        let Found { caption, credit_line, seen_as, .. } = found;
        self.wanted.push(Wanted { id, position, caption, credit_line, alt, seen_as });
    }

    /// Alt text is kept when it says something of its own.
    fn alt(&mut self, found: &Found) -> String {
        let alt = found.alt.trim();
        let without_credit = credit::split(alt).caption;
        let (repeats, file_name) =
            (is_same(&without_credit, &found.caption) || alt == found.raw, credit::looks_like_file_name(alt));
        if alt.is_empty() || !(repeats || file_name) {
            return alt.to_owned();
        }
        let why = if file_name { Why::FileName } else { Why::Repeated };
        self.alt_leftovers.push(Leftover { why, text: alt.to_owned() });
        String::new()
    }

    /// Joins the blocks: list items and lines of one quotation stay together.
    fn join(&mut self) {
        let mut previous = None;
        for (hint, block) in std::mem::take(&mut self.blocks) {
            if let Some(previous) = previous {
                let together = previous == hint && hint == Hint::ListItem;
                self.markdown.push_str(if together { "\n" } else { "\n\n" });
            }
            self.markdown.push_str(&block);
            previous = Some(hint);
        }
        self.markdown.push('\n');
    }
}

/// A final stop makes no other words.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |words: &str| words.trim_end_matches(['.', '。', '…', ' ']).to_lowercase();
    bare(one) == bare(other)
}

/// A picture as the page showed it.
#[derive(Debug, Default)]
struct Found {
    caption: String,
    credit_line: String,
    alt: String,
    seen_as: String,
    /// The caption's line, unsplit.
    raw: String,
}

/// Reads the region; takes the lines it uses.
pub fn read(
    lines: &[Line],
    region: Range<usize>,
    free: &mut [bool],
    new_id: &mut dyn FnMut() -> PlacementId,
) -> Body {
    let mut body = Body::default();
    let end = region.end;
    let mut at = region.start;
    while at < end {
        let line = &lines[at];
        if !free[at] || line.region != Region::Main || words::is_furniture(&line.plain) {
            at += 1;
            continue;
        }
        if let Some((found, used)) = picture_at(lines, at, end, &mut body) {
            free[at..at + used].fill(false);
            for (dropped, _) in body.dropped.iter().filter(|(dropped, _)| (at..at + used).contains(dropped)) {
                free[*dropped] = true;
            }
            body.picture(found, new_id());
            at += used;
            continue;
        }
        free[at] = false;
        if !line.plain.is_empty() {
            body.paragraph(line);
        }
        at += 1;
    }
    body.join();
    body
}

/// Returns the picture whose words begin at this line, and how many lines it takes.
fn picture_at(lines: &[Line], at: usize, end: usize, body: &mut Body) -> Option<(Found, usize)> {
    let line = &lines[at];
    if line.hint == Hint::Picture {
        return Some(from_markup(lines, at, end, body));
    }
    if credit::looks_like_file_name(&line.plain) {
        body.dropped.push((at, Why::FileName));
        let caption = (at + 1 < end).then(|| caption_from(lines, at + 1, end, body)).flatten();
        let (mut found, used) = caption.unwrap_or_default();
        found.seen_as = line.plain.clone();
        return Some((found, used + 1));
    }
    let doubled = at + 1 < end && lines[at + 1].plain == line.plain && line.length() <= LONGEST_CAPTION;
    if doubled || line.hint == Hint::Caption || has_credit(line) || credit_below(lines, at, end) {
        return caption_from(lines, at, end, body);
    }
    None
}

fn has_credit(line: &Line) -> bool {
    matches!(line.hint, Hint::None) && line.length() <= LONGEST_CAPTION && credit::credit_inside(&line.plain)
}

/// A short line above a line that is nothing but a credit is a caption.
fn credit_below(lines: &[Line], at: usize, end: usize) -> bool {
    let line = &lines[at];
    at + 1 < end && matches!(line.hint, Hint::None) && line.length() <= 250 && is_credit_alone(&lines[at + 1])
}

fn is_credit_alone(line: &Line) -> bool {
    let split = credit::split(&line.plain);
    split.caption.is_empty() && !split.credit_line.is_empty() && line.length() <= 120
}

/// The markup shows a picture: its caption is what is marked as one, or looks like one, right below.
fn from_markup(lines: &[Line], at: usize, end: usize, body: &mut Body) -> (Found, usize) {
    let picture = &lines[at];
    let below = at + 1;
    let marked = below < end
        && (matches!(lines[below].hint, Hint::Caption | Hint::Credit)
            || has_credit(&lines[below])
            || lines[below].plain == picture.plain && !picture.plain.is_empty());
    let (mut found, used) =
        marked.then(|| caption_from(lines, below, end, body)).flatten().unwrap_or_default();
    found.alt.clone_from(&picture.plain);
    found.seen_as = file_name(&picture.address);
    if found.raw.is_empty() && credit::credit_inside(&picture.plain) {
        let split = credit::split(&picture.plain); // the caption stands only in the alt text
        found = Found {
            caption: split.caption,
            credit_line: split.credit_line,
            raw: picture.plain.clone(),
            alt: String::new(),
            ..found
        };
    }
    (found, used + 1)
}

/// Reads a caption from this line on: its twin and a credit below belong to it.
fn caption_from(lines: &[Line], at: usize, end: usize, body: &mut Body) -> Option<(Found, usize)> {
    let line = &lines[at];
    if line.length() > LONGEST_CAPTION || matches!(line.hint, Hint::Picture | Hint::Heading(_) | Hint::Table)
    {
        return None;
    }
    let mut found = Found { raw: line.plain.clone(), ..Found::default() };
    if line.hint == Hint::Credit {
        found.credit_line = credit_of(line); // some pages print it first
    } else {
        let split = credit::split(&line.plain);
        (found.caption, found.credit_line) = (split.caption, split.credit_line);
    }
    let mut used = 1;
    while at + used < end {
        let next = &lines[at + used];
        if next.plain == line.plain || (!next.plain.is_empty() && next.plain == found.caption) {
            body.dropped.push((at + used, Why::Repeated));
        } else if found.credit_line.is_empty()
            && (next.hint == Hint::Credit || is_credit_alone(next) || credit::is_agency(&next.plain))
        {
            found.credit_line = credit_of(next);
            body.said.insert(next.plain.clone());
        } else if found.caption.is_empty() && next.hint == Hint::Caption {
            found.caption.clone_from(&next.plain);
            body.said.insert(next.plain.clone());
        } else if found.credit_line.is_empty() && next.hint == Hint::Caption && next.length() <= 80 {
            found.credit_line = credit_of(next);
            body.said.insert(next.plain.clone());
        } else {
            break;
        }
        used += 1;
    }
    Some((found, used))
}

/// A line that is known to be a credit needs no label and no brackets.
fn credit_of(line: &Line) -> String {
    let split = credit::split(&line.plain);
    if split.credit_line.is_empty() {
        line.plain.trim_matches(['(', ')', '[', ']', ' ']).to_owned()
    } else {
        split.credit_line
    }
}

/// Returns the last part of an address, without what follows `?`.
fn file_name(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}
