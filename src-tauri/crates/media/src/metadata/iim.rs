//! IPTC-IIM 4, read out of Photoshop's image resources (or bare, in PNG profiles).

use domain::picture::PictureWords;
use md5::{Digest, Md5};

use super::decoded;

#[derive(Debug, Default)]
pub struct Iim {
    pub words: PictureWords,
    /// Photoshop's digest is there and does not fit: the IIM was edited after the XMP was written.
    pub digest_is_stale: bool,
}

/// Image resource ids: the IIM block and the MD5 of it.
const IIM: u16 = 0x0404;
const DIGEST: u16 = 0x0425;

/// Reads Photoshop resources, or bare IIM where there are none.
pub fn read(photoshop: &[u8], bare: &[u8]) -> Iim {
    let (mut block, mut digest) = (Vec::new(), None);
    for (id, data) in resources(photoshop) {
        match id {
            IIM => block.extend_from_slice(data),
            DIGEST => digest = Some(data),
            _ => {}
        }
    }
    let stale = digest.is_some_and(|digest| !block.is_empty() && digest != Md5::digest(&block).as_slice());
    Iim { words: words(if block.is_empty() { bare } else { &block }), digest_is_stale: stale }
}

fn resources(mut bytes: &[u8]) -> Vec<(u16, &[u8])> {
    let mut found = Vec::new();
    while let Some(start) =
        bytes.get(..4).filter(|mark| mark[0].is_ascii_uppercase() || mark[0].is_ascii_digit())
    {
        debug_assert_eq!(start.len(), 4);
        let (Some(id), Some(name_length)) = (bytes.get(4..6), bytes.get(6)) else { break };
        let id = u16::from_be_bytes([id[0], id[1]]);
        let name = (usize::from(*name_length) + 2) & !1; // length byte and name, padded to even
        let Some(size) = bytes.get(6 + name..10 + name) else { break };
        let size = u32::from_be_bytes([size[0], size[1], size[2], size[3]]) as usize;
        let data_at = 10 + name;
        let Some(end) = data_at.checked_add(size).filter(|end| *end <= bytes.len()) else { break };
        found.push((id, &bytes[data_at..end]));
        bytes = bytes.get(end + (size & 1)..).unwrap_or_default();
    }
    found
}

fn words(mut block: &[u8]) -> PictureWords {
    let mut words = PictureWords::default();
    let (mut day, mut time) = (String::new(), String::new());
    while let Some((record, dataset, value, rest)) = next(block) {
        block = rest;
        let text = decoded(value);
        match (record, dataset) {
            (2, 120) => words.caption = text,
            (2, 80) => join(&mut words.creator, &text),
            (2, 110) => words.credit_line = text,
            (2, 116) => words.copyright_notice = text,
            (2, 115) => words.picture_source = text,
            (2, 40) => words.instructions = text,
            (2, 122) => words.caption_writer = text,
            (2, 105) => words.headline = text,
            (2, 90 | 101) => join(&mut words.place, &text),
            (2, 55) => day = text,
            (2, 60) => time = text,
            _ => {}
        }
    }
    words.date_taken = date(&day, &time);
    words
}

/// Returns record, dataset, value and what follows; a length past the end ends the reading.
fn next(block: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let start = block.iter().position(|byte| *byte == 0x1c)?;
    let head = block.get(start..start + 5)?;
    let length = u16::from_be_bytes([head[3], head[4]]);
    if length & 0x8000 != 0 {
        return None; // an extended length: nothing a newsroom writes
    }
    let value_at = start + 5;
    let end = value_at + usize::from(length);
    Some((head[1], head[2], block.get(value_at..end)?, &block[end..]))
}

fn join(to: &mut String, more: &str) {
    let more = more.trim();
    if !more.is_empty() {
        if !to.is_empty() {
            to.push_str(", ");
        }
        to.push_str(more);
    }
}

/// `20260305` and `093015+0700` make an ISO 8601 time.
fn date(day: &str, time: &str) -> String {
    let (Some(y), Some(m), Some(d)) = (day.get(..4), day.get(4..6), day.get(6..8)) else {
        return String::new();
    };
    let clock = match (time.get(..2), time.get(2..4), time.get(4..6)) {
        (Some(h), Some(min), Some(s)) => {
            let zone =
                time.get(6..11).map(|zone| format!("{}:{}", &zone[..3], &zone[3..])).unwrap_or_default();
            format!("T{h}:{min}:{s}{zone}")
        }
        _ => String::new(),
    };
    format!("{y}-{m}-{d}{clock}")
}
