//! What goes out of a picture: smaller, upright, in sRGB, with the words the desk chose and nothing private.
//!
//! A rendition is a pure function of the bytes, the recipe and the words; the cache only saves time. All are JPEG:
//! transparency is laid on white.

mod embed;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use domain::{
    ids::Hash,
    picture::{PictureKind, PictureWords},
};
use fast_image_resize::{PixelType, Resizer, images::Image};
use image::{DynamicImage, Rgb, RgbImage};

use crate::{colour, metadata, picture, segments, vault, vault::Vault};

/// Changes whenever renditions are made otherwise: what older versions kept is not used.
const MANNER: &str = "xmp-iim";

/// How a rendition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recipe {
    /// 400 pixels on the longer side, for lists.
    Thumbnail,
    /// 800 pixels, for phones.
    WebSmall,
    /// 1600 pixels, for the page.
    Web,
}

impl Recipe {
    /// Returns the recipe's name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Thumbnail => "thumbnail",
            Self::WebSmall => "web-small",
            Self::Web => "web",
        }
    }

    /// Returns the recipe of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Thumbnail, Self::WebSmall, Self::Web].into_iter().find(|recipe| recipe.name() == name)
    }

    fn longer_side(self) -> u32 {
        match self {
            Self::Thumbnail => 400,
            Self::WebSmall => 800,
            Self::Web => 1600,
        }
    }

    fn quality(self) -> u8 {
        match self {
            Self::Thumbnail => 78,
            Self::WebSmall | Self::Web => 82,
        }
    }
}

/// A picture as it goes out: JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    pub hash: Hash,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Picture(#[from] picture::Refused),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error("the picture cannot be made smaller: {0}")]
    Resize(String),
    #[error("renditions cannot be kept: {0}")]
    Cache(#[from] io::Error),
}

/// Renditions, kept on disk once made; the folder may be emptied at any time.
#[derive(Debug, Clone)]
pub struct Renditions {
    folder: PathBuf,
}

impl Renditions {
    /// Opens the cache in `folder`.
    ///
    /// # Errors
    /// [`Error::Cache`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        vault::make_private(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Returns a rendition of a picture of `vault`, with `words` written into it.
    ///
    /// # Errors
    /// [`Error::Vault`] when the original is gone; the others when it cannot be made.
    pub fn get(
        &self,
        vault: &Vault,
        original: Hash,
        recipe: Recipe,
        words: &PictureWords,
    ) -> Result<Rendition, Error> {
        let words_hash = Hash::of(serde_json::to_string(words).unwrap_or_default().as_bytes()).to_string();
        let name = format!("{original}-{}-{}-{MANNER}.jpg", recipe.name(), &words_hash[..16]);
        let path = self.folder.join(name);
        if let Some(kept) = fs::read(&path).ok().and_then(as_rendition) {
            return Ok(kept);
        }
        let made = make(&vault.read(original)?, recipe, words)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        io::Write::write_all(&mut file, &made.bytes)?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(made)
    }
}

fn as_rendition(bytes: Vec<u8>) -> Option<Rendition> {
    let size = image::ImageReader::with_format(io::Cursor::new(&bytes), image::ImageFormat::Jpeg)
        .into_dimensions()
        .ok()?;
    Some(Rendition { hash: Hash::of(&bytes), width: size.0, height: size.1, bytes })
}

/// Makes a rendition of `original`.
///
/// # Errors
/// [`Error::Picture`] when it is no picture that can be decoded.
pub fn make(original: &[u8], recipe: Recipe, words: &PictureWords) -> Result<Rendition, Error> {
    let kind = picture::kind_of(original).unwrap_or(PictureKind::Jpeg);
    let pixels = flat(picture::decode(original, kind)?);
    let small = resized(pixels, recipe.longer_side())?;
    let profile = segments::find(original).icc;
    let in_srgb = colour::to_srgb(small, profile.as_deref());
    let upright = turned(in_srgb, metadata::read(original).orientation);
    let (width, height) = upright.dimensions();
    let bytes = embed::words(&encoded(&upright, recipe.quality())?, words);
    Ok(Rendition { hash: Hash::of(&bytes), bytes, width, height })
}

/// Lays transparency on white.
fn flat(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let with_alpha = pixels.into_rgba8();
    RgbImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let [r, g, b, a] = with_alpha.get_pixel(x, y).0;
        let over = |c: u8| {
            u8::try_from((u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a))) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over(r), over(g), over(b)])
    })
}

fn resized(pixels: RgbImage, longer_side: u32) -> Result<RgbImage, Error> {
    let (width, height) = pixels.dimensions();
    let longest = width.max(height);
    if longest <= longer_side {
        return Ok(pixels); // never made larger
    }
    let scaled = |side: u32| {
        u32::try_from(u64::from(side) * u64::from(longer_side) / u64::from(longest)).unwrap_or(1).max(1)
    };
    let (new_width, new_height) = (scaled(width), scaled(height));
    let failed = |error: &dyn std::fmt::Display| Error::Resize(error.to_string());
    let source = Image::from_vec_u8(width, height, pixels.into_raw(), PixelType::U8x3)
        .map_err(|error| failed(&error))?;
    let mut target = Image::new(new_width, new_height, PixelType::U8x3);
    Resizer::new().resize(&source, &mut target, None).map_err(|error| failed(&error))?;
    RgbImage::from_raw(new_width, new_height, target.into_vec()).ok_or_else(|| failed(&"wrong size"))
}

fn turned(pixels: RgbImage, orientation: u8) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(&pixels),
        3 => rotate180(&pixels),
        4 => flip_vertical(&pixels),
        5 => flip_horizontal(&rotate90(&pixels)),
        6 => rotate90(&pixels),
        7 => flip_horizontal(&rotate270(&pixels)),
        8 => rotate270(&pixels),
        _ => pixels,
    }
}

fn encoded(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| Error::Resize("too large for JPEG".into()));
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder
        .encode(pixels.as_raw(), side(pixels.width())?, side(pixels.height())?, jpeg_encoder::ColorType::Rgb)
        .map_err(|error| Error::Resize(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
