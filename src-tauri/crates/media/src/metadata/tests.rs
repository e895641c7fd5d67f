use std::time::{Duration, Instant};

use image::ImageFormat;
use md5::{Digest as _, Md5};

use super::*;
use crate::files::*;

const CAPTION: &str = "Đại sứ Thụy Điển tại Việt Nam, ông Johan Ndisi.";

fn jpeg_with(segments: &[Vec<u8>]) -> Vec<u8> {
    with_segments(&jpeg(), segments)
}

fn caption(bytes: &[u8]) -> String {
    read(bytes).words.caption
}

/// EXIF, IIM and XMP all say something else.
fn conflict(digest: Option<&[u8]>) -> Found {
    let iim = iim(&[(120, b"in IIM"), (110, b"IIM-CREDIT"), (80, "Người chụp IIM".as_bytes())]);
    let xmp = xmp(
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>in XMP</rdf:li></rdf:Alt></dc:description>\
         <photoshop:Credit>XMP-CREDIT</photoshop:Credit><dc:creator><rdf:Seq><rdf:li>Người chụp XMP</rdf:li></rdf:Seq></dc:creator>",
    );
    read(&jpeg_with(&[
        exif_segment(&tiff(1, &[(0x010e, "in EXIF")], &[])),
        iim_segment(&iim, digest),
        xmp_segment(xmp.as_bytes()),
    ]))
}

#[test]
fn xmp_stands_before_iim_and_iim_before_exif_and_what_differs_is_shown() {
    let found = conflict(None);

    assert_eq!(
        (found.words.caption.as_str(), found.words.credit_line.as_str(), found.words.creator.as_str()),
        ("in XMP", "XMP-CREDIT", "Người chụp XMP")
    );
    let shown: Vec<_> = found
        .differences
        .iter()
        .map(|d| (d.field.as_str(), d.other.as_str(), d.other_from.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("caption", "in IIM", "iim"),
            ("creator", "Người chụp IIM", "iim"),
            ("credit_line", "IIM-CREDIT", "iim")
        ]
    );
}

#[test]
fn iim_that_was_edited_after_the_xmp_wins() {
    let block = iim(&[(120, b"in IIM"), (110, b"IIM-CREDIT"), (80, "Người chụp IIM".as_bytes())]);

    let fresh = conflict(Some(Md5::digest(&block).as_slice()));
    let stale = conflict(Some(&[7; 16]));

    assert_eq!(fresh.words.caption, "in XMP");
    assert_eq!(stale.words.caption, "in IIM");
    assert_eq!(stale.differences[0].other_from, "xmp");
}

#[test]
fn exif_speaks_only_when_the_others_are_silent_and_a_camera_never() {
    let told = |words| {
        exif_segment(&tiff(1, &[(0x010e, words), (0x013b, "An; Bình"), (0x8298, "© 2026 TTXVN")], &[]))
    };

    assert_eq!(caption(&jpeg_with(&[told("Chợ nổi buổi sớm")])), "Chợ nổi buổi sớm");
    let camera = read(&jpeg_with(&[told("OLYMPUS DIGITAL CAMERA")])).words;
    assert_eq!(camera.caption, "");
    assert_eq!((camera.creator.as_str(), camera.copyright_notice.as_str()), ("An, Bình", "© 2026 TTXVN"));
}

#[test]
fn the_day_a_picture_was_taken_is_read_from_each_copy() {
    let exif = exif_segment(&tiff(1, &[], &[(0x9003, "2026:03:05 09:30:15"), (0x9011, "+07:00")]));
    let iim = iim_segment(&iim(&[(55, b"20260305"), (60, b"093015+0700")]), None);
    let xmp = xmp("<photoshop:DateCreated>2026-03-05T09:30:15+07:00</photoshop:DateCreated>");

    for segment in [exif, iim, xmp_segment(xmp.as_bytes())] {
        assert_eq!(read(&jpeg_with(&[segment])).words.date_taken, "2026-03-05T09:30:15+07:00");
    }
}

#[test]
fn iim_is_utf8_whether_it_says_so_or_not_and_else_latin() {
    let declared =
        [&[0x1c, 1, 90, 0, 3, 0x1b, b'%', b'G'], iim(&[(120, CAPTION.as_bytes())]).as_slice()].concat();
    let undeclared = iim(&[(120, CAPTION.as_bytes())]);
    let latin = iim(&[(120, b"C\xf4te d\x92Azur, caf\xe9")]);

    assert_eq!(caption(&jpeg_with(&[iim_segment(&declared, None)])), CAPTION);
    assert_eq!(caption(&jpeg_with(&[iim_segment(&undeclared, None)])), CAPTION);
    assert_eq!(caption(&jpeg_with(&[iim_segment(&latin, None)])), "Côte d’Azur, café");
}

