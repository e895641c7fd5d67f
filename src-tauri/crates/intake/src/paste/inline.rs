//! The words of one paragraph, each with its look, and how they are written so that they look so again.
//!
//! Markdown's emphasis is particular about what stands beside its marks. What cannot be marked right is marked a little
//! shorter, or not at all: a `*` that a reader sees is worse than a word that is not bold.

use domain::markdown;
use unicode_normalization::UnicodeNormalization as _;

use super::{escape, style::Look};
use marks::{Mark, marks};
use writing::Writing;

mod marks;
mod writing;

/// A letter, or what stands like one in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Letter(char),
    Break,
    Code(String),
    /// A footnote, by its place in the order in which they are named.
    Note(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    kind: Kind,
    bold: bool,
    italic: bool,
    struck: bool,
    /// Index of the link it is in.
    link: Option<usize>,
}

/// Words of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    cells: Vec<Cell>,
}

/// Where the words are written: a table's cell keeps to one line, and a `|` would end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Paragraph,
    OneLine,
    Cell,
}

impl Inline {
    /// Adds words as they stand in the markup.
    pub fn text(&mut self, words: &str, look: Look, link: Option<usize>) {
        let words: String = words.nfc().filter(|c| !is_nothing(*c)).collect();
        if look.code && !words.trim().is_empty() {
            self.code(&words, look, link);
            return;
        }
        let words = escape::scripted(&words, look.script).unwrap_or(words);
        for c in words.chars() {
            self.push(Kind::Letter(if is_plain_space(c) { ' ' } else { c }), look, link);
        }
    }

    fn code(&mut self, words: &str, look: Look, link: Option<usize>) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(Cell { kind: Kind::Code(before), link: there, .. }) = self.cells.last_mut()
            && *there == link
        {
            before.push_str(&words);
        } else {
            self.push(Kind::Code(words), look, link);
        }
    }

    fn push(&mut self, kind: Kind, look: Look, link: Option<usize>) {
        let Look { bold, italic, struck, .. } = look;
        self.cells.push(Cell { kind, bold, italic, struck, link });
    }

    /// Ends the line within the paragraph.
    pub fn line_break(&mut self) {
        self.push(Kind::Break, Look::default(), None);
    }

    pub fn note(&mut self, note: usize) {
        self.push(Kind::Note(note), Look::default(), None);
    }

    /// Says whether nobody would see anything of it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| match &cell.kind {
            Kind::Letter(c) => c.is_whitespace(),
            Kind::Break => true,
            Kind::Code(_) | Kind::Note(_) => false,
        })
    }

    /// Returns the words alone.
    pub fn plain(&self) -> String {
        let words: String = self
            .cells
            .iter()
            .map(|cell| match &cell.kind {
                Kind::Letter(c) => c.to_string(),
                Kind::Break => " ".into(),
                Kind::Code(words) => words.clone(),
                Kind::Note(_) => String::new(),
            })
            .collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Appends other words on the same line.
    pub fn join(&mut self, other: Self) {
        if !self.is_blank() {
            self.text(" ", Look::default(), None);
        }
        self.cells.extend(other.cells);
    }

    /// Appends other words on the next line.
    pub fn next_line(&mut self, other: Self) {
        self.line_break();
        self.cells.extend(other.cells);
    }

    /// Returns the words with others before them.
    pub fn after(self, before: &str) -> Self {
        let mut words = Self::default();
        words.text(before, Look::default(), None);
        words.cells.extend(self.cells);
        words
    }

    /// Takes a look away that all words have: a heading is bold anyway.
    pub fn not_all_bold(&mut self) {
        let is_word = |cell: &&Cell| {
            !matches!(&cell.kind, Kind::Letter(c) if c.is_whitespace()) && cell.kind != Kind::Break
        };
        if self.cells.iter().filter(is_word).all(|cell| cell.bold) {
            self.cells.iter_mut().for_each(|cell| cell.bold = false);
        }
    }

    /// Splits where an empty line stood: two line breaks are what a paragraph is to many programs.
    pub fn paragraphs(self) -> Vec<Self> {
        let mut all = vec![Self::default()];
        let mut breaks = 0;
        for cell in self.cells {
            match &cell.kind {
                Kind::Break => breaks += 1,
                Kind::Letter(c) if c.is_whitespace() && breaks > 0 => {}
                Kind::Letter(_) | Kind::Code(_) | Kind::Note(_) => {
                    if breaks > 1 {
                        all.push(Self::default());
                    }
                    let last = all.last_mut().expect("there is always a paragraph");
                    if breaks == 1 {
                        last.line_break();
                    }
                    breaks = 0;
                    last.cells.push(cell);
                }
            }
        }
        all.retain(|inline| !inline.is_blank());
        all
    }

    /// Writes the words as Markdown. `links` are the addresses, `note` names a footnote.
    pub fn written(self, place: Place, links: &[String], note: &dyn Fn(usize) -> String) -> String {
        let cells = evened(self.cells, place);
        let marks = marks(&cells);
        let write =
            |marks: &[Mark]| Writing { cells: &cells, marks, place, links, note, out: String::new() }.all();
        let written = write(&marks);
        // Between signs a mark may be taken for the end of another: then words without emphasis say what was said.
        if marks.is_empty() || reads_as(&written, &cells, note) { written } else { write(&[]) }
    }
}

