//! Brings pixels into sRGB, the one colour space every reader's screen knows.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Converts RGB pixels from the profile they came with; one that cannot be used is taken as sRGB.
pub fn to_srgb(pixels: RgbImage, profile: Option<&[u8]>) -> RgbImage {
    profile.and_then(|profile| converted(&pixels, profile)).unwrap_or(pixels)
}

fn converted(pixels: &RgbImage, profile: &[u8]) -> Option<RgbImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None; // the decoder has made RGB of it already
    }
    let transform = profile
        .create_transform_8bit(
            Layout::Rgb,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        )
        .ok()?;
    let mut out = vec![0; pixels.as_raw().len()];
    transform.transform(pixels.as_raw(), &mut out).ok()?;
    RgbImage::from_raw(pixels.width(), pixels.height(), out)
}
