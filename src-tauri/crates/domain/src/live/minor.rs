//! What is too much for a minor fix: readers are told nothing of one, so it may put right a slip and nothing else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    comparison::{self, Comparison, Fate, Run, RunIs},
    document::Document,
};

/// So many words may be taken out and put in, together.
const MOST_WORDS: usize = 12;

/// Why a change is an update or a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NotMinor {
    /// More words than a slip.
    TooMuch,
    Number,
    Name,
    Quotation,
    Credit,
    /// A picture came, went, or is another.
    Picture,
    /// Source, byline, date, language or category.
    Facts,
}

/// Texts of which a slip may be put right.
const TEXTS: [&str; 3] = ["kicker", "headline", "standfirst"];
/// What no reader sees.
const INTERNAL: [&str; 7] = ["slugline", "desk", "editor", "sign_off", "ed_note", "embargo", "schedule"];

/// Returns why the change from `before` to `after` is no minor fix, each reason once; nothing is a minor fix.
#[must_use]
pub fn not_minor(before: &Document, after: &Document) -> Vec<NotMinor> {
    let compared = comparison::compare(before, after);
    let mut reasons = BTreeSet::new();
    let texts = texts(&compared);
    let changed: usize = texts.iter().map(|runs| words_changed(runs)).sum();
    if changed > MOST_WORDS {
        reasons.insert(NotMinor::TooMuch);
    }
    for side in [RunIs::Gone, RunIs::New] {
        for word in texts.iter().flat_map(|runs| changed_words(runs, side)) {
            reasons.extend(word.has_digit.then_some(NotMinor::Number));
            reasons.extend(word.is_name.then_some(NotMinor::Name));
        }
    }
    if quotations(before) != quotations(after) {
        reasons.insert(NotMinor::Quotation);
    }
    reasons.extend(pictures(&compared));
    if compared.fields.iter().any(|field| {
        let kept = TEXTS.contains(&field.field.as_str()) || INTERNAL.contains(&field.field.as_str());
        !kept && field.runs.iter().any(|run| run.is != RunIs::Same)
    }) {
        reasons.insert(NotMinor::Facts);
    }
    reasons.into_iter().collect()
}

/// Every text that readers see, as runs.
fn texts(compared: &Comparison) -> Vec<Vec<Run>> {
    let fields = compared.fields.iter().filter(|field| TEXTS.contains(&field.field.as_str()));
    let body = compared.body.iter().filter(|paragraph| paragraph.placement.is_none());
    // What was moved away is told where it went.
    let body = body.filter(|paragraph| paragraph.fate != Fate::MovedAway);
    let pictures = compared.pictures.iter().flat_map(|picture| [&picture.caption, &picture.alt]);
    fields
        .map(|field| field.runs.clone())
        .chain(body.map(|paragraph| paragraph.runs.clone()))
        .chain(pictures.cloned())
        .collect()
}

fn pictures(compared: &Comparison) -> impl Iterator<Item = NotMinor> {
    compared.pictures.iter().flat_map(|picture| {
        let credit = picture.credit_line.iter().any(|run| run.is != RunIs::Same);
        let other = matches!(picture.fate, Fate::New | Fate::Gone) || picture.before != picture.after;
        [other.then_some(NotMinor::Picture), (credit && !other).then_some(NotMinor::Credit)]
            .into_iter()
            .flatten()
    })
}

fn words_changed(runs: &[Run]) -> usize {
    runs.iter().filter(|run| run.is != RunIs::Same).map(|run| run.text.unicode_words().count()).sum()
}

struct ChangedWord {
    has_digit: bool,
    is_name: bool,
}

/// Returns the words of one side that the other lacks. A capital at the start of a sentence makes no name.
fn changed_words(runs: &[Run], side: RunIs) -> Vec<ChangedWord> {
    let (mut found, mut before) = (Vec::new(), String::new());
    for run in runs.iter().filter(|run| run.is == RunIs::Same || run.is == side) {
        for (at, word) in run.text.unicode_word_indices().filter(|_| run.is == side) {
            let starts = starts_sentence(&format!("{before}{}", &run.text[..at]));
            found.push(ChangedWord {
                has_digit: word.chars().any(char::is_numeric),
                is_name: !starts && word.starts_with(char::is_uppercase),
            });
        }
        before = tail(&format!("{before}{}", run.text));
    }
    found
}

/// More is not needed to know whether a sentence starts.
fn tail(text: &str) -> String {
    let from = text.char_indices().rev().nth(20).map_or(0, |(at, _)| at);
    text[from..].to_owned()
}

