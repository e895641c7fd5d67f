//! Finds the metadata blocks of a JPEG, PNG or WebP without decoding its pixels.

use std::io::Read;

use domain::picture::PictureKind;

use crate::picture::kind_of;

/// Headers are read up to here; what a file puts behind is not metadata.
const HEADER_LIMIT: usize = 32 << 20;
/// Compressed text is inflated up to here.
const INFLATED_LIMIT: u64 = 8 << 20;

/// The metadata blocks as they stand in the file.
#[derive(Debug, Default)]
pub struct Blocks {
    /// TIFF structure, without `Exif\0\0`.
    pub exif: Option<Vec<u8>>,
    /// XMP packets in order; the later one wins.
    pub xmp: Vec<Vec<u8>>,
    /// Photoshop image resources, all segments joined.
    pub photoshop: Vec<u8>,
    /// IIM outside Photoshop resources (PNG profiles).
    pub iim: Vec<u8>,
    /// ICC profile.
    pub icc: Option<Vec<u8>>,
}

/// Returns the blocks of a picture file; of anything else, none.
pub fn find(bytes: &[u8]) -> Blocks {
    let header = &bytes[..bytes.len().min(HEADER_LIMIT)];
    match kind_of(bytes) {
        Some(PictureKind::Jpeg) => jpeg(header),
        Some(PictureKind::Png) => png(header),
        Some(PictureKind::Webp) => webp(header),
        None => Blocks::default(),
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2).map(|b| usize::from(u16::from_be_bytes([b[0], b[1]])))
}

fn be32(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize)
}

fn jpeg(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut extended: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut icc: Vec<(u8, Vec<u8>)> = Vec::new();
    for (marker, data) in JpegSegments::of(bytes) {
        match marker {
            0xe1 => app1(data, &mut blocks, &mut extended),
            0xe2 => icc.extend(icc_piece(data)),
            0xed => blocks.photoshop.extend(data.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default()),
            _ => {}
        }
    }
    extended.sort_by_key(|(offset, _)| *offset);
    let joined: Vec<u8> = extended.into_iter().flat_map(|(_, piece)| piece).collect();
    if !joined.is_empty() {
        blocks.xmp.push(joined);
    }
    icc.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = icc.into_iter().flat_map(|(_, piece)| piece).collect();
    blocks.icc = (!profile.is_empty()).then_some(profile);
    blocks
}

/// Returns where a JPEG's own pixels begin.
pub fn scan_start(bytes: &[u8]) -> Option<usize> {
    let mut segments = JpegSegments::of(bytes);
    segments.by_ref().for_each(drop);
    (bytes.get(segments.at..segments.at + 2) == Some(&[0xff, 0xda])).then_some(segments.at)
}

/// Walks the segments before a JPEG's pixels: marker and data.
struct JpegSegments<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> JpegSegments<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 2 }
    }
}

impl<'b> Iterator for JpegSegments<'b> {
    type Item = (u8, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        while self.bytes.get(self.at..self.at + 2) == Some(&[0xff, 0xff]) {
            self.at += 1; // fill bytes
        }
        let marker = match self.bytes.get(self.at..self.at + 2) {
            Some(&[0xff, marker]) if !matches!(marker, 0xd9 | 0xda) => marker,
            _ => return None,
        };
        let length = be16(self.bytes, self.at + 2).filter(|length| *length >= 2)?;
        let data = self.bytes.get(self.at + 4..self.at + 2 + length)?;
        self.at += 2 + length;
        Some((marker, data))
    }
}

/// EXIF, XMP (also with a header that agencies' tools have broken) or a piece of extended XMP.
fn app1(data: &[u8], blocks: &mut Blocks, extended: &mut Vec<(usize, Vec<u8>)>) {
    if let Some(tiff) = data.strip_prefix(b"Exif\0\0") {
        blocks.exif.get_or_insert_with(|| tiff.to_vec());
    } else if let Some(piece) = data.strip_prefix(b"http://ns.adobe.com/xmp/extension/\0") {
        if let (Some(offset), Some(piece)) = (be32(piece, 36), piece.get(40..)) {
            extended.push((offset, piece.to_vec()));
        }
    } else if let Some(start) = packet_start(data) {
        blocks.xmp.push(data[start..].to_vec());
    }
}

