//! What a file is, by its bytes: a picture we can publish, or why not, in words a photo editor understands.

use std::io::Cursor;

use domain::picture::PictureKind;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::metadata;

/// Largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 100 << 20;
/// Longest side, in pixels.
const LONGEST_SIDE: u32 = 20_000;
/// Most pixels.
const MOST_PIXELS: u64 = 100_000_000;
/// Most memory a decoder may take, in bytes.
const MOST_MEMORY: u64 = 512 << 20;

/// A picture that can be decoded whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspected {
    pub kind: PictureKind,
    /// Pixels, upright.
    pub width: u32,
    pub height: u32,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
}

/// Why a file is not taken in. Nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the file is empty; ask the sender for it again")]
    Empty,
    #[error("this is not a picture but {looks_like}; give a JPEG, PNG or WebP file")]
    NotAPicture { looks_like: &'static str },
    #[error("{kind} pictures cannot be published here; save it as JPEG, PNG or WebP")]
    Unsupported { kind: &'static str },
    #[error("the picture is cut off or damaged ({why}); ask for the whole file")]
    CutOff { why: String },
    #[error(
        "the picture is too large ({width}×{height} pixels); 20,000 a side and 100 million in all can be taken in"
    )]
    TooManyPixels { width: u32, height: u32 },
    #[error("the file is too large ({megabytes} MB); 100 MB can be taken in")]
    TooLarge { megabytes: usize },
}

/// Returns the kind of picture whose mark the file begins with.
#[must_use]
pub fn kind_of(bytes: &[u8]) -> Option<PictureKind> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(PictureKind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(PictureKind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(PictureKind::Webp),
        _ => None,
    }
}

/// Looks at a file and decodes it once, within limits.
///
/// # Errors
/// [`Refused`], in words.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, Refused> {
    let kind = recognised(bytes)?;
    let pixels = decode(bytes, kind)?;
    let orientation = metadata::read(bytes).orientation;
    let (width, height) = (pixels.width(), pixels.height());
    let (width, height) = if orientation >= 5 { (height, width) } else { (width, height) };
    Ok(Inspected { kind, width, height, orientation })
}

fn recognised(bytes: &[u8]) -> Result<PictureKind, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(Refused::TooLarge { megabytes: bytes.len() >> 20 });
    }
    kind_of(bytes).ok_or_else(|| otherwise(bytes))
}

/// Says what a file is that is no picture of ours.
fn otherwise(bytes: &[u8]) -> Refused {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)])
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    match bytes {
        [b'G', b'I', b'F', b'8', ..] => Refused::Unsupported { kind: "GIF" },
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Refused::Unsupported { kind: "TIFF and RAW" },
        [b'B', b'M', ..] if !start.is_ascii() => Refused::Unsupported { kind: "BMP" },
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Refused::Unsupported { kind: "AVIF" },
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => Refused::Unsupported { kind: "HEIC" },
        [b'8', b'B', b'P', b'S', ..] => Refused::Unsupported { kind: "Photoshop" },
        [b'%', b'P', b'D', b'F', ..] => Refused::NotAPicture { looks_like: "a PDF" },
        [b'P', b'K', 3, 4, ..] => Refused::NotAPicture { looks_like: "a document or archive" },
        _ if start.contains("<svg") => Refused::NotAPicture { looks_like: "an SVG drawing" },
        _ if start.starts_with("<!doctype") || start.starts_with("<html") => {
            Refused::NotAPicture { looks_like: "a web page" }
        }
        _ if std::str::from_utf8(bytes).is_ok() => Refused::NotAPicture { looks_like: "text" },
        _ => Refused::NotAPicture { looks_like: "a file of another kind" },
    }
}

/// Decodes the pixels within the limits; a JPEG must come to its end.
pub(crate) fn decode(bytes: &[u8], kind: PictureKind) -> Result<DynamicImage, Refused> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(kind));
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(cut_off)?;
    let (width, height) = decoder.dimensions();
    // `DynamicImage::from_decoder` does not mind the limits: they are checked here, before a byte is decoded.
    if width.max(height) > LONGEST_SIDE
        || u64::from(width) * u64::from(height) > MOST_PIXELS
        || decoder.total_bytes() > MOST_MEMORY
    {
        return Err(Refused::TooManyPixels { width, height });
    }
    if kind == PictureKind::Jpeg && !comes_to_its_end(bytes) {
        return Err(Refused::CutOff { why: "the file stops before the picture ends".into() });
    }
    DynamicImage::from_decoder(decoder).map_err(cut_off)
}

fn format(kind: PictureKind) -> image::ImageFormat {
    match kind {
        PictureKind::Jpeg => image::ImageFormat::Jpeg,
        PictureKind::Png => image::ImageFormat::Png,
        PictureKind::Webp => image::ImageFormat::WebP,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn cut_off(error: image::ImageError) -> Refused {
    Refused::CutOff { why: error.to_string() }
}

/// A decoder fills what is missing of a JPEG with grey; a newspaper must not print that. After the scan's start (the
/// picture's own, not its thumbnail's) the end of the picture must come.
fn comes_to_its_end(bytes: &[u8]) -> bool {
    let scan = crate::segments::scan_start(bytes).and_then(|start| bytes.get(start..)).unwrap_or_default();
    crate::segments::find_bytes(scan, &[0xff, 0xd9]).is_some()
}

#[cfg(test)]
mod tests;
