use std::{collections::HashMap, path::PathBuf};

use serde_json::Value;
use uuid::Uuid;

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/pages"))
}

fn taken(page: &[u8]) -> Result<TakenIn, Error> {
    let mut number = 0;
    read(page, &mut || {
        number += 1;
        PlacementId(Uuid::from_u128(number))
    })
}

#[test]
fn the_seed_page_becomes_a_draft_with_every_part_in_its_field() {
    let page = taken(include_bytes!("../../../../../tests/fixtures/pages/seed-ms.txt")).expect("a draft");

    let fields = &page.fields;
    assert_eq!(fields.language, "ms");
    assert_eq!(
        fields.headline,
        "Sweden dan Vietnam bekerjasama untuk mempromosikan inovasi dalam penjagaan kesihatan."
    );
    assert!(
        fields.standfirst.starts_with("Pada 11 Disember, di Hanoi,")
            && fields.standfirst.ends_with("mampan.")
    );
    assert_eq!((fields.source_paper.as_str(), fields.source_date.as_str()), ("Báo Nhân dân", "2025-12-11"));
    assert_eq!(
        fields.source_url,
        "https://nhandan.vn/thuy-dien-va-viet-nam-hop-tac-thuc-day-doi-moi-sang-tao-trong-y-te-post929488.html"
    );
    assert_eq!(fields.foreign_id, "929488");
    let pictures: Vec<_> = page
        .wanted
        .iter()
        .map(|w| (w.position, w.caption.as_str(), w.credit_line.as_str(), w.seen_as.as_str()))
        .collect();
    assert_eq!(
        pictures,
        [
            (
                Position::Lead,
                "Persidangan yang diadakan di Hanoi itu menarik sejumlah besar delegasi dari Vietnam dan Sweden, serta rakan kongsi lain.",
                "PV",
                ""
            ),
            (Position::InText, "Duta Sweden ke Vietnam, Encik Johan Ndisi.", "PV", "vntd1.jpg"),
            (
                Position::InText,
                "Hospital Kanak-Kanak Nasional, simbol kerjasama perubatan Vietnam-Sweden",
                "laman web Hospital Kanak-kanak Nasional Hanoi",
                "bvnhi.jpg"
            ),
        ]
    );
    assert_eq!(page.body.trim().split("\n\n").count(), 12, "{}", page.body);
    assert_eq!(page.leftovers.iter().filter(|l| l.why == domain::leftover::Why::FileName).count(), 2);
    assert!(page.leftovers.iter().any(|l| l.why == domain::leftover::Why::Comments && l.text == "Komen (0)"));
    assert!(
        page.leftovers
            .iter()
            .any(|l| l.why == domain::leftover::Why::Related && l.text == "Dalam kategori yang sama")
    );
}

