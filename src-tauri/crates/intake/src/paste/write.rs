//! Blocks as Markdown.

use std::fmt::Write as _;

use domain::{ids::PlacementId, markdown};

use super::{
    Pasted, Picture,
    inline::{Inline, Place},
};

/// Deeper lists and quotations are no text; what stands in them stays, less deep.
pub const DEEPEST: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Inline),
    Heading(usize, Inline),
    List(List),
    /// A paragraph that is an item of a list, as Word says it; `word::grouped` makes lists of them.
    Item(Item),
    Quote(Vec<Block>),
    Code(String),
    Table(Table),
    Rule,
    Picture(PlacementId),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// The number it begins with, where it has numbers.
    pub from: Option<u32>,
    pub items: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which list, in the words of the program.
    pub list: String,
    /// 1 is outermost.
    pub level: usize,
    pub number: Option<u32>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub rows: Vec<Vec<Inline>>,
    pub sides: Vec<Align>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    None,
    Left,
    Middle,
    Right,
}

/// A clipboard's page taken apart.
#[derive(Debug, Default)]
pub struct Read {
    pub blocks: Vec<Block>,
    pub links: Vec<String>,
    pub notes: Vec<Vec<Block>>,
    pub pictures: Vec<Picture>,
}

/// Returns what goes into a body.
pub fn pasted(read: Read, first_note: u32) -> Pasted {
    let Read { blocks, links, notes, pictures } = read;
    let is_text = |block: Option<&Block>| matches!(block, Some(Block::Paragraph(_)));
    let writer = Writer { links: &links, first_note };
    let (begins_as_text, ends_as_text) =
        (is_text(blocks.first()), is_text(blocks.last()) && notes.is_empty());
    let mut lines = writer.blocks(blocks, 0);
    for (at, note) in notes.into_iter().enumerate() {
        let name = format!("{}: ", writer.note(at));
        lines.push(String::new());
        lines.extend(indented(writer.blocks(note, 1), &name, 4));
    }
    Pasted {
        markdown: domain::article::normalised(lines.join("\n").trim_matches('\n')),
        begins_as_text,
        ends_as_text,
        pictures,
    }
}

struct Writer<'a> {
    links: &'a [String],
    first_note: u32,
}

impl Writer<'_> {
    fn note(&self, at: usize) -> String {
        format!("[^{}]", u64::from(self.first_note) + at as u64)
    }

    fn words(&self, inline: Inline, place: Place) -> String {
        inline.written(place, self.links, &|at| self.note(at))
    }

    /// Returns the lines of blocks, with an empty one between two of them.
    fn blocks(&self, blocks: Vec<Block>, depth: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut before: Option<(bool, bool)> = None;
        for block in blocks {
            let list = if let Block::List(list) = &block { Some(list.from.is_some()) } else { None };
            // Two lists side by side would be read as one.
            let other = list.is_some_and(|ordered| before.is_some_and(|(o, other)| o == ordered && !other));
            before = list.map(|ordered| (ordered, other));
            let written = self.block(block, depth, other);
            if written.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(written);
        }
        lines
    }

    fn block(&self, block: Block, depth: usize, other: bool) -> Vec<String> {
        match block {
            Block::Paragraph(inline) => split(&self.words(inline, Place::Paragraph)),
            Block::Heading(level, inline) => {
                vec![format!(
                    "{} {}",
                    "#".repeat(level),
                    self.words(inline, Place::OneLine).trim_end_matches('#')
                )]
            }
            Block::Quote(blocks) if depth >= DEEPEST => self.blocks(blocks, depth),
            Block::Quote(blocks) => {
                let quoted =
                    |line: String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
                self.blocks(blocks, depth + 1).into_iter().map(quoted).collect()
            }
            Block::List(list) => self.list(list, depth, other),
            Block::Item(item) => self.blocks(item.blocks, depth),
            Block::Code(code) => fenced(&code),
            Block::Table(table) => self.table(table),
            Block::Rule => vec!["---".into()],
            Block::Picture(id) => vec![markdown::reference(id)],
        }
    }

    fn list(&self, list: List, depth: usize, other: bool) -> Vec<String> {
        if depth >= DEEPEST {
            return self.blocks(list.items.into_iter().flatten().collect(), depth);
        }
        let is_tight = list.items.iter().all(|item| is_tight(item));
        let mut lines: Vec<String> = Vec::new();
        for (at, item) in list.items.into_iter().enumerate() {
            let mark = match list.from {
                Some(from) => format!("{}{} ", from.saturating_add(at as u32), if other { ')' } else { '.' }),
                None => {
                    if other {
                        "* ".to_owned()
                    } else {
                        "- ".to_owned()
                    }
                }
            };
            if !lines.is_empty() && !is_tight {
                lines.push(String::new());
            }
            let width = mark.len();
            let mut written = self.blocks(item, depth + 1);
            if is_tight {
                written.retain(|line| !line.is_empty());
            }
            lines.extend(indented(written, &mark, width));
        }
        lines
    }

    fn table(&self, table: Table) -> Vec<String> {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines = Vec::new();
        for (number, row) in table.rows.into_iter().enumerate() {
            let mut line = String::from("|");
            let mut cells = row.into_iter();
            for _ in 0..columns {
                let words = cells.next().map(|cell| self.words(cell, Place::Cell)).unwrap_or_default();
                let _ = write!(line, " {words} |");
            }
            lines.push(line);
            if number == 0 {
                let side = |at: usize| match table.sides.get(at).copied().unwrap_or_default() {
                    Align::None => " --- |",
                    Align::Left => " :-- |",
                    Align::Middle => " :-: |",
                    Align::Right => " --: |",
                };
                lines.push(format!("|{}", (0..columns).map(side).collect::<String>()));
            }
        }
        lines
    }
}

/// An item of one paragraph, perhaps with lists under it, needs no empty lines.
fn is_tight(item: &[Block]) -> bool {
    item.iter().enumerate().all(|(at, block)| match block {
        Block::Paragraph(_) => at == 0,
        Block::List(list) => at > 0 && list.items.iter().all(|item| is_tight(item)),
        Block::Heading(..)
        | Block::Item(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Table(_)
        | Block::Rule
        | Block::Picture(_) => false,
    }) && item.iter().filter(|block| matches!(block, Block::List(_))).count() <= 1
}

fn split(words: &str) -> Vec<String> {
    words.split('\n').map(str::to_owned).collect()
}

/// Puts `mark` before the first line and as much room before the others.
fn indented(lines: Vec<String>, mark: &str, width: usize) -> Vec<String> {
    if lines.is_empty() {
        return vec![mark.trim_end().to_owned()];
    }
    let room = " ".repeat(width);
    let with_room = |(at, line): (usize, String)| match (at, line.is_empty()) {
        (0, _) => format!("{mark}{line}"),
        (_, true) => line,
        (_, false) => format!("{room}{line}"),
    };
    lines.into_iter().enumerate().map(with_room).collect()
}

fn fenced(code: &str) -> Vec<String> {
    let longest = code.lines().map(|line| line.trim_start().chars().take_while(|c| *c == '`').count()).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let mut lines = vec![fence.clone()];
    lines.extend(code.trim_matches('\n').lines().map(str::to_owned));
    lines.push(fence);
    lines
}
