//! IPTC-IIM 4.2, for the programs that still read nothing else, WordPress among them: each value cut at a letter within
//! its byte limit, in UTF-8 and saying so, with the digest that tells readers of XMP that both are of one moment.

use domain::picture::PictureWords;
use md5::{Digest as _, Md5};

const HEADER: &[u8] = b"Photoshop 3.0\0";
/// Image resource ids (*Adobe Photoshop File Formats*): the IIM block and the MD5 of it.
const IIM: u16 = 0x0404;
const DIGEST: u16 = 0x0425;

/// Returns the data of an APP13 segment with the words.
pub fn segment(words: &PictureWords) -> Vec<u8> {
    let block = block(words);
    [HEADER.to_vec(), resource(IIM, &block), resource(DIGEST, &Md5::digest(&block))].concat()
}

fn resource(id: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default(); // some 4 KB at most
    let mut resource = b"8BIM".to_vec();
    resource.extend(id.to_be_bytes());
    resource.extend([0, 0]); // no name
    resource.extend(length.to_be_bytes());
    resource.extend(data);
    resource.extend(vec![0; data.len() & 1]);
    resource
}

/// Datasets in the order of their numbers, with the byte limits of IIM 4.2.
fn block(words: &PictureWords) -> Vec<u8> {
    let mut block = dataset(1, 90, b"\x1b%G"); // what follows is UTF-8
    block.extend(dataset(2, 0, &[0, 4]));
    for creator in words.creator.split(", ") {
        block.extend(text(80, creator, 32));
    }
    for (number, value, limit) in [
        (105, &words.headline, 256),
        (110, &words.credit_line, 32),
        (115, &words.picture_source, 32),
        (116, &words.copyright_notice, 128),
        (120, &words.caption, 2000),
        (122, &words.caption_writer, 32),
    ] {
        block.extend(text(number, value, limit));
    }
    block
}

fn text(number: u8, value: &str, limit: usize) -> Vec<u8> {
    let value: String = value.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let end = (0..=limit.min(value.len())).rev().find(|at| value.is_char_boundary(*at)).unwrap_or_default();
    let cut = &value[..end];
    if cut.trim().is_empty() { Vec::new() } else { dataset(2, number, cut.as_bytes()) }
}

fn dataset(record: u8, number: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap_or_default(); // no limit is above 2000
    [&[0x1c, record, number][..], &length.to_be_bytes(), value].concat()
}