#[test]
fn a_copy_that_was_cut_or_is_in_pieces_is_no_difference() {
    let long = "Phóng sự ảnh: đường phố Hà Nội ngày cuối năm. ".repeat(60);
    let cut = iim_segment(&iim(&[(120, &long.as_bytes()[..1999])]), None);
    let in_pieces: String = CAPTION.nfd().collect();

    let cut = read(&jpeg_with(&[cut, xmp_segment(xmp_caption(&long).as_bytes())]));
    let pieces = read(&jpeg_with(&[
        iim_segment(&iim(&[(120, in_pieces.as_bytes())]), None),
        xmp_segment(xmp_caption(CAPTION).as_bytes()),
    ]));

    assert_eq!((cut.words.caption.as_str(), cut.differences.as_slice()), (long.trim(), [].as_slice()));
    assert_eq!((pieces.words.caption.as_str(), pieces.differences.as_slice()), (CAPTION, [].as_slice()));
}

#[test]
fn xmp_is_read_however_tools_write_it() {
    let packet = xmp_caption(CAPTION);
    let broken_header = segment(0xe1, &[b"XMP\0://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat());
    let utf16: Vec<u8> = packet.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let attribute = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description xmlns:q='http://purl.org/dc/elements/1.1/' q:description='Đại sứ Thụy Điển tại Việt Nam, ông Johan Ndisi.'/></rdf:RDF></x:xmpmeta>";
    let languages = xmp(&format!(
        "<dc:description><rdf:Alt><rdf:li xml:lang='en'>Ambassador</rdf:li><rdf:li xml:lang='x-default'>{CAPTION}</rdf:li></rdf:Alt></dc:description>"
    ));
    let entities = xmp_caption("Đại sứ Thụy Điển tại Việt Nam, &#244;ng Johan Ndisi.");
    let files: [&[Vec<u8>]; 6] = [
        &[broken_header],
        &[xmp_segment(&utf16)],
        &[xmp_segment(attribute.as_bytes())],
        &[xmp_segment(languages.as_bytes())],
        &[xmp_segment(entities.as_bytes())],
        &[xmp_segment(xmp_caption("an older packet").as_bytes()), xmp_segment(packet.as_bytes())],
    ];

    for (number, segments) in files.into_iter().enumerate() {
        assert_eq!(caption(&jpeg_with(segments)), CAPTION, "file {number}");
    }
}

#[test]
fn a_caption_longer_than_a_segment_is_put_together() {
    let long = "Đoạn rất dài. ".repeat(6000);
    let packet = xmp_caption(&long).into_bytes();
    let piece = |offset: usize, data: &[u8]| {
        let mut head = b"http://ns.adobe.com/xmp/extension/\0".to_vec();
        head.extend([b'0'; 32]);
        head.extend(u32::try_from(packet.len()).expect("its size").to_be_bytes());
        head.extend(u32::try_from(offset).expect("its place").to_be_bytes());
        segment(0xe1, &[&head, data].concat())
    };
    let mut pieces: Vec<Vec<u8>> =
        packet.chunks(60_000).enumerate().map(|(number, data)| piece(number * 60_000, data)).collect();
    pieces.reverse();

    assert_eq!(caption(&jpeg_with(&pieces)), long.trim());
}

#[test]
fn png_and_webp_carry_the_same_words() {
    let png = file(corners(), ImageFormat::Png);
    let webp = file(corners(), ImageFormat::WebP);
    let packet = xmp_caption(CAPTION);
    let itxt = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    let block = resource(0x0404, &iim(&[(120, CAPTION.as_bytes())]));
    let hex: String = block.iter().map(|byte| format!("{byte:02x}")).collect();
    let profile = format!("\nIPTC profile\n{:8}\n{hex}\n", block.len());
    let ztxt = [b"Raw profile type iptc\0\0", deflated(profile.as_bytes()).as_slice()].concat();
    let exif = tiff(6, &[(0x010e, CAPTION)], &[]);
    let files = [
        with_chunks(&png, &[chunk(b"iTXt", &itxt)]),
        with_chunks(&png, &[chunk(b"zTXt", &ztxt)]),
        with_chunks(&png, &[chunk(b"eXIf", &exif)]),
        with_riff_chunk(&webp, b"XMP ", packet.as_bytes()),
        with_riff_chunk(&webp, b"EXIF", &exif),
    ];

    for (number, file) in files.iter().enumerate() {
        assert_eq!(caption(file), CAPTION, "file {number}");
    }
    assert_eq!(read(&files[2]).orientation, 6);
    assert_eq!(read(&files[4]).orientation, 6);
}

#[test]
fn only_exif_tells_how_a_picture_lies_and_only_what_is_possible() {
    let lying = |orientation| read(&jpeg_with(&[exif_segment(&tiff(orientation, &[], &[]))])).orientation;

    assert_eq!((1..=8).map(lying).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
    assert_eq!((lying(0), lying(9), read(&jpeg()).orientation), (1, 1, 1));
}

#[test]
fn the_seed_articles_photographs_say_what_the_page_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/photos/seed/");
    let found = |name: &str| read(&std::fs::read(format!("{folder}{name}")).expect("the photograph"));

    let [lead, ambassador, hospital] = ["lead.jpg", "ambassador.jpg", "hospital.jpg"].map(found);

    assert!(lead.words.caption.starts_with("Persidangan yang diadakan di Hanoi"), "{lead:?}");
    assert_eq!(ambassador.words.caption, "Duta Sweden ke Vietnam, Encik Johan Ndisi.");
    assert_eq!(ambassador.words.creator, "Stéfan van der Walt");
    assert_eq!(hospital.words.credit_line, "laman web Hospital Kanak-kanak Nasional Hanoi");
    assert_eq!((lead.orientation, hospital.orientation), (1, 6));
    assert!(
        lead.differences.is_empty() && ambassador.differences.is_empty() && hospital.differences.is_empty()
    );
}

/// Metadata made to hurt: each file gives nothing false, and at once.
#[test]
fn hostile_metadata_is_not_there_and_costs_nothing() {
    let entity = |letter: u8| {
        format!("<!ENTITY {} \"{}\">", char::from(letter + 1), format!("&{};", char::from(letter)).repeat(10))
    };
    let entities: String = (b'a'..b'j').map(entity).collect();
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"{}\">{entities}]>{}", "A".repeat(100), xmp_caption("&j;"));
    let deep = format!(
        "{}{}",
        xmp("").replace("</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>", ""),
        "<dc:b>".repeat(10_000)
    );
    let ifd_loop =
        [b"II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\x05\0\0\0\x1a\0\0\0\x08\0\0\0".as_slice(), b"abcd\0"].concat();
    let count = b"II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\xff\xff\xff\xff\x1a\0\0\0\0\0\0\0abcd\0".to_vec();
    let files = [
        jpeg_with(&[xmp_segment(bomb.as_bytes())]),
        jpeg_with(&[xmp_segment(&deep.as_bytes()[..60_000])]),
        jpeg_with(&[exif_segment(&count)]),
        jpeg_with(&[iim_segment(b"\x1c\x02\x78\x7f\xffabc", None)]),
        jpeg_with(&[iim_segment(b"\x1c\x02\x78\x80\x04\xff\xff\xff\xffabc", None)]),
        jpeg_with(&[segment(0xed, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xffabc")]),
        jpeg_with(&[segment(0xe1, b"http://ns.adobe.com/xmp/extension/\0short")]),
        [&[0xff, 0xd8], b"\xff\xe1\xff\xff".as_slice(), b"Exif\0\0"].concat(),
        [&[0xff, 0xd8], b"\xff\xe1\0\0".as_slice()].concat(),
    ];
    let started = Instant::now();

    for (number, file) in files.iter().enumerate() {
        assert_eq!(caption(file), "", "file {number}");
    }
    assert_eq!(caption(&jpeg_with(&[exif_segment(&ifd_loop)])), "abcd", "what can be read is read");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn compressed_text_is_inflated_only_so_far() {
    let zeros = deflated(&vec![b'A'; 50 << 20]);
    let bomb = [b"Raw profile type xmp\0\0", zeros.as_slice()].concat();
    let started = Instant::now();

    let found = read(&with_chunks(&file(corners(), ImageFormat::Png), &[chunk(b"zTXt", &bomb)]));

    assert_eq!(found.words, PictureWords::default());
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn a_file_may_end_anywhere_and_any_byte_may_be_wrong() {
    let whole = jpeg_with(&[
        exif_segment(&tiff(6, &[(0x010e, "in EXIF"), (0x013b, "An")], &[(0x9003, "2026:03:05 09:30:15")])),
        iim_segment(&iim(&[(120, b"in IIM"), (110, b"TTXVN")]), Some(&[7; 16])),
        xmp_segment(xmp_caption("in XMP").as_bytes()),
    ]);
    assert_eq!(caption(&whole), "in IIM");

    for at in 0..whole.len() {
        let _ = read(&whole[..at]); // it must come back; what it finds is what was left
        let mut wrong = whole.clone();
        wrong[at] ^= 0xff;
        assert!((1..=8).contains(&read(&wrong).orientation));
    }
}
