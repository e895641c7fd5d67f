use std::time::{Duration, Instant};

use image::{ImageFormat, RgbImage};

use super::*;
use crate::files::*;

fn sentence(bytes: &[u8]) -> String {
    inspect(bytes).expect_err("it is refused").to_string()
}

#[test]
fn a_picture_is_known_by_its_bytes_whatever_it_is_called() {
    let table = [
        (ImageFormat::Jpeg, PictureKind::Jpeg),
        (ImageFormat::Png, PictureKind::Png),
        (ImageFormat::WebP, PictureKind::Webp),
    ];
    for (format, kind) in table {
        let inspected = inspect(&file(corners(), format));

        assert_eq!(inspected, Ok(Inspected { kind, width: 40, height: 20, orientation: 1 }));
    }
}

#[test]
fn a_picture_that_lies_on_its_side_has_its_upright_size() {
    for (orientation, size) in [(1, (40, 20)), (3, (40, 20)), (5, (20, 40)), (6, (20, 40)), (8, (20, 40))] {
        let bytes = with_segments(&jpeg(), &[exif_segment(&tiff(orientation, &[], &[]))]);

        let inspected = inspect(&bytes).expect("a picture");

        assert_eq!((inspected.width, inspected.height), size, "orientation {orientation}");
    }
}

#[test]
fn what_is_no_picture_is_named_for_what_it_is() {
    let table: [(&[u8], &str); 14] = [
        (b"", "empty"),
        ("Đây là tệp văn bản, không phải ảnh.\n".as_bytes(), "text"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "an SVG drawing"),
        (b"<?xml version='1.0'?><svg/>", "an SVG drawing"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\0", "a document or archive"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"II*\0\x08\0\0\0", "TIFF and RAW"),
        (b"MM\0*\0\0\0\x08", "TIFF and RAW"),
        (b"\0\0\0\x1cftypheic", "HEIC"),
        (b"\0\0\0\x1cftypavif", "AVIF"),
        (b"8BPS\0\x01", "Photoshop"),
        (b"\xfe\xfe\xfe\x01\x02\x9d", "a file of another kind"),
    ];
    for (bytes, says) in table {
        assert!(sentence(bytes).contains(says), "{says}: {}", sentence(bytes));
    }
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_refused() {
    for (format, nothing_lost) in [(ImageFormat::Jpeg, 0), (ImageFormat::Png, 12), (ImageFormat::WebP, 1)] {
        let whole = file(corners(), format);
        assert!(inspect(&whole).is_ok());
        // A PNG's last chunk is empty, and a WebP's last byte only makes its length even.
        let last = whole.len() - nothing_lost;
        for at in 1..last {
            assert!(inspect(&whole[..at]).is_err(), "{format:?} of {at} bytes of {}", whole.len());
        }
    }
}

#[test]
fn a_thumbnails_end_is_not_the_pictures() {
    let thumbnail = exif_segment(&[tiff(1, &[], &[]), jpeg()].concat());
    let whole = with_segments(&jpeg(), &[thumbnail]);

    assert!(inspect(&whole).is_ok());
    assert!(matches!(inspect(&whole[..whole.len() - 40]), Err(Refused::CutOff { .. })));
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let mut huge_jpeg = jpeg();
    let frame = huge_jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    huge_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    let started = Instant::now();

    for bytes in [
        huge_jpeg,
        png_claiming(50_000, 50_000),
        png_claiming(0x7fff_ffff, 0x7fff_ffff),
        png_claiming(20_001, 1),
    ] {
        let refused = inspect(&bytes);
        assert!(
            matches!(refused, Err(Refused::TooManyPixels { .. } | Refused::CutOff { .. })),
            "{refused:?}"
        );
    }
    assert!(matches!(
        inspect(&png_claiming(50_000, 50_000)),
        Err(Refused::TooManyPixels { width: 50_000, .. })
    ));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let head = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let zeros = deflated(&vec![0; 1 << 20]);
    let mark = b"\x89PNG\r\n\x1a\n".as_slice();
    [mark, &chunk(b"IHDR", &head), &chunk(b"IDAT", &zeros), &chunk(b"IEND", b"")].concat()
}

#[test]
fn the_largest_pictures_are_still_taken() {
    let panorama = file(RgbImage::new(20_000, 10), ImageFormat::Png);

    assert_eq!(inspect(&panorama).map(|inspected| inspected.width), Ok(20_000));
}

#[test]
fn a_file_that_is_too_large_is_refused_by_its_size() {
    let mut large = jpeg();
    large.resize(LARGEST_FILE + 1, 0);

    assert_eq!(inspect(&large), Err(Refused::TooLarge { megabytes: 100 }));
}

#[test]
fn what_hangs_behind_a_good_picture_does_not_matter() {
    let polyglot = [jpeg(), b"<script>alert(1)</script>PK\x03\x04".to_vec()].concat();

    assert!(inspect(&polyglot).is_ok());
}
