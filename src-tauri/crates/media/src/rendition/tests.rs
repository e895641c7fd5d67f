use image::{ImageFormat, Rgba, RgbaImage};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::*;
use crate::files::*;

fn made(original: &[u8]) -> Rendition {
    make(original, Recipe::Web, &PictureWords::default()).expect("a rendition")
}

fn pixels(rendition: &Rendition) -> RgbImage {
    image::load_from_memory_with_format(&rendition.bytes, ImageFormat::Jpeg).expect("a JPEG").into_rgb8()
}

fn is_near(found: Rgb<u8>, wanted: [u8; 3]) -> bool {
    found.0.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 12)
}

/// How a camera would store the upright picture under each orientation.
fn stored(orientation: u16) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    let upright = corners();
    match orientation {
        2 => flip_horizontal(&upright),
        3 => rotate180(&upright),
        4 => flip_vertical(&upright),
        5 => rotate270(&flip_horizontal(&upright)),
        6 => rotate270(&upright),
        7 => rotate90(&flip_horizontal(&upright)),
        8 => rotate90(&upright),
        _ => upright,
    }
}

#[test]
fn every_rendition_is_upright() {
    for orientation in 1..=8 {
        let jpeg = file(stored(orientation), ImageFormat::Jpeg);
        let rendition = made(&with_segments(&jpeg, &[exif_segment(&tiff(orientation, &[], &[]))]));

        let pixels = pixels(&rendition);

        assert_eq!((rendition.width, rendition.height), (40, 20), "orientation {orientation}");
        for (x, y, wanted) in
            [(5, 3, [255, 0, 0]), (35, 3, [0, 255, 0]), (5, 17, [0, 0, 255]), (35, 17, [255, 255, 255])]
        {
            let found = *pixels.get_pixel(x, y);
            assert!(is_near(found, wanted), "orientation {orientation}, {x}/{y}: {found:?}");
        }
        assert_eq!(metadata::read(&rendition.bytes).orientation, 1, "nobody turns it again");
    }
}

#[test]
fn colours_of_another_space_come_out_in_srgb() {
    let wanted = [60, 180, 75];
    let adobe = ColorProfile::new_adobe_rgb();
    let to_adobe = ColorProfile::new_srgb()
        .create_transform_8bit(Layout::Rgb, &adobe, Layout::Rgb, TransformOptions::default())
        .expect("a transform");
    let mut numbers = [0; 3];
    to_adobe.transform(&wanted, &mut numbers).expect("one pixel");
    assert!(!is_near(Rgb(numbers), wanted), "the two spaces must differ, or nothing is tested");
    let plain = file(RgbImage::from_pixel(64, 64, Rgb(numbers)), ImageFormat::Png);
    let profile = adobe.encode().expect("a profile");
    let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let jpeg = with_segments(
        &file(RgbImage::from_pixel(64, 64, Rgb(numbers)), ImageFormat::Jpeg),
        &[segment(0xe2, &icc)],
    );
    let png = with_chunks(&plain, &[chunk(b"iCCP", &[b"a\0\0", deflated(&profile).as_slice()].concat())]);

    for original in [jpeg, png] {
        let found = *pixels(&made(&original)).get_pixel(30, 30);
        assert!(is_near(found, wanted), "{found:?}");
    }
    assert!(
        !is_near(*pixels(&made(&plain)).get_pixel(30, 30), wanted),
        "without a profile nothing is converted"
    );
}

#[test]
fn a_profile_that_cannot_be_used_does_not_stop_the_picture() {
    let missing_pieces = segment(0xe2, &[b"ICC_PROFILE\0\x01\xff".as_slice(), &[0; 60_000]].concat());

    let rendition = made(&with_segments(&jpeg(), &[missing_pieces]));

    assert!(is_near(*pixels(&rendition).get_pixel(5, 3), [255, 0, 0]));
}

#[test]
fn the_words_chosen_are_written_in_and_read_back_whole() {
    let words = PictureWords {
        caption: "Đại sứ <Johan> & \"bà\" ]]> 'Ndisi'\u{7}".into(),
        creator: "Nguyễn Văn Ảnh".into(),
        credit_line: "VietnamPlus/TTXVN".into(),
        copyright_notice: "© 2026 TTXVN".into(),
        picture_source: "TTXVN".into(),
        usage_terms: "Chỉ dùng cho báo chí".into(),
        digital_source_type: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into(),
        alt: "Một người đàn ông phát biểu".into(),
        instructions: "Không cắt cúp".into(),
        place: "Hà Nội".into(),
        ..PictureWords::default()
    };

    let rendition = make(&jpeg(), Recipe::Web, &words).expect("a rendition");

    let caption = words.caption.trim_end_matches('\u{7}').to_owned();
    let kept = PictureWords { caption, instructions: String::new(), place: String::new(), ..words };
    assert_eq!(metadata::read(&rendition.bytes).words, kept, "notes to desks and the place stay at home");
}

