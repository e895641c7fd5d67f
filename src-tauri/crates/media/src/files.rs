//! Picture files made in code, for tests: small, and each with just the thing it is about.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Red, green, blue and white in the four corners of an upright picture, 40×20.
pub fn corners() -> RgbImage {
    RgbImage::from_fn(40, 20, |x, y| match (x < 20, y < 10) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

pub fn file(pixels: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.into().write_to(&mut bytes, format).expect("an encoder writes its own pixels");
    bytes.into_inner()
}

pub fn jpeg() -> Vec<u8> {
    file(corners(), ImageFormat::Jpeg)
}

/// Puts segments behind a JPEG's first marker.
pub fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

pub fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("a segment holds 64 KB");
    [&[0xff, marker], length.to_be_bytes().as_slice(), data].concat()
}

pub fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", tiff].concat())
}

pub fn xmp_segment(packet: &[u8]) -> Vec<u8> {
    segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", packet].concat())
}

/// A Photoshop segment with an IIM block, and the digest that goes with it where there is one.
pub fn iim_segment(block: &[u8], digest: Option<&[u8]>) -> Vec<u8> {
    let mut data = b"Photoshop 3.0\0".to_vec();
    data.extend(resource(0x0404, block));
    data.extend(digest.map(|digest| resource(0x0425, digest)).unwrap_or_default());
    segment(0xed, &data)
}

pub fn resource(id: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("a small resource");
    let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [b"8BIM", id.to_be_bytes().as_slice(), &[0, 0], &length.to_be_bytes(), data, padding].concat()
}

/// IIM records of the application part: dataset and value.
pub fn iim(records: &[(u8, &[u8])]) -> Vec<u8> {
    let record = |(dataset, value): &(u8, &[u8])| {
        let length = u16::try_from(value.len()).expect("a short value");
        [&[0x1c, 2, *dataset], length.to_be_bytes().as_slice(), value].concat()
    };
    records.iter().flat_map(record).collect()
}

/// An XMP packet with `inner` as the properties of its one description.
pub fn xmp(inner: &str) -> String {
    format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' \
         xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'>{inner}</rdf:Description></rdf:RDF>\
         </x:xmpmeta><?xpacket end='w'?>"
    )
}

pub fn xmp_caption(caption: &str) -> String {
    xmp(&format!(
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{caption}</rdf:li></rdf:Alt></dc:description>"
    ))
}

/// A little-endian TIFF structure: orientation, then tags with text in IFD0, and more in the Exif IFD.
pub fn tiff(orientation: u16, image: &[(u16, &str)], photo: &[(u16, &str)]) -> Vec<u8> {
    let (image_count, photo_count) = (image.len() + 2, photo.len());
    let photo_at = 8 + 2 + 12 * image_count + 4;
    let mut text_at = photo_at + 2 + 12 * photo_count + 4;
    let mut texts = Vec::new();
    let mut entry = |tag: u16, text: &str| {
        let text = [text.as_bytes(), &[0, 0, 0, 0]].concat(); // never short enough to stand in the entry itself
        let entry = raw_entry(tag, 2, text.len(), text_at);
        text_at += text.len();
        texts.extend(text);
        entry
    };
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend(u16::try_from(image_count).expect("few tags").to_le_bytes());
    let mut entries = vec![(0x0112, raw_entry(0x0112, 3, 1, usize::from(orientation)))];
    entries.push((0x8769, raw_entry(0x8769, 4, 1, photo_at)));
    entries.extend(image.iter().map(|(tag, text)| (*tag, entry(*tag, text))));
    entries.sort_by_key(|(tag, _)| *tag);
    out.extend(entries.into_iter().flat_map(|(_, entry)| entry));
    out.extend([0; 4]);
    out.extend(u16::try_from(photo_count).expect("few tags").to_le_bytes());
    out.extend(photo.iter().flat_map(|(tag, text)| entry(*tag, text)));
    out.extend([0; 4]);
    out.extend(texts);
    out
}

fn raw_entry(tag: u16, kind: u16, count: usize, value: usize) -> Vec<u8> {
    let le = |number: usize| u32::try_from(number).expect("a small number").to_le_bytes();
    [tag.to_le_bytes().as_slice(), &kind.to_le_bytes(), &le(count), &le(value)].concat()
}

/// Puts chunks behind a PNG's header.
pub fn with_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).expect("a small chunk").to_be_bytes();
    [length.as_slice(), kind, data, &crc.sum().to_be_bytes()].concat()
}

pub fn deflated(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// Puts a chunk at the end of a WebP file and mends its length.
pub fn with_riff_chunk(webp: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("a small chunk").to_le_bytes();
    let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    let mut out = [webp, kind, &length, data, padding].concat();
    let whole = u32::try_from(out.len() - 8).expect("a small file").to_le_bytes();
    out[4..8].copy_from_slice(&whole);
    out
}
