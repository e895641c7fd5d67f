//! Two texts beside each other, word by word. In Vietnamese a syllable is a word here.

use imara_diff::{Algorithm, Diff, InternedInput};
use serde::Serialize;
use ts_rs::TS;
use unicode_segmentation::UnicodeSegmentation as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RunIs {
    Same,
    Gone,
    New,
}

/// Words one after the other that are all the same in both texts, all gone, or all new. Spaces belong to the word before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Run {
    pub is: RunIs,
    pub text: String,
}

/// A word or a mark, and the spaces after it: they alone make no difference.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    key: &'a str,
}

impl Word<'_> {
    fn says_something(&self) -> bool {
        self.key.chars().any(char::is_alphanumeric)
    }
}

/// So many words of the one that are replaced by those of the other.
#[derive(Clone, Copy)]
struct Hunk {
    old: (usize, usize),
    new: (usize, usize),
}

/// Returns the words of both, in the order of reading; what is gone stands before what came in its place.
pub(super) fn compare(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (split(before), split(after));
    let mut input = InternedInput::default();
    input.update_before(old.iter().map(|word| word.key));
    input.update_after(new.iter().map(|word| word.key));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let hunks = diff.hunks().map(|hunk| Hunk {
        old: (index(hunk.before.start), index(hunk.before.end)),
        new: (index(hunk.after.start), index(hunk.after.end)),
    });
    runs(&old, &new, &joined(hunks.collect(), &new))
}

/// Splits a text into words; nothing of it is lost.
fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut start, mut end, mut key) = (0, 0, "");
    for piece in text.split_word_bounds() {
        if !key.is_empty() && !piece.trim().is_empty() {
            words.push(Word { text: &text[start..end], key });
            (start, key) = (end, "");
        }
        if key.is_empty() {
            key = piece.trim();
        }
        end += piece.len();
    }
    if end > start {
        words.push(Word { text: &text[start..end], key });
    }
    words
}

/// Two changes with hardly a word between them are read as one: `the old thing` beside `a new thing` is no mosaic.
fn joined(hunks: Vec<Hunk>, new: &[Word<'_>]) -> Vec<Hunk> {
    let size = |hunk: &Hunk| (hunk.old.1 - hunk.old.0).max(hunk.new.1 - hunk.new.0);
    let mut joined: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        match joined.last_mut() {
            Some(last) if 2 * said(&new[last.new.1..hunk.new.0]) <= size(last).min(size(&hunk)) => {
                *last = Hunk { old: (last.old.0, hunk.old.1), new: (last.new.0, hunk.new.1) };
            }
            Some(_) | None => joined.push(hunk),
        }
    }
    joined
}

fn said(words: &[Word<'_>]) -> usize {
    words.iter().filter(|word| word.says_something()).count()
}

fn runs(old: &[Word<'_>], new: &[Word<'_>], hunks: &[Hunk]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut add = |is, words: &[Word<'_>]| {
        if !words.is_empty() {
            runs.push(Run { is, text: words.iter().map(|word| word.text).collect() });
        }
    };
    let mut at = 0;
    for hunk in hunks {
        add(RunIs::Same, &new[at..hunk.new.0]);
        add(RunIs::Gone, &old[hunk.old.0..hunk.old.1]);
        add(RunIs::New, &new[hunk.new.0..hunk.new.1]);
        at = hunk.new.1;
    }
    add(RunIs::Same, &new[at..]);
    runs
}

/// Returns the text as it stands in one run; none of an empty one.
pub(super) fn whole(is: RunIs, text: &str) -> Vec<Run> {
    if text.is_empty() { Vec::new() } else { vec![Run { is, text: text.to_owned() }] }
}