#[test]
fn programs_that_read_only_iim_find_the_words_cut_at_a_letter() {
    let words = PictureWords {
        caption: "Bệnh viện ".repeat(400),
        creator: "Nguyễn Văn Ảnh, Ngọc Lam".into(),
        credit_line: "Thông tấn xã Việt Nam và các báo".into(),
        ..PictureWords::default()
    };

    let rendition = make(&jpeg(), Recipe::Web, &words).expect("a rendition");

    let both = metadata::read(&rendition.bytes);
    assert_eq!((both.differences, both.words.caption.len()), (vec![], words.caption.trim().len()));
    let app13 = [b"Photoshop 3.0\0".to_vec(), segments::find(&rendition.bytes).photoshop].concat();
    let iim = metadata::read(&with_segments(&jpeg(), &[segment(0xed, &app13)])).words;
    assert!(words.caption.starts_with(&iim.caption) && (1990..=2000).contains(&iim.caption.len()));
    assert_eq!(iim.creator, "Nguyễn Văn Ảnh, Ngọc Lam");
    assert!(words.credit_line.starts_with(&iim.credit_line) && iim.credit_line.len() > 28);
}

#[test]
fn nothing_private_leaves_the_house() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/photos/seed/hospital.jpg");
    let original = fs::read(path).expect("the photograph");
    let secret = with_chunks(&file(corners(), ImageFormat::Png), &[chunk(b"tEXt", b"Comment\0SERIAL-4711")]);
    let trailing = [jpeg(), b"<script>alert(1)</script>".to_vec()].concat();
    let exif = exif::Reader::new().read_from_container(&mut io::Cursor::new(&original)).expect("its EXIF");
    assert!(
        exif.fields().any(|field| field.tag == exif::Tag::GPSLatitude),
        "there must be something to lose"
    );
    assert!(exif.fields().any(|field| field.tag == exif::Tag::BodySerialNumber));

    let public = made(&original).bytes;

    assert!(exif::Reader::new().read_from_container(&mut io::Cursor::new(&public)).is_err());
    assert!(segments::find_bytes(&public, b"Exif").is_none());
    assert!(segments::find_bytes(&made(&secret).bytes, b"SERIAL-4711").is_none());
    assert!(segments::find_bytes(&made(&trailing).bytes, b"<script>").is_none());
}

#[test]
fn transparency_is_laid_on_white() {
    let glass = RgbaImage::from_pixel(32, 32, Rgba([255, 0, 0, 128]));

    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let found = *pixels(&made(&file(glass.clone(), format))).get_pixel(16, 16);
        assert!(is_near(found, [255, 127, 127]), "{format:?}: {found:?}");
    }
}

#[test]
fn each_recipe_has_its_size_and_nothing_is_made_larger() {
    let large = file(RgbImage::from_pixel(2000, 1000, Rgb([9, 99, 199])), ImageFormat::Jpeg);
    let size = |bytes: &[u8], recipe| {
        let made = make(bytes, recipe, &PictureWords::default()).expect("a rendition");
        (made.width, made.height)
    };

    assert_eq!(size(&large, Recipe::Thumbnail), (400, 200));
    assert_eq!(size(&large, Recipe::WebSmall), (800, 400));
    assert_eq!(size(&large, Recipe::Web), (1600, 800));
    assert_eq!(size(&jpeg(), Recipe::Web), (40, 20));
    assert_eq!(Recipe::named("web-small"), Some(Recipe::WebSmall));
    assert_eq!(Recipe::named("../web"), None);
}

#[test]
fn a_rendition_is_kept_and_other_words_make_another() -> Result<(), Error> {
    let home = tempfile::tempdir()?;
    let vault = Vault::open(&home.path().join("pictures"))?;
    let renditions = Renditions::open(&home.path().join("renditions"))?;
    let original = vault.put(&jpeg())?;
    let (one, other) =
        (PictureWords::default(), PictureWords { credit_line: "TTXVN".into(), ..PictureWords::default() });

    let first = renditions.get(&vault, original, Recipe::Web, &one)?;
    let again = renditions.get(&vault, original, Recipe::Web, &one)?;
    let credited = renditions.get(&vault, original, Recipe::Web, &other)?;

    assert_eq!(first, again);
    assert_eq!(first.hash, Hash::of(&first.bytes));
    assert_ne!(first.hash, credited.hash);
    assert_eq!(fs::read_dir(home.path().join("renditions"))?.count(), 2);
    Ok(())
}

#[test]
fn a_kept_rendition_that_was_damaged_is_made_again() -> Result<(), Error> {
    let home = tempfile::tempdir()?;
    let vault = Vault::open(&home.path().join("pictures"))?;
    let renditions = Renditions::open(&home.path().join("renditions"))?;
    let original = vault.put(&jpeg())?;
    let first = renditions.get(&vault, original, Recipe::Web, &PictureWords::default())?;
    for kept in fs::read_dir(home.path().join("renditions"))?.flatten() {
        fs::write(kept.path(), &first.bytes[..2])?;
    }

    assert_eq!(renditions.get(&vault, original, Recipe::Web, &PictureWords::default())?, first);
    Ok(())
}

#[test]
fn what_is_no_picture_has_no_rendition() {
    for bytes in [b"".as_slice(), b"text", &jpeg()[..200]] {
        assert!(matches!(make(bytes, Recipe::Web, &PictureWords::default()), Err(Error::Picture(_))));
    }
}
