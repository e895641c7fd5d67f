//! Two bodies beside each other, paragraph by paragraph: which is which, and which was moved.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, InternedInput};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    Fate, ParagraphCompared,
    words::{self, RunIs},
};
use crate::ids::PlacementId;

/// So alike two paragraphs in the same place must be to be one that was rewritten.
const ALIKE: f32 = 0.4;
/// So alike they must be to be one that was moved, and so many words long: a short line may be there twice.
const MOVED: f32 = 0.7;
const MOVED_WORDS: usize = 4;
/// So many pairs are looked at together. Where more was changed than a person reads, its halves are compared.
const MOST_PAIRS: usize = 60_000;

/// A paragraph with its words, sorted, as numbers: what is looked at again and again.
struct Paragraph<'a> {
    text: &'a str,
    words: Vec<u32>,
}

/// What a paragraph became, before moves are looked for.
#[derive(Clone, Copy)]
enum Row {
    Both(usize, usize),
    Old(usize),
    New(usize),
}

/// Returns the paragraphs of both, in the order of reading.
pub(super) fn compare(before: &str, after: &str) -> Vec<ParagraphCompared> {
    let mut numbers = HashMap::new();
    let (old, new) = (split(before, &mut numbers), split(after, &mut numbers));
    let rows = rows(&old, &new);
    let moves = moves(&rows, &old, &new);
    rows.into_iter()
        .map(|row| match row {
            Row::Both(was, is) => both(&old[was], &new[is], Fate::Changed),
            Row::Old(was) if moves.iter().any(|(from, _)| *from == was) => {
                one(&old[was], Fate::MovedAway, RunIs::Same)
            }
            Row::Old(was) => one(&old[was], Fate::Gone, RunIs::Gone),
            Row::New(is) => match moves.iter().find(|(_, to)| *to == is) {
                Some((from, _)) => both(&old[*from], &new[is], Fate::Moved),
                None => one(&new[is], Fate::New, RunIs::New),
            },
        })
        .collect()
}

fn split<'a>(body: &'a str, numbers: &mut HashMap<&'a str, u32>) -> Vec<Paragraph<'a>> {
    let texts = body.split("\n\n").map(|text| text.trim_matches('\n')).filter(|text| !text.trim().is_empty());
    texts
        .map(|text| {
            let next = |numbers: &HashMap<_, _>| u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let mut number = |word: &'a str| {
                let new = next(numbers);
                *numbers.entry(word).or_insert(new)
            };
            let mut words: Vec<u32> = text.unicode_words().map(&mut number).collect();
            words.sort_unstable();
            Paragraph { text, words }
        })
        .collect()
}

fn rows(old: &[Paragraph<'_>], new: &[Paragraph<'_>]) -> Vec<Row> {
    let mut input = InternedInput::default();
    input.update_before(old.iter().map(|paragraph| paragraph.text));
    input.update_after(new.iter().map(|paragraph| paragraph.text));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let (mut rows, mut was, mut is) = (Vec::new(), 0, 0);
    for hunk in diff.hunks() {
        let (from, to) = (index(hunk.before.start), index(hunk.after.start));
        rows.extend((was..from).zip(is..to).map(|(was, is)| Row::Both(was, is)));
        (was, is) = (index(hunk.before.end), index(hunk.after.end));
        paired(&old[from..was], &new[to..is]).into_iter().for_each(|row| rows.push(row.moved_by(from, to)));
    }
    rows.extend((was..old.len()).zip(is..new.len()).map(|(was, is)| Row::Both(was, is)));
    rows
}

impl Row {
    fn moved_by(self, from: usize, to: usize) -> Self {
        match self {
            Self::Both(was, is) => Self::Both(was + from, is + to),
            Self::Old(was) => Self::Old(was + from),
            Self::New(is) => Self::New(is + to),
        }
    }
}

