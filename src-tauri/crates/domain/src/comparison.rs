//! What is different between two states of an article, as a person reads it: word by word, paragraph by paragraph,
//! picture by picture. A paragraph that was moved is told as moved.

mod paragraphs;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::{
    article::Fields,
    document::Document,
    ids::{Hash, PlacementId},
    placement::{Placement, Position},
};

pub use words::{Run, RunIs};

/// Two states of an article beside each other. What both lack is left out; what is the same is there, as the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Comparison {
    pub fields: Vec<FieldCompared>,
    pub body: Vec<ParagraphCompared>,
    pub pictures: Vec<PictureCompared>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FieldCompared {
    /// A name of [`Fields`].
    pub field: String,
    pub runs: Vec<Run>,
}

/// What became of a paragraph or of a picture's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Fate {
    Same,
    Changed,
    Gone,
    New,
    /// It stood elsewhere before; its words may have changed too.
    Moved,
    /// It stands elsewhere now.
    MovedAway,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ParagraphCompared {
    pub fate: Fate,
    /// Markdown, as written.
    pub runs: Vec<Run>,
    /// The picture that the paragraph is the place of.
    pub placement: Option<PlacementId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PictureCompared {
    pub placement: PlacementId,
    pub fate: Fate,
    pub caption: Vec<Run>,
    pub credit_line: Vec<Run>,
    pub alt: Vec<Run>,
    /// The file that was there, and the file that is; `None` while it is wanted.
    pub before: Option<Hash>,
    pub after: Option<Hash>,
    pub position: Position,
}

/// Compares two states of one article.
#[must_use]
pub fn compare(before: &Document, after: &Document) -> Comparison {
    Comparison {
        fields: compare_fields(&before.fields, &after.fields),
        body: paragraphs::compare(&before.body, &after.body),
        pictures: compare_pictures(&before.placements, &after.placements),
    }
}

/// Returns the fields that say something, in the order in which they are declared.
pub(crate) fn fields(fields: &Fields) -> Vec<(&'static str, String)> {
    let all = [
        ("kicker", &fields.kicker),
        ("headline", &fields.headline),
        ("standfirst", &fields.standfirst),
        ("dateline", &fields.dateline),
        ("byline", &fields.byline),
        ("translator", &fields.translator),
        ("editor", &fields.editor),
        ("sign_off", &fields.sign_off),
        ("language", &fields.language),
        ("category_code", &fields.category_code),
        ("keywords", &fields.keywords.join(", ")),
        ("source_paper", &fields.source_paper),
        ("source_url", &fields.source_url),
        ("source_date", &fields.source_date),
        ("original_headline", &fields.original_headline),
        ("foreign_id", &fields.foreign_id),
        ("slugline", &fields.slugline),
        ("url_slug", &fields.url_slug),
        ("desk", &fields.desk),
        ("ed_note", &fields.ed_note),
        ("embargo", &fields.embargo),
        ("schedule", &fields.schedule),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.clone()))
        .collect()
}

fn compare_fields(before: &Fields, after: &Fields) -> Vec<FieldCompared> {
    let (old, new) = (fields(before), fields(after));
    let value = |of: &[(&str, String)], name: &str| {
        of.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let names =
        old.iter().filter(|(name, _)| value(&new, name).is_empty()).chain(&new).map(|(name, _)| *name);
    names
        .map(|name| FieldCompared {
            field: name.into(),
            runs: words::compare(&value(&old, name), &value(&new, name)),
        })
        .collect()
}

/// In the order they have now; those that are gone come last.
fn compare_pictures(before: &[Placement], after: &[Placement]) -> Vec<PictureCompared> {
    let old: BTreeMap<PlacementId, &Placement> = before.iter().map(|one| (one.id, one)).collect();
    let there = after.iter().map(|now| compare_picture(old.get(&now.id).copied(), Some(now), now));
    let gone = before.iter().filter(|was| after.iter().all(|now| now.id != was.id));
    there.chain(gone.map(|was| compare_picture(Some(was), None, was))).collect()
}

fn compare_picture(was: Option<&Placement>, now: Option<&Placement>, one: &Placement) -> PictureCompared {
    let words = |of: fn(&Placement) -> &String| {
        let text = |placement: Option<&Placement>| placement.map(of).cloned().unwrap_or_default();
        words::compare(&text(was), &text(now))
    };
    let fate = match (was, now) {
        (None, _) => Fate::New,
        (Some(_), None) => Fate::Gone,
        (Some(was), Some(now)) if was == now => Fate::Same,
        (Some(was), Some(now)) if was.position != now.position => Fate::Moved,
        (Some(_), Some(_)) => Fate::Changed,
    };
    PictureCompared {
        placement: one.id,
        fate,
        caption: words(|one| &one.caption),
        credit_line: words(|one| &one.credit_line),
        alt: words(|one| &one.alt),
        before: was.and_then(|was| was.picture),
        after: now.and_then(|now| now.picture),
        position: one.position,
    }
}

#[cfg(test)]
mod tests;