fn packet_start(data: &[u8]) -> Option<usize> {
    let marks: [&[u8]; 4] = [b"<?xpacket", b"<x:xmpmeta", b"<rdf:RDF", b"<\0?\0x\0p\0a\0c\0k\0e\0t\0"];
    marks.iter().filter_map(|mark| find_bytes(data, mark)).min().or_else(|| {
        data.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0").map(|_| 29) // UTF-16 and the like
    })
}

pub fn find_bytes(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn icc_piece(data: &[u8]) -> Option<(u8, Vec<u8>)> {
    let piece = data.strip_prefix(b"ICC_PROFILE\0")?;
    Some((*piece.first()?, piece.get(2..)?.to_vec()))
}

fn png(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut at = 8;
    while let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
        let Some(data) = at.checked_add(8 + length).and_then(|end| bytes.get(at + 8..end)) else { break };
        match kind {
            b"eXIf" => blocks.exif = Some(data.to_vec()),
            b"iCCP" => blocks.icc = png_icc(data),
            b"iTXt" => png_itxt(data, &mut blocks),
            b"zTXt" => png_profile(
                keyword(data).and_then(|(word, rest)| Some((word, inflate(rest.get(1..)?)?))),
                &mut blocks,
            ),
            b"tEXt" => png_profile(keyword(data).map(|(word, rest)| (word, rest.to_vec())), &mut blocks),
            b"IEND" => break,
            _ => {}
        }
        at += 12 + length;
    }
    blocks
}

fn keyword(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = data.iter().position(|byte| *byte == 0)?;
    Some((&data[..end], &data[end + 1..]))
}

fn png_icc(data: &[u8]) -> Option<Vec<u8>> {
    let (_, rest) = keyword(data)?;
    inflate(rest.get(1..)?)
}

fn png_itxt(data: &[u8], blocks: &mut Blocks) {
    let Some((b"XML:com.adobe.xmp", rest)) = keyword(data) else { return };
    let (Some(&compressed), Some(after)) = (rest.first(), rest.get(2..)) else { return };
    let text = keyword(after).and_then(|(_, rest)| keyword(rest)).map(|(_, text)| text);
    let text = text.and_then(|text| if compressed == 1 { inflate(text) } else { Some(text.to_vec()) });
    blocks.xmp.extend(text);
}

/// `Raw profile type …`: a name, a length and hexadecimal lines, as ImageMagick writes them.
fn png_profile(found: Option<(&[u8], Vec<u8>)>, blocks: &mut Blocks) {
    let Some((word, text)) = found else { return };
    let Some(kind) = word.strip_prefix(b"Raw profile type ") else { return };
    let Some(raw) = unhex(&text) else { return };
    match kind {
        b"xmp" => blocks.xmp.push(raw),
        b"iptc" => {
            if raw.starts_with(b"8BIM") {
                blocks.photoshop.extend(raw);
            } else {
                blocks.iim.extend(raw);
            }
        }
        b"exif" | b"APP1" => app1_profile(&raw, blocks),
        _ => {}
    }
}

fn app1_profile(raw: &[u8], blocks: &mut Blocks) {
    if let Some(tiff) = raw.strip_prefix(b"Exif\0\0") {
        blocks.exif = Some(tiff.to_vec());
    } else if let Some(start) = packet_start(raw) {
        blocks.xmp.push(raw[start..].to_vec());
    }
}

fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let lines = text.trim_start().splitn(3, '\n').nth(2)?;
    let digits: Vec<u8> = lines.bytes().filter(u8::is_ascii_hexdigit).collect();
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    digits.chunks_exact(2).map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?)).collect()
}

fn inflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(data).take(INFLATED_LIMIT).read_to_end(&mut out).ok()?;
    Some(out)
}

fn webp(bytes: &[u8]) -> Blocks {
    let mut blocks = Blocks::default();
    let mut at = 12;
    while let (Some(kind), Some(length)) = (bytes.get(at..at + 4), bytes.get(at + 4..at + 8)) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(data) = at.checked_add(8 + length).and_then(|end| bytes.get(at + 8..end)) else { break };
        match kind {
            b"EXIF" => blocks.exif = Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data).to_vec()),
            b"XMP " => blocks.xmp.push(data.to_vec()),
            b"ICCP" => blocks.icc = Some(data.to_vec()),
            _ => {}
        }
        at += 8 + length + (length & 1);
    }
    blocks
}
