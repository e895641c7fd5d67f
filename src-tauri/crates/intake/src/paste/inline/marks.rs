//! Which words are marked, so that CommonMark sees the marks and readers do not.

use std::sync::LazyLock;

use regex::Regex;

use super::{Cell, Kind};

/// A paragraph with more of them was not written by a person.
const MOST_RUNS: usize = 1000;
/// Signs at the end of emphasised words that are left out of it, at most.
const MOST_SIGNS: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Emphasis {
    Struck,
    Bold,
    Italic,
}

/// Words `from..to` that are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub from: usize,
    pub to: usize,
    pub look: Emphasis,
    /// Written with `_`, because a `*` stands right beside it.
    underscore: bool,
}

impl Mark {
    pub fn sign(self) -> &'static str {
        match self.look {
            Emphasis::Struck => "~~",
            Emphasis::Bold => "**",
            Emphasis::Italic if self.underscore => "_",
            Emphasis::Italic => "*",
        }
    }
}

/// Returns what is marked: always one inside the other or apart, never across a link's end.
pub fn marks(cells: &[Cell]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for look in [Emphasis::Struck, Emphasis::Bold, Emphasis::Italic] {
        let runs = runs(cells, look);
        if runs.len() > MOST_RUNS {
            continue;
        }
        for (from, to) in runs.into_iter().flat_map(|run| within_links(cells, run)) {
            let (from, to) = uncrossed(&marks, (from, to));
            if let Some((from, to)) = fitted(cells, (from, to)) {
                marks.extend(beside(cells, &marks, Mark { from, to, look, underscore: false }));
            }
        }
    }
    marks
}

fn has(cell: &Cell, look: Emphasis) -> bool {
    match look {
        Emphasis::Struck => cell.struck,
        Emphasis::Bold => cell.bold,
        Emphasis::Italic => cell.italic,
    }
}

fn runs(cells: &[Cell], look: Emphasis) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = None;
    for (at, cell) in cells.iter().enumerate() {
        match (from, has(cell, look) && cell.kind != Kind::Break) {
            (None, true) => from = Some(at),
            (Some(began), false) => {
                runs.push((began, at));
                from = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    runs.extend(from.map(|began| (began, cells.len())));
    runs
}

/// Cuts a run where a link begins or ends that it only touches.
fn within_links(cells: &[Cell], (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let first = cells[from].link;
    let one_link = first.is_some() && cells[from..to].iter().all(|cell| cell.link == first);
    if one_link {
        return vec![(from, to)];
    }
    let mut pieces = Vec::new();
    let (mut start, mut end) = (from, to);
    if first.is_some() {
        start = (from..to).find(|at| cells[*at].link != first).unwrap_or(to);
        pieces.push((from, start));
    }
    let last = cells[to - 1].link;
    if last.is_some() && end > start {
        end = (start..to).rev().find(|at| cells[*at].link != last).map_or(start, |at| at + 1);
        pieces.push((end, to));
    }
    if end > start {
        pieces.push((start, end));
    }
    pieces
}

/// Of what crosses a mark, the longer part is marked.
fn uncrossed(marks: &[Mark], (mut from, mut to): (usize, usize)) -> (usize, usize) {
    for mark in marks {
        let (a, b) = (mark.from, mark.to);
        if a < from && from < b && b < to {
            if b - from > to - b { to = b } else { from = b }
        } else if from < a && a < to && to < b {
            if to - a > a - from { from = a } else { to = a }
        }
    }
    (from, to)
}

/// Shortens a run until marks can stand at its ends.
fn fitted(cells: &[Cell], (mut from, mut to): (usize, usize)) -> Option<(usize, usize)> {
    for _ in 0..MOST_SIGNS {
        if from >= to {
            return None;
        }
        let before = from.checked_sub(1).map(|at| &cells[at]);
        let link_begins = |at: usize| {
            cells[at].link.is_some()
                && at.checked_sub(1).and_then(|before| cells[before].link) != cells[at].link
        };
        let link_ends = |at: usize| {
            cells[at].link.is_some() && cells.get(at + 1).and_then(|next| next.link) != cells[at].link
        };
        let all_in_link =
            cells[from].link.is_some() && cells[from..to].iter().all(|cell| cell.link == cells[from].link);
        // Inside a link its brackets stand beside the mark.
        let open_beside = if all_in_link && link_begins(from) { Side::Punctuation } else { side(before) };
        let open_inside =
            if !all_in_link && link_begins(from) { Side::Punctuation } else { side(Some(&cells[from])) };
        let close_beside =
            if all_in_link && link_ends(to - 1) { Side::Punctuation } else { side(cells.get(to)) };
        let close_inside =
            if !all_in_link && link_ends(to - 1) { Side::Punctuation } else { side(Some(&cells[to - 1])) };
        if !flanks(open_inside, open_beside) {
            from += 1;
        } else if !flanks(close_inside, close_beside) {
            to -= 1;
        } else {
            return Some((from, to));
        }
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Punctuation,
    Word,
}

/// CommonMark's rule for a mark with `inside` on its one side and `beside` on the other.
fn flanks(inside: Side, beside: Side) -> bool {
    inside == Side::Word || (inside == Side::Punctuation && beside != Side::Word)
}

fn side(cell: Option<&Cell>) -> Side {
    static PUNCTUATION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{P}\p{S}]").expect("the pattern is part of the program"));
    match cell.map(|cell| &cell.kind) {
        None | Some(Kind::Break) => Side::Space,
        Some(Kind::Letter(c)) if c.is_whitespace() => Side::Space,
        Some(Kind::Letter(c)) if c.is_alphanumeric() => Side::Word,
        Some(Kind::Letter(c)) if PUNCTUATION.is_match(c.encode_utf8(&mut [0; 4])) => Side::Punctuation,
        Some(Kind::Letter(_)) => Side::Word,
        Some(Kind::Code(_) | Kind::Note(_)) => Side::Punctuation,
    }
}

/// Two marks of `*` that touch are told apart by writing one with `_`, where it may stand.
fn beside(cells: &[Cell], marks: &[Mark], mark: Mark) -> Option<Mark> {
    let touches = marks.iter().any(|other| {
        other.look != Emphasis::Struck
            && mark.look != Emphasis::Struck
            && (other.to == mark.from || other.from == mark.to)
    });
    if !touches {
        return Some(mark);
    }
    // `_` may not stand inside a word.
    let word_before = mark.from > 0
        && side(cells.get(mark.from - 1)) == Side::Word
        && !marks.iter().any(|other| other.to == mark.from);
    let word_after =
        side(cells.get(mark.to)) == Side::Word && !marks.iter().any(|other| other.from == mark.to);
    (mark.look == Emphasis::Italic && !word_before && !word_after)
        .then_some(Mark { underscore: true, ..mark })
}
