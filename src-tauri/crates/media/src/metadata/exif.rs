//! EXIF: orientation, and words only when nothing else has any.

use domain::picture::PictureWords;
use exif::{In, Reader, Tag, Value};

use super::decoded;

#[derive(Debug, Default)]
pub struct Exif {
    pub words: PictureWords,
    /// 0 when there is none that can be believed.
    pub orientation: u8,
}

/// What cameras write where a caption would be.
const CAMERA_WORDS: [&str; 12] = [
    "olympus digital camera",
    "sony dsc",
    "digital camera",
    "default",
    "dcim",
    "samsung",
    "minolta digital camera",
    "konica minolta digital camera",
    "kodak digital still camera",
    "exif_jpeg_picture",
    "dig",
    "screenshot",
];

/// Reads a TIFF structure; broken parts are skipped.
pub fn read(tiff: &[u8]) -> Exif {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let parsed = reader.read_raw(tiff.to_vec()).or_else(|error| error.distill_partial_result(|_| {}));
    let Ok(fields) = parsed else { return Exif::default() };
    let text = |tag| fields.get_field(tag, In::PRIMARY).map(|field| ascii(&field.value)).unwrap_or_default();
    let orientation =
        fields.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    Exif {
        orientation: orientation
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (1..=8).contains(value))
            .unwrap_or(0),
        words: PictureWords {
            caption: Some(text(Tag::ImageDescription)).filter(|words| !is_cameras(words)).unwrap_or_default(),
            creator: text(Tag::Artist)
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            copyright_notice: text(Tag::Copyright),
            date_taken: date(&text(Tag::DateTimeOriginal), &text(Tag::OffsetTimeOriginal)),
            ..PictureWords::default()
        },
    }
}

fn ascii(value: &Value) -> String {
    if let Value::Ascii(parts) = value { decoded(&parts.join(&b' ')) } else { String::new() }
}

fn is_cameras(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    CAMERA_WORDS.contains(&words.as_str()) || words.starts_with("samsung digital camera")
}

/// `2026:03:05 09:30:15` and `+07:00` make an ISO 8601 time.
fn date(taken: &str, offset: &str) -> String {
    match taken.trim().split_once(' ') {
        Some((day, time)) if day.len() == 10 => format!("{}T{time}{}", day.replace(':', "-"), offset.trim()),
        _ => String::new(),
    }
}
