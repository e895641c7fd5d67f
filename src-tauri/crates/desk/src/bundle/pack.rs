//! Writing a bundle: the same article makes the same bytes, and a file is there only once it is whole.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use domain::{ids::Hash, placement::Placement};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    Exported, LARGEST_ARTICLE, MIME_TYPE, MOST_BYTES, MOST_PICTURES, Refused, contents::Contents, readable,
};
use crate::{
    Error, Result,
    files::{self, Existing},
};

/// What goes into a bundle beside its words.
pub struct Bytes<'a> {
    pub page: Option<&'a [u8]>,
    /// Returns a picture's, as it came.
    pub original: &'a dyn Fn(Hash) -> Result<Vec<u8>>,
    /// Returns a picture's as readers get it in its place.
    pub readable: &'a dyn Fn(&Placement) -> Result<Vec<u8>>,
}

/// Writes the bundle, whole, under its name.
pub fn write(file: &Path, existing: Existing, contents: &Contents, bytes: &Bytes<'_>) -> Result<Exported> {
    let size = files::write(file, existing, |new, failed| pack(new, contents, bytes, failed))?;
    Ok(Exported { size, pictures: contents.pictures.len() })
}

fn pack(
    file: &mut fs::File,
    contents: &Contents,
    &Bytes { page, original, readable }: &Bytes<'_>,
    failed: &dyn Fn(io::Error) -> Error,
) -> Result<()> {
    let json = contents.to_json().map_err(store::Error::from)?;
    if json.len() as u64 > LARGEST_ARTICLE || contents.pictures.len() > MOST_PICTURES {
        return Err(Refused::TooLarge("250 pictures and 32 MB of text can be in one").into());
    }
    let mut zip = ZipWriter::new(file);
    let mut add = |name: &str, method, bytes: &[u8]| add(&mut zip, name, method, bytes).map_err(failed);
    // First and as it is: so that a file is known by its beginning.
    add("mimetype", CompressionMethod::Stored, MIME_TYPE.as_bytes())?;
    add("article.json", CompressionMethod::Deflated, &json)?;
    if let Some((kept, bytes)) = contents.source_page.as_ref().zip(page) {
        add(kept.kind.name(), CompressionMethod::Deflated, bytes)?;
    }
    let mut whole = (json.len() + page.map_or(0, <[u8]>::len)) as u64;
    for picture in &contents.pictures {
        let bytes = original(picture.hash)?;
        whole += bytes.len() as u64;
        if whole > MOST_BYTES {
            return Err(Refused::TooLarge("1 GB can be in one").into());
        }
        add(&picture.name(), CompressionMethod::Stored, &bytes)?; // a picture is packed already
    }
    add(readable::ARTICLE, CompressionMethod::Deflated, readable::markdown(&contents.document).as_bytes())?;
    for (name, place) in readable::shown(&contents.document) {
        let bytes = readable(place)?;
        whole += bytes.len() as u64;
        if whole > MOST_BYTES {
            return Err(Refused::TooLarge("1 GB can be in one").into());
        }
        add(&format!("readable/{name}"), CompressionMethod::Stored, &bytes)?;
    }
    zip.finish().map_err(|error| failed(error.into()))?;
    Ok(())
}

fn add(
    zip: &mut ZipWriter<&mut fs::File>,
    name: &str,
    method: CompressionMethod,
    bytes: &[u8],
) -> io::Result<()> {
    // No clock and no owner: the same article makes the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    zip.start_file(name, options)?;
    zip.write_all(bytes)
}