/// Every page of the folder has beside it what an editor would make of it.
#[test]
fn pages_of_the_kind_are_taken_apart_as_an_editor_would() {
    let mut wrong = Vec::new();
    let mut pages = 0;
    for (name, bytes, want) in expected() {
        pages += 1;
        match taken(&bytes) {
            Ok(page) => wrong.extend(differences(&name, &page, &want)),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(pages >= 10, "only {pages} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn expected() -> Vec<(String, Vec<u8>, Value)> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .expect("the pages")
        .map(|entry| entry.expect("a page").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .map(|path| {
            let want = std::fs::read_to_string(path.with_extension("json")).expect("what is expected of it");
            (
                path.file_name().expect("its name").to_string_lossy().into_owned(),
                std::fs::read(&path).expect("the page"),
                serde_json::from_str(&want).expect("JSON"),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn differences(name: &str, page: &TakenIn, want: &Value) -> Vec<String> {
    let fields = serde_json::to_value(&page.fields).expect("fields");
    let mut wrong = Vec::new();
    for (field, value) in want["fields"].as_object().expect("fields") {
        if fields[field] != *value {
            wrong.push(format!("{name}: {field} is {}, not {value}", fields[field]));
        }
    }
    let pictures: Vec<Value> = page
        .wanted
        .iter()
        .map(|w| serde_json::json!([w.position, w.caption, w.credit_line, w.alt]))
        .collect();
    if want["pictures"] != Value::Array(pictures.clone()) {
        wrong.push(format!("{name}: pictures are {pictures:#?}"));
    }
    let text = |block: &str| match domain::markdown::plain_text(block).trim() {
        "" => "[picture]".to_owned(),
        words => words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let got: Vec<String> = page.body.trim().split("\n\n").map(text).collect();
    let wanted = want["blocks"].as_array().expect("the text's blocks").iter();
    let wanted: Vec<String> =
        wanted.map(|block| block.as_str().expect("a block")).map(text_or_picture).collect();
    if got != wanted {
        wrong.push(format!("{name}: the text is {got:#?}, not {wanted:#?}"));
    }
    wrong
}

fn text_or_picture(block: &str) -> String {
    if block == "[picture]" {
        return block.to_owned();
    }
    domain::markdown::plain_text(block).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a reader sees of a page, found without the reader under test: lines of text, or an HTML's text and alt texts.
fn seen(bytes: &[u8]) -> Vec<String> {
    let page = charset::decoded(bytes).expect("text");
    let found: Vec<String> = if html::looks_like(&page) {
        let html = scraper::Html::parse_document(&page);
        let unseen = ["script", "style", "head", "title", "meta", "noscript"];
        let texts = html.tree.nodes().filter(|node| {
            !node
                .ancestors()
                .any(|above| above.value().as_element().is_some_and(|e| unseen.contains(&e.name())))
        });
        texts
            .filter_map(|node| {
                let alt = || node.value().as_element().filter(|e| e.name() == "img")?.attr("alt");
                node.value().as_text().map(|text| text.to_string()).or_else(|| alt().map(str::to_owned))
            })
            .collect()
    } else {
        page.lines().map(str::to_owned).collect()
    };
    found.iter().map(|text| line::evened(text)).filter(|text| !text.is_empty()).collect()
}

/// Every line of the page is in a field, in the text, at a picture or among the leftovers, as often as on the page.
#[test]
fn nothing_of_a_page_vanishes_and_nothing_is_doubled() {
    for (name, bytes, _) in expected() {
        let page = taken(&bytes).expect("a draft");
        let fields = &page.fields;
        let texts = [&fields.headline, &fields.standfirst, &fields.source_paper, &fields.source_url]
            .map(String::as_str);
        let body = domain::markdown::plain_text(&page.body);
        let pictures = page.wanted.iter().flat_map(|w| [&w.caption, &w.credit_line, &w.alt, &w.seen_as]);
        let left = page.leftovers.iter().map(|left| left.text.as_str());
        let got: Vec<&str> = texts
            .into_iter()
            .chain([body.as_str()])
            .chain(pictures.map(String::as_str))
            .chain(left)
            .collect();
        let (got, had) = (words(got.into_iter()), words(seen(&bytes).iter().map(String::as_str)));

        // Labels, separators and the day's own words and digits are understood, not kept.
        let understood =
            |word: &str| is_label(word) || fields.source_date.contains(word) || is_of_a_day(word);
        let missing: Vec<_> = had
            .iter()
            .filter(|(word, count)| {
                got.get(*word).copied().unwrap_or_default() < **count && !understood(word)
            })
            .filter(|(word, _)| !is_doubled(word, &fields.source_paper))
            .collect();
        let from_the_file = |word: &str| page.wanted.iter().any(|w| w.seen_as.contains(word));
        let doubled: Vec<_> = got
            .iter()
            .filter(|(word, count)| {
                had.get(*word).copied().unwrap_or_default() < **count && !from_the_file(word)
            })
            .collect();
        assert!(missing.is_empty(), "{name} lost {missing:?}");
        let doubled: Vec<_> = doubled
            .into_iter()
            .filter(|(word, _)| {
                !is_doubled(word, &fields.source_paper)
                    && !fields.source_paper.contains(word.as_str())
                    && !fields.source_url.contains(word.as_str())
            })
            .collect();
        assert!(doubled.is_empty(), "{name} has more than once {doubled:?}");
    }
}

/// A glued `dânBáo` of `Báo Nhân dânBáo Nhân dân`.
fn is_doubled(word: &str, paper: &str) -> bool {
    let twice: String = format!("{paper}{paper}");
    !paper.is_empty()
        && (twice.contains(word)
            || paper.split_whitespace().last().is_some_and(|last| word.starts_with(last)))
}

/// Words of a date line besides its day: `Kamis`, `WIB`, `11T14`.
fn is_of_a_day(word: &str) -> bool {
    let names = [
        "tháng",
        "ngày",
        "năm",
        "thứ",
        "bảy",
        "gmt",
        "wib",
        "kamis",
        "disember",
        "desember",
        "december",
        "diciembre",
        "de",
        "ธันวาคม",
    ];
    word.chars().all(|c| c.is_ascii_digit())
        || names.contains(&word.to_lowercase().as_str())
        || word.contains("年12月")
        || word.ends_with(['년', '월', '일'])
}

fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    let labels = [
        "sumber",
        "nguồn",
        "source",
        "fuente",
        "quelle",
        "photo",
        "foto",
        "ảnh",
        "gambar",
        "oleh",
        "by",
        "ภาพ",
        "ที่มา",
        "المصدر",
        "出典",
        "출처",
        "来源",
        "写真",
        "图",
        "图源",
    ];
    labels.contains(&lower.as_str())
}

fn words<'t>(texts: impl Iterator<Item = &'t str>) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for text in texts {
        for word in text
            .split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
            .filter(|word| !word.is_empty())
        {
            *counted.entry(word.to_owned()).or_default() += 1;
        }
    }
    counted
}

#[test]
fn the_same_page_is_understood_however_it_was_copied() {
    let seed = include_str!("../../../../../tests/fixtures/pages/seed-ms.txt");
    let want = taken(seed.as_bytes()).expect("a draft");
    let without_blank_lines: String =
        seed.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\r\n")).collect();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(seed.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let with_mark = format!("\u{feff}{seed}");
    let in_pieces: String = unicode_normalization::UnicodeNormalization::nfd(seed).collect();

    for copy in [without_blank_lines.as_bytes(), &utf16, with_mark.as_bytes(), in_pieces.as_bytes()] {
        assert_eq!(taken(copy), Ok(want.clone()));
    }
}

#[test]
fn what_is_no_article_is_refused_in_a_sentence() {
    let binary: Vec<u8> = (0..5000_u32).map(|n| u8::try_from(n * 7 % 256).unwrap_or_default()).collect();
    assert_eq!(taken(b""), Err(Error::Empty));
    assert_eq!(taken(b" \n\t\r\n"), Err(Error::Empty));
    assert_eq!(taken(&binary), Err(Error::NotText));
    assert_eq!(taken(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), Err(Error::NotText));
    assert_eq!(taken(&vec![b'a'; 50 << 20]), Err(Error::TooLarge { megabytes: 50 }));
    assert_eq!(taken(b"404"), Err(Error::NoArticle));
    assert_eq!(taken(b"<html><body><h1>404 Not Found</h1></body></html>"), Err(Error::NoArticle));
}

#[test]
fn hostile_html_ends_in_time() {
    let started = std::time::Instant::now();
    assert_eq!(taken("<div>".repeat(100_000).as_bytes()), Err(Error::TooDeep));
    let attributes: String = (0..5_000).map(|n| format!(" a{n}=1")).collect();
    let _ = taken(format!("<p{attributes}>x</p>").as_bytes());
    let _ = taken("<p><table><tr><td>".repeat(400).as_bytes());
    let _ = taken("<a href=x>".repeat(2_900).as_bytes());
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_page_taken_in_is_read_again_line_by_line_with_its_leftovers_where_they_stood() {
    let bytes = include_bytes!("../../../../../tests/fixtures/pages/seed-ms.txt");
    let page = taken(bytes).expect("a draft");

    let text = text_of(bytes).expect("it was read before");

    assert_eq!(text.language, "ms");
    assert!(text.lines.iter().any(|line| line.words == page.fields.headline && line.left_over.is_none()));
    let paragraph = page.body.lines().next().expect("the body has one");
    assert!(text.lines.iter().any(|line| line.markdown == paragraph && line.left_over.is_none()));
    let left: Vec<_> = text.lines.iter().filter_map(|line| line.left_over).collect();
    let whole_lines =
        page.leftovers.iter().filter(|l| text.lines.iter().any(|line| line.words == l.text)).count();
    assert_eq!(left.len(), whole_lines);
    assert!(left.contains(&Why::FileName) && left.contains(&Why::Comments));
}

#[test]
fn neither_script_nor_style_of_a_page_is_among_its_words() {
    let page = b"<html><head><style>p{color:red}</style></head><body><h1>Ti\xc3\xaau \xc4\x91\xe1\xbb\x81</h1>
        <script>alert('x')</script><p onclick=\"alert(1)\">L\xe1\xbb\x9di <img src=x onerror=alert(2) alt='nh'></p></body></html>";

    let text = text_of(page).expect("it is a page, though no article");

    let words: String = text.lines.iter().map(|line| line.words.as_str()).collect();
    assert!(words.contains("Lời") && !words.contains("alert") && !words.contains("color"), "{words}");
}