fn starts_sentence(before: &str) -> bool {
    let last = before.chars().rev().find(|c| !c.is_whitespace() && !"#*_>-\"“«'‘([".contains(*c));
    last.is_none_or(|last| ".!?…:".contains(last))
}

/// Everything that somebody is quoted with, in order of the alphabet.
fn quotations(document: &Document) -> Vec<String> {
    let fields = &document.fields;
    let texts = [&fields.headline, &fields.standfirst, &document.body];
    let mut found: Vec<String> = texts.into_iter().flat_map(|text| quoted(text)).collect();
    found.sort();
    found
}

fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(quotation) = line.trim_start().strip_prefix('>') {
            found.push(evened(quotation));
            continue;
        }
        let mut open: Option<(char, usize)> = None;
        for (at, c) in line.char_indices() {
            match open {
                Some((closing, from)) if c == closing => {
                    found.push(evened(&line[from..at]));
                    open = None;
                }
                Some(_) => {}
                None => open = closing(c).map(|closing| (closing, at + c.len_utf8())),
            }
        }
        // One that does not close in its paragraph runs to the end of it.
        found.extend(open.map(|(_, from)| evened(&line[from..])));
    }
    found
}

fn closing(c: char) -> Option<char> {
    match c {
        '“' => Some('”'),
        '"' => Some('"'),
        '«' => Some('»'),
        '„' => Some('“'),
        '「' => Some('」'),
        _ => None,
    }
}

fn evened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        ids::{Hash, PlacementId},
        placement::{Placement, Position},
    };

    fn document(body: &str) -> Document {
        let mut document = Document { body: body.into(), ..Document::default() };
        document.fields.headline = "Chợ nổi mở lại".into();
        document.fields.source_paper = "Báo Bình Minh".into();
        document.placements.push(Placement {
            id: PlacementId(Uuid::from_u128(1)),
            position: Position::Lead,
            caption: "Chợ nổi lúc rạng sang".into(),
            credit_line: "Ngọc Lam".into(),
            alt: "Thuyền trên sông".into(),
            picture: Some(Hash::of(b"one")),
        });
        document
    }

    #[test]
    fn a_slip_is_minor_and_a_fact_is_not() {
        let body = "Thuyền cập bến tư bốn giờ sáng, ông Nguyễn Văn Lâm nói.\n\n“Ai cũng vui”, bà kể.\n\nCó 14 thuyền.\n";
        let table: [(&str, &str, &[NotMinor]); 8] = [
            ("tư bốn", "từ bốn", &[]),
            ("Thuyền cập", "Thuyền đã cập", &[]),
            ("Có 14", "Có 41", &[NotMinor::Number]),
            ("Lâm nói", "Lam nói", &[NotMinor::Name]),
            ("“Ai cũng vui”", "“Ai cũng buồn”", &[NotMinor::Quotation]),
            ("Thuyền cập", "Tàu cập", &[]), // a capital at the start of a sentence is no name
            (
                "\n\nCó",
                "\n\nmột hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba\n\nCó",
                &[NotMinor::TooMuch],
            ),
            ("ông ", "", &[]),
        ];
        for (was, is, want) in table {
            let changed = body.replacen(was, is, 1);
            assert_ne!(changed, body, "{was}");
            assert_eq!(not_minor(&document(body), &document(&changed)), want, "{was} → {is}");
        }
    }

    #[test]
    fn credits_pictures_and_facts_are_never_minor() {
        let before = document("Một câu.\n");
        let change = |change: fn(&mut Document)| {
            let mut after = before.clone();
            change(&mut after);
            not_minor(&before, &after)
        };

        assert_eq!(change(|after| after.placements[0].caption = "Chợ nổi lúc rạng sáng".into()), []);
        assert_eq!(change(|after| after.fields.slugline = "cho-noi".into()), []);
        assert_eq!(change(|after| after.placements[0].credit_line = "Lan".into()), [NotMinor::Credit]);
        assert_eq!(change(|after| after.placements[0].picture = Some(Hash::of(b"two"))), [NotMinor::Picture]);
        assert_eq!(change(|after| after.placements.clear()), [NotMinor::Picture]);
        assert_eq!(change(|after| after.fields.source_paper = "Báo Hoàng Hôn".into()), [NotMinor::Facts]);
    }

    #[test]
    fn moving_a_paragraph_is_layout() {
        let (one, other) = ("Một câu đủ dài để nhận ra.", "Một câu khác hẳn cũng đủ dài.");
        let before = document(&format!("{one}\n\n{other}\n"));
        let after = document(&format!("{other}\n\n{one}\n"));

        assert_eq!(not_minor(&before, &after), []);
    }
}