/// Says whether a reader sees just the words, and none of the marks.
fn reads_as(written: &str, cells: &[Cell], note: &dyn Fn(usize) -> String) -> bool {
    let words: String = cells
        .iter()
        .map(|cell| match &cell.kind {
            Kind::Letter(c) => c.to_string(),
            Kind::Break => "\n".into(),
            Kind::Code(words) => words.clone(),
            Kind::Note(at) => note(*at),
        })
        .collect();
    // A cell of a table is written for its place in one; alone it is the same words.
    markdown::plain_text(written).split_whitespace().eq(words.split_whitespace())
}

/// What takes no room: soft hyphens, marks of byte order, NUL.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\0')
        || (c.is_control() && !c.is_whitespace())
}

fn is_plain_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{3000}')
}

/// Makes one space of every run of white space, none at the edges of a line. A space that must not break stays where
/// French typography or a number wants it.
fn evened(cells: Vec<Cell>, place: Place) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut run: Vec<Cell> = Vec::new();
    for mut cell in cells {
        if place != Place::Paragraph && cell.kind == Kind::Break {
            cell.kind = Kind::Letter(' ');
        }
        match cell.kind {
            Kind::Letter(c) if c.is_whitespace() => run.push(cell),
            Kind::Break => {
                run.clear();
                if !out.is_empty() {
                    out.push(cell);
                }
            }
            Kind::Letter(_) | Kind::Code(_) | Kind::Note(_) => {
                let begins = out.last().is_none_or(|before| before.kind == Kind::Break);
                if !run.is_empty() && !begins {
                    let before = out.last().expect("a line has begun");
                    out.push(space(&run, before, &cell));
                }
                run.clear();
                out.push(cell);
            }
        }
    }
    while out.last().is_some_and(|cell| cell.kind == Kind::Break) {
        out.pop();
    }
    out
}

/// A space looks like what it stands between.
fn space(run: &[Cell], before: &Cell, after: &Cell) -> Cell {
    let kept = match (&run[0].kind, run.len()) {
        (Kind::Letter(c @ ('\u{a0}' | '\u{202f}')), 1) => Some(*c).filter(|_| must_not_break(before, after)),
        _ => run.iter().any(|cell| cell.kind == Kind::Letter('\u{3000}')).then_some('\u{3000}'),
    };
    Cell {
        kind: Kind::Letter(kept.unwrap_or(' ')),
        bold: before.bold && after.bold,
        italic: before.italic && after.italic,
        struck: before.struck && after.struck,
        link: before.link.filter(|_| before.link == after.link),
    }
}

fn must_not_break(before: &Cell, after: &Cell) -> bool {
    let (Kind::Letter(before), Kind::Letter(after)) = (&before.kind, &after.kind) else { return false };
    matches!(after, ':' | ';' | '!' | '?' | '»' | '%' | '€' | '₫')
        || *before == '«'
        || (before.is_ascii_digit() && after.is_ascii_digit())
}
