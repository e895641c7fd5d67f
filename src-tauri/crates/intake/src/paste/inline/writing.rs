//! Writes a line's words with their marks and links.

use super::{Cell, Kind, Mark, Place};
use crate::paste::escape::{self, Beside};

pub struct Writing<'a> {
    pub cells: &'a [Cell],
    pub marks: &'a [Mark],
    pub place: Place,
    pub links: &'a [String],
    pub note: &'a dyn Fn(usize) -> String,
    pub out: String,
}

impl Writing<'_> {
    pub fn all(mut self) -> String {
        let mut open: Vec<Mark> = Vec::new();
        let mut label = None;
        let mut starts = self.marks.to_vec();
        starts.sort_by(|a, b| a.from.cmp(&b.from).then(b.to.cmp(&a.to)).then(a.look.cmp(&b.look)));
        let mut starts = starts.into_iter().peekable();
        for at in 0..=self.cells.len() {
            let link = self.cells.get(at).and_then(|cell| cell.link);
            while open
                .last()
                .is_some_and(|mark| mark.to == at && label.is_none_or(|(_, from)| mark.from >= from))
            {
                self.out.push_str(open.pop().expect("one is open").sign());
            }
            if label.is_some_and(|(now, _)| Some(now) != link) {
                self.end_link(label.take());
            }
            while open.last().is_some_and(|mark| mark.to == at) {
                self.out.push_str(open.pop().expect("one is open").sign());
            }
            let Some(cell) = self.cells.get(at) else { break };
            let begins = link.filter(|_| label.is_none());
            let link_end = begins.map_or(at, |link| {
                (at..self.cells.len())
                    .find(|end| self.cells[*end].link != Some(link))
                    .unwrap_or(self.cells.len())
            });
            let bare = begins.is_some_and(|link| self.is_bare(at, link_end, link));
            // What reaches beyond the link goes around it.
            while let Some(mark) =
                starts.next_if(|mark| mark.from == at && (begins.is_none() || mark.to > link_end))
            {
                self.out.push_str(mark.sign());
                open.push(mark);
            }
            if let Some(link) = begins {
                label = Some((link, at));
                self.out.push(if bare { '<' } else { '[' });
            }
            while let Some(mark) = starts.next_if(|mark| mark.from == at) {
                self.out.push_str(mark.sign());
                open.push(mark);
            }
            self.cell(at, cell, label.is_some());
        }
        self.out
    }

    /// Words that are their own address are not written twice.
    fn is_bare(&self, from: usize, to: usize, link: usize) -> bool {
        let words: Option<String> = self.cells[from..to]
            .iter()
            .map(|cell| match cell.kind {
                Kind::Letter(c) if !(cell.bold || cell.italic || cell.struck) => Some(c),
                Kind::Letter(_) | Kind::Break | Kind::Code(_) | Kind::Note(_) => None,
            })
            .collect();
        let address = &self.links[link];
        address.starts_with("http")
            && words.is_some_and(|words| words == *address && escape::is_quiet(address))
    }

    fn end_link(&mut self, label: Option<(usize, usize)>) {
        let Some((link, from)) = label else { return };
        let to = (from..self.cells.len())
            .find(|at| self.cells[*at].link != Some(link))
            .unwrap_or(self.cells.len());
        if self.is_bare(from, to, link) {
            self.out.push('>');
        } else {
            self.out.push_str("](");
            self.out.push_str(&self.links[link]);
            self.out.push(')');
        }
    }

    fn cell(&mut self, at: usize, cell: &Cell, in_link: bool) {
        match &cell.kind {
            Kind::Break => self.out.push_str("\\\n"),
            Kind::Code(words) => self.out.push_str(&escape::code(words, self.place == Place::Cell)),
            Kind::Note(note) => self.out.push_str(&(self.note)(*note)),
            Kind::Letter(c) => {
                let begins = at == 0 || self.cells[at - 1].kind == Kind::Break;
                if begins && self.place != Place::Cell {
                    let line: String = self.cells[at..]
                        .iter()
                        .map_while(|cell| if let Kind::Letter(c) = cell.kind { Some(c) } else { None })
                        .take(80)
                        .collect();
                    if escape::begins_a_block(&line) {
                        self.out.push('\\');
                        self.out.push(*c);
                        return;
                    }
                }
                let letter = |at: Option<usize>| {
                    at.and_then(|at| self.cells.get(at)).map(|cell| match (&cell.kind, cell.link) {
                        (Kind::Letter(c), _) => *c,
                        (Kind::Break, _) => ' ',
                        (Kind::Code(_), _) => '`',
                        (Kind::Note(_), _) => '[',
                    })
                };
                let link_next =
                    self.cells.get(at + 1).is_some_and(|next| next.link.is_some() && next.link != cell.link);
                let beside = Beside {
                    before: letter(at.checked_sub(1)),
                    after: if link_next { Some('[') } else { letter(Some(at + 1)) },
                    number: digits_before(self.cells, at),
                    in_link,
                    in_cell: self.place == Place::Cell,
                };
                if escape::is_mark(*c, &beside) {
                    self.out.push('\\');
                }
                self.out.push(*c);
            }
        }
    }
}

/// Says whether only a number stands before this on its line: `1.` would begin a list.
fn digits_before(cells: &[Cell], at: usize) -> bool {
    let line = cells[..at].iter().rev().take_while(|cell| cell.kind != Kind::Break).take(10);
    let mut any = false;
    for cell in line {
        if !matches!(cell.kind, Kind::Letter(c) if c.is_ascii_digit()) {
            return false;
        }
        any = true;
    }
    any
}
