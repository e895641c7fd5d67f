//! What a picture's file says of itself: XMP, IPTC-IIM and EXIF, reconciled. It never fails and never hangs: what
//! cannot be read is not there.
//!
//! Which copy wins: IIM when Photoshop's digest shows that it was edited after the XMP, else XMP, else IIM; EXIF only
//! when both are silent, and never a camera's own words (so much for MWG's "EXIF first", wrong for news); EXIF alone
//! tells the orientation. Differing copies are both shown.

mod exif;
mod iim;
mod xmp;

use domain::picture::{Difference, PictureWords};
use unicode_normalization::UnicodeNormalization;

use crate::segments;

/// The words found, and how the pixels lie.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    pub words: PictureWords,
    pub differences: Vec<Difference>,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
}

/// Reads the metadata of a picture file.
#[must_use]
pub fn read(bytes: &[u8]) -> Found {
    let blocks = segments::find(bytes);
    let exif = blocks.exif.as_deref().map(exif::read).unwrap_or_default();
    let iim = iim::read(&blocks.photoshop, &blocks.iim);
    let xmp = xmp::read(&blocks.xmp);
    let (first, second, second_name) =
        if iim.digest_is_stale { (&iim.words, &xmp, "xmp") } else { (&xmp, &iim.words, "iim") };
    let mut found = Found { orientation: exif.orientation.max(1), ..Found::default() };
    for field in FIELDS {
        reconcile(field, (field.of)(first), (field.of)(second), second_name, &mut found);
        let from_exif = tidy((field.of)(&exif.words));
        let taken = (field.of_mut)(&mut found.words);
        if taken.is_empty() {
            *taken = from_exif;
        }
    }
    found
}

/// A field of [`PictureWords`] by name.
struct Field {
    name: &'static str,
    of: fn(&PictureWords) -> &String,
    of_mut: fn(&mut PictureWords) -> &mut String,
}

macro_rules! fields {
    ($($name:ident),+ $(,)?) => {
        &[$(Field { name: stringify!($name), of: |words| &words.$name, of_mut: |words| &mut words.$name }),+]
    };
}

const FIELDS: &[Field] = fields![
    caption,
    creator,
    credit_line,
    copyright_notice,
    picture_source,
    usage_terms,
    instructions,
    caption_writer,
    date_taken,
    place,
    digital_source_type,
    headline,
    alt,
];

fn reconcile(field: &Field, first: &str, second: &str, second_name: &str, found: &mut Found) {
    let (first, second) = (tidy(first), tidy(second));
    let taken = if first.is_empty() { &second } else { &first };
    let differ =
        !first.is_empty() && !second.is_empty() && !same(&first, &second) && field.name != "date_taken";
    // IIM is cut at a number of bytes: a value that merely stops earlier is the same value.
    if differ && !first.starts_with(&second) {
        found.differences.push(Difference {
            field: field.name.to_owned(),
            taken: taken.clone(),
            other: second.clone(),
            other_from: second_name.to_owned(),
        });
    }
    let longer = if second.starts_with(taken.as_str()) && !first.is_empty() && second_name == "xmp" {
        &second
    } else {
        taken
    };
    *(field.of_mut)(&mut found.words) = longer.clone();
}

fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// NFC, without control characters and outer white space; blank is absent.
fn tidy(text: &str) -> String {
    text.nfc().filter(|c| !c.is_control() || *c == '\n').collect::<String>().trim().to_owned()
}

/// Text of unknown encoding: UTF-8 where it is valid, else Latin-1 as Windows writes it.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| windows_1252(*byte)).collect(), str::to_owned)
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests;
