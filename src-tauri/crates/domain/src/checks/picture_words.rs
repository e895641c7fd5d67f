//! Every picture is there, has caption, credit and alt text, each its own words, and none of them a file name.

use super::{Check, Finding, Place};
use crate::{
    credit,
    document::Document,
    markdown,
    placement::{Placement, Position},
};

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let used = markdown::used_placements(&document.body);
    let mut findings = Vec::new();
    for placement in &document.placements {
        let mut found = of_one(placement);
        if placement.position == Position::InText && !used.contains(&placement.id) {
            found.push((Check::PictureNotPlaced, Place::Picture));
        }
        findings.extend(
            found.into_iter().map(|(check, place)| Finding::blocking(check, place, Some(placement.id))),
        );
    }
    findings
}

fn of_one(placement: &Placement) -> Vec<(Check, Place)> {
    let (caption, alt) = (placement.caption.trim(), placement.alt.trim());
    let wrong = [
        (placement.picture.is_none(), Check::PictureWanted, Place::Picture),
        (caption.is_empty(), Check::CaptionMissing, Place::Caption),
        (credit::looks_like_file_name(caption), Check::CaptionIsFileName, Place::Caption),
        (credit::credit_inside(caption), Check::CreditInCaption, Place::Caption),
        (placement.credit_line.trim().is_empty(), Check::CreditMissing, Place::CreditLine),
        (alt.is_empty() || credit::looks_like_file_name(alt), Check::AltMissing, Place::Alt),
        (!alt.is_empty() && same_words(alt, caption), Check::AltIsCaption, Place::Alt),
    ];
    wrong.into_iter().filter(|(is_wrong, ..)| *is_wrong).map(|(_, check, place)| (check, place)).collect()
}

/// Compares as a listener would hear them: letters and digits, whatever their case.
fn same_words(one: &str, other: &str) -> bool {
    let heard = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    heard(one) == heard(other)
}