/// Pairs the paragraphs of a place that was changed, in their order, so that the pairs are as alike as can be.
fn paired(old: &[Paragraph<'_>], new: &[Paragraph<'_>]) -> Vec<Row> {
    if old.len() * new.len() > MOST_PAIRS && old.len().min(new.len()) > 1 {
        let (was, is) = (old.len() / 2, new.len() / 2);
        let rest = paired(&old[was..], &new[is..]).into_iter().map(|row| row.moved_by(was, is));
        return paired(&old[..was], &new[..is]).into_iter().chain(rest).collect();
    }
    let width = new.len() + 1;
    let mut best = vec![0_f32; (old.len() + 1) * width];
    let worth = |was: usize, is: usize| {
        let alike = alike(&old[was], &new[is]);
        if alike < ALIKE { 0.0 } else { alike }
    };
    let mut pair = vec![false; best.len()];
    for was in (0..old.len()).rev() {
        for is in (0..new.len()).rev() {
            let (at, worth) = (was * width + is, worth(was, is));
            let (skipped, taken) = (best[at + width].max(best[at + 1]), worth + best[at + width + 1]);
            pair[at] = worth > 0.0 && taken >= skipped;
            best[at] = taken.max(skipped);
        }
    }
    let (mut rows, mut was, mut is) = (Vec::new(), 0, 0);
    while was < old.len() && is < new.len() {
        let at = was * width + is;
        if pair[at] {
            rows.push(Row::Both(was, is));
            (was, is) = (was + 1, is + 1);
        } else if best[at + width] >= best[at + 1] {
            rows.push(Row::Old(was));
            was += 1;
        } else {
            rows.push(Row::New(is));
            is += 1;
        }
    }
    rows.extend((was..old.len()).map(Row::Old));
    rows.extend((is..new.len()).map(Row::New));
    rows
}

/// Returns which of those that are gone from one place came back in another.
fn moves(rows: &[Row], old: &[Paragraph<'_>], new: &[Paragraph<'_>]) -> Vec<(usize, usize)> {
    let gone: Vec<usize> =
        rows.iter().filter_map(|row| if let Row::Old(was) = row { Some(*was) } else { None }).collect();
    let mut came: Vec<usize> =
        rows.iter().filter_map(|row| if let Row::New(is) = row { Some(*is) } else { None }).collect();
    let few = gone.len() * came.len() <= MOST_PAIRS;
    let mut moves = Vec::new();
    for was in gone {
        let worth = |is: &usize| {
            if few {
                alike(&old[was], &new[*is])
            } else {
                f32::from(u8::from(old[was].text == new[*is].text))
            }
        };
        let long_enough = old[was].words.len() >= MOVED_WORDS || placement(old[was].text).is_some();
        let best = came.iter().enumerate().max_by(|(_, one), (_, other)| worth(one).total_cmp(&worth(other)));
        if let Some((at, is)) = best.filter(|(_, is)| long_enough && worth(is) >= MOVED) {
            moves.push((was, *is));
            came.remove(at);
        }
    }
    moves
}

/// Says how alike two paragraphs are, between 0 and 1: the share of words that both have.
fn alike(one: &Paragraph<'_>, other: &Paragraph<'_>) -> f32 {
    if placement(one.text) != placement(other.text) {
        return 0.0; // a picture is another one, however alike the letters of its id
    }
    let (mut at, mut same) = (0, 0_u16);
    for word in &one.words {
        while other.words.get(at).is_some_and(|there| there < word) {
            at += 1;
        }
        if other.words.get(at) == Some(word) {
            (at, same) = (at + 1, same.saturating_add(1));
        }
    }
    let count = |words: &[u32]| f32::from(u16::try_from(words.len()).unwrap_or(u16::MAX));
    2.0 * f32::from(same) / (count(&one.words) + count(&other.words)).max(1.0)
}

fn both(was: &Paragraph<'_>, is: &Paragraph<'_>, fate: Fate) -> ParagraphCompared {
    let same = was.text == is.text;
    let runs = if same { words::whole(RunIs::Same, is.text) } else { words::compare(was.text, is.text) };
    let fate = if same && fate == Fate::Changed { Fate::Same } else { fate };
    ParagraphCompared { fate, runs, placement: placement(is.text) }
}

fn one(paragraph: &Paragraph<'_>, fate: Fate, is: RunIs) -> ParagraphCompared {
    ParagraphCompared { fate, runs: words::whole(is, paragraph.text), placement: placement(paragraph.text) }
}

/// Returns the picture that a paragraph is nothing but the place of.
fn placement(text: &str) -> Option<PlacementId> {
    let inside = text.trim().strip_prefix("![")?.strip_suffix(')')?;
    inside.split_once("](photo:")?.1.parse().ok()
}
